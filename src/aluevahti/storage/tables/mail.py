"""Who reads, and the mails to them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, UniqueConstraint
from sqlmodel import Field

from aluevahti.model import DeliveryState, Language, Rhythm, SubscriptionState, Theme
from aluevahti.storage.columns import UtcTime, Word
from aluevahti.storage.tables.row import KEYED, NUMBERED, THEMES, WORDS, Row


class SubscriberRow(Row, table=True):
    """Who reads, and how far."""

    __tablename__ = "subscribers"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, sa_type=String(collation="NOCASE"))
    lang: Language = Field(sa_type=Word(Language))
    rhythm: Rhythm = Field(sa_type=Word(Rhythm))
    regions: tuple[str, ...] = Field(sa_type=WORDS)
    themes: tuple[Theme, ...] = Field(sa_type=THEMES)
    words: tuple[str, ...] = Field(sa_type=WORDS)
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
    __table_args__ = KEYED

    subscriber_id: int = Field(primary_key=True, foreign_key="subscribers.id", ondelete="CASCADE")
    period: str = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)


class OutboxRow(Row, table=True):
    """One mail: waiting, under way, gone, or given up."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "period"),
        Index("ix_outbox_state_next_try_at", "state", "next_try_at"),
        NUMBERED,
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
