"""Which of a region's known windows a document withdraws or puts off: by its types, its round, the days that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from aluevahti.model import ANY_TYPE, CallChange, KnownWindow, Window
from aluevahti.rules.bounds import days_named, is_of_types, is_over, types_of
from aluevahti.rules.samecall import Telling, is_earlier, is_own, states
from aluevahti.text.dates import named_days


def withdrawal_in(telling: Telling, read: Sequence[Window]) -> Telling | None:
    """What a document withdraws or puts off, as a telling of that alone; None where it does neither: what an agenda
    proposes is still to be decided. Beside windows that it states (`read`) only what is none of their types: a call
    that it withdraws may be told of again, or called for anew."""
    if not telling.sure or telling.undecided or telling.turned_down:
        return None
    if (telling.change is CallChange.CANCELLED or telling.postponed) and not read:
        return replace(telling, types=telling.withdrawn or telling.types)
    stated = {name for one in read for name in types_of(one) if _is_of_round(one, telling)}
    gone = tuple(name for name in telling.withdrawn if name not in stated)
    return replace(telling, types=gone, withdrawn=gone) if gone and all(types_of(one) for one in read) else None


def find_withdrawn(state: Sequence[KnownWindow], telling: Telling, now: dt.datetime, zone: ZoneInfo) -> list[int]:
    """The windows that a withdrawal means: one, or one for each type that it withdraws by name. Where several could be
    meant, none is, nor one that was withdrawn before: the same withdrawal is told by many. What is withdrawn in
    passing, beside a new call, can only be a call that the very document told."""
    standing = [known.window for known in state if not known.cancelled]
    candidates = [
        place
        for place, known in enumerate(state)
        if not known.baseline and not is_over(known.window, now, zone)
        if not (any(states(one, known.window) for one in standing) if known.cancelled else is_earlier(telling, known))
    ]
    named: list[tuple[str, ...]] = [(name,) for name in telling.withdrawn] or [telling.types]
    meant = {_meant(state, candidates, replace(telling, types=types)) for types in named}
    return sorted(place for place in meant if place is not None and not state[place].cancelled)


def withdraws(withdrawal: Telling, window: Window, telling: Telling) -> bool:
    """Whether a document withdraws the very window that another, no newer one tells: it names its days, and no other type."""
    if not withdrawal.sure or withdrawal.undecided or withdrawal.turned_down or withdrawal.told_on is None:
        return False
    if telling.told_on is not None and telling.told_on > withdrawal.told_on:
        return False
    days = days_named(window)
    types = withdrawal.withdrawn or withdrawal.types
    return bool(days) and days <= named_days(withdrawal.text) and is_of_types(window, types)


def _is_of_round(window: Window, withdrawal: Telling) -> bool:
    """Whether a window may be of the round that a withdrawal names: `syksyn hakua ei järjestetä` leaves that of spring."""
    day = window.opens or window.closes
    if not withdrawal.months or day is None:
        return True
    return withdrawal.months[0] <= day.month <= withdrawal.months[-1]


def _meant(state: Sequence[KnownWindow], candidates: Sequence[int], telling: Telling) -> int | None:
    """The place of the only window that fits what a withdrawal says: its types, then its days, then what was decided."""
    left = [place for place in candidates if is_of_types(state[place].window, telling.types)]
    left = [place for place in left if _is_of_round(state[place].window, telling)]
    if telling.postponed and telling.types and ANY_TYPE not in telling.types:
        left = [
            place for place in left if types_of(state[place].window)
        ]  # grants at large are not put off with one of them
    own = [place for place in left if is_own(state[place], telling)]
    left = own or (left if telling.change is CallChange.CANCELLED or telling.of_known_call else [])
    named = named_days(telling.text)
    for fits in (lambda window: bool(days_named(window)) and days_named(window) <= named, lambda window: window.sure):
        if len(left) > 1:
            left = [place for place in left if fits(state[place].window)] or left
    return left[0] if len(left) == 1 else None
