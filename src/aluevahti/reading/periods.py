"""What the dates of a text say about applying: opens, closes, over, or something else altogether.

Works sentence by sentence: of the words around a date the nearest topic decides (windows.yaml),
a clause without a topic takes that of the clause before it, a table row that of its heading.
Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeAlias

from aluevahti.model import Language
from aluevahti.reading.dates import DateSpan, Precision, RangeSpan, TimeSpan, scan, scan_times
from aluevahti.reading.grants import Mention, find_mentions
from aluevahti.reading.lexicon import Cue, Lexicon, Token, lowered, tokens, vocabulary
from aluevahti.reading.sentences import Sentence, after_bullet, clauses, sentences

PROPOSED: Final = "only proposed"
CONDITIONAL: Final = "depends on the budget"
YEARLY: Final = "told as a yearly period"
WEEKDAY: Final = "the weekday does not fit the date"
MONTH_END: Final = "told as the end of a month"

Item: TypeAlias = DateSpan | RangeSpan

_CROSSING: Final = 4.0  # another date between a word and the date: the word is probably the other date's
_BIAS: Final = {"application": 0.5, "event": -0.5, "report": -0.5, "supplement": -1.0, "decision": 0.5}
_PERIODS: Final = frozenset({"call", "application", "event", "report", "supplement", "use", "comment", "elsewhere"})
_APPLYING: Final = frozenset({"call", "application"})
_REACH_BEFORE: Final = 7
_REACH_AFTER: Final = 3
_HEADING_WORDS: Final = 9
_ROW_WORDS: Final = 9
_TO_TIME: Final = re.compile(
    r"[\s\u00a0,.(]*(?:(?:viimeistään|mennessä|asti|saakka|päättyen|senast|och|ja|on|viimeistään)[\s,]*)?\(?"
)
_TO_DATE: Final = re.compile(
    r"[\s\u00a0,.(]*(?:(?:mennessä|asti|saakka|den|viimeistään)[\s,]*)?(?:[a-zåäö]{5,14}(?:na|ina|hin|en|gen)\s)?(?:den\s)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a text says about a time of applying.

    Attributes:
        opens, closes: the days as written; years may be missing.
        past: told as over. old: the former dates of a call that has new ones.
        moved: the dates are news about a call told before (extended, reopened, brought forward).
        named: no verb or word of its own, the topic comes from a heading or a neighbour.
    """

    start: int
    end: int
    sentence: Sentence
    opens: DateSpan | None = None
    closes: DateSpan | None = None
    closes_time: TimeSpan | None = None
    continuous: bool = False
    types: frozenset[str] = frozenset()
    past: bool = False
    old: bool = False
    moved: bool = False
    doubts: tuple[str, ...] = ()


@cache
def _lexicon() -> Lexicon:
    words = vocabulary("windows")
    plain = (
        "ignored", "closes", "opens", "closes_after", "opens_after", "past", "present", "continuous", "not_continuous",
        "superseded", "denied", "yearly", "proposed", "conditional", "conditional_on", "not_applying",
    )  # fmt: skip
    groups: dict[str, Sequence[str]] = {name: words[name] for name in plain}
    groups |= {f"topic:{name}": entries for name, entries in words["topics"].items()}
    groups |= {f"change:{name}": entries for name, entries in words["changes"].items()}
    return Lexicon({name: [str(e) for e in entries] for name, entries in groups.items()})


@cache
def _first_words(group: str) -> tuple[str, ...]:
    return tuple({str(entry).split()[0].strip("*") for entry in vocabulary("windows")[group]})


def find_statements(text: str, lang: Language | None = None) -> tuple[Statement, ...]:
    """Every statement of `text` about a time of applying, past ones included, in order."""
    return tuple(_Reader(text, lang).statements())


@dataclass(slots=True)
class _Passage:
    """A sentence taken apart: its words outside dates and times, the cues among them, its dates."""

    sentence: Sentence
    words: tuple[Token, ...]
    cues: tuple[Cue, ...]
    items: tuple[Item, ...]
    clauses: tuple[tuple[int, int], ...]
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = tuple(w.start for w in self.words)

    def place(self, offset: int) -> int:
        """How many words stand before an offset."""
        return bisect_left(self.starts, offset)

    def clause_of(self, offset: int) -> int:
        return bisect_right([begin for begin, _ in self.clauses], offset) - 1

    def within(self, clause: int) -> list[Cue]:
        begin, end = self.clauses[clause]
        return [c for c in self.cues if begin <= self.words[c.first].start < end]

    def cost(self, cue: Cue, item: Item) -> float:
        """How far a cue stands from a date, in words; words behind a date count for a little less."""
        at = self.place(item.start)
        before = cue.last < at
        distance = at - cue.last if before else cue.first - at + 1.5
        low, high = (self.words[cue.last].end, item.start) if before else (item.end, self.words[cue.first].start)
        return distance + _CROSSING * sum(low <= i.start < high for i in self.items if i is not item)


def _topic(cue: Cue) -> str | None:
    return cue.group[6:] if cue.group.startswith("topic:") else None


class _Reader:
    def __init__(self, text: str, lang: Language | None) -> None:
        self.text, self.lower = text, lowered(text)
        spans = scan(self.lower, lang)
        ends = [s for s in spans.loose if s.precision is Precision.DAY]
        self.items: list[Item] = sorted((*spans.dates, *spans.ranges, *ends), key=lambda i: i.start)
        self.item_starts = [i.start for i in self.items]
        self.times = scan_times(self.lower)
        self.time_starts = [t.start for t in self.times]
        self.mentions = find_mentions(self.lower)
        self.mention_starts = [m.start for m in self.mentions]
        self.heading_topic: str | None = None
        self.heading_types: frozenset[str] = frozenset()
        self.last_topic: str | None = None

    # --- the way through the text -------------------------------------------------------------

    def statements(self) -> Iterator[Statement]:
        previous: Sentence | None = None
        for sentence in sentences(self.text):
            if previous is not None and previous.line != sentence.line:
                self._leave(previous)
            items = self.items[
                bisect_left(self.item_starts, sentence.start) : bisect_left(self.item_starts, sentence.end)
            ]
            if items or self._may_be_continuous(sentence):
                yield from self._read(sentence, tuple(items))
            previous = sentence

    def _leave(self, sentence: Sentence) -> None:
        """Takes from the line just read what it says about the lines below it."""
        last = self.text[sentence.end - 1]
        short = sentence.is_whole_line and len(self.text[sentence.start : sentence.end].split()) <= _HEADING_WORDS
        if last == ":" or (short and last not in ".!?,;"):
            passage = self._passage(sentence, ())
            topics = [t for c in passage.cues if (t := _topic(c))]
            is_row = bool(self._items_of(sentence))
            if topics and not is_row:
                self.heading_topic = "call" if "call" in topics else topics[-1]
            elif not is_row and not self._types(sentence.start, sentence.end):
                self.heading_topic = None
            if not is_row:
                self.heading_types = self._types(sentence.start, sentence.end)
        elif not short:
            self.heading_topic = None

    def _items_of(self, sentence: Sentence) -> list[Item]:
        return self.items[bisect_left(self.item_starts, sentence.start) : bisect_left(self.item_starts, sentence.end)]

    def _types(self, begin: int, end: int) -> frozenset[str]:
        low, high = bisect_left(self.mention_starts, begin), bisect_left(self.mention_starts, end)
        return frozenset(m.slug for m in self.mentions[low:high])

    def _may_be_continuous(self, sentence: Sentence) -> bool:
        part = self.lower[sentence.start : sentence.end]
        return any(word in part for word in _first_words("continuous"))

    def _passage(self, sentence: Sentence, items: tuple[Item, ...]) -> _Passage:
        low, high = bisect_left(self.time_starts, sentence.start), bisect_left(self.time_starts, sentence.end)
        gaps = sorted([(i.start, i.end) for i in items] + [(t.start, t.end) for t in self.times[low:high]])
        words: list[Token] = []
        begin = sentence.start
        for start, end in [*gaps, (sentence.end, sentence.end)]:
            if start > begin:
                words += tokens(self.lower, begin, start)
            begin = max(begin, end)
        cues = _lexicon().cues(words)
        hidden = [(c.first, c.last) for c in cues if c.group == "ignored"]
        kept = tuple(
            c for c in cues
            if not (c.group.startswith("topic:") and any(a <= c.first and c.last <= b for a, b in hidden))
        )  # fmt: skip
        return _Passage(sentence, tuple(words), kept, items, clauses(self.text, sentence))

    # --- one sentence ---------------------------------------------------------------------------

    def _read(self, sentence: Sentence, items: tuple[Item, ...]) -> Iterator[Statement]:
        passage = self._passage(sentence, items)
        found = [s for item in items if (s := self._about(passage, item)) is not None]
        found = self._with_continuity(passage, found)
        yield from _over_together(found)

    def _about(self, passage: _Passage, item: Item) -> Statement | None:
        if self._is_event(item):
            return None
        clause = passage.clause_of(item.start)
        cues = passage.within(clause)
        role = self._role(passage, cues, item)
        if role is None or self._topic_of(passage, clause, item, role) not in _APPLYING:
            return None
        if _nearest(passage, cues, item, "not_applying") < _CROSSING and role != "closes_after_which":
            return None
        opens, closes = _bounds(item, role)
        time = self._time(closes) if closes is not None else None
        if time is not None and time.until is not None:
            return None
        return Statement(
            start=item.start, end=item.end, sentence=passage.sentence, opens=opens, closes=closes, closes_time=time,
            types=self._types_of(passage, item), past=self._is_past(passage, cues, item, role),
            old=_is_old(passage, cues, item), moved=_is_moved(passage), doubts=_doubts(passage, cues, item),
        )  # fmt: skip

    def _is_event(self, item: Item) -> bool:
        """A day with a span of hours is a meeting or an info session, never the end of a call."""
        time = self._time(item if isinstance(item, DateSpan) else item.last)
        return time is not None and time.until is not None

    def _role(self, passage: _Passage, cues: Sequence[Cue], item: Item) -> str | None:
        if isinstance(item, RangeSpan):
            return "both"
        at = passage.place(item.start)
        best: tuple[float, str] | None = None
        for cue in cues:
            if cue.group in {"closes_after", "opens_after"} and cue.first >= at:
                cost = passage.cost(cue, item) - 2.5
                limit = _REACH_AFTER - 2.5
            elif cue.group in {"closes", "opens"}:
                cost, limit = passage.cost(cue, item), _REACH_BEFORE if cue.last < at else _REACH_AFTER - 0.5
            else:
                continue
            if cost <= limit and (best is None or cost < best[0]):
                best = (cost, cue.group.removesuffix("_after"))
        return best[1] if best else None

    # --- the topic ------------------------------------------------------------------------------

    def _topic_of(self, passage: _Passage, clause: int, item: Item, role: str) -> str | None:
        own = self._nearest_topic(passage, passage.within(clause), item)
        if own is not None:
            return own
        for other in (*range(clause - 1, -1, -1), *range(clause + 1, min(clause + 2, len(passage.clauses)))):
            topics = [t for c in passage.within(other) if (t := _topic(c)) and self._may_take(t, item)]
            if topics:
                return topics[-1] if other < clause else topics[0]
        return self._topic_around(passage, item, role)

    def _nearest_topic(self, passage: _Passage, cues: Sequence[Cue], item: Item) -> str | None:
        costs = [
            (passage.cost(c, item) + _BIAS.get(t, 0.0), t) for c in cues if (t := _topic(c)) and self._may_take(t, item)
        ]
        return min(costs)[1] if costs else None

    def _may_take(self, topic: str, item: Item) -> bool:
        return topic in _PERIODS or isinstance(item, DateSpan)

    def _topic_around(self, passage: _Passage, item: Item, role: str) -> str | None:
        sentence = passage.sentence
        if self._is_row(passage):
            return self.heading_topic if isinstance(item, RangeSpan) or role else None
        before = [s for s in (self._sentence_before(sentence),) if s is not None]
        starts_a_deadline = any(c.group in {"closes", "opens"} for c in passage.cues)
        if before and starts_a_deadline:
            topics = [t for c in self._passage(before[0], ()).cues if (t := _topic(c))]
            return topics[-1] if topics else None
        return None

    def _sentence_before(self, sentence: Sentence) -> Sentence | None:
        part = sentences(self.text[sentence.line.start : sentence.start])
        if not part:
            return None
        shift, last = sentence.line.start, part[-1]
        return Sentence(last.start + shift, last.end + shift, sentence.line)

    def _is_row(self, passage: _Passage) -> bool:
        sentence = passage.sentence
        begin = after_bullet(self.text, sentence.line)
        words = [w for w in passage.words if w.start >= begin]
        return sentence.is_whole_line and len(words) <= _ROW_WORDS

    # --- everything else about one date --------------------------------------------------------------

    def _types_of(self, passage: _Passage, item: Item) -> frozenset[str]:
        clause = passage.clause_of(item.start)
        begin, end = passage.clauses[clause]
        others = [i for i in passage.items if begin <= i.start < end]
        place = others.index(item)
        after_first = self._types(others[0].end, others[1].start if len(others) > 1 else end)
        if after_first and not self._types(begin, others[0].start) and len(others) > 1:
            return self._types(item.end, others[place + 1].start if place + 1 < len(others) else end)
        before = self._types(others[place - 1].end if place else begin, item.start)
        if before:
            return before
        if not place and after_first:
            return after_first
        if place and (earlier := self._types(begin, others[0].start)):
            return earlier
        for other in range(clause - 1, -1, -1):
            if types := self._types(*passage.clauses[other]):
                return types
        return self.heading_types

    def _time(self, day: DateSpan) -> TimeSpan | None:
        following = bisect_left(self.time_starts, day.end)
        if following < len(self.times):
            time = self.times[following]
            if time.start - day.end <= 30 and _TO_TIME.fullmatch(self.lower, day.end, time.start):
                return time
        if following and (time := self.times[following - 1]).end <= day.start:
            if (
                day.start - time.end <= 30
                and _TO_DATE.fullmatch(self.lower, time.end, day.start)
                and not self._dated(time)
            ):
                return time
        return None

    def _dated(self, time: TimeSpan) -> bool:
        """Whether a clock time stands right behind a date, and so is that date's."""
        place = bisect_left(self.item_starts, time.start)
        return bool(place) and _TO_TIME.fullmatch(self.lower, self.items[place - 1].end, time.start) is not None

    def _is_past(self, passage: _Passage, cues: Sequence[Cue], item: Item, role: str) -> bool:
        past = _nearest(passage, cues, item, "past")
        if past == _FAR:
            return False
        return past <= _nearest(passage, cues, item, "present")

    def _with_continuity(self, passage: _Passage, found: list[Statement]) -> list[Statement]:
        for cue in passage.cues:
            if cue.group != "continuous":
                continue
            begin = passage.words[cue.first].start
            clause = passage.clause_of(begin)
            if not self._is_call_without_end(passage, cue, clause):
                continue
            low, high = passage.clauses[clause]
            own = [s for s in found if low <= s.start < high and s.closes is None and not s.past]
            opens = own[0].opens if len(own) == 1 and len([s for s in found if low <= s.start < high]) == 1 else None
            marker = DateSpan(
                start=begin, end=passage.words[cue.last].end, on=None, precision=Precision.DAY, has_year=False
            )
            spot = _Passage(
                passage.sentence,
                passage.words,
                passage.cues,
                (*(i for i in passage.items if opens is None or i is not opens), marker),
                passage.clauses,
            )
            if opens is not None:
                found = [s for s in found if s is not own[0]]
            found.append(
                Statement(
                    start=begin, end=marker.end, sentence=passage.sentence, opens=opens, continuous=True,
                    types=self._types_of(_ordered(spot), marker), doubts=_doubts(passage, passage.within(clause), marker),
                )
            )  # fmt: skip
            return found
        return found

    def _is_call_without_end(self, passage: _Passage, cue: Cue, clause: int) -> bool:
        cues = passage.within(clause)
        if any(c.group in {"not_continuous"} for c in cues):
            return False
        marker = DateSpan(
            start=passage.words[cue.first].start, end=passage.words[cue.last].end, on=None,
            precision=Precision.DAY, has_year=False,
        )  # fmt: skip
        if _nearest(passage, cues, marker, "past") <= _nearest(passage, cues, marker, "present") and any(
            c.group == "past" for c in cues
        ):
            return False
        topics = {t for c in cues if (t := _topic(c))}
        if topics & {"elsewhere", "event", "comment"}:
            return False
        if topics & _APPLYING:
            return True
        low, high = passage.clauses[clause]
        earlier = {t for n in range(clause) for c in passage.within(n) if (t := _topic(c))}
        if self._types(low, high) and earlier & _APPLYING:
            return True
        return self._is_row(passage) and self.heading_topic in _APPLYING


_FAR: Final = 99.0


def _ordered(passage: _Passage) -> _Passage:
    items = tuple(sorted(passage.items, key=lambda i: i.start))
    return _Passage(passage.sentence, passage.words, passage.cues, items, passage.clauses)


def _nearest(passage: _Passage, cues: Sequence[Cue], item: Item, group: str) -> float:
    return min((passage.cost(c, item) for c in cues if c.group == group), default=_FAR)


def _bounds(item: Item, role: str) -> tuple[DateSpan | None, DateSpan | None]:
    if isinstance(item, RangeSpan):
        return item.first, item.last
    return (item, None) if role == "opens" else (None, item)


def _is_old(passage: _Passage, cues: Sequence[Cue], item: Item) -> bool:
    return _nearest(passage, cues, item, "superseded") <= 4 or _nearest(passage, cues, item, "denied") <= 1


def _is_moved(passage: _Passage) -> bool:
    return any(c.group.startswith("change:") and c.group != "change:cancelled" for c in passage.cues)


def _doubts(passage: _Passage, cues: Sequence[Cue], item: Item) -> tuple[str, ...]:
    groups = {c.group for c in passage.cues}
    days = (item.first, item.last) if isinstance(item, RangeSpan) else (item,)
    found = {
        PROPOSED: "proposed" in groups,
        CONDITIONAL: groups >= {"conditional", "conditional_on"},
        YEARLY: any(c.group == "yearly" for c in cues) and not all(d.has_year for d in days),
        MONTH_END: any(d.month_end for d in days),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _over_together(found: Sequence[Statement]) -> Iterator[Statement]:
    """An opening told in one breath with an end that is over, is over too."""
    from dataclasses import replace

    ends_over = [s for s in found if s.past and s.closes is not None and s.opens is None]
    for s in found:
        over = s.opens is not None and s.closes is None and any(e.start > s.end for e in ends_over)
        yield replace(s, past=True) if over else s
