"""A region on M-Files web publishing: one table of each organ's newest meeting, and papers as PDFs."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen


@dataclass(slots=True, kw_only=True)
class Paper:
    """One document: its number, what its link says, and its lines."""

    doc: int
    word: str
    lines: list[str]


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One meeting of one organ and the paper that stands for it now."""

    body: int
    organ: str
    on: dt.date
    paper: Paper


def pdf(lines: list[str], mark: str = "") -> bytes:
    """A PDF with these lines; made anew it has another id and the same text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setTitle(mark)
    canvas.setFont("Helvetica", 10)
    height = 800
    for line in lines:
        if height < 60:
            canvas.showPage()
            canvas.setFont("Helvetica", 10)
            height = 800
        canvas.drawString(50, height, line)
        height -= 16
    canvas.save()
    return buffer.getvalue()


@dataclass(slots=True, kw_only=True)
class MfilesSite:
    """What the installation serves at the moment."""

    noise: Noise
    org: str
    meetings: list[Meeting] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path.rstrip("/")
        top = f"/Kokoukset/{self.org}"
        if path == top:
            newest = {one.body: one for one in sorted(self.meetings, key=lambda one: one.on)}
            return self._table(list(newest.values()))
        for one in self.meetings:
            if path == f"{top}/{one.body}":
                return self._table([other for other in self.meetings if other.body == one.body])
            if path == f"{top}/{one.body}/{one.paper.doc}":
                return Page(pdf(one.paper.lines, self.noise.token(12)), content_type="application/pdf")
        return NOT_FOUND

    def _table(self, meetings: list[Meeting]) -> Page:
        top = f"/Kokoukset/{self.org}"
        rows = "".join(
            f'<tr><td><a href="{top}/{one.body}">{one.organ}</a></td><td>{one.on.day}.{one.on.month}.{one.on.year}</td>'
            f'<td><a href="{top}/{one.body}/{one.paper.doc}">{one.paper.word}</a></td></tr>'
            for one in meetings
        )
        return Page(
            f"""<html><head><meta charset="utf-8"><title>Kokoukset</title></head><body>
<input type="hidden" name="__RequestVerificationToken" value="{self.noise.token(90)}">
<table><tr><th>Toimielin</th><th>Kokous</th><th>Asiakirja</th></tr>{rows}</table>
<div>Päivitetty klo {self.noise.clock()}</div></body></html>"""
        )
