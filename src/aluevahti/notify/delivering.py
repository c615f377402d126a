"""What the outbox holds, handed to the mail server: one mail at a time, marked before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import structlog

from aluevahti.errors import DeliveryError, StorageError
from aluevahti.mail import Mailer
from aluevahti.model import Delivery, DeliveryState
from aluevahti.notify.pauses import LOOK, begin_pause, end_pause, read_pause
from aluevahti.rules.delivery import Step, Verdict, after_failure
from aluevahti.storage import Store

log = structlog.get_logger(__name__)

SENDERS = "mail"
"""The name of the lock that the one sender of a database holds."""

NO_LEASE = dt.timedelta(0)
"""There is one sender at a time, and the kernel takes its lock away when it dies: a claim that is found
open belongs to a dead one, and is given up at once."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail that was not delivered, and what follows."""

    delivery: Delivery
    step: Step
    reason: str
    next_try_at: dt.datetime | None = None


@dataclass(slots=True)
class DeliveryReport:
    """What one pass over the outbox came to.

    Attributes:
        sent: how many mails the server took.
        deferred: how many will be tried again.
        failed: how many were given up.
        held: how many wait for a person, because they may have arrived.
        paused: why all mail waits; None: it does not.
        troubles: each mail that was not delivered.
    """

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    held: int = 0
    paused: str | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether everything that was tried went out."""
        return not self.troubles and self.paused is None


class _Outcome(StrEnum):
    SENT = "sent"
    PASSED_OVER = "passed over"
    TROUBLE = "trouble"
    STOP = "stop"


class _NoLongerOursError(Exception):
    """The mail was withdrawn between claim and mark: its reader has left."""


def deliver(
    store: Store,
    mailer: Mailer,
    clock: Callable[[], dt.datetime],
    *,
    stopping: Callable[[], bool] = lambda: False,
    despite_pause: bool = False,
    wait: dt.timedelta = dt.timedelta(0),
) -> DeliveryReport:
    """Send all mail that is due, one after the other, until none is left, the server fails, or `stopping`.

    Args:
        store: the outbox.
        mailer: how mail is handed over; its connection is closed at the end.
        clock: the time, aware.
        stopping: asked before each mail; the one under way is finished.
        despite_pause: try also while all mail waits for our own server: a person asks.
        wait: how long to wait for another sender on the same database to finish.

    Raises:
        Locked: another sender is at work.
        StorageError: the database failed; what was not written down goes out again.
    """
    report = DeliveryReport()
    with store.exclusive(SENDERS, wait):
        pause = read_pause(store)
        if pause is not None and pause.until > clock() and not despite_pause:
            report.paused = pause.reason
            return report
        _notice_crash(store, clock())
        try:
            while not stopping():
                claimed = store.claim(clock(), 1, NO_LEASE)
                if not claimed or _send(store, mailer, claimed[0], clock, report) is _Outcome.STOP:
                    break
        finally:
            mailer.close()
    return report


def _notice_crash(store: Store, now: dt.datetime) -> None:
    """A mail whose body was under way when a sender died may be held by the next claim: have that told."""
    if store.outbox(DeliveryState.DATA, bodies=False):
        store.set_meta(LOOK, f"crash {now.isoformat()}")


def _send(
    store: Store, mailer: Mailer, delivery: Delivery, clock: Callable[[], dt.datetime], report: DeliveryReport
) -> _Outcome:
    marked = False

    def mark() -> None:
        nonlocal marked
        if not store.mark_data(delivery.id, clock()):
            raise _NoLongerOursError
        marked = True

    try:
        mailer.send(delivery, on_data=mark)
    except _NoLongerOursError:
        log.info("mail.withdrawn", delivery_id=delivery.id, kind=delivery.kind)
        return _Outcome.PASSED_OVER
    except StorageError:
        raise
    except DeliveryError as error:
        return _failed(store, delivery, error, clock(), report)
    except Exception as error:  # whatever a mailer may do, the other mails must go out
        log.exception("mail.crashed", delivery_id=delivery.id, kind=delivery.kind)
        wrapped = DeliveryError(f"{type(error).__name__}: {error}", ambiguous=marked)
        return _failed(store, delivery, wrapped, clock(), report)
    store.finish(delivery.id, clock())
    end_pause(store)
    report.sent += 1
    log.info("mail.sent", delivery_id=delivery.id, kind=delivery.kind)
    return _Outcome.SENT


def _failed(
    store: Store, delivery: Delivery, error: DeliveryError, now: dt.datetime, report: DeliveryReport
) -> _Outcome:
    reason = str(error)
    if error.ours and report.sent:  # the server takes our mail, only not this one
        error = DeliveryError(reason)
    verdict = after_failure(delivery, error, now)
    log.warning("mail.refused", delivery_id=delivery.id, kind=delivery.kind, step=verdict.step.value, reason=reason)
    _write_down(store, delivery, verdict, error, now)
    report.troubles.append(Trouble(delivery, verdict.step, reason, verdict.next_try_at))
    match verdict.step:
        case Step.RETRY:
            report.deferred += 1
        case Step.FAIL:
            report.failed += 1
        case Step.HOLD:
            report.held += 1
    if not verdict.stop:
        return _Outcome.TROUBLE
    report.paused = begin_pause(store, reason, now, ours=error.ours).reason
    return _Outcome.STOP


def _write_down(store: Store, delivery: Delivery, verdict: Verdict, error: DeliveryError, now: dt.datetime) -> None:
    reason = str(error)
    if verdict.step is not Step.RETRY:
        store.set_meta(LOOK, f"mail {delivery.id} {delivery.attempts}")  # first, so that it cannot go untold
    if verdict.step is Step.FAIL:
        store.fail(delivery.id, reason, now)
    elif verdict.step is Step.HOLD:
        store.hold(delivery.id, reason)
    elif verdict.next_try_at is not None:
        store.reschedule(delivery.id, verdict.next_try_at, reason, ambiguous=error.ambiguous)
