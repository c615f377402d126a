"""What is watched, and what servers are to be told the next time."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Field

from aluevahti.model import SourceState
from aluevahti.storage.columns import Day, UtcTime, Word
from aluevahti.storage.tables.row import KEYED, STRICT, Row


class SourceRow(Row, table=True):
    """One source that is, or was, configured; its health in the fields of `SourceHealth`."""

    __tablename__ = "sources"
    __table_args__ = STRICT

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
    __table_args__ = KEYED

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
    __table_args__ = STRICT

    origin: str = Field(primary_key=True)
    fetched_at: dt.datetime = Field(sa_type=UtcTime)
    status: int | None = None
    body: str = ""
