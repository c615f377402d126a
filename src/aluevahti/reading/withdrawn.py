"""Which call a document withdraws, or puts off to days that nobody knows yet. The words are in windows.yaml. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from aluevahti.model import ANY_TYPE, CallChange, DocKind, Language, Outcome, Reading, StatusFact
from aluevahti.reading.callnews import is_postponed, withdrawal
from aluevahti.reading.grants import find_grant_types
from aluevahti.reading.lexicon import lowered, vocabulary
from aluevahti.reading.page import Page, Section
from aluevahti.reading.passage import call_places
from aluevahti.reading.sentences import Line, Sentence, clauses

MAY_CHANGE_CALLS: Final = frozenset({DocKind.GRANT_CALL_CHANGE, DocKind.MINUTES_ITEM})
_MAY_WITHDRAW: Final = frozenset({CallChange.CANCELLED, CallChange.NEW, CallChange.EXTENDED, CallChange.REOPENED})


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The types of grants whose call a document withdraws by name, and the sentence by which it does.

    `postponed`: the call comes later, on days that nobody knows yet. `months`: the first and the last month in which
    the round opens that is meant (`syksyn hakua`); () where the sentence names none.
    """

    types: tuple[str, ...] = ()
    sentence: str = ""
    postponed: bool = False
    months: tuple[int, ...] = ()

    def is_of(self, fact: StatusFact) -> bool:
        """Whether a fact states grants as being given whose call is withdrawn."""
        return fact.field == "grant_types" and isinstance(fact.value, list) and set(fact.value) <= set(self.types)


def find_withdrawal(page: Page, reading: Reading, *, minutes: bool) -> Withdrawal:
    """What a document withdraws; nothing where it is no news of a call, or none that matters."""
    change, kind = reading.change, reading.doc_kind
    if not reading.is_relevant or not (change in _MAY_WITHDRAW or (change is None and kind in MAY_CHANGE_CALLS)):
        return Withdrawal()
    text = _decided_text(page) if minutes else page.body
    types = tuple(
        dict.fromkeys(
            name
            for sentence in (withdrawal(page.title, ""), withdrawal(page.title, text))
            for name in _withdrawn_in(sentence, reading.lang)
        )
    )
    postponed = kind in MAY_CHANGE_CALLS and is_postponed(page.title, text)
    sentence = withdrawal(page.title, text)
    months = _months_of_round(sentence) or _months_of_round(withdrawal(page.title, ""))
    return Withdrawal(types, sentence if types or postponed else "", postponed, months)


@cache
def _round() -> re.Pattern[str]:
    words = vocabulary("windows")
    seasons = "|".join(map(re.escape, words["rounds"]))
    return re.compile(rf"\b({seasons})\s(?:[\w-]+\s){{0,2}}[\w-]*(?:{'|'.join(words['called'])})")


def _months_of_round(sentence: str) -> tuple[int, ...]:
    """The months of the round that a sentence speaks of; () where it names none."""
    told = _round().search(lowered(sentence))
    return tuple(vocabulary("windows")["rounds"][told[1]]) if told else ()


def is_undecided(page: Page, outcome: Outcome | None) -> bool:
    """Whether a meeting's paper shows no decision to withdraw a call: it is proposed, or only on the list of items."""
    decided = "\n".join(s.text for s in page.in_section(Section.DECISION))
    return outcome is None and not withdrawal("", decided)


def _decided_text(page: Page) -> str:
    """What a meeting is asked to decide, and decides: its reasons may tell of calls that were withdrawn long ago."""
    return "\n".join(s.text for s in page.in_section(Section.PROPOSAL, Section.DECISION)) or page.body


def _withdrawn_in(sentence: str, lang: Language) -> Iterator[str]:
    """The types of the clauses that withdraw; of `A's call is cancelled, B's call goes on` nobody knows which."""
    whole = Sentence(0, len(sentence), Line(0, len(sentence)))
    parts = [sentence[begin:end] for begin, end in clauses(sentence, whole)]
    for part in [one for one in parts if withdrawal(one, "")] or [sentence]:
        types = [t for t in find_grant_types(part, lang) if t != ANY_TYPE]
        if len(types) == 1 or len(call_places(lowered(part))) == 1:
            yield from types
