"""Helsinki's decisions: an open list of meetings in JSON, a meeting's page in three phases, a case's page."""

from __future__ import annotations

import datetime as dt
import json
from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs, short_date
from aluevahti.demo.world.papers import Item, Meeting, Place

_LIST = "/fi/ahjo_api/meetings"
_LINKS = {"agenda": "motions_list_link", "decision": "decision_link", "minutes": "minutes_link"}
_KINDS = {"agenda": "Esityslista", "decision": "Päätöstiedote", "minutes": "Pöytäkirja"}
_FOLDER = "/fi/paattajat/sosiaali-terveys-ja-pelastuslautakunta/asiakirjat"


def answer(place: Place, ask: Ask) -> Answer:
    """The list, a meeting or a case."""
    shown = place.shown_meetings(ask.at)
    if ask.path == _LIST:
        return _list(shown, ask)
    for meeting in shown:
        if ask.path == f"{_FOLDER}/{meeting.key}":
            return page(_meeting(meeting, ask))
        for item in meeting.items:
            if ask.path == _case_path(meeting, item, ask):
                return page(_case(meeting, item, ask))
    return not_found()


def _case_path(meeting: Meeting, item: Item, ask: Ask) -> str:
    """A motion stands at the case itself, a decision below it."""
    decision = f"/0b1c2d3e-0000-4444-8888-aaaabbb{item.case}" if meeting.is_decided(ask.at) else ""
    return f"/fi/asia/hel-2026-{item.case}{decision}"


def _list(shown: list[Meeting], ask: Ask) -> Answer:
    data: dict[str, list[dict[str, object]]] = {}
    for meeting in reversed(shown):
        phase = meeting.phase(ask.at)
        link = f"{_FOLDER}/{meeting.key}{'#paatostiedote' if phase == 'decision' else ''}"
        start = dt.datetime.combine(meeting.held_on, dt.time(16, 15), ask.at.tzinfo)
        data.setdefault(meeting.held_on.isoformat(), []).append(
            {
                "title": meeting.organ,
                "meeting_date": int(start.timestamp()),
                "meeting_moved": False,
                "meeting_cancelled": False,
                "policymaker": "u000000vh1",
                "start_time": "16:15",
                "orig_time": None,
                "phase": phase,
                "status": "",
                "additional_info": "",
                "policymaker_type": "Lautakunta",
                "policymaker_name": meeting.organ,
                _LINKS[phase]: link,
            }
        )
    return Answer(
        body=json.dumps({"data": data}, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8"
    )


def _frame(title: str, content: str, ask: Ask) -> str:
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="ThisHTMLGenerated" content="{ask.at:%Y-%m-%d %H:%M:%S}.{ask.load % 1000:03}"></head><body>
<header><nav><a href="/fi">Etusivu</a></nav><p>Esittelyaineisto, keksitty / demo material, invented</p></header><main>{content}</main>
<form data-drupal-selector="edit-{ask.load}"><input type="hidden" name="form_build_id" value="form-{ask.token("form", 24)}"></form>
<footer>Helsingin kaupunki</footer></body></html>"""


def _meeting(meeting: Meeting, ask: Ask) -> str:
    phase = meeting.phase(ask.at)
    kind = _KINDS[phase]
    moments = {"agenda": meeting.agenda_at, "decision": meeting.announced_at, "minutes": meeting.minutes_at}
    published = moments[phase] or meeting.minutes_at
    rows = "\n".join(
        f'<div class="policymaker-list-item policymaker-list-item--agenda-item"><a href="{_case_path(meeting, item, ask)}">'
        f'<span class="agenda-item__index-number">{item.order}</span>\n<span class="agenda-item__subject">{escape(item.title)}</span></a></div>'
        for item in meeting.items
    )
    decided = "".join(f"<p>{item.order} {escape(item.title)}</p>{paragraphs(item.decision)}" for item in meeting.items)
    notice = (
        f'<div class="Tiedote" id="paatostiedote"><div class="TiedoteTeksti">{decided}</div></div>'
        if phase == "decision"
        else ""
    )
    return _frame(
        f"{kind} | Päätökset",
        f"""<div class="minutes-container container"><h1 class="minutes__header"><span class="minutes__header-prefix">{kind}</span>
<span class="minutes__header-title">{meeting.organ} 5/2026</span></h1>
<div class="minutes-decision__meta"><span class="Kokousaika">{short_date(meeting.held_on)} 16:15</span></div>
{notice}
<div class="minutes-list__container">{rows}</div>
<div class="minutes-file__container"><span class="publish-date__date">{short_date(published.date())}</span></div></div>""",
        ask,
    )


def _case(meeting: Meeting, item: Item, ask: Ask) -> str:
    decided = meeting.is_decided(ask.at)
    tag = "" if decided else '<div class="motion-tag"><span class="hds-tag">Tämä on esitys</span></div>'
    number = f"{item.order}. / {item.section} §" if decided else f"{item.order}."
    heading, texts = ("Päätös", item.decision) if decided else ("Päätösehdotus", item.proposal)
    return _frame(
        item.title,
        f"""<h1>{escape(item.title)}</h1><div>HEL 2026-{item.case}</div>
<div class="issue-content-top__container"><div class="issue-content-top">{tag}
<div class="issue-content__title"><h2>{escape(item.title)}</h2></div><div class="issue-content__indices">{number}</div>
<div class="issue-content__policymaker-label--with-icon"><span>Päättäjä:</span><span>{meeting.organ}</span></div></div></div>
<div class="issue-content__container"><div class="issue-content imported-content"><div class="paatos">
<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">{heading}</h3>{paragraphs(texts)}</div>
<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">Esittelijän perustelut</h3>{paragraphs(item.reasons)}</div></div></div></div>""",
        ask,
    )
