"""A document prepared for reading: what counts of it, its sentences, and the sections of minutes.

Pure and linear in the length of the text. The vocabulary is in page.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Final

from aluevahti.reading.lexicon import lowered, vocabulary
from aluevahti.reading.sentences import sentences

_CAPITAL: Final = "A-ZÅÄÖ"
_BULLET: Final = re.compile(r"^[\s•·*–—-]+")
_MAX_TITLE: Final = 300


class Section(StrEnum):
    """The part of a meeting's paper that a sentence stands in; everything else is BODY."""

    TITLE = "title"
    BODY = "body"
    PROPOSAL = "proposal"
    DECISION = "decision"
    GROUNDS = "grounds"
    HANDLING = "handling"
    HISTORY = "history"
    ATTACHMENTS = "attachments"
    PREPARATION = "preparation"
    EXECUTION = "execution"
    APPEAL = "appeal"
    PRESENTER = "presenter"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one line without a full stop; `start` is its place in the page's text."""

    text: str
    lower: str
    start: int
    section: Section

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Page:
    """A document's title and the part of its text that counts.

    Attributes:
        title: one line; the text's first line where no title was given.
        text: title and text, one line each paragraph, without what follows a tail ("more releases").
        sentences: the sentences of `text` in order; the title is the first one.
        headings: the sections that have a heading of their own, in order of appearance.
    """

    def __init__(self, title: str, text: str) -> None:
        lines = [line for raw in text.splitlines() if (line := " ".join(raw.split()))]
        title = " ".join(title.split())
        if not title and lines:
            title = lines[0][:_MAX_TITLE]
        while lines and lines[0] == title:
            del lines[0]
        whole = "\n".join((title, *lines))
        found, headings = _read_sentences(title, whole)
        self.title: Final = title
        self.sentences: Final = tuple(found)
        self.headings: Final = tuple(headings)
        self.text: Final = whole[: found[-1].end] if found else ""

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, every offset the same."""
        return lowered(self.text)

    @cached_property
    def lower_title(self) -> str:
        return lowered(self.title)

    @property
    def body(self) -> str:
        """`text` without its title."""
        return self.text[len(self.title) + 1 :]

    @cached_property
    def content(self) -> tuple[Sentence, ...]:
        """The sentences that tell something: without instructions for appeal and lists of attachments."""
        skipped = {Section.APPEAL, Section.ATTACHMENTS, Section.EXECUTION}
        return tuple(s for s in self.sentences if s.section not in skipped)

    def in_section(self, *sections: Section) -> tuple[Sentence, ...]:
        """The sentences of these sections, in order."""
        return tuple(s for s in self.sentences if s.section in sections)

    def has(self, *sections: Section) -> bool:
        """Whether one of these sections has a heading of its own."""
        return any(s in sections for s in self.headings)


@cache
def _tails() -> tuple[str, ...]:
    return tuple(vocabulary("page")["tails"])


@cache
def _headings() -> dict[str, Section]:
    return {name: Section(section) for section, names in vocabulary("page")["headings"].items() for name in names}


@cache
def _heading() -> re.Pattern[str]:
    names = sorted(_headings(), key=len, reverse=True)
    # The name in any case of its first letter or wholly in capitals; then the line's end, a stop, or a capital.
    alternatives = "|".join(f"{re.escape(n.capitalize())}|{re.escape(n.upper())}" for n in names)
    return re.compile(
        rf"({alternatives})\s*(?:\([^)]{{0,80}}\)\s*)?(?:$|[.:]+(?:\s+|$)|[–-]\s+|\s+(?=[{_CAPITAL}0-9•]))"
    )


def _read_sentences(title: str, text: str) -> tuple[list[Sentence], list[Section]]:
    found = [Sentence(title, lowered(title), 0, Section.TITLE)] if title else []
    headings: list[Section] = []
    section = Section.BODY
    for place in sentences(text):
        if place.end <= len(title):
            continue
        words = text[place.start : place.end]
        lower = lowered(words)
        if _BULLET.sub("", lower).startswith(_tails()):
            break
        named, content = _under_heading(words, headings)
        if named is not None and not (named is Section.PRESENTER and section is Section.PROPOSAL):
            section = named
            headings.append(named)
        if content < len(words):
            found.append(Sentence(words[content:], lower[content:], place.start + content, section))
    return found, headings


def _under_heading(text: str, before: Sequence[Section]) -> tuple[Section | None, int]:
    """The section that a sentence opens, if it does, and where its own content begins."""
    m = _heading().match(text)
    if m is None:
        return None, 0
    section = _headings()[m[1].lower()]
    if section in {Section.APPEAL, Section.EXECUTION} and not before:
        return None, 0  # a link of the page's head: "Muutoksenhakuohje"
    return section, m.end()
