"""Which of a region's known windows a document speaks of: the same one, an old version of it, or the one it changes.

The same call is announced in minutes, news, a press release and their Swedish twins; each of them may name fewer types
or days than the one before, and none of them need come in the order in which they were written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from aluevahti.model import ANY_TYPE, CallChange, KnownWindow, Theme, Window
from aluevahti.rules.bounds import (
    ends_at,
    is_of_types,
    is_over,
    may_be_of_one_grant,
    narrowed,
    overlap,
    same_bounds,
    share_a_bound,
    types_of,
)

LATE_CHANGE = dt.timedelta(days=60)
"""How long after its end a window may still be extended or reopened."""

JUST_ENDED = dt.timedelta(days=14)
"""How long after their end calls may still be extended by news of grants at large, which names none of them."""

GOES_ON = dt.timedelta(days=30)
"""How much later an end that is told alone may be than the one known, to be that of the same call."""

NEXT_ROUND = dt.timedelta(days=120)
"""How far from a call the days lie at least that minutes tell of another round."""

_FAR = 10_000  # days: farther than any two bounds that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The document that tells of windows, as far as the rules need it."""

    region: str
    source: str
    title: str
    url: str
    key: str
    document: int | None  # row id; None for a document that is not stored yet
    told_on: dt.date | None  # when the meeting was held, or it was published; None: unknown
    change: CallChange | None
    themes: tuple[Theme, ...]
    edited_on: dt.date | None = None  # the day of this check, where the document was known and says something else now
    said_before: tuple[Window, ...] = ()  # the windows that it stated until then
    is_edit: bool = False  # `told_on` is the day of its edit
    sure: bool = True  # False: a proposal on an agenda
    postponed: bool = False  # the call that it speaks of comes later, on days that nobody knows yet
    of_known_call: bool = False  # it speaks of a call that was announced before: of new days for it, if of any
    in_passing: bool = False  # perhaps only in passing: minutes, where something else may be put off or corrected
    months: tuple[
        int, ...
    ] = ()  # the first and the last month in which the round opens that it withdraws; (): not told
    undecided: bool = False  # of a meeting whose paper shows no decision to withdraw a call
    turned_down: bool = False  # what was proposed was returned, tabled or rejected
    types: tuple[str, ...] = ()  # the types of grants that it names
    withdrawn: tuple[str, ...] = ()  # those of them whose call it withdraws by name
    quote: str = ""  # the sentence that best says why it matters: of a withdrawal, the one that withdraws
    text: str = ""  # its own words, for a withdrawal: the days that it names tell which call is meant


def as_told(telling: Telling, window: Window) -> Telling:
    """A telling as of the day from which its document states a window: what an edit brought is told on the day of the
    edit, however old the page is."""
    if telling.edited_on is None or any(states(one, window) for one in telling.said_before):
        return telling
    return replace(telling, told_on=max(telling.told_on or telling.edited_on, telling.edited_on), is_edit=True)


def find_same(state: Sequence[KnownWindow], window: Window) -> int | None:
    """The place of the known window that `window` is; one of exactly its type first."""
    fitting = [
        place
        for place, known in enumerate(state)
        if not known.cancelled and may_be_of_one_grant(known.window, window)
        if same_bounds(known.window, window)
    ]
    exact = [place for place in fitting if types_of(state[place].window) == types_of(window)]
    return next(iter(exact or fitting), None)


def find_stale(state: Sequence[KnownWindow], window: Window, telling: Telling) -> int | None:
    """The known window of which `window` is only an old version: an old page is not news about a new deadline."""
    stale = next((place for place, known in enumerate(state) if _is_stale(known, window, telling)), None)
    if stale is not None or not (telling.told_on is None or telling.is_edit):
        return stale
    gone = [place for place, known in enumerate(state) if known.cancelled and is_own(known, telling)]
    gone = [place for place in gone if states(window, state[place].window)]
    return gone[0] if len(gone) > 1 else None  # two servers may show its withdrawal in turns


def _is_stale(known: KnownWindow, window: Window, telling: Telling) -> bool:
    if not may_be_of_one_grant(known.window, window) or known.window.continuous != window.continuous:
        return False
    if not (window.sure or known.cancelled) and any(not old.sure and states(old, window) for old in known.earlier):
        return True  # told as possible before
    if not is_of_types(known.window, telling.types):
        return False  # several other grants share the window, which therefore names none
    earlier = [old for old in known.earlier if old.sure or not window.sure]  # what was only possible may still come
    if known.cancelled:
        versions = (known.window, *earlier)
        return any(same_bounds(one, window) for one in versions) and not _brings_back(known, window, telling)
    says_again = telling.change not in {None, CallChange.NEW} or (telling.of_known_call and not telling.in_passing)
    believed = (_is_later(telling, known) and says_again) or _corrects_itself(known, telling)
    if not believed and any(states(old, window) for old in earlier):
        return True
    return is_earlier(telling, known) and _may_be_one_call(known.window, window)


def _corrects_itself(known: KnownWindow, telling: Telling) -> bool:
    """Whether a page says again what it said before its only change: a slip that was put right. Once only, for two
    servers may show two versions in turns."""
    return is_own(known, telling) and not is_earlier(telling, known) and len(known.earlier) == 1


def _brings_back(known: KnownWindow, window: Window, telling: Telling) -> bool:
    """Whether a call that was withdrawn stands again: told later, or on the same day by somebody who knows of it; or
    without a day on the page that withdrew it. Not by what told of it before: the agenda's item, by now minutes."""
    if telling.change is CallChange.CANCELLED:
        return False  # it repeats the call that it withdraws
    if (telling.told_on is None or telling.is_edit) and is_own(known, telling) and known.window.sure:
        return True
    knows_of_it = telling.change is CallChange.REOPENED or (window.sure and not known.window.sure)
    if knows_of_it:
        return not is_earlier(telling, known)
    return _is_later(telling, known) and telling.url not in known.proofs


def _is_later(telling: Telling, known: KnownWindow) -> bool:
    return telling.told_on is not None and known.told_on is not None and telling.told_on > known.told_on


def is_earlier(telling: Telling, known: KnownWindow) -> bool:
    """Whether a document is known to be older than what a window is known by."""
    return telling.told_on is not None and known.told_on is not None and telling.told_on < known.told_on


def is_own(known: KnownWindow, telling: Telling) -> bool:
    """Whether the document is the stored one that a window is known by."""
    return telling.document is not None and telling.document == known.document


def _may_be_one_call(known: Window, older: Window) -> bool:
    """Whether bounds that an older document states may have been those of a known window: two rounds of one grant do
    not overlap."""
    unnamed = {None, ANY_TYPE}
    if share_a_bound(known, older):
        return older.grant_type in {known.grant_type, *unnamed}
    named = known.grant_type == older.grant_type and known.grant_type not in unnamed
    return named and None in {known.opens, older.opens} and overlap(known, older)


def find_changed(
    state: Sequence[KnownWindow],
    window: Window,
    read: Sequence[Window],
    telling: Telling,
    now: dt.datetime,
    zone: ZoneInfo,
) -> int | None:
    """The known window that `window`, one of those that a document states (`read`), is a new version of."""
    candidates = [
        place
        for place, known in enumerate(state)
        if not known.cancelled
        and not known.baseline
        and may_be_of_one_grant(known.window, window)
        and (_may_change(known, window, telling, now, zone) or _is_rewritten(known, window, read, telling, now, zone))
        and (overlap(known.window, window) or _is_nearest(known.window, window, read))
        and not (window.opens is None and any(one is not window and states(one, known.window) for one in read))
    ]
    running = [place for place in candidates if overlap(state[place].window, window)]  # before those to come
    exact = [place for place in running or candidates if types_of(state[place].window) == types_of(window)]
    return max(exact or running or candidates, key=lambda place: _likeness(state[place], window), default=None)


def _is_nearest(known: Window, window: Window, read: Sequence[Window]) -> bool:
    """Whether none of the windows that a document states lies nearer to a known one: the others are other rounds."""
    rounds = [one for one in read if may_be_of_one_grant(known, one)]
    return all(_days_apart(known, window) <= _days_apart(known, one) for one in rounds)


def parts_of(
    state: Sequence[KnownWindow],
    window: Window,
    read: Sequence[Window],
    telling: Telling,
    now: dt.datetime,
    zone: ZoneInfo,
) -> list[Window]:
    """A window of several types, taken apart where the region's windows keep some of them apart: `the time for the
    toiminta-avustus and for the kumppanuusavustus is extended` is news of two calls that are known each by itself. So
    is the extension of grants at large, where calls of several types end together."""
    if not types_of(window):
        extended = _extended_together(state, window, telling, now, zone)
        return [narrowed(window, types) for types in extended] or [window]
    fitting = [
        known.window
        for known in state
        if types_of(known.window) & types_of(window) and not (known.cancelled or known.baseline)
        if same_bounds(known.window, window) or _may_change(known, window, telling, now, zone)
    ]
    running = [one for one in fitting if overlap(one, window)]
    known_together = {types_of(one) & types_of(window) for one in running or fitting}
    left = types_of(window)
    parts = []
    for together in sorted(known_together, key=lambda types: (-len(types), sorted(types))):
        if together <= left:
            parts.append(together)
            left -= together
    moved = {name for name in left if _is_moved_on_its_page(state, name, read, telling)}
    if not parts or (len(parts) == 1 and any(_is_called_for(state, name, window) for name in left - moved)):
        return [window]
    return [narrowed(window, types) for types in (*parts, left) if types]


def _extended_together(
    state: Sequence[KnownWindow], window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> list[frozenset[str]]:
    """The types of the calls that a window of grants at large extends, where there are several and all end on one day.
    A call that always ended on the new day is none of them, nor one that is long over; one that was extended to it
    means that this was told before."""
    if telling.change is not CallChange.EXTENDED or window.closes is None:
        return []
    open_now = [
        known
        for known in state
        if types_of(known.window) and known.window.closes and not (known.cancelled or known.baseline)
        if overlap(known.window, window) and _may_change(known, window, telling, now, zone)
    ]
    there = [known for known in open_now if known.window.closes == window.closes]
    left = [known.window for known in open_now if known not in there and not _is_long_over(known.window, now, zone)]
    if any(known.earlier for known in there) or any(one.closes and one.closes > window.closes for one in left):
        return []  # news of more time shortens none
    together = {types_of(one) for one in left}
    one_end = len({(one.closes, one.closes_time) for one in left}) == 1
    return sorted(together, key=sorted) if one_end and len(left) + len(there) > 1 else []


def _is_long_over(window: Window, now: dt.datetime, zone: ZoneInfo) -> bool:
    end = ends_at(window, zone)
    return end is not None and end + JUST_ENDED < now


def _is_moved_on_its_page(state: Sequence[KnownWindow], name: str, read: Sequence[Window], telling: Telling) -> bool:
    """Whether a document stated a window of its own for a type, and does so no longer."""
    own = [known.window for known in state if name in types_of(known.window) and is_own(known, telling)]
    return bool(own) and not any(states(one, old) for one in read for old in own)


def _is_called_for(state: Sequence[KnownWindow], name: str, window: Window) -> bool:
    """Whether a type has a window of its own about then: it may be named beside another one's days in passing."""
    own = [known.window for known in state if name in types_of(known.window) and not known.baseline]
    return any(
        _days_apart(one, window) < NEXT_ROUND.days or (one.continuous is not window.continuous and overlap(one, window))
        for one in own
    )


def _may_change(known: KnownWindow, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo) -> bool:
    old = known.window
    end = ends_at(old, zone)
    far = _days_apart(old, window) >= NEXT_ROUND.days
    of_this_round = not (telling.in_passing and far)
    of_it = telling.of_known_call and of_this_round
    coming = old.opens is not None and old.opens > now.astimezone(zone).date()
    postponed = of_it and coming and not (far and _begins_before(window, old))
    if old.continuous != window.continuous or is_earlier(telling, known) or not (postponed or overlap(old, window)):
        return False  # an older document never undoes newer knowledge
    if of_it or (telling.change in {CallChange.EXTENDED, CallChange.REOPENED} and of_this_round):
        return end is None or end + LATE_CHANGE > now
    if end is not None and end <= now:
        return False
    if is_own(known, telling):
        return True
    if types_of(old) == types_of(window) and (_decides_on(old, window) or _goes_on(old, window, telling)):
        return True
    return share_a_bound(old, window) and not _is_beside(old, window)


def _decides_on(proposed: Window, window: Window) -> bool:
    """Whether a window is the decision on one that was only proposed: the same call, whatever its days became."""
    return not proposed.sure and window.sure


def _goes_on(old: Window, window: Window, telling: Telling) -> bool:
    """Whether an end told alone is that of a call whose opening is known, or a later one of a call that is open: no
    grant has two calls at once (`haku on nyt auki, ja se päättyy 17.4.`, `haku jatkuu 30.4. saakka`)."""
    if window.opens or not window.closes or not types_of(window) or telling.told_on is None or telling.in_passing:
        return False
    if old.opens and not old.closes:
        return dt.timedelta(0) <= window.closes - old.opens <= NEXT_ROUND
    if old.closes is None or (old.opens is not None and old.opens > telling.told_on):
        return False
    return dt.timedelta(0) < window.closes - old.closes <= GOES_ON


def _is_beside(old: Window, window: Window) -> bool:
    """Whether a call of a grant that is named opens with one of grants at large, and ends on another day: two calls."""
    other_end = bool(old.closes and window.closes and old.closes != window.closes)
    return other_end and bool(types_of(old)) != bool(types_of(window))


def _begins_before(window: Window, other: Window) -> bool:
    day = window.opens or window.closes
    return day is not None and other.opens is not None and day < other.opens


def _is_rewritten(
    known: KnownWindow, window: Window, read: Sequence[Window], telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> bool:
    """Whether a document states `window` in the place of one that it stated before: a call that was still to come, or
    one that had no end. One that is running may end as it was told, and the next one be announced meanwhile."""
    old = known.window
    if not is_own(known, telling) or is_earlier(telling, known):
        return False
    if types_of(old) != types_of(window) or any(states(one, old) for one in read):
        return False
    if old.continuous:
        return old.closes is None and not is_over(window, now, zone)
    return not window.continuous and old.opens is not None and old.opens > now.astimezone(zone).date()


def states(one: Window, known: Window) -> bool:
    """Whether a window states what a known one does, of a grant that may be the same."""
    return may_be_of_one_grant(one, known) and same_bounds(one, known)


def _likeness(known: KnownWindow, window: Window) -> tuple[bool, bool, int, tuple[dt.date, int]]:
    """How likely a window is a new version of a known one: they overlap, share a day, lie near; then the later one."""
    old = known.window
    return overlap(old, window), share_a_bound(old, window), -_days_apart(old, window), _recency(known)


def _days_apart(one: Window, other: Window) -> int:
    """How many days apart two windows open or close, whichever is less; where only the opening of one and the end of
    the other are known, those; else `_FAR`."""
    alike = ((one.opens, other.opens), (one.closes, other.closes))
    unlike = ((one.opens, other.closes), (one.closes, other.opens))
    for pairs in (alike, unlike):
        if days := [abs((mine - theirs).days) for mine, theirs in pairs if mine and theirs]:
            return min(days)
    return _FAR


def _recency(known: KnownWindow) -> tuple[dt.date, int]:
    return (known.window.closes or known.window.opens or dt.date.min, known.id or 0)
