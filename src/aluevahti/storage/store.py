"""The store: the only door to the database. Opens it, and writes what one attempt brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from sqlalchemy import Connection

from aluevahti.errors import StorageError, Unstorable
from aluevahti.model import Change, KnownWindow, PollOutcome, StatusUpdate
from aluevahti.storage import schema
from aluevahti.storage.care import Care
from aluevahti.storage.changes import Changes, record_changes
from aluevahti.storage.database import BUSY_WAIT, path_of
from aluevahti.storage.documents import Documents, record_documents
from aluevahti.storage.failures import refused_value
from aluevahti.storage.forgetting import Forgetting
from aluevahti.storage.outbox import Outbox
from aluevahti.storage.references import References, addresses
from aluevahti.storage.snapshots import Snapshots, record_snapshots
from aluevahti.storage.sources import Sources, record_attempt
from aluevahti.storage.status import Status, record_status
from aluevahti.storage.subscribers import Subscribers
from aluevahti.storage.windows import Windows, record_windows

Baseline = Callable[[], Iterable[StatusUpdate]]


class Store(Sources, Snapshots, Documents, Status, Windows, Changes, Subscribers, Outbox, Care, Forgetting):
    """All that aluevahti remembers, in one SQLite file.

    Takes and returns values of the model only. Every writing method is one transaction. Times are
    aware (naive ones are refused) and come back in UTC. Whatever the database throws leaves as
    StorageError. May be used from several threads, and by several processes at once.
    """

    @classmethod
    def open(cls, url: str, *, now: dt.datetime, baseline: Baseline = tuple, wait: dt.timedelta = BUSY_WAIT) -> Self:
        """Open the database; make it, baseline included, where there is none; upgrade an older one.

        Args:
            url: `sqlite:///path`, or `sqlite://` for one in memory.
            now: the present, for what is written on the way.
            baseline: asked only when the database is made; what is known before the first poll.
            wait: how long a write waits for other writers.

        Raises:
            DatabaseNewer: written by a newer version; it was not touched.
            StorageError: no SQLite URL, not our database, no such folder, or it failed.
        """
        path = path_of(url)
        if path is not None:
            schema.prepare(path, now=now, wait=wait)
        store = cls(path, wait)
        try:
            store._create_if_empty(now, baseline)
        except BaseException:
            store.close()
            raise
        return store

    def _create_if_empty(self, now: dt.datetime, baseline: Baseline) -> None:
        with self._reading() as connection:
            if _has_schema(connection):
                return
        with self._writing() as connection:
            if _has_schema(connection):
                return
            schema.create(connection)
            record_status(connection, baseline(), References(connection=connection), now)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # --- writing what happened -------------------------------------------------------------------

    def record_poll(self, outcome: PollOutcome) -> tuple[Change, ...]:
        """Write everything that one attempt at one source brought, whatever it was: all of it or nothing.

        Returns:
            The outcome's changes, with their ids and what they refer to filled in.

        Raises:
            Unstorable: the database is well, but not everything that was brought can be written; nothing was.
            StorageError: nothing was written.
        """
        try:
            with self._writing() as connection:
                return _record(connection, outcome)
        except StorageError as error:
            refused = refused_value(error)
            if refused is None:
                raise
            raise Unstorable(f"what {outcome.source} brought cannot be stored: {refused}") from error

    def record_events(
        self,
        changes: Sequence[Change],
        windows: Sequence[KnownWindow] = (),
        status: Sequence[StatusUpdate] = (),
        *,
        now: dt.datetime,
    ) -> tuple[Change, ...]:
        """Write what the clock brought (a window closes soon, or has closed): all of it or nothing.

        Returns:
            The changes with their ids.
        """
        with self._writing() as connection:
            return _record_told(connection, References(connection=connection), changes, windows, status, now)


def _has_schema(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one())


def _record(connection: Connection, outcome: PollOutcome) -> tuple[Change, ...]:
    record_attempt(connection, outcome)
    snapshots = record_snapshots(connection, outcome.snapshots)
    by_hash = {snapshot.sha256: id_ for snapshot, id_ in zip(outcome.snapshots, snapshots, strict=True)}
    documents = record_documents(connection, outcome, by_hash) if outcome.documents else {}
    references = References(
        connection=connection,
        source=outcome.source,
        documents=addresses(outcome.documents, documents),
        snapshots={snapshot.url: id_ for snapshot, id_ in zip(outcome.snapshots, snapshots, strict=True)},
    )
    return _record_told(connection, references, outcome.changes, outcome.windows, outcome.status, outcome.finished_at)


def _record_told(
    connection: Connection,
    references: References,
    changes: Sequence[Change],
    windows: Sequence[KnownWindow],
    status: Sequence[StatusUpdate],
    now: dt.datetime,
) -> tuple[Change, ...]:
    references.windows = record_windows(connection, windows, references)
    record_status(connection, status, references, now)
    return record_changes(connection, changes, references)
