"""Facts into status: what a document says, folded into what is known of its region.

Sure facts apply at once, doubtful ones are proposed; an older document never undoes newer knowledge;
two documents of one day that contradict each other leave the field disputed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from aluevahti.model import (
    ABOLISHED,
    Change,
    ChangeKind,
    Evidence,
    Json,
    StatusFact,
    StatusState,
    StatusUpdate,
    StatusValue,
    Theme,
)
from aluevahti.rules.bodies import same_body

BASELINE_ON = dt.date(2023, 1, 1)
"""The baseline tells how things stood in January 2023; what is older than this cannot undo it."""

REFUSED_FOR = dt.timedelta(days=180)
"""How long a value that a person has rejected is not proposed again: a later year may bring it anew."""

LIST_FIELDS = frozenset({"grant_types", "organs"})
"""Fields whose facts name entries to add, not the whole value."""

LIST_KEYS = frozenset({"decisions"})
"""Keys within a value that gather entries over time."""

BODY_KEYS = frozenset({"by", "approved_by"})
"""Keys within a value that name the body that decided."""

THEME_OF: Mapping[str, Theme] = {
    "strategy": Theme.STRATEGY,
    "service_strategy": Theme.STRATEGY,
    "participation_programme": Theme.PARTICIPATION,
    "sitra_phase2": Theme.PARTICIPATION,
    "wellbeing_plan": Theme.WELLBEING,
    "hyte_body": Theme.WELLBEING,
    "ngo_body": Theme.STRUCTURES,
    "organs": Theme.STRUCTURES,
}
"""What a field is about; every field that is not named here is about grants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The document that the facts come from, as far as the rules need it."""

    region: str
    source: str
    title: str
    url: str
    key: str
    document: int | None
    organ: str | None = None
    meeting_on: dt.date | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """What a document's facts do to the status of its region."""

    updates: tuple[StatusUpdate, ...]
    changes: tuple[Change, ...]


def fold(
    known: Mapping[str, StatusValue],
    facts: Sequence[StatusFact],
    witness: Witness,
    now: dt.datetime,
    *,
    manual_review: bool = False,
    proposed: Collection[tuple[str, str]] = (),
) -> Folded:
    """Fold a document's facts into its region's status.

    Args:
        known: the fields as they stand.
        facts: what the document says.
        witness: the document.
        now: the moment of the check (aware).
        manual_review: every change waits for a person.
        proposed: what waits for a person already, or what one has rejected lately (`proposal_mark`); it is not proposed again.

    Returns:
        The fields to write (or to propose), and a change for each value that differs from the known
        one. A value that only confirms what is known is written without a change.
    """
    standing = dict(known)
    updates: dict[str, StatusUpdate] = {}
    changes: list[Change] = []
    for fact in _gathered(facts, known):
        step = _fold_one(standing.get(fact.field), fact, witness, now, manual_review=manual_review)
        if step is None:
            continue
        update, change = step
        if update.proposal and _waits(fact.field, standing.get(fact.field), update.value.value, proposed):
            continue
        if change is not None:
            changes.append(change)
        updates[fact.field if not update.proposal else f"{fact.field}?{len(updates)}"] = update
        if not update.proposal:
            standing[fact.field] = update.value
    return Folded(updates=tuple(updates.values()), changes=tuple(changes))


def _gathered(facts: Sequence[StatusFact], known: Mapping[str, StatusValue]) -> list[StatusFact]:
    """The facts, the sure ones first, with all that a document adds to one list made one fact; that is proved by the
    first sentence that names something new."""
    gathered: dict[tuple[str, dt.date | None, bool] | int, StatusFact] = {}
    for place, fact in enumerate(facts):
        if fact.field not in LIST_FIELDS:
            gathered[place] = fact
            continue
        group = fact.field, fact.as_of, fact.sure
        first = gathered.get(group)
        if first is None:
            gathered[group] = fact
            continue
        before = known[fact.field].value if fact.field in known else None
        adds = merged(fact.field, before, first.value) != (before or [])
        gathered[group] = replace(first if adds else fact, value=_added(first.value, fact.value))
    return sorted(gathered.values(), key=lambda fact: not fact.sure)


def proposal_mark(field: str, value: Json) -> tuple[str, str]:
    """What two proposals of the same value share."""
    return field, json.dumps(value, sort_keys=True, ensure_ascii=False)


def _waits(field: str, old: StatusValue | None, after: Json, proposed: Collection[tuple[str, str]]) -> bool:
    """Whether a value is proposed already; of a list what it adds, however the rest of it has grown meanwhile."""
    if field not in LIST_FIELDS:
        return proposal_mark(field, after) in proposed
    before = [] if old is None else old.value or []
    added = [entry for entry in after or [] if entry not in before]
    lists = [json.loads(value) for name, value in proposed if name == field]
    return any(all(entry in waiting for entry in added) for waiting in lists)


def _fold_one(
    old: StatusValue | None, fact: StatusFact, witness: Witness, now: dt.datetime, *, manual_review: bool
) -> tuple[StatusUpdate, Change | None] | None:
    before = None if old is None else old.value
    after = merged(fact.field, before, fact.value)
    if _is_older(old, fact) or _is_of_another(before, fact.value):
        return None
    if after == before:
        return _confirmed(old, fact, witness)
    doubtful = not fact.sure or manual_review or (old is not None and old.locked)
    disputed = not doubtful and _is_disputed(old, fact)
    if disputed and old is not None and old.state is StatusState.DISPUTED:
        return None  # that this day's documents contradict each other is told already, whichever speaks again
    value = StatusValue(
        value=after,
        state=StatusState.PROPOSED if doubtful else StatusState.DISPUTED if disputed else StatusState.AUTO,
        since=fact.as_of,
        evidence=_evidence(fact, witness),
        as_of=_latest(old, fact),
    )
    update = StatusUpdate(
        region=witness.region, field=fact.field, value=value, document_key=witness.key, proposal=doubtful
    )
    kind = ChangeKind.STATUS_PROPOSED if doubtful else ChangeKind.STATUS_CHANGED
    return update, _change(kind, fact, witness, now, before=before, after=after, sure=not (doubtful or disputed))


def _confirmed(
    old: StatusValue | None, fact: StatusFact, witness: Witness
) -> tuple[StatusUpdate, Change | None] | None:
    """A later document that says the same: the value stands more firmly, and there is nothing to tell."""
    if old is None or not fact.sure:
        return None
    rests_on_baseline = old.state is StatusState.BASELINE
    later = fact.as_of is not None and (_known_as_of(old) is None or fact.as_of > (_known_as_of(old) or fact.as_of))
    if not rests_on_baseline and not later:
        return None
    value = replace(
        old,
        state=StatusState.AUTO if rests_on_baseline else old.state,
        evidence=_evidence(fact, witness) if rests_on_baseline else old.evidence,
        as_of=fact.as_of or old.as_of,
    )
    return StatusUpdate(region=witness.region, field=fact.field, value=value, document_key=witness.key), None


def _known_as_of(old: StatusValue) -> dt.date | None:
    return old.as_of or old.since


def _is_older(old: StatusValue | None, fact: StatusFact) -> bool:
    if old is None or fact.as_of is None:
        return False
    known = _known_as_of(old)
    if old.state is StatusState.BASELINE:
        return fact.as_of < (max(known, BASELINE_ON) if known else BASELINE_ON)
    if fact.field in LIST_FIELDS:
        return False  # what an older document adds to a list undoes nothing in it
    return known is not None and fact.as_of < known


def _latest(old: StatusValue | None, fact: StatusFact) -> dt.date | None:
    """The day as of which a value is known; an older document adds to a list, and makes it no older."""
    known = None if old is None or fact.field not in LIST_FIELDS else _known_as_of(old)
    return known if fact.as_of is None else max(fact.as_of, known or fact.as_of)


def _is_disputed(old: StatusValue | None, fact: StatusFact) -> bool:
    """Two values of one field from one day that say different things about the same key."""
    if old is None or old.state not in {StatusState.AUTO, StatusState.DISPUTED}:
        return False
    if fact.as_of is None or _known_as_of(old) != fact.as_of or fact.field in LIST_FIELDS:
        return False
    return _contradicts(old.value, fact.value)


def _contradicts(old: Json, new: Json) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return any(
            old.get(key) is not None and value is not None and not _same_word(key, old[key], value)
            for key, value in new.items()
            if key not in LIST_KEYS
        )
    return old is not None and old != new


def _same_word(key: str, old: Json, new: Json) -> bool:
    """Whether a fact only repeats what a key says: a body in the other language, a name without the region before it."""
    if key in BODY_KEYS and isinstance(old, str) and isinstance(new, str):
        return same_body(old, new)
    if key == "name" and isinstance(old, str) and isinstance(new, str):
        return old.casefold().endswith(new.casefold())
    return bool(old == new)


def _keeps_word(key: str, before: Mapping[str, Json], fact: Mapping[str, Json]) -> bool:
    other_decision = key in BODY_KEYS and fact.get("approved_on") not in {None, before.get("approved_on")}
    return before.get(key) is not None and not other_decision and _same_word(key, before[key], fact[key])


def _is_abolished(fact: Json) -> bool:
    return isinstance(fact, dict) and fact.get("status") == ABOLISHED


def _is_of_another(before: Json, fact: Json) -> bool:
    """Whether a fact tells the end of another body than the one that is known."""
    if not _is_abolished(fact):
        return False
    return not (isinstance(before, dict) and _is_named(before.get("name"), fact["name"]))


def _is_named(known: Json, name: str) -> bool:
    return isinstance(known, str) and (_same_word("name", known, name) or same_body(known, name))


def merged(field: str, before: Json, fact: Json) -> Json:
    """The field's value after a fact: dicts key by key, list fields by adding what is not there yet.

    A body keeps the name it is known by while the same decision is told of; "name" is kept in its longer form.
    """
    if field in LIST_FIELDS:
        return _added(before, fact)
    if _is_abolished(fact):
        return None
    if isinstance(before, dict) and isinstance(fact, dict):
        result = dict(before)
        for key, value in fact.items():
            if key in LIST_KEYS:
                result[key] = _added(before.get(key), value)
            elif value is not None and not _keeps_word(key, before, fact):
                result[key] = value
        return result
    return before if fact is None else fact


def _added(before: Json, entries: Json) -> Json:
    result = list(before or [])
    for entry in entries or []:
        if not any(_same_entry(entry, one) for one in result):
            result.append(entry)
    return result


def _same_entry(one: Json, other: Json) -> bool:
    """Whether two list entries speak of one thing: equal, or the same decision by the same organ and day."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.get("on") and one.get("on") == other.get("on"):
            return same_body(one.get("by"), other.get("by"))
        if "name" in one:
            return _folded(one.get("name")) == _folded(other.get("name"))
    return bool(one == other)


def _folded(text: Json) -> str | None:
    return text.casefold() if isinstance(text, str) else None


def _evidence(fact: StatusFact, witness: Witness) -> Evidence:
    return Evidence(quote=fact.quote or None, url=witness.url, document=witness.document)


def _change(
    kind: ChangeKind, fact: StatusFact, witness: Witness, now: dt.datetime, *, before: Json, after: Json, sure: bool
) -> Change:
    return Change(
        kind=kind,
        region=witness.region,
        source=witness.source,
        detected_at=now,
        title=witness.title,
        url=witness.url,
        relevant=True,
        themes=(THEME_OF.get(fact.field, Theme.GRANTS),),
        document=witness.document,
        document_key=witness.key,
        organ=witness.organ,
        meeting_on=witness.meeting_on,
        section=witness.section,
        before={"field": fact.field, "value": before},
        after={"field": fact.field, "value": after},
        evidence=_evidence(fact, witness),
        sure=sure,
    )
