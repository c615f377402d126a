"""A small world for whole-program tests: a loopback site, a real database, a clock that is turned by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aluevahti.fetch import Fetcher
from aluevahti.model import Change, ChangeKind, Source
from aluevahti.poll import PassReport, Settings, run_pass
from aluevahti.storage import Store
from faultserver import Site

START = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)


@dataclass
class World:
    """Sources on one loopback site, polled at times that the test names."""

    folder: Path
    sources: list[Source] = field(default_factory=list)
    settings: Settings = field(default_factory=lambda: Settings(workers=4))
    now: dt.datetime = START
    site: Site = field(default_factory=Site)

    def __enter__(self) -> Self:
        self.site.__enter__()
        self.store = Store.open(f"sqlite:///{self.folder / 'state.db'}", now=self.now)
        self.fetcher = Fetcher(contact="testi@example.org", clock=lambda: self.now, version="0")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fetcher.close()
        self.store.close()
        self.site.__exit__(kind, error, trace)

    def add(self, platform: str, path: str, **fields: Any) -> Source:
        """Watch a page of the site."""
        given = {
            "id": f"s{len(self.sources) + 1}",
            "region": "kainuu",
            "platform": platform,
            "url": self.site.url(path),
            "every": dt.timedelta(hours=1),
            "min_interval_per_host": dt.timedelta(0),
            "timeout": dt.timedelta(seconds=5),
            "allow_private_addresses": True,
        }
        source = Source(**{**given, **fields})
        self.sources.append(source)
        return source

    def check(self, after: dt.timedelta = dt.timedelta(hours=1)) -> PassReport:
        """Let time pass, then poll every source once."""
        self.now += after
        self.store.sync_sources(self.sources, self.now)
        return run_pass(self.store, self.fetcher, self.sources, lambda: self.now, self.settings)

    def changes(self) -> Sequence[Change]:
        """Everything ever told."""
        return tuple(self.store.changes())


def kinds(report: PassReport) -> list[ChangeKind]:
    """What a pass told, in order."""
    return [change.kind for change in report.changes]
