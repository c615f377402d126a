"""Mails, and the rows of the outbox that carry them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail as it will be sent, byte for byte, however often it is repeated."""

    message_id: str
    recipient: str
    subject: str
    text: str
    html: str | None
    headers: tuple[tuple[str, str], ...] = ()
    date: dt.datetime | None = None


class DeliveryState(StrEnum):
    """How far a mail has come; what a crash leaves behind is told from it."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # a sender holds it, nothing said to the server yet
    DATA = "data"  # the body is (or was) under way: a crash here is ambiguous
    SENT = "sent"
    HELD = "held"  # twice ambiguous: a person decides
    FAILED = "failed"  # refused for good, or given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the outbox."""

    id: int
    kind: str  # digest, confirmation, operator
    period: str  # unique per recipient: a local date, or the last change's id
    recipient: str
    message_id: str
    mime: bytes
    state: DeliveryState
    attempts: int
    ambiguous: int
    created_at: dt.datetime
    next_try_at: dt.datetime
    sent_at: dt.datetime | None = None
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A mail to be put into the outbox; one per kind, recipient and period."""

    kind: str  # digest, confirmation, operator
    period: str
    recipient: str
    message_id: str
    mime: bytes
    subscriber_id: int | None = None
