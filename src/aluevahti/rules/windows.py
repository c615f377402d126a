"""The life of an application window: told once when first known, then changed, withdrawn or sure at last.

The same call is announced in minutes, news, a press release and their Swedish twins. All of these are
one window here; each adds a proof, the first one is told. What was only proposed, or read in doubt, is told
once more, as a change, when a document says it for sure. What the calendar brings is in `closing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Evidence, Json, KnownWindow, Theme, Window
from aluevahti.rules.bounds import (
    as_json,
    is_over,
    is_worth_telling,
    marks_reached,
    narrowed,
    same_bounds,
    types_of,
)
from aluevahti.rules.samecall import (
    Telling,
    as_told,
    find_changed,
    find_same,
    find_stale,
    is_earlier,
    is_own,
    parts_of,
)
from aluevahti.rules.withdrawals import find_withdrawn, withdrawal_in, withdraws
from aluevahti.text.dates import HELSINKI

WINDOWS_FIELD = "grant_windows"
"""The field of the status that is derived from the known windows."""

STATUS_KEEPS = dt.timedelta(days=400)
"""How long a window that has closed still stands in the region's status: until the next year's round."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a document's windows do to the region's known ones."""

    windows: tuple[KnownWindow, ...]  # the new and the altered ones
    changes: tuple[Change, ...]
    state: tuple[KnownWindow, ...] = ()  # all of the region's windows, the altered ones in their places
    touched: frozenset[int] = frozenset()  # the places of the new and the altered ones in `state`
    told: tuple[int, ...] = ()  # the places of the windows that the changes tell of, one for each change


def fold_windows(
    known: Sequence[KnownWindow],
    read: Sequence[Window],
    telling: Telling,
    now: dt.datetime,
    *,
    zone: ZoneInfo = HELSINKI,
    withdrawals: Callable[[], Iterable[Telling]] = tuple,
) -> Folded:
    """Join the windows that a document states with the ones that its region is known to have.

    Args:
        known, read: all windows known of the region, and those that the document states.
        telling: the document.
        now: the moment of the check (aware).
        zone: the zone of deadlines.
        withdrawals: gives the documents by which calls of the region were withdrawn; asked where a new window would
            be told: the minutes of a call may come out after the news that it was withdrawn.

    Returns:
        The windows to store, and the changes to tell: `window.opened` for a window not known before that is open or
        coming, `window.changed` for other bounds of a known one, its withdrawal, or that it is sure by now.
    """
    state = list(known)
    told: list[tuple[int, Change]] = []
    _split(state, read, telling)
    for window in (part for whole in read for part in parts_of(state, whole, read, telling, now, zone)):
        place, change = _join(state, window, read, as_told(telling, window), now, zone)
        is_news = change is not None and change.kind is ChangeKind.WINDOW_OPENED
        if is_news and (before := _withdrawn(window, telling, withdrawals)) is not None:
            state[place] = _gone(state[place], state[place].window, before, before.told_on)
        elif change is not None:
            told.append((place, change))
    if (withdrawal := withdrawal_in(telling, read)) is not None:
        gone = find_withdrawn(state, withdrawal, now, zone)
        told += [_withdraw(state, place, withdrawal, now, zone) for place in gone]
    if telling.turned_down and not read:
        _drop(state, telling)
    touched = [place for place, one in enumerate(state) if place >= len(known) or one is not known[place]]
    return Folded(
        windows=tuple(state[place] for place in touched),
        changes=tuple(change for _, change in told),
        state=tuple(state),
        touched=frozenset(touched),
        told=tuple(place for place, _ in told),
    )


def _split(state: list[KnownWindow], read: Sequence[Window], telling: Telling) -> None:
    """Take apart the windows of several types of which their document now tells some on other days."""
    for place, known in enumerate(tuple(state)):
        types = types_of(known.window)
        if len(types) == 1 or not types or known.cancelled or not is_own(known, telling):
            continue
        same = [one for one in read if types_of(one) & types and same_bounds(one, known.window)]
        stay = frozenset(name for one in same for name in types_of(one))
        gone = {name for one in read if not same_bounds(one, known.window) for name in types_of(one)} & types - stay
        if stay and gone:
            window = replace(narrowed(known.window, types - gone), quote=same[0].quote)
            state[place] = replace(known, window=window)
            state.append(replace(known, id=None, window=narrowed(known.window, gone)))


def _withdrawn(window: Window, telling: Telling, withdrawals: Callable[[], Iterable[Telling]]) -> Telling | None:
    return next((one for one in withdrawals() if withdraws(one, window, telling)), None)


def _join(
    state: list[KnownWindow],
    window: Window,
    read: Sequence[Window],
    telling: Telling,
    now: dt.datetime,
    zone: ZoneInfo,
) -> tuple[int, Change | None]:
    window = replace(window, sure=window.sure and telling.sure)
    same = find_same(state, window)
    if same is not None:
        known = state[same]
        state[same] = _with_proof(known, window, telling, _known_on(telling, now, zone))
        return same, _confirmation(known, state[same].window, telling, now, zone)
    stale = find_stale(state, window, telling)
    if stale is not None:
        return stale, None
    other = find_changed(state, window, read, telling, now, zone)
    if other is not None:
        return _change_known(state, other, window, telling, now, zone)
    is_news = is_worth_telling(window, telling.told_on, now, zone)
    state.append(
        KnownWindow(
            region=telling.region,
            window=window,
            source=telling.source,
            url=telling.url,
            title=telling.title,
            first_told_at=now if is_news else None,
            told_marks=marks_reached(window, now, zone),
            closed_told=not is_news,
            proofs=(telling.url,),
            document=telling.document,
            document_key=telling.key,
            told_on=_known_on(telling, now, zone),
        )
    )
    if not is_news:
        return len(state) - 1, None
    opened = _change(ChangeKind.WINDOW_OPENED, telling, now, before=None, after=window)
    return len(state) - 1, opened


def _known_on(telling: Telling, now: dt.datetime, zone: ZoneInfo) -> dt.date | None:
    """The day from which a window is known: what is proposed for a meeting to come is known today."""
    return None if telling.told_on is None else min(telling.told_on, now.astimezone(zone).date())


def _with_proof(known: KnownWindow, window: Window, telling: Telling, known_on: dt.date | None) -> KnownWindow:
    """The known window, completed by what another telling adds to it."""
    old = known.window
    merged = replace(
        old if types_of(old) else replace(old, grant_type=window.grant_type or old.grant_type, types=window.types),
        opens=old.opens or window.opens,
        closes=old.closes or window.closes,
        closes_time=old.closes_time or window.closes_time,
        sure=old.sure or window.sure,
        doubt=None if old.sure or window.sure else old.doubt,
    )
    proofs = known.proofs if telling.url in known.proofs else (*known.proofs, telling.url)
    known = replace(known, window=merged, proofs=proofs, baseline=False)
    if old.sure or not merged.sure:
        return known
    sure = replace(known, window=replace(merged, quote=window.quote or old.quote))
    return _known_by(telling, sure, known_on or known.told_on)


def _confirmation(
    known: KnownWindow, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> Change | None:
    """That a window which was told in doubt is sure by now; nothing to tell of one that is over."""
    if known.window.sure or not window.sure or known.first_told_at is None or is_over(window, now, zone):
        return None
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=known.window, after=window)
    return replace(change, window=known.id)


def _change_known(
    state: list[KnownWindow], place: int, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> tuple[int, Change]:
    """Give a known window other bounds; of several types that shared it, those that are not spoken of keep the old ones."""
    known = state[place]
    mine, theirs = types_of(known.window), types_of(window)
    shared = mine & theirs or mine or theirs
    after = replace(
        _with_known_end(window, known.window),
        opens=window.opens or _opening_before(known.window, window),
        grant_type=known.window.grant_type,
        types=(),
    )
    after = narrowed(after, shared) if shared else after
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=known.window, after=after)
    if not after.sure and known.window.sure:  # a doubtful reading is told as such, once, but undoes nothing
        state[place] = replace(known, earlier=(*known.earlier, after))
        return place, replace(change, window=known.id)
    changed = replace(
        known,
        window=after,
        first_told_at=known.first_told_at or now,
        told_marks=marks_reached(after, now, zone),
        closed_told=False,
        proofs=known.proofs if telling.url in known.proofs else (*known.proofs, telling.url),
        earlier=(*known.earlier, known.window),
    )
    place = _put(state, place, _known_by(telling, changed, _known_on(telling, now, zone) or known.told_on))
    return place, replace(change, window=state[place].id)


def _put(state: list[KnownWindow], place: int, altered: KnownWindow) -> int:
    """Put a window in the place of a known one. Of several types that shared it, those that it is no longer for keep
    what was known, and it gets a place of its own, which is returned: what is told of one is not told of the other."""
    known = state[place]
    left = types_of(known.window) - types_of(altered.window)
    if not left:
        state[place] = altered
        return place
    state[place] = replace(known, window=narrowed(known.window, left))
    state.append(replace(altered, id=None))
    return len(state) - 1


def _opening_before(known: Window, window: Window) -> dt.date | None:
    """The opening that was known, where it can still be the one of a window whose end is told anew."""
    return None if known.opens and window.closes and known.opens > window.closes else known.opens


def _with_known_end(window: Window, known: Window) -> Window:
    """A window that is told anew by its opening alone, with the end that was known, where it can still have it."""
    if window.closes or window.continuous or known.continuous or not (known.closes and window.opens):
        return window
    if window.opens > known.closes:
        return window
    return replace(window, closes=known.closes, closes_time=known.closes_time)


def _drop(state: list[KnownWindow], telling: Telling) -> None:
    """Let go of the windows that a document proposed and nobody decided: told with the document itself, and then no more.
    So is what another body proposed for the same grants before."""
    for place, known in enumerate(state):
        types = types_of(known.window)
        put_before = bool(types) and types <= set(telling.types) and not is_earlier(telling, known)
        if (is_own(known, telling) or put_before) and not known.window.sure and not known.cancelled:
            state[place] = replace(known, cancelled=True)


def _withdraw(
    state: list[KnownWindow], place: int, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> tuple[int, Change]:
    """Withdraw a known window; of several types that share it, only those that are named. One that is put off is told
    with days that are not known any more."""
    known = state[place]
    named = types_of(known.window) & set(telling.types)
    gone = narrowed(known.window, named) if named else known.window
    withdrawn_on = _known_on(telling, now, zone) or now.astimezone(zone).date()
    place = _put(state, place, _gone(known, gone, telling, withdrawn_on))
    after = state[place].window if telling.postponed else None
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=gone, after=after)
    evidence = Evidence(quote=telling.quote or None, url=telling.url, document=telling.document)
    return place, replace(change, window=state[place].id, evidence=evidence)


def _gone(known: KnownWindow, window: Window, withdrawal: Telling, told_on: dt.date | None) -> KnownWindow:
    """A known window, or `window`, the part of it that was withdrawn: from now on known by what withdraws it."""
    gone = replace(known, window=replace(window, quote=withdrawal.quote), cancelled=True)
    if withdrawal.postponed:
        unknown = replace(gone.window, opens=None, closes=None, closes_time=None, continuous=False)
        gone = replace(gone, window=unknown, earlier=(*known.earlier, window))
    return _known_by(withdrawal, gone, told_on)


def _known_by(telling: Telling, known: KnownWindow, told_on: dt.date | None) -> KnownWindow:
    """A known window whose bounds, sureness or withdrawal come from `telling`, and are dated `told_on`."""
    return replace(
        known,
        title=telling.title,
        url=telling.url,
        source=telling.source,
        document=telling.document,
        document_key=telling.key,
        told_on=told_on,
    )


def opened(known: KnownWindow, telling: Telling, now: dt.datetime) -> Change:
    """That a window is open or coming, as it is known by now, told by the document that its bounds come from."""
    change = _change(ChangeKind.WINDOW_OPENED, telling, now, before=None, after=known.window)
    return replace(change, sure=known.window.sure)


def _change(
    kind: ChangeKind, telling: Telling, now: dt.datetime, *, before: Window | None, after: Window | None
) -> Change:
    stated = after or before
    return Change(
        kind=kind,
        region=telling.region,
        source=telling.source,
        detected_at=now,
        title=telling.title,
        url=telling.url,
        relevant=True,
        themes=_with_grants(telling.themes),
        document=telling.document,
        document_key=telling.key,
        before=as_json(before) if before else None,
        after=as_json(after) if after else None,
        evidence=Evidence(quote=(after.quote if after else "") or None, url=telling.url, document=telling.document),
        sure=bool(stated and stated.sure) and telling.sure,
    )


def _with_grants(themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
    return themes if Theme.GRANTS in themes else (Theme.GRANTS, *themes)


def status_value(known: Sequence[KnownWindow], now: dt.datetime) -> list[dict[str, Json]]:
    """The field `grant_windows` of a region's status: its sure windows, those of the last year included."""
    oldest = (now - STATUS_KEEPS).date()
    stands = [
        one.window
        for one in known
        if one.window.sure and not one.cancelled and not one.baseline
        if one.window.closes is None or one.window.closes >= oldest
    ]
    stands.sort(key=lambda window: (window.opens or window.closes or dt.date.min, window.grant_type or ""))
    return [
        {**as_json(window), "precision": "continuous" if window.continuous and not window.closes else "exact"}
        for window in stands
    ]
