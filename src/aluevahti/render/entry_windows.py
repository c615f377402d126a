"""The windows of an entry in words: what was told of each, what still stands, and how pressing its end is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from aluevahti.model import Change, ChangeKind, Json, KnownWindow
from aluevahti.render.scene import Scene
from aluevahti.render.view import WindowView
from aluevahti.render.wording import (
    date_text,
    day_of,
    days_text,
    moment_text,
    time_of,
    window_name,
    window_text,
)
from aluevahti.rules.bounds import is_over
from aluevahti.rules.digest import WINDOW_KINDS, is_confirmation, is_end, lasting

SOON = 14
"""From so many days before the end on a deadline is shown as near; from `VERY_SOON` on as pressing."""
VERY_SOON = 2


def window_of(change: Change) -> Mapping[str, Json]:
    """The window that a change tells of, as told; of one that came to its end what it was before. Else empty."""
    for value in (change.after, change.before):
        if isinstance(value, Mapping):
            return value
    return {}


def window_views(changes: Sequence[Change], scene: Scene) -> Iterable[WindowView]:
    """One view for each window, from all that was told of it; doubtful readings apart."""
    told: dict[tuple[object, bool], list[Change]] = {}
    for one in lasting(changes):
        if one.kind in WINDOW_KINDS:
            key = one.window if one.window is not None else str(window_of(one).get("grant_type"))
            told.setdefault((key, one.sure), []).append(one)
    for history in told.values():
        yield _window(history, scene)


def _window(history: Sequence[Change], scene: Scene) -> WindowView:
    first, last = history[0], history[-1]
    value, words = window_of(last), scene.words
    before = "" if is_end(last) or not _has_before(first) else window_text(first.before, words)
    period = window_text(value, words)
    if last.kind is ChangeKind.WINDOW_CHANGED and is_end(last):
        told = words("window.withdrawn" if last.sure else "window.maybe_withdrawn")
        return WindowView(name=window_name(value, words), period=told, before=period, is_sure=last.sure)
    if not last.sure:
        return WindowView(
            name=window_name(value, words), period=words("window.maybe", period=period), before=before, is_sure=False
        )
    stands = _stands(last, scene) and (last.kind is not ChangeKind.WINDOW_CLOSING or presses(last, scene))
    badge, urgency = _badge(value, scene) if stands else ("", "later")
    return WindowView(
        name=window_name(value, words),
        period=period,
        deadline=_deadline(value, scene) if stands else "",
        badge=badge,
        urgency=urgency,
        before=before,
        is_baseline=first.id in scene.background.baseline,
    )


def is_past(change: Change, scene: Scene) -> bool:
    """Whether the window that a change tells of has closed by now, as it stands or else as it was told."""
    known = known_window(change, scene)
    if known is not None and not known.cancelled:
        return is_over(known.window, scene.now, scene.zone)
    value = window_of(change)
    closes = day_of(value, "closes")
    return closes is not None and _is_over(closes, time_of(value), scene)


def known_window(change: Change, scene: Scene) -> KnownWindow | None:
    """The window that a change tells of, as it stands now."""
    return None if change.window is None else scene.background.windows.get(change.window)


def _stands(change: Change, scene: Scene) -> bool:
    """Whether the last day that a change tells of is still the window's: it was neither moved nor withdrawn since."""
    known = known_window(change, scene)
    return known is None or (not known.cancelled and known.window.closes == day_of(window_of(change), "closes"))


def presses(reminder: Change, scene: Scene) -> bool:
    """Whether a reminder still does: the window is open, ends when it says, and nobody was reminded again since."""
    if is_past(reminder, scene) or not _stands(reminder, scene):
        return False
    known = known_window(reminder, scene)
    closes = day_of(window_of(reminder), "closes")
    if known is None or closes is None or not known.told_marks:
        return True
    return (closes - reminder.detected_at.astimezone(scene.zone).date()).days <= min(known.told_marks)


def _has_before(change: Change) -> bool:
    changed = change.kind is ChangeKind.WINDOW_CHANGED and isinstance(change.before, Mapping)
    return changed and not is_confirmation(change)


def _deadline(value: Mapping[str, Json], scene: Scene) -> str:
    words = scene.words
    opens, closes, time = day_of(value, "opens"), day_of(value, "closes"), time_of(value)
    if opens is not None and opens > scene.today:
        return words("window.opens_in", opens=date_text(opens, words), days=_days(opens, scene))
    if closes is None:
        return ""
    when = moment_text(closes, time, words)
    if _is_over(closes, time, scene):
        return words("window.closed", closes=when)
    return words("window.closes_in", closes=when, days=_days(closes, scene))


def _days(day: dt.date, scene: Scene) -> str:
    return days_text((day - scene.today).days, scene.words)


def days_left(value: Mapping[str, Json], scene: Scene) -> int | None:
    """Days from the reader's date to a window's last day; negative once it is over, None without a last day."""
    closes = day_of(value, "closes")
    return None if closes is None else (closes - scene.today).days


def _is_over(closes: dt.date, time: dt.time | None, scene: Scene) -> bool:
    local = scene.now.astimezone(scene.zone)
    if closes != local.date() or time is None:
        return closes < local.date()
    return time <= local.time()


def _badge(value: Mapping[str, Json], scene: Scene) -> tuple[str, str]:
    """The days until the end, and how pressing they are; nothing for a window that has not opened."""
    words, closes, opens = scene.words, day_of(value, "closes"), day_of(value, "opens")
    if closes is None or (opens is not None and opens > scene.today):
        return "", "later"
    if _is_over(closes, time_of(value), scene):
        return words("window.badge.closed"), "ended"
    left = (closes - scene.today).days
    text = {0: words("window.badge.last_day"), 1: words("window.badge.tomorrow")}.get(left)
    urgency = "now" if left <= VERY_SOON else "soon" if left <= SOON else "later"
    return text or words.count("window.badge.days", left), urgency
