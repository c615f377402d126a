"""Which readers are due, and their digests into the outbox: mail, run and cursor in one transaction each."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from aluevahti.mail import compose_mime
from aluevahti.model import Message, NewDelivery, Rhythm, Subscriber, SubscriptionState
from aluevahti.notify.making import Desk, Made
from aluevahti.notify.operator import queue_operator_mail
from aluevahti.notify.settings import Settings
from aluevahti.render.messages import Renderer, confirmation_message, confirmation_view
from aluevahti.rules.rhythm import due_on, missed_since, next_digest_at, slot
from aluevahti.storage import Store

log = structlog.get_logger(__name__)

CONFIRM_WITHIN = dt.timedelta(hours=48)
"""How long the link in a confirmation mail is good."""


@dataclass(frozen=True, slots=True)
class Queued:
    """What one pass put into the outbox.

    Attributes:
        digests: how many readers get a mail.
        empty: how many readers were due without there being anything to tell.
        operator: whether the operator gets a mail.
        failed: readers whose digest could not be made, with the reason; their changes wait.
        complaints: what is wrong with the operator's own templates.
    """

    digests: int = 0
    empty: int = 0
    operator: bool = False
    failed: tuple[tuple[str, str], ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def mails(self) -> int:
        """How many mails were queued."""
        return self.digests + self.operator

    def __bool__(self) -> bool:
        """Whether anything happened that is worth a line."""
        return bool(self.mails or self.failed)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reader would be sent now; `made` is None where there is nothing to tell."""

    subscriber: Subscriber
    made: Made | None


@dataclass(frozen=True, slots=True)
class _Due:
    """A reader whose digest is to be made: the period it is known by, and the last one where some were left out."""

    subscriber: Subscriber
    period: str
    run: bool  # whether the period is a run to be recorded also where it is empty
    late_since: dt.date | None = None


def queue_digests(store: Store, settings: Settings, now: dt.datetime) -> Queued:
    """Queue every digest that is due at `now` (aware), and what the operator should know.

    Each reader's mail, run and cursor are stored in one transaction: killed at any point, the next call
    goes on with the readers that are left. A digest with nothing to tell records its run and sends nothing.

    Raises:
        StorageError: the database failed.
    """
    renderer = Renderer(settings.templates)
    told = queue_operator_mail(store, settings, renderer, now)
    last = store.last_change_id()
    confirmed = [one for one in store.subscribers() if one.state is SubscriptionState.CONFIRMED]
    due = [*_instant(confirmed, last), *_by_the_clock(store, confirmed, settings, now)]
    digests, empty, failed = _queue(store, settings, renderer, due, last, now)
    if not failed:
        _remember_sweeps(store, confirmed, settings, now)
    for complaint in renderer.complaints:
        log.error("template.broken", complaint=complaint)
    return Queued(digests, empty, told, tuple(failed), tuple(renderer.complaints))


# --- who is due ----------------------------------------------------------------------------------


def _instant(subscribers: Iterable[Subscriber], last: int) -> Iterator[_Due]:
    for one in subscribers:
        if one.rhythm is Rhythm.INSTANT and one.cursor < last:
            yield _Due(one, str(last), run=False)


def _by_the_clock(
    store: Store, subscribers: Sequence[Subscriber], settings: Settings, now: dt.datetime
) -> Iterator[_Due]:
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        mark = _sweep(rhythm, subscribers, settings, now)
        if mark is None or store.meta(_sweep_key(rhythm)) == mark:
            continue  # nobody is due, or all of them were seen to
        for one in subscribers:
            if one.rhythm is rhythm and one.id is not None:
                runs = store.digest_runs(one.id)
                day = due_on(one, runs, now, settings.schedule)
                if day is not None:
                    yield _Due(one, day.isoformat(), run=True, late_since=missed_since(runs, day, rhythm))


def _sweep(rhythm: Rhythm, subscribers: Iterable[Subscriber], settings: Settings, now: dt.datetime) -> str | None:
    """What one sweep through the readers of a rhythm is known by: the date it is for, and who they were."""
    day = slot(rhythm, now, settings.schedule)
    ids = ",".join(str(one.id) for one in subscribers if one.rhythm is rhythm)
    return None if day is None or not ids else f"{day.isoformat()} {hashlib.sha256(ids.encode()).hexdigest()[:16]}"


def _sweep_key(rhythm: Rhythm) -> str:
    return f"digest.swept.{rhythm.value}"


def _remember_sweeps(store: Store, subscribers: Sequence[Subscriber], settings: Settings, now: dt.datetime) -> None:
    """So that a service that looks every few seconds need not ask for every reader's runs each time."""
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        mark = _sweep(rhythm, subscribers, settings, now)
        if mark is not None and store.meta(_sweep_key(rhythm)) != mark:
            store.set_meta(_sweep_key(rhythm), mark)


def next_digests(settings: Settings, now: dt.datetime) -> dict[Rhythm, dt.datetime | None]:
    """When the digests of each rhythm go out next, after `now`; None for instant ones."""
    return {rhythm: next_digest_at(rhythm, now, settings.schedule) for rhythm in Rhythm}


# --- into the outbox -----------------------------------------------------------------------------


def _queue(
    store: Store, settings: Settings, renderer: Renderer, due: Sequence[_Due], last: int, now: dt.datetime
) -> tuple[int, int, list[tuple[str, str]]]:
    if not due:
        return 0, 0, []
    desk = _desk(store, settings, renderer, [one.subscriber for one in due], last, now)
    empty: list[_Due] = []
    failed: list[tuple[str, str]] = []
    for one in due:
        try:
            if not _queue_one(desk, one):
                empty.append(one)
        except Exception as error:  # one reader's digest must not keep the others' back
            log.exception("digest.failed", subscriber_id=one.subscriber.id, period=one.period)
            failed.append((one.subscriber.email, f"{type(error).__name__}: {error}"))
    if empty:
        runs = [(one.subscriber.id, one.period) for one in empty if one.run and one.subscriber.id is not None]
        store.enqueue((), runs, {one.subscriber.id: last for one in empty if one.subscriber.id is not None}, now=now)
    return len(due) - len(empty) - len(failed), len(empty), failed


def _desk(
    store: Store,
    settings: Settings,
    renderer: Renderer,
    subscribers: Iterable[Subscriber],
    last: int,
    now: dt.datetime,
) -> Desk:
    first = min((one.cursor for one in subscribers), default=last)
    changes = tuple(change for change in store.changes(after_id=first) if (change.id or 0) <= last)
    return Desk(store, settings, renderer, now, changes, last)


def _queue_one(desk: Desk, due: _Due) -> bool:
    """Make and queue one digest; False: there is nothing to tell."""
    subscriber = due.subscriber
    assert subscriber.id is not None
    entries = desk.entries(subscriber)
    if not entries:
        return False
    made = desk.make(subscriber, entries, due.period, due.late_since)
    desk.store.enqueue(
        [_delivery("digest", due.period, made.message, made.mime, subscriber.id)],
        [(subscriber.id, due.period)] if due.run else (),
        {subscriber.id: desk.last},
        now=desk.now,
    )
    log.info("digest.queued", subscriber_id=subscriber.id, period=due.period, entries=made.entries)
    return True


def _delivery(kind: str, period: str, message: Message, mime: bytes, subscriber_id: int | None) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        period=period,
        recipient=message.recipient,
        message_id=message.message_id,
        mime=mime,
        subscriber_id=subscriber_id,
    )


# --- by hand -------------------------------------------------------------------------------------


def preview(store: Store, settings: Settings, now: dt.datetime, email: str | None = None) -> tuple[Preview, ...]:
    """What readers would be sent at `now`, due or not; nothing is queued or remembered.

    Args:
        store: the state.
        settings: the configuration.
        now: the moment (aware).
        email: only this reader, in whatever state; None: all confirmed ones.
    """
    readers = [one for one in store.subscribers() if _is_asked_for(one, email)]
    last = store.last_change_id()
    desk = _desk(store, settings, Renderer(settings.templates), readers, last, now)
    return tuple(_preview(desk, one) for one in readers)


def _is_asked_for(subscriber: Subscriber, email: str | None) -> bool:
    if email is not None:
        return subscriber.email.casefold() == email.casefold()
    return subscriber.state is SubscriptionState.CONFIRMED


def _preview(desk: Desk, subscriber: Subscriber) -> Preview:
    entries = desk.entries(subscriber)
    return Preview(subscriber, desk.make(subscriber, entries, "preview") if entries else None)


def queue_confirmation(store: Store, settings: Settings, subscriber: Subscriber, now: dt.datetime) -> None:
    """Queue the mail that asks the owner of an address to confirm; the link is good for `CONFIRM_WITHIN`.

    Args:
        store: the state.
        settings: the configuration.
        subscriber: as `Store.add_subscriber` returned it, with its confirming token.
        now: the moment (aware).

    Raises:
        ValueError: the reader has no confirming token, or no mail can be made for the address.
    """
    token = subscriber.confirm_token
    if not token:
        raise ValueError(f"{subscriber.email} has nothing to confirm")
    view = confirmation_view(
        subscriber,
        token,
        links=settings.links,
        contact=settings.contact,
        valid_until=now + CONFIRM_WITHIN,
        zone=settings.schedule.zone,
    )
    message = confirmation_message(
        view,
        subscriber,
        token,
        renderer=Renderer(settings.templates),
        domain=settings.domain,
        now=now.astimezone(settings.schedule.zone),
    )
    mime = compose_mime(message, sender=settings.sender)
    period = hashlib.sha256(token.encode()).hexdigest()[:16]
    store.enqueue([_delivery("confirmation", period, message, mime, subscriber.id)], now=now)
