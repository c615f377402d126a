"""The language of a text, from its most ordinary words."""

from __future__ import annotations

from typing import Final

from aluevahti.model import Language
from aluevahti.reading.lexicon import WORD, lowered

_SAMPLE: Final = 4000
_ORDINARY: Final = {
    Language.FI: frozenset(
        [
            "ja",
            "on",
            "ei",
            "että",
            "tai",
            "sekä",
            "ovat",
            "kun",
            "mukaan",
            "mutta",
            "vuoden",
            "joka",
            "jotka",
            "myös",
            "hän",
            "se",
            "ne",
            "oli",
            "voi",
            "kuin",
            "niin",
            "ole",
            "vuonna",
            "§",
            "klo",
        ]
    ),
    Language.SV: frozenset(
        [
            "och",
            "att",
            "för",
            "är",
            "som",
            "av",
            "på",
            "till",
            "med",
            "den",
            "det",
            "inte",
            "om",
            "ska",
            "i",
            "en",
            "ett",
            "har",
            "kan",
            "vid",
            "eller",
            "från",
            "de",
            "under",
            "inom",
            "år",
            "kl",
        ]
    ),
}


def language_of(text: str) -> Language:
    """Finnish or Swedish, whichever has more of its ordinary words among the first ones; Finnish in doubt."""
    words = WORD.findall(lowered(text[:_SAMPLE]))
    count = {lang: sum(word in ordinary for word in words) for lang, ordinary in _ORDINARY.items()}
    if count[Language.SV] == count[Language.FI]:
        swedish = sum("å" in word for word in words)
        return Language.SV if swedish * 10 > len(words) else Language.FI
    return Language.SV if count[Language.SV] > count[Language.FI] else Language.FI
