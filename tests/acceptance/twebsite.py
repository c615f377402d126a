"""A region on TWeb: search pages without meetings, lists and feeds of agendas and minutes, one `bid` for both.

Pages and feeds are windows-1252 whatever they say. Documents are HTML in UTF-16-LE without a byte order
mark and without a charset, with marks of no width between letters against copying, or PDFs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import urlsplit

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

VENDOR_ROBOTS = "User-Agent: *\r\nDisallow: /"


@dataclass(slots=True, kw_only=True)
class Item:
    """One item as it stands on one of the two papers; `docid` differs between them."""

    docid: int
    title: str
    section: int | None  # None: an unnumbered row
    text: str


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting with its agenda and, later, its minutes."""

    bid: int
    organ: str
    number: str
    at: dt.datetime
    agenda: list[Item]
    minutes: list[Item] = field(default_factory=list)

    @property
    def when(self) -> str:
        """Its beginning as the pages write it."""
        return f"{self.at.day}.{self.at.month}.{self.at.year} {self.at:%H:%M}"


def against_copying(text: str) -> str:
    """Marks of no width between the letters of every third word."""
    words = text.split(" ")
    return " ".join("\u200b".join(word) if place % 3 == 1 else word for place, word in enumerate(words))


@dataclass(slots=True, kw_only=True)
class TwebSite:
    """What the installation serves at the moment."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    robots: str | None = None
    old_layout: bool = False

    @property
    def base(self) -> str:
        """Where the pages lie."""
        return "/ktwebbin/dbisa.dll/ktwebscr" if self.old_layout else "/ktwebscr"

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        if parts.path == "/robots.txt":
            return NOT_FOUND if self.robots is None else Page(self.robots, content_type="text/plain")
        if not parts.path.startswith("/ktweb"):
            return NOT_FOUND
        name = parts.path.rsplit("/", 1)[1]
        query = {key.lstrip("+ "): value for key, value in seen.parameters.items()}
        if name in {"pk_tek_tweb.htm", "epj_tek_tweb.htm"}:
            return self._html(self._search(minutes=name.startswith("pk")), minutes=name.startswith("pk"))
        if name in {"pk_kokl_tweb.htm", "epj_kokl_tweb.htm"}:
            return self._html(self._list(minutes=name.startswith("pk")), minutes=name.startswith("pk"))
        if name in {"pk_asil_tweb.htm", "epj_asil_tweb.htm"}:
            minutes = name.startswith("pk")
            for one in self.meetings:
                if str(one.bid) == query.get("bid") and (one.minutes or not minutes):
                    return self._html(self._meeting(one, minutes=minutes), minutes=minutes)
        if name in {"pk_rssfeed.htm", "epj_rssfeed.htm"}:
            return self._feed(minutes=name.startswith("pk"))
        if name == "fileshow":
            for one in self.meetings:
                for item in (*one.agenda, *one.minutes):
                    if str(item.docid) == query.get("docid"):
                        return self._document(item)
        return NOT_FOUND

    def _html(self, content: str, *, minutes: bool) -> Page:
        active = ("", ' class="active"') if minutes else (' class="active"', "")
        markup = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<meta charset="windows-1252"><meta name="robots" content="noindex, nofollow"><title>Kokousasiakirjat - Esimerkki</title>
<script>var a{self.noise.number(1, 999)}=1;</script></head><body>
<ul id="nav"><li><a{active[0]} href="{self.base}/epj_tek_tweb.htm">Esityslistat</a></li>
<li><a{active[1]} href="{self.base}/pk_tek_tweb.htm">Pöytäkirjat</a></li></ul>
<div id="content"><h1>{"Pöytäkirjat" if minutes else "Esityslistat"}</h1>{content}</div>
<a href="javascript:history.go(-1)">Takaisin</a><div id="footer">© Triplan Oy – {self.noise.clock()}</div></body></html>"""
        return Page(markup.encode("windows-1252"), content_type="text/html")

    def _search(self, *, minutes: bool) -> str:
        organs = "".join(f'<option value="{n}">{name}</option>' for n, name in enumerate(self._organs(), 1))
        return f"""<form name="form1" class="meet" method="post" action="{self.base}/{"pk" if minutes else "epj"}_kokl_tweb.htm">
<input type="hidden" name="oper" value="where"><select name="kirjaamo"><option value="">Kaikki toimielimet</option>{organs}</select>
<input name="pvm1"><input name="pvm2"><input type="submit" value="Hae"></form>"""

    def _organs(self) -> list[str]:
        return sorted({one.organ for one in self.meetings})

    def _shown(self, *, minutes: bool) -> list[Meeting]:
        own = [one for one in self.meetings if one.minutes] if minutes else self.meetings
        return sorted(own, key=lambda one: one.at, reverse=True)

    def _list(self, *, minutes: bool) -> str:
        page = "pk_asil_tweb.htm" if minutes else "epj_asil_tweb.htm"
        mark = "?+bid=" if self.old_layout else "?bid="
        rows = "".join(
            f'<tr class="data{place % 2}"><td class="data"><a href="{self.base}/{page}{mark}{one.bid}">{one.when}</a></td>'
            f'<td class="data">{one.organ}: {one.number}</td></tr>'
            for place, one in enumerate(self._shown(minutes=minutes))
        )
        return (
            '<table class="list"><tr class="colheader"><td class="colheader">Kokouspvm</td>'
            f'<td class="colheader">Toimielin</td></tr>{rows}</table>'
        )

    def _meeting(self, meeting: Meeting, *, minutes: bool) -> str:
        word = "Pöytäkirja" if minutes else "Esityslista"
        rows = "".join(
            f'<tr class="data{place % 2}"><td class="data_pykala">{item.section or ""}</td><td class="data">'
            f'<a target="_blank" href="/ktwebscr/fileshow?doctype=3&amp;docid={item.docid}">{item.title}</a></td>'
            f'<td class="data">{self._attachments(item)}</td></tr>'
            for place, item in enumerate(meeting.minutes if minutes else meeting.agenda)
        )
        mark = "?+bid=" if self.old_layout else "?bid="
        other = (
            f'<tr><td class="colheader"><a href="{self.base}/epj_asil_tweb.htm{mark}{meeting.bid}">Hae esityslista</a></td></tr>'
            if minutes
            else ""
        )
        return f"""<table class="list"><tr class="header"><td class="header" colspan="3">{meeting.organ}: {meeting.number}<br>{meeting.when}<br>{word}</td></tr>
<tr class="colheader"><td class="colheaderPykala">§</td><td class="colheader">Otsikko</td><td class="colheader">Liitteet</td></tr>{rows}</table>
<table class="list"><tr><td class="colheader">Kokousmateriaali:</td></tr>{other}</table>"""

    def _attachments(self, item: Item) -> str:
        return "-" if item.section is None else f'<a href="/ktwebscr/epjattn_tweb.htm?{item.docid}">2 kpl</a>'

    def _feed(self, *, minutes: bool) -> Page:
        page = "pk_asil_tweb.htm" if minutes else "epj_asil_tweb.htm"
        items = "".join(
            f"<item><title>{one.organ}: {one.number} {one.when}</title><link>{self.base}/{page}?bid={one.bid}</link>"
            f"<category>{one.organ}</category>"
            f"<pubDate>{format_datetime(one.at.replace(tzinfo=dt.UTC), usegmt=True)}</pubDate></item>\n"
            for one in self._shown(minutes=minutes)
        )
        title = "Pöytäkirjat" if minutes else "Esityslistat"
        xml = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
        return Page(xml.encode("windows-1252"), content_type="text/xml")

    def _document(self, item: Item) -> Page:
        paragraphs = "".join(f"<p>{against_copying(line)}</p>" for line in item.text.split("\n"))
        markup = f"<html><head><title>{item.title}</title></head><body><h1>{item.title}</h1>{paragraphs}</body></html>"
        return Page(markup.encode("utf-16-le"), content_type="text/html")
