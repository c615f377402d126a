"""A document prepared for reading: what counts of it, its sentences, and the sections of minutes.

Pure and linear in the length of the text. The vocabulary is in page.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, cached_property
from typing import Final

from aluevahti.reading.grants import speaks_of_grants, words_for_a_grant
from aluevahti.reading.lexicon import Cue, Lexicon, Token, lowered, tokens, vocabulary, words_in
from aluevahti.reading.organs import Organ, find_organs, organ_line, words_for_a_body
from aluevahti.reading.sentences import sentences

_CAPITAL: Final = "A-ZÅÄÖ"
_BULLETS: Final = " •·*–—-"
_MAX_TITLE: Final = 300
_PARTNERS: Final = ("järjestö", "yhdisty", "yhteisö", "avustu", "förening", "organisation", "bidrag", "understöd")
_BEGINNING: Final = 3  # letters: no heading is shorter
_LONGEST: Final = 4000  # characters of one sentence that are looked at; longer ones are tables without a full stop

BOOKS: Final = ("topics", "decisions", "kinds", "status", "owner")
"""The vocabularies whose groups are looked up in every sentence."""

_OF_A_BODY: Final = "organs.words"
_OF_A_GRANT: Final = "grants.words"


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


class Sentence:
    """One sentence, or one line without a full stop, and what is found in it: each looked up once, when first asked.

    Attributes:
        text: as it stands; `lower`: the same in lower case.
        start: its place in the page's text.
        section: the part of the paper it stands in.
    """

    __slots__ = ("_cues", "_grants", "_groups", "_organs", "_words", "lower", "section", "start", "text")

    def __init__(self, text: str, lower: str, start: int, section: Section) -> None:
        self.text: Final = text
        self.lower: Final = lower
        self.start: Final = start
        self.section: Final = section
        self._words: tuple[Token, ...] | None = None
        self._cues: tuple[Cue, ...] | None = None
        self._groups: frozenset[str] | None = None
        self._organs: tuple[Organ, ...] | None = None
        self._grants: bool | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def words(self) -> tuple[Token, ...]:
        """Its words in lower case; their offsets count from the sentence's own beginning."""
        if self._words is None:
            self._words = tokens(self.lower, 0, _LONGEST)
        return self._words

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every entry of the vocabularies in it, in order; groups are called `topics.grants`, `kinds.call`."""
        if self._cues is None:
            self._cues = _lexicon().cues_of(words_in(self.lower, 0, _LONGEST))
        return self._cues

    @property
    def organs(self) -> tuple[Organ, ...]:
        """The decision-making bodies that it names, in order."""
        if self._organs is None:
            named = self.says(_OF_A_BODY)
            self._organs = find_organs(self.text[:_LONGEST], self.lower[:_LONGEST]) if named else ()
        return self._organs

    @property
    def body_alone(self) -> str | None:
        """The name of the body that it consists of (`Keski-Pohjanmaan aluehallitus`), or None."""
        last = self.text.rstrip(":,")[-1:]
        may_end_a_name = last.isalnum() or last == "-"  # most sentences end in a full stop
        return organ_line(self.text, self.organs) if may_end_a_name and self.organs else None

    @property
    def speaks_of_grants(self) -> bool:
        """Whether it has a word for a grant. A partnership alone is none, nor an agreement of authorities."""
        if self._grants is None:
            self._grants = self.says(_OF_A_GRANT) and speaks_of_grants(self._without_partnerships())
        return self._grants

    def _without_partnerships(self) -> str:
        lower = self.lower[:_LONGEST].replace("kumppanuu", "~")
        agreed = "yhteistyösopim" in lower or "samarbetsavtal" in lower
        if not agreed or any(word in lower for word in _PARTNERS):
            return lower
        return lower.replace("yhteistyösopim", "~").replace("samarbetsavtal", "~")

    def says(self, *groups: str) -> bool:
        """Whether it has an entry of one of these groups."""
        if self._groups is None:
            self._groups = frozenset({cue.group for cue in self.cues})
        return not self._groups.isdisjoint(groups)


NOTHING: Final = Sentence("", "", 0, Section.TITLE)
"""The title of a page that has none."""


@cache
def _lexicon() -> Lexicon:
    """All vocabularies that are looked up in sentences, in one: a word is looked up once for all of them.

    The same look tells where a closer one for bodies and for grants would find nothing.
    """
    groups = {f"{book}.{name}": entries for book in BOOKS for name, entries in vocabulary(book).items()}
    groups |= {f"subjects.{entry['name']}": entry["entries"] for entry in vocabulary("subjects")}
    return Lexicon(groups, parts={_OF_A_BODY: words_for_a_body(), _OF_A_GRANT: words_for_a_grant()})


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

    @property
    def headline(self) -> Sentence:
        """The title as a sentence."""
        return self.sentences[0] if self.title and self.sentences else NOTHING

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


def may_be_a_title(line: str) -> bool:
    """Whether a line below a title that names no matter names it: no sentence, no heading of minutes, no body."""
    place = Sentence(line, lowered(line), 0, Section.BODY)
    prose = len(line) > _MAX_TITLE or line.endswith((".", ":", "!", "?"))
    return bool(line[:1].isupper()) and not (prose or place.body_alone or _under_heading(line, [])[0])


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
        rf"({alternatives})\s*(?:\([^)]{{0,80}}\)\s*|,\s[^\W\d_][^.:,\n]{{2,40}}(?=:))?(?:$|[.:]+(?:\s+|$)|[–-]\s+|\s+(?=[{_CAPITAL}0-9•]))"
    )


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of every heading: a quick look before the close one."""
    return frozenset(told[:_BEGINNING] for name in _headings() for told in (name.capitalize(), name.upper()))


def _read_sentences(title: str, text: str) -> tuple[list[Sentence], list[Section]]:
    found = [Sentence(title, lowered(title), 0, Section.TITLE)] if title else []
    headings: list[Section] = []
    section = Section.BODY
    whole, tails, beginnings = lowered(text), _tails(), _beginnings()
    for place in sentences(text):
        start, end, _ = place
        if end <= len(title):
            continue
        words, lower = text[start:end], whole[start:end]
        if lower.lstrip(_BULLETS).startswith(tails):
            break
        named, content = _under_heading(words, headings) if words[:_BEGINNING] in beginnings else (None, 0)
        if named is Section.PRESENTER and _puts_forward(lower[content:]):
            named = Section.PROPOSAL
        if named is not None and not (named is Section.PRESENTER and section is Section.PROPOSAL):
            section = named
            headings.append(named)
        if content < len(words):
            found.append(Sentence(words[content:], lower[content:], start + content, section))
    return found, headings


def _puts_forward(lower: str) -> bool:
    """Whether what stands behind a presenter's title is a proposal, and no name."""
    return not set(vocabulary("page")["proposing"]).isdisjoint(words_in(lower))


def _under_heading(text: str, before: Sequence[Section]) -> tuple[Section | None, int]:
    """The section that a sentence opens, if it does, and where its own content begins."""
    m = _heading().match(text)
    if m is None:
        return None, 0
    section = _headings()[m[1].lower()]
    if section in {Section.APPEAL, Section.EXECUTION} and not before:
        return None, 0  # a link of the page's head: "Muutoksenhakuohje"
    return section, m.end()
