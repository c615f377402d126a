"""One sentence taken apart for `periods.py`: its words, what they say, its dates, and how near they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Final, TypeAlias

from aluevahti.reading.lexicon import Cue, Lexicon, Token, Words, places, vocabulary
from aluevahti.reading.sentences import Sentence, clauses
from aluevahti.reading.spans import DateSpan, Precision, RangeSpan

Item: TypeAlias = DateSpan | RangeSpan

FAR: Final = 99.0
"""A distance that says: nowhere."""

CROSSING: Final = 4.0
"""What another date in between costs: the word is probably the other date's."""

_BEHIND: Final = 1.5  # a word behind a date says a little less about it than one before it

_BREAK: Final = 2.0
"""What a comma between a date and a word behind it costs: `sulkeutuu 31.10., päätökset joulukuussa`."""

_ADDED: Final = 8.0
"""What an "and" between them costs, which adds what is told besides: `senast den 31 oktober och besluten fattas i december`."""

_UNTIL_A_TIME: Final = re.compile(
    r"\s*,?\s*(?:(?:klo|kello)\s*\d{1,2}(?:[.:]\d{2})?:(?:ään|een|iin)\b"
    r"|(?:ennen\s(?:klo|kello)|innan\s(?:kl\.|klockan)|före\s(?:kl\.|klockan))\s)"
)
_FROM_A_TIME: Final = re.compile(r"\s*,?\s*(?:klo|kello)\s*\d{1,2}(?:[.:]\d{2})?:(?:sta|stä|lta|ltä)\b")
_COMMA: Final = re.compile(r",\s")
_AND: Final = re.compile(r"\s(?:ja|sekä|och|samt)\s(?!(?:den\s|klo?\s)?\d)")
_FEWEST_STAGES: Final = 2
_DAY_NAME: Final = r"(?:(?:den|[a-zåäö]{2,10}(?:na|dag|dagen))\s){0,2}"
_LEAD: Final = re.compile(rf"(?:[^:\n]{{0,80}}:\s*|[•*–-]\s*)?{_DAY_NAME}")
_NEXT_STAGE: Final = re.compile(rf"(?:[,;]|\s(?:ja|sekä|och|samt))\s{_DAY_NAME}\Z")
_JOIN: Final = 32  # characters that may join one stage to the next
_STAGES: Final = frozenset({"opens", "closes", "opens_after", "closes_after"})

WITH_FORMS: Final = frozenset({"report", "comment", "event", "supplement"})
"""Topics that may name a form of their own: `raportointilomake on auki`."""

_TOPIC: Final = "topic:"
_CHANGE: Final = "change:"
_MOVED: Final = "change:moved"
_ELSEWHERE: Final = "topic:elsewhere"
_TO_A_POST: Final = 4  # words
_SOUGHT_BY: Final = {"seeks": "post", "hires": "hired"}
"""Verbs, and the group of words for the person that each has behind it: `haemme ohjaajaa`, `palkkaamme ohjaajan`."""
_TO_ITS_VERB: Final = 2  # words: `skulle ha gått ut`
_MOST_DATES: Final = 40  # in one clause
_HIDING: Final = frozenset(
    {"ignored", "service", "not_over", "was_to", _MOVED, *(_TOPIC + name for name in WITH_FORMS)}
)
"""Without a word of these groups no cue of a sentence is hidden."""

_PLAIN: Final = (
    "seeks", "post", "hires", "hired", "money_asked", "new_time", "denial", "barred", "after_day",
    "ignored", "service", "closes", "opens", "closes_after", "opens_after", "past", "present", "opened", "open_since", "announced", "would_be", "holds_no_more", "falls_on", "when", "until_when", "no_such", "of_a_call", "lies_open", "of_something_else", "begins_somehow", "ends_somehow", "after_the_day", "received", "over",
    "continuous", "not_continuous", "superseded", "superseded_after", "except", "denied", "yearly", "proposed", "conditional", "conditional_on",
    "not_applying", "however", "besides", "applicants", "adopted", "section", "others_call", "refers_back", "takes_up", "same_day", "every", "days_off", "own_group", "late",
    "begins_what_is_paid", "was_to", "to_end", "ends", "relative", "cut_short", "instead", "copula", "taken", "form", "has_grant", "amended",
    "in_case", "left_over", "time_given", "decided", "last_day", "of_a_gift", "for_no_grant", "antecedent", "antecedent_of_use", "antecedent_of_survey", "not_over", "called_off", "held", "at_the_earliest", "new_days", "ends_as_told", "wished", "would",
)  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """The words of windows.yaml; topics are the groups `topic:NAME`, news about a call `change:NAME`."""
    words = vocabulary("windows")
    groups: dict[str, list[str]] = {name: [str(e) for e in words[name]] for name in _PLAIN}
    groups["closes"] += groups["late"]
    groups |= {_TOPIC + name: [str(e) for e in entries] for name, entries in words["topics"].items()}
    groups |= {_CHANGE + name: [str(e) for e in entries] for name, entries in words["changes"].items()}
    return Lexicon(groups)


@lru_cache(maxsize=4)
def call_places(lower: str) -> tuple[int, ...]:
    """Where a lower-case text has a part of a word for applying, in order."""
    return tuple(places(lower, vocabulary("windows")["call_stems"]))


def topic(cue: Cue) -> str | None:
    """The topic that a cue tells, None where it tells something else."""
    return cue.group.removeprefix(_TOPIC) if cue.group.startswith(_TOPIC) else None


def mark(start: int, end: int) -> DateSpan:
    """A place in the text that distances can be measured from, as if a date stood there."""
    return DateSpan(start=start, end=end, on=None, precision=Precision.DAY, has_year=False)


class Nearness(dict[str, float]):
    """The cost of the nearest cue of each group; FAR for a group that has none."""

    def __missing__(self, group: str) -> float:
        return FAR


class Passage:
    """A sentence: its dates (`items`, which begin at `item_starts`), and what the words outside its dates and times say: `cues`, in `groups`.

    What few sentences are asked for is looked up when it is.
    """

    def __init__(self, text: str, sentence: Sentence, words: Words, items: Sequence[Item]) -> None:
        self._text, self.sentence, self._words, self.items = text, sentence, words, tuple(items)
        self.length = len(words.texts)  # in words
        cues = lexicon().cues_of(words.texts)
        if items:  # `haku 1.–30.9. tehdään …` is not `haku tehdään`
            cues = tuple(c for c in cues if c.group != "ignored" or not words.spans_a_gap(c.first, c.last))
        self.cues = _with_posts(_without_hidden(cues))
        self.groups = {c.group for c in self.cues}
        self.item_starts = [i.start for i in self.items]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Its words outside its dates and times, each with its place."""
        return self._words.tokens()

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Where its clauses begin and end; in a timetable each begins with its day.

        One with very many dates counts as several, or all of its words would be held against each date.
        """
        whole = self._stages or clauses(self._text, self.sentence)
        return whole if len(self.items) <= _MOST_DATES else tuple(self._in_pieces(whole))

    def _in_pieces(self, whole: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for begin, end in whole:
            first, last = bisect_left(self.item_starts, begin), bisect_left(self.item_starts, end)
            cuts = [self.items[n].end for n in range(first + _MOST_DATES - 1, last - 1, _MOST_DATES)]
            yield from zip((begin, *cuts), (*cuts, end), strict=True)

    @property
    def _stages(self) -> tuple[tuple[int, int], ...]:
        """The parts of a sentence that tells each day before what happens then: `2.2. haku aukeaa, 27.2. haku päättyy`; () for another."""
        starts = self.item_starts
        if len(starts) < _FEWEST_STAGES or not _LEAD.fullmatch(self._lower(self.sentence.start, starts[0])):
            return ()
        ends = [item.end for item in self.items]
        told = all(self._tells(end, start) for end, start in zip(ends, [*starts[1:], self.sentence.end], strict=True))
        apart = all(
            _NEXT_STAGE.search(self._lower(max(end, start - _JOIN), start))
            for end, start in zip(ends, starts[1:], strict=False)
        )
        if not (told and apart):
            return ()
        begins = [self.sentence.start, *starts[1:]]
        return tuple(zip(begins, [*begins[1:], self.sentence.end], strict=True))

    def _lower(self, start: int, end: int) -> str:
        return self._text[start:end].lower()

    def _tells(self, start: int, end: int) -> bool:
        """Whether anything is said between two offsets of a first or a last day, or of a topic."""
        return any(topic(c) or c.group in _STAGES for c in self.cues_between(start, end))

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [begin for begin, _ in self.clauses]

    @cached_property
    def _breaks(self) -> list[int]:
        return [m.start() for m in _COMMA.finditer(self._text, self.sentence.start, self.sentence.end)]

    @cached_property
    def _ands(self) -> list[int]:
        return [m.start() for m in _AND.finditer(self._text, self.sentence.start, self.sentence.end)]

    def start_of(self, cue: Cue) -> int:
        """The offset of a cue's first word."""
        return self._words.starts[cue.first]

    def end_of(self, cue: Cue) -> int:
        """The offset where a cue's last word ends."""
        return self._words.end(cue.last)

    def text_behind(self, cue: Cue) -> str:
        """The rest of the sentence behind a cue."""
        return self._text[self.end_of(cue) : self.sentence.end]

    def text_between(self, cue: Cue, item: Item) -> str:
        """What stands between a cue and a date behind it."""
        return self._text[self.end_of(cue) : item.start]

    def words_between(self, start: int, end: int) -> int:
        """How many words begin between two offsets."""
        return bisect_left(self._words.starts, end) - bisect_left(self._words.starts, start)

    def clause_of(self, offset: int) -> int:
        """The number of the clause that an offset lies in."""
        return bisect_right(self._clause_starts, offset) - 1

    def applicants(self, begin: int, end: int) -> frozenset[str]:
        """What sets those apart who are told to apply between two offsets: `kylä` for `kyläyhdistykset`, "" for `yhdistykset`."""
        told = (self.words[c.first].text for c in self.cues_between(begin, end) if c.group == "applicants")
        return frozenset(
            word[: max(word.rfind(head) for head in vocabulary("windows")["applicant_heads"])] for word in told
        )

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [self.start_of(c) for c in self.cues]

    def cues_between(self, start: int, end: int) -> tuple[Cue, ...]:
        """The cues that begin between two offsets."""
        return self.cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def within(self, clause: int) -> tuple[Cue, ...]:
        """The cues of one clause."""
        return self.cues_between(*self.clauses[clause])

    def topic_of_antecedent(self, clause: int) -> str | None:
        """What a relative clause tells more of: `avustusten hausta, joka on auki 7.–30.1.`, `toimintaan, joka alkaa 1.4.`"""
        if not self.is_relative(clause):
            return None
        first = bisect_left(self._words.starts, self.clauses[clause][0])
        before = {c.group for c in self.cues if c.last == first - 1}
        of = {"antecedent": "call", "antecedent_of_use": "use", "antecedent_of_survey": "comment"}
        return next((topic_ for group, topic_ in of.items() if group in before), None)

    def is_relative(self, clause: int) -> bool:
        """Whether a clause begins with a relative pronoun."""
        first = bisect_left(self._words.starts, self.clauses[clause][0])
        return any(c.group == "relative" and c.first == first for c in self.cues)

    def topics(self, clause: int | None = None) -> list[str]:
        """The topics told in one clause, or in the whole sentence, in order; where something is found is none."""
        cues: Iterable[Cue] = self.cues if clause is None else self.within(clause)
        return [t for c in cues if (t := topic(c)) and t != "available"]

    def is_before(self, cue: Cue, item: Item) -> bool:
        """Whether a cue stands before a date."""
        return cue.last < bisect_left(self._words.starts, item.start)

    def cost(self, cue: Cue, item: Item) -> float:
        """How far a cue stands from a date, in words: 1 right before it; other dates in between count."""
        at = bisect_left(self._words.starts, item.start)
        if cue.last < at:
            low, high, distance = self.end_of(cue), item.start, float(at - cue.last)
        else:
            low, high, distance = item.end, self.start_of(cue), cue.first - at + _BEHIND
            if _any_between(self._ands, low, high):
                distance += _ADDED
            elif _any_between(self._breaks, low, high):
                distance += _BREAK
        between = bisect_left(self.item_starts, high) - bisect_left(self.item_starts, low)
        return distance + CROSSING * between

    def leads_to_another(self, cue: Cue, item: Item) -> bool:
        """Whether a word behind a date stands before the next one: `aukeaa 11.11. kello 8 ja päättyy 9.12.`"""
        at = bisect_right(self.item_starts, item.start)
        if at == len(self.items) or self.clause_of(self.items[at].start) != self.clause_of(item.start):
            return False
        following = self.items[at]
        return self.is_before(cue, following) and self.cost(cue, following) <= self.cost(cue, item)

    def ending(self, item: Item) -> str:
        """The case ending that a date has behind a colon (`31.10.2025:stä`); "" for none."""
        starts = self._words.starts
        at = bisect_left(starts, item.end)
        return self._words.texts[at] if at < len(starts) and starts[at] == item.end + 1 else ""

    def runs_until_a_time(self, item: Item) -> bool:
        """Whether the clock time behind a date has the ending of an end: `8. tammikuuta klo 16:een`."""
        return _UNTIL_A_TIME.match(self._text, item.end) is not None

    def runs_from_a_time(self, item: Item) -> bool:
        """Whether that time has the ending of a beginning: `1.10. kello 8:sta`."""
        return _FROM_A_TIME.match(self._text, item.end) is not None

    def near(self, cues: Iterable[Cue], item: Item) -> Nearness:
        """How near each group of cues stands to a date."""
        found = Nearness()
        for cue in cues:
            cost = self.cost(cue, item)
            found[cue.group] = min(found[cue.group], cost)
        return found


def _any_between(places: Sequence[int], low: int, high: int) -> bool:
    """Whether any of some offsets in order lies from one offset on and before another."""
    return bisect_left(places, high) > bisect_left(places, low)


def _with_posts(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """The cues, `haemme palvelukseemme sosiaalityöntekijää` among them for something else than grants, and for a person sought."""
    posts = {(c.group, c.first) for c in cues if c.group in _SOUGHT_BY.values()}
    if not posts:
        return cues
    asked = next((c.last for c in cues if c.group == "money_asked"), None)  # `haetaan avustusta kouluttaa ohjaajia`
    found: list[Cue] = []
    for c in cues:
        person = next(
            (n for n in range(c.last + 1, c.last + 1 + _TO_A_POST) if (_SOUGHT_BY.get(c.group), n) in posts), None
        )
        if person is not None:
            found.append(Cue(_ELSEWHERE, c.first, c.last))
            if asked is None or person < asked:
                found.append(Cue("sought", c.first, c.last))
    return tuple(sorted((*cues, *found), key=lambda c: c.first))


def _is_of_another_paper(cues: Sequence[Cue], taken: Cue) -> bool:
    """`Lausuntoja otetaan vastaan`, `Kompletteringar tas emot`: the noun before the verb is of no application."""
    before = [c for c in cues if topic(c) and c.last < taken.first]
    nearest = max((c.last for c in before), default=0)
    return bool(before) and all(topic(c) in WITH_FORMS for c in before if c.last == nearest)


def _without_hidden(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues without topics inside what is to be ignored, and without the form of a report, a survey or an event.

    A phrase for an application outweighs the words in it: `hakemus on palautettava` tells of no report.
    `skulle ha gått ut` tells of no end that came. `aiottua aiemmin` names a new day, though `aiemmin` alone names an old one; `tidigare än föregående år` names none.
    """
    groups = {c.group for c in cues}
    if groups.isdisjoint(_HIDING):
        return tuple(cues)
    hidden = [(c.first, c.last) for c in cues if c.group in {"ignored", "service"}]
    not_over = [(c.first, c.last) for c in cues if c.group == "not_over"]
    moved = {c.last for c in cues if c.group == _MOVED and c.last > c.first}
    taken = {c.first for c in cues if c.group == "taken" and _is_of_another_paper(cues, c)}
    not_yet = {n for c in cues if c.group == "was_to" for n in range(c.last + 1, c.last + 1 + _TO_ITS_VERB)}
    phrases = [(c.first, c.last) for c in cues if topic(c) == "application" and c.last > c.first]
    others = {c.first for c in cues if topic(c) in WITH_FORMS and c.first == c.last}
    if not (hidden or not_over or moved or others or taken or not_yet):
        return tuple(cues)
    return tuple(
        c
        for c in cues
        if not (c.group.startswith(_TOPIC) and any(a <= c.first and c.last <= b for a, b in hidden))
        and not (topic(c) == "application" and (c.first in others or c.first in taken))
        and not (topic(c) in WITH_FORMS and any(a < c.first and c.last <= b for a, b in phrases))
        and not (c.group == "superseded" and c.last in moved)
        and not (c.group == "past" and c.first in not_yet)
        and not (
            c.group in {"superseded", "superseded_after", "past", "denied"}
            and any(a <= c.first and c.last <= b for a, b in not_over)
        )
    )
