"""Once per local date, whatever the clocks do."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Rhythm, SubscriptionState
from aluevahti.rules.rhythm import Schedule, due_on, instant_of, missed_since, next_digest_at, slot
from readers import reader

HELSINKI = ZoneInfo("Europe/Helsinki")
USUAL = Schedule(zone=HELSINKI)


def at(text: str, schedule: Schedule = USUAL) -> dt.datetime:
    """A moment by Helsinki's clock."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=schedule.zone).astimezone(dt.UTC)


def last_sunday(year: int, month: int) -> dt.date:
    day = dt.date(year, month, 31)
    return day - dt.timedelta(days=(day.weekday() + 1) % 7)


SPRING = [last_sunday(year, 3) for year in range(2020, 2041)]
AUTUMN = [last_sunday(year, 10) for year in range(2020, 2041)]


def run(schedule: Schedule, start: dt.datetime, end: dt.datetime, **wishes: Any) -> list[tuple[str, dt.datetime]]:
    """A service that looks every ten minutes: which runs it makes, and when."""
    subscriber = reader(**{"confirmed_at": start - dt.timedelta(days=30)} | wishes)
    runs: list[tuple[str, dt.datetime]] = []
    now = start
    while now < end:
        day = due_on(subscriber, {period for period, _ in runs}, now, schedule)
        if day is not None:
            runs.append((day.isoformat(), now))
        now += dt.timedelta(minutes=10)
    return runs


# --- nights on which clocks are moved ---


@pytest.mark.parametrize("day", SPRING)
def test_a_time_that_does_not_exist_means_the_end_of_the_gap(day: dt.date) -> None:
    for minute in (0, 1, 30, 59):
        moment = instant_of(day, dt.time(3, minute), HELSINKI)
        assert moment == dt.datetime(day.year, day.month, day.day, 1, 0, tzinfo=dt.UTC)
        assert moment.astimezone(HELSINKI).time() == dt.time(4, 0)


@pytest.mark.parametrize("day", AUTUMN)
def test_a_time_that_comes_twice_means_the_first(day: dt.date) -> None:
    assert instant_of(day, dt.time(3, 30), HELSINKI) == dt.datetime(day.year, day.month, day.day, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("day", SPRING + AUTUMN)
@pytest.mark.parametrize("clock", [dt.time(3, 30), dt.time(0, 0), dt.time(7, 30), dt.time(23, 59)])
def test_every_date_around_a_moved_clock_has_exactly_one_run(day: dt.date, clock: dt.time) -> None:
    schedule = Schedule(zone=HELSINKI, daily_at=clock)
    first, last = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    start, end = (
        dt.datetime.combine(edge, dt.time(0, 0), HELSINKI).astimezone(dt.UTC)
        for edge in (first, last + dt.timedelta(days=1))
    )

    runs = run(schedule, start, end)

    # 23:59 is looked for at 23:50 and at 0:00: the run of a day that is over is not made up for.
    expected = [] if clock == dt.time(23, 59) else [(first + dt.timedelta(days=n)).isoformat() for n in range(3)]
    assert [period for period, _ in runs] == expected
    for period, moment in runs:
        assert moment.astimezone(HELSINKI).date().isoformat() == period


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)),
    st.times(),
    st.sampled_from(["Europe/Helsinki", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
)
def test_a_run_is_never_before_its_wall_time_and_on_its_date(day: dt.date, clock: dt.time, name: str) -> None:
    zone = ZoneInfo(name)
    local = instant_of(day, clock, zone).astimezone(zone)

    assert local.replace(tzinfo=None) + dt.timedelta(seconds=1) > dt.datetime.combine(day, clock.replace(microsecond=0))
    if name == "Europe/Helsinki":
        assert local.date() == day


# --- daily ---


def test_a_daily_digest_is_due_once_its_time_has_come_and_once_only() -> None:
    daily = reader()

    assert due_on(daily, (), at("2026-03-02T07:29"), USUAL) is None
    assert due_on(daily, (), at("2026-03-02T07:30"), USUAL) == dt.date(2026, 3, 2)
    assert due_on(daily, {"2026-03-02"}, at("2026-03-02T07:31"), USUAL) is None
    assert due_on(daily, {"2026-03-02"}, at("2026-03-03T07:29"), USUAL) is None
    assert due_on(daily, {"2026-03-02"}, at("2026-03-03T07:30"), USUAL) == dt.date(2026, 3, 3)


def test_a_clock_that_is_set_back_does_not_make_a_second_run() -> None:
    runs = {"2026-03-01", "2026-03-02"}

    for moment in ("2026-03-02T09:00", "2026-03-02T07:45", "2026-03-01T23:00", "2026-03-02T07:31"):
        assert due_on(reader(), runs, at(moment), USUAL) is None


def test_a_late_start_makes_one_run_for_the_whole_gap() -> None:
    runs = {"2026-02-20"}

    assert due_on(reader(), runs, at("2026-03-02T15:00"), USUAL) == dt.date(2026, 3, 2)
    assert due_on(reader(), runs | {"2026-03-02"}, at("2026-03-02T15:10"), USUAL) is None


def test_a_daily_reader_who_came_after_the_hour_may_hear_the_same_day() -> None:
    newcomer = reader(confirmed_at=at("2026-03-02T12:00"))

    assert due_on(newcomer, (), at("2026-03-02T12:05"), USUAL) == dt.date(2026, 3, 2)
    assert due_on(newcomer, ("2026-03-02",), at("2026-03-02T18:00"), USUAL) is None
    assert due_on(newcomer, ("2026-03-02",), at("2026-03-03T07:30"), USUAL) == dt.date(2026, 3, 3)


def test_a_confirmation_in_the_future_does_not_starve_the_reader() -> None:
    assert due_on(reader(confirmed_at=at("2027-01-01T00:00")), (), at("2026-03-02T08:00"), USUAL) is not None


@pytest.mark.parametrize("state", [SubscriptionState.UNCONFIRMED, SubscriptionState.UNSUBSCRIBED])
def test_who_is_not_subscribed_gets_nothing(state: SubscriptionState) -> None:
    assert due_on(reader(state=state), (), at("2026-03-02T08:00"), USUAL) is None


def test_an_instant_reader_is_never_due_by_the_clock() -> None:
    assert due_on(reader(rhythm=Rhythm.INSTANT), (), at("2026-03-02T08:00"), USUAL) is None
    assert slot(Rhythm.INSTANT, at("2026-03-02T08:00"), USUAL) is None


# --- weekly ---


@pytest.mark.parametrize(
    ("now", "runs", "expected"),
    [
        ("2026-03-02T07:29", {"2026-02-23"}, None),
        ("2026-03-02T07:30", {"2026-02-23"}, "2026-03-02"),
        ("2026-03-02T07:30", {"2026-02-23", "2026-03-02"}, None),
        ("2026-03-05T12:00", {"2026-02-23"}, "2026-03-02"),  # missed on Monday, sent on Thursday
        ("2026-03-05T12:00", {"2026-02-23", "2026-03-02"}, None),
        ("2026-03-08T23:59", {"2026-02-02"}, "2026-03-02"),  # four missed, one sent
        ("2026-03-01T12:00", {"2026-02-23"}, None),
    ],
)
def test_a_weekly_digest_goes_out_on_its_day_or_late_once(now: str, runs: set[str], expected: str | None) -> None:
    day = due_on(reader(rhythm=Rhythm.WEEKLY), runs, at(now), USUAL)

    assert expected == (day and day.isoformat())


def test_a_weekly_reader_who_came_midweek_waits_for_the_day() -> None:
    newcomer = reader(rhythm=Rhythm.WEEKLY, confirmed_at=at("2026-03-04T12:00"))

    assert due_on(newcomer, (), at("2026-03-04T12:05"), USUAL) is None
    assert due_on(newcomer, (), at("2026-03-08T12:00"), USUAL) is None
    assert due_on(newcomer, (), at("2026-03-09T07:30"), USUAL) == dt.date(2026, 3, 9)


@pytest.mark.parametrize("weekday", range(7))
def test_weekly_runs_are_a_week_apart_on_any_weekday(weekday: int) -> None:
    schedule = Schedule(zone=HELSINKI, weekly_on=weekday)
    runs = run(schedule, at("2026-03-16T00:00"), at("2026-04-13T00:00"), rhythm=Rhythm.WEEKLY)
    days = [dt.date.fromisoformat(period) for period, _ in runs]

    assert {day.weekday() for day in days} == {weekday}
    assert {(later - earlier).days for earlier, later in itertools.pairwise(days)} == {7}


# --- what comes next, what was left out ---


def test_the_next_digest_is_told() -> None:
    assert next_digest_at(Rhythm.DAILY, at("2026-03-02T07:29"), USUAL) == at("2026-03-02T07:30")
    assert next_digest_at(Rhythm.DAILY, at("2026-03-02T07:30"), USUAL) == at("2026-03-03T07:30")
    assert next_digest_at(Rhythm.WEEKLY, at("2026-03-02T08:00"), USUAL) == at("2026-03-09T07:30")
    assert next_digest_at(Rhythm.INSTANT, at("2026-03-02T08:00"), USUAL) is None


@pytest.mark.parametrize(
    ("runs", "rhythm", "expected"),
    [
        ({"2026-03-01"}, Rhythm.DAILY, None),
        ({"2026-02-27", "2026-02-20"}, Rhythm.DAILY, dt.date(2026, 2, 27)),
        ((), Rhythm.DAILY, None),
        ({"41", "2026-03-02"}, Rhythm.DAILY, None),
        ({"2026-02-23"}, Rhythm.WEEKLY, None),
        ({"2026-02-16"}, Rhythm.WEEKLY, dt.date(2026, 2, 16)),
    ],
)
def test_a_digest_knows_that_others_were_left_out(runs: set[str], rhythm: Rhythm, expected: dt.date | None) -> None:
    assert expected == missed_since(runs, dt.date(2026, 3, 2), rhythm)
