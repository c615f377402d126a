"""Days told by ordinals in words: `toukokuun viidentenä`, `marraskuun kymmenennestä`, `den första oktober`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aluevahti.reading.dateshapes import FI_MONTH, GAP, OF_YEAR, SV_MONTH, month_number
from aluevahti.reading.spans import DateSpan, Precision

_FI_ONES: Final = ("kolma", "neljä", "viide", "kuude", "seitsemä", "kahdeksa", "yhdeksä", "kymmene")
_FI_TEENS: Final = ("yhde", "kahde", *_FI_ONES[:-1])
_SV: Final = (
    "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte",
    "tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde",
    "tjugoförsta", "tjugoandra", "tjugotredje", "tjugofjärde", "tjugofemte", "tjugosjätte", "tjugosjunde",
    "tjugoåttonde", "tjugonionde", "trettionde", "trettioförsta",
)  # fmt: skip
_FI_CASE: Final = r"(?:s|ntenä|ntena|nteen|nnestä|nnesta)"  # viides, viidentenä, viidenteen, viidennestä
_FI_ORDINAL: Final = (
    r"(?P<first>ensimmäi(?:nen|senä|seen|sestä))|(?P<second>toi(?:nen|sena|seen|sesta))"
    rf"|(?P<teen>{'|'.join(_FI_TEENS)}){_FI_CASE}toista|(?P<one>{'|'.join(_FI_ONES)}){_FI_CASE}"
)
# `toukokuun toisena maanantaina` is another day: nothing but a day, a time or the next one may follow.
_FI_DAY: Final = re.compile(
    rf"kuun{GAP}(?P<ordinal>{_FI_ORDINAL})(?:{GAP}päivä(?:nä|än|stä)?\b)?{OF_YEAR}"
    rf"(?={GAP}*(?:[.,;:!?)]|$|\n)|{GAP}(?:klo|kello|alkaen|lähtien|asti|saakka|mennessä|{FI_MONTH})|{GAP}päivä)"
)
_FI_MONTH_AT_END: Final = re.compile(rf"\b(?:{FI_MONTH})\Z")
_SV_DAY: Final = re.compile(
    rf"den{GAP}(?P<ordinal>{'|'.join(sorted(_SV, key=len, reverse=True))}){GAP}(?P<word>{SV_MONTH})(?![a-zåäö]){OF_YEAR}"
)
_LONGEST_MONTH: Final = 12
_INTO: Final = ("een", "päivään")


def ordinal_days(lower: str) -> Iterator[DateSpan]:
    """The days of a lower-case text that are told so, in order for each language."""
    for m in _FI_DAY.finditer(lower):
        start = max(0, m.start() - _LONGEST_MONTH)
        month = _FI_MONTH_AT_END.search(lower[start : m.start() + len("kuu")])
        if month is not None:
            yield _day(m, start + month.start(), _finnish(m), month_number(month.group()))
    for m in _SV_DAY.finditer(lower):
        if not lower[m.start() - 1 : m.start()].isalpha():
            yield _day(m, m.start("ordinal"), _SV.index(m["ordinal"]) + 1, month_number(m["word"]))


def _finnish(m: re.Match[str]) -> int:
    if m["teen"]:
        return 11 + _FI_TEENS.index(m["teen"])
    if m["one"]:
        return 3 + _FI_ONES.index(m["one"])
    return 1 if m["first"] else 2


def _day(m: re.Match[str], start: int, day: int, month: int) -> DateSpan:
    told = m.group().removesuffix(f" {m['word_year']}")
    return DateSpan(
        start=start, end=m.end(), on=None, precision=Precision.DAY, has_year=m["word_year"] is not None,
        day=day, month=month, year=int(m["word_year"]) if m["word_year"] else None, into=told.endswith(_INTO),
    )  # fmt: skip
