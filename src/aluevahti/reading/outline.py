"""A text with what was found in it, sentence by sentence: its dates, clock times, types of grants, headings and rows.

Sentences are taken apart when they are asked for, each once. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.datescan import begins_at, scan
from aluevahti.reading.grants import grants_at_large, mentions_meant
from aluevahti.reading.lexicon import Cue, Words, lowered, tokens, vocabulary
from aluevahti.reading.passage import Item, Passage, lexicon, topic
from aluevahti.reading.saying import APPLYING
from aluevahti.reading.sentences import Sentence, sentences
from aluevahti.reading.spans import Precision, RangeSpan, TimeSpan
from aluevahti.reading.tables import Cell, Tables

_HEADING_WORDS: Final = 9
_ROW_WORDS: Final = 9
_LABEL_WORDS: Final = 2
_ONLY_A_NAME: Final = 1.2  # times the letters of the name itself
_LONGEST_LABEL: Final = 60  # characters
_DESCRIBED_IN: Final = 2  # lines
_MARK_WORDS: Final = 5
_MONTHS: Final = 3
LINES_UP: Final = 12
"""How many lines above a row are searched for its heading."""


def _takes_weeks(item: Item) -> bool:
    """Whether a date is a period as short as one of applying mostly is: one of use goes on for months."""
    return isinstance(item, RangeSpan) and ((item.last.month or 0) - (item.first.month or 0)) % 12 <= _MONTHS


class Outline:
    """A text, its sentences, and what stands in each.

    Attributes:
        text, lower: the text, and the same in lower case.
        sentences: in order; the methods name one by its number.
        items: the days and ranges of days, in order; the ends of months (`maaliskuun loppuun`) among them.
        times: the clock times, in order.
    """

    def __init__(self, text: str, lang: Language | None) -> None:
        self.text, self.lower = text, lowered(text)
        self.sentences = sentences(text)
        spans = scan(self.lower, lang)
        month_ends = [s for s in spans.loose if s.precision is Precision.DAY]
        self.items: list[Item] = sorted((*spans.dates, *spans.ranges, *month_ends), key=lambda i: i.start)
        self.item_starts = [i.start for i in self.items]
        self.times = spans.times
        self.time_starts = [t.start for t in self.times]
        self._mentions = mentions_meant(self.lower)
        self._mention_starts = [m.start for m in self._mentions]
        self._at_large = grants_at_large(self.lower)
        self._every_type = {m.slug for m in self._mentions}
        self._passages: dict[int, Passage] = {}
        self._of_money: dict[int, bool] = {}
        self._tables = Tables(self.lower)
        self._columns: dict[int, tuple[Cue, ...]] = {}  # by where the heading begins

    # --- sentences -----------------------------------------------------------------------------

    def passage(self, number: int) -> Passage:
        """A sentence taken apart."""
        known = self._passages.get(number)
        if known is None:
            known = self._passages[number] = self._taken_apart(self.sentences[number])
        return known

    def _taken_apart(self, sentence: Sentence) -> Passage:
        items = self.items_of(sentence)
        days = [(max(sentence.start, begins_at(self.lower, day.start)), day.end) for day in items]
        gaps = sorted((*days, *((time.start, time.end) for time in self.times_of(sentence))))
        stretches: list[tuple[int, int]] = []
        begin = sentence.start
        for start, end in [*gaps, (sentence.end, sentence.end)]:
            if start > begin:
                stretches.append((begin, start))
            begin = max(begin, end)
        return Passage(self.text, sentence, Words(self.lower, stretches), items)

    def items_of(self, sentence: Sentence) -> list[Item]:
        """The dates of a sentence."""
        return self.items_between(sentence.start, sentence.end)

    def items_between(self, begin: int, end: int) -> list[Item]:
        """The dates that begin between two offsets."""
        return self.items[bisect_left(self.item_starts, begin) : bisect_left(self.item_starts, end)]

    def times_of(self, sentence: Sentence) -> tuple[TimeSpan, ...]:
        """The clock times of a sentence."""
        return self.times[bisect_left(self.time_starts, sentence.start) : bisect_left(self.time_starts, sentence.end)]

    def types(self, begin: int, end: int) -> frozenset[str]:
        """The types of grants named between two offsets."""
        low, high = bisect_left(self._mention_starts, begin), bisect_left(self._mention_starts, end)
        return frozenset(m.slug for m in self._mentions[low:high])

    def is_at_large(self, sentence: Sentence) -> bool:
        """Whether a sentence names grants to organisations of every type."""
        at = bisect_left(self._at_large, sentence.start)
        return at < len(self._at_large) and self._at_large[at] < sentence.end

    def speaks_of_money(self, sentence: Sentence) -> bool:
        """Whether a sentence has any word for a grant or funding."""
        known = self._of_money.get(sentence.start)
        if known is None:
            part = self.lower[sentence.start : sentence.end]
            known = self._of_money[sentence.start] = any(word in part for word in vocabulary("windows")["money"])
        return known

    # --- headings and rows -----------------------------------------------------------------------

    def is_title(self, sentence: Sentence) -> bool:
        """Whether a sentence is the first line of the text, or says it again."""
        first = self.sentences[0]
        return self.lower[sentence.start : sentence.end] == self.lower[first.start : first.end]

    def is_row(self, number: int) -> bool:
        """Whether a line is a row, a bullet or a label: short, and no sentence with its full stop; or begins with a bare date.

        `2.3.–31.3.2026 klo 15 mennessä. Hakemus tehdään sähköisesti.` stands below a heading as a row does.
        """
        passage = self.passage(number)
        sentence, words = passage.sentence, passage.length
        if passage.items and words < _LABEL_WORDS and not sentence.is_whole_line:
            return not number or self.sentences[number - 1].line != sentence.line
        stops = self.text[sentence.end - 1] in ".!?" and all(i.end != sentence.end for i in passage.items)
        stops = stops and not self._is_labelled_date(sentence, passage.items)
        return sentence.is_whole_line and words <= (_LABEL_WORDS if stops else _ROW_WORDS)

    def _is_labelled_date(self, sentence: Sentence, items: Sequence[Item]) -> bool:
        """Whether a sentence is a label, a date and its clock time, and a full stop: `Kumppanuusavustus: 4.11.–9.12.2024 klo 16.00.`"""
        if len(items) != 1 or not self.lower[sentence.start : begins_at(self.lower, items[0].start)].rstrip().endswith(
            ":"
        ):
            return False
        return sentence.end - max(items[0].end, *(t.end for t in self.times_of(sentence)), 0) <= 1

    def cues_before(self, number: int) -> tuple[Cue, ...]:
        """What the words of the sentence before one say, in the same paragraph; nothing where it is the first."""
        goes_on = number and self.sentences[number - 1].line == self.sentences[number].line
        return self.passage(number - 1).cues if goes_on else ()

    def headings_above(self, number: int) -> Iterator[int]:
        """The headings above a sentence, nearest first; the title last."""
        yield from (above for above in self._lines_above(number) if above and self._is_heading(self.sentences[above]))
        if number:
            yield 0

    def heading_topic(self, number: int) -> str | None:
        """The topic of a row's heading."""
        heading = self.heading(number)
        topics = heading.topics() if heading else []
        return "call" if "call" in topics else (topics[-1] if topics else None)

    def heading(self, number: int) -> Passage | None:
        """The nearest heading above with a topic, over rows like this one; None where something else stands between."""
        for above in self._lines_above(number):
            sentence = self.sentences[above]
            if self.items_of(sentence):
                continue
            if not self._is_heading(sentence):
                return None
            passage = self.passage(above)
            if passage.topics():
                return passage
            if not self.types(sentence.start, sentence.end):
                return None
        return None

    def is_a_type_alone(self, number: int) -> bool:
        """Whether a row tells a type of grants and a period of some weeks, and hardly a word more: `Toiminta-avustus 2.3.–31.3.`

        The type may be the line above: `Toiminta-avustus / 2.3.–31.3.`
        """
        passage = self.passage(number)
        if passage.topics() or not (self.is_row(number) and any(_takes_weeks(i) for i in passage.items)):
            return False
        begin, end = passage.sentence.start, passage.sentence.end
        low, high = bisect_left(self._mention_starts, begin), bisect_left(self._mention_starts, end)
        named = self._mentions[low:high]
        others = [w for w in passage.words if not any(m.start <= w.start < m.end for m in named)]
        return len(others) <= _LABEL_WORDS if named else not others and self._stands_below_a_type(number)

    def _stands_below_a_type(self, number: int) -> bool:
        """Whether the line right above is a heading that only names a type of grants, or the one above a line that describes it."""
        for above in range(number - 1, max(0, number - 1 - _DESCRIBED_IN), -1):
            sentence = self.sentences[above]
            if self.items_of(sentence) or self.passage(above).topics():
                return False
            if self.types(sentence.start, sentence.end):
                return self._is_heading(sentence)
        return False

    def topic_above(self, number: int) -> str | None:
        """The topic of the nearest line above that has any, else the title's; none where it tells of what is over, or of others."""
        for above in (*self._lines_above(number), 0):
            passage = self.passage(above)
            if topics := passage.topics():
                return None if passage.groups & {"past", "over", "others_call"} else topics[-1]
        return None

    def heading_types(self, number: int) -> frozenset[str]:
        """The types named in the nearest heading above that names any; none where one names another grant below that."""
        own = self.grant_heading(number)
        for above in self._lines_above(number):
            sentence = self.sentences[above]
            types = self.types(sentence.start, sentence.end)
            if above == own and not types:
                return frozenset()
            if types and self._is_heading(sentence) and not self.items_of(sentence):
                if self._ends_a_list(above, types):
                    return frozenset()  # what stands below a list of grants is of them all
                # A title speaks for the whole text only where the text names no other type.
                return types if above or types == self._every_type else frozenset()
        return frozenset()

    def types_around(self, number: int) -> frozenset[str]:
        """The types that a sentence which names none speaks of: those that it takes up, its label's, its heading's."""
        return self.types_taken_up(number) or self.label_types(number) or self.heading_types(number)

    def label_types(self, number: int) -> frozenset[str]:
        """The types named in the label that a paragraph of several sentences begins with: `• Kohdeavustus: yksi rajattu kokonaisuus. Aikaa on …`"""
        line = self.sentences[number].line
        end = self.lower.find(":", line.start, line.start + _LONGEST_LABEL)
        if end < 0 or end > self.sentences[number].start:
            return frozenset()
        named = [m for m in self._mentions if line.start <= m.start < end]
        label = self.lower[line.start : end]
        return (
            self.types(line.start, end)
            if named and len(label.strip("•*–- ")) <= _ONLY_A_NAME * (named[0].end - named[0].start)
            else frozenset()
        )

    def types_taken_up(self, number: int) -> frozenset[str]:
        """The types of the sentence before, where one begins by taking them up: `Uutta ovat hankeavustukset. Niissä on jatkuva haku.`"""
        if not number or not any(c.group == "takes_up" and c.first == 0 for c in self.passage(number).cues):
            return frozenset()
        before = self.sentences[number - 1]
        same_line = before.line == self.sentences[number].line
        return self.types(before.start, before.end) if same_line else frozenset()

    def grant_heading(self, number: int) -> int | None:
        """The number of the nearest heading above that names a grant, the title left out; None where there is none."""
        for above in self._lines_above(number):
            sentence = self.sentences[above]
            if above and self._is_heading(sentence) and self.speaks_of_money(sentence) and not self.items_of(sentence):
                return above if not self.passage(above).topics() else None
        return None

    def _ends_a_list(self, number: int, types: frozenset[str]) -> bool:
        """Whether the line right above a heading is one like it, of another type."""
        if number < 2 or self.sentences[number - 1].line == self.sentences[number].line:
            return False
        before = self.sentences[number - 1]
        others = self.types(before.start, before.end)
        alike = bool(others) and others.isdisjoint(types) and not self.items_of(before)
        return alike and self._is_heading(before)

    def cell(self, number: int, offset: int) -> Cell | None:
        """The cell of a table row that an offset of a sentence lies in; None outside tables."""
        return self._tables.cell(self.sentences[number].line, offset)

    def column(self, number: int, offset: int) -> tuple[Cue, ...]:
        """What the heading of a table says of the column that an offset of a sentence lies in: nothing outside tables."""
        line = self.sentences[number].line
        over = self._tables.heading(line, (self.sentences[n].line for n in self._lines_above(number)), offset)
        if over is None or self.items_between(over.start, over.end):
            return ()
        known = self._columns.get(over.start)
        if known is None:
            known = self._columns[over.start] = lexicon().cues(tokens(self.lower, over.start, over.end))
        return known

    def column_types(self, number: int, offset: int) -> frozenset[str]:
        """The types of grants that the heading of that column names: `Toiminta-avustus | Kerta-avustus`, beside an empty corner."""
        line, above = self.sentences[number].line, [self.sentences[n].line for n in self._lines_above(number)]
        for over in (
            self._tables.heading(line, above, offset),
            self._tables.heading_beside_a_corner(line, above, offset),
        ):
            if over and (types := self.types(*over)):
                return types
        return frozenset()

    def column_topic(self, number: int, offset: int) -> str | None:
        """The topic of that heading; of a label of its own (`Täydennykset | 15.10.`) a row's first cell has the word."""
        topics = [t for c in self.column(number, offset) if (t := topic(c))]
        if not topics:
            return None
        line = self.sentences[number].line
        label = self.cell(number, line.start)
        if label and label.end <= offset and not self.types(*label):
            labels = [t for c in lexicon().cues(tokens(self.lower, *label)) if (t := topic(c))]
            topics += labels
        others = [t for t in topics if t not in APPLYING]
        return others[-1] if others else "call"

    def is_proposed(self, number: int) -> bool:
        """Whether a sentence proposes, itself or below a heading like `Päätösehdotus`."""
        if "proposed" in self.passage(number).groups:
            return True
        for above in range(number - 1, max(-1, number - 4), -1):
            sentence = self.sentences[above]
            if self.text.count(" ", sentence.start, sentence.end) < _MARK_WORDS:
                groups = self.passage(above).groups
                if "adopted" in groups:
                    return False
                if groups & {"proposed", "section"}:
                    return "proposed" in groups
        return False

    def _lines_above(self, number: int) -> Iterator[int]:
        """The last sentence of each line above, nearest first."""
        line, seen = self.sentences[number].line, 0
        for above in range(number - 1, max(-1, number - 41), -1):
            if self.sentences[above].line == line:
                continue
            line, seen = self.sentences[above].line, seen + 1
            if seen > LINES_UP:
                return
            yield above

    def _is_heading(self, sentence: Sentence) -> bool:
        last = self.text[sentence.end - 1]
        short = sentence.is_whole_line and self.text.count(" ", sentence.start, sentence.end) < _HEADING_WORDS
        return last == ":" or (short and last not in ".!,;")
