"""Whether a changed text says something new, or only moves by itself.

Two answers of one moment to one question differ only in what moves by itself: random links, queue
lengths, tokens in words. So a text that seems changed is asked for once more, and lines that are not
the same in both answers carry no news.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from aluevahti.text.stable import normalise_title

HEADINGS = 4
"""How many lines above a figure are looked at for the one that says what it stands under."""

RETURNS = dt.timedelta(days=30)
"""How long one text in the place of another is no news when that comes about again."""

_FIGURE = re.compile(r"\d")
_DATE_ALONE = re.compile(r"\W*(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s+(?:klo\s+)?\d{1,2}[.:]\d{2}(?::\d{2})?)?\W*")


def volatile_lines(one: str, other: str) -> frozenset[str]:
    """The lines that two answers of the same moment do not share."""
    mine, theirs = Counter(one.splitlines()), Counter(other.splitlines())
    return frozenset((mine - theirs) | (theirs - mine))


def is_only_noise(old: str, new: str, volatile: frozenset[str]) -> bool:
    """Whether nothing but volatile lines came, and no more went than came; or only the order is another one.

    Args:
        old: the stored text, masked by `text.stable.stable`.
        new: the text that came, masked alike.
        volatile: what `volatile_lines` gave for `new` and its second answer, masked alike.
    """
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    came, went = after - before, before - after
    if not came and not went:
        return _figures(old) == _figures(new)
    if not volatile or any(line not in volatile for line in came):
        return False
    return went.total() <= came.total()


def is_told_again(mark: str, versions: Sequence[tuple[dt.datetime, str]], now: dt.datetime) -> bool:
    """Whether a text took the place of the same one before, and lately: two servers of one site may answer in turns, and
    one of them may be days behind. That a text came back at all is news: what stood between was taken away.

    Args:
        mark: the hash of the text that came.
        versions: when each earlier text of the document came, and its hash, oldest first.
        now: the moment of the check (aware).
    """
    turns = [(old, new, at) for (_, old), (at, new) in pairwise(versions)]
    return any((old, new) == (versions[-1][1], mark) and now - at <= RETURNS for old, new, at in turns)


def _figures(text: str) -> Counter[tuple[str, ...]]:
    """Every line with a figure in it, below what it stands under: a day below another heading says otherwise.

    A line that the text has several times (`Hakuaika`) does not say what stands under it; the one above it does.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    often = Counter(lines)
    found: Counter[tuple[str, ...]] = Counter()
    above: tuple[str, ...] = ()
    for line in lines:
        if _FIGURE.search(line):
            found[*above, line] += 1
        above = (*above, line)[-HEADINGS:] if often[line] > 1 else (line,)
    return found


def fresh_lines(old: str, new: str, volatile: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The lines of `new` that `old` does not have, in order, volatile ones left out."""
    have = Counter(old.splitlines())
    fresh: list[str] = []
    for line in new.splitlines():
        if have[line] > 0:
            have[line] -= 1
        elif line.strip() and line not in volatile:
            fresh.append(line)
    return tuple(fresh)


def is_only_frame(old: str, new: str, title: str, published_on: dt.date | None) -> bool:
    """Whether two texts differ only in the document's own title and date, standing above the text or not.

    A site is asked in another way while its first way is shut (its feed instead of its interface), and
    the same text then comes with or without its head.
    """
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    differing = [*(before - after), *(after - before)]
    head = normalise_title(title)
    return all(normalise_title(line) == head or _is_date(line, published_on) for line in differing)


def _is_date(line: str, day: dt.date | None) -> bool:
    found = _DATE_ALONE.fullmatch(line)
    return found is not None and day is not None and tuple(map(int, found.groups())) == (day.day, day.month, day.year)
