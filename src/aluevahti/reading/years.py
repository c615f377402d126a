"""Which year a day without one means, as far as the document tells. Pure.

In this order: the same day with a year elsewhere in the text, the other half of its period, the document's
own date, the year that the money is for, a full date near by. Where none of them settles it, the day
has no year: a wrong date is worse than none.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_left
from dataclasses import replace
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.datescan import scan
from aluevahti.reading.spans import DateSpan, Precision, as_date
from aluevahti.reading.statements import Statement

YEAR_GUESSED: Final = "the year is not told"
WEEKDAY: Final = "the weekday does not fit the date"
BACKWARDS: Final = "the first day comes after the last one"

_BACK: Final = 92  # days: a document tells of the last months or of the coming ones
_AHEAD: Final = 273
_NEAR: Final = 92
_WEEKS: Final = 31
_LABEL: Final = 32  # characters: `hakuajat vuonna 2026`
_LONGEST_ACROSS: Final = dt.timedelta(days=270)  # a call across the new year: `31.3.–2.3.2026` is a slip of the pen
_JUST_OPENED: Final = dt.timedelta(days=14)
_PART_OF_YEAR: Final = re.compile(r"\s(?:alussa|alusta|alkuun|lopussa|lopulla|loppuun|aikana|början|slut|under)")

_IN_THE_COURSE: Final = re.compile(r"\saikana\b")  # `haetaan vuoden 2025 aikana kolmesti`
_TOLD: Final = re.compile(r"\s*(?:on|ovat|oli|olivat|är|var|:|,|\d)")
_WHEN: Final = re.compile(r"(?:\bhaku(?:ajat|aika)?|\bansökningstid(?:en|erna)?)\s(?:vuonna|under|år|under år)\s\Z")


def before(opens: DateSpan, closes: DateSpan) -> DateSpan:
    """The first day of a period with the year of its last day, or the year before that, where only the last day has one."""
    if opens.year is not None or closes.year is None or not (opens.month and opens.day and closes.month and closes.day):
        return opens
    return replace(opens, year=closes.year - ((opens.month, opens.day) > (closes.month, closes.day)))


def _is_told_of_the_times(lower: str, year: DateSpan) -> bool:
    """Whether a year is that of the times of applying: `hakuajat vuonna 2026 ovat`, not `hakuaika vuonna 2027 alkavalle toiminnalle`."""
    before = lower[max(0, year.start - _LABEL) : year.start]
    return _WHEN.search(before) is not None and _TOLD.match(lower, year.end) is not None


def _is_a_slip(told: DateSpan, opens: dt.date, closes: dt.date, published_on: dt.date | None) -> bool:
    """Whether a first day told without its year would be of the year before, most of a year away from the last one: unless
    the document was written about then."""
    if published_on is not None and opens >= published_on - _JUST_OPENED:
        return False
    return told.year is None and opens.year < closes.year and closes - opens > _LONGEST_ACROSS


class Years:
    """Finds the days of statements of one document."""

    def __init__(self, lower: str, lang: Language | None, published_on: dt.date | None) -> None:
        """`lower` is the document in lower case, `published_on` its own date."""
        self._published_on = published_on
        spans = scan(lower, lang)
        days = [*spans.dates, *(d for r in spans.ranges for d in (r.first, r.last))]
        self._told: dict[tuple[int, int], set[int]] = {}
        for d in days:
            if d.year and d.month and d.day:
                self._told.setdefault((d.month, d.day), set()).add(d.year)
        self._dates = {on for d in days if d.year and d.month and d.day and (on := as_date(d.year, d.month, d.day))}
        self._near: dict[tuple[int, int, int | None], dt.date | None] = {}
        self._grant_years = [
            (span.start, span.year)
            for span in spans.loose
            if span.precision is Precision.YEAR and span.year and not _PART_OF_YEAR.match(lower, span.end)
        ]
        self._courses = [
            (span.start, span.year)
            for span in spans.loose
            if span.precision is Precision.YEAR
            and span.year
            and (_IN_THE_COURSE.match(lower, span.end) or _is_told_of_the_times(lower, span))
        ]
        self._every_grant_year = {year for _, year in self._grant_years}

    def of(self, s: Statement) -> tuple[dt.date | None, dt.date | None, tuple[str, ...]] | None:
        """First and last day of a statement, and doubts about them; None where the year of its last day stays unknown."""
        doubts: list[str] = []
        closes = self._date(s.closes, s, doubts) if s.closes else None
        if s.closes is not None and s.closes.month_end and closes is not None:
            closes = closes.replace(day=calendar.monthrange(closes.year, closes.month)[1])  # the 29th of a leap year
        if s.continuous and s.closes is not None and s.closes.year is None and closes is not None:
            closes = self._still_ahead(closes)
        if s.closes is not None and closes is None and not s.continuous:
            return None  # an endless call is one, whatever the year of its bound
        opens = self._opening(s.opens, s, closes, doubts) if s.opens else None
        if s.opens is not None and opens is None and closes is None and not s.continuous:
            return None
        if s.opens and opens and closes and _is_a_slip(s.opens, opens, closes, self._published_on):
            opens = None
            doubts.append(BACKWARDS)
        if s.opens and closes is None and opens is not None and self._is_stale(s, s.opens, opens):
            return None
        for span, on in ((s.opens, opens), (s.closes, closes)):
            if span is not None and on is not None and span.weekday not in {None, on.weekday()}:
                doubts.append(WEEKDAY)
        return opens, closes, tuple(doubts)

    def _still_ahead(self, closes: dt.date) -> dt.date | None:
        """The last day of an endless call, which no text tells when it is over: this year's, or the next."""
        if self._published_on is None or closes >= self._published_on:
            return closes
        return as_date(closes.year + 1, closes.month, closes.day)

    def _is_stale(self, s: Statement, span: DateSpan, opens: dt.date) -> bool:
        """Whether a day told as an opening to come, without its year, lies some time back: which year is meant is open."""
        late = self._published_on is not None and opens < self._published_on - _JUST_OPENED
        return late and span.year is None and not s.opened

    def _opening(self, span: DateSpan, s: Statement, closes: dt.date | None, doubts: list[str]) -> dt.date | None:
        if span.year is None and closes is not None and span.month and span.day:
            return as_date(closes.year - ((span.month, span.day) > (closes.month, closes.day)), span.month, span.day)
        return self._date(span, s, doubts)

    def _date(self, span: DateSpan, s: Statement, doubts: list[str]) -> dt.date | None:
        month, day = span.month or 0, span.day or 0
        if span.year is not None:
            return as_date(span.year, month, day)
        told = self._told.get((month, day), set())
        elsewhere = as_date(next(iter(told)), month, day) if len(told) == 1 else None
        if elsewhere is not None and self._is_in_reach(elsewhere):
            return elsewhere
        low = bisect_left(self._courses, (s.sentence.start, 0))
        course = {year for _, year in self._courses[low : bisect_left(self._courses, (s.sentence.end, 0))]}
        if len(course) == 1:
            return as_date(course.pop(), month, day)
        if self._published_on is not None:
            return self._around(span, self._published_on)
        for_the_money = self._for_the_money_of(span, s)
        if for_the_money is None or self._is_contradicted(for_the_money, span):
            return self._beside(span, doubts)
        return for_the_money

    def _is_in_reach(self, on: dt.date) -> bool:
        """Whether a document may mean this day without saying its year: not the last day of the grants' use a year away."""
        return self._published_on is None or -_BACK <= (on - self._published_on).days <= _AHEAD

    def _around(self, span: DateSpan, published_on: dt.date) -> dt.date | None:
        """The day that a document of `published_on` means: one of the last months or, rather, of the coming ones."""
        if span.month_end and span.month == 12:
            return dt.date(published_on.year, 12, 31)
        years = (published_on.year - 1, published_on.year, published_on.year + 1)
        days = [d for y in years if (d := as_date(y, span.month or 0, span.day or 0))]
        fitting = [d for d in days if span.weekday in {None, d.weekday()}] or days
        near = [d for d in fitting if self._is_in_reach(d)]
        return min(near, key=lambda d: abs((d - published_on).days), default=None)

    def _for_the_money_of(self, span: DateSpan, s: Statement) -> dt.date | None:
        """The day of a call for the grants of a year: in autumn the year before, in January or February that year."""
        year, month = self._grant_year(s), span.month or 0
        if year is None or 3 <= month <= 7:
            return None
        on = as_date(year - (month >= 8), month, span.day or 0)
        return on if on and span.weekday in {None, on.weekday()} else None

    def _grant_year(self, s: Statement) -> int | None:
        """The year that the money is for: told in the sentence, else the only one told in the document."""
        low = bisect_left(self._grant_years, (s.sentence.start, 0))
        high = bisect_left(self._grant_years, (s.sentence.end, 0))
        own = {year for _, year in self._grant_years[low:high]}
        if len(own) == 1:
            return own.pop()
        return next(iter(self._every_grant_year)) if len(self._every_grant_year) == 1 else None

    def _beside(self, span: DateSpan, doubts: list[str]) -> dt.date | None:
        """The only day that lies within three months of a full date in the text."""
        key = (span.month or 0, span.day or 0, span.weekday)
        if key not in self._near:
            self._near[key] = self._only_near(span)
        if self._near[key] is not None:
            doubts.append(YEAR_GUESSED)
        return self._near[key]

    def _is_contradicted(self, on: dt.date, span: DateSpan) -> bool:
        """Whether a full date of the same weeks speaks for another year: decided on 13.11.2025, `haku 14.11.–5.12.`"""
        near = self._only_near(span, _WEEKS)
        return near is not None and near != on

    def _only_near(self, span: DateSpan, reach: int = _NEAR) -> dt.date | None:
        near = {
            on
            for other in self._dates
            for year in (other.year - 1, other.year, other.year + 1)
            if (on := as_date(year, span.month or 0, span.day or 0))
            and abs((on - other).days) <= reach
            and span.weekday in {None, on.weekday()}
        }
        return near.pop() if len(near) == 1 else None
