"""The head of an item that a title holds: `Aluevaltuusto 2.2.2026 § 9 Osallisuusohjelman hyväksyminen`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from aluevahti.reading.dateshapes import in_figures
from aluevahti.reading.headshapes import (
    ABOUT_ANOTHER,
    AGENDA_WORD,
    DATE,
    FIRST_FIGURE,
    PAPER,
    PAPER_WORDS,
    SECTION,
    day_of,
    is_digest,
    number_of,
)
from aluevahti.reading.lexicon import lowered, words_in
from aluevahti.reading.organs import find_organs, organ_line
from aluevahti.reading.page import Page, Section, may_be_a_title
from aluevahti.reading.places import is_place

_PART: Final = re.compile(  # of a head that a title begins with: `Aluevaltuusto 2.2.2026, § 9/2026`
    rf"(?:{DATE}|§\s*(?P<after>\d{{1,4}})(?:/20\d\d)?|(?P<before>\d{{1,4}})(?:/20\d\d)?\s*§|{PAPER}|kokous|möte|sammanträde)"
    r"(?!\w|:\w)(?P<signs>[\s,.:;|/–—-]*)"
)
_TAIL: Final = re.compile(
    rf"(?:kokous|möte|sammanträde)?\s*{DATE}(?:[\s,|/–—-]*(?:§\s*(?P<after>\d{{1,4}})|(?P<before>\d{{1,4}})\s*§))?$"
)
_ITEM_LINE: Final = re.compile(
    r"(?:§\s*\d{1,4}|\d{1,4}\s*§|(?:Pykälä|Paragraf):?\s*\d{1,4})(?:$|[\s.:–-]+(?P<matter>\S.*)?)"
)
_LETTERHEAD_LINES: Final = 10
_OWNERS: Final = ("hyvinvointialue", "välfärdsområde", "kaupunki", "kaupungin", "stad", "kunta", "kunnan", "kommun")
_BEFORE_TAIL: Final = re.compile(r"(?:,|\s[|–—-])\s")


@dataclass(frozen=True, slots=True)
class Titled:
    """The head of an item that a title holds.

    Attributes:
        organ: in the nominative, lower case.
        line: the part of the title that tells the head.
        matter: the rest of the title; "" where there is none.
    """

    organ: str
    held_on: dt.date | None
    section: int | None
    agenda: bool
    line: str
    matter: str


def titled_head(page: Page) -> Titled | None:
    """The head of an item that the title of a page holds before or behind its matter; None where it holds none."""
    if is_digest(page.headline.lower):
        return None
    titled = _head_of_title(page.title) or _tail_of_title(page.title)
    if titled is None or page.title.startswith(titled.line):
        return titled
    numbered = SECTION.match(page.headline.lower) is not None
    shaped = titled.section is not None and (page.has(Section.DECISION) or page.has(Section.PROPOSAL))
    return titled if numbered or shaped else None  # else a text that only tells where it was decided


def without_letterhead(page: Page) -> Page:
    """The page with its matter as its title where its first line is that of the paper: a body, a region, `Pöytäkirja`.

    The matter is what stands behind or below the § among the first lines; without one the page stays as it is.
    """
    if not _is_letterhead(page.title):
        return page
    lines = page.body.split("\n")[:_LETTERHEAD_LINES]
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        item = _ITEM_LINE.match(line)
        if item is not None and (matter := item["matter"] or below) and may_be_a_title(matter):
            return Page(line if item["matter"] else matter, page.text)
    return page


def _is_letterhead(title: str) -> bool:
    """Whether a line names a body, a region or the paper and nothing else: `Kainuun hyvinvointialue, aluehallitus`."""
    lower = PAPER_WORDS.sub(" ", lowered(title))
    for organ in reversed(find_organs(lower)):
        lower = f"{lower[: organ.start]} {lower[organ.end :]}"
    words = words_in(lower)
    return bool(title) and all(w.isdigit() or w.startswith(_OWNERS) or is_place(w) for w in words)


def is_only_a_head(title: str) -> bool:
    """Whether a title tells the head of an item and no matter: `Aluehallitus 15.1.2026, § 12`."""
    titled = _head_of_title(title)
    return titled is not None and not titled.matter


def without_head(page: Page, titled: Titled) -> Page:
    """The page with its matter as its title, and the head at the beginning of its text."""
    matter, lines = titled.matter, page.body.split("\n")
    if not matter and may_be_a_title(lines[0]):
        matter = lines[0]
    if lines[0] == matter:
        del lines[0]
    return Page(matter, "\n".join((titled.line, *lines))) if matter else page


def _head_of_title(title: str) -> Titled | None:
    """The head that a title begins with, `Aluevaltuusto 2.2.2026 § 9 Osallisuusohjelman hyväksyminen`; None without one.

    A body, its § and, mostly, its day: a title that names a body and a day alone is one of news.
    """
    plain = lowered(title)
    lower = in_figures(plain) if "§" in plain else ""
    first = FIRST_FIGURE.search(lower)
    organ = _organ_of_title(lower[: first.start()]) if first else None
    if first is None or organ is None:
        return None
    told: dict[str, str | None] = {}
    at, signs = first.start(), ""
    while m := _PART.match(lower, at):
        found = {part: value for part, value in m.groupdict().items() if value and part != "signs"}
        if found.keys() & told.keys():
            break
        told |= found
        at, signs = m.end(), m["signs"]
    number, rest = number_of(told), lower[at:]
    behind = next((n for n in range(at, len(title)) if in_figures(plain[n:]) == rest), len(title))
    if number is None or (title[behind : behind + 1].islower() and not signs.strip()):
        return None  # `Aluehallitus 15.1.2026 § 9 hyväksyi …`: a sentence
    agenda = bool(told.get("agenda") or AGENDA_WORD.search(lower[: first.start()]))
    line, matter = title[:behind].rstrip(" ,.:;|/–—-"), title[behind:]
    return Titled(organ, day_of(told), int(number), agenda, line, matter)


def _tail_of_title(title: str) -> Titled | None:
    """The head that a title ends in, `Osallisuusohjelman hyväksyminen, aluevaltuusto 2.2.2026 § 9`; None without one."""
    lower = lowered(title)
    tail = _TAIL.search(lower) if "§" in lower else None
    if tail is None or ABOUT_ANOTHER.search(lower[: tail.start()]):
        return None
    for sign in _BEFORE_TAIL.finditer(lower, 0, tail.start()):
        organ = _organ_of_title(lower[sign.end() : tail.start()])
        if organ is not None:
            told = tail.groupdict()
            number = number_of(told)
            line, matter = title[sign.end() :], title[: sign.start()]
            return Titled(organ, day_of(told), int(number) if number else None, agenda=False, line=line, matter=matter)
    return None


def _organ_of_title(before: str) -> str | None:
    """The body of a title's head: `aluehallitus`, `aluehallituksen kokous`, `pöytäkirja, aluehallitus`."""
    if ABOUT_ANOTHER.search(before):
        return None
    name = PAPER_WORDS.sub(" ", before).strip(" ,.:;|/–—-")
    organs = find_organs(name)
    return organ_line(name, organs, inflected=len(name) < len(before.strip(" ,.:;|/–—-")))
