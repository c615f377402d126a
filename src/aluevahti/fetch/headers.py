"""What the headers of an answer mean; pure, and calm about whatever stands in them."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Iterable

from aluevahti.model import Validators

RETRY_CAP = dt.timedelta(hours=24)
"""The longest wait that a Retry-After may ask for; a longer one is cut to this."""

VALIDATOR_LIMIT = 1024
"""Characters of the longest ETag or Last-Modified that is kept and sent back."""


class Headers:
    """The headers of one answer, by name; the bytes are read as Latin-1, so that they can be sent back."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))

    def all(self, name: str) -> list[str]:
        """Every value under a name (lower case), in the order of the answer."""
        return self._values.get(name, [])

    def last(self, name: str) -> str | None:
        """The last value under a name, None where there is none."""
        values = self._values.get(name)
        return values[-1] if values else None

    def tokens(self, name: str) -> list[str]:
        """The comma-separated words under a name, in lower case, parameters included."""
        return [word for value in self.all(name) for part in value.split(",") if (word := part.strip().lower())]


def content_type(headers: Headers) -> tuple[str, str | None]:
    """The media type and the charset label, both lower case and unquoted; ("", None) where unsaid."""
    media_type, charset = "", None
    for value in headers.all("content-type"):
        kind, *parameters = value.split(";")
        if "/" in kind:
            media_type, charset = kind.strip().lower(), _charset(parameters)
    return media_type, charset


def _charset(parameters: list[str]) -> str | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        label = value.strip().strip("\"'").strip().lower()
        if name.strip().lower() == "charset" and label:
            return label
    return None


def validators(headers: Headers) -> Validators | None:
    """What may be sent back at the next request; None where there is nothing, or it is not to be kept.

    `no-store` forbids keeping it; `Expires: 0` is how servers say that their validators mean nothing.
    """
    if "no-store" in headers.tokens("cache-control") or headers.last("expires") == "0":
        return None
    etag, modified = _sendable(headers.last("etag")), _sendable(headers.last("last-modified"))
    return Validators(etag=etag, last_modified=modified) if etag or modified else None


def _sendable(value: str | None) -> str | None:
    """A value that fits into a request header unchanged."""
    return value if value and len(value) <= VALIDATOR_LIMIT else None


def retry_at(headers: Headers, now: dt.datetime) -> dt.datetime | None:
    """When the server wants to be asked again (Retry-After, seconds or date), at most 24 hours from `now`."""
    value = (headers.last("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return now + min(dt.timedelta(seconds=int(value[:9])), RETRY_CAP)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
    return max(now, min(at, now + RETRY_CAP)).astimezone(dt.UTC)


def location(headers: Headers) -> str | None:
    """Where a redirect points, as sent; bytes outside ASCII and spaces are percent-encoded as they are."""
    value = headers.last("location")
    if not value:
        return None
    return "".join(character if "!" <= character <= "~" else f"%{ord(character):02X}" for character in value.strip())
