"""A fetch as its callers see it, over real sockets: successes, validators, redirects, failures."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from aluevahti.fetch import Fetcher
from aluevahti.model import FailureReason, Fetched, NotModified, Request, Validators
from asking import NOW, failed, fetched, source
from faultserver import Page, Site, bare_304, redirect, retry_after


def test_a_page_comes_as_a_snapshot_of_its_bytes(site: Site, fetcher: Fetcher) -> None:
    body = "<p>Hämeenlinna</p>".encode("iso-8859-1")
    site.pages["/x"] = Page(body, content_type='Text/HTML; Charset="ISO-8859-1"', etag='W/"a"', last_modified="Mon")
    request = Request(url=site.url("/x?a=1"), purpose="meeting", key="42")
    answer = fetched(fetcher.get(source(), request))
    snapshot = answer.snapshot
    assert snapshot.body == body
    assert snapshot.sha256 == hashlib.sha256(body).hexdigest()
    assert (snapshot.media_type, snapshot.charset) == ("text/html", "iso-8859-1")
    assert (snapshot.source, snapshot.purpose, snapshot.key) == ("kanta-hame-news", "meeting", "42")
    assert (snapshot.url, snapshot.requested_url) == (site.url("/x?a=1"), None)
    assert snapshot.fetched_at == NOW
    assert answer.validators == Validators(etag='W/"a"', last_modified="Mon")


def test_the_request_says_who_asks_and_carries_no_cookie(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page("x", headers={"Set-Cookie": "a=b; Path=/"})
    for _ in range(2):
        fetcher.get(source(), Request(url=site.url("/x"), accept="application/json"))
    headers = site.last("/x").headers
    assert headers["user-agent"] == "aluevahti/1.2 (+mailto:seuranta@example.org)"
    assert headers["accept"] == "application/json"
    assert headers["accept-language"] == "fi, sv;q=0.8"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert "cookie" not in headers


def test_validators_are_sent_byte_for_byte_and_304_means_not_modified(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page("x", etag='W/"ä:1"')
    known = fetched(fetcher.get(source(), Request(url=site.url("/x")))).validators
    request = Request(url=site.url("/x"))
    assert fetcher.get(source(), request, known) == NotModified(request=request, at=NOW)
    answer = fetcher.get(source(), request, Validators(etag='"other"', last_modified="Mon, 02 Mar 2026 07:00:00 GMT"))
    assert isinstance(answer, Fetched)
    assert site.last("/x").headers["if-none-match"] == '"other"'
    assert site.last("/x").headers["if-modified-since"] == "Mon, 02 Mar 2026 07:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = bare_304()
    assert failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.STATUS).status == 304


@pytest.mark.parametrize("headers", [{"Cache-Control": "private, no-store"}, {"Expires": "0"}])
def test_validators_of_a_page_not_to_be_stored_are_not_kept(
    site: Site, fetcher: Fetcher, headers: dict[str, str]
) -> None:
    site.pages["/x"] = Page("x", etag='"1"', headers=headers)
    assert fetched(fetcher.get(source(), Request(url=site.url("/x")))).validators is None


def test_a_form_is_posted_and_never_asked_conditionally(site: Site, fetcher: Fetcher) -> None:
    site.pages["/search"] = Page("hits", etag='"1"')
    request = Request(url=site.url("/search"), form=(("sana", "järjestöavustus"), ("sivu", "1")))
    fetched(fetcher.get(source(), request, Validators(etag='"1"')))
    seen = site.last("/search")
    assert (seen.method, seen.body) == ("POST", b"sana=j%C3%A4rjest%C3%B6avustus&sivu=1")
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "if-none-match" not in seen.headers


def test_a_redirect_is_followed_and_both_addresses_are_kept(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = redirect("/b?x=1#top", 301)
    site.pages["/b"] = Page("b")
    snapshot = fetched(fetcher.get(source(), Request(url=site.url("/a")))).snapshot
    assert (snapshot.url, snapshot.requested_url) == (site.url("/b?x=1"), site.url("/a"))


def test_a_redirected_form_becomes_a_get_unless_the_method_is_to_be_kept(site: Site, fetcher: Fetcher) -> None:
    site.pages.update({"/see-other": redirect("/b", 303), "/keep": redirect("/b", 307), "/b": Page("b")})
    fetched(fetcher.get(source(), Request(url=site.url("/see-other"), form=(("a", "1"),))))
    assert (site.last("/b").method, site.last("/b").body) == ("GET", b"")
    fetched(fetcher.get(source(), Request(url=site.url("/keep"), form=(("a", "1"),))))
    assert (site.last("/b").method, site.last("/b").body) == ("POST", b"a=1")


def test_after_a_redirect_a_date_no_longer_counts_but_an_entity_tag_does(site: Site, fetcher: Fetcher) -> None:
    site.pages.update({"/a": redirect("/b"), "/b": Page("b", etag='"1"', last_modified="Mon")})
    request = Request(url=site.url("/a"))
    assert isinstance(fetcher.get(source(), request, Validators(last_modified="Mon")), Fetched)
    assert isinstance(fetcher.get(source(), request, Validators(etag='"1"')), NotModified)


def test_redirects_in_a_circle_are_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.pages.update({"/a": redirect("/b"), "/b": redirect("/a")})
    failed(fetcher.get(source(), Request(url=site.url("/a"))), FailureReason.REDIRECT)
    assert site.hits("/a") == 1


def test_five_redirects_are_followed_and_six_are_not(site: Site, fetcher: Fetcher) -> None:
    site.pages.update({f"/{number}": redirect(f"/{number + 1}") for number in range(6)})
    site.pages["/6"] = Page("x")
    fetched(fetcher.get(source(), Request(url=site.url("/1"))))
    failed(fetcher.get(source(), Request(url=site.url("/0"))), FailureReason.REDIRECT)


@pytest.mark.parametrize("status", [404, 410, 403, 500, 502, 206, 202])
def test_a_status_that_is_no_success_is_named(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages["/x"] = Page("sorry", status=status)
    answer = failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.STATUS)
    assert answer.status == status
    assert str(status) in answer.detail


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + dt.timedelta(seconds=120)),
        ("Mon, 02 Mar 2026 08:30:00 GMT", NOW + dt.timedelta(minutes=90)),
        ("9999999999999999", NOW + dt.timedelta(hours=24)),
        ("Mon, 02 Mar 2099 08:30:00 GMT", NOW + dt.timedelta(hours=24)),
        ("Mon, 02 Mar 2020 08:30:00 GMT", NOW),
        ("soon", None),
        ("-5", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_understood_in_both_forms(
    site: Site, fetcher: Fetcher, value: str, expected: dt.datetime | None, status: int
) -> None:
    site.pages["/x"] = retry_after(value, status)
    assert failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.STATUS).retry_at == expected


def test_a_success_without_a_body_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.pages.update({"/x": Page(b""), "/y": Page(b"", status=204)})
    failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.EMPTY)
    failed(fetcher.get(source(), Request(url=site.url("/y"))), FailureReason.EMPTY)
