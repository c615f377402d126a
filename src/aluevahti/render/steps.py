"""A step in a meeting's life in words: what an item was, and what has become of it.

`§ 12 was on the agenda of 9 March, now decided: approved.` Only what is known is said: without an outcome the place
where the item now stands, without anything to add nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from aluevahti.model import Change, ChangeKind, Form, Json, KnownDocument, Outcome, Phase
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import VALUE, clean
from aluevahti.render.wording import day_text
from aluevahti.rules.matters import day_of
from aluevahti.rules.retention import ON_VIEW, Departure, departed

PROPOSED = frozenset({Phase.CALLED, Phase.AGENDA})
"""The phases in which nothing is decided yet."""

DECIDED = frozenset({Phase.DECISION_ANNOUNCEMENT, Phase.MINUTES_UNREVIEWED, Phase.MINUTES})
"""The phases that tell what was decided."""


_NOT_YET = PROPOSED | {Phase.CANCELLED}


def step_text(history: Sequence[Change], known: KnownDocument | None, words: Catalogue, today: dt.date) -> str:
    """What happened to one meeting, or to one item of it, in a sentence; "" where its phases say nothing more.

    Args:
        history: the changes of that one document, oldest first.
        known: the document as it stands now, with what was understood of its newest text; None: not known.
        words: the reader's language.
        today: the reader's date: a day of this year is told without its year.
    """
    told = [one for one in history if one.kind in {ChangeKind.DOCUMENT_NEW, ChangeKind.DOCUMENT_REVISED}]
    if not told:
        return ""
    first, last = told[0], told[-1]
    is_new = first.kind is ChangeKind.DOCUMENT_NEW
    before = None if is_new else _phase(first.before)
    after = phase_after(last)
    if after is None:
        return ""
    if not _is_item(last, known):
        return _of_meeting(before, after, last, words, today)
    return _of_item(before, after, last, _outcome(known, after), words, today)


def removal_text(known: KnownDocument | None, words: Catalogue) -> str:
    """How a document that may leave the net by law left it; "" for all others, whose removal says enough."""
    how = None if known is None or known.document.form not in ON_VIEW else departed(known)
    return "" if how is None or how is Departure.UNKNOWN else words(f"step.removed.{how.value}")


def handling_text(known: KnownDocument, words: Catalogue, today: dt.date) -> str:
    """One handling of a matter: `Hyvinvointilautakunta 12.2. § 4: hyväksytty`; without an organ the document's title."""
    document = known.document
    organ, title = clean(document.organ, VALUE), clean(document.title, VALUE)
    name = "entry.number" if document.phase in PROPOSED else "step.section"
    section = "" if document.section is None else words(name, number=document.section)
    place = " ".join(filter(None, (organ or title, day_text(day_of(known), words, today), section)))
    outcome = None if document.phase is None else _outcome(known, document.phase)
    if outcome is not None:
        return f"{place}: {words(f'outcome.{outcome.value}')}"
    return f"{place} ({words(f'phase.{document.phase.value}')})" if document.phase in _NOT_YET else place


def _of_meeting(before: Phase | None, after: Phase, change: Change, words: Catalogue, today: dt.date) -> str:
    if after is Phase.CANCELLED:
        return _sentence(words, "meeting_cancelled", change, today)
    if before is after:
        return words(f"step.{'agenda' if after in PROPOSED else 'minutes'}_changed")
    return ""


def _of_item(
    before: Phase | None, after: Phase, change: Change, outcome: Outcome | None, words: Catalogue, today: dt.date
) -> str:
    if after is Phase.CANCELLED:
        return _sentence(words, "item_cancelled", change, today)
    if after in PROPOSED:
        if before is None:
            return _sentence(words, "on_agenda", change, today)
        return words("step.item_changed") if before is after else ""
    result = "" if outcome is None else words(f"outcome.{outcome.value}")
    if before in PROPOSED:
        where = words(f"step.in.{after.value}")
        if not result:
            return _sentence(words, "was_on_agenda", change, today, where=where)
        return _sentence(words, "decided", change, today, outcome=result) + _unless_reviewed(after, where)
    if before is None:
        return _sentence(words, "decided_new", change, today, outcome=result) if result else ""
    step = "reviewed" if (before, after) == (Phase.MINUTES_UNREVIEWED, Phase.MINUTES) else after.value
    said = words("step.minutes_changed" if before is after else f"step.now.{step}")
    return " ".join(filter(None, (said, words("step.outcome", outcome=result) if result else "")))


def _unless_reviewed(after: Phase, where: str) -> str:
    """Reviewed minutes are the rule; whatever else a decision is known from is named."""
    return "" if after is Phase.MINUTES else f" ({where})"


def _sentence(words: Catalogue, key: str, change: Change, today: dt.date, **values: str) -> str:
    """The sentence with the item's § (on an agenda its number) and the meeting's day; what is unknown is left out."""
    name = "number" if phase_after(change) in _NOT_YET else "section"
    item = words("step.item") if change.section is None else words(f"step.{name}", number=change.section)
    day = "" if change.meeting_on is None else day_text(change.meeting_on, words, today)
    key = key if day else f"{key}_undated"
    return words(f"step.{key}", **{"item": item, "day": day, **values})


def phase_after(change: Change) -> Phase | None:
    """The phase that a change of a document tells; None where it tells none."""
    return _phase(change.after)


def _phase(side: Json) -> Phase | None:
    name = side.get("phase") if isinstance(side, Mapping) else None
    return Phase(name) if name in set(Phase) else None


def _is_item(change: Change, known: KnownDocument | None) -> bool:
    return known.document.form is Form.ITEM if known is not None else change.section is not None


def _outcome(known: KnownDocument | None, after: Phase) -> Outcome | None:
    """How the matter ended, as the newest text tells; an agenda's proposal is no outcome."""
    if known is None or known.reading is None or known.reading.decision is None or after not in DECIDED:
        return None
    return known.reading.decision.outcome
