"""What kind of document it is. The words are in kinds.yaml.

A page of minutes or of an agenda is a minutes_item whatever it decides. News of grants are told apart
by their title first, then by their lead: a result may mention the next call, a call the last result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aluevahti.model import PUT_OFF, CallChange, DocKind, Outcome
from aluevahti.reading.beside import counts, follows
from aluevahti.reading.decisions import Told, cites_by_number
from aluevahti.reading.endings import ending_of
from aluevahti.reading.headshapes import is_digest
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.subjects import subjects_of
from aluevahti.reading.topics import Topics, topics_of

_GRANTING = ("kinds.granting", "kinds.granting_noun")
_GIVING = (*_GRANTING, "kinds.granting_now")
_LEAD = 5  # sentences, the title included
_LIST = 20  # sentences in which a list of those who got grants begins
AGAIN = frozenset({CallChange.EXTENDED, CallChange.REOPENED, CallChange.CANCELLED})
_NEXT_PART = re.compile(r",\s|\s[–—-]\s")
_FIGURE = re.compile(r"\d|miljoon|tuhat|miljon|tusen", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is already known of a document when its kind is asked."""

    page: Page
    topics: Topics
    minutes: bool
    told: Told | None
    change: CallChange | None
    known_call: bool
    known_in_lead: bool
    moved: bool
    announced: Sequence[str]
    """The sentences that announce a window."""

    @property
    def has_window(self) -> bool:
        return bool(self.announced)


def kind_of(signs: Signs) -> DocKind:
    """The kind of a document."""
    if signs.minutes:
        return DocKind.MINUTES_ITEM
    grants = signs.has_window or "grants" in signs.topics.title or signs.topics.lead["grants"] > 0
    if grants and not signs.topics.any_in_title({"opinion", "vacancy", "procurement", "fees"}):
        kind = _of_grant_news(signs)
        if kind is not None:
            return kind
    decided = (
        signs.told is not None or _puts_forward(signs.page) or _is_settled(signs.page.headline)
    ) and not signs.topics.any_in_title({"opinion", "vacancy"})
    return DocKind.DECISION_NEWS if decided else DocKind.OTHER


def _is_settled(title: Sentence) -> bool:
    """`Järjestöavustusperiaatteet hyväksytty`: a title that tells the end of a matter which is followed."""
    ending = ending_of(title)
    return ending is not None and any(subject.field for subject in subjects_of(title))


def _puts_forward(page: Page) -> bool:
    """Whether the lead tells who proposes a matter that is followed, or one that the title says is proposed: `lautakunta esittää aluevaltuustolle …`."""
    titled = page.headline.says("kinds.proposing")
    return any(
        s.says("kinds.proposing")
        and any(o.subject for o in s.organs)
        and (titled or any(subject.field for subject in subjects_of(s)))
        for s in page.content[:3]
    )


def grants_in_minutes(page: Page, topics: Topics, outcome: Outcome | None) -> bool:
    """Whether an item of a meeting decides or proposes who gets grants (and was not put off or refused)."""
    if outcome not in {None, Outcome.APPROVED} or _is_of_the_model(page.headline):
        return False
    if "grants" in topics.title:
        scored = any(s.says("kinds.scored") for s in page.in_section(Section.GROUNDS, Section.BODY))
        if scored or page.headline.says(*_GIVING):
            return True
    return any(
        _grants_or_proposes(s) and ("grants" in topics_of(s) or ("grants" in topics.title and _is_told_with_figures(s)))
        for s in page.in_section(Section.DECISION, Section.PROPOSAL)
        if not cites_by_number(s)  # `Avustukset myönnettiin 20.1.2026 § 12`
    )


def _grants_or_proposes(sentence: Sentence) -> bool:
    """Whether a sentence has a word for giving that is not the principles' of giving (`vahvistaa myöntämisperiaatteet`)."""
    if sentence.says("kinds.granting", "kinds.granting_now"):
        return True
    return sentence.says("kinds.granting_noun") and not _is_of_the_model(sentence)


def _of_grant_news(signs: Signs) -> DocKind | None:
    title = signs.page.headline
    gave = signs.told is not None or any(s.says("kinds.granting") for s in signs.page.content[1:_LEAD])
    calling = title.says("kinds.call") and not (gave and _counts_a_gift_first(title))
    counted_out = (title.says("kinds.gave") and _is_told_with_figures(title)) or _gets_so_many(title)
    given_in_title = not calling and (title.says(*_GRANTING) or counted_out)
    known = signs.moved or signs.known_in_lead or (signs.known_call and not signs.has_window)
    settled = not signs.has_window and signs.told is not None and _is_of_the_model_told(signs.told)
    decided = signs.told is not None and signs.told.decision.decided_on is not None and not signs.has_window
    again = signs.change in AGAIN and (calling or signs.known_in_lead or not decided)
    if not given_in_title and (again or (known and (calling or signs.moved) and not settled)):
        return DocKind.GRANT_CALL_CHANGE
    if is_digest(title.lower) or (title.says("kinds.awaiting") and signs.told is None and not signs.has_window):
        return None
    if _tells_of_a_gift_first(signs):
        return DocKind.GRANT_RESULT
    named = "grants" in signs.topics.title or signs.topics.lead["grants"] > 0
    given = _given(signs) or (not calling and counted_out)
    proposed = title.says("kinds.result") and (title.says(*_GRANTING) or _proposed(signs))
    chosen = signs.told is not None and signs.told.sentence is not None and not _is_of_the_model(signs.told.sentence)
    shared = any(_gets_a_share(s) or (not signs.has_window and _get_together(s)) for s in signs.page.content[:_LEAD])
    given = given or (chosen and shared)
    dated = signs.told is not None and signs.told.decision.decided_on is not None
    given = given or (chosen and dated and not calling and _gives_so_much(title))
    given = given or (not calling and "grants" in signs.topics.title and _has_given(title))
    if signs.told is not None and not calling and _is_of_the_model(title) and not title.says(*_GRANTING):
        return None  # the principles are the news, the dates of the call beside them
    if signs.told is not None and signs.told.decision.outcome in PUT_OFF and not signs.has_window:
        return None  # nobody got anything yet: `järjestöavustukset jätettiin pöydälle`
    done = title.says("kinds.granting") and not signs.has_window  # `avustukset: kolmannes jaettiin toisessa haussa`
    if named and (not calling or done) and (given or (proposed and not signs.has_window)):
        return DocKind.GRANT_RESULT
    if signs.has_window and (calling or not given):
        return DocKind.GRANT_CALL
    if given:
        return DocKind.GRANT_RESULT
    lead = signs.page.content[:_LEAD]
    coming = calling or any(s.says("kinds.opening") for s in lead) or any(s.says("kinds.open_to") for s in lead[:2])
    counted = not signs.has_window and any(_counts_applications(s) for s in lead)
    settled_already = dated or (signs.told is not None and not calling)
    return DocKind.GRANT_CALL if coming and not settled_already and not counted else None


def _tells_of_a_gift_first(signs: Signs) -> bool:
    """`Järjestöille 2,5 miljoonaa euroa, ilmiöavustusten haku maaliskuussa`: a decision of a day is the news, the call what follows."""
    sentence = signs.told.sentence if signs.told else None
    if sentence is None or signs.told is None or signs.told.decision.decided_on is None or not signs.has_window:
        return False
    first, comma, _ = signs.page.title.partition(", ")
    call_follows = (
        bool(comma)
        and _FIGURE.search(first) is not None
        and not any(
            c.group == "kinds.call" and signs.page.headline.words[c.first].start < len(first)
            for c in signs.page.headline.cues
        )
    )
    gives = any(
        ("grants" in topics_of(s) or _decides_to_give(s)) and _gives(s) and _is_told_with_figures(s)
        for s in signs.page.content[1:_LEAD]
    )
    behind_a_call = _stands_behind_the_call(signs, sentence) and signs.page.title not in signs.announced
    return call_follows and gives and not behind_a_call


def _given(signs: Signs) -> bool:
    """Whether the decision told, or a sentence of the lead, says who got grants or how much was given."""
    sentence = signs.told.sentence if signs.told else None
    if sentence is not None and "grants" in topics_of(sentence) and _gives(sentence):
        return not _stands_behind_the_call(signs, sentence)
    if sentence is not None and _is_of_the_model(sentence) and not signs.page.headline.says("kinds.result"):
        return False  # the principles were decided; who got how much is told of earlier years
    if not signs.has_window and any(_lists_who_got_it(s) for s in signs.page.content[:_LIST]):
        return True
    lead = [s for s in signs.page.content if s.section is not Section.TITLE][:6]
    told = [n for n, s in enumerate(lead) if s.text in signs.announced]
    lead = lead[: told[0]] if told else lead  # behind the call itself earlier rounds are told of
    return any(
        ((s.says(*_GRANTING, "kinds.gave") and _is_told_with_figures(s)) or _names_how_many(s) or _accepts_so_many(s))
        and ("grants" in topics_of(s) or ("grants" in signs.topics.title and not signs.has_window))
        for s in lead
        if not (signs.has_window and s.says("kinds.call"))  # "200 000 euro finns att söka, fördelat på ..."
        and not _divides(s)
        and not _is_of_any_grant(s)
        and not _is_of_earlier_years(s)
        and not (s.says("kinds.set_aside") and not s.says("kinds.granting", "kinds.gave"))
    )


def _stands_behind_the_call(signs: Signs, sentence: Sentence) -> bool:
    """Whether a sentence follows one that announces a window: it tells of an earlier round, not the news."""
    return any(s.start < sentence.start and s.text in signs.announced for s in signs.page.content)


def _lists_who_got_it(sentence: Sentence) -> bool:
    """`Avustusta myönnettiin seuraaville yhdistyksille:`"""
    return sentence.says("kinds.granting") and sentence.says("kinds.to_these") and "grants" in topics_of(sentence)


def _names_how_many(sentence: Sentence) -> bool:
    """`jakaa järjestöavustukset 73 järjestölle`: the present tense tells of a gift where it counts those who get it."""
    return sentence.says("kinds.granting_now") and counts(sentence, "kinds.recipients")


def _gives(sentence: Sentence) -> bool:
    if _divides(sentence) or _is_of_any_grant(sentence) or _is_of_earlier_years(sentence):
        return False
    given = sentence.says("kinds.granting") or (sentence.says("kinds.granting_noun") and not _is_of_the_model(sentence))
    return given or _decides_to_give(sentence) or _about_grants_at_large(sentence) or _counts_grants(sentence)


def _counts_grants(sentence: Sentence) -> bool:
    """`päätti kuudesta kumppanuusavustuksesta`: so many grants were decided."""
    return sentence.says("decisions.neutral") and counts(sentence, "kinds.one_of_grants", between=1)


def _decides_to_give(sentence: Sentence) -> bool:
    """`päätti, että toiminta-avustuksia annetaan 647 100 euroa`."""
    return (
        sentence.says("decisions.neutral") and sentence.says("kinds.granting_now") and _is_told_with_figures(sentence)
    )


def _proposed(signs: Signs) -> bool:
    """Whether the lead tells of a sum or of recipients that are proposed (`esittää … myönnetään 970 000 euroa`)."""
    lead = [s for s in signs.page.content if s.section is not Section.TITLE][:4]
    return any(s.says("kinds.granting_now") and _is_told_with_figures(s) for s in lead)


def _is_told_with_figures(sentence: Sentence) -> bool:
    """Whether a sentence tells a sum of money or a number of recipients; the euro sign is no word."""
    return sentence.says("kinds.told_with") or "€" in sentence.text


def _about_grants_at_large(sentence: Sentence) -> bool:
    """`päätti toiminta-avustuksista`, `vahvisti järjestöavustukset`: the grants were decided, not their principles."""
    if sentence.says("kinds.call"):
        return False
    return sentence.says("kinds.of_grants") or (sentence.says("kinds.the_grants") and not _is_of_the_model(sentence))


def _gives_so_much(title: Sentence) -> bool:
    """`Varha beviljar 2,4 miljoner euro i bidrag`: the present tense of a title beside a decision with its day."""
    return "grants" in topics_of(title) and title.says("kinds.granting_now") and _is_told_with_figures(title)


def _has_given(title: Sentence) -> bool:
    """`Kainuu myönsi kumppanuusavustukset`: the gift is done, and not only money put aside for gifts."""
    return title.says("kinds.given_already") and not title.says("kinds.more_money") and not _is_of_the_model(title)


def _gets_so_many(sentence: Sentence) -> bool:
    """`Yli sadalle järjestölle tukea`, `17 föreningar får understöd`: it is counted who gets something."""
    given = counts(sentence, "kinds.given_to", between=2)
    return given or (counts(sentence, "kinds.who_get", between=1) and follows(sentence, "kinds.get", "kinds.who_get"))


def _counts_a_gift_first(title: Sentence) -> bool:
    """`61 organisationer får understöd – ny ansökan väntar`: the gift is the news, the call what follows."""
    calls = [title.words[cue.first].start for cue in title.cues if cue.group == "kinds.call"]
    dash = _NEXT_PART.search(title.text)
    return dash is not None and all(start >= dash.end() for start in calls) and _gets_so_many(title)


def _gets_a_share(sentence: Sentence) -> bool:
    """`Kumppanuusavustusta saa 19 järjestöä`: it is counted who gets a grant, beside a decision."""
    return "grants" in topics_of(sentence) and sentence.says("kinds.gets") and counts(sentence, "kinds.so_many")


def _get_together(sentence: Sentence) -> bool:
    """`Föreningarna får tillsammans 90 000 euro`, beside a decision."""
    gets = follows(sentence, "kinds.together", "kinds.get") or follows(sentence, "kinds.together", "kinds.gets")
    return gets and _is_told_with_figures(sentence)


def _counts_applications(sentence: Sentence) -> bool:
    """`Hakemuksia tuli 56`, `saatiin 40 hakemusta`: the round it speaks of is over."""
    return sentence.says("kinds.came_in") and counts(sentence, "kinds.applications", between=1)


def _accepts_so_many(sentence: Sentence) -> bool:
    """`hyväksyi 144 hakemuksesta 106`: so many of the applications were granted."""
    return sentence.says("decisions.approve") and counts(sentence, "kinds.out_of", between=1)


def _divides(sentence: Sentence) -> bool:
    """`Avustukset jaetaan kahteen ryhmään`: into parts, not among those who get them."""
    return follows(sentence, "kinds.into_parts", "kinds.dividing", between=1)


def _is_of_any_grant(sentence: Sentence) -> bool:
    """`Det beviljade bidraget kan täcka …`, `joille avustusta on myönnetty`, `bidrag som beviljats återkrävs inte`: of whatever grant somebody has."""
    if sentence.says("kinds.after_the_gift") and (
        _stands_before(sentence, "kinds.that", "kinds.granting") or _stands_before(sentence, "kinds.that", "kinds.gave")
    ):
        return True
    return follows(sentence, "kinds.of_any_grant", "kinds.the_granted", between=1) or follows(
        sentence, "kinds.granting", "kinds.to_whom", between=3
    )


def _stands_before(sentence: Sentence, first: str, then: str) -> bool:
    """Whether the sentence has an entry of `first` before any of `then`."""
    at = min((cue.first for cue in sentence.cues if cue.group == first), default=None)
    after = min((cue.first for cue in sentence.cues if cue.group == then), default=None)
    return at is not None and after is not None and at < after


def _is_of_earlier_years(sentence: Sentence) -> bool:
    """`Viime vuonna jaettiin …`, but not `enemmän kuin viime vuonna`."""
    return sentence.says("kinds.in_earlier_years") and not follows(sentence, "kinds.in_earlier_years", "kinds.than")


def _is_of_the_model_told(told: Told) -> bool:
    """Whether the decision told is one on the principles of grants, which may move every later call."""
    return told.sentence is not None and told.decision.decided_on is not None and _is_of_the_model(told.sentence)


def _is_of_the_model(sentence: Sentence) -> bool:
    """Whether a sentence speaks of the principles, the rules or the instructions of grants."""
    return any(subject.field == "grant_model" for subject in subjects_of(sentence))
