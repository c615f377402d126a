"""`/healthz`: whether the service itself works, for machines; with the reasons in words, for people.

    ok        everything works
    degraded  the service works, something around it does not: sources in trouble, mail that waits
    failing   the service itself does not: a tick is stuck or fails, the database fails, nothing could be polled

Says nothing that is not anybody's business: no addresses of readers, no paths, no passwords.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aluevahti import __version__
from aluevahti.errors import StorageError
from aluevahti.model import DeliveryState, Json, Source, SourceHealth, SourceState
from aluevahti.notify.pauses import read_pause
from aluevahti.rules.health import PATIENCE
from aluevahti.shapes import moment, state_of
from aluevahti.web.pulse import Pulse
from aluevahti.web.site import Site

NOTHING_FOR = dt.timedelta(hours=3)
"""When nothing at all could be read for this long, the trouble is ours, not the sources'."""

OVERDUE = dt.timedelta(hours=3)
"""A source that is asked this much later than it should be shows that the passes do not keep up."""

POLLABLE = frozenset({SourceState.NEW, SourceState.OK, SourceState.FAILING, SourceState.SILENT})
"""The states of sources that are asked: not those that are forbidden or disabled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What health is judged by.

    Attributes:
        service: what is wrong with the service itself, in words.
        sources: each configured source with its health.
        outbox: how many mails are in each state.
        notes: remarks of the service that do not keep it from working.
        mail_waits: why all mail waits; None: it does not.
    """

    service: tuple[str, ...]
    sources: tuple[tuple[Source, SourceHealth], ...]
    outbox: Mapping[DeliveryState, int]
    mail_waits: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`status` is ok, degraded or failing; `problems` says why, the gravest first."""

    status: str
    problems: tuple[str, ...]


def judged(facts: Facts, now: dt.datetime) -> Judgement:
    """How the service does at `now` (aware)."""
    grave = (*facts.service, *_nothing_read(facts, now))
    light = (*facts.notes, *_sources_in_trouble(facts, now), *_mail_in_trouble(facts))
    status = "failing" if grave else "degraded" if light else "ok"
    return Judgement(status, (*grave, *light))


def _nothing_read(facts: Facts, now: dt.datetime) -> Iterator[str]:
    """Where every single source is in trouble, the trouble is most likely ours: no network, no DNS."""
    pollable = [one for source, one in facts.sources if state_of(source, one) in POLLABLE]
    if not pollable or not all(one.bad_checks for one in pollable):
        return
    read = [one.last_success_at for one in pollable if one.last_success_at is not None]
    if read and now - max(read) > NOTHING_FOR:
        yield f"no source could be read for {(now - max(read)) / dt.timedelta(hours=1):.0f} hours"
    elif not read and all(one.bad_checks >= PATIENCE for one in pollable):
        yield "no source could be read yet"


def _sources_in_trouble(facts: Facts, now: dt.datetime) -> Iterator[str]:
    states = [(source, one, state_of(source, one)) for source, one in facts.sources]
    for word, state in (("cannot be read", SourceState.FAILING), ("no longer yield documents", SourceState.SILENT)):
        named = [source.id for source, _, found in states if found is state]
        if named:
            yield f"{len(named)} of {len(states)} sources {word}: {_some(named)}"
    late = [
        source.id
        for source, one, found in states
        if found in POLLABLE and one.next_poll_at is not None and now - one.next_poll_at > OVERDUE
    ]
    if late:
        yield f"{len(late)} of {len(states)} sources overdue: {_some(late)}"


def _some(names: list[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _mail_in_trouble(facts: Facts) -> Iterator[str]:
    if facts.mail_waits is not None:
        yield f"all mail waits: {facts.mail_waits}"
    held = facts.outbox.get(DeliveryState.HELD, 0)
    if held:
        yield f"mail is held until somebody decides whether it arrived ({held}): see `aluevahti outbox list`"


def health(site: Site) -> tuple[bool, dict[str, Json]]:
    """Whether the service itself works, and the whole answer."""
    now, zone = site.clock(), site.config().service.timezone
    try:
        facts = _facts(site)
    except StorageError:
        problems = [*site.pulse.problems(), "the database cannot be read"]
        return False, {**_head("failing", problems, site.pulse, now, zone), "sources": None, "outbox": None}
    judgement = judged(facts, now)
    states = Counter(state_of(source, one) for source, one in facts.sources)
    waiting = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.DATA)
    return judgement.status != "failing", {
        **_head(judgement.status, list(judgement.problems), site.pulse, now, zone),
        "sources": {state.value: states[state] for state in SourceState},
        "last_success": moment(max(_successes(facts), default=None), zone),
        "outbox": {
            "waiting": sum(facts.outbox[state] for state in waiting),
            "failed": facts.outbox[DeliveryState.FAILED],
            "held": facts.outbox[DeliveryState.HELD],
        },
    }


def _head(status: str, problems: list[str], pulse: Pulse, now: dt.datetime, zone: ZoneInfo) -> dict[str, Json]:
    return {
        "status": status,
        "problems": problems,
        "version": __version__,
        "as_of": moment(now, zone),
        "last_pass": moment(pulse.last_pass_at, zone),
    }


def _successes(facts: Facts) -> Iterator[dt.datetime]:
    return (one.last_success_at for _, one in facts.sources if one.last_success_at is not None)


def _facts(site: Site) -> Facts:
    known = site.store.all_health()
    pause = read_pause(site.store)
    waits = None if pause is None else "the mail server refuses us" if pause.ours else "the mail server does not answer"
    return Facts(
        service=site.pulse.problems(),
        sources=tuple((source, known.get(source.id, SourceHealth())) for source in site.config().sources),
        outbox=site.store.outbox_counts(),
        mail_waits=waits,
        notes=tuple(site.pulse.notes.values()),
    )
