"""`doctor`: is everything well, and if not, what is to be done."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, parts
from aluevahti.cli.output import counted, say_json, table
from aluevahti.compose import Composition
from aluevahti.errors import ConfigError, DeliveryError, StorageError
from aluevahti.model import DeliveryState, Source, SourceHealth, SourceState

if TYPE_CHECKING:
    from aluevahti.config import Config

MIB = 1024 * 1024
TIGHT_DISK = 1024 * MIB
FULL_DISK = 100 * MIB
OVERDUE = dt.timedelta(hours=6)
"""A source that should have been asked this long ago is not being asked."""

BUILT_IN = 2026
"""No clock that is right shows an earlier year."""


class Grade(StrEnum):
    """How bad a finding is; only `bad` makes the command exit with 1."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    grade: Grade
    text: str


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Check configuration, database, mail, disk, clock and every source's health."""
    own = parts(context)
    findings = list(_findings(own))
    well = all(finding.grade is not Grade.BAD for finding in findings)
    if as_json:
        checks = [{"name": each.name, "grade": each.grade.value, "text": each.text} for each in findings]
        say_json({"as_of": shapes.moment(own.clock(), own.zone), "ok": well, "checks": checks})
    else:
        table(("WHAT", "", "FINDING"), [(each.name, each.grade.value, each.text) for each in findings])
    if not well:
        raise typer.Exit(1)


def _findings(own: Composition) -> Iterator[Finding]:
    """All that was looked at; a database that cannot be used is a finding, too, and the rest is looked at without it.

    Raises:
        ConfigError: the configuration is wrong.
    """
    said: set[str] = set()
    _ = own.config
    for check in (_configuration, _database, _search, _mail, _disk, _clock, _sources):
        try:
            yield from check(own)
        except (ConfigError, StorageError) as error:
            if str(error) not in said:
                yield Finding("database", Grade.BAD, str(error))
            said.add(str(error))


def _configuration(own: Composition) -> Iterator[Finding]:
    config: Config = own.config
    enabled = sum(source.enabled for source in config.sources)
    yield Finding(
        "configuration", Grade.OK, f"{own.path}: {counted(len(config.sources), 'source')}, {enabled} of them enabled"
    )
    domain = config.service.contact.rpartition("@")[2]
    if domain in {"example.org", "example.com", "example.net"}:
        yield Finding("configuration", Grade.WARN, "service.contact is still the example; put your own address there")
    if not enabled:
        yield Finding("configuration", Grade.BAD, "no source is enabled: nothing is watched")
    host = urlsplit(config.service.public_url).hostname or ""
    if own.store.subscribers() and host in {"localhost", "127.0.0.1", "::1", "0.0.0.0"}:  # noqa: S104 - not bound to
        text = f"links in mails lead to {config.service.public_url}, which no reader reaches; set service.public_url"
        yield Finding("configuration", Grade.WARN, text)


def _database(own: Composition) -> Iterator[Finding]:
    store = own.store
    about = f"{own.config.service.database}, revision {store.schema_revision()}, {store.size_bytes() / MIB:.1f} MiB"
    yield Finding("database", Grade.OK, f"{about}, SQLite {store.sqlite_version()}")
    for damage in store.integrity(deep=True):
        yield Finding("database", Grade.BAD, damage)


def _search(own: Composition) -> Iterator[Finding]:
    from aluevahti.poll.indexing import made_by
    from aluevahti.text.lemmas import lemmatiser

    present, maker = lemmatiser(), made_by(own.store)
    missing = "" if present.knows_compounds else "; with libvoikko1 and voikko-fi it would find more Finnish forms"
    yield Finding("search", Grade.OK, f"words are looked up with {present.name}{missing}")
    if maker not in {None, present.name}:
        yield Finding("search", Grade.WARN, f"the index was made with {maker}; run `aluevahti db reindex`")


def _mail(own: Composition) -> Iterator[Finding]:
    mail = own.config.service.mail
    server = f"{mail.host}:{mail.port}, {mail.security.value}"
    try:
        own.greet_mail_server()
    except DeliveryError as error:
        yield Finding("mail", Grade.BAD if _somebody_waits(own) else Grade.WARN, f"{server}: {error}")
    else:
        yield Finding("mail", Grade.OK, f"{server} answers")
    waiting = own.store.outbox(bodies=False)
    for state, grade in ((DeliveryState.HELD, Grade.BAD), (DeliveryState.FAILED, Grade.WARN)):
        count = sum(each.state is state for each in waiting)
        if count:
            yield Finding("mail", grade, f"{count} in the outbox {state.value}; see `aluevahti outbox list`")


def _somebody_waits(own: Composition) -> bool:
    """Whether anybody is to get mail; where nobody can tell, somebody is."""
    try:
        return bool(own.store.subscribers())
    except (ConfigError, StorageError):
        return True


def _disk(own: Composition) -> Iterator[Finding]:
    from aluevahti.config import database_path

    folder = database_path(own.config.service.database).parent
    free = shutil.disk_usage(folder).free
    grade = Grade.BAD if free < FULL_DISK else Grade.WARN if free < TIGHT_DISK else Grade.OK
    yield Finding("disk", grade, f"{free / MIB:,.0f} MiB free at {folder}")


def _clock(own: Composition) -> Iterator[Finding]:
    now = own.clock()
    told = f"{shapes.local(now, own.zone)} {own.zone.key}"
    latest = _last_attempt(own)
    if now.year < BUILT_IN:
        yield Finding("clock", Grade.BAD, f"it shows {told}, which is before this program was written")
    elif latest is not None and latest > now:
        last = shapes.local(latest, own.zone)
        yield Finding("clock", Grade.BAD, f"it shows {told}, but a source was checked at {last}: it has gone back")
    else:
        yield Finding("clock", Grade.OK, told)


def _last_attempt(own: Composition) -> dt.datetime | None:
    """When a source was asked last; None where nobody knows."""
    try:
        attempts = [health.last_attempt_at for health in own.store.all_health().values() if health.last_attempt_at]
    except (ConfigError, StorageError):
        return None
    return max(attempts, default=None)


def _sources(own: Composition) -> Iterator[Finding]:
    health = own.store.all_health()
    for source in own.config.sources:
        if source.enabled:
            yield _source(source, health.get(source.id, SourceHealth()), own)


def _source(source: Source, health: SourceHealth, own: Composition) -> Finding:
    since = shapes.moment(health.last_success_at, own.zone) or "never"
    match health.state:
        case SourceState.OK if health.bad_checks:
            return Finding(source.id, Grade.WARN, f"{health.bad_checks} bad checks in a row: {health.error}")
        case SourceState.OK:
            overdue = health.next_poll_at is not None and health.next_poll_at + OVERDUE < own.clock()
            if overdue:
                return Finding(
                    source.id, Grade.WARN, f"is overdue since {shapes.moment(health.next_poll_at, own.zone)}"
                )
            return Finding(source.id, Grade.OK, f"read {since}")
        case SourceState.NEW:
            return Finding(source.id, Grade.WARN, f"not read yet{'' if health.error is None else ': ' + health.error}")
        case SourceState.FORBIDDEN:
            return Finding(source.id, Grade.WARN, health.error or "robots.txt forbids it")
        case _:
            return Finding(source.id, Grade.BAD, f"{health.state.value}, last read {since}: {health.error}")
