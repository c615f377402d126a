"""Lines, sentences and clauses of a text, as offsets into it. Pure; never changes the text.

Finnish dates are full of points (`5.12. Haku`, `31.12.2025. klo 23:59`) and Finnish prose of
abbreviations, so a point ends a sentence only where what follows looks like a beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from aluevahti.reading.lexicon import vocabulary

_LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_BOUNDARY: Final = re.compile(
    r"(?P<mark>[.!?…])[\"”’)\]]{0,2}[\s\u00a0]+(?=[\"“”(\[–—•·*-]{0,2}\s?(?P<next>[A-ZÅÄÖ0-9]))"
)
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")
_CLAUSE: Final = re.compile(
    r";\s"
    r"|,\s(?:ja|mutta|joka|jotka|joita|jota|jossa|joissa|josta|joista|johon|joihin|jolla|joilla|jolle|joille|jonka|joiden|jolloin"
    r"|minkä|mikä|missä|milloin|kun|jos|mikäli|että|koska|jotta|vaikka|sillä|eikä|sekä|vaan|kuten"
    r"|och|men|som|där|när|då|om|att|varefter|varvid|eftersom|vilket|vilka|medan|samt|utan)\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line, without the blank space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence from `start` to `end`, and the line it stands in."""

    start: int
    end: int
    line: Line

    @property
    def is_whole_line(self) -> bool:
        """Whether nothing else stands in its line: a heading, a table row, a bullet, a short paragraph."""
        return (self.start, self.end) == (self.line.start, self.line.end)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence of `text`, in order; each stays within its line. Linear in the length of the text."""
    return tuple(s for line in _lines(text) for s in _split(text, line))


def clauses(text: str, sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """The parts of a sentence between semicolons and subordinating commas, as offsets; at least one."""
    starts = [sentence.start]
    starts += [m.start() + 1 for m in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    return tuple(zip(starts, [*starts[1:], sentence.end], strict=True))


def _lines(text: str) -> Iterator[Line]:
    for m in _LINE.finditer(text):
        words = m.group()
        start = m.start() + len(words) - len(words.lstrip())
        end = m.start() + len(words.rstrip())
        if end > start:
            yield Line(start, end)


def _split(text: str, line: Line) -> Iterator[Sentence]:
    start = line.start
    for m in _BOUNDARY.finditer(text, line.start, line.end):
        if _ends_here(text, start, m):
            yield Sentence(start, m.end("mark"), line)
            start = m.end()
    yield Sentence(start, line.end, line)


def _ends_here(text: str, start: int, m: re.Match[str]) -> bool:
    if m["mark"] != ".":
        return True
    at = m.start("mark")
    word = _LAST_WORD.search(text, max(start, at - 20), at)
    if word is not None:
        return word.group().lower() not in _abbreviations()
    # After a number: "30.9.2025. Haku" and "5.12. Haku" end here, "20. 10. 2025" and a list number do not.
    return not m["next"].isdigit() and at - start > 2


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(vocabulary("windows")["abbreviations"])
