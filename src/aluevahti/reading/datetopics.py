"""What a date is of: applying, a report, an event, a decision. Pure.

Of the words around a date the nearest topic decides (windows.yaml), a clause without a topic takes that
of the clause before it, a table row that of its heading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from aluevahti.reading.lexicon import Cue
from aluevahti.reading.outline import Outline
from aluevahti.reading.passage import WITH_FORMS, Item, Passage, topic
from aluevahti.reading.saying import APPLYING, ROLES, may_be
from aluevahti.reading.spans import RangeSpan

_BIAS: Final = {
    "application": 0.5,
    "event": -0.5,
    "report": -0.5,
    "supplement": -1.0,
    "decision": 0.5,
    "available": 0.5,
}
_SENTENCES_UP: Final = 6


class DateTopics:
    """Tells of each date of a text what it is of."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    def of(self, number: int, passage: Passage, clause: int, item: Item) -> str | None:
        """The topic of a date of sentence `number`, in one of its clauses; None where nothing tells it."""
        if column := self._outline.column_topic(number, item.start):
            return column
        beginning = _beginning_of(passage, clause, item)
        if beginning is not None:
            return self.of(number, passage, clause, beginning)
        own = [
            (passage.cost(c, item) + _BIAS.get(t, 0.0), t)
            for c in passage.within(clause)
            if (t := topic(c)) and may_be(t, item) and not (t == "available" and _begins_nearer(passage, c, item))
        ]
        if own:
            nearest = min(own)[1]
            return self._what_the_form_is_for(number, passage, clause) if nearest == "application" else nearest
        if told_of := passage.topic_of_antecedent(clause):
            return told_of
        for other in range(clause - 1, -1, -1):
            if topics := [t for t in passage.topics(other) if may_be(t, item)]:
                return next((t for t in reversed(topics) if t != "decision"), topics[-1])
        if clause + 1 < len(passage.clauses) and (topics := [t for t in passage.topics(clause + 1) if may_be(t, item)]):
            return topics[0]
        return self._topic_around(number, passage, item)

    def _what_the_form_is_for(self, number: int, passage: Passage, clause: int) -> str:
        """What a bare form is of: what its sentence, the one before it, a heading or the title speaks of.

        `Käytöstä raportoidaan. Lomake on auki 1.–31.1.`, `Enkät om bidrag: blanketten ska skickas in senast 10.3`.
        """
        within = passage.within(clause)
        form = next((c.first for c in within if c.group == "form"), None)
        if form is None:
            return "application"
        own = [c for c in passage.cues if c.first < form or (c in within and topic(c) not in WITH_FORMS)]
        before = [c for c in self._outline.cues_before(number) if c.group != "has_grant"]
        headings = (self._outline.passage(above).cues for above in self._outline.headings_above(number))
        around = ([c for c in cues if topic(c) != "supplement"] for cues in (before, *headings))
        return next((paper for cues in (own, *around) if (paper := _paper_of(cues))), "application")

    def _topic_around(self, number: int, passage: Passage, item: Item) -> str | None:
        """The topic of a sentence that names none: a row has its heading's, `Se päättyy …` that of the sentence before."""
        if (
            any(c.group == "time_given" for c in passage.within(passage.clause_of(item.start)))
            and not passage.topics()
            and self._outline.passage(0).topics()[:1] == ["call"]
        ):
            return "call"
        if self._outline.is_row(number):
            if self._says_something_else(passage):
                return None
            alone = self._outline.is_a_type_alone(number)
            headed = self._outline.heading_topic(number) or (self._outline.topic_above(number) if alone else None)
            headed = headed if headed and may_be(headed, item) else None  # a decision has no period
            if headed or not isinstance(item, RangeSpan):
                return headed
        if isinstance(item, RangeSpan) and not passage.topics() and self._is_the_next_type(number, passage):
            return "call"
        if passage.is_relative(passage.clause_of(item.start)):
            return None  # `Lisäaika johtuu häiriöistä, joita esiintyi 1.–3.12.`
        has_role = passage.groups & ROLES or isinstance(item, RangeSpan)
        if not number or not has_role or "refers_back" not in passage.groups:
            return None
        before = self._outline.passage(number - 1)
        if before.sentence.line != passage.sentence.line:
            return self._outline.heading_topic(number) if "new_time" in passage.groups else None
        told = [t for t in before.topics() if may_be(t, item)]
        topics = told or self._outline.passage(0).topics()  # `Hakijat saavat lisäaikaa. Uusi takaraja on …`
        return topics[-1] if topics else None

    def _says_something_else(self, passage: Passage) -> bool:
        """Whether a line has a verb of its own and nothing of the call: `Pysäköintialue on pois käytöstä 18.–19.4.`"""
        types = self._outline.types(passage.sentence.start, passage.sentence.end)
        return bool(passage.groups & {"present", "past"}) and not (passage.groups & ROLES or types)

    def _is_the_next_type(self, number: int, passage: Passage) -> bool:
        """`Kumppanuusavustusten hakuaika on 1.7.–11.10. … Toiminta-avustusten vuoro on sitten: 12.10.–5.12.`"""
        types = self._outline.types(passage.sentence.start, passage.sentence.end)
        for above in range(number - 1, max(-1, number - _SENTENCES_UP), -1):
            before = self._outline.passage(above)
            if "topic:call" in before.groups and any(isinstance(i, RangeSpan) for i in before.items):
                theirs = self._outline.types(before.sentence.start, before.sentence.end)
                return bool(types and theirs and not types & theirs)
        return bool(types) and self._is_headed_by_a_call(number, passage)

    def _is_headed_by_a_call(self, number: int, passage: Passage) -> bool:
        """`Hakuajat 2026. Kumppanuusavustus 1.7.–10.10.2025, toiminta-avustus 13.10.–5.12.2025.`"""
        if not number:
            return False
        above = self._outline.passage(number - 1)
        same_line = above.sentence.line == passage.sentence.line
        return same_line and above.topics()[-1:] == ["call"] and "past" not in above.groups

    def is_at_large(self, number: int, passage: Passage) -> bool:
        """Whether a sentence, or the one before it that it goes on from, names grants of every type:
        `julistaa haettavaksi järjestöavustukset. Hakuaika: 10.6.–5.7.`"""
        if self._outline.is_at_large(passage.sentence):
            return True
        before = self._outline.sentences[number - 1] if number else None
        if before is None or before.line != passage.sentence.line:
            return False
        return self._outline.is_at_large(before) and not self._outline.types(before.start, passage.sentence.end)


def _begins_nearer(passage: Passage, told: Cue, item: Item) -> bool:
    """Whether a word for a first or a last day stands between another and the date: `Lomake julkaistaan ja avataan 1.9.`"""
    if not passage.is_before(told, item):
        return False
    return any(
        c.group in {"opens", "closes"} and c.first > told.last and passage.is_before(c, item)
        for c in passage.within(passage.clause_of(item.start))
    )


def _paper_of(cues: Sequence[Cue]) -> str | None:
    """What paper some words speak of: an application where they name one, else a report, a survey, a sign-up; None without any."""
    bare = {word for c in cues if c.group in {"form", "taken"} for word in range(c.first, c.last + 1)}
    told = ["report" if c.group == "has_grant" else topic(c) for c in cues if c.first not in bare]
    if not APPLYING.isdisjoint(told):
        return "application"
    return next((t for t in reversed(told) if t in WITH_FORMS), None)


def _beginning_of(passage: Passage, clause: int, item: Item) -> Item | None:
    """The day before a last day that has only a verb of its own: `haku avataan 1.10. ja suljetaan 30.10., lautakunta käsittelee …`."""
    at = bisect_left(passage.item_starts, item.start)
    if not at or passage.item_starts[at : at + 1] != [item.start]:
        return None
    before = passage.items[at - 1]
    between = passage.cues_between(before.end, item.start)
    ends = any(c.group == "ends" for c in between) and not any(topic(c) for c in between)
    return before if ends and passage.clause_of(before.start) == clause else None
