"""What there is to tell, and what was told of each application window."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from aluevahti.model.status import Evidence
from aluevahti.model.terms import Json, Theme
from aluevahti.model.understanding import Window


class ChangeKind(StrEnum):
    """What happened; the words are those of `changes --json` and of the API."""

    DOCUMENT_NEW = "document.new"
    DOCUMENT_REVISED = "document.revised"
    DOCUMENT_REMOVED = "document.removed"
    STATUS_CHANGED = "status.changed"
    STATUS_PROPOSED = "status.proposed"
    WINDOW_OPENED = "window.opened"
    WINDOW_CHANGED = "window.changed"
    WINDOW_CLOSING = "window.closing"
    WINDOW_CLOSED = "window.closed"
    SOURCE_FAILING = "source.failing"
    SOURCE_RECOVERED = "source.recovered"
    SOURCE_SILENT = "source.silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to tell. `id` is None until it was stored.

    `before` and `after` are plain JSON in the shape of what changed: a window, a document's
    phase and title, or a field of the status with its value.
    """

    kind: ChangeKind
    region: str
    source: str | None
    detected_at: dt.datetime
    title: str
    url: str | None
    relevant: bool
    themes: tuple[Theme, ...] = ()
    document: int | None = None  # the document's row id
    document_key: str | None = None  # how a change names a document that has no row id yet
    organ: str | None = None
    meeting_on: dt.date | None = None
    section: int | None = None
    before: Json = None
    after: Json = None
    evidence: Evidence | None = None
    sure: bool = True
    window: int | None = None  # the known window's row id, for window.* changes
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWindow:
    """An application window as the state knows it, with what was already told about it."""

    region: str
    window: Window
    source: str | None
    url: str | None
    title: str
    first_told_at: dt.datetime | None = None  # None: known silently
    told_marks: tuple[int, ...] = ()  # days before the end that were told: 14, 7, 2, 0
    closed_told: bool = False
    cancelled: bool = False
    baseline: bool = False
    proofs: tuple[str, ...] = ()  # addresses of all documents that tell of it
    document: int | None = None  # the one that its bounds, or its withdrawal, come from; so source, url and title
    id: int | None = None
    told_on: dt.date | None = None  # the date of the document that its bounds, or its withdrawal, come from
    earlier: tuple[Window, ...] = ()  # the bounds before it was changed, and those told in doubt beside sure ones
    document_key: str | None = None  # how it names a document that has no row id yet

    @property
    def is_postponed(self) -> bool:
        """Whether its call comes later, on days that nobody knows yet."""
        return self.cancelled and not (self.window.opens or self.window.closes or self.window.continuous)
