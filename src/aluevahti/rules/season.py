"""When a call is to be expected: "in 2023–2025 it opened in weeks 42–46, and nothing is known of a new one yet".

Regions open their calls at about the same time every year. The weeks in which calls opened in the last years, those of
the January 2023 report included where it knows the day, are seasons. A season that is near, running or just over, and
of whose call nothing is known, is worth a reader's attention: the call may have been missed, or moved.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from aluevahti.model import ANY_TYPE, Json, KnownWindow, PastValue, StatusState, StatusValue
from aluevahti.rules.bounds import types_fit

YEARS_BACK = 5
"""Calls of more years ago say nothing about this one."""

APART = 6
"""Openings more weeks of the year apart than this belong to two calls: one in spring, one in autumn."""

LONGEST = 17
"""Openings spread over more weeks of the year than this are no season."""

BEFORE = dt.timedelta(weeks=4)
"""How long before its season a call is expected."""

AFTER = dt.timedelta(weeks=8)
"""How long after its season a call that has not come is still told of; one this far from its season is another one."""

_WEEKS = 52
_YEAR = dt.timedelta(days=365)


class Season(StrEnum):
    """Where today lies."""

    SOON = "soon"
    NOW = "now"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A call that used to open at about this time of the year, and of which nothing is known yet.

    Attributes:
        grant_type: what used to be applied for; None: several types, or none was named.
        begins_on: the Monday of the season's first week this time; `ends_on` the Sunday of its last one.
        years: the years in which it opened in these weeks, oldest first.
        season: where today lies.
    """

    region: str
    grant_type: str | None
    begins_on: dt.date
    ends_on: dt.date
    years: tuple[int, ...]
    season: Season

    @property
    def weeks(self) -> tuple[int, int]:
        """The season's first and last week (ISO 8601)."""
        return self.begins_on.isocalendar().week, self.ends_on.isocalendar().week


@dataclass(frozen=True, slots=True)
class _Opening:
    region: str
    grant_type: str | None
    on: dt.date


def expectations(
    windows: Iterable[KnownWindow],
    statuses: Mapping[str, Mapping[str, StatusValue]],
    history: Mapping[str, Mapping[str, Sequence[PastValue]]],
    today: dt.date,
) -> tuple[Expectation, ...]:
    """The calls that are to be expected about now and of which nothing is known yet, by region and season.

    Args:
        windows: the known windows. Sure ones that were not withdrawn make seasons; any one, even in doubt or withdrawn,
            shows that something is known of a call.
        statuses: the regions' status as it stands.
        history: what stood before; here, or in the status, are the windows of the January 2023 report.
        today: the local day.
    """
    known = tuple(windows)
    by_region: defaultdict[str, set[_Opening]] = defaultdict(set)
    for one in (*_opened(known), *_reported(statuses, history)):
        if one.on.year >= today.year - YEARS_BACK and one.on <= today:
            by_region[one.region].add(one)
    found = [
        expected
        for openings in by_region.values()
        for season in _seasons_of(openings)
        if (expected := _expected(season, openings, today)) is not None
        and not any(_tells_of(one, expected) for one in known)
    ]
    return tuple(sorted(found, key=lambda one: (one.region, one.begins_on, one.grant_type or "")))


# --- what opened when ----------------------------------------------------------------------------


def _opened(windows: Iterable[KnownWindow]) -> Iterator[_Opening]:
    for known in windows:
        window = known.window
        endless = window.continuous and window.closes is None
        if window.opens is not None and window.sure and not known.cancelled and not endless:
            yield _Opening(known.region, _named(window.grant_type), window.opens)


def _reported(
    statuses: Mapping[str, Mapping[str, StatusValue]], history: Mapping[str, Mapping[str, Sequence[PastValue]]]
) -> Iterator[_Opening]:
    """The openings that the January 2023 report knows to the day."""
    for region, fields in statuses.items():
        past = (one.value for one in history.get(region, {}).get("grant_windows", ()))
        for value in (fields.get("grant_windows"), *past):
            if value is not None and value.state is StatusState.BASELINE:
                yield from (_Opening(region, kind, day) for kind, day in _exact(value.value))


def _exact(value: Json) -> Iterator[tuple[str | None, dt.date]]:
    for one in value if isinstance(value, list) else ():
        if one.get("precision") == "exact" and one.get("opens"):
            yield _named(one.get("grant_type")), dt.date.fromisoformat(one["opens"])


def _named(grant_type: str | None) -> str | None:
    return None if grant_type == ANY_TYPE else grant_type


# --- seasons -------------------------------------------------------------------------------------


def _seasons_of(openings: Iterable[_Opening]) -> Iterator[list[_Opening]]:
    """The seasons of a region's calls: each type's own, then those in which no type was ever named.

    A call without a type counts for each type that opens at its time of the year: types that share one period are one
    window without a type.
    """
    left = set(openings)
    for grant_type in sorted({one.grant_type for one in left if one.grant_type}):
        for season in _together(one for one in openings if one.grant_type in {grant_type, None}):
            if any(one.grant_type == grant_type for one in season):
                left.difference_update(season)
                yield season
    yield from _together(left)


def _together(openings: Iterable[_Opening]) -> list[list[_Opening]]:
    """Openings in groups that lie close together in the year, whatever year they are of; the year is a ring."""
    ring = sorted(openings, key=lambda one: (_week(one), one.on, one.grant_type or ""))
    groups = [ring[:1]] if ring else []
    for before, one in pairwise(ring):
        if _week(one) - _week(before) > APART:
            groups.append([])
        groups[-1].append(one)
    if len(groups) > 1 and _week(ring[0]) + _WEEKS - _week(ring[-1]) <= APART:
        groups[0] = groups.pop() + groups[0]
    return groups


def _week(opening: _Opening) -> int:
    """The week of the year, 1 to 52; the days of a 53rd count as the 52nd's."""
    return min(opening.on.isocalendar().week, _WEEKS)


def _expected(season: Sequence[_Opening], others: Iterable[_Opening], today: dt.date) -> Expectation | None:
    """A season as it comes about today; None where today is far from it, it is none, or the region has given it up."""
    first, last = _week(season[0]), _week(season[-1])
    if (last - first) % _WEEKS > LONGEST:
        return None
    for year in (today.year - 1, today.year, today.year + 1):
        begins_on = dt.date.fromisocalendar(year, first, 1)
        ends_on = dt.date.fromisocalendar(year + (last < first), last, 7)
        if begins_on - BEFORE <= today <= ends_on + AFTER:
            break
    else:
        return None
    this_time = begins_on - AFTER
    earlier = sorted(one.on for one in season if one.on < this_time)
    grant_type = next((one.grant_type for one in season if one.grant_type), None)
    if not earlier or _is_given_up(earlier[-1], [one for one in others if one.on < this_time], grant_type):
        return None
    when = Season.SOON if today < begins_on else Season.NOW if today <= ends_on else Season.LATE
    if when is Season.LATE and earlier[-1] < this_time - _YEAR:
        return None  # what nobody has seen for years is a hint before its time, but not overdue after it
    return Expectation(
        region=season[0].region,
        grant_type=grant_type,
        begins_on=begins_on,
        ends_on=ends_on,
        years=tuple(sorted({day.year for day in earlier})),
        season=when,
    )


def _is_given_up(last: dt.date, openings: Iterable[_Opening], grant_type: str | None) -> bool:
    """Whether the region left a season out since its `last` call and opened such calls at other times instead."""
    return any(one.on > last + _YEAR for one in openings if types_fit(one.grant_type, grant_type))


def _tells_of(known: KnownWindow, expected: Expectation) -> bool:
    """Whether a window is the call that is expected, or makes it needless: one of its type that never closes."""
    window = known.window
    if known.region != expected.region or not types_fit(window.grant_type, expected.grant_type):
        return False
    if window.continuous and window.closes is None:
        return _named(window.grant_type) == expected.grant_type and not known.cancelled
    day = window.opens or window.closes
    return day is not None and expected.begins_on - AFTER <= day <= expected.ends_on + AFTER
