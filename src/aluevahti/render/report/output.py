"""The report laid out: as one HTML page without anything from outside, as Markdown, as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from jinja2 import TemplateError

from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import Json
from aluevahti.render.environment import environment
from aluevahti.render.report.situation import Situation
from aluevahti.render.report.view import ExpectedLine, ReportView, Section, Statement, WindowLine
from aluevahti.render.report.words import report_words
from aluevahti.render.view import Link
from aluevahti.shapes import expectation_json

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_html(view: ReportView, own: Path | None = None) -> str:
    """The report as an HTML page; `own`: the operator's templates, which stand before the packaged ones.

    Raises:
        ConfigError: a template of the operator's own is wrong; file and line are named.
    """
    return _render("report/report.html", view, own)


def to_markdown(view: ReportView, own: Path | None = None) -> str:
    """The report as Markdown (CommonMark with tables); `own` and errors as for `to_html`."""
    text = _render("report/report.md", view, own)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _render(name: str, view: ReportView, own: Path | None) -> str:
    folder = own if own is not None and own.is_dir() else None
    values = {"view": view, "t": report_words(view.lang), "lang": view.lang.value, "md": markdown_text}
    try:
        return environment(folder).get_template(name).render(values)
    except TemplateError as error:
        if folder is None:
            raise
        file = getattr(error, "filename", None) or str(folder / name)
        line = getattr(error, "lineno", None)
        raise ConfigError((Complaint(file, line, error.message or type(error).__name__),)) from error


def markdown_text(text: str) -> str:
    """`text` on one line, with whatever would be markup made plain."""
    plain = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^([-+]|\d+[.)])(?=\s)", r"\\\1", plain)


def to_json(view: ReportView, situation: Situation) -> str:
    """The report as one JSON document: for every fact its value, its words, what it rests on, what it was."""
    return json.dumps(report_json(view, situation), ensure_ascii=False, indent=2) + "\n"


def report_json(view: ReportView, situation: Situation) -> dict[str, Json]:
    """The report as plain values, in one fixed order of keys; `national` is as in the status."""
    since = situation.since
    return {
        "as_of": situation.as_of.astimezone(situation.zone).isoformat(timespec="seconds"),
        "since": None if since is None else since.astimezone(situation.zone).isoformat(timespec="seconds"),
        "lang": view.lang.value,
        "title": view.title,
        "basis": view.basis,
        "national": {
            count.name: {**situation.national[count.name], "label": count.label, "note": count.note or None}
            for count in view.counts
        },
        "regions": {
            region.code: {
                "name": region.name,
                "grant_model": region.model,
                "sections": {section.key: _section_json(section) for section in region.sections},
                "to_check": {one.field: _statement_json(one) for one in region.to_check},
            }
            for region in view.regions
        },
        "changed": None if since is None else [region.code for region in view.changed],
        "coverage": list(view.coverage),
    }


def _section_json(section: Section) -> dict[str, Json]:
    told: dict[str, Json] = {
        "title": section.title,
        "fields": {one.field: _statement_json(one) for one in section.statements},
    }
    if section.key == "grants":
        told["windows"] = [_window_json(one) for one in section.windows]
        told["expected"] = [_expected_json(one) for one in section.expected]
    return told | {"unknown": list(section.unknown)}


def _statement_json(one: Statement) -> dict[str, Json]:
    return {
        "label": one.label,
        "value": one.value,
        "text": list(one.lines),
        "state": one.state,
        "since": one.since,
        "standing": one.standing,
        "evidence": _evidence(one.quote, one.link, one.reference),
        "mark": one.mark or None,
        "before": one.before or None,
    }


def _window_json(one: WindowLine) -> dict[str, Json]:
    return {
        **one.value,
        "text": f"{one.name}: {one.period}",
        "state": one.state,
        "standing": one.standing,
        "evidence": _evidence(one.quote, one.link, ""),
        "mark": one.mark or None,
    }


def _expected_json(one: ExpectedLine) -> dict[str, Json]:
    return {**expectation_json(one.of), "text": f"{one.view.name}: {one.view.habit}. {one.view.text}"}


def _evidence(quote: str, link: Link | None, reference: str) -> dict[str, Json]:
    return {"quote": quote or None, "url": None if link is None else link.url, "reference": reference or None}
