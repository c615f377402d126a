"""What a document says of its region's status, each fact with the sentence that proves it.

Only what the body that decides has settled counts: agendas, proposals passed on to another body,
drafts and reviews give none, and a matter sent back or put off is only proposed. Words in status.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from aluevahti.model import DocKind, Json, Outcome, StatusFact
from aluevahti.reading.amounts import find_sums
from aluevahti.reading.decisions import Told
from aluevahti.reading.grants import ANY_TYPE
from aluevahti.reading.lexicon import Lexicon, tokens, vocabulary
from aluevahti.reading.organs import find_organs
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.subjects import Subject, find_subjects

_PERIOD: Final = re.compile(r"\b(20\d\d)\s?[-–—]\s?(20\d\d)\b")
_COUNCIL: Final = ("valtuusto", "fullmäktige")
_COUNCIL_FIELDS: Final = frozenset({"strategy", "service_strategy", "wellbeing_plan"})
_OF_CALL: Final = frozenset({DocKind.GRANT_CALL, DocKind.GRANT_CALL_CHANGE})
_NGO_BODY: Final = re.compile(
    r"(?:järjestö(?:jen|yhteistyön|työn|asiain)\s+)?(?:elinkeino-\s+ja\s+)?(?:järjestö)?neuvottelukunta|kumppanuuspöytä|järjestöraati"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is understood of a document before its facts are drawn.

    Attributes:
        as_of: the day the facts hold from: the decision's, else the publication's.
        own: the region itself speaks or is spoken of, not a municipality about its own money.
    """

    page: Page
    kind: DocKind
    told: Told | None
    as_of: dt.date | None
    grant_types: Sequence[str]
    amount: int | float | None
    is_result: bool
    about_grants: bool
    own: bool


def find_facts(ground: Ground) -> tuple[StatusFact, ...]:
    """The facts of a relevant document, one for each field."""
    facts: dict[str, StatusFact] = {}
    for fact in _all(ground):
        facts.setdefault(fact.field, fact)
    return tuple(_weighed(fact, ground) for fact in facts.values())


def _all(ground: Ground) -> Iterator[StatusFact]:
    yield from _of_decision(ground)
    yield from _of_rules(ground)
    if ground.about_grants:
        yield from _of_money(ground)
        yield from _of_manner(ground)
        if ground.kind in _OF_CALL and (types := [t for t in ground.grant_types if t != ANY_TYPE]):
            yield _fact(ground, "grant_types", types, _naming(ground))


def _weighed(fact: StatusFact, ground: Ground) -> StatusFact:
    doubt = fact.doubt
    if not ground.own:
        doubt = "a municipality speaks of its own grants"
    elif doubt is None and fact.as_of is None:
        doubt = "the day is not told"
    return StatusFact(
        field=fact.field, value=fact.value, as_of=fact.as_of, quote=fact.quote, sure=doubt is None, doubt=doubt
    )


def _fact(ground: Ground, field: str, value: Json, sentence: Sentence, doubt: str | None = None) -> StatusFact:
    return StatusFact(field=field, value=value, as_of=ground.as_of, quote=sentence.text, doubt=doubt)


# --- what was decided ----------------------------------------------------------------------------


def _of_decision(ground: Ground) -> Iterator[StatusFact]:
    told = ground.told
    if told is None or told.decision.outcome is None or told.sentence is None:
        return
    outcome = told.decision.outcome
    said = _said(ground, told.sentence)
    subjects = list(_settled(ground, told.sentence))
    if _has(said, "underway") or not subjects:
        return
    if outcome in {Outcome.RETURNED, Outcome.TABLED} and any(s.field == "grant_model" for s in subjects):
        value = {"status": "postponed"}
        yield _fact(ground, "grant_model", value, told.sentence, f"the matter was {outcome.value}")
    if outcome is not Outcome.APPROVED or _has(said, "passed_on"):
        return
    values = {field: value for s in subjects if (field := s.field) and (value := _value(s, subjects, ground, said))}
    for field, value in values.items():
        yield _fact(ground, field, value, told.sentence, _doubt_about(field, told))


def _said(ground: Ground, sentence: Sentence) -> str:
    """Title and decision, with the proposal that it follows."""
    proposal = ground.page.in_section(Section.PROPOSAL) if ground.kind is DocKind.MINUTES_ITEM else ()
    title = ground.page.lower_title if ground.kind is DocKind.MINUTES_ITEM else ""
    return " ".join((title, sentence.lower, *(s.lower for s in proposal[:4])))


def _settled(ground: Ground, sentence: Sentence) -> Iterator[Subject]:
    """The matters that the decision settles: an item's own is in its title, a news item's in the sentence."""
    if ground.kind is DocKind.MINUTES_ITEM:
        yield from find_subjects(ground.page.lower_title)
        return
    yield from find_subjects(sentence.lower)
    following = [s for s in ground.page.content if s.start > sentence.start][:1]
    if following and following[0].lower.startswith(("samalla ", "lisäksi ", "samtidigt ", "dessutom ")):
        yield from find_subjects(following[0].lower)


def _value(subject: Subject, subjects: Collection[Subject], ground: Ground, said: str) -> Json:
    told = ground.told
    assert told is not None
    by, on = told.decision.by, _iso(told.decision.decided_on)
    match subject.field:
        case "strategy":
            value = {"status": "approved", "approved_by": by, "approved_on": on}
            included = any(s.field == "service_strategy" for s in subjects) and "osa " in said
            return value | ({"includes_service_strategy": True} if included else {})
        case "service_strategy":
            return {"status": "approved", "approved_on": on}
        case "participation_programme":
            return {"status": "approved", "approved_on": on, "by": by}
        case "wellbeing_plan":
            period = _PERIOD.search(said) or _PERIOD.search(ground.page.lower_title)
            named = {"period": f"{period[1]}-{period[2]}"} if period else {}
            return {"status": "approved", "approved_on": on, "by": by, **named}
        case "grant_model":
            entry = {"what": told.decision.what, "by": by, "on": on}
            return {"status": "approved", "decisions": [entry]}
        case "ngo_body":
            return _ngo_body(ground, said) if _has(said, "founded") else None
    return None


def _ngo_body(ground: Ground, said: str) -> Json:
    names = [o.name for o in find_organs(ground.page.text[:4000]) if _NGO_BODY.fullmatch(o.name)]
    m = _NGO_BODY.search(said)
    name = max(names, key=len, default=m.group() if m else None)
    in_rules = any(_has(s.lower, "rules") and "neuvottelukun" in s.lower for s in ground.page.content[:40])
    value: dict[str, Json] = {"name": name, "status": "exists"}
    return value | ({"in_rules": True} if in_rules else {})


def _doubt_about(field: str, told: Told) -> str | None:
    by = told.decision.by or ""
    if not by:
        return "who decided is not told"
    if field in _COUNCIL_FIELDS and not by.endswith(_COUNCIL):
        return "the council decides this, and another body is named"
    return None if told.decision.decided_on else "the day of the decision is not told"


# --- who is in charge -----------------------------------------------------------------------------


def _of_rules(ground: Ground) -> Iterator[StatusFact]:
    """Bodies whose tasks the text quotes from the administrative rules in force."""
    if ground.kind is not DocKind.MINUTES_ITEM:
        return
    for sentence in ground.page.content[:80]:
        if not _has(sentence.lower, "rules") or sentence.section in {Section.PROPOSAL, Section.HANDLING}:
            continue
        name = _in_charge(sentence, ground)
        roles = [
            r
            for r in ("grants_principles", "grants_decides", "hyte", "participation", "ngo_cooperation")
            if _role(sentence, r)
        ]
        if name is None or not roles:
            continue
        entry = {"name": name, "kind": _kind_of(name), "roles": roles}
        yield _fact(ground, "organs", [entry], sentence)
        return


def _in_charge(sentence: Sentence, ground: Ground) -> str | None:
    own = ground.told.meeting.organ if ground.told and ground.told.meeting else None
    organs = find_organs(sentence.text, sentence.lower)
    acting = [o for o in organs if o.subject] or list(organs)
    if len({o.name for o in acting}) != 1:
        return None
    organ = acting[0]
    if not organ.bare:
        return organ.name
    return own if own and own.endswith(organ.name) else None


def _role(sentence: Sentence, role: str) -> bool:
    if role == "grants_decides" and "avustu" not in sentence.lower and "understöd" not in sentence.lower:
        return False
    lower = sentence.lower
    for organ in find_organs(sentence.text, lower):
        lower = lower[: organ.start] + " " * (organ.end - organ.start) + lower[organ.end :]
    name = {"grants_principles": "role_principles", "grants_decides": "role_decides"}.get(role, f"role_{role}")
    return _has(lower, name)


def _kind_of(name: str) -> str:
    word = name.rsplit(maxsplit=1)[-1]
    for kind in (
        "lautakunta",
        "jaosto",
        "valiokunta",
        "johtokunta",
        "neuvottelukunta",
        "valtuusto",
        "hallitus",
        "neuvosto",
    ):
        if word.endswith(kind):
            return kind
    return word


# --- money and manner -----------------------------------------------------------------------------


def _of_money(ground: Ground) -> Iterator[StatusFact]:
    sums = [(s, [x for x in find_sums(s.text) if not x.in_range]) for s in ground.page.content[:60]]
    for sentence, found in sums:
        if ground.amount is None or ground.amount not in {x.euros for x in found}:
            continue
        words = _groups(sentence.lower)
        narrow = len([t for t in ground.grant_types if t != ANY_TYPE]) == 1
        doubt = "the sum may be for one type of grant only" if narrow else None
        if ground.is_result and "granted" in words and not _only_proposed(ground):
            yield _fact(ground, "grant_granted_eur", ground.amount, sentence, doubt)
        elif "reserved" in words:
            yield _fact(ground, "grant_total_eur", ground.amount, sentence, doubt)
    for sentence, found in sums:
        reserved = "reserved" in _groups(sentence.lower) and len(found) == 1
        if ground.is_result and reserved and found[0].euros != ground.amount and found[0].euros >= 1000:
            yield _fact(ground, "grant_total_eur", found[0].euros, sentence, "told beside the sum granted")


def _only_proposed(ground: Ground) -> bool:
    return ground.told is None or ground.told.decision.outcome is not Outcome.APPROVED


def _of_manner(ground: Ground) -> Iterator[StatusFact]:
    for sentence in ground.page.content[:60]:
        words = _groups(sentence.lower)
        if "scored" in words:
            yield _fact(ground, "scoring_used", True, sentence)  # the value of a status field
        if "other_funding" in words and "kumppanuus" in sentence.lower:
            yield _fact(ground, "partnership_needs_other_funding", True, sentence)
        if {"sitra", "second_phase"} <= words:
            yield _fact(ground, "sitra_phase2", True, sentence, "taking part is not told plainly")


def _naming(ground: Ground) -> Sentence:
    """The first sentence of the text that names one of the types."""
    stems = [t.split("-")[0][:8] for t in ground.grant_types if t != ANY_TYPE]
    plain = str.maketrans("äåö", "aao")
    for sentence in ground.page.content[1:]:
        if any(stem in sentence.lower.translate(plain) for stem in stems):
            return sentence
    return ground.page.sentences[0]


# --- words ----------------------------------------------------------------------------------------


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _has(lower: str, group: str) -> bool:
    return group in _groups(lower)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("status"))


def _groups(lower: str) -> frozenset[str]:
    return frozenset(cue.group for cue in _lexicon().cues(tokens(lower)))
