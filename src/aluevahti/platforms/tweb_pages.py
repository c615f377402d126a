"""A TWeb meeting's page and its documents. Used by the adapter `tweb` alone."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from aluevahti.errors import ParseError, WrongPage
from aluevahti.model import Document, File, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import meetings, numbering
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element, tree
from aluevahti.text.urls import absolute

_PATH = re.compile(r"\A(?P<folder>.*?/ktwebscr/)(?P<file>[^/]*)\Z", re.IGNORECASE | re.DOTALL)
_BID = re.compile(r"(?:\A|[?&+])bid=(\d+)")
_DOCID = re.compile(r"(?:\A|[?&])docid=(\d+)")
_FORMAL = re.compile(
    r"kansilehti|järjestäytymi|muutoksenhaku|oikaisuvaatimusohje|valitusosoitus|kokouskutsu|osallistujat|allekirjoitu|läsnäolo"
    r"|omslag|konstituer|besvärsanvisning|ändringssökande|kallelse|närvaro",
    re.IGNORECASE,
)
_MATERIAL = re.compile(r"kokousmateriaali|mötesmaterial", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)(?:\S[ \u00a0]{1,6}){5,}\S(?!\S)")
_GAP = re.compile(r"[ \u00a0]{2,}|\u00a0")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what lxml refuses to be given
_PAPER = re.compile(
    r"§|päätös|päätet|ehdotus|selostus|tiivistelmä|valmistelij|esittelij|esityslista|pöytäkirja|kokous|toimielin|liite|liitte"
    r"|dnro|diaari|lautakun|hallitus|valtuusto|jaosto|kuulut|nähtävä|beslut|förslag|protokoll|föredrag|ärende|bilag|nämnd"
    r"|styrelse|fullmäktige|kungör",
    re.IGNORECASE,
)
"""Words without which a text is no paper of a meeting, an official or a notice: an error page has none of them."""
_MARKS = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|&(?:shy|zwnj|zwj|lrm|rlm|ZeroWidthSpace);|&#(?:173|820[3-7]|8288|65279);|&#x(?:ad|200[b-f]|2060|feff);",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of a TWeb service means.

    Attributes:
        folder: the folder of the pages, with scheme and host, ending in a slash.
        page: the file's name without `.htm` and `_tweb`, in lower case: `pk_asil`, `epj_rssfeed`, `kuullist`.
        bid: the meeting's number, shared by its agenda and its minutes; empty where there is none.
        docid: a document's number; empty where there is none.
    """

    folder: str
    page: str
    bid: str
    docid: str

    @property
    def side(self) -> str:
        """`pk` for minutes, `epj` for agendas, else empty."""
        head = self.page.partition("_")[0]
        return head if head in {"pk", "epj"} and "_" in self.page else ""

    @property
    def is_list(self) -> bool:
        """Whether it is a list of meetings: the feed, or what the search finds."""
        return self.page.endswith(("_rssfeed", "_kokl"))

    @property
    def is_meeting(self) -> bool:
        """Whether it is one meeting with its items."""
        return self.page.endswith("_asil") and self.bid != ""

    def url(self, file: str) -> str:
        """Another page of the same service."""
        return self.folder + file


def place_of(url: str) -> Place:
    """The meaning of an address; one outside the service's folder means the service at the host's root."""
    parts = urlsplit(url)
    found = _PATH.match(parts.path)
    folder = urlunsplit((parts.scheme, parts.netloc, found.group("folder") if found else "/ktwebscr/", "", ""))
    file = found.group("file").lower() if found else parts.path.rpartition("/")[2].lower()
    page = file.removesuffix(".htm").removesuffix("_tweb")
    bid, docid = _BID.search(parts.query), _DOCID.search(parts.query)
    is_document = page in {"fileshow", "ktproxy2.dll"}
    return Place(folder, page, bid.group(1) if bid else "", docid.group(1) if docid and is_document else "")


def own_url(href: str | None, base: str) -> str | None:
    """Where a link leads on the very site that `base` is on: feeds name the host otherwise than a proxy does."""
    url = absolute(base, href)
    if url is None:
        return None
    here = urlsplit(base)
    return absolute(base, urlunsplit(urlsplit(url)._replace(scheme=here.scheme, netloc=here.netloc)))


# --- a meeting -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    organ: str
    held_on: dt.date
    phase: Phase
    lang: Language
    lines: list[str]


def meeting(page: Page, place: Place, snapshot: Snapshot) -> Listing:
    """A meeting with its numbered items; rows without a number are covers and instructions, kept as files.

    Raises:
        WrongPage: the page links another meeting's other half.
        LayoutChanged: no heading of a meeting.
    """
    bids = {
        target.bid
        for link in page.root.iter("a")
        if (target := place_of(own_url(link.get("href"), page.url) or "")).bid
    }
    if bids and place.bid not in bids:
        raise WrongPage(page.url, f"the server gave another page than that of meeting {place.bid}")
    heading = _heading(page, place)
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    rows = list(_rows(page))
    items = _numbered(rows)
    own = Document(
        key=snapshot.key or place.bid,
        url=page.asked,
        title=meetings.meeting_title(heading.organ, heading.held_on, heading.phase, heading.lang),
        form=Form.MEETING,
        phase=heading.phase,
        organ=heading.organ,
        meeting_key=snapshot.key or place.bid,
        meeting_on=heading.held_on,
        lang=heading.lang,
        text="\n".join([*heading.lines, *(f"{row.number or ''} {row.title}".strip() for row in rows)]),
        files=meetings.unique_files(File(url=row.url, title=row.title) for row in rows if row not in items),
    )
    return Listing(documents=(own, *_items(items, own)))


def _heading(page: Page, place: Place) -> _Heading:
    """`Aluehallitus: 4/2026`, `2.3.2026 09:00`, `Pöytäkirja`: a header cell or a caption."""
    for element in page.root.iter("caption", "td", "th"):
        if element.tag != "caption" and (element.get("class") or "").lower() != "header":
            continue
        lines = meetings.visible(element, page.ignore)
        text = " ".join(lines)
        held_on = numbering.date_in(text)
        organ = lines[0].partition(":")[0].strip() if lines else ""
        if held_on is None or not organ:
            continue
        phase = meetings.phase_in(" ".join(lines[1:])) or (Phase.MINUTES if place.side == "pk" else Phase.AGENDA)
        return _Heading(organ, held_on, phase, meetings.language_in(text), lines)
    raise meetings.lacking(page, "heading of a meeting")


@dataclass(frozen=True, slots=True)
class _Row:
    number: int | None
    title: str
    url: str
    docid: str
    files: tuple[File, ...]


def _rows(page: Page) -> Iterator[_Row]:
    """The rows of the meeting's own table, each document once; the table of other material is not among them."""
    seen: set[str] = set()
    for row in page.root.iter("tr"):
        if row.find(".//tr") is not None:
            continue
        if _MATERIAL.match(meetings.words(row)):
            return
        read = _row(row, page)
        if read is not None and read.docid not in seen:
            seen.add(read.docid)
            yield read


def _row(row: Element, page: Page) -> _Row | None:
    documents: dict[str, tuple[str, str]] = {}
    files = []
    for link in row.iter("a"):
        url, text = own_url(link.get("href"), page.url), meetings.words(link)
        place = place_of(url or "")
        if url and place.docid and len(text) > len(documents.get(place.docid, ("", ""))[1]):
            documents[place.docid] = url, text
        elif url and "attn" in place.page:
            files.append(File(url=url, title=f"Liitteet, {text}" if text else "Liitteet"))
    if not documents:
        return None
    docid, (url, title) = next(iter(documents.items()))
    cells = [meetings.words(cell).strip(" §.") for cell in row.iter("td", "th")]
    number = next((int(cell) for cell in cells if cell.isdecimal()), None)
    section, title = numbering.split_section(title)
    return _Row(number if number is not None else section, title, url, docid, tuple(files))


def _numbered(rows: list[_Row]) -> list[_Row]:
    """The items among the rows. An agenda may number none of its rows: then all but the formal ones are items."""
    numbered = [row for row in rows if row.number is not None]
    return numbered or [row for row in rows if not _FORMAL.search(row.title)]


def _items(rows: list[_Row], own: Document) -> Iterator[Document]:
    """Agenda and minutes give an item different numbers (docid); title and meeting are what stays, so they are its alias."""
    times = Counter(row.title.casefold() for row in rows)
    for row in rows:
        alias = f"{own.key}/{row.title.casefold()}"
        yield Document(
            key=row.docid,
            url=row.url,
            title=row.title,
            form=Form.ITEM,
            phase=own.phase,
            organ=own.organ,
            meeting_key=own.key,
            meeting_on=own.meeting_on,
            section=row.number,
            lang=own.lang,
            detail=Request(url=row.url, purpose="document", key=row.docid),
            files=row.files,
            aliases=(alias,) if times[row.title.casefold()] == 1 else (),
        )


# --- a document ----------------------------------------------------------------------------------


def document(source: Source, snapshot: Snapshot, place: Place) -> Listing:
    """A document: a PDF, or HTML that may be UTF-16 without saying so, its letters spaced out against copying.

    Raises:
        ParseError: nothing in it, or a PDF of pictures.
    """
    if meetings.is_pdf(snapshot):
        lines = meetings.pdf_text(snapshot, source.ignore).splitlines()
    else:
        page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
        lines = _html_lines(page)
    found = Document(
        key=snapshot.key or place.docid,
        url=snapshot.requested_url or snapshot.url,
        title=meetings.title_in(lines),
        form=Form.ITEM,
        case_number=numbering.case_number_in(lines, head=20),
        text="\n".join(lines),
    )
    return Listing(documents=(found,))


def _html_lines(page: Page) -> list[str]:
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    root = tree(_MARKS.sub("", page.markup), page.url)
    if root is None:
        raise ParseError(page.url, "the document is empty")
    for element in root.iter(etree.Element):
        _close_up(element)
    body = root.find("body")
    lines = meetings.visible(root if body is None else body, page.ignore)
    if page.root.find(".//form") is not None or not any(_PAPER.search(line) for line in lines):
        raise meetings.lacking(page, "text of a meeting's document")
    return lines


def _close_up(element: Element) -> None:
    """`P ä ä t ö s   t e h t i i n` becomes `Päätös tehtiin`: single letters close up, wider gaps are the words' own."""
    for place in ("text", "tail"):
        text = getattr(element, place)
        if text and _SPACED.search(text):
            setattr(element, place, _CONTROLS.sub("", _SPACED.sub(_words, text)))


def _words(run: re.Match[str]) -> str:
    return " ".join(re.sub(r"[ \u00a0]", "", word) for word in _GAP.split(run.group()))
