"""Sums of money: all that a text tells, and the main one on offer or granted.

What makes a sum the main one is in amounts.yaml. Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.dateshapes import DASH
from aluevahti.reading.grants import Mention, find_mentions
from aluevahti.reading.lexicon import Cue, Lexicon, Token, lowered, places, tokens, vocabulary
from aluevahti.reading.numberwords import number_of
from aluevahti.reading.page import Page, Section
from aluevahti.reading.sentences import Sentence, clauses, holding

_GAP: Final = r"(?:[^\S\r\n]|[\u00ad\u200b\u2060\ufeff])"
_NUMBER: Final = (
    rf"(?:\d{{1,3}}(?:(?:[^\S\r\n]|[.'’])\d{{3}})+(?!\d)|\d{{1,10}})(?:,(?:\d{{1,2}}(?!\d)|{DASH}{{1,2}}))?"
)
_UNITS: Final = ("€", "eur", "milj", "me ", "me.", " e ", " e.", " e,")
_SUM: Final = re.compile(
    rf"""(?<![\d.,/§])(?P<euro_first>€{_GAP}{{0,2}})?(?P<number>{_NUMBER})
    (?::[a-zåäö]{{1,4}})?
    (?:{_GAP}{{0,2}}(?P<scale>miljoon[a-zåäö]{{0,6}}|milj\b\.?|miljon(?:er)?\b|mn\b|m(?=€|{_GAP}€|e\b|{_GAP}?eur)
      |tuhat(?:ta)?\b|tusen\b|t(?=€|{_GAP}€|e\b)))?
    (?:{_GAP}{{0,2}}(?P<unit>€|euro[a-zåäö]{{0,6}}|eur\b|e\b))?""",
    re.VERBOSE,
)
_REACH: Final = 40  # characters from the beginning of a sum to its unit
_SIGN: Final = 5  # characters from a euro sign to what may be the first digit behind it
_DIGIT: Final = re.compile(r"\d")
_RANGE_BEFORE: Final = re.compile(rf"\d{_GAP}{{0,2}}(?:€|euroa?)?{_GAP}{{0,2}}{DASH}{_GAP}{{0,2}}\Z")
_RANGE_AFTER: Final = re.compile(rf"{_GAP}{{0,2}}{DASH}{_GAP}{{0,2}}\d")

_WORDS_BEFORE: Final = re.compile(r"(?<![\w,.-])((?:[a-zåäö]{2,60}\s){0,4}?)([a-zåäö]{4,60})\s\Z")
_LONGEST_WORDS: Final = 120  # characters
_PARTS: Final = {
    "puoli": 0.5, "puolen": 0.5, "puolella": 0.5, "puolitoista": 1.5, "puolentoista": 1.5, "halv": 0.5, "kvarts": 0.25,
    "yhden": 1, "kahden": 2, "kahdella": 2, "kolmen": 3, "kolmella": 3, "neljän": 4, "neljällä": 4, "viiden": 5, "viidellä": 5,
    "kuuden": 6, "kuudella": 6, "seitsemän": 7, "kahdeksan": 8, "yhdeksän": 9, "kymmenen": 10,
}  # fmt: skip
_A_MILLION: Final = frozenset({"miljoona", "miljoonan", "miljoonalla", "miljon"})
_MILLIONS: Final = _A_MILLION | {"miljoonaa", "miljoner"}
_THOUSANDS: Final = frozenset({"tuhatta", "tusen"})
_QUARTER: Final = 0.25
_AND: Final = frozenset({"ja", "och"})
_BEFORE_A_MILLION: Final = frozenset(
    {"noin", "yhteensä", "on", "oli", "myönnettiin", "jaettiin", "jakoi", "myönsi", "jaossa", "cirka", "ungefär", "totalt", "sammanlagt", "är", "var", "en"}
)  # fmt: skip
"""Words before `miljoona` that are none of its number: before any other the sum is not told."""

_WORTH: Final = {"granted": 3.0, "offered": 2.5, "this_round": 3.5, "left_over": 2.6}
_AGAINST: Final = ("earlier", "part", "ceiling", "limit", "applied")
_WHOLE: Final = 1.8  # told as the whole of something, with no word for what
_IN_TITLE: Final = 2.0
_TOTAL: Final = 0.5
_REPEATED: Final = 0.5
_ONE_TYPE: Final = -2.0
_ENOUGH: Final = 1.5
_CLAUSES_BACK: Final = 6
_NEAR: Final = 300  # characters
_TO_THE_NEXT: Final = 30  # characters
_TYPE_REACH: Final = 40  # characters
_ROUNDING: Final = 0.02
_LEFT_REACH: Final = 6.0
_LARGE: Final = 100_000  # euros: hardly one recipient's
_LEGAL_FORMS: Final = frozenset({"ry", "rf", "sr", "oy", "ab"})
_LEAST: Final = 1_000  # euros: less is a fee or one recipient's


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum told in euros, from offset `start` to `end`.

    Attributes:
        in_range: one end of a span of sums.
        former: another sum stands in its place now (`pienenee 850 000 eurosta 600 000 euroon`).
    """

    euros: int | float
    start: int
    end: int
    in_range: bool = False
    former: bool = False


def find_sums(text: str) -> tuple[Sum, ...]:
    """Every sum of euros in `text`, in order: 850 000 euroa, 2,74 miljoonaa euroa, 100 000 €, 1,2 M€."""
    return tuple(_sums(lowered(text)))


def main_amount(title: str, text: str, lang: Language | None = None) -> int | float | None:  # noqa: ARG001
    """The main sum on offer or granted, in euros; None where none is told.

    A sum that the title tells comes first, then what was granted in all, then what is set aside. Not the
    sums applied for, not what one recipient or one type of several gets, not ranges, not earlier years' sums.
    `lang` is not needed: Finnish and Swedish words do not meet.
    """
    whole = f"{title}\n{text}"
    lower = lowered(whole)
    sums = _sums(lower)
    if not sums:
        return None
    scores: dict[int | float, float] = {}
    for place, (amount, score) in enumerate(_scored(whole, lower, sums)):
        in_title = amount.start < len(title) and not amount.in_range
        worth = _WHOLE if in_title and score == 0 else score  # `Järjestöjen tukea 2,4 miljoonalla`
        bonus = _IN_TITLE if in_title and worth > 0 else 0.0
        known = scores.get(amount.euros)
        value = worth + bonus - 0.01 * place
        scores[amount.euros] = value if known is None else max(known, value) + _REPEATED
    best = max(scores, key=lambda euros: scores[euros])
    return _exact(best, scores) if scores[best] >= _ENOUGH else None


def sum_told(page: Page, lang: Language | None = None) -> int | float | None:
    """The main sum of a document; of minutes what the decision itself tells in all (`yhteensä`), whatever was proposed."""
    decided = " ".join(
        s.text for s in page.in_section(Section.DECISION) if s.says("decisions.in_all", "status.reserved")
    )
    return main_amount("", decided, lang) or main_amount(page.title, page.body, lang)


def _exact(best: float, scores: Mapping[int | float, float]) -> int | float:
    """The same sum told to the euro, where `best` is rounded: `2,27 miljoonaa` in a title, 2 273 050 in the text."""
    near = [
        euros for euros, score in scores.items()
        if score > 0 and abs(euros - best) <= _rounding(best) and _figures(euros) > _figures(best)
    ]  # fmt: skip
    return max(near, key=lambda euros: scores[euros], default=best)


def _rounding(best: float) -> float:
    """How far from `best` the sum may lie that it is rounded from: half of its last figure, and never much."""
    return float(min(0.5 * 10 ** (len(str(int(best))) - _figures(best)), _ROUNDING * best))


def _figures(euros: float) -> int:
    """How many figures a sum is told with, the zeros at its end left out."""
    return len(f"{euros:.2f}".replace(".", "").rstrip("0"))


# --- what a sum is ---------------------------------------------------------------------------------


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("amounts"))


def _scored(whole: str, lower: str, sums: Sequence[Sum]) -> Iterator[tuple[Sum, float]]:
    mentions = find_mentions(lower)
    starts, mention_starts = [s.start for s in sums], [m.start for m in mentions]
    for sentence in holding(whole, starts):
        own = sums[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        low, high = bisect_left(mention_starts, sentence.start), bisect_left(mention_starts, sentence.end)
        yield from _Money(whole, lower, sentence, own, mentions[low:high]).scores()


class _Money:
    """The sums of one sentence among its words."""

    def __init__(
        self, whole: str, lower: str, sentence: Sentence, sums: Sequence[Sum], mentions: Sequence[Mention]
    ) -> None:
        self.sums, self.mentions = sums, mentions
        self.clauses = clauses(whole, sentence)
        words: list[Token] = []
        begin = sentence.start
        for start, end in [*((s.start, s.end) for s in sums), (sentence.end, sentence.end)]:
            words += tokens(lower, begin, start) if start > begin else ()
            begin = end
        self.words, self.starts = words, [w.start for w in words]
        self.cues = _lexicon().cues(words)
        self.cue_starts = [words[c.first].start for c in self.cues]
        self.sum_starts = [s.start for s in sums]
        self.mention_starts = [m.start for m in mentions]

    def scores(self) -> Iterator[tuple[Sum, float]]:
        typed = {s.start: self._type_before(n) for n, s in enumerate(self.sums)}
        several = len({t for t in typed.values() if t}) > 1
        for amount in self.sums:
            score = self._score(amount)
            if several and typed[amount.start] and score > 0:
                score += _ONE_TYPE
            yield amount, score

    def _score(self, amount: Sum) -> float:
        if amount.in_range or amount.former or amount.euros < _LEAST:
            return -5.0
        if self._is_of_one_recipient(amount):
            return -3.0
        number = max(n for n, (begin, _) in enumerate(self.clauses) if begin <= amount.start or n == 0)
        cues = self._within(*self.clauses[number], amount)
        kind = self._kind(cues, amount)
        for begin, end in reversed(self.clauses[:number][-_CLAUSES_BACK:]):
            if kind is not None:
                break
            before = [c.group for c in self._within(begin, end, amount) if c.group in {*_WORTH, "applied"}]
            kind = before[-1] if before else None
        if kind is None and any(c.group == "named" and self._cost(c, amount) < _LEFT_REACH for c in cues):
            kind = "offered"
        if kind in _AGAINST:
            return -3.0
        whole = any(c.group == "total" and self._cost(c, amount) < 6 for c in cues)
        if kind is None:
            return _WHOLE if whole else 0.0
        return _WORTH.get(kind, 0.0) + (_TOTAL if whole else 0.0)

    def _is_of_one_recipient(self, amount: Sum) -> bool:
        """`Kainuun Sydänpiiri ry 20 000 euroa, Mielenterveysyhdistys ry 15 000 euroa`: a list of those who get grants."""
        at = bisect_left(self.starts, amount.start)
        return bool(at) and len(self.sums) > 1 and self.words[at - 1].text in _LEGAL_FORMS

    def _within(self, begin: int, end: int, amount: Sum) -> Sequence[Cue]:
        """The cues of a clause that stand near enough to a sum to be read with it."""
        low = bisect_left(self.cue_starts, max(begin, amount.start - _NEAR))
        return self.cues[low : bisect_left(self.cue_starts, min(end, amount.end + _NEAR))]

    def _kind(self, cues: Sequence[Cue], amount: Sum) -> str | None:
        if any(c.group == "left_over" and self._cost(c, amount) < _LEFT_REACH for c in cues):
            return "left_over"  # `avustuksista jäi jakamatta 60 000 euroa`
        if self._is_a_ceiling_of_all(cues, amount):
            cues = [c for c in cues if c.group != "ceiling"]
        for group in _AGAINST:
            if any(c.group == group and self._cost(c, amount) < self._reach(c, amount) for c in cues):
                return group
        near = [(self._cost(c, amount), c.group) for c in cues if c.group in _WORTH]
        return min(near)[1] if near else None

    def _is_a_ceiling_of_all(self, cues: Sequence[Cue], amount: Sum) -> bool:
        """`Avustuksia jaetaan enintään 1,2 miljoonaa euroa`: all of them together get no more."""
        groups = {c.group for c in cues if self._cost(c, amount) < self._reach(c, amount)}
        given = "granted" in groups and (amount.euros >= _LARGE or "total" in groups)
        return "ceiling" in groups and "part" not in groups and given

    def _reach(self, cue: Cue, amount: Sum) -> float:
        """How far a word speaks against a sum: far if it stands before it (a limit right before it), hardly if behind."""
        if cue.group == "limit":
            return 2.0 if self.words[cue.first].start < amount.start else 0.0
        return 8.0 if self.words[cue.first].start < amount.start else 2.0

    def _cost(self, cue: Cue, amount: Sum) -> float:
        """How many words away a cue is; another sum in between makes it the other sum's word."""
        at = bisect_left(self.starts, amount.start)
        if cue.last < at:
            low, high, distance = self.words[cue.last].end, amount.start, float(at - cue.last)
        else:
            low, high, distance = amount.end, self.words[cue.first].start, cue.first - at + 1.5
        return distance + 4.0 * (bisect_left(self.sum_starts, high) - bisect_left(self.sum_starts, low))

    def _type_before(self, place: int) -> str | None:
        """The type named between the sum before and this one: `toiminta-avustuksiin 200 000 euroa`."""
        amount = self.sums[place]
        begin = self.sums[place - 1].end if place else self.clauses[0][0]
        low, high = bisect_left(self.mention_starts, begin), bisect_left(self.mention_starts, amount.start)
        named = self.mentions[low:high]
        return named[-1].slug if named and amount.start - named[-1].end < _TYPE_REACH else None


# --- finding -----------------------------------------------------------------------------------------


def _sums(lower: str) -> list[Sum]:
    found: list[Sum] = []
    done = 0
    for unit in places(lower, _UNITS):
        if lower.startswith("euro", unit) and (worded := _in_words(lower, done, unit)) is not None:
            found.append(worded)
            done = worded.end
            continue
        start = max(done, unit - _REACH)
        if _DIGIT.search(lower, start, unit + _SIGN) is None:
            continue  # most of what looks like a unit is the end of a word: `olemme mukana`
        for m in _SUM.finditer(lower, start, min(len(lower), unit + _REACH)):
            if m.end() <= unit and not m["euro_first"]:
                continue
            if m.start() > unit + 1:
                break
            if m["unit"] or m["euro_first"] or (m["scale"] and m["scale"].startswith("milj")):
                before = _RANGE_BEFORE.search(lower[max(0, m.start() - 12) : m.start()])
                found.append(Sum(_value(m), m.start(), m.end(), bool(before or _RANGE_AFTER.match(lower, m.end()))))
                done = m.end()
    return [replace(one, former=_is_former(lower, one, after)) for one, after in zip_longest(found, found[1:])]


def _in_words(lower: str, begin: int, unit: int) -> Sum | None:
    """The sum that is told in words before `euro`: `kolmesataatuhatta euroa`, `puoli miljoonaa euroa`, `tio tusen euro`."""
    m = _WORDS_BEFORE.search(lower, max(begin, unit - _LONGEST_WORDS), unit)
    if m is None:
        return None
    first, last = m[1].split(), m[2]
    start = m.start(2)
    if last in _MILLIONS or last in _THOUSANDS:
        number, words = _multiplier(first, alone=last in _A_MILLION)
        euros = int((number or 0) * (1_000_000 if last in _MILLIONS else 1000))
        start -= sum(len(word) + 1 for word in words)
    else:
        euros = number_of(last) or 0
    if euros < _LEAST:
        return None
    end = unit
    while end < len(lower) and lower[end].isalpha():
        end += 1
    return Sum(euros, start, end)


def _number_in(words: Sequence[str]) -> float | None:
    return (_PARTS.get(words[0]) or number_of(words[0])) if words else None


def _multiplier(words: list[str], *, alone: bool) -> tuple[float | None, list[str]]:
    """How many millions or thousands the words before them tell, and which ones do; None where that is left open.

    `kaksi ja puoli miljoonaa` is 2.5 of them, `miljoonan` alone one, `usean miljoonan` and `lähes miljoonan` none.
    """
    article = words[-2:] == ["en", "halv"]
    before, last = words[: -2 if article else -1], _number_in(words[-1:])
    if last and before[-1:] and before[-1] in _AND and (whole := _number_in(before[-2:-1])):
        return whole + last, words[-4 if article else -3 :]  # `två och en halv miljon`
    if last == _QUARTER and words[-2:-1] == ["en"]:
        return last, words[-2:]
    if last:
        return last, words[-1:]
    return (1 if alone and (not words or words[-1] in _BEFORE_A_MILLION) else None), []


def _is_former(lower: str, one: Sum, after: Sum | None) -> bool:
    """Whether a sum is the one that the next stands in place of: `850 000 eurosta 600 000 euroon`, `från 850 000 till 600 000 euro`."""
    if after is None or not 0 <= after.start - one.end <= _TO_THE_NEXT:
        return False
    finnish = lower.endswith("eurosta", one.start, one.end) and lower.endswith("euroon", after.start, after.end)
    swedish = lower.endswith("från ", 0, one.start) and lower.endswith("till ", one.end, after.start)
    return finnish or swedish


def _value(m: re.Match[str]) -> int | float:
    whole, _, cents = m["number"].partition(",")
    digits, decimals = re.sub(r"\D", "", whole), re.sub(r"\D", "", cents)
    scale = {"m": 1_000_000, "t": 1_000}.get((m["scale"] or " ")[0], 1)
    value = round(float(f"{digits}.{decimals or 0}") * scale, 2)
    return int(value) if value == int(value) else value
