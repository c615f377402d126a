"""Text without what moves by itself: what is hashed and compared, never shown."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

from aluevahti.text.noise import MASK, RULES, STAMP, STAMP_LABEL, STAMP_MOMENT, Rule
from aluevahti.text.tidy import tidy, tidy_line

_DASHES = re.compile("[‐‑‒–—―−]")
_SPACED_DASH = re.compile(r"\s+-\s*|\s*-\s+")
_DOUBLE_QUOTES, _SINGLE_QUOTES = re.compile("[“”„‟«»″]"), re.compile("[‘’‚‛´`′]")
_SECTION = re.compile(r"\A(?:\d{1,4}\.?\s*/\s*)?(?:§\s*\d{1,4}|\d{1,4}\s*§)[\s:.,-]*(?=\S)")


@lru_cache(maxsize=4)  # an edit's two texts are asked for again and again
def stable(text: str) -> str:
    """`text` with what moves by itself masked, whitespace, dashes and quotes folded, the lines in their order.

    Idempotent. Two readings of an unchanged page give the same result, and no date, sum, § or deadline that
    was changed by a person is lost in it (the rules are in `aluevahti.text.noise`).
    """
    text = _plain(tidy(text))
    low = text.lower()
    lines, lows = text.split("\n"), low.split("\n")
    for rule in RULES:
        present = [needle for needle in rule.needles if needle in low]
        if present and (rule.hint is None or rule.hint(low)):
            _mask(lines, lows, rule, present)
            if rule is STAMP:
                _mask_split_stamps(lines)
    return "\n".join(lines)


def normalise_title(title: str) -> str:
    """`title` by which a respelt title is recognised: case, dashes, quotes, spaces, a leading § and final points aside.

    The words stay, so that an agenda and the minutes of one meeting keep different titles.
    """
    text = _plain(unicodedata.normalize("NFKC", tidy_line(title)).casefold())
    text = " ".join(_SPACED_DASH.sub(" - ", text).split())
    return _SECTION.sub("", text).strip(" .,:;!?-") or text


def _plain(text: str) -> str:
    """`text` with one kind of dash and of quotes: an editor's taste in them, or a system's, is no news."""
    if text.isascii():
        return text
    return _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', _DASHES.sub("-", text)))


def _mask(lines: list[str], lows: list[str], rule: Rule, present: list[str]) -> None:
    for number, low in enumerate(lows):
        for needle in present:
            if needle in low and (rule.hint is None or rule.hint(low)):
                lines[number] = rule.pattern.sub(rule.replacement, lines[number])
                break


def _mask_split_stamps(lines: list[str]) -> None:
    """A stamp whose label stands on a line of its own."""
    for number, (label, moment) in enumerate(itertools.pairwise(lines), start=1):
        if moment[:1].isdigit() and STAMP_LABEL.fullmatch(label) and STAMP_MOMENT.fullmatch(moment):
            lines[number] = MASK
