"""The date expressions of a text as values: a date, a range of dates, a clock time, each with its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is told."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """One date in a text, from offset `start` to `end`.

    Attributes:
        on: the date, or the first day of a month or a year; None where the year is not known.
        day, month, year: as written, completed by the other half of a range; None: not told.
        has_year: the text itself tells the year (beside this date or in the other half of its range).
        weekday: the weekday written before it, Monday 0.
        into: told as where a period ends (`31. päivään`, `perjantaihin 31.1.`).
        month_end: told as the end of a month (`maaliskuun loppuun`); `day` is then its last day.
    """

    start: int
    end: int
    on: dt.date | None
    precision: Precision
    has_year: bool
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    into: bool = False
    month_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeSpan:
    """Two dates told as from-to, from offset `start` to `end`."""

    start: int
    end: int
    first: DateSpan
    last: DateSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """A clock time told with klo, kello or kl; `until` where a span of hours is told (an event, not a deadline).

    24:00 is told as 23:59.
    """

    start: int
    end: int
    at: dt.time
    until: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Spans:
    """The date expressions of a text before their years are resolved (`on` is None throughout), each in order.

    Attributes:
        dates: single days: not a half of a range.
        ranges: from-to; the year of one half completes the other.
        loose: months and years.
        times: clock times.
    """

    dates: tuple[DateSpan, ...]
    ranges: tuple[RangeSpan, ...]
    loose: tuple[DateSpan, ...]
    times: tuple[TimeSpan, ...]


def as_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
