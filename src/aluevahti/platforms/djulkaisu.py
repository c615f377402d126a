"""The static predecessor of Dynasty 10: `.HTM` files in windows-1252. Used by the adapter `dynasty` alone.

    TELIMET.HTM      the organs
    TELIN-<id>.HTM   one organ's meetings, each row preceded by machine comments (id, ISO date, file name)
    <id>.HTM         a meeting
    <id>-<n>.HTM     an item

No region is known to run on it alone; installs under a path prefix still show parts of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import meetings, numbering
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element
from aluevahti.text.urls import absolute

_FILE = re.compile(
    r"(?:/|\A)(?:(?P<organs>TELIMET)|TELIN-(?P<organ>\w+)|(?P<meeting>\d+)(?:-(?P<item>\d+))?)\.HTM\Z", re.IGNORECASE
)
_RECORD = re.compile(r"<!--TIETUE:(\d+)-->\s*<!--(\d{4}-\d\d-\d\d)-->", re.IGNORECASE)
_REGION = re.compile(r"<!--\s*DATA_?BEGIN\s*-->(.*?)<!--\s*DATA_?END\s*-->", re.IGNORECASE | re.DOTALL)
_BEGIN = re.compile(r"<!--\s*DATA_?BEGIN\s*-->", re.IGNORECASE)
_KIND = re.compile(
    r"(?P<word>Esityslista|Pöytäkirja|Föredragningslista|Protokoll)\s+(?P<date>\d{1,2}\.\d{1,2}\.\d{4})(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:pykälä|asianro|asianumero|paragraf|ärende\w*|§)\.?\s*(\d+)", re.IGNORECASE)
_REVIEWED = re.compile(r"tarkastettu|tarkistettu|justera[dt]|granska[dt]", re.IGNORECASE)


def is_static(url: str) -> bool:
    """Whether an address is one of the static product's files."""
    return _FILE.search(urlsplit(url).path) is not None


def start(source: Source) -> tuple[Request, ...]:
    """The page that the operator named: all organs, or one."""
    return (Request(url=source.url, purpose="list"),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """A static page, by its file name.

    Raises:
        ParseError: half a page; LayoutChanged: not what the file name promises.
    """
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    found = _FILE.search(urlsplit(page.asked).path)
    if found is None:
        raise LayoutChanged(page.url, "the address is no file of the service")
    if _BEGIN.search(page.markup) and not _REGION.search(page.markup):
        raise ParseError(page.url, "half a page came", passing=True)
    if found.group("organs"):
        return _organs(page, source)
    if found.group("organ"):
        return _organ(page, source)
    return (
        _item(page, found.group("meeting"), snapshot)
        if found.group("item")
        else _meeting(page, snapshot, found.group("meeting"))
    )


def _organs(page: Page, source: Source) -> Listing:
    found = {}
    for link in page.root.iter("a"):
        url = absolute(page.url, link.get("href"))
        target = _FILE.search(urlsplit(url).path) if url else None
        if url and target and target.group("organ"):
            found[url] = meetings.words(link)
    if not found:
        raise meetings.lacking(page, "list of organs")
    wanted = [url for url, name in found.items() if meetings.is_wanted(source, name)]
    return Listing(
        follow=tuple(Request(url=url, purpose="organ") for url in wanted), complete=meetings.is_to_the_end(page)
    )


def _organ(page: Page, source: Source) -> Listing:
    region, organ = _region(page), _label(page)[-1:]
    days = dict(_RECORD.findall(page.markup))
    found: list[Document] = []
    unread = 0
    for meeting_id, (link, url) in _links(region, page, item_of=None).items():
        text = meetings.words(link)
        held_on = numbering.date_in(days.get(meeting_id, "")) or numbering.date_in(
            meetings.words(meetings.row_of(link))
        )
        if held_on is None or not organ:
            unread += 1
            continue
        found.append(_listed(meeting_id, url, organ[0], held_on, text))
    if not found and not unread and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(page, "list of meetings")
    kept = [document for document in found if meetings.is_wanted(source, document.organ)]
    return Listing(
        documents=tuple(kept),
        complete=unread == 0 and meetings.is_to_the_end(page),
        unread=unread,
        skeleton=meetings.skeleton(region.iter("table")),
    )


def _listed(meeting_id: str, url: str, organ: str, held_on: dt.date, kind: str) -> Document:
    phase, lang = meetings.phase_in(kind), meetings.language_in(kind)
    return Document(
        key=meeting_id,
        url=url,
        title=meetings.meeting_title(organ, held_on, phase, lang),
        form=Form.MEETING,
        phase=None
        if phase is Phase.MINUTES
        else phase,  # the page's heading ends "/ Tarkastettu" once they are reviewed
        organ=organ,
        meeting_key=meeting_id,
        meeting_on=held_on,
        lang=lang,
        revision=kind or None,
        detail=Request(url=url, purpose="meeting", key=meeting_id),
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    organ: str
    held_on: dt.date
    phase: Phase | None
    lang: Language
    number: int | None


def _heading(page: Page) -> _Heading:
    label = _label(page)
    for place, line in enumerate(label):
        found = _KIND.search(line)
        held_on = numbering.date_in(found.group("date")) if found else None
        organ = (line[: found.start()].strip(" -") or (label[place - 1] if place else "")) if found else ""
        if found is None or held_on is None or not organ:
            continue
        phase, rest = meetings.phase_in(found.group("word")), found.group("rest")
        if phase is Phase.MINUTES and not _REVIEWED.search(rest):
            phase = Phase.MINUTES_UNREVIEWED
        number = _NUMBER.search(" ".join([rest, *label[place + 1 :]]))
        lang = meetings.language_in(found.group("word"))
        return _Heading(organ, held_on, phase, lang, int(number.group(1)) if number else None)
    raise meetings.lacking(page, "heading of a meeting")


def _label(page: Page) -> list[str]:
    """The lines of the page's heading: a label of class h3, else a heading."""
    for element in page.root.iter("label", "h1", "h2", "h3"):
        if element.tag != "label" or "h3" in (element.get("class") or ""):
            lines = meetings.visible(element, page.ignore)
            if lines:
                return lines
    return []


def _meeting(page: Page, snapshot: Snapshot, meeting_id: str) -> Listing:
    heading, region = _heading(page), _region(page)
    key = snapshot.key or meeting_id
    own = Document(
        key=key,
        url=page.asked,
        title=meetings.meeting_title(heading.organ, heading.held_on, heading.phase, heading.lang),
        form=Form.MEETING,
        phase=heading.phase,
        organ=heading.organ,
        meeting_key=key,
        meeting_on=heading.held_on,
        lang=heading.lang,
        text="\n".join([*_label(page), *meetings.visible(region, page.ignore)]),
        files=_files(page.root, page),
    )
    return Listing(documents=(own, *_items(region, page, own, meeting_id)))


def _items(region: Element, page: Page, own: Document, meeting_id: str) -> Iterator[Document]:
    for key, (link, url) in _links(region, page, item_of=meeting_id).items():
        section, title = numbering.split_section(meetings.words(link))
        cells = [meetings.words(cell).strip(" §.") for cell in meetings.row_of(link).iter("td")]
        yield Document(
            key=key,
            url=url,
            title=title,
            form=Form.ITEM,
            phase=own.phase,
            organ=own.organ,
            meeting_key=own.key,
            meeting_on=own.meeting_on,
            section=next((int(cell) for cell in cells if cell.isdecimal()), section),
            lang=own.lang,
            detail=Request(url=url, purpose="item", key=key),
        )


def _item(page: Page, meeting_id: str, snapshot: Snapshot) -> Listing:
    heading, lines = _heading(page), meetings.visible(_region(page), page.ignore)
    found = _FILE.search(urlsplit(page.asked).path)
    document = Document(
        key=snapshot.key or f"{meeting_id}-{found.group('item') if found else ''}",
        url=page.asked,
        title=f"{meetings.meeting_title(heading.organ, heading.held_on, None, None)} § {heading.number or '?'}",
        form=Form.ITEM,
        phase=heading.phase,
        organ=heading.organ,
        meeting_key=meeting_id,
        meeting_on=heading.held_on,
        section=heading.number,
        case_number=numbering.case_number_in(lines),
        lang=heading.lang,
        text="\n".join(lines),
        files=_files(page.root, page),
    )
    return Listing(documents=(document,))


def _region(page: Page) -> Element:
    found = _REGION.search(page.markup)
    if found is None:
        raise meetings.lacking(page, "data marks (DATA_BEGIN)")
    return meetings.fragment(found.group(1), page.url)


def _links(region: Element, page: Page, *, item_of: str | None) -> dict[str, tuple[Element, str]]:
    """Links to meetings, or to the items of one meeting, by their id; each once, the one with a text."""
    found: dict[str, tuple[Element, str]] = {}
    for link in region.iter("a"):
        url = absolute(page.url, link.get("href"))
        target = _FILE.search(urlsplit(url).path) if url else None
        if url is None or target is None or not target.group("meeting") or not meetings.words(link):
            continue
        if item_of is None and target.group("item") is None:
            found.setdefault(target.group("meeting"), (link, url))
        elif item_of == target.group("meeting") and target.group("item"):
            found.setdefault(f"{item_of}-{target.group('item')}", (link, url))
    return found


def _files(root: Element, page: Page) -> tuple[File, ...]:
    return meetings.unique_files(
        File(url=url, title=meetings.words(link) or url.rpartition("/")[2])
        for link in root.iter("a")
        if (url := absolute(page.url, link.get("href"))) and url.lower().endswith(".pdf")
    )
