"""RSS and Atom, wherever they come from; shared by the adapters that live on feeds or fall back to one."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import warnings
from collections.abc import Iterable
from typing import Any

from lxml import etree

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Listing, Request, Snapshot, Source
from aluevahti.platforms import meetings, pages, paging
from aluevahti.platforms.rows import key_of
from aluevahti.text.charset import decode, looks_broken
from aluevahti.text.dates import HELSINKI, possible
from aluevahti.text.html import main_text
from aluevahti.text.tidy import tidy_line
from aluevahti.text.urls import absolute, canonical

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HEAD = 4000
"""Characters within which a feed says that it is one; the parser takes long over what is none."""

_LARGEST_UNSOUND = 500_000
"""Characters of a feed that is not well-formed."""

_END = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)
_CUT = re.compile(
    r"\[?(?:…|\.\.\.)\]?\s*(?:(?:lue|read|läs)\b.{0,60})?\Z|\b(?:lue lisää|continue reading|läs mer)\b.{0,80}\Z",
    re.IGNORECASE,
)
_WHOLE = 200
"""Characters; what is shorter may be a lead, so the page itself is read."""

_MARKUP = re.compile(r"<[a-z!/][^>]*>|&#?\w+;", re.IGNORECASE)


def read(source: Source, snapshot: Snapshot) -> Listing:
    """The entries of the feed in `snapshot`, newest first as a rule; a window on the newest ones, never complete.

    The text of an entry is taken from the feed only where it is clearly the whole; else its page is its detail.

    Raises:
        LayoutChanged: a page came where the feed was.
        ParseError: a notice, broken letters, or what is no feed.
    """
    text = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if looks_broken(text):
        raise ParseError(snapshot.url, "the letters of the feed are broken")
    if _PAGE.match(text):
        page = meetings.page_of(snapshot)
        pages.refuse_errors(page)
        raise meetings.lacking(page, "feed in it, it is a page")
    if len(text) > _LARGEST_UNSOUND and not _is_sound(text):
        raise ParseError(snapshot.url, "the feed is damaged, and too large to be mended")
    paging.refuse_endless(len(_ENTRY.findall(text)), snapshot.url)
    parsed = _parsed(text, snapshot.url) if _FEED.search(text[:_HEAD]) else None
    if parsed is None or not parsed.get("version"):
        raise LayoutChanged(snapshot.url, "what came is no feed")
    entries = list(parsed.entries)
    cut = _END.search(text[-4000:]) is None
    if cut and not entries:
        raise ParseError(snapshot.url, "half a feed came")
    lang = _language(parsed.feed.get("language")) or source.lang
    found = [_document(entry, snapshot.url, lang) for entry in (entries[:-1] if cut else entries)]
    return Listing(
        documents=_unique(document for document in found if document is not None),
        unread=found.count(None) + int(cut),
    )


def _is_sound(text: str) -> bool:
    """Whether a feed is well-formed; one that is not is read by a forgiving parser, which is slow."""
    try:
        etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return True


def _parsed(text: str, url: str) -> Any:
    """feedparser's view of `text`; it is handed bytes whose encoding leaves nothing to guess, and no address to open."""
    import feedparser  # noqa: PLC0415 - a tenth of a second to load, and most passes read no feed anew

    body = io.BytesIO(_DECLARATION.sub("", text).encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own ways
        try:
            return feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        except (ValueError, TypeError, KeyError, AttributeError, LookupError, AssertionError, RecursionError) as error:
            raise ParseError(url, "what came cannot be read as a feed") from error


def _document(entry: Any, base: str, lang: Language | None) -> Document | None:
    """One entry; None where it has no address or no title."""
    guid = tidy_line(str(entry.get("id") or ""))
    url = absolute(base, str(entry.get("link") or "") or (guid if "://" in guid else None))
    title = plain(str(entry.get("title") or "")) or plain(str(entry.get("summary") or ""))[:120]
    if url is None or not title or looks_broken(title):
        return None
    key = _key(guid, url)
    text = _whole_text(entry)
    return Document(
        key=key,
        url=url,
        title=title,
        form=Form.FILE if pages.is_file(url) else Form.NEWS,
        published_on=_day(entry, "published_parsed") or _day(entry, "updated_parsed"),
        lang=lang,
        revision=_stamp(entry),
        text=text,
        detail=None if text is not None else Request(url=url, purpose="document", key=key),
        files=_enclosures(entry, base),
        aliases=tuple({canonical(url)} - {key}),
    )


def _key(guid: str, url: str) -> str:
    """The entry's id; an id that is an address, in the form in which lists know the same address."""
    if not guid:
        return canonical(url)
    return key_of(guid) if "://" in guid else guid


def plain(markup: str) -> str:
    """A title or lead that may be marked up, as one line of text."""
    if _MARKUP.search(markup):
        markup = html.unescape(markup)
        markup = main_text(f"<body>{markup}</body>") if _MARKUP.search(markup) else markup
    return tidy_line(markup)


def _whole_text(entry: Any) -> str | None:
    contents = entry.get("content") or []
    value = str(contents[0].get("value") or "") if contents else ""
    text = main_text(f"<body>{value}</body>") if value.strip() else ""
    return text if len(text) >= _WHOLE and not _CUT.search(text) else None


def _day(entry: Any, name: str) -> dt.date | None:
    """A moment of the entry (feedparser gives it in UTC) as its day in Helsinki."""
    moment = dict.get(entry, name)  # plain `get` would give the one for the other
    if moment is None:
        return None
    try:
        return possible(dt.datetime(*tuple(moment)[:6]).replace(tzinfo=dt.UTC).astimezone(HELSINKI).date())
    except (ValueError, OverflowError, TypeError):
        return None


def _stamp(entry: Any) -> str | None:
    """When the entry was last edited, where the feed tells that from when it was published."""
    stamp = dict.get(entry, "updated") if dict.get(entry, "published") else None
    return tidy_line(str(stamp)) if stamp else None


def _enclosures(entry: Any, base: str) -> tuple[File, ...]:
    urls = [absolute(base, str(each.get("href") or "")) for each in entry.get("enclosures") or []]
    return meetings.unique_files(File(url=url, title=pages.name_of(url)) for url in urls if url and pages.is_file(url))


def _language(value: object) -> Language | None:
    try:
        return Language(str(value or "").strip().lower()[:2])
    except ValueError:
        return None


def _unique(documents: Iterable[Document]) -> tuple[Document, ...]:
    kept: dict[str, Document] = {}
    for document in documents:
        kept.setdefault(document.key, document)
    return tuple(kept.values())
