"""What a window states: its type, its bounds, how near its end is, and what two windows have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from aluevahti.model import ANY_TYPE, Json, Window
from aluevahti.text.dates import HELSINKI

MARKS = (14, 7, 2, 0)
"""Days before the end at which a closing window is told."""

ROUND_LASTS = dt.timedelta(days=60)
"""How long after its opening a call whose end nobody has told is taken for open."""


def as_json(window: Window) -> dict[str, Json]:
    """A window in the shape in which changes and status carry it."""
    return {
        "grant_type": window.grant_type,
        "opens": window.opens.isoformat() if window.opens else None,
        "closes": window.closes.isoformat() if window.closes else None,
        "closes_time": window.closes_time.strftime("%H:%M") if window.closes_time else None,
        "continuous": window.continuous,
    }


def ends_at(window: Window, zone: ZoneInfo = HELSINKI) -> dt.datetime | None:
    """The moment a window closes: its clock time, else the end of its day, in local time; aware."""
    if window.closes is None:
        return None
    if window.closes_time is None:
        return dt.datetime.combine(window.closes + dt.timedelta(days=1), dt.time(), zone)
    return dt.datetime.combine(window.closes, window.closes_time, zone)


def is_over(window: Window, now: dt.datetime, zone: ZoneInfo = HELSINKI) -> bool:
    """Whether a window has closed by `now`; one that never closes has not."""
    end = ends_at(window, zone)
    return end is not None and end <= now


def is_worth_telling(window: Window, told_on: dt.date | None, now: dt.datetime, zone: ZoneInfo = HELSINKI) -> bool:
    """Whether a window is open or coming; one told long ago that only opened, without a word of its end, is neither."""
    if window.closes is not None or window.continuous or window.opens is None or told_on is None:
        return not is_over(window, now, zone)
    return max(window.opens, told_on) + ROUND_LASTS >= now.astimezone(zone).date()


def days_left(window: Window, now: dt.datetime, zone: ZoneInfo = HELSINKI) -> int | None:
    """Whole calendar days, in local time, from today to the closing day; None without one."""
    if window.closes is None:
        return None
    return (window.closes - now.astimezone(zone).date()).days


def marks_reached(window: Window, now: dt.datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """The marks that a window has reached or passed; none without a closing day."""
    left = days_left(window, now, zone)
    return () if left is None else tuple(mark for mark in MARKS if mark >= left)


def types_fit(one: str | None, other: str | None) -> bool:
    """Whether two grant types may be the same: equal, or one of them is not named."""
    return one == other or one in {None, ANY_TYPE} or other in {None, ANY_TYPE}


def types_of(window: Window) -> frozenset[str]:
    """The types of grants that a window is for; none where it names none."""
    named = window.types or (window.grant_type,)
    return frozenset(name for name in named if name is not None and name != ANY_TYPE)


def may_be_of_one_grant(one: Window, other: Window) -> bool:
    """Whether two windows may be for the same grant: they have a type in common, or one of them names none."""
    mine, theirs = types_of(one), types_of(other)
    return not (mine and theirs) or bool(mine & theirs)


def is_of_types(window: Window, types: Sequence[str]) -> bool:
    """Whether a window may be of one of `types`; it may where none is named."""
    mine = types_of(window)
    return not (types and mine) or ANY_TYPE in types or bool(mine & set(types))


def narrowed(window: Window, types: Iterable[str]) -> Window:
    """A window for only these of its types."""
    left = tuple(sorted(types))
    return replace(window, grant_type=left[0] if len(left) == 1 else None, types=left if len(left) > 1 else ())


def days_named(window: Window) -> frozenset[tuple[int, int]]:
    """The days and months of its bounds, as a text without a year names them."""
    return frozenset((day.day, day.month) for day in (window.opens, window.closes) if day is not None)


def same_bounds(one: Window, other: Window) -> bool:
    """Whether two windows state the same: what both name agrees, and they have a bound in common or never close."""
    if one.continuous != other.continuous:
        return False
    if not _agree(one.opens, other.opens) or not _agree(one.closes, other.closes):
        return False
    if one.closes_time and other.closes_time and one.closes_time != other.closes_time:
        return False
    if one.continuous and one.closes is None and other.closes is None:
        return True
    return share_a_bound(one, other)


def _agree(one: dt.date | None, other: dt.date | None) -> bool:
    return one is None or other is None or one == other


def share_a_bound(one: Window, other: Window) -> bool:
    """Whether two windows open or close on the same known day."""
    return (one.opens is not None and one.opens == other.opens) or (
        one.closes is not None and one.closes == other.closes
    )


def overlap(one: Window, other: Window) -> bool:
    """Whether two windows may be open on one day; a bound that is not known keeps nothing apart."""
    if one.closes and other.opens and other.opens > one.closes:
        return False  # a later round, not another version of this one
    return not (other.closes and one.opens and other.closes < one.opens)
