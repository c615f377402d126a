"""What the pages ask for: the newest changes and documents first, and how much mail is in each state."""

from __future__ import annotations

import datetime as dt

from aluevahti.model import ChangeKind, DeliveryState, Subscriber, SubscriptionState, Theme
from aluevahti.storage import Store
from outcomes import HOUR, NOW, change, delivery, outcome, update

LEASE = dt.timedelta(minutes=5)


def told(store: Store, *changes: object) -> None:
    store.record_events(changes, now=NOW)  # type: ignore[arg-type]


def test_the_newest_changes_come_first_and_page_by_page(store: Store) -> None:
    told(store, *(change(title=f"Asia {number}") for number in range(5)))

    first = store.latest_changes(2)
    second = store.latest_changes(2, before_id=first[-1].id)

    assert [one.title for one in (*first, *second)] == ["Asia 4", "Asia 3", "Asia 2", "Asia 1"]


def test_every_condition_narrows_the_newest_changes(store: Store) -> None:
    told(
        store,
        change(title="muualta", region="kainuu"),
        change(title="muusta", themes=(Theme.STRATEGY,)),
        change(title="muuta", kind=ChangeKind.DOCUMENT_REVISED),
        change(title="se"),
    )

    found = store.latest_changes(9, region="lappi", theme=Theme.GRANTS, kinds={ChangeKind.DOCUMENT_NEW})

    assert [one.title for one in found] == ["se"]


def test_what_does_not_matter_to_ngos_can_be_left_out_but_windows_and_status_always_matter(store: Store) -> None:
    told(
        store,
        change(title="tärkeä"),
        change(title="muu", relevant=False),
        change(title="haku", kind=ChangeKind.WINDOW_CLOSED, relevant=False),
        change(title="tilanne", kind=ChangeKind.STATUS_CHANGED, relevant=False),
    )

    assert [one.title for one in store.latest_changes(9, relevant=True)] == ["tilanne", "haku", "tärkeä"]


def test_the_newest_documents_are_those_seen_first_most_lately_and_no_twins(store: Store) -> None:
    store.record_poll(outcome(documents=(update("vanha"),)))
    store.record_poll(outcome(documents=(update("uusi"), update("toisto", twin_of=1)), finished_at=NOW + HOUR))
    store.record_poll(outcome(documents=(update("vanha", id=1),), finished_at=NOW + 2 * HOUR))
    store.record_poll(outcome("b", region="kainuu", documents=(update("muualta"),), finished_at=NOW + 3 * HOUR))

    assert [one.document.key for one in store.latest_documents("lappi", 9)] == ["uusi", "vanha"]
    assert [one.document.key for one in store.latest_documents("lappi", 1)] == ["uusi"]


def test_mail_is_counted_by_state(store: Store) -> None:
    store.enqueue([delivery(1), delivery(2), delivery(3)], now=NOW)
    (taken,) = store.claim(NOW, 1, LEASE)
    store.mark_data(taken.id, NOW)
    store.finish(taken.id, NOW)
    (refused,) = store.claim(NOW, 1, LEASE)
    store.fail(refused.id, "550 no such user", NOW)

    counts = store.outbox_counts()

    assert counts == dict.fromkeys(DeliveryState, 0) | {
        DeliveryState.SENT: 1,
        DeliveryState.FAILED: 1,
        DeliveryState.QUEUED: 1,
    }


def test_mail_that_a_reader_who_left_no_longer_gets_is_no_failed_mail(store: Store) -> None:
    reader = store.add_subscriber(Subscriber(email="a@example.org", state=SubscriptionState.CONFIRMED), NOW)
    store.enqueue([delivery(1, subscriber_id=reader.id, recipient="a@example.org")], now=NOW)
    store.unsubscribe(reader.token, NOW)

    assert set(store.outbox_counts().values()) == {0}
