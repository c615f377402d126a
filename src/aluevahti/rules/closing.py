"""What the calendar alone brings to windows: closing, and closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Evidence, KnownWindow, Theme
from aluevahti.rules.bounds import MARKS, as_json, is_over, marks_reached
from aluevahti.rules.windows import Folded
from aluevahti.text.dates import HELSINKI


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
        reached = marks_reached(one.window, now, zone)
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
