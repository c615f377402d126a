"""How a source stands after an attempt at it: its health, what of that is told, and when it is asked next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, KnownDocument, Source, SourceHealth, SourceState
from aluevahti.poll.answers import Gathered, Trouble
from aluevahti.poll.believing import face_of
from aluevahti.poll.ground import Verdict, lookback_from
from aluevahti.poll.reports import Settings
from aluevahti.rules import cadence, health, silence

BACKLOG_IN = dt.timedelta(minutes=5)
"""A source with documents still to be read is asked again this soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a source's health is judged on.

    Attributes:
        before: the source's health before the attempt.
        now: the moment of the attempt (aware).
        known: every document known of the source, where they were read.
    """

    source: Source
    before: SourceHealth
    now: dt.datetime
    settings: Settings
    known: Sequence[KnownDocument] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The operator's zone."""
        return ZoneInfo(self.settings.timezone)

    def after(self, gathered: Gathered, verdict: Verdict) -> health.Turn:
        """The health after a poll, and what is told of it."""
        turn = self._turn(gathered, verdict)
        return health.Turn(self._completed(gathered, verdict, turn.health), turn.changes)

    def after_crash(self, error: str) -> health.Turn:
        """The same after a fault of ours: it is told of like any other trouble."""
        turn = health.after_trouble(self.before, self.source, self.now, error=error, silent=False, at_once=False)
        due = cadence.next_poll_at(
            self.source, self.now, timezone=self.settings.timezone, bad_checks=turn.health.bad_checks
        )
        return health.Turn(replace(turn.health, next_poll_at=due), turn.changes)

    def _turn(self, gathered: Gathered, verdict: Verdict) -> health.Turn:
        now, source = self.now, self.source
        if verdict.suspicion is not None:
            turn = health.after_trouble(
                self.before, source, now, error=f"{verdict.suspicion} ({source.url})", silent=True, at_once=True
            )
            marked = replace(turn.health, quarantine=verdict.mark, quarantine_count=verdict.quarantine_count)
            return health.Turn(marked, turn.changes)
        trouble = _worst(gathered)
        before = self.before
        over: tuple[Change, ...] = ()
        if trouble is None or self._is_back(gathered):
            fresh = any(change.kind is ChangeKind.DOCUMENT_NEW for change in verdict.changes)
            turn = health.after_good(self.before, source, now, quiet=self._quiet(), fresh=fresh)
            if trouble is None:
                return turn
            before, over = turn.health, turn.changes
        if trouble.forbidden:
            return health.after_forbidden(before, source, now, error=trouble.error)
        turn = health.after_trouble(
            before, source, now, error=trouble.error, silent=trouble.silent, at_once=trouble.at_once
        )
        return health.Turn(turn.health, (*over, *turn.changes))

    def _is_back(self, gathered: Gathered) -> bool:
        """Whether a list that could not be read is read again; a page that fails beside it is a trouble of its own."""
        told = self.before.told_state is not None and self.before.bad_checks > 0
        return told and not self.before.backlog and gathered.looked and not gathered.troubles

    def _quiet(self) -> str | None:
        """Why the source is quiet for too long; looked at once a day, when its documents are at hand."""
        today = self.now.astimezone(self.zone).date()
        if not self.known or self.before.checked_on == today:
            return None
        quiet = silence.too_quiet(silence.history_of(self.known), today)
        return None if quiet is None else f"{quiet} ({self.source.url})"

    def _completed(self, gathered: Gathered, verdict: Verdict, state: SourceHealth) -> SourceHealth:
        now = self.now
        sound = gathered.looked and verdict.suspicion is None
        if self.before.lookback_from is None:
            state = replace(state, lookback_from=lookback_from(state, now, self.settings.lookback, self.zone))
        if sound:
            state = replace(state, usual_items=gathered.listed, skeleton=face_of(gathered), backlog=verdict.backlog)
            waits = any(not trouble.lasting for trouble in gathered.troubles) and state.bad_checks < health.PATIENCE
            if state.first_read_at is None and not verdict.backlog and not waits:
                state = replace(state, first_read_at=now)
        if state.bad_checks == 0 and state.state is SourceState.OK and not state.backlog:
            state = replace(state, checked_on=now.astimezone(self.zone).date())
        if verdict.changes:
            state = replace(state, last_change_at=now)
        return replace(state, next_poll_at=self._next_poll_at(state, gathered))

    def _next_poll_at(self, state: SourceHealth, gathered: Gathered) -> dt.datetime:
        if state.state is SourceState.FORBIDDEN:
            return self.now + cadence.LONGEST
        retry_at = max((trouble.retry_at for trouble in gathered.troubles if trouble.retry_at), default=None)
        due = cadence.next_poll_at(
            self.source, self.now, timezone=self.settings.timezone, bad_checks=state.bad_checks, retry_at=retry_at
        )
        return min(due, self.now + BACKLOG_IN) if state.backlog and not state.bad_checks else due


def _worst(gathered: Gathered) -> Trouble | None:
    """The trouble that a source's state speaks of; a forbidden page beside readable ones is none."""
    troubles = list(gathered.troubles)
    troubles += [read.failed for read in gathered.reads if read.failed is not None and not read.failed.lasting]
    if gathered.looked or gathered.reads:
        troubles = [trouble for trouble in troubles if not trouble.forbidden]
    if not troubles:
        return None
    return max(troubles, key=lambda trouble: (not trouble.forbidden, trouble.at_once, not trouble.silent))
