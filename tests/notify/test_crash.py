"""Killed at any moment: nothing is lost, and a kill costs one identical repeat at most.

`KILLS=100 pytest tests/notify/test_crash.py -s` kills as often and prints the figures.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aluevahti.mail import SmtpMailer
from aluevahti.model import DeliveryState, Rhythm
from aluevahti.notify import Settings, deliver, queue_digests
from aluevahti.storage import Store
from notifying import Clock, find, parsed, subscribe, text_of
from smtpserver import Received, SmtpServer

KILLS = int(os.environ.get("KILLS", "8"))
READERS = [f"lukija{number}@example.org" for number in range(12)]
TESTS = Path(__file__).parent.parent


@contextmanager
def sender(path: Path, server: SmtpServer, clock: Clock) -> Iterator[subprocess.Popen[str]]:
    """A sender at work, killed at the end."""
    command = [
        sys.executable,
        str(TESTS / "notifychild.py"),
        f"sqlite:///{path}",
        str(server.port),
        clock().isoformat(),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(TESTS)}
    ) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
        try:
            yield one
        finally:
            one.kill()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_sender_killed_at_any_moment_loses_nothing_and_repeats_at_most_once_a_kill(
    path: Path, settings: Settings, server: SmtpServer, mailer: SmtpMailer
) -> None:
    chance = secrets.SystemRandom()
    server.on_message = lambda _message: time.sleep(chance.uniform(0, 0.02))  # so that kills fall into the wait
    clock = Clock("2026-03-02T08:00")
    titles = [f"Havainto {number}." for number in range(KILLS)]
    with Store.open(f"sqlite:///{path}", now=clock()) as store:
        for email in READERS:
            subscribe(store, email, clock(), rhythm=Rhythm.INSTANT)
        for title in titles:
            find(store, title, clock(), url=f"https://a.example/{title}")
            with sender(path, server, clock):
                time.sleep(chance.uniform(0, 0.6))
            clock.wait(minutes=1)
        queue_digests(store, settings, clock())
        deliver(store, mailer, clock)
        held = store.outbox(DeliveryState.HELD)
        assert store.integrity() == []
        left = [one.recipient for one in store.outbox() if one.state not in {DeliveryState.SENT, DeliveryState.HELD}]

    copies = Counter(message.data for message in server.messages)
    repeats = sum(copies.values()) - len(copies)
    print(f"\n{KILLS} kills: {len(copies)} mails, {repeats} repeated, {len(held)} held, 0 lost")
    assert left == []
    assert repeats <= KILLS
    assert len({parsed(body)["Message-ID"] for body in copies}) == len(copies)
    for email in READERS:
        told = told_to(email, server.messages, [one.mime for one in held if one.recipient == email])
        assert [told.count(title) for title in titles] == [1] * len(titles)


def told_to(email: str, arrived: list[Received], held: list[bytes]) -> str:
    """All that a reader was told, repeats left out; a mail that is held for a person is not lost."""
    bodies = {message.data for message in arrived if email in message.recipients} | set(held)
    return "\n".join(text_of(parsed(body)) for body in bodies)
