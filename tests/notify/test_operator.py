"""What the operator hears: once each, with what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aluevahti.mail import SmtpMailer
from aluevahti.model import ChangeKind, DeliveryState, Language
from aluevahti.notify import Settings, deliver, queue_digests
from aluevahti.storage import Store
from notifying import Clock, find, mails, parsed, settings_for, subscribe, text_of
from smtpserver import Act, SmtpServer

OPERATOR = "yllapito@example.org"


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-03-02T12:00")


def trouble(store: Store, clock: Clock, kind: ChangeKind, state: str, source: str = "a", **given: Any) -> None:
    find(
        store,
        source,
        clock(),
        kind=kind,
        source=source,
        relevant=False,
        themes=(),
        before={"state": "ok", "error": None},
        after={"state": state, "error": given.pop("error", None)},
        **given,
    )


def failing(store: Store, clock: Clock, source: str = "a") -> None:
    trouble(store, clock, ChangeKind.SOURCE_FAILING, "failing", source, error="HTTP 503")


def told(store: Store) -> list[str]:
    """The subjects and texts of all mails to the operator."""
    sent = [parsed(one.mime) for one in store.outbox() if one.kind == "operator"]
    return [f"{mail['Subject']}\n{text_of(mail)}" for mail in sent]


def test_each_state_is_told_once(store: Store, settings: Settings, clock: Clock) -> None:
    failing(store, clock)
    assert queue_digests(store, settings, clock()).operator
    assert not queue_digests(store, settings, clock()).operator
    trouble(store, clock, ChangeKind.SOURCE_RECOVERED, "ok")
    assert queue_digests(store, settings, clock()).operator
    assert not queue_digests(store, settings, clock()).operator

    first, second = told(store)
    assert "1 lähde kaipaa huomiota" in first
    assert "HTTP 503" in first
    assert "aluevahti sources test a" in first
    assert "1 lähde toimii taas" in second


def test_one_pass_is_one_mail(store: Store, settings: Settings, clock: Clock) -> None:
    for name in ("a", "b", "c"):
        failing(store, clock, name)
    trouble(store, clock, ChangeKind.SOURCE_SILENT, "silent", "d")
    trouble(store, clock, ChangeKind.SOURCE_FAILING, "forbidden", "e", error="robots.txt")
    queue_digests(store, settings, clock())

    (mail,) = told(store)
    assert "5 lähdettä kaipaa huomiota" in mail
    assert "[Vastaa, mutta asiakirjat puuttuvat]" in mail
    assert "[Automaattinen lukeminen kielletty]" in mail
    assert "permission:" in mail


def test_nothing_else_is_told(store: Store, settings: Settings, clock: Clock) -> None:
    find(store, "Uusi asiakirja", clock())
    find(store, "Haku", clock(), kind=ChangeKind.WINDOW_OPENED)

    assert not queue_digests(store, settings, clock()).operator
    assert told(store) == []


def test_trouble_with_sources_makes_no_digest_even_for_readers_of_everything(
    store: Store, settings: Settings, clock: Clock
) -> None:
    subscribe(store, "a@example.org", all_documents=True)
    failing(store, clock)
    clock.wait(days=1)
    queue_digests(store, settings, clock())

    assert [one.kind for one in store.outbox()] == ["operator"]


def test_the_operator_is_told_in_the_language_that_is_set(store: Store, clock: Clock) -> None:
    failing(store, clock)
    queue_digests(store, settings_for(operator_lang=Language.SV), clock())

    assert "1 källa behöver ses över" in told(store)[0]


def test_a_mail_that_was_refused_for_good_is_told_once(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    server.refused["a@example.org"] = "550 5.1.1 no such user"

    for _ in range(3):
        deliver(store, mailer, clock)
        queue_digests(store, settings, clock())
    deliver(store, mailer, clock)

    (mail,) = mails(server, OPERATOR)
    assert "a@example.org: recipient: 550 5.1.1 no such user" in text_of(mail)
    assert "aluevahti subscribers show a@example.org" in text_of(mail)


def test_a_mail_that_failed_again_after_a_person_released_it_is_told_again(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    server.refused["a@example.org"] = "550 5.1.1 no such user"
    deliver(store, mailer, clock)
    queue_digests(store, settings, clock())
    (row,) = store.outbox(DeliveryState.FAILED)
    store.release(row.id, clock())
    queue_digests(store, settings, clock())
    deliver(store, mailer, clock)
    queue_digests(store, settings, clock())

    assert len(told(store)) == 2


def test_a_mail_in_doubt_is_told(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    server.script("dot", Act.KEEP_AND_DROP, Act.KEEP_AND_DROP)
    deliver(store, mailer, clock)
    clock.wait(hours=1)
    deliver(store, mailer, clock)
    queue_digests(store, settings, clock())
    deliver(store, mailer, clock)

    (mail,) = mails(server, OPERATOR)
    assert "perillemeno on epäselvä" in text_of(mail)


def test_a_reader_who_left_is_no_failure(store: Store, settings: Settings, clock: Clock) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    store.unsubscribe("a@example.org", clock())
    store.set_meta("operator.look", "something else happened")

    assert not queue_digests(store, settings, clock()).operator


def test_a_server_that_refuses_us_is_told_once_and_arrives_when_it_is_mended(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    server.always("mail", "550 5.7.26 unauthenticated")
    for _ in range(8):
        deliver(store, mailer, clock)
        queue_digests(store, settings, clock())
        clock.wait(minutes=30)
    server.always("mail", None)
    clock.wait(hours=3)
    deliver(store, mailer, clock)

    (mail,) = mails(server, OPERATOR)
    assert "sähköpostin lähetys kaipaa huomiota" in mail["Subject"]
    assert "550 5.7.26 unauthenticated" in text_of(mail)
    assert len(mails(server, "a@example.org")) == 1


def test_a_server_that_is_only_away_is_not_told_by_mail(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    server.script("greeting", Act.DROP)

    assert deliver(store, mailer, clock).paused
    assert not queue_digests(store, settings, clock()).operator


def test_a_mail_to_the_operator_that_fails_makes_no_further_mail(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    failing(store, clock)
    queue_digests(store, settings, clock())
    server.refused[OPERATOR] = "550 5.1.1 no such user"
    for _ in range(3):
        deliver(store, mailer, clock)
        queue_digests(store, settings, clock())
        clock.wait(hours=1)

    assert [one.kind for one in store.outbox()] == ["operator"]


def test_a_mail_that_a_dead_sender_left_in_doubt_twice_is_told(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    subscribe(store, "a@example.org")
    find(store, "Uusi", clock())
    clock.wait(days=1)
    queue_digests(store, settings, clock())
    for _ in range(2):  # what a sender leaves behind that is killed over the body
        (claimed,) = store.claim(clock(), 1, dt.timedelta(0))
        store.mark_data(claimed.id, clock())
    deliver(store, mailer, clock)
    queue_digests(store, settings, clock())

    assert store.outbox(DeliveryState.HELD)
    assert "perillemeno on epäselvä" in told(store)[0]
