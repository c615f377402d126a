"""What follows when a mail was not handed over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.errors import DeliveryError
from aluevahti.rules.delivery import (
    GIVE_UP_AFTER,
    Step,
    Verdict,
    after_failure,
    pause,
    wait,
)
from readers import NOW, delivery

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("error", "given_delivery", "expected"),
    [
        (DeliveryError("451"), {}, Verdict(Step.RETRY, NOW + HOUR / 2)),
        (DeliveryError("451"), {"attempts": 2}, Verdict(Step.RETRY, NOW + HOUR)),
        (DeliveryError("451"), {"created_at": NOW - GIVE_UP_AFTER}, Verdict(Step.FAIL)),
        (DeliveryError("550", permanent=True), {}, Verdict(Step.FAIL)),
        (DeliveryError("lost", ambiguous=True), {}, Verdict(Step.RETRY, NOW + HOUR / 2)),
        (DeliveryError("lost", ambiguous=True), {"ambiguous": 1}, Verdict(Step.HOLD)),
        (DeliveryError("535", ours=True), {}, Verdict(Step.RETRY, NOW + HOUR / 4, stop=True)),
        (
            DeliveryError("535", ours=True),
            {"created_at": NOW - 2 * GIVE_UP_AFTER},
            Verdict(Step.RETRY, NOW + HOUR / 4, stop=True),
        ),
        (DeliveryError("refused", unreachable=True), {}, Verdict(Step.RETRY, NOW + HOUR / 60, stop=True)),
        (
            DeliveryError("refused", unreachable=True),
            {"created_at": NOW - 2 * GIVE_UP_AFTER, "attempts": 50},
            Verdict(Step.RETRY, NOW + HOUR / 60, stop=True),
        ),
    ],
)
def test_the_state_table(error: DeliveryError, given_delivery: dict[str, object], expected: Verdict) -> None:
    assert expected == after_failure(delivery(**given_delivery), error, NOW)


def test_the_first_waits_are_those_of_the_rfc() -> None:
    assert [wait(1, attempts) for attempts in range(5)] == [HOUR / 2, HOUR / 2, HOUR, 2 * HOUR, 3 * HOUR]


@given(st.integers(1, 10**9), st.integers(5, 60))
def test_later_waits_are_three_hours_give_or_take_a_tenth_and_always_the_same(number: int, attempts: int) -> None:
    rest = wait(number, attempts)

    assert 2.7 * HOUR <= rest <= 3.3 * HOUR
    assert rest == wait(number, attempts)


def test_mails_that_failed_together_do_not_return_together() -> None:
    assert len({wait(number, 5) for number in range(100)}) == 100


def test_a_mail_that_is_always_deferred_is_given_up_after_five_days() -> None:
    now, row, tries = NOW, delivery(attempts=1), 0
    while True:
        verdict = after_failure(row, DeliveryError("451 later"), now)
        if verdict.step is Step.FAIL:
            break
        assert verdict.next_try_at is not None
        assert verdict.next_try_at - now >= HOUR / 2
        now, tries = verdict.next_try_at, tries + 1
        row = delivery(attempts=tries + 1)

    assert dt.timedelta(days=5) <= now - NOW <= dt.timedelta(days=5, hours=3.3)
    assert 38 <= tries <= 48


def test_all_mail_waits_longer_the_longer_the_trouble_lasts() -> None:
    minutes = [pause(ours=False, count=count) / dt.timedelta(minutes=1) for count in range(1, 7)]
    ours = [pause(ours=True, count=count) / dt.timedelta(minutes=1) for count in range(1, 6)]

    assert minutes == [1, 2, 5, 15, 15, 15]
    assert ours == [15, 30, 60, 180, 180]
