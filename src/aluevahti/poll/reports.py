"""What a pass needs to know, and what it came to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from aluevahti.model import Change, PollOutcome, SourceState

WORKERS = 8
"""Sources asked at the same time; hosts are paced by the fetcher. Each costs a megabyte of memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a pass needs to know of the configuration."""

    timezone: str = "Europe/Helsinki"
    lookback: dt.timedelta = dt.timedelta(days=14)
    manual_review: bool = False
    workers: int = WORKERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one poll of one source came to."""

    source: str
    region: str
    state: SourceState
    changes: tuple[Change, ...] = ()
    error: str | None = None  # set where the check of this source failed
    requests: int = 0
    outcome: PollOutcome | None = None  # of a dry run; what was recorded is not kept, it may be a page's whole text


@dataclass(slots=True, kw_only=True)
class PassReport:
    """What one pass came to."""

    sources: list[SourceReport] = field(default_factory=list)
    clock_changes: tuple[Change, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes of the pass, those of the calendar last."""
        return (*(change for one in self.sources for change in one.changes), *self.clock_changes)

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that could not be read; a forbidden one is none of them."""
        return tuple(one for one in self.sources if one.error is not None)

    @property
    def requests(self) -> int:
        """How many requests the pass made, robots.txt not counted."""
        return sum(one.requests for one in self.sources)
