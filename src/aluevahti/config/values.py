"""One function for each kind of value in sources.yaml: text in, value out, ValueError with advice.

The error's text continues a sentence that starts with the key and the value as written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from email.utils import parseaddr
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from aluevahti.config.section import suggestion

E = TypeVar("E")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST = dt.timedelta(days=3660)
"""The longest length of time that is taken; more is a slip of the pen."""

_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_LOCAL_DOMAINS = re.compile(r"(?:[a-z0-9-]+\.)*(?:localhost|local|internal|invalid|lan|home\.arpa)", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?:ax|com|eu|fi|net|org|se)", re.ASCII
)
_SHORT_ADDRESS = 64  # characters: then every part of it is short enough, too
_REGEXP_MARKS = re.compile(r"\\[dDwWsSbB.]|\.[*+?]|[)\]][*+?{]|^\^|[^*^$|~]\$$|\(\?[:!=i]")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


def text(value: str) -> str:
    """Free text on one line.

    Raises:
        ValueError: it is empty or holds control characters.
    """
    stripped = value.strip()
    if not stripped:
        raise ValueError("is empty")
    if any(ord(character) < 32 or ord(character) == 127 for character in stripped):
        raise ValueError("must stand on one line")
    return stripped


def identifier(value: str) -> str:
    """The id of a source: letters without accents, digits, `-`, `_` and `.`, at most 64 of them."""
    if not _ID.fullmatch(value):
        raise ValueError("is not an id; use letters a-z, digits, '-', '_' and '.', at most 64 of them")
    return value


def boolean(value: str) -> bool:
    """`true` or `false`, and what people write for them."""
    word = value.strip().lower()
    if word in {"true", "yes", "on"}:
        return True
    if word in {"false", "no", "off"}:
        return False
    raise ValueError("is neither true nor false")


def duration(value: str) -> dt.timedelta:
    """A number and a unit: `500ms`, `90s`, `30m`, `1h`, `14d`, `2w`; `0s` is one, too."""
    match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(ms|s|m|h|d|w)", value.strip())
    if not match:
        bare = re.fullmatch(r"[0-9.]+", value.strip())
        raise ValueError(
            "has no unit; write 90s, 30m, 1h or 14d" if bare else "is not a duration; write 90s, 30m, 1h or 14d"
        )
    length = dt.timedelta(seconds=float(match[1]) * _SECONDS[match[2]])
    if length > LONGEST:
        raise ValueError("is longer than ten years")
    return length


def positive_duration(value: str) -> dt.timedelta:
    """A duration longer than nothing."""
    length = duration(value)
    if not length:
        raise ValueError("must be longer than nothing")
    return length


def size(value: str) -> int:
    """A number of bytes: `20MiB`, `500KiB`, `1GB` or a plain number."""
    match = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([kmg]?i?b|)", value.strip().lower())
    if not match or match[2] not in _BYTES:
        raise ValueError("is not a size; write 20MiB or 500KiB")
    count = int(float(match[1]) * _BYTES[match[2]])
    if not 1 <= count <= 2**32:
        raise ValueError("must lie between 1 byte and 4 GiB")
    return count


def whole(value: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if not re.fullmatch(r"[0-9]{1,9}", value.strip()) or not low <= int(value) <= high:
        raise ValueError(f"is not a whole number from {low} to {high}")
    return int(value)


def port(value: str) -> int:
    """A TCP port to connect to."""
    return whole(value, 1, 65535)


def clock_time(value: str) -> dt.time:
    """A time of day, `07:30`."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value.strip())
    if not match:
        raise ValueError('is not a time of day; write "07:30"')
    return dt.time(int(match[1]), int(match[2]))


def weekday(value: str) -> int:
    """An English weekday, whole or its first three letters; 0 is Monday."""
    word = value.strip().lower()
    for number, name in enumerate(WEEKDAYS):
        if word in {name, name[:3]}:
            return number
    raise ValueError("is not a weekday" + suggestion(word, WEEKDAYS))


def cron(value: str) -> str:
    """Five cron fields: minute, hour, day of month, month, day of week; names of days and months too."""
    from cronsim import CronSim, CronSimError  # noqa: PLC0415 - most configurations need none

    pattern = " ".join(value.split())
    if pattern.count(" ") != 4:
        raise ValueError("does not have the five fields of cron: minute hour day month weekday")
    try:
        next(CronSim(pattern, dt.datetime(2026, 1, 1)))  # noqa: DTZ001 - any moment does
    except StopIteration:
        raise ValueError("never comes") from None
    except (CronSimError, ValueError) as error:
        raise ValueError(f"is not a cron expression: {str(error).lower()}") from None
    return pattern


def timezone(value: str) -> ZoneInfo:
    """An IANA time zone, `Europe/Helsinki`."""
    name = value.strip()
    if name in available_timezones():
        return ZoneInfo(name)
    near = suggestion(name, {zone.lower() for zone in available_timezones()})
    names = {zone.lower(): zone for zone in available_timezones()}
    hint = re.sub(r"'([^']+)'", lambda match: f"'{names[match[1]]}'", near) if "did you mean" in near else ""
    raise ValueError("is not a time zone" + hint)


def web_url(value: str) -> str:
    """An http or https address that a person would paste from the browser."""
    address = value.strip()
    if not address.isprintable() or " " in address:
        raise ValueError("is not an address: it holds spaces or control characters")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is not an address: {error}") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValueError("is not an address that starts with http:// or https://")
    if not parts.hostname or not re.fullmatch(r"[\w.:%-]+", parts.hostname):
        raise ValueError("names no host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name; aluevahti reads only what is open to everybody")
    return address


def public_url(value: str) -> str:
    """An address that others can be appended to: no query, no fragment, no final slash."""
    address = web_url(value)
    if urlsplit(address).query or urlsplit(address).fragment:
        raise ValueError("must not have a query or a fragment")
    return address.rstrip("/")


def listen(value: str) -> tuple[str, int]:
    """`host:port`, an IPv6 host in brackets; port 0 takes any free one."""
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})", value.strip())
    if not match or int(match[2]) > 65535:
        raise ValueError("is not host:port; write 127.0.0.1:8420")
    return match[1].strip("[]"), int(match[2])


def host(value: str) -> str:
    """The name or address of a machine."""
    name = value.strip()
    if not re.fullmatch(r"[A-Za-z0-9._:-]{1,253}", name):
        raise ValueError("is not the name of a host")
    return name


def email_address(value: str) -> str:
    """One e-mail address, checked by form only, in the spelling to store and send to.

    Raises:
        ValueError: it is not one; also for the local parts that mail servers only take with SMTPUTF8.
    """
    address = value.strip()
    if len(address) <= _SHORT_ADDRESS and _PLAIN_ADDRESS.fullmatch(address):
        return address  # with nothing in it to find; the library that knows all the rules is slow to load
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    local, _, domain = address.rpartition("@")
    inside = _LOCAL_DOMAINS.fullmatch(domain) is not None  # a machine's or an intranet's own mail
    try:
        checked = validate_email(
            f"{local}@example.org" if inside else address,
            strict=True,
            allow_smtputf8=False,
            check_deliverability=False,
            test_environment=True,
        )
    except EmailNotValidError as error:
        raise ValueError(f"is not an e-mail address: {error}") from None
    return f"{local}@{domain.lower()}" if inside else checked.normalized


def sender(value: str) -> str:
    """A From line: `Name <address>` or an address alone."""
    line = text(value)
    _, address = parseaddr(line)
    if not address or not (line == address or line.endswith(f"<{address}>")):
        raise ValueError('is not a sender; write "Aluevahti <vahti@example.org>"')
    email_address(address)
    return line


def css(value: str) -> str:
    """A CSS selector that both readers of pages understand, that of texts and that of lists."""
    from aluevahti.text.html import check_selector  # noqa: PLC0415

    selector = text(value)
    try:
        check_selector(selector)
    except ValueError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        raise ValueError(f"is not a CSS selector: {reason}") from None
    return selector


def noise(value: str) -> str:
    """What to leave out of a page: a CSS selector, or a regular expression written `/like this/`.

    An entry that can only be meant as a regular expression (`Päivitetty \\d+`) gets its slashes here.
    """
    entry = text(value)
    slashed = len(entry) > 2 and entry.startswith("/") and entry.endswith("/")
    if not slashed and not _REGEXP_MARKS.search(entry):
        return css(entry)
    pattern = entry[1:-1] if slashed else entry
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    return f"/{pattern}/"


def database_url(value: str, folder: Path) -> str:
    """A database address with an absolute path; a relative one starts at `folder`.

    Raises:
        ValueError: it is not `sqlite:///FILE`.
    """
    address = value.strip()
    if address.startswith("postgresql"):
        raise ValueError("names a PostgreSQL database, which this version cannot use yet; write sqlite:///state.db")
    if not address.startswith("sqlite:///") or not address.isprintable():
        raise ValueError("is not a database address; write sqlite:///state.db")
    name = address.removeprefix("sqlite:///")
    if not name or name == ":memory:" or "?" in name or name.endswith("/"):
        raise ValueError("names no database file; write sqlite:///state.db")
    return f"sqlite:///{folder.resolve() / name}"


def database_path(url: str) -> Path:
    """The file of a database address that `database_url` made."""
    return Path(url.removeprefix("sqlite:///"))


def moment(value: str, zone: dt.tzinfo) -> dt.datetime:
    """A moment in ISO 8601 as UTC; without an offset it means `zone`, without a time the day's start.

    Raises:
        ValueError: it is not one.
    """
    try:
        parsed = dt.datetime.fromisoformat(value.strip())
        aware = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=zone)
        return aware.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("is not a time; write 2026-03-01T08:00+02:00 or 2026-03-01") from None


def member(kind: Callable[[str], E], known: Collection[str]) -> Callable[[str], E]:
    """A parser for one of the words `known`, made into `kind`."""

    def parse(value: str) -> E:
        word = value.strip()
        if word not in known:
            raise ValueError("is unknown" + suggestion(word, known))
        return kind(word)

    return parse
