"""Commands that tell what was read: changes and documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, RegionOption, app, known_region, parts
from aluevahti.cli.output import say, say_json, table
from aluevahti.model import Change, ChangeKind, Json, KnownDocument, Theme
from aluevahti.rules.matters import day_of, same_matter
from aluevahti.rules.retention import ON_VIEW, Departure, departed


@app.command()
def changes(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only what was noticed at this time or later, 2026-03-01.")
    ] = None,
    region: RegionOption = None,
    theme: Annotated[Theme | None, typer.Option(help="Only of this theme.")] = None,
    kind: Annotated[ChangeKind | None, typer.Option(help="Only of this kind.")] = None,
    as_json: JsonOption = False,
) -> None:
    """What changed, oldest first. With --json one object a line."""
    own = parts(context)
    from_at = None if since is None else own.moment(since, "--since")
    code = known_region(region)
    found = own.store.changes(since=from_at, region=code, theme=theme, kind=kind)
    if as_json:
        for change in found:
            say_json(shapes.change_json(change, own.zone), lines=True)
        return
    told = False
    for change in found:
        told = True
        say_change(change, own.zone)
    if not told:
        say("Nothing has changed.")


def say_change(change: Change, zone: dt.tzinfo) -> None:
    """Print one change for people: when, what, where, and what was before and is after."""
    doubt = "" if change.sure else "  (unsure)"
    say(f"{shapes.local(change.detected_at, zone)}  {change.kind.value:<16} {change.region}{doubt}")
    say(f"    {change.title}")
    sides = [in_words(side) for side in (change.before, change.after) if side is not None]
    if sides:
        say(f"    {' -> '.join(sides)}")
    if change.evidence is not None and change.evidence.quote:
        say(f"    “{_cut(change.evidence.quote)}”")
    if change.url:
        say(f"    {change.url}")


def in_words(value: Json) -> str:
    """A value of JSON as people read it: without braces, quotes and what is unknown."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return (
            ", ".join(f"{key} {in_words(each)}" for key, each in value.items() if each not in (None, [], False)) or "-"
        )
    if isinstance(value, list):
        return "; ".join(in_words(each) for each in value) or "-"
    return str(value)


def _cut(text: str, length: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


@app.command()
def documents(
    context: typer.Context,
    region: RegionOption = None,
    search: Annotated[str | None, typer.Option(metavar="WORDS", help="Only those that have all these words.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The documents that are known. With --search the best first; with --json one object a line.

    A word is found in all its forms, and in compounds; `avustu*` takes any ending.
    """
    from aluevahti.text.lemmas import forms_of

    own = parts(context)
    code = known_region(region)
    found = own.store.documents(region=code, words=search, forms=None if search is None else forms_of(search))
    if as_json:
        for known in found:
            others = same_matter(known, own.store.matter)
            say_json(shapes.document_json(known, own.zone, others), lines=True)
        return
    rows = [
        (
            known.id,
            known.region,
            shapes.day(known.document.published_on or known.document.meeting_on),
            known.document.phase or known.document.form,
            removal_in_words(known),
            known.document.title,
            known.document.case_number,
            "; ".join(handling_in_words(one) for one in same_matter(known, own.store.matter)),
            known.document.url,
        )
        for known in found
    ]
    if rows:
        table(("ID", "REGION", "DATE", "WHAT", "", "TITLE", "CASE", "SAME MATTER", "ADDRESS"), rows)
    else:
        say("No document is known." if search is None else "No document has all these words.")


def removal_in_words(known: KnownDocument) -> str:
    """Whether a document is no longer on the net, and whether its time there was over; "" while it is."""
    how = departed(known)
    if how is None:
        return ""
    if known.document.form not in ON_VIEW or how is Departure.UNKNOWN:
        return "removed"
    return "removed after its time" if how is Departure.AFTER_ITS_TIME else "removed early"


def handling_in_words(known: KnownDocument) -> str:
    """One handling of a matter in a few words: the organ, the day and the §, else the document's title and day."""
    document = known.document
    day = shapes.day(day_of(known))
    if document.organ is None or document.section is None:
        return f"{_cut(document.title, 60)} {day}"
    return f"{document.organ} {day} § {document.section}"
