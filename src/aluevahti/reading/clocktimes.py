"""Clock times as Finnish and Swedish texts write them: `klo 15.45`, `kl. 9–11`, `27.2.2026 16:00`. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from aluevahti.reading.dateshapes import GAP, JOIN
from aluevahti.reading.spans import TimeSpan

CLOCK_BEFORE: Final = re.compile(rf"\b(?:klo|kello|klockan(?:{GAP}(?:är|slår))?|kl)\.?{GAP}{{0,2}}\Z")
_TIME: Final = re.compile(
    rf"(?P<hour>\d{{1,2}})(?!\d)(?:[.:](?P<minute>[0-5]\d)(?!\d))?(?:[.:]\d\d(?!\d))?"
    rf"(?:{JOIN}(?P<until_hour>[01]?\d|2[0-4])(?!\d)(?:[.:](?P<until_minute>[0-5]\d))?(?!\d|[.:]\d|\.?{GAP}(?:kl|klo|kello)\b))?"
)
BARE_TIME: Final = r"\d{1,2}(?::[0-5]\d|\.(?:00|1[3-9]|[2-5]\d))(?!\d)"  # 16:00, 16.15, but not 16.10, a day in October
_BARE_CLOCK: Final = re.compile(BARE_TIME)


def time_behind_word(lower: str, at: int, before: str) -> TimeSpan | None:
    """The clock time whose number begins at `at`, behind its word, which `before` ends in; None for no hour of a day."""
    m = _TIME.match(lower, at)
    if m is None or (hour := _clock(m["hour"], m["minute"])) is None:
        return None
    until = _clock(m["until_hour"], m["until_minute"]) if m["until_hour"] else None
    start = at - len(before) + max(before.rfind(word) for word in ("klo", "kello", "kl"))
    return TimeSpan(start=start, end=m.end(), at=hour, until=until)


def bare_time(lower: str, at: int) -> TimeSpan | None:
    """The clock time that begins here without its word: `27.2.2026 16:00`."""
    if _BARE_CLOCK.match(lower, at) is None or (m := _TIME.match(lower, at)) is None:
        return None
    hour = _clock(m["hour"], m["minute"])
    until = _clock(m["until_hour"], m["until_minute"]) if m["until_hour"] else None
    return None if hour is None else TimeSpan(start=at, end=m.end(), at=hour, until=until)


def _clock(hour: str, minute: str | None) -> dt.time | None:
    if (int(hour), int(minute or 0)) == (24, 0):
        return dt.time(23, 59)
    return dt.time(int(hour), int(minute or 0)) if int(hour) < 24 else None
