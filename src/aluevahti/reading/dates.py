"""Dates, ranges of dates and clock times as Finnish and Swedish texts write them.

Pure and linear in the length of the text. A year that is not written is never guessed without a
reference: a wrong date is worse than none.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.lexicon import lowered, vocabulary

_FI = vocabulary("calendar")["fi"]
_SV = vocabulary("calendar")["sv"]

# Blank space of any kind, with the invisible characters that editors leave beside dashes.
# Never a line break: a list of days is not a range.
_GAP: Final = r"(?:[^\S\r\n]|[\u00ad\u200b\u2060\ufeff])"
DASH: Final = r"[-\u2010-\u2015\u2212\uff0d\ufe63~]"
_JOIN: Final = rf"{_GAP}{{0,3}}{DASH}{{1,2}}{_GAP}{{0,3}}"

_MONTHS: Final[dict[str, int]] = {stem + "kuu": n for n, stem in enumerate(_FI["month_stems"], 1)} | {
    word: n for n, words in enumerate(_SV["months"], 1) for word in words
}
_FI_MONTH: Final = rf"(?:{'|'.join(_FI['month_stems'])})kuu"
_SV_MONTH: Final = "|".join(
    rf"{words[0]}|" + "|".join(rf"{w}\b\.?" for w in sorted(words[1:], key=len, reverse=True))
    if words[1:]
    else words[0]
    for words in _SV["months"]
)
_WEEKDAYS: Final[dict[str, int]] = {w: n for lang in (_FI, _SV) for n, w in enumerate(lang["weekdays"])}
_SHORT_WEEKDAYS: Final[dict[str, int]] = {w: n for lang in (_FI, _SV) for n, w in enumerate(lang["weekdays_short"])}

_YEAR: Final = r"(?:19|20)\d\d"
# A day number that does not continue another number, a case number or a fraction.
_DAY: Final = r"(?<![\d/])(?<!\d[.,:])(?P<day>\d{1,2})"
_DATE: Final = re.compile(
    rf"""(?:
      (?<!\d)(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?!\d)
    | (?<![\d/-])(?P<dash_day>\d\d)-(?P<dash_month>\d\d)-(?P<dash_year>{_YEAR})(?!\d)
    | {_DAY} (?:
          \.{_GAP}? (?P<month>\d{{1,2}}) (?:
              \.{_GAP}? (?P<year>{_YEAR}) (?![\d]|/\d)
            | \. (?P<short_year>\d\d) (?![\d]|[.:/]\d)
            | (?P<point>\.) (?!\d|/\d)
            | (?P<open>) (?={_GAP}{{0,3}}{DASH}{_GAP}{{0,3}}\d{{1,2}}\.{_GAP}?\d)
            | (?P<bare>) (?=\s(?:mennessä|asti|saakka|alkaen)\b) )
        | (?:\.|:[ae]|:n[td]e)?{_GAP}{{1,2}}(?:päivä(?:nä|stä|än)?{_GAP})?
          (?P<word>{_FI_MONTH}|(?:{_SV_MONTH})(?![a-zåäö])) (?:[a-zåäö]{{0,6}})
          (?:{_GAP}{{1,2}}(?:vuonna{_GAP}|år{_GAP})?(?P<word_year>{_YEAR})(?!\d))?
      )
    | \b(?P<head>{_FI_MONTH})n{_GAP}{{1,2}}(?P<head_day>\d{{1,2}})(?!\d|{_GAP}?kuu)
      (?:\.?{_GAP}päivä[a-zåäö]{{0,4}}|\.(?!\d)) (?:{_GAP}{{1,2}}(?:vuonna{_GAP})?(?P<head_year>{_YEAR})(?!\d))?
    )""",
    re.VERBOSE,
)
_MONTH: Final = re.compile(
    rf"""\b(?P<word>{_FI_MONTH}[a-zåäö]{{0,6}}|(?:{_SV_MONTH})(?![a-zåäö]))
    (?:{_GAP}{{1,2}}(?:vuonna{_GAP}|år{_GAP})?(?P<year>{_YEAR})(?!\d|\.\d))?
    (?P<end>{_GAP}{{1,2}}(?:loppuun|viimeiseen{_GAP}päivään)\b)?""",
    re.VERBOSE,
)
# Both halves without their closing point, as Swedish writes a yearly period: 15.3-15.4.
_OPEN_RANGE: Final = re.compile(
    rf"(?<![\d/])(?<!\d[.,:])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}}){_JOIN}(?P<last_day>\d{{1,2}})\.(?P<last_month>\d{{1,2}})"
    rf"(?!\d|\.{_GAP}?\d|{_GAP}?(?:€|eur|milj|%|pros|proc|kpl|st\b))"
)
_OPEN_RANGE_AFTER: Final = re.compile(rf"{_GAP}(?:varje|årligen|vuosittain|mennessä|asti|saakka|välis)")
_OPEN_RANGE_BEFORE: Final = re.compile(r"(?:ansökningstid|ansökningsperiod|hakuaika|hakuajat)[^.\n]{0,60}\Z")
_END_BEFORE: Final = re.compile(rf"\b(?:slutet|utgången){_GAP}av{_GAP}\Z")
_YEARS: Final = re.compile(rf"\b(?:vuo(?:den|nna|teen|sille|delle|delta)|år(?:et|en)?){_GAP}(?P<year>{_YEAR})(?!\d)")
_DAY_BEFORE: Final = re.compile(
    rf"(?<![\d.,:/])(?P<day>\d{{1,2}})(?:\.|:[ae])?(?P<join>{_JOIN}|\s(?:och|ja)\s)(?:den\s)?\Z"
)
_TIME: Final = re.compile(
    rf"""\b(?:klo|kello|kl)\.?{_GAP}{{0,2}}(?P<hour>\d{{1,2}})(?!\d)(?:[.:](?P<minute>[0-5]\d)(?!\d))?(?:[.:]\d\d(?!\d))?
    (?:{_JOIN}(?P<until_hour>\d{{1,2}})(?!\d)(?:[.:](?P<until_minute>[0-5]\d))?(?!\d|[.:]\d))?""",
    re.VERBOSE,
)
_WEEKDAY_BEFORE: Final = re.compile(
    rf"\b(?P<long>{'|'.join(_WEEKDAYS)})[a-zåäö]{{0,5}},?{_GAP}{{1,2}}(?:den{_GAP})?\Z"
    rf"|\b(?P<short>{'|'.join(_SHORT_WEEKDAYS)})\.?{_GAP}(?:den{_GAP})?\Z"
)
_FROM_WEEKDAY: Final = re.compile(rf"\b(?:{'|'.join(_FI['weekdays'])})sta{_GAP}\Z")
_TO_WEEKDAY: Final = re.compile(rf"{_GAP}(?:{'|'.join(_FI['weekdays'])})(?:hin|on){_GAP}")
_BETWEEN: Final = re.compile(
    rf"{_GAP}{{0,2}}\.?(?:,?{_GAP}{{0,2}}(?:klo|kello|kl)\.?{_GAP}{{0,2}}\d{{1,2}}(?:[.:]\d\d)?)?"
    rf"(?P<join>{_JOIN}|{_GAP}(?:ja|och|till|t\.?o\.?m\.?|till{_GAP}och{_GAP}med|fram{_GAP}till){_GAP})"
    rf"(?:den{_GAP})?(?:(?:{'|'.join((*_WEEKDAYS, *_SHORT_WEEKDAYS))})[a-zåäö]{{0,5}}\.?{_GAP}(?:den{_GAP})?)?"
)
_EITHER: Final = re.compile(rf"^{_GAP}*(?:ja|och)\b")
_BETWEEN_WORD: Final = re.compile(rf"{_GAP}{{1,2}}(?:välis|välill)")
_MELLAN: Final = re.compile(rf"\bmellan{_GAP}(?:den{_GAP})?\Z")
_CLOCK_BEFORE: Final = re.compile(rf"\b(?:klo|kello|kl)\.?{_GAP}{{0,2}}\Z")


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
    month_end: bool = False

    @property
    def weekday_is_wrong(self) -> bool:
        """Whether the text names a weekday that the date, with its year told, does not fall on."""
        return self.has_year and self.on is not None and self.weekday not in (None, self.on.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeSpan:
    """Two dates told as from-to. Where both are known, `first` is not after `last`."""

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


def find_times(text: str) -> tuple[TimeSpan, ...]:
    """Every clock time of `text` that is told as one (`klo 15.45`, `kello 12`, `kl. 9–11`), in order."""
    return scan_times(lowered(text))


def find_dates(text: str, *, reference: dt.date | None = None, lang: Language | None = None) -> tuple[DateSpan, ...]:
    """Every date, month and year of `text`, in order, the halves of a range among them.

    A date without a year takes it from the other half of its range, else the year that brings it
    nearest to `reference`; without a reference it has `on=None`. `lang` decides shapes that only
    one language has (None: both).
    """
    return tuple(sorted(_resolve_all(scan(lowered(text), lang), reference), key=lambda s: (s.start, s.end)))


def find_ranges(text: str, *, reference: dt.date | None = None, lang: Language | None = None) -> tuple[RangeSpan, ...]:
    """Every from-to of `text`, in order; both halves are days. Years as in `find_dates`."""
    lower = lowered(text)
    spans = scan(lower, lang)
    return tuple(_resolve_range(r, reference) for r in spans.ranges)


def nearest(day: int, month: int, reference: dt.date, weekday: int | None = None) -> dt.date | None:
    """The date with this day and month that lies nearest to `reference`; with a weekday, one that falls on it.

    None where no such date exists within three years.
    """
    reach = 1 if weekday is None else 3
    years = range(reference.year - reach, reference.year + reach + 1)
    found = [d for y in years if (d := as_date(y, month, day)) and weekday in (None, d.weekday())]
    return min(found, key=lambda d: abs((d - reference).days), default=None)


def as_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- finding -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spans:
    """The date expressions of a text before their years are resolved (`on` is None throughout)."""

    dates: tuple[DateSpan, ...]  # single dates: not a half of a range
    ranges: tuple[RangeSpan, ...]
    loose: tuple[DateSpan, ...]  # months and years


def scan_times(lower: str) -> tuple[TimeSpan, ...]:
    """As `find_times`, of a lower-case text."""
    found = []
    for m in _TIME.finditer(lower):
        at = _clock(m["hour"], m["minute"])
        if at is not None:
            until = _clock(m["until_hour"], m["until_minute"]) if m["until_hour"] else None
            found.append(TimeSpan(start=m.start(), end=m.end(), at=at, until=until))
    return tuple(found)


def _clock(hour: str, minute: str | None) -> dt.time | None:
    if (int(hour), int(minute or 0)) == (24, 0):
        return dt.time(23, 59)
    return dt.time(int(hour), int(minute or 0)) if int(hour) < 24 else None


def scan(lower: str, lang: Language | None = None) -> Spans:
    """The date expressions of a lower-case text; years as written, those of a range's halves completed."""
    atoms = [span for m in _DATE.finditer(lower) if (span := _atom(lower, m)) is not None]
    ranges, singles = _pair(lower, atoms)
    ranges += [r for m in _OPEN_RANGE.finditer(lower) if (r := _open_range(lower, m, lang)) is not None]
    ranges.sort(key=lambda r: r.start)
    taken = [(s.start, s.end) for s in singles] + [(r.start, r.end) for r in ranges]
    return Spans(tuple(singles), tuple(ranges), tuple(_loose(lower, sorted(taken))))


def _atom(lower: str, m: re.Match[str]) -> DateSpan | None:
    g = m.groupdict()
    day = int(g["iso_day"] or g["dash_day"] or g["day"] or g["head_day"])
    word = g["word"] or g["head"]
    month = _month_number(word) if word else int(g["iso_month"] or g["dash_month"] or g["month"])
    written = g["iso_year"] or g["dash_year"] or g["year"] or g["word_year"] or g["head_year"]
    year = int(written) if written else (2000 + int(g["short_year"]) if g["short_year"] else None)
    if as_date(year or 2000, month, day) is None or (
        g["short_year"] and not 2010 <= 2000 + int(g["short_year"]) < 2050
    ):
        return None
    before = lower[max(0, m.start() - 24) : m.start()]
    if _CLOCK_BEFORE.search(before):
        return None
    # `open` marks a half without its closing point; it counts only as the first half of a range.
    end = m.end() if g["open"] is None else -m.end()
    return DateSpan(
        start=m.start(), end=end, on=None, precision=Precision.DAY, has_year=year is not None,
        day=day, month=month, year=year, weekday=_weekday(before),
    )  # fmt: skip


def _open_range(lower: str, m: re.Match[str], lang: Language | None) -> RangeSpan | None:
    before = lower[max(0, m.start() - 80) : m.start()]
    if _CLOCK_BEFORE.search(before) or not (
        lang is Language.SV or _OPEN_RANGE_AFTER.match(lower, m.end()) or _OPEN_RANGE_BEFORE.search(before)
    ):
        return None
    first, last = (
        DateSpan(
            start=m.start(day), end=m.end(month), on=None, precision=Precision.DAY, has_year=False,
            day=int(m[day]), month=int(m[month]),
        )
        for day, month in (("day", "month"), ("last_day", "last_month"))
    )  # fmt: skip
    if any(as_date(2000, d.month or 0, d.day or 0) is None for d in (first, last)):
        return None
    return RangeSpan(start=first.start, end=last.end, first=first, last=last)


def _month_number(word: str) -> int:
    word = word.rstrip(".")
    return _MONTHS[word] if word in _MONTHS else _MONTHS[word[: word.index("kuu") + 3]]


def _weekday(before: str) -> int | None:
    m = _WEEKDAY_BEFORE.search(before)
    if m is None:
        return None
    return _WEEKDAYS[m["long"]] if m["long"] else _SHORT_WEEKDAYS[m["short"]]


def _pair(lower: str, atoms: Sequence[DateSpan]) -> tuple[list[RangeSpan], list[DateSpan]]:
    ranges: list[RangeSpan] = []
    singles: list[DateSpan] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if following is not None and _joined(lower, atom, following):
            ranges.append(_range(replace(atom, end=abs(atom.end)), replace(following, end=abs(following.end))))
            index += 2
            continue
        if atom.end >= 0:
            first = _day_before(lower, atom)
            if first is not None:
                ranges.append(_range(first, atom))
            else:
                singles.append(atom)
        index += 1
    return [r for r in ranges if r.first.day is not None], singles


def _joined(lower: str, first: DateSpan, last: DateSpan) -> bool:
    start, stop = abs(first.end), last.start
    if not 0 < stop - start < 45:
        return False
    m = _BETWEEN.fullmatch(lower, start, stop)
    if m is None:
        from_day = _FROM_WEEKDAY.search(lower[max(0, first.start - 16) : first.start])
        return from_day is not None and _TO_WEEKDAY.fullmatch(lower, start, stop) is not None
    if _EITHER.match(m["join"]) is None:
        return True
    return bool(
        _BETWEEN_WORD.match(lower, abs(last.end)) or _MELLAN.search(lower[max(0, first.start - 12) : first.start])
    )


def _day_before(lower: str, last: DateSpan) -> DateSpan | None:
    begin = max(0, last.start - 20)
    m = _DAY_BEFORE.search(lower[begin : last.start])
    if m is None or last.day is None or last.month is None or not 1 <= int(m["day"]) < last.day:
        return None
    start = begin + m.start()
    if _CLOCK_BEFORE.search(lower[max(0, start - 8) : start]):
        return None
    if _EITHER.match(m["join"]) and not (
        _BETWEEN_WORD.match(lower, last.end) or _MELLAN.search(lower[max(0, start - 12) : start])
    ):
        return None
    return replace(last, start=start, end=begin + m.end("day"), day=int(m["day"]), weekday=None)


def _range(first: DateSpan, last: DateSpan) -> RangeSpan:
    """Completes each half's year from the other's."""
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (_key(first) > _key(last)), has_year=True)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + (_key(last) < _key(first)), has_year=True)
    return RangeSpan(start=first.start, end=last.end, first=first, last=last)


def _key(span: DateSpan) -> tuple[int, int]:
    return span.month or 0, span.day or 0


def _loose(lower: str, taken: Sequence[tuple[int, int]]) -> list[DateSpan]:
    found: list[DateSpan] = []
    place = 0
    for m in _MONTH.finditer(lower):
        while place < len(taken) and taken[place][1] <= m.start():
            place += 1
        if place < len(taken) and taken[place][0] < m.end():
            continue
        found.append(_month_span(lower, m))
    for m in _YEARS.finditer(lower):
        year = int(m["year"])
        found.append(
            DateSpan(start=m.start("year"), end=m.end(), on=None, precision=Precision.YEAR, has_year=True, year=year)
        )
    return found


def _month_span(lower: str, m: re.Match[str]) -> DateSpan:
    month, year = _month_number(m["word"]), int(m["year"]) if m["year"] else None
    ends = bool(m["end"] or _END_BEFORE.search(lower[max(0, m.start() - 14) : m.start()]))
    return DateSpan(
        start=m.start(), end=m.end(), on=None, precision=Precision.DAY if ends else Precision.MONTH,
        has_year=year is not None, month=month, year=year, month_end=ends,
        day=calendar.monthrange(year or 2001, month)[1] if ends else None,
    )  # fmt: skip


# --- years ---------------------------------------------------------------------------------------


def _resolve_all(spans: Spans, reference: dt.date | None) -> list[DateSpan]:
    found = [_resolve(s, reference) for s in (*spans.dates, *spans.loose)]
    for r in spans.ranges:
        whole = _resolve_range(r, reference)
        found += [whole.first, whole.last]
    return found


def _resolve(span: DateSpan, reference: dt.date | None) -> DateSpan:
    if span.year is not None:
        return replace(span, on=as_date(span.year, span.month or 1, span.day or 1))
    if reference is None or span.month is None:
        return span
    on = nearest(span.day or 1, span.month, reference, span.weekday)
    return replace(span, on=on, year=on.year if on else None)


def _resolve_range(r: RangeSpan, reference: dt.date | None) -> RangeSpan:
    last = _resolve(r.last, reference)
    first = r.first
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (_key(first) > _key(last)))
    first = _resolve(first, None)
    return replace(r, first=first, last=last)
