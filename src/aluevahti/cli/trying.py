"""`sources test`: ask sources once, store nothing, and say in plain words what would be understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, one_of, parts
from aluevahti.cli.output import counted, note, say, say_json, table
from aluevahti.cli.stopping import INTERRUPTED, first_interrupt_stops
from aluevahti.cli.watching import progress_bar, sources_app
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import DocumentUpdate, Json, Snapshot, Source, SourceState

if TYPE_CHECKING:
    from aluevahti.poll import SourceReport


@sources_app.command(name="test")
def try_out(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="These sources.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every source, the disabled ones too.")] = False,
    evidence: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep what came there, without what is personal, as golden cases."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch and show what would be understood, item by item; nothing is stored."""
    own = parts(context)
    chosen = _chosen(own, source or [], all_=all_)
    if evidence is not None:
        _require_new(evidence, chosen)
    answers: dict[str, list[Snapshot]] = {}
    reports = list(_tried(own, chosen, answers))
    if evidence is not None:
        _write_evidence(evidence, zip(chosen, reports, strict=True), answers)
    failed = [report for report in reports if report.error is not None]
    if as_json:
        shape = [_json(one, report, own) for one, report in zip(chosen, reports, strict=True)]
        say_json({"tested_at": shapes.moment(own.clock(), own.zone), "sources": shape})
    else:
        for one, report in zip(chosen, reports, strict=True):
            _say(one, report, own, briefly=all_)
    if failed:
        raise typer.Exit(1)


def _chosen(own: Composition, names: Sequence[str], *, all_: bool) -> list[Source]:
    if all_ == bool(names):
        raise ConfigError((Complaint("sources test", None, "name one source or more, or say --all"),))
    ids = [source.id for source in own.config.sources]
    for name in names:
        one_of(name, ids, "SOURCE")
    return [source for source in own.config.sources if all_ or source.id in names]


def _require_new(folder: Path, chosen: Sequence[Source]) -> None:
    """Evidence that is there already stays: somebody may have looked through it."""
    there = [place for source in chosen if (place := folder / source.platform / source.id).exists()]
    if there:
        raise ConfigError(tuple(Complaint(str(place), None, "is there already") for place in there))


def _write_evidence(
    folder: Path, tried: Iterable[tuple[Source, SourceReport]], answers: Mapping[str, list[Snapshot]]
) -> None:
    from aluevahti.cli.evidence import write_bundle

    try:
        for source, report in tried:
            write_bundle(folder, source, answers.get(source.id, ()), verdict(source, report))
    except OSError as error:
        raise ConfigError((Complaint(str(folder), None, f"cannot be written: {error.strerror}"),)) from None
    note(f"Wrote evidence to {folder}. Look through it for names of private persons before you hand it on.")


def _tried(own: Composition, chosen: Sequence[Source], answers: dict[str, list[Snapshot]]) -> Iterator[SourceReport]:
    """What a first check of each source comes to, in the order given; against an empty state in memory."""
    from aluevahti.cli.evidence import KeepingFetcher
    from aluevahti.poll import run_pass
    from aluevahti.storage import Store

    fetcher = own.make_fetcher(KeepingFetcher)
    fetcher.answers = answers
    awake = [replace(source, enabled=True) for source in chosen]
    with (
        Store.open("sqlite://", now=own.clock()) as empty,
        progress_bar(len(awake)) as advance,
        first_interrupt_stops() as stopping,
    ):
        empty.sync_sources(awake, own.clock())
        report = run_pass(
            empty,
            fetcher,
            awake,
            own.clock,
            own.poll_settings_of(own.config),
            dry_run=True,
            progress=advance,
            stopping=stopping,
        )
        if stopping():
            raise typer.Exit(INTERRUPTED)
    by_id = {one.source: one for one in report.sources}
    yield from (by_id[source.id] for source in chosen)


def verdict(source: Source, report: SourceReport) -> str:
    """What came of trying a source, in plain words."""
    seen = _documents(report)
    if report.state is SourceState.FORBIDDEN:
        words = "robots.txt forbids it; with the owner's written permission, record that as permission:"
    elif report.error is not None:
        words = f"does not read: {report.error}"
    elif not seen:
        words = "answers, and says that there is nothing"
    else:
        dated = [day for day in map(_day, seen) if day]
        with_text = sum(each.text is not None for each in seen)
        words = f"reads: {counted(len(seen), 'document')}, {with_text} of them with their text"
        words += f", the newest of {max(dated)}" if dated else "; none of them has a date"
    readable = report.error is None and report.state is not SourceState.FORBIDDEN
    return words + ("; it is disabled: set enabled: true to watch it" if readable and not source.enabled else "")


def _documents(report: SourceReport) -> tuple[DocumentUpdate, ...]:
    return () if report.outcome is None else report.outcome.documents


def _day(update: DocumentUpdate) -> str | None:
    return shapes.day(update.known.meeting_on or update.known.published_on)


def _say(source: Source, report: SourceReport, own: Composition, *, briefly: bool) -> None:
    say(f"{source.id}: {verdict(source, report)}.")
    if briefly:
        return
    say(f"    {source.platform}, {source.url}; {counted(report.requests, 'request')}")
    if report.outcome is not None and report.outcome.health.next_poll_at is not None:
        say(f"    next check: {shapes.local(report.outcome.health.next_poll_at, own.zone)}")
    rows = [("", *_row(update)) for update in _documents(report)]
    if rows:
        table(("", "DATE", "WHAT", "UNDERSTOOD AS", "TITLE", "KEY"), rows)
    say()


def _row(update: DocumentUpdate) -> tuple[object, ...]:
    document, reading = update.known, update.reading
    understood = "" if reading is None else reading.doc_kind.value + ("" if reading.is_relevant else ", not relevant")
    what = (document.phase or document.form).value
    return _day(update), what, understood, document.title, document.key


def _json(source: Source, report: SourceReport, own: Composition) -> dict[str, Json]:
    health = None if report.outcome is None else report.outcome.health
    return {
        "id": source.id,
        "region": source.region,
        "platform": source.platform,
        "url": source.url,
        "enabled": source.enabled,
        "state": report.state.value,
        "verdict": verdict(source, report),
        "error": report.error,
        "requests": report.requests,
        "next_check": None if health is None else shapes.moment(health.next_poll_at, own.zone),
        "documents": [_document_json(update) for update in _documents(report)],
    }


def _document_json(update: DocumentUpdate) -> dict[str, Json]:
    return {
        **shapes.listed_json(update.known),
        "characters": None if update.text is None else len(update.text),
        "understood": None if update.reading is None else shapes.reading_json(update.reading),
    }
