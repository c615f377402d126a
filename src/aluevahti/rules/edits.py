"""What an edit of a standing page says: a page has no date, but a line that was not there before has one.

A page's old lines may have stood there for years, so a day without its year on them means nothing, and what
they say of the status holds from an unknown day. A line that came with an edit was written about today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aluevahti.model import Reading, StatusFact, Window
from aluevahti.rules.status import LIST_FIELDS
from aluevahti.text.stable import stable


def of_edit(undated: Reading, dated: Reading, fresh: Sequence[str]) -> Reading:
    """What is understood of a page that was edited.

    Args:
        undated: the page read as what it is, without a date.
        dated: the same text read as if it were published on the day of the edit.
        fresh: the lines that the edit brought, masked by `text.stable.stable`.

    Returns:
        The reading of the undated page, with what its fresh lines say taken from the dated one.
    """
    windows = _windows(undated, dated, fresh)
    facts = _facts(undated, dated, fresh)
    if windows == undated.windows and facts == undated.facts:
        return undated
    return replace(dated, windows=windows, facts=facts)


def _windows(undated: Reading, dated: Reading, fresh: Sequence[str]) -> tuple[Window, ...]:
    return tuple(window for window in dated.windows if window in undated.windows or _is_fresh(window.quote, fresh))


def _facts(undated: Reading, dated: Reading, fresh: Sequence[str]) -> tuple[StatusFact, ...]:
    chosen = {(fact.field, fact.quote): fact for fact in undated.facts}
    new = {(fact.field, fact.quote): fact for fact in dated.facts if _is_fresh(fact.quote, fresh)}
    fields = {field for field, _ in new} - LIST_FIELDS  # a line of today says what holds, and adds to a list
    return tuple(fact for place, fact in (chosen | new).items() if place in new or fact.field not in fields)


def _is_fresh(quote: str, fresh: Sequence[str]) -> bool:
    said = stable(quote)
    return bool(said) and any(said in line or line in said for line in fresh)
