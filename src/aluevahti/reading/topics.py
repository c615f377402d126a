"""What a document speaks of: the topics of topics.yaml in its title, its lead, its decision and the rest.

Names of decision-making bodies are left out: an agenda of the "committee for participation" is not
thereby about participation. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from aluevahti.reading.beside import follows
from aluevahti.reading.lexicon import Lexicon, lowered, tokens, vocabulary
from aluevahti.reading.meetings import case_number
from aluevahti.reading.page import Page, Section, Sentence

FOR: Final = ("grants", "ngo", "participation", "wellbeing", "strategy", "structures")
"""The topics that this service is for."""

_CLOSE: Final = 6000  # characters read word by word; beyond them only unmistakable words count
_LEAD: Final = 4  # sentences
_LABEL: Final = 30  # characters
_BOOK: Final = "topics."
_BESIDE_THE_POINT: Final = ("organisations", "individual", "premises", "staff")
_AND: Final = re.compile(r",?\s(?:ja|sekä|och|samt)\s|,\s")
_NUMBERED: Final = re.compile(r"(?:§\s*\d{1,4}|\d{1,4}\s*§|\d{1,3}[.)]?)\s+(?=[A-ZÅÄÖ])")
_LONGEST_TITLE: Final = 200  # characters
_DECIDING: Final = ("lautakunta", "jaosto", "johtokunta", "valiokunta", "hallitus", "nämnden", "sektionen", "styrelsen")
_DECIDING_FOR: Final = ("nämnden för", "sektionen för", "utskottet för")
_OF_ORGANISATIONS: Final = ("järjestöyhteistyö", "järjestöasia", "organisationssamarbete", "föreningssamarbete")
_MONEY: Final = ("euro", "€", "rahat")
_ORGANISATIONS: Final = ("järjestö", "yhdisty", "förening", "organisation")
_UNMISTAKABLE: Final = (
    "järjestöavustu", "järjestöyhteist", "järjestöneuvottelu", "kumppanuusavustu", "kumppanuuspöy", "avustusperiaat",
    "osallisuusohjelm", "hyvinvointisuunnitelm", "hyvinvointikertomu", "organisationsbidrag", "organisationsunderstöd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topics:
    """How often each topic is spoken of, in sentences.

    Attributes:
        title: the topics of the title.
        lead: of the first sentences.
        decided: of what is proposed or decided.
        body: of all the text read closely, the title left out.
        sentences: how many sentences `body` counts.
        far: unmistakable words beyond the part read closely.
    """

    title: frozenset[str]
    lead: Counter[str]
    decided: Counter[str]
    body: Counter[str]
    sentences: int
    far: int

    def share(self, topic: str) -> float:
        """The part of the sentences that speak of `topic`."""
        return self.body[topic] / self.sentences if self.sentences else 0.0

    def any_in_title(self, topics: Collection[str]) -> bool:
        """Whether the title speaks of one of `topics`."""
        return not self.title.isdisjoint(topics)


def find_topics(page: Page, deciding: Sentence | None = None) -> Topics:
    """The topics of a page; `deciding` is the sentence that tells its decision, where no heading marks it."""
    lead: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    body: Counter[str] = Counter()
    title: frozenset[str] = frozenset()
    count = 0
    for sentence in page.content:
        if sentence.start >= _CLOSE and sentence.section not in {Section.DECISION, Section.PROPOSAL}:
            continue
        if sentence.section is Section.TITLE:
            title = _of_title(sentence)
            continue
        if not _tells(page, sentence):
            continue
        found = topics_of(sentence)
        if count < _LEAD and len(sentence.text) < _LABEL and "opinion" in found:
            title |= {"opinion"}  # a line that only says "Kolumni"
        body.update(found)
        if count < _LEAD:
            lead.update(found)
        if sentence is deciding or sentence.section in {Section.DECISION, Section.PROPOSAL}:
            decided.update(found)
        count += 1
    if lead["vacancy"] and page.headline.says("kinds.post"):
        title |= {"vacancy"}  # `Järjestökoordinaattori (määräaikainen)`
    far = sum(page.lower.count(word, _CLOSE) for word in _UNMISTAKABLE)
    return Topics(title, lead, decided, body, count, far)


def _of_title(sentence: Sentence) -> frozenset[str]:
    """The topics of a title; of one that tells several matters of a meeting, those of what we are for stand alone:
    `Aluehallitus päätti avustusten periaatteista ja vastaanottotiloista`."""
    whole = topics_of(sentence)
    if whole.isdisjoint(FOR) or not sentence.organs or whole <= set(FOR):
        return whole
    if not whole <= {*FOR, *_BESIDE_THE_POINT}:
        return whole
    clean = [part for s in _parts(sentence) if (part := topics_of(s)) and part <= {*FOR, "organisations"}]
    return frozenset().union(*clean) or whole


def _parts(sentence: Sentence) -> Iterator[Sentence]:
    for text in _AND.split(sentence.text):
        yield Sentence(text, lowered(text), 0, Section.TITLE)


def item_titles(page: Page) -> tuple[Sentence, ...]:
    """The titles of the items in the paper of a whole meeting: numbered lines, each with its text below it.

    A list of nothing but titles has none: there each item is a document of its own.
    """
    return tuple(
        one
        for one, below in pairwise(page.content)
        if _NUMBERED.match(one.text)
        and len(one.text) <= _LONGEST_TITLE
        and not one.text.endswith((".", "!", "?", ";", ","))
        and not _NUMBERED.match(below.text)
        and below.text.count(" ") > 1
    )


def topics_of_title(sentence: Sentence) -> Topics:
    """What an item speaks of by its title alone."""
    nothing: Counter[str] = Counter()
    return Topics(topics_of(sentence), nothing, nothing, nothing, 0, 0)


@lru_cache(maxsize=1000)
def names_grants(title: str) -> bool:
    """Whether a title by itself speaks of grants to organisations; any case, any language."""
    return "grants" in topics_of(Sentence(title, lowered(title), 0, Section.TITLE))


def is_call_for_organisations(quote: str) -> bool:
    """Whether a sentence by itself speaks of grants, and names organisations as those whom they are for."""
    lower = lowered(quote)
    return any(word in lower for word in _ORGANISATIONS) and names_grants(quote)


def topics_of(sentence: Sentence) -> frozenset[str]:
    """The topics that one sentence speaks of, names of bodies left out."""
    told = [cue for cue in sentence.cues if cue.group.startswith(_BOOK)]
    names = _names_only(sentence) if told else []
    found = {
        cue.group.removeprefix(_BOOK)
        for cue in told
        if not (names and _is_within(names, sentence.words[cue.first].start, sentence.words[cue.last].end))
    }
    if (
        sentence.speaks_of_grants
        or _gives_to_organisations(sentence)
        or follows(sentence, "kinds.for_money", "kinds.may_apply", between=2)
    ):
        found.add("grants")
    return frozenset(found)


def _is_within(names: Collection[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in names)


def _gives_to_organisations(sentence: Sentence) -> bool:
    """`jakoi 850 000 euroa 40 järjestölle`: money was given, whatever it is called."""
    lower = sentence.lower
    if not (any(word in lower for word in _MONEY) and any(word in lower for word in _ORGANISATIONS)):
        return False
    return sentence.says("kinds.granting", "kinds.granting_noun", "kinds.granting_now", "kinds.gave")


def _tells(page: Page, sentence: Sentence) -> bool:
    """Whether a line is prose: not a head line, a case number or the title once more."""
    if len(sentence.text) < 5 or sentence.text in page.title or page.title in sentence.text:
        return False
    return not case_number(sentence) and sentence.body_alone is None


def _names_only(sentence: Sentence) -> list[tuple[int, int]]:
    """Where bodies are named whose names say nothing of the matter; "järjestöneuvottelukunta" and "järjestöyhteistyön jaosto" are the matter."""
    return [
        (organ.start, organ.end)
        for organ in sentence.organs
        if not organ.name.startswith(_OF_ORGANISATIONS)
        and (organ.name.endswith(_DECIDING) or organ.name.startswith(_DECIDING_FOR) or not _is_of_a_topic(organ.name))
    ]


@lru_cache(maxsize=1000)
def _is_of_a_topic(name: str) -> bool:
    return bool(_lexicon().cues(tokens(name)))


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary("topics"))
