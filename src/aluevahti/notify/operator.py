"""What the operator hears, once each: sources in trouble and out of it, mail that was refused or is in doubt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from aluevahti.mail import compose_mime
from aluevahti.model import Change, Delivery, DeliveryState, NewDelivery
from aluevahti.notify.pauses import LOOK, Pause, read_pause
from aluevahti.notify.settings import Settings
from aluevahti.render.messages import Renderer, operator_message
from aluevahti.render.operator import operator_view
from aluevahti.rules.digest import SOURCE_KINDS
from aluevahti.storage import Store

KIND = "operator"
CURSOR = "operator.cursor"
LOOKED = "operator.looked"
TOLD_MAILS = "operator.told_mails"
TOLD_PAUSE = "operator.told_pause"

WITHDRAWN = "unsubscribed"
"""What the store notes on mail that a reader who left no longer gets: no failure."""


@dataclass(frozen=True, slots=True)
class _News:
    """What the operator does not know yet."""

    changes: Sequence[Change]
    failed: Sequence[Delivery]
    held: Sequence[Delivery]
    pause: Pause | None

    def __bool__(self) -> bool:
        return bool(self.changes or self.failed or self.held or self.pause)


def queue_operator_mail(store: Store, settings: Settings, renderer: Renderer, now: dt.datetime) -> bool:
    """Queue one mail with all that is new to the operator; False: nothing is.

    The mail and the note of what it told are stored in one transaction.
    """
    last = store.last_change_id()
    cursor = int(store.meta(CURSOR) or 0)
    look = store.meta(LOOK) or ""
    news, meta = _news(store, cursor, last, look)
    if last > cursor:
        meta[CURSOR] = str(last)
    if not meta:
        return False
    mails = [_mail(news, settings, renderer, now)] if news else []
    store.enqueue(mails, now=now, meta=meta)
    return bool(mails)


def _news(store: Store, cursor: int, last: int, look: str) -> tuple[_News, dict[str, str]]:
    """What is new, and what is to be remembered once it was told."""
    changes = [one for one in store.changes(after_id=cursor) if one.kind in SOURCE_KINDS] if last > cursor else []
    meta: dict[str, str] = {}
    failed: list[Delivery] = []
    held: list[Delivery] = []
    if look != (store.meta(LOOKED) or ""):
        failed, held, meta[TOLD_MAILS] = _mails_in_trouble(store)
        meta[LOOKED] = look
    pause = read_pause(store)
    if pause is None or not pause.ours or pause.since.isoformat() == store.meta(TOLD_PAUSE):
        pause = None
    else:
        meta[TOLD_PAUSE] = pause.since.isoformat()
    return _News([one for one in changes if (one.id or 0) <= last], failed, held, pause), meta


def _mails_in_trouble(store: Store) -> tuple[list[Delivery], list[Delivery], str]:
    """Mails given up or held that were not told of, and the note of all there are now."""
    told = set(json.loads(store.meta(TOLD_MAILS) or "[]"))
    failed, held = (
        [one for one in store.outbox(state, bodies=False) if one.kind != KIND and one.last_error != WITHDRAWN]
        for state in (DeliveryState.FAILED, DeliveryState.HELD)
    )
    note = json.dumps([_mark(one) for one in (*failed, *held)])
    new_failed, new_held = ([one for one in some if _mark(one) not in told] for some in (failed, held))
    return new_failed, new_held, note


def _mark(delivery: Delivery) -> str:
    """A mail that a person released and that failed again is news again."""
    return f"{delivery.id}:{delivery.state.value}:{delivery.attempts}"


def _mail(news: _News, settings: Settings, renderer: Renderer, now: dt.datetime) -> NewDelivery:
    view = operator_view(
        news.changes,
        now=now,
        zone=settings.schedule.zone,
        lang=settings.operator_lang,
        failed=news.failed,
        held=news.held,
        paused=None if news.pause is None else news.pause.reason,
    )
    period = _period(news)
    local = now.astimezone(settings.schedule.zone)
    message = operator_message(view, settings.operator, period, renderer=renderer, domain=settings.domain, now=local)
    return NewDelivery(
        kind=KIND,
        period=period,
        recipient=settings.operator,
        message_id=message.message_id,
        mime=compose_mime(message, sender=settings.sender),
    )


def _period(news: _News) -> str:
    """Named after what it tells, so that the same news cannot be told twice."""
    parts = [f"change {one.id}" for one in news.changes]
    parts += [f"mail {_mark(one)}" for one in (*news.failed, *news.held)]
    parts += [f"pause {news.pause.since.isoformat()}"] if news.pause is not None else []
    last = news.changes[-1].id if news.changes else 0
    return f"{last}-{hashlib.sha256(';'.join(parts).encode()).hexdigest()[:12]}"
