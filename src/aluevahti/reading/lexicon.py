"""Vocabularies: YAML files beside this module, and finding their words and phrases in a sentence.

An entry is a word or a phrase in lower case; `*` at the end of a word stands for any ending
(`hakuaik*`), `*` at its beginning for any beginning (`*haku`). Nothing here knows what a
vocabulary means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")


@cache
def vocabulary(name: str) -> Any:
    """The content of the data file `name`.yaml of this package, as YAML gives it."""
    text = resources.files("aluevahti.reading").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, in lower case, with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry found: `first` and `last` are indexes of tokens (inclusive)."""

    group: str
    first: int
    last: int


def lowered(text: str) -> str:
    """`text` in lower case, character by character, so that every offset stays what it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def tokens(lower: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The words of a lower-case text between two offsets; hyphenated words are one."""
    stop = len(lower) if end is None else end
    return tuple(Token(m.group(), m.start(), m.end()) for m in WORD.finditer(lower, start, stop))


class Lexicon:
    """Groups of entries, looked up word by word."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Raises ValueError for an entry that could never match (capitals, a `*` in the middle of a word)."""
        self._exact: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._prefix: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._suffix: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._seen: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
        for group, entries in groups.items():
            for entry in entries:
                self._add(group, entry)
        self._shortest = min((len(p) for p in self._prefix), default=1)
        self._longest = max((len(p) for p in self._prefix), default=0)
        self._endings = tuple(sorted(self._suffix))

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

    def _starting(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        known = self._seen.get(word)
        if known is not None:
            return known
        found = list(self._exact.get(word, ()))
        for length in range(self._shortest, min(self._longest, len(word)) + 1):
            found += self._prefix.get(word[:length], ())
        for ending in self._endings:
            if ending in word:
                found += [e for e in self._suffix[ending] if _matches(e[1][0], word)]
        if len(self._seen) < 50_000:  # a bound on memory; words repeat, so this is where the time is saved
            self._seen[word] = tuple(found)
        return tuple(found)

    def groups(self, word: str) -> frozenset[str]:
        """The groups that have `word` (lower case) as an entry of one word."""
        return frozenset(group for group, entry in self._starting(word) if len(entry) == 1)

    def cues(self, words: Sequence[Token]) -> tuple[Cue, ...]:
        """Every entry found in `words`, in order; of several entries of a group at one place the longest."""
        found: list[Cue] = []
        for index, word in enumerate(words):
            best: dict[str, int] = {}
            for group, entry in self._starting(word.text):
                last = index + len(entry) - 1
                if last < len(words) and all(_matches(e, words[index + i].text) for i, e in enumerate(entry) if i):
                    best[group] = max(best.get(group, index), last)
            found += [Cue(group, index, last) for group, last in best.items()]
        return tuple(found)


def _matches(entry: str, word: str) -> bool:
    if entry.startswith("*"):
        return (entry[1:-1] in word) if entry.endswith("*") else word.endswith(entry[1:])
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry
