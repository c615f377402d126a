"""When a reader's digest is due: once per local date, whatever the clocks do.

Due-ness is worked out from local wall time and from the dates of the runs that were recorded, never
from a timer: a service that was off, a night with two three o'clocks and a clock that was set back
all give the same answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aluevahti.model import Rhythm, Subscriber, SubscriptionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When digests go out.

    Attributes:
        zone: the zone of the wall clock that the times are told by.
        daily_at: the time of day of every digest that is not instant.
        weekly_on: the weekday of weekly ones, 0 is Monday.
    """

    zone: ZoneInfo
    daily_at: dt.time = dt.time(7, 30)
    weekly_on: int = 0


def instant_of(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment at which clocks in `zone` first show `at`, or a later time, on `day`.

    A time that does not exist (spring) gives the first moment after the gap, a time that comes twice
    (autumn) the first of the two.
    """
    wall = dt.datetime.combine(day, at.replace(tzinfo=None))
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _end_of_gap(wall, zone)


def _end_of_gap(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first moment after the gap that `wall` falls into, to the second."""
    early = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)  # read with the offset after the gap
    late = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)  # read with the offset before it
    before = early.astimezone(zone).utcoffset()
    while late - early > dt.timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def slot(rhythm: Rhythm, now: dt.datetime, schedule: Schedule) -> dt.date | None:
    """The local date whose digest would go out at `now` (aware): today for daily ones once the time has
    come, the latest scheduled weekday for weekly ones, so that a missed one goes out late. None: not yet.
    """
    today = now.astimezone(schedule.zone).date()
    if rhythm is Rhythm.DAILY:
        return today if now >= instant_of(today, schedule.daily_at, schedule.zone) else None
    if rhythm is Rhythm.WEEKLY:
        day = today - dt.timedelta(days=(today.weekday() - schedule.weekly_on) % 7)
        if now < instant_of(day, schedule.daily_at, schedule.zone):
            day -= dt.timedelta(days=7)
        return day
    return None


def due_on(subscriber: Subscriber, runs: Collection[str], now: dt.datetime, schedule: Schedule) -> dt.date | None:
    """The local date of the digest that is due for a reader now, or None.

    Args:
        subscriber: a daily or weekly reader; an instant one is never due by the clock.
        runs: the periods (ISO dates) of the runs that were recorded for the reader, empty ones included.
        now: the moment (aware).
        schedule: when digests go out.
    """
    if subscriber.state is not SubscriptionState.CONFIRMED:
        return None
    day = slot(subscriber.rhythm, now, schedule)
    if day is None or day.isoformat() in runs:
        return None
    confirmed_at = subscriber.confirmed_at
    # A weekly reader who came after the digest went out waits for the next one; a daily one may hear the
    # same day of what was found since. A confirmation that lies in the future means that the clock was
    # set back since: that must not leave the reader without mail.
    if subscriber.rhythm is Rhythm.WEEKLY and confirmed_at is not None:
        due = instant_of(day, schedule.daily_at, schedule.zone)
        return None if due < confirmed_at <= now else day
    return day


def next_digest_at(rhythm: Rhythm, now: dt.datetime, schedule: Schedule) -> dt.datetime | None:
    """The next moment (UTC), after `now`, at which digests of this rhythm go out; None for instant ones."""
    if rhythm is Rhythm.INSTANT:
        return None
    day = now.astimezone(schedule.zone).date()
    while True:
        moment = instant_of(day, schedule.daily_at, schedule.zone)
        if moment > now and (rhythm is Rhythm.DAILY or day.weekday() == schedule.weekly_on):
            return moment
        day += dt.timedelta(days=1)


def missed_since(runs: Collection[str], day: dt.date, rhythm: Rhythm) -> dt.date | None:
    """The last recorded run before `day`, where at least one run between the two was left out.

    That is how a digest knows that it covers more than its usual time. None: nothing was left out, or
    there was no run before.
    """
    earlier = [run for run in (_date(run) for run in runs) if run is not None and run < day]
    usual = dt.timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)
    last = max(earlier, default=None)
    return last if last is not None and day - last > usual else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
