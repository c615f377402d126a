"""What the situation report is made from: the state at one moment, and what stood before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from aluevahti.model import (
    Change,
    ChangeKind,
    Json,
    KnownWindow,
    PastValue,
    Proposal,
    Source,
    SourceHealth,
    StatusState,
    StatusValue,
)

Statuses = Mapping[str, Mapping[str, StatusValue]]
"""Region -> field -> the value that stands."""

History = Mapping[str, Mapping[str, Sequence[PastValue]]]
"""Region -> field -> what stood before, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The state at one moment; the report is a function of this and the language alone.

    Attributes:
        as_of: the moment (aware) that the report tells of; windows are open or closed then.
        zone: the zone in which days are told.
        statuses: every region's fields.
        history: what stood before.
        windows: the known application windows.
        proposals: values that wait for a person.
        national: the national counts (`rules.national`).
        sources: what is followed.
        health: how each source is doing, by id.
        since: what changed at this moment (aware) or later is marked; None: nothing is.
        changes: what was told since then.
    """

    as_of: dt.datetime
    zone: ZoneInfo
    statuses: Statuses
    history: History = field(default_factory=dict)
    windows: Sequence[KnownWindow] = ()
    proposals: Sequence[Proposal] = ()
    national: Mapping[str, Json] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    health: Mapping[str, SourceHealth] = field(default_factory=dict)
    since: dt.datetime | None = None
    changes: Sequence[Change] = ()

    @property
    def today(self) -> dt.date:
        """The day of the report in its zone."""
        return self.as_of.astimezone(self.zone).date()


def newest_moment(
    statuses: Statuses,
    history: History,
    health: Mapping[str, SourceHealth],
    changes: Iterable[Change],
    zone: ZoneInfo,
) -> dt.datetime | None:
    """The latest moment that a state knows of: the report of a state that stands still stays the same.

    Args:
        statuses: the fields as they stand; a value that is true as of a day counts from that day's beginning.
        history: when values were replaced.
        health: when sources were last asked.
        changes: the newest changes, or all.
        zone: the zone of days.

    Returns:
        The moment (aware), or None for a state without anything in it.
    """
    moments = [one.last_attempt_at for one in health.values() if one.last_attempt_at is not None]
    moments += [one.detected_at for one in changes]
    for fields in history.values():
        moments += [past.replaced_at for values in fields.values() for past in values]
    days = [value.as_of for fields in statuses.values() for value in fields.values() if value.as_of is not None]
    moments += [dt.datetime.combine(day, dt.time(), zone) for day in days]
    return max(moments, default=None)


class Mark(StrEnum):
    """What happened to a value or a window since the day that was asked for."""

    NONE = ""
    NEW = "new"  # nothing was known before
    CHANGED = "changed"
    CONFIRMED = "confirmed"  # the same as the report of January 2023, and now read in a document
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Before:
    """What a value was on the day that was asked for; `mark` says what happened to it since."""

    mark: Mark
    value: StatusValue | None = None


def what_stood(value: StatusValue, past: Sequence[PastValue], since: dt.datetime | None) -> Before:
    """What happened to a value since a moment; nothing where no moment is given."""
    replaced = [one.value for one in past if since is not None and one.replaced_at >= since]
    if not replaced:
        return Before(Mark.NONE)
    old = replaced[0]
    if old.value == value.value:
        was_baseline = old.state is StatusState.BASELINE and value.state is not StatusState.BASELINE
        return Before(Mark.CONFIRMED, old) if was_baseline else Before(Mark.NONE)
    return Before(Mark.NEW if old.value is None else Mark.CHANGED, old)


def what_happened(window: KnownWindow, situation: Situation) -> Mark:
    """What was told of a window since the day that was asked for."""
    since = situation.since
    if since is None:
        return Mark.NONE
    if window.first_told_at is not None and window.first_told_at >= since:
        return Mark.NEW
    kinds = {change.kind for change in situation.changes if window.id is not None and change.window == window.id}
    if ChangeKind.WINDOW_CHANGED in kinds:
        return Mark.CHANGED
    return Mark.CLOSED if ChangeKind.WINDOW_CLOSED in kinds else Mark.NONE


def baseline_value(value: StatusValue, past: Sequence[PastValue]) -> Json:
    """What the report of January 2023 said of a field that has been read since; None: nothing, or it still stands."""
    if value.state is StatusState.BASELINE:
        return None
    return next((one.value.value for one in past if one.value.state is StatusState.BASELINE), None)
