"""The command that writes the situation report anew from the state."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti.cli.app import JsonOption, app, parts
from aluevahti.cli.files import write_whole
from aluevahti.cli.output import note
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import Language
from aluevahti.regions import REGION_CODES

if TYPE_CHECKING:
    from aluevahti.compose import Composition
    from aluevahti.render.report import Situation


class Format(StrEnum):
    """How the report is laid out."""

    HTML = "html"
    MD = "md"
    JSON = "json"


@app.command()
def report(
    context: typer.Context,
    lang: Annotated[Language, typer.Option(help="The report's language.")] = Language.FI,
    layout: Annotated[
        Format | None,
        typer.Option("--format", help="The report's form; without it the one that FILE is named after, else html."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Mark what changed on this day or later, 2026-03-01.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """The situation of all regions, written from what is known; the same state gives the same report.

    It tells of the moment of the newest thing in the state, or of --now.
    """
    from aluevahti.render.report import report_view, to_html, to_json, to_markdown

    own = parts(context)
    situation = _situation(own, None if since is None else own.moment(since, "--since"))
    view = report_view(situation, lang)
    templates = None if own.config.path is None else own.config.path.parent / "templates"
    match Format.JSON if as_json else layout or _named_after(output):
        case Format.JSON:
            text = to_json(view, situation)
        case Format.MD:
            text = to_markdown(view, templates)
        case Format.HTML:
            text = to_html(view, templates)
    if output is None:
        print(text, end="")
        return
    _write(output, text)
    note(f"The report is in {output}.")


def _named_after(output: Path | None) -> Format:
    suffix = "" if output is None else output.suffix.lower().removeprefix(".")
    return {"md": Format.MD, "markdown": Format.MD, "json": Format.JSON}.get(suffix, Format.HTML)


def _situation(own: Composition, since: dt.datetime | None) -> Situation:
    from aluevahti.baseline import reported_national
    from aluevahti.render.report import Situation, newest_moment
    from aluevahti.rules.national import national

    store = own.store
    statuses, health = store.statuses(), store.all_health()
    history = {code: store.status_history(code) for code in REGION_CODES}
    newest = store.changes(after_id=max(0, store.last_change_id() - 1))
    moment = None if own.now_text is not None else newest_moment(statuses, history, health, newest, own.zone)
    return Situation(
        as_of=moment or own.clock(),
        zone=own.zone,
        statuses=statuses,
        history=history,
        windows=store.windows(),
        proposals=store.proposals(),
        national=national(statuses, reported_national()),
        sources=own.config.sources,
        health=health,
        since=since,
        changes=() if since is None else tuple(store.changes(since=since)),
    )


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text)
    except OSError as error:
        raise ConfigError((Complaint(str(file), None, error.strerror or str(error)),)) from None
