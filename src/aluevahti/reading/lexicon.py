"""Vocabularies: YAML files beside this module, and finding their words and phrases in a sentence.

An entry is a word or a phrase in lower case; `*` at the end of a word stands for any ending
(`hakuaik*`), `*` at its beginning for any beginning (`*haku`). A phrase may name several words for one
place (`menee/menevät kiinni/lukkoon` is four phrases). Nothing here knows what a vocabulary means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import product, takewhile
from typing import Any, NamedTuple, TypeAlias

from ruamel.yaml import YAML

_CLITIC = re.compile(r"(?:kin|kaan|kään|nsa|nsä)\Z")  # alkaakin, hakuakaan, hakunsa: the word is what stands before
_CLITIC_FROM = 6
_ALIKE = 3  # letters: of fewer, beginnings stand everywhere
_MOST_WORDS = 50_000  # a bound on memory
WORD = re.compile(r"[^\W_]++(?:[-‐‑][^\W_]++)*+")  # a letter that is taken is never given back: twice as fast


@cache
def vocabulary(name: str) -> Any:
    """The content of the data file `name`.yaml of this package, as YAML gives it, each phrase for itself."""
    text = resources.files("aluevahti.reading").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return _each_for_itself(YAML(typ="safe", pure=False).load(text))  # by libyaml, in a fifth of the time


def _each_for_itself(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _each_for_itself(inner) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    return [
        one for entry in value for one in (_phrases(entry) if isinstance(entry, str) else [_each_for_itself(entry)])
    ]


def _phrases(entry: str) -> list[str]:
    """The phrases that an entry stands for: one for each choice of its words."""
    if "/" not in entry or " " not in entry:
        return [entry]
    return [" ".join(words) for words in product(*(word.split("/") for word in entry.split(" ")))]


class Token(NamedTuple):
    """One word of a text, in lower case, with its place."""

    text: str
    start: int
    end: int


class Cue(NamedTuple):
    """An entry found: `first` and `last` are indexes of tokens (inclusive)."""

    group: str
    first: int
    last: int


@lru_cache(maxsize=8)
def lowered(text: str) -> str:
    """`text` in lower case, character by character, so that every offset stays what it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def places(lower: str, needles: Iterable[str], start: int = 0, end: int | None = None) -> list[int]:
    """Every place between two offsets where one of `needles` stands, in order; far quicker than one pattern of them all."""
    found: list[int] = []
    for beginning, alike in _by_beginning(tuple(needles)):
        at = lower.find(beginning, start, end)
        while at != -1:
            if lower.startswith(alike, at, end):
                found.append(at)
            at = lower.find(beginning, at + 1, end)
    return sorted(found)


@cache
def _by_beginning(needles: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The needles that begin alike below what they have in common, so that a text is searched once for all of them."""
    groups: dict[str, list[str]] = {}
    for needle in needles:
        groups.setdefault(needle[:_ALIKE], []).append(needle)
    return tuple((_shared_beginning(alike), tuple(alike)) for alike in groups.values())


def _shared_beginning(words: Sequence[str]) -> str:
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letter for letter, *_ in alike)


def tokens(lower: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The words of a lower-case text between two offsets; hyphenated words are one."""
    found: list[Token] = []
    make, at = tuple.__new__, start
    for word in words_in(lower, start, end):  # nothing between two words can be mistaken for the next one's beginning
        begin = lower.find(word, at)
        at = begin + len(word)
        found.append(make(Token, (word, begin, at)))
    return tuple(found)


def words_in(lower: str, start: int = 0, end: int | None = None) -> list[str]:
    """The same words without their places, in a third of the time."""
    return WORD.findall(lower, start, len(lower) if end is None else end)


class Words:
    """The words of some stretches of a lower-case text: the words at once, their places when one is first asked for.

    Attributes:
        texts: the words, in order.
    """

    __slots__ = ("_found", "_lower", "_starts", "texts")

    def __init__(self, lower: str, stretches: Iterable[tuple[int, int]]) -> None:
        """`stretches`: pairs of offsets, in order."""
        self._lower = lower
        self._found = [(start, words_in(lower, start, end)) for start, end in stretches]
        self._starts: list[int] | None = None
        self.texts = [word for _, words in self._found for word in words]

    def spans_a_gap(self, first: int, last: int) -> bool:
        """Whether words stand in more than one stretch, so that something was left out between them."""
        at = 0
        for _, words in self._found:
            at += len(words)
            if first < at:
                return last >= at
        return False

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        if self._starts is None:
            self._starts = []
            for at, words in self._found:
                for word in words:
                    at = self._lower.find(word, at)  # noqa: PLW2901  # as in `tokens`
                    self._starts.append(at)
                    at += len(word)  # noqa: PLW2901
        return self._starts

    def end(self, number: int) -> int:
        """Where a word ends."""
        return self.starts[number] + len(self.texts[number])

    def tokens(self) -> tuple[Token, ...]:
        """The words with their places."""
        return tuple(Token(text, at, at + len(text)) for text, at in zip(self.texts, self.starts, strict=True))


def without_clitic(word: str) -> str:
    """The word that stands before a clitic: `alkaa` of `alkaakin`."""
    return _CLITIC.sub("", word) if len(word) > _CLITIC_FROM else word


_Entry: TypeAlias = tuple[str, tuple[str, ...]]  # a group, and the words of one of its entries


class _Known(NamedTuple):
    """What a word may begin: the groups it is an entry of by itself, and phrases by their second word.

    `exact` has the phrases whose second word has no `*`, by that word; `starred` the others, of which none fits unless
    the second word begins with one of `beginnings`.
    """

    groups: tuple[str, ...]
    exact: dict[str, tuple[_Entry, ...]]
    starred: tuple[_Entry, ...]
    beginnings: tuple[str, ...]


class _Looked(dict[str, _Known | None]):
    """What is known of each word, looked up when it is first asked for; words repeat, so this is where the time is saved."""

    def __init__(self, look_up: Callable[[str], _Known | None]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Known | None:
        known = self._look_up(word)
        if len(self) < _MOST_WORDS:
            self[word] = known
        return known


def distance(one: Cue, other: Cue) -> int:
    """How many words one entry stands from another: 1 right beside it."""
    return min(abs(one.first - other.last), abs(other.first - one.last))


class Lexicon:
    """Groups of entries, looked up word by word."""

    def __init__(self, groups: Mapping[str, Iterable[str]], parts: Mapping[str, Iterable[str]] | None = None) -> None:
        """`parts`: more groups, each of letters that a word may have inside it, whatever else the word is.

        Raises ValueError for an entry that could never match (capitals, a `*` in the middle of a word).
        """
        self._exact: dict[str, list[_Entry]] = {}
        self._prefix: dict[str, list[_Entry]] = {}
        self._suffix: dict[str, list[_Entry]] = {}
        self._parts = {group: tuple(inside) for group, inside in (parts or {}).items()}
        self._seen = _Looked(self._known)
        for group, entries in groups.items():
            for entry in entries:
                self._add(group, entry)
        self._lengths = tuple(sorted({len(p) for p in self._prefix}))

    def _add(self, group: str, entry: str) -> None:
        words = entry.split()
        bad = [w for w in words if "*" in w.strip("*") or w != w.lower() or not w.strip("*")]
        if bad or not words:
            raise ValueError(f"{group}: {entry!r} can never match")
        first, rest = words[0], tuple(words[1:])
        if first.startswith("*"):
            self._suffix.setdefault(first.strip("*"), []).append((group, (first, *rest)))
        elif first.endswith("*"):
            self._prefix.setdefault(first[:-1], []).append((group, (first, *rest)))
        else:
            self._exact.setdefault(first, []).append((group, (first, *rest)))

    def _known(self, word: str) -> _Known | None:
        found = self._entries(word)
        found += [(group, (word,)) for group, inside in self._parts.items() if any(part in word for part in inside)]
        return _sorted_out(found) if found else None

    def _entries(self, word: str) -> list[_Entry]:
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._prefix.get(word[:length], ())
        for ending, entries in self._suffix.items():
            if ending in word:
                found += [e for e in entries if _matches(e[1][0], word)]
        if not found and (plain := without_clitic(word)) != word:
            return self._entries(plain)
        return found

    def groups(self, word: str) -> frozenset[str]:
        """The groups that have `word` (lower case) as an entry of one word."""
        known = self._seen[word]
        return frozenset(known.groups if known else ())

    def has_any(self, words: Iterable[str]) -> bool:
        """Whether an entry begins with any of `words` (lower case): what has none has no cues."""
        return any(map(self._seen.__getitem__, words))

    def cues(self, words: Sequence[Token]) -> tuple[Cue, ...]:
        """Every entry found in `words`, in order; of several entries of a group at one place the longest."""
        return self.cues_of([word[0] for word in words])

    def cues_of(self, words: Sequence[str]) -> tuple[Cue, ...]:
        """As `cues`, of words (lower case) without their places."""
        found: list[Cue] = []
        last, make = len(words) - 1, tuple.__new__
        for index, known in enumerate(map(self._seen.__getitem__, words)):
            if known is None:
                continue
            groups, exact, starred, beginnings = known
            if index < last and ((after := words[index + 1]) in exact or (starred and after.startswith(beginnings))):
                found += _longest(groups, (*exact.get(after, ()), *starred), words, index)
            else:
                for group in groups:  # hardly ever more than one: a comprehension would cost more
                    found.append(make(Cue, (group, index, index)))
        return tuple(found)


def _sorted_out(entries: Sequence[_Entry]) -> _Known:
    exact: dict[str, tuple[_Entry, ...]] = {}
    phrases = [e for e in entries if len(e[1]) > 1]
    for entry in phrases:
        if "*" not in entry[1][1]:
            exact[entry[1][1]] = (*exact.get(entry[1][1], ()), entry)
    groups = dict.fromkeys(group for group, words in entries if len(words) == 1)
    starred = tuple(e for e in phrases if "*" in e[1][1])
    # A word that ends or goes on like `*haku` may begin with anything, that is with "".
    beginnings = {words[1].removesuffix("*") if not words[1].startswith("*") else "" for _, words in starred}
    return _Known(tuple(groups), exact, starred, tuple(sorted(beginnings)))


def _longest(groups: Sequence[str], phrases: Sequence[_Entry], words: Sequence[str], index: int) -> list[Cue]:
    best = dict.fromkeys(groups, index)
    for group, entry in phrases:
        last = index + len(entry) - 1
        if best.get(group, -1) < last < len(words) and all(
            _matches(entry[n], words[index + n]) for n in range(1, len(entry))
        ):
            best[group] = last
    return [Cue(group, index, last) for group, last in best.items()]


def _matches(entry: str, word: str) -> bool:
    if entry.startswith("*"):
        return (entry[1:-1] in word) if entry.endswith("*") else word.endswith(entry[1:])
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry
