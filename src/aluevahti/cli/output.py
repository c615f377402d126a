"""How the command line speaks: the answer on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from unicodedata import category

from aluevahti.model import Json

UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that is not printed."""


def say_json(value: Json, *, lines: bool = False) -> None:
    """Print one JSON document, indented for people; `lines`: on one line, as one of many."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(value, ensure_ascii=not unicode, indent=None if lines else 2), flush=lines)


def say(text: str = "") -> None:
    """Print a line of the answer, without control characters that a page may have smuggled in."""
    print(clean(text))


def note(text: str) -> None:
    """Print a line that is not the answer (progress, advice, what failed) on stderr."""
    print(clean(text), file=sys.stderr, flush=True)


def clean(text: str) -> str:
    """`text` without characters that could move the cursor or turn the direction of writing; spaces of any width stay."""
    return "".join(
        character if character.isprintable() or character in "\n\t" or category(character) == "Zs" else UNPRINTABLE
        for character in text
    )


def counted(number: int, what: str) -> str:
    """A number with its noun: "1 source", "2 sources"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns: fitted to the window on a terminal, whole and plain everywhere else."""
    cells = [[clean(" ".join(str("" if cell is None else cell).split())) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _fitted(headers, cells)
        return
    widths = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    for row in [headers, *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _fitted(headers: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    grid = Table(*headers, box=None, pad_edge=False, header_style="bold", show_edge=False)
    for row in cells:
        grid.add_row(*(escape(cell) for cell in row))
    Console(highlight=False).print(grid)  # NO_COLOR is its own business
