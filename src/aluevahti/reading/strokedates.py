"""Days that a text writes with strokes: `2/3/2026`, `2.3/2026`. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from aluevahti.reading.dateshapes import JOIN, YEAR
from aluevahti.reading.lexicon import places

_STROKES: Final = re.compile(rf"(?<![.,:/])(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})/(?P<year>{YEAR})(?![\d./]*\d)")
_HALF: Final = re.compile(rf"(?<![\d.,:/])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?={JOIN}\Z)")
_LONGEST_DAY: Final = 5
_LONGEST_HALF: Final = 14
_OF_A_DAY: Final = frozenset("0123456789./")
_MONTHS_OF_A_YEAR: Final = 12


def find_strokes(lower: str, told: Container[tuple[int | None, int | None]]) -> Iterator[tuple[re.Match[str], bool]]:
    """Each such day of a lower-case text, and whether it is the first half of a period that tells no year.

    None where the text leaves open whether the day stands before the month. It shows it where a first number is no
    month, or where it also writes the same day in another shape: `told` are the days and months of those.
    """
    found = [
        m
        for at in places(lower, ("/20", "/19"))
        if ("." in (near := lower[max(0, at - 3) : at]) or "/" in near)
        and (m := _STROKES.match(lower, _numbers_before(lower, at)))
    ]
    if not found or any(int(m["month"]) > _MONTHS_OF_A_YEAR for m in found):
        return
    shown = any(int(m["day"]) > _MONTHS_OF_A_YEAR for m in found)
    for m in found:
        if shown or (int(m["day"]), int(m["month"])) in told:
            half = _HALF.search(lower, max(0, m.start() - _LONGEST_HALF), m.start())
            if half is not None:
                yield half, True
            yield m, False


def _numbers_before(lower: str, at: int) -> int:
    """Where the figures, points and strokes before a place begin, as far back as a day and a month reach."""
    begin = at
    while begin > max(0, at - _LONGEST_DAY) and lower[begin - 1] in _OF_A_DAY:
        begin -= 1
    return begin
