"""Who reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from aluevahti.model.terms import Language, Theme


class Rhythm(StrEnum):
    """How often a reader is written to."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class SubscriptionState(StrEnum):
    """Whether an address has said yes, not yet, or no more."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Who reads. Empty `regions` or `themes` mean all of them."""

    email: str
    lang: Language = Language.FI
    rhythm: Rhythm = Rhythm.DAILY
    regions: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    words: tuple[str, ...] = ()
    all_documents: bool = False
    state: SubscriptionState = SubscriptionState.UNCONFIRMED
    created_at: dt.datetime | None = None
    confirmed_at: dt.datetime | None = None
    cursor: int = 0  # the last change that was considered for this reader
    token: str = ""  # unsubscribing
    id: int | None = None
    confirm_token: str = ""  # only in what adding a reader returns: the store keeps its hash
