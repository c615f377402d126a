"""Helsinki's decision pages: the open JSON of meetings, one address per meeting in three phases, case pages."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

PREFIXES = {"agenda": "Esityslista", "decision": "Päätöstiedote", "minutes": "Pöytäkirja"}
LINKS = {"agenda": "motions_list_link", "decision": "decision_link", "minutes": "minutes_link"}


@dataclass(slots=True, kw_only=True)
class Item:
    """One item of an agenda and the case that it belongs to."""

    number: int
    title: str
    case: str  # hel-2026-000412
    proposal: str
    decision: str = ""


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting; `published` is when its present paper came out."""

    id: str
    policymaker: str
    organ: str
    slug: str
    number: str
    at: dt.datetime
    published: dt.date
    items: list[Item]
    phase: str = "agenda"
    announcement: str = ""

    @property
    def path(self) -> str:
        """Its one address."""
        return f"/fi/paattajat/{self.slug}/asiakirjat/{self.id}"


@dataclass(slots=True, kw_only=True)
class HelsinkiSite:
    """What the site serves at the moment."""

    noise: Noise
    meetings: list[Meeting] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        path = parts.path.rstrip("/")
        if path == "/robots.txt":
            return Page("User-agent: *\nDisallow: /*?*from=\nDisallow: /fi/asia?*s=\n", content_type="text/plain")
        if path == "/fi/ahjo_api/meetings":
            return self._meetings(seen.parameters)
        for meeting in self.meetings:
            if path == meeting.path:
                return self._html(self._meeting(meeting))
            for item in meeting.items:
                if path == f"/fi/asia/{item.case}":
                    return self._html(self._case(meeting, item))
        return NOT_FOUND

    def _meetings(self, query: dict[str, str]) -> Page:
        try:
            first, last = (
                dt.date.fromisoformat(query.get(key, usual))
                for key, usual in (("from", "2020-01-01"), ("to", "2030-01-01"))
            )
        except ValueError:
            return Page(json.dumps({"errors": ["from"]}), status=400, content_type="application/json")
        days: dict[str, list[dict[str, object]]] = {}
        for meeting in sorted(self.meetings, key=lambda one: one.at):
            wanted = query.get("policymaker", meeting.policymaker)
            if first <= meeting.at.date() <= last and wanted == meeting.policymaker:
                days.setdefault(meeting.at.date().isoformat(), []).append(self._row(meeting))
        return Page(json.dumps({"data": days or []}), content_type="application/json")

    def _row(self, meeting: Meeting) -> dict[str, object]:
        local = meeting.at.replace(tzinfo=ZoneInfo("Europe/Helsinki"))
        return {
            "title": meeting.organ,
            "meeting_date": int(local.timestamp()),
            "meeting_moved": False,
            "meeting_cancelled": False,
            "policymaker": meeting.policymaker,
            "start_time": f"{meeting.at:%H:%M}",
            "orig_time": None,
            "phase": meeting.phase,
            "status": "",
            "additional_info": "",
            "policymaker_type": "Lautakunta",
            "policymaker_name": meeting.organ,
            LINKS[meeting.phase]: meeting.path,
        }

    def _html(self, content: str) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Päätökset</title>
<link rel="stylesheet" href="/core/x.css?{noise.token(6)}"></head><body>
<nav><ul>{noise.menu()}</ul></nav><main>{content}</main>
<form><input type="hidden" name="form_build_id" value="form-{noise.token(43)}">
<button data-drupal-selector="edit-submit--{noise.number(2, 99)}">Hae</button></form>
<script type="application/json" data-drupal-selector="drupal-settings-json">{{"ajaxPageState":{{"libraries":"{noise.token(30)}"}},"user":{{"permissionsHash":"{noise.token(64)}"}}}}</script>
</body></html>"""
        )

    def _meeting(self, meeting: Meeting) -> str:
        items = "".join(
            f'<div class="policymaker-list-item--agenda-item"><span class="agenda-item__index-number">{item.number}</span>'
            f'<a class="agenda-item__subject" href="/fi/asia/{item.case}">{escape(item.title)}</a></div>'
            for item in meeting.items
        )
        notice = (
            f'<div id="paatostiedote" class="Tiedote"><div class="TiedoteTeksti"><p>{escape(meeting.announcement)}</p></div></div>'
            if meeting.announcement
            else ""
        )
        out, at = meeting.published, meeting.at
        return f"""<div class="minutes-container"><h1 class="minutes__header"><span class="minutes__header-prefix">{PREFIXES[meeting.phase]}</span>
<span class="minutes__header-title">{meeting.organ} {meeting.number}</span></h1>
<div class="minutes-decision__meta"><span class="Kokousaika">{at.day}.{at.month}.{at.year} {at:%H:%M}</span></div>
<div class="minutes-file__container"><span class="publish-date__date">{out.day}.{out.month}.{out.year}</span>
<div class="minutes__file-link"><a class="paatokset-button-link" href="https://ahjojulkaisu.hel.fi/{self.noise.number(1, 1):08X}-0000-C1AA-8888-AAAABBBBCCCC.pdf">Lataa</a></div></div>
{notice}<div class="minutes-list__container">{items}</div></div>"""

    def _case(self, meeting: Meeting, item: Item) -> str:
        decided = bool(item.decision) and meeting.phase != "agenda"
        tag = "" if decided else '<div class="motion-tag"><span class="hds-tag">esitys</span></div>'
        heading = "Päätös" if decided else "Päätösehdotus"
        return f"""<div class="issue-content"><h1 class="issue-content__title">{escape(item.title)}</h1>{tag}
<div class="DnroTmuoto">{item.case.upper()}</div>
<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">{heading}</h3><p>{escape(item.decision if decided else item.proposal)}</p></div></div>"""
