"""When a source is asked next."""

from __future__ import annotations

import datetime as dt
import hashlib
from zoneinfo import ZoneInfo

from cronsim import CronSim

from aluevahti.model import Source

LONGEST = dt.timedelta(days=1)
"""However long a source has been failing, it is asked at least daily: watching never stops by itself."""

PATIENCE = 3
"""Bad checks in a row before the source is asked less often."""


def next_poll_at(
    source: Source,
    now: dt.datetime,
    *,
    timezone: str = "Europe/Helsinki",
    bad_checks: int = 0,
    retry_at: dt.datetime | None = None,
) -> dt.datetime:
    """The time of the next poll: aware UTC, after `now`, at most `every` (or a day, in trouble) away.

    The interval carries up to 10 % of jitter that belongs to the source, so that sources with the
    same interval spread over it and a restart changes nothing. A server's Retry-After only delays.
    """
    if source.cron is not None:
        due = _next_cron(source.cron, now, ZoneInfo(timezone))
    else:
        due = now + source.every + _jitter(source)
    if bad_checks >= PATIENCE:
        interval = max(due - now, dt.timedelta(minutes=1))
        backed_off = interval * 2 ** min(bad_checks - PATIENCE + 1, 10)
        due = max(due, now + min(backed_off, LONGEST))
    if retry_at is not None:
        due = max(due, retry_at)
    return max(due, now + dt.timedelta(seconds=1))


def _next_cron(expression: str, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    upcoming = next(CronSim(expression, now.astimezone(zone)), None)
    if upcoming is None:  # an expression that never comes true, such as the fifth Monday on a 1st
        return now + LONGEST
    return upcoming.astimezone(dt.UTC)


def _jitter(source: Source) -> dt.timedelta:
    digest = hashlib.sha256(source.id.encode()).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return source.every * 0.1 * share
