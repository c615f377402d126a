"""Types of grants that a text names only to say that they are not meant, or who had them before.

`toisin kuin kerta-avustuksia, toiminta-avustuksia haetaan …` is no call for the first, `yhdistys, joka on saanut
kumppanuusavustusta` tells of nobody's call. The words are in grants.yaml. Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from aluevahti.reading.lexicon import Lexicon, vocabulary, words_in

_REACH: Final = 40  # characters on either side
_BETWEEN: Final = 1  # words between the type and what is said of it
_BREAKS: Final = ";:()\n,|"
_JOINED: Final = re.compile(r"[-‐‑–],?\s(?:(?:ja|sekä|tai|och|samt|eller)\s)?|\s(?:ja|sekä|tai|och|samt|eller)\s")
_GOES_ON: Final = re.compile(r",\s(?:jo[a-zåäö]+|som|vars|vilka)\b")
"""More is told of the type: `lukuun ottamatta kerta-avustuksia, joita haetaan ympäri vuoden`."""


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("grants")["passing"])


def in_passing(lower: str, spans: Sequence[tuple[int, int]]) -> list[str | None]:
    """What is said of each of some types, told by their places in order, that is only named in passing.

    "excepted": it is told not to be meant. "of_others": somebody got it, or another stands for it now. None: it is meant.
    """
    before = [_said(_words_before(lower, start), "before") for start, _ in spans]
    behind = [_said(_words_behind(lower, end), "after") for _, end in spans]
    for n in range(1, len(spans)):
        if before[n - 1] and _JOINED.fullmatch(lower, spans[n - 1][1], spans[n][0]):
            before[n] = before[n] or before[n - 1]
    for n in range(len(spans) - 1, 0, -1):
        if behind[n] and _JOINED.fullmatch(lower, spans[n - 1][1], spans[n][0]):
            behind[n - 1] = behind[n - 1] or behind[n]
    return [
        None if _GOES_ON.match(lower, end) else one or other
        for one, other, (_, end) in zip(before, behind, spans, strict=True)
    ]


def _said(words: Sequence[str], where: str) -> str | None:
    """What the words right before or right behind a type say of it."""
    if not _lexicon().has_any(words):
        return None
    for cue in _lexicon().cues_of(words):
        side, _, kind = cue.group.partition("_")
        away = cue.first if side == "after" else len(words) - 1 - cue.last
        if side == where and away <= _BETWEEN:
            return kind
    return None


def _words_before(lower: str, start: int) -> list[str]:
    near = lower[max(0, start - _REACH) : start]
    stop = near.rfind(".")
    begin = max(*map(near.rfind, _BREAKS), -1 if near.endswith("pl", 0, stop) else stop)
    return words_in(near, begin + 1)


def _words_behind(lower: str, end: int) -> list[str]:
    near = lower[end : end + _REACH]
    return words_in(near, 0, min(at for sign in (*_BREAKS, ".") if (at := (near + sign).find(sign)) >= 0))
