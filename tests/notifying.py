"""What the tests of the mail pipeline share: readers, findings, clocks, and the mails that arrived."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

from aluevahti.model import (
    Change,
    ChangeKind,
    Source,
    SourceHealth,
    SourceState,
    Subscriber,
    SubscriptionState,
)
from aluevahti.notify import Settings
from aluevahti.render.links import Links
from aluevahti.rules.rhythm import Schedule
from aluevahti.storage import Store
from outcomes import change, outcome
from smtpserver import SmtpServer

HELSINKI = ZoneInfo("Europe/Helsinki")
START = dt.datetime(2026, 2, 2, 6, 0, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    """A moment by Helsinki's clock."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(dt.UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self, text: str) -> None:
        self.now = at(text)

    def __call__(self) -> dt.datetime:
        return self.now

    def set(self, text: str) -> None:
        self.now = at(text)

    def wait(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def settings_for(**given: Any) -> Settings:
    values: dict[str, Any] = {
        "sender": "Aluevahti <vahti@example.org>",
        "contact": "seuranta@example.org",
        "operator": "yllapito@example.org",
        "links": Links("https://seuranta.example.org"),
        "schedule": Schedule(zone=HELSINKI),
        "sources": (Source(id="a", region="lappi", platform="page", url="https://a.example/list"),),
    }
    return Settings(**(values | given))


def subscribe(store: Store, email: str, when: dt.datetime = START, **wishes: Any) -> Subscriber:
    """A confirmed reader."""
    return store.add_subscriber(Subscriber(email=email, state=SubscriptionState.CONFIRMED, **wishes), when)


def find(store: Store, title: str, when: dt.datetime, **given: Any) -> Change:
    """One check that found one new document, or whatever `given` says."""
    one = change(given.pop("kind", ChangeKind.DOCUMENT_NEW), title=title, detected_at=when, **given)
    health = SourceHealth(state=SourceState.OK, last_success_at=when, next_poll_at=when + dt.timedelta(hours=1))
    (stored,) = store.record_poll(
        outcome(started_at=when, finished_at=when, health=health, region=one.region, changes=(one,))
    )
    return stored


def mails(server: SmtpServer, recipient: str) -> list[EmailMessage]:
    """The mails that arrived for somebody, in order, repeats included."""
    return [parsed(body) for body in server.bodies_for(recipient)]


def parsed(mime: bytes) -> EmailMessage:
    read = BytesParser(policy=default).parsebytes(mime)
    assert isinstance(read, EmailMessage)
    return read


def text_of(mail: EmailMessage) -> str:
    """A mail's text part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
