"""Dates, sections and case numbers as meeting platforms print them. Pure; no adapter itself."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)"
    r"|(?P<d2>\d{1,2})-(?P<m2>\d{1,2})-(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))(?!\d)"
)
_SECTION = re.compile(
    r"^(?:§\s*(\d{1,4})\s*[.:–-]?|(\d{1,4})\s*§\s*[.:–-]?)\s+(?=\S)|^(?:§\s*(\d{1,4})|(\d{1,4})\s*§)$"
)
_NUMBERED = re.compile(
    r"^(?:(?:asia|asianro|ärende|ärendenr|ärendenummer|kohta)\.?\s*)?(\d{1,3})(?:[.):]\s*|\s+)(?=\S)", re.IGNORECASE
)
_CASE = r"[A-ZÅÄÖ]{2,12}[Dd]no-\d{4}-\d+|\d{1,6}/\d\d\.\d\d(?:\.\d\d){0,4}/\d{4}|HEL[ -]\d{4}-\d{4,6}"
_CASE_ANYWHERE = re.compile(rf"(?<![\w/-])(?:{_CASE})(?![\w/-])")
_CASE_LABELLED = re.compile(
    r"^(?:(?:asia|diaari|ärende)(?:numero|nro|nummer|tunnus)?|dnro|dnr|d:nro|diarienummer)\.?\s*:?\s*(\d{1,6}/(?:[\d.]+/)?\d{4})\b",
    re.IGNORECASE,
)
_CASE_ALONE = re.compile(r"\d{1,6}/20\d\d")


def date_in(text: str) -> dt.date | None:
    """The first real date in `text`: `2.3.2026`, `02.03.2026`, `02-03-2026` (day first) or `2026-03-02`."""
    for found in _DATE.finditer(text):
        day, month, year = (next(p for p in parts if p) for parts in _parts(found))
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _parts(found: re.Match[str]) -> tuple[Sequence[str | None], ...]:
    return found.group("d", "d2", "d3"), found.group("m", "m2", "m3"), found.group("y", "y2", "y3")


def split_section(text: str) -> tuple[int | None, str]:
    """`§ 32 Title`, `32 § Title` as section and title; a text without a § keeps whatever number it begins with."""
    found = _SECTION.match(text)
    if found is None:
        return None, text
    return int(next(group for group in found.groups() if group)), text[found.end() :].strip()


def numbered(texts: Sequence[str]) -> list[tuple[int | None, str]]:
    """The items of one meeting as sections and titles.

    § numbers wherever they stand. Bare numbers ("4. Avustukset", "Asia 4 Avustukset") count only where
    every text has one and they rise: a single title may well begin with a figure.
    """
    split = [split_section(text) for text in texts]
    if any(section is not None for section, _ in split) or len(texts) < 2:
        return split
    found = [_NUMBERED.match(text) for text in texts]
    numbers = [int(each.group(1)) for each in found if each]
    if len(numbers) < len(texts) or any(a >= b for a, b in itertools.pairwise(numbers)):
        return split
    return [(number, text[each.end() :]) for number, text, each in zip(numbers, texts, found, strict=True) if each]


def case_number_in(text_lines: Iterable[str], *, head: int = 12) -> str | None:
    """The case number that a document's first lines give; bare `9845/2023` only where it is a line of its own."""
    for line in list(text_lines)[:head]:
        found = _CASE_LABELLED.match(line)
        if found:
            return found.group(1)
        if len(line) <= 60 and (found := _CASE_ANYWHERE.search(line)):
            return found.group()
        if _CASE_ALONE.fullmatch(line):
            return line
    return None
