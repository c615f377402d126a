"""What a member proposed in vain: days that minutes tell and nobody decided. The words are in decisions.yaml. Pure."""

from __future__ import annotations

import re
from typing import Final

from aluevahti.reading.page import Page, Section, Sentence

_PARTS: Final = (Section.HANDLING, Section.DECISION)
_DAY: Final = re.compile(r"\d\s?\.\s?\d|\d\.\s?[a-zåäö]{3,}kuu|\bden\s\d")


def without_lost_proposals(page: Page) -> Page:
    """The page of a meeting without the members' own proposals that name a day; all of it where one of them won.

    `Jäsen Malli esitti, että hakuaikaa jatketaan 15.5. asti. Esitystä ei kannatettu, joten se raukesi.`
    """
    told = page.in_section(*_PARTS)
    lost = [s for s in told if _is_of_a_member(s)]
    if not lost or any(_has_won(s) for s in told):
        return page
    text, at = [], len(page.title) + 1
    for sentence in lost:
        text.append(page.text[at : sentence.start])
        at = sentence.end
    return Page(page.title, "".join((*text, page.text[at:])))


def _is_of_a_member(sentence: Sentence) -> bool:
    """Whether somebody else than the presenter proposes a day."""
    proposes = sentence.says("decisions.proposed_by_a_member") and not sentence.says("decisions.presenters")
    return proposes and _DAY.search(sentence.lower) is not None


def _has_won(sentence: Sentence) -> bool:
    """`Mallin esitys voitti äänin 8–5`, and not the presenter's."""
    return sentence.says("decisions.won") and not sentence.says("decisions.presenters")
