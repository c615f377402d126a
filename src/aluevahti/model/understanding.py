"""What a document says, as it was understood."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aluevahti.model.terms import Json, Language, Theme

ANY_TYPE: Final = "jarjestoavustus"
"""The grant type of what speaks of grants to organisations and names no type of them; it may be any other."""


class DocKind(StrEnum):
    """What a document is to somebody who waits for grants."""

    GRANT_CALL = "grant_call"
    GRANT_CALL_CHANGE = "grant_call_change"
    GRANT_RESULT = "grant_result"
    MINUTES_ITEM = "minutes_item"
    DECISION_NEWS = "decision_news"
    OTHER = "other"


class CallChange(StrEnum):
    """What a document does to a call: announces it, moves its end, withdraws it, tells who got what."""

    NEW = "new"
    EXTENDED = "extended"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    RESULT = "result"


class Outcome(StrEnum):
    """How a matter ended at a meeting."""

    APPROVED = "approved"
    RETURNED = "returned"
    TABLED = "tabled"
    REJECTED = "rejected"
    NOTED = "noted"


PUT_OFF: Final = frozenset({Outcome.RETURNED, Outcome.TABLED})
"""Outcomes by which a matter is left for another day."""

TURNED_DOWN: Final = PUT_OFF | {Outcome.REJECTED}
"""Outcomes by which a proposal has come to nothing, so far at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An application period. Types that share one identical period are one window without a type of its own.

    `types` are the several ones that the document names of such a window; () where it has one, or names none.
    """

    grant_type: str | None
    opens: dt.date | None
    closes: dt.date | None
    closes_time: dt.time | None = None
    continuous: bool = False
    quote: str = ""
    sure: bool = True
    doubt: str | None = None  # why it is not sure, in a few English words
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The meeting that a document belongs to, and its place there; None is what the document does not say."""

    organ: str | None
    held_on: dt.date | None
    section: int | None  # §


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, in the document's own words, by whom and when; None is what it does not say."""

    what: str | None
    by: str | None
    decided_on: dt.date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFact:
    """What a document says about one field of its region's status. No fact without its quote.

    `value` is the field's whole value in the shape of the status (a dict, a number, a bool, or, for
    the list fields `grant_types`, `organs`, the entries to add). A dict value is merged key by key
    into what is known: keys it does not name stay.
    """

    field: str
    value: Json
    as_of: dt.date | None  # the day the fact holds from (decision, else publication); None: unknown
    quote: str
    sure: bool = True
    doubt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that is understood of one document."""

    doc_kind: DocKind
    lang: Language
    region: str | None
    is_relevant: bool
    themes: tuple[Theme, ...] = ()
    change: CallChange | None = None
    windows: tuple[Window, ...] = ()
    grant_types: tuple[str, ...] = ()
    amount_eur: int | float | None = None  # euros
    meeting: Meeting | None = None
    decision: Decision | None = None
    facts: tuple[StatusFact, ...] = ()
    quote: str = ""  # the sentence that best says why the document matters; "" where it does not
    of_known_call: bool = False  # it is news about a call announced before: extended, moved, withdrawn
    withdrawn: tuple[str, ...] = ()  # the types of grants whose call it withdraws by name, perhaps beside other calls
    withdrawal: str = ""  # the sentence by which it does, or puts it off
    postponed: bool = False  # the call that it speaks of comes later, on days that nobody knows yet
    withdrawn_months: tuple[int, ...] = ()  # of the round that is withdrawn, the first and the last month of opening
    undecided: bool = False  # a meeting is asked for that, or has it on its list: no decision is shown
