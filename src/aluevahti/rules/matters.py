"""Matters: what a region's organs have done with one case, joined by its case number.

A matter travels: a committee prepares it, the board proposes, the council decides, an official carries it out. The
case number is all that these papers share. Numbers are compared as they are, spelling aside: a number with a class
(`412/02.05.01/2026`) and one without (`412/2026`) may be two registers, so they are two matters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from aluevahti.model import KnownDocument

_REGISTER = re.compile(r"(?P<register>hel|[a-zåäö]{2,12}dno)[\s/-]+(?P<year>\d{4})[\s/-]+0*(?P<number>\d+)")
_CLASSED = re.compile(r"0*(?P<number>\d+)/(?:(?P<class>[\d.]+)/)?(?P<year>\d{4})")

HELSINKI_DIGITS = 6
"""Helsinki pads its numbers: `HEL 2026-000412`."""

Find = Callable[[str, Sequence[str]], Sequence[KnownDocument]]
"""Gives a region's documents that carry one of these spellings of a case number (`Store.matter`)."""


def normalised(case_number: str) -> str:
    """The one form of a case number that all its spellings share: lower case, one separator, no padding."""
    text = " ".join(case_number.casefold().split())
    if (found := _REGISTER.fullmatch(text)) is not None:
        return f"{found['register']}-{found['year']}-{found['number']}"
    if (found := _CLASSED.fullmatch(text)) is not None:
        return "/".join(filter(None, (found["number"], (found["class"] or "").strip("."), found["year"])))
    return text


def spellings(case_number: str) -> tuple[str, ...]:
    """How a case number may be written on other papers of the same register, letter case aside."""
    plain = normalised(case_number)
    written = [case_number, plain]
    if (found := _REGISTER.fullmatch(plain)) is not None:
        numbers = (found["number"], found["number"].zfill(HELSINKI_DIGITS))
        written += [
            f"{found['register']}{gap}{found['year']}-{number}"
            for gap in ("-", " ")
            for number in dict.fromkeys(numbers)
        ]
    return tuple(dict.fromkeys(written))


def same_matter(known: KnownDocument, find: Find) -> tuple[KnownDocument, ...]:
    """The other handlings of a document's matter in its region, oldest first; none where it has no case number.

    What only repeats another document is left out, and so is what was taken off the net.
    """
    number = known.document.case_number
    if number is None:
        return ()
    mine = {known.id, known.twin_of}
    found = [
        other
        for other in find(known.region, spellings(number))
        if other.document.case_number is not None
        and normalised(other.document.case_number) == normalised(number)
        and other.id not in mine
        and other.twin_of is None
        and other.removed_at is None
    ]
    return _once(sorted(found, key=lambda one: (day_of(one), one.document.section or 0, one.id)), known)


def _once(found: Iterable[KnownDocument], known: KnownDocument) -> tuple[KnownDocument, ...]:
    """Each handling once: one item of one meeting may stand under several names on one site."""
    kept = {_handling(known): known}
    for one in found:
        kept.setdefault(_handling(one), one)
    return tuple(one for one in kept.values() if one is not known)


def _handling(known: KnownDocument) -> tuple[object, ...]:
    document = known.document
    if document.meeting_on is None or document.section is None:
        return (known.id,)
    return ((document.organ or "").casefold(), document.meeting_on, document.section)


def day_of(known: KnownDocument) -> dt.date:
    """The day of a handling: its meeting's, else when it was published, else when it was first seen."""
    document = known.document
    return document.meeting_on or document.published_on or known.first_seen_at.date()
