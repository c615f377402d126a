"""A list page that links to documents: news, minutes, decisions of a site that no other adapter knows.

`item:` in sources.yaml names one entry; without it the entries are looked for among the blocks that repeat. An empty
list is believed only where the page says in words that there is nothing, because a broken list looks the same.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, Form, Listing, Request, Snapshot, Source
from aluevahti.platforms import meetings, pages, paging
from aluevahti.platforms.meetings import Page
from aluevahti.platforms.rows import read_row
from aluevahti.text.dates import printed_date
from aluevahti.text.dom import without
from aluevahti.text.tidy import tidy_line
from aluevahti.text.urls import absolute, canonical, clean, host

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

name = "listing"

MOST_PAGES = 3
"""How far a list is paged: it is read from the newest on, and what is older was seen before."""

_LARGEST = 2_000_000
"""Characters of a list page; what is larger is no list that a person reads, and would cost seconds."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>\s*")
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_BLOCKS = (".views-row", ".asset-abstract", ".teaser", "article", "tr", "li", ".card", "h2, h3", "p")
"""What entries are on the usual sites, the surest first."""

_NOTHING = re.compile(
    r"\bei\s+(?:haku)?tuloksia\b|\bei\s+julkais\w+|\bei\s+(?:ole\s+)?(?:\w+\s+){0,2}(?:uutisia|tiedotteita|kuulutuksia|julkaisuja|ilmoituksia|sisältöä)\b"
    r"|\b(?:inga|det\s+finns\s+inga)\s+(?:\w+\s+){0,2}(?:resultat|nyheter|meddelanden|kungörelser|publikationer)\b",
    re.IGNORECASE,
)


def start(source: Source) -> tuple[Request, ...]:
    """The list page."""
    return (Request(url=source.url, purpose="listing"),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """A page of the list, or (purpose "document") a document that it links to.

    Raises:
        ParseError: a notice, an error page, broken letters, or what is no page at all.
        LayoutChanged: no entry on the page, and no word that there is none.
    """
    if snapshot.purpose == "document":
        return Listing(documents=(pages.document(source, snapshot, Form.NEWS),))
    page = meetings.page_of(snapshot, unclosed=source.unclosed)
    pages.refuse_errors(page)
    if len(page.markup) > _LARGEST:
        raise ParseError(snapshot.url, "the list is larger than any list that a person reads")
    soup = _soup(page, source)
    without(page.root, _selectors(source))
    base = _base(soup, snapshot.url)
    rows = _rows(soup, source, base)
    whole = meetings.is_whole(page)
    if not rows:
        return _nothing(soup, page, whole=whole)
    follow = _next_page(page, snapshot, base)
    read = [read_row(row, source, base) for row in rows]
    cut = not whole and not page.markup.rstrip().endswith(">")
    if cut and read[-1] is not None:
        read[-1] = None  # the end is missing in the middle of a word
    unread = read.count(None)
    return Listing(
        documents=_unique(document for document in read if document is not None),
        follow=follow,
        complete=whole and not page.unclosed and unread == 0 and not follow and not paging.shows_a_part(page.root),
        unread=unread,
        skeleton=_skeleton(rows),
    )


def _soup(page: Page, source: Source) -> BeautifulSoup:
    """The page for BeautifulSoup, without what the operator said never counts."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - a tenth of a second to load, and most passes read no list anew
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    markup = _DECLARATION.sub("", page.markup)
    if _FEED.match(markup) or "<" not in markup:
        raise LayoutChanged(page.url, "what came is no list page (for a feed there is the platform 'feed')")
    try:
        soup = BeautifulSoup(markup, "lxml")
    except ParserRejectedMarkup as error:
        raise ParseError(page.url, "what came cannot be read as a page") from error
    for entry in _selectors(source):
        for element in soup.select(entry):
            element.decompose()
    return soup


def _selectors(source: Source) -> list[str]:
    return [entry for entry in source.ignore if not entry.startswith("/")]


def _base(soup: BeautifulSoup, url: str) -> str:
    element = soup.find("base", href=True)
    return (absolute(url, str(element["href"])) if element is not None else None) or url


def _nothing(soup: BeautifulSoup, page: Page, *, whole: bool) -> Listing:
    """An empty list, where the page says that it is empty."""
    place = soup.find("main") or soup.body or soup
    said = tidy_line(place.get_text(" "))
    pages.refuse_notice(page, said, longest=1200)
    if _NOTHING.search(said) and whole:
        return Listing(complete=not paging.has_pager(page.root))
    raise meetings.lacking(page, "entry of a list, nor a word that there is none")


# --- entries -------------------------------------------------------------------------------------


def _rows(soup: BeautifulSoup, source: Source, base: str) -> list[Tag]:
    """The entries in the page's order, without rows that are headings or empty."""
    if source.item:
        found = _innermost_out(soup.select(source.item))
        return [row for row in found if _is_entry(row)]
    places = (soup.select(source.select) if source.select else []) or [soup.find("main") or soup.body or soup]
    best: list[Tag] = []
    for css in _BLOCKS:
        found = _innermost_out(
            row for place in places for row in place.select(css) if row.find_parent(_is_away) is None
        )
        rows = [row for row in found if _links_somewhere(row, base)]
        if _weight(rows) > _weight(best):
            best = rows
    return best if len(best) > 1 or _weight(best) > 1 else []


def _is_entry(row: Tag) -> bool:
    if row.name == "tr" and row.find("td") is None:
        return False
    return bool(row.get_text(strip=True)) or row.find("a", href=True) is not None


def _innermost_out(rows: Iterable[Tag]) -> list[Tag]:
    """`rows` without those inside another: an entry is read once."""
    found = list(rows)
    known = {id(row) for row in found}
    return [row for row in found if not any(id(above) in known for above in row.parents)]


def _is_away(element: Tag) -> bool:
    return (
        element.name in {"nav", "header", "footer", "aside"} and element.find_parent(["main", "article"]) is None
    ) or (element.get("role") in {"navigation", "search"})


def _links_somewhere(row: Tag, base: str) -> bool:
    around = row if row.name == "a" else row.find_parent("a")
    anchors = [around] if around is not None else row.find_all("a", href=True)
    return (
        any(absolute(base, str(anchor.get("href") or "")) for anchor in anchors) and len(row.get_text(strip=True)) >= 8
    )


def _weight(rows: Sequence[Tag]) -> int:
    """How much blocks look like a list: entries with a date count for more than mere links."""
    dated = sum(1 for row in rows if row.find("time") or printed_date(row.get_text(" ")))
    return 3 * dated + (len(rows) - dated if len(rows) > 2 else 0)


def _unique(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Each document once, in order; ids that name two addresses are no ids, then the addresses are the keys."""
    by_address: dict[str, Document] = {}
    for document in documents:
        by_address.setdefault(canonical(document.url), document)
    counts = Counter(document.key for document in by_address.values())
    return tuple(
        document if counts[document.key] == 1 else _keyed(document, address) for address, document in by_address.items()
    )


def _keyed(document: Document, key: str) -> Document:
    detail = document.detail and replace(document.detail, key=key)
    return replace(document, key=key, detail=detail, aliases=())


# --- paging --------------------------------------------------------------------------------------


def _next_page(page: Page, snapshot: Snapshot, base: str) -> tuple[Request, ...]:
    number = int(snapshot.purpose.partition("-")[2] or 1) if snapshot.purpose.startswith("listing") else 1
    url = paging.next_url(page.root, base)
    seen = {clean(snapshot.url), clean(snapshot.requested_url or snapshot.url)}
    if number >= MOST_PAGES or url is None or url in seen or host(url) != host(snapshot.url):
        return ()
    return (Request(url=url, purpose=f"listing-{number + 1}"),)


def _skeleton(rows: Sequence[Tag]) -> str:
    """A fingerprint of how the entries are built: tags and class names (those with figures change by themselves), however many entries there are."""
    bones = {(_bone(each.parent), _bone(each)) for row in rows for each in (row, *row.find_all(True))}
    return hashlib.sha256(repr(sorted(bones)).encode()).hexdigest()[:16]


def _bone(element: Tag | None) -> str:
    if element is None:
        return ""
    names = sorted({each for each in element.get_attribute_list("class") if each and not re.search(r"\d", each)})
    return ".".join([element.name, *names])
