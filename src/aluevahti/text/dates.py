"""Dates and times as Finnish and Swedish platforms print them beside a document; not the language of documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
"""The zone of every date and clock time that a document tells."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2200

_MONTHS = (
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "januari februari mars april maj juni juli augusti september oktober november december",
)
_MONTH = {name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)}
_DATE = re.compile(
    r"(?<![\d.,/-])(?:"
    r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    r"|(?P<sd>\d{1,2})[-/](?P<sm>\d{1,2})[-/](?P<sy>\d{4})"
    rf"|(?P<wd>\d{{1,2}})\.?\s+(?P<w>{'|'.join(_MONTH)})(?:ta|n)?\s+(?P<wy>\d{{4}})"
    r")(?![\d/-]|\.\d)",
    re.IGNORECASE,
)
_DAY_OF_YEAR = re.compile(
    r"(?<![\d,:/])(?:(?P<from>\d{1,2})\.?\s?[-\u2010-\u2015\u2212]\s?)?"
    rf"(?P<d>\d{{1,2}})(?:\.\s?(?P<m>1[0-2]|0?[1-9])(?!\d)|\.?\s+(?P<w>{'|'.join(_MONTH)})(?:ta|n)?\b)",
    re.IGNORECASE,
)


def possible(day: dt.date | None) -> dt.date | None:
    """A day on which a document may have come out; None for one that a system writes where it knows none (1.1.0001, 1.1.1970)."""
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def printed_dates(text: str) -> Iterator[dt.date]:
    """The dates in `text`, in its order: D.M.YYYY, DD-MM-YYYY, YYYY-MM-DD, "2. maaliskuuta 2026", "2 mars 2026".

    Only whole dates with a year that are on the calendar; a day and month alone is not guessed at.
    """
    for found in _DATE.finditer(text):
        day = _date(found)
        if day is not None:
            yield day


def named_days(text: str) -> frozenset[tuple[int, int]]:
    """The days of the year, as (day, month), that `text` names in figures or words, with a year or without.

    The first half of a range in one month (`1.–15.4.`, `1–15 april`) counts, too.
    """
    found: set[tuple[int, int]] = set()
    for day in _DAY_OF_YEAR.finditer(text):
        month = int(day["m"]) if day["m"] else _MONTH[day["w"].lower()]
        found |= {(int(each), month) for each in (day["d"], day["from"]) if each}
    return frozenset(found)


def printed_date(text: str) -> dt.date | None:
    """The first date that stands in `text`; None where there is none."""
    return next(printed_dates(text), None)


def timestamp_date(value: str | None) -> dt.date | None:
    """The day in Helsinki of a machine-readable time (`<time datetime>`, JSON, ISO 8601); None where it is none.

    Without an offset, or with a date alone, the day stands as written.
    """
    if not value:
        return None
    try:
        moment = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return printed_date(value)
    try:
        return possible(moment.date() if moment.tzinfo is None else moment.astimezone(HELSINKI).date())
    except OverflowError:
        return None


def _date(found: re.Match[str]) -> dt.date | None:
    part = found.group
    if part("w"):
        year, month, day = part("wy"), str(_MONTH[part("w").lower()]), part("wd")
    else:
        year, month, day = (
            part("y", "m", "d") if part("y") else part("iy", "im", "id") if part("iy") else part("sy", "sm", "sd")
        )
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
