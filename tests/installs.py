"""Whole meeting sites for the world: from meetings on paper to every page that a poll may ask for.

An install is a function from the meetings as they stand to the site's pages; a test changes a meeting and publishes
again. Every page makes its noise anew at each load.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

import meetingsites as sites
from faultserver import Page, Script, Seen
from meetingsites import Item, Meeting

Pages = dict[str, Script]


@dataclass(frozen=True)
class Install:
    """One platform's site: what stands in sources.yaml, and its pages for the meetings as they stand."""

    platform: str
    path: str
    pages: Callable[[Sequence[Meeting], str], Pages]
    has_items: bool = True

    def __str__(self) -> str:
        return self.platform


def _fresh(make: Callable[..., str], *about: object, content_type: str | None = None) -> Script:
    """A page that is made anew, noise included, whenever it is asked for."""

    def answer(_seen: Seen) -> Page:
        return Page(make(*about), content_type=content_type)

    return answer


# --- CaseM ---------------------------------------------------------------------------------------


def casem(meetings: Sequence[Meeting], _origin: str) -> Pages:
    """Newest lists on the front page, a page a meeting, a page an item."""
    pages: Pages = {"/fi-FI": _fresh(sites.casem_front, meetings)}
    for meeting in meetings:
        own = f"/fi-FI/Toimielimet/{sites.casem_slug(meeting)}"
        pages[own] = _fresh(sites.casem_meeting, meeting)
        for item in meeting.items:
            path = quote(f"{own}/{sites.casem_item_slug(meeting, item)}", safe="/()")
            pages[path] = _fresh(sites.casem_item, meeting, item)
    return pages


# --- Dynasty -------------------------------------------------------------------------------------


def dynasty(meetings: Sequence[Meeting], origin: str) -> Pages:
    """One script that answers by its `page` and `id`."""
    meetings = [replace(one, mark=", tarkastamaton") if one.phase == "unreviewed" else one for one in meetings]
    by_id = {sites.dynasty_id(meeting): meeting for meeting in meetings}

    def answer(seen: Seen) -> Page:
        query = dict(pair.partition("=")[::2] for pair in seen.query.split("&"))
        page, name = query.get("page", ""), query.get("id", "")
        if page == "meeting_handlers":
            return Page(sites.dynasty_table(meetings), charset="iso-8859-1")
        if page == "rss/meetingitems":
            return Page(sites.dynasty_feed(meetings, origin), charset="iso-8859-1", content_type="text/xml")
        if page == "meeting" and name in by_id:
            return Page(sites.dynasty_meeting(by_id[name]))
        meeting = by_id.get(name.partition("-")[0])
        item = _item(meeting, name.partition("-")[2])
        if page == "meetingitem" and meeting is not None and item is not None:
            return Page(sites.dynasty_item(meeting, item))
        return Page("ei ole", status=404)

    return {"/cgi/DREQUEST.PHP": answer}


def _item(meeting: Meeting | None, order: str) -> Item | None:
    return next((item for item in meeting.items if str(item.order) == order), None) if meeting else None


# --- TWeb ----------------------------------------------------------------------------------------


def tweb(meetings: Sequence[Meeting], _origin: str) -> Pages:
    """Two sides: a meeting that has its minutes stays on the side of the agendas, with the agenda it had."""
    agendas = [meeting if meeting.is_agenda else _agenda_of(meeting) for meeting in meetings]
    minutes = [meeting for meeting in meetings if not meeting.is_agenda]
    pages: Pages = {}
    documents: dict[str, str] = {}
    for side, shown in (("epj", agendas), ("pk", minutes)):
        feed = sites.tweb_feed(shown, side)
        pages[f"/ktwebscr/{side}_rssfeed.htm"] = Page(feed, charset="iso-8859-1", content_type="text/xml")
        for meeting in shown:
            page = sites.tweb_meeting(meeting)
            pages[f"/ktwebscr/{side}_asil_tweb.htm?bid={meeting.number}"] = Page(page, charset="windows-1252")
            for item in meeting.items:
                documents[str(sites.tweb_docid(meeting, item))] = sites.tweb_document(meeting, item)

    def document(seen: Seen) -> Page:
        docid = dict(pair.partition("=")[::2] for pair in seen.query.split("&")).get("docid", "")
        if docid not in documents:
            return Page("ei ole", status=404)
        return Page(documents[docid].encode("utf-16-le"), content_type="text/html")

    return {**pages, "/ktwebscr/fileshow": document}


def _agenda_of(meeting: Meeting) -> Meeting:
    return replace(meeting, items=tuple(replace(item, decision=None) for item in meeting.items), phase="agenda")


# --- M-Files -------------------------------------------------------------------------------------


def mfiles(meetings: Sequence[Meeting], _origin: str) -> Pages:
    """A table of bodies, and a whole PDF for each edition of a meeting's papers."""
    pages: Pages = {"/Kokoukset/esim": _fresh(sites.mfiles_table, meetings)}
    for place, meeting in enumerate(meetings):
        path = f"/Kokoukset/esim/{100 + place}/{meeting.number * 10 + meeting.edition}"
        pages[path] = Page(pdf(_paper(meeting)), content_type="application/pdf")
    return pages


def _paper(meeting: Meeting) -> list[str]:
    lines = [meeting.organ, f"{meeting.kind} {meeting.day}"]
    for item in meeting.items:
        number = item.order if meeting.is_agenda else item.section
        lines += [f"{number} § {item.title}", item.case, item.reasons, "Ehdotus", item.proposal]
        lines += ["Päätös", item.decision] if item.decision else []
    return lines


def pdf(lines: Sequence[str]) -> bytes:
    """One page with these lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 16 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# --- Helsinki ------------------------------------------------------------------------------------

_HELSINKI_PHASES = {"announcement": "decision", "unreviewed": "minutes"}
_HELSINKI_WORDS = {"announcement": "Päätöstiedote", "unreviewed": "Pöytäkirja", "cancelled": "Esityslista"}


def helsinki(meetings: Sequence[Meeting], _origin: str) -> Pages:
    """The open list, a page a meeting, a page a case."""
    listed = [(meeting, _HELSINKI_PHASES.get(meeting.phase, meeting.phase)) for meeting in meetings]
    pages: Pages = {"/fi/ahjo_api/meetings": _fresh(sites.helsinki_list, listed, content_type="application/json")}
    for meeting in meetings:
        word = _HELSINKI_WORDS.get(meeting.phase, meeting.kind)
        pages[sites.helsinki_path(meeting)] = _fresh(sites.helsinki_meeting, meeting, word)
        for item in meeting.items:
            path = f"/fi/asia/hel-2026-{item.section:06d}"
            pages[path] = _fresh(sites.helsinki_case, meeting, item)
    return pages


# --- STT -----------------------------------------------------------------------------------------

PUBLISHER = 69810000


def stt(meetings: Sequence[Meeting], _origin: str) -> Pages:
    """A pressroom that tells of each meeting in a release of its own."""
    listed = [_release(meeting) for meeting in sorted(meetings, key=lambda one: one.held_on, reverse=True)]
    api = "/public-website-api"
    pages: Pages = {f"{api}/pressroom/{PUBLISHER}/releases/20/0": _json({"releases": listed})}
    for release in listed:
        body = {"complete": f"<p>{release['versions']['fi']['title']}. Avustuksia myönnetään 40 000 euroa.</p>"}
        whole = {**release, "versions": {"fi": {**release["versions"]["fi"], "body": body}}}
        pages[f"{api}/release/{release['id']}"] = _json(whole)
    return pages


def _release(meeting: Meeting) -> dict[str, Any]:
    number = 79990000 + meeting.number
    title = f"Päätöskooste: {meeting.organ} {meeting.day}"
    version = {"title": title, "url": f"/tiedote/{number}/kooste?publisherId={PUBLISHER}&lang=fi"}
    return {"id": number, "date": f"{meeting.held_on}T08:00:00.000Z", "versions": {"fi": version}}


def _json(answer: object) -> Script:
    return Page(json.dumps(answer, ensure_ascii=False), content_type="application/json")


STT = Install("stt", f"/uutishuone/{PUBLISHER}", stt, has_items=False)

INSTALLS: Mapping[str, Install] = {
    one.platform: one
    for one in (
        Install("casem", "/fi-FI/Toimielimet", casem),
        Install("dynasty", "/cgi/DREQUEST.PHP?page=meeting_handlers&id=", dynasty),
        Install("tweb", "/ktwebscr/pk_tek_tweb.htm", tweb),
        Install("mfiles", "/Kokoukset/esim", mfiles, has_items=False),
        Install("helsinki", "/fi", helsinki),
    )
}
