"""What was read: bytes, answers, documents, versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from aluevahti.model import Form, Language, Phase, Reading, Request
from aluevahti.storage.columns import Day, Shape, UtcTime, Word
from aluevahti.storage.tables.row import NUMBERED, STRICT, WORDS, Row


class BodyRow(Row, table=True):
    """Bytes, stored once and compressed; `base_id` names the keyframe they are told apart from."""

    __tablename__ = "bodies"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    size: int  # of the bytes themselves
    base_id: int | None = Field(default=None, foreign_key="bodies.id", index=True)
    data: bytes


class SnapshotRow(Row, table=True):
    """One answer of one server. Never changed: a trigger sees to it."""

    __tablename__ = "snapshots"
    __table_args__ = (Index("ix_snapshots_source_url", "source", "url"), NUMBERED)

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
        NUMBERED,
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
    aliases: tuple[str, ...] = Field(sa_type=WORDS)

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
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="documents.id", index=True)
    at: dt.datetime = Field(sa_type=UtcTime)
    title: str
    phase: Phase | None = Field(default=None, sa_type=Word(Phase))
    text_sha256: str | None = None
    body_id: int = Field(foreign_key="bodies.id", index=True)
    snapshot_id: int | None = Field(default=None, foreign_key="snapshots.id", index=True)
    reading: Reading | None = Field(default=None, sa_type=Shape(Reading))
