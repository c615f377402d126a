"""Months told without a day, and the ends of months and years: `maaliskuun loppuun`, `koko huhtikuun`, `årets slut`."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from aluevahti.reading.dateshapes import FI_MONTH, GAP, OF_YEAR, SV_MONTH, YEAR, month_number
from aluevahti.reading.lexicon import places, vocabulary
from aluevahti.reading.spans import DateSpan, Precision, RangeSpan

_MONTH_NEEDLES: Final = ("kuu", *{words[0][-5:] for words in vocabulary("calendar")["sv"]["months"]})
_LONGEST_STEM: Final = 12
_MONTH: Final = re.compile(
    rf"(?P<word>{FI_MONTH}|(?:{SV_MONTH})(?![a-zåäö]))[a-zåäö]{{0,6}}{OF_YEAR}"
    rf"(?P<end>{GAP}{{1,2}}(?:loppuun|viimei(?:seen|nen|senä){GAP}päivä(?:än|nä)?)\b)?"
)
_OF_THE_MONTH: Final = (
    "kuun loppuun", "kuukauden loppuun", "kuun viimeiseen päivään", "slutet av månaden", "månadens slut", "utgången av månaden",
)  # fmt: skip
_ANOTHER_MONTH: Final = re.compile(r"\b(?:ensi|seuraavan|edellisen|tämän|kuluvan|kunkin|joka)\s\Z")
_TOLD_BEFORE: Final = 100  # characters
_WHOLE_BEFORE: Final = re.compile(rf"\b(?:koko|hela){GAP}{{1,2}}\Z")
_YEAR_END: Final = re.compile(
    rf"vuoden{GAP}(?:(?P<year>{YEAR}){GAP})?(?:loppuun|viimei(?:seen|nen|senä){GAP}päivä(?:än|nä)?)\b|årets{GAP}slut\b|utgången{GAP}av{GAP}året\b"
)
_END_BEFORE: Final = re.compile(
    rf"\b(?:(?:slutet|utgången){GAP}av|sista{GAP}(?:dagen{GAP}i|i)?|viimeisenä{GAP}päivänä|viimeiseen{GAP}päivään){GAP}?\Z"
)


def months(lower: str, taken: Sequence[DateSpan | RangeSpan]) -> Iterator[DateSpan]:
    """The months that stand outside every date."""
    spans = sorted((s.start, s.end) for s in taken)
    place = 0
    for needle in places(lower, _MONTH_NEEDLES):
        at = _word_start(lower, needle)
        while place < len(spans) and spans[place][1] <= at:
            place += 1
        if place < len(spans) and spans[place][0] <= at:
            continue
        m = _MONTH.match(lower, at)
        if m is not None and m.end() > needle:
            yield _month(lower, m)


def _word_start(lower: str, at: int) -> int:
    """Where the word begins that an offset lies in; of a longer word the last letters before it."""
    start = at
    while start and at - start < _LONGEST_STEM and lower[start - 1].isalpha():
        start -= 1
    return start


def _month(lower: str, m: re.Match[str]) -> DateSpan:
    month, year = month_number(m["word"]), int(m["word_year"]) if m["word_year"] else None
    ends = bool(m["end"] or _END_BEFORE.search(lower[max(0, m.start() - 14) : m.start()]))
    return DateSpan(
        start=m.start(), end=m.end(), on=None, precision=Precision.DAY if ends else Precision.MONTH,
        has_year=year is not None, month=month, year=year, month_end=ends, into=bool(m["end"] and m["end"].endswith(("loppuun", "päivään"))),
        day=calendar.monthrange(year or 2001, month)[1] if ends else None,
    )  # fmt: skip


def is_whole(lower: str, month: DateSpan) -> bool:
    """Whether a month is told from its first day to its last: `koko huhtikuun`, `hela april`."""
    return not month.month_end and _WHOLE_BEFORE.search(lower[max(0, month.start - 8) : month.start]) is not None


def whole_month(month: DateSpan) -> RangeSpan:
    """A month as a range of days; the last one is that of a common year where the year is not told."""
    number = month.month or 0
    first, last = (
        replace(month, precision=Precision.DAY, day=day, month_end=day > 1)
        for day in (1, calendar.monthrange(month.year or 2001, number)[1])
    )
    return RangeSpan(start=month.start, end=month.end, first=first, last=last)


def same_month_ends(lower: str, taken: Sequence[DateSpan | RangeSpan]) -> Iterator[DateSpan]:
    """The last day of the month of the day told before it: `aukeaa 2.1. ja on auki kuun loppuun`, `till slutet av månaden`."""
    spans = sorted(taken, key=lambda s: s.end)
    ends = [s.end for s in spans]
    for at in places(lower, _OF_THE_MONTH):
        place = bisect_left(ends, at) - 1
        begins_a_word = not (at and lower[at - 1].isalpha())
        if place < 0 or not begins_a_word or _ANOTHER_MONTH.search(lower[max(0, at - _LONGEST_STEM) : at]):
            continue
        told = spans[place]
        day = told.last if isinstance(told, RangeSpan) else told
        if day.month is None or at - told.end > _TOLD_BEFORE or "\n" in lower[told.end : at]:
            continue
        yield replace(
            day, start=at, end=next(at + len(words) for words in _OF_THE_MONTH if lower.startswith(words, at)),
            day=calendar.monthrange(day.year or 2001, day.month)[1], weekday=None, into=True, month_end=True,
        )  # fmt: skip


def year_ends(lower: str, taken: Sequence[DateSpan | RangeSpan]) -> Iterator[DateSpan]:
    """The last day of a year, told as that: `vuoden loppuun`, `hakuvuoden viimeisenä päivänä`, `årets slut`."""
    spans = [(s.start, s.end) for s in taken]
    for at in places(lower, ("vuoden ", "årets slut", "utgången av året")):
        m = _YEAR_END.match(lower, at)
        if m is not None and not any(start < m.end() and at < end for start, end in spans):
            year = int(m["year"]) if m["year"] else None
            yield DateSpan(
                start=_word_start(lower, at), end=m.end(), on=None, precision=Precision.DAY, has_year=year is not None, month=12, day=31,
                year=year, month_end=True, into=m.group().endswith(("loppuun", "päivään")),
            )  # fmt: skip
