"""What date expressions are made of in patterns: the blank between their parts, the names of months, a year behind them."""

from __future__ import annotations

import re
from typing import Final

from aluevahti.reading.lexicon import vocabulary

_FI = vocabulary("calendar")["fi"]
_SV = vocabulary("calendar")["sv"]

# Blank space of any kind, with the invisible characters that editors leave beside dashes.
# Never a line break: a list of days is not a range.
# One set of characters, not what is no line break or one of those: patterns pass it twice as fast.
GAP: Final = r"[\t\v\f\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u00ad\u200b\u2060\ufeff]"

DASH: Final = r"[-\u2010-\u2015\u2212\uff0d\ufe63~]"
"""Every sign that pages write for from-to: hyphens, the figure dash, en and em dashes, the minus sign, the tilde."""

JOIN: Final = rf"{GAP}{{0,3}}{DASH}{{1,2}}{GAP}{{0,3}}"

FI_MONTHS: Final = tuple(stem + "kuu" for stem in _FI["month_stems"])
MONTHS: Final[dict[str, int]] = {word: n for n, word in enumerate(FI_MONTHS, 1)} | {
    word: n for n, words in enumerate(_SV["months"], 1) for word in words
}
FI_MONTH: Final = "|".join(FI_MONTHS)
SV_MONTH: Final = "|".join(
    "|".join([words[0], *(rf"{w}\b\.?" for w in sorted(words[1:], key=len, reverse=True))]) for words in _SV["months"]
)
WEEKDAYS: Final[dict[str, int]] = {w: n for lang in (_FI, _SV) for n, w in enumerate(lang["weekdays"])}
SHORT_WEEKDAYS: Final[dict[str, int]] = {w: n for lang in (_FI, _SV) for n, w in enumerate(lang["weekdays_short"])}
FI_WEEKDAY: Final = "|".join(_FI["weekdays"])
SV_WEEKDAY: Final = "|".join(_SV["weekdays"])
ANY_WEEKDAY: Final = "|".join((*WEEKDAYS, *SHORT_WEEKDAYS))
YEAR: Final = r"(?:19|20)\d\d"
OF_YEAR: Final = rf"(?:{GAP}{{1,2}}(?:vuonna{GAP}|år{GAP})?(?P<word_year>{YEAR})(?!\d))?"

_MONTH_NEEDLES: Final = ("kuu", *(words[0][:3] for words in _SV["months"]))
_WHOLE_DAY: Final = re.compile(r"\d[.-]\d{1,2}[.-]\d{4}")
_DAY_IN_WORDS: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|:[ae])?{GAP}{{1,2}}(?P<word>{FI_MONTH}|(?:{SV_MONTH})(?![a-zåäö]))[a-zåäö]{{0,6}}{GAP}{{1,2}}(?P<year>{YEAR})(?!\d)"
)
_WEEKDAY: Final = (
    rf"(?:{'|'.join((*_FI['weekdays'], *_SV['weekdays']))})[a-zåäö]{{0,5}}"
    rf"|(?:{'|'.join((*_FI['weekdays_short'], *_SV['weekdays_short']))})\.?"
)
_BEFORE_A_DAY: Final = re.compile(
    rf"\b(?:(?:{_WEEKDAY}),?{GAP}{{1,2}}(?:den{GAP}{{1,2}})?|den{GAP}{{1,2}})(?=\d{{1,2}}[.-]\d{{1,2}}[.-]\d{{4}})"
)


def in_figures(line: str) -> str:
    """A line (lower case) with its whole dates as figures and no weekday before them.

    `måndagen den 22 januari 2024 kl. 13` and `ma 22.1.2024 kl. 13` become `22.1.2024 kl. 13`.
    """
    if any(word in line for word in _MONTH_NEEDLES):
        line = _DAY_IN_WORDS.sub(_figures, line)
    return _BEFORE_A_DAY.sub("", line) if _WHOLE_DAY.search(line) else line


def _figures(m: re.Match[str]) -> str:
    return f"{m['day']}.{month_number(m['word'])}.{m['year']}"


def month_number(word: str) -> int:
    """Which month (1 to 12) a name of MONTHS is, with or without a point behind it."""
    return MONTHS[word.rstrip(".")]
