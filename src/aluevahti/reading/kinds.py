"""What kind of document it is. The words are in kinds.yaml.

A page of minutes or of an agenda is a minutes_item whatever it decides. News of grants are told apart
by their title first, then by their lead: a result may mention the next call, a call the last result.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from aluevahti.model import CallChange, DocKind, Outcome
from aluevahti.reading.decisions import Told
from aluevahti.reading.lexicon import Lexicon, tokens, vocabulary
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.subjects import find_subjects
from aluevahti.reading.topics import Topics, topics_of

_AGAIN = frozenset({CallChange.EXTENDED, CallChange.REOPENED, CallChange.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is already known of a document when its kind is asked."""

    page: Page
    topics: Topics
    minutes: bool
    told: Told | None
    change: CallChange | None
    known_call: bool
    has_window: bool


def kind_of(signs: Signs) -> DocKind:
    """The kind of a document."""
    if signs.minutes:
        return DocKind.MINUTES_ITEM
    grants = signs.has_window or "grants" in signs.topics.title or signs.topics.lead["grants"] > 0
    if grants and not signs.topics.any_in_title({"opinion", "vacancy", "procurement", "fees"}):
        kind = _of_grant_news(signs)
        if kind is not None:
            return kind
    return DocKind.DECISION_NEWS if signs.told is not None else DocKind.OTHER


def grants_in_minutes(page: Page, topics: Topics, outcome: Outcome | None) -> bool:
    """Whether an item of a meeting decides or proposes who gets grants (and was not put off or refused)."""
    if outcome not in {None, Outcome.APPROVED} or any(
        s.field == "grant_model" for s in find_subjects(page.lower_title)
    ):
        return False
    giving = {"granting", "granting_now"}
    if "grants" in topics.title and not _cues(page.lower_title).isdisjoint(giving):
        return True
    return any(
        _has(s, giving) and "grants" in topics_of(s) for s in page.in_section(Section.DECISION, Section.PROPOSAL)
    )


def is_digest(title: str) -> bool:
    """Whether a title (lower case) announces a list of a meeting's decisions."""
    return "digest" in _cues(title)


def _of_grant_news(signs: Signs) -> DocKind | None:
    title = _cues(signs.page.lower_title)
    if signs.change in _AGAIN or (signs.known_call and not signs.has_window and "call" in title):
        return DocKind.GRANT_CALL_CHANGE
    if "digest" in title or ("awaiting" in title and signs.told is None and not signs.has_window):
        return None
    named = "grants" in signs.topics.title or signs.topics.lead["grants"] > 0
    given = _given(signs)
    if "result" in title and "call" not in title and named and (given or not signs.has_window):
        return DocKind.GRANT_RESULT
    if signs.has_window and ("call" in title or not given):
        return DocKind.GRANT_CALL
    if given:
        return DocKind.GRANT_RESULT
    return DocKind.GRANT_CALL if "call" in title and signs.told is None else None


def _given(signs: Signs) -> bool:
    """Whether the decision told, or a sentence of the lead, says who got grants or how much was given."""
    sentence = signs.told.sentence if signs.told else None
    if sentence is not None and _has(sentence, {"granting"}) and "grants" in topics_of(sentence):
        return True
    if sentence is not None and _about_grants_at_large(sentence):
        return True
    lead = [s for s in signs.page.content if s.section is not Section.TITLE][:6]
    return any(_has(s, {"granting"}) and _has(s, {"told_with"}) and "grants" in topics_of(s) for s in lead)


def _about_grants_at_large(sentence: Sentence) -> bool:
    """`päätti toiminta-avustuksista`: the grants themselves were decided, not their principles."""
    return any(word.endswith("avustuksista") for word in sentence.lower.replace(",", " ").replace(".", " ").split())


def _has(sentence: Sentence, groups: Collection[str]) -> bool:
    return not _cues(sentence.lower).isdisjoint(groups)


def _cues(lower: str) -> frozenset[str]:
    return frozenset(cue.group for cue in _lexicon().cues(tokens(lower)))


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("kinds"))
