"""Whole numbers told in words, Finnish and Swedish, up to a million: `kolmesataatuhatta`, `femtiotusen`. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES: Final = {
    "yksi": 1, "kaksi": 2, "kolme": 3, "neljä": 4, "viisi": 5, "kuusi": 6, "seitsemän": 7, "kahdeksan": 8, "yhdeksän": 9,
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
}  # fmt: skip
_TENS: Final = {
    "kymmenen": 10, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40,
    "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
}  # fmt: skip
_ONE: Final = "|".join(_ONES)
_BELOW_A_THOUSAND: Final = (
    rf"(?:(?P<{{0}}hundreds>{_ONE})?(?P<{{0}}hundred>sataa?|hundra))?"
    rf"(?:(?P<{{0}}tens>{_ONE})kymmentä|(?P<{{0}}teens>{_ONE})toista|(?P<{{0}}ten>{'|'.join(_TENS)}))?(?P<{{0}}ones>{_ONE})?"
)
_NUMBER: Final = re.compile(
    rf"(?:{_BELOW_A_THOUSAND.format('k')}(?P<thousand>tuhatta|tuhat|tusen))?{_BELOW_A_THOUSAND.format('u')}"
)
_LONGEST: Final = 60  # letters


@lru_cache(maxsize=512)
def number_of(word: str) -> int | None:
    """The number that a lower-case word tells; None where it tells none."""
    m = _NUMBER.fullmatch(word) if 0 < len(word) <= _LONGEST else None
    if m is None:
        return None
    told = m.groupdict()
    return (_below_a_thousand(told, "k") or 1) * 1000 * bool(told["thousand"]) + _below_a_thousand(told, "u")


def _below_a_thousand(told: dict[str, str | None], part: str) -> int:
    hundreds = _ONES.get(told[f"{part}hundreds"] or "", 1) * 100 * bool(told[f"{part}hundred"])
    tens = _ONES.get(told[f"{part}tens"] or "", 0) * 10 + _TENS.get(told[f"{part}ten"] or "", 0)
    teens = told[f"{part}teens"]
    return hundreds + tens + (10 + _ONES[teens] if teens else 0) + _ONES.get(told[f"{part}ones"] or "", 0)
