"""The matters whose state is followed for every region, found in a text by the words of subjects.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aluevahti.model import Language, Theme
from aluevahti.reading.lexicon import Lexicon, tokens, vocabulary
from aluevahti.reading.page import Sentence


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter: its name in both languages, the status field that its decisions settle ("" for none)."""

    name: str
    field: str
    theme: Theme
    fi: str
    sv: str

    def name_in(self, lang: Language) -> str:
        return self.sv if lang is Language.SV else self.fi


def subjects_of(sentence: Sentence) -> tuple[Subject, ...]:
    """The matters that a sentence names, each once, in order of their first mention."""
    names = (cue.group.removeprefix("subjects.") for cue in sentence.cues if cue.group.startswith("subjects."))
    return tuple(_subjects()[name] for name in dict.fromkeys(names))


def find_subjects(lower: str) -> tuple[Subject, ...]:
    """The matters that a lower-case text names, each once, in order of their first mention."""
    cues = _lexicon().cues(tokens(lower))
    return tuple(_subjects()[name] for name in dict.fromkeys(cue.group for cue in cues))


@cache
def _subjects() -> dict[str, Subject]:
    return {
        e["name"]: Subject(e["name"], e["field"], Theme(e["theme"]), e["fi"], e["sv"]) for e in vocabulary("subjects")
    }


@cache
def _lexicon() -> Lexicon:
    return Lexicon({e["name"]: e["entries"] for e in vocabulary("subjects")})
