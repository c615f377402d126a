"""Which of the grant types that a document names it is about: "partnership grants follow later" adds none to a result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aluevahti.model import ANY_TYPE, DocKind, Language, Window
from aluevahti.reading.callnews import withdrawal
from aluevahti.reading.decisions import Told
from aluevahti.reading.grants import find_grant_types
from aluevahti.reading.lexicon import lowered
from aluevahti.reading.page import Page
from aluevahti.reading.passage import call_places
from aluevahti.reading.sentences import Line, Sentence, clauses


def types_of_result(
    page: Page, named: Sequence[str], lang: Language, *, kind: DocKind, told: Told | None
) -> tuple[str, ...]:
    """The types of `named`, in their order, that the title names, else (in news) the sentence of the decision.

    All of them where neither names any.
    """
    news = told is not None and told.sentence is not None and kind is not DocKind.MINUTES_ITEM
    for source in (page.title, told.sentence.text if news and told and told.sentence else ""):
        told_here = set(find_grant_types(source, lang)) - {ANY_TYPE}
        if found := tuple(t for t in named if t in told_here):
            return found
    return tuple(named)


def with_types_of(windows: Sequence[Window], named: tuple[str, ...]) -> tuple[str, ...]:
    """The types that a document names, with those that its windows are for."""
    added = dict.fromkeys(w.grant_type for w in windows if w.grant_type is not None)
    kept = named if named != (ANY_TYPE,) or not added else ()
    return tuple(dict.fromkeys((*kept, *added)))


def types_withdrawn(title: str, text: str, lang: Language) -> tuple[str, ...]:
    """The types whose call a document withdraws by name: in the sentence that withdraws it, or in such a title."""
    sentences = (withdrawal(title, ""), withdrawal(title, text))
    return tuple(dict.fromkeys(t for sentence in sentences for t in _withdrawn_in(sentence, lang)))


def _withdrawn_in(sentence: str, lang: Language) -> Iterator[str]:
    """The types of the clauses that withdraw; of `A's call is cancelled, B's call goes on` nobody knows which."""
    whole = Sentence(0, len(sentence), Line(0, len(sentence)))
    parts = [sentence[begin:end] for begin, end in clauses(sentence, whole)]
    for part in [one for one in parts if withdrawal(one, "")] or [sentence]:
        types = [t for t in find_grant_types(part, lang) if t != ANY_TYPE]
        if len(types) == 1 or len(call_places(lowered(part))) == 1:
            yield from types
