"""What a service notices between two ticks: an edited file, a clock that was set, and what it has said already."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aluevahti.compose import real_clock

AGAIN: Final = 600.0
"""Seconds after which a trouble that goes on is said again."""


@dataclass(slots=True)
class WatchedFile:
    """A file that is looked at again and again; a change counts once it has stood still between two looks."""

    path: Path
    _seen: tuple[int, ...] | None = field(init=False)
    _settling: tuple[int, ...] | None = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._settling = self._stamp()

    def has_changed(self) -> bool:
        """Whether the file is another one than at the last time that this was true; a half-written one is not yet."""
        stamp = self._stamp()
        settled, self._settling = stamp == self._settling, stamp
        if stamp == self._seen or not settled:
            return False
        self._seen = stamp
        return True

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(slots=True)
class Said:
    """Keeps what goes on for long from being said at every tick."""

    _last: dict[str, tuple[str, float]] = field(default_factory=dict)

    def is_news(self, about: str, text: str) -> bool:
        """Whether to say it: it is something else than the last time, or that is a while ago."""
        known, at = self._last.get(about, ("", 0.0))
        now = time.monotonic()
        if known == text and now - at < AGAIN:
            return False
        self._last[about] = (text, now)
        return True

    def is_over(self, about: str) -> None:
        """It no longer goes on."""
        self._last.pop(about, None)


class ClockWatch:
    """Tells when the wall clock was set, by a clock that nobody can set."""

    def __init__(
        self, wall: Callable[[], dt.datetime] = real_clock, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._timer = timer
        self._last = (wall(), timer())

    def jump(self) -> dt.timedelta:
        """How far the clock was set forward (or back: negative) since the last call; near zero: it was not."""
        before, self._last = self._last, (self._wall(), self._timer())
        return (self._last[0] - before[0]) - dt.timedelta(seconds=self._last[1] - before[1])
