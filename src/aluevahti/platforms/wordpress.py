"""A WordPress site by its REST interface: news by the day they were last edited, or one standing page.

An address with nothing behind the host (or a word for news) means the site's posts; one that ends in a word of its own,
the page of that name; `/tiedote...`, the type of its own that some regions keep their releases in. Where REST is closed the
feed serves; for a standing page, the page itself.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Listing, Request, Snapshot, Source
from aluevahti.platforms import feeds, interfaces, meetings, pages, paging
from aluevahti.text.dates import HELSINKI, possible
from aluevahti.text.dom import tree
from aluevahti.text.html import main_text
from aluevahti.text.urls import absolute, canonical

name = "wordpress"

PER_PAGE = 30
MOST_PAGES = 2
"""Entries come by their last edit, so that one page holds what changed since the last check."""

_FIELDS = "id,date_gmt,modified_gmt,link,slug,title,content,excerpt,lang"
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
_NEWS = frozenset(
    {"ajankohtaista", "uutiset", "uutinen", "news", "nyheter", "aktuellt", "blogi", "blog", "etusivu", "index.php"}
)
_RELEASES = re.compile(r"tiedot(?:e|teet)", re.IGNORECASE)
_ARCHIVES = frozenset({"tag", "category", "author", "aihe", "kategoria"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """What the operator's address names."""

    origin: str
    route: str  # posts, pages, tiedote
    slug: str | None = None
    lang: str | None = None
    search: str | None = None
    feed: str


def start(source: Source) -> tuple[Request, ...]:
    """One request: the posts, the releases or the page, whichever `source.url` names."""
    site = _site(source.url)
    if urlsplit(source.url).path.rstrip("/").endswith("/feed"):
        return (Request(url=source.url, purpose="feed"),)
    if site.route == "archive":
        return (Request(url=site.feed, purpose="feed"),)
    return (_rest(site, 1),)


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:
    """What to ask where REST is not there: the feed, or the standing page as everybody sees it."""
    if failed.purpose == "rest-page":
        return (Request(url=source.url, purpose="page", key=failed.key),)
    return (Request(url=_site(source.url).feed, purpose="feed"),) if failed.purpose == "rest-1" else ()


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """REST's answer, the feed or a page, by the request's purpose.

    Raises:
        ParseError: REST is closed or answers with a page or an error of its own.
        LayoutChanged: there is no page of that name; see also `aluevahti.platforms.feeds.read`.
    """
    if snapshot.purpose == "feed":
        return feeds.read(source, snapshot)
    if snapshot.purpose == "document":
        return Listing(documents=(pages.document(source, snapshot, Form.NEWS),))
    if snapshot.purpose == "page":
        return Listing(documents=(pages.document(source, snapshot, Form.PAGE),), complete=True)
    standing = snapshot.purpose == "rest-page"
    items = _items(snapshot)
    if standing and not items:
        raise LayoutChanged(snapshot.url, "the site has no page of that name")
    read = [_document(item, source, snapshot, standing=standing) for item in items]
    return Listing(
        documents=tuple({document.key: document for document in reversed(read) if document}.values())[::-1],
        follow=_follow(source, snapshot, len(items)),
        complete=standing and None not in read,
        unread=read.count(None),
    )


def _site(url: str) -> _Site:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    words = [word for word in parts.path.split("/") if word]
    lang = words[0].lower() if words and _LANGUAGE.fullmatch(words[0]) else None
    rest = words[1:] if lang else words
    query = parse_qs(parts.query)
    search = next(iter(query.get("s") or query.get("search") or ()), None)
    base = f"{origin}/{words[0]}" if lang else origin
    feed = f"{base}/feed/" if search is None else f"{base}/?s={quote(search)}&feed=rss2"
    if rest and rest[0].lower() in _ARCHIVES:
        return _Site(origin=origin, route="archive", feed=f"{origin}/{'/'.join(words)}/feed/")
    if rest and _RELEASES.fullmatch(rest[0]) and len(rest) == 1:
        return _Site(origin=origin, route="tiedote", lang=lang, search=search, feed=f"{origin}/{'/'.join(words)}/feed/")
    if not rest or rest[-1].lower() in _NEWS:
        return _Site(origin=origin, route="posts", lang=lang, search=search, feed=feed)
    return _Site(origin=origin, route="pages", slug=rest[-1], lang=lang, feed=feed)


def _rest(site: _Site, number: int) -> Request:
    url = f"{site.origin}/wp-json/wp/v2/{site.route}?"
    lang = f"&lang={site.lang[:2]}" if site.lang else ""
    if site.slug is not None:
        return Request(
            url=f"{url}slug={quote(site.slug, safe='%')}{lang}&_fields={_FIELDS}", purpose="rest-page", key="page"
        )
    search = f"&search={quote(site.search)}" if site.search else ""
    page = f"&page={number}" if number > 1 else ""
    return Request(
        url=f"{url}per_page={PER_PAGE}&orderby=modified{search}{lang}{page}&_fields={_FIELDS}", purpose=f"rest-{number}"
    )


def _follow(source: Source, snapshot: Snapshot, count: int) -> tuple[Request, ...]:
    number = (
        int(snapshot.purpose.removeprefix("rest-")) if snapshot.purpose.removeprefix("rest-").isdigit() else MOST_PAGES
    )
    return (_rest(_site(source.url), number + 1),) if count >= PER_PAGE and number < MOST_PAGES else ()


def _items(snapshot: Snapshot) -> list[Any]:
    answer = interfaces.json_of(snapshot, otherwise="the site's REST interface does not answer in JSON")
    if not isinstance(answer, list):
        reason = answer.get("message") if isinstance(answer, dict) else None
        raise ParseError(snapshot.url, f"the site's REST interface refuses: {reason or 'not a list'}")
    paging.refuse_endless(len(answer), snapshot.url)
    return answer


def _document(item: Any, source: Source, snapshot: Snapshot, *, standing: bool) -> Document | None:
    """One post or page; None where it lacks what makes it one."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), int):
        return None
    url = absolute(snapshot.url, item.get("link") if isinstance(item.get("link"), str) else None)
    title = feeds.plain(_rendered(item, "title"))
    if url is None or not title:
        return None
    key = "page" if standing else f"p:{item['id']}"
    content = f"<body>{_rendered(item, 'content')}</body>"
    text = main_text(content, ignore=source.ignore, url=url)
    return Document(
        key=key,
        url=url,
        title=title,
        form=Form.PAGE if standing else Form.NEWS,
        published_on=_day(item.get("date_gmt")),
        lang=_language(item.get("lang")) or source.lang,
        revision=item["modified_gmt"] if isinstance(item.get("modified_gmt"), str) else None,
        text=text or None,
        detail=None if text else Request(url=url, purpose="document", key=key),
        files=_files(content, url),
        aliases=tuple(name for name in (canonical(url), f"p:{item['id']}") if name != key),
    )


def _rendered(item: dict[str, Any], field: str) -> str:
    value = item.get(field)
    rendered = value.get("rendered") if isinstance(value, dict) else value
    return rendered if isinstance(rendered, str) else ""


def _day(moment: object) -> dt.date | None:
    """`2026-03-02T07:00:00`, UTC without saying so, as its day in Helsinki."""
    try:
        return possible(dt.datetime.fromisoformat(str(moment)).replace(tzinfo=dt.UTC).astimezone(HELSINKI).date())
    except (ValueError, OverflowError):
        return None


def _language(value: object) -> Language | None:
    try:
        return Language(str(value)[:2].lower())
    except ValueError:
        return None


def _files(content: str, base: str) -> tuple[File, ...]:
    root = tree(content, base)
    links = (
        [] if root is None else [(absolute(base, link.get("href")), meetings.words(link)) for link in root.iter("a")]
    )
    return meetings.unique_files(
        File(url=url, title=text or pages.name_of(url)) for url, text in links if url and pages.is_file(url)
    )
