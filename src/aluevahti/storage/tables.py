"""The tables, one class each, and the few things SQLModel cannot say (full-text index, triggers).

A column that carries a value of the model has that value's name. Table classes stay inside this
package: SQLModel does not validate them, the column types and STRICT do.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from sqlalchemy import CheckConstraint, Index, MetaData, String, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from aluevahti.model import (
    ChangeKind,
    DeliveryState,
    Evidence,
    Form,
    Json,
    Language,
    Phase,
    Reading,
    Request,
    Rhythm,
    SourceState,
    StatusState,
    SubscriptionState,
    Theme,
    Window,
)
from aluevahti.storage.columns import Day, JsonText, Shape, UtcTime, Word

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_STRICT: Final = {"sqlite_strict": True}
_NUMBERED: Final = {"sqlite_strict": True, "sqlite_autoincrement": True}  # an id is never given twice
_words: Final = Shape(tuple[str, ...])
_themes: Final = Shape(tuple[Theme, ...])


class Row(SQLModel):
    """What all tables share."""

    metadata: ClassVar[MetaData] = metadata
    model_config = {"defer_build": True}  # validators that nobody asks for cost every start


def table(row: type[Row]) -> Table:
    """The Core table behind a row class, for statements that need no row objects."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


# --- sources -------------------------------------------------------------------------------------


class SourceRow(Row, table=True):
    """One source that is, or was, configured; its health in the fields of `SourceHealth`."""

    __tablename__ = "sources"
    __table_args__ = _STRICT

    id: str = Field(primary_key=True)
    region: str
    platform: str | None = None
    url: str | None = None
    enabled: bool = True
    definition: str | None = None  # fingerprint of what decides how the source is read
    added_at: dt.datetime = Field(sa_type=UtcTime)
    retired_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    polls: int = 0
    requests: int = 0
    wire_bytes: int = 0

    state: SourceState = Field(default=SourceState.NEW, sa_type=Word(SourceState))
    told_state: SourceState | None = Field(default=None, sa_type=Word(SourceState))
    bad_checks: int = 0
    error: str | None = None
    last_attempt_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    last_success_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    last_change_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    next_poll_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    first_read_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    lookback_from: dt.date | None = Field(default=None, sa_type=Day)
    usual_items: int = 0
    quarantine: str | None = None
    quarantine_count: int = 0
    skeleton: str | None = None
    checked_on: dt.date | None = Field(default=None, sa_type=Day)
    backlog: int = 0
    told_count: int = 0


class HttpRow(Row, table=True):
    """What is remembered of one address of one source between two polls."""

    __tablename__ = "http_records"
    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}

    source: str = Field(primary_key=True, foreign_key="sources.id")
    url: str = Field(primary_key=True)
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    core: str | None = None
    checked_at: dt.datetime = Field(sa_type=UtcTime)


class RobotsRow(Row, table=True):
    """One host's robots.txt as last asked for."""

    __tablename__ = "robots"
    __table_args__ = _STRICT

    origin: str = Field(primary_key=True)
    fetched_at: dt.datetime = Field(sa_type=UtcTime)
    status: int | None = None
    body: str = ""


# --- what was read -------------------------------------------------------------------------------


class BodyRow(Row, table=True):
    """Bytes, stored once and compressed; `base_id` names the keyframe they are told apart from."""

    __tablename__ = "bodies"
    __table_args__ = _STRICT

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    size: int  # of the bytes themselves
    base_id: int | None = Field(default=None, foreign_key="bodies.id", index=True)
    data: bytes


class SnapshotRow(Row, table=True):
    """One answer of one server. Never changed: a trigger sees to it."""

    __tablename__ = "snapshots"
    __table_args__ = (Index("ix_snapshots_source_url", "source", "url"), _NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(foreign_key="sources.id")
    url: str
    requested_url: str | None = None
    purpose: str
    key: str | None = None
    fetched_at: dt.datetime = Field(sa_type=UtcTime)
    media_type: str = ""
    charset: str | None = None
    body_id: int = Field(foreign_key="bodies.id", index=True)


class DocumentRow(Row, table=True):
    """One document of one source, as last seen."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index("ix_documents_region_last_seen_at", "region", "last_seen_at"),
        Index(
            "ix_documents_region_case_number",
            "region",
            text("case_number COLLATE NOCASE"),
            sqlite_where=text("case_number IS NOT NULL"),
        ),
        _NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(foreign_key="sources.id")
    region: str
    key: str
    url: str
    title: str
    form: Form = Field(sa_type=Word(Form))
    phase: Phase | None = Field(default=None, sa_type=Word(Phase))
    organ: str | None = None
    meeting_key: str | None = None
    meeting_on: dt.date | None = Field(default=None, sa_type=Day)
    section: int | None = None
    case_number: str | None = None
    published_on: dt.date | None = Field(default=None, sa_type=Day)
    lang: Language | None = Field(default=None, sa_type=Word(Language))
    revision: str | None = None
    detail: Request | None = Field(default=None, sa_type=Shape(Request))
    aliases: tuple[str, ...] = Field(sa_type=_words)

    first_seen_at: dt.datetime = Field(sa_type=UtcTime)
    last_seen_at: dt.datetime = Field(sa_type=UtcTime)
    read_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    text_sha256: str | None = None
    position: int | None = None
    missing_count: int = 0
    missing_since: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    removed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    silent: bool = False
    twin_of: int | None = Field(default=None, foreign_key="documents.id", index=True)
    reading: Reading | None = Field(default=None, sa_type=Shape(Reading))
    listed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class VersionRow(Row, table=True):
    """One version of a document's text, with what was understood of it then."""

    __tablename__ = "versions"
    __table_args__ = _NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="documents.id", index=True)
    at: dt.datetime = Field(sa_type=UtcTime)
    title: str
    phase: Phase | None = Field(default=None, sa_type=Word(Phase))
    text_sha256: str | None = None
    body_id: int = Field(foreign_key="bodies.id", index=True)
    snapshot_id: int | None = Field(default=None, foreign_key="snapshots.id", index=True)
    reading: Reading | None = Field(default=None, sa_type=Shape(Reading))


# --- what is known -------------------------------------------------------------------------------


class _StatusColumns(Row):
    region: str
    field: str
    value: Json = Field(default=None, nullable=True, sa_type=JsonText)
    state: StatusState = Field(sa_type=Word(StatusState))
    since: dt.date | None = Field(default=None, sa_type=Day)
    evidence: Evidence = Field(sa_type=Shape(Evidence))
    locked: bool = False
    as_of: dt.date | None = Field(default=None, sa_type=Day)


class StatusRow(_StatusColumns, table=True):
    """One field of one region's status, as it stands."""

    __tablename__ = "statuses"
    __table_args__ = _STRICT

    region: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)  # when it was written


class PastStatusRow(_StatusColumns, table=True):
    """A status value that another one replaced."""

    __tablename__ = "status_history"
    __table_args__ = (Index("ix_status_history_region_field", "region", "field"), _NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)
    replaced_at: dt.datetime = Field(sa_type=UtcTime)


class ProposalRow(_StatusColumns, table=True):
    """A status value that waits, or waited, for a person."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("(accepted IS NULL) = (decided_at IS NULL)", name="decided"),
        Index("ix_proposals_region_field", "region", "field"),
        _NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    proposed_at: dt.datetime = Field(sa_type=UtcTime)
    accepted: bool | None = None
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    note: str | None = None


class WindowRow(Row, table=True):
    """One application window, with what was told about it."""

    __tablename__ = "windows"
    __table_args__ = _NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    region: str = Field(index=True)
    window: Window = Field(sa_type=Shape(Window))
    source: str | None = None
    url: str | None = None
    title: str
    first_told_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    told_marks: tuple[int, ...] = Field(sa_type=Shape(tuple[int, ...]))
    closed_told: bool = False
    cancelled: bool = False
    baseline: bool = False
    proofs: tuple[str, ...] = Field(sa_type=_words)
    document: int | None = Field(default=None, foreign_key="documents.id")
    told_on: dt.date | None = Field(default=None, sa_type=Day)
    earlier: tuple[Window, ...] = Field(sa_type=Shape(tuple[Window, ...]))


class ChangeRow(Row, table=True):
    """One thing told. Append-only: triggers see to it."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_detected_at", "detected_at"), _NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    kind: ChangeKind = Field(sa_type=Word(ChangeKind))
    region: str
    source: str | None = None
    detected_at: dt.datetime = Field(sa_type=UtcTime)
    title: str
    url: str | None = None
    relevant: bool
    themes: tuple[Theme, ...] = Field(sa_type=_themes)
    document: int | None = Field(default=None, foreign_key="documents.id")
    organ: str | None = None
    meeting_on: dt.date | None = Field(default=None, sa_type=Day)
    section: int | None = None
    before: Json = Field(default=None, nullable=True, sa_type=JsonText)
    after: Json = Field(default=None, nullable=True, sa_type=JsonText)
    evidence: Evidence | None = Field(default=None, sa_type=Shape(Evidence))
    sure: bool = True
    window: int | None = Field(default=None, foreign_key="windows.id")


# --- readers and mail ----------------------------------------------------------------------------


class SubscriberRow(Row, table=True):
    """Who reads, and how far."""

    __tablename__ = "subscribers"
    __table_args__ = _NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, sa_type=String(collation="NOCASE"))
    lang: Language = Field(sa_type=Word(Language))
    rhythm: Rhythm = Field(sa_type=Word(Rhythm))
    regions: tuple[str, ...] = Field(sa_type=_words)
    themes: tuple[Theme, ...] = Field(sa_type=_themes)
    words: tuple[str, ...] = Field(sa_type=_words)
    all_documents: bool = False
    state: SubscriptionState = Field(sa_type=Word(SubscriptionState))
    created_at: dt.datetime = Field(sa_type=UtcTime)
    confirmed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    unsubscribed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    cursor: int = 0
    token: str = Field(unique=True)
    confirm_sha256: str | None = Field(default=None, unique=True)


class DigestRunRow(Row, table=True):
    """One digest that was due and was dealt with, whether or not there was anything to send."""

    __tablename__ = "digest_runs"
    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}

    subscriber_id: int = Field(primary_key=True, foreign_key="subscribers.id", ondelete="CASCADE")
    period: str = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)


class OutboxRow(Row, table=True):
    """One mail: waiting, under way, gone, or given up."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "period"),
        Index("ix_outbox_state_next_try_at", "state", "next_try_at"),
        _NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    period: str
    recipient: str = Field(index=True, sa_type=String(collation="NOCASE"))
    subscriber_id: int | None = Field(default=None, foreign_key="subscribers.id", ondelete="SET NULL", index=True)
    message_id: str = Field(unique=True)
    mime: bytes
    state: DeliveryState = Field(sa_type=Word(DeliveryState))
    attempts: int = 0
    ambiguous: int = 0
    created_at: dt.datetime = Field(sa_type=UtcTime)
    next_try_at: dt.datetime = Field(sa_type=UtcTime)
    lease_until: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    lease_seconds: int | None = None
    sent_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    closed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)  # when it was sent or given up
    last_error: str | None = None


class MetaRow(Row, table=True):
    """Small things to remember, by name."""

    __tablename__ = "meta"
    __table_args__ = _STRICT

    key: str = Field(primary_key=True)
    value: str


# `remove_diacritics 0`: säde (a ray) is not sade (rain). The title and the lemmas are columns of their own.
SEARCH_DDL: Final = (
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, body, lemmas, tokenize = 'unicode61 remove_diacritics 0')"
)

TRIGGERS: Final = tuple(
    f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    for name, event, why in (
        ("snapshots_are_not_changed", "UPDATE ON snapshots", "a snapshot is never changed"),
        ("changes_are_not_changed", "UPDATE ON changes", "a change that was told is never changed"),
        ("changes_are_not_deleted", "DELETE ON changes", "a change that was told is never deleted"),
    )
)
