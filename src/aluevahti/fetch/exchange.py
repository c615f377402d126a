"""One request on the wire and its answer: no redirects, no waiting, no opinion about the status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpcore
import httpx

from aluevahti.fetch.decode import collect
from aluevahti.fetch.faults import Fault
from aluevahti.fetch.headers import Headers
from aluevahti.fetch.network import Deadline
from aluevahti.fetch.transport import Transport
from aluevahti.model import FailureReason

WITH_BODY = frozenset({200, 203})
"""The successes that bring a page."""

WITHOUT_BODY = frozenset({204, 205})
"""The successes that bring none (RFC 9110): nothing to read is a failure here."""

BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)
"""What breaks off an answer while it comes."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is sent. `conditions` are the validators' headers; `hops` counts the redirects so far."""

    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    conditions: tuple[tuple[str, str], ...] = ()
    hops: int = 0
    is_robots: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came. `body` is decoded, and read only for a success; `wire_bytes` counts it as it came."""

    status: int
    headers: Headers
    body: bytes | None
    wire_bytes: int


def exchange(
    transport: Transport, outgoing: Outgoing, deadline: Deadline, *, limit: int, cut: bool, allow_private: bool
) -> Answer:
    """Send it and read the answer, all before the deadline.

    Args:
        transport: where connections come from.
        outgoing: the request.
        deadline: the total for connecting, headers and body.
        limit: the most bytes of a body, on the wire and decoded; with `cut` the rest is left unread.
        cut: see `limit`.
        allow_private: whether private addresses may be dialled.

    Raises:
        Fault: for everything that is not a whole answer.
    """
    try:
        response = transport.handle_request(_request(outgoing, deadline, allow_private=allow_private))
    except BROKEN as error:
        raise _no_answer(outgoing.url, deadline, error) from error
    try:
        headers = Headers(response.headers.raw)
        if response.status_code in WITHOUT_BODY:
            return Answer(response.status_code, headers, b"", 0)
        if response.status_code == 304:
            for _ in _chunks(response, deadline):
                pass  # nothing comes, but the connection can be used again
            return Answer(304, headers, None, 0)
        if response.status_code not in WITH_BODY:
            return Answer(response.status_code, headers, None, 0)
        if not cut:
            _check_length(headers, limit)
        body, wire = collect(_chunks(response, deadline), headers.tokens("content-encoding"), limit=limit, cut=cut)
        return Answer(response.status_code, headers, body, wire)
    except Fault as fault:
        fault.status = response.status_code
        raise
    finally:
        response.close()


def _request(outgoing: Outgoing, deadline: Deadline, *, allow_private: bool) -> httpx.Request:
    """The httpx request, headers whole: with a stream given, httpx adds none of its own."""
    headers = [("host", outgoing.url.netloc.decode("ascii")), *outgoing.headers, *outgoing.conditions]
    if outgoing.method == "POST":
        headers.append(("content-length", str(len(outgoing.body))))
    return httpx.Request(
        outgoing.method,
        outgoing.url,
        headers=[(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers],
        stream=httpx.ByteStream(outgoing.body),
        extensions={
            "timeout": {"connect": deadline, "read": deadline, "write": deadline, "pool": deadline},
            "allow_private": allow_private,
        },
    )


def _chunks(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    assert isinstance(response.stream, httpx.SyncByteStream)
    try:
        yield from response.stream
    except httpcore.TimeoutException as error:
        raise Fault(FailureReason.TIMEOUT, f"the answer was not complete after {deadline:g} seconds") from error
    except BROKEN as error:
        raise Fault(FailureReason.TRUNCATED, f"the answer broke off before its end: {error}") from error


def _check_length(headers: Headers, limit: int) -> None:
    """Refuse what announces itself as too large without reading it."""
    length = headers.last("content-length") or ""
    if length.isascii() and length.isdigit() and (len(length) > 18 or int(length) > limit):
        raise Fault(FailureReason.TOO_LARGE, f"the body is {length[:20]} bytes, larger than {limit}")


def _no_answer(url: httpx.URL, deadline: Deadline, error: Exception) -> Fault:
    if isinstance(error, httpcore.TimeoutException):
        return Fault(FailureReason.TIMEOUT, f"{url.host} did not answer within {deadline:g} seconds")
    if isinstance(error, httpcore.ProtocolError):
        return Fault(FailureReason.CONNECT, f"{url.host} did not answer as a web server does: {error}")
    return Fault(FailureReason.CONNECT, f"{url.host} closed the connection without an answer")
