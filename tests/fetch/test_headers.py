"""What headers mean, including the ones that mean nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.fetch.headers import Headers, content_type, location, retry_at, validators
from aluevahti.model import Validators
from asking import NOW


def headers(**values: str) -> Headers:
    return Headers([(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in values.items()])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html", ("text/html", None)),
        ("text/html; charset=UTF-8", ("text/html", "utf-8")),
        ('Text/HTML;Charset="ISO-8859-1"', ("text/html", "iso-8859-1")),
        ("application/xml ; charset='windows-1252' ; x=y", ("application/xml", "windows-1252")),
        ("text/html; charset=", ("text/html", None)),
        ("text/html; boundary=charset", ("text/html", None)),
        ("html", ("", None)),
        ("", ("", None)),
    ],
)
def test_the_media_type_and_its_charset_are_read(value: str, expected: tuple[str, str | None]) -> None:
    assert content_type(headers(Content_Type=value)) == expected


def test_the_last_content_type_counts() -> None:
    both = Headers([(b"Content-Type", b"text/plain"), (b"content-type", b"application/pdf"), (b"Content-Type", b"x")])
    assert content_type(both) == ("application/pdf", None)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"ETag": '"a"'}, Validators(etag='"a"')),
        ({"Last-Modified": "Mon"}, Validators(last_modified="Mon")),
        ({"ETag": '"a"', "Cache-Control": "no-cache, private"}, Validators(etag='"a"')),
        ({"ETag": '"a"', "Cache-Control": "No-Store"}, None),
        ({"ETag": '"a"', "Expires": "0"}, None),
        ({"ETag": "x" * 5000}, None),
        ({"ETag": ""}, None),
        ({}, None),
    ],
)
def test_validators_are_kept_where_they_mean_something(sent: dict[str, str], expected: Validators | None) -> None:
    assert validators(headers(**sent)) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"/a b", "/a%20b"),
        ("/päätös".encode(), "/p%C3%A4%C3%A4t%C3%B6s"),
        ("/päätös".encode("iso-8859-1"), "/p%E4%E4t%F6s"),
        (b" https://h/x?a=%20 ", "https://h/x?a=%20"),
        (b"", None),
    ],
)
def test_a_redirect_keeps_the_bytes_that_were_sent(sent: bytes, expected: str | None) -> None:
    assert location(Headers([(b"Location", sent)])) == expected


@given(st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2090, 1, 1)))
def test_a_date_to_come_back_at_is_between_now_and_a_day_from_now(at: dt.datetime) -> None:
    wait = retry_at(headers(Retry_After=at.strftime("%a, %d %b %Y %H:%M:%S GMT")), NOW)
    assert wait is not None
    assert NOW <= wait <= NOW + dt.timedelta(hours=24)
    assert wait.tzinfo is dt.UTC


@given(st.binary(max_size=40))
def test_any_bytes_in_a_header_are_survived(value: bytes) -> None:
    names = [b"Content-Type", b"ETag", b"Retry-After", b"Location", b"Cache-Control", b"Content-Encoding"]
    sent = Headers([(name, value) for name in names])
    content_type(sent)
    validators(sent)
    retry_at(sent, NOW)
    sent.tokens("content-encoding")
    target = location(sent)
    assert target is None or target.isascii()
