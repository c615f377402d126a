"""CaseM on CloudNC: ASP.NET pages with a view state, a menu of officials that changes, entities in the text."""

from __future__ import annotations

import re
from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs, short_date
from aluevahti.demo.world.papers import Item, Meeting, Place

_ROOT = "/fi-FI"
_MEETINGS = f"{_ROOT}/Toimielimet"
_OFFICIALS = ("Hyvinvointialuejohtaja", "Talousjohtaja", "Osallisuuspäällikkö", "Kirjaamopäällikkö")
_ENTITIES = {"ä": "&auml;", "ö": "&ouml;", "å": "&aring;", "Ä": "&Auml;", "Ö": "&Ouml;", "§": "&sect;"}


def answer(place: Place, ask: Ask) -> Answer:
    """The front page with its lists of newest papers, a meeting, or an item of one."""
    if ask.path in {_ROOT, f"{_ROOT}/"}:
        return page(_front(place, ask))
    for meeting in place.shown_meetings(ask.at):
        if ask.path == _path(meeting):
            return page(_meeting(meeting, ask))
        for item in meeting.items:
            if ask.path == _item_path(meeting, item):
                return page(_item(meeting, item, ask))
    return not_found()


def _path(meeting: Meeting) -> str:
    day = meeting.held_on
    return f"{_MEETINGS}/{meeting.organ}/Kokous_{day.day}{day.month}{day.year}"


def _item_path(meeting: Meeting, item: Item) -> str:
    plain = item.title.translate(str.maketrans("äöåÄÖÅ", "aoaAOA"))
    slug = re.sub(r"[^A-Za-z0-9]+", "_", plain)[:40]
    return f"{_path(meeting)}/{slug}({meeting.key}0{item.order})"


def _coded(text: str) -> str:
    """Text as this product writes it."""
    return "".join(_ENTITIES.get(letter, letter) for letter in escape(text, quote=False))


def _kind(meeting: Meeting, ask: Ask) -> str:
    return "Pöytäkirja" if meeting.is_decided(ask.at) else "Esityslista"


def _frame(content: str, crumbs: str, ask: Ask) -> str:
    shown = ask.shuffled(_OFFICIALS, "official")[:3]
    officials = "".join(
        f"<li><a href='{_ROOT}/Viranhaltijat/{n}'>{_coded(name)}</a></li>" for n, name in enumerate(shown)
    )
    return f"""<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><title>P&auml;&auml;t&ouml;kset</title>
<script src="/ScriptResource.axd?d={ask.token("d", 32)}&amp;t={ask.token("t", 8)}"></script></head><body>
<form method="post" action="./" id="form1">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{ask.token("view", 64)}" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="{ask.token("event", 40)}" />
<div class="banner">Esittelyaineisto, keksitty / demo material, invented</div>
<div id="Content_sidenaviArea"><ul class="nav nav-list">{officials}</ul></div>
<p class="breadcrumb">{_coded(crumbs)}</p>
{content}
<div class="span3 right-content">Palaute kirjaamoon</div>
<footer>Kirjaamo. K&auml;vij&ouml;it&auml; t&auml;n&auml;&auml;n: {1000 + ask.load}</footer>
</form></body></html>"""


def _front(place: Place, ask: Ask) -> str:
    boxes = []
    for number, (heading, kind) in enumerate((("Pöytäkirjat", "Pöytäkirja"), ("Esityslistat", "Esityslista"))):
        rows = "".join(
            f"<li><a href='{_path(one)}'>{_coded(f'{one.organ} - Kokous {short_date(one.held_on)} {kind}')}\r\n      </a></li>"
            for one in place.shown_meetings(ask.at)
            if _kind(one, ask) == kind
        )
        boxes.append(
            f'<div id="Content_ctl0{number}_ncContainer"><div><h2>{_coded(heading)}</h2><div><ul>{rows}</ul></div></div></div>'
        )
    return _frame("\n".join(boxes), "Etusivu", ask)


def _meeting(meeting: Meeting, ask: Ask) -> str:
    decided = meeting.is_decided(ask.at)
    rows = "".join(
        f"<li><a href='{_item_path(meeting, item)}'>&sect; {item.section if decided else item.order} {_coded(item.title)}</a></li>"
        for item in meeting.items
    )
    named = f"{meeting.organ}, kokous {short_date(meeting.held_on)}"
    content = f"""<div class="span6 center-content" id="ContentStart" role="main">
<h1>{_coded(named)}</h1>{_status(decided)}
<p><a href="/download/noname/{{0A1B2C3D-0000-4444-8888-{meeting.key:0>6}{int(decided):06}}}/90{int(decided)}">{_coded(_kind(meeting, ask))} (pdf)</a></p>
<ul>{rows}</ul></div>"""
    return _frame(content, f"{meeting.organ} > Kokous {short_date(meeting.held_on)}", ask)


def _status(decided: bool) -> str:
    return "<p>P&ouml;yt&auml;kirja on tarkastettu</p>" if decided else ""


def _item(meeting: Meeting, item: Item, ask: Ask) -> str:
    decided = meeting.is_decided(ask.at)
    parts = [
        ("Valmistelija", [item.preparer] if item.preparer else []),
        ("Perustelut", item.reasons),
        ("Ehdotus", ["Esittelijä - Maija Malli, hyvinvointialuejohtaja", *item.proposal]),
        ("Päätös", item.decision if decided else []),
    ]
    body = "".join(f"<h2>{_coded(name)}</h2>{_texts(texts)}" for name, texts in parts if texts)
    day = short_date(meeting.held_on)
    content = f"""<div class="span6 center-content" id="ContentStart" role="main">
<p>{_coded(f"{meeting.organ}, kokous {day}")}</p>{_status(decided)}
<h1> &sect; {item.section if decided else item.order} {_coded(item.title)} </h1>
{f"<p>{item.case}</p>" if item.case else ""}{body}
</div>"""
    return _frame(content, f"{meeting.organ} > Kokous {day} > {item.title}", ask)


def _texts(texts: object) -> str:
    assert isinstance(texts, list | tuple)
    return _coded_markup(paragraphs(texts))


def _coded_markup(markup: str) -> str:
    return "".join(_ENTITIES.get(letter, letter) for letter in markup)
