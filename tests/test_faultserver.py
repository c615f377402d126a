"""The fault server itself: what every other test rests on."""

from __future__ import annotations

import http.client
import time
from contextlib import closing

import pytest

from faultserver import Page, Site, drip_body, gzip_bomb, reset, retry_after, stall


def ask(site: Site, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as response:
            response.body = response.read()  # type: ignore[attr-defined]
            return response


def test_a_page_comes_as_written_and_the_request_is_remembered() -> None:
    with Site({"/x": Page("<p>Hämeenlinna</p>", charset="iso-8859-1", headers={"X-A": "b"})}) as site:
        response = ask(site, "/x?y=1", User_Agent="test")
    assert response.status == 200
    assert response.body == "<p>Hämeenlinna</p>".encode("iso-8859-1")  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert response.headers["X-A"] == "b"
    assert [(seen.method, seen.path, seen.query, seen.headers["user-agent"]) for seen in site.requests] == [
        ("GET", "/x", "y=1", "test")
    ]
    assert site.hits("/x") == 1


def test_validators_are_answered_with_304_only_when_they_match() -> None:
    with Site({"/x": Page("x", etag='W/"1"')}) as site:
        assert ask(site, "/x", If_None_Match='W/"1"').status == 304
        assert ask(site, "/x", If_None_Match='"1"').status == 200


def test_a_list_is_answered_in_turn_and_its_last_page_stays() -> None:
    with Site({"/x": [Page("a", status=500), retry_after("3"), Page("b")]}) as site:
        assert [ask(site, "/x").status for _ in range(4)] == [500, 429, 200, 200]


def test_a_missing_page_is_a_404_and_a_function_decides_by_the_request() -> None:
    with Site({"/x": lambda seen: Page(seen.query)}) as site:
        assert ask(site, "/y").status == 404
        assert ask(site, "/x?q").body == b"q"  # type: ignore[attr-defined]


def test_chunked_and_compressed_pages_are_sound() -> None:
    with Site({"/c": Page("x" * 9000, chunked=True), "/z": Page("x" * 9000, coding="gzip")}) as site:
        assert ask(site, "/c").body == b"x" * 9000  # type: ignore[attr-defined]
        assert len(ask(site, "/z").body) < 200  # type: ignore[attr-defined]


def test_closing_wakes_a_stall_at_once() -> None:
    with Site({"/x": stall(seconds=60), "/d": drip_body(b"x" * 1000), "/b": gzip_bomb(500)}) as site:
        for path in site.pages:
            connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
            connection.request("GET", path)
            assert connection.sock
            connection.sock.recv(1) if path != "/x" else None
            connection.close()
        began = time.monotonic()
    assert time.monotonic() - began < 5


def test_a_reset_is_seen_as_one() -> None:
    with Site({"/x": reset(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")}) as site, pytest.raises(OSError):  # noqa: PT011
        ask(site, "/x")
