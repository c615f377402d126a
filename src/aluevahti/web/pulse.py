"""The heartbeat of the service: what its ticks are doing, for /healthz.

Written by the ticks, read by the web site. Spans are measured by a clock that nobody can set.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

STUCK_AFTER = 3600.0
"""Seconds without any sign of progress that make a tick count as stuck: one slow site alone may take long."""

MISSED_AFTER = 300.0
"""Seconds after which a tick that should come every few has stopped coming."""


NO_PASS_FOR = 3 * 3600.0
"""Seconds without a pass over the sources that ended well, whatever the reason, that nobody should miss."""


@dataclass(slots=True)
class _Tick:
    """One tick; `seen` is when it last showed that it goes on, in seconds of the timer."""

    seen: float
    running: bool = False
    frequent: bool = True
    error: str | None = None
    failures: int = 0


@dataclass(slots=True)
class Pulse:
    """The signs of life of every tick.

    Attributes:
        timer: seconds on a clock that only goes forward.
        last_pass_at: when a pass over the sources last ended well (aware); None: not yet.
        notes: remarks by name (`note`); replaced, never changed in place.
    """

    timer: Callable[[], float] = time.monotonic
    last_pass_at: dt.datetime | None = None
    notes: dict[str, str] = field(default_factory=dict)
    _passed: float = 0.0
    _ticks: dict[str, _Tick] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._passed = self.timer()

    def passed(self, at: dt.datetime) -> None:
        """A pass over the sources that were due, be they none, ended well at `at` (aware)."""
        with self._lock:
            self.last_pass_at, self._passed = at, self.timer()

    def expect(self, name: str, *, frequent: bool = True) -> None:
        """Say that a tick of this name will come; `frequent`: every few seconds, so that its absence shows."""
        with self._lock:
            self._ticks[name] = _Tick(self.timer(), frequent=frequent)

    def began(self, name: str) -> None:
        """The tick has started."""
        with self._lock:
            tick = self._ticks.setdefault(name, _Tick(0.0))
            tick.running, tick.seen = True, self.timer()

    def beat(self, name: str) -> None:
        """The tick goes on."""
        with self._lock:
            if name in self._ticks:
                self._ticks[name].seen = self.timer()

    def ended(self, name: str, error: str | None = None) -> None:
        """The tick is over; `error` says in words fit for everybody what went wrong, None: nothing."""
        with self._lock:
            tick = self._ticks[name]
            tick.running, tick.seen, tick.error = False, self.timer(), error
            tick.failures = 0 if error is None else tick.failures + 1

    def note(self, name: str, text: str | None) -> None:
        """Keep a remark that does not keep the service from working, in words fit for everybody; None: it is over."""
        with self._lock:
            self.notes = {key: value for key, value in self.notes.items() if key != name}
            if text is not None:
                self.notes[name] = text

    def running(self) -> tuple[str, ...]:
        """The ticks that are under way."""
        with self._lock:
            return tuple(name for name, tick in self._ticks.items() if tick.running)

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the service itself, in words; nothing is well."""
        now = self.timer()
        with self._lock:
            found = [_problem(name, tick, now) for name, tick in self._ticks.items()]
            idle = now - self._passed
        if idle > NO_PASS_FOR:
            found.append(f"no pass over the sources has ended well for {idle / 3600:.0f} hours")
        return tuple(problem for problem in found if problem is not None)


def _problem(name: str, tick: _Tick, now: float) -> str | None:
    silence = now - tick.seen
    if tick.running and silence > STUCK_AFTER:
        return f"{name} is stuck: no sign of progress for {silence / 60:.0f} minutes"
    if not tick.running and tick.frequent and silence > MISSED_AFTER:
        return f"{name} has stopped: it last ran {silence / 60:.0f} minutes ago"
    if tick.error is not None:
        return f"{name} fails: {tick.error}" + (f" ({tick.failures} times in a row)" if tick.failures > 1 else "")
    return None
