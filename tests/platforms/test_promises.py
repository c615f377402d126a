"""What every adapter promises, held against every saved page, its halves, other platforms' pages and any bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import goldencases
from aluevahti.errors import ParseError
from aluevahti.model import Listing, Request, Snapshot, Source
from aluevahti.platforms import PLATFORMS, Fallback
from aluevahti.text.urls import absolute, canonical, clean

NAMES = sorted(PLATFORMS)


@cache
def saved() -> list[tuple[goldencases.Case, Snapshot]]:
    return list(goldencases.all_snapshots())


@cache
def sources(name: str) -> list[Source]:
    return [case.source for case, _ in saved() if case.source.platform == name]


@cache
def requests(name: str) -> list[tuple[Source, Request]]:
    """What the adapter asks for in its cases, one request of each purpose and source: start, fallback, the cases' own."""
    platform = PLATFORMS[name]
    found = []
    for source in {id(source): source for source in sources(name)}.values():
        asked = list(platform.start(source))
        if isinstance(platform, Fallback):
            asked += [other for request in asked for other in platform.fallback(source, request)]
        found += [(source, request) for request in asked]
    found += [
        (case.source, Request(url=snapshot.requested_url or snapshot.url, purpose=snapshot.purpose, key=snapshot.key))
        for case, snapshot in saved()
        if case.source.platform == name
    ]
    return list({(source.id, request.purpose): (source, request) for source, request in found}.values())


def answer(source: Source, request: Request, body: bytes, like: Snapshot | None = None) -> Snapshot:
    return Snapshot(
        source=source.id,
        url=request.url,
        purpose=request.purpose,
        fetched_at=goldencases.FETCHED_AT,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=like.media_type if like else "text/html",
        charset=like.charset if like else None,
        key=request.key,
        requested_url=request.url,
    )


def parse(name: str, source: Source, snapshot: Snapshot) -> Listing | str:
    """The listing, or the reason of the error, after both were held to the promises."""
    try:
        listing = PLATFORMS[name].parse(source, snapshot)
    except ParseError as error:
        assert error.reason  # noqa: PT017
        return error.reason
    hold(listing)
    return listing


def hold(listing: Listing) -> None:
    keys = [document.key for document in listing.documents]
    assert len(keys) == len(set(keys))
    for document in listing.documents:
        assert document.key
        assert document.title.strip() == document.title != ""
        assert document.key not in document.aliases
        hold_address(document.url)
        for file in document.files:
            hold_address(file.url)
            assert file.title
        if document.detail is not None:
            hold_request(document.detail)
        assert document.text is None or document.text.strip()
    for request in listing.follow:
        hold_request(request)
    assert listing.unread >= 0
    assert not (listing.complete and listing.unread)


def hold_address(url: str) -> None:
    assert absolute("", url) == clean(url) == url
    assert canonical(canonical(url)) == canonical(url)


def hold_request(request: Request) -> None:
    assert request.purpose
    assert absolute("", request.url.replace("{from}", "2026-01-01").replace("{to}", "2026-03-01")) is not None


@pytest.mark.parametrize("name", NAMES)
def test_start_and_fallback_ask_for_addresses(name: str) -> None:
    assert requests(name)
    for _, request in requests(name):
        hold_request(request)


@pytest.mark.parametrize("name", NAMES)
def test_every_saved_answer_keeps_the_promises_twice_alike(name: str) -> None:
    for case, snapshot in saved():
        if case.source.platform == name:
            assert parse(name, case.source, snapshot) == parse(name, case.source, snapshot)


@pytest.mark.parametrize("name", NAMES)
def test_other_platforms_pages_are_refused_or_truly_read(name: str) -> None:
    for source, request in requests(name):
        for _, other in saved():
            if not other.body.startswith(b"%PDF"):
                parse(name, source, answer(source, request, other.body, other))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.8, 0.95])
def test_a_page_cut_short_is_never_complete(name: str, share: float) -> None:
    for case, snapshot in saved():
        if case.source.platform != name or snapshot.body.startswith(b"%PDF"):
            continue
        body = snapshot.body.rstrip()
        half = dataclasses.replace(snapshot, body=body[: int(len(body) * share)])
        found = parse(name, case.source, half)
        whole = b"</html>" in half.body or b"<footer" in half.body  # what comes after the footer is no loss
        assert isinstance(found, str) or not found.complete or whole


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   \n",
        b"\0\0\0\0",
        b"<html><head><title>503 Service Unavailable</title></head><body><h1>503</h1></body></html>",
        "<html><head><title>Huoltokatko</title></head><body><main><h1>Huoltokatko</h1><p>Palvelussa on häiriö.</p></main></body></html>".encode(),
        "<html><body><h1>Sivua ei löydy</h1><p>Etsimääsi sivua ei löytynyt.</p></body></html>".encode(),
        b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
        b"<html><body><form><input name=u><input type=password name=p><button>Kirjaudu</button></form></body></html>",
        ("<html><body><main>" + "<p>P\ufffdyt\ufffdkirja</p>" * 20 + "</main></body></html>").encode(),
        b"{}",
        b"[]",
        b"null",
        b"[[[[[[[[" * 20_000,
        b"<div>" * 100_000,
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_answer_is_never_taken_for_one(name: str, body: bytes) -> None:
    for source, request in requests(name):
        found = parse(name, source, answer(source, request, body))
        assert isinstance(found, str) or not found.documents


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_any_bytes_are_a_listing_or_a_parse_error(name: str, data: st.DataObject) -> None:
    source, request = data.draw(st.sampled_from(requests(name)))
    body = data.draw(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
    like = data.draw(st.none() | st.sampled_from([snapshot for _, snapshot in saved()]))
    found = parse(name, source, answer(source, request, body.replace(b"%PDF-", b"PDF-"), like))

    assert isinstance(found, str) or found == parse(
        name, source, answer(source, request, body.replace(b"%PDF-", b"PDF-"), like)
    )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_damaged_page_is_a_listing_or_a_parse_error(name: str, data: st.DataObject) -> None:
    case, snapshot = data.draw(st.sampled_from([each for each in saved() if each[0].source.platform == name]))
    body = bytearray(snapshot.body)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        piece = data.draw(
            st.binary(max_size=6)
            | st.sampled_from([b"<", b">", b'"', b"</div>", b"<table>", b"&", b"\xff", b"null", b"}", b"]"])
        )
        body[at : at + data.draw(st.integers(0, 40))] = piece
        if not body:
            break
    if not snapshot.body.startswith(b"%PDF"):
        parse(name, case.source, dataclasses.replace(snapshot, body=bytes(body).replace(b"%PDF-", b"PDF-")))


@pytest.mark.parametrize("name", NAMES)
def test_no_way_to_ask_leads_back_to_one_that_was_refused(name: str) -> None:
    platform = PLATFORMS[name]
    for source, request in requests(name):
        asked = [request]
        for one in asked:
            others = platform.fallback(source, one) if isinstance(platform, Fallback) else ()
            assert not set(others) & set(asked)
            asked += others


_ENDS = re.compile(rb"</(?:html|body)\s*>|<footer\b.*?</footer\s*>", re.IGNORECASE | re.DOTALL)


@pytest.mark.parametrize(
    ("case", "snapshot"),
    [pytest.param(*one, id=f"{one[0].name}-{one[1].key or one[1].purpose}") for one in saved()],
)
def test_a_page_that_is_never_closed_says_the_same_where_the_operator_says_so(
    case: goldencases.Case, snapshot: Snapshot
) -> None:
    name, unclosed = case.source.platform, dataclasses.replace(case.source, unclosed=True)
    whole = parse(name, case.source, snapshot)
    body = _ENDS.sub(b"", snapshot.body)
    cut = dataclasses.replace(snapshot, body=body, sha256=hashlib.sha256(body).hexdigest())

    if not isinstance(whole, Listing) or body == snapshot.body:
        return
    said = parse(name, case.source, cut)
    assert not isinstance(said, str) or "`unclosed: true`" in said or not whole.documents
    listing = parse(name, unclosed, cut)
    assert isinstance(listing, Listing)
    assert listing.documents == whole.documents
    assert not listing.complete or whole.complete
