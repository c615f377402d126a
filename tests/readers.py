"""Readers, changes and mails for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aluevahti.model import (
    Change,
    ChangeKind,
    Delivery,
    DeliveryState,
    Evidence,
    Subscriber,
    SubscriptionState,
    Theme,
)

NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)  # a Monday, 8:00 in Helsinki


def reader(**given: Any) -> Subscriber:
    """A confirmed daily reader of everything."""
    values: dict[str, Any] = {
        "email": "lukija@example.org",
        "state": SubscriptionState.CONFIRMED,
        "created_at": NOW - dt.timedelta(days=40),
        "confirmed_at": NOW - dt.timedelta(days=40),
        "token": "tok-lukija",
        "id": 1,
    }
    return Subscriber(**(values | given))


def change(number: int, kind: ChangeKind = ChangeKind.DOCUMENT_NEW, **given: Any) -> Change:
    """A stored, relevant change about grants in Kanta-Häme; `document` is the change's own number by default."""
    values: dict[str, Any] = {
        "kind": kind,
        "region": "kanta-hame",
        "source": "kanta-hame-news",
        "detected_at": NOW - dt.timedelta(hours=2),
        "title": f"Asiakirja {number}",
        "url": f"https://omahame.example/asiakirja/{number}",
        "relevant": True,
        "themes": (Theme.GRANTS,),
        "document": number,
        "id": number,
    }
    values |= given
    if "evidence" not in values:
        values["evidence"] = Evidence(quote=None, url=values["url"], document=values["document"])
    return Change(**values)


def window(
    closes: str | None = "2026-03-31",
    *,
    opens: str | None = "2026-03-02",
    grant_type: str | None = "toiminta-avustus",
    time: str | None = None,
    continuous: bool = False,
) -> dict[str, Any]:
    """A window as changes carry it."""
    return {
        "grant_type": grant_type,
        "opens": opens,
        "closes": closes,
        "closes_time": time,
        "continuous": continuous,
    }


def delivery(**given: Any) -> Delivery:
    """A mail in the outbox, claimed for its first try."""
    values: dict[str, Any] = {
        "id": 7,
        "kind": "digest",
        "period": "2026-03-02",
        "recipient": "lukija@example.org",
        "message_id": "<abc@aluevahti.example>",
        "mime": b"Subject: x\r\nMessage-ID: <abc@aluevahti.example>\r\n\r\nHei\r\n.piste\r\n",
        "state": DeliveryState.CLAIMED,
        "attempts": 1,
        "ambiguous": 0,
        "created_at": NOW,
        "next_try_at": NOW,
    }
    return Delivery(**(values | given))
