"""What a document says of its region's status, each fact with the sentence that proves it.

Only what the body that decides has settled counts: agendas, proposals passed on to another body,
drafts and reviews give none, and a matter sent back or put off is only proposed. Words in status.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aluevahti.model import ANY_TYPE, PUT_OFF, DocKind, Json, Outcome, StatusFact
from aluevahti.reading.amounts import find_sums
from aluevahti.reading.decisions import Told
from aluevahti.reading.grants import find_mentions, places_of_grants
from aluevahti.reading.ngobody import settled_body
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.status_words import has
from aluevahti.reading.subjects import Subject, find_subjects

_PERIOD: Final = re.compile(r"\b(20\d\d)\s?[-–—]\s?(20\d\d)\b")
_ENDS_IN_DAY: Final = re.compile(r"\b\d{1,2}\.\d{1,2}\.\Z")
_COUNCIL: Final = ("valtuusto", "fullmäktige")
_COUNCIL_FIELDS: Final = frozenset({"strategy", "service_strategy", "wellbeing_plan"})
_TYPES: Final = "grant_types"
_OF_CALL: Final = frozenset({DocKind.GRANT_CALL, DocKind.GRANT_CALL_CHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is understood of a document before its facts are drawn.

    Attributes:
        as_of: the day the facts hold from: the decision's, else the publication's.
        owner_doubt: why what is told may be somebody else's and not the region's own, or another body's to decide;
            None: it is the region's.
    """

    page: Page
    kind: DocKind
    told: Told | None
    as_of: dt.date | None
    grant_types: Sequence[str]
    amount: int | float | None
    is_result: bool
    about_grants: bool
    owner_doubt: str | None


def find_facts(ground: Ground) -> tuple[StatusFact, ...]:
    """The facts of a relevant document: one for each field, and one for each sentence that names types of grants."""
    facts: dict[tuple[str, str], StatusFact] = {}
    for fact in _all(ground):
        facts.setdefault((fact.field, fact.quote if fact.field == _TYPES else ""), fact)
    return tuple(_weighed(fact, ground) for fact in facts.values())


def _all(ground: Ground) -> Iterator[StatusFact]:
    yield from _of_decision(ground)
    yield from _of_rules(ground)
    if ground.about_grants:
        yield from _of_money(ground)
        yield from _of_manner(ground)
        if ground.kind in _OF_CALL:
            for sentence, types in _named_types(ground).items():
                yield _fact(ground, _TYPES, types, sentence)


def _weighed(fact: StatusFact, ground: Ground) -> StatusFact:
    doubt = ground.owner_doubt or fact.doubt
    if doubt is None and fact.as_of is None:
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
    for part in _parts(ground, told.sentence):
        subjects = find_subjects(part.about)
        if not subjects or has(part.said, "underway"):
            continue
        if outcome in PUT_OFF and any(s.field == "grant_model" for s in subjects):
            value = {"status": "postponed"}
            yield _fact(ground, "grant_model", value, told.sentence, f"the matter was {outcome.value}")
        if outcome is not Outcome.APPROVED or has(_without_own_body(part.said, told), "passed_on"):
            continue
        for subject in subjects:
            if subject.field and (value := _value(subject, subjects, ground, part.said)):
                doubt = _doubt_about(subject.field, told) or _doubt_of_report(subject, subjects)
                yield _fact(ground, subject.field, value, told.sentence, doubt)


def _without_own_body(said: str, told: Told) -> str:
    """What is said without what was put to the very body that decides: `esittää aluevaltuustolle` in the council's minutes."""
    own = (told.decision.by or "") if told.meeting else ""
    for form in (f"{own}lle", f"{own.removeprefix('alue')}lle", f"för {own}", f"till {own}", f"{own} att"):
        said = said.replace(form, "") if own else said
    return said


@dataclass(frozen=True, slots=True)
class _Part:
    """One matter's share of a decision: what it is about, and all that is said of it (lower case)."""

    about: str
    said: str


def _parts(ground: Ground, sentence: Sentence) -> Iterator[_Part]:
    """An item has one matter, its title's; a sentence of a news item may settle several, each in its clause."""
    page = ground.page
    if ground.kind is DocKind.MINUTES_ITEM:
        proposal = [s.lower for s in page.in_section(Section.PROPOSAL)[:4]]
        yield _Part(page.headline.lower, " ".join((page.headline.lower, sentence.lower, *proposal)))
        return
    following = [s for s in page.content if s.start > sentence.start][:1]
    also = [s for s in following if s.lower.startswith(("samalla ", "lisäksi ", "samtidigt ", "dessutom "))]
    telling = [sentence, *also]
    if not find_subjects(sentence.lower):
        telling += _completing(page, sentence, following)
    for told in telling:
        for clause in told.lower.split(", "):
            yield _Part(clause, clause)


def _completing(page: Page, sentence: Sentence, following: Sequence[Sentence]) -> list[Sentence]:
    """The sentence that names the matter which a deciding one leaves out.

    A day's point may have cut it off (`hyväksyi 28.9. Kainuun hyvinvointialueen strategian`), or the one
    before tells the matter and this one only who decided (`Strategia on hyväksytty. Aluevaltuusto teki päätöksen …`).
    """
    rest = list(following) if _ENDS_IN_DAY.search(sentence.text) else []
    before = [s for s in page.content if s.end <= sentence.start][-1:]
    return rest + [s for s in before if has(sentence.lower, "refers_back") and has(s.lower, "settled")]


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
            period = _PERIOD.search(said) or _PERIOD.search(ground.page.headline.lower)
            named = {"period": f"{period[1]}-{period[2]}"} if period else {}
            return {"status": "approved", "approved_on": on, "by": by, **named}
        case "grant_model":
            entry = {"what": told.decision.what, "by": by, "on": on}
            return {"status": "approved", "decisions": [entry]}
        case "ngo_body":
            return settled_body(ground.page, said, told.sentence.lower if told.sentence else said)
    return None


def _doubt_about(field: str, told: Told) -> str | None:
    by = told.decision.by or ""
    if not by:
        return "who decided is not told"
    if field in _COUNCIL_FIELDS and not by.endswith(_COUNCIL):
        return "the council decides this, and another body is named"
    return None if told.decision.decided_on else "the day of the decision is not told"


def _doubt_of_report(subject: Subject, subjects: Sequence[Subject]) -> str | None:
    """A wellbeing report is mostly one paper with the plan, but that of one year looks back only."""
    if subject.name != "wellbeing_report" or any(s.name == "wellbeing_plan" for s in subjects):
        return None
    return "the plan is not named beside the report"


# --- who is in charge -----------------------------------------------------------------------------


def _of_rules(ground: Ground) -> Iterator[StatusFact]:
    """Bodies whose tasks the text quotes from the administrative rules in force."""
    if ground.kind is not DocKind.MINUTES_ITEM:
        return
    for sentence in ground.page.content[:80]:
        if not sentence.says("status.rules") or sentence.section in {Section.PROPOSAL, Section.HANDLING}:
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
    organs = sentence.organs
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
    for organ in sentence.organs:
        lower = lower[: organ.start] + " " * (organ.end - organ.start) + lower[organ.end :]
    name = {"grants_principles": "role_principles", "grants_decides": "role_decides"}.get(role, f"role_{role}")
    return has(lower, name)


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
    euros = [s for s in ground.page.content[:60] if "€" in s.text or "eur" in s.lower or "milj" in s.lower]
    sums = [(s, [x for x in find_sums(s.text) if not x.in_range]) for s in euros]
    for sentence, found in sums:
        if ground.amount is None or ground.amount not in {x.euros for x in found}:
            continue
        if sentence.section is Section.PROPOSAL and _only_proposed(ground):
            continue  # an agenda's sum is set aside only once it is decided
        narrow = len([t for t in ground.grant_types if t != ANY_TYPE]) == 1
        doubt = "the sum may be for one type of grant only" if narrow else None
        if ground.is_result and sentence.says("status.granted") and not _only_proposed(ground):
            yield _fact(ground, "grant_granted_eur", ground.amount, sentence, doubt)
        elif sentence.says("status.reserved"):
            yield _fact(ground, "grant_total_eur", ground.amount, sentence, doubt)
    for sentence, found in sums:
        reserved = len(found) == 1 and sentence.says("status.reserved")
        if ground.is_result and reserved and found[0].euros != ground.amount and found[0].euros >= 1000:
            yield _fact(ground, "grant_total_eur", found[0].euros, sentence, "told beside the sum granted")


def _only_proposed(ground: Ground) -> bool:
    return ground.told is None or ground.told.decision.outcome is not Outcome.APPROVED


def _of_manner(ground: Ground) -> Iterator[StatusFact]:
    for sentence in ground.page.content[:60]:
        if sentence.says("status.scored"):
            yield _fact(ground, "scoring_used", True, sentence)  # the value of a status field
        if sentence.says("status.other_funding") and "kumppanuus" in sentence.lower:
            yield _fact(ground, "partnership_needs_other_funding", True, sentence)
        if sentence.says("status.sitra") and sentence.says("status.second_phase"):
            yield _fact(ground, "sitra_phase2", True, sentence, "taking part is not told plainly")


def _named_types(ground: Ground) -> dict[Sentence, list[str]]:
    """The types of grants by each sentence of the text that names some; by the title, where none does."""
    types = [name for name in ground.grant_types if name != ANY_TYPE]
    found: dict[Sentence, list[str]] = {}
    places = places_of_grants(ground.page.lower) if types else ()
    for sentence in ground.page.content[1:]:
        if bisect_left(places, sentence.start) == bisect_left(places, sentence.end):
            continue
        mentioned = {mention.slug for mention in find_mentions(sentence.lower)}
        if named := [name for name in types if name in mentioned]:
            found[sentence] = named
    if left := [name for name in types if not any(name in named for named in found.values())]:
        found[ground.page.sentences[0]] = left
    return found


# --- words ----------------------------------------------------------------------------------------


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
