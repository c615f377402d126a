"""`status`: what is known of each region, and what it rests on."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, known_region, parts
from aluevahti.cli.knowledge import in_words
from aluevahti.cli.output import say, say_json, table
from aluevahti.model import STATUS_HEADINGS, Json, Language, PastValue, StatusState, StatusValue
from aluevahti.regions import REGION_CODES, by_code
from aluevahti.rules.coverage import coverage
from aluevahti.rules.season import expectations

if TYPE_CHECKING:
    from aluevahti.compose import Composition

WIDTH = 100
"""Longer lines are folded, except addresses."""


@app.command()
def status(
    context: typer.Context,
    region: Annotated[str | None, typer.Argument(metavar="[REGION]", help="Only this region.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The known status of each region, each value with its evidence and its history."""
    own = parts(context)
    code = known_region(region, "REGION")
    known = own.store.statuses()
    wanted = {name: known.get(name, {}) for name in REGION_CODES if code in {None, name}}
    history = {name: own.store.status_history(name) for name in wanted}
    if as_json:
        say_json(shapes.status_json(own.clock(), wanted, history, _overview(known), own.zone))
        return
    expected = _expected(own, wanted, history)
    for name, fields in wanted.items():
        say(f"{by_code(name).name_en} ({name})")
        for line in (*_region_lines(fields, history[name]), *expected.get(name, ())):
            say(line)
        say()
    if code is None:
        _say_overview(_overview(known))


def _region_lines(fields: Mapping[str, StatusValue], history: Mapping[str, Sequence[PastValue]]) -> Iterator[str]:
    """Every field in the order of the report, and at the end the names of those that nothing is known of."""
    from aluevahti.render.report.statements import lines_of, standing
    from aluevahti.render.report.words import report_words
    from aluevahti.render.wording import field_text

    words = report_words(Language.EN)
    unknown = []
    for field in (field for part in STATUS_HEADINGS.values() for field in part):
        value, past = fields.get(field), history.get(field, ())
        lines = () if value is None else lines_of(field, value.value, words)
        if value is None or not lines:
            unknown.append(field_text(field, words))
            continue
        yield f"  {field_text(field, words)}"
        for line in lines:
            yield _folded(line, "      ")
        yield f"      [{standing(value, words)}]"
        yield from _evidence(value)
        for old in reversed(past):
            was = "; ".join(lines_of(field, old.value.value, words))
            if was:
                yield _folded(f"before: {was} [{standing(old.value, words)}]", "      ")
    if unknown:
        yield _folded(f"Not known: {', '.join(unknown)}.", "  ")


def _evidence(value: StatusValue) -> Iterator[str]:
    evidence = value.evidence
    if evidence.quote:
        yield _folded(f"“{evidence.quote}”", "      ")
    if evidence.url:
        yield f"      {evidence.url}"
    elif evidence.reference and value.state is StatusState.BASELINE:
        yield f"      January 2023 report: {evidence.reference}"


def _folded(text: str, indent: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _expected(
    own: Composition,
    statuses: Mapping[str, Mapping[str, StatusValue]],
    history: Mapping[str, Mapping[str, Sequence[PastValue]]],
) -> Mapping[str, Sequence[str]]:
    """By region, a line for each call that is to be expected and of which nothing is known yet."""
    from aluevahti.render.catalogue import catalogue
    from aluevahti.render.expected import expected_view

    now, words = own.clock(), catalogue(Language.EN)
    read = coverage(own.config.sources, own.store.all_health(), now).read
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for one in expectations(own.store.windows(), statuses, history, now.astimezone(own.zone).date()):
        told = expected_view(one, words, is_read=one.region in read)
        lines[one.region].append(_folded(f"{told.name}: {told.season_text} – {told.habit}. {told.text}", "  "))
    return lines


def _overview(known: Mapping[str, Mapping[str, StatusValue]]) -> Json:
    from aluevahti.baseline import reported_national
    from aluevahti.rules.national import national

    return national(known, reported_national())


def _say_overview(overview: Json) -> None:
    rows = [
        ("", name, in_words(count["computed"]), in_words(count["reported"]), " ".join((count["note"] or "").split()))
        for name, count in overview.items()
    ]
    say("The country, beside the figures of the January 2023 report")
    table(("", "COUNT", "NOW", "REPORT", "NOTE"), rows)
