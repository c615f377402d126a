"""What the platforms publish: as an adapter sees it, and as the state knows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from aluevahti.model.fetching import Request
from aluevahti.model.terms import Language
from aluevahti.model.understanding import Reading


class Form(StrEnum):
    """What a document is on its platform."""

    MEETING = "meeting"  # a whole meeting: its agenda or its minutes
    ITEM = "item"  # one item (§) of a meeting
    DECISION = "decision"  # an official's decision
    NOTICE = "notice"  # kuulutus
    NEWS = "news"
    PAGE = "page"  # a standing page that is edited in place
    FILE = "file"


class Phase(StrEnum):
    """Where a meeting, or one of its items, is in its life; in this order."""

    CALLED = "called"
    AGENDA = "agenda"
    DECISION_ANNOUNCEMENT = "decision_announcement"
    MINUTES_UNREVIEWED = "minutes_unreviewed"
    MINUTES = "minutes"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something that hangs on a document; `url` is absolute."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as an adapter sees it: on a list (no text yet) or on its own page (with text).

    Attributes:
        key: the platform's own id where it has one, else the canonical URL; unique within a source.
        title: the item's own title, without organ, date and §; whole meetings: `ORGAN D.M.YYYY KIND`.
        revision: whatever the list says that changes when the document does (a modification time,
            a file's GUID, the word Esityslista or Pöytäkirja); compared, never read.
        text: the visible text of the part that counts, one paragraph or list row a line; None where
            only the list was seen.
        detail: where the text is to be had; None where the list gives all there is.
        aliases: other keys and addresses of the same document.
    """

    key: str
    url: str
    title: str
    form: Form
    phase: Phase | None = None
    organ: str | None = None
    meeting_key: str | None = None
    meeting_on: dt.date | None = None
    section: int | None = None  # § or, on an agenda, the item's number
    case_number: str | None = None
    published_on: dt.date | None = None
    lang: Language | None = None
    revision: str | None = None
    text: str | None = None
    detail: Request | None = None
    files: tuple[File, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What `Platform.parse` makes of one snapshot.

    Attributes:
        documents: in the page's own order.
        follow: further requests that belong to the same reading (the next page of a list).
        complete: together with what `follow` brings, this is everything there is; only then may a
            missing document count as missing. A list of the newest N is never complete.
        unread: rows that were seen but could not be read; a listing with unread rows is not complete.
        skeleton: a fingerprint of the list container's structure (tag and class names, no text).
    """

    documents: tuple[Document, ...] = ()
    follow: tuple[Request, ...] = ()
    complete: bool = False
    unread: int = 0
    skeleton: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """What the state knows of one document of one source: the slice that is read before deciding."""

    id: int
    source: str
    region: str
    document: Document  # without text and files; with its detail request, so that its page can be read again
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    read_at: dt.datetime | None = None  # when its own page was last read
    text_sha256: str | None = None  # of the normalised text
    position: int | None = None  # its place in the listing when last seen
    missing_count: int = 0
    missing_since: dt.datetime | None = None
    removed_at: dt.datetime | None = None
    silent: bool = False  # older than the first check's look-back: known without being told
    twin_of: int | None = None  # the row id of the document that tells the same, if another one does
    reading: Reading | None = None
    listed_at: dt.datetime | None = None  # when a list last showed it: its own page counts only for `last_seen_at`


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored version of a document's text; the text itself is asked for by the version's id."""

    id: int
    document: int
    at: dt.datetime
    title: str
    phase: Phase | None
    snapshot: int | None  # the snapshot's row id
