"""Lines, sentences and clauses of a text, as offsets into it. Pure; never changes the text.

Finnish dates are full of points (`5.12. Haku`, `31.12.2025. klo 23:59`) and Finnish prose of
abbreviations, so a point ends a sentence only where what follows looks like a beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from aluevahti.reading.lexicon import vocabulary

# First a quick look for a possible end, then a closer one: most of the time goes into the first.
_END: Final = re.compile(r"[.!?\n\r](?:(?<=[\n\r])|(?=[\s\"”’)\]]))")
_BEGINNING: Final = re.compile(r"[\"”’)\]]{0,2}[^\S\r\n]+(?=[\"“”(\[–—•·*-]{0,2}\s?(?P<next>[A-ZÅÄÖ0-9]))")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")
_CLAUSE: Final = re.compile(
    r";\s"
    r"|\s\((?=viime|edelli|aiem|aikais|i fjol|förra|föregående|tidigare)"  # `(viime vuonna haku oli 1.3.–31.3.)`
    r"|,\s(?:ja|mutta|joka|jotka|joita|jota|jossa|joissa|josta|joista|johon|joihin|jolla|joilla|jolle|joille|jonka|joiden|jolloin"
    r"|minkä|mikä|missä|milloin|kun|jos|mikäli|että|koska|jotta|vaikka|sillä|eikä|sekä|vaan|kuten"
    r"|och|men|som|där|när|då|om|att|varefter|varvid|eftersom|vilket|vilka|medan|samt|utan)\b"
)


class Line(NamedTuple):
    """One non-empty line, without the blank space around it."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence from `start` to `end`, and the line it stands in."""

    start: int
    end: int
    line: Line

    @property
    def is_whole_line(self) -> bool:
        """Whether nothing else stands in its line: a heading, a table row, a bullet, a short paragraph."""
        return (self.start, self.end) == (self.line.start, self.line.end)


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence of `text`, in order; each stays within its line. Linear in the length of the text."""
    found: list[Sentence] = []
    ends: list[tuple[int, int]] = []  # within the line: where a sentence ends, where the next begins
    start = 0
    for end in _END.finditer(text):
        at = end.start()
        if end.group() in "\n\r":
            found += _of_line(text, start, at, ends)
            start, ends = at + 1, []
        elif (m := _BEGINNING.match(text, at + 1)) and _ends_here(text, ends[-1][1] if ends else start, at, m["next"]):
            ends.append((at + 1, m.end()))
    return (*found, *_of_line(text, start, len(text), ends))


def holding(text: str, places: Iterable[int]) -> list[Sentence]:
    """The sentences that hold any of some offsets, each once, in order."""
    every = sentences(text)
    return [every[number] for number in numbers_holding(every, places)]


def numbers_holding(every: Sequence[Sentence], places: Iterable[int]) -> list[int]:
    """The numbers of the sentences that hold any of some offsets, in order."""
    return sorted({bisect_right(every, (at + 1,)) - 1 for at in places} - {-1})


def clauses(text: str, sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """The parts of a sentence between semicolons and subordinating commas, as offsets; at least one."""
    starts = [sentence.start]
    starts += [m.start() + 1 for m in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    return tuple(zip(starts, [*starts[1:], sentence.end], strict=True))


def _of_line(text: str, start: int, end: int, ends: list[tuple[int, int]]) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    line = Line(start, end)
    for stop, following in ends:
        if following <= end:
            yield Sentence(start, stop, line)
            start = following
    yield Sentence(start, end, line)


def _ends_here(text: str, start: int, at: int, following: str) -> bool:
    """Whether the mark at `at` ends the sentence that began at `start`."""
    if text[at] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, at - 20), at)
    if word is not None:
        return word.group().lower() not in _abbreviations()
    # After a number: "30.9.2025. Haku" and "5.12. Haku" end here, "20. 10. 2025" and a list number do not.
    return not following.isdigit() and at - start > 2


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(vocabulary("windows")["abbreviations"])
