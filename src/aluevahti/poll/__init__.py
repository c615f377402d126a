"""Pipeline 1: from due sources to recorded outcomes. Only puts calls in order.

probe | gather            in worker threads, one source each
judge | health | record   here, one source after the other, one transaction each
clock events              what time alone does to the known windows
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import structlog

from aluevahti.errors import StorageError, Unstorable
from aluevahti.fetch import Fetcher
from aluevahti.model import (
    Change,
    HttpRecord,
    KnownDocument,
    PollOutcome,
    Source,
    SourceHealth,
)
from aluevahti.poll import indexing
from aluevahti.poll.answers import Gathered, Probe
from aluevahti.poll.asking import Asker, BrokenOffError
from aluevahti.poll.deciding import judge
from aluevahti.poll.gathering import gather
from aluevahti.poll.ground import Ground, Verdict, lookback_from
from aluevahti.poll.heap import share_one_heap
from aluevahti.poll.kindred import Kindred
from aluevahti.poll.line import Line
from aluevahti.poll.reports import PassReport, Settings, SourceReport
from aluevahti.poll.standing import Standing
from aluevahti.rules import closing, reread, status
from aluevahti.rules.health import Turn
from aluevahti.storage import Store

__all__ = ["PassReport", "Settings", "SourceReport", "run_pass"]

log = structlog.get_logger(__name__)

AHEAD = 2
"""How many sources per worker may wait with their pages in memory: this bounds it, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathering:
    """What a worker brought home; `gathered` is None where nothing had changed."""

    source: Source
    asker: Asker
    health: SourceHealth
    started_at: dt.datetime
    probe: Probe
    known: tuple[KnownDocument, ...] = ()
    gathered: Gathered | None = None


def run_pass(
    store: Store,
    fetcher: Fetcher,
    sources: Sequence[Source],
    clock: Callable[[], dt.datetime],
    settings: Settings,
    *,
    dry_run: bool = False,
    progress: Callable[[SourceReport], None] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> PassReport:
    """Poll `sources` once, record what came of each, then tell what the calendar brings.

    Args:
        store: the state; it must know the sources (`Store.sync_sources`).
        fetcher: the only way to the network.
        sources: what to poll, due or not; disabled ones are left out.
        clock: the time, aware.
        settings: of the configuration.
        dry_run: record nothing; the reports carry what would have been recorded.
        progress: called for each source when it is done.
        stopping: asked before each further source and each further request; true ends the pass early and
            cleanly: a source that is under way then is left as it was, and is still due.

    Raises:
        StorageError: the state could not be read or written; sources already done stay recorded.
    """
    report = PassReport()
    pass_ = _Pass(store, fetcher, clock, settings, dry_run=dry_run, stopping=stopping)
    share_one_heap()
    with ThreadPoolExecutor(max_workers=settings.workers, thread_name_prefix="poll") as workers:
        for one in pass_.run(workers, [source for source in sources if source.enabled]):
            report.sources.append(one)
            if progress is not None:
                progress(one)
    if not dry_run:
        store.record_robots(fetcher.new_robots())
        report.clock_changes = clock_events(store, clock(), settings)
    return report


def clock_events(store: Store, now: dt.datetime, settings: Settings) -> tuple[Change, ...]:
    """Record and return what time alone does to the known windows: closing soon, closed."""
    folded = closing.clock_events(store.windows(), now, zone=ZoneInfo(settings.timezone))
    if not folded.changes:
        return ()
    return store.record_events(folded.changes, folded.windows, now=now)


class _Pass:
    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        clock: Callable[[], dt.datetime],
        settings: Settings,
        *,
        dry_run: bool,
        stopping: Callable[[], bool],
    ) -> None:
        self.store = store
        self.fetcher = fetcher
        self.clock = clock
        self.settings = settings
        self.zone = ZoneInfo(settings.timezone)
        self.dry_run = dry_run
        self.stopping = stopping
        self.kindred = Kindred(store, clock())
        self.health = store.all_health()
        self.records: dict[str, dict[str, HttpRecord]] = {}  # of the sources that are still to be begun
        self.noted = False

    def run(self, workers: ThreadPoolExecutor, sources: Sequence[Source]) -> Iterator[SourceReport]:
        """Keep the workers busy with a bounded number of sources; yield each when it is recorded."""
        line = Line(sources)
        self.records = self.store.http_records(source.id for source in sources)
        running: dict[Future[_Gathering], Source] = {}
        ended: SimpleQueue[Future[_Gathering]] = SimpleQueue()

        def await_(future: Future[_Gathering], source: Source) -> None:
            running[future] = source
            future.add_done_callback(ended.put)

        while True:
            while len(running) < self.settings.workers * AHEAD and not self.stopping():
                source = line.next()
                if source is None:
                    break
                await_(self._begin(workers, source), source)
            if not running:
                return
            future = ended.get()
            source = running.pop(future)
            again = self._continue(workers, future, source)
            if isinstance(again, Future):
                await_(again, source)
                continue
            line.done(source)
            if again is not None:
                yield again

    def _begin(self, workers: ThreadPoolExecutor, source: Source) -> Future[_Gathering]:
        state = self.health.get(source.id, SourceHealth())
        asker = Asker(
            source=source,
            fetcher=self.fetcher,
            now=self.clock(),
            zone=self.zone,
            records=self.records.pop(source.id, {}),
            first=state.first_read_at is None,
            stopping=self.stopping,
        )
        return workers.submit(_probe, asker, state)

    def _continue(
        self, workers: ThreadPoolExecutor, future: Future[_Gathering], source: Source
    ) -> Future[_Gathering] | SourceReport | None:
        """A probe that found something goes on to be gathered; everything else is finished, or broken off."""
        try:
            brought = future.result()
            if brought.gathered is None and self._is_worth_reading(brought):
                known = self.store.known_documents(source.id)
                brought = replace(brought, known=known)
                if not brought.probe.is_unchanged or _has_due(known, brought.asker):
                    back = lookback_from(brought.health, brought.asker.now, self.settings.lookback, self.zone)
                    return workers.submit(_gather, brought, back)
            return self._finish(brought)
        except BrokenOffError:
            return None
        except Unstorable as error:
            log.exception("poll.unstorable", source_id=source.id)
            return self._crashed(source, str(error))
        except StorageError:
            raise
        except Exception as error:  # one source's bad day must not take the others with it
            log.exception("poll.crashed", source_id=source.id)
            line = f"aluevahti itself failed on this source: {type(error).__name__}: {error}"
            return self._crashed(source, line)

    def _is_worth_reading(self, brought: _Gathering) -> bool:
        if not brought.probe.is_unchanged:
            return bool(brought.probe.answers)
        return brought.health.checked_on != brought.asker.now.astimezone(self.zone).date()

    # --- finishing -------------------------------------------------------------------------------

    def _finish(self, brought: _Gathering) -> SourceReport:
        gathered = brought.gathered or Gathered(troubles=list(brought.probe.troubles))
        verdict = judge(gathered, self._ground(brought)) if gathered.reads or gathered.looked else Verdict()
        standing = Standing(
            source=brought.source,
            before=brought.health,
            now=brought.asker.now,
            settings=self.settings,
            known=brought.known,
        )
        return self._record(brought, verdict, standing.after(gathered, verdict))

    def _ground(self, brought: _Gathering) -> Ground:
        region = brought.source.region
        now = brought.asker.now
        return Ground(
            source=brought.source,
            health=brought.health,
            now=now,
            zone=self.zone,
            lookback=self.settings.lookback,
            known=brought.known,
            kin=lambda: self.kindred.of(region),
            documents=self.store.documents_of,
            withdrawals=lambda: self.store.withdrawals(region),
            text_of=self.store.text_of,
            texts_of=self.store.texts_of,
            status=self.store.status(region),
            windows=self.store.windows(region),
            manual_review=self.settings.manual_review,
            proposed=frozenset(
                status.proposal_mark(one.field, one.value.value)
                for one in (*self.store.proposals(), *self.store.refused(region, now - status.REFUSED_FOR))
                if one.region == region
            ),
        )

    def _record(self, brought: _Gathering, verdict: Verdict, turn: Turn) -> SourceReport:
        source, asker, state = brought.source, brought.asker, turn.health
        outcome = PollOutcome(
            source=source.id,
            region=source.region,
            started_at=brought.started_at,
            finished_at=self.clock(),
            health=state,
            requests=asker.requests,
            wire_bytes=asker.wire_bytes,
            http=verdict.http,
            snapshots=verdict.snapshots,
            documents=verdict.documents,
            status=verdict.status,
            windows=verdict.windows,
            changes=(*verdict.changes, *turn.changes),
        )
        changes = outcome.changes if self.dry_run else self.store.record_poll(outcome)
        if outcome.documents:
            self.kindred.wrote(source.region, source.id)
        self._note_lemmatiser(outcome)
        self.health[source.id] = state
        trouble = state.bad_checks > 0
        if trouble:
            log.warning("poll.trouble", source_id=source.id, error=state.error, bad_checks=state.bad_checks)
        return SourceReport(
            source=source.id,
            region=source.region,
            state=state.state,
            changes=changes,
            error=state.error if trouble else None,
            requests=asker.requests,
            outcome=outcome if self.dry_run else None,
        )

    def _note_lemmatiser(self, outcome: PollOutcome) -> None:
        """Remember once who makes the search index, so that another one's words can be told from it."""
        if self.noted or self.dry_run or all(document.lemmas is None for document in outcome.documents):
            return
        indexing.note(self.store)
        self.noted = True

    def _crashed(self, source: Source, line: str) -> SourceReport:
        """A fault of ours: the source's state tells of it like of any other trouble."""
        now = self.clock()
        before = self.health.get(source.id, SourceHealth())
        turn = Standing(source=source, before=before, now=now, settings=self.settings).after_crash(line)
        outcome = PollOutcome(
            source=source.id,
            region=source.region,
            started_at=now,
            finished_at=now,
            health=turn.health,
            changes=turn.changes,
        )
        changes = outcome.changes if self.dry_run else self.store.record_poll(outcome)
        self.health[source.id] = outcome.health
        return SourceReport(
            source=source.id,
            region=source.region,
            state=turn.health.state,
            changes=changes,
            error=line,
            outcome=outcome if self.dry_run else None,
        )


def _probe(asker: Asker, state: SourceHealth) -> _Gathering:
    probe = asker.probe(whole=state.backlog > 0 or state.first_read_at is None or state.quarantine is not None)
    return _Gathering(source=asker.source, asker=asker, health=state, started_at=asker.now, probe=probe)


def _gather(brought: _Gathering, back: dt.date) -> _Gathering:
    return replace(brought, gathered=gather(brought.asker, brought.probe, brought.known, back))


def _has_due(known: Sequence[KnownDocument], asker: Asker) -> bool:
    return any(one.document.detail is not None and reread.due_again(one, asker.now, zone=asker.zone) for one in known)
