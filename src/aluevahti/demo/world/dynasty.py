"""Dynasty 10: one CGI, a table and a feed in ISO-8859-1, pages in UTF-8, and sessions that get mixed up."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from aluevahti.demo.world.answer import Answer, Ask, long_date, not_found, page, paragraphs
from aluevahti.demo.world.papers import Item, Meeting, Place

_CGI = "/cgi/DREQUEST.PHP"
_MIXED_UP = 5
"""The first answer to a request for an item, and every so many after it, are another item's page."""


def answer(place: Place, ask: Ask) -> Answer:
    """Whatever `page=` asks for."""
    if ask.path != _CGI:
        return not_found()
    kind, name = ask.query.get("page", ""), ask.query.get("id", "")
    shown = place.shown_meetings(ask.at)
    if kind in {"meeting_handlers", "meeting_frames"}:
        return page(_table(shown, ask), charset="iso-8859-1")
    if kind == "rss/meetingitems":
        return Answer(body=_feed(shown, ask).encode("iso-8859-1", "xmlcharrefreplace"), content_type="text/xml")
    meeting = next((one for one in shown if one.key == name.partition("-")[0]), None)
    if meeting is None:
        return not_found()
    if kind == "meeting":
        return page(_meeting(meeting, ask))
    return _item_or_another(meeting, name, ask) if kind == "meetingitem" else not_found()


def _item_or_another(meeting: Meeting, name: str, ask: Ask) -> Answer:
    """The item that is asked for or, when the sessions are mixed up, another one."""
    numbers = [f"{meeting.key}-{item.order}" for item in meeting.items]
    if name not in numbers:
        return not_found()
    place = numbers.index(name)
    is_wrong = ask.turn % _MIXED_UP == 0 and len(numbers) > 1
    item = meeting.items[(place + is_wrong) % len(numbers)]
    return replace(page(_item(meeting, item, ask)), is_wrong=is_wrong)


def _kind(meeting: Meeting, ask: Ask) -> str:
    return "Pöytäkirja" if meeting.is_decided(ask.at) else "Esityslista"


def _table(shown: list[Meeting], ask: Ask) -> str:
    """Each organ's latest meeting; the rows are left open, as this product leaves them."""
    latest: dict[str, Meeting] = {}
    for meeting in shown:
        latest.setdefault(meeting.organ, meeting)
    rows = "\n".join(
        f'<tr><td><a href="?page=meetings&amp;id={160 + number}">{one.organ}</a></td><td class="protocol">'
        f'<img src="../icon_{"protocol" if one.is_decided(ask.at) else "doc1"}.png">'
        f'<a href="?page=meeting&amp;id={one.key}">{_kind(one, ask)}</a></td><td>{long_date(one.held_on)}</td>'
        for number, one in enumerate(sorted(latest.values(), key=lambda one: one.organ))
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>Toimielimet</title></head>
<body><h1>Toimielimet</h1><table><tr><th>Toimielin</th><th>Viimeisin kokous</th><th>Kokouspäivämäärä</th></tr>
{rows}
<tr><td>Yksilöjaosto</td><td colspan="2">Ei julkaistuja kokouksia</td></tr></table>
<p>10.4.0.{250300 + ask.load}</p></body></html>"""


def _feed(shown: list[Meeting], ask: Ask) -> str:
    entries = "".join(
        f"<item>\n<title><![CDATA[{one.organ} {long_date(one.held_on)} / {item.title}]]></title>\n"
        f"<description><![CDATA[{item.title}]]></description>\n"
        f"<link><![CDATA[{ask.origin}{_CGI}?page=meetingitem&id={one.key}-{item.order}]]></link>\n</item>\n"
        for one in shown
        for item in one.items
    )
    return f"""<?xml version='1.0' encoding='iso-8859-1'?>
<rss version='2.0'><channel>
<title><![CDATA[Dynasty]]></title>
<description><![CDATA[Dynasty - Kokousasiat]]></description>
<link><![CDATA[{ask.origin}{_CGI}?page=meeting_frames]]></link>
{entries}</channel></rss>
"""


def _frame(content: str, ask: Ask) -> str:
    return f"""<html><head><meta charset="utf-8"><title>Dynasty tietopalvelu</title></head><body>
<div class='header'>Dynasty tietopalvelu <a href="?page=search&amp;s={ask.token("session")}">Haku</a> <a href="?page=rss">RSS</a>
Esittelyaineisto, keksitty / demo material, invented</div>
<p>RSS-linkki</p><p>Kokousasiat: {ask.origin}{_CGI}?page=rss/meetingitems&amp;show=30</p>
{content}
<div class='footer'>&copy; 10.4.0.{250300 + ask.load}</div></body></html>"""


def _meeting(meeting: Meeting, ask: Ask) -> str:
    decided, kind = meeting.is_decided(ask.at), _kind(meeting, ask)
    out_at = meeting.minutes_at if decided else meeting.agenda_at
    rows = "\n".join(
        f"<tr><td>{item.section if decided else item.order}</td><td>{_clip(item)}</td>"
        f'<td colspan="2"><a href="?page=meetingitem&amp;id={meeting.key}-{item.order}">{escape(item.title)}</a></td></tr>'
        for item in meeting.items
    )
    return _frame(
        f"""<h1>{meeting.organ}  {kind} {long_date(meeting.held_on)} klo 09:00 -  Kokoushuone 1</h1>
<table><tr><th>{"Pykälä" if decided else "Asianro"}</th><th></th><th>Otsikko</th>
<th>Julkaistu: {long_date(out_at.date())} <a href="../kokous/{meeting.key}.PDF">{kind}</a></th></tr>
{rows}</table>""",
        ask,
    )


def _clip(item: Item) -> str:
    return '<img alt="Sisältää liitteitä" src="../att.png">' if item.attachment else ""


def _item(meeting: Meeting, item: Item, ask: Ask) -> str:
    decided = meeting.is_decided(ask.at)
    day, own = long_date(meeting.held_on), f"{meeting.key}-{item.order}"
    number = f"Pykälä {item.section}" if decided else f"Asianro {item.order}"
    attached = (
        f"<table><caption>Liitteet</caption><tr><td>1</td><td><a href='../kokous/{own}-88123.PDF'>{escape(item.attachment)}</a></td></tr></table>"
        if item.attachment
        else ""
    )
    sections = [("Selostus", item.reasons), ("P&auml;&auml;t&ouml;sehdotus", item.proposal)]
    sections += [("P&auml;&auml;t&ouml;s", item.decision)] if decided else []
    body = "".join(f"<p>{name}</p>{paragraphs(texts)}" for name, texts in sections)
    preparer = f"<p>Valmistelija</p><p>{escape(item.preparer)}</p>" if item.preparer else ""
    return _frame(
        f"""<h1>{meeting.organ}<br>{_kind(meeting, ask)} {day}/{number}</h1>
<!--DATABEGIN-->
<div class='data-part page-navigation'><table class='data-part-table'><caption class='hidden'>Navigointi</caption>
<tr><td><a href='?page=meetingitem&amp;id={meeting.key}-{item.order - 1}'>Edellinen asia</a> |
<a href='?page=meetingitem&amp;id={meeting.key}-{item.order + 1}'>Seuraava asia</a></td>
<td><a href='../kokous/{own}.PDF'>Kokousasia&nbsp;PDF-muodossa</a></td></tr></table></div>
{attached}
<div class='data-part meetingitem'><div class='data-part-block-htm'>
<p><span>{meeting.organ} {day}{f" &sect; {item.section}" if decided else ""}&#xa0;</span></p><p>{item.case}</p>{preparer}
{body}</div></div>
<!--DATAEND-->""",
        ask,
    )
