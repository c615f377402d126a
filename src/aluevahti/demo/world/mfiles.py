"""M-Files: a table of bodies with their latest papers, each of them one PDF."""

from __future__ import annotations

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, short_date
from aluevahti.demo.world.papers import Meeting, Place
from aluevahti.demo.world.pdf import pdf

_ROOT = "/Kokoukset/ekhva"
_BODIES = {"Aluehallitus": 101, "Osallisuus- ja demokratiajohtokunta": 118}


def answer(place: Place, ask: Ask) -> Answer:
    """The table, or a paper."""
    shown = place.shown_meetings(ask.at)
    if ask.path == _ROOT:
        return page(_table(shown, ask))
    for meeting in shown:
        if ask.path == _paper(meeting, ask):
            return Answer(body=pdf(_paragraphs(meeting, ask)), content_type="application/pdf")
    return not_found()


def _paper(meeting: Meeting, ask: Ask) -> str:
    """Minutes are a new document with a number of their own."""
    number = int(meeting.key) * 10 + meeting.is_decided(ask.at)
    return f"{_ROOT}/{_BODIES[meeting.organ]}/{number}"


def _table(shown: list[Meeting], ask: Ask) -> str:
    rows = "\n".join(
        f'<tr><td><a href="{_ROOT}/{_BODIES[one.organ]}">{one.organ}</a></td><td>{short_date(one.held_on)}</td>'
        f'<td><a href="{_paper(one, ask)}">{"pöytäkirja (allekirjoitettu)" if one.is_decided(ask.at) else "Esityslista"}</a></td></tr>'
        for one in shown
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kokoukset</title>
<meta name="request" content="{ask.token("request")}"></head><body>
<p>Esittelyaineisto, keksitty / demo material, invented</p>
<table><thead><tr><th>Toimielin</th><th>Kokous</th><th>Asiakirja</th></tr></thead><tbody>
{rows}
</tbody></table></body></html>"""


def _paragraphs(meeting: Meeting, ask: Ask) -> list[str]:
    decided = meeting.is_decided(ask.at)
    lines = [
        "Etelä-Karjalan hyvinvointialue (esittelyaineisto, keksitty)",
        f"{meeting.organ} {short_date(meeting.held_on)}",
        "Pöytäkirja" if decided else "Esityslista",
    ]
    for item in meeting.items:
        lines += [f"§ {item.section} {item.title}", *item.reasons, "Ehdotus", *item.proposal]
        lines += ["Päätös", *item.decision] if decided else []
    return lines
