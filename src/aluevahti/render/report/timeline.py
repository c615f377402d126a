"""A timeline of application windows: where everything is drawn.

It covers a year before and a year after the day of the report, cut to the months in which something is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from aluevahti.render.catalogue import Catalogue
from aluevahti.render.report.periods import Period

_REACH: Final = 366  # days before and after the day of the report
_AROUND: Final = dt.timedelta(days=60)
_LEFT: Final = 150  # where the months begin: the names stand to the left of it
_RIGHT: Final = 890
_WIDTH: Final = 900
_TOP: Final = 30
_ROW: Final = 22
_BAR: Final = 13
_LETTER: Final = 6.1  # about how wide a letter of a bar's text is


@dataclass(frozen=True, slots=True)
class Bar:
    """A window on the timeline.

    Attributes:
        kind: exact, month, approximate, continuous, unsure, expected: how it looks.
        text: what is applied for; a star marks what is known from the January 2023 report alone.
        text_x: where its text stands; `text_end`: the text ends there instead of beginning; `inside`: it is in the bar.
        period: the window in words.
    """

    code: str
    place: str
    x: float
    y: int
    width: float
    kind: str
    text: str
    text_x: float
    text_end: bool
    inside: bool
    period: str
    baseline: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month's line and, where there is room, its name. `year` is given in January and at the beginning."""

    x: float
    name: str
    year: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline, in pixels of its own. Without bars there is nothing to draw."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bar: int
    months: tuple[Month, ...] = ()
    bars: tuple[Bar, ...] = ()
    stripes: tuple[tuple[int, int], ...] = ()  # y and height of every second region
    today: float | None = None
    kinds: tuple[tuple[str, str], ...] = ()  # the legend: kind and text


def timeline(periods: Iterable[Period], today: dt.date, words: Catalogue) -> Timeline:
    """The timeline of `periods`, in their order, around `today`."""
    reach = dt.timedelta(days=_REACH)
    near = [one for one in periods if one.kind == "continuous" or _overlaps(one, today - reach, today + reach)]
    if not near:
        return Timeline(_WIDTH, 0, _LEFT, _RIGHT, _TOP, _BAR)
    scale = _scale(near, today, reach)
    bars = tuple(_bar(one, number, scale) for number, one in enumerate(near))
    return Timeline(
        width=_WIDTH,
        height=_TOP + len(bars) * _ROW + 8,
        left=_LEFT,
        right=_RIGHT,
        top=_TOP,
        bar=_BAR,
        months=tuple(_months(scale, words)),
        bars=bars,
        stripes=tuple(_stripes(bars)),
        today=scale.x(today),
        kinds=tuple(
            (kind, words(f"report.bar.{kind}"))
            for kind in ("exact", "month", "approximate", "continuous", "unsure", "expected")
            if any(bar.kind == kind for bar in bars)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date  # the first day that is no longer drawn

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(_LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT), 1)


def _scale(periods: Sequence[Period], today: dt.date, reach: dt.timedelta) -> _Scale:
    """From the month of the first day to the month of the last one, the day of the report with some months around it."""
    days = [day for one in periods for day in (one.start, one.end) if day is not None]
    first = max(min([*days, today - _AROUND]), today - reach)
    last = min(max([*days, today + _AROUND]), today + reach)
    return _Scale(_month_start(first), _next_month(last))


def _overlaps(period: Period, first: dt.date, last: dt.date) -> bool:
    if period.start is None:
        return False
    return period.start <= last and (period.end or period.start) >= first


def _bar(period: Period, number: int, scale: _Scale) -> Bar:
    start = scale.x(period.start) if period.start is not None else float(_LEFT)
    end = scale.x(period.end + dt.timedelta(days=1)) if period.end is not None else float(_RIGHT)
    width = round(max(end - start, 3.0), 1)
    text = f"{period.text} *".strip() if period.baseline else period.text
    room = start + width + 5 + len(text) * _LETTER <= _RIGHT
    inside = len(text) * _LETTER + 10 <= width
    text_x, text_end = (start + width + 5, False) if room else (start - 5, True)
    if inside:
        text_x, text_end = start + 5, False
    return Bar(
        code=period.code,
        place=period.place,
        x=start,
        y=_TOP + number * _ROW,
        width=width,
        kind=period.kind,
        text=text,
        text_x=round(text_x, 1),
        text_end=text_end,
        inside=inside,
        period=period.words,
        baseline=period.baseline,
    )


def _months(scale: _Scale, words: Catalogue) -> Iterable[Month]:
    day = scale.first
    crowded = (scale.last - scale.first).days > 500
    while day < scale.last:
        named = not crowded or day.month % 3 == 1
        year = str(day.year) if day.month == 1 or day == scale.first else ""
        yield Month(scale.x(day), words(f"report.month.{day.month}") if named else "", year)
        day = _next_month(day)


def _stripes(bars: Sequence[Bar]) -> Iterable[tuple[int, int]]:
    """Every second region's rows, so that the eye keeps its line."""
    codes = list(dict.fromkeys(bar.code for bar in bars))
    for code in codes[1::2]:
        rows = [bar for bar in bars if bar.code == code]
        yield rows[0].y - 4, len(rows) * _ROW


def _month_start(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
