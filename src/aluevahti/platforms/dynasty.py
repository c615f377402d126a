"""Dynasty 10: the table of organs, the feed of items, a meeting, an item. Seven regions publish on it.

Watching a site costs two requests: the table with each organ's latest meeting (is it agenda or minutes?), and the feed
of items, which also shows extra meetings that the table hides behind a later one, and items added to an agenda.
Agenda and minutes share their addresses. The server mixes up sessions: a page that is not the one asked for raises
`WrongPage` and is asked for again, never stored. The static predecessor (`.HTM` files) is read as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Callable, Iterator

from aluevahti.errors import ParseError, WrongPage
from aluevahti.model import Document, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import djulkaisu, dynasty_pages, meetings, numbering
from aluevahti.platforms.dynasty_pages import Place, place_of
from aluevahti.platforms.meetings import Page
from aluevahti.text.charset import decode
from aluevahti.text.dates import HELSINKI
from aluevahti.text.dom import Element
from aluevahti.text.tidy import tidy_line

name = "dynasty"

FEED_LENGTH = 200
"""Entries asked of the feed: the installs that were measured give up to 1,000; thirty is too few before a summer."""

_ORGANS, _FEED = "organs", "feed"
_TABLES = {"meeting_handlers", "meeting_frames", "meetingrecent"}
_SHORTEST = 64  # bytes; a shell of a page that came under load was shorter than this
_FEED_TITLE = re.compile(
    r"(?P<organ>.+?)\s+(?P<date>\d{1,2}\.\d{1,2}\.\d{4})\s*(?:§\s*(?P<section>\d+)\s*)?(?:/\s*)?(?P<title>.*)\Z"
)
_SWEDISH_ORGAN = re.compile(r"nämnd|styrelse|fullmäktige|sektion", re.IGNORECASE)


def start(source: Source) -> tuple[Request, ...]:
    """The table of organs and the feed of items; for one organ, one feed or a list of decisions just that page."""
    if djulkaisu.is_static(source.url):
        return djulkaisu.start(source)
    place = place_of(source.url)
    if place.page and place.page not in _TABLES:
        return (Request(url=source.url, purpose="list"),)
    table = source.url if place.page in {"meeting_handlers", "meeting_frames"} else place.url("meeting_handlers", "")
    return (Request(url=table, purpose=_ORGANS), Request(url=_feed_url(place), purpose=_FEED))


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:
    """The frame page instead of the table and the other way round; the feed, a second probe, may be missing."""
    if djulkaisu.is_static(source.url):
        return ()
    table = start(source)[0]
    if failed.purpose == _FEED:
        return (table,)
    if failed != table or failed.purpose != _ORGANS:
        return ()
    place = place_of(table.url)
    other = "meeting_frames" if place.page == "meeting_handlers" else "meeting_handlers"
    return (Request(url=place.url(other, "" if other == "meeting_handlers" else None), purpose=_ORGANS),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """Whatever page of the service, by the `page` in the address that was asked for."""
    if djulkaisu.is_static(snapshot.requested_url or snapshot.url):
        return djulkaisu.parse(source, snapshot)
    place = place_of(snapshot.requested_url or snapshot.url)
    if place.page.startswith("rss/"):
        return _feed(source, snapshot, place)
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    if len(snapshot.body) < _SHORTEST:
        raise ParseError(snapshot.url, "the answer is nearly empty", passing=True)
    reader = _READERS.get(place.page)
    if reader is None:
        raise meetings.lacking(page, f"page kind that is known (page={place.page or '?'})")
    return reader(page, place, source, snapshot)


def _feed_url(place: Place) -> str:
    return f"{place.base}?page=rss/meetingitems&show={FEED_LENGTH}"


# --- tables --------------------------------------------------------------------------------------


def _table_of_organs(page: Page, place: Place, source: Source, _snapshot: Snapshot) -> Listing:
    """Each organ's newest meeting."""
    return _table(page, place, source, organ=None)


def _organs_meetings(page: Page, place: Place, source: Source, _snapshot: Snapshot) -> Listing:
    """All meetings of one organ."""
    own = [
        meetings.words(link) for link, target in _targets(page) if (target.page, target.id) == ("meetings", place.id)
    ]
    headings = [meetings.words(each) for each in page.root.iter("h1", "h2", "h3")]
    organ = next((text for text in [*own, *headings] if text and numbering.date_in(text) is None), None)
    return _table(page, place, source, organ=organ)


def _table(page: Page, place: Place, source: Source, *, organ: str | None) -> Listing:
    dynasty_pages.check_is_list(page)
    is_whole_organ = place.page == "meetings"
    found: list[Document] = []
    unread = 0
    rows = {meetings.row_of(link): None for link, target in _targets(page) if target.page == "meeting"}
    for row in rows:
        document = _meeting_row(row, page, place, organ)
        if document is None:
            unread += 1
        elif meetings.is_wanted(source, document.organ):
            found.append(document)
    if not rows and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(page, "table of meetings")
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    return Listing(
        documents=meetings.by_key(found),
        complete=is_whole_organ and unread == 0 and meetings.is_to_the_end(page),
        unread=unread,
        skeleton=meetings.skeleton({next(row.iterancestors("table", "ul"), row): None for row in rows}),
    )


def _meeting_row(row: Element, page: Page, place: Place, organ: str | None) -> Document | None:
    """One row of a table of meetings; None where organ, date or id cannot be read."""
    targets = [(link, target) for link, target in _targets(page, row)]
    ids = [target.id for _, target in targets if target.page == "meeting" and target.id]
    names = [meetings.words(link) for link, target in targets if target.page == "meetings" and meetings.words(link)]
    cells = [text for cell in row.iter("td", "th") if (text := meetings.words(cell))]
    kind = " ".join(meetings.words(link) for link, target in targets if target.page == "meeting")
    name = next(iter(names), organ) or next(
        (text for text in cells if numbering.date_in(text) is None and text != kind), None
    )
    held_on = next((day for text in (*cells, meetings.words(row)) if (day := numbering.date_in(text))), None)
    if name is None or held_on is None or not ids:
        return None
    phase = meetings.phase_in(kind) or _phase_of_icon(row)
    lang = meetings.language_in(kind)
    url = place.url("meeting", ids[0])
    return Document(
        key=ids[0],
        url=url,
        title=meetings.meeting_title(name, held_on, phase, lang),
        form=Form.MEETING,
        phase=phase,
        organ=name,
        meeting_key=ids[0],
        meeting_on=held_on,
        lang=lang,
        revision=kind if kind and kind != meetings.phase_word(kind) else None,  # "Esityslista, täydennetty"
        detail=Request(url=url, purpose="meeting", key=ids[0]),
    )


def _phase_of_icon(row: Element) -> Phase | None:
    """Rows whose link is an icon: `icon_protocol.png` or the cell class `protocol` is minutes, `icon_doc1.png` an agenda."""
    marks = " ".join(each.get("src") or each.get("class") or "" for each in row.iter("img", "td")).lower()
    if "protocol" in marks:
        return Phase.MINUTES
    return Phase.AGENDA if "icon_doc" in marks else None


def _targets(page: Page, below: Element | None = None) -> Iterator[tuple[Element, Place]]:
    """Links to pages of this service. The host in a link does not matter: the feed writes `:443`, others none."""
    for link in (page.root if below is None else below).iter("a"):
        href = link.get("href") or ""
        if "page=" in href:
            yield link, place_of(href)


def _officials(page: Page, place: Place, source: Source, _snapshot: Snapshot) -> Listing:
    """A list of officials' decisions: the official with the date, the title as a link."""
    dynasty_pages.check_is_list(page)
    found = []
    for link, target in _targets(page):
        text = meetings.words(link)
        if target.page == "official_decision" and target.id and text:
            found.append(_decision(place, target.id, text))
    if not found and not meetings.says_nothing_is_here(meetings.words(page.root)):
        raise meetings.lacking(page, "list of officials' decisions")
    return Listing(documents=tuple(one for one in meetings.by_key(found) if meetings.is_wanted(source, one.organ)))


def _decision(place: Place, decision_id: str, title: str) -> Document:
    url = place.url("official_decision", decision_id)
    key = f"official/{decision_id}"
    detail = Request(url=url, purpose="decision", key=key)
    title = re.sub(r"^(Viranhaltijapäätös \d+/\d{4})(?=\S)", r"\1 ", title)  # number and title touch on the lists seen
    return Document(key=key, url=url, title=title, form=Form.DECISION, lang=Language.FI, detail=detail)


# --- feeds ---------------------------------------------------------------------------------------


def _feed(source: Source, snapshot: Snapshot, place: Place) -> Listing:
    """A feed without dates or kinds of its own: organ, meeting date and title stand in each entry's title.

    Beside the table it speaks only of meetings to come: what is to come is an agenda, so no more need be known; what
    was held is read again from its own page. A feed that is a source of its own is read item by item.
    """
    entries = [_entry(entry, place) for entry in _feed_entries(snapshot)]
    found = [document for document in entries if document is not None and meetings.is_wanted(source, document.organ)]
    if snapshot.purpose == _FEED:
        found = list(_upcoming(found, place, snapshot, is_cut=len(entries) >= FEED_LENGTH))
    return Listing(documents=meetings.by_key(found), unread=entries.count(None))


def _feed_entries(snapshot: Snapshot) -> list[Element]:
    text = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if not text.strip():
        raise ParseError(snapshot.url, "the answer is empty")
    if re.search(r"<(?:html|body|table)\b", text[:2000], re.IGNORECASE):
        raise WrongPage(snapshot.url, "a page came instead of the feed")
    return meetings.entries_of(snapshot)


def _entry(entry: Element, place: Place) -> Document | None:
    """One entry of a feed; None where its address or its title cannot be read."""
    title = tidy_line(html.unescape(entry.findtext("title") or ""))
    target = place_of(html.unescape(entry.findtext("link") or "").strip())
    if not target.id or not title:
        return None
    if target.page == "official_decision":
        return _decision(place, target.id, title)
    found = _FEED_TITLE.match(title)
    held_on = numbering.date_in(found.group("date")) if found else None
    if found is None or held_on is None or target.page not in {"meeting", "meetingitem"}:
        return None
    return _sighting(place, target, found, held_on)


def _sighting(place: Place, target: Place, found: re.Match[str], day: dt.date) -> Document | None:
    organ = found.group("organ")
    url = place.url(target.page, target.id)
    is_item = target.page == "meetingitem"
    section, title = numbering.split_section(found.group("title"))
    marked = found.group("section")
    if is_item and not title:
        return None
    return Document(
        key=target.id,
        url=url,
        title=title if is_item else meetings.meeting_title(organ, day, None, None),
        form=Form.ITEM if is_item else Form.MEETING,
        organ=organ,
        meeting_key=target.id.partition("-")[0],
        meeting_on=day,
        section=int(marked) if marked else section,
        detail=Request(url=url, purpose="item" if is_item else "meeting", key=target.id),
    )


def _upcoming(found: list[Document], place: Place, snapshot: Snapshot, *, is_cut: bool) -> Iterator[Document]:
    """The meetings to come that the feed's items belong to; a meeting's revision is the list of its items.

    The last meeting of a feed that is as long as it may be is left out: its items may be cut off.
    """
    today = snapshot.fetched_at.astimezone(HELSINKI).date()
    groups: dict[str, list[Document]] = {}
    for item in found:
        if item.form is Form.ITEM:
            groups.setdefault(item.meeting_key or "", []).append(item)
    for meeting_id, items in list(groups.items())[: -1 if is_cut else None]:
        organ, held_on = items[0].organ, items[0].meeting_on
        if organ is None or held_on is None or held_on <= today:
            continue
        lang = Language.SV if _SWEDISH_ORGAN.search(organ) else Language.FI
        url = place.url("meeting", meeting_id)
        yield Document(
            key=meeting_id,
            url=url,
            title=meetings.meeting_title(organ, held_on, Phase.AGENDA, lang),
            form=Form.MEETING,
            phase=Phase.AGENDA,
            organ=organ,
            meeting_key=meeting_id,
            meeting_on=held_on,
            lang=lang,
            revision=_digest(items),
            detail=Request(url=url, purpose="meeting", key=meeting_id),
        )


def _digest(items: list[Document]) -> str:
    """A mark that changes when items are added to a meeting, taken off it or renamed, not when they change places."""
    parts = sorted(f"{item.key} {item.title}" for item in items)
    return f"{len(parts)} items {hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"


_Reader = Callable[[Page, Place, Source, Snapshot], Listing]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(_TABLES, _table_of_organs),
    "meetings": _organs_meetings,
    "meeting": dynasty_pages.meeting,
    "meetingitem": dynasty_pages.item,
    "official_decision": dynasty_pages.decision,
    **dict.fromkeys(("official_frames", "official_handlers", "official_search"), _officials),
}
