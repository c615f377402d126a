"""M-Files web publishing (Etelä-Karjala): a table of bodies with their latest meeting, and PDFs without `.pdf`.

Watching costs one request. A meeting is its body and its date; the number of its document changes when the agenda
gives way to the minutes, and is the document's revision. The table shows only each body's latest meeting: a body's own
page shows its older ones, and may be a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from aluevahti.model import Document, File, Form, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import meetings, numbering
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element

name = "mfiles"

_PATH = re.compile(r"/kokoukset/(?P<site>[^/]+)(?:/(?P<body>\d+)(?:/(?P<doc>\d+))?)?/?\Z", re.IGNORECASE)
_UNSIGNED = re.compile(r"tarkastamaton|tarkistamaton|allekirjoittamaton|luonnos", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    body: str
    doc: str


def start(source: Source) -> tuple[Request, ...]:
    """The page that the operator named: all bodies, or one."""
    return (Request(url=source.url, purpose="list"),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The table of bodies, one body's page, or a document, by the address that was asked for.

    Raises:
        ParseError: half a page, or no PDF where a document was asked for; LayoutChanged: no table of meetings.
    """
    place = _place(snapshot.requested_url or snapshot.url)
    if place is not None and place.doc:
        return _document(source, snapshot, place)
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    rows = [row for row in page.root.iter("tr", "li") if row.find(".//tr") is None and _documents(row, page)]
    if not rows and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(page, "table of meetings")
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    organ = _page_organ(page) if place is not None and place.body else None
    names = _names_of_bodies(page)
    read = [document for row in rows if (document := _meeting(row, page, organ, names)) is not None]
    unread = len(rows) - len(read)
    return Listing(
        documents=tuple(document for document in _meetings(read) if meetings.is_wanted(source, document.organ)),
        complete=organ is not None and unread == 0 and meetings.is_to_the_end(page),
        unread=unread,
        skeleton=meetings.skeleton({next(row.iterancestors("table", "ul"), row): None for row in rows}),
    )


def _place(url: str) -> _Place | None:
    found = _PATH.search(urlsplit(url).path)
    return _Place(found.group("body") or "", found.group("doc") or "") if found else None


def _documents(row: Element, page: Page) -> list[tuple[str, str, _Place]]:
    """The documents that a row links: address, text, place."""
    found = []
    for link, url in meetings.links(row, page.url):
        place = _place(url)
        if place is not None and place.doc:
            found.append((url, meetings.words(link), place))
    return found


def _names_of_bodies(page: Page) -> dict[str, str]:
    """Each body's name by its number; a table may name it once, in a row above those of its meetings."""
    found: dict[str, str] = {}
    for link, url in meetings.links(page.root, page.url):
        place = _place(url)
        if place and place.body and not place.doc and (text := meetings.words(link)):
            found.setdefault(place.body, text)
    return found


def _meeting(row: Element, page: Page, organ: str | None, names: Mapping[str, str]) -> Document | None:
    """One row; None where its body or its date cannot be read."""
    held_on = numbering.date_in(meetings.words(row))
    papers = sorted(_documents(row, page), key=lambda paper: _rank(paper[1]))
    url, kind, place = papers[-1]
    name_of_body = names.get(place.body, organ)
    if name_of_body is None or held_on is None:
        return None
    phase = _phase(kind)
    key = f"{place.body}/{held_on.isoformat()}"
    lang = meetings.language_in(kind)
    return Document(
        key=key,
        url=url,
        title=meetings.meeting_title(name_of_body, held_on, phase, lang),
        form=Form.MEETING,
        phase=phase,
        organ=name_of_body,
        meeting_key=key,
        meeting_on=held_on,
        lang=lang,
        revision=f"{place.doc} {kind}".strip(),
        detail=Request(url=url, purpose="document", key=key),
        files=tuple(File(url=other, title=text or paper.doc) for other, text, paper in papers[:-1]),
    )


def _phase(kind: str) -> Phase | None:
    """`pöytäkirja (allekirjoitettu)` and plain `Pöytäkirja` are minutes; only a word against it makes them unreviewed."""
    phase = meetings.phase_in(kind)
    return Phase.MINUTES_UNREVIEWED if phase is Phase.MINUTES and _UNSIGNED.search(kind) else phase


def _rank(kind: str) -> int:
    phase = _phase(kind)
    return -1 if phase is None else list(Phase).index(phase)


def _meetings(rows: list[Document]) -> list[Document]:
    """One document a meeting: rows of one body and date are its agenda and its minutes, if these differ in phase.

    Two agendas of one body and date are two meetings; the document's number tells which came first.
    """
    groups: dict[str, list[Document]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    found: list[Document] = []
    for group in groups.values():
        phases = {row.phase for row in group}
        if len(phases) == len(group):
            found.append(_with_papers(group))
        else:
            found += [_numbered(row, place) for place, row in enumerate(sorted(group, key=_doc_number), start=1)]
    return found


def _doc_number(row: Document) -> int:
    return int((row.revision or "0").partition(" ")[0])


def _with_papers(group: list[Document]) -> Document:
    last = max(group, key=lambda row: _rank(row.revision or ""))
    papers = [File(url=row.url, title=_kind(row)) for row in group if row is not last]
    return replace(last, files=(*last.files, *papers))


def _kind(row: Document) -> str:
    """What the list calls a document, or its number where it is linked by an icon."""
    number, _, kind = (row.revision or "").partition(" ")
    return kind or number


def _numbered(row: Document, place: int) -> Document:
    if place == 1:
        return row
    key = f"{row.key}/{place}"
    return replace(row, key=key, meeting_key=key, detail=None if row.detail is None else replace(row.detail, key=key))


def _page_organ(page: Page) -> str | None:
    """The body's name on its own page: the heading."""
    headings = (meetings.words(each) for each in page.root.iter("h1", "h2"))
    return next((text for text in headings if text and numbering.date_in(text) is None), None)


def _document(source: Source, snapshot: Snapshot, place: _Place) -> Listing:
    """A whole agenda or whole minutes. What the meeting is, the table has said."""
    if not meetings.is_pdf(snapshot):
        page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
        raise meetings.lacking(page, "PDF in it, though one was asked for")
    text = meetings.pdf_text(snapshot, source.ignore)
    document = Document(
        key=snapshot.key or f"{place.body}/{place.doc}",
        url=snapshot.requested_url or snapshot.url,
        title=meetings.title_in(text.splitlines()),
        form=Form.MEETING,
        text=text,
    )
    return Listing(documents=(document,))
