"""What sources.yaml turns into, and what it says about everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from aluevahti.config import Config, ReviewMode, Security, load
from aluevahti.errors import ConfigError
from aluevahti.model import Language, Theme

Write = Callable[[str | bytes], Path]

SMALL = """\
service:
  contact: seuranta@example.org
sources:
  - id: pirkanmaa-minutes
    region: pirkanmaa
    platform: casem
    url: https://pirha.cloudnc.fi/fi-FI/Toimielimet
"""

FULL = """\
service:
  database: sqlite:///data/state.db
  timezone: Europe/Stockholm
  contact: seuranta@example.org
  operator: yllapito@example.org
  public_url: https://seuranta.example.org/
  web: {listen: "[::1]:8421"}
  mail: {host: mail.example.org, security: starttls, username: vahti, from: "Aluevahti <vahti@example.org>"}
  digest: {daily_at: 12:30, weekly_on: sunday}
  review: manual
  first_check_lookback: 30d
defaults: {every: 2h, timeout: 1.5s, max_bytes: 1MiB, min_interval_per_host: 0s, robots: obey, allow_private_addresses: true}
sources:
  - id: lapland.docs_1
    region: lappi
    platform: tweb
    url: https://julkaisu.example.org:8443/ktwebscr/pk_tek_tweb.htm
    cron: "*/20 7-18 * * mon-fri"
    enabled: no
    permission: "NN, web master, by mail on 1.2.2026"
    organs: [Aluehallitus, Aluevaltuusto]
    themes: avustukset
    lang: sv
    note: on
  - id: 2026
    region: helsinki
    platform: listing
    url: https://www.example.org/järjestöt
    every: 0s
    timeout: 90s
    max_bytes: 512KiB
    item: ul.list > li
    title: h3
    link: h3 a
    date: time
    select: main article
    ignore:
      - .clock
      - /Päivitetty .*/
      - 'Käyntejä \\d+'
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(content: str | bytes) -> Path:
        path = tmp_path / "sources.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def complaints(path: Path, env: dict[str, str] | None = None, database: str | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, env or {}, database=database)
    return [str(complaint).removeprefix(f"{path.parent}/") for complaint in caught.value.complaints]


def with_source(*lines: str) -> str:
    return SMALL + "".join(f"    {line}\n" for line in lines)


def with_service(*lines: str) -> str:
    return SMALL.replace("sources:\n", "".join(f"  {line}\n" for line in lines) + "sources:\n")


def test_only_contact_and_sources_are_required_and_the_rest_has_its_standard_value(write: Write) -> None:
    path = write(SMALL)

    config = load(path, {})

    service, source = config.service, config.sources[0]
    assert service.contact == service.operator == "seuranta@example.org"
    assert service.database == f"sqlite:///{path.parent}/state.db"
    assert service.timezone.key == "Europe/Helsinki"
    assert service.mail.sender == "Aluevahti <seuranta@example.org>"
    assert (service.mail.host, service.mail.port, service.mail.security) == ("localhost", 25, Security.NONE)
    assert (service.web.host, service.web.port) == ("127.0.0.1", 8420)
    assert service.public_url == "http://127.0.0.1:8420"
    assert (service.digest.daily_at, service.digest.weekly_on) == (dt.time(7, 30), 0)
    assert service.review is ReviewMode.AUTO
    assert service.first_check_lookback == dt.timedelta(days=14)
    assert (source.id, source.region, source.platform) == ("pirkanmaa-minutes", "pirkanmaa", "casem")
    assert source.enabled
    assert (source.every, source.timeout) == (dt.timedelta(hours=1), dt.timedelta(seconds=30))
    assert (source.max_bytes, source.min_interval_per_host) == (20 * 2**20, dt.timedelta(seconds=2))
    assert source.permission is None
    assert not source.allow_private_addresses


def test_every_key_arrives_and_no_plain_word_turns_into_something_else(write: Write) -> None:
    path = write(FULL)

    config = load(path, {"ALUEVAHTI_MAIL_PASSWORD": "hunter2"})

    service = config.service
    assert service.database == f"sqlite:///{path.parent}/data/state.db"
    assert service.timezone.key == "Europe/Stockholm"
    assert service.operator == "yllapito@example.org"
    assert service.public_url == "https://seuranta.example.org"
    assert (service.web.host, service.web.port) == ("::1", 8421)
    assert (service.mail.port, service.mail.username, service.mail.password) == (587, "vahti", "hunter2")
    assert "hunter2" not in repr(config)
    assert (service.digest.daily_at, service.digest.weekly_on) == (dt.time(12, 30), 6)
    assert service.review is ReviewMode.MANUAL
    assert service.first_check_lookback == dt.timedelta(days=30)
    first, second = config.sources
    assert first.cron == "*/20 7-18 * * mon-fri"
    assert not first.enabled
    assert first.permission == "NN, web master, by mail on 1.2.2026"
    assert first.organs == ("Aluehallitus", "Aluevaltuusto")
    assert first.themes == (Theme.GRANTS,)
    assert first.lang is Language.SV
    assert first.note == "on"
    assert (first.timeout, first.max_bytes) == (dt.timedelta(seconds=1.5), 2**20)
    assert first.min_interval_per_host == dt.timedelta(0)
    assert first.allow_private_addresses
    assert second.id == "2026"
    assert second.every == dt.timedelta(0)
    assert (second.timeout, second.max_bytes) == (dt.timedelta(seconds=90), 512 * 1024)
    assert (second.item, second.title, second.link, second.date) == ("ul.list > li", "h3", "h3 a", "time")
    assert second.select == "main article"
    assert second.ignore == (".clock", "/Päivitetty .*/", "/Käyntejä \\d+/")
    assert config.source("2026") is second
    assert config.source("2027") is None


def test_a_misspelt_word_is_answered_with_the_word_that_was_meant(write: Write) -> None:
    path = write(SMALL.replace("casem", "casen"))

    assert complaints(path) == ["sources.yaml:6: platform 'casen' is unknown; did you mean 'casem'?"]


def test_all_complaints_come_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = SMALL.replace("pirkanmaa\n", "pirkanma\n").replace("casem", "casen").replace("  contact:", "  kontact:")

    assert complaints(write(text)) == [
        "sources.yaml:1: service.contact is missing",
        "sources.yaml:2: key 'service.kontact' is unknown; did you mean 'contact'?",
        "sources.yaml:5: region 'pirkanma' is unknown; did you mean 'pirkanmaa'?",
        "sources.yaml:6: platform 'casen' is unknown; did you mean 'casem'?",
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("evry: 30m", "key 'evry' is unknown; did you mean 'every'?"),
        ("every: 30", "every '30' has no unit; write 90s, 30m, 1h or 14d"),
        ("every: soon", "every 'soon' is not a duration; write 90s, 30m, 1h or 14d"),
        ("every: -5m", "every '-5m' is not a duration; write 90s, 30m, 1h or 14d"),
        ("every: 99999999d", "every '99999999d' is longer than ten years"),
        ("timeout: 0s", "timeout '0s' must be longer than nothing"),
        ("max_bytes: 20 pages", "max_bytes '20 pages' is not a size; write 20MiB or 500KiB"),
        ("max_bytes: 0", "max_bytes '0' must lie between 1 byte and 4 GiB"),
        ("enabled: perhaps", "enabled 'perhaps' is neither true nor false"),
        ("cron: '* * * *'", "cron '* * * *' does not have the five fields of cron: minute hour day month weekday"),
        ("cron: '60 * * * *'", "cron '60 * * * *' is not a cron expression: bad minute"),
        ("cron: '0 0 31 2 *'", "cron '0 0 31 2 *' is not a cron expression: bad day-of-month"),
        ("themes: [avustukset, hyt]", "themes 'hyt' is unknown; did you mean 'hyte'?"),
        ("lang: en", "lang 'en' is unknown; known are fi, sv"),
        ("organs: {a: b}", "organs must be a list, not a mapping"),
        ("organs: [[a]]", "each entry of organs must be one value"),
        ("organs: [~]", "each entry of organs must be one value"),
        ("note: [a]", "note must be one value, not a list"),
        ("note: {a: b}", "note must be one value, not a mapping"),
        ("note: ''", "note '' is empty"),
        ('note: "a\\nb"', "note 'a\\nb' must stand on one line"),
        ("note: !x y", "the tag '!x' means nothing here; leave it out"),
        ("select: main", "select means nothing on platform 'casem'"),
        ("item: li", "item means nothing on platform 'casem'"),
        ("ignore: '/(/'", "ignore '/(/' is not a regular expression: missing ), unterminated subpattern at position 0"),
        ("[a, b]: c", "a key must be a word, not a list or a mapping"),
        ("id: again", "key 'id' stands already on line 4"),
    ],
)
def test_one_wrong_line_gives_one_complaint_with_its_number(write: Write, line: str, complaint: str) -> None:
    assert complaints(write(with_source(line))) == [f"sources.yaml:8: {complaint}"]


def test_robots_can_be_obeyed_or_permission_be_had_but_not_both(write: Write) -> None:
    assert load(write(with_source("robots: obey")), {}).sources[0].permission is None
    both = complaints(write(with_source("robots: obey", 'permission: "NN, 1.2.2026"')))
    assert both == ["sources.yaml:9: robots and permission exclude each other; keep one of them"]
    (ignored,) = complaints(write(with_source("robots: ignore")))
    assert ignored.startswith("sources.yaml:8: robots 'ignore' is not possible, only 'obey' is;")


def test_every_and_cron_exclude_each_other(write: Write) -> None:
    text = with_source("every: 30m", "cron: '0 7 * * *'")

    assert complaints(write(text)) == ["sources.yaml:9: every and cron exclude each other; keep one of them"]


@pytest.mark.parametrize("selector", ["main[", "div >> p", ":nosuch(p)", "li:nth-child(", "p::before"])
def test_a_bad_selector_is_refused(write: Write, selector: str) -> None:
    text = SMALL.replace("casem", "page") + f"    select: '{selector}'\n    ignore: ['{selector}']\n"

    select, ignore = complaints(write(text))

    assert select.startswith(f"sources.yaml:8: select '{selector}' is not a CSS selector: ")
    assert ignore.startswith(f"sources.yaml:9: ignore '{selector}' is not a CSS selector: ")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("ftp://example.org/", "is not an address that starts with http:// or https://"),
        ("example.org", "is not an address that starts with http:// or https://"),
        ("https:///x", "names no host"),
        ("https://a b/", "is not an address: it holds spaces or control characters"),
        ("https://me:secret@example.org/", "holds a user name; aluevahti reads only what is open to everybody"),
        ("https://example.org:99999/", "is not an address: Port out of range 0-65535"),
    ],
)
def test_a_bad_address_is_refused(write: Write, url: str, complaint: str) -> None:
    text = SMALL.replace("https://pirha.cloudnc.fi/fi-FI/Toimielimet", url)

    assert complaints(write(text)) == [f"sources.yaml:7: url '{url}' {complaint}"]


def test_two_sources_cannot_share_an_id(write: Write) -> None:
    text = SMALL + SMALL.partition("sources:\n")[2]

    assert complaints(write(text)) == ["sources.yaml:8: id 'pirkanmaa-minutes' stands already on line 4"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "operator: nobody",
            "service.operator 'nobody' is not an e-mail address: An email address must have an @-sign.",
        ),
        (
            "timezone: Europe/Helsinky",
            "service.timezone 'Europe/Helsinky' is not a time zone; did you mean 'Europe/Helsinki'?",
        ),
        ("public_url: https://a.fi/?x", "service.public_url 'https://a.fi/?x' must not have a query or a fragment"),
        ("web: {listen: 8420}", "service.web.listen '8420' is not host:port; write 127.0.0.1:8420"),
        ("web: 8420", "service.web must be a mapping (key: value)"),
        ("mail: {port: 0}", "service.mail.port '0' is not a whole number from 1 to 65535"),
        ("mail: {security: start-tls}", "service.mail.security 'start-tls' is unknown; did you mean 'starttls'?"),
        ("mail: {from: a@b@c}", "service.mail.from 'a@b@c' is not a sender; write \"Aluevahti <vahti@example.org>\""),
        (
            "mail: {password: x}",
            (
                "key 'service.mail.password' does not belong into a file; "
                "put the password into the environment as ALUEVAHTI_MAIL_PASSWORD"
            ),
        ),
        (
            "mail: {host: mail.example.org, username: u}",
            "service.mail.username would travel unprotected; set security to starttls or tls",
        ),
        ("digest: {daily_at: 25:00}", "service.digest.daily_at '25:00' is not a time of day; write \"07:30\""),
        ("digest: {weekly_on: mondy}", "service.digest.weekly_on 'mondy' is not a weekday; did you mean 'monday'?"),
        ("review: never", "service.review 'never' is unknown; known are auto, manual"),
        (
            "first_check_lookback: 2 weeks",
            "service.first_check_lookback '2 weeks' is not a duration; write 90s, 30m, 1h or 14d",
        ),
        (
            "database: postgresql+psycopg://x/y",
            (
                "service.database 'postgresql+psycopg://x/y' names a PostgreSQL database, "
                "which this version cannot use yet; write sqlite:///state.db"
            ),
        ),
        ("database: state.db", "service.database 'state.db' is not a database address; write sqlite:///state.db"),
        ("database: 'sqlite://'", "service.database 'sqlite://' is not a database address; write sqlite:///state.db"),
        (
            "database: 'sqlite:///:memory:'",
            "service.database 'sqlite:///:memory:' names no database file; write sqlite:///state.db",
        ),
    ],
)
def test_a_wrong_line_of_the_service_is_named(write: Write, line: str, complaint: str) -> None:
    assert complaints(write(with_service(line))) == [f"sources.yaml:3: {complaint}"]


def test_the_option_stands_before_the_environment_and_that_before_the_file(write: Write) -> None:
    path = write(FULL)
    env = {"ALUEVAHTI_DATABASE": "sqlite:////var/lib/env.db"}

    assert load(path, env).service.database == "sqlite:////var/lib/env.db"
    assert load(path, env, database="sqlite:///own.db").service.database == f"sqlite:///{path.parent}/own.db"
    assert complaints(path, {"ALUEVAHTI_DATABASE": "mysql://x"}) == [
        "ALUEVAHTI_DATABASE: 'mysql://x' is not a database address; write sqlite:///state.db"
    ]
    (refusal,) = complaints(path, env, database="postgresql://x")
    assert refusal.startswith("--database: 'postgresql://x' names a PostgreSQL database, which this version")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "sources.yaml: is empty; `aluevahti init` writes an example"),
        ("# only words\n", "sources.yaml: is empty; `aluevahti init` writes an example"),
        ("~", "sources.yaml: is empty; `aluevahti init` writes an example"),
        ("- a\n", "sources.yaml:1: must start with 'service:' or 'sources:'; `aluevahti init` writes an example"),
        ("service:\n\tcontact: x\n", "sources.yaml:2: a tab cannot indent YAML; use spaces (column 1)"),
        ("service: {contact: x\n", "sources.yaml:2: expected ',' or '}', but got '<stream end>' (column 1)"),
        ("a: 1\n---\nb: 2\n", "sources.yaml:2: but found another document (column 1)"),
        ("a: *b\n", "sources.yaml:1: a value that starts with '*' needs quotes (column 4)"),
        (
            "sources:\n  - id: a\n     region: kainuu\n",
            "sources.yaml:3: a colon where no key can be: mend the indentation, or put the value into quotes (column 12)",
        ),
        (
            "sources:\n  - id: a\n   region: kainuu\n",
            "sources.yaml:3: is not indented as the lines before it; use equally many spaces (column 4)",
        ),
        ("a: b\nc: \x07\n", "sources.yaml:2: the character U+0007 is not allowed in YAML"),
        ("[" * 5000, "sources.yaml: is nested too deeply to be a configuration"),
        (b"a: 1\nb: J\xe4rjest\xf6\n", "sources.yaml:2: is not UTF-8 (byte 0xE4); save the file as UTF-8"),
        (b"#" * (10 * 1024 * 1024 + 1), "sources.yaml: is larger than 10 MiB, which no configuration is"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_is_not_a_configuration_is_one_clear_line(
    write: Write, content: str | bytes, complaint: str
) -> None:
    assert complaints(write(content)) == [complaint]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert complaints(tmp_path / "sources.yaml") == ["sources.yaml: there is no such file; `aluevahti init` writes one"]
    assert complaints(tmp_path / ".") == [f"{tmp_path.name}: cannot be read: Is a directory"]


def test_missing_sections_and_misshapen_entries_are_named(write: Write) -> None:
    assert complaints(write("a: b\n")) == [
        "sources.yaml:1: service.contact is missing",
        "sources.yaml:1: sources is missing: nothing would be watched",
        "sources.yaml:1: key 'a' is unknown; known are defaults, service, sources",
    ]
    assert complaints(write("service: {contact: a@b.fi}\nsources: {a: b}\n")) == [
        "sources.yaml:2: sources must be a list of entries, each starting with '- '"
    ]
    assert complaints(write("service: {contact: a@b.fi}\nsources:\n- word\n")) == [
        "sources.yaml:3: an entry must be a mapping (key: value)"
    ]


def test_a_mapping_that_holds_itself_is_only_an_unknown_key(write: Write) -> None:
    (complaint,) = complaints(write(with_source("loop: &x {loop: *x}")))

    assert complaint.startswith("sources.yaml:8: key 'loop' is unknown")


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert load(write(b"\xef\xbb\xbf" + SMALL.encode()), {}).sources[0].id == "pirkanmaa-minutes"


def test_a_version_directive_changes_no_meaning(write: Write) -> None:
    config: Config = load(write("%YAML 1.1\n---\n" + FULL), {})

    assert config.service.digest.daily_at == dt.time(12, 30)
    assert config.sources[0].note == "on"
