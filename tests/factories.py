"""Values for tests: everything filled in, only what matters named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aluevahti.model import (
    DocKind,
    Document,
    Form,
    KnownDocument,
    KnownWindow,
    Language,
    Reading,
    Source,
    Window,
)

NOW = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
"""A Monday, 9.00 in Helsinki."""


def at(text: str) -> dt.datetime:
    """`2026-03-02 09:00`, Helsinki winter time, as aware UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.timezone(dt.timedelta(hours=2))).astimezone(dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def a_source(**fields: Any) -> Source:
    return Source(**{"id": "kainuu-news", "region": "kainuu", "platform": "listing", "url": "https://a.fi/", **fields})


def a_document(key: str = "1", **fields: Any) -> Document:
    given = {"key": key, "url": f"https://a.fi/{key}", "title": f"Uutinen {key}", "form": Form.NEWS}
    return Document(**{**given, **fields})


def known(document: Document, row: int = 1, **fields: Any) -> KnownDocument:
    given = {
        "id": row,
        "source": "kainuu-news",
        "region": "kainuu",
        "document": document,
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "position": row,
    }
    return KnownDocument(**{**given, **fields})


def a_window(opens: str | None, closes: str | None, **fields: Any) -> Window:
    return Window(
        **{
            "grant_type": None,
            "opens": day(opens) if opens else None,
            "closes": day(closes) if closes else None,
            "quote": "Haku on auki.",
            **fields,
        }
    )


def a_known_window(window: Window, row: int | None = 1, **fields: Any) -> KnownWindow:
    given = {
        "region": "kainuu",
        "window": window,
        "source": "kainuu-news",
        "url": "https://a.fi/1",
        "title": "Avustukset haettavana",
        "first_told_at": NOW,
        "id": row,
    }
    return KnownWindow(**{**given, **fields})


def a_reading(**fields: Any) -> Reading:
    given = {"doc_kind": DocKind.OTHER, "lang": Language.FI, "region": "kainuu", "is_relevant": True}
    return Reading(**{**given, **fields})
