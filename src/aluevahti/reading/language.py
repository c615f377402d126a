"""The language of a text, from its most ordinary words (language.yaml)."""

from __future__ import annotations

from functools import cache
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.lexicon import WORD, lowered, vocabulary

_SAMPLE: Final = 4000


@cache
def _ordinary() -> dict[Language, frozenset[str]]:
    return {Language(lang): frozenset(words) for lang, words in vocabulary("language").items()}


def language_of(text: str) -> Language:
    """Finnish or Swedish, whichever has more of its ordinary words in the text's beginning; Finnish in doubt."""
    words = WORD.findall(lowered(text[:_SAMPLE]))
    count = {lang: sum(word in ordinary for word in words) for lang, ordinary in _ordinary().items()}
    if count[Language.SV] == count[Language.FI]:
        swedish = sum("å" in word for word in words)
        return Language.SV if swedish * 10 > len(words) else Language.FI
    return Language.SV if count[Language.SV] > count[Language.FI] else Language.FI
