"""A CaseM meeting's, item's, decision's or notice's own page. Used by the adapter `casem` alone.

Only the area `ContentStart` counts: the side menu before it lists every official, the right column is about the site.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from aluevahti.errors import ParseError
from aluevahti.model import Document, File, Form, Listing, Phase, Request, Snapshot
from aluevahti.platforms import meetings, numbering
from aluevahti.platforms.casem_address import Address, Kind, address_of, organ_of
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element, selector
from aluevahti.text.urls import absolute

AGENDA, MINUTES = "agenda", "minutes"
"""What the list called a meeting: rides on the purpose of its page's request, for pages that do not say it."""

FORMS = {Kind.OFFICIALS: Form.DECISION, Kind.NOTICES: Form.NOTICE}
"""Documents that belong to no meeting."""

ROW = re.compile(
    r"(?:(?P<organ>.+?)\s*(?:-|–|,|>)\s+)?(?:\w+\s+){0,2}(?:kokous|möte|sammanträde)\s+"
    r"(?P<date>\d{1,2}[.-]\s?\d{1,2}[.-]\s?\d{4})\s*(?P<rest>.*)\Z",
    re.IGNORECASE,
)
"""How a meeting is named: `Aluehallitus - Kokous 21.1.2026 Pöytäkirja`, `Områdesstyrelsen, möte 11-10-2022`."""

_BESIDE = ("#Content_sidenaviArea", ".sidenavi", "nav", "footer", ".right-content", ".breadcrumb", "input")
_REVIEWED = re.compile(r"\b(?:tarkastettu|tarkistettu|granskat|granskats|justerat|justerats)\b", re.IGNORECASE)
_NOT_REVIEWED = re.compile(
    r"\bei\s+ole\s+(?:vielä\s+)?tark[ai]stettu|(?:tarkast|tarkist)amaton|\binte\s+(?:ännu\s+)?(?:gransk|juster)"
    r"|\bo(?:gransk|juster)",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b(?:pöytäkirja|protokoll)", re.IGNORECASE)
_DECISION = re.compile(r"(?:päätös|beslut)\W*\Z", re.IGNORECASE)
_PROPOSAL = re.compile(r"(?:päätös)?ehdotus\W*\Z|(?:besluts)?förslag\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Content:
    """The part of a meeting's or an item's page that counts, and what the page says about itself."""

    element: Element
    lines: list[str]
    heading: str
    organ: str | None
    held_on: dt.date | None
    phase: Phase


def _content(page: Page, snapshot: Snapshot) -> _Content:
    found = selector("#ContentStart")(page.root)
    if not found:
        raise meetings.lacking(page, "content area (ContentStart)")
    if not page.unclosed and not _is_closed(page.markup):
        raise meetings.half_of(page)
    crumbs = _breadcrumb(page)
    heading = _heading(page, found[0], crumbs)
    lines = meetings.visible(found[0], (*_BESIDE, *page.ignore))
    if not lines:
        raise ParseError(page.url, "the content area is empty")
    organ, held_on = _where_and_when(crumbs, [heading, *lines[:3]])
    return _Content(found[0], lines, heading, organ, held_on, _phase(lines, snapshot))


def _heading(page: Page, content: Element, crumbs: list[str]) -> str:
    """An item's own heading: with a § if one has it, and never the line that names the meeting.

    The pages under /content/ may have theirs outside the content area, or only in the breadcrumb.
    """
    own = [meetings.words(each) for place in (content, page.root) for each in place.iter("h1", "h2")]
    titles = [text for text in own if text and not ROW.match(text)]
    marked = [text for text in own if numbering.split_section(text)[0] is not None]
    named = [meetings.words(each) for each in page.root.iter("title")]
    first = [meetings.words(each) for each in content.iter("h1") if not ROW.match(meetings.words(each))]
    return next((text for text in [*marked, *first, *crumbs[-1:], *titles[:1], *named] if text), "")


def _is_closed(markup: str) -> bool:
    """Whether the page goes on behind the content area, or at least ends it: else it was cut off within."""
    after = markup[markup.find("ContentStart") :]
    if re.search(r"right-content|<footer|</(?:html|body)\s*>", after, re.IGNORECASE):
        return True
    return len(re.findall(r"</div\s*>", after, re.IGNORECASE)) > len(re.findall(r"<div\b", after, re.IGNORECASE))


def _breadcrumb(page: Page) -> list[str]:
    """The steps of the breadcrumb: the only sure place of the meeting's date on an item's page."""
    for crumb in page.root.xpath(
        "//*[contains(@class, 'breadcrumb') or contains(@id, 'readcrumb') or contains(@class, 'murupolku')]"
    ):
        entries = [meetings.words(each).strip(" >/»") for each in crumb.iter("li")]
        steps = [each for each in entries if each] or [
            each.strip() for each in re.split(r"\s[>»]\s", meetings.words(crumb))
        ]
        if any(ROW.match(step) for step in steps):
            return steps
    for element in page.root.iter("p", "div", "span", "td"):
        text = meetings.words(element) if len(element) < 12 else ""
        if 10 < len(text) < 400 and re.search(r"\s[>»]\s+(?:kokous|möte)\s+\d", text, re.IGNORECASE):
            return [each.strip() for each in re.split(r"\s[>»]\s", text)]
    return []


def _where_and_when(crumbs: list[str], head: list[str]) -> tuple[str | None, dt.date | None]:
    for place, step in enumerate(crumbs):
        found = ROW.match(step)
        if found and place:
            return crumbs[place - 1], numbering.date_in(found.group("date"))
    for line in head:
        found = ROW.match(line)
        if found and found.group("organ"):
            return found.group("organ"), numbering.date_in(found.group("date"))
    return None, None


def _phase(lines: list[str], snapshot: Snapshot) -> Phase:
    """The status line decides, then a section Päätös, then what the list said."""
    for line in lines[:6]:
        if len(line) < 120 and "§" not in line and _STATUS.search(line):
            if _NOT_REVIEWED.search(line):
                return Phase.MINUTES_UNREVIEWED
            if _REVIEWED.search(line):
                return Phase.MINUTES
    if _has_decision(lines) or snapshot.purpose.startswith(MINUTES):
        return Phase.MINUTES_UNREVIEWED
    return Phase.AGENDA


def _has_decision(lines: list[str]) -> bool:
    """Whether the item was decided: a section Päätös after the proposal, not one of an earlier handling before it."""
    proposed = max((place for place, line in enumerate(lines) if _PROPOSAL.match(line)), default=-1)
    return any(_DECISION.match(line) for line in lines[proposed + 1 :])


def meeting_page(page: Page, asked: Address, snapshot: Snapshot) -> Listing:
    """The meeting itself, with its items as text, and each item with its own page to be read.

    Raises:
        ParseError: half a page; LayoutChanged: no content area, or none of a meeting.
    """
    content = _content(page, snapshot)
    items = _items_on(page, content, asked)
    if content.held_on is None:
        raise meetings.lacking(page, "date of a meeting")
    files = _files(content.element, page)
    phase = _meeting_phase(content.phase, files, snapshot, has_items=bool(items))
    organ = content.organ or organ_of(asked.organ)
    key = snapshot.key or asked.key
    meeting = Document(
        key=key,
        url=asked.url,
        title=meetings.meeting_title(organ, content.held_on, phase, asked.lang),
        form=Form.MEETING,
        phase=phase,
        organ=organ,
        meeting_key=key,
        meeting_on=content.held_on,
        lang=asked.lang,
        text="\n".join(content.lines),
        files=files,
    )
    return Listing(documents=(meeting, *_items(items, meeting, asked)))


def _meeting_phase(phase: Phase, files: tuple[File, ...], snapshot: Snapshot, *, has_items: bool) -> Phase:
    """A meeting's page has no section Päätös: the name of its whole document speaks where the status line is silent.

    A notice of a meeting that lists no items yet is only that.
    """
    named = {meetings.phase_in(file.title) for file in files}
    if phase is Phase.AGENDA and not has_items and Phase.CALLED in named and Phase.AGENDA not in named:
        return Phase.CALLED
    if phase is Phase.AGENDA and snapshot.purpose != AGENDA and Phase.MINUTES in named and Phase.AGENDA not in named:
        return Phase.MINUTES_UNREVIEWED
    return phase


def _items_on(page: Page, content: _Content, asked: Address) -> list[tuple[Address, str]]:
    """The meeting's items: links below its own address, else links of the form /content/."""
    below = asked.url.lower().rstrip("/") + "/"
    found = [
        (address_of(url), text)
        for link, url in meetings.links(content.element, page.url)
        if (text := meetings.words(link))
    ]
    own = [(item, text) for item, text in found if item.kind is Kind.ITEM and item.url.lower().startswith(below)]
    return own or [(item, text) for item, text in found if item.kind is Kind.CONTENT]


def _items(found: list[tuple[Address, str]], meeting: Document, asked: Address) -> Iterator[Document]:
    """The items of a meeting. Their revision is the whole document's: when that is replaced, they are read again."""
    split = numbering.numbered([text for _, text in found])
    revision = " ".join([meeting.phase or "", *(file.url.rpartition("/download/")[2] for file in meeting.files[:1])])
    purpose = f"{AGENDA if meeting.phase in {Phase.AGENDA, Phase.CALLED} else MINUTES}-item"
    seen: set[str] = set()
    for (address, text), (section, title) in zip(found, split, strict=True):
        if address.key in seen:
            continue
        seen.add(address.key)
        yield Document(
            key=address.key,
            url=address.url,
            title=title or text,
            form=Form.ITEM,
            phase=meeting.phase,
            organ=meeting.organ,
            meeting_key=meeting.key,
            meeting_on=meeting.meeting_on,
            section=section,
            lang=asked.lang,
            revision=revision,
            detail=Request(url=address.url, purpose=purpose, key=address.key),
        )


def document_page(page: Page, asked: Address, snapshot: Snapshot) -> Listing:
    """An item's page, an official's decision or a notice.

    Raises:
        ParseError: half a page; LayoutChanged: no content area.
    """
    content = _content(page, snapshot)
    form = next((form for form in FORMS.values() if form == snapshot.purpose), FORMS.get(asked.kind, Form.ITEM))
    is_item = form is Form.ITEM
    section, title = numbering.split_section(content.heading)
    return Listing(
        documents=(
            Document(
                key=snapshot.key or asked.key,
                url=asked.url,
                title=title or meetings.title_in(content.lines),
                form=form,
                phase=content.phase if is_item else None,
                organ=content.organ,
                meeting_on=content.held_on if is_item else None,
                section=section,
                case_number=numbering.case_number_in(content.lines),
                lang=asked.lang,
                text="\n".join(content.lines),
                files=_files(content.element, page),
                aliases=_aliases(page, asked, snapshot),
            ),
        )
    )


def _aliases(page: Page, asked: Address, snapshot: Snapshot) -> tuple[str, ...]:
    """Other names of the same document: where a redirect led, and what the page calls its own address."""
    own = snapshot.key or asked.key
    named = (absolute(page.url, str(href)) for href in page.root.xpath("//link[@rel='canonical']/@href"))
    names = [address_of(url).key for url in (page.url, *named) if url]
    return tuple(dict.fromkeys(name for name in names if name and name != own))


def _files(element: Element, page: Page) -> tuple[File, ...]:
    return meetings.unique_files(
        File(url=url, title=meetings.words(link))
        for link, url in meetings.links(element, page.url)
        if address_of(url).kind is Kind.FILE and meetings.words(link)
    )


def file_page(snapshot: Snapshot, asked: Address, ignore: tuple[str, ...] = ()) -> Listing:
    """A file that a list offered by itself."""
    if not meetings.is_pdf(snapshot):
        raise ParseError(snapshot.url, "a file was expected and something else came")
    text = meetings.pdf_text(snapshot, ignore)
    document = Document(
        key=snapshot.key or asked.key,
        url=asked.url,
        title=meetings.title_in(text.splitlines()),
        form=Form.FILE,
        lang=asked.lang,
        text=text,
    )
    return Listing(documents=(document,))
