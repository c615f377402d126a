"""The life of an application window: told once when first known, changed, closing, closed.

The same call is announced in minutes, news, a press release and their Swedish twins. All of these are
one window here; each adds a proof, the first one is told. What was only proposed, or read in doubt, is told
once more, as a change, when a document says it for sure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from aluevahti.model import (
    CallChange,
    Change,
    ChangeKind,
    Evidence,
    Json,
    KnownWindow,
    Theme,
    Window,
)
from aluevahti.text.dates import named_days

MARKS = (14, 7, 2, 0)
"""Days before the end at which a closing window is told."""

GENERIC_TYPE = "jarjestoavustus"
"""The type that stands where no type is named; it fits any other."""

LATE_CHANGE = dt.timedelta(days=60)
"""How long after its end a window may still be extended or reopened."""

ROUND_LASTS = dt.timedelta(days=60)
"""How long after its opening a call whose end nobody has told is taken for open."""

HELSINKI = ZoneInfo("Europe/Helsinki")


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
    sure: bool = True  # False: a proposal on an agenda
    turned_down: bool = False  # what was proposed was returned, tabled or rejected
    types: tuple[str, ...] = ()  # the types of grants that it names
    text: str = ""  # its own words, for a withdrawal: the days that it names tell which call is meant


@dataclass(frozen=True, slots=True)
class Folded:
    """What a document's windows do to the region's known ones."""

    windows: tuple[KnownWindow, ...]  # the new and the altered ones
    changes: tuple[Change, ...]
    state: tuple[KnownWindow, ...] = ()  # all of the region's windows, the altered ones in their places
    touched: frozenset[int] = frozenset()  # the places of the new and the altered ones in `state`


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


def fold_windows(
    known: Sequence[KnownWindow],
    read: Sequence[Window],
    telling: Telling,
    now: dt.datetime,
    *,
    zone: ZoneInfo = HELSINKI,
) -> Folded:
    """Join the windows that a document states with the ones that its region is known to have.

    Args:
        known: all windows known of the region.
        read: the windows that the document states.
        telling: the document.
        now: the moment of the check (aware).
        zone: the zone of deadlines.

    Returns:
        The windows to store, and the changes to tell: `window.opened` for a window not known before
        that is open or coming, `window.changed` for other bounds of a known one, its withdrawal, or that it
        is sure by now.
    """
    state = list(known)
    touched: dict[int, KnownWindow] = {}
    changes: list[Change] = []
    for window in read:
        place, change = _join(state, window, telling, now, zone)
        touched[place] = state[place]
        if change is not None:
            changes.append(change)
    if telling.change is CallChange.CANCELLED and not read:
        for place, cancelled, change in _withdrawn(state, telling, now, zone):
            state[place] = touched[place] = cancelled
            changes.append(change)
    if telling.turned_down and not read:
        touched |= _dropped(state, telling)
    return Folded(
        windows=tuple(touched.values()), changes=tuple(changes), state=tuple(state), touched=frozenset(touched)
    )


def _join(
    state: list[KnownWindow], window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> tuple[int, Change | None]:
    window = replace(window, sure=window.sure and telling.sure)
    same = _find_same(state, window)
    if same is not None:
        known = state[same]
        state[same] = _with_proof(known, window, telling, _known_on(telling, now, zone))
        return same, _confirmation(known, state[same].window, telling, now, zone)
    stale = _find_stale(state, window, telling)
    if stale is not None:
        return stale, None
    other = _find_changed(state, window, telling, now, zone)
    if other is not None:
        return other, _change_known(state, other, window, telling, now, zone)
    is_news = is_worth_telling(window, telling.told_on, now, zone)
    state.append(
        KnownWindow(
            region=telling.region,
            window=window,
            source=telling.source,
            url=telling.url,
            title=telling.title,
            first_told_at=now if is_news else None,
            told_marks=_marks_reached(window, now, zone),
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


def _find_same(state: Sequence[KnownWindow], window: Window) -> int | None:
    fitting = [
        place
        for place, known in enumerate(state)
        if not known.cancelled and types_fit(known.window.grant_type, window.grant_type)
        if _same_bounds(known.window, window)
    ]
    exact = [place for place in fitting if state[place].window.grant_type == window.grant_type]
    return next(iter(exact or fitting), None)


def types_fit(one: str | None, other: str | None) -> bool:
    """Whether two grant types may be the same: equal, or one of them is not named."""
    return one == other or one in {None, GENERIC_TYPE} or other in {None, GENERIC_TYPE}


def _same_bounds(one: Window, other: Window) -> bool:
    if one.continuous != other.continuous:
        return False
    if not _agree(one.opens, other.opens) or not _agree(one.closes, other.closes):
        return False
    if one.closes_time and other.closes_time and one.closes_time != other.closes_time:
        return False
    if one.continuous and one.closes is None and other.closes is None:
        return True
    return _share_a_bound(one, other)


def _agree(one: dt.date | None, other: dt.date | None) -> bool:
    return one is None or other is None or one == other


def _with_proof(known: KnownWindow, window: Window, telling: Telling, known_on: dt.date | None) -> KnownWindow:
    """The known window, completed by what another telling adds to it."""
    old = known.window
    merged = replace(
        old,
        grant_type=old.grant_type
        if old.grant_type not in {None, GENERIC_TYPE}
        else window.grant_type or old.grant_type,
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
    return replace(  # what makes it sure is what it is to be known by
        known,
        window=replace(merged, quote=window.quote or old.quote),
        title=telling.title,
        url=telling.url,
        source=telling.source,
        document=telling.document,
        document_key=telling.key,
        told_on=known_on or known.told_on,
    )


def _confirmation(
    known: KnownWindow, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> Change | None:
    """That a window which was told in doubt is sure by now; nothing to tell of one that is over."""
    if known.window.sure or not window.sure or known.first_told_at is None or is_over(window, now, zone):
        return None
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=known.window, after=window)
    return replace(change, window=known.id)


def _find_stale(state: Sequence[KnownWindow], window: Window, telling: Telling) -> int | None:
    """The known window of which `window` is only an old version: an old page is not news about a new deadline."""
    return next((place for place, known in enumerate(state) if _is_stale(known, window, telling)), None)


def _is_stale(known: KnownWindow, window: Window, telling: Telling) -> bool:
    if not types_fit(known.window.grant_type, window.grant_type) or known.window.continuous != window.continuous:
        return False
    if not _is_of_types(known.window, telling.types):
        return False  # several other grants share the window, which therefore names none
    if known.cancelled:
        versions = (known.window, *known.earlier)
        return any(_same_bounds(one, window) for one in versions) and not _brings_back(known, window, telling)
    says_again = telling.change is not None and telling.change is not CallChange.NEW
    if not (_is_later(telling, known) and says_again) and any(_same_bounds(old, window) for old in known.earlier):
        return True
    return _is_earlier(telling, known) and _may_be_one_call(known.window, window)


def _brings_back(known: KnownWindow, window: Window, telling: Telling) -> bool:
    """Whether a call that was withdrawn stands again: told later, or on the same day by somebody who knows of it."""
    knows_of_it = telling.change is CallChange.REOPENED or (window.sure and not known.window.sure)
    return not _is_earlier(telling, known) if knows_of_it else _is_later(telling, known)


def _is_later(telling: Telling, known: KnownWindow) -> bool:
    return telling.told_on is not None and known.told_on is not None and telling.told_on > known.told_on


def _is_earlier(telling: Telling, known: KnownWindow) -> bool:
    return telling.told_on is not None and known.told_on is not None and telling.told_on < known.told_on


def _may_be_one_call(known: Window, older: Window) -> bool:
    """Whether bounds that an older document states may have been those of a known window: two rounds of one grant do
    not overlap."""
    unnamed = {None, GENERIC_TYPE}
    if _share_a_bound(known, older):
        return older.grant_type in {known.grant_type, *unnamed}
    named = known.grant_type == older.grant_type and known.grant_type not in unnamed
    return named and known.opens is None and _overlap(known, older)


def _share_a_bound(one: Window, other: Window) -> bool:
    return (one.opens is not None and one.opens == other.opens) or (
        one.closes is not None and one.closes == other.closes
    )


def _overlap(one: Window, other: Window) -> bool:
    if one.closes and other.opens and other.opens > one.closes:
        return False  # a later round, not another version of this one
    return not (other.closes and one.opens and other.closes < one.opens)


def _find_changed(
    state: Sequence[KnownWindow], window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> int | None:
    """The known window that `window` is a new version of, if it is one."""
    candidates = [
        place
        for place, known in enumerate(state)
        if not known.cancelled
        and not known.baseline
        and types_fit(known.window.grant_type, window.grant_type)
        and known.window.continuous == window.continuous
        and _may_change(known, window, telling, now, zone)
    ]
    exact = [place for place in candidates if state[place].window.grant_type == window.grant_type]
    return max(exact or candidates, key=lambda place: _recency(state[place]), default=None)


def _may_change(known: KnownWindow, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo) -> bool:
    old = known.window
    end = ends_at(old, zone)
    if _is_earlier(telling, known) or not _overlap(old, window):
        return False  # an older document never undoes newer knowledge
    if telling.change in {CallChange.EXTENDED, CallChange.REOPENED}:
        return end is None or end + LATE_CHANGE > now
    if end is not None and end <= now:
        return False
    same_telling = telling.document is not None and telling.document == known.document
    return same_telling or _share_a_bound(old, window)


def _recency(known: KnownWindow) -> tuple[dt.date, int]:
    return (known.window.closes or known.window.opens or dt.date.min, known.id or 0)


def _change_known(
    state: list[KnownWindow], place: int, window: Window, telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> Change:
    known = state[place]
    named = window.grant_type not in {None, GENERIC_TYPE}
    after = replace(
        window,
        opens=window.opens or known.window.opens,
        grant_type=window.grant_type if named else known.window.grant_type,
    )
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=known.window, after=after)
    if after.sure or not known.window.sure:  # a doubtful reading is told as such, but undoes nothing
        state[place] = replace(
            known,
            window=after,
            title=telling.title,
            url=telling.url,
            source=telling.source,
            document=telling.document,
            first_told_at=known.first_told_at or now,
            told_marks=_marks_reached(after, now, zone),
            closed_told=False,
            proofs=known.proofs if telling.url in known.proofs else (*known.proofs, telling.url),
            told_on=_known_on(telling, now, zone) or known.told_on,
            earlier=(*known.earlier, known.window),
        )
    return replace(change, window=known.id)


def _dropped(state: list[KnownWindow], telling: Telling) -> dict[int, KnownWindow]:
    """The windows that a document proposed and nobody decided: told with the document itself, and then no more."""
    places = [
        place
        for place, known in enumerate(state)
        if telling.document is not None and known.document == telling.document
        if not known.window.sure and not known.cancelled
    ]
    for place in places:
        state[place] = replace(state[place], cancelled=True)
    return {place: state[place] for place in places}


def _withdrawn(
    state: Sequence[KnownWindow], telling: Telling, now: dt.datetime, zone: ZoneInfo
) -> Iterable[tuple[int, KnownWindow, Change]]:
    """The one window that a withdrawal can mean; where several could be meant, none is touched."""
    open_now = [
        place
        for place, known in enumerate(state)
        if not known.cancelled and not known.baseline and not is_over(known.window, now, zone)
        if not _is_earlier(telling, known)
    ]
    own = [place for place in open_now if telling.document is not None and state[place].document == telling.document]
    meant = _meant([(place, state[place].window) for place in own or open_now], telling)
    if meant is None:
        return
    known = state[meant]
    change = _change(ChangeKind.WINDOW_CHANGED, telling, now, before=known.window, after=None)
    withdrawn_on = _known_on(telling, now, zone) or now.astimezone(zone).date()
    yield meant, replace(known, cancelled=True, told_on=withdrawn_on), replace(change, window=known.id)


def _meant(candidates: Sequence[tuple[int, Window]], telling: Telling) -> int | None:
    """The place of the only window that fits what a withdrawal says: its types, then its days, then what was decided."""
    left = [(place, window) for place, window in candidates if _is_of_types(window, telling.types)]
    named = named_days(telling.text)
    for fits in (lambda window: bool(_days_of(window)) and _days_of(window) <= named, lambda window: window.sure):
        if len(left) > 1:
            left = [(place, window) for place, window in left if fits(window)] or left
    return left[0][0] if len(left) == 1 else None


def _is_of_types(window: Window, types: Sequence[str]) -> bool:
    return not types or any(types_fit(window.grant_type, name) for name in types)


def _days_of(window: Window) -> frozenset[tuple[int, int]]:
    return frozenset((day.day, day.month) for day in (window.opens, window.closes) if day is not None)


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


def opened(known: KnownWindow, telling: Telling, now: dt.datetime) -> Change:
    """That a window is open or coming, as it is known by now, told by the document that its bounds come from."""
    change = _change(ChangeKind.WINDOW_OPENED, telling, now, before=None, after=known.window)
    return replace(change, sure=known.window.sure)


def _with_grants(themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
    return themes if Theme.GRANTS in themes else (Theme.GRANTS, *themes)


WINDOWS_FIELD = "grant_windows"
"""The field of the status that is derived from the known windows."""

STATUS_KEEPS = dt.timedelta(days=400)
"""How long a window that has closed still stands in the region's status: until the next year's round."""


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


# --- what the calendar brings --------------------------------------------------------------------


def days_left(window: Window, now: dt.datetime, zone: ZoneInfo = HELSINKI) -> int | None:
    """Whole calendar days, in local time, from today to the closing day; None without one."""
    if window.closes is None:
        return None
    return (window.closes - now.astimezone(zone).date()).days


def _marks_reached(window: Window, now: dt.datetime, zone: ZoneInfo) -> tuple[int, ...]:
    left = days_left(window, now, zone)
    return () if left is None else tuple(mark for mark in MARKS if mark >= left)


def clock_events(known: Sequence[KnownWindow], now: dt.datetime, *, zone: ZoneInfo = HELSINKI) -> Folded:
    """What time alone does to windows that were told: closing at 14, 7, 2 and 0 days, then closed.

    A late check tells only the nearest mark, and nothing of a window that was withdrawn or that
    stands on the baseline.
    """
    windows: list[KnownWindow] = []
    changes: list[Change] = []
    for one in known:
        if one.first_told_at is None or one.cancelled or one.closed_told or one.window.closes is None:
            continue
        if is_over(one.window, now, zone):
            windows.append(replace(one, closed_told=True, told_marks=MARKS))
            changes.append(_event(ChangeKind.WINDOW_CLOSED, one, now))
            continue
        reached = _marks_reached(one.window, now, zone)
        if set(reached) - set(one.told_marks):
            windows.append(replace(one, told_marks=reached))
            changes.append(_event(ChangeKind.WINDOW_CLOSING, one, now))
    return Folded(windows=tuple(windows), changes=tuple(changes))


def _event(kind: ChangeKind, known: KnownWindow, now: dt.datetime) -> Change:
    closed = kind is ChangeKind.WINDOW_CLOSED
    return Change(
        kind=kind,
        region=known.region,
        source=known.source,
        detected_at=now,
        title=known.title,
        url=known.url,
        relevant=True,
        themes=(Theme.GRANTS,),
        document=known.document,
        before=as_json(known.window) if closed else None,
        after=None if closed else as_json(known.window),
        evidence=Evidence(quote=known.window.quote or None, url=known.url, document=known.document),
        sure=known.window.sure,
        window=known.id,
    )
