"""Application windows of a document: which periods of applying it announces as open or coming.

Puts together what `periods.py` finds: joins an opening told in one sentence with the end told in
another, drops rounds that are over, lets new dates of a call stand for the old ones, and keeps the
first of two statements that contradict each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Final

from aluevahti.model import ANY_TYPE, Language, Window
from aluevahti.reading.callnews import counts_applications, speaks_of_money, title_withdraws, withdrawal
from aluevahti.reading.calltimes import LONGEST, USUAL, Period, add, has_ended
from aluevahti.reading.grants import find_grant_types, find_mentions, is_collective, is_for_others, named_in_passing
from aluevahti.reading.lexicon import distance, lowered, places, tokens, vocabulary, without_clitic
from aluevahti.reading.passage import lexicon
from aluevahti.reading.periods import find_statements
from aluevahti.reading.proposals import adopts_the_proposal
from aluevahti.reading.saying import PROPOSED, UNNAMED, YEARLY
from aluevahti.reading.sentences import holding
from aluevahti.reading.spans import DateSpan
from aluevahti.reading.statements import Statement
from aluevahti.reading.years import Years, before

DAY_BEFORE: Final = "told as ending before a day"

_LISTED: Final = 10  # characters between two days of a list
_BESIDE: Final = 2  # words between a day told without a date and the verb of the opening
_FULL_YEAR: Final = ((1, 1), (12, 31))


def find_windows(
    title: str,
    text: str,
    *,
    lang: Language | None = None,
    published_on: dt.date | None = None,
    grant_types: Sequence[str] | None = None,
) -> tuple[Window, ...]:
    """The application periods that a document announces as open or coming, in the document's order.

    Args:
        title: the document's title; read like a first sentence.
        text: its visible text, one paragraph or table row a line.
        lang: the document's language; None: both are tried.
        published_on: the document's own date (publication, else meeting). Years that are not written are
            resolved from it, and rounds that ended before it are over. None: the document counts as fresh.
        grant_types: the document's types as `find_grant_types` gives them; None: found here.

    Types with one identical period are one window with `grant_type=None`. A window is sure unless
    `doubt` says why not. Whether the document concerns NGOs at all is not judged here.
    """
    whole = f"{title}\n{text}"
    lower = lowered(whole)
    if not speaks_of_money(lower) or is_for_others(lower):
        return ()
    statements = tuple(_with_their_end(_with_their_bound(tuple(_with_years(find_statements(whole, lang))))))
    if title_withdraws(title):
        meant = {m.slug for m in find_mentions(lowered(title))}
        statements = tuple(s for s in statements if not (s.announced and (not s.types or not meant or s.types & meant)))
    statements = tuple(_with_promises_judged(statements, title, text))
    if not statements:
        return ()
    if any(s.opened for s in statements) and counts_applications(whole):
        statements = tuple(replace(s, past=True) if s.opened else s for s in statements)
    years = Years(lower, lang, published_on)
    periods = [p for s in statements if (p := _period(s, years, whole)) is not None]
    if any(PROPOSED in p.doubts for p in periods) and adopts_the_proposal(whole):
        periods = [replace(p, doubts=tuple(d for d in p.doubts if d != PROPOSED)) for p in periods]
    aside = named_in_passing(lower)
    known = [t for t in (find_grant_types(whole, lang) if grant_types is None else grant_types) if t not in aside]
    kept = _assemble(periods, published_on)
    dated = [n for n, p in enumerate(kept) if not p.continuous and p.opens is None]
    if published_on is not None and len(dated) == 1:
        away = _opening_told(whole)
        if away is not None:
            kept[dated[0]] = replace(kept[dated[0]], opens=published_on + away)
    return tuple(_window(p, _without_types_of_another(p, kept, known)) for p in kept)


def end_moved_by(
    title: str, text: str, *, lang: Language | None = None, published_on: dt.date | None = None
) -> dt.timedelta | None:
    """How much later (less than nothing: earlier) a text says that a call ends than was told before.

    Only where one sentence sets the new last day against the old one: `haku päättyy vasta 10.4., ei 31.3.`; else None.
    The arguments are those of `find_windows`.
    """
    whole = f"{title}\n{text}"
    ends = [s for s in find_statements(whole, lang) if s.closes is not None and not s.past]
    sentences = (list(told) for _, told in groupby(ends, key=lambda s: s.sentence))
    pairs = [(old, new) for told in sentences for old in told if old.old for new in told if not new.old]
    if not pairs:
        return None
    years = Years(lowered(whole), lang, published_on)
    for old, new in pairs:
        before, after = _period(old, years, whole), _period(new, years, whole)
        if before and after and before.closes and after.closes and before.closes != after.closes:
            return after.closes - before.closes
    return None


def is_opening_moved(title: str, text: str, *, lang: Language | None = None) -> bool:
    """Whether one sentence sets the new first day of a call against the one told before: `haku avautuu 2.3. sijasta 4.3.`"""
    opening = [s for s in find_statements(f"{title}\n{text}", lang) if s.opens is not None and not s.past]
    sentences = (list(told) for _, told in groupby(opening, key=lambda s: s.sentence))
    return any(len({s.old for s in told}) > 1 for told in sentences)


def _opening_told(text: str) -> dt.timedelta | None:
    """How far off a text says that a call opens, where no date says it: `haku avautuu tänään`, `ansökan öppnar i morgon`."""
    lower = lowered(text)
    days_off: dict[str, int] = vocabulary("windows")["days_off"]
    for sentence in holding(text, places(lower, days_off)):
        words = tokens(lower, sentence.start, sentence.end)
        cues = lexicon().cues(words)
        opens = [c for c in cues if c.group in {"opens", "opens_after"}]
        for day in cues:
            beside = day.group == "days_off" and any(distance(day, other) <= _BESIDE for other in opens)
            if beside and any(c.group == "topic:call" for c in cues):
                told = (without_clitic(w.text) for w in words[day.first : day.last + 1])
                return dt.timedelta(days=days_off[" ".join(told)])
    return None


def _with_promises_judged(statements: Sequence[Statement], title: str, text: str) -> Iterator[Statement]:
    """Days told as told before (`Kerroimme, että haku alkaisi 1.9.`) hold no more where others stand for them, or the
    call is withdrawn or put off; else nobody knows."""
    others = any(not (s.promised or s.old or s.past) and (s.opens or s.closes) for s in statements)
    gone = any(s.promised for s in statements) and (others or bool(withdrawal(title, text)))
    for s in statements:
        if not s.promised:
            yield s
        else:
            yield replace(s, old=True) if gone else replace(s, doubts=(*s.doubts, PROPOSED))


# --- periods -----------------------------------------------------------------------------------------


def _with_years(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Gives a day the year that its sentence tells next: `avautuu 13.3. ja sulkeutuu 7.4.2026`, `15.1., 15.4. ja 15.8.2025`."""
    told: list[Statement] = []
    for s in reversed(statements):
        told.append(_with_year_of(s, told[-1].closes if told else None, halves=bool(told) and _are_halves(s, told[-1])))
    return reversed(told)


def _with_year_of(s: Statement, after: DateSpan | None, *, halves: bool) -> Statement:
    if after is not None and s.opens is not None and halves:
        return replace(s, opens=before(s.opens, after))
    if after is not None and s.closes is not None and 0 <= after.start - s.closes.end <= _LISTED:
        return replace(s, closes=before(s.closes, after))
    return s


def _with_their_bound(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Gives an endless call the last day that its paragraph sets it all the same (`kuitenkin viimeistään 30.11.`).

    A day by which one meeting wants its applications ends no endless call.
    """
    found: list[Statement] = []
    endless: int | None = None  # the place of the last one
    for s in statements:
        of = found[endless] if endless is not None else None
        if of and endless is not None and s.closes and not (s.opens or s.past or s.continuous) and _is_said_of(s, of):
            if s.however and of.closes is None:
                found[endless] = replace(of, closes=s.closes, closes_time=s.closes_time)
                continue
            if s.for_a_meeting:
                continue
        if s.continuous:
            endless = len(found)
        found.append(s)
    return tuple(found)


def _is_said_of(s: Statement, endless: Statement) -> bool:
    """Whether a day is told in the paragraph of an endless call, and of no other grant."""
    return s.sentence.line == endless.sentence.line and (s.types <= endless.types or not endless.types)


def _with_their_end(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Takes an opening for over whose end, told next in the same paragraph, is: `julistettiin haettaviksi 4.1. Hakuaika päättyi 29.1.`"""
    for s, after in zip_longest(statements, statements[1:]):
        alone = s.opens is not None and s.closes is None and not s.continuous
        ended = after is not None and after.past and after.opens is None and after.closes is not None
        over = alone and ended and after is not None and after.sentence.line == s.sentence.line
        yield replace(s, past=True) if over and not (s.types and after.types and not s.types & after.types) else s


def _are_halves(opening: Statement, end: Statement) -> bool:
    """Whether two statements of one sentence are the beginning and the end of one period."""
    if opening.sentence != end.sentence or (opening.types and end.types and not opening.types & end.types):
        return False
    return opening.closes is None and end.opens is None


def _period(s: Statement, years: Years, whole: str) -> Period | None:
    dates = years.of(s)
    if dates is None:
        return None
    opens, closes, doubts = dates
    if s.day_before and closes is not None:
        closes, doubts = closes - dt.timedelta(days=1), (*doubts, DAY_BEFORE)
    if opens and closes and (opens > closes or ((opens.month, opens.day), (closes.month, closes.day)) == _FULL_YEAR):
        return None
    return Period(
        opens=opens, closes=closes, closes_time=s.closes_time.at if s.closes_time else None, continuous=s.continuous,
        types=s.types, at_large=s.at_large, quote=whole[s.sentence.start : s.sentence.end],
        line=s.sentence.line,
        proves=4 * bool(closes or s.continuous) + 2 * bool(opens) + bool(s.closes_time), proposed=PROPOSED in s.doubts,
        doubts=(*s.doubts, *doubts),
        past=s.past, old=s.old, moved=s.moved, every=s.every, decided=s.decided, apart=s.apart, heading=s.heading, applicants=s.applicants,
        opening_of_all=bool(opens and not closes and not s.types and not s.continuous),
    )  # fmt: skip


def _assemble(periods: Sequence[Period], published_on: dt.date | None) -> list[Period]:
    over = {(o, p.closes) for p in periods if (p.past or p.old) and p.has_dates for o in (None, p.opens)}
    kept: list[Period] = []
    for told in (*(p for p in periods if UNNAMED not in p.doubts), *(p for p in periods if UNNAMED in p.doubts)):
        p = replace(told, opens=_opening_of_all(told, kept))
        if UNNAMED in p.doubts and any(_is_told_by_name(p, k) for k in kept):
            continue
        if not p.has_dates and not p.continuous:
            _settle(kept, p, published_on)
        elif not (p.past or p.old or (p.has_dates and (p.opens, p.closes) in over and not _is_ahead(p, published_on))):
            add(kept, p, published_on)
    for p in periods:
        if p.every and p.closes_time and not p.has_dates:
            _settle(kept, p, published_on)  # told before the calls, too
    over_by = max((p.closes for p in periods if p.past and not p.old and p.closes), default=None)
    now = published_on or (over_by and over_by + dt.timedelta(days=1))
    kept = [p for p in kept if not has_ended(p, now)]
    if now is None:
        kept = [p for p in kept if not any(_is_a_later_years(other, p) for other in kept)]
    kept = [p for p in kept if not any(_is_this_years(other, p) or _is_of_the_form(p, other) for other in kept)]
    return _without_what_was_decided_otherwise(kept)


def _is_told_by_name(p: Period, known: Period) -> bool:
    """Whether the end of a call is told in plain words already, so that a day which nothing names is none of it."""
    if p.types and known.types and not p.types & known.types:
        return False
    only_opens = p.closes is None and known.opens is None
    moved = p.moved and not known.moved
    return known.closes is not None and UNNAMED not in known.doubts and not (only_opens or moved)


def _without_what_was_decided_otherwise(kept: list[Period]) -> list[Period]:
    """The periods without the only one proposed, where the decision itself tells another: `päätti, että haku avataan 4.5.–29.5.`"""
    proposed = [p for p in kept if p.proposed]
    decided = [p for p in kept if p.decided and not p.proposed and p.opens and p.closes]
    if len(proposed) != 1 or not any(
        not d.types or not proposed[0].types or d.types & proposed[0].types for d in decided
    ):
        return kept
    return [p for p in kept if p is not proposed[0]]


def _opening_of_all(p: Period, kept: Sequence[Period]) -> dt.date | None:
    """The first day of a period, else the one that was told of every type together, before each type's last day."""
    if p.opens or not p.types or p.past or p.old or p.closes is None:
        return p.opens
    shared = (k.opens for k in kept if k.opening_of_all and k.opens and not k.types & p.types)
    return next((day for day in shared if dt.timedelta(0) <= p.closes - day <= LONGEST), None)


def _is_of_the_form(p: Period, call: Period) -> bool:
    """Whether a lone first day is only that of a form: a whole period of the same call begins about then."""
    if p.opens is None or p.closes is not None or p.continuous or call.opens is None or call.closes is None:
        return False
    return abs(call.opens - p.opens) <= USUAL and not (p.types and call.types and not p.types & call.types)


def _is_a_later_years(one: Period, earlier: Period) -> bool:
    """Whether `one` is the round of a later year than `earlier`, both told in full: a page that keeps the rounds of past years."""
    if not (one.opens and one.closes and earlier.opens and earlier.closes) or one.types != earlier.types:
        return False
    return one.closes - earlier.closes > LONGEST


def _is_this_years(one: Period, yearly: Period) -> bool:
    """Whether `one` tells this year's dates of a call whose usual ones `yearly` tells (`vuosittain 1.–30.4.`)."""
    if YEARLY not in yearly.doubts or YEARLY in one.doubts or not (one.opens and one.closes):
        return False
    return (one.opens, one.closes) != (yearly.opens, yearly.closes) and not (
        one.types and yearly.types and not one.types & yearly.types
    )


def _is_ahead(p: Period, published_on: dt.date | None) -> bool:
    """Whether a period ends after the document's own date, so that it cannot be over, whatever else is told of it."""
    return published_on is not None and p.closes is not None and p.closes >= published_on


def _settle(kept: list[Period], p: Period, published_on: dt.date | None) -> None:
    """Takes in what is told without a date: that the call above is over, or the clock time of its end."""
    if p.past:
        if published_on is None:
            kept[:] = [k for k in kept if k.continuous or (k.types and p.types and not k.types & p.types)]
        return
    ends = [
        n for n, k in enumerate(kept) if k.closes is not None and not (k.types and p.types and not k.types & p.types)
    ]
    if p.heading is not None and any(kept[n].heading == p.heading for n in ends):
        ends = [n for n in ends if kept[n].heading == p.heading]
    here = [n for n in ends if kept[n].line == p.line]
    if not (p.every or len(ends) == 1 or (not here and not any(kept[n].closes_time for n in ends))):
        ends = here if len(here) == 1 else []
    for n in ends:
        kept[n] = replace(kept[n], closes_time=kept[n].closes_time or p.closes_time)


def _without_types_of_another(p: Period, kept: Sequence[Period], known_types: Sequence[str]) -> list[str]:
    """The types that a period may be of that tells none: not those of which another period is told."""
    taken = {slug for other in kept if other is not p for slug in other.types}
    return [slug for slug in known_types if slug not in taken]


def _window(p: Period, known_types: Sequence[str]) -> Window:
    types = p.types
    if not types and len(known_types) == 1 and (not p.at_large or is_collective(known_types[0])):
        types = frozenset(known_types)
    sole = next(iter(types)) if len(types) == 1 else None
    doubts = tuple(dict.fromkeys(p.doubts))
    return Window(
        grant_type=None if sole == ANY_TYPE else sole, opens=p.opens, closes=p.closes, closes_time=p.closes_time,
        continuous=p.continuous, quote=p.quote, sure=not doubts, doubt="; ".join(doubts) or None,
        types=tuple(sorted(types)) if len(types) > 1 else (),
    )  # fmt: skip
