"""When a source that answers has been quiet for too long: moved elsewhere, frozen, or given up.

Judged by its own history only: a board meets every one to three weeks, a news page has several a
week, a standing page hardly ever changes. July does not count; little is decided then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from aluevahti.model import Form, KnownDocument
from aluevahti.rules.reread import day_of

ENOUGH_DAYS = 6
"""Days with something new that a history needs before anything is expected of it."""

TIMES_USUAL = 3
"""How many usual gaps may pass."""

AT_LEAST = 45
"""Days, July left out, that are never too long."""

HISTORY = dt.timedelta(days=400)
"""How far back the history is looked at."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A source that should have had something new by now."""

    last_on: dt.date
    usual_gap: float  # days, July left out
    days: int  # since the last new document, July left out

    def __str__(self) -> str:
        usual = max(1, round(self.usual_gap))
        every = "day" if usual == 1 else f"{usual} days"
        return f"nothing new since {self.last_on.isoformat()}, {self.days} days outside July; usually every {every}"


def days_without_july(start: dt.date, end: dt.date) -> int:
    """The days from `start` to `end`, those of July left out; 0 where `end` is not later."""
    if end <= start:
        return 0
    july = sum(
        max(0, (min(end, dt.date(year, 8, 1)) - max(start, dt.date(year, 7, 1))).days)
        for year in range(start.year, end.year + 1)
    )
    return (end - start).days - july


def too_quiet(history: Iterable[dt.date], today: dt.date) -> Quiet | None:
    """Whether a source with new documents on the days of `history` is quiet for too long by now."""
    days = sorted({day for day in history if today - HISTORY <= day <= today})
    if len(days) < ENOUGH_DAYS:
        return None
    gaps = [days_without_july(one, other) for one, other in pairwise(days)]
    usual = float(median(gaps))
    since = days_without_july(days[-1], today)
    return Quiet(days[-1], usual, since) if since > max(TIMES_USUAL * usual, AT_LEAST) else None


def history_of(known: Sequence[KnownDocument]) -> tuple[dt.date, ...]:
    """The days on which a source's documents are dated, or were first seen; standing pages have none."""
    return tuple(
        day_of(one.document) or one.first_seen_at.date() for one in known if one.document.form is not Form.PAGE
    )
