"""Dates, ranges of dates and clock times as Finnish and Swedish texts write them.

Pure and linear in the length of the text. A year that is not written is never guessed without a
reference: a wrong date is worse than none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aluevahti.model import Language
from aluevahti.reading.datescan import scan
from aluevahti.reading.lexicon import lowered
from aluevahti.reading.spans import DateSpan, Precision, RangeSpan, TimeSpan, as_date

__all__ = ["DateSpan", "Precision", "RangeSpan", "TimeSpan", "find_dates", "find_ranges", "find_times", "nearest"]


def find_times(text: str) -> tuple[TimeSpan, ...]:
    """Every clock time of `text` that is told as one (`klo 15.45`, `kello 12`, `kl. 9–11`), in order."""
    return scan(lowered(text), None).times


def find_dates(text: str, *, reference: dt.date | None = None, lang: Language | None = None) -> tuple[DateSpan, ...]:
    """Every date, month and year of `text`, in order, the halves of a range among them.

    A date without a year takes it from the other half of its range, else the year that brings it
    nearest to `reference`; without a reference it has `on=None`. `lang` decides shapes that only
    one language has (None: both).
    """
    spans = scan(lowered(text), lang)
    found = [_resolved(s, reference) for s in (*spans.dates, *spans.loose)]
    for r in spans.ranges:
        whole = _resolved_range(r, reference)
        found += [whole.first, whole.last]
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def find_ranges(text: str, *, reference: dt.date | None = None, lang: Language | None = None) -> tuple[RangeSpan, ...]:
    """Every from-to of `text`, in order; both halves are days. Years as in `find_dates`."""
    return tuple(_resolved_range(r, reference) for r in scan(lowered(text), lang).ranges)


def nearest(day: int, month: int, reference: dt.date, weekday: int | None = None) -> dt.date | None:
    """The date with this day and month that lies nearest to `reference`; with a weekday, one that falls on it.

    None where no such date exists within a year, with a weekday within three.
    """
    reach = 1 if weekday is None else 3
    years = range(max(1, reference.year - reach), min(9999, reference.year + reach) + 1)
    found = [d for y in years if (d := as_date(y, month, day)) and weekday in {None, d.weekday()}]
    return min(found, key=lambda d: abs((d - reference).days), default=None)


def _resolved(span: DateSpan, reference: dt.date | None) -> DateSpan:
    if span.year is not None:
        return replace(span, on=as_date(span.year, span.month or 1, span.day or 1))
    if reference is None or span.month is None:
        return span
    on = nearest(span.day or 1, span.month, reference, span.weekday)
    return replace(span, on=on, year=on.year if on else None)


def _resolved_range(r: RangeSpan, reference: dt.date | None) -> RangeSpan:
    last, first = _resolved(r.last, reference), r.first
    if first.year is None and last.year is not None:
        after = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
        first = replace(first, year=last.year - after)
    return replace(r, first=_resolved(first, None), last=last)
