"""A publisher's press releases at STT Info: its pressroom as JSON, each release as JSON, RSS where that is closed.

A release's own page ends in "Lue lisää julkaisijalta", the publisher's other releases with their leads: it changes
whenever anything else is published, and is never part of the release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Listing, Request, Snapshot, Source
from aluevahti.platforms import feeds, interfaces, meetings, pages, paging
from aluevahti.text.dates import timestamp_date
from aluevahti.text.dom import tree
from aluevahti.text.html import main_text, metadata
from aluevahti.text.metadata import json_ld
from aluevahti.text.tidy import tidy
from aluevahti.text.urls import absolute, canonical, clean

name = "stt"

PER_PAGE = 20
MOST_PAGES = 2

_PUBLISHER = re.compile(r"/(?:uutishuone|pressrum|pressroom)/(\d+)")
_RELEASE = re.compile(r"/(?:tiedote|release|pressmeddelande)/(\d+)")
_TAIL = re.compile(
    r"^(?:lue lisää julkaisijalta|läs mer (?:från|av)|andra meddelanden|muita tiedotteita)\b", re.IGNORECASE
)
_JSON = "application/json"
_FILES = ("attachments", "documents", "files", "images", "pdfs")


def start(source: Source) -> tuple[Request, ...]:
    """The newest releases of the pressroom that `source.url` names."""
    return (_page(source, 0),)


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:
    """The publisher's RSS instead of its pressroom in JSON."""
    if failed.purpose != "pressroom-0":
        return ()
    return (
        Request(url=f"{_origin(source.url)}/rss/releases/latest?publisherId={publisher_of(source.url)}", purpose="rss"),
    )


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The pressroom (JSON or RSS) or one release (JSON or its page), by the request's purpose.

    Raises:
        ParseError: no JSON, an error page, or a release without text.
        LayoutChanged: JSON of another shape.
    """
    if snapshot.purpose == "rss":
        return _feed(source, snapshot)
    if snapshot.purpose == "release":
        return Listing(documents=(_release(source, snapshot),))
    if snapshot.purpose == "release-page":
        return Listing(documents=(_release_page(source, snapshot),))
    releases = _json(snapshot).get("releases")
    if not isinstance(releases, list):
        raise LayoutChanged(snapshot.url, "the pressroom's answer has no list of releases")
    paging.refuse_endless(len(releases), snapshot.url)
    ours = [each for each in releases if not _is_foreign(each, publisher_of(source.url))]
    read = [_listed(each, source, snapshot) for each in ours]
    number = int(snapshot.purpose.rpartition("-")[2]) if snapshot.purpose.startswith("pressroom-") else MOST_PAGES
    more = len(releases) >= PER_PAGE and number + 1 < MOST_PAGES
    return Listing(
        documents=tuple({document.key: document for document in reversed(read) if document}.values())[::-1],
        follow=(_page(source, number + 1),) if more else (),
        unread=read.count(None),
    )


def publisher_of(url: str) -> str:
    """The publisher's number in a pressroom's address or in that of one of its releases; empty where it has none."""
    parts = urlsplit(url)
    found = _PUBLISHER.search(parts.path)
    return found.group(1) if found else parse_qs(parts.query).get("publisherId", [""])[0]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _page(source: Source, number: int) -> Request:
    url = f"{_origin(source.url)}/public-website-api/pressroom/{publisher_of(source.url)}/releases/{PER_PAGE}/{number}"
    return Request(url=url, purpose=f"pressroom-{number}", accept=_JSON)


def _json(snapshot: Snapshot) -> dict[str, Any]:
    answer = interfaces.json_of(snapshot, otherwise="the answer is no JSON")
    if not isinstance(answer, dict):
        raise LayoutChanged(snapshot.url, "the answer is JSON of another shape")
    return answer


# --- the pressroom -------------------------------------------------------------------------------


def _is_foreign(release: Any, publisher: str) -> bool:
    """Whether a release is another publisher's: a search, unlike a pressroom, shows those too."""
    owner = release.get("publisher") if isinstance(release, dict) else None
    number = owner.get("id") if isinstance(owner, dict) else None
    return number is not None and str(number) != publisher


def _listed(release: Any, source: Source, snapshot: Snapshot) -> Document | None:
    """One release on the list; None where it has no id, title or address."""
    if not isinstance(release, dict) or not str(release.get("id") or "").isdigit():
        return None
    key = str(release["id"])
    lang, version = _version(release, source)
    title = feeds.plain(_text(version, "title"))
    url = absolute(snapshot.url, _text(version, "url") or f"/tiedote/{key}")
    if not title or url is None:
        return None
    detail = f"{_origin(source.url)}/public-website-api/release/{key}?publisherId={publisher_of(source.url)}&lang={lang or 'fi'}"
    return Document(
        key=key,
        url=url,
        title=title,
        form=Form.NEWS,
        published_on=timestamp_date(_text(release, "date")),
        lang=lang or source.lang,
        detail=Request(url=detail, purpose="release", key=key, accept=_JSON),
        aliases=_addresses(release, snapshot.url),
    )


def _version(release: dict[str, Any], source: Source) -> tuple[Language | None, dict[str, Any]]:
    """The language version that is read: the source's language, else Finnish, Swedish, or whatever there is."""
    versions = release.get("versions")
    given = (
        {key: value for key, value in versions.items() if isinstance(value, dict)} if isinstance(versions, dict) else {}
    )
    for wanted in (source.lang, Language.FI, Language.SV, Language.EN):
        if wanted is not None and _text(given.get(wanted.value), "title"):
            return wanted, given[wanted.value]
    return None, next((value for value in given.values() if _text(value, "title")), release)


def _addresses(release: dict[str, Any], base: str) -> tuple[str, ...]:
    """The addresses of all language versions: whoever links to one means the release."""
    versions = release.get("versions")
    given = [_text(each, "url") for each in versions.values()] if isinstance(versions, dict) else []
    urls = [absolute(base, each) for each in given if each]
    return tuple(dict.fromkeys(canonical(url) for url in urls if url))


def _text(value: Any, field: str) -> str:
    found = value.get(field) if isinstance(value, dict) else None
    return found.strip() if isinstance(found, str) else ""


def _feed(source: Source, snapshot: Snapshot) -> Listing:
    """The RSS: keys become release ids, as in the pressroom; texts come from the releases' pages."""
    listing = feeds.read(source, snapshot)
    publisher = publisher_of(source.url)
    kept: dict[str, Document] = {}
    for document in listing.documents:
        owner = parse_qs(urlsplit(document.url).query).get("publisherId", [publisher])[0]
        found = _RELEASE.search(urlsplit(document.url).path)
        key = found.group(1) if found else parse_qs(urlsplit(document.url).query).get("releaseId", [document.key])[0]
        if owner == publisher:
            detail = Request(url=document.url, purpose="release-page", key=key)
            kept.setdefault(
                key,
                replace(document, key=key, text=None, detail=detail, aliases=tuple({canonical(document.url)} - {key})),
            )
    return replace(listing, documents=tuple(kept.values()))


# --- a release -----------------------------------------------------------------------------------


def _release(source: Source, snapshot: Snapshot) -> Document:
    answer = _json(snapshot)
    inner = answer.get("release")
    release: dict[str, Any] = inner if isinstance(inner, dict) else answer
    lang, version = _version(release, source)
    body = version.get("body")
    complete = body if isinstance(body, str) else _text(body, "complete")
    lead = feeds.plain(_text(version, "leadtext"))
    text = _without_tail(main_text(f"<body>{complete}</body>", ignore=source.ignore, url=snapshot.url))
    if lead and not text.startswith(lead):
        text = f"{lead}\n{text}".strip()
    if not text:
        raise ParseError(snapshot.url, "the release has no text")
    key = snapshot.key or str(release.get("id") or canonical(snapshot.url))
    return Document(
        key=key,
        url=absolute(snapshot.url, _text(version, "url") or f"/tiedote/{key}") or snapshot.url,
        title=feeds.plain(_text(version, "title")) or text.partition("\n")[0][:200],
        form=Form.NEWS,
        published_on=timestamp_date(_text(release, "date")),
        lang=lang or source.lang,
        text=text,
        files=meetings.unique_files(
            [*_attached(version, snapshot.url), *_attached(release, snapshot.url), *_linked(complete, snapshot.url)]
        ),
        aliases=tuple(address for address in _addresses(release, snapshot.url) if address != key),
    )


def _attached(holder: dict[str, Any], base: str) -> Iterator[File]:
    """Attachments of a release or of a version, whatever the list is called."""
    for field in _FILES:
        entries = holder.get(field)
        for entry in entries if isinstance(entries, list) else ():
            url = absolute(base, _text(entry, "url") or _text(entry, "href") or _text(entry, "src"))
            if url is not None:
                yield File(
                    url=url,
                    title=feeds.plain(_text(entry, "title") or _text(entry, "name") or _text(entry, "caption"))
                    or pages.name_of(url),
                )


def _linked(body: str, base: str) -> Iterator[File]:
    root = tree(f"<body>{body}</body>", base)
    for link in () if root is None else root.iter("a"):
        url = absolute(base, link.get("href"))
        if url is not None and pages.is_file(url):
            yield File(url=url, title=meetings.words(link) or pages.name_of(url))


def _release_page(source: Source, snapshot: Snapshot) -> Document:
    """A release's own page: its structured data, else its text up to the publisher's other releases."""
    page = meetings.page_of(snapshot, unclosed=source.unclosed)
    pages.refuse_errors(page)
    root = tree(page.markup, snapshot.url, scripts=True)
    data = next((each for each in json_ld(root) if isinstance(each.get("articleBody"), str)), {})
    text = _without_tail(_plain(_text(data, "articleBody")))
    if not text:
        read = pages.document(source, snapshot, Form.NEWS)
        return replace(read, text=_without_tail(read.text or ""))
    about = metadata(page.markup, snapshot.url)
    url = clean(snapshot.requested_url or snapshot.url)
    return Document(
        key=snapshot.key or canonical(url),
        url=url,
        title=feeds.plain(_text(data, "headline")) or about.title or pages.name_of(url),
        form=Form.NEWS,
        published_on=about.published_on,
        lang=about.lang or source.lang,
        text=text,
        aliases=tuple({canonical(url)} - {snapshot.key or canonical(url)}),
    )


def _plain(body: str) -> str:
    return main_text(f"<body>{body}</body>") if "<" in body else tidy(body)


def _without_tail(text: str) -> str:
    """`text` up to the list of the publisher's other releases."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if _TAIL.match(line)), len(lines))
    return "\n".join(lines[:end])
