"""One entry of a list page: its link, its title, its date, and what else stands there.

BeautifulSoup reads here, because an entry is read by looking around in it, and because the operator's selectors are
CSS; the pages are small, and they are read only when they changed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aluevahti.model import Document, Form, Phase, Request, Source
from aluevahti.platforms import meetings, numbering, pages
from aluevahti.text.charset import looks_broken
from aluevahti.text.dates import printed_date, timestamp_date
from aluevahti.text.tidy import tidy, tidy_line
from aluevahti.text.urls import absolute, canonical

if TYPE_CHECKING:
    from bs4 import Tag

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_GENERIC = re.compile(
    r"(?:lue|näytä|katso|avaa|läs|visa)(?:\s+(?:lisää|koko|uutinen|tiedote|mer(?:a)?|hela|tästä|liite|pdf))*(?:\s+\W*)?|siirry.*|read\s+more|more|lisää|mer|pdf"
    r"|lataa(?:\s+pdf)?|avaa\s+(?:pdf|tiedosto)|linkki|länk|tästä|här|here|\W*",
    re.IGNORECASE,
)
_BESIDE_A_DATE = re.compile(
    r"\b(?:julkaistu|julkaisupäivä|pvm|päivämäärä|publicera[dt]|datum|uutinen|uutiset|tiedote|tiedotteet|kuulutus|nyhet|meddelande|pressmeddelande"
    r"|artikkeli|klo|kello|kl|ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön|pdf|kokous|möte|den)\b|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\(?\b(?:muokattu|päivitetty|uppdaterad|ändrad)\b.*", re.IGNORECASE)
_ANY_DATE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.?\s+\w+\s+\d{4}"
)
_PUBLISHED_COLUMN = re.compile(r"julkais|pvm|päivämäärä|publicer|datum|\bdate", re.IGNORECASE)
_MEETING_COLUMN = re.compile(r"kokous|möte|sammanträde", re.IGNORECASE)
_MEETING_TITLE = re.compile(
    r"(?P<organ>[^\d§|]{3,80}?)[\s,:–-]+(?:kokous\s+|möte\s+)?(?P<date>\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}-\d{1,2}-\d{4})\b(?P<kind>.*)",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"kuulutu|kungörelse|ilmoitus", re.IGNORECASE)
_DECISION = re.compile(r"viranhaltijapäätö|tjänsteinnehavarbeslut", re.IGNORECASE)
_IDS = (
    re.compile(r"[?&](?P<name>p|docid|bid|assetentryid|newsid|articleid)=(?P<id>\d+)(?:&|\Z)", re.IGNORECASE),
    re.compile(r"/(?P<name>node|tiedote|content/id)/(?P<id>\d+)(?=/|\Z|\?)", re.IGNORECASE),
    re.compile(r"/(?P<name>content)/[^?]*?\((?P<id>\d+)\)\Z", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    text: str
    in_heading: bool
    picture: str = ""  # what a picture in it is called, where it has no words


def read_row(row: Tag, source: Source, base: str) -> Document | None:
    """The document that an entry names; None where it has no link or no title that can be read."""
    links = _links(row, source, base)
    if not links:
        return None
    url = next((link.url for link in links if link.in_heading and link.text), None) or _first_named(links).url
    shown = _title(row, source, [link for link in links if link.url == url])
    if not shown or looks_broken(shown):
        return None
    section, title = numbering.split_section(shown)
    found = [line for line in tidy(row.get_text("\n")).split("\n") if line not in shown]
    published_on, meeting_on = _dates(row, source, found)
    key, address = key_of(url), canonical(url)
    meeting = _meeting(title)
    return Document(
        key=key,
        url=url,
        title=title or shown,
        form=_form(title, url, meeting),
        phase=meeting.phase if meeting else None,
        organ=meeting.organ if meeting else None,
        meeting_on=meeting.held_on if meeting else meeting_on,
        section=section,
        case_number=numbering.case_number_in([*found, *shown.split(", ")]),
        published_on=published_on,
        lang=source.lang,
        revision=_revision(found, meeting),
        detail=Request(url=url, purpose="document", key=key),
        aliases=() if key == address else (address,),
    )


def key_of(url: str) -> str:
    """The platform's own id in an address, where it is one for certain, else the canonical address."""
    address = canonical(url)
    for pattern in _IDS:
        found = pattern.search(address)
        if found:
            return f"{found.group('name').lower().replace('/', '-')}:{found.group('id')}"
    return address


def _links(row: Tag, source: Source, base: str) -> list[_Link]:
    places = row.select(source.link) if source.link else [row]
    anchors = [anchor for place in places for anchor in ([place] if place.name == "a" else place.find_all("a"))]
    if not anchors and row.name != "a" and (around := row.find_parent("a")) is not None:
        anchors = [around]  # a card that is a link as a whole
    links = []
    for anchor in anchors:
        url = absolute(base, str(anchor.get("href") or ""))
        if url is not None:
            links.append(_Link(url, _words(anchor), _is_heading(anchor), _picture(anchor)))
    return links


def _words(anchor: Tag) -> str:
    """A link's words; one that only says "read more" has none."""
    text = tidy_line(anchor.get_text(" "))
    return "" if _GENERIC.fullmatch(text) else text


def _picture(anchor: Tag) -> str:
    image = anchor.find("img")
    text = tidy_line(str(anchor.get("title") or anchor.get("aria-label") or (image.get("alt") if image else "") or ""))
    return "" if _GENERIC.fullmatch(text) else text


def _is_heading(anchor: Tag) -> bool:
    return anchor.find_parent(_HEADINGS) is not None or anchor.find(_HEADINGS) is not None


def _first_named(links: list[_Link]) -> _Link:
    return next((link for link in links if link.text), links[0])


def _title(row: Tag, source: Source, links: list[_Link]) -> str:
    if source.title:
        named = row.select_one(source.title)
        return "" if named is None else _without_ignored(tidy_line(named.get_text(" ")), source)
    heading = row.find(_HEADINGS)
    in_heading = tidy_line(heading.get_text(" ")) if heading is not None else ""
    in_link = next((link.text for link in links if link.text), "")
    picture = next((link.picture for link in links if link.picture), "")
    return _without_ignored(in_heading or in_link or _longest_line(row) or picture, source)


def _longest_line(row: Tag) -> str:
    """What an entry says most of, its date aside: the title of a link that only says "read more"."""
    said = (line for line in tidy(row.get_text("\n")).split("\n") if _rest(line) and not _GENERIC.fullmatch(line))
    return max(said, key=len, default="")


def _without_ignored(title: str, source: Source) -> str:
    for entry in source.ignore:
        if len(entry) > 2 and entry[0] == entry[-1] == "/":
            title = tidy_line(re.sub(entry[1:-1], " ", title))
    return title


# --- dates ---------------------------------------------------------------------------------------


def _dates(row: Tag, source: Source, found: list[str]) -> tuple[dt.date | None, dt.date | None]:
    """When the entry was published, and, in a table that says so, when the meeting was."""
    if source.date:
        named = row.select_one(source.date)
        return (None if named is None else _date_of(named)), None
    moment = row.find("time")
    if moment is not None:
        return _date_of(moment), None
    if row.name == "tr" and (columns := _columns(row)):
        return _by_column(columns, _PUBLISHED_COLUMN), _by_column(columns, _MEETING_COLUMN)
    return next((day for line in found if (day := _lone_date(line)) is not None), None), None


def _date_of(element: Tag) -> dt.date | None:
    inner = element if element.name == "time" else element.find("time") or element
    return timestamp_date(str(inner.get("datetime") or "")) or printed_date(element.get_text(" "))


def _columns(row: Tag) -> list[tuple[str, str]]:
    """The headings of a table's columns with the row's cells; empty where the table has no headings."""
    table = row.find_parent("table")
    head = (
        next((each for each in table.find_all("tr") if each.find("th") and not each.find("td")), None)
        if table
        else None
    )
    if head is None:
        return []
    names = [tidy_line(cell.get_text(" ")) for cell in head.find_all("th")]
    return list(zip(names, [tidy_line(cell.get_text(" ")) for cell in row.find_all(["td", "th"])], strict=False))


def _by_column(columns: list[tuple[str, str]], heading: re.Pattern[str]) -> dt.date | None:
    return next(
        (day for title, cell in columns if heading.search(title) and (day := printed_date(cell)) is not None), None
    )


def _lone_date(line: str) -> dt.date | None:
    """The date of a line that says nothing else; a date within a sentence may be a deadline."""
    return printed_date(_EDITED.sub("", line)) if _rest(line) == "" else None


def _rest(line: str) -> str:
    """What a line says beside its date and the words that stand by a date of publication."""
    if not _ANY_DATE.search(line):
        return line
    return re.sub(r"[\W_]+", "", _BESIDE_A_DATE.sub("", _ANY_DATE.sub("", _EDITED.sub("", line), count=1)))


# --- kinds ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Meeting:
    organ: str
    held_on: dt.date
    phase: Phase


def _meeting(title: str) -> _Meeting | None:
    """A title such as "Aluehallitus 13.1.2026 - pöytäkirja" names a whole meeting."""
    found = _MEETING_TITLE.fullmatch(title)
    held_on, phase = (printed_date(found.group("date")), meetings.phase_in(title)) if found else (None, None)
    if found is None or held_on is None or phase is None:
        return None
    organ = found.group("organ").strip(" -–,:")
    return None if meetings.phase_in(organ) else _Meeting(organ, held_on, phase)


def _form(title: str, url: str, meeting: _Meeting | None) -> Form:
    if meeting is not None:
        return Form.MEETING
    if _DECISION.search(title):
        return Form.DECISION
    if _NOTICE.search(title):
        return Form.NOTICE
    return Form.FILE if pages.is_file(url) else Form.NEWS


def _revision(found: list[str], meeting: _Meeting | None) -> str | None:
    """The stamp of a later edit, where the entry prints one, or the phase of a meeting."""
    edited = next((match.group().strip("() ") for line in found if (match := _EDITED.search(line))), None)
    return edited or (meeting.phase.value if meeting else None)
