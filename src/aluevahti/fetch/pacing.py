"""Politeness towards a site: who may ask next, and when. Waits, but never for a byte of the network."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

UNPACED_IN_FLIGHT = 8
"""Requests to one host at the same time where no pause is kept between them."""


class Lane:
    """The way to one site: first come, first served.

    With an interval, one request at a time and that many seconds between two starts; without one,
    up to eight at a time and no waiting.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Condition] = deque()  # one for each waiting thread; only the first is woken
        self._in_flight = 0
        self._started_at = float("-inf")

    @contextmanager
    def turn(self, interval: float) -> Iterator[None]:
        """Wait for a turn, hold it, and give it to the next one. `interval` is in seconds."""
        self._enter(interval)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1
                self._wake_first()

    def _enter(self, interval: float) -> None:
        ticket = threading.Condition(self._lock)
        with self._lock:
            self._queue.append(ticket)
            try:
                while (wait := self._wait(ticket, interval)) != 0:
                    ticket.wait(wait)
                self._in_flight += 1
                self._started_at = time.monotonic()
            finally:
                self._queue.remove(ticket)
                self._wake_first()

    def _wake_first(self) -> None:
        if self._queue:
            self._queue[0].notify()

    def _wait(self, ticket: threading.Condition, interval: float) -> float | None:
        """Seconds until this ticket's turn; None: until something changes."""
        limit = 1 if interval > 0 else UNPACED_IN_FLIGHT
        if self._queue[0] is not ticket or self._in_flight >= limit:
            return None
        return max(0.0, self._started_at + interval - time.monotonic()) if interval > 0 else 0


class Lanes:
    """All lanes, by the name of the site."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def lane(self, site: str) -> Lane:
        """The one lane to this site."""
        with self._lock:
            return self._lanes.setdefault(site, Lane())
