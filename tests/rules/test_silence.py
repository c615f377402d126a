"""A source that answers but has been quiet for longer than it ever was."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.rules.silence import AT_LEAST, days_without_july, too_quiet
from factories import day


def every(days: int, count: int, last: str) -> list[dt.date]:
    return [day(last) - dt.timedelta(days=days * n) for n in range(count)]


def test_a_board_that_met_every_two_weeks_and_has_not_for_seven_is_quiet() -> None:
    meetings = every(14, 10, "2026-02-02")

    assert too_quiet(meetings, day("2026-03-16")) is None
    quiet = too_quiet(meetings, day("2026-03-25"))
    assert quiet is not None
    assert str(quiet) == "nothing new since 2026-02-02, 51 days outside July; usually every 14 days"


def test_july_does_not_count() -> None:
    assert days_without_july(day("2026-06-20"), day("2026-08-10")) == 20
    assert too_quiet(every(14, 10, "2026-06-22"), day("2026-08-31")) is None


def test_a_source_with_little_history_is_not_judged() -> None:
    assert too_quiet(every(7, 5, "2020-01-01"), day("2026-01-01")) is None


def test_a_source_that_publishes_twice_a_year_may_be_quiet_for_a_year() -> None:
    assert too_quiet(every(60, 7, "2026-01-01"), day("2026-06-15")) is None


dates = st.dates(day("2020-01-01"), day("2030-12-31"))


@given(dates, dates, dates)
def test_days_add_up(one: dt.date, two: dt.date, three: dt.date) -> None:
    first, middle, last = sorted([one, two, three])

    whole = days_without_july(first, last)
    assert whole == days_without_july(first, middle) + days_without_july(middle, last)
    assert 0 <= whole <= (last - first).days


@given(st.lists(dates, max_size=40), dates)
def test_nothing_is_too_quiet_within_the_shortest_patience(history: list[dt.date], today: dt.date) -> None:
    quiet = too_quiet([*history, today - dt.timedelta(days=AT_LEAST)], today)

    assert quiet is None
