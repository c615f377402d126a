"""The words of the three languages, and dates, times, sums and values in them."""

from __future__ import annotations

import datetime as dt
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aluevahti.render
from aluevahti.model import ChangeKind, Language, Phase, Rhythm, Theme
from aluevahti.render.catalogue import Catalogue, catalogue
from aluevahti.render.clean import LONGEST_URL, clean, host_of, safe_url
from aluevahti.render.environment import packaged_templates
from aluevahti.render.wording import (
    and_list,
    clock_text,
    date_text,
    days_text,
    euro_text,
    field_text,
    grant_type_text,
    moment_text,
    partial_date_text,
    period_text,
    region_text,
    value_text,
    window_name,
    window_text,
)
from aluevahti.rules.digest import Weight, Why
from readers import window

FI, SV, EN = (catalogue(lang) for lang in (Language.FI, Language.SV, Language.EN))
ALL = pytest.mark.parametrize("words", [FI, SV, EN], ids=["fi", "sv", "en"])


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# --- the catalogues ---


def test_the_three_languages_have_the_same_texts() -> None:
    assert FI.texts == SV.texts == EN.texts


@pytest.mark.parametrize("key", sorted(FI.texts))
def test_a_text_asks_for_the_same_values_in_every_language(key: str) -> None:
    texts = [words._find(key) for words in (FI, SV, EN)]

    assert all(isinstance(text, str) and text.strip() for text in texts)
    assert len({frozenset(names_in(text)) for text in texts}) == 1 or key.startswith("value.month")


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(aluevahti.render.__file__).parent.glob("*.py"))
    code += "".join(path.read_text("utf-8") for path in (packaged_templates() / "email").glob("*.*"))
    named = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"', code))
    by_rule = re.findall(r'f"([a-z_.]+)\.\{[^}]*\}((?:\.[a-z]+)*)"', code)
    groups = {rule for rule, _ in by_rule}
    for key in FI.texts:
        stem = key.removesuffix(".one").removesuffix(".other")
        assert stem in named or any(stem.startswith(f"{group}.") for group in groups), f"{key} is not used"
    for key in named:
        if key.split(".")[0] in {one.split(".")[0] for one in FI.texts} and "/" not in key:
            assert FI.has(key) or FI.has(f"{key}.one") or key.endswith((".html", ".txt", ".py", ".cursor")), key


@ALL
def test_closed_sets_have_their_words(words: Catalogue) -> None:
    for key in (
        *(f"theme.{theme.value}" for theme in Theme),
        *(f"phase.{phase.value}" for phase in Phase),
        *(f"digest.title.{rhythm.value}" for rhythm in Rhythm),
        *(f"wishes.rhythm.{rhythm.value}" for rhythm in Rhythm),
        *(f"digest.counts.{weight.name.lower()}.one" for weight in Weight),
        *(f"why.{why.value}" for why in Why),
        *(f"kind.{kind.value.replace('.', '_')}" for kind in ChangeKind if not kind.value.startswith("source")),
        *(f"month.{number}" for number in range(1, 13)),
    ):
        assert words.has(key), key


def test_a_missing_text_or_value_is_an_error() -> None:
    for key, values in (
        ("entry.nothing_of_the_kind", {}),
        ("entry", {}),
        ("entry.noticed", {"date": "x"}),
        ("app.name.more", {}),
        ("entry.noticed", {}),
    ):
        with pytest.raises(KeyError):
            FI(key, **values)


# --- days and hours ---


@pytest.mark.parametrize(
    ("time", "fi", "sv", "en"),
    [
        (dt.time(16), "klo 16.00", "kl. 16.00", "at 4 pm"),
        (dt.time(15, 45), "klo 15.45", "kl. 15.45", "at 3.45 pm"),
        (dt.time(9, 5), "klo 9.05", "kl. 9.05", "at 9.05 am"),
        (dt.time(12), "klo 12.00", "kl. 12.00", "at noon"),
        (dt.time(0), "klo 0.00", "kl. 0.00", "at midnight"),
        (dt.time(23, 59), "klo 23.59", "kl. 23.59", "at 11.59 pm"),
        (dt.time(12, 30), "klo 12.30", "kl. 12.30", "at 12.30 pm"),
        (dt.time(0, 15), "klo 0.15", "kl. 0.15", "at 12.15 am"),
    ],
)
def test_clock_times_are_written_as_each_language_does(time: dt.time, fi: str, sv: str, en: str) -> None:
    assert (fi, sv, en) == tuple(clock_text(time, words) for words in (FI, SV, EN))


@pytest.mark.parametrize(
    ("opens", "closes", "fi", "sv", "en"),
    [
        ("2026-03-02", "2026-03-31", "2.–31.3.2026", "2–31.3.2026", "2–31 March 2026"),
        ("2026-03-02", "2026-04-15", "2.3.–15.4.2026", "2.3–15.4.2026", "2 March – 15 April 2026"),
        (
            "2026-11-15",
            "2027-01-15",
            "15.11.2026–15.1.2027",
            "15.11.2026–15.1.2027",
            "15 November 2026 – 15 January 2027",
        ),
        ("2026-03-02", "2026-03-02", "2.3.2026", "2.3.2026", "2 March 2026"),
    ],
)
def test_periods_do_not_say_month_or_year_twice(opens: str, closes: str, fi: str, sv: str, en: str) -> None:
    days = dt.date.fromisoformat(opens), dt.date.fromisoformat(closes)

    assert (fi, sv, en) == tuple(period_text(*days, words) for words in (FI, SV, EN))


@pytest.mark.parametrize(
    ("days", "fi", "sv", "en"),
    [
        (0, "tänään", "i dag", "today"),
        (1, "huomenna", "i morgon", "tomorrow"),
        (-1, "eilen", "i går", "yesterday"),
        (2, "2 päivän kuluttua", "om 2 dagar", "in 2 days"),
        (-7, "7 päivää sitten", "för 7 dagar sedan", "7 days ago"),
    ],
)
def test_days_are_counted_in_words(days: int, fi: str, sv: str, en: str) -> None:
    assert (fi, sv, en) == tuple(days_text(days, words) for words in (FI, SV, EN))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_every_date_can_be_read_back(day: dt.date) -> None:
    for words in (FI, SV):
        assert dt.datetime.strptime(f"{date_text(day, words)} +0000", "%d.%m.%Y %z").date() == day
    assert dt.datetime.strptime(f"{date_text(day, EN)} +0000", "%d %B %Y %z").date() == day


def test_a_moment_is_a_day_with_its_hour_if_it_has_one() -> None:
    day = dt.date(2026, 3, 31)

    assert moment_text(day, dt.time(16), FI) == "31.3.2026 klo 16.00"
    assert moment_text(day, None, SV) == "31.3.2026"


@pytest.mark.parametrize(
    ("text", "fi", "sv", "en"),
    [
        ("2022-06", "6/2022", "juni 2022", "June 2022"),
        ("2022", "2022", "2022", "2022"),
        ("2022-12-01", "1.12.2022", "1.12.2022", "1 December 2022"),
        ("2023-spring", "kevät 2023", "våren 2023", "spring 2023"),
        ("2023-early", "2023 alku", "början av 2023", "early 2023"),
        ("2023-13", "2023-13", "2023-13", "2023-13"),
        ("2023-02-31", "2023-02-31", "2023-02-31", "2023-02-31"),
        ("joskus", "joskus", "joskus", "joskus"),
    ],
)
def test_a_date_known_in_part_is_told_in_part(text: str, fi: str, sv: str, en: str) -> None:
    assert (fi, sv, en) == tuple(partial_date_text(text, words) for words in (FI, SV, EN))


# --- names and sums ---


@pytest.mark.parametrize(
    ("amount", "fi", "en"),
    [
        (850000, "850\u00a0000\u00a0€", "€850,000"),
        (1234.5, "1\u00a0234,50\u00a0€", "€1,234.50"),
        (900, "900\u00a0€", "€900"),
    ],
)
def test_sums_are_written_as_each_language_does(amount: float, fi: str, en: str) -> None:
    assert (fi, fi, en) == tuple(euro_text(amount, words) for words in (FI, SV, EN))


def test_names_that_are_known_are_translated_and_others_stand_for_themselves() -> None:
    assert [grant_type_text("tila-avustus", words) for words in (FI, SV, EN)] == [
        "tila-avustus",
        "lokalbidrag",
        "premises grant (tila-avustus)",
    ]
    assert grant_type_text("aivan-uusi", EN) == "aivan-uusi"
    assert [region_text("lappi", words) for words in (FI, SV, EN)] == ["Lappi", "Lappland", "Lapland"]
    assert region_text("ruotsi", FI) == "ruotsi"
    assert field_text("grant_model", SV) == "Bidragsmodell"
    assert field_text("uusi_kentta", SV) == "uusi_kentta"


def test_a_long_list_of_names_is_cut() -> None:
    assert and_list(["a", "b", "c", "d"], FI) == "a, b, c, d"
    assert and_list(["a", "b", "c", "d", "e"], FI) == "a, b, c ja 2 muuta aluetta"


# --- values ---


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("strategy", None, ""),
        ("strategy", {}, ""),
        ("grant_types", [], ""),
        ("sitra_phase2", True, "kyllä"),
        ("sitra_phase2", False, "ei"),
        ("grant_total_eur", 850000, "850\u00a0000\u00a0€"),
        ("muu", 3, "3"),
        ("muu", "approved", "hyväksytty"),
        ("muu", "jotain muuta", "jotain muuta"),
        (
            "strategy",
            {
                "status": "approved",
                "approved_by": "aluevaltuusto",
                "approved_on": "2022-12-12",
                "includes_service_strategy": True,
            },
            "hyväksytty 12.12.2022 (aluevaltuusto), sisältää palvelustrategian",
        ),
        ("service_strategy", {"status": "in_preparation", "target": "2023-spring"}, "valmisteilla, tavoite kevät 2023"),
        ("service_strategy", {"status": "included", "target": None}, "sisältyy strategiaan"),
        (
            "ngo_body",
            {"name": "Järjestöneuvosto", "status": "planned", "in_rules": True},
            "Järjestöneuvosto: suunnitteilla, kirjattu hallintosääntöön",
        ),
        (
            "hyte_body",
            {"body": "hyte-lautakunta", "defined_in_rules": True},
            "hyte-lautakunta, kirjattu hallintosääntöön",
        ),
        (
            "organs",
            [{"name": "Osallisuusjaosto", "kind": "jaosto", "roles": ["grants_decides", "uusi_rooli"]}],
            "Osallisuusjaosto (päättää avustuksista, uusi_rooli)",
        ),
        (
            "grant_model",
            {"status": "approved", "decisions": [{"what": "periaatteet", "by": "aluehallitus", "on": "2022-11-14"}]},
            "hyväksytty, periaatteet 14.11.2022 (aluehallitus)",
        ),
        ("wellbeing_plan", {"status": "approved", "period": "2023–2025", "by": "x"}, "hyväksytty (x), kausi 2023–2025"),
        ("grant_types", ["toiminta-avustus", "uusi-muoto"], "toiminta-avustus, uusi-muoto"),
        ("grant_windows", [window("2026-03-31")], "toiminta-avustus: haku 2.–31.3.2026"),
        ("outo", {"jotain": {"sisempi": True}}, "kyllä"),
    ],
)
def test_status_values_read_like_words(field: str, value: object, expected: str) -> None:
    assert expected == value_text(field, value, FI)


@pytest.mark.parametrize(
    ("value", "fi", "sv", "en"),
    [
        (window("2026-03-31", time="12:00"), "haku 2.–31.3.2026 klo 12.00", "ansökan 2–31.3.2026 kl. 12.00", None),
        (window("2026-03-31", opens=None), "haku 31.3.2026 asti", None, "applications until 31 March 2026"),
        (window(None), "haku alkaa 2.3.2026, päättymispäivää ei ole kerrottu", None, None),
        (window(None, opens=None), "hakuaikaa ei ole kerrottu", "ansökningstid har inte angetts", None),
        (window(None, opens=None, continuous=True), "jatkuva haku", "fortlöpande ansökan", "continuous call"),
        (window(None, continuous=True), "jatkuva haku, alkaen 2.3.2026", None, None),
        (window("2026-12-31", continuous=True), "jatkuva haku 31.12.2026 asti", None, None),
        ({"closes": "kevät", "closes_time": "iltapäivä", "opens": 5}, "hakuaikaa ei ole kerrottu", None, None),
    ],
)
def test_windows_read_like_words(value: dict[str, object], fi: str, sv: str | None, en: str | None) -> None:
    assert fi == window_text(value, FI)
    assert sv in {None, window_text(value, SV)}
    assert en in {None, window_text(value, EN)}


def test_a_window_without_a_type_is_for_ngo_grants() -> None:
    assert window_name(window(grant_type=None), FI) == "Järjestöavustukset"
    assert window_name(window(grant_type="tila-avustus"), FI) == "Tila-avustus"


# --- what comes from pages ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\n\tb  ", "a b"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("\u202eoikealta\u202c vasemmalle\u2066\u2069", "oikealta vasemmalle"),
        ("a\u200bb\ufeff", "ab"),
        ("o\u0308", "ö"),
        (None, ""),
        ("x" * 50, "x" * 19 + "…"),
        ("sana " * 10, "sana sana sana…"),
    ],
)
def test_texts_are_cleaned_and_cut_at_a_word(text: str | None, expected: str) -> None:
    assert expected == clean(text, 20)


@given(st.text(max_size=100), st.integers(10, 40))
def test_any_text_becomes_one_short_line(text: str, limit: int) -> None:
    line = clean(text, limit)

    assert len(line) <= limit
    assert "\n" not in line
    assert not any(0x202A <= ord(one) <= 0x202E or ord(one) < 32 or 0x7F <= ord(one) < 0xA0 for one in line)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.pirha.fi/w/haku",
        "http://x.fi:8080/a?b=c&d=e#f",
        "https://kainuu.fi/%C3%A4",
        "https://www.päijät.fi/ä",
    ],
)
def test_a_usual_address_is_linked_to(url: str) -> None:
    assert safe_url(url) == url
    assert host_of(url) in url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.fi/",
        "//x.fi/",
        "/paatokset",
        "https:///a",
        "https://user:pass@x.fi/",
        "https://x.fi/a b",
        'https://x.fi/"onclick="x',
        "https://x.fi/<script>",
        "https://x.fi/\u202e",
        "https://x.fi/a\nb",
        "https://x.fi:99999/",
        "https://[::1/",
        "https://x.fi/" + "a" * LONGEST_URL,
    ],
)
def test_an_odd_address_is_not_linked_to(url: str | None) -> None:
    assert safe_url(url) is None
