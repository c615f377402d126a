"""Meetings on paper, and the pages that each platform makes of them, noise included.

The shapes, encodings and quirks are those of the real platforms; organs, people and matters are invented.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import count

_LOADS = count(1)


@dataclass(frozen=True)
class Item:
    """One item of a meeting; `decision` is None while it is only proposed."""

    order: int
    title: str
    section: int
    case: str = "412/02.05.01/2026"
    reasons: str = "Hakemuksia saapui 12."
    proposal: str = "Myönnetään yhdistyksille toiminta-avustuksia yhteensä 40 000 euroa."
    decision: str | None = None


_KINDS = {
    "called": "Kokouskutsu",
    "agenda": "Esityslista",
    "cancelled": "Esityslista (peruttu)",
    "announcement": "Päätösluettelo",
}


@dataclass(frozen=True)
class Meeting:
    """One meeting. `phase` is called, agenda, cancelled, announcement, unreviewed or minutes."""

    organ: str
    held_on: dt.date
    number: int
    items: Sequence[Item] = ()
    phase: str = "agenda"
    edition: int = 1
    mark: str = ""  # what stands behind the kind's word

    def decided(self, phase: str = "minutes") -> Meeting:
        """The same meeting after it was held."""
        items = tuple(replace(item, decision="Päätösehdotus hyväksyttiin.") for item in self.items)
        return replace(self, phase=phase, items=items, edition=self.edition + 1)

    def with_item(self, item: Item) -> Meeting:
        return replace(self, items=(*self.items, item), edition=self.edition + 1)

    @property
    def is_agenda(self) -> bool:
        """Whether nothing is decided yet."""
        return self.phase in {"called", "agenda", "cancelled"}

    @property
    def kind(self) -> str:
        return _KINDS.get(self.phase, "Pöytäkirja") + self.mark

    @property
    def day(self) -> str:
        """The date without padding."""
        return f"{self.held_on.day}.{self.held_on.month}.{self.held_on.year}"

    @property
    def padded(self) -> str:
        return f"{self.held_on:%d.%m.%Y}"


OPENING = Item(1, "Kokouksen avaus", 31, case="")
GRANTS = Item(2, "Järjestöavustusten myöntäminen vuodelle 2026", 32)
BOARD = Meeting("Aluehallitus", dt.date(2026, 3, 2), 118, (OPENING, GRANTS))
COUNCIL = Meeting("Aluevaltuusto", dt.date(2026, 2, 23), 97, (replace(OPENING, section=11),)).decided()


# --- CaseM ---------------------------------------------------------------------------------------


def casem_slug(meeting: Meeting) -> str:
    day = meeting.held_on
    return f"{meeting.organ.replace(' ', '_')}/Kokous_{day.day}{day.month}{day.year}"


def _entities(text: str) -> str:
    return escape(text).replace("ä", "&auml;").replace("ö", "&ouml;").replace("Ä", "&Auml;").replace("§", "&sect;")


def casem_frame(content: str, crumbs: str = "") -> str:
    """A page of the site around its content: view state, side menu with officials who come and go, right column."""
    load = next(_LOADS)
    return f"""<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><title>P&auml;&auml;t&ouml;kset</title>
<script src="/ScriptResource.axd?d=x{load}&amp;t={load:08x}"></script></head><body>
<form method="post" action="./" id="form1">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="dDw{load:024x}" />
<div class="banner">Banneri</div>
<div id="Content_sidenaviArea"><ul class="nav nav-list">
<li><a href='/fi-FI/Viranhaltijat/Johtaja{load % 3}'>Virka {load % 3}</a></li></ul></div>
{f'<p class="breadcrumb">{_entities(crumbs)}</p>' if crumbs else ""}
{content}
<div class="span3 right-content">Palaute kirjaamoon</div><footer>Kirjaamo, k&auml;vij&ouml;it&auml; {load}</footer>
</form></body></html>"""


def casem_front(meetings: Sequence[Meeting], notices: Sequence[tuple[str, str]] = ()) -> str:
    def rows(*, agendas: bool) -> str:
        shown = [meeting for meeting in meetings if meeting.is_agenda is agendas]
        return "".join(
            f"<li><a href='/fi-FI/Toimielimet/{casem_slug(one)}'>"
            f"{_entities(f'{one.organ} - Kokous {one.day} {one.kind}')}\r\n      </a></li>"
            for one in shown
        )

    notice_rows = "".join(
        f"<li><a href='/fi-FI/Kuulutukset/{slug}'>{_entities(text)}\r\n </a></li>" for slug, text in notices
    )
    blocks = (
        ("Pöytäkirjat", rows(agendas=False)),
        ("Esityslistat", rows(agendas=True)),
        ("Kuulutukset", notice_rows),
    )
    return casem_frame(
        "".join(
            f'<div id="Content_ctl0{place}_ncContainer"><div><h2>{_entities(title)}</h2><div><ul>{inner}</ul></div></div></div>'
            for place, (title, inner) in enumerate(blocks)
        )
    )


def casem_meeting(meeting: Meeting) -> str:
    status = {"minutes": "<p>P&ouml;yt&auml;kirja on tarkastettu</p>"}.get(meeting.phase, "")
    numbers = [item.order if meeting.is_agenda else item.section for item in meeting.items]
    rows = "".join(
        f"<li><a href='/fi-FI/Toimielimet/{casem_slug(meeting)}/{casem_item_slug(meeting, item)}'>"
        f"&sect; {number} {_entities(item.title)}</a></li>"
        for item, number in zip(meeting.items, numbers, strict=True)
    )
    return casem_frame(
        f"""<div class="span6 center-content" id="ContentStart" role="main">
<h1>{_entities(f"{meeting.organ}, kokous {meeting.day}")}</h1>{status}
<p><a href="/download/noname/{{0A1B2C3D-0000-4444-8888-{meeting.number:06d}{meeting.edition:06d}}}/90{meeting.edition}">{_entities(meeting.kind)} (pdf)</a></p>
<ul>{rows}</ul></div>""",
        f"{meeting.organ} > Kokous {meeting.day}",
    )


def casem_item_slug(meeting: Meeting, item: Item) -> str:
    plain = item.title.replace("ä", "a").replace("ö", "o").replace(" ", "_")[:40]
    return f"{plain}({meeting.number}0{item.order})"


def casem_item(meeting: Meeting, item: Item) -> str:
    number = item.order if meeting.is_agenda else item.section
    status = {"minutes": "<p>P&ouml;yt&auml;kirja on tarkastettu</p>"}.get(meeting.phase, "")
    decided = f"<h2>P&auml;&auml;t&ouml;s</h2><p>{_entities(item.decision)}</p>" if item.decision else ""
    return casem_frame(
        f"""<div class="span6 center-content" id="ContentStart" role="main">
<p>{_entities(f"{meeting.organ}, kokous {meeting.day}")}</p>{status}
<h1> &sect; {number} {_entities(item.title)} </h1><p>ESIMDno-2026-{item.section}</p>
<h2>Valmistelija</h2><p>Esko Esimerkki, j&auml;rjest&ouml;koordinaattori</p>
<h2>Perustelut</h2><p>{_entities(item.reasons)}</p>
<h2>Ehdotus</h2><p>Esittelij&auml; - Maija Malli, hyvinvointialuejohtaja</p><p>{_entities(item.proposal)}</p>
{decided}
<h2>Liitteet</h2><ul><li><a href="/download/noname/%7B0A1B2C3D-0000-4444-8888-AAAABBBBDDDD%7D/90017">Liite 1</a></li></ul></div>""",
        f"{meeting.organ} > Kokous {meeting.day} > {item.title}",
    )


# --- Dynasty -------------------------------------------------------------------------------------


def dynasty_id(meeting: Meeting) -> str:
    return f"2026{meeting.number}"


def dynasty_table(meetings: Sequence[Meeting], *, empty: Sequence[str] = ("Yksilöjaosto",)) -> str:
    """Each organ's latest meeting by date; sent in ISO-8859-1, its rows left open."""
    latest: dict[str, Meeting] = {}
    for meeting in sorted(meetings, key=lambda one: one.held_on):
        latest[meeting.organ] = meeting
    rows = "".join(
        f'<tr><td><a href="?page=meetings&id={160 + place}">{one.organ}</a></td>'
        f'<td class="protocol"><img src="../icon_{"doc1" if one.is_agenda else "protocol"}.png">'
        f'<a href="?page=meeting&id={dynasty_id(one)}">{one.kind}</a></td><td>{one.padded}</td>\n'
        for place, one in enumerate(latest.values())
    )
    rows += "".join(
        f'<tr><td>{organ}</td><td colspan="2">Ei julkaistuja kokouksia</td><td></td></tr>' for organ in empty
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>Toimielimet</title></head>
<body><h1>Toimielimet</h1><table><tr><th>Toimielin</th><th>Viimeisin kokous</th><th>Kokouspäivämäärä</th></tr>
{rows}</table></body></html>"""


def dynasty_feed(meetings: Sequence[Meeting], host: str = "https://esimerkki.oncloudos.com:443") -> str:
    entries = "".join(
        f"<item>\n<title><![CDATA[{one.organ} {one.padded} / {item.title}]]></title>\n"
        f"<description><![CDATA[{item.title}]]></description>\n"
        f"<link><![CDATA[{host}/cgi/DREQUEST.PHP?page=meetingitem&id={dynasty_id(one)}-{item.order}]]></link>\n</item>\n"
        for one in sorted(meetings, key=lambda one: one.held_on, reverse=True)
        for item in one.items
    )
    return f"""<?xml version='1.0' encoding='iso-8859-1'?>
<rss version='2.0'><channel>
<title><![CDATA[Dynasty]]></title>
<description><![CDATA[Dynasty - Kokousasiat]]></description>
<link><![CDATA[{host}/cgi/DREQUEST.PHP?page=meeting_frames]]></link>
{entries}</channel></rss>
"""


def _dynasty_frame(content: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>Dynasty tietopalvelu</title></head><body>
<div class='header'>Dynasty tietopalvelu <a href="?page=search">Haku</a> <a href="?page=rss">RSS</a></div>
<p>RSS-linkki</p><p>Kokousasiat: https://esimerkki.oncloudos.com:443/cgi/DREQUEST.PHP?page=rss/meetingitems&amp;show=30</p>
{content}
<div class='footer'>&copy; 10.4.0.250317</div></body></html>"""


def dynasty_meeting(meeting: Meeting, published: str = "25.02.2026") -> str:
    rows = "".join(
        f"<tr><td>{item.order if meeting.is_agenda else item.section}</td>"
        f'<td><img alt="Sisältää liitteitä" src="../att.png"></td><td colspan="2">'
        f'<a href="?page=meetingitem&amp;id={dynasty_id(meeting)}-{item.order}">{escape(item.title)}</a></td></tr>\n'
        for item in meeting.items
    )
    label = "Asianro" if meeting.is_agenda else "Pykälä"
    return _dynasty_frame(
        f"""<ul><li><a href="?page=meetings&id=160">{meeting.organ}</a></li></ul>
<h1>{meeting.organ}  {meeting.kind} {meeting.padded} klo 09:00 -  Kokoushuone 1</h1>
<table><tr><th>{label}</th><th></th><th>Otsikko</th><th>Julkaistu: {published} <a href="../kokous/{dynasty_id(meeting)}.PDF">{meeting.kind}</a></th></tr>
{rows}</table>"""
    )


def dynasty_item(meeting: Meeting, item: Item, history: str = "") -> str:
    number = f"Asianro {item.order}" if meeting.is_agenda else f"Pykälä {item.section}"
    own = f"{dynasty_id(meeting)}-{item.order}"
    decided = f"<p>P&auml;&auml;t&ouml;s</p><p>{escape(item.decision)}</p>" if item.decision else ""
    return _dynasty_frame(
        f"""<h1>{meeting.organ}<br>{meeting.kind} {meeting.padded}/{number}</h1>
<!--DATABEGIN-->
<div class='data-part page-navigation'><table class='data-part-table'><caption class='hidden'>Navigointi</caption>
<tr><td><a href='?page=meetingitem&amp;id={dynasty_id(meeting)}-{item.order - 1}'>Edellinen asia</a> |
<a href='?page=meetingitem&amp;id={dynasty_id(meeting)}-{item.order + 1}'>Seuraava asia</a></td>
<td><a href='../kokous/{own}.PDF'>Kokousasia&nbsp;PDF-muodossa</a></td></tr></table></div>
<table><caption>Liitteet</caption><tr><td>1</td><td><a href='../kokous/{own}-88123.PDF'>Liite 1 Huoneselostus</a></td></tr></table>
<div class='data-part meetingitem'><div class='data-part-block-htm'>{history}
<p><span>{meeting.organ} {meeting.padded}{"" if meeting.is_agenda else f" &sect; {item.section}"}&#xa0;</span></p><p>{item.case}</p>
<p>Selostus</p><p>{escape(item.reasons)}</p><p>P&auml;&auml;t&ouml;sehdotus</p><p>{escape(item.proposal)}</p>
{decided}</div></div>
<!--DATAEND-->"""
    )


# --- TWeb ----------------------------------------------------------------------------------------


def tweb_feed(meetings: Sequence[Meeting], side: str) -> str:
    """One side's feed; its pubDate is local time that calls itself GMT."""
    entries = "".join(
        f"<item><title>{one.organ}: {one.number % 10}/2026 {one.day} 09:00</title>"
        f"<link>{side}_asil_tweb.htm?bid={one.number}</link><category>{one.organ}</category>"
        f"<pubDate>{one.held_on:%a, %d %b %Y} 09:00:00 GMT</pubDate></item>\n"
        for one in meetings
    )
    title = "Pöytäkirjat" if side == "pk" else "Esityslistat"
    return f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>{title}</title><link>{side}_tek_tweb.htm</link>
{entries}</channel></rss>
"""


def tweb_frame(content: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=windows-1252">
<title>Kokousasiakirjat - Esimerkin hyvinvointialue</title><meta name="robots" content="noindex, nofollow"></head><body>
<ul id="nav"><li><a href="epj_tek_tweb.htm">Esityslistat</a></li><li><a class="active" href="pk_tek_tweb.htm">Pöytäkirjat</a></li></ul>
<div id="content">{content}</div>
<footer><a class="copyright" href="http://www.triplan.fi/">© Triplan Oy</a></footer></body></html>"""


def tweb_docid(meeting: Meeting, item: Item) -> int:
    """Agenda and minutes have different documents for one item."""
    return meeting.number * 1000 + item.order + (0 if meeting.is_agenda else 500)


def tweb_meeting(meeting: Meeting) -> str:
    rows = "".join(
        f'<tr class="data{place % 2}"><td class="data_pykala">{item.order if meeting.is_agenda else item.section}</td>'
        f'<td class="data"><a target="_blank" href="fileshow?doctype=3&amp;docid={tweb_docid(meeting, item)}">{item.title}</a></td>'
        f'<td class="data"><a href="epjattn_tweb.htm?{tweb_docid(meeting, item)}">2 kpl</a></td></tr>'
        for place, item in enumerate(meeting.items)
    )
    return tweb_frame(
        f"""<h1>{meeting.kind[:-1] + "at"}</h1><table class="list">
<tr class="header"><td class="header" colspan="3">{meeting.organ}: 4/2026<br>{meeting.day} 09:00<br>{meeting.kind}</td></tr>
<tr class="colheader"><td class="colheaderPykala">§</td><td class="colheader">Otsikko</td><td class="colheader">Liitteet</td></tr>
<tr class="data0"><td class="data_pykala"></td><td class="data"><a href="fileshow?doctype=3&amp;docid={meeting.number}900">Pöytäkirjan kansilehti</a></td><td class="data">-</td></tr>
{rows}</table>
<table class="list"><tr><td class="colheader">Kokousmateriaali:</td></tr>
<tr><td class="colheader"><a href="epj_asil_tweb.htm?bid={meeting.number}">Hae esityslista</a></td></tr></table>"""
    )


def tweb_document(meeting: Meeting, item: Item) -> str:
    decided = f"<h2>Päätös</h2><p>{item.decision}</p>" if item.decision else ""
    return f"""<html><body><p>{meeting.organ} {meeting.day} § {item.section}</p><p>{item.case}</p><h1>{item.title}</h1>
<h2>Asiaselostus</h2><p>{item.reasons} Määräraha on 40 000 € – enintään.</p><h2>Päätösehdotus</h2><p>{item.proposal}</p>
{decided}</body></html>"""


# --- M-Files -------------------------------------------------------------------------------------


_MFILES_KINDS = {"unreviewed": "pöytäkirja (tarkastamaton)", "minutes": "pöytäkirja (allekirjoitettu)"}


def mfiles_table(meetings: Sequence[Meeting], *, path: str = "/Kokoukset/esim") -> str:
    rows = "".join(
        f'<tr><td><a href="{path}/{100 + place}">{one.organ}</a></td><td>{one.day}</td>'
        f'<td><a href="{path}/{100 + place}/{one.number * 10 + one.edition}">'
        f"{_MFILES_KINDS.get(one.phase, one.kind)}</a></td></tr>"
        for place, one in enumerate(meetings)
    )
    return f"""<html><head><meta charset="utf-8"></head><body><h1>Kokoukset</h1>
<table><tr><th>Toimielin</th><th>Kokous</th><th>Asiakirja</th></tr>{rows}</table></body></html>"""


# --- Helsinki ------------------------------------------------------------------------------------

HELSINKI_COMMITTEE = "Sosiaali-, terveys- ja pelastuslautakunta"
_LINKS = {"agenda": "motions_list_link", "decision": "decision_link", "minutes": "minutes_link"}


def helsinki_list(meetings: Sequence[tuple[Meeting, str]]) -> str:
    """The open list: meetings with their phase (agenda, decision, minutes, cancelled or empty)."""
    data: dict[str, list[dict[str, object]]] = {}
    for meeting, phase in meetings:
        entry: dict[str, object] = {
            "title": meeting.organ,
            "meeting_date": 1772547300,
            "meeting_moved": False,
            "meeting_cancelled": phase == "cancelled",
            "policymaker": "u000000vh1",
            "start_time": "16:15",
            "orig_time": None,
            "phase": phase if phase in _LINKS else "",
            "status": "peruttu" if phase == "cancelled" else "",
            "additional_info": "",
            "policymaker_type": "Lautakunta",
            "policymaker_name": meeting.organ,
        }
        if phase in _LINKS:
            mark = "#paatostiedote" if phase == "decision" else ""
            entry[_LINKS[phase]] = f"{helsinki_path(meeting)}{mark}"
        data.setdefault(meeting.held_on.isoformat(), []).append(entry)
    return json.dumps({"data": data}, ensure_ascii=False)


def helsinki_path(meeting: Meeting) -> str:
    return f"/fi/paattajat/esimerkkilautakunta/asiakirjat/u000000vh12026{meeting.number}"


def helsinki_meeting(meeting: Meeting, kind: str, published: str = "26.2.2026", notice: str = "") -> str:
    rows = "".join(
        f'<div class="policymaker-list-item policymaker-list-item--agenda-item"><a href="/fi/asia/hel-2026-{item.section:06d}">'
        f'<span class="agenda-item__index-number">{item.order}</span> <span class="agenda-item__subject">{item.title}</span></a></div>'
        for item in meeting.items
    )
    load = next(_LOADS)
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Kokous</title></head><body>
<nav><a href="/fi/paattajat">Päättäjät</a></nav><main>
<div class="minutes-container container"><h1 class="minutes__header"><span class="minutes__header-prefix">{kind}</span>
<span class="minutes__header-title">{meeting.organ} 4/2026</span></h1>
<div class="minutes-decision__meta"><span class="Kokousaika">{meeting.day} 16:15</span></div>
{f'<div class="Tiedote"><div class="TiedoteTeksti">{notice}</div></div>' if notice else ""}
<div class="minutes-file__container"><span class="publish-date__date">{published}</span><div class="minutes__file-link">
<a class="paatokset-button-link" href="https://ahjojulkaisu.hel.fi/0A1B2C3D-0000-C1AA-8888-AAAABBBBCCCC.pdf">Lataa</a></div></div>
<div class="minutes-list__container">{rows}</div></div></main>
<form><input type="hidden" name="form_build_id" value="form-{load:08x}"></form></body></html>"""


def helsinki_case(meeting: Meeting, item: Item) -> str:
    tag = "" if item.decision else '<div class="motion-tag"><span class="hds-tag">Tämä on esitys</span></div>'
    section = f"{item.order}. / {item.section} §" if item.decision else f"{item.order}."
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Asia</title></head><body><main>
<h1>{item.title}</h1><div>HEL 2026-{item.section:06d}</div>
<div class="issue-content-top__container"><div class="issue-content-top">{tag}
<div class="issue-content__title"><h2>{item.title}</h2></div><div class="issue-content__indices">{section}</div>
<div class="issue-content__policymaker-label--with-icon"><span>Päättäjä:</span><span>{meeting.organ}</span></div></div></div>
<div class="issue-content__container"><div class="issue-content imported-content">
<div class="paatos"><div class="SisaltoSektio"><h3 class="SisaltoOtsikko">{"Päätös" if item.decision else "Päätösehdotus"}</h3>
<p>{item.decision or item.proposal}</p></div>
<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">Esittelijän perustelut</h3><p>{item.reasons}</p></div></div></div></div>
</main></body></html>"""
