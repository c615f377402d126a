"""What one attempt at one source changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from aluevahti.model.changes import Change, KnownWindow
from aluevahti.model.documents import Document
from aluevahti.model.fetching import HttpRecord, Snapshot
from aluevahti.model.sources import SourceHealth
from aluevahti.model.status import StatusValue
from aluevahti.model.understanding import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentUpdate:
    """One document to be written: the row after the poll, and its new version if it has one.

    `id` is None for a document that was not known. `text` and `reading` are given only where a
    version is to be added; `snapshot_sha256` names the snapshot that the version was read from.
    """

    id: int | None
    known: Document
    position: int | None = None
    seen: bool = True
    read: bool = False
    text: str | None = None
    text_sha256: str | None = None
    reading: Reading | None = None
    snapshot_sha256: str | None = None
    missing_count: int = 0
    missing_since: dt.datetime | None = None
    removed_at: dt.datetime | None = None
    silent: bool = False
    twin_of: int | None = None
    lemmas: str | None = None  # the text's basic forms, for the search; None: none known
    twin_key: str | None = None  # instead of `twin_of`, where the twin is new in the same poll
    listed: bool = False  # a list showed it in this poll


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """One field of one region's status to be written; `proposal` leaves the standing value alone."""

    region: str
    field: str
    value: StatusValue
    document_key: str | None = None
    proposal: bool = False
    supersedes: bool = False  # a proposal of all that is known of its field: it takes the place of those that wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """One attempt at one source: everything it changes, stored in one transaction, whatever happened.

    Inside one outcome, changes, windows and status updates name a new document by its key
    (`document_key`, or `document=None` and the evidence's URL); the store fills in row ids.
    """

    source: str
    region: str
    started_at: dt.datetime
    finished_at: dt.datetime
    health: SourceHealth
    requests: int = 0
    wire_bytes: int = 0
    http: tuple[HttpRecord, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    documents: tuple[DocumentUpdate, ...] = ()
    status: tuple[StatusUpdate, ...] = ()
    windows: tuple[KnownWindow, ...] = ()
    changes: tuple[Change, ...] = ()
