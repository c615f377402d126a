"""An operator hears of trouble once, and once when it is over."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import ChangeKind, SourceHealth, SourceState
from aluevahti.rules.health import PATIENCE, Turn, after_forbidden, after_good, after_trouble
from factories import NOW, a_source

SOURCE = a_source()


def step(health: SourceHealth, event: str, now: dt.datetime = NOW) -> Turn:
    if event == "good":
        return after_good(health, SOURCE, now)
    if event == "forbidden":
        return after_forbidden(health, SOURCE, now, error="robots.txt")
    return after_trouble(health, SOURCE, now, error=event, silent=event != "500", at_once=event == "empty")


def story(*events: str) -> list[list[str]]:
    health, told = SourceHealth(), []
    for event in events:
        turn = step(health, event)
        health = turn.health
        told.append([change.kind.value.removeprefix("source.") for change in turn.changes])
    return told


def test_a_failure_is_told_at_the_third_time_and_its_end_once() -> None:
    assert story("500", "500", "500", "500", "good", "good") == [[], [], ["failing"], [], ["recovered"], []]


def test_a_single_bad_minute_is_never_told() -> None:
    assert story("500", "good", "good") == [[], [], []]


def test_an_empty_list_is_told_at_once() -> None:
    assert story("good", "empty", "empty", "good") == [[], ["silent"], [], ["recovered"]]


def test_failing_and_silent_are_two_states_told_once_each() -> None:
    assert story("empty", "500", "500", "500", "good") == [["silent"], [], ["failing"], [], ["recovered"]]


def test_a_forbidden_source_is_told_once() -> None:
    assert story("forbidden", "forbidden", "good") == [["failing"], [], ["recovered"]]


def test_the_change_carries_the_states_and_the_error() -> None:
    turn = step(SourceHealth(state=SourceState.OK, bad_checks=2), "500")

    assert turn.changes[0].before == {"state": "ok", "error": None}
    assert turn.changes[0].after == {"state": "failing", "error": "500"}
    assert not turn.changes[0].relevant


@given(st.lists(st.sampled_from(["good", "500", "garbled", "empty", "forbidden"]), max_size=40))
def test_no_state_is_told_twice_and_no_recovery_without_trouble(events: list[str]) -> None:
    health, open_trouble, bad = SourceHealth(), False, 0
    for event in events:
        turn = step(health, event)
        health = turn.health
        kinds = [change.kind for change in turn.changes]
        bad = 0 if event in {"good", "forbidden"} else bad + 1

        assert len(kinds) <= 1
        if ChangeKind.SOURCE_RECOVERED in kinds:
            assert open_trouble
        elif kinds:
            open_trouble = True
        if event == "good":
            assert not open_trouble or ChangeKind.SOURCE_RECOVERED in kinds
            open_trouble = False
        if bad >= PATIENCE:
            assert open_trouble


def test_a_source_that_is_quiet_for_too_long_is_told_once_and_recovers_with_a_new_document() -> None:
    first = after_good(SourceHealth(state=SourceState.OK), SOURCE, NOW, quiet="nothing new since January")
    second = after_good(first.health, SOURCE, NOW)
    third = after_good(second.health, SOURCE, NOW, quiet="nothing new since January")
    fourth = after_good(third.health, SOURCE, NOW, fresh=True)

    told = [[change.kind for change in turn.changes] for turn in (first, second, third, fourth)]
    assert told == [[ChangeKind.SOURCE_SILENT], [], [], [ChangeKind.SOURCE_RECOVERED]]
    assert [turn.health.state for turn in (first, second, fourth)] == [
        SourceState.SILENT,
        SourceState.SILENT,
        SourceState.OK,
    ]
