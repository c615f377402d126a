"""Words that stand beside one another in a sentence: a verb and its object, a number and what it counts. Pure."""

from __future__ import annotations

from typing import Final

from aluevahti.reading.lexicon import Cue
from aluevahti.reading.page import Sentence

_NUMBERS: Final = "kinds.numbers"
_LONGEST_NUMBER: Final = 3  # digits: more are a year


def follows(sentence: Sentence, group: str, before: str, *, between: int = 0) -> bool:
    """Whether an entry of `group` stands behind one of `before`, with at most so many words in between."""
    if not sentence.says(before):
        return False
    ends = [cue.last for cue in sentence.cues if cue.group == before]
    return any(0 < cue.first - end <= between + 1 for cue in sentence.cues if cue.group == group for end in ends)


def counts(sentence: Sentence, group: str, *, between: int = 0) -> bool:
    """Whether a number stands before an entry of `group` (`40 järjestölle`), at most so many words away."""
    return sentence.says(group) and any(
        _has_number(sentence, cue, between) for cue in sentence.cues if cue.group == group
    )


def _has_number(sentence: Sentence, counted: Cue, between: int) -> bool:
    words = sentence.words
    in_words = {cue.last for cue in sentence.cues if cue.group == _NUMBERS}
    for at in range(counted.first - 1, max(-1, counted.first - 2 - between), -1):
        if sentence.lower[words[at].end : words[at + 1].start].strip():
            return False  # behind a comma something else is told
        if at in in_words or (words[at].text.isdigit() and len(words[at].text) <= _LONGEST_NUMBER):
            return True
    return False
