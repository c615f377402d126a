"""What the words around a day say of it as the day of a decision; and days told without a date. Words in decisions.yaml. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Final

from aluevahti.reading.dates import DateSpan
from aluevahti.reading.lexicon import Token, tokens, vocabulary
from aluevahti.reading.page import Sentence

_CALENDAR: Final = vocabulary("calendar")
_ON_WEEKDAY: Final = {
    word: n for lang in ("fi", "sv") for n, forms in enumerate(_CALENDAR[lang]["weekdays_told"]) for word in forms
}
_OF_WEEKDAY: Final = {word: n for n, forms in enumerate(_CALENDAR["fi"]["weekdays_of"]) for word in forms}
_WORDS_BEFORE: Final = 40  # characters that surely hold the last word, and mostly the one before
_LONGEST_DAY: Final = 2  # digits


@cache
def words_of(group: str) -> frozenset[str]:
    """The words of a group that are looked for in one place only."""
    return frozenset(vocabulary("decisions")[group])


def time_ago(sentence: Sentence, published_on: dt.date) -> dt.timedelta | None:
    """How long before the document's own day a sentence places what it tells: `tänään`, `eilen`, `i går`, `tiistaina`."""
    for days, group in enumerate(("today", "yesterday")):
        if sentence.says(f"decisions.{group}"):
            return None if _is_of_the_news(sentence, f"decisions.{group}") else dt.timedelta(days=days)
    day = _weekday_told(sentence)
    return None if day is None else dt.timedelta(days=(published_on.weekday() - day) % 7)


def _is_of_the_news(sentence: Sentence, group: str) -> bool:
    """Whether a word for a day says when a decision was made known, not when it was made: `päätös julkaistiin eilen`."""
    days = [c.first for c in sentence.cues if c.group == group]
    news = [c.last for c in sentence.cues if c.group == "decisions.made_public"]
    return any(abs(day - told) == 1 for day in days for told in news)


def _weekday_told(sentence: Sentence) -> int | None:
    """The weekday just past that a sentence names without a date: `tiistaina`, `tiistain kokouksessaan`, `i tisdags`."""
    words = sentence.words
    for at, word in enumerate(words):
        day = _ON_WEEKDAY.get(word.text)
        if day is None and any(c.group == "decisions.meeting" and at < c.first <= at + 2 for c in sentence.cues):
            day = _OF_WEEKDAY.get(word.text)
        if day is None or (at and words[at - 1].text in words_of("coming")):
            continue
        following = _without_article(words[at + 1 : at + 3])
        if not (following and following[0].text.isdigit() and len(following[0].text) <= _LONGEST_DAY):
            return day
    return None


def is_bound(sentence: Sentence, day: DateSpan) -> bool:
    """Whether a day is where something begins or ends, and not the day of a decision: `30.9. mennessä`."""
    following = tokens(sentence.lower, day.end, day.end + 24)
    return bool(following) and following[0].text in words_of("bounds")


def is_anothers(sentence: Sentence, day: DateSpan) -> bool:
    """Whether a day is that of the decision which this one is about: `kumosi johtajan päätöksen 24.10.2025 § 220`."""
    if sentence.lower.startswith("muka", day.end + 1):
        return False
    before = _words_before(sentence, day.start)[-2:]
    return bool(before) and before[-1] in words_of("anothers") and before[0] not in words_of("made")


def cites_a_dated_decision(sentence: Sentence) -> bool:
    """`kaupunginhallituksen päätöksen 26.9.2022 mukaisesti`, `26.9.2022 tekemän päätöksen`, `enligt nämndens beslut 26.9.2022`."""
    if not sentence.says("decisions.according"):
        return False
    words = sentence.words
    return any(
        near and near[0].text.isdigit()
        for cue in sentence.cues
        if cue.group == "decisions.the_decision"
        for near in (words[max(0, cue.first - 1) : cue.first], _without_article(words[cue.last + 1 : cue.last + 3]))
    )


def word_before(sentence: Sentence, at: int) -> str:
    """The word that stands right before an offset, an article left out; "" for none."""
    before = _words_before(sentence, at)
    return before[-1] if before else ""


def _words_before(sentence: Sentence, at: int) -> list[str]:
    return [word.text for word in _without_article(tokens(sentence.lower, max(0, at - _WORDS_BEFORE), at))]


def _without_article(words: Sequence[Token]) -> list[Token]:
    return [word for word in words if word.text != "den"]
