"""Answers for adapters: a snapshot in one call."""

from __future__ import annotations

import datetime as dt
import hashlib
from io import BytesIO

from reportlab.pdfgen import canvas

from aluevahti.model import Document, Listing, Request, Snapshot

FETCHED_AT = dt.datetime(2026, 2, 26, 8, 0, tzinfo=dt.UTC)
"""A Thursday, 10.00 in Helsinki."""


def answer(
    request: Request | str,
    body: str | bytes,
    *,
    charset: str = "utf-8",
    media_type: str = "text/html",
    says_charset: bool = True,
    purpose: str = "list",
    led_to: str | None = None,
    fetched_at: dt.datetime = FETCHED_AT,
) -> Snapshot:
    """What came back for `request`: text is sent in `charset`, and the header says so unless told not to.

    `led_to` is where a redirect ended.
    """
    asked = Request(url=request, purpose=purpose) if isinstance(request, str) else request
    content = body.encode(charset) if isinstance(body, str) else body
    return Snapshot(
        source="here",
        url=led_to or asked.url,
        purpose=asked.purpose,
        fetched_at=fetched_at,
        body=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        charset=charset if says_charset else None,
        key=asked.key,
        requested_url=asked.url if led_to else None,
    )


def keyed(listing: Listing) -> dict[str, Document]:
    """The documents of a listing by their keys."""
    return {document.key: document for document in listing.documents}


def titles(listing: Listing) -> list[str]:
    return [document.title for document in listing.documents]


def paper(line: str) -> bytes:
    """A PDF of one page with `line` on it."""
    body = BytesIO()
    sheet = canvas.Canvas(body)
    sheet.drawString(72, 720, line)
    sheet.save()
    return body.getvalue()
