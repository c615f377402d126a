"""One thing that a text says about a time of applying, before its years are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aluevahti.reading.sentences import Sentence
from aluevahti.reading.spans import DateSpan, TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a text says about a time of applying.

    Attributes:
        opens, closes: the days as written; years may be missing. Neither: a continuous call, a clock
            time told apart from its day, or (`past`) a call that is told to be over.
        closes_time: the clock time of the deadline.
        types: the grants that it is about, as slugs; empty where it does not say.
        at_large: its sentence names grants of every type (`järjestöavustukset`).
        past: told as over. old: the former dates of a call that has new ones.
        opened: told as something that happened (`haku avattiin ajalle …`).
        moved: the dates are news about a call told before (extended, reopened, brought forward).
        day_before: the last day is the one before `closes` (`jätä hakemus ennen 1.4.`).
        every: told of every call told before (`molemmat avautuivat 27.10.2025`).
        decided: told as what a body decided, with no other date beside it.
        apart: told as an exception to the call told before (`Poikkeuksena ovat …, joiden hakuaika on …`), or of a
            group of grants of its own (`Bidrag som kan sökas senast 23.4.`).
        however: a last day that bounds what was told before (`hakemus on kuitenkin jätettävä viimeistään 30.11.`).
        applicants: what sets those apart who are told to apply (see `Passage.applicants`); empty where nobody is named.
        heading: the number of the heading above it that names a grant.
        announced: told as something told before (`Ilmoitimme, että …`).
        promised: so, and as what would be (`… että haku alkaisi`).
        for_a_meeting: the last day for what one meeting takes up (`kevään kokoukseen 31.3. mennessä`).
    """

    start: int
    end: int
    sentence: Sentence
    opens: DateSpan | None = None
    closes: DateSpan | None = None
    closes_time: TimeSpan | None = None
    continuous: bool = False
    types: frozenset[str] = frozenset()
    at_large: bool = False
    past: bool = False
    old: bool = False
    opened: bool = False
    moved: bool = False
    day_before: bool = False
    every: bool = False
    decided: bool = False
    apart: bool = False
    however: bool = False
    for_a_meeting: bool = False
    announced: bool = False
    promised: bool = False
    heading: int | None = None
    applicants: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()


def is_a_cut_off(s: Statement, endless: Statement) -> bool:
    """Whether a last day told beside an endless call of the same grants only says which meeting takes it up."""
    return s.opens is None and s.closes is not None and s.types <= endless.types and not s.however


def over_together(found: Sequence[Statement]) -> Iterator[Statement]:
    """An opening told in one breath with an end that is over, is over too."""
    ends_over = [s.start for s in found if s.past and s.closes is not None and s.opens is None]
    for s in found:
        over = s.opens is not None and s.closes is None and any(start > s.end for start in ends_over)
        yield replace(s, past=True) if over else s
