"""When a document's own page is worth asking for."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from aluevahti.model import Document, Form, KnownDocument
from aluevahti.rules.bounds import is_over
from aluevahti.rules.identity import phase_after
from aluevahti.text.dates import HELSINKI
from aluevahti.text.stable import normalise_title

RECENT = dt.timedelta(days=30)
"""How long after its date a document is read again daily, so that a correction is seen."""

CALLS_LAST = dt.timedelta(days=180)
"""How long before the first check's look-back a document that names grants may have announced a call that is open still."""


def day_of(document: Document) -> dt.date | None:
    """The day a document belongs to: when it was published, else when its meeting is held."""
    return document.published_on or document.meeting_on


def is_old(document: Document, lookback_from: dt.date | None) -> bool:
    """Whether a document lies before the first check's look-back: known silently, never read."""
    days = [day for day in (document.published_on, document.meeting_on) if day is not None]
    return lookback_from is not None and bool(days) and max(days) < lookback_from


def differs_on_list(known: Document, seen: Document) -> bool:
    """Whether the list says something else about a document than it did."""
    return (
        normalise_title(known.title) != normalise_title(seen.title)
        or phase_after(known.phase, seen.phase) is not known.phase
        or (seen.revision is not None and known.revision != seen.revision)
        or (seen.section is not None and known.section != seen.section)
        or (seen.meeting_on is not None and known.meeting_on != seen.meeting_on)
        or (seen.published_on is not None and known.published_on != seen.published_on)
    )


def due_again(known: KnownDocument, now: dt.datetime, *, zone: ZoneInfo = HELSINKI) -> bool:
    """Whether a known document's page is to be read again today, though its list says nothing new.

    Meetings of the last 30 days, and relevant documents of the last 30 days or with a window that is
    still open, once a local day. Standing pages are their own list and need no second reading.
    """
    if known.document.form is Form.PAGE or known.removed_at is not None or known.read_at is None:
        return False
    today = now.astimezone(zone).date()
    if known.read_at.astimezone(zone).date() >= today:
        return False
    day = day_of(known.document) or known.first_seen_at.astimezone(zone).date()
    recent = day >= today - RECENT
    if known.document.form is Form.MEETING:
        return recent
    reading = known.reading
    if reading is None or not reading.is_relevant:
        return False
    return recent or any(window.closes is not None and not is_over(window, now, zone) for window in reading.windows)


def wants_detail(
    known: KnownDocument | None,
    seen: Document,
    now: dt.datetime,
    lookback_from: dt.date | None,
    *,
    zone: ZoneInfo = HELSINKI,
) -> bool:
    """Whether the page behind a listed document is to be asked for in this poll."""
    if seen.detail is None:
        return False
    if known is None or known.read_at is None:
        return not is_old(seen, lookback_from)
    if known.silent and is_old(seen, lookback_from) and not differs_on_list(known.document, seen):
        return False
    return differs_on_list(known.document, seen) or due_again(known, now, zone=zone)
