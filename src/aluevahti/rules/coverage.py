"""How much of the country was really read: what makes silence mean "no news" and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from aluevahti.model import Coverage, Source, SourceHealth, SourceState
from aluevahti.regions import REGION_CODES

GRACE = dt.timedelta(hours=26)
"""How long after it was due a source may be unread before its region no longer counts as read: a check
that runs once a day by hand or by cron is in order."""


def coverage(sources: Iterable[Source], health: Mapping[str, SourceHealth], now: dt.datetime) -> Coverage:
    """Which regions were read, which were not, and since when; regions in the country's order.

    Args:
        sources: all configured sources; disabled ones watch nothing.
        health: what is known of each by id; a source that is missing here was never read.
        now: the moment (aware).

    Returns:
        `read`: every enabled source was read when it was due. `partly`: some were. `forbidden`: at least
        one may not be read because of robots.txt (such a region is never wholly `read`).
        `unread_since`: for regions of which something could not be read, when that was last read; None: never.
    """
    by_region: dict[str, list[tuple[Source, SourceHealth]]] = {code: [] for code in REGION_CODES}
    for source in sources:
        if source.enabled:
            by_region.setdefault(source.region, []).append((source, health.get(source.id, SourceHealth())))
    read, partly, forbidden, unwatched = [], [], [], []
    unread_since: dict[str, dt.datetime | None] = {}
    for region, watched in by_region.items():
        barred = [one for _, one in watched if one.state is SourceState.FORBIDDEN]
        missed = [one for _, one in watched if one.state is not SourceState.FORBIDDEN and not is_read(one, now)]
        good = len(watched) - len(barred) - len(missed)
        if not watched:
            unwatched.append(region)
        elif good == len(watched):
            read.append(region)
        elif good:
            partly.append(region)
        if barred:
            forbidden.append(region)
        if missed:
            unread_since[region] = _oldest(missed)
    return Coverage(
        read=tuple(read),
        partly=tuple(partly),
        unread_since=unread_since,
        forbidden=tuple(forbidden),
        unwatched=tuple(unwatched),
    )


def is_read(health: SourceHealth, now: dt.datetime) -> bool:
    """Whether a source is in order and was read when it was last due, or not long after."""
    if health.state is not SourceState.OK or health.last_success_at is None:
        return False
    due_at = max(health.last_success_at, health.next_poll_at or health.last_success_at)
    return now - due_at <= GRACE


def _oldest(missed: Iterable[SourceHealth]) -> dt.datetime | None:
    """When the longest unread of these sources was last read; None: one of them never was."""
    times = [one.last_success_at for one in missed]
    known = [time for time in times if time is not None]
    return min(known) if len(known) == len(times) else None
