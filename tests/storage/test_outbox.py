"""The outbox, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from aluevahti.errors import StorageError
from aluevahti.model import Delivery, DeliveryState, Subscriber, SubscriptionState
from aluevahti.storage import Store
from outcomes import HOUR, NOW, delivery

LEASE = dt.timedelta(minutes=15)


@pytest.fixture
def other(url: str, store: Store) -> Iterator[Store]:
    """Another sender on the same database."""
    with Store.open(url, now=NOW) as opened:
        yield opened


def only(store: Store) -> Delivery:
    (mail,) = store.outbox()
    return mail


def test_queued_mail_comes_back_byte_for_byte(store: Store) -> None:
    body = bytes(range(256)) * 40

    assert store.enqueue([delivery(mime=body)], now=NOW) == (1,)

    assert only(store) == Delivery(
        id=1,
        kind="digest",
        period="2026-03-01",
        recipient="lukija@example.org",
        message_id="<1@example.org>",
        mime=body,
        state=DeliveryState.QUEUED,
        attempts=0,
        ambiguous=0,
        created_at=NOW,
        next_try_at=NOW,
    )


def test_mail_is_queued_with_its_runs_cursors_and_notes_or_not_at_all(store: Store) -> None:
    for name in ("a", "b"):
        store.add_subscriber(Subscriber(email=f"{name}@example.org", state=SubscriptionState.CONFIRMED), NOW)

    store.enqueue([delivery(1)], runs=[(1, "d1"), (2, "d1")], cursors={1: 5, 2: 6}, now=NOW, meta={"operator": "5"})

    before = (store.outbox(), store.subscribers(), store.digest_runs(1), store.digest_runs(2), store.meta("operator"))
    assert [reader.cursor for reader in before[1]] == [5, 6]
    assert before[2:] == (frozenset({"d1"}), frozenset({"d1"}), "5")

    attempts: tuple[Callable[[], object], ...] = (
        lambda: store.enqueue([delivery(2), delivery(1)], [(1, "d2")], {1: 9}, now=NOW, meta={"operator": "9"}),
        lambda: store.enqueue([delivery(2)], [(1, "d1")], {1: 9}, now=NOW, meta={"operator": "9"}),
        lambda: store.enqueue([delivery(2, message_id="<1@example.org>")], (), {1: 9}, now=NOW),
    )
    for broken in attempts:
        with pytest.raises(StorageError, match="UNIQUE"):
            broken()
        after = (
            store.outbox(),
            store.subscribers(),
            store.digest_runs(1),
            store.digest_runs(2),
            store.meta("operator"),
        )
        assert after == before


def test_a_cursor_never_moves_back(store: Store) -> None:
    store.add_subscriber(Subscriber(email="a@example.org"), NOW)
    store.enqueue([], cursors={1: 5}, now=NOW)
    store.enqueue([], cursors={1: 3}, now=NOW)

    assert store.subscribers()[0].cursor == 5


def test_notes_are_remembered_by_name(store: Store) -> None:
    assert store.meta("x") is None
    store.set_meta("x", "1")
    store.set_meta("x", "2")

    assert (store.meta("x"), store.meta("y")) == ("2", None)


def test_due_mail_is_claimed_longest_waiting_first_and_no_more_than_asked(store: Store) -> None:
    store.enqueue([delivery(1)], now=NOW + HOUR)
    store.enqueue([delivery(2), delivery(3)], now=NOW)
    store.enqueue([delivery(4)], now=NOW - HOUR)

    first = store.claim(NOW, 2, LEASE)

    assert [mail.id for mail in first] == [4, 2]
    assert {(mail.state, mail.attempts) for mail in first} == {(DeliveryState.CLAIMED, 1)}
    assert [mail.id for mail in store.claim(NOW, 9, LEASE)] == [3]
    assert store.claim(NOW, 9, LEASE) == ()


def test_each_mail_is_claimed_by_one_sender_only(store: Store, other: Store) -> None:
    store.enqueue([delivery(1, period=str(number), message_id=f"<{number}>") for number in range(60)], now=NOW)

    def work(sender: Store) -> list[int]:
        taken: list[int] = []
        while mails := sender.claim(NOW, 4, LEASE):
            taken += [mail.id for mail in mails]
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [id_ for ids in pool.map(work, [store, other, store, other]) for id_ in ids]

    assert sorted(taken) == list(range(1, 61))


def test_a_mail_that_arrived_is_sent_for_good(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)
    assert store.mark_data(1, NOW)
    assert only(store).state is DeliveryState.DATA
    assert store.finish(1, NOW + HOUR)

    assert (only(store).state, only(store).sent_at) == (DeliveryState.SENT, NOW + HOUR)
    assert store.claim(NOW + 99 * HOUR, 9, LEASE) == ()
    assert not store.finish(1, NOW)
    assert not store.release(1, NOW)
    assert not store.fail(1, "x", NOW)
    assert not store.hold(1, "x")
    assert not store.reschedule(1, NOW, "x")


def test_a_refused_mail_waits_for_its_next_try(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)

    assert store.reschedule(1, NOW + HOUR, "451 later")

    waiting = only(store)
    assert (waiting.state, waiting.next_try_at, waiting.last_error) == (DeliveryState.QUEUED, NOW + HOUR, "451 later")
    assert store.claim(NOW + HOUR - dt.timedelta(seconds=1), 9, LEASE) == ()
    (again,) = store.claim(NOW + HOUR, 9, LEASE)
    assert (again.attempts, again.ambiguous, again.message_id) == (2, 0, "<1@example.org>")


def test_a_dead_senders_claim_is_harmless(store: Store, other: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)

    assert other.claim(NOW + LEASE - dt.timedelta(seconds=1), 9, LEASE) == ()
    (mail,) = other.claim(NOW + LEASE, 9, LEASE)

    assert (mail.attempts, mail.ambiguous) == (2, 0)


def test_a_crash_while_the_body_is_under_way_is_counted_and_the_second_is_held(store: Store, other: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)
    store.mark_data(1, NOW)

    (mail,) = other.claim(NOW + LEASE, 9, LEASE)
    assert (mail.ambiguous, mail.mime, mail.message_id) == (1, delivery().mime, "<1@example.org>")
    other.mark_data(1, NOW + LEASE)

    assert store.claim(NOW + 3 * LEASE, 9, LEASE) == ()
    held = only(store)
    assert (held.state, held.ambiguous) == (DeliveryState.HELD, 2)
    assert held.last_error == "twice broken off while it was being sent"
    assert store.claim(NOW + 99 * HOUR, 9, LEASE) == ()


def test_held_mail_does_not_take_the_place_of_due_mail(store: Store) -> None:
    store.enqueue([delivery(1)], now=NOW)
    for turn in range(2):
        store.claim(NOW + turn * LEASE, 1, LEASE)
        store.mark_data(1, NOW + turn * LEASE)
    store.enqueue([delivery(2)], now=NOW + HOUR)

    assert [mail.id for mail in store.claim(NOW + HOUR, 1, LEASE)] == [2]


def test_a_connection_lost_after_the_body_is_ambiguous_at_once(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    for turn, state in enumerate((DeliveryState.QUEUED, DeliveryState.HELD)):
        now = NOW + turn * HOUR
        store.claim(now, 1, LEASE)
        store.mark_data(1, now)
        assert store.reschedule(1, now + HOUR, "connection lost", ambiguous=True)
        assert (only(store).state, only(store).ambiguous) == (state, turn + 1)


def test_the_lease_runs_anew_when_the_body_goes_out(store: Store, other: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)
    late = NOW + LEASE - dt.timedelta(seconds=1)
    store.mark_data(1, late)

    assert other.claim(NOW + LEASE, 9, LEASE) == ()
    assert len(other.claim(late + LEASE, 9, LEASE)) == 1


def test_a_sender_that_was_overtaken_does_nothing_more(store: Store, other: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)
    other.claim(NOW + LEASE, 1, LEASE)

    assert not store.mark_data(1, NOW + LEASE)
    assert not store.reschedule(1, NOW, "late")
    assert not store.fail(1, "late", NOW)
    assert not store.hold(1, "late")
    assert only(store).state is DeliveryState.CLAIMED
    assert other.mark_data(1, NOW + LEASE)


def test_what_the_server_took_is_sent_even_if_another_sender_has_it_now(store: Store, other: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)
    store.mark_data(1, NOW)
    other.claim(NOW + LEASE, 1, LEASE)

    assert store.finish(1, NOW + LEASE)
    assert not other.mark_data(1, NOW + LEASE)


def test_a_body_is_not_sent_without_a_claim(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)

    assert not store.mark_data(1, NOW)
    assert not store.mark_data(7, NOW)


def test_mail_given_up_says_why_and_may_be_tried_by_hand(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)

    assert store.fail(1, "550 no such user", NOW)
    assert (only(store).state, only(store).last_error) == (DeliveryState.FAILED, "550 no such user")
    assert store.claim(NOW + 99 * HOUR, 9, LEASE) == ()

    assert store.release(1, NOW + HOUR)
    assert (only(store).state, only(store).next_try_at) == (DeliveryState.QUEUED, NOW + HOUR)
    assert len(store.claim(NOW + HOUR, 9, LEASE)) == 1


def test_held_mail_released_by_hand_starts_its_count_anew(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    assert store.hold(1, "on request")
    assert store.claim(NOW, 9, LEASE) == ()
    assert store.release(1, NOW)

    assert (only(store).state, only(store).ambiguous) == (DeliveryState.QUEUED, 0)


def test_mail_being_sent_cannot_be_released(store: Store) -> None:
    store.enqueue([delivery()], now=NOW)
    store.claim(NOW, 1, LEASE)

    assert not store.release(1, NOW)
    assert store.mark_data(1, NOW)


def test_the_outbox_is_listed_by_state_with_or_without_bodies(store: Store) -> None:
    store.enqueue([delivery(1), delivery(2)], now=NOW)
    store.fail(1, "x", NOW)

    assert [mail.id for mail in store.outbox()] == [1, 2]
    assert [mail.id for mail in store.outbox(DeliveryState.QUEUED)] == [2]
    assert [mail.mime for mail in store.outbox(DeliveryState.FAILED, bodies=False)] == [b""]
    assert store.outbox(DeliveryState.SENT) == ()


def test_old_bodies_are_cleared_away_and_only_those(store: Store) -> None:
    store.enqueue([delivery(number) for number in (1, 2, 3, 4)], now=NOW)
    store.claim(NOW, 4, LEASE)
    store.finish(1, NOW)
    store.fail(2, "x", NOW)
    store.finish(3, NOW + HOUR)

    assert store.purge_bodies(NOW + HOUR) == 2
    assert store.purge_bodies(NOW + HOUR) == 0

    assert [bool(mail.mime) for mail in store.outbox()] == [False, False, True, True]
    assert not store.release(2, NOW)
