"""The cells of the table rows in a text, and which heading stands over one. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from aluevahti.reading.lexicon import places
from aluevahti.reading.sentences import Line

_BAR: Final = " | "


class Cell(NamedTuple):
    """One cell of a row, as offsets into the text."""

    start: int
    end: int


class Tables:
    """The rows of a text: lines with ` | ` between their cells."""

    def __init__(self, text: str) -> None:
        self._bars = places(text, [_BAR])

    def cell(self, line: Line, offset: int) -> Cell | None:
        """The cell of a line that an offset lies in; None where the line is no row."""
        first, stop = self._bars_of(line) if self._bars else (0, 0)
        return self._cell(line, first, stop, bisect_left(self._bars, offset, first, stop)) if first < stop else None

    def heading(self, line: Line, above: Iterable[Line], offset: int) -> Cell | None:
        """The cell of a table's first row that stands over an offset in `line`.

        Args:
            above: the lines above it, nearest first; the table ends where one has not as many cells.

        None where the line is no row, or the first: of a row with a cell too few nobody knows which one is lacking.
        """
        return self._above(line, above, offset, lacking=0)

    def heading_beside_a_corner(self, line: Line, above: Iterable[Line], offset: int) -> Cell | None:
        """The cell that stands over an offset where the first row lacks the empty corner; the arguments are those of `heading`."""
        return self._above(line, above, offset, lacking=1)

    def _above(self, line: Line, above: Iterable[Line], offset: int, *, lacking: int) -> Cell | None:
        first, stop = self._bars_of(line) if self._bars else (0, 0)
        column = bisect_left(self._bars, offset, first, stop) - first - lacking
        if first == stop or column < 0:
            return None
        top: Line | None = None
        for other in above:
            low, high = self._bars_of(other)
            if high - low == stop - first - lacking:
                top = other
            if high - low != stop - first:
                break
        if top is None:
            return None
        low, high = self._bars_of(top)
        return self._cell(top, low, high, low + column)

    def _bars_of(self, line: Line) -> tuple[int, int]:
        first = bisect_left(self._bars, line.start)
        return first, bisect_left(self._bars, line.end, first)

    def _cell(self, line: Line, first: int, stop: int, at: int) -> Cell:
        """The cell of a line that stands before the bar number `at`; those of the line are `first` up to `stop`."""
        start = line.start if at == first else self._bars[at - 1] + len(_BAR)
        return Cell(start, line.end if at == stop else self._bars[at])
