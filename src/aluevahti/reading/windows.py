"""Application windows of a document: which periods of applying it announces as open or coming.

Puts together what `periods.py` finds: fills in years, joins an opening told in one sentence with
the end told in another, drops rounds that are over, and keeps the first of two statements that
contradict each other. A wrong date is worse than none: a year that nothing fixes leaves a window out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from aluevahti.model import CallChange, Language, Window
from aluevahti.reading.dates import DateSpan, RangeSpan, as_date, scan
from aluevahti.reading.grants import ANY_TYPE, find_grant_types
from aluevahti.reading.lexicon import Lexicon, lowered, tokens, vocabulary
from aluevahti.reading.periods import WEEKDAY, Statement, find_statements
from aluevahti.reading.sentences import sentences

YEAR_GUESSED: Final = "the year is not told"
CONTRADICTED: Final = "the document also tells another period"

_FULL_YEAR: Final = ((1, 1), (12, 31))
_LONGEST: Final = dt.timedelta(days=300)
_GRANT_YEAR: Final = re.compile(r"\b(?:vuo(?:den|delle|sille|sien)|år(?:et|en)?)\s(?P<year>20\d\d)(?:[-–]20\d\d)?\b")


def find_windows(
    title: str,
    text: str,
    *,
    lang: Language | None = None,
    published_on: dt.date | None = None,
    grant_types: Sequence[str] | None = None,
) -> tuple[Window, ...]:
    """The application periods that a document announces as open or coming, in the document's order.

    Args:
        published_on: the document's own date (publication, else meeting); years that are not written are
            resolved from it and rounds that ended before it are over. None: the document counts as fresh.
        grant_types: the document's types as `find_grant_types` gives them; None: found here.

    Types with one identical period are one window with `grant_type=None`. Whether the document
    concerns NGOs at all is not judged here.
    """
    whole = f"{title}\n{text}"
    lower = lowered(whole)
    if not any(word in lower for word in vocabulary("windows")["money"]):
        return ()
    statements = find_statements(whole, lang)
    if not statements:
        return ()
    years = _Years(lower, lang, published_on)
    periods = [p for s in statements if (p := _period(s, years, whole)) is not None]
    known_types = find_grant_types(whole, lang) if grant_types is None else tuple(grant_types)
    return tuple(_window(p, known_types) for p in _assemble(periods, published_on))


# --- periods -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    opens: dt.date | None
    closes: dt.date | None
    closes_time: dt.time | None
    continuous: bool
    types: frozenset[str]
    quote: str
    doubts: tuple[str, ...]
    past: bool
    old: bool
    moved: bool


def _period(s: Statement, years: _Years, whole: str) -> _Period | None:
    dates = years.of(s)
    if dates is None:
        return None
    opens, closes, doubts = dates
    if opens and closes and (opens > closes or _is_full_year(opens, closes)):
        return None
    time = s.closes_time.at if s.closes_time and not s.closes_time.until else None
    return _Period(
        opens=opens, closes=closes, closes_time=time, continuous=s.continuous, types=s.types,
        quote=whole[s.sentence.start : s.sentence.end], doubts=(*s.doubts, *doubts),
        past=s.past, old=s.old, moved=s.moved,
    )  # fmt: skip


def _is_full_year(opens: dt.date, closes: dt.date) -> bool:
    return ((opens.month, opens.day), (closes.month, closes.day)) == _FULL_YEAR


def _assemble(periods: Sequence[_Period], published_on: dt.date | None) -> list[_Period]:
    over = {(p.opens, p.closes) for p in periods if p.past or p.old} | {
        (None, p.closes) for p in periods if (p.past or p.old) and p.closes
    }
    kept: list[_Period] = []
    for p in periods:
        if p.past or p.old or (p.opens, p.closes) in over or ((None, p.closes) in over and p.closes):
            continue
        if published_on is not None and p.closes is not None and p.closes < published_on:
            continue
        _add(kept, p)
    return [p for p in kept if p.opens or p.closes or p.continuous]


def _add(kept: list[_Period], new: _Period) -> None:
    for place, old in enumerate(kept):
        joined = _joined(old, new)
        if joined is not None:
            kept[place] = joined
            return
    kept.append(new)


def _joined(old: _Period, new: _Period) -> _Period | None:
    """Both as one period; None where they are two."""
    same_dates = (old.opens, old.closes, old.continuous) == (new.opens, new.closes, new.continuous)
    if old.types and new.types and not old.types & new.types:
        return _merge(old, new) if same_dates else None
    if old.continuous != new.continuous:
        return None
    if new.moved and not old.moved and new.closes and not _apart(old, new):
        return replace(
            _merge(new, old),
            closes=new.closes,
            closes_time=new.closes_time,
            quote=new.quote,
            opens=new.opens or old.opens,
        )
    if _fit(old, new):
        return _merge(old, new)
    if old.closes and new.closes and not _apart(old, new):
        return replace(old, doubts=(*old.doubts, CONTRADICTED)) if old.closes != new.closes else old
    return None


def _fit(old: _Period, new: _Period) -> bool:
    opens, closes = old.opens or new.opens, old.closes or new.closes
    if old.opens not in {None, new.opens} and new.opens is not None:
        return False
    if old.closes not in {None, new.closes} and new.closes is not None:
        return False
    return not (opens and closes) or dt.timedelta(0) <= closes - opens <= _LONGEST


def _apart(old: _Period, new: _Period) -> bool:
    """Whether two periods with different ends are two rounds."""
    first, last = sorted((old, new), key=lambda p: p.closes or dt.date.max)
    if first.closes is None or last.closes is None:
        return True
    begin = last.opens or last.closes - dt.timedelta(days=45)
    return begin > first.closes


def _merge(old: _Period, new: _Period) -> _Period:
    return replace(
        old,
        opens=old.opens or new.opens,
        closes=old.closes or new.closes,
        closes_time=old.closes_time or (new.closes_time if new.closes in {None, old.closes or new.closes} else None),
        types=old.types | new.types if old.types and new.types else old.types or new.types,
        quote=old.quote if old.closes or old.continuous or not new.closes else new.quote,
        doubts=tuple(d for d in old.doubts if d in new.doubts)
        if (old.opens, old.closes) == (new.opens, new.closes)
        else (*old.doubts, *new.doubts),
        moved=old.moved or new.moved,
    )


def _window(p: _Period, known_types: Sequence[str]) -> Window:
    types = p.types or (frozenset(known_types) if len(known_types) == 1 else frozenset())
    sole = next(iter(types)) if len(types) == 1 else None
    doubts = tuple(dict.fromkeys(p.doubts))
    return Window(
        grant_type=None if sole == ANY_TYPE else sole, opens=p.opens, closes=p.closes, closes_time=p.closes_time,
        continuous=p.continuous, quote=p.quote, sure=not doubts, doubt="; ".join(doubts) or None,
    )  # fmt: skip


# --- years -----------------------------------------------------------------------------------------------


class _Years:
    """Finds the year of a day that is written without one."""

    def __init__(self, lower: str, lang: Language | None, published_on: dt.date | None) -> None:
        self.lower, self.published_on = lower, published_on
        spans = scan(lower, lang)
        days = [*spans.dates, *(d for r in spans.ranges for d in (r.first, r.last))]
        self.told: dict[tuple[int, int], set[int]] = {}
        for d in days:
            if d.has_year and d.year and d.month and d.day:
                self.told.setdefault((d.month, d.day), set()).add(d.year)
        self.dated = [on for d in days if d.year and d.month and d.day and (on := as_date(d.year, d.month, d.day))]
        self.grant_years = [(m.start(), int(m["year"])) for m in _GRANT_YEAR.finditer(lower)]

    def of(self, s: Statement) -> tuple[dt.date | None, dt.date | None, tuple[str, ...]] | None:
        """The days of a statement with their years, and doubts about them; None where a year stays unknown."""
        doubts: list[str] = []
        closes = self._date(s.closes, s, doubts) if s.closes else None
        if s.closes is not None and closes is None:
            return None
        opens = self._opening(s, closes, doubts) if s.opens else None
        if s.opens is not None and opens is None and closes is None:
            return None
        for span, on in ((s.opens, opens), (s.closes, closes)):
            if span is not None and on is not None and span.weekday not in {None, on.weekday()}:
                doubts.append(WEEKDAY)
        return opens, closes, tuple(doubts)

    def _opening(self, s: Statement, closes: dt.date | None, doubts: list[str]) -> dt.date | None:
        span = s.opens
        assert span is not None
        if span.year is None and closes is not None and span.month and span.day:
            year = closes.year - ((span.month, span.day) > (closes.month, closes.day))
            return as_date(year, span.month, span.day)
        return self._date(span, s, doubts)

    def _date(self, span: DateSpan, s: Statement, doubts: list[str]) -> dt.date | None:
        assert span.month
        assert span.day
        day = min(span.day, 28) if span.month_end and span.year is None and span.month == 2 else span.day
        if span.year is not None:
            return as_date(span.year, span.month, day)
        told = self.told.get((span.month, day), set())
        if len(told) == 1:
            return as_date(next(iter(told)), span.month, day)
        if self.published_on is not None:
            return self._after(span, day, self.published_on)
        return self._from_text(span, day, s, doubts)

    def _after(self, span: DateSpan, day: int, published_on: dt.date) -> dt.date | None:
        """The day that a document of `published_on` means: the nearest one, a coming one rather than a past one."""
        assert span.month
        years = (published_on.year - 1, published_on.year, published_on.year + 1)
        days = [d for y in years if (d := as_date(y, span.month, day))]
        fitting = [d for d in days if span.weekday in {None, d.weekday()}] or days
        near = [d for d in fitting if -92 <= (d - published_on).days <= 273]
        return near[0] if len(near) == 1 else min(near, key=lambda d: abs((d - published_on).days), default=None)

    def _from_text(self, span: DateSpan, day: int, s: Statement, doubts: list[str]) -> dt.date | None:
        assert span.month
        year = self._grant_year(s)
        if year is not None and (span.month >= 8 or span.month <= 2):
            on = as_date(year - (span.month >= 8), span.month, day)
            if on and span.weekday in {None, on.weekday()}:
                return on
        near = {
            on
            for other in self.dated
            for y in (other.year - 1, other.year, other.year + 1)
            if (on := as_date(y, span.month, day))
            and abs((on - other).days) <= 92
            and span.weekday in {None, on.weekday()}
        }
        if len(near) == 1:
            doubts.append(YEAR_GUESSED)
            return near.pop()
        return None

    def _grant_year(self, s: Statement) -> int | None:
        """The year that the money is for, as told in the sentence, else the only one told in the document."""
        own = {y for at, y in self.grant_years if s.sentence.start <= at < s.sentence.end}
        if len(own) == 1:
            return own.pop()
        every = {y for _, y in self.grant_years}
        return every.pop() if len(every) == 1 else None


# --- news about a call ---------------------------------------------------------------------------------------


def call_change(title: str, text: str, windows: Iterable[Window] = ()) -> CallChange | None:
    """What a document tells of a call: reopened, extended, cancelled, or new where `windows` has any.

    None where it tells of no call, or of one that is only moved (see `tells_of_a_known_call`).
    Who gets the money (`CallChange.RESULT`) is not judged here.
    """
    found = _changes(title, text)
    windows = tuple(windows)
    if "reopened" in found and (windows or "extended" not in found):
        return CallChange.REOPENED
    if "extended" in found:
        return CallChange.EXTENDED
    if "cancelled" in found and not windows:
        return CallChange.CANCELLED
    return CallChange.NEW if windows and "moved" not in found else None


def tells_of_a_known_call(title: str, text: str) -> bool:
    """Whether a document is news about a call told before: extended, reopened, withdrawn, moved, closed early."""
    return bool(_changes(title, text))


@cache
def _change_lexicon() -> Lexicon:
    words = vocabulary("windows")
    return Lexicon({**words["changes"], "call": words["topics"]["call"], "elsewhere": words["topics"]["elsewhere"]})


def _changes(title: str, text: str) -> frozenset[str]:
    whole = f"{title}\n{text}"
    lower = lowered(whole)
    found: set[str] = set()
    for sentence in sentences(whole):
        cues = _change_lexicon().cues(tokens(lower, sentence.start, sentence.end))
        calls = [c for c in cues if c.group == "call"]
        found |= {
            c.group for c in cues
            if c.group in {"extended", "reopened", "cancelled", "moved"}
            and any(min(abs(c.first - k.last), abs(k.first - c.last)) <= 5 for k in calls)
        }  # fmt: skip
    return frozenset(found)
