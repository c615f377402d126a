"""Readers: coming, confirming, leaving, being forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aluevahti.errors import Locked, StorageError
from aluevahti.model import DeliveryState, Language, Rhythm, Subscriber, SubscriptionState, Theme
from aluevahti.storage import Store
from outcomes import HOUR, NOW, change, delivery

LEASE = dt.timedelta(minutes=15)
FULL = Subscriber(
    email="lukija@example.org",
    lang=Language.SV,
    rhythm=Rhythm.WEEKLY,
    regions=("lappi", "kainuu"),
    themes=(Theme.GRANTS, Theme.STRATEGY),
    words=("järjestötila", "säde"),
    all_documents=True,
)


def confirmed(email: str = "lukija@example.org") -> Subscriber:
    return Subscriber(email=email, state=SubscriptionState.CONFIRMED)


def test_a_reader_comes_back_as_added(store: Store) -> None:
    store.record_events([change()], now=NOW)

    added = store.add_subscriber(FULL, NOW)

    assert added == replace(FULL, id=1, created_at=NOW, cursor=1, token=added.token, confirm_token=added.confirm_token)
    kept = replace(added, confirm_token="")
    assert store.subscriber("lukija@example.org") == kept
    assert store.subscribers() == (kept,)
    assert store.subscriber("toinen@example.org") is None
    preferences = [field.name for field in fields(FULL) if getattr(FULL, field.name) == field.default]
    assert set(preferences) == {"state", "created_at", "confirmed_at", "cursor", "token", "id", "confirm_token"}


def test_tokens_are_long_random_and_the_confirming_one_is_not_kept(path: Path, store: Store) -> None:
    readers = [store.add_subscriber(Subscriber(email=f"{number}@example.org"), NOW) for number in range(20)]
    tokens = [token for reader in readers for token in (reader.token, reader.confirm_token)]

    assert len(set(tokens)) == 40
    assert {len(token) for token in tokens} == {22}
    store._empty_wal()
    content = path.read_bytes()
    assert readers[3].token.encode() in content
    assert readers[3].confirm_token.encode() not in content
    assert hashlib.sha256(readers[3].confirm_token.encode()).hexdigest().encode() in content


def test_an_address_is_subscribed_once_whatever_its_case(store: Store) -> None:
    store.add_subscriber(confirmed(), NOW)

    with pytest.raises(StorageError, match="subscribed already") as caught:
        store.add_subscriber(confirmed("Lukija@EXAMPLE.org"), NOW)

    assert "lukija" not in str(caught.value).lower()
    assert len(store.subscribers()) == 1
    assert store.subscriber("LUKIJA@example.org") is not None


def test_a_reader_added_as_confirmed_needs_no_token(store: Store) -> None:
    added = store.add_subscriber(confirmed(), NOW)

    assert (added.state, added.confirmed_at, added.confirm_token) == (SubscriptionState.CONFIRMED, NOW, "")
    assert store.confirm("", NOW) is None


def test_confirming_starts_the_reading_at_that_moment(store: Store) -> None:
    added = store.add_subscriber(FULL, NOW)
    store.record_events([change(), change()], now=NOW)

    done = store.confirm(added.confirm_token, NOW + HOUR)

    assert done == replace(
        added, state=SubscriptionState.CONFIRMED, confirmed_at=NOW + HOUR, cursor=2, confirm_token=""
    )
    assert store.subscribers() == (done,)


def test_confirming_twice_moves_nothing(store: Store) -> None:
    added = store.add_subscriber(FULL, NOW)
    first = store.confirm(added.confirm_token, NOW)
    store.record_events([change()], now=NOW)

    assert store.confirm(added.confirm_token, NOW + HOUR) == first


def test_a_wrong_or_old_token_confirms_nobody(store: Store) -> None:
    added = store.add_subscriber(FULL, NOW)

    assert store.confirm("wrong", NOW) is None
    assert store.confirm(added.token, NOW) is None
    assert store.confirm(added.confirm_token, NOW + 49 * HOUR, valid_for=48 * HOUR) is None
    assert store.subscribers()[0].state is SubscriptionState.UNCONFIRMED
    assert store.confirm(added.confirm_token, NOW + 48 * HOUR, valid_for=48 * HOUR) is not None


def test_asking_again_makes_a_new_confirming_token_and_keeps_the_other(store: Store) -> None:
    first = store.add_subscriber(FULL, NOW)
    second = store.add_subscriber(replace(FULL, lang=Language.FI), NOW + HOUR)

    assert (second.id, second.token, second.lang, second.created_at) == (1, first.token, Language.FI, NOW + HOUR)
    assert store.confirm(first.confirm_token, NOW) is None
    assert store.confirm(second.confirm_token, NOW) is not None


@pytest.mark.parametrize("by", ["token", "email"])
def test_leaving_is_done_once_and_may_be_repeated(store: Store, by: str) -> None:
    added = store.add_subscriber(FULL, NOW)
    store.confirm(added.confirm_token, NOW)

    for _ in range(2):
        left = store.unsubscribe(added.token if by == "token" else "LUKIJA@example.org", NOW)
        assert left is not None
        assert left.state is SubscriptionState.UNSUBSCRIBED

    assert store.unsubscribe("nobody", NOW) is None
    assert store.unsubscribe("nobody@example.org", NOW) is None


def test_an_old_confirming_link_does_not_bring_back_who_left(store: Store) -> None:
    added = store.add_subscriber(FULL, NOW)
    store.confirm(added.confirm_token, NOW)
    store.unsubscribe(added.token, NOW)

    assert store.confirm(added.confirm_token, NOW) is None
    assert store.subscribers()[0].state is SubscriptionState.UNSUBSCRIBED


def test_who_left_may_come_back_and_starts_anew(store: Store) -> None:
    added = store.add_subscriber(confirmed(), NOW)
    store.unsubscribe(added.token, NOW)
    store.record_events([change()], now=NOW)

    again = store.add_subscriber(confirmed(), NOW + HOUR)

    assert (again.state, again.cursor, again.id, again.token) == (SubscriptionState.CONFIRMED, 1, 1, added.token)


def test_leaving_cancels_the_mail_that_waits_and_no_other(store: Store) -> None:
    reader = store.add_subscriber(confirmed(), NOW)
    mails = [
        delivery(1, subscriber_id=1),
        delivery(2, subscriber_id=1, kind="confirmation"),
        delivery(3, recipient="toinen@example.org"),
        delivery(4, kind="operator"),
    ]
    store.enqueue(mails, now=NOW)

    store.unsubscribe(reader.token, NOW)

    states = [(mail.state, mail.last_error, bool(mail.mime)) for mail in store.outbox()]
    assert states[:2] == [(DeliveryState.FAILED, "unsubscribed", False)] * 2
    assert states[2:] == [(DeliveryState.QUEUED, None, True)] * 2
    assert [mail.id for mail in store.claim(NOW, 9, LEASE)] == [3, 4]
    assert not store.release(1, NOW)


def test_leaving_stops_mail_that_is_about_to_go_and_admits_what_has_gone(store: Store) -> None:
    reader = store.add_subscriber(confirmed(), NOW)
    store.enqueue([delivery(1), delivery(2)], now=NOW)
    store.claim(NOW, 9, LEASE)
    assert store.mark_data(2, NOW)

    store.unsubscribe(reader.token, NOW)

    assert not store.mark_data(1, NOW)
    assert not store.reschedule(2, NOW + HOUR, "4xx")
    assert store.finish(2, NOW)
    assert [mail.state for mail in store.outbox()] == [DeliveryState.FAILED, DeliveryState.SENT]
    assert store.claim(NOW + 9 * HOUR, 9, LEASE) == ()


def test_a_digest_for_who_left_meanwhile_is_not_queued(store: Store) -> None:
    left, removed, stays = (store.add_subscriber(confirmed(f"{name}@example.org"), NOW) for name in ("a", "b", "c"))
    store.unsubscribe(left.token, NOW)
    store.remove_subscriber("b@example.org", NOW)
    mails = [
        delivery(number, recipient=reader.email, subscriber_id=reader.id)
        for number, reader in enumerate((left, removed, stays), 1)
    ]

    ids = store.enqueue(mails, runs=[(number, "p") for number in (1, 2, 3)], cursors={1: 5, 2: 5, 3: 5}, now=NOW)

    assert len(ids) == 1
    assert [mail.recipient for mail in store.outbox()] == ["c@example.org"]
    assert store.digest_runs(3) == {"p"}
    assert store.digest_runs(2) == frozenset()


def test_a_removed_reader_is_gone_and_gets_no_more_mail(store: Store) -> None:
    store.add_subscriber(confirmed(), NOW)
    store.enqueue([delivery(1, subscriber_id=1)], runs=[(1, "p")], now=NOW)

    assert store.remove_subscriber("LUKIJA@example.org", NOW)

    assert store.subscribers() == ()
    assert store.claim(NOW, 9, LEASE) == ()
    assert store.digest_runs(1) == frozenset()
    assert not store.remove_subscriber("lukija@example.org", NOW)
    assert store.add_subscriber(confirmed(), NOW).id == 2  # a number is never given twice


def test_an_erased_address_is_nowhere_in_the_files(path: Path, store: Store) -> None:
    """Among many others, with rows that moved, grew, shrank and were deleted before."""
    for number in range(150):
        email = f"lukija{number:03}@example.org"
        for words in ((), ("sana" * (number % 40),)):
            store.add_subscriber(Subscriber(email=email, words=words), NOW)
        reader = store.add_subscriber(confirmed(email), NOW)
        mails = [
            delivery(
                day,
                recipient=email,
                subscriber_id=reader.id,
                message_id=f"<{number}.{day}@x>",
                mime=f"To: {email}\r\n".encode() * (number * 7 % 300 + 1),
            )
            for day in (1, 2)
        ]
        store.enqueue(mails, runs=[(reader.id or 0, "p")], now=NOW)
        if number % 3 == 0:
            store.unsubscribe(email, NOW)
    store.claim(NOW, 300, LEASE)

    def found(email: str) -> list[str]:
        return [file.name for file in path.parent.iterdir() if email.encode() in file.read_bytes()]

    assert found("lukija077@example.org")
    for number in (0, 1, 77, 78, 149):
        assert store.erase_subscriber(f"Lukija{number:03}@example.org")
        assert found(f"lukija{number:03}@example.org") == []

    assert store.subscriber("lukija077@example.org") is None
    assert len(store.subscribers()) == 145
    assert not store.erase_subscriber("lukija077@example.org")
    assert store.integrity() == []


def test_erasing_says_so_when_a_reader_of_the_database_is_in_the_way(path: Path, url: str) -> None:
    with Store.open(url, now=NOW, wait=dt.timedelta(milliseconds=50)) as store:
        store.add_subscriber(confirmed(), NOW)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM subscribers").fetchall()
            with pytest.raises(Locked, match="reader keeps"):
                store.erase_subscriber("lukija@example.org")
            other.execute("COMMIT")

        assert store.subscribers() == ()
        store.erase_subscriber("lukija@example.org")
    assert all(b"lukija@example.org" not in file.read_bytes() for file in path.parent.iterdir())
