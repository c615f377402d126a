"""Periods of applying that a text tells, and how those of one call are made one. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from aluevahti.reading.saying import MONTH_END, UNNAMED
from aluevahti.reading.sentences import Line

CONTRADICTED: Final = "the document also tells another period"

LONGEST: Final = dt.timedelta(days=300)
USUAL: Final = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time of applying as one sentence tells it, or several that tell of one call."""

    opens: dt.date | None
    closes: dt.date | None
    closes_time: dt.time | None
    continuous: bool
    types: frozenset[str]
    at_large: bool
    quote: str
    line: Line
    proves: int  # how much of the period the quote alone tells: its end before its beginning before its clock time
    proposed: bool  # the quote is a proposal's, whatever was decided afterwards
    doubts: tuple[str, ...]
    past: bool
    old: bool
    moved: bool
    every: bool
    decided: bool
    apart: bool
    heading: int | None
    applicants: frozenset[str]
    opening_of_all: bool = False  # its first day was told alone, of no type in particular

    @property
    def has_dates(self) -> bool:
        return self.opens is not None or self.closes is not None


def has_ended(p: Period, published_on: dt.date | None) -> bool:
    """Whether a period lies behind the document; one that opened so long ago and has no end told is taken to be over."""
    if published_on is None:
        return False
    if p.closes is None:
        return not p.continuous and p.opens is not None and p.opens < published_on - LONGEST
    return p.closes < published_on


def add(kept: list[Period], new: Period, published_on: dt.date | None) -> None:
    """Joins a period with that of the same call among those kept, or keeps it as another."""
    if not new.types and not (new.opens and new.closes) and (new.every or new.closes):
        fitting = [
            n for n, old in enumerate(kept) if not old.continuous and _fit(old, new) and (new.every or old.closes)
        ]
        for n in fitting:
            kept[n] = _merged(kept[n], new)
        if fitting:
            return
    for place, old in enumerate(kept):
        joined = _joined(old, new, published_on)
        if joined is not None:
            kept[place] = joined
            return
    kept.append(new)


def _joined(old: Period, new: Period, published_on: dt.date | None) -> Period | None:
    """Two periods as one; None where they are two."""
    if old.types and new.types and not old.types & new.types:
        same = (old.opens, old.closes, old.continuous) == (new.opens, new.closes, new.continuous)
        return _merged(old, new) if same else None
    if old.continuous != new.continuous:
        return None
    if _stands_for(new, old) and new.closes not in {None, old.closes} and not _apart(old, new):
        merged = _merged(new, old)
        doubts = tuple(d for d in merged.doubts if d in new.doubts or not new.decided)
        return replace(
            merged, closes=new.closes, closes_time=new.closes_time, opens=new.opens or old.opens, doubts=doubts
        )
    if _fit(old, new):
        return _merged(old, new)
    if _tells_closer(old, new) or _tells_closer(new, old):
        closer, other = (new, old) if _tells_closer(new, old) else (old, new)
        return replace(closer, opens=closer.opens or other.opens, types=closer.types or other.types)
    if new.apart or _are_headed_apart(old, new) or _are_for_others(old, new):
        return None
    if new.types and not old.types and new.closes != old.closes:
        return None
    if old.closes and new.closes and not has_ended(old, published_on) and not _apart(old, new):
        return old if old.closes == new.closes or old.moved else replace(old, doubts=(*old.doubts, CONTRADICTED))
    return None


def _are_headed_apart(old: Period, new: Period) -> bool:
    """Whether `new` stands below a heading that names a grant, and `old` does not."""
    return new.heading is not None and old.heading != new.heading


def _are_for_others(old: Period, new: Period) -> bool:
    """Whether two periods are told of others, one of them by a name of their own: `järjestöt 31.3., kyläyhdistykset 17.4. mennessä`."""
    if not (old.applicants and new.applicants) or old.applicants & new.applicants:
        return False
    return old.applicants | new.applicants != {""}


def _stands_for(new: Period, old: Period) -> bool:
    """Whether the days of `new` take the place of those told before: as news of the call, or as what became of a proposal."""
    return (new.moved and not old.moved) or (new.decided and old.proposed and not new.proposed)


def _tells_closer(one: Period, other: Period) -> bool:
    """Whether `one` tells the very day where `other` tells the end of its month: `marraskuun loppuun, tarkemmin 29.11.2024 asti`."""
    if one.closes is None or other.closes is None or MONTH_END not in other.doubts or MONTH_END in one.doubts:
        return False
    same_month = (one.closes.year, one.closes.month) == (other.closes.year, other.closes.month)
    return same_month and not (one.opens and other.opens and one.opens != other.opens)


def _fit(old: Period, new: Period) -> bool:
    """Whether nothing in two periods differs that both tell."""
    if old.opens and new.opens and old.opens != new.opens:
        return False
    if old.closes and new.closes and old.closes != new.closes:
        return False
    opens, closes = old.opens or new.opens, old.closes or new.closes
    return not (opens and closes) or dt.timedelta(0) <= closes - opens <= LONGEST


def _apart(old: Period, new: Period) -> bool:
    """Whether two periods with different ends are two rounds."""
    first, last = sorted((old, new), key=lambda p: p.closes or dt.date.max)
    if first.closes is None or last.closes is None:
        return True
    return (last.opens or last.closes - USUAL) > first.closes


def _merged(old: Period, new: Period) -> Period:
    """`old` with what it lacks from `new`, and the sentence that proves more of it: a heading often has half of it.

    Of a proposal and a decision that tell the same days the decision is quoted. A doubt stays unless the same dates are told elsewhere without it.
    """
    same_end = old.closes is None or new.closes in {None, old.closes}
    same = (old.opens, old.closes) == (new.opens, new.closes)
    better = new if same_end and _worth(new) > _worth(old) else old
    return replace(
        old,
        opens=old.opens or new.opens,
        closes=old.closes or new.closes,
        closes_time=old.closes_time or (new.closes_time if same_end else None),
        types=old.types | new.types if old.types and new.types else old.types or new.types,
        quote=better.quote,
        proves=better.proves,
        proposed=better.proposed,
        doubts=tuple(d for d in old.doubts if d in new.doubts) if same else _doubts_of_both(old, new),
        moved=old.moved or new.moved,
    )


def _doubts_of_both(old: Period, new: Period) -> tuple[str, ...]:
    """The doubts of two periods that tell different bounds; a day that the other one names for sure may go unnamed here."""
    of_old = () if _adds_nothing(old, new) else (UNNAMED,)
    of_new = () if _adds_nothing(new, old) else (UNNAMED,)
    return (
        *(d for d in old.doubts if d != UNNAMED or d in of_old),
        *(d for d in new.doubts if d != UNNAMED or d in of_new),
    )


def _adds_nothing(one: Period, other: Period) -> bool:
    return one.opens in {None, other.opens} and one.closes in {None, other.closes}


def _worth(p: Period) -> tuple[int, bool, int]:
    """How good a proof a period's quote is: the days that it tells, then whether it was decided, then the clock time."""
    return p.proves // 2, not p.proposed, p.proves
