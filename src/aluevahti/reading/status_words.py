"""The words of status.yaml in a stretch of text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from aluevahti.reading.lexicon import Lexicon, tokens, vocabulary, words_in


def has(lower: str, group: str) -> bool:
    """Whether an entry of a group of status.yaml stands in a text (lower case)."""
    return any(cue.group == group for cue in _lexicon().cues_of(words_in(lower)))


def spans(lower: str, group: str) -> Iterator[tuple[int, int]]:
    """Where the entries of a group stand in a text (lower case): the offsets of each."""
    words = tokens(lower)
    for cue in _lexicon().cues(words):
        if cue.group == group:
            yield words[cue.first].start, words[cue.last].end


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("status"))
