"""Whatever a server does, the answer is a value with the right reason, within the deadline and the caps."""

from __future__ import annotations

import datetime as dt
import threading
import time
import tracemalloc

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.fetch import Fetcher
from aluevahti.model import Failed, FailureReason, Fetched, NotModified, Request, Validators
from asking import NOW, failed, fetched, source
from faultserver import (
    Connection,
    Fault,
    Page,
    Seen,
    Site,
    early_close,
    gzip_bomb,
    raw,
    stall,
)
from pagefaults import FAULTS, LIMIT, SLOW


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_named(site: Site, fetcher: Fetcher, name: str) -> None:
    site.pages["/x"], reason = FAULTS[name]
    failed(fetcher.get(source(max_bytes=LIMIT), Request(url=site.url("/x"))), reason)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_after_a_fault_the_next_page_comes_as_if_nothing_had_been(site: Site, fetcher: Fetcher, name: str) -> None:
    site.pages.update({"/x": FAULTS[name][0], "/y": Page("y")})
    fetcher.get(source(max_bytes=LIMIT), Request(url=site.url("/x")))
    assert fetched(fetcher.get(source(max_bytes=LIMIT), Request(url=site.url("/y")))).snapshot.body == b"y"


@pytest.mark.parametrize("name", sorted(SLOW))
def test_the_deadline_is_a_total_whatever_drips_in_meanwhile(site: Site, fetcher: Fetcher, name: str) -> None:
    site.pages.update({"/x": SLOW[name], "/stalls": stall()})
    hurried = source(timeout=dt.timedelta(seconds=0.5), permission="A. B., 1.1.2026")
    began = time.monotonic()
    answer = failed(fetcher.get(hurried, Request(url=site.url("/x"))), FailureReason.TIMEOUT)
    assert 0.4 < time.monotonic() - began < 4
    assert "0.5 seconds" in answer.detail


def test_a_body_that_ends_with_the_connection_is_taken(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = early_close("<html>all there is</html>")
    assert fetched(fetcher.get(source(), Request(url=site.url("/x")))).snapshot.body == b"<html>all there is</html>"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_compressed_page_is_stored_as_it_was_before(site: Site, fetcher: Fetcher, coding: str) -> None:
    site.pages["/x"] = Page("hyvä " * 1000, coding=coding, chunked=True)
    answer = fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    assert answer.snapshot.body == ("hyvä " * 1000).encode()
    assert 0 < answer.wire_bytes < 200


def test_a_body_of_exactly_the_cap_is_taken(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page(b"x" * LIMIT)
    assert len(fetched(fetcher.get(source(max_bytes=LIMIT), Request(url=site.url("/x")))).snapshot.body) == LIMIT


def test_a_connection_that_the_server_closed_meanwhile_is_not_a_failure(site: Site, fetcher: Fetcher) -> None:
    """The server answers once on each connection, says nothing of it, and closes at the next request."""
    answered: set[int] = set()

    def script(seen: Seen) -> Page | Fault:
        if seen.connection in answered:
            return raw(b"")
        answered.add(seen.connection)
        return Page("x")

    site.pages.update({"/x": script, "/robots.txt": script})
    for _ in range(4):
        fetched(fetcher.get(source(), Request(url=site.url("/x"))))


def test_a_form_is_not_sent_twice_over_a_dead_connection(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = [Page("x"), raw(b"")]
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    failed(fetcher.get(source(), Request(url=site.url("/x"), form=(("a", "1"),))), FailureReason.CONNECT)
    assert site.hits("/x") == 2


def test_half_a_gigabyte_of_zeros_stays_small_in_memory(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = gzip_bomb(500)
    process = psutil.Process()
    before = process.memory_info().rss
    peak, done = [before], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            peak[0] = max(peak[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer = failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.TOO_LARGE)
    done.set()
    watcher.join()
    assert "bomb" in answer.detail
    assert peak[0] - before < 120 * 1024 * 1024


def test_an_endless_body_stays_small_in_memory(site: Site, fetcher: Fetcher) -> None:
    def endless(connection: Connection, _: Seen) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.send(b"x" * 65536)

    site.pages["/x"] = Fault(endless)
    tracemalloc.start()
    try:
        failed(fetcher.get(source(max_bytes=5 * 1024 * 1024), Request(url=site.url("/x"))), FailureReason.TOO_LARGE)
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    finally:
        tracemalloc.stop()


# --- any bytes -----------------------------------------------------------------------------------

HEADER_NAMES = [
    "Content-Type",
    "Content-Length",
    "Content-Encoding",
    "Transfer-Encoding",
    "Location",
    "ETag",
    "Last-Modified",
    "Retry-After",
    "Cache-Control",
    "Connection",
]


def almost_http() -> st.SearchStrategy[bytes]:
    """Bytes that look enough like HTTP to get past the first line."""
    header = st.tuples(st.sampled_from(HEADER_NAMES), st.binary(max_size=30)).map(
        lambda pair: pair[0].encode() + b": " + pair[1].replace(b"\n", b" ").replace(b"\r", b" ")
    )
    return st.tuples(
        st.sampled_from([200, 203, 204, 206, 301, 302, 303, 304, 307, 404, 429, 500, 503, 999]),
        st.lists(header, max_size=5),
        st.binary(max_size=60),
    ).map(lambda parts: b"HTTP/1.1 %d X\r\n" % parts[0] + b"\r\n".join(parts[1]) + b"\r\n\r\n" + parts[2])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(data=st.one_of(st.binary(max_size=200), almost_http()), form=st.booleans())
def test_any_bytes_are_an_answer_or_a_failure(site: Site, fetcher: Fetcher, data: bytes, form: bool) -> None:
    site.pages["/x"] = raw(data)
    hurried = source(timeout=dt.timedelta(seconds=2), max_bytes=LIMIT)
    request = Request(url=site.url("/x"), form=() if form else None)
    answer = fetcher.get(hurried, request, Validators(etag='"1"'))
    assert isinstance(answer, Fetched | NotModified | Failed)
    if isinstance(answer, Failed):
        failed(answer, answer.reason)
        assert answer.at == NOW
