"""Single values: what is taken and what it becomes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.config import values
from aluevahti.config.load import standard
from aluevahti.errors import ConfigError

HELSINKI = ZoneInfo("Europe/Helsinki")


@given(st.integers(0, 10**6), st.sampled_from(["s", "m", "h"]))
def test_a_duration_is_its_number_times_its_unit(number: int, unit: str) -> None:
    seconds = number * {"s": 1, "m": 60, "h": 3600}[unit]
    if seconds > values.LONGEST.total_seconds():
        with pytest.raises(ValueError, match="ten years"):
            values.duration(f"{number}{unit}")
    else:
        assert values.duration(f"{number}{unit}") == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "length"),
    [("500ms", dt.timedelta(milliseconds=500)), ("0s", dt.timedelta(0)), ("14d", dt.timedelta(days=14))],
)
def test_durations_from_milliseconds_to_days_are_taken(text: str, length: dt.timedelta) -> None:
    assert values.duration(text) == length


@pytest.mark.parametrize(
    ("text", "count"),
    [("20MiB", 20 * 2**20), ("1.5 kB", 1500), ("500KiB", 512000), ("1GB", 10**9), ("7", 7), ("7b", 7)],
)
def test_a_size_is_counted_in_bytes(text: str, count: int) -> None:
    assert values.size(text) == count


@pytest.mark.parametrize("text", ["", "MiB", "-1", "1TiB", "1 MiB x", "1ib", "nan", "5000MiB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"size|between"):
        values.size(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a@example.org", "a@example.org"),
        (" a@Example.ORG ", "a@example.org"),
        ("root@localhost", "root@localhost"),
        ("vahti@palvelin.local", "vahti@palvelin.local"),
        ("lukija@reader.test", "lukija@reader.test"),
        ("a@äö.fi", "a@äö.fi"),
        ("anna.virtanen+vahti@posti.esimerkki.fi", "anna.virtanen+vahti@posti.esimerkki.fi"),
    ],
)
def test_an_e_mail_address_is_taken_in_the_spelling_to_send_to(text: str, address: str) -> None:
    assert values.email_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@b.fi",
        "a@",
        "a@b",
        "a b@c.fi",
        "b@e.fi, c@d.fi",
        "b@e.fi>\r\nRCPT TO:<evil",
        "x" * 70 + "@a.fi",
        "ä@a.fi",
        "a..b@c.fi",
        ".a@c.fi",
        "a@-c.fi",
        "a@c..fi",
        "a@" + "c" * 64 + ".fi",
        "a@xn--c.fi",
    ],
)
def test_what_is_no_e_mail_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        values.email_address(text)


@pytest.mark.parametrize(
    "text", ["Aluevahti <vahti@example.org>", "vahti@example.org", '"Vahti, Alue" <v@example.org>']
)
def test_a_sender_is_kept_as_written(text: str) -> None:
    assert values.sender(text) == text


@pytest.mark.parametrize("text", ["Aluevahti", "A <a@b.fi>, C <c@d.fi>", "A <a@b.fi>\r\nBcc: x@y.fi", "A <a b@c.fi>"])
def test_what_is_no_single_sender_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not|must stand"):
        values.sender(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (".clock", ".clock"),
        ("a[href$='.pdf']", "a[href$='.pdf']"),
        ("a[href^='https'], #x > p.y", "a[href^='https'], #x > p.y"),
        ("/Päivitetty .*/", "/Päivitetty .*/"),
        (r"Luettu \d+ kertaa", r"/Luettu \d+ kertaa/"),
        ("Päivitetty .*", "/Päivitetty .*/"),
        ("^Sivu", "/^Sivu/"),
        ("(?i)kävijöitä", "/(?i)kävijöitä/"),
    ],
)
def test_noise_is_a_selector_or_a_regular_expression_between_slashes(text: str, kept: str) -> None:
    assert values.noise(text) == kept


def test_a_weekday_is_an_english_one_whole_or_short() -> None:
    assert [values.weekday(name) for name in ("monday", "Tue", "SUN")] == [0, 1, 6]
    with pytest.raises(ValueError, match="is not a weekday"):
        values.weekday("maanantai")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T08:00+02:00", dt.datetime(2026, 3, 1, 6, tzinfo=dt.UTC)),
        ("2026-03-01T08:00", dt.datetime(2026, 3, 1, 6, tzinfo=dt.UTC)),
        ("2026-07-01", dt.datetime(2026, 6, 30, 21, tzinfo=dt.UTC)),
        ("2026-03-01T08:00Z", dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)),
    ],
)
def test_a_moment_without_an_offset_means_the_services_time_zone(text: str, moment: dt.datetime) -> None:
    assert values.moment(text, HELSINKI) == moment


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "1.3.2026", "0001-01-01"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        values.moment(text, HELSINKI)


def test_a_database_path_starts_at_the_files_folder_unless_it_is_absolute(tmp_path: Path) -> None:
    url = values.database_url("sqlite:///a/state.db", tmp_path)

    assert values.database_path(url) == tmp_path / "a" / "state.db"
    assert values.database_path(values.database_url("sqlite:////x/y.db", tmp_path)) == Path("/x/y.db")


def test_without_a_file_the_standard_values_apply(tmp_path: Path) -> None:
    config = standard(tmp_path, {})

    assert config.path is None
    assert config.sources == ()
    assert values.database_path(config.service.database) == tmp_path / "state.db"
    with pytest.raises(ConfigError, match=re.escape("--database: 'x' is not a database address")):
        standard(tmp_path, {}, database="x")
