"""The basic forms of words, so that a search finds `avustuksista` by `avustukset`.

Finnish words are looked up with Voikko where its library and dictionary are on the machine (Debian:
libvoikko1, voikko-fi); compounds are then found by their parts, too. Elsewhere, and for words that Voikko
does not know, the Snowball stemmers for Finnish and Swedish cut the endings off. No letter loses its dots:
`säde` is a ray and `sade` is rain.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Final

from aluevahti.model import Document, Language, Reading

VERSION: Final = 1
"""Raised when the same words come out as other forms: an index made before is then better made anew."""

_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_MORPH: Final = re.compile(r"\+(?P<shown>[^+(]*)(?:\((?P<base>[^)]*)\))?")
_CHANGED_END: Final = re.compile(r"(?<=[uy])(?:ks|st|s)\Z")
"""What Snowball leaves of `avustuksen`, `avustusten` and `avustus`; of `avustusta` it leaves `avustu`."""

_STEMMERS: Final = {Language.FI: "finnish", Language.SV: "swedish", Language.EN: "english"}
_KEPT: Final = 50_000
"""Words whose basic forms are remembered: more than a region's papers have."""

Forms = tuple[str, ...]


class Lemmatiser:
    """Finds basic forms. May be used from several threads.

    Args:
        analyse: Voikko's analysis of one word; None: Voikko is not there.
        voikko: the name of the Voikko that is in use.
    """

    def __init__(self, analyse: Callable[[str], list[dict[str, str]]] | None = None, voikko: str = "") -> None:
        self._analyse = analyse
        self._lock = threading.Lock()
        self.knows_compounds = analyse is not None
        self.name = " + ".join(filter(None, (voikko, f"Snowball {_snowball_version()}", f"rules {VERSION}")))
        self._finnish = lru_cache(_KEPT)(self._look_up)
        self._stem = lru_cache(_KEPT)(_stemmed)

    def index(self, text: str, lang: Language) -> str:
        """What a text is findable by beside its words: basic forms and parts of compounds, each once, in order."""
        words = dict.fromkeys(_WORD.findall(text))
        with self._lock:
            forms = dict.fromkeys(form for word in words for form in self._forms(word, lang))
        return " ".join(forms)

    def query(self, word: str) -> Forms:
        """The forms of which any finds the word, in a Finnish text or in a Swedish one; () for what is no word."""
        if not _WORD.fullmatch(word):
            return ()
        with self._lock:
            finnish = [forms[0] for forms in self._finnish(word)]
            return tuple(dict.fromkeys((*finnish, self._stem(word.lower(), Language.SV))))

    def _forms(self, word: str, lang: Language) -> Iterable[str]:
        if lang is not Language.FI:
            return (self._stem(word.lower(), lang),)
        return [form for forms in self._finnish(word) for form in forms]

    def _look_up(self, word: str) -> tuple[Forms, ...]:
        """For each thing that a Finnish word can be: its basic form, then the parts it is put together from."""
        for spelt in dict.fromkeys((word, word.lower(), word.capitalize())) if self._analyse else ():
            assert self._analyse is not None
            found = [_of_analysis(analysis) for analysis in self._analyse(spelt)]
            if found:
                return tuple(dict.fromkeys(found))
        pieces = re.split("[-‐‑]", word.lower())
        if len(pieces) == 1:
            return ((self._stem(word.lower(), Language.FI),),)
        known = [form for piece in pieces for forms in self._look_up(piece) for form in forms[:1]]
        *first, last = pieces  # a compound with a part that is no word: stea-avustuksista
        return (("-".join((*first, self._look_up(last)[0][0])), *known),)


def _of_analysis(analysis: dict[str, str]) -> Forms:
    base = analysis.get("BASEFORM", "").lower().strip("-")
    parts = list(_parts(analysis.get("WORDBASES", "")))
    return tuple(dict.fromkeys((base, *(parts if len(parts) > 1 else ()))))


def _parts(wordbases: str) -> Iterator[str]:
    """The parts of a compound: `+järjestö(järjestö)+avust(avustaa)+us(+us)` is järjestö and avustus."""
    part = base = ""
    for morph in _MORPH.finditer(wordbases):
        shown, told = morph["shown"], morph["base"] or ""
        if told.startswith("+"):  # an ending that makes a new word: what stands there is its basic form
            part, base = part + shown, ""
            continue
        if part:
            yield (base or part).lower()
        part, base = shown.strip("-"), told.replace("=", "")
    if part:
        yield (base or part).lower()


def lemmas_of(document: Document, reading: Reading | None, text: str) -> str:
    """The basic forms that a document is findable by, of its title and its text."""
    lang = reading.lang if reading is not None else document.lang or Language.FI
    return lemmatiser().index(f"{document.title}\n{text}", lang)


def forms_of(words: str) -> dict[str, Forms]:
    """The basic forms of each word of a question; none of a word that ends in `*`."""
    return {word: lemmatiser().query(word) for word in words.split()}


def lemmatiser() -> Lemmatiser:
    """The best one that this machine has; made when it is first asked for."""
    return _best()


@cache
def _best() -> Lemmatiser:
    found = _voikko()
    return Lemmatiser() if found is None else Lemmatiser(found.analyze, f"Voikko {found.getVersion()}")


def _voikko() -> Any | None:
    """Voikko with its Finnish dictionary, or None where the library or the dictionary is missing."""
    import libvoikko  # noqa: PLC0415 - opens a library of the system, which only a search needs

    try:
        return libvoikko.Voikko("fi")
    except (OSError, libvoikko.VoikkoException):
        return None


def _stemmed(word: str, lang: Language) -> str:
    stem = str(_stemmer(lang).stemWord(word))
    return _CHANGED_END.sub("", stem) if lang is Language.FI else stem


@cache
def _stemmer(lang: Language) -> Any:
    import snowballstemmer  # noqa: PLC0415

    return snowballstemmer.stemmer(_STEMMERS[lang])


def _snowball_version() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return version("snowballstemmer")
