"""What minutes tell and nobody decided: what a member proposed in vain, what is put to another body. Words in decisions.yaml. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aluevahti.reading.callnews import tells_of_a_known_call
from aluevahti.reading.lexicon import words_in
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.passage import lexicon
from aluevahti.reading.windows import find_windows

PUT_TO_ANOTHER: Final = "put to the body that decides"

_DECIDING: Final = frozenset(
    {"decisions.neutral", "decisions.neutral_when_deciding", "decisions.approve_when_deciding"}
)
_PARTS: Final = (Section.HANDLING, Section.DECISION)
_BEFORE: Final = re.compile(
    r"\b(?:föreslår|föreslog|föreslå)(?:\s(?:för|att))?\s\Z"
)  # the body that Swedish puts a matter to
_DAY: Final = re.compile(r"\d\s?\.\s?\d|\d\.\s?[a-zåäö]{3,}kuu|\bden\s\d")


def as_decided(page: Page) -> Page:
    """The page of a meeting without what was proposed in vain and the days that an amended proposal had first."""
    return _without_replaced_days(_without_lost_proposals(page))


def _without_lost_proposals(page: Page) -> Page:
    """The page of a meeting without the members' own proposals of days, or for a call; all of it where one of them won.

    `Jäsen Malli esitti, että hakuaikaa jatketaan 15.5. asti. Esitystä ei kannatettu, joten se raukesi.`
    """
    told = page.in_section(*_PARTS)
    lost = [s for s in told if _is_of_a_member(s)]
    if not lost or any(_has_won(s) for s in told) or not any(_is_lost(s) for s in told):
        return page
    return _without(page, lost)


def _without_replaced_days(page: Page) -> Page:
    """The page of a meeting without the days of a proposal that was amended, where the decision tells its own in full.

    `Esittelijä muutti ehdotustaan. … Päätös: Hakemuksia otetaan vastaan 9.11. alkaen, ja niiden on oltava perillä 7.12.`
    """
    if not any(_amends(s) for s in page.in_section(*_PARTS)):
        return page
    decided = "\n".join(s.text for s in page.in_section(Section.DECISION))
    proposed = "\n".join(s.text for s in page.in_section(Section.PROPOSAL))
    told = [w for w in find_windows(page.title, decided) if w.opens and w.closes]
    if not told or len(find_windows(page.title, proposed)) > len(told):
        return page  # what the decision does not tell stands as it was proposed
    return _without(page, [s for s in page.in_section(Section.PROPOSAL) if _DAY.search(s.lower)])


def _amends(sentence: Sentence) -> bool:
    return any(c.group == "amended" for c in lexicon().cues_of(words_in(sentence.lower)))


def _without(page: Page, left_out: Sequence[Sentence]) -> Page:
    text, at = [], len(page.title) + 1
    for sentence in left_out:
        text.append(page.text[at : sentence.start])
        at = sentence.end
    return Page(page.title, "".join((*text, page.text[at:])))


def _is_of_a_member(sentence: Sentence) -> bool:
    """Whether somebody else than the presenter proposes a day, or what is to become of a call."""
    proposes = sentence.says("decisions.proposed_by_a_member") and not sentence.says(
        "decisions.presenters", "decisions.neutral", "decisions.approve"
    )
    return proposes and (_DAY.search(sentence.lower) is not None or tells_of_a_known_call("", sentence.text))


def is_put_to_another(page: Page, organ: str | None) -> bool:
    """Whether a meeting's paper puts the matter to the body that decides it: `Lautakunta esittää aluehallitukselle, että …`

    `organ`: the body whose paper it is; what was put to that one is decided here.
    """
    return any(
        _puts_first(sentence, o.start)
        and (sentence.lower.endswith("lle", o.start, o.end) or _BEFORE.search(sentence.lower[: o.start]))
        and not (organ or "").endswith(o.name)
        for sentence in page.in_section(Section.PROPOSAL, Section.DECISION)
        if sentence.says("decisions.puts_to")
        for o in sentence.organs
    )


def _puts_first(sentence: Sentence, before: int) -> bool:
    """Whether to put the matter to another is what a sentence decides, and nothing before it: not `päättää avata haun ja esittää …`."""
    puts = next((c.first for c in sentence.cues if c.group == "decisions.puts_to"), None)
    if puts is None or sentence.words[puts].start > before:
        return False
    return not any(c.last < puts - 1 and c.group in _DECIDING for c in sentence.cues)  # `päättää esittää`


def _is_lost(sentence: Sentence) -> bool:
    """`Esitystä ei kannatettu, joten se raukesi`, `esittelijän ehdotus voitti`, and an opinion that differs from what was decided."""
    return sentence.says("decisions.lost") or (sentence.says("decisions.won") and sentence.says("decisions.presenters"))


def _has_won(sentence: Sentence) -> bool:
    """`Mallin esitys voitti äänin 8–5`, and not the presenter's."""
    return sentence.says("decisions.won") and not sentence.says("decisions.presenters")
