"""What the words around one date say of it: first or last day, over, replaced, moved, doubtful. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from aluevahti.reading.lexicon import Cue, vocabulary
from aluevahti.reading.passage import FAR, Item, Nearness, Passage
from aluevahti.reading.spans import DateSpan, RangeSpan

PROPOSED: Final = "only proposed"
CONDITIONAL: Final = "depends on the budget"
YEARLY: Final = "told as a yearly period"
MONTH_END: Final = "told as the end of a month"
UNNAMED: Final = "nothing beside the day says that it is of applying"

APPLYING: Final = frozenset({"call", "application"})
"""The topics that make of a date a time of applying."""

ROLES: Final = frozenset({"opens", "closes", "opens_after", "closes_after"})
"""The groups of words that make of a single day a first or a last one."""

_OUT_OF: Final = frozenset({"sta", "stä"})
_INTO: Final = frozenset({"een", "ään", "aan", "iin", "oon", "uun", "yyn", "öön"})
_HANDLING: Final = "handling"
_PERIODS: Final = frozenset(
    {
        "call",
        "application",
        "event",
        "report",
        "supplement",
        "use",
        "comment",
        "elsewhere",
        "appeal",
        "available",
        _HANDLING,
    }
)
_MOVES: Final = frozenset({"change:extended", "change:reopened", "change:moved", "amended", "new_days"})
_REACH_BEFORE: Final = 7.0
_REACH_BEHIND: Final = 2.5
_ASKED_REACH: Final = 9.0
_RIGHT_BEHIND: Final = 1.5
_TURN: Final = re.compile(r";|\b(?:mutta|vaan|men|utan)\b")
_RIGHT_BEHIND_IN_LETTERS: Final = 3  # a comma and a space
_LATE_REACH: Final = 2.5
_COPULA_REACH: Final = 2.0  # `är inte den 4 augusti`
_SUBJECT_WORDS: Final = 2  # before the word that says it: `hakemusten viimeinen jättöpäivä`
_OLD_REACH: Final = 4.0
_EXCEPT_REACH: Final = 4.0
_ATTRIBUTE_REACH: Final = 3  # words: `keskeytetty kerta-avustusten haku`
_WEEKDAYS: Final = "|".join(day for lang in ("fi", "sv") for day in vocabulary("calendar")[lang]["weekdays"])
_DAY_FOLLOWS: Final = re.compile(rf"\s+(?:\d|(?:den|kl|klo|klockan|kello)\b|{_WEEKDAYS})", re.IGNORECASE)


def may_be(name: str, item: Item) -> bool:
    """Whether a topic can have such a date: decisions have days, never periods; to go through applications takes a period."""
    return name in _PERIODS if isinstance(item, RangeSpan) else name != _HANDLING


def role_of(passage: Passage, cues: Sequence[Cue], item: Item) -> str | None:
    """`both` for a range; `opens` or `closes` for a day that a word near by says it of."""
    if isinstance(item, RangeSpan):
        return "both"
    if item.into or passage.ending(item) in _INTO or passage.runs_until_a_time(item):
        return "closes"
    if _is_barred_after(passage, cues, item):
        return "closes"
    if passage.runs_from_a_time(item):
        return "opens"
    best: tuple[float, str] | None = None
    for cue in cues:
        if cue.group not in ROLES:
            continue
        before, cost = passage.is_before(cue, item), passage.cost(cue, item)
        beside = cue.group.endswith("_after") and cost <= _RIGHT_BEHIND
        if not (before or beside) and passage.leads_to_another(cue, item):
            continue  # `aikaisintaan 1.10. ja viimeistään 31.10.`
        if cue.group.endswith("_after"):
            cost, limit = (FAR, 0.0) if before else (cost - _REACH_BEHIND, 1.0)
        else:
            limit = _REACH_BEFORE if before else _REACH_BEHIND
        if cost <= limit and (best is None or cost < best[0]):
            best = (cost, cue.group.removesuffix("_after"))
    if best is None and (named := _named_by_its_subject(passage, cues, item)) is not None:
        return named
    if best is None and isinstance(item, DateSpan) and (item.month_end or _is_replaced(passage, cues, item)):
        return "closes"  # `aikaa on marraskuun viimeiseen päivään`
    return best[1] if best else None


def _named_by_its_subject(passage: Passage, cues: Sequence[Cue], item: Item) -> str | None:
    """`Viimeinen päivä hakea hyvinvointialueen avustuksia ensi vuoden toimintaan on 31.3.`: however long, the subject says it."""
    if all(
        c.group != "copula" or not passage.is_before(c, item) or passage.cost(c, item) > _COPULA_REACH for c in cues
    ):
        return None
    first = next(
        (n for n, w in enumerate(passage.words) if w.start >= passage.clauses[passage.clause_of(item.start)][0]), 0
    )
    told = [c for c in cues if c.group in {"opens", "closes"} and c.first - first <= _SUBJECT_WORDS]
    first_day = passage.items[0] if passage.items else item  # a clock time may stand without any day
    alone = first_day is item or passage.clause_of(first_day.start) < passage.clause_of(item.start)
    return told[0].group if told and alone else None


def _is_replaced(passage: Passage, cues: Sequence[Cue], item: DateSpan) -> bool:
    """Whether the last day told before it stands in a day's place: `10.4. asti aiemman 31.3. sijaan`, `i stället för 31.3`."""
    return len(passage.items) > 1 and any(
        passage.cost(c, item) <= (_REACH_BEHIND if c.group == "superseded_after" else 1)
        and passage.is_before(c, item) == (c.group == "superseded")
        for c in cues
        if c.group == "superseded_after" or (c.group == "superseded" and c.last > c.first)
    )


def bounds(item: Item, role: str) -> tuple[DateSpan | None, DateSpan | None]:
    """The first and the last day that a date is, given its role."""
    if isinstance(item, RangeSpan):
        return item.first, item.last
    return (item, None) if role == "opens" else (None, item)


def tells_of_latecomers(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`30.9. jälkeen saapuneita hakemuksia ei käsitellä`: neither over nor denied, but the deadline."""
    return _is_barred_after(passage, cues, item) or any(
        (c.group == "late" or (c.group == "closes_after" and c.last > c.first)) and passage.cost(c, item) <= _LATE_REACH
        for c in cues
    )


def _is_barred_after(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`hakemuksia ei oteta vastaan 27.2. jälkeen`, `efter den 30 september tas inga ansökningar emot`."""
    if any(c.group == "after_the_day" and passage.is_before(c, item) and passage.cost(c, item) <= 1 for c in cues):
        return any(c.group == "no_such" and not passage.is_before(c, item) for c in cues)
    if not any(c.group == "after_day" and 0 < passage.cost(c, item) <= _LATE_REACH for c in cues):
        return False
    before = {c.group for c in cues if passage.is_before(c, item)}
    return {"denial", "barred"} <= before and "after_day" not in before


def falls_on_a_holiday(passage: Passage, item: Item) -> bool:
    """`Kun maaliskuun viimeinen päivä osuu pyhään, jättöaika jatkuu tiistaihin 2.4.`: another day is told in its stead."""
    return (
        any(
            c.group == "falls_on" and 0 <= passage.start_of(c) - item.end <= _RIGHT_BEHIND_IN_LETTERS
            for c in passage.cues
        )
        and item is not passage.items[-1]
    )


def asks_for_no_grant(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`Käyttöajan pidennystä haetaan 30.11. mennessä`, `oikaisua haetaan 15.1.`: what stands before the date is no grant."""
    return any(
        c.group in {"of_a_gift", "for_no_grant"}
        and passage.is_before(c, item)
        and passage.cost(c, item) <= _ASKED_REACH
        for c in cues
    )


def is_past(near: Nearness) -> bool:
    """Whether a date is told as over: a past tense stands nearer to it than a present one."""
    return near["past"] < FAR and near["past"] <= near["present"]


def is_old(passage: Passage, cues: Sequence[Cue], item: Item, near: Nearness, role: str) -> bool:
    """`alun perin 30.9.`, `30.9. sijaan`, `ei 30.9.`: the former dates; `hakua 1.–31.5. ei järjestetä`, `haku keskeytetään 6.5. alkaen`: withdrawn ones.

    Not so what is told instead: `öppnas inte den 1 september utan den 8 september`.
    """
    if (isinstance(item, RangeSpan) or role == "opens") and any(_withdraws(passage, c) for c in cues):
        return not any(c.group == "instead" and passage.is_before(c, item) for c in cues)
    if role == "opens" and _opens_none(cues):
        return True
    if _holds_no_more(passage, item):
        return True
    if role == "closes" and (_was_to_end(passage, cues, item) or _ends_as_told(passage, cues, item)):
        return True
    if passage.ending(item) in _OUT_OF and any(passage.ending(other) in _INTO for other in passage.items):
        return True
    if near["denied"] <= 1 or near["superseded_after"] <= _OLD_REACH:
        return any(
            c.group in {"denied", "superseded_after"} and passage.is_before(c, item) == (c.group == "denied")
            for c in cues
        )
    return any(
        c.group == "superseded" and passage.is_before(c, item) and passage.cost(c, item) <= _OLD_REACH for c in cues
    )


def _opens_none(cues: Sequence[Cue]) -> bool:
    """`Ingen blankett öppnas den 12 oktober`."""
    none = [c.last for c in cues if c.group == "no_such"]
    return any(c.group == "opens" and any(0 < c.first - at <= _SUBJECT_WORDS for at in none) for c in cues)


def _holds_no_more(passage: Passage, item: Item) -> bool:
    """`Ilmoitettua ajankohtaa, 19.10.–16.11.2026, ei enää käytetä`: what stands right behind the days denies them."""
    return "holds_no_more" in passage.groups and any(
        c.group == "holds_no_more" and 0 <= passage.start_of(c) - item.end <= _RIGHT_BEHIND_IN_LETTERS
        for c in passage.cues
    )


def _withdraws(passage: Passage, cue: Cue) -> bool:
    """Whether a word withdraws its call; not the verb of an end that a day or a time follows: `börjar 1.2. och upphör 26.2.`"""
    if cue.group != "change:cancelled":
        return False
    if is_held_after_all(cue, passage.cues, [c for c in passage.cues if c.group == "topic:call"]):
        return False
    tells_an_end = any(c.group == "closes" and c.first == cue.first for c in passage.cues)
    return not (tells_an_end and _DAY_FOLLOWS.match(passage.text_behind(cue)))


def _was_to_end(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`jonka piti alkaa 24.11. ja päättyä 19.12.`: both days are old, not the first alone."""
    ends = [c for c in cues if c.group == "to_end" and passage.is_before(c, item)]
    return bool(ends) and (
        passage.cost(ends[-1], item) <= _OLD_REACH
        and any(c.group == "was_to" and c.first < ends[-1].first for c in cues)
    )


def _ends_as_told(passage: Passage, cues: Sequence[Cue], item: Item) -> bool:
    """`Tänään 31.3. päättyvää hakuaikaa jatketaan 10.4. saakka`: the day of the participle is the old one."""
    told = next((c for c in cues if c.group == "ends_as_told" and passage.cost(c, item) <= _OLD_REACH), None)
    if told is None or not any(c.group == "change:extended" and c.first > told.first for c in passage.cues):
        return False
    later = [other for other in passage.items if other.start > item.start]
    return any(role_of(passage, passage.within(passage.clause_of(o.start)), o) == "closes" for o in later)


def is_as_announced(passage: Passage, item: Item) -> bool:
    """Whether a day is told as one told before: `Kerroimme kesäkuussa, että haku alkaa 1.9.`"""
    return "announced" in passage.groups and any(
        c.group == "announced" and passage.is_before(c, item) for c in passage.cues
    )


def is_promised(passage: Passage, item: Item) -> bool:
    """Whether such a day is told as what would be: `Kerroimme kesäkuussa, että haku alkaisi 1.9. ja päättyisi 22.9.`"""
    if "would_be" not in passage.groups or not is_as_announced(passage, item):
        return False
    told = min(c.first for c in passage.cues if c.group == "announced")
    would = [c for c in passage.cues if c.group == "would_be" and c.first > told and passage.is_before(c, item)]
    return bool(would) and _TURN.search(passage.text_between(would[-1], item)) is None


def is_withdrawn(passage: Passage, clause: int) -> bool:
    """Whether a clause tells more of a call that the one before it withdraws: `keskeyttää haun, joka avattiin 2.9.`"""
    if clause == 0 or not any(_withdraws(passage, c) for c in passage.within(clause - 1)):
        return False
    begin, _ = passage.clauses[clause]
    first = next((w for w in passage.words if w.start >= begin), None)
    return any(c.group == "relative" and passage.words[c.first] is first for c in passage.within(clause))


def is_moved(passage: Passage, clause: int, item: Item) -> bool:
    """Whether a word for new dates stands in the date's clause, or before the first date of the sentence."""
    if _MOVES.isdisjoint(passage.groups):
        return False
    first = item is passage.items[0]
    denied = {c.first for c in passage.cues if c.group == "denied"}
    return any(
        c.group in _MOVES
        and c.last + 1 not in denied  # `hakuaikaan muutos ei vaikuta`
        and (passage.clause_of(passage.start_of(c)) == clause or (first and passage.is_before(c, item)))
        for c in passage.cues
    )


def adds_a_call(passage: Passage) -> bool:
    """`Lisäksi rahastojen avustuksia voi hakea 4.5. asti`: a sentence that begins so tells of other grants than the one before."""
    begins_so = "besides" in passage.groups and any(c.group == "besides" and c.first == 0 for c in passage.cues)
    return begins_so and "topic:call" in passage.groups


def is_held_after_all(withdraws: Cue, cues: Iterable[Cue], calls: Iterable[Cue]) -> bool:
    """`Peruttu haku järjestetään 1.–30.4.`: a word that withdraws only tells which of the `calls` is held after all."""
    around = {"held", "denial", "at_the_earliest"}
    groups = {c.group for c in cues if c.first == withdraws.first or c.group in around}
    if not groups >= {"called_off", "held"} or groups & {"denial", "at_the_earliest"}:
        return False
    ahead = [call.first - withdraws.last for call in calls]
    return any(0 < words <= _ATTRIBUTE_REACH for words in ahead) and all(words > 0 for words in ahead)


def hangs_on_what_is_left(cues: Sequence[Cue]) -> bool:
    """`Mikäli määrärahaa jää jakamatta, haku avataan uudelleen`: a round that nobody knows yet to come."""
    last = max((c.first for c in cues if c.group == "left_over"), default=-1)
    return any(c.group == "in_case" and c.first < last for c in cues)


def doubts_about(passage: Passage, near: Nearness, item: Item, *, proposed: bool) -> tuple[str, ...]:
    """Why a period told beside these words is not sure."""
    days = (item.first, item.last) if isinstance(item, RangeSpan) else (item,)
    found = {
        PROPOSED: proposed,
        CONDITIONAL: passage.groups >= {"conditional", "conditional_on"},
        YEARLY: near["yearly"] < FAR and not all(d.has_year for d in days),
        MONTH_END: any(d.month_end for d in days),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def excepts(passage: Passage, item: Item) -> bool:
    """Whether what stands behind a date is told not to be meant: `9.–31.1.2023 pl. kerta-avustukset`."""
    return "except" in passage.groups and any(
        c.group == "except" and not passage.is_before(c, item) and passage.cost(c, item) < _EXCEPT_REACH
        for c in passage.cues
    )


def is_an_exception(passage: Passage, item: Item) -> bool:
    """Whether a period is the exception itself: `Poikkeuksena ovat tila-avustukset, joiden hakuaika on 1.–15.9.`"""
    if not isinstance(item, RangeSpan) or "except" not in passage.groups:
        return False
    return any(c.group == "except" and passage.is_before(c, item) for c in passage.cues)
