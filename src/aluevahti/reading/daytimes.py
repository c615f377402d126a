"""Which clock time belongs to a day: one right behind it, or right before it. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from aluevahti.reading.outline import Outline
from aluevahti.reading.spans import DateSpan, TimeSpan

_ADJACENT: Final = 30  # characters between a day and its clock time
_TO_TIME: Final = re.compile(
    r"[\s,.(]{0,4}(?:(?:viimeistään|mennessä|asti|saakka|päättyen|ennen|senast|före|innan|tills|fram till|till|och|ja|on)[\s,]{1,2})?\(?"
)
_TO_DATE: Final = re.compile(
    r"[\s,.(]{0,4}(?:(?:mennessä|asti|saakka|den|viimeistään|senast)[\s,]{1,2})?"
    r"(?:[a-zåäö]{3,14}(?:na|hin|on|en|dag)\s)?(?:den\s)?"
)


def time_of(outline: Outline, day: DateSpan | None) -> TimeSpan | None:
    """The clock time that stands right behind a day, or right before it."""
    if day is None:
        return None
    at = bisect_left(outline.time_starts, day.end)
    if (
        at < len(outline.times)
        and outline.times[at].start <= day.end + _ADJACENT
        and _TO_TIME.fullmatch(outline.lower, day.end, outline.times[at].start)
    ):
        return outline.times[at]
    if at and outline.times[at - 1].end <= day.start <= outline.times[at - 1].end + _ADJACENT:
        time = outline.times[at - 1]
        if _TO_DATE.fullmatch(outline.lower, time.end, day.start) and not is_of_a_day(outline, time):
            return time
    return None


def is_of_a_day(outline: Outline, time: TimeSpan) -> bool:
    """Whether a clock time stands right behind a day."""
    at = bisect_left(outline.item_starts, time.start)
    if not at or time.start > outline.items[at - 1].end + _ADJACENT:
        return False
    return _TO_TIME.fullmatch(outline.lower, outline.items[at - 1].end, time.start) is not None
