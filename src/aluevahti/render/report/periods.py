"""Application windows as the report tells them: the ones read in documents, and those of January 2023.

A window of the status may be known only to its month or season; one read in a document has its days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from aluevahti.model import Json, KnownWindow
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.wording import partial_date_text, window_text
from aluevahti.rules.bounds import as_json, is_over

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(early|spring|summer|autumn|end))?")
_SEASONS: Final = {"early": (1, 3), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "end": (10, 12)}
"""First and last month of a season as the report of January 2023 uses the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A window on the timeline.

    Attributes:
        start: the first day; None: always open. `end`: the last one; None: no end is known.
        kind: exact, month, approximate, continuous, unsure, expected.
        text: what is applied for, short. `words`: the whole period in words.
    """

    code: str
    place: str
    start: dt.date | None
    end: dt.date | None
    kind: str
    text: str
    words: str
    baseline: bool


def span(text: Json) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a date may mean (`2022-06` is a whole month); None where it means none."""
    found = _PARTIAL.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, season = found.groups()
    try:
        if day:
            exact = dt.date(int(year), int(month), int(day))
            return exact, exact
        first, last = _SEASONS[season] if season else (int(month), int(month)) if month else (1, 12)
        return dt.date(int(year), first, 1), dt.date(int(year), last, calendar.monthrange(int(year), last)[1])
    except ValueError:
        return None


def bounds(value: Mapping[str, Json]) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of a window of the status, at their widest; None where there is none."""
    opens, closes = span(value.get("opens")), span(value.get("closes"))
    end = closes[1] if closes else opens[1] if opens and value.get("precision") == "approximate" else None
    return (opens[0] if opens else None), end


def period_of(value: Mapping[str, Json], words: Catalogue) -> str:
    """A window of the status in words, as precisely as it is known."""
    precision = value.get("precision")
    opens, closes = (value.get(key) if span(value.get(key)) else None for key in ("opens", "closes"))
    if precision == "month" and opens:
        first, last = partial_date_text(opens, words), partial_date_text(closes or opens, words)
        if first == last:
            return words("report.window.month", month=first)
        return words("report.window.months", opens=first, closes=last)
    if precision == "approximate" and opens:
        return words("report.window.when", when=partial_date_text(opens, words))
    return window_text(value, words)


def state_of(value: Mapping[str, Json], today: dt.date) -> str:
    """Whether a window of the status is open on a day: open, coming, closed, continuous, unknown.

    One that is known only roughly is over when its last possible day is; until then nothing is said.
    """
    if value.get("continuous"):
        return "continuous"
    first, last = bounds(value)
    if last is not None and last < today:
        return "closed"
    if value.get("precision") not in (None, "exact") or first is None:
        return "unknown"
    return "coming" if first > today else "open"


def live_state(known: KnownWindow, now: dt.datetime, zone: ZoneInfo) -> str:
    """Whether a window that was read in a document is open: open, coming, closed, withdrawn, continuous, unknown."""
    window = known.window
    if known.cancelled:
        return "withdrawn"
    if is_over(window, now, zone):
        return "closed"
    if window.opens is not None and window.opens > now.astimezone(zone).date():
        return "coming"
    if window.continuous:
        return "continuous"
    return "unknown" if window.opens is None and window.closes is None else "open"


def kind_of(value: Mapping[str, Json], *, sure: bool = True) -> str:
    """How a window looks on the timeline."""
    if not sure:
        return "unsure"
    if value.get("continuous"):
        return "continuous"
    precision = value.get("precision")
    return str(precision) if precision in ("month", "approximate") else "exact"


def live_json(known: KnownWindow) -> dict[str, Json]:
    """A window read in a document, in the shape of the status."""
    precision = "continuous" if known.window.continuous else "exact"
    return {**as_json(known.window), "precision": precision}
