"""The same platforms in other shapes: what installations may look like where nobody has seen them all.

Other markup, other orders of rows, cells and query parameters, other encodings, other files than in the sites beside
this one; and, as there, something that means nothing differs on every load.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from acceptance.mfilessite import pdf
from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass(slots=True, kw_only=True)
class Item:
    """One item of a meeting: `number` on the agenda, `section` in the minutes, and what is proposed and decided."""

    id: int
    number: int
    section: int
    title: str
    case: str
    proposal: str = "Esitetään, että asia merkitään tiedoksi."
    decision: str = "Merkittiin tiedoksi."
    later: bool = False  # not on the agenda at first


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting; `phase` is agenda, unreviewed or minutes."""

    id: str
    organ: str
    organ_id: int
    at: dt.datetime
    items: list[Item]
    phase: str = "agenda"
    supplemented: bool = False

    @property
    def minutes(self) -> bool:
        """Whether there are minutes, reviewed or not."""
        return self.phase != "agenda"

    def shown(self) -> list[Item]:
        """The items that its paper has at the moment."""
        return [one for one in self.items if not one.later or self.supplemented or self.minutes]

    @property
    def dmy(self) -> str:
        """Its date, unpadded."""
        return f"{self.at.day}.{self.at.month}.{self.at.year}"

    @property
    def padded(self) -> str:
        """Its date, padded."""
        return f"{self.at:%d.%m.%Y}"


def numeric(text: str) -> str:
    """A text with its letters as numeric entities."""
    return "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in text)


@dataclass(slots=True, kw_only=True)
class Casem:
    """CloudNC with its lists in another order, numeric entities, capital tags, and two addresses of each item."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = unquote(urlsplit(seen.target).path).rstrip("/")
        if path in {"", "/fi-FI"}:
            return self._page(self._front())
        for meeting in self.meetings:
            if path == self.path(meeting):
                return self._page(self._meeting(meeting))
            for item in meeting.items:
                if path in {self._address(meeting, item), f"/fi-FI/content/{item.id}/23"}:
                    return self._page(self._item(meeting, item))
        return NOT_FOUND

    def path(self, meeting: Meeting) -> str:
        """A meeting's address: the organ with the names of its entities, the date glued together."""
        organ = meeting.organ.replace("ä", "auml").replace("ö", "ouml").replace(" ", "_")
        return f"/fi-FI/Toimielimet/{organ}/Kokous_{meeting.at.day}{meeting.at.month}{meeting.at.year}"

    def _address(self, meeting: Meeting, item: Item) -> str:
        folded = item.title.translate(str.maketrans("äöåÄÖÅ", "aoaAOA"))
        return f"{self.path(meeting)}/{re.sub('[^A-Za-z0-9]+', '_', folded)[:40]}({item.id})"

    def _page(self, content: str) -> Page:
        noise = self.noise
        ticker = "".join(f"<li>{numeric(one)}</li>" for one in noise.some(("Tiedote", "Häiriö", "Kutsu"), 2))
        return Page(
            f"""<!doctype html>
<HTML lang=fi><HEAD><meta http-equiv=Content-Type content="text/html; charset=utf-8"><TITLE>{numeric("Päätöksenteko")}</TITLE>
<script src='/ScriptResource.axd?d={noise.token(40)}&t={noise.token(8)}'></script></HEAD>
<BODY><form method=post action='./{noise.token(4)}' id=form1>
<input type=hidden name=__VIEWSTATE value='{noise.token(90)}'><input type=hidden name=__EVENTVALIDATION value='{noise.token(40)}'>
<ul class=ticker>{ticker}</ul>
<div id=Content_sidenaviArea><ul class='nav nav-list'><li><a href='/fi-FI/Viranhaltijat/{noise.number(1, 9)}'>Johtaja</a></li></ul></div>
{content}
<div class='right-content span3'>Uusimmat<ul>{noise.related()}</ul></div><FOOTER>{noise.clock()}</FOOTER></form></BODY></HTML>""",
            chunked=True,
        )

    def _front(self) -> str:
        def rows(*, minutes: bool) -> str:
            own = sorted((one for one in self.meetings if one.minutes is minutes), key=lambda one: one.at, reverse=True)
            word = "Pöytäkirja" if minutes else "Esityslista"
            return "".join(
                f"<li><a href='{self.path(one)}'>{numeric(one.organ)} - Kokous {one.dmy} {numeric(word)}\r\n   </a></li>"
                for one in own
            )

        notice = "<li><a href='/fi-FI/Kuulutukset/Kaava(77)'>Kuulutus kaavasta</a></li>"
        blocks = [("Kuulutukset", notice), ("Esityslistat", rows(minutes=False))]
        blocks += [(numeric("Viranhaltijapäätökset"), ""), (numeric("Pöytäkirjat"), rows(minutes=True))]
        return "".join(
            f"<div id=Content_ctl{place:02}_ncContainer><div><h3>{head}</h3><div><ul>{inner}</ul></div></div></div>"
            for place, (head, inner) in enumerate(blocks)
        )

    def _head(self, meeting: Meeting) -> str:
        return f"<ol class=breadcrumb><li>{numeric(meeting.organ)}</li><li>Kokous {meeting.dmy}</li>"

    def _status(self, meeting: Meeting) -> str:
        return f"<p>{numeric('Pöytäkirja on tarkastettu')}</p>" if meeting.phase == "minutes" else ""

    def _meeting(self, meeting: Meeting) -> str:
        rows = "".join(
            f"<tr><td>{f'&sect; {item.section}' if meeting.minutes else ''}</td>"
            f"<td><a href='{self._link(meeting, item)}'>{numeric(item.title)}</a></td></tr>"
            for item in meeting.shown()
        )
        guid = (
            f"{meeting.at.day:08X}-{len(meeting.shown()):04X}-{'4444' if meeting.minutes else '3333'}-8888-AAAABBBBCCCC"
        )
        return f"""{self._head(meeting)}</ol><div role=main id=ContentStart class='center-content span6'>
<h1>{numeric(meeting.organ)}, kokous {meeting.dmy}</h1>{self._status(meeting)}
<p><a href="/download/noname/%7B{guid}%7D/{meeting.at.day}001">Koko asiakirja</a></p><table>{rows}</table></div>"""

    def _link(self, meeting: Meeting, item: Item) -> str:
        return self._address(meeting, item)

    def _item(self, meeting: Meeting, item: Item) -> str:
        number = f"&sect; {item.section} " if meeting.minutes else ""
        decided = f"<h3>{numeric('Päätös')}</h3><p>{numeric(item.decision)}</p>" if meeting.minutes else ""
        return f"""{self._head(meeting)}<li>{numeric(item.title)}</li></ol>
<div role=main id=ContentStart class='center-content span6'><p>{numeric(meeting.organ)}, kokous {meeting.dmy}</p>{self._status(meeting)}
<h1>{number}{numeric(item.title)}</h1><p>{item.case}</p><h3>Perustelut</h3><p>{numeric("Asia selostetaan kokouksessa.")}</p>
<h3>Ehdotus</h3><p>{numeric(item.proposal)}</p>{decided}</div>"""


@dataclass(slots=True, kw_only=True)
class Dynasty:
    """Dynasty 10 below a prefix: id before page, :443 in links, an organs table in windows-1252, the newer classes."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    prefix: str = "/VateJulk"
    port: int = 443
    asked: int = 0
    mixes: int = 0

    def __call__(self, seen: Seen) -> Page:
        """Answer one request; every fifth page of a session that has been used before is another one."""
        parts = urlsplit(seen.target)
        if parts.path.lower() != f"{self.prefix}/cgi/drequest.php".lower():
            return Page("<html></html>", status=403)
        query = seen.parameters
        page, key = query.get("page", ""), query.get("id", "")
        if page == "meeting_handlers":
            return self._send(self._organs(), "windows-1252")
        if page.startswith("rss/"):
            return self._feed(page) if page == "rss/meetingitems" else Page(b"", content_type="text/xml")
        places = [one.id for one in self.meetings]
        places += [f"{one.id}-{item.number}" for one in self.meetings for item in one.shown()]
        if page not in {"meeting", "meetingitem"} or key not in places:
            return self._send("", "utf-8")
        self.asked += 1
        if self.asked % 5 == 0:
            self.mixes += 1
            key = places[(places.index(key) + 1) % len(places)]
        meeting = next(one for one in self.meetings if one.id == key.partition("-")[0])
        if "-" not in key:
            return self._send(self._meeting(meeting), "utf-8")
        item = next(one for one in meeting.shown() if str(one.number) == key.partition("-")[2])
        return self._send(self._item(meeting, item), "utf-8")

    def _send(self, content: str, charset: str) -> Page:
        noise = self.noise
        markup = f"""<!DOCTYPE html><html lang="fi"><head><meta charset="{charset}"><title>Dynasty tietopalvelu</title></head><body>
<div>Dynasty tietopalvelu | Haku | RSS | Siun sote</div>
<div>RSS-linkki: {self._base}?page=rss/meetingitems&amp;show=30</div>{content}
<script>var tzo=-{noise.number(1, 2)}20, s="{noise.token()}";</script><div class="footer">10.4.0.26{noise.number(1000, 9999)}</div></body></html>"""
        return Page(
            markup.encode(charset, "xmlcharrefreplace"),
            content_type=f"text/html; charset={charset}",
            headers={"Set-Cookie": f"PHPSESSID={noise.token(26)}; path=/"},
        )

    @property
    def _base(self) -> str:
        return f"{self.prefix}/cgi/DREQUEST.PHP"

    def _word(self, meeting: Meeting) -> str:
        return "Pöytäkirja" if meeting.minutes else "Esityslista"

    def _organs(self) -> str:
        newest = {one.organ_id: one for one in sorted(self.meetings, key=lambda one: one.at)}
        rows = "".join(
            f'<tr><td>&nbsp;<a href="{self._base}?id={one.organ_id}&amp;page=meetings">{one.organ}</a></td>'
            f'<td class=protocol><a href="{self._base}?id={one.id}&amp;page=meeting&amp;_gl={self.noise.token(6)}">{self._word(one)}</a></td>'
            f"<td>{one.padded}</td>"
            for one in newest.values()
        )
        return (
            "<table class='tbl'><tr><th>Toimielin<th>Viimeisin kokous<th>Kokouspäivämäärä</tr>"
            f"{rows}<tr><td><a href='?page=meetings&amp;id=199'>Yksilöjaosto – pöytäkirjat</a><td colspan=2>Ei julkaistuja kokouksia</table>"
        )

    def _feed(self, page: str) -> Page:
        items = "".join(
            f"<item><title><![CDATA[{one.organ} {one.padded} / {item.title}]]></title>"
            f"<description><![CDATA[{item.title}]]></description>"
            f"<link><![CDATA[http://127.0.0.1:{self.port}{self._base}?page=meetingitem&id={one.id}-{item.number}]]></link></item>"
            for one in sorted(self.meetings, key=lambda one: one.at, reverse=True)
            for item in one.shown()
        )
        xml = f"<?xml version='1.0' encoding='iso-8859-1'?>\n<rss version='2.0'><channel><title><![CDATA[Dynasty]]></title>{items}</channel></rss>"
        return Page(xml.encode("iso-8859-1", "xmlcharrefreplace"), content_type="text/xml")

    def _meeting(self, meeting: Meeting) -> str:
        label = "Pykälä" if meeting.minutes else "Asianro"
        rows = "".join(
            f"<tr><td>{item.section if meeting.minutes else item.number}<td><td colspan=2>"
            f'<a href="{self._base}?id={meeting.id}-{item.number}&amp;page=meetingitem">{escape(item.title)}</a>'
            for item in meeting.shown()
        )
        return f"""<h1>{meeting.organ}  {self._word(meeting)} {meeting.padded} klo {meeting.at:%H:%M} -  Siltakatu 1</h1>
<table class='tbl'><tr><th>{label}<th><th>Otsikko<th>Julkaistu: {meeting.padded} <a href="../kokous/{meeting.id}.PDF">{self._word(meeting)}</a>{rows}</table>"""

    def _item(self, meeting: Meeting, item: Item) -> str:
        label = f"Pykälä {item.section}" if meeting.minutes else f"Asianro {item.number}"
        decided = f"<p><b>Päätös</b></p><p>&#xa0;</p><p>{escape(item.decision)}</p>" if meeting.minutes else ""
        return f"""<h1>{meeting.organ}<br/>{self._word(meeting)} {meeting.padded}/{label}</h1>
<!--DATABEGIN--><table class='tbl navigation'><caption>Navigointi</caption><tr><td><a href='?page=meetingitem&amp;id={meeting.id}-0'>Edellinen asia</a></td>
<td><a href='../kokous/{meeting.id}-{item.number}.PDF'>Kokousasia&nbsp;PDF-muodossa</a></td></tr></table>
<table class='tbl'><caption>Oheismateriaali</caption><tr><td><a href='../kokous/{meeting.id}-{item.number}-88.PDF'>Päätös ja selostus</a></td></tr></table>
<div class="WordSection1"><p><span><span>{meeting.organ} {meeting.padded}{f" § {item.section}" if meeting.minutes else ""}</span></span></p><p>{item.case}</p>
<p><b>Selostus</b></p><p>Asia <span>sel</span>ostetaan kokouksessa.</p><p><b>Päätösehdotus</b></p><p>{escape(item.proposal)}</p>{decided}</div><!--DATAEND-->"""


@dataclass(slots=True, kw_only=True)
class Tweb:
    """TWeb without feeds: lists by search only, cells the other way round, captions, documents as PDF."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    forbids: bool = False

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        if parts.path == "/robots.txt":
            return Page("User-Agent: *\r\nDisallow: /", content_type="text/plain") if self.forbids else NOT_FOUND
        name = parts.path.rsplit("/", 1)[1].lower()
        query = seen.parameters
        minutes = name.startswith("pk")
        if name in {"pk_tek_tweb.htm", "epj_tek_tweb.htm"}:
            return self._html("<form method=post action=pk_kokl_tweb.htm><select name=kirjaamo></select></form>")
        if name in {"pk_kokl_tweb.htm", "epj_kokl_tweb.htm"}:
            if minutes and seen.method != "POST":
                return Page("<html><body><h1>Virhe</h1></body></html>", status=405)
            return self._html(self._list(minutes=minutes))
        if name in {"pk_asil_tweb.htm", "epj_asil_tweb.htm"}:
            for one in self.meetings:
                if one.id == query.get("bid") and (one.minutes or not minutes):
                    return self._html(self._meeting(one, minutes=minutes))
        if name == "fileshow":
            for one in self.meetings:
                for item in one.items:
                    if query.get("docid") in {str(item.id), str(item.id + 5000)}:
                        return self._paper(one, item, minutes=query["docid"] != str(item.id))
        return NOT_FOUND

    def _html(self, content: str) -> Page:
        markup = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><title>Kokousasiakirjat – Kymenlaakso</title></head>
<body><div id="content">{content}</div><!-- {self.noise.token()} --><div id="footer">© Triplan Oy {self.noise.clock()}</div></body></html>"""
        return Page(markup.encode("windows-1252"), content_type="text/html")

    def _list(self, *, minutes: bool) -> str:
        side = "pk" if minutes else "epj"
        own = sorted((one for one in self.meetings if one.minutes or not minutes), key=lambda one: one.at, reverse=True)
        rows = "".join(
            f'<tr class="data{place % 2}"><td class="data">{one.organ}: {one.organ_id}/{one.at.year}</td><td class="data">'
            f'<a href="{side}_asil_tweb.htm?bid={one.id}"><img src="i.gif"></a>'
            f'<a href="{side}_asil_tweb.htm?bid={one.id}">{one.dmy} {one.at:%H:%M}</a></td></tr>'
            for place, one in enumerate(own)
        )
        return f'<h1>{"Pöytäkirjat" if minutes else "Esityslistat"}</h1><table class="list"><tr class="colheader"><th>Toimielin</th><th>Kokouspvm</th></tr>{rows}</table>'

    def _meeting(self, meeting: Meeting, *, minutes: bool) -> str:
        word = "Pöytäkirja" if minutes else "Esityslista"
        shown = meeting.items if minutes else [one for one in meeting.items if not one.later or meeting.supplemented]
        rows = "".join(
            f'<tr class="data{place % 2}"><td class="data_pykala">{item.section if minutes else item.number}</td><td class="data"></td>'
            f'<td class="data"><a target="_blank" href="fileshow?doctype=3&amp;docid={item.id + 5000 * minutes}">{item.title}</a></td><td>-</td></tr>'
            for place, item in enumerate(shown)
        )
        return f"""<h1>{word}</h1><table class="list"><caption>{meeting.organ}: {meeting.organ_id}/{meeting.at.year}<br>{meeting.dmy} {meeting.at:%H:%M}<br>{word}</caption>
<tr class="colheader"><td class="colheaderPykala">§</td><td></td><td>Otsikko</td><td>Liitteet</td></tr>
<tr><td class="data_pykala"></td><td></td><td><a href="fileshow?doctype=3&amp;docid=1{meeting.id}">{"Pöytäkirjan kansilehti" if minutes else "Kokouskutsu"}</a></td><td>-</td></tr>{rows}</table>"""

    def _paper(self, meeting: Meeting, item: Item, *, minutes: bool) -> Page:
        lines = [meeting.organ, meeting.dmy, f"§ {item.section}" if minutes else f"Asia {item.number}", item.title]
        lines += [item.case, "Päätösehdotus", item.proposal]
        lines += ["Päätös", item.decision] if minutes else []
        return Page(pdf(lines, self.noise.token()), content_type="application/octet-stream")


@dataclass(slots=True, kw_only=True)
class MFiles:
    """M-Files with another spelling of its path, the paper before the organ, and times of day in the dates."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path.rstrip("/")
        if path.lower() == "/kokoukset/ekhva":
            newest = {one.organ_id: one for one in sorted(self.meetings, key=lambda one: one.at)}
            return self._table(list(newest.values()))
        for meeting in self.meetings:
            if path == f"/kokoukset/EKHVA/{meeting.organ_id}":
                return self._table([one for one in self.meetings if one.organ_id == meeting.organ_id])
            if path == self._paper(meeting):
                return self._pdf(meeting)
        return NOT_FOUND

    def _paper(self, meeting: Meeting) -> str:
        return f"/kokoukset/EKHVA/{meeting.organ_id}/{int(meeting.id) + meeting.minutes}"

    def _table(self, meetings: list[Meeting]) -> Page:
        rows = "".join(
            f"<tr data-k='{self.noise.token(5)}'><td><a href='{self._paper(one)}'>{'pöytäkirja (allekirjoitettu)' if one.minutes else 'esityslista'}</a></td>"
            f"<td>ti {one.dmy} klo {one.at.hour}</td><td><a href='/kokoukset/EKHVA/{one.organ_id}'>{one.organ}</a></td></tr>"
            for one in sorted(meetings, key=lambda one: one.organ)
        )
        return Page(
            f"<!DOCTYPE html><html><head><title>Kokoukset</title></head><body><p>{self.noise.clock()}</p><table><thead><tr><th>Asiakirja</th><th>Aika</th>"
            f"<th>Toimielin</th></tr></thead><tbody>{rows}</tbody></table></body></html>"
        )

    def _pdf(self, meeting: Meeting) -> Page:
        lines = [
            "Etelä-Karjalan hyvinvointialue",
            f"{meeting.organ} {meeting.dmy}",
            "Pöytäkirja" if meeting.minutes else "Esityslista",
        ]
        for item in meeting.shown():
            lines += [
                "",
                f"§ {item.section} {item.title}" if meeting.minutes else f"{item.number} {item.title}",
                item.proposal,
            ]
            lines += ["Päätös", item.decision] if meeting.minutes else []
        return Page(pdf(lines, self.noise.token()), content_type="application/pdf")


@dataclass(slots=True, kw_only=True)
class Helsinki:
    """The decisions' site where every organ's meetings stand on one list, papers or none, cancelled or not."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    organ: str = "Sosiaali-, terveys- ja pelastuslautakunta"
    announced: bool = False
    cancelled: bool = False

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path.rstrip("/")
        if path.endswith("/ahjo_api/meetings"):
            return Page(json.dumps({"data": self._days(), "t": self.noise.token()}), content_type="application/json")
        for meeting in self.meetings:
            if path == self._path(meeting):
                return self._page(self._meeting(meeting))
            for item in meeting.items:
                if path == f"/fi/asia/{item.case}":
                    return self._page(self._case(meeting, item))
        return NOT_FOUND

    def _path(self, meeting: Meeting) -> str:
        return f"/fi/paattajat/sotepela/asiakirjat/{meeting.id}"

    def _phase(self, meeting: Meeting) -> str:
        return {"agenda": "agenda", "unreviewed": "decision", "minutes": "minutes"}[meeting.phase]

    def _days(self) -> dict[str, list[dict[str, object]]]:
        days: dict[str, list[dict[str, object]]] = {}
        links = {"agenda": "motions_list_link", "decision": "decision_link", "minutes": "minutes_link"}
        for one in sorted(self.meetings, key=lambda one: one.at):
            phase = self._phase(one)
            row = {
                "title": one.organ,
                "meeting_date": int(one.at.replace(tzinfo=HELSINKI).timestamp()),
                "policymaker": "u1",
            }
            row |= {
                "meeting_cancelled": False,
                "start_time": f"{one.at:%H:%M}",
                "phase": phase,
                "policymaker_name": one.organ,
            }
            days.setdefault(one.at.date().isoformat(), []).append(row | {links[phase]: self._path(one)})
        other: dict[str, object] = {
            "title": "Kulttuuri- ja vapaa-aikalautakunta",
            "policymaker_name": "Kulttuuri- ja vapaa-aikalautakunta",
        }
        days.setdefault("2026-11-10", []).append(
            other | {"phase": "agenda", "motions_list_link": "/fi/paattajat/kuva/asiakirjat/9"}
        )
        if self.cancelled:
            off: dict[str, object] = {
                "title": self.organ,
                "policymaker_name": self.organ,
                "meeting_cancelled": True,
                "status": "peruttu",
            }
            days.setdefault("2026-11-17", []).append(off | {"start_time": "16:15", "phase": None})
        return days

    def _page(self, content: str) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="fi" dir="ltr"><head><meta charset="utf-8"><title>Päätökset</title></head><body class="d-{noise.token(5)}">
<nav>{noise.menu()}</nav><main id="m">{content}</main><script>drupalSettings={{"h":"{noise.token(64)}"}}</script><footer>{noise.hits()}</footer></body></html>""",
            headers={"ETag": f'"{noise.number(1, 10**9)}"', "Cache-Control": "max-age=60"},
        )

    def _meeting(self, meeting: Meeting) -> str:
        prefix = {"agenda": "Esityslista", "decision": "Päätöstiedote", "minutes": "Pöytäkirja"}[self._phase(meeting)]
        rows = "".join(
            f'<div class="policymaker-list-item policymaker-list-item--agenda-item"><div class="agenda-item__index-number">{item.number}.</div>'
            f'<a href="/fi/asia/{item.case}" class="agenda-item__subject"><span>{escape(item.title)}</span></a></div>'
            for item in meeting.shown()
        )
        notice = '<div class="Tiedote" id="paatostiedote"><div class="TiedoteTeksti"><p>Lautakunta hyväksyi esitykset.</p></div></div>'
        return f"""<div class="minutes-container"><h1 class="minutes__header"><span class="minutes__header-prefix">{prefix}</span>
<span class="minutes__header-title">{meeting.organ} {meeting.organ_id}/{meeting.at.year}</span><span class="minutes__header-suffix"></span></h1>
<div class="minutes-decision__meta"><div class="Kokousaika">{meeting.dmy} {meeting.at:%H:%M}</div></div>{notice if meeting.phase == "unreviewed" else ""}
<div class="minutes-list__container">{rows}</div></div>"""

    def _case(self, meeting: Meeting, item: Item) -> str:
        tag = "" if meeting.minutes else '<div class="motion-tag"><span class="hds-tag">esitys</span></div>'
        head, text = ("Päätös", item.decision) if meeting.minutes else ("Päätösehdotus", item.proposal)
        return f"""<article class="issue-content"><h1 class="issue-content__title">{escape(item.title)}</h1>{tag}<div class="DnroTmuoto">{item.case.upper()}</div>
<section class="SisaltoSektio"><h3 class="SisaltoOtsikko">{head}</h3><p>{escape(text)}</p></section></article>"""
