"""TWeb (KTweb) by Triplan: two feeds or lists, a meeting, its documents. Five regions publish on it.

Agendas (`epj_...`) and minutes (`pk_...`) are two parallel worlds that share one `bid` per meeting: one meeting, one
key, two addresses. Watching costs two requests, one feed of each. The search page that a person would paste holds no
meetings. A feed's `pubDate` is the meeting's local starting time labelled GMT: it is never used. The vendor's usual
robots.txt forbids everything; then the source says so and nothing here is asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from aluevahti.model import Document, Form, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import meetings, numbering, tweb_pages
from aluevahti.platforms.meetings import Page
from aluevahti.platforms.tweb_pages import Place, place_of
from aluevahti.text.dom import Element
from aluevahti.text.tidy import tidy_line

name = "tweb"

_FEED, _LIST = "feed", "list"
_SEARCH = (("kirjaamo", ""), ("oper", "where"), ("pvm1", ""), ("pvm2", ""))
"""The search form as it stands when a person presses its button: every organ, no dates."""

_PHASES = {"pk": Phase.MINUTES, "epj": Phase.AGENDA}
_PAPERS = {"kuullist": Form.NOTICE, "vparhaku": Form.DECISION}
_NAMED = re.compile(r"(?P<organ>[^:]{3,}?)\s*:\s*(?P<number>\S.*)?\Z")
_WHEN = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?:\s+(?:klo\s+)?\d{1,2}[:.]\d{2})?")


def start(source: Source) -> tuple[Request, ...]:
    """A feed of minutes and a feed of agendas; where the operator named a list, that list for its side."""
    place = place_of(source.url)
    if place.page in _PAPERS or place.is_meeting:
        return (Request(url=source.url, purpose=_LIST),)
    return tuple(_first(source, place, side) for side in ("pk", "epj"))


def _first(source: Source, place: Place, side: str) -> Request:
    if place.side == side and place.is_list:
        return Request(url=source.url, purpose=_FEED if place.page.endswith("rssfeed") else _LIST)
    return Request(url=place.url(f"{side}_rssfeed.htm{'?toimielin=' if side == 'epj' else ''}"), purpose=_FEED)


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:  # noqa: ARG001  (the protocol's signature)
    """The list instead of the feed; the search form sent empty where the list wants one."""
    place = place_of(failed.url)
    listed = place.url(f"{place.side}_kokl_tweb.htm")
    if failed.purpose == _FEED and place.side:
        return (Request(url=listed, purpose=_LIST),)
    if failed.purpose == _LIST and failed.form is None and place.side and place.is_list:
        return (Request(url=listed, purpose=_LIST, form=_SEARCH),)
    return ()


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """A feed, a list, a meeting or a document, by the file in the address that was asked for."""
    place = place_of(snapshot.requested_url or snapshot.url)
    if place.page.endswith("rssfeed"):
        return _feed(source, snapshot, place)
    if place.docid:
        return tweb_pages.document(source, snapshot, place)
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    if place.is_meeting:
        return tweb_pages.meeting(page, place, snapshot)
    if place.page in _PAPERS:
        return _papers(page, place)
    return _list(page, place, source)


# --- lists ---------------------------------------------------------------------------------------


def _feed(source: Source, snapshot: Snapshot, place: Place) -> Listing:
    entries = meetings.entries_of(snapshot)
    found = [document for entry in entries if (document := _entry(entry, snapshot, place)) is not None]
    return _listing(source, found, unread=len(entries) - len(found))


def _entry(entry: Element, snapshot: Snapshot, place: Place) -> Document | None:
    """One meeting of a feed; None where its address, organ or date cannot be read."""
    title = tidy_line(html.unescape(entry.findtext("title") or ""))
    link = html.unescape(entry.findtext("link") or entry.findtext("guid") or "").strip()
    return _sighting([title, tidy_line(html.unescape(entry.findtext("category") or ""))], link, snapshot.url, place)


def _list(page: Page, place: Place, source: Source) -> Listing:
    """A list of meetings. The order of its cells differs between hosts: the link tells which meeting it is."""
    found: list[Document] = []
    unread: set[str] = set()
    rows = []
    for link, target in _targets(page):
        row = meetings.row_of(link)
        rows.append(row)
        cells = [meetings.words(cell) for cell in row.iter("td", "th")] or [meetings.words(row)]
        document = _sighting(cells, link.get("href") or "", page.url, place)
        if document is None:
            unread.add(target.bid)
        else:
            found.append(document)
    if not rows and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(
            page, "list of meetings" + (", only a search form" if page.root.find(".//form") is not None else "")
        )
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    tables = {next(row.iterancestors("table"), row): None for row in rows}
    missed = len(unread - {document.key for document in found})
    return _listing(source, found, unread=missed, skeleton=meetings.skeleton(tables))


def _listing(source: Source, found: list[Document], *, unread: int, skeleton: str | None = None) -> Listing:
    """A feed shows the newest fifty, a list at most two hundred: neither is ever complete."""
    kept = tuple(document for document in meetings.by_key(found) if meetings.is_wanted(source, document.organ))
    return Listing(documents=kept, unread=unread, skeleton=skeleton)


def _targets(page: Page) -> Iterator[tuple[Element, Place]]:
    for link in page.root.iter("a"):
        target = place_of(tweb_pages.own_url(link.get("href"), page.url) or "")
        if target.is_meeting:
            yield link, target


def _sighting(texts: list[str], href: str, base: str, place: Place) -> Document | None:
    """A meeting as a feed or list names it: `Aluehallitus: 4/2026 2.3.2026 09:00`, in one text or in two cells."""
    url = tweb_pages.own_url(href, base)
    target = place_of(url or "")
    held_on = next((day for text in texts if (day := numbering.date_in(text))), None)
    organ = _organ_in(texts)
    if url is None or not target.bid or held_on is None or organ is None:
        return None
    phase = _PHASES.get(target.side or place.side)
    lang = meetings.language_in(" ".join(texts))
    return Document(
        key=target.bid,
        url=url,
        title=meetings.meeting_title(organ, held_on, phase, lang),
        form=Form.MEETING,
        phase=phase,
        organ=organ,
        meeting_key=target.bid,
        meeting_on=held_on,
        lang=lang,
        detail=Request(url=url, purpose="meeting", key=target.bid),
    )


def _organ_in(texts: list[str]) -> str | None:
    """The organ: what stands before the colon of `Organ: 4/2026`, else what is left when the date is taken off."""
    bare = [_WHEN.sub("", text).strip(" -–,") for text in texts]
    for text in bare:
        found = _NAMED.match(text)
        if found:
            return found.group("organ")
    return next((text for text in bare if len(text) > 3 and not text[0].isdigit()), None)


def _papers(page: Page, place: Place) -> Listing:
    """Notices or officials' decisions: a row with the time it is on view, and the document as its link."""
    found = []
    for link in page.root.iter("a"):
        url = tweb_pages.own_url(link.get("href"), page.url)
        docid, title = place_of(url or "").docid, meetings.words(link)
        if url is None or not docid or not title:
            continue
        shown_from = numbering.date_in(meetings.words(meetings.row_of(link)))
        form = _PAPERS[place.page]
        found.append(
            Document(
                key=docid,
                url=url,
                title=title,
                form=form,
                published_on=shown_from if form is Form.NOTICE else None,
                lang=meetings.language_in(title),
                detail=Request(url=url, purpose="document", key=docid),
            )
        )
    if not found and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(page, "list of documents")
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    return Listing(documents=meetings.by_key(found))
