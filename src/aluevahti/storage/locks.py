"""Locks between processes: flock on files beside the database, let go by the kernel when a process dies.

The lock files stay where they are: removing one would let two processes lock two different files.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from aluevahti.errors import Locked
from aluevahti.storage.failures import translated

_PAUSE = 0.005  # seconds between two tries


def _take(descriptor: int, deadline: float, what: str) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Locked(f"another aluevahti is at work: {what}") from None
            time.sleep(_PAUSE)
        else:
            return


def _open(path: Path) -> int:
    with translated():
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def locked(path: Path, wait: dt.timedelta) -> Iterator[None]:
    """Hold the lock file `path`, waiting at most `wait` for it.

    Raises:
        Locked: another process (or another holder in this one) has it.
    """
    descriptor = _open(path)
    try:
        _take(descriptor, time.monotonic() + wait.total_seconds(), f"it holds {path.name}")
        yield
    finally:
        os.close(descriptor)  # and with it the lock


class Turn:
    """The writer's turn: one thread of one process at a time. The file stays open between turns."""

    def __init__(self, path: Path | None, wait: dt.timedelta) -> None:
        """Open the lock file; `path` None: there is no other process (a database in memory)."""
        self._wait = wait.total_seconds()
        self._threads = Lock()
        self._descriptor = -1 if path is None else _open(path)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises: Locked: nobody let go in time."""
        deadline = time.monotonic() + self._wait
        if not self._threads.acquire(timeout=self._wait):
            raise Locked("another thread is writing to the database")
        try:
            if self._descriptor >= 0:
                _take(self._descriptor, deadline, "it is writing to the database")
            yield
        finally:
            if self._descriptor >= 0:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self._threads.release()

    def close(self) -> None:
        """Let go of the lock's file. May be called again."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
