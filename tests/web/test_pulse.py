"""The heartbeat: what shows that the service lives, and what shows that it does not."""

from __future__ import annotations

import pytest

import websample
from aluevahti.web.pulse import MISSED_AFTER, NO_PASS_FOR, STUCK_AFTER, Pulse


class Seconds:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def pulse(seconds: Seconds) -> Pulse:
    made = Pulse(timer=seconds)
    made.expect("poll")
    return made


def test_all_is_well_while_ticks_come_and_go(pulse: Pulse, seconds: Seconds) -> None:
    for _ in range(5):
        pulse.began("poll")
        seconds.at += 100
        pulse.ended("poll")
        pulse.passed(websample.NOW)
        seconds.at += 100

        assert pulse.problems() == ()
    assert pulse.last_pass_at == websample.NOW


def test_a_tick_without_a_sign_of_progress_is_stuck_and_one_that_goes_on_is_not(pulse: Pulse, seconds: Seconds) -> None:
    pulse.began("poll")
    seconds.at += STUCK_AFTER - 1
    pulse.beat("poll")
    seconds.at += STUCK_AFTER - 1
    assert pulse.problems() == ()
    assert pulse.running() == ("poll",)

    seconds.at += 2

    assert pulse.problems() == ("poll is stuck: no sign of progress for 60 minutes",)


def test_a_tick_that_stops_coming_shows(pulse: Pulse, seconds: Seconds) -> None:
    pulse.began("poll")
    pulse.ended("poll")
    seconds.at += MISSED_AFTER + 1

    assert pulse.problems() == ("poll has stopped: it last ran 5 minutes ago",)


def test_a_tick_that_never_came_shows(pulse: Pulse, seconds: Seconds) -> None:
    seconds.at += MISSED_AFTER + 1

    assert len(pulse.problems()) == 1


def test_a_daily_tick_is_not_missed_between(pulse: Pulse, seconds: Seconds) -> None:
    pulse.expect("maintenance", frequent=False)
    pulse.began("maintenance")
    pulse.ended("maintenance")
    seconds.at += MISSED_AFTER + 1

    assert not any("maintenance" in problem for problem in pulse.problems())


def test_a_tick_that_fails_shows_until_it_no_longer_does(pulse: Pulse) -> None:
    for _ in range(2):
        pulse.began("poll")
        pulse.ended("poll", "the database failed")
    assert pulse.problems() == ("poll fails: the database failed (2 times in a row)",)

    pulse.began("poll")
    pulse.ended("poll")

    assert pulse.problems() == ()


def test_hours_without_a_pass_show_although_every_tick_ends_well(pulse: Pulse, seconds: Seconds) -> None:
    for _ in range(int(NO_PASS_FOR / 100) + 1):
        seconds.at += 100
        pulse.began("poll")
        pulse.ended("poll")

    assert pulse.problems() == ("no pass over the sources has ended well for 3 hours",)


def test_a_remark_stays_until_it_is_taken_back(pulse: Pulse) -> None:
    pulse.note("config", "the edited configuration is wrong")
    pulse.note("database", "damaged")
    pulse.note("config", None)
    pulse.note("config", None)

    assert pulse.notes == {"database": "damaged"}
    assert pulse.problems() == ()
