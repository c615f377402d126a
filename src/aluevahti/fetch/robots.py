"""What robots.txt allows (RFC 9309), remembered per origin. Reads rules; the asking is done by the caller."""

from __future__ import annotations

import datetime as dt
import math
import threading
from collections.abc import Callable, Mapping

from protego import Protego

from aluevahti.fetch.faults import Fault
from aluevahti.model import RobotsRecord

PRODUCT = "aluevahti"
BODY_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 asks for 500 KiB at least); what follows is cut off."""

FRESH = dt.timedelta(hours=24)
"""How long a robots.txt is believed (RFC 9309: 24 hours at most)."""

SERVES = dt.timedelta(days=30)  # a read one serves for so long while it cannot be read again
TROUBLE = dt.timedelta(minutes=1)  # that it could not be read is believed for so long
DELAY_CAP = 60.0


class Rules:
    """One robots.txt, ready to answer."""

    def __init__(self, record: RobotsRecord) -> None:
        self.record = record
        has_rules = record.status is not None and 200 <= record.status < 300
        self._parser = Protego.parse(record.body) if has_rules and record.body else None

    def allows(self, url: str) -> bool:
        """Whether our product token may ask for this address."""
        return self._parser is None or bool(self._parser.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Crawl-delay in seconds, at most 60; zero where none is given."""
        delay = self._parser.crawl_delay(PRODUCT) if self._parser else None
        return min(float(delay), DELAY_CAP) if delay and math.isfinite(delay) and delay > 0 else 0.0


class RobotsBook:
    """The robots.txt files known so far.

    Args:
        records: what an earlier run had read, by origin.
        clock: gives the time by which a record is fresh.
    """

    def __init__(self, records: Mapping[str, RobotsRecord], clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._rules = {record.origin: Rules(record) for record in records.values() if is_read(record)}
        self._trouble: dict[str, tuple[dt.datetime, Fault]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._new: dict[str, RobotsRecord] = {}
        self._lock = threading.Lock()

    def rules(self, origin: str, ask: Callable[[], RobotsRecord]) -> Rules:
        """The rules of an origin, asked for when they are older than a day.

        `ask` raises `Fault` when the file cannot be read. Then a record younger than 30 days serves,
        and without one the fault is raised: nothing may be asked of that origin.
        """
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            now = self._clock()
            known = self._rules.get(origin)
            if known and dt.timedelta(0) <= now - known.record.fetched_at < FRESH:
                return known
            try:
                return self._renew(origin, ask, now)
            except Fault:
                if known and dt.timedelta(0) <= now - known.record.fetched_at < SERVES:
                    return known
                raise

    def _renew(self, origin: str, ask: Callable[[], RobotsRecord], now: dt.datetime) -> Rules:
        """Ask, unless it was tried in vain a moment ago: ten sources of one host need not all wait."""
        if origin in self._trouble:
            since, fault = self._trouble[origin]
            if abs(now - since) < TROUBLE:
                raise fault.told(fault.detail)
        try:
            record = ask()
        except Fault as fault:
            self._trouble[origin] = (now, fault)
            raise
        self._trouble.pop(origin, None)
        rules = self._rules[origin] = Rules(record)
        with self._lock:
            self._new[origin] = record
        return rules

    def new_records(self) -> tuple[RobotsRecord, ...]:
        """What was read since the last call. A failed try is not among them: it would hide what was read before."""
        with self._lock:
            records = tuple(self._new.values())
            self._new.clear()
        return records


def is_read(record: RobotsRecord) -> bool:
    """Whether the record says what the host wants: a file, or that there is none (RFC 9309, 2.3.1.3)."""
    return record.status is not None and record.status < 500 and record.status != 429
