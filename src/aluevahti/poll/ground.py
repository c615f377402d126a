"""What a poll is judged on, and what it comes to: the values before and after deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aluevahti.model import (
    Change,
    DocumentUpdate,
    HttpRecord,
    KnownDocument,
    KnownWindow,
    Snapshot,
    Source,
    SourceHealth,
    StatusUpdate,
    StatusValue,
)
from aluevahti.rules.kin import Kin

RELATIVES_FOR = dt.timedelta(days=45)
"""How far back other documents of a region are looked at for telling the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the state knows before a poll is judged.

    Attributes:
        known: every document known of the source.
        kin: gives the index of the documents seen lately on all sources of the region.
        documents: gives known documents by their row ids, in that order.
        text_of: the newest text of a document by its row id; None where it has none.
        withdrawals: gives the region's documents, of all its sources, by which a call was withdrawn.
        texts_of: when each text of a document came, and its hash, oldest first, by its row id.
        status: the region's status, field by field.
        windows: the region's windows.
        proposed: what of the region's status waits for a person, or was rejected lately (`status.proposal_mark`).
    """

    source: Source
    health: SourceHealth
    now: dt.datetime
    zone: ZoneInfo
    lookback: dt.timedelta
    known: Sequence[KnownDocument]
    kin: Callable[[], Kin]
    documents: Callable[[Collection[int]], Sequence[KnownDocument]]
    withdrawals: Callable[[], Sequence[KnownDocument]]
    text_of: Callable[[int], str | None]
    texts_of: Callable[[int], Sequence[tuple[dt.datetime, str]]]
    status: Mapping[str, StatusValue]
    windows: Sequence[KnownWindow]
    manual_review: bool = False
    proposed: frozenset[tuple[str, str]] = frozenset()

    @property
    def first(self) -> bool:
        """Whether the source's first check is still going on."""
        return self.health.first_read_at is None

    @property
    def today(self) -> dt.date:
        """The day of the check, where the operator is."""
        return self.now.astimezone(self.zone).date()

    @property
    def lookback_from(self) -> dt.date:
        """The day before which documents become known without being told or read."""
        return lookback_from(self.health, self.now, self.lookback, self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a poll's documents come to, before the source's own health is judged.

    `suspicion` is set where the listing looks broken: then nothing else is.
    """

    documents: tuple[DocumentUpdate, ...] = ()
    status: tuple[StatusUpdate, ...] = ()
    windows: tuple[KnownWindow, ...] = ()
    changes: tuple[Change, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    http: tuple[HttpRecord, ...] = ()
    backlog: int = 0
    suspicion: str | None = None
    mark: str | None = None
    quarantine_count: int = 0


def lookback_from(health: SourceHealth, now: dt.datetime, lookback: dt.timedelta, zone: ZoneInfo) -> dt.date:
    """The day before which documents of a source become known without being told or read."""
    return health.lookback_from or (now.astimezone(zone) - lookback).date()
