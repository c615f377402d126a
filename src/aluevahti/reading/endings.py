"""How a sentence says that a matter ended: approved, returned, tabled, rejected or noted; conditions and denials say nothing.

The words are in decisions.yaml. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aluevahti.model import Outcome
from aluevahti.reading.decisiondays import words_of
from aluevahti.reading.lexicon import Token
from aluevahti.reading.page import Sentence

_BOOK: Final = "decisions."
_AGAINST: Final = re.compile(
    r"(?:[,\s]+\w+){0,2}?[,\s]+(?:ettei(?:vät)?\b|olla\s(?:\w+\s)?\w+m[aä]tt[aä]\b|att\s(?:\w+\s)?inte\b)"
)
_LABEL: Final = 5  # words of a heading or a link
_PARTICIPLES: Final = ("nut", "nyt", "neet", "tu", "ty", "t", "ts")
_AND: Final = re.compile(r"\s(?:ja|sekä|och|samt)\s")
_TO_ITS_PARTICIPLE: Final = 16  # characters: `oli jo aiemmin linjannut`
_OUTCOMES: Final = {
    "approve": Outcome.APPROVED,
    "return": Outcome.RETURNED,
    "table": Outcome.TABLED,
    "reject": Outcome.REJECTED,
    "mark": Outcome.NOTED,
    "move": Outcome.TABLED,
    "get": Outcome.APPROVED,
    "do": Outcome.APPROVED,
    "settle": Outcome.APPROVED,
    "back": Outcome.APPROVED,
    "vote": Outcome.REJECTED,
    "postpone": Outcome.TABLED,
    "leave": Outcome.TABLED,
}
_ONLY_WITH: Final = {
    "mark": "noted_with", "move": "moved_with", "get": "got_with", "do": "done_with", "settle": "settled_with",
    "back": "backed_with", "vote": "voted_with", "postpone": "postponed_with", "leave": "left_with",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sentence says that a matter ended, and where."""

    outcome: Outcome
    start: int


def ending_of(sentence: Sentence, *, deciding: bool = False) -> Ending | None:
    """How `sentence` says that a matter ended; None where it does not.

    `deciding`: it stands under a heading that makes present tense and infinitives a decision.
    """
    neutral: Token | None = None
    for cue in sentence.cues:
        if not cue.group.startswith(_BOOK):
            continue
        name = cue.group.removeprefix(_BOOK)
        group = name.removesuffix("_when_deciding")
        if group == "neutral":
            if (group == name or deciding) and not _is_a_condition(sentence, cue.first):
                neutral = neutral or sentence.words[cue.first]
            continue
        if group not in _OUTCOMES or (group in _ONLY_WITH and not sentence.says(_BOOK + _ONLY_WITH[group])):
            continue
        if group != name and not deciding and neutral is None:
            continue
        words = sentence.words  # looked up last: most sentences end nothing
        if cue.first and words[cue.first - 1].text in words_of("not"):
            if group == "approve" and words[cue.first].text.startswith(("hyväks", "godkän")):
                return Ending(Outcome.REJECTED, words[cue.first].start)
            continue
        if _is_not_yet(words, cue.first):
            continue
        if neutral is None and (_is_of_any_grant(sentence, cue.first) or _is_a_condition(sentence, cue.first)):
            continue
        if neutral is None and _is_a_label(sentence, cue.first):
            continue
        return Ending(_OUTCOMES[group], (neutral or words[cue.first]).start)
    if neutral is None:
        return None
    against = deciding and decides_against(sentence, neutral.end)
    return Ending(Outcome.REJECTED if against else Outcome.APPROVED, neutral.start)


def decides_against(sentence: Sentence, behind: int) -> bool:
    """Whether what stands right behind a verb of deciding is not to do something: `päätti, ettei hakua avata`, `olla avaamatta`."""
    return _AGAINST.match(sentence.lower, behind) is not None


def _is_not_yet(words: Sequence[Token], at: int) -> bool:
    """Whether a denial stands before a word, others that go with it between: `ei ole vielä lyöty lukkoon`."""
    while at and words[at - 1].text in words_of("not_yet"):
        at -= 1
    return bool(at) and words[at - 1].text in words_of("not")


def _is_of_any_grant(sentence: Sentence, at: int) -> bool:
    """Whether a participle is said of whatever grant: `det beviljade bidraget`, `myönnetty avustus on käytettävä`."""
    words = sentence.words
    before, behind = words[at - 1].text if at else "", words[at + 1].text if at + 1 < len(words) else ""
    if before in words_of("the"):
        return behind.endswith(tuple(words_of("definite")))
    return (
        before not in words_of("perfect") and words[at].text.startswith("myönnet") and behind in words_of("any_grant")
    )


def _is_a_label(sentence: Sentence, at: int) -> bool:
    """Whether a participle begins a heading or a link of few words: `Beviljade understöd 2025`, `Myönnetyt avustukset`."""
    begins = at == 0 and sentence.text[:1].isupper() and sentence.words[0].text in words_of("participles")
    return begins and len(sentence.words) <= _LABEL and not sentence.text.endswith(".")


def _is_a_condition(sentence: Sentence, at: int) -> bool:
    """Whether a verb stands in a clause that tells when or for what: `johon se on myönnetty`, `kun valtuusto on hyväksynyt …`."""
    verb = sentence.words[at].start
    begin = sentence.lower.rfind(",", 0, verb) + 1
    clause = [w for w in sentence.words if begin <= w.start < verb]
    text = " ".join(w.text for w in clause)
    opens = any(f" {text} ".startswith(f" {entry} ") for entry in words_of("in_case"))
    return opens and any(w.text in words_of("perfect") for w in clause)


def is_of_before(sentence: Sentence, ending: Ending) -> bool:
    """Whether the verb of an ending stands in the pluperfect: `Jaosto oli jo aiemmin linjannut`."""
    ends = [sentence.words[cue.last].end for cue in sentence.cues if cue.group == "decisions.pluperfect"]
    told = next((word.text for word in sentence.words if word.start == ending.start), "")
    return told.endswith(_PARTICIPLES) and any(
        0 < ending.start - end <= _TO_ITS_PARTICIPLE and _AND.search(sentence.lower, end, ending.start) is None
        for end in ends
    )
