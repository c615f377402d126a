"""What date expressions are made of in patterns: the blank between their parts, the names of months, a year behind them."""

from __future__ import annotations

from typing import Final

from aluevahti.reading.lexicon import vocabulary

_FI = vocabulary("calendar")["fi"]
_SV = vocabulary("calendar")["sv"]

# Blank space of any kind, with the invisible characters that editors leave beside dashes.
# Never a line break: a list of days is not a range.
GAP: Final = r"(?:[^\S\r\n]|[\u00ad\u200b\u2060\ufeff])"

FI_MONTHS: Final = tuple(stem + "kuu" for stem in _FI["month_stems"])
MONTHS: Final[dict[str, int]] = {word: n for n, word in enumerate(FI_MONTHS, 1)} | {
    word: n for n, words in enumerate(_SV["months"], 1) for word in words
}
FI_MONTH: Final = "|".join(FI_MONTHS)
SV_MONTH: Final = "|".join(
    "|".join([words[0], *(rf"{w}\b\.?" for w in sorted(words[1:], key=len, reverse=True))]) for words in _SV["months"]
)
YEAR: Final = r"(?:19|20)\d\d"
OF_YEAR: Final = rf"(?:{GAP}{{1,2}}(?:vuonna{GAP}|år{GAP})?(?P<word_year>{YEAR})(?!\d))?"


def month_number(word: str) -> int:
    """Which month (1 to 12) a name of MONTHS is, with or without a point behind it."""
    return MONTHS[word.rstrip(".")]
