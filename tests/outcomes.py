"""Outcomes, snapshots and readings for tests that need something to store."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from aluevahti.model import (
    Change,
    ChangeKind,
    DocKind,
    Document,
    DocumentUpdate,
    Evidence,
    Form,
    KnownWindow,
    Language,
    NewDelivery,
    PollOutcome,
    Reading,
    Snapshot,
    SourceHealth,
    SourceState,
    StatusFact,
    StatusState,
    StatusUpdate,
    StatusValue,
    Theme,
    Window,
)

NOW = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def snapshot_of(body: bytes, **fields: Any) -> Snapshot:
    """A snapshot of the source `a` with that body."""
    given: dict[str, Any] = {
        "source": "a",
        "url": "https://a.example/list",
        "purpose": "listing",
        "fetched_at": NOW,
        "body": body,
        "sha256": hashlib.sha256(body).hexdigest(),
        "media_type": "text/html",
    }
    return Snapshot(**{**given, **fields})


def document(key: str = "k", **fields: Any) -> Document:
    """A document as a list shows it."""
    given: dict[str, Any] = {"url": f"https://a.example/{key}", "title": f"Asiakirja {key}", "form": Form.NEWS}
    return Document(key=key, **{**given, **fields})


def update(key: str = "k", text: str | None = None, *, id: int | None = None, **fields: Any) -> DocumentUpdate:  # noqa: A002
    """A document to be written; with a text, a version of it is added."""
    listed = fields.pop("known", None) or document(key)
    return DocumentUpdate(id=id, known=listed, text=text, **fields)


def outcome(source: str = "a", **fields: Any) -> PollOutcome:
    """One good attempt at a source."""
    given: dict[str, Any] = {
        "region": "lappi",
        "started_at": NOW,
        "finished_at": NOW,
        "health": SourceHealth(state=SourceState.OK, last_success_at=NOW, next_poll_at=NOW + HOUR),
        "requests": 1,
        "wire_bytes": 100,
    }
    return PollOutcome(source=source, **{**given, **fields})


def window(**fields: Any) -> Window:
    """A period with both ends."""
    given: dict[str, Any] = {
        "grant_type": "toiminta-avustus",
        "opens": dt.date(2026, 3, 2),
        "closes": dt.date(2026, 3, 31),
        "closes_time": dt.time(12),
        "quote": "Haku on auki 2.–31.3.2026 klo 12.",
    }
    return Window(**{**given, **fields})


def known_window(**fields: Any) -> KnownWindow:
    """A window of Lapland that a news item told of."""
    given: dict[str, Any] = {
        "region": "lappi",
        "window": window(),
        "source": "a",
        "url": "https://a.example/k",
        "title": "Järjestöavustukset haettavana",
        "first_told_at": NOW,
        "proofs": ("https://a.example/k",),
    }
    return KnownWindow(**{**given, **fields})


def change(kind: ChangeKind = ChangeKind.DOCUMENT_NEW, **fields: Any) -> Change:
    """One thing to tell of Lapland."""
    given: dict[str, Any] = {
        "region": "lappi",
        "source": "a",
        "detected_at": NOW,
        "title": "Järjestöavustukset haettavana",
        "url": "https://a.example/k",
        "relevant": True,
        "themes": (Theme.GRANTS,),
    }
    return Change(kind=kind, **{**given, **fields})


def status_value(value: Any = None, **fields: Any) -> StatusValue:
    """A value with its quote."""
    given: dict[str, Any] = {
        "state": StatusState.AUTO,
        "since": dt.date(2026, 2, 1),
        "evidence": Evidence(quote="Strategia hyväksyttiin.", url="https://a.example/k"),
    }
    return StatusValue(value={"status": "approved"} if value is None else value, **{**given, **fields})


def status_update(field: str = "strategy", value: Any = None, **fields: Any) -> StatusUpdate:
    """A field of Lapland's status to be written."""
    known = fields.pop("known", None) or status_value(value)
    return StatusUpdate(**{"region": "lappi", "field": field, "value": known, **fields})


def reading(**fields: Any) -> Reading:
    """What was understood of a call for applications."""
    given: dict[str, Any] = {
        "doc_kind": DocKind.GRANT_CALL,
        "lang": Language.FI,
        "region": "lappi",
        "is_relevant": True,
        "themes": (Theme.GRANTS, Theme.WELLBEING),
        "windows": (window(),),
        "grant_types": ("toiminta-avustus",),
        "amount_eur": 850_000,
        "facts": (
            StatusFact(field="grant_total_eur", value=850_000, as_of=dt.date(2026, 3, 2), quote="850 000 euroa"),
        ),
        "quote": "Avustuksia jaetaan 850 000 euroa.",
    }
    return Reading(**{**given, **fields})


def delivery(number: int = 1, **fields: Any) -> NewDelivery:
    """A digest for one reader; another number is another day."""
    given: dict[str, Any] = {
        "kind": "digest",
        "period": f"2026-03-{number:02}",
        "recipient": "lukija@example.org",
        "message_id": f"<{number}@example.org>",
        "mime": f"To: lukija@example.org\r\n\r\nkooste {number}".encode(),
    }
    return NewDelivery(**{**given, **fields})
