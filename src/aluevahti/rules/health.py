"""How a source is doing, and when its operator is told: once per state, and once when it is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from aluevahti.model import Change, ChangeKind, Source, SourceHealth, SourceState

PATIENCE = 3
"""The bad check in a row at which trouble is told at the latest."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A source's health after a check, and what there is to tell of it."""

    health: SourceHealth
    changes: tuple[Change, ...] = ()


def after_good(
    health: SourceHealth, source: Source, now: dt.datetime, *, quiet: str | None = None, fresh: bool = False
) -> Turn:
    """The source was read: trouble that was told is over, and that is told too.

    Args:
        health: how it was.
        source: which one.
        now: the moment of the check.
        quiet: why it should have had something new by now; None where it was not looked at or is well.
        fresh: it had a new document. Only that ends a silence of this kind.
    """
    was_quiet = health.told_state is SourceState.SILENT and health.bad_checks == 0
    silent = not fresh and (quiet is not None or was_quiet)
    well = replace(
        health,
        state=SourceState.SILENT if silent else SourceState.OK,
        told_state=SourceState.SILENT if silent else None,
        told_count=0,
        bad_checks=0,
        error=(quiet or health.error) if silent else None,
        last_attempt_at=now,
        last_success_at=now,
        quarantine=None,
        quarantine_count=0,
    )
    if silent:
        told = () if was_quiet else (_change(ChangeKind.SOURCE_SILENT, source, health, well, now),)
        return Turn(well, told)
    if health.told_state is None:
        return Turn(well)
    return Turn(well, (_change(ChangeKind.SOURCE_RECOVERED, source, health, well, now),))


def after_trouble(
    health: SourceHealth, source: Source, now: dt.datetime, *, error: str, silent: bool, at_once: bool
) -> Turn:
    """The source could not be read.

    Args:
        health: how it was.
        source: which one.
        now: the moment of the check.
        error: one line for the operator.
        silent: it answers, but not with what it used to.
        at_once: told now, not at the third time: an empty list or a changed layout has no innocent cause.
    """
    bad = health.bad_checks + 1
    state = SourceState.SILENT if silent else SourceState.FAILING
    told = at_once or bad >= PATIENCE
    worse = replace(
        health,
        state=state if told or health.told_state is not None else health.state,
        bad_checks=bad,
        error=error,
        last_attempt_at=now,
    )
    if not told or health.told_state is state:
        return Turn(worse)
    worse = replace(worse, state=state, told_state=state, told_count=bad)
    kind = ChangeKind.SOURCE_SILENT if silent else ChangeKind.SOURCE_FAILING
    return Turn(worse, (_change(kind, source, health, worse, now),))


def after_forbidden(health: SourceHealth, source: Source, now: dt.datetime, *, error: str) -> Turn:
    """robots.txt forbids the source: that is its state, told once, and no failure of the check."""
    state = SourceState.FORBIDDEN
    forbidden = replace(
        health, state=state, told_state=state, error=error, bad_checks=0, last_attempt_at=now, told_count=1
    )
    if health.told_state is state:
        return Turn(forbidden)
    return Turn(forbidden, (_change(ChangeKind.SOURCE_FAILING, source, health, forbidden, now),))


def _change(kind: ChangeKind, source: Source, before: SourceHealth, after: SourceHealth, now: dt.datetime) -> Change:
    return Change(
        kind=kind,
        region=source.region,
        source=source.id,
        detected_at=now,
        title=source.id,
        url=source.url,
        relevant=False,
        themes=(),
        before={"state": before.state.value, "error": before.error},
        after={"state": after.state.value, "error": after.error},
    )
