"""The nouns of aluevahti: frozen values and closed sets, nothing that acts.

Conventions: `*_at` is an aware UTC datetime, `*_on` a date in Helsinki, `*_time` a clock time in
Helsinki. A tuple stands wherever a list would tempt somebody to change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A value that `json.dumps` takes as it is: None, bool, int, float, str, list or dict of these."""


class Theme(StrEnum):
    """What a document or a change is about; the words are those of sources.yaml."""

    STRATEGY = "strategia"
    PARTICIPATION = "osallisuus"
    WELLBEING = "hyte"
    STRUCTURES = "rakenteet"
    GRANTS = "avustukset"


class Language(StrEnum):
    FI = "fi"
    SV = "sv"
    EN = "en"


# --- sources -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of sources.yaml, defaults filled in. `id` is written by the operator, never derived."""

    id: str
    region: str
    platform: str
    url: str
    every: dt.timedelta = dt.timedelta(hours=1)
    cron: str | None = None  # five fields, Helsinki time; stands instead of `every`
    enabled: bool = True
    timeout: dt.timedelta = dt.timedelta(seconds=30)  # total, for one request
    max_bytes: int = 20 * 1024 * 1024  # decoded bytes of one response
    min_interval_per_host: dt.timedelta = dt.timedelta(seconds=2)  # zero lifts the per-host limit
    permission: str | None = None  # who allowed what robots.txt forbids, and when
    allow_private_addresses: bool = False
    organs: tuple[str, ...] = ()  # empty: every organ
    themes: tuple[Theme, ...] = ()
    lang: Language | None = None
    select: str | None = None  # CSS of the part of a page that counts
    ignore: tuple[str, ...] = ()  # CSS selectors and regular expressions (written /like this/)
    unclosed: bool = False  # its pages never close what they open: one that came to its end is whole without it
    item: str | None = None  # listing: CSS of one entry
    title: str | None = None  # listing: CSS below `item`
    link: str | None = None  # listing: CSS below `item`
    date: str | None = None  # listing: CSS below `item`
    note: str | None = None  # free text of the operator


class SourceState(StrEnum):
    NEW = "new"  # never read yet
    OK = "ok"
    FAILING = "failing"  # cannot be fetched
    SILENT = "silent"  # answers, but no longer yields what it used to
    FORBIDDEN = "forbidden"  # robots.txt says no and nobody has given permission
    DISABLED = "disabled"


# --- fetching ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an adapter asks for. `purpose` is the adapter's own word and comes back with the snapshot."""

    url: str
    purpose: str = "listing"
    key: str | None = None  # the document that the answer belongs to, where it belongs to one
    accept: str | None = None  # an Accept header, where the server needs one
    form: tuple[tuple[str, str], ...] | None = None  # sent as a POST form; None: a GET


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the server wants to hear back, byte for byte (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes of one answer, as they came (content coding undone), and what was said about them."""

    source: str
    url: str  # where the answer came from, after redirects
    purpose: str
    fetched_at: dt.datetime
    body: bytes
    sha256: str
    media_type: str = ""  # lower case, without parameters
    charset: str | None = None  # the Content-Type header's parameter, as sent
    key: str | None = None
    requested_url: str | None = None  # what was asked for, where a redirect led elsewhere


class FailureReason(StrEnum):
    CONNECT = "connect"  # no connection, DNS, TLS
    TIMEOUT = "timeout"  # the total deadline passed
    STATUS = "status"  # an HTTP status that is neither success nor 304
    TOO_LARGE = "too_large"  # wire or decoded bytes over the cap, or a decompression bomb
    TRUNCATED = "truncated"  # fewer bytes than promised
    ENCODING = "encoding"  # a content coding we refuse or that is broken
    REDIRECT = "redirect"  # a loop, too many hops, https to http, a place that is not allowed
    ADDRESS = "address"  # a private or special address
    FORBIDDEN = "forbidden"  # robots.txt
    EMPTY = "empty"  # success without a body


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    snapshot: Snapshot
    validators: Validators | None  # to be kept only once the snapshot was read successfully
    wire_bytes: int = 0  # the body as it came, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    request: Request
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    request: Request
    at: dt.datetime
    reason: FailureReason
    detail: str  # one line a person understands
    status: int | None = None  # the HTTP status, where there was one
    retry_at: dt.datetime | None = None  # the server's Retry-After, capped


Fetch: TypeAlias = Fetched | NotModified | Failed


# --- documents -----------------------------------------------------------------------------------


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


# --- understanding -------------------------------------------------------------------------------


class DocKind(StrEnum):
    GRANT_CALL = "grant_call"
    GRANT_CALL_CHANGE = "grant_call_change"
    GRANT_RESULT = "grant_result"
    MINUTES_ITEM = "minutes_item"
    DECISION_NEWS = "decision_news"
    OTHER = "other"


class CallChange(StrEnum):
    NEW = "new"
    EXTENDED = "extended"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    RESULT = "result"


class Outcome(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    TABLED = "tabled"
    REJECTED = "rejected"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An application period. Types that share one identical period are one window without a type."""

    grant_type: str | None
    opens: dt.date | None
    closes: dt.date | None
    closes_time: dt.time | None = None
    continuous: bool = False
    quote: str = ""
    sure: bool = True
    doubt: str | None = None  # why it is not sure, in a few English words


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    organ: str | None
    held_on: dt.date | None
    section: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    what: str | None
    by: str | None
    decided_on: dt.date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFact:
    """What a document says about one field of its region's status. No fact without its quote.

    `value` is the field's whole value in the shape of the status (a dict, a number, a bool, or, for
    the list fields `grant_types`, `organs`, the entries to add). A dict value is merged key by key
    into what is known: keys it does not name stay.
    """

    field: str
    value: Json
    as_of: dt.date | None  # the day the fact holds from (decision, else publication); None: unknown
    quote: str
    sure: bool = True
    doubt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that is understood of one document."""

    doc_kind: DocKind
    lang: Language
    region: str | None
    is_relevant: bool
    themes: tuple[Theme, ...] = ()
    change: CallChange | None = None
    windows: tuple[Window, ...] = ()
    grant_types: tuple[str, ...] = ()
    amount_eur: int | float | None = None
    meeting: Meeting | None = None
    decision: Decision | None = None
    facts: tuple[StatusFact, ...] = ()
    quote: str = ""  # the sentence that best says why the document matters; "" where it does not


# --- status and changes --------------------------------------------------------------------------


class StatusState(StrEnum):
    BASELINE = "baseline"  # as of January 2023, not confirmed since
    AUTO = "auto"  # applied from a document
    CONFIRMED = "confirmed"  # a person said so
    PROPOSED = "proposed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    quote: str | None
    url: str | None
    document: int | None = None  # the document's row id
    snapshot: int | None = None  # the snapshot's row id
    reference: str | None = None  # baseline: the report's page or heading


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusValue:
    """One field of one region's status, as it stands."""

    value: Json
    state: StatusState
    since: dt.date | None
    evidence: Evidence
    locked: bool = False  # a person corrected it: lesser evidence may only propose
    as_of: dt.date | None = None  # the latest day on which a document said so: older ones undo nothing


class ChangeKind(StrEnum):
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
    """One thing to tell, as in the contract's section 3. `id` is None until it was stored."""

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
    document: int | None = None
    id: int | None = None
    told_on: dt.date | None = None  # the date of the document that its bounds, or its withdrawal, come from
    earlier: tuple[Window, ...] = ()  # the bounds it had before it was changed
    document_key: str | None = None  # how it names a document that has no row id yet


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
    listed_at: dt.datetime | None = (
        None  # when a list last showed it; unlike `last_seen_at`, its own page does not count
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source is doing; one row a source, replaced at every attempt."""

    state: SourceState = SourceState.NEW
    told_state: SourceState | None = None  # the trouble that was told to the operator, None: none open
    bad_checks: int = 0  # in a row
    error: str | None = None
    last_attempt_at: dt.datetime | None = None
    last_success_at: dt.datetime | None = None
    last_change_at: dt.datetime | None = None
    next_poll_at: dt.datetime | None = None
    first_read_at: dt.datetime | None = None  # when the listing had been read whole for the first time
    lookback_from: dt.date | None = None  # documents older than this are known silently
    usual_items: int = 0  # how many items a reading of the listing usually brings
    quarantine: str | None = None  # fingerprint of a suspicious listing, waiting to be seen again
    quarantine_count: int = 0
    skeleton: str | None = None
    checked_on: dt.date | None = None  # the last day its recent documents were all read again
    backlog: int = 0  # documents that are still to be read: the next poll reads the list whatever it says
    told_count: int = 0  # how many bad checks in a row there were when the trouble was told


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRecord:
    """What is remembered about one address of one source between two polls."""

    url: str
    validators: Validators | None
    sha256: str | None  # of the body last read successfully
    core: str | None  # fingerprint of what counts on the page, noise left out
    checked_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentUpdate:
    """One document to be written: the row after the poll, and its new version if it has one.

    `id` is None for a document that was not known. `text` and `reading` are given only where a
    version is to be added; `snapshot_sha256` names the snapshot that the version was read from.
    """

    id: int | None
    known: Document
    position: int | None = None
    seen: bool = True
    read: bool = False
    text: str | None = None
    text_sha256: str | None = None
    reading: Reading | None = None
    snapshot_sha256: str | None = None
    missing_count: int = 0
    missing_since: dt.datetime | None = None
    removed_at: dt.datetime | None = None
    silent: bool = False
    twin_of: int | None = None
    lemmas: str | None = None  # the text's basic forms, for the search; None: none known
    twin_key: str | None = None  # instead of `twin_of`, where the twin is new in the same poll
    listed: bool = False  # a list showed it in this poll


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """One field of one region's status to be written; `proposal` leaves the standing value alone."""

    region: str
    field: str
    value: StatusValue
    document_key: str | None = None
    proposal: bool = False
    supersedes: bool = False  # a proposal of all that is known of its field: it takes the place of those that wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """One attempt at one source: everything it changes, stored in one transaction, whatever happened.

    Inside one outcome, changes, windows and status updates name a new document by its key
    (`document_key`, or `document=None` and the evidence's URL); the store fills in row ids.
    """

    source: str
    region: str
    started_at: dt.datetime
    finished_at: dt.datetime
    health: SourceHealth
    requests: int = 0
    wire_bytes: int = 0
    http: tuple[HttpRecord, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    documents: tuple[DocumentUpdate, ...] = ()
    status: tuple[StatusUpdate, ...] = ()
    windows: tuple[KnownWindow, ...] = ()
    changes: tuple[Change, ...] = ()


# --- readers and mail ----------------------------------------------------------------------------


class Rhythm(StrEnum):
    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class SubscriptionState(StrEnum):
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
class Coverage:
    """How much of the country the state really rests on: the digest's last line."""

    read: tuple[str, ...] = ()  # region codes whose sources were all read when they were due
    partly: tuple[str, ...] = ()
    unread_since: Mapping[str, dt.datetime | None] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()  # no enabled source at all


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRecord:
    """One host's robots.txt as last asked for (RFC 9309); `status` None: it could not be reached."""

    origin: str  # scheme://host:port
    fetched_at: dt.datetime
    status: int | None
    body: str = ""


# --- what the store tells besides ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored version of a document's text; the text itself is asked for by the version's id."""

    id: int
    document: int
    at: dt.datetime
    title: str
    phase: Phase | None
    snapshot: int | None  # the snapshot's row id


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A value of one status field that another one replaced."""

    value: StatusValue
    replaced_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A status value that waits for a person, or what the person decided."""

    id: int
    region: str
    field: str
    value: StatusValue
    proposed_at: dt.datetime
    accepted: bool | None = None  # None: still open
    decided_at: dt.datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What one source has cost so far."""

    polls: int
    requests: int
    wire_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A mail to be put into the outbox; one per kind, recipient and period."""

    kind: str  # digest, confirmation, operator
    period: str
    recipient: str
    message_id: str
    mime: bytes
    subscriber_id: int | None = None
