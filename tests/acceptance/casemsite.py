"""A region on CloudNC (CaseM): front lists, organs, an organ's meetings, a meeting, its items.

Server-rendered WebForms pages, UTF-8 with entities; the meeting's address stays when its agenda gives
way to its minutes. Side menu, right column, view state and tokens differ on every load.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

ENTITIES = {"ä": "&auml;", "ö": "&ouml;", "Ä": "&Auml;", "Ö": "&Ouml;", "å": "&aring;", "§": "&sect;"}
SLUGS = {"ä": "auml", "ö": "ouml", "å": "aring", " ": "_"}


@dataclass(slots=True, kw_only=True)
class Item:
    """One item: its number in brackets, its title, and its sections in order; section 0: none yet."""

    id: int
    title: str
    section: int
    case: str
    parts: list[tuple[str, str]]  # heading, text

    @property
    def slug(self) -> str:
        """The last part of its address: folded, cut at about forty letters, with the number in brackets."""
        folded = self.title.translate(str.maketrans("äöåÄÖÅ", "aoaAOA"))
        return f"{re.sub('[^A-Za-z0-9]+', '_', folded)[:40]}({self.id})"


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting; `minutes` and `reviewed` say how far it is in its life."""

    organ: str
    on: dt.date
    items: list[Item]
    minutes: bool = False
    reviewed: bool = True
    guid: int = 1

    @property
    def path(self) -> str:
        """Its address, with the date glued together."""
        return f"/fi-FI/Toimielimet/{organ_slug(self.organ)}/Kokous_{self.on.day}{self.on.month}{self.on.year}"

    @property
    def date(self) -> str:
        """Its date as the pages write it."""
        return f"{self.on.day}.{self.on.month}.{self.on.year}"

    @property
    def word(self) -> str:
        """What its document is called."""
        return "Pöytäkirja" if self.minutes else "Esityslista"


def organ_slug(organ: str) -> str:
    """An organ's name as the addresses have it."""
    return "".join(SLUGS.get(letter, letter) for letter in organ.replace("-", ""))


def entities(text: str) -> str:
    """A text with its letters as entities."""
    return "".join(ENTITIES.get(letter, letter) for letter in text)


@dataclass(slots=True, kw_only=True)
class CasemSite:
    """What the installation serves at the moment."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)
    officials: int = 6
    by_content: bool = False  # meeting pages link their items by the second kind of address

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = unquote(urlsplit(seen.target).path).rstrip("/")
        if path in {"", "/fi-FI"}:
            return self._page("P&auml;&auml;t&ouml;ksenteko", self._front())
        if path == "/fi-FI/Toimielimet":
            return self._page("Toimielimet", self._organs())
        for organ in sorted({one.organ for one in self.meetings}):
            if path == f"/fi-FI/Toimielimet/{organ_slug(organ)}":
                return self._page(entities(organ), self._organ(organ))
        for meeting in self.meetings:
            if path == meeting.path:
                return self._page(entities(meeting.organ), self._meeting(meeting))
            for item in meeting.items:
                own = path.startswith(meeting.path + "/") and path.endswith(f"({item.id})")
                if own or path == f"/fi-FI/content/{item.id + 500}/14161":
                    return self._page(entities(item.title), self._item(meeting, item))
        return NOT_FOUND

    def _page(self, title: str, content: str) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><title>{title}</title>
<script src="/ScriptResource.axd?d={noise.token(40)}&amp;t={noise.token(8)}"></script>
<link href="/WebResource.axd?d={noise.token(30)}" rel="stylesheet" /></head><body>
<form method="post" action="./" id="form1">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{noise.token(200)}" />
<input type="hidden" name="__VIEWSTATEGENERATOR" value="{noise.token(8)}" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="{noise.token(60)}" />
<div class="banner">Banneri {noise.number(1, 9)}</div>
<div id="Content_sidenaviArea"><ul class="nav nav-list">{self._officials()}</ul></div>
{content}
<div class="span3 right-content"><h3>15 uusinta</h3><ul>{noise.related()}</ul>Sivua katsottu {noise.hits()} kertaa</div>
<footer>Kirjaamo &middot; sivu luotu klo {noise.clock()}</footer></form></body></html>""",
            headers={"Set-Cookie": f"ASP.NET_SessionId={noise.token(24)}; path=/; HttpOnly"},
        )

    def _officials(self) -> str:
        count = self.officials + self.noise.number(0, 3)
        return "".join(
            f"<li><a href='/fi-FI/Viranhaltijat/Johtaja_{number}'>Palvelup&auml;&auml;llikk&ouml; {number}</a></li>"
            for number in range(count)
        )

    def _newest(self, *, minutes: bool) -> str:
        shown = sorted((one for one in self.meetings if one.minutes is minutes), key=lambda one: one.on, reverse=True)
        return "".join(
            f"<li><a href='{one.path}'>{entities(one.organ)} - Kokous {one.date} {entities(one.word)}\r\n      </a></li>"
            for one in shown
        )

    def _front(self) -> str:
        blocks = (
            ("P&ouml;yt&auml;kirjat", self._newest(minutes=True)),
            ("Esityslistat", self._newest(minutes=False)),
            ("Kuulutukset", ""),
            ("Viranhaltijap&auml;&auml;t&ouml;kset", ""),
        )
        return "".join(
            f'<div id="Content_ctl{number:02d}_ncContainer"><div><h2>{title}</h2><div><ul>{rows}</ul></div></div></div>'
            for number, (title, rows) in enumerate(blocks)
        )

    def _organs(self) -> str:
        organs = "".join(
            f"<li><a href='/fi-FI/Toimielimet/{organ_slug(organ)}'>{entities(organ)}</a></li>"
            for organ in sorted({one.organ for one in self.meetings})
        )
        newest = sorted(self.meetings, key=lambda one: one.on, reverse=True)[:15]
        rows = "".join(
            f"<li><a href='{one.path}'>{entities(one.organ)} - Kokous {one.date} {entities(one.word)}</a></li>"
            for one in newest
        )
        return f"""<div class="span6 center-content" id="ContentStart" role="main"><h1>Toimielimet</h1>
<ul>{organs}</ul><h2>Uusimmat</h2><ul>{rows}</ul></div>"""

    def _organ(self, organ: str) -> str:
        own = sorted((one for one in self.meetings if one.organ == organ), key=lambda one: one.on, reverse=True)
        blocks = []
        for year in sorted({one.on.year for one in own}, reverse=True):
            rows = "".join(
                f"<li><a href='{one.path}'>{entities(organ)} - Kokous {one.date} {entities(one.word)}</a></li>"
                for one in own
                if one.on.year == year
            )
            blocks.append(f"<h2>{year}</h2><ul>{rows}</ul>")
        return f"""<div class="span6 center-content" id="ContentStart" role="main"><h1>{entities(organ)}</h1>
{"".join(blocks)}</div>"""

    def _meeting(self, meeting: Meeting) -> str:
        status = "<p>P&ouml;yt&auml;kirja on tarkastettu</p>" if meeting.minutes and meeting.reviewed else ""
        rows = "".join(
            f"<li><a href='{self._link(meeting, item)}'>{self._number(item)}{entities(item.title)}</a></li>"
            for item in meeting.items
        )
        return f"""<p class="breadcrumb">{entities(meeting.organ)} &gt; Kokous {meeting.date}</p>
<div class="span6 center-content" id="ContentStart" role="main">
<h1>{entities(meeting.organ)}, kokous {meeting.date}</h1>{status}
<p><a href="/download/noname/{{{meeting.guid:08X}-0000-4444-8888-AAAABBBBCCCC}}/9{meeting.guid:04d}">{entities(meeting.word)} (pdf)</a></p>
<ul>{rows}</ul></div>"""

    def _link(self, meeting: Meeting, item: Item) -> str:
        return f"/fi-FI/content/{item.id + 500}/14161" if self.by_content else f"{meeting.path}/{item.slug}"

    def _number(self, item: Item) -> str:
        return f"&sect; {item.section} " if item.section else ""

    def _item(self, meeting: Meeting, item: Item) -> str:
        status = "<p>P&ouml;yt&auml;kirja on tarkastettu</p>" if meeting.minutes and meeting.reviewed else ""
        parts = "".join(f"<h2>{entities(heading)}</h2><p>{entities(text)}</p>" for heading, text in item.parts)
        return f"""<p class="breadcrumb">{entities(meeting.organ)} &gt; Kokous {meeting.date} &gt; {entities(item.title)}</p>
<div class="span6 center-content" id="ContentStart" role="main">
<p>{entities(meeting.organ)}, kokous {meeting.date}</p>{status}
<h1> {self._number(item)}{entities(item.title)} </h1><p>{item.case}</p>{parts}
<h2>Liitteet</h2><ul><li><a href="/download/noname/%7B{meeting.guid:08X}-0000-4444-8888-AAAABBBBDDDD%7D/8{item.id}">Liite 1</a></li></ul></div>"""
