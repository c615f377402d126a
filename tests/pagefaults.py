"""What a web server may do to a request, and what must come of it: one reason, in time, in little memory."""

from __future__ import annotations

import datetime as dt
import gzip
import threading
import time
from dataclasses import dataclass
from typing import Self

import psutil

from aluevahti.fetch import Fetcher
from aluevahti.model import Failed, FailureReason, Fetched, Request
from asking import NOW, source
from faultserver import (
    Fault,
    Page,
    Site,
    bare_304,
    coded_as,
    cut_chunks,
    drip,
    drip_body,
    gzip_bomb,
    huge_headers,
    raw,
    redirect,
    reset,
    retry_after,
    short_length,
    stacked_gzip,
    stall,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n"
LIMIT = 50_000

FAULTS: dict[str, tuple[Page | Fault, FailureReason]] = {
    "no answer at all": (raw(b""), FailureReason.CONNECT),
    "half a status line": (raw(b"HTTP/1.1 20"), FailureReason.CONNECT),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), FailureReason.CONNECT),
    "not HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), FailureReason.CONNECT),
    "a reset before the head": (reset(b""), FailureReason.CONNECT),
    "a reset within the body": (reset(HEAD + b"half"), FailureReason.TRUNCATED),
    "an early end": (raw(HEAD + b"half"), FailureReason.TRUNCATED),
    "a length that is too long": (short_length("x" * 500), FailureReason.TRUNCATED),
    "chunks without an end": (cut_chunks(b"x" * 500), FailureReason.TRUNCATED),
    "chunks that are none": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n"),
        FailureReason.TRUNCATED,
    ),
    "a gzip body cut short": (coded_as("gzip", gzip.compress(b"abc" * 99)[:-9]), FailureReason.TRUNCATED),
    "gzip within gzip": (stacked_gzip(b"x" * 500), FailureReason.ENCODING),
    "brotli unasked": (coded_as("br", b"x" * 500), FailureReason.ENCODING),
    "gzip that is none": (coded_as("gzip", b"<html>plain</html>"), FailureReason.ENCODING),
    "a bomb": (gzip_bomb(5), FailureReason.TOO_LARGE),
    "a body over the cap": (Page(b"x" * (LIMIT + 1)), FailureReason.TOO_LARGE),
    "a chunked body over the cap": (Page(b"x" * (LIMIT + 1), chunked=True), FailureReason.TOO_LARGE),
    "an announced body over the cap": (
        stall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nx"),
        FailureReason.TOO_LARGE,
    ),
    "a head without an end": (huge_headers(), FailureReason.CONNECT),
    "two lengths": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        FailureReason.CONNECT,
    ),
    "a redirect to nowhere": (Page(b"", status=302), FailureReason.REDIRECT),
    "a redirect to nonsense": (redirect("http://[::1"), FailureReason.REDIRECT),
    "304 without validators": (bare_304(), FailureReason.STATUS),
    "another protocol": (raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), FailureReason.CONNECT),
    "an empty success": (Page(b""), FailureReason.EMPTY),
    "an empty chunked success": (Page(b"", chunked=True), FailureReason.EMPTY),
}
"""By name: what the server does, and the reason that is given for it."""

SLOW: dict[str, Page | Fault] = {
    "nothing": stall(),
    "half a head": stall(b"HTTP/1.1 200 OK\r\nConte"),
    "half a body": stall(HEAD + b"half"),
    "a head, drop by drop": drip(HEAD + b"x" * 100),
    "a body, drop by drop": drip_body(b"x" * 1000),
    "chunks, drop by drop": drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 200),
    "a hundred times 'continue'": drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 200, every=0.002),
    "a redirect, then nothing": redirect("/stalls"),
}
"""By name: what goes on for longer than anybody waits."""

LOOP = {"/x": redirect("/y"), "/y": redirect("/x")}
HURRY = dt.timedelta(seconds=1)
SPARE = 1.5
"""Seconds that an answer may take beyond its deadline, on a busy machine."""

MOST_MEMORY = 120 * 1024 * 1024
"""Bytes that half a gigabyte of zeros may cost."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one request. `grown`: bytes of memory that it took at its height."""

    reason: str
    detail: str
    seconds: float
    grown: int


def cases() -> dict[str, tuple[dict[str, Page | Fault], FailureReason]]:
    """Every fault by name: the site's pages, `/x` first, and the reason that must be given."""
    found: dict[str, tuple[dict[str, Page | Fault], FailureReason]] = {
        name: ({"/x": fault}, reason) for name, (fault, reason) in FAULTS.items()
    }
    for name, fault in SLOW.items():
        found[f"{name}, without end"] = ({"/x": fault, "/stalls": stall()}, FailureReason.TIMEOUT)
    found["redirects in a circle"] = (dict(LOOP), FailureReason.REDIRECT)
    found["500 MB of zeros, packed"] = ({"/x": gzip_bomb(500)}, FailureReason.TOO_LARGE)
    found["429 with Retry-After"] = ({"/x": retry_after("3600")}, FailureReason.STATUS)
    found["500"] = ({"/x": Page("broken", status=500)}, FailureReason.STATUS)
    found["robots.txt answers 500"] = ({"/robots.txt": Page("", status=500), "/x": Page("x")}, FailureReason.STATUS)
    found["robots.txt forbids it"] = (
        {"/robots.txt": Page("User-agent: *\nDisallow: /x"), "/x": Page("x")},
        FailureReason.FORBIDDEN,
    )
    return found


def asked(pages: dict[str, Page | Fault], *, allow_private: bool = True) -> Answered:
    """Ask for `/x` of such a site, once, with a second's patience."""
    wanted = source(timeout=HURRY, max_bytes=LIMIT, allow_private_addresses=allow_private)
    with Site(pages) as site, Fetcher(contact="a@example.org", clock=lambda: NOW, version="0") as fetcher:
        began = time.monotonic()
        with _Height() as height:
            answer = fetcher.get(wanted, Request(url=site.url("/x")))
        seconds = time.monotonic() - began
    reason = answer.reason.value if isinstance(answer, Failed) else "fetched" if isinstance(answer, Fetched) else "304"
    detail = answer.detail if isinstance(answer, Failed) else ""
    return Answered(reason, detail, seconds, height.grown)


class _Height:
    """How far the process's memory grows meanwhile."""

    def __enter__(self) -> Self:
        self._process = psutil.Process()
        self._before = self._peak = self._process.memory_info().rss
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            self._peak = max(self._peak, self._process.memory_info().rss)

    @property
    def grown(self) -> int:
        return self._peak - self._before


def kept(reason: FailureReason, answer: Answered) -> list[str]:
    """The promises that an answer breaks, in words."""
    broken = []
    if answer.reason != reason.value:
        broken.append(f"the reason is {answer.reason}, not {reason.value}")
    if answer.seconds > HURRY.total_seconds() + SPARE:
        broken.append(f"it took {answer.seconds:.1f} seconds")
    if answer.grown > MOST_MEMORY:
        broken.append(f"it took {answer.grown / 1e6:.0f} MB")
    return broken
