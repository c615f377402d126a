"""What follows when a mail was not handed over: when it is tried again, and when it is not.

RFC 5321, 4.5.4.1: wait half an hour at least, try twice in the first hour, give up after four to five
days. What is the recipient's trouble moves that one mail; what is ours, or our mail server's, moves
none: all mail waits, and nobody is punished for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from aluevahti.errors import DeliveryError
from aluevahti.model import Delivery

RETRY_AFTER = (dt.timedelta(minutes=30), dt.timedelta(hours=1), dt.timedelta(hours=2), dt.timedelta(hours=3))
"""How long to wait after the first, second, ... refusal; the last holds for all that follow, give or take."""

JITTER = 0.1
"""How far a wait beyond `RETRY_AFTER` may stray, so that mails that failed together do not return together."""

GIVE_UP_AFTER = dt.timedelta(days=5)
"""How old a mail may grow; the sixth day brings no better luck."""

MAX_DOUBTS = 2
"""How often a mail may be left in doubt before a person has to look."""

UNREACHABLE_PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=2),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=15),
)
"""How long all mail waits while our own mail server does not answer."""

OURS_PAUSES = (dt.timedelta(minutes=15), dt.timedelta(minutes=30), dt.timedelta(hours=1), dt.timedelta(hours=3))
"""How long all mail waits while the server refuses us: a person has to mend it, meanwhile we look again."""


class Step(StrEnum):
    """What happens to a mail that was not handed over."""

    RETRY = "retry"  # later; it has had its turn
    HOLD = "hold"  # it may have arrived twice already: a person decides
    FAIL = "fail"  # no repeat will help


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows for one mail, and for all others.

    `next_try_at` is given for RETRY only. `stop`: the trouble is not this mail's own, so the others
    would only share it.
    """

    step: Step
    next_try_at: dt.datetime | None = None
    stop: bool = False


def after_failure(delivery: Delivery, error: DeliveryError, now: dt.datetime) -> Verdict:
    """What follows from `error` for a mail that was tried at `now` (aware).

    `delivery` is the row as it was claimed: `attempts` counts the tries, this one included, `ambiguous`
    the ones before it that ended in doubt. What was in doubt goes out again with the same bytes,
    recognisable by their Message-ID.
    """
    if error.unreachable:
        return Verdict(Step.RETRY, next_try_at=now + UNREACHABLE_PAUSES[0], stop=True)
    if error.ours:
        # It goes to the back of the queue, so that one poisonous mail cannot keep all others waiting.
        return Verdict(Step.RETRY, next_try_at=now + OURS_PAUSES[0], stop=True)
    if error.ambiguous:
        return _in_doubt(delivery, now)
    if error.permanent:
        return Verdict(Step.FAIL)
    return _later(delivery, now)


def _in_doubt(delivery: Delivery, now: dt.datetime) -> Verdict:
    if delivery.ambiguous + 1 >= MAX_DOUBTS:
        return Verdict(Step.HOLD)
    return _later(delivery, now)


def _later(delivery: Delivery, now: dt.datetime) -> Verdict:
    if now - delivery.created_at >= GIVE_UP_AFTER:
        return Verdict(Step.FAIL)
    return Verdict(Step.RETRY, next_try_at=now + wait(delivery.id, delivery.attempts))


def wait(delivery_id: int, attempts: int) -> dt.timedelta:
    """How long a mail rests after its `attempts`th try (from 1)."""
    if attempts <= len(RETRY_AFTER):
        return RETRY_AFTER[max(attempts, 1) - 1]
    return RETRY_AFTER[-1] * (1 + JITTER * _spread(f"{delivery_id}:{attempts}"))


def _spread(seed: str) -> float:
    """A number from -1 to 1 that is always the same for one seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 0xFFFFFFFF * 2 - 1


def pause(*, ours: bool, count: int) -> dt.timedelta:
    """How long all mail waits after the `count`th failure in a row (from 1) that was not a recipient's."""
    steps = OURS_PAUSES if ours else UNREACHABLE_PAUSES
    return steps[min(count, len(steps)) - 1]
