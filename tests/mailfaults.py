"""What a mail server may do to a mail, and what must come of it: nothing lost, at most one identical repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aluevahti.mail import SmtpMailer, Timeouts
from aluevahti.model import Change, DeliveryState, Rhythm
from aluevahti.notify import deliver, queue_digests
from aluevahti.storage import Store
from notifying import find, settings_for, subscribe
from smtpserver import Act, SmtpServer

READER = "lukija@example.org"
OTHER = "toinen@example.org"
START = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)
LATER = dt.timedelta(hours=4)
"""Longer than any pause and any wait after a first refusal."""

HASTE = Timeouts(connect=0.4, command=0.4, final=0.4)

Script = Callable[[SmtpServer], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One fault.

    Attributes:
        script: makes the server misbehave, the first time it is used.
        first: what is known of the reader's mail after the first try.
        last: what it has come to once the server is well again and time has passed.
        copies: how many copies the server took in all.
        waits: whether all mail waits meanwhile, the other reader's as well.
    """

    script: Script
    first: str
    last: str = "sent"
    copies: int = 1
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. `other`: of the other reader's mail, in the end; `told`: whether the operator hears of it."""

    first: str
    last: str
    copies: int
    identical: bool
    other: str
    told: bool
    waits: bool


def says(stage: str, *steps: str | Act) -> Script:
    """The server answers so at the next times that the stage is reached."""
    return lambda server: server.script(stage, *steps)


def refuses(reply: str) -> Script:
    """The server refuses this reader, every time."""

    def script(server: SmtpServer) -> None:
        server.refused[READER] = reply

    return script


TWICE = says("dot", Act.KEEP_AND_DROP, "250 2.0.0 kept", Act.KEEP_AND_DROP)
"""The one in the middle is the other reader's mail."""

CASES: dict[str, Case] = {
    "421 instead of a greeting": Case(says("greeting", "421 4.3.2 closing"), "queued", waits=True),
    "554 instead of a greeting": Case(says("greeting", "554 5.7.1 go away"), "queued", waits=True),
    "no greeting at all": Case(says("greeting", Act.HANG), "queued", waits=True),
    "the line is cut at the greeting": Case(says("greeting", Act.DROP), "queued", waits=True),
    "421 at EHLO": Case(says("ehlo", "421 4.3.2 closing"), "queued", waits=True),
    "451 at MAIL": Case(says("mail", "451 4.3.0 later"), "queued"),
    "550 at MAIL": Case(says("mail", "550 5.1.8 sender refused"), "queued", waits=True),
    "451 at RCPT (greylisting)": Case(says("rcpt", "451 4.2.1 later"), "queued"),
    "450 mailbox busy": Case(says("rcpt", "450 4.2.0 busy"), "queued"),
    "550 no such user": Case(refuses("550 5.1.1 no such user"), "failed", last="failed", copies=0),
    "550 policy at RCPT": Case(says("rcpt", "550 5.7.1 policy"), "queued", waits=True),
    "the line is cut at RCPT": Case(says("rcpt", Act.DROP), "queued"),
    "451 at DATA": Case(says("data", "451 4.3.0 later"), "queued"),
    "the line is cut at DATA": Case(says("data", Act.DROP), "queued"),
    "the line is cut within the message": Case(says("body", Act.DROP), "queued"),
    "451 after the message": Case(says("dot", "451 4.3.0 later"), "queued"),
    "452 disk full after the message": Case(says("dot", "452 4.3.1 full"), "queued"),
    "552 too large after the message": Case(says("dot", "552 5.3.4 too large"), "failed", last="failed", copies=0),
    "cut after the message, not kept": Case(says("dot", Act.DROP), "queued"),
    "cut after the message, kept": Case(says("dot", Act.KEEP_AND_DROP), "queued", copies=2),
    "silence after the message, kept": Case(says("dot", Act.KEEP_AND_HANG), "queued", copies=2),
    "silence after the message, not kept": Case(says("dot", Act.HANG), "queued"),
    "kept and cut, twice": Case(TWICE, "queued", last="held", copies=2),
}
"""By name: what the server does."""


def tried(case: Case, folder: Path) -> Result:
    """Let the server misbehave on the reader's mail, then be well; another reader's mail waits behind it."""
    with SmtpServer() as server, Store.open(f"sqlite:///{folder / 'mail.db'}", now=START) as store:
        for address in (READER, OTHER):
            subscribe(store, address, START, rhythm=Rhythm.INSTANT)
        found(store)
        queue_digests(store, settings_for(), START)
        case.script(server)
        report = deliver(store, mailer(server), lambda: START)
        first = state_of(store, READER)
        for number in (1, 2, 3):
            deliver(store, mailer(server), lambda number=number: START + number * LATER)  # type: ignore[misc]
        queue_digests(store, settings_for(), START + 4 * LATER)
        told = any(one.kind == "operator" for one in store.outbox(bodies=False))
        copies = server.bodies_for(READER)
        return Result(
            first=first,
            last=state_of(store, READER),
            copies=len(copies),
            identical=len(set(copies)) <= 1,
            other=state_of(store, OTHER),
            told=told,
            waits=report.paused is not None,
        )


def found(store: Store) -> Change:
    """One finding that both readers are to be told."""
    return find(store, "Havainto", START)


def mailer(server: SmtpServer) -> SmtpMailer:
    """A way to the server, in more haste than a service would be."""
    return SmtpMailer(
        host="127.0.0.1",
        port=server.port,
        sender="Vahti <vahti@example.org>",
        timeouts=HASTE,
        local_hostname="vahti.example.org",
    )


def state_of(store: Store, recipient: str) -> str:
    """What a reader's digest has come to."""
    (one,) = [one for one in store.outbox(bodies=False) if one.recipient == recipient and one.kind == "digest"]
    return DeliveryState(one.state).value


def kept(case: Case, result: Result) -> list[str]:
    """The promises that a result breaks, in words."""
    broken = []
    if result.last not in {"sent", "held", "failed"}:
        broken.append(f"the mail is {result.last} in the end")
    if result.last in {"held", "failed"} and not result.told:
        broken.append("the operator was not told")
    if result.copies > 2 or not result.identical:
        broken.append(f"{result.copies} copies, identical: {result.identical}")
    if result.other != "sent":
        broken.append(f"another reader's mail is {result.other}")
    expected = (case.first, case.last, case.copies, case.waits)
    if (result.first, result.last, result.copies, result.waits) != expected:
        broken.append(f"expected {expected}, got {(result.first, result.last, result.copies, result.waits)}")
    return broken
