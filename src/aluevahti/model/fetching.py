"""What is asked of a server, and what comes back; what is remembered of it until the next time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


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
    """Why there is no answer to read."""

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
    """An answer that came whole."""

    snapshot: Snapshot
    validators: Validators | None  # to be kept only once the snapshot was read successfully
    wire_bytes: int = 0  # the body as it came, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing has changed since the validators that it was told (304)."""

    request: Request
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No answer: a bad day of a server is a value, not an error."""

    request: Request
    at: dt.datetime
    reason: FailureReason
    detail: str  # one line a person understands
    status: int | None = None  # the HTTP status, where there was one
    retry_at: dt.datetime | None = None  # the server's Retry-After, capped


Fetch: TypeAlias = Fetched | NotModified | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRecord:
    """What is remembered about one address of one source between two polls."""

    url: str
    validators: Validators | None
    sha256: str | None  # of the body last read successfully
    core: str | None  # fingerprint of what counts on the page, noise left out
    checked_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRecord:
    """One host's robots.txt as last asked for (RFC 9309); `status` None: it could not be reached."""

    origin: str  # scheme://host:port
    fetched_at: dt.datetime
    status: int | None
    body: str = ""
