"""One SQLite file: how it is connected to, read and written. Knows no table.

Two ways in. Writing: one connection, one transaction at a time, across threads and processes.
Reading: as many connections as there are readers; they never write and never checkpoint, because
checkpoints from two connections at once can lose pages in SQLite 3.7.0 to 3.51.2 (the WAL-reset
bug), and those versions are still what distributions ship.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from aluevahti.errors import Locked, StorageError
from aluevahti.storage.failures import translated
from aluevahti.storage.locks import Turn, locked

BUSY_WAIT: Final = dt.timedelta(seconds=10)
"""How long a writer waits for another one before it gives up."""

_ALWAYS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
_WRITER: Final = (
    "PRAGMA synchronous = FULL",  # NORMAL may lose the last commits when the power fails
    "PRAGMA journal_size_limit = 67108864",
)
_READER: Final = ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0")


def path_of(url: str) -> Path | None:
    """The file that a database URL names; None for a database in memory (`sqlite://`).

    Raises:
        StorageError: the URL is no URL, or not one of SQLite.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"'{url}' is not a database URL; expected sqlite:///state.db") from error
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise StorageError(
            f"this version keeps its state in SQLite; '{parsed.drivername}' is not supported: use sqlite:///state.db"
        )
    if parsed.query or parsed.host:
        raise StorageError(f"a SQLite URL here is sqlite:/// and a path, nothing more: '{url}'")
    return None if parsed.database in {None, "", ":memory:"} else Path(parsed.database or "")


def connect(path: Path | None, wait: dt.timedelta, *, writer: bool) -> sqlite3.Connection:
    """A bare connection with all our settings on; transactions are begun by hand."""
    connection = sqlite3.connect(
        path or ":memory:", timeout=wait.total_seconds(), isolation_level=None, check_same_thread=False
    )
    if writer and path is not None:
        _require_wal(connection, path)
    for pragma in (*_ALWAYS, *(_WRITER if writer else _READER)):
        connection.execute(pragma).close()
    return connection


def _require_wal(connection: sqlite3.Connection, path: Path) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StorageError(f"{path} lies where SQLite cannot keep a write-ahead log (a network drive?)")


def make_engine(path: Path | None, wait: dt.timedelta, *, writer: bool) -> Engine:
    """An engine whose every transaction begins as the role wants it."""
    pool = StaticPool if path is None else QueuePool
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, wait, writer=writer), poolclass=pool, hide_parameters=True
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        cursor = connection.connection.cursor()  # a statement of our own words needs no one to read it first
        cursor.execute(begin)
        cursor.close()

    return engine


class Database:
    """The two ways into one file; what the parts of the store build on."""

    def __init__(self, path: Path | None, wait: dt.timedelta = BUSY_WAIT) -> None:
        """Connects lazily. `wait`: how long a write waits for other writers."""
        self.path = path
        self.wait = wait
        self._closed = False
        with translated():
            self._turn = Turn(None if path is None else self._beside("lock"), wait)
        self._writer = make_engine(path, wait, writer=True)
        self._reader = self._writer if path is None else make_engine(path, wait, writer=False)

    def _beside(self, ending: str) -> Path:
        assert self.path is not None
        return self.path.with_name(f"{self.path.name}.{ending}")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One view of the state, unmoved by what is written meanwhile. Never left open across a yield."""
        self._must_be_open()
        shared = self._turn.taken() if self.path is None else nullcontext()
        with translated(), shared, self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        self._must_be_open()
        with translated(), self._turn.taken(), self._writer.begin() as connection:
            yield connection

    def _empty_wal(self) -> None:
        """Move everything from the WAL into the file, and cut the WAL to nothing.

        Raises:
            Locked: a reader holds on to it longer than we wait.
        """
        self._must_be_open()
        with translated(), self._turn.taken(), closing(self._writer.raw_connection()) as pooled:
            busy = pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise Locked("a reader keeps the write-ahead log from being emptied")

    @contextmanager
    def exclusive(self, name: str, timeout: dt.timedelta = dt.timedelta(0)) -> Iterator[None]:
        """Be the only one who does `name` ("run", "pass") with this database, among all processes.

        Args:
            name: a word that may stand in a file name.
            timeout: how long to wait for the present holder; zero: not at all.

        Raises:
            Locked: somebody else does it.
        """
        if self.path is None:
            yield
            return
        with locked(self._beside(f"{name}.lock"), timeout):
            yield

    def _must_be_open(self) -> None:
        if self._closed:
            raise StorageError("the database was closed")

    def close(self) -> None:
        """Let go of the file; the last one to do so also empties the WAL. May be called again."""
        if self._closed:
            return
        self._closed = True
        with translated():
            self._reader.dispose()
            self._writer.dispose()
        self._turn.close()
