"""Finding the date expressions of a text: every shape that Finnish and Swedish pages write.

Goes from number to number, so that text without numbers costs next to nothing; every pattern is
bounded, so the time grows linearly with the text. Years are not resolved here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.clocktimes import BARE_TIME, CLOCK_BEFORE, bare_time, time_behind_word
from aluevahti.reading.dateshapes import (
    ANY_WEEKDAY,
    DASH,
    FI_MONTH,
    FI_WEEKDAY,
    GAP,
    JOIN,
    MONTHS,
    OF_YEAR,
    SHORT_WEEKDAYS,
    SV_MONTH,
    SV_WEEKDAY,
    WEEKDAYS,
    YEAR,
    month_number,
)
from aluevahti.reading.monthscan import is_whole, months, same_month_ends, whole_month, year_ends
from aluevahti.reading.ordinaldays import ordinal_days
from aluevahti.reading.spans import DateSpan, Precision, RangeSpan, Spans, TimeSpan, as_date
from aluevahti.reading.strokedates import find_strokes

_NUMBER: Final = re.compile(r"[0-9][0-9]*+")  # told so, it looks for the first digit at twice the speed
# All of these are matched where a number begins.
_ISO: Final = re.compile(rf"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_DASHED: Final = re.compile(rf"(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>{YEAR})(?!\d)")
_NUMERIC: Final = re.compile(
    rf"""(?P<day>\d{{1,2}})\.{GAP}?(?P<month>\d{{1,2}}) (?:
          \.{GAP}? (?P<year>{YEAR}) (?!\d|/\d)
        | \. (?P<short_year>\d\d) (?!\d|[.:/]\d)
        | \. (?!\d|/\d)
        | {GAP}{{1,2}} (?P<spaced_year>{YEAR}) (?!\d|[.:/,]\d|{GAP}?(?:€|eur|kr))
        | (?P<open>) (?={GAP}{{0,3}}{DASH}{GAP}{{0,3}}\d{{1,2}}\.{GAP}?\d)
        | (?P<open_till>) (?=\s(?:till|t\.?o\.?m\.?)\s(?:och\smed\s)?(?:den\s)?(?:[a-zåäö]{{3,8}}\s(?:den\s)?)?\d{{1,2}}\.\d{{1,2}}(?!\d))
        | (?P<open_and>) (?=\s(?:och|ja)\s(?:den\s)?\d{{1,2}}\.\d{{1,2}}(?!\d))
        | (?P<open_clock>) (?=\s(?:kl|klo|klockan|kello)\.?\s\d{{1,2}}(?:[.:]\d\d)?{GAP}{{0,3}}{DASH}{GAP}{{0,3}}\d{{1,2}}\.\d)
        | (?=\s(?:mennessä|asti|saakka|alkaen|kl|klo|klockan|kello)\b) )""",
    re.VERBOSE,
)
_OPEN: Final = ("open", "open_till", "open_and", "open_clock")
_NOT_OPEN: Final = (None,) * len(_OPEN)
# A day without its closing point, as Swedish writes it behind a weekday or an article: fredag 11.11, senast den 13.2.
_BARE: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})(?![\d:/%€]|[.,]\d|{GAP}?(?:%|€|eur|milj|pros|proc|kpl|st\b|{DASH}))"
)
_BARE_BEFORE: Final = re.compile(
    rf"(?:\bden|\bsenast|\b(?:börja|öppna|stäng|stänge|starta|sluta|avsluta|inled)[rs]|\b(?:går|löper){GAP}ut|\b(?:från|till){GAP}och{GAP}med|\bfram{GAP}till|\b(?:före|innan|tills)"
    rf"|\bfrån{GAP}(?:den{GAP})?\d{{1,2}}\.\d{{1,2}}{GAP}till|\b(?:möte|sammanträde|ansökningsdag)(?:e[tn])?(?::|{GAP}är)?|(?:styrelsens|fullmäktiges|nämndens|sektionens){GAP}beslut|\b(?:{'|'.join(WEEKDAYS)})[a-zåäö]{{0,5}},?){GAP}\Z"
)
_IN_WORDS: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|:[ae]|:n[td]e)?{GAP}{{1,2}}(?:päivä(?:nä|stä|än)?{GAP})?"
    rf"(?P<word>{FI_MONTH}|(?:{SV_MONTH})(?![a-zåäö]))[a-zåäö]{{0,6}}{OF_YEAR}"
)
# With strokes, by the year of which it is found: 2/3/2026, 2.3/2026, 2/3–31/3/2026.
_DAY_LAST: Final = re.compile(  # maaliskuun 12. päivänä
    rf"(?P<day>\d{{1,2}})(?!\d|{GAP}?kuu)(?:\.?{GAP}päivä[a-zåäö]{{0,4}}|\.(?!\d)){OF_YEAR}"
)
# Without its month, which is that of the day told before: 1. syyskuuta … 30. päivä, den 1 september … den 30 samma månad
_OF_SAME_MONTH: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.{GAP}?päivä(?:nä|än)?\b(?!{GAP}(?:{FI_MONTH}))|(?::[ae])?{GAP}samma{GAP}månad\b)"
)
_MONTH_TOLD: Final = 100  # characters before it
_MONTH_BEFORE: Final = re.compile(rf"\b(?P<word>{FI_MONTH})n{GAP}{{1,2}}\Z")
# Both halves without their closing point, as Swedish writes a yearly period: 15.3-15.4.
_OPEN_RANGE: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}}){JOIN}(?P<last_day>\d{{1,2}})\.(?P<last_month>\d{{1,2}})"
    rf"(?!\d|\.{GAP}?\d|{GAP}?(?:€|eur|milj|%|pros|proc|kpl|st\b))"
)
# Only the last half has a month, and no closing point behind it: kan sökas 1–31.3.
_OPEN_DAYS: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.?{JOIN}(?P<last_day>\d{{1,2}})\.(?P<month>\d{{1,2}})"
    rf"(?!\d|[.,:/]\d|{GAP}?(?:€|eur|milj|%|pros|proc|kpl|st\b|{DASH}))"
)
_OPEN_DAYS_BEFORE: Final = re.compile(
    rf"\b(?:sökas|söks|söka|öppen|öppna|öppet|pågår|tiden|perioden|hakea|haettavana|haettavissa|haetaan|haussa|auki|avoinna|ajalla|aikana){GAP}\(?\Z"
)
_OPEN_RANGE_AFTER: Final = re.compile(rf"{GAP}(?:varje|årligen|vuosittain|mennessä|asti|saakka|välis)")
_OPEN_RANGE_BEFORE: Final = re.compile(
    r"(?:ansökningstid|ansökningsperiod|hakuaika|hakuajat)(?:[^.\n]|\.(?=\d)){0,60}\Z"
)
_DAY_BEFORE: Final = re.compile(
    rf"(?<![\d.,:/])(?P<day>\d{{1,2}})(?:\.|:[ae])?(?P<join>{JOIN}|\s(?:och|ja|till)\s)(?:(?:{SV_WEEKDAY})[a-zåäö]{{0,5}},?\s)?(?:den\s)?\Z"
)
_YEAR_BEFORE: Final = re.compile(rf"\b(?:vuo(?:den|nna|teen|sille|delle|delta)|år(?:et|en)?){GAP}\Z")
_WEEKDAY_BEFORE: Final = re.compile(
    rf"\b(?P<long>{'|'.join(WEEKDAYS)})[a-zåäö]{{0,5}},?{GAP}{{1,2}}(?:den{GAP})?\Z"
    rf"|\b(?P<short>{'|'.join(SHORT_WEEKDAYS)})\.?{GAP}(?:den{GAP})?\Z"
)
_ARTICLE_BEFORE: Final = re.compile(rf"\bden{GAP}\Z")
_LONGEST_WEEKDAY: Final = 24
_MONTHS_BACK: Final = 9
_DAY_WITH_YEAR: Final = re.compile(rf"(?<=\d\.\d\d\d\d),?{GAP}{{1,2}}\Z")
_BETWEEN: Final = re.compile(
    rf"{GAP}{{0,2}}\.?(?:,?{GAP}{{0,2}}(?:(?:klo|kello|klockan|kl)\.?{GAP}{{0,2}}\d{{1,2}}(?:[.:]\d\d)?|{BARE_TIME}))?"
    rf"(?P<join>{JOIN}|{GAP}(?:ja|och|till|t\.?o\.?m\.?|till{GAP}och{GAP}med|fram{GAP}till){GAP})"
    rf"(?:den{GAP})?(?:(?:{ANY_WEEKDAY})[a-zåäö]{{0,5}}\.?{GAP}(?:den{GAP})?)?"
)
_INTO_WEEKDAY: Final = re.compile(rf"\b(?:{FI_WEEKDAY})(?:hin|on){GAP}{{1,2}}\Z")
_FROM_WEEKDAY: Final = re.compile(rf"\b(?:{FI_WEEKDAY})sta{GAP}\Z")
_TO_WEEKDAY: Final = re.compile(
    rf"{GAP}(?:(?:klo|kello)\.?{GAP}\d{{1,2}}(?:[.:]\d\d)?(?::stä|:sta|:ltä|:lta)?{GAP})?(?:{FI_WEEKDAY})(?:hin|on){GAP}"
)
_OUT_OF: Final = ("päivästä", "nnestä", "nnesta", "sestä", "sesta", "nnestätoista", "nnestatoista")
_EITHER: Final = re.compile(rf"{GAP}*(?:ja|och)\b")
_BETWEEN_AFTER: Final = re.compile(
    rf"(?:{GAP}(?:klo|kello)\.?{GAP}{{0,2}}\d{{1,2}}(?:[.:]\d\d)?)?{GAP}{{1,2}}(?:välis|välill)"
)
_FROM_BEFORE: Final = re.compile(rf"\bfrån{GAP}(?:och{GAP}med{GAP})?(?:den{GAP})?\Z")
_BETWEEN_BEFORE: Final = re.compile(rf"\bmellan{GAP}(?:(?:{SV_WEEKDAY})[a-zåäö]{{0,5}},?{GAP})?(?:den{GAP})?\Z")


def scan(lower: str, lang: Language | None = None) -> Spans:
    """The date expressions of a lower-case text; years as written, those of a range's halves completed.

    `lang` decides shapes that only one language has; None: what stands around decides.
    """
    return _scan(lower, swedish=lang is Language.SV)


@lru_cache(maxsize=4)
def _scan(lower: str, *, swedish: bool) -> Spans:
    atoms: list[DateSpan] = []
    ranges: list[RangeSpan] = []
    times: list[TimeSpan] = []
    years: list[DateSpan] = []
    done = 0
    for m in _NUMBER.finditer(lower):
        at, end = m.span()
        length = end - at
        if at < done or length > 4 or length == 3:
            continue
        before = lower[max(0, at - 24) : at]
        if before[-1:] in _BEFORE_CLOCK and ("kl" in before or "kel" in before) and CLOCK_BEFORE.search(before):
            time = time_behind_word(lower, at, before)
            if time is not None:
                times.append(time)
                done = time.end
            continue
        behind = lower[end : end + 1]
        after_a_day = behind in _IN_CLOCK and before[-2:-1] in _LAST_OF_A_DAY and _DAY_WITH_YEAR.search(before)
        if after_a_day and (time := bare_time(lower, at)) is not None:
            times.append(time)
            done = time.end
            continue
        if length == 4 and ("vuo" in before or "år" in before) and _YEAR_BEFORE.search(before):
            years.append(_year(lower, at))
        if behind in _BEHIND_NO_DATE or (behind != "-" if length == 4 else not _BEHIND_A_DAY.match(lower, end)):
            continue
        found: DateSpan | RangeSpan | None = _atom(lower, at, length, before)
        if length <= 2 and (found is None or found.end < 0):
            found = _open_range(lower, at, swedish=swedish) or found
        if found is None and atoms and ("päivä" in (near := lower[end : end + 8]) or " samma" in near):
            found = _of_same_month(lower, at, atoms[-1], before)
        if isinstance(found, RangeSpan):
            ranges.append(found)
        elif found is not None:
            atoms.append(found)
        if found is not None:
            done = abs(found.end)
    return _together(lower, atoms, ranges, years, times)


def _together(
    lower: str,
    atoms: Sequence[DateSpan],
    ranges: Sequence[RangeSpan],
    years: Sequence[DateSpan],
    times: Sequence[TimeSpan],
) -> Spans:
    """The days, ranges and clock times that stand at numbers, with the months that stand in words, each in order."""
    joined, singles = _pair(
        lower, sorted((*atoms, *_with_strokes(lower, atoms), *ordinal_days(lower)), key=lambda a: a.start)
    )
    taken: list[DateSpan | RangeSpan] = [*singles, *sorted((*ranges, *joined), key=lambda r: r.start)]
    whole: list[RangeSpan] = []
    loose: list[DateSpan] = [*same_month_ends(lower, taken), *year_ends(lower, taken), *years]
    for month in months(lower, taken):
        if is_whole(lower, month):
            whole.append(whole_month(month))
        else:
            loose.append(month)
    ranges = sorted((*ranges, *joined, *whole), key=lambda r: r.start)
    return Spans(tuple(singles), tuple(ranges), tuple(sorted(loose, key=lambda s: s.start)), tuple(times))


_IN_CLOCK: Final = frozenset(":.")
_LAST_OF_A_DAY: Final = frozenset("0123456789, \u00a0")  # what stands before the space between a day and its clock time
_BEFORE_CLOCK: Final = frozenset("oln. \u00a0\u202f\u2009")
_BEHIND_NO_DATE: Final = frozenset({"", *"abcdefghijklmnopqrstuvwxyzåäö/,;!?()%§€\n"})
"""What often stands behind a number, and never behind one that begins a date."""
_BEHIND_A_DAY: Final = re.compile(
    rf"[.:]|{GAP}{{0,3}}(?:{DASH}|päivä|samma|{'|'.join(sorted({word[:3] for word in MONTHS}))})"
)
"""What stands behind every day that begins a date, its month told or not."""


def _year(lower: str, at: int) -> DateSpan:
    year = int(lower[at : at + 4])
    return DateSpan(start=at, end=at + 4, on=None, precision=Precision.YEAR, has_year=True, year=year)


# --- one date --------------------------------------------------------------------------------------------


def _atom(lower: str, at: int, length: int, before: str) -> DateSpan | None:
    """The date whose first number begins here. A half without its closing point has its end negated."""
    last = before[-1:]
    if length == 4:
        m = _ISO.match(lower, at)
        return _day(m, int(m["month"]), m["year"], before) if m else None
    if length > 2 or last == "/" or (last in {".", ",", ":"} and before[-2:-1].isdigit()):
        return None
    if (m := _NUMERIC.match(lower, at)) is not None:
        year = m["year"] or m["spaced_year"] or (f"20{m['short_year']}" if m["short_year"] else None)
        if m["short_year"] and not 10 <= int(m["short_year"]) < 50:
            return None
        span = _day(m, int(m["month"]), year, before)
        is_open = m.group(*_OPEN) != _NOT_OPEN
        if m["open_and"] is not None and not _BETWEEN_BEFORE.search(before):
            return None
        return replace(span, end=-span.end) if span and is_open else span
    head = _MONTH_BEFORE.search(before) if "kuun" in before else None
    if head is not None and (m := _DAY_LAST.match(lower, at)) is not None:
        span = _day(m, month_number(head["word"]), m["word_year"], before[: head.start()])
        return span and replace(span, start=at - len(before) + head.start())
    if (m := _IN_WORDS.match(lower, at)) is not None:
        return _day(m, month_number(m["word"]), m["word_year"], before)
    if last != "-" and (m := _DASHED.match(lower, at)) is not None:
        return _day(m, int(m["month"]), m["year"], before)
    if last.isspace() and (m := _BARE.match(lower, at)) is not None and _BARE_BEFORE.search(before):
        return _day(m, int(m["month"]), None, before)
    return None


def _of_same_month(lower: str, at: int, told: DateSpan, before: str) -> DateSpan | None:
    """A day without its month, later in the month of the day told before it in the same line."""
    m = _OF_SAME_MONTH.match(lower, at) if at - told.start <= _MONTH_TOLD else None
    if m is None or told.day is None or not told.day < int(m["day"]) or "\n" in lower[told.start : at]:
        return None
    day = _day(m, told.month or 0, str(told.year) if told.year else None, before)
    return day and replace(day, has_year=told.has_year)


def _day(m: re.Match[str], month: int, year: str | None, before: str) -> DateSpan | None:
    day, number = int(m["day"]), int(year) if year else None
    if as_date(number or 2000, month, day) is None:
        return None
    into = "päivään" in m.group() or (before[-1:].isspace() and _INTO_WEEKDAY.search(before) is not None)
    return DateSpan(
        start=m.start(), end=m.end(), on=None, precision=Precision.DAY, has_year=number is not None,
        day=day, month=month, year=number, weekday=_weekday(before), into=into,
    )  # fmt: skip


def _with_strokes(lower: str, others: Sequence[DateSpan]) -> Iterator[DateSpan]:
    """The days written with strokes: `2/3/2026`, `2.3/2026`."""
    for m, is_half in find_strokes(lower, {(d.day, d.month) for d in others}):
        before = lower[max(0, m.start() - _LONGEST_WEEKDAY) : m.start()]
        day = _day(m, int(m["month"]), None if is_half else m["year"], before)
        if day is not None:
            yield replace(day, end=-day.end if is_half else day.end)


def _weekday(before: str) -> int | None:
    m = _WEEKDAY_BEFORE.search(before) if before[-1:].isspace() else None
    if m is None:
        return None
    return WEEKDAYS[m["long"]] if m["long"] else SHORT_WEEKDAYS[m["short"]]


def begins_at(lower: str, start: int) -> int:
    """Where what belongs to a day begins, its weekday and its article included: `torsdagen den 4 juni`, `to 4.6.`"""
    before = lower[max(0, start - _LONGEST_WEEKDAY) : start]
    m = _WEEKDAY_BEFORE.search(before) or _ARTICLE_BEFORE.search(before)
    return start if m is None else start - (len(before) - m.start())


# --- ranges ----------------------------------------------------------------------------------------------


def _open_range(lower: str, at: int, *, swedish: bool) -> RangeSpan | None:
    if lower[at - 1 : at] == "/":
        return None
    before = lower[max(0, at - 80) : at]
    if (m := _OPEN_RANGE.match(lower, at)) is not None:
        first = _open_day(m.start(), m.end("month"), m["day"], m["month"])
        last = _open_day(m.start("last_day"), m.end(), m["last_day"], m["last_month"])
        told = swedish
    elif (m := _OPEN_DAYS.match(lower, at)) is not None and int(m["day"]) < int(m["last_day"]):
        first = _open_day(m.start(), m.end("day"), m["day"], m["month"])
        last = _open_day(m.start("last_day"), m.end(), m["last_day"], m["month"])
        told = _OPEN_DAYS_BEFORE.search(before) is not None
    else:
        return None
    if first is None or last is None:
        return None
    if not (told or _OPEN_RANGE_AFTER.match(lower, m.end()) or _OPEN_RANGE_BEFORE.search(before)):
        return None
    return RangeSpan(start=first.start, end=last.end, first=first, last=last)


def _open_day(start: int, end: int, day: str, month: str) -> DateSpan | None:
    if as_date(2000, int(month), int(day)) is None:
        return None
    return DateSpan(
        start=start, end=end, on=None, precision=Precision.DAY, has_year=False, day=int(day), month=int(month)
    )


def _pair(lower: str, atoms: Sequence[DateSpan]) -> tuple[list[RangeSpan], list[DateSpan]]:
    ranges: list[RangeSpan] = []
    singles: list[DateSpan] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if following is not None and _are_joined(lower, atom, following):
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
    return ranges, singles


def _are_joined(lower: str, first: DateSpan, last: DateSpan) -> bool:
    start, stop = abs(first.end), last.start
    if not 0 < stop - start < 45:
        return False
    if lower[first.start : start].endswith(_OUT_OF) and last.into:
        return lower[start:stop].isspace()
    m = _BETWEEN.fullmatch(lower, start, stop)
    if m is None:
        from_weekday = _FROM_WEEKDAY.search(lower[max(0, first.start - 16) : first.start])
        return from_weekday is not None and _TO_WEEKDAY.fullmatch(lower, start, stop) is not None
    return _EITHER.match(m["join"]) is None or _is_between(lower, first.start, abs(last.end))


def _is_between(lower: str, start: int, end: int) -> bool:
    """Whether `X ja Y` is told as a range: `X ja Y välisenä aikana`, `mellan X och Y`."""
    return bool(
        _BETWEEN_AFTER.match(lower, end) or _BETWEEN_BEFORE.search(lower[max(0, start - _LONGEST_WEEKDAY) : start])
    )


def _day_before(lower: str, last: DateSpan) -> DateSpan | None:
    """The first half of `9–30.9.2025`, which is a day only."""
    begin = max(0, last.start - 32)
    m = _DAY_BEFORE.search(lower[begin : last.start])
    if m is None or last.day is None or not 1 <= int(m["day"]) < last.day:
        return None
    start = begin + m.start()
    if CLOCK_BEFORE.search(lower[max(0, start - 8) : start]):
        return None
    if _EITHER.match(m["join"]) and not _is_between(lower, start, last.end):
        return None
    if "till" in m["join"] and not _FROM_BEFORE.search(lower[max(0, start - 12) : start]):
        return None
    return replace(last, start=start, end=begin + m.end("day"), day=int(m["day"]), weekday=None)


def _range(first: DateSpan, last: DateSpan) -> RangeSpan:
    """Completes each half's year from the other's; not that of a first day that would lie most of a year back."""
    if first.year is None and last.year is not None and not _goes_far_back(first, last):
        first = replace(first, year=last.year - (_key(first) > _key(last)), has_year=True)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + (_key(last) < _key(first)), has_year=True)
    return RangeSpan(start=first.start, end=last.end, first=first, last=last)


def _goes_far_back(first: DateSpan, last: DateSpan) -> bool:
    """Whether a first day would be of the year before, most of a year away: `31.3.–2.3.2026` is a slip of the pen."""
    months = ((last.month or 0) - (first.month or 0)) % 12 or 12
    return _key(first) > _key(last) and months > _MONTHS_BACK


def _key(span: DateSpan) -> tuple[int, int]:
    return span.month or 0, span.day or 0
