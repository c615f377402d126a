"""The recorded history run through the rules of today, in memory: what would have been told.

Each poll is judged by the very code that judges live ones; only the network and the database are left out.
What depends on them is not replayed: trouble with sources, documents that were removed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from zoneinfo import ZoneInfo

from aluevahti.model import (
    CallChange,
    Change,
    ChangeKind,
    DocumentUpdate,
    KnownDocument,
    KnownWindow,
    Source,
    SourceHealth,
    StatusState,
    StatusUpdate,
    StatusValue,
)
from aluevahti.poll.answers import Gathered, Read
from aluevahti.poll.deciding import judge
from aluevahti.poll.ground import RELATIVES_FOR, Ground, Verdict
from aluevahti.poll.recorded import History, Sighting
from aluevahti.rules import closing, status
from aluevahti.rules.kin import Kin

CLOCK = frozenset({ChangeKind.WINDOW_CLOSING, ChangeKind.WINDOW_CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What of the configuration decides how a poll is judged."""

    zone: ZoneInfo
    lookback: dt.timedelta
    manual_review: bool = False


@dataclass(slots=True)
class Replayed:
    """The state as it would be, and everything that would have been told."""

    known: dict[int, KnownDocument] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    marks: dict[int, list[tuple[dt.datetime, str]]] = field(default_factory=dict)  # of all its texts, oldest first
    status: dict[str, dict[str, StatusValue]] = field(default_factory=dict)
    windows: list[KnownWindow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    proposed: set[tuple[str, tuple[str, str]]] = field(default_factory=set)


def replay(
    history: History,
    sources: Sequence[Source],
    baseline: Iterable[StatusUpdate],
    rules: Rules,
    until: dt.datetime,
) -> Replayed:
    """Run a history through today's rules.

    Args:
        history: what happened.
        sources: the configuration's sources.
        baseline: what was known before the first poll.
        rules: of the configuration.
        until: the moment (aware) up to which the calendar goes on.
    """
    return _Replay(history, sources, baseline, rules).run(until)


class _Replay:
    def __init__(
        self, history: History, sources: Sequence[Source], baseline: Iterable[StatusUpdate], rules: Rules
    ) -> None:
        self.history, self.rules = history, rules
        self.sources = {source.id: source for source in sources}
        self.state = Replayed()
        self.kin: defaultdict[str, Kin] = defaultdict(Kin)
        statuses: defaultdict[str, dict[str, StatusValue]] = defaultdict(dict)
        for update in baseline:
            statuses[update.region][update.field] = update.value
        self.state.status = dict(statuses)

    def run(self, until: dt.datetime) -> Replayed:
        """Judge poll after poll, and let the calendar speak when it spoke then, or at the end of a day."""
        ticks = self._ticks(until)
        tick = next(ticks, None)
        for (at, source), sightings in groupby(self.history.sightings, key=lambda one: (one.at, one.source)):
            while tick is not None and tick < at:
                self._tick(tick)
                tick = next(ticks, None)
            self._poll(self.sources[source], list(sightings), at)
        while tick is not None:
            self._tick(tick)
            tick = next(ticks, None)
        return self.state

    # --- the calendar ----------------------------------------------------------------------------

    def _ticks(self, until: dt.datetime) -> Iterator[dt.datetime]:
        begin = min((one.at for one in self.history.sightings), default=until)
        told = {one.detected_at for one in self.history.changes if one.kind in CLOCK}
        yield from sorted({*told, *self._ends_of_days(begin, until)})

    def _ends_of_days(self, begin: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
        day = begin.astimezone(self.rules.zone).date()
        while (end := dt.datetime.combine(day, dt.time.max, self.rules.zone)) <= until:
            yield end.astimezone(dt.UTC)
            day += dt.timedelta(days=1)

    def _tick(self, now: dt.datetime) -> None:
        folded = closing.clock_events(self.state.windows, now, zone=self.rules.zone)
        self._keep_windows(folded.windows)
        self.state.changes += folded.changes

    # --- a poll ----------------------------------------------------------------------------------

    def _poll(self, source: Source, sightings: Sequence[Sighting], now: dt.datetime) -> None:
        # of one day's documents the last of a list is judged first: so they came to be recorded, and so again here
        reads = [Read(document=one.document, known=self.state.known.get(one.row)) for one in reversed(sightings)]
        rows = {one.document.key: one.row for one in sightings}
        verdict = judge(Gathered(reads=reads, complete=False), self._ground(source, sightings[0], now))
        for update in verdict.documents:
            self._keep(source, update, rows[update.known.key], rows, now)
        self._keep_windows(self._with_rows(one, rows) for one in verdict.windows)
        self._keep_status(verdict)
        self.state.changes += [self._told(change, rows) for change in verdict.changes]

    def _ground(self, source: Source, sighting: Sighting, now: dt.datetime) -> Ground:
        recorded = self.history.health.get(source.id, SourceHealth())
        health = SourceHealth(
            first_read_at=None if sighting.first else recorded.first_read_at, lookback_from=recorded.lookback_from
        )
        region = source.region
        return Ground(
            source=source,
            health=health,
            now=now,
            zone=self.rules.zone,
            lookback=self.rules.lookback,
            known=[one for one in self.state.known.values() if one.source == source.id],
            kin=lambda: self.kin[region],
            documents=lambda ids: self._seen_lately(ids, now),
            withdrawals=lambda: [one for one in self.state.known.values() if one.region == region and _withdraws(one)],
            text_of=self.state.texts.get,
            texts_of=lambda row: self.state.marks.get(row, ()),
            status=self.state.status.get(region, {}),
            windows=[one for one in self.state.windows if one.region == region],
            manual_review=self.rules.manual_review,
            proposed=frozenset(mark for place, mark in self.state.proposed if place == region),
        )

    def _seen_lately(self, ids: Iterable[int], now: dt.datetime) -> list[KnownDocument]:
        return [self.state.known[id_] for id_ in ids if self.history.rows[id_].last_seen_at >= now - RELATIVES_FOR]

    # --- what is kept ----------------------------------------------------------------------------

    def _keep(
        self, source: Source, update: DocumentUpdate, row: int, rows: Mapping[str, int], now: dt.datetime
    ) -> None:
        old = self.state.known.get(row)
        twin = rows.get(update.twin_key) if update.twin_key is not None else update.twin_of
        self.state.known[row] = KnownDocument(
            id=row,
            source=source.id,
            region=source.region,
            document=update.known,
            first_seen_at=old.first_seen_at if old else now,
            last_seen_at=now,
            read_at=now if update.read else old.read_at if old else None,
            text_sha256=update.text_sha256 or (old.text_sha256 if old else None),
            position=update.position,
            silent=update.silent,
            twin_of=twin,
            reading=update.reading or (old.reading if old else None),
        )
        self.kin[source.region].add(self.state.known[row])
        if update.text is not None:
            self.state.texts[row] = update.text
            self.state.marks.setdefault(row, []).append((now, update.text_sha256 or ""))

    def _keep_windows(self, told: Iterable[KnownWindow]) -> None:
        for one in told:
            if one.id is None:
                self.state.windows.append(replace(one, id=len(self.state.windows) + 1))
            else:
                self.state.windows[one.id - 1] = one

    def _with_rows(self, window: KnownWindow, rows: Mapping[str, int]) -> KnownWindow:
        if window.document is None and window.document_key is not None:
            return replace(window, document=rows.get(window.document_key))
        return window

    def _keep_status(self, verdict: Verdict) -> None:
        for update in verdict.status:
            if update.proposal:
                self.state.proposed.add((update.region, status.proposal_mark(update.field, update.value.value)))
            else:
                self.state.status.setdefault(update.region, {})[update.field] = update.value

    def _told(self, change: Change, rows: Mapping[str, int]) -> Change:
        if change.document is None and change.document_key is not None:
            return replace(change, document=rows.get(change.document_key))
        return change


def is_a_persons(value: StatusValue | None) -> bool:
    """Whether a person said what stands: no rule decides that."""
    return value is not None and (value.locked or value.state is StatusState.CONFIRMED)


def _withdraws(known: KnownDocument) -> bool:
    return known.reading is not None and known.reading.change is CallChange.CANCELLED
