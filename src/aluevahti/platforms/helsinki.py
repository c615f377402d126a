"""Helsinki's decisions (paatokset.hel.fi, Ahjo): an open JSON list of meetings, a meeting's page, a case's page.

Watching costs one request, the list of meetings with the phase of each. A meeting keeps one address through three
phases: agenda, decision announcement (right after the meeting), minutes. The city decides about much else, so without
`organs` only the bodies that matter to NGOs are read: the social, health and rescue committee, the city board with
its divisions, and the city council.

The list is asked for whole: the site's robots.txt forbids addresses with `from=` or `to=`. A period is only asked for
where the server insists on one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import interfaces, meetings, numbering
from aluevahti.platforms.meetings import Page
from aluevahti.text.dom import Element, chosen, outermost, selector
from aluevahti.text.urls import absolute

name = "helsinki"

_LIST = "list"
_API = "/ahjo_api/meetings"
_PHASES = {"agenda": Phase.AGENDA, "decision": Phase.DECISION_ANNOUNCEMENT, "minutes": Phase.MINUTES}
_LINKS = ("minutes_link", "decision_link", "motions_list_link")
_USUAL = re.compile(
    r"(?:(?:helsingin|helsingfors)\s+)?(?:kaupunginhallitu(?:s|ksen\b.*jaosto)\b.*|kaupunginvaltuusto|sosiaali-,?\s*terveys-\s*ja\s*pelastuslautakunta"
    r"|stadsstyrelse(?:n|ns\b.*(?:sektion|direktion)\w*)|stadsfullmäktige|social-,\s*hälsovårds-\s*och\s*räddningsnämnden"
    r"|city\s*board\b.*|city\s*council|social\s*services,\s*health\s*care\s*and\s*rescue.*committee)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"\A(?P<root>.*?/(?P<lang>fi|sv|en))(?=/|\Z)", re.DOTALL)
_CASE = re.compile(
    r"/(?:asia|arende|case)/(?P<case>hel-(?P<year>\d{4})-(?P<number>\d+))(?:/(?P<decision>[\w-]+))?\Z", re.IGNORECASE
)
_MEETING = re.compile(r"/(?:asiakirjat|dokumenter|dokument|documents)/(?P<id>[^/]+)\Z", re.IGNORECASE)
_SECTION = re.compile(r"(?:(\d+)\.\s*/\s*)?(\d+)\s*§")
_BESIDE = ("nav", "form", ".breadcrumb", ".policymaker-side-navigation", ".issue__favorite-button", ".sidebar")


def start(source: Source) -> tuple[Request, ...]:
    """The list of meetings; an address of the list itself, with its own parameters, stands as the operator wrote it."""
    parts = urlsplit(source.url)
    if parts.path.rstrip("/").endswith(_API):
        return (Request(url=source.url, purpose=_LIST, accept="application/json"),)
    return (Request(url=_api(source), purpose=_LIST, accept="application/json"),)


def fallback(source: Source, failed: Request) -> tuple[Request, ...]:  # noqa: ARG001  (the protocol's signature)
    """The same list with a period, for a server that wants one (`{from}` and `{to}` are days around today)."""
    if failed.purpose != _LIST or "from=" in failed.url:
        return ()
    mark = "&" if urlsplit(failed.url).query else "?"
    return (Request(url=f"{failed.url}{mark}from={{from}}&to={{to}}", purpose=_LIST, accept="application/json"),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The list of meetings, a meeting or a case, by the address that was asked for.

    Raises:
        ParseError: no JSON, half a page; LayoutChanged: none of what the address promises.
    """
    path = urlsplit(snapshot.requested_url or snapshot.url).path.rstrip("/")
    if path.endswith(_API):
        return _list(source, snapshot)
    if meetings.is_pdf(snapshot):
        raise ParseError(snapshot.url, "a PDF came where a page was expected")
    page = meetings.page_of(snapshot, source.ignore, unclosed=source.unclosed)
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    if _CASE.search(path):
        return _case(page, snapshot)
    return _meeting(page, snapshot)


def _api(source: Source) -> str:
    """The list's address in the language of the source's address."""
    parts = urlsplit(source.url)
    found = _LANGUAGE.match(parts.path)
    root: str = found.group("root") if found else f"{parts.path.rstrip('/')}/fi"
    return urlunsplit((parts.scheme, parts.netloc, root + _API, "", ""))


# --- the list ------------------------------------------------------------------------------------


def _list(source: Source, snapshot: Snapshot) -> Listing:
    days = _days(snapshot)
    found: list[Document] = []
    unread = 0
    for day, entries in days.items():
        for entry in entries if isinstance(entries, list) else [None]:
            organ = _organ(entry) if isinstance(entry, Mapping) else None
            if not isinstance(entry, Mapping) or organ is None:
                unread += 1
            elif _is_wanted(source, organ) and _has_papers(entry):
                document = _listed(entry, organ, str(day), snapshot)
                unread += document is None
                found += [document] if document is not None else []
    return Listing(documents=meetings.by_key(found), unread=unread)


def _days(snapshot: Snapshot) -> Mapping[str, Any]:
    """The list's `data`: dates, each with its meetings."""
    answer = interfaces.json_of(snapshot, otherwise="the list of meetings is no JSON")
    data = answer.get("data") if isinstance(answer, dict) else None
    if isinstance(data, list) and not data:  # how an empty object leaves PHP
        return {}
    if not isinstance(data, dict):
        raise LayoutChanged(snapshot.url, "the list of meetings has no data")
    return data


def _organ(entry: Mapping[str, Any]) -> str | None:
    organ = entry.get("policymaker_name") or entry.get("title")
    return organ.strip() if isinstance(organ, str) and organ.strip() else None


def _is_wanted(source: Source, organ: str) -> bool:
    return meetings.is_wanted(source, organ) if source.organs else _USUAL.fullmatch(organ.strip()) is not None


def _has_papers(entry: Mapping[str, Any]) -> bool:
    """Whether there is anything to read of a meeting yet: papers, or that it will not be held. Else it is a calendar entry."""
    return bool(entry.get("phase") or entry.get("meeting_cancelled") or any(entry.get(link) for link in _LINKS))


def _listed(entry: Mapping[str, Any], organ: str, day: str, snapshot: Snapshot) -> Document | None:
    """One meeting of the list; None where its date or the address of its papers cannot be read."""
    held_on = numbering.date_in(day)
    cancelled = entry.get("meeting_cancelled") is True or "perut" in str(entry.get("status") or "").lower()
    href = next((str(entry[link]) for link in _LINKS if entry.get(link)), None)
    url = absolute(snapshot.url, href) if href else None
    if held_on is None or (url is None and not cancelled):
        return None
    phase = Phase.CANCELLED if cancelled else _PHASES.get(str(entry.get("phase") or ""))
    lang = _language(snapshot.url)
    by_date = f"{entry.get('policymaker') or organ}/{held_on.isoformat()}"
    key = _meeting_id(url) if url else by_date
    return Document(
        key=key,
        url=url or _evidence(entry, held_on, snapshot),
        title=meetings.meeting_title(organ, held_on, phase, lang),
        form=Form.MEETING,
        phase=phase,
        organ=organ,
        meeting_key=key,
        meeting_on=held_on,
        lang=lang,
        revision=" ".join(str(part) for part in (entry.get("phase"), entry.get("start_time")) if part) or None,
        detail=Request(url=url, purpose="meeting", key=key) if url and not cancelled else None,
        aliases=(by_date,) if key != by_date else (),
    )


def _evidence(entry: Mapping[str, Any], held_on: dt.date, snapshot: Snapshot) -> str:
    """Where a cancelled meeting, which has no page of its own, can be seen: the list itself, cut to that day."""
    here = urlsplit(snapshot.url)
    query = f"from={held_on.isoformat()}&policymaker={entry.get('policymaker') or ''}&to={held_on.isoformat()}"
    return absolute(snapshot.url, urlunsplit((here.scheme, here.netloc, here.path, query, ""))) or snapshot.url


def _meeting_id(url: str) -> str:
    found = _MEETING.search(urlsplit(url).path.rstrip("/"))
    return unquote(found.group("id") if found else urlsplit(url).path)


def _language(url: str) -> Language:
    found = _LANGUAGE.match(urlsplit(url).path)
    return Language(found.group("lang")) if found else Language.FI


# --- pages ---------------------------------------------------------------------------------------


def _meeting(page: Page, snapshot: Snapshot) -> Listing:
    """A meeting: its agenda, its decision announcement or its minutes, and its items."""
    containers = selector(".minutes-container")(page.root)
    heading = next(iter(selector(".minutes__header")(page.root)), None)
    if not containers or heading is None:
        raise meetings.lacking(page, "meeting (minutes-container)")
    kind = _first(heading, ".minutes__header-prefix")
    named = _first(heading, ".minutes__header-title") or meetings.words(heading)
    when = _first_date(page.root, ".Kokousaika") or _first_date(heading, ".minutes__header-suffix")
    published = _first_date(page.root, ".publish-date__date")
    organ = re.sub(r"\s*\d+/\d{4}\s*\Z", "", named)
    if not organ:
        raise meetings.lacking(page, "name of a meeting")
    key = snapshot.key or _meeting_id(page.asked)
    phase = meetings.phase_in(kind)
    own = Document(
        key=key,
        url=page.asked,
        title=meetings.meeting_title(organ, when, phase, _language(page.asked)) if when else named,
        form=Form.MEETING,
        phase=phase,
        organ=organ,
        meeting_key=key,
        meeting_on=when,
        published_on=published,
        lang=_language(page.asked),
        files=_files(page, ".minutes__file-link a, .minutes-file__container a"),
    )
    items = tuple(_items(page, own))
    lines = [line for each in containers for line in meetings.visible(each, (*_BESIDE, *page.ignore))]
    return Listing(documents=(replace(own, text="\n".join(lines)), *items))


def _first(element: Element, css: str) -> str:
    """The text of the first element below `element` that matches and has any."""
    return next((text for each in selector(css)(element) if (text := meetings.words(each))), "")


def _first_date(element: Element, css: str) -> dt.date | None:
    return next((day for each in selector(css)(element) if (day := numbering.date_in(meetings.words(each)))), None)


def _items(page: Page, own: Document) -> Iterator[Document]:
    """The items: known by the meeting and their case, since motion and decision of one case have different numbers."""
    seen: set[str] = set()
    for row in selector(".policymaker-list-item--agenda-item, .agenda-item")(page.root):
        subject = _first(row, ".agenda-item__subject")
        if not subject:
            continue
        index = _first(row, ".agenda-item__index-number")
        link = next((each for each in (*row.iter("a"), *row.iterancestors("a")) if each.get("href")), None)
        url = absolute(page.url, link.get("href")) if link is not None else None
        found = _CASE.search(urlsplit(url).path.rstrip("/")) if url else None
        inner = found.group("case").lower() if found else subject.casefold()
        key = (
            f"{own.key}/{inner}"
            if f"{own.key}/{inner}" not in seen
            else f"{own.key}/{inner}/{index or subject.casefold()}"
        )
        if key in seen:
            continue
        seen.add(key)
        yield Document(
            key=key,
            url=url or own.url,
            title=subject,
            form=Form.ITEM,
            phase=own.phase,
            organ=own.organ,
            meeting_key=own.key,
            meeting_on=own.meeting_on,
            section=_agenda_number(index) if own.phase in {Phase.AGENDA, None} else None,  # later the page gives its §
            case_number=_case_number(found),
            published_on=own.published_on,
            lang=own.lang,
            detail=Request(url=url, purpose="case", key=key) if url and found else None,
            aliases=(url,) if found and found.group("decision") and url else (),
        )


def _agenda_number(index: str) -> int | None:
    digits = re.match(r"\d+", index)
    return int(digits.group()) if digits else None


def _case_number(found: re.Match[str] | None) -> str | None:
    return f"HEL {found.group('year')}-{found.group('number')}" if found else None


def _case(page: Page, snapshot: Snapshot) -> Listing:
    """One handling of a case: a motion while it is on the agenda, then the decision."""
    title = _first(page.root, ".issue-content__title") or _first(page.root, "h1")
    if not title or not _is_case(page):
        raise meetings.lacking(page, "case")
    tags = " ".join(meetings.words(each) for each in selector(".motion-tag")(page.root))
    files = _files(page, ".issue__pdf a, .issue__attachments a")
    lines = _case_lines(page)
    found = _CASE.search(urlsplit(page.asked).path.rstrip("/"))
    section = next((int(mark.group(2)) for line in lines[:8] if (mark := _SECTION.fullmatch(line))), None)
    document = Document(
        key=snapshot.key or urlsplit(page.asked).path.rpartition("/")[2],
        url=page.asked,
        title=title,
        form=Form.ITEM,
        phase=Phase.AGENDA if re.search(r"esity|motion|förslag", tags, re.IGNORECASE) else None,
        section=section,
        case_number=_case_number(found),
        lang=_language(page.asked),
        text="\n".join(lines),
        files=files,
    )
    return Listing(documents=(document,))


def _is_case(page: Page) -> bool:
    """Whether the page has a case's parts, or at least names a case: an error page in the site's own frame does neither."""
    marked = selector(".issue-content, .issue-content__title, .paatos, .SisaltoSektio")(page.root)
    return bool(marked) or re.search(r"\bHEL \d{4}-\d{4,6}\b", meetings.words(page.root)) is not None


def _case_lines(page: Page) -> list[str]:
    """The motion or decision itself; the page's main part where it is not marked."""
    marked = outermost(selector(".issue-content-top, .issue-content, .paatos")(page.root))
    lines = [line for each in marked for line in meetings.visible(each, (*_BESIDE, *page.ignore))]
    if sum(map(len, lines)) < 80:
        lines = [
            line
            for each in chosen(page.root, None, page.url)
            for line in meetings.visible(each, (*_BESIDE, *page.ignore))
        ]
    if not lines:
        raise ParseError(page.url, "the case's page has no text")
    return lines


def _files(page: Page, css: str) -> tuple[File, ...]:
    return meetings.unique_files(
        File(url=url, title=meetings.words(link) or url.rpartition("/")[2] or url)
        for link in selector(css)(page.root)
        if (url := absolute(page.url, link.get("href")))
    )
