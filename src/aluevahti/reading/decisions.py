"""Decisions: who decided what on which day, and how it ended; proposals and earlier handlings are none.

The words are in decisions.yaml, the names of matters in subjects.yaml. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from aluevahti.model import PUT_OFF, Decision, Language, Meeting, Outcome
from aluevahti.reading.dates import Precision, find_dates, find_ranges
from aluevahti.reading.decisiondays import (
    cites_a_dated_decision,
    is_anothers,
    is_bound,
    time_ago,
    word_before,
    words_of,
)
from aluevahti.reading.endings import Ending, decides_against, ending_of, is_of_before
from aluevahti.reading.headshapes import is_digest
from aluevahti.reading.lexicon import vocabulary
from aluevahti.reading.meetings import Head, case_number, day_of_meeting
from aluevahti.reading.organs import Organ, full_name, is_swedish
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.places import is_place
from aluevahti.reading.proposals import adopts_the_proposal
from aluevahti.reading.subjects import Subject, subjects_of
from aluevahti.reading.titledheads import is_only_a_head

_BOOK: Final = "decisions."
_HEAD: Final = 12  # sentences of a list of decisions in which the day of its meeting is told
_NEWS_LENGTH: Final = 8000  # characters of a news item in which its decision is told
_NEAR: Final = dt.timedelta(days=92)
_YEAR: Final = dt.timedelta(days=366)
_EARLIER: Final = dt.timedelta(days=120)
_STILL_IN_FORCE: Final = dt.timedelta(days=400)  # principles are told with their day as long as they hold
_NUMBER: Final = re.compile(r"§\s*(\d{1,4})(?![\d.]*\s*mom)|(?<![\d./])(\d{1,4})\s*§(?!:|\s*\d{1,4}(?!\d|\.\d))")
_TITLE_HEAD: Final = re.compile(r"^[^§]{0,90}\d{1,2}\.\d{1,2}\.\d{4}[^§]{0,12}§\s*\d+[\s:.–-]+(?=\S)")
_TITLE_NUMBER: Final = re.compile(r"^(?:§\s*\d+(?:/20\d\d)?|\d+(?:/20\d\d)?\s*§|\d{1,3}(?=\s+[A-ZÅÄÖ]))[\s.:–-]*")
_CITED: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4},?\s*\(?§\s*\d+")
_LISTED: Final = re.compile(r"(?:\d{1,4}\s*§|§\s*\d{1,4})\s+[^\W\d]")
_BEFORE_ALL_ELSE: Final = 3.0  # `Talousarvion valtuusto oli vahvistanut jo 24.11.`
_BARE: Final = 2  # words: `Hyväksyttiin yksimielisesti.`
_SEVERAL: Final = 3  # items
_CITING: Final = 2  # decisions told with their day and number: what the text rests on, and not its own
_AFTERTHOUGHT: Final = re.compile(r"\s+[–—]\s+.*$")


@dataclass(frozen=True, slots=True)
class Told:
    """A decision, the meeting it was made at (where the text tells one), and the sentence that tells it."""

    decision: Decision
    meeting: Meeting | None
    sentence: Sentence | None


def in_minutes(page: Page, head: Head, *, formality: bool) -> Told | None:
    """The decision that a page of minutes or of an agenda reports; `outcome` None where it shows none.

    None where there is no matter at all: a formality of the meeting, or a list of its items, without proposal or decision.
    """
    sentence, ending = _ending_in_minutes(page, head)
    if (formality or _lists_items(page)) and ending is None and not page.headings:
        return None
    acting = _acting_in(sentence, ending)
    framed = head.organ and acting and not acting.bare and is_swedish(head.organ) != is_swedish(acting.name)
    organ = acting.name if acting and (framed or not head.organ) else head.organ
    meeting = Meeting(organ=organ, held_on=head.held_on, section=head.section)
    decision = Decision(
        what=matter(page.title), by=organ, decided_on=head.held_on, outcome=ending.outcome if ending else None
    )
    return Told(decision, meeting, sentence)


def in_news(page: Page, lang: Language, published_on: dt.date | None) -> Told | None:
    """The decision that a news item tells, the first of those that weigh most; None where it tells none."""
    reader = _News(page, published_on)
    best = max(reader.candidates(), key=lambda c: (c.weight, -c.sentence.start), default=None)
    if best is None:
        return None
    by = best.by
    day, number = reader.day_of(best)
    outcome: Outcome | None = best.ending.outcome
    if is_digest(page.headline.lower) and not best.subjects:
        outcome = None  # a list of many matters, none of them ours
    decision = Decision(what=_what(page, best, lang), by=by, decided_on=day, outcome=outcome)
    meeting = Meeting(organ=by, held_on=day, section=number) if day else None
    return Told(decision, meeting, best.sentence)


def meeting_in_title(page: Page, published_on: dt.date | None) -> Meeting | None:
    """The meeting that the title of a news item names with its day: `Aluevaltuuston kokous 13.3.2023`."""
    title = page.headline
    if not title.organs or not (_has(title, "meeting_in_title") or _is_where(title, title.organs[0])):
        return None
    reader = _News(page, published_on)
    days = [
        d.on for d in find_dates(title.text, reference=reader.reference)
        if d.precision is Precision.DAY and d.on and not is_bound(title, d)
    ]  # fmt: skip
    return Meeting(organ=reader.full_name(title.organs[0]), held_on=days[0], section=None) if len(days) == 1 else None


def _is_where(title: Sentence, organ: Organ) -> bool:
    """`Aluevaltuustossa 3.3.2026 palvelustrategia`: what is handled, and where."""
    return title.lower.endswith(("ssa", "ssä"), organ.start, organ.end) and title.lower.startswith(" ", organ.end)


def listed_in_title(page: Page, meeting: Meeting | None) -> Decision | None:
    """What the body decided at `meeting`, where the title says that its decisions follow and no sentence tells one."""
    if meeting is None or not _has(page.headline, "listing_in_title"):
        return None
    return Decision(what=None, by=meeting.organ, decided_on=meeting.held_on, outcome=None)


def matter(title: str) -> str | None:
    """A title as the name of the matter: without its §, its first letter small unless it is a name; None where it names none."""
    if is_only_a_head(title):
        return None
    name = _TITLE_NUMBER.sub("", _TITLE_HEAD.sub("", title)).strip()
    name = _AFTERTHOUGHT.sub("", name) or name
    if not name:
        return None
    first = name.split(maxsplit=1)[0]
    if first[1:2].isupper() or is_place(first.lower().rstrip(":")):
        return name
    return name[0].lower() + name[1:]


@cache
def _addressed() -> tuple[str, ...]:
    """The cases of a body that something is put to, or comes from."""
    return tuple(vocabulary("decisions")["addressed"])


def cites_by_number(sentence: Sentence) -> bool:
    """Whether a sentence refers to a decision by its day and number: `20.1.2026 § 12`."""
    return _CITED.search(sentence.lower) is not None


def _has(sentence: Sentence, group: str) -> bool:
    return sentence.says(_BOOK + group)


def _lists_items(page: Page) -> bool:
    """Whether a page is the list of a meeting's items: each line a number and a title."""
    return sum(_LISTED.match(s.text) is not None for s in page.sentences) >= _SEVERAL


# --- minutes -------------------------------------------------------------------------------------


def _ending_in_minutes(page: Page, head: Head) -> tuple[Sentence | None, Ending | None]:
    own = [s for s in page.sentences if head.start <= s.start < head.end]
    decided = [s for s in own if s.section is Section.DECISION and not case_number(s)]
    for asked in (False, True):  # what somebody asked for counts only where nothing else tells the end
        for sentence in decided:
            if _has(sentence, "asked") is asked and (ending := ending_of(sentence, deciding=True)):
                if ending.outcome is not Outcome.APPROVED and (adopted := _adopted_behind(decided, sentence)):
                    return adopted
                if ending.outcome is Outcome.REJECTED and _decides_against(sentence) and _is_proposed_so(own):
                    return sentence, replace(ending, outcome=Outcome.APPROVED)
                return sentence, _as_proposed(own, sentence, ending) or _in_the_end(sentence, ending)
    if decided or head.agenda or page.has(Section.DECISION):
        return (decided[0] if decided else None), None
    return _told_in_passing(own, head)


def _is_proposed_so(own: Sequence[Sentence]) -> bool:
    """Whether what was proposed is itself not to do something."""
    return any(_decides_against(s) for s in own if s.section is Section.PROPOSAL)


def _decides_against(sentence: Sentence) -> bool:
    neutral = (c for c in sentence.cues if c.group in {f"{_BOOK}neutral", f"{_BOOK}neutral_when_deciding"})
    return any(decides_against(sentence, sentence.words[c.last].end) for c in neutral)


def _adopted_behind(decided: Sequence[Sentence], refused: Sentence) -> tuple[Sentence, Ending] | None:
    """`Äänestyksessä esitys hylättiin äänin 8–5. Aluehallitus hyväksyi esittelijän ehdotuksen.`: the body adopted the presenter's."""
    for sentence in decided:
        adopts = _has(sentence, "presenters") or adopts_the_proposal(sentence.text)
        if sentence.start > refused.start and adopts and not _has(sentence, "asked"):
            ending = ending_of(sentence, deciding=True)
            if ending is not None and ending.outcome is Outcome.APPROVED:
                return sentence, ending
    return None


def _in_the_end(decided: Sentence, ending: Ending) -> Ending:
    """`Ehdotus pöydällepanosta hylättiin, minkä jälkeen päätösehdotus hyväksyttiin`: what was refused is a member's."""
    refused = ending.outcome is Outcome.REJECTED or (ending.outcome in PUT_OFF and _has(decided, "reject"))
    return replace(ending, outcome=Outcome.APPROVED) if refused and adopts_the_proposal(decided.text) else ending


def _acting_in(sentence: Sentence | None, ending: Ending | None) -> Organ | None:
    """The body that a decision names itself: a page framed in another language has its name in that one."""
    if sentence is None or ending is None:
        return None
    acting = [o for o in sentence.organs if o.subject and o.start < ending.start]
    return acting[-1] if acting else None


def _as_proposed(own: Sequence[Sentence], decided: Sentence, ending: Ending) -> Ending | None:
    """`Päätös: päätösehdotus hyväksyttiin`, where what was proposed is to send the matter back, to put it off or to refuse it."""
    bare = len(decided.words) <= _BARE
    if ending.outcome is not Outcome.APPROVED or not (bare or adopts_the_proposal(decided.text)):
        return None
    proposed = [s for s in own if s.section is Section.PROPOSAL]
    found = [e for s in proposed if (e := ending_of(s, deciding=True))]
    outcomes = {e.outcome for e in found}
    return found[0] if found and (outcomes <= PUT_OFF or outcomes == {Outcome.REJECTED}) else None


def _told_in_passing(own: Sequence[Sentence], head: Head) -> tuple[Sentence | None, Ending | None]:
    """Minutes without a heading "Päätös": the body itself did something, and no other day is named."""
    for sentence in own:
        if sentence.section not in {Section.BODY, Section.HANDLING} or _has(sentence, "asked"):
            continue
        ending = ending_of(sentence)
        if ending is None or not _by_own_body(sentence, head) or is_of_before(sentence, ending):
            continue
        days = {d.on for d in find_dates(sentence.text) if d.precision is Precision.DAY}
        if not days - {head.held_on} and not _NUMBER.search(sentence.text):
            return sentence, ending
    return None, None


def _by_own_body(sentence: Sentence, head: Head) -> bool:
    acting = [o for o in sentence.organs if o.subject]
    if head.organ is None:
        return bool(acting)
    return any(o.name == head.organ or (o.bare and head.organ.endswith(o.name)) for o in acting)


# --- news ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    ending: Ending
    by: str | None
    subjects: tuple[Subject, ...]
    weight: float


def _is_cited(sentence: Sentence, ending: Ending) -> bool:
    """Whether a decision is only referred to, in brackets and with its number: `(hyväksytty lautakunnassa 23.1.2025 § 4)`."""
    opened, closed = sentence.lower.rfind("(", 0, ending.start + 1), sentence.lower.find(")", ending.start)
    inside = opened >= 0 and closed > 0 and ")" not in sentence.lower[opened : ending.start]
    return inside and "§" in sentence.lower[opened:closed]


class _News:
    def __init__(self, page: Page, published_on: dt.date | None) -> None:
        self.page = page
        self.published_on = published_on
        self.sentences = [s for s in page.content if s.start < _NEWS_LENGTH]
        self.of_a_region = "hyvinvointialue" in page.lower or "välfärdsområde" in page.lower
        named = [o for s in self.sentences for o in s.organs]
        self.full_names = tuple(dict.fromkeys(o.name for o in named if not o.bare))
        cited = {m[0] for s in self.sentences for m in _CITED.finditer(s.lower)}
        self.cites = len(cited) >= _CITING

    @cached_property
    def reference(self) -> dt.date | None:
        """The document's own day; an undated text places itself by the first one that it tells with its year."""
        if self.published_on is not None:
            return self.published_on
        days = find_dates(self.page.text[:_NEWS_LENGTH])
        return next((d.on for d in days if d.has_year and d.on and d.precision is not Precision.YEAR), None)

    def candidates(self) -> list[_Candidate]:
        found: list[_Candidate] = []
        before: Organ | None = None
        for sentence in self.sentences:
            acting = [o for o in sentence.organs if o.subject]
            ending = ending_of(sentence)
            of_another = self.cites and cites_by_number(sentence)
            if ending is not None and not (of_another or _has(sentence, "asked") or _is_cited(sentence, ending)):
                candidate = self._candidate(sentence, ending, acting, before)
                if candidate is not None:
                    found.append(candidate)
            before = acting[0] if acting else before
        return found

    def _candidate(
        self, sentence: Sentence, ending: Ending, acting: Sequence[Organ], before: Organ | None
    ) -> _Candidate | None:
        nearest = min(acting, key=lambda o: abs(o.start - ending.start), default=None)
        relative = nearest is not None and word_before(sentence, nearest.start) in words_of("relative")
        by = nearest or self._at_whose_meeting(sentence) or before
        if by is None:
            return None
        day = self._day(sentence, ending.start)
        subjects = subjects_of(sentence)
        earliest = _STILL_IN_FORCE if any(s.field == "grant_model" for s in subjects) else _EARLIER
        if day and self.published_on and not -earliest < day - self.published_on <= dt.timedelta(days=1):
            return None
        weight = (
            (2.0 if subjects else 0.0) + (1.5 if nearest else 0.0) + (1.5 if day else 0.0) - (3.0 if relative else 0.0)
        )
        weight -= _BEFORE_ALL_ELSE if is_of_before(sentence, ending) else 0.0
        weight += 0.5 if sentence.section is not Section.TITLE else -0.5
        return _Candidate(sentence, ending, self.full_name(by), subjects, weight) if weight > 0 else None

    def _at_whose_meeting(self, sentence: Sentence) -> Organ | None:
        """The body at whose meeting, in which or with whose approval something was decided."""
        if _has(sentence, "meeting"):
            named = (o for o in sentence.organs if not sentence.lower[o.start : o.end].endswith(_addressed()))
            if (first := next(named, None)) is not None:
                return first
        for organ in sentence.organs:
            inside = sentence.lower[: organ.end].endswith(("ssa", "ssä"))
            following = [c for c in sentence.cues if c.group == "decisions.by_whom"]
            if inside or any(0 <= sentence.words[c.first].start - organ.end <= 2 for c in following):
                return organ
        return None

    def full_name(self, organ: Organ) -> str:
        """The name of a body as the page tells it in full."""
        return full_name(organ, self.full_names, of_a_region=self.of_a_region)

    def day_of(self, told: _Candidate) -> tuple[dt.date | None, int | None]:
        """The day of the decision and the §: from its own sentence, else from one that tells of the meeting."""
        day = self._day(told.sentence, told.ending.start)
        if day is not None:
            return day, _section_number(told.sentence)
        listing = is_digest(self.page.headline.lower)
        if listing and (day := self._day(self.page.headline, 0)):
            return day, None
        if listing and (held := next((d for s in self.sentences[:_HEAD] if (d := day_of_meeting(s.lower))), None)):
            return held, None
        for sentence in self.sentences:
            listed = listing and sentence.section is Section.TITLE
            dated = sentence.says("decisions.meeting", "decisions.decided_then") or cites_a_dated_decision(sentence)
            dated = dated or (_has(sentence, "handled") and not _has(sentence, "handled_before"))
            if sentence is told.sentence or not (listed or dated):
                continue
            if not (_has(sentence, "decided_then") and not sentence.organs) and not self._same_body(sentence, told.by):
                continue
            day = self._day(sentence, 0)
            if day and (not self.published_on or -_EARLIER < day - self.published_on <= dt.timedelta(days=1)):
                return day, None
        same = (c for c in self.candidates() if c.by == told.by and c.sentence is not told.sentence)
        return next(
            ((d, _section_number(c.sentence)) for c in same if (d := self._day(c.sentence, c.ending.start))),
            (None, None),
        )

    def _same_body(self, sentence: Sentence, by: str | None) -> bool:
        organs = sentence.organs
        return any(self.full_name(o) == by for o in organs) or (not organs and sentence.lower.startswith("kokou"))

    def _day(self, sentence: Sentence, at: int) -> dt.date | None:
        """The day nearest to `at` in the sentence that is no deadline, no half of a period and not to come."""
        halves = {e for r in find_ranges(sentence.text) for e in (r.first.start, r.last.start)}
        reference, reach = self._placed_by(sentence)
        days = [
            d for d in find_dates(sentence.text, reference=reference)
            if d.precision is Precision.DAY and d.on and d.start not in halves
            and (d.has_year or reference is None or abs(d.on - reference) <= reach)
            and not is_bound(sentence, d) and not is_anothers(sentence, d)
        ]  # fmt: skip
        if not days and self.published_on and (told := time_ago(sentence, self.published_on)) is not None:
            return self.published_on - told
        past = [d for d in days if not self.published_on or (d.on and d.on <= self.published_on + dt.timedelta(days=1))]
        return min(past, key=lambda d: abs(d.start - at)).on if past else None

    def _placed_by(self, sentence: Sentence) -> tuple[dt.date | None, dt.timedelta]:
        """The day that days without a year are placed by, and how near to it they must lie to leave no doubt."""
        if self.published_on:
            return self.published_on, _YEAR
        years = {d.year for d in find_dates(self.page.text[:_NEWS_LENGTH]) if d.precision is Precision.YEAR}
        if sentence.says("decisions.next_year") and len(years) == 1 and (year := years.pop()):
            return dt.date(year - 1, 7, 1), _YEAR  # `päätti 5. joulukuuta ensi vuoden avustuksista`, all for 2023
        return self.reference, _NEAR


def _section_number(sentence: Sentence) -> int | None:
    m = _NUMBER.search(sentence.text)
    return int(m[1] or m[2]) if m else None


def _what(page: Page, told: _Candidate, lang: Language) -> str | None:
    names = list(dict.fromkeys(s.name_in(lang) for s in told.subjects))
    if len(names) > 1:
        names = [n for n in names if n not in {"järjestöavustukset", "organisationsunderstöd"}] or names
    if not names:
        return matter(page.title)
    return (" och " if lang is Language.SV else " ja ").join(names[:2])
