"""What the dates of a text say about applying: opens, closes, over, or something else altogether.

Works sentence by sentence: of the words around a date the nearest topic decides (windows.yaml),
a clause without a topic takes that of the clause before it, a table row that of its heading.
Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.datescan import scan
from aluevahti.reading.grants import find_mentions, grants_at_large
from aluevahti.reading.lexicon import Cue, Token, lowered, places, tokens, vocabulary
from aluevahti.reading.passage import CROSSING, FAR, Item, Nearness, Passage, call_places, lexicon, mark, topic
from aluevahti.reading.sentences import Sentence, clauses, holding, numbers_holding, sentences
from aluevahti.reading.spans import DateSpan, Precision, RangeSpan, TimeSpan

PROPOSED: Final = "only proposed"
CONDITIONAL: Final = "depends on the budget"
YEARLY: Final = "told as a yearly period"
MONTH_END: Final = "told as the end of a month"

_BIAS: Final = {"application": 0.5, "event": -0.5, "report": -0.5, "supplement": -1.0, "decision": 0.5}
_PERIODS: Final = frozenset({"call", "application", "event", "report", "supplement", "use", "comment", "elsewhere"})
_APPLYING: Final = frozenset({"call", "application"})
_REACH_BEFORE: Final = 7.0
_REACH_BEHIND: Final = 2.5
_HEADING_WORDS: Final = 9
_ROW_WORDS: Final = 9
_LABEL_WORDS: Final = 2
_LINES_UP: Final = 12
_SENTENCES_UP: Final = 6
_MARK_WORDS: Final = 5
_OLD_REACH: Final = 4.0
_ROW_CHARACTERS: Final = 160
_ADJACENT: Final = 30  # characters between a day and its clock time
_ROLES: Final = frozenset({"opens", "closes", "opens_after", "closes_after"})
_MOVES: Final = frozenset({"change:extended", "change:reopened", "change:moved"})
_TO_TIME: Final = re.compile(
    r"[\s,.(]{0,4}(?:(?:viimeistään|mennessä|asti|saakka|päättyen|senast|och|ja|on)[\s,]{1,2})?\(?"
)
_TO_DATE: Final = re.compile(
    r"[\s,.(]{0,4}(?:(?:mennessä|asti|saakka|den|viimeistään|senast)[\s,]{1,2})?"
    r"(?:[a-zåäö]{3,14}(?:na|hin|on|en|dag)\s)?(?:den\s)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a text says about a time of applying.

    Attributes:
        opens, closes: the days as written; years may be missing. Neither: a continuous call, a clock
            time told apart from its day, or (`past`) a call that is told to be over.
        closes_time: the clock time of the deadline.
        types: the grants that it is about, as slugs; empty where it does not say.
        at_large: its sentence names grants of every type (`järjestöavustukset`).
        past: told as over. old: the former dates of a call that has new ones.
        opened: told as something that happened (`haku avattiin ajalle …`).
        moved: the dates are news about a call told before (extended, reopened, brought forward).
    """

    start: int
    end: int
    sentence: Sentence
    opens: DateSpan | None = None
    closes: DateSpan | None = None
    closes_time: TimeSpan | None = None
    continuous: bool = False
    types: frozenset[str] = frozenset()
    at_large: bool = False
    past: bool = False
    old: bool = False
    opened: bool = False
    moved: bool = False
    doubts: tuple[str, ...] = ()


def find_statements(text: str, lang: Language | None = None) -> tuple[Statement, ...]:
    """Every statement of `text` about a time of applying, past ones included, in order."""
    return tuple(_Reader(text, lang).statements())


class _Reader:
    def __init__(self, text: str, lang: Language | None) -> None:
        self.text, self.lower = text, lowered(text)
        spans = scan(self.lower, lang)
        month_ends = [s for s in spans.loose if s.precision is Precision.DAY]
        self.items: list[Item] = sorted((*spans.dates, *spans.ranges, *month_ends), key=lambda i: i.start)
        self.item_starts = [i.start for i in self.items]
        self.times = spans.times
        self.time_starts = [t.start for t in self.times]
        self.mentions = find_mentions(self.lower)
        self.mention_starts = [m.start for m in self.mentions]
        self.at_large = grants_at_large(self.lower)
        self.every_type = {m.slug for m in self.mentions}
        self.sentences = sentences(text)
        self.passages: dict[int, Passage] = {}

    def statements(self) -> Iterator[Statement]:
        for number in self._telling():
            sentence = self.sentences[number]
            yield from self._read(number, self._passage(sentence, self._items_of(sentence)))

    def _telling(self) -> list[int]:
        """The sentences that may say something: they have a date, a clock time, or a word for an endless or ended call."""
        words = places(self.lower, vocabulary("windows")["hints"])
        calls = call_places(self.lower)
        numbers = numbers_holding(self.sentences, (*self.item_starts, *self.time_starts, *words))
        return [n for n in numbers if self._may_be_of_a_call(n, calls)]

    def _may_be_of_a_call(self, number: int, calls: Sequence[int]) -> bool:
        """Whether a sentence, or what it may take its topic from, has any part of a word for applying."""
        sentence = self.sentences[number]
        short = sentence.end - sentence.start < _ROW_CHARACTERS and sentence.is_whole_line
        first = self.sentences[max(0, number - (_LINES_UP if short else 1))]
        at = bisect_left(calls, first.start)
        return at < len(calls) and calls[at] < sentence.end

    # --- slices of what was found in the whole text --------------------------------------------

    def _items_of(self, sentence: Sentence) -> list[Item]:
        return self.items[bisect_left(self.item_starts, sentence.start) : bisect_left(self.item_starts, sentence.end)]

    def _times_of(self, sentence: Sentence) -> tuple[TimeSpan, ...]:
        return self.times[bisect_left(self.time_starts, sentence.start) : bisect_left(self.time_starts, sentence.end)]

    def _types(self, begin: int, end: int) -> frozenset[str]:
        low, high = bisect_left(self.mention_starts, begin), bisect_left(self.mention_starts, end)
        return frozenset(m.slug for m in self.mentions[low:high])

    def _passage(self, sentence: Sentence, items: Sequence[Item]) -> Passage:
        known = self.passages.get(sentence.start)
        if known is not None and known.items == tuple(items):
            return known
        gaps = sorted((s.start, s.end) for s in (*items, *self._times_of(sentence)))
        words: list[Token] = []
        begin = sentence.start
        for start, end in [*gaps, (sentence.end, sentence.end)]:
            if start > begin:
                words += tokens(self.lower, begin, start)
            begin = max(begin, end)
        passage = Passage(sentence, words, items, clauses(self.text, sentence))
        self.passages[sentence.start] = passage
        return passage

    # --- one sentence ---------------------------------------------------------------------------

    def _read(self, number: int, passage: Passage) -> Iterator[Statement]:
        if not self._speaks_of_money(passage.sentence) and self._is_about_something_else(number, passage):
            return
        columns = self._columns(number, passage)
        found = [
            s
            for item in passage.items
            if (s := self._about(number, passage, item, columns.get(item.start))) is not None
        ]
        found = self._with_loose_time(number, passage, found)
        yield from _over_together(self._with_continuity(number, passage, found))
        yield from self._call_is_over(passage)

    def _speaks_of_money(self, sentence: Sentence) -> bool:
        part = self.lower[sentence.start : sentence.end]
        return any(word in part for word in vocabulary("windows")["money"])

    def _is_about_something_else(self, number: int, passage: Passage) -> bool:
        """Whether a sentence that names no grants, or the sentences before it, speak of a post, a tender, a place to study."""
        if "topic:elsewhere" in passage.groups:
            return True
        for before in reversed(self.sentences[max(0, number - _SENTENCES_UP) : number]):
            if self._speaks_of_money(before):
                return False
            if "topic:elsewhere" in self._passage(before, self._items_of(before)).groups:
                return True
        return False

    def _is_at_large(self, sentence: Sentence) -> bool:
        at = bisect_left(self.at_large, sentence.start)
        return at < len(self.at_large) and self.at_large[at] < sentence.end

    def _columns(self, number: int, passage: Passage) -> dict[int, str]:
        """What the heading of a table says of the dates in a row: `Avustus | Haku alkaa | Haku päättyy`."""
        if not passage.items or not self._is_row(passage):
            return {}
        if passage.groups & _ROLES or any(isinstance(item, RangeSpan) for item in passage.items):
            return {}
        heading = self._heading(number)
        if heading is None:
            return {}
        roles: list[str] = []
        for cue in heading.cues:
            if cue.group == "topic:decision":
                break
            if cue.group in {"opens", "closes"} and cue.group not in roles:
                roles.append(cue.group)
        return {item.start: role for item, role in zip(passage.items, roles, strict=False)}

    def _about(self, number: int, passage: Passage, item: Item, column: str | None) -> Statement | None:
        clause = passage.clause_of(item.start)
        cues = passage.within(clause)
        role = _role(passage, cues, item) or column
        if role is None or self._topic_of(number, passage, clause, item) not in _APPLYING:
            return None
        near = passage.near(cues, item)
        late = role == "closes" and _tells_of_latecomers(passage, cues, item)
        if not late and near["not_applying"] < CROSSING:
            return None
        opens, closes = _bounds(item, role)
        time = self._time(closes or opens)
        if time is not None and time.until is not None:  # a day with a span of hours is a meeting or an info session
            return None
        past = not late and _is_past(near)
        return Statement(
            start=item.start, end=item.end, sentence=passage.sentence, opens=opens, closes=closes,
            closes_time=time if closes else None, types=self._types_of(number, passage, item),
            at_large=self._is_at_large(passage.sentence), past=past, old=_is_old(passage, cues, item, near), opened=near["opened"] < near["present"],
            moved=_is_moved(passage, clause, item),
            doubts=_doubts(passage, near, item, proposed=self._is_proposed(number, passage)),
        )  # fmt: skip

    # --- the topic ------------------------------------------------------------------------------

    def _topic_of(self, number: int, passage: Passage, clause: int, item: Item) -> str | None:
        own = [
            (passage.cost(c, item) + _BIAS.get(t, 0.0), t)
            for c in passage.within(clause)
            if (t := topic(c)) and _may_be(t, item)
        ]
        if own:
            return min(own)[1]
        for other in range(clause - 1, -1, -1):
            if topics := [t for t in passage.topics(other) if _may_be(t, item)]:
                return topics[-1]
        if clause + 1 < len(passage.clauses) and (
            topics := [t for t in passage.topics(clause + 1) if _may_be(t, item)]
        ):
            return topics[0]
        return self._topic_around(number, passage)

    def _topic_around(self, number: int, passage: Passage) -> str | None:
        """The topic of a sentence that names none: a row has its heading's, `Se päättyy …` that of the sentence before."""
        if self._is_row(passage):
            return self._heading_topic(number)
        before = self.sentences[number - 1] if number else None
        if before is None or before.line != passage.sentence.line or not passage.groups & {"closes", "opens"}:
            return None
        topics = self._passage(before, self._items_of(before)).topics()
        return topics[-1] if topics else None

    def _is_row(self, passage: Passage) -> bool:
        """Whether a line is a row, a bullet or a label: short, and no sentence with its full stop."""
        sentence, words = passage.sentence, len(passage.words)
        stops = self.text[sentence.end - 1] in ".!?" and all(i.end != sentence.end for i in passage.items)
        return sentence.is_whole_line and words <= (_LABEL_WORDS if stops else _ROW_WORDS)

    def _heading_topic(self, number: int) -> str | None:
        heading = self._heading(number)
        topics = heading.topics() if heading else []
        return "call" if "call" in topics else (topics[-1] if topics else None)

    def _heading(self, number: int) -> Passage | None:
        """The nearest heading above with a topic, over rows like this one; None where something else stands between."""
        for above in self._lines_above(number):
            if self._items_of(above):
                continue
            if not self._is_heading(above):
                return None
            passage = self._passage(above, self._items_of(above))
            if passage.topics():
                return passage
            if not self._types(above.start, above.end):
                return None
        return None

    def _heading_types(self, number: int) -> frozenset[str]:
        for above in self._lines_above(number):
            if self._is_heading(above) and (types := self._types(above.start, above.end)) and not self._items_of(above):
                # A title speaks for the whole text only where the text names no other type.
                return types if above.start or types == self.every_type else frozenset()
        return frozenset()

    def _lines_above(self, number: int) -> Iterator[Sentence]:
        """The last sentence of each line above, nearest first."""
        line, seen = self.sentences[number].line, 0
        for above in reversed(self.sentences[max(0, number - 40) : number]):
            if above.line == line:
                continue
            line, seen = above.line, seen + 1
            if seen > _LINES_UP:
                return
            yield above

    def _is_heading(self, sentence: Sentence) -> bool:
        last = self.text[sentence.end - 1]
        short = sentence.is_whole_line and self.text.count(" ", sentence.start, sentence.end) < _HEADING_WORDS
        return last == ":" or (short and last not in ".!?,;")

    def _is_proposed(self, number: int, passage: Passage) -> bool:
        """Whether a sentence proposes, itself or below a heading like `Päätösehdotus`."""
        if "proposed" in passage.groups:
            return True
        for above in reversed(self.sentences[max(0, number - 3) : number]):
            if self.text.count(" ", above.start, above.end) < _MARK_WORDS:
                groups = self._passage(above, self._items_of(above)).groups
                if groups & {"proposed", "section"}:
                    return "proposed" in groups
        return False

    # --- types and times ---------------------------------------------------------------------------

    def _types_of(self, number: int, passage: Passage, item: Item) -> frozenset[str]:
        """The types nearest to a date: named before it, else behind it, else earlier, else in a heading."""
        clause = passage.clause_of(item.start)
        begin, end = passage.clauses[clause]
        starts = sorted({i.start for i in passage.items if begin <= i.start < end} | {item.start})
        place = starts.index(item.start)
        stops = [*starts, end]
        behind_first = self._types(starts[0], stops[1])
        if len(starts) > 1 and behind_first and not self._types(begin, starts[0]):
            return self._types(item.start, stops[place + 1])  # every date stands before its type
        if behind_first and self._excepts(passage, item):
            behind_first = frozenset()
        if before := self._types(starts[place - 1] if place else begin, item.start):
            return before
        if not place and behind_first:
            return behind_first
        for low, high in ((begin, starts[0]), *reversed(passage.clauses[:clause])):
            if types := self._types(low, high):
                return types
        return self._heading_types(number)

    def _excepts(self, passage: Passage, item: Item) -> bool:
        """Whether the types behind a date are told not to be meant: `9.–31.1.2023 pl. kerta-avustukset`."""
        return any(
            c.group == "except" and not passage.is_before(c, item) and passage.cost(c, item) < 4 for c in passage.cues
        )

    def _time(self, day: DateSpan | None) -> TimeSpan | None:
        """The clock time that stands right behind a day, or right before it."""
        if day is None:
            return None
        at = bisect_left(self.time_starts, day.end)
        if (
            at < len(self.times)
            and self.times[at].start <= day.end + _ADJACENT
            and _TO_TIME.fullmatch(self.lower, day.end, self.times[at].start)
        ):
            return self.times[at]
        if at and self.times[at - 1].end <= day.start <= self.times[at - 1].end + _ADJACENT:
            time = self.times[at - 1]
            if _TO_DATE.fullmatch(self.lower, time.end, day.start) and not self._is_of_a_day(time):
                return time
        return None

    def _is_of_a_day(self, time: TimeSpan) -> bool:
        at = bisect_left(self.item_starts, time.start)
        if not at or time.start > self.items[at - 1].end + _ADJACENT:
            return False
        return _TO_TIME.fullmatch(self.lower, self.items[at - 1].end, time.start) is not None

    def _with_loose_time(self, number: int, passage: Passage, found: list[Statement]) -> list[Statement]:
        """Gives a deadline the clock time that is told elsewhere in its sentence, or tells the time alone."""
        times = [
            t for t in self._times_of(passage.sentence)
            if t.until is None and not self._is_of_a_day(t) and all(s.closes_time != t for s in found)
        ]  # fmt: skip
        if len(times) != 1:
            return found
        spot = mark(times[0].start, times[0].end)
        clause = passage.clause_of(spot.start)
        if _role(passage, passage.within(clause), spot) != "closes":
            return found
        ends = [s for s in found if s.closes is not None and not s.past and not s.old]
        if ends and ends[-1].closes_time is None:
            return [replace(s, closes_time=times[0]) if s is ends[-1] else s for s in found]
        if passage.items or self._topic_of(number, passage, clause, spot) not in _APPLYING:
            return found
        return [*found, Statement(start=spot.start, end=spot.end, sentence=passage.sentence, closes_time=times[0])]

    # --- calls without an end, calls that are over -------------------------------------------------------

    def _with_continuity(self, number: int, passage: Passage, found: list[Statement]) -> list[Statement]:
        for cue in passage.cues:
            spot = mark(passage.start_of(cue), passage.words[cue.last].end)
            clause = passage.clause_of(spot.start)
            if cue.group != "continuous" or not self._is_endless(number, passage, spot, clause):
                continue
            low, high = passage.clauses[clause]
            bounds = [s for s in found if low <= s.start < high and not s.past]
            own = bounds[0] if len(bounds) == 1 and self._is_one_call(bounds[0], spot) else None
            types = own.types if own else self._types_of(number, passage, spot)
            endless = Statement(
                start=spot.start, end=spot.end, sentence=passage.sentence, continuous=True, types=types,
                opens=own.opens if own else None, closes=own.closes if own else None,
                doubts=_doubts(passage, passage.near(passage.within(clause), spot), spot, proposed=self._is_proposed(number, passage)),
            )  # fmt: skip
            return [*(s for s in found if s is not own), endless]
        return found

    def _is_one_call(self, dated: Statement, spot: DateSpan) -> bool:
        """Whether a period and a `continuous` beside it are told of the same grants."""
        low, high = min(dated.end, spot.end), max(dated.start, spot.start)
        return not self._types(low, high)

    def _is_endless(self, number: int, passage: Passage, spot: DateSpan, clause: int) -> bool:
        cues = passage.within(clause)
        topics = set(passage.topics(clause))
        if any(c.group == "not_continuous" for c in cues) or topics & {"elsewhere", "event", "comment"}:
            return False
        if _is_past(passage.near(cues, spot)):
            return False
        if topics & _APPLYING:
            return True
        low, high = passage.clauses[clause]
        earlier = {t for other in range(clause) for t in passage.topics(other)}
        if self._types(low, high) and earlier & _APPLYING:
            return True
        return self._is_row(passage) and self._heading_topic(number) in _APPLYING

    def _call_is_over(self, passage: Passage) -> Iterator[Statement]:
        """`Haku on päättynyt` without a date: the period told just before is over."""
        for cue in passage.cues:
            if cue.group == "over" and not passage.items:
                at = passage.start_of(cue)
                types = self._types(passage.sentence.start, passage.sentence.end)
                yield Statement(start=at, end=at, sentence=passage.sentence, types=types, past=True)


# --- what the words around a date say ---------------------------------------------------------------------


def _may_be(name: str, item: Item) -> bool:
    """Whether a topic can have such a date: decisions have days, never periods."""
    return name in _PERIODS or isinstance(item, DateSpan)


def _role(passage: Passage, cues: Sequence[Cue], item: Item) -> str | None:
    """`both` for a range; `opens` or `closes` for a day that a word near by says it of."""
    if isinstance(item, RangeSpan):
        return "both"
    best: tuple[float, str] | None = None
    for cue in cues:
        if cue.group not in _ROLES:
            continue
        before, cost = passage.is_before(cue, item), passage.cost(cue, item)
        if cue.group.endswith("_after"):
            cost, limit = (FAR, 0.0) if before else (cost - _REACH_BEHIND, 1.0)
        else:
            limit = _REACH_BEFORE if before else _REACH_BEHIND
        if cost <= limit and (best is None or cost < best[0]):
            best = (cost, cue.group.removesuffix("_after"))
    return best[1] if best else None


def _bounds(item: Item, role: str) -> tuple[DateSpan | None, DateSpan | None]:
    if isinstance(item, RangeSpan):
        return item.first, item.last
    return (item, None) if role == "opens" else (None, item)


def _tells_of_latecomers(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`30.9. jälkeen saapuneita hakemuksia ei käsitellä`: neither over nor denied, but the deadline."""
    return any(c.group == "closes_after" and c.last > c.first and passage.cost(c, item) <= 2.5 for c in cues)


def _is_past(near: Nearness) -> bool:
    return near["past"] < FAR and near["past"] <= near["present"]


def _is_old(passage: Passage, cues: Sequence[Cue], item: Item, near: Nearness) -> bool:
    """`alun perin 30.9.`, `30.9. sijaan`, `ei 30.9.`: the former dates."""
    if near["denied"] <= 1 or near["superseded_after"] <= _OLD_REACH:
        return any(
            c.group in {"denied", "superseded_after"} and passage.is_before(c, item) == (c.group == "denied")
            for c in cues
        )
    return any(
        c.group == "superseded" and passage.is_before(c, item) and passage.cost(c, item) <= _OLD_REACH for c in cues
    )


def _is_moved(passage: Passage, clause: int, item: Item) -> bool:
    """Whether a word for new dates stands in the date's clause, or before the first date of the sentence."""
    first = item is passage.items[0]
    return any(
        c.group in _MOVES
        and (passage.clause_of(passage.start_of(c)) == clause or (first and passage.is_before(c, item)))
        for c in passage.cues
    )


def _doubts(passage: Passage, near: Nearness, item: Item, *, proposed: bool) -> tuple[str, ...]:
    days = (item.first, item.last) if isinstance(item, RangeSpan) else (item,)
    found = {
        PROPOSED: proposed,
        CONDITIONAL: passage.groups >= {"conditional", "conditional_on"},
        YEARLY: near["yearly"] < FAR and not all(d.has_year for d in days),
        MONTH_END: any(d.month_end for d in days),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _over_together(found: Sequence[Statement]) -> Iterator[Statement]:
    """An opening told in one breath with an end that is over, is over too."""
    ends_over = [s.start for s in found if s.past and s.closes is not None and s.opens is None]
    for s in found:
        over = s.opens is not None and s.closes is None and any(start > s.end for start in ends_over)
        yield replace(s, past=True) if over else s


def adopts_the_proposal(text: str) -> bool:
    """Whether minutes tell that what was proposed became the decision."""
    lower = lowered(text)
    return any(
        c.group == "adopted"
        for sentence in holding(text, places(lower, ("hyväksy", "ehdotuksen", "päätettiin", "godkän", "förslag")))
        for c in lexicon().cues(tokens(lower, sentence.start, sentence.end))
    )


def counts_applications(text: str) -> bool:
    """Whether a text counts the applications that came in: the round it speaks of is over."""
    lower = lowered(text)
    for sentence in holding(text, places(lower, ("hakemu", "haki", "hakijo", "ansökn"))):
        cues = lexicon().cues(tokens(lower, sentence.start, sentence.end))
        if any(c.group == "received" for c in cues):
            return True
    return False
