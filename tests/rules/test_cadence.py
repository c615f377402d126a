"""When a source is asked next."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.rules.cadence import LONGEST, next_poll_at
from factories import NOW, a_source, at

hour = dt.timedelta(hours=1)


def test_the_interval_carries_a_jitter_that_belongs_to_the_source() -> None:
    times = {next_poll_at(a_source(id=f"s{number}", every=hour), NOW) for number in range(50)}

    assert all(NOW + hour <= time <= NOW + 1.1 * hour for time in times)
    assert len(times) > 40
    assert next_poll_at(a_source(), NOW) == next_poll_at(a_source(), NOW)


def test_a_cron_expression_is_meant_in_local_time() -> None:
    source = a_source(cron="*/20 7-18 * * mon-fri")

    assert at("2026-03-02 09:20") == next_poll_at(source, NOW)
    assert at("2026-03-09 07:00") == next_poll_at(source, at("2026-03-06 19:00"))


def test_an_expression_that_never_comes_true_is_asked_daily() -> None:
    assert next_poll_at(a_source(cron="0 0 */29 2 MON#5"), NOW) == NOW + LONGEST


def test_a_failing_source_is_asked_less_often_but_at_least_daily() -> None:
    source = a_source(every=hour)
    waits = [next_poll_at(source, NOW, bad_checks=bad) - NOW for bad in range(30)]

    assert waits == sorted(waits)
    assert waits[0] == waits[2] < waits[3] < waits[4]
    assert max(waits) <= LONGEST


def test_retry_after_only_delays() -> None:
    source = a_source(every=hour)

    assert NOW + 5 * hour == next_poll_at(source, NOW, retry_at=NOW + 5 * hour)
    assert next_poll_at(source, NOW) == next_poll_at(source, NOW, retry_at=NOW + dt.timedelta(seconds=1))


@given(
    every=st.timedeltas(dt.timedelta(0), dt.timedelta(days=30)),
    bad=st.integers(0, 10_000),
    now=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC)),
)
def test_the_next_poll_always_lies_ahead_and_within_reach(every: dt.timedelta, bad: int, now: dt.datetime) -> None:
    due = next_poll_at(a_source(every=every), now, bad_checks=bad)

    assert now < due <= now + max(every * 1.1, LONGEST) + dt.timedelta(seconds=1)
