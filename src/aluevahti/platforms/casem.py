"""CaseM on CloudNC: newest lists, one organ's meetings, a meeting, an item. Seven regions publish on it.

Watching a whole site costs one request: the front page with its lists of newest agendas, minutes, notices and
officials' decisions (and, when that has changed, the page of all organs where the front page lists no agendas or no
minutes). Agenda and minutes of a meeting share one address.
"""

from __future__ import annotations

import re

from lxml import etree

from aluevahti.errors import ParseError
from aluevahti.model import Document, Form, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import casem_pages, meetings, numbering
from aluevahti.platforms.casem_address import Address, Kind, address_of, organ_of
from aluevahti.platforms.casem_pages import AGENDA, FORMS, MINUTES, ROW
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element, selector
from aluevahti.text.tidy import tidy_line

name = "casem"

_MORE = "more"
"""The page of organs as a complement of the front page, not in its place."""

_LISTS = {Kind.FRONT, Kind.ORGANS, Kind.ORGAN}
_beside_lists = etree.XPath(".//text()[not(ancestor::ul or ancestor::ol or ancestor::table or ancestor::a)]")
_SIDE = "#Content_sidenaviArea, .sidenavi, .navbar, nav, header, footer"
_BOX = "ncContainer"
_BLOCKS = (
    (re.compile(r"viranhaltij|tjänsteinnehav", re.IGNORECASE), Kind.OFFICIALS),
    (re.compile(r"kuulutu|ilmoitu|kungör", re.IGNORECASE), Kind.NOTICES),
)


def start(source: Source) -> tuple[Request, ...]:
    """The front page's newest lists for a whole site; for one organ, or one list, just that page."""
    address = address_of(source.url)
    if address.kind in {Kind.ORGANS, Kind.FRONT, Kind.OTHER}:
        return (Request(url=address.root, purpose=Kind.FRONT.value),)
    return (Request(url=source.url, purpose=address.kind.value),)


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:
    """The page of all organs where the front page is refused or has no lists."""
    address = address_of(source.url)
    if failed.purpose != Kind.FRONT:
        return ()
    return (Request(url=address.organs_url, purpose=Kind.ORGANS.value),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """A front page, a list, a meeting or an item, by the address that was asked for."""
    asked = address_of(snapshot.requested_url or snapshot.url)
    if asked.kind is Kind.FILE or meetings.is_pdf(snapshot):
        return casem_pages.file_page(snapshot, asked, source.ignore)
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    if asked.kind in {Kind.MEETING, Kind.ITEM} and address_of(page.url).kind in _LISTS:
        raise ParseError(page.url, "the site led to a list instead of the page asked for")
    if asked.kind is Kind.MEETING:
        return casem_pages.meeting_page(page, asked, snapshot)
    if asked.key:
        return casem_pages.document_page(page, asked, snapshot)
    return _list(page, asked, source, Kind.FRONT if asked.kind is Kind.FRONT else snapshot.purpose)


# --- lists ---------------------------------------------------------------------------------------


def _list(page: Page, asked: Address, source: Source, purpose: str) -> Listing:
    """Whatever list: newest meetings, an organ's meetings by year, officials' decisions, notices."""
    side = frozenset(selector(_SIDE)(page.root))
    boxes = _boxes(page)
    organ = _page_organ(page) if asked.kind is Kind.ORGAN else None
    found: list[Document] = []
    unreadable: set[str] = set()
    for link, url in meetings.links(page.root, page.url, away=side):
        address = address_of(url)
        heading = _heading_over(link)
        if not _belongs(address, asked, _kind_under(heading, address)) or not _is_listed(link, asked, boxes):
            continue
        document = _row(link, address, organ, heading)
        if document is not None:
            found.append(document)
        elif meetings.words(link):
            unreadable.add(address.key)
    unread = len(unreadable - {document.key for document in found})
    if not found and not unread:
        return _without_documents(page, asked, source, purpose)
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    kept = [document for document in meetings.by_key(found) if meetings.is_wanted(source, document.organ)]
    return Listing(
        documents=tuple(kept),
        follow=_more(page, found, source) if purpose == Kind.FRONT else (),
        complete=asked.kind is Kind.ORGAN and unread == 0 and not _has_pager(page) and meetings.is_to_the_end(page),
        unread=unread,
        skeleton=meetings.skeleton(boxes or selector("#ContentStart")(page.root) or [page.root]),
    )


def _without_documents(page: Page, asked: Address, source: Source, purpose: str) -> Listing:
    """A page of organs leads on to each organ; any other list without a document has to say so itself."""
    if purpose == _MORE:
        return Listing()
    if asked.kind is Kind.ORGANS:
        organs = {
            url: meetings.words(link)
            for link, url in meetings.links(page.root, page.url)
            if address_of(url).kind is Kind.ORGAN
        }
        follow = tuple(
            Request(url=url, purpose=Kind.ORGAN.value)
            for url, text in organs.items()
            if meetings.is_wanted(source, text)
        )
        if organs:
            return Listing(follow=follow, complete=meetings.is_to_the_end(page))
    if asked.kind is not Kind.FRONT and meetings.says_nothing_is_here(meetings.words(page.root)):
        return Listing(complete=asked.kind is Kind.ORGAN and meetings.is_to_the_end(page))
    raise meetings.lacking(page, "list of meetings or documents")


def _more(page: Page, found: list[Document], source: Source) -> tuple[Request, ...]:
    """The page of organs beside a front page that lists no agendas, or no minutes."""
    address = address_of(source.url)
    titles = [meetings.words(each) for each in page.root.iter("h1", "h2", "h3", "h4", "caption")]
    headings = " ".join((*titles, *(_title_of(box) for box in _boxes(page))))
    rows = " ".join(document.revision or "" for document in found if document.form is Form.MEETING)
    shown = {phase for text in (headings, rows) for phase in (Phase.AGENDA, Phase.MINUTES) if _speaks_of(text, phase)}
    if len(shown) == 2 or address.kind is not Kind.ORGANS:
        return ()
    return (Request(url=source.url, purpose=_MORE),)


def _speaks_of(text: str, phase: Phase) -> bool:
    return any(meetings.phase_in(word) is phase for word in text.split())


def _belongs(address: Address, asked: Address, block: Kind) -> bool:
    """Whether a link on a list is one of its documents; on an organ's page only the organ's meetings are."""
    if asked.kind is Kind.ORGAN:
        return address.kind is Kind.MEETING and address.organ.lower() == asked.organ.lower()
    if address.kind is Kind.FILE:
        return block in FORMS or asked.kind in FORMS
    if address.kind in FORMS:
        return address.key != ""
    return address.kind in {Kind.MEETING, Kind.ITEM, Kind.CONTENT}


def _is_listed(link: Element, asked: Address, boxes: list[Element]) -> bool:
    """Where a page has list boxes, only what stands in one is listed: the rest are links to help and the like."""
    return asked.kind is Kind.ORGAN or not boxes or any(above in boxes for above in link.iterancestors())


def _row(link: Element, address: Address, organ: str | None, heading: str) -> Document | None:
    """One link of a list as a document; None where it should be one and cannot be read."""
    if address.kind is Kind.MEETING:
        return _meeting_row(link, address, organ, heading)
    form = FORMS.get(_kind_under(heading, address), Form.FILE if address.kind is Kind.FILE else Form.ITEM)
    section, title = numbering.split_section(meetings.words(link))
    if not title:
        return None
    purpose = Kind.FILE.value if address.kind is Kind.FILE else form.value
    return Document(
        key=address.key,
        url=address.url,
        title=title,
        form=form,
        section=section,
        lang=address.lang,
        detail=Request(url=address.url, purpose=purpose, key=address.key),
    )


def _kind_under(heading: str, address: Address) -> Kind:
    """The heading over a list decides what its links are, the address where there is none."""
    return next((kind for expression, kind in _BLOCKS if expression.search(heading)), address.kind)


def _meeting_row(link: Element, address: Address, organ: str | None, heading: str) -> Document | None:
    text = meetings.words(link)
    if numbering.date_in(text) is None:
        text = meetings.words(meetings.row_of(link))
    held_on = numbering.date_in(text)
    if held_on is None:
        return None
    found = ROW.match(text)
    organ = (found.group("organ") if found else None) or organ or organ_of(address.organ)
    kind = _kind_word(link, found, heading)
    phase = meetings.phase_in(kind)
    return Document(
        key=address.key,
        url=address.url,
        title=meetings.meeting_title(organ, held_on, phase, address.lang),
        form=Form.MEETING,
        phase=None if phase is Phase.MINUTES else phase,  # reviewed or not, only the page says
        organ=organ,
        meeting_key=address.key,
        meeting_on=held_on,
        lang=address.lang,
        revision=kind or None,
        detail=Request(url=address.url, purpose=_purpose(phase), key=address.key),
    )


def _kind_word(link: Element, found: re.Match[str] | None, heading: str) -> str:
    """What a row calls its meeting: the words behind the date, else a word in the row, else the list's heading."""
    behind = found.group("rest").strip(" ()-–,;") if found else ""
    if meetings.phase_in(behind) is not None:
        return behind
    return meetings.phase_word(meetings.words(meetings.row_of(link))) or behind or meetings.phase_word(heading) or ""


def _purpose(phase: Phase | None) -> str:
    if phase in {Phase.MINUTES, Phase.MINUTES_UNREVIEWED}:
        return MINUTES
    return AGENDA if phase is not None else Kind.MEETING.value


def _heading_over(link: Element) -> str:
    """The heading of the block that a link stands in; empty where there is none."""
    for box in link.iterancestors():
        if (box.get("id") or "").endswith(_BOX):
            return _title_of(box)
    before = link.xpath("(preceding::h2|preceding::h3|preceding::h4)[last()]")
    return meetings.words(before[0]) if before else ""


def _title_of(box: Element) -> str:
    """The heading of a list box: marked as one, else whatever stands in it beside the list."""
    inner = next(box.iter("h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"), None)
    return tidy_line(" ".join(_beside_lists(box))) if inner is None else meetings.words(inner)


def _boxes(page: Page) -> list[Element]:
    return [each for each in page.root.iter("div", "section") if (each.get("id") or "").endswith(_BOX)]


def _has_pager(page: Page) -> bool:
    return bool(page.root.xpath("//*[contains(@class, 'pagination') or contains(@class, 'pager')]//a"))


def _page_organ(page: Page) -> str | None:
    """The organ's name on its own page: the heading."""
    heading = next((meetings.words(each) for each in page.root.iter("h1") if meetings.words(each)), None)
    return heading if heading and len(heading) < 120 and numbering.date_in(heading) is None else None
