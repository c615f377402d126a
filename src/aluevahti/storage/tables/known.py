"""What is known: the status, the application windows, and what was told of both."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from aluevahti.model import ChangeKind, Evidence, Json, StatusState, Theme, Window
from aluevahti.storage.columns import Day, JsonText, Shape, UtcTime, Word
from aluevahti.storage.tables.row import NUMBERED, STRICT, THEMES, WORDS, Row


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
    __table_args__ = STRICT

    region: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)  # when it was written


class PastStatusRow(_StatusColumns, table=True):
    """A status value that another one replaced."""

    __tablename__ = "status_history"
    __table_args__ = (Index("ix_status_history_region_field", "region", "field"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)
    replaced_at: dt.datetime = Field(sa_type=UtcTime)


class ProposalRow(_StatusColumns, table=True):
    """A status value that waits, or waited, for a person."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("(accepted IS NULL) = (decided_at IS NULL)", name="decided"),
        Index("ix_proposals_region_field", "region", "field"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    proposed_at: dt.datetime = Field(sa_type=UtcTime)
    accepted: bool | None = None
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    note: str | None = None


class WindowRow(Row, table=True):
    """One application window, with what was told about it."""

    __tablename__ = "windows"
    __table_args__ = NUMBERED

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
    proofs: tuple[str, ...] = Field(sa_type=WORDS)
    document: int | None = Field(default=None, foreign_key="documents.id")
    told_on: dt.date | None = Field(default=None, sa_type=Day)
    earlier: tuple[Window, ...] = Field(sa_type=Shape(tuple[Window, ...]))


class ChangeRow(Row, table=True):
    """One thing told. Append-only: triggers see to it."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_detected_at", "detected_at"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    kind: ChangeKind = Field(sa_type=Word(ChangeKind))
    region: str
    source: str | None = None
    detected_at: dt.datetime = Field(sa_type=UtcTime)
    title: str
    url: str | None = None
    relevant: bool
    themes: tuple[Theme, ...] = Field(sa_type=THEMES)
    document: int | None = Field(default=None, foreign_key="documents.id")
    organ: str | None = None
    meeting_on: dt.date | None = Field(default=None, sa_type=Day)
    section: int | None = None
    before: Json = Field(default=None, nullable=True, sa_type=JsonText)
    after: Json = Field(default=None, nullable=True, sa_type=JsonText)
    evidence: Evidence | None = Field(default=None, sa_type=Shape(Evidence))
    sure: bool = True
    window: int | None = Field(default=None, foreign_key="windows.id")
