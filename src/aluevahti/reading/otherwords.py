"""Dates of a call that nothing beside them names: what a page about grants may mean by a first or a last day.

`Tjänsten öppnas torsdagen den 1 oktober, och lördagen den 31 oktober låses den.` A reader knows what it is of, because
the page speaks of nothing else that begins or ends. Such a day is told with its doubt.
"""

from __future__ import annotations

from typing import Final

from aluevahti.reading.outline import LINES_UP, Outline
from aluevahti.reading.passage import Item, Passage, topic
from aluevahti.reading.saying import APPLYING, ROLES
from aluevahti.reading.spans import DateSpan, RangeSpan

_OF_OTHERS: Final = frozenset(
    {
        "others_call",
        "of_a_gift",
        "for_no_grant",
        "sought",
        "wished",
        "proposed",
        "ignored",
        "of_something_else",
    }
)
_OVER: Final = frozenset({"past", "opened"})


def may_be_of_a_call(outline: Outline, number: int, passage: Passage, item: Item) -> bool:
    """Whether a first or last day of which nothing tells what it is of may be one of applying for grants."""
    if not APPLYING.issuperset(passage.topics()) or passage.groups & _OF_OTHERS:
        return False
    of_a_form = passage.groups >= {"of_a_call", "lies_open"}
    if isinstance(item, RangeSpan) and not (of_a_form or passage.groups & ROLES):
        return outline.is_a_type_alone(number) and not _stands_below_what_is_over(outline, number)
    if isinstance(item, DateSpan) and item.month_end:
        return False  # the end of a month or a year is mostly that of using what was granted
    beside = passage.within(passage.clause_of(item.start))
    if not _OVER.isdisjoint(c.group for c in beside):
        return False
    if "denial" in {c.group for c in beside if passage.is_before(c, item)}:
        return False  # `liitteitä ei tarvitse toimittaa 31.5. mennessä`
    title = outline.passage(0).topics()
    if title and APPLYING.isdisjoint(title):
        return False
    speaks = (
        passage.groups & {"refers_back", "of_a_call"}
        or outline.speaks_of_money(passage.sentence)
        or asked_role(outline, number)
    )
    return bool(speaks) and not _goes_on_from_something_else(outline, number)


def _stands_below_what_is_over(outline: Outline, number: int) -> bool:
    above = range(max(0, number - LINES_UP), number)
    return any(outline.passage(line).groups & {"past", "over", "others_call"} for line in above)


def _goes_on_from_something_else(outline: Outline, number: int) -> bool:
    """Whether the sentence before, in the same paragraph, speaks of a report, an event, a use; who decided may stand anywhere."""
    topics = {topic(c) for c in outline.cues_before(number)} - {None, "decision", "available"}
    return bool(topics) and APPLYING.isdisjoint(topics)


def role_by_stem(passage: Passage, item: Item) -> str | None:
    """Whether the clause of a day has a word that begins as those for a first day do, or as those for a last: `järjestelmä lakkaa ottamasta hakemuksia 3.6.`"""
    near = passage.near(passage.within(passage.clause_of(item.start)), item)
    first, last = near["begins_somehow"], near["ends_somehow"]
    if first == last:
        return None
    return "opens" if first < last else "closes"


def asked_role(outline: Outline, number: int) -> str | None:
    """Whether the question right above a sentence asks for a first or a last day: `Milloin lomakkeet saa auki? Maanantaina 13. lokakuuta.`"""
    question = outline.passage(number - 1) if number else None
    if question is None or outline.text[question.sentence.end - 1] != "?" or question.items:
        return None
    if not APPLYING.issuperset(question.topics()):
        return None
    if question.groups & {"until_when", "closes", "closes_after"}:
        return "closes"
    return "opens" if question.groups >= {"when", "opens"} else None
