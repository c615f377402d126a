"""Commands that look at the regions' pages: check, sources, sources test."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, RegionOption, app, known_region, one_of, parts
from aluevahti.cli.knowledge import say_change
from aluevahti.cli.output import counted, note, say, say_json, table
from aluevahti.cli.stopping import INTERRUPTED, first_interrupt_stops
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError, Locked
from aluevahti.model import Json, Source, SourceHealth, SourceState

if TYPE_CHECKING:
    from aluevahti.poll import PassReport, SourceReport
    from aluevahti.storage import Store

sources_app = typer.Typer(help="How each source is doing; `sources test` asks one and shows what is understood.")
app.add_typer(sources_app, name="sources")

WAIT = dt.timedelta(minutes=10)
"""How long a check by hand waits for another one that is under way."""


@app.command()
def check(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Only these sources.")] = None,
    region: RegionOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing, only show.")] = False,
    as_json: JsonOption = False,
) -> None:
    """One pass over all enabled sources, or these, now: schedules and back-off do not count."""
    own = parts(context)
    chosen = _chosen(own, source or [], known_region(region))
    from aluevahti.poll import run_pass
    from aluevahti.poll.forgetting import forget_what_left

    own.store.sync_sources(own.config.sources, own.clock())
    with _alone(own.store), progress_bar(len(chosen)) as advance, first_interrupt_stops() as stopping:
        report = run_pass(
            own.store,
            own.fetcher,
            chosen,
            own.clock,
            own.poll_settings_of(own.config),
            dry_run=dry_run,
            progress=advance,
            stopping=stopping,
        )
        stopped = stopping()
        if not dry_run:
            forget_what_left(own.store, own.clock(), own.zone)
    if as_json:
        say_json(_pass_json(report, own, dry_run=dry_run))
    else:
        _say_pass(report, own, dry_run=dry_run)
    for failed in report.failed:
        note(f"aluevahti: {failed.source}: {failed.error}")
    if stopped:
        raise typer.Exit(INTERRUPTED)
    if report.failed:
        raise typer.Exit(1)


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """The right to check; where somebody else has it, it is said that this command waits.

    Raises:
        Locked: the other one takes too long.
    """
    with ExitStack() as held:
        try:
            held.enter_context(store.exclusive("pass"))
        except Locked:
            note("aluevahti: another check is under way; this one begins when it is over")
            held.enter_context(store.exclusive("pass", WAIT))
        yield


def _chosen(own: Composition, names: Sequence[str], region: str | None) -> list[Source]:
    """The enabled sources that the call names; all of them where it names none."""
    ids = {source.id for source in own.config.sources}
    for name in names:
        one_of(name, ids, "SOURCE")
    chosen = [
        source for source in own.config.sources if (not names or source.id in names) and region in {None, source.region}
    ]
    if names and not all(source.enabled for source in chosen):
        off = ", ".join(source.id for source in chosen if not source.enabled)
        raise ConfigError((Complaint("SOURCE", None, f"{off} is disabled; `aluevahti sources test` tries it"),))
    awake = [source for source in chosen if source.enabled]
    if region is not None and not awake:
        whose = "none of these sources" if names else "no enabled source"
        raise ConfigError((Complaint("--region", None, f"{whose} is of '{region}'; nothing would be checked"),))
    return awake


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[SourceReport], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Checking", total=total)
        yield lambda _report: bar.advance(task)


def _pass_json(report: PassReport, own: Composition, *, dry_run: bool) -> dict[str, Json]:
    place = {source.id: number for number, source in enumerate(own.config.sources)}
    return {
        "checked_at": shapes.moment(own.clock(), own.zone),
        "dry_run": dry_run,
        "requests": report.requests,
        "sources": [
            {
                "id": one.source,
                "region": one.region,
                "state": one.state.value,
                "changes": len(one.changes),
                "requests": one.requests,
                "error": one.error,
            }
            for one in sorted(report.sources, key=lambda one: place[one.source])
        ],
        "failed": [one.source for one in report.failed],
        "changes": [shapes.change_json(change, own.zone) for change in report.changes],
    }


def _say_pass(report: PassReport, own: Composition, *, dry_run: bool) -> None:
    for change in report.changes:
        say_change(change, own.zone)
    forbidden = sum(one.state is SourceState.FORBIDDEN for one in report.sources)
    say(
        f"{counted(len(report.sources), 'source')} checked, {counted(len(report.changes), 'change')}, "
        f"{len(report.failed)} failed"
        + (f", {forbidden} forbidden by robots.txt" if forbidden else "")
        + ("; nothing was stored." if dry_run else ".")
    )


@sources_app.callback(invoke_without_command=True)
def sources(context: typer.Context, as_json: JsonOption = False) -> None:
    """How each source is doing: last success, last change, failures, next check."""
    if context.invoked_subcommand is not None:
        return
    own = parts(context)
    health = own.store.all_health()
    known = [(source, health.get(source.id, SourceHealth())) for source in own.config.sources]
    if as_json:
        listed = [shapes.source_json(source, state, own.zone) for source, state in known]
        say_json({"as_of": shapes.moment(own.clock(), own.zone), "sources": listed})
        return
    headers = ("ID", "REGION", "STATE", "LAST SUCCESS", "LAST CHANGE", "FAILURES", "NEXT CHECK", "")
    table(headers, [_health_row(source, state, own.zone) for source, state in known])


def _health_row(source: Source, health: SourceHealth, zone: dt.tzinfo) -> tuple[object, ...]:
    remark = health.error if source.enabled else ""
    if source.permission is not None:
        remark = f"permission: {source.permission}" + (f"; {remark}" if remark else "")
    return (
        source.id,
        source.region,
        shapes.state_of(source, health).value,
        shapes.local(health.last_success_at, zone),
        shapes.local(health.last_change_at, zone),
        health.bad_checks or "",
        shapes.local(health.next_poll_at, zone) if source.enabled else "",
        remark,
    )


@app.command()
def run(context: typer.Context) -> None:
    """The background service: scheduler and web site, until SIGTERM; what is under way is finished first."""
    from aluevahti.service import Service

    own = parts(context, log_level=logging.INFO)
    web = own.config.service.web
    try:
        Service(own).run()
    except Locked as error:
        raise ConfigError((Complaint(own.config.service.database, None, str(error)),)) from error
    except OSError as error:
        place = f"service.web.listen {web.host}:{web.port}"
        raise ConfigError((Complaint(str(own.path), None, f"{place} cannot be used: {error.strerror}"),)) from error
