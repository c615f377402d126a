"""Mail over a real conversation: nothing lost, nothing twice that need not be, nobody punished for us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from aluevahti.errors import Locked, StorageError
from aluevahti.mail import FolderMailer, SmtpMailer
from aluevahti.model import Delivery, DeliveryState, NewDelivery, Rhythm
from aluevahti.notify import DeliveryReport, Settings, deliver, queue_digests
from aluevahti.notify.pauses import read_pause
from aluevahti.rules.delivery import Step
from aluevahti.storage import Store
from notifying import Clock, find, mails, parsed, subscribe, text_of
from smtpserver import Act, SmtpServer

READER = "lukija@example.org"
OTHER = "toinen@example.org"


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-03-02T08:00")


@pytest.fixture
def queued(store: Store, settings: Settings, clock: Clock) -> Store:
    """Two readers with a digest each in the outbox."""
    for email in (READER, OTHER):
        subscribe(store, email)
    find(store, "Haku auki", clock())
    queue_digests(store, settings, clock())
    return store


def by_state(store: Store) -> dict[str, DeliveryState]:
    return {one.recipient: one.state for one in store.outbox()}


def run(store: Store, mailer: SmtpMailer, clock: Clock, hours: float) -> list[DeliveryReport]:
    """A service that looks every quarter of an hour."""
    reports = []
    for _ in range(round(hours * 4)):
        reports.append(deliver(store, mailer, clock))
        clock.wait(minutes=15)
    return reports


# --- when all goes well ---


def test_every_reader_gets_the_digest_once(queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock) -> None:
    report = deliver(queued, mailer, clock)
    again = deliver(queued, mailer, clock)

    assert (report.sent, report.is_clean, again.sent) == (2, True, 0)
    for email in (READER, OTHER):
        (mail,) = mails(server, email)
        assert "Haku auki" in text_of(mail)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert server.connections == 1
    assert set(by_state(queued).values()) == {DeliveryState.SENT}
    assert [one.sent_at for one in queued.outbox()] == [clock(), clock()]


def test_what_is_in_the_outbox_is_what_arrives(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    deliver(queued, mailer, clock)

    assert sorted(message.data for message in server.messages) == sorted(one.mime for one in queued.outbox())


def test_a_folder_takes_mail_as_a_server_does(queued: Store, tmp_path: Path, clock: Clock) -> None:
    report = deliver(queued, FolderMailer(tmp_path / "posti"), clock)

    assert report.sent == 2
    assert len(list((tmp_path / "posti").glob("*.eml"))) == 2


# --- every way to fail, and what comes of it within a day ---

TEMPORARY = ["mail", "rcpt", "data", "dot"]


@pytest.mark.parametrize("stage", TEMPORARY)
def test_a_mail_refused_for_now_goes_out_within_the_hour_and_once(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock, stage: str
) -> None:
    server.script(stage, "451 4.3.0 try later")
    first = deliver(queued, mailer, clock)
    reports = run(queued, mailer, clock, 2)

    assert (first.sent, first.deferred) == (1, 1)
    (trouble,) = first.troubles
    assert (trouble.step, trouble.next_try_at) == (Step.RETRY, clock() - dt.timedelta(hours=1.5))
    assert "451" in trouble.reason
    assert sum(report.sent for report in reports) == 1
    assert [len(mails(server, email)) for email in (READER, OTHER)] == [1, 1]


@pytest.mark.parametrize("stage", ["greeting", "ehlo"])
def test_a_server_that_does_not_answer_is_asked_again_soon_and_nobody_is_punished(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock, stage: str
) -> None:
    server.script(stage, *([Act.DROP] * 5))
    waits = []
    while deliver(queued, mailer, clock).paused:
        pause = read_pause(queued)
        assert pause is not None
        waits.append((pause.until - clock()) / dt.timedelta(minutes=1))
        clock.now = pause.until

    assert waits == [1, 2, 5, 15, 15]
    assert [len(mails(server, email)) for email in (READER, OTHER)] == [1, 1]
    assert read_pause(queued) is None


def test_a_server_that_is_down_for_a_week_loses_nothing(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.always("greeting", "421 4.3.2 down")
    clock_end = clock() + dt.timedelta(days=7)
    while clock() < clock_end:
        deliver(queued, mailer, clock)
        clock.wait(hours=3)
    server.always("greeting", None)
    deliver(queued, mailer, clock)

    assert [len(mails(server, email)) for email in (READER, OTHER)] == [1, 1]


def test_a_person_may_try_in_spite_of_a_pause(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.script("greeting", Act.DROP)
    assert deliver(queued, mailer, clock).paused

    assert deliver(queued, mailer, clock).paused
    clock.wait(seconds=61)
    server.script("greeting", Act.DROP)
    assert deliver(queued, mailer, clock).paused
    clock.wait(seconds=61)
    assert deliver(queued, mailer, clock, despite_pause=True).sent == 2


def test_a_wrong_address_is_given_up_and_the_others_are_served(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.refused[READER] = "550 5.1.1 no such user"

    report = deliver(queued, mailer, clock)
    run(queued, mailer, clock, 12)

    assert (report.sent, report.failed, report.paused) == (1, 1, None)
    assert by_state(queued) == {READER: DeliveryState.FAILED, OTHER: DeliveryState.SENT}
    assert len(mails(server, OTHER)) == 1


def test_a_mail_deferred_for_five_days_is_given_up(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.refused[READER] = "450 4.2.2 over quota"

    reports = run(queued, mailer, clock, 24 * 6)

    assert sum(report.failed for report in reports) == 1
    assert by_state(queued)[READER] is DeliveryState.FAILED
    tries = sum(command.upper().startswith(f"RCPT TO:<{READER.upper()}") for command in server.commands)
    assert 38 <= tries <= 48


@pytest.mark.parametrize("act", [Act.KEEP_AND_DROP, Act.KEEP_AND_HANG, Act.DROP, Act.HANG])
def test_a_line_that_breaks_after_the_message_brings_one_identical_repeat(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock, act: Act
) -> None:
    server.script("dot", act)
    run(queued, mailer, clock, 4)

    kept = act in {Act.KEEP_AND_DROP, Act.KEEP_AND_HANG}
    bodies = server.bodies_for(READER)
    assert len(bodies) == (2 if kept else 1)
    assert len(set(bodies)) == 1
    assert len({mail["Message-ID"] for mail in mails(server, READER)}) == 1
    assert len(mails(server, OTHER)) == 1


def test_a_line_that_always_breaks_after_the_message_makes_two_copies_and_a_question(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.always("dot", Act.KEEP_AND_DROP)

    reports = run(queued, mailer, clock, 24)

    assert sum(report.held for report in reports) == 2
    assert set(by_state(queued).values()) == {DeliveryState.HELD}
    for email in (READER, OTHER):
        bodies = server.bodies_for(email)
        assert (len(bodies), len(set(bodies))) == (2, 1)


@pytest.mark.parametrize(
    ("stage", "reply"),
    [("mail", "550 5.1.8 sender rejected"), ("rcpt", "554 5.7.1 relay access denied"), ("greeting", "554 no")],
)
def test_a_refusal_of_the_sender_stops_all_mail_until_it_is_mended(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock, stage: str, reply: str
) -> None:
    server.always(stage, reply)
    first = deliver(queued, mailer, clock)
    seen = len(server.commands), server.connections
    second = deliver(queued, mailer, clock)

    assert (first.sent, first.failed, first.deferred) == (0, 0, 1)
    assert first.paused is not None
    assert reply[:3] in first.paused
    assert second.paused == first.paused
    assert (len(server.commands), server.connections) == seen  # nobody is bothered meanwhile
    run(queued, mailer, clock, 24 * 6)  # longer than a mail would live that a recipient's server defers
    server.always(stage, None)
    run(queued, mailer, clock, 4)
    assert [len(mails(server, email)) for email in (READER, OTHER)] == [1, 1]


def test_one_mail_that_the_server_calls_policy_does_not_stop_the_others(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.refused[READER] = "550 5.7.1 your mail is not wanted here"

    reports = run(queued, mailer, clock, 24)

    assert len(mails(server, OTHER)) == 1
    assert by_state(queued)[READER] is DeliveryState.QUEUED
    assert sum(report.sent for report in reports) == 1


# --- readers who leave, mailers that crash, stores that fail ---


def test_a_reader_who_leaves_while_a_mail_is_under_way_gets_no_more(
    queued: Store, tmp_path: Path, clock: Clock
) -> None:
    class Leaving(FolderMailer):
        def send(self, delivery: Delivery, *, on_data: Callable[[], None]) -> None:
            if delivery.recipient == READER:
                queued.unsubscribe(READER, clock())
            super().send(delivery, on_data=on_data)

    report = deliver(queued, Leaving(tmp_path / "posti"), clock)

    assert report.sent == 1
    assert [OTHER in path.name for path in (tmp_path / "posti").iterdir()] == [True]
    assert by_state(queued)[READER] is DeliveryState.FAILED


@pytest.mark.parametrize("marked", [False, True])
def test_a_mailer_that_crashes_over_one_mail_still_delivers_the_others(
    queued: Store, tmp_path: Path, clock: Clock, marked: bool
) -> None:
    class Crashing(FolderMailer):
        def send(self, delivery: Delivery, *, on_data: Callable[[], None]) -> None:
            if delivery.recipient == READER:
                if marked:
                    on_data()
                raise ZeroDivisionError
            super().send(delivery, on_data=on_data)

    report = deliver(queued, Crashing(tmp_path / "posti"), clock)

    assert (report.sent, report.deferred) == (1, 1)
    assert "ZeroDivisionError" in report.troubles[0].reason
    (row,) = [one for one in queued.outbox() if one.recipient == READER]
    assert (row.state, row.ambiguous) == (DeliveryState.QUEUED, int(marked))


def test_a_mark_that_cannot_be_stored_sends_nothing(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    class Failing(Store):
        def mark_data(self, delivery_id: int, now: dt.datetime) -> bool:
            raise StorageError("the disk is full")

    assert queued.path is not None
    with Failing.open(f"sqlite:///{queued.path}", now=clock()) as failing, pytest.raises(StorageError):
        deliver(failing, mailer, clock)

    assert server.messages == []
    assert deliver(queued, mailer, clock).sent == 2
    assert [len(mails(server, email)) for email in (READER, OTHER)] == [1, 1]


def test_a_result_that_cannot_be_stored_brings_one_identical_repeat(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    class Failing(Store):
        def finish(self, delivery_id: int, now: dt.datetime) -> bool:
            raise StorageError("the disk is full")

    assert queued.path is not None
    with Failing.open(f"sqlite:///{queued.path}", now=clock()) as failing, pytest.raises(StorageError):
        deliver(failing, mailer, clock)
    deliver(queued, mailer, clock)

    assert sorted(len(server.bodies_for(email)) for email in (READER, OTHER)) == [1, 2]
    assert all(len(set(server.bodies_for(email))) == 1 for email in (READER, OTHER))


def test_two_senders_do_not_work_at_once(queued: Store, mailer: SmtpMailer, clock: Clock) -> None:
    with queued.exclusive("mail"), pytest.raises(Locked):
        deliver(queued, mailer, clock)

    assert deliver(queued, mailer, clock).sent == 2


def test_a_service_that_is_asked_to_stop_finishes_the_mail_in_hand(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    report = deliver(queued, mailer, clock, stopping=lambda: bool(server.messages))

    assert (report.sent, len(server.messages)) == (1, 1)
    assert server.commands[-1] == "QUIT"
    assert sorted(by_state(queued).values()) == [DeliveryState.QUEUED, DeliveryState.SENT]


def test_a_mail_held_or_given_up_goes_out_once_a_person_says_so(
    queued: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    server.refused[READER] = "550 5.1.1 no such user"
    deliver(queued, mailer, clock)
    server.refused.clear()
    (row,) = queued.outbox(DeliveryState.FAILED)

    assert queued.release(row.id, clock())
    deliver(queued, mailer, clock)

    assert len(mails(server, READER)) == 1


def test_mail_to_nobody_in_particular_is_refused_before_the_server_hears_of_it(
    store: Store, mailer: SmtpMailer, server: SmtpServer, clock: Clock
) -> None:
    bad = NewDelivery(
        kind="digest", period="x", recipient="a@b.fi, c@d.fi", message_id="<a@b>", mime=b"Subject: x\r\n\r\nx\r\n"
    )
    store.enqueue([bad], now=clock())

    assert deliver(store, mailer, clock).failed == 1
    assert server.commands == []


# --- a day in the life, with everything going wrong ---


TROUBLES: list[tuple[str, str | Act]] = [
    ("greeting", "421 4.3.2 busy"),
    ("mail", "451 4.3.0 later"),
    ("rcpt", Act.DROP),
    ("data", "451 4.3.0 later"),
    ("dot", "451 4.3.0 later"),
    ("dot", Act.KEEP_AND_DROP),
    ("dot", Act.DROP),
    ("body", Act.DROP),
]


def test_through_a_week_of_trouble_every_finding_is_told_once(
    store: Store, settings: Settings, mailer: SmtpMailer, server: SmtpServer
) -> None:
    clock = Clock("2026-03-02T00:00")
    readers = {
        "heti@example.org": Rhythm.INSTANT,
        "paivittain@example.org": Rhythm.DAILY,
        "viikoittain@example.org": Rhythm.WEEKLY,
    }
    for email, rhythm in readers.items():
        subscribe(store, email, clock(), rhythm=rhythm)
    found: list[str] = []
    for hour in range(24 * 9):
        if hour % 7 == 0 and hour < 24 * 7:
            found.append(f"Havainto {len(found)}.")
            find(store, found[-1], clock(), url=f"https://a.example/{hour}")
        if hour % 11 == 0:
            stage, act = TROUBLES[hour // 11 % len(TROUBLES)]
            server.script(stage, act)
        queue_digests(store, settings, clock())
        deliver(store, mailer, clock)
        clock.wait(hours=1)

    for email in readers:
        by_id: dict[str, set[bytes]] = {}
        for mail, body in zip(mails(server, email), server.bodies_for(email), strict=True):
            by_id.setdefault(mail["Message-ID"], set()).add(body)
        assert all(len(copies) == 1 for copies in by_id.values())  # a repeat is the same mail, byte for byte
        told = "\n".join(text_of(parsed(body)) for copies in by_id.values() for body in copies)
        assert [told.count(title) for title in found] == [1] * len(found)
    assert len({mail["Message-ID"] for mail in mails(server, "paivittain@example.org")}) == 8
