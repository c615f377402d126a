"""Sums of money: all that a text tells, and the main one on offer or granted.

What makes a sum the main one is in amounts.yaml. Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.dates import DASH
from aluevahti.reading.lexicon import Lexicon, lowered, tokens, vocabulary

_GAP: Final = r"[\s\u00ad\u200b\u2060\ufeff]"
_NUMBER: Final = rf"(?:\d{{1,3}}(?:[\s.'’]\d{{3}})+(?!\d)|\d{{1,10}})(?:,(?:\d{{1,2}}(?!\d)|{DASH}{{1,2}}))?"
_SCALES: Final = {"m": 1_000_000, "t": 1_000}
_SUM: Final = re.compile(
    rf"""(?<![\d.,/])(?P<euro_first>€{_GAP}{{0,2}})?(?P<number>{_NUMBER})
    (?:{_GAP}{{0,2}}(?P<scale>miljoon[a-zåäö]{{0,6}}|milj\.?|miljon(?:er)?|mn|m(?=€|{_GAP}?€|e\b|{_GAP}?eur)|tuhat(?:ta)?|tusen|t(?=€|{_GAP}?€|e\b)))?
    (?:{_GAP}{{0,2}}(?P<unit>€|euro[a-zåäö]{{0,6}}|eur\b|e\b))?""",
    re.VERBOSE,
)
_RANGE_BEFORE: Final = re.compile(rf"\d{_GAP}{{0,2}}(?:€|euroa?)?{_GAP}{{0,2}}{DASH}{_GAP}{{0,2}}$")
_RANGE_AFTER: Final = re.compile(rf"{_GAP}{{0,2}}{DASH}{_GAP}{{0,2}}\d")
_CLAUSE_END: Final = re.compile(r"[.!?;:](?:\s|$)|\n|,\s|\s(?:mutta|kun|men|medan)\s")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum told in euros, from offset `start` to `end`; `in_range`: one end of a span of sums."""

    euros: int | float
    start: int
    end: int
    in_range: bool = False


def find_sums(text: str) -> tuple[Sum, ...]:
    """Every sum of euros in `text`, in order: 850 000 euroa, 2,74 miljoonaa euroa, 100 000 €, 1,2 M€."""
    return _sums(lowered(text))


def main_amount(title: str, text: str, lang: Language | None = None) -> int | float | None:
    """The main sum on offer or granted, in euros; None where none is told or two readings are possible.

    Not the sums applied for, not what one recipient gets, not ranges, parts or earlier years' sums.
    """
    best: dict[int | float, float] = {}
    for source, bonus in ((lowered(title), 1.5), (lowered(text), 0.0)):
        for amount in _sums(source):
            score = _score(source, amount) + bonus
            best[amount.euros] = max(best.get(amount.euros, score), score) + (0.5 if amount.euros in best else 0.0)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 1:
        return None
    return ranked[0][0]


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("amounts"))


def _sums(lower: str) -> tuple[Sum, ...]:
    found = []
    for m in _SUM.finditer(lower):
        if not (m["unit"] or m["euro_first"] or (m["scale"] and m["scale"].startswith("milj"))):
            continue
        spans = bool(_RANGE_BEFORE.search(lower[max(0, m.start() - 12) : m.start()]) or _RANGE_AFTER.match(lower, m.end()))
        found.append(Sum(_value(m), m.start(), m.end(), spans))
    return tuple(found)


def _value(m: re.Match[str]) -> int | float:
    whole, _, cents = m["number"].partition(",")
    digits = re.sub(r"\D", "", whole)
    decimals = re.sub(r"\D", "", cents)
    scale = _SCALES.get((m["scale"] or " ")[0], 1)
    value = round(float(f"{digits}.{decimals or 0}") * scale, 2)
    return int(value) if value == int(value) else value


def _score(lower: str, amount: Sum) -> float:
    if amount.in_range or amount.euros < 1000:
        return -5.0
    begin, end = _clause(lower, amount)
    words = tokens(lower, begin, end)
    at = sum(w.end <= amount.start for w in words)
    score = 0.0
    for group, weight in (("main", 2.0), ("total", 1.0), ("applied", -3.0), ("part", -3.0), ("earlier", -2.0)):
        near = [_distance(c.first, c.last, at) for c in _lexicon().cues(words) if c.group == group]
        if near:
            score += weight * (1.0 if min(near) <= 6 else 0.6)
    return score


def _clause(lower: str, amount: Sum) -> tuple[int, int]:
    begin = max((m.end() for m in _CLAUSE_END.finditer(lower, max(0, amount.start - 200), amount.start)), default=max(0, amount.start - 200))
    after = _CLAUSE_END.search(lower, amount.end, amount.end + 200)
    return begin, after.start() if after else min(len(lower), amount.end + 200)


def _distance(first: int, last: int, at: int) -> int:
    return at - last if last < at else first - at


