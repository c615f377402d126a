"""A region on Dynasty 10: the organs' table, the feeds, meetings and items, and sessions that get mixed up.

The organs' table and the feeds are Latin-1, meetings and items UTF-8, on one host. A session that has
looked at one item may be shown that item again whatever it asks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen


@dataclass(slots=True, kw_only=True)
class Item:
    """One item; `section` is its § once the minutes are there."""

    title: str
    section: int
    case: str
    parts: list[tuple[str, str]]


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting of one organ; its id is a year with a running number."""

    id: str
    organ: str
    organ_id: int
    on: dt.date
    published: dt.date
    items: list[Item]
    minutes: bool = False

    @property
    def word(self) -> str:
        """What its document is called."""
        return "Pöytäkirja" if self.minutes else "Esityslista"


def dmy(on: dt.date) -> str:
    """A date as this platform writes it."""
    return f"{on.day:02d}.{on.month:02d}.{on.year}"


@dataclass(slots=True, kw_only=True)
class DynastySite:
    """What the installation serves at the moment; `mixed_up` every so many pages are another item's."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    mixed_up: int = 0
    mixes: int = 0  # how often somebody was shown the wrong page
    asked: int = 0
    prefix: str = ""
    origin: str = ""

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        if parts.path != f"{self.prefix}/cgi/DREQUEST.PHP":
            return NOT_FOUND
        query = seen.parameters
        page, key = query.get("page", ""), query.get("id", "")
        if page in {"meeting_handlers", "meeting_frames"}:
            return self._latin1(self._organs())
        if page == "rss/meetingitems":
            return self._feed(int(query.get("show", "30")))
        if page == "meetings":
            return self._html(self._organ(int(key))) if key.isdigit() else self._html("")
        if page == "meeting":
            return self._either(key, seen, [one.id for one in self.meetings])
        if page == "meetingitem":
            return self._either(key, seen, [f"{m.id}-{n}" for m in self.meetings for n in range(1, len(m.items) + 1)])
        return self._html("")  # what the program does not know answers empty

    def _either(self, key: str, seen: Seen, keys: list[str]) -> Page:
        if key not in keys:
            return self._html("<p>Tietoja ei löydy</p>")
        self.asked += 1
        if self.mixed_up and self.asked % self.mixed_up == 0 and len(keys) > 1:
            self.mixes += 1
            key = keys[(keys.index(key) + 1) % len(keys)]
        meeting, _, number = key.partition("-")
        one = next(m for m in self.meetings if m.id == meeting)
        return self._html(self._item(one, int(number)) if number else self._meeting(one))

    # --- pages -----------------------------------------------------------------------------------

    def _around(self, content: str, charset: str) -> str:
        return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>Dynasty tietopalvelu</title></head><body><p>Dynasty tietopalvelu</p><p>Haku</p><p>RSS-linkki</p>
<p>Kokousasiat: {self.origin}{self.prefix}/cgi/DREQUEST.PHP?page=rss/meetingitems&amp;show=30</p>
{content}
<div class='footer'>10.4.0.{250300 + self.noise.number(0, 40)} &copy; {self.noise.token(6)}</div></body></html>"""

    def _cookie(self) -> dict[str, str]:
        return {"Set-Cookie": f"PHPSESSID={self.noise.token(26)}; path=/"}

    def _html(self, content: str) -> Page:
        return Page(self._around(content, "utf-8"), headers=self._cookie())

    def _latin1(self, content: str) -> Page:
        body = self._around(content, "iso-8859-1").encode("iso-8859-1")
        return Page(body, content_type="text/html", headers=self._cookie())

    def _organs(self) -> str:
        rows = []
        for organ_id in self._shuffled():
            newest = max((m for m in self.meetings if m.organ_id == organ_id), key=lambda m: m.on)
            icon = "icon_protocol.png" if newest.minutes else "icon_doc1.png"
            cell = ' class="protocol"' if newest.minutes else ""
            rows.append(
                f'<tr><td><a href="?page=meetings&amp;id={organ_id}">{newest.organ}</a></td>'
                f'<td{cell}><img src="../{icon}"><a href="?page=meeting&amp;id={newest.id}">{newest.word}</a></td>'
                f"<td>{dmy(newest.on)}</td>"
            )
        rows.append(
            '<tr><td><a href="?page=meetings&amp;id=199">Yksilöjaosto</a></td>'
            '<td colspan="2">Ei julkaistuja kokouksia</td></tr>'
        )
        return f"<table><tr><th>Toimielin</th><th>Viimeisin kokous</th><th>Kokouspäivämäärä</th></tr>{''.join(rows)}</table>"

    def _shuffled(self) -> list[int]:
        return sorted({one.organ_id for one in self.meetings})

    def _organ(self, organ_id: int) -> str:
        own = sorted((m for m in self.meetings if m.organ_id == organ_id), key=lambda m: m.on, reverse=True)
        if not own:
            return "<h1>Kokoukset</h1><p>Ei julkaistuja kokouksia</p>"
        rows = "".join(
            f'<tr><td>{dmy(m.on)}</td><td><a href="?page=meeting&amp;id={m.id}">{m.word}</a></td></tr>' for m in own
        )
        return f"<h1>{own[0].organ}</h1><table><tr><th>Kokouspäivämäärä</th><th>Asiakirja</th></tr>{rows}</table>"

    def _meeting(self, meeting: Meeting) -> str:
        label = "Pykälä" if meeting.minutes else "Asianro"
        rows = "".join(
            f'<tr><td>{item.section if meeting.minutes else number}</td><td><img alt="Sisältää liitteitä" src="../att.png">'
            f'</td><td colspan="2"><a href="?page=meetingitem&amp;id={meeting.id}-{number}">{escape(item.title)}</a></td></tr>'
            for number, item in enumerate(meeting.items, 1)
        )
        return f"""<h1>{meeting.organ}  {meeting.word} {dmy(meeting.on)} klo 09:00 -  Kokoushuone 1</h1>
<table><tr><th>{label}</th><th></th><th>Otsikko</th>
<th>Julkaistu: {dmy(meeting.published)} <a href="../kokous/{meeting.id}.PDF">{meeting.word}</a></th></tr>{rows}</table>"""

    def _item(self, meeting: Meeting, number: int) -> str:
        item = meeting.items[number - 1]
        place = f"Pykälä {item.section}" if meeting.minutes else f"Asianro {number}"
        section = f" &sect; {item.section}" if meeting.minutes else ""
        body = "".join(f"<p><span>{escape(part)}</span></p><p>{escape(text)}&#xa0;</p>" for part, text in item.parts)
        return f"""<h1>{meeting.organ}<br>{meeting.word} {dmy(meeting.on)}/{place}</h1>
<!--DATABEGIN-->
<div class='data-part page-navigation'><table class='data-part-table'><caption class='hidden'>Navigointi</caption>
<tr><td><a href='?page=meetingitem&amp;id={meeting.id}-{number - 1}'>Edellinen asia</a> |
<a href='?page=meetingitem&amp;id={meeting.id}-{number + 1}'>Seuraava asia</a></td>
<td><a href='../kokous/{meeting.id}-{number}.PDF'>Kokousasia&nbsp;PDF-muodossa</a></td></tr></table></div>
<table><caption>Liitteet</caption><tr><td>1</td><td><a href='../kokous/{meeting.id}-{number}-88{number}.PDF'>Liite 1 Huoneselostus</a></td></tr></table>
<div class='data-part meetingitem'><div class='data-part-block-htm'><h2>{escape(item.title)}</h2>
<p><span>{meeting.organ} {dmy(meeting.on)}{section}&#xa0;</span></p><p>{item.case}</p>{body}</div></div>
<!--DATAEND-->"""

    def _feed(self, show: int) -> Page:
        rows = [
            (m, number, item)
            for m in sorted(self.meetings, key=lambda m: m.on, reverse=True)
            for number, item in enumerate(m.items, 1)
        ][:show]
        items = "".join(
            f"<item><title><![CDATA[{m.organ} {dmy(m.on)} / {item.title}]]></title>"
            f"<description><![CDATA[{item.title}]]></description>"
            f"<link><![CDATA[{self.origin}{self.prefix}/cgi/DREQUEST.PHP?page=meetingitem&id={m.id}-{number}]]></link></item>\n"
            for m, number, item in rows
        )
        xml = f"""<?xml version='1.0' encoding='iso-8859-1'?>
<rss version='2.0'><channel><title><![CDATA[Dynasty]]></title>
<description><![CDATA[Dynasty - Kokousasiat]]></description>
<link><![CDATA[{self.origin}{self.prefix}/cgi/DREQUEST.PHP?page=meeting_frames]]></link>
{items}</channel></rss>"""
        return Page(xml.encode("iso-8859-1"), content_type="text/xml", headers=self._cookie())
