"""The demo's days: ten of them in March 2026, four looks a day, and a clock that is turned by hand."""

from __future__ import annotations

import datetime as dt

from aluevahti.text.dates import HELSINKI

FIRST_DAY = dt.date(2026, 3, 6)  # a Friday
LAST_DAY = dt.date(2026, 3, 16)  # a Monday, on which only the morning is played
LOOKS = (dt.time(7, 30), dt.time(11), dt.time(15), dt.time(19))
"""When the service wakes: the first is also when daily and weekly digests go out."""


def moments() -> tuple[dt.datetime, ...]:
    """Every moment at which the service looks, in order."""
    days = [FIRST_DAY + dt.timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days)]
    looks = [dt.datetime.combine(day, look, HELSINKI) for day in days for look in LOOKS]
    return (*looks, dt.datetime.combine(LAST_DAY, LOOKS[0], HELSINKI))


def look_after(at: dt.datetime) -> dt.datetime:
    """The first look at `at` or later; the last one where there is none."""
    found = moments()
    return next((moment for moment in found if moment >= at), found[-1])


class TurnedClock:
    """A clock that shows what it was set to."""

    def __init__(self, at: dt.datetime) -> None:
        self._at = at

    def __call__(self) -> dt.datetime:
        """The moment it shows, in UTC."""
        return self._at.astimezone(dt.UTC)

    def turn(self, to: dt.datetime) -> None:
        """Set it."""
        self._at = to
