"""A Dynasty 10 meeting's, item's or decision's own page. Used by the adapter `dynasty` alone.

Class names moved between versions of the product; comments, captions and headings did not, so those are held on to.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from aluevahti.errors import LayoutChanged, ParseError, WrongPage
from aluevahti.model import Document, File, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import meetings, numbering
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element
from aluevahti.text.urls import absolute, clean

_SCRIPT = re.compile(r"\A(?P<base>.*?/DREQUEST\.PHP)\Z", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(
    r"(?P<organ>.*?)\s*\b(?P<word>Esityslista|Lisäesityslista|Pöytäkirja|Päätösluettelo|Föredragningslista|Protokoll)\b"
    r"(?P<mark>[^\d/]{0,40}?)\s*(?P<date>\d{1,2}\.\d{1,2}\.\d{4})\s*"
    r"(?:/\s*(?:Asianro|Asianumero|Pykälä|Ärendenummer|Ärendenr|Ärende|Paragraf|§)\.?\s*(?P<number>\d+))?(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = re.compile(r"\b(?:Julkaistu|Publicera[dt])\s*:?\s*(\d{1,2}\.\d{1,2}\.\d{4})", re.IGNORECASE)
_BEGIN = re.compile(r"<!--\s*DATA_?BEGIN\s*-->", re.IGNORECASE)
_END = re.compile(r"<!--\s*DATA_?END\s*-->", re.IGNORECASE)
_NAVIGATION = re.compile(r"navigoin|naviger|navigation", re.IGNORECASE)
_ATTACHMENTS = re.compile(
    r"liittee|liite|oheismateria|lisämateria|bilag|tilläggsmateria|övrigt materia|bakgrundsmateria", re.IGNORECASE
)
_PLAIN = re.compile(r"[\w/.-]{1,64}", re.ASCII)
_HISTORY = re.compile(r"(?:päätöshistoria|beslutshistoria)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a Dynasty service: the script's address, `page` and `id`. All else in an address is noise."""

    base: str
    page: str
    id: str

    def url(self, page: str, number: str | None) -> str:
        """The address of another page of the same service, in the one order and without `:443`."""
        return f"{self.base}?page={page}" if number is None else f"{self.base}?page={page}&id={number}"


def place_of(url: str) -> Place:
    """Where an address leads; an address without the script's name means the service below it.

    What is no address, and an id that cannot be one, leads nowhere (`page` or `id` is empty).
    """
    try:
        parts = urlsplit(clean(url))
    except ValueError:
        return Place("", "", "")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    path = (
        parts.path if _SCRIPT.match(parts.path) else parts.path.rstrip("/").removesuffix("/cgi") + "/cgi/DREQUEST.PHP"
    )
    base = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    page, number = (text if _PLAIN.fullmatch(text) else "" for text in (query.get("page", ""), query.get("id", "")))
    return Place(base, page, number)


# --- is it the right page? -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    organ: str
    word: str
    held_on: dt.date
    number: int | None  # of the item; None on a meeting's page

    @property
    def phase(self) -> Phase | None:
        return meetings.phase_in(self.word)

    @property
    def lang(self) -> Language:
        return meetings.language_in(self.word)


def _heading(page: Page) -> _Heading | None:
    """The heading of a meeting's or an item's page."""
    for element in page.root.iter("h1", "h2", "h3"):
        found = _HEAD.match(meetings.words(element))
        heading = _heading_from(found) if found else None
        if heading is not None:
            return heading
    return None


def _heading_from(found: re.Match[str]) -> _Heading | None:
    held_on = numbering.date_in(found.group("date"))
    organ = found.group("organ").strip(" -–,")
    if held_on is None or not organ:
        return None
    number = found.group("number")
    return _Heading(
        organ, f"{found.group('word')} {found.group('mark').strip()}".strip(), held_on, int(number) if number else None
    )


def check_is_list(page: Page) -> None:
    """Raises WrongPage where a meeting's or an item's page came when a list was asked for."""
    if _BEGIN.search(page.markup) or _heading(page) is not None:
        raise WrongPage(page.url, "the server gave a document's page instead of the list")


def _mixed_up(page: Page, wanted: str) -> WrongPage:
    return WrongPage(page.url, f"the server gave another page than that of {wanted}")


def _not_the_one(page: Page, wanted: str) -> ParseError:
    """The error for a page without any mark of the document that was asked for: whatever else it is (another document,
    a list, the notice of an ended session), asking again in a new session may bring the right one."""
    error = meetings.lacking(page, wanted)
    return _mixed_up(page, wanted) if isinstance(error, LayoutChanged) else error


def _names(page: Page, number: str) -> bool:
    """Whether the page links the printed form of `number`, which every document's own page does."""
    return re.search(rf"/kokous/{re.escape(number)}(?!\d)", page.markup, re.IGNORECASE) is not None


def _item_numbers(page: Page, meeting_id: str) -> set[int]:
    return {int(found) for found in re.findall(rf"\bid={re.escape(meeting_id)}-(\d+)\b", page.markup)}


def _is_between_its_neighbours(page: Page, item_id: str) -> bool:
    """A page without a printed form is known by its neighbours: the items just before and just after it."""
    meeting_id, _, number = item_id.partition("-")
    if not number.isdigit() or re.search(r"/kokous/\d", page.markup, re.IGNORECASE):
        return False
    others = _item_numbers(page, meeting_id) - {int(number)}
    return bool(others) and others <= {int(number) - 1, int(number) + 1}


# --- pages ---------------------------------------------------------------------------------------


def meeting(page: Page, place: Place, _source: Source, snapshot: Snapshot) -> Listing:
    """A meeting with its items; each item's own page is to be read.

    Raises:
        WrongPage: another meeting's page, or an item's.
        LayoutChanged: no heading, or nothing of a meeting.
    """
    heading = _heading(page)
    is_own = _names(page, place.id) or bool(_item_numbers(page, place.id))
    if not is_own:
        raise _not_the_one(page, f"meeting {place.id}")
    if heading is None:
        raise meetings.lacking(page, "heading of a meeting")
    if heading.number is not None:
        raise _mixed_up(page, f"meeting {place.id}")
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    seen = meetings.words(page.root)
    published = _PUBLISHED.search(seen)
    rows = list(_item_rows(page, place))
    own = Document(
        key=snapshot.key or place.id,
        url=place.url("meeting", place.id),
        title=meetings.meeting_title(heading.organ, heading.held_on, heading.phase, heading.lang),
        form=Form.MEETING,
        phase=heading.phase,
        organ=heading.organ,
        meeting_key=place.id,
        meeting_on=heading.held_on,
        published_on=numbering.date_in(published.group(1)) if published else None,
        lang=heading.lang,
        text="\n".join(_meeting_lines(page, [row for row, _, _ in rows])),
        files=_files(page.root, page, whole=place.id),
    )
    return Listing(documents=(own, *_items(rows, own, place)))


def _item_rows(page: Page, place: Place) -> Iterator[tuple[Element, str, str]]:
    """Each item's row, id and title."""
    titles: dict[str, tuple[Element, str]] = {}
    for link in page.root.iter("a"):
        target = place_of(link.get("href") or "")
        if target.page != "meetingitem" or not re.fullmatch(rf"{re.escape(place.id)}-\d+", target.id):
            continue
        text = meetings.words(link)
        if len(text) > len(titles.get(target.id, (None, ""))[1]):  # an icon may link as well
            titles[target.id] = meetings.row_of(link), text
    for item_id, (row, text) in titles.items():
        yield row, item_id, text


def _items(rows: list[tuple[Element, str, str]], own: Document, place: Place) -> Iterator[Document]:
    for row, item_id, text in rows:
        section, title = numbering.split_section(text)
        cells = [meetings.words(cell) for cell in row.iter("td", "th")]
        number = next((int(cell.strip(" §.")) for cell in cells if cell.strip(" §.").isdecimal()), section)
        url = place.url("meetingitem", item_id)
        yield Document(
            key=item_id,
            url=url,
            title=title or text,
            form=Form.ITEM,
            phase=own.phase,
            organ=own.organ,
            meeting_key=place.id,
            meeting_on=own.meeting_on,
            section=number,
            published_on=own.published_on,
            lang=own.lang,
            detail=Request(url=url, purpose="item", key=item_id),
        )


def _meeting_lines(page: Page, rows: list[Element]) -> list[str]:
    """What a meeting's page says: its heading and the table of items, not the frame of the service."""
    heading = [meetings.words(each) for each in page.root.iter("h1", "h2", "h3") if _HEAD.match(meetings.words(each))]
    tables = {next(row.iterancestors("table"), row): None for row in rows}
    return [*heading[:1], *(line for table in tables for line in meetings.visible(table, page.ignore))]


def item(page: Page, place: Place, _source: Source, snapshot: Snapshot) -> Listing:
    """An item: what stands between the data marks, without navigation and attachment tables.

    Organ and date are the heading's: the body repeats the earlier handlings of other organs.

    Raises:
        WrongPage: another item's page.
        LayoutChanged: no heading of an item.
    """
    heading = _heading(page)
    if not _names(page, place.id) and not _is_between_its_neighbours(page, place.id):
        raise _not_the_one(page, f"item {place.id}")
    if heading is None or heading.number is None:
        raise _mixed_up(page, f"item {place.id}") if heading else meetings.lacking(page, "heading of an item")
    files, lines = _content(page)
    document = Document(
        key=snapshot.key or place.id,
        url=place.url("meetingitem", place.id),
        title=_title_in(lines, heading),
        form=Form.ITEM,
        phase=heading.phase,
        organ=heading.organ,
        meeting_key=place.id.partition("-")[0],
        meeting_on=heading.held_on,
        section=heading.number,
        case_number=numbering.case_number_in(lines),
        lang=heading.lang,
        text="\n".join(lines),
        files=files,
    )
    return Listing(documents=(document,))


def decision(page: Page, place: Place, _source: Source, snapshot: Snapshot) -> Listing:
    """An official's decision."""
    if _heading(page) is not None:
        raise _mixed_up(page, f"decision {place.id}")
    files, lines = _content(page)
    title = next((text for each in page.root.iter("h1", "h2") if (text := meetings.words(each))), None)
    document = Document(
        key=snapshot.key or f"official/{place.id}",
        url=place.url("official_decision", place.id),
        title=title or meetings.title_in(lines),
        form=Form.DECISION,
        case_number=numbering.case_number_in(lines),
        lang=Language.FI,
        text="\n".join(lines),
        files=files,
    )
    return Listing(documents=(document,))


def _content(page: Page) -> tuple[tuple[File, ...], list[str]]:
    """Attachments and visible lines of the part of a page that counts."""
    region = meetings.fragment(_region(page), page.url)
    files = list(_files(region, page))
    for table in list(region.iter("table")):
        caption = next((meetings.words(each) for each in table.iter("caption")), "")
        if _NAVIGATION.search(caption) or _ATTACHMENTS.match(caption):
            _take_out(table)
    lines = meetings.visible(region, page.ignore)
    end = next((place for place, line in enumerate(lines) if place > 2 and _HISTORY.match(line)), len(lines))
    if not lines[:end]:
        raise ParseError(page.url, "the document's text is empty")
    return meetings.unique_files(files), lines[:end]


def _region(page: Page) -> str:
    """The markup between the data marks; without marks, what follows the heading."""
    begin = _BEGIN.search(page.markup)
    if begin:
        end = _END.search(page.markup, begin.end())
        if end is None:
            raise ParseError(page.url, "half a page came", passing=True)
        return page.markup[begin.end() : end.start()]
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    after = re.split(r"</h1\s*>", page.markup, maxsplit=1, flags=re.IGNORECASE)[-1]
    return re.split(r"<footer\b|<div[^>]*class=['\"]footer", after, maxsplit=1, flags=re.IGNORECASE)[0]


def _take_out(table: Element) -> None:
    parent = table.getparent()
    if parent is None:
        return
    before, tail = table.getprevious(), table.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(table)


def _files(root: Element, page: Page, *, whole: str | None = None) -> tuple[File, ...]:
    """Printed documents and attachments; with `whole`, only the printed form of that meeting."""
    found = []
    for link in root.iter("a"):
        url = absolute(page.url, link.get("href"))
        if url is None or "/kokous/" not in url.lower() or not url.lower().endswith(".pdf"):
            continue
        if whole is None or url.lower().endswith(f"/kokous/{whole.lower()}.pdf"):
            found.append(File(url=url, title=meetings.words(link) or url.rpartition("/")[2]))
    return meetings.unique_files(found)


def _title_in(lines: list[str], heading: _Heading) -> str:
    """The item's title where its text prints it: the line after the one with nothing but its §. Else where it stands."""
    for place, line in enumerate(lines[:12]):
        if re.fullmatch(rf"§\s*{heading.number}|{heading.number}\s*§", line) and place + 1 < len(lines):
            return lines[place + 1]
    number = f"§ {heading.number}" if heading.phase is not Phase.AGENDA else f"asia {heading.number}"
    return f"{meetings.meeting_title(heading.organ, heading.held_on, None, None)} {number}"
