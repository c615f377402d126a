"""The known application windows as the pages list them: what is open first, the nearest end on top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Evidence, KnownWindow
from aluevahti.render.entries import entry_view
from aluevahti.render.scene import Scene
from aluevahti.render.view import EntryView
from aluevahti.render.wording import region_text
from aluevahti.rules.bounds import as_json, ends_at, is_over
from aluevahti.rules.digest import Entry, Weight


@dataclass(slots=True)
class Shelves:
    """Known windows by where they are in their lives; each is on one shelf at most.

    Attributes:
        open: can be applied to now, until a day that is known; the nearest end first.
        coming: opens on a later day; the nearest first.
        endless: can be applied to now, and no end is known.
        unsure: read from a text that leaves doubt, and not over.
        closed: over; the latest end first.
        withdrawn: called off.
    """

    open: list[KnownWindow] = field(default_factory=list)
    coming: list[KnownWindow] = field(default_factory=list)
    endless: list[KnownWindow] = field(default_factory=list)
    unsure: list[KnownWindow] = field(default_factory=list)
    closed: list[KnownWindow] = field(default_factory=list)
    withdrawn: list[KnownWindow] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to apply for, now or later, not even in doubt."""
        return not (self.open or self.coming or self.endless or self.unsure)


def shelved(windows: Iterable[KnownWindow], now: dt.datetime, zone: ZoneInfo) -> Shelves:
    """Put windows on their shelves, each shelf in its order.

    Args:
        windows: known windows.
        now: the moment (aware).
        zone: the zone of deadlines.
    """
    shelves = Shelves()
    today = now.astimezone(zone).date()
    for known in windows:
        # a proposal that came to nothing never was a call, and of one that is put off there is nothing to show
        if (known.window.sure or not known.cancelled) and not known.is_postponed:
            _shelf(shelves, known, now, today, zone).append(known)
    shelves.open.sort(key=lambda one: (ends_at(one.window, zone) or now, one.region, one.id or 0))
    shelves.coming.sort(key=lambda one: (one.window.opens or today, one.region, one.id or 0))
    shelves.endless.sort(key=lambda one: (one.region, one.id or 0))
    shelves.unsure.sort(key=lambda one: (one.window.closes or dt.date.max, one.region, one.id or 0))
    shelves.closed.sort(key=lambda one: (one.window.closes or today, one.id or 0), reverse=True)
    return shelves


def _shelf(shelves: Shelves, known: KnownWindow, now: dt.datetime, today: dt.date, zone: ZoneInfo) -> list[KnownWindow]:
    window = known.window
    if known.cancelled:
        return shelves.withdrawn
    if is_over(window, now, zone):
        return shelves.closed
    if not window.sure:
        return shelves.unsure
    if window.opens is not None and window.opens > today:
        return shelves.coming
    return shelves.endless if window.closes is None else shelves.open


@dataclass(frozen=True, slots=True)
class Call:
    """One window as a page shows it. `is_baseline`: as the report of January 2023 tells it."""

    region: str
    name: str
    entry: EntryView
    is_baseline: bool


def calls(windows: Sequence[KnownWindow], scene: Scene) -> list[Call]:
    """Windows in words, in the order given."""
    return [
        Call(
            known.region,
            region_text(known.region, scene.words),
            entry_view(_entry(known, scene), scene),
            known.baseline,
        )
        for known in windows
    ]


def _entry(known: KnownWindow, scene: Scene) -> Entry:
    """The window as the thing to tell that it would be today."""
    window = known.window
    over = is_over(window, scene.now, scene.zone)
    kind = ChangeKind.WINDOW_CLOSED if over else ChangeKind.WINDOW_OPENED
    value = as_json(window)
    change = Change(
        kind=ChangeKind.WINDOW_CHANGED if known.cancelled else kind,
        region=known.region,
        source=known.source,
        detected_at=known.first_told_at or scene.now,
        title=known.title,
        url=known.url,
        relevant=True,
        before=value if known.cancelled else None,
        after=None if known.cancelled else value,
        evidence=Evidence(quote=window.quote or None, url=known.url, document=known.document),
        sure=window.sure,
        window=known.id,
    )
    return Entry(region=known.region, changes=(change,), reasons=(), weight=Weight.OPENED, sure=window.sure)
