"""Which of the grant types that a document names it is about: "partnership grants follow later" adds none to a result."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from aluevahti.model import ANY_TYPE, DocKind, Language, Window
from aluevahti.reading.decisions import Told
from aluevahti.reading.grants import find_grant_types
from aluevahti.reading.page import Page


def types_of_result(
    page: Page,
    named: Sequence[str],
    lang: Language,
    *,
    kind: DocKind,
    told: Told | None,
    called_for: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """The types of `named`, in their order, that the title names, else (in news) the sentence of the decision.

    All of them where neither names any. A title that names only those of `called_for` tells of the next call: `Järjestöille
    2,5 miljoonaa, ilmiöavustusten haku maaliskuussa`.
    """
    news = told is not None and told.sentence is not None and kind is not DocKind.MINUTES_ITEM
    for source in (page.title, told.sentence.text if news and told and told.sentence else ""):
        told_here = set(find_grant_types(source, lang)) - {ANY_TYPE}
        if not told_here <= called_for and (found := tuple(t for t in named if t in told_here)):
            return found
    return tuple(named)


def with_types_of(windows: Sequence[Window], named: tuple[str, ...]) -> tuple[str, ...]:
    """The types that a document names, with those that its windows are for."""
    added = dict.fromkeys(w.grant_type for w in windows if w.grant_type is not None)
    kept = named if named != (ANY_TYPE,) or not added else ()
    return tuple(dict.fromkeys((*kept, *added)))
