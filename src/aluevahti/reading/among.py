"""Our matters among the others that news of a meeting tell of. Words in decisions.yaml, matters in subjects.yaml. Pure."""

from __future__ import annotations

from typing import Final

from aluevahti.reading.endings import ending_of
from aluevahti.reading.headshapes import is_digest
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.subjects import subjects_of
from aluevahti.reading.topics import names_grants, topics_of

_SENTENCES: Final = 60
_LEAD: Final = 6  # sentences in which a list begins
_HEADING_WORDS: Final = 9
_TOO_WIDE: Final = "strategy"  # whatever is decided is decided in line with it


def followed_matter(page: Page) -> Sentence | None:
    """The first sentence of news that says that a body takes up or has decided a matter whose state is followed.

    In a list of decisions (`Päätöskooste …`, `päätti muun muassa:`) the matter's line says so alone, and so do grants and the cooperation with organisations.
    """
    of_a_body = bool(page.headline.organs)
    listed = is_digest(page.headline.lower) or (of_a_body and _begins_a_list(page))
    for sentence in page.content[:_SENTENCES]:
        if (
            listed
            and sentence.section is not Section.TITLE
            and _is_a_line(sentence)
            and (names_grants(sentence.text) or "ngo" in topics_of(sentence))
        ):
            return sentence
        if all(subject.field in {"", _TOO_WIDE} for subject in subjects_of(sentence)):
            continue
        if listed and _is_a_line(sentence):
            return sentence
        acting = of_a_body or any(organ.subject for organ in sentence.organs)
        if acting and _takes_it_up(sentence, coming=of_a_body):
            return sentence
    return None


def _is_a_line(sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list, or a heading."""
    return sentence.lower.count(" ") < _HEADING_WORDS and not sentence.lower.endswith((".", "!", "?"))


def _begins_a_list(page: Page) -> bool:
    """`Aluehallitus päätti muun muassa:`"""
    return any(s.lower.endswith(":") and ending_of(s) is not None for s in page.content[:_LEAD])


def _takes_it_up(sentence: Sentence, *, coming: bool) -> bool:
    """Whether a sentence says that a matter was taken up; `coming`: the text may tell of a meeting to come."""
    if sentence.says("decisions.according"):
        return False
    if sentence.says("decisions.handled") or (coming and sentence.says("decisions.taken_up")):
        return True
    return ending_of(sentence) is not None
