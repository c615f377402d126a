"""Whether two documents of one region tell the same: the release in two languages, the news beside it.

Names decide first (`identity.names_across_sources`). What is left are translations (another language,
about the same day, and either the same numbers in the text or the same call or decision) and re-publications (another
source, about the same day, and nearly the same words, whatever the title has become; or the same list, with the same
title over the same words).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from aluevahti.model import ANY_TYPE, Document, Form, KnownDocument, Language, Reading, Window
from aluevahti.rules.identity import names_across_sources, phase_rank
from aluevahti.text.stable import normalise_title

NEAR = dt.timedelta(days=3)
"""How far apart two versions of one text may be published."""

AGAIN = dt.timedelta(days=30)
"""How long after it one list may publish the same text again, as a reminder of it."""

LIKENESS = 0.75
"""The share of numbers that two language versions must have in common (Jaccard)."""

ENOUGH = 3
"""Fewer numbers than this say nothing."""

SAME_WORDS = 0.8
"""The share of the shorter text's words that a re-publication has too: a lead or a contact may be missing."""

SAME_TEXT = 0.95
"""The share of the longer text's words that the same list's text has when it is published again: only a stamp may differ."""

ENOUGH_WORDS = 12
"""Texts of fewer different words than this are too short to be told apart by them."""

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"20\d\d")
_MONTHS = (
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "januari februari mars april maj juni juli augusti september oktober november december",
)
_MONTH = {
    name: number
    for names, ending in zip(_MONTHS, ("kuu", ""), strict=True)
    for number, name in enumerate((stem + ending for stem in names.split()), start=1)
}
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTH)})(?:ssa|hun|n|ta)?\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")


def numbers_of(text: str) -> frozenset[str]:
    """The numbers that survive a translation: dates' parts, months told in words, sums, years; clock marks folded."""
    numbered = _MONTH_NAME.sub(lambda name: f" {_MONTH[name[1].lower()]} ", text)
    joined = _SPACED_THOUSANDS.sub("", numbered)
    parts: set[str] = set()
    for token in _NUMBER.findall(joined):
        pieces = re.split(r"[.,:]", token)
        parts.update(piece.lstrip("0") or "0" for piece in pieces)
    return frozenset(parts)


def find_twin(
    document: Document,
    reading: Reading | None,
    others: Sequence[KnownDocument],
    text_of: Callable[[int], str | None],
    *,
    source: str,
) -> KnownDocument | None:
    """The document of the same region that already tells what `document` tells; None where none does.

    Args:
        document: the new document, with its text where it was read.
        reading: what was understood of it.
        others: the documents known of its region, from any source but not this very document.
        text_of: gives the text of a known document by its row id.
        source: the id of the source that `document` comes from.
    """
    names = set(names_across_sources(document))
    for other in others:
        if other.source == source or phase_rank(other.document.phase) < phase_rank(document.phase):
            continue  # one list names its own documents; an agenda does not tell what the minutes tell
        if names & set(names_across_sources(other.document)):
            return other
    if reading is None or document.text is None or not may_be_a_version(document):
        return None
    for other in others:
        near = NEAR if other.source != source else AGAIN
        if other.reading is None or not _may_be_one(document, reading, other, near):
            continue
        if {reading.lang, other.reading.lang} == {Language.FI, Language.SV}:
            if _are_near(document, other, NEAR) and _is_translation(
                document.text, reading, text_of(other.id), other.reading
            ):
                return other
            continue
        same = _same_words if other.source != source else _same_text
        if _same_windows(reading.windows, other.reading.windows) and same(document, other, text_of):
            return other
    return None


def may_be_a_version(document: Document) -> bool:
    """Whether a document may be a translation or a re-publication; a meeting's papers are known by their names, and
    a standing page repeats what the news says only until its next edit."""
    return document.text is not None and may_have_versions(document)


def may_have_versions(document: Document) -> bool:
    """Whether a known document may be what another one translates or re-publishes."""
    return document.form not in {Form.MEETING, Form.ITEM, Form.PAGE}


def _may_be_one(document: Document, reading: Reading, other: KnownDocument, near: dt.timedelta) -> bool:
    if other.reading is None or not may_have_versions(other.document):
        return False
    return other.reading.is_relevant == reading.is_relevant and _are_near(document, other, near)


def _are_near(document: Document, other: KnownDocument, near: dt.timedelta) -> bool:
    mine, theirs = document.published_on, other.document.published_on
    return mine is None or theirs is None or abs(mine - theirs) <= near


def _same_windows(one: Sequence[Window], other: Sequence[Window]) -> bool:
    return {(w.opens, w.closes, w.closes_time) for w in one} == {(w.opens, w.closes, w.closes_time) for w in other}


def _is_translation(text: str, reading: Reading, other_text: str | None, other: Reading) -> bool:
    """Whether two readings, one of a Finnish and one of a Swedish text, are of one thing told in two languages."""
    if not _agree_on_windows(reading.windows, other.windows) or _settle_other_matters(reading, other):
        return False
    return _same_numbers(text, other_text) or _same_matter(reading, other)


def _settle_other_matters(one: Reading, other: Reading) -> bool:
    """Whether two decisions are on different matters: those of one meeting share its day, and often little else."""
    fields = [{fact.field for fact in each.facts} for each in (one, other)]
    return bool(fields[0]) and bool(fields[1]) and not fields[0] & fields[1]


def _agree_on_windows(one: Sequence[Window], other: Sequence[Window]) -> bool:
    """Whether two texts tell of the same windows, though one may leave an opening or a clock time out."""
    if len(one) != len(other):
        return False
    return all(
        mine.continuous == theirs.continuous
        and mine.closes == theirs.closes
        and _agree(mine.opens, theirs.opens)
        and _agree(mine.closes_time, theirs.closes_time)
        for mine, theirs in zip(sorted(one, key=_by_end), sorted(other, key=_by_end), strict=True)
    )


def _by_end(window: Window) -> tuple[dt.date, dt.date]:
    return window.closes or dt.date.max, window.opens or dt.date.max


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _same_matter(one: Reading, other: Reading) -> bool:
    """Whether two readings tell of the same call, decision or gift of grants, and contradict each other in nothing."""
    decided = [None if each.decision is None else each.decision.decided_on for each in (one, other)]
    if not one.is_relevant or one.doc_kind is not other.doc_kind or one.change is not other.change:
        return False
    if not _agree(one.amount_eur, other.amount_eur) or not _agree(*decided) or not _same_types(one, other):
        return False
    same_day = decided[0] is not None and decided[0] == decided[1]
    fields = [{fact.field for fact in each.facts} for each in (one, other)]
    same_sum = one.amount_eur is not None and one.amount_eur == other.amount_eur
    return bool(one.windows) or (same_day and (bool(fields[0] & fields[1]) or same_sum))


def _same_types(one: Reading, other: Reading) -> bool:
    mine, theirs = ({name for name in each.grant_types if name != ANY_TYPE} for each in (one, other))
    return not mine or not theirs or mine == theirs


def _same_words(document: Document, other: KnownDocument, text_of: Callable[[int], str | None]) -> bool:
    """Whether two texts of one language are one: the same title over the same numbers, or nearly the same words."""
    text, known = document.text or "", text_of(other.id)
    if known is None:
        return False
    mine, theirs = numbers_of(text), numbers_of(known)
    if not (mine <= theirs or theirs <= mine):
        return False
    if normalise_title(document.title) == normalise_title(other.document.title):
        return True
    words, known_words = set(_WORD.findall(text.casefold())), set(_WORD.findall(known.casefold()))
    shorter = min(len(words), len(known_words))
    return shorter >= ENOUGH_WORDS and len(words & known_words) / shorter >= SAME_WORDS


def _same_text(document: Document, other: KnownDocument, text_of: Callable[[int], str | None]) -> bool:
    """Whether one list publishes a text again under another name: the same title over the same words and numbers, the
    days of publication left out."""
    text, known = document.text or "", text_of(other.id)
    if known is None or normalise_title(document.title) != normalise_title(other.document.title):
        return False
    stamps = _parts_of_day(document.published_on) | _parts_of_day(other.document.published_on)
    if numbers_of(text) - stamps != numbers_of(known) - stamps:
        return False
    words, known_words = (set(_LETTERS.findall(one.casefold())) for one in (text, known))
    longer = max(len(words), len(known_words))
    return longer >= ENOUGH_WORDS and len(words & known_words) / longer >= SAME_TEXT


def _parts_of_day(day: dt.date | None) -> frozenset[str]:
    return frozenset() if day is None else numbers_of(f"{day:%d.%m.%Y}")


def _same_numbers(one: str, other: str | None) -> bool:
    if other is None:
        return False
    mine, theirs = numbers_of(one), numbers_of(other)
    if (
        len(_without_years(mine) | _without_years(theirs)) >= ENOUGH
    ):  # a year may be told in one text and left out in the other
        mine, theirs = _without_years(mine), _without_years(theirs)
    union = mine | theirs
    return len(mine & theirs) >= ENOUGH and len(mine & theirs) / len(union) >= LIKENESS


def _without_years(numbers: frozenset[str]) -> frozenset[str]:
    return frozenset(number for number in numbers if not _YEAR.fullmatch(number))
