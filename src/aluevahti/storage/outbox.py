"""The outbox: every mail that is to be sent, and how far each has come.

    queued -> claimed -> data -> sent
       ^        |          |---> failed      refused for good, or given up
       |--------+----------+                 to be tried again; a dead sender's claim runs out
                           '---> held        twice nobody knows whether it arrived: a person decides

A mail is marked before anything is said to the server (`claimed`) and again before its body goes out
(`data`). A crash in `claimed` is harmless; one in `data` is ambiguous, and is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from aluevahti.errors import StorageError
from aluevahti.model import Delivery, DeliveryState, NewDelivery, SubscriptionState
from aluevahti.storage.database import Database
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import DigestRunRow, MetaRow, OutboxRow, SubscriberRow, table

MOST_AMBIGUOUS: Final = 2  # tries with an unknown end, before a person is asked
WITHDRAWN: Final = "unsubscribed"  # the error of mail that a reader who left no longer gets: no failure

_outbox: Final = table(OutboxRow)
_runs: Final = table(DigestRunRow)
_meta: Final = table(MetaRow)
_subscribers: Final = table(SubscriberRow)
_o: Final = _outbox.c

_CLAIMED, _DATA, _QUEUED, _HELD, _FAILED, _SENT = (
    DeliveryState.CLAIMED,
    DeliveryState.DATA,
    DeliveryState.QUEUED,
    DeliveryState.HELD,
    DeliveryState.FAILED,
    DeliveryState.SENT,
)
_forward: Final = (
    update(_subscribers)
    .where(_subscribers.c.id == bindparam("reader"))
    .values(cursor=func.max(_subscribers.c.cursor, bindparam("change")))
)


class Outbox(Database):
    """The part of the store that knows the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As the database; remembers which claims are this store's own."""
        super().__init__(*args, **kwargs)
        self._claims: dict[int, int] = {}  # row id -> the try that this store was given

    # --- putting in ------------------------------------------------------------------------------

    def digest_runs(self, subscriber_id: int) -> frozenset[str]:
        """The periods for which a reader's digest was dealt with, the empty ones included."""
        with self._reading() as connection:
            wanted = select(_runs.c.period).where(_runs.c.subscriber_id == subscriber_id)
            return frozenset(connection.execute(wanted).scalars())

    def enqueue(
        self,
        deliveries: Sequence[NewDelivery],
        runs: Iterable[tuple[int, str]] = (),
        cursors: Mapping[int, int] | None = None,
        *,
        now: dt.datetime,
        meta: Mapping[str, str] | None = None,
    ) -> tuple[int, ...]:
        """Queue mail and write down what it covers: all of it, or nothing.

        Args:
            deliveries: mail, due at once; what belongs to a reader who left meanwhile is passed over.
            runs: pairs of subscriber id and period that are dealt with, also where nothing is sent.
            cursors: by subscriber id, the last change that was considered; never moves back.
            now: the time of the pass.
            meta: small things to remember along with it.

        Returns:
            The row ids of what was queued, in the order of the deliveries.

        Raises:
            StorageError: one of the mails or runs was there already; nothing was stored.
        """
        with self._writing() as connection:
            states = _states(connection)
            wanted = [each for each in deliveries if _still_wanted(each, states)]
            ids = tuple(_put(connection, each, now) for each in wanted)
            due = [{"subscriber_id": id_, "period": period, "at": now} for id_, period in runs if id_ in states]
            if due:
                connection.execute(insert(_runs), due)
            moves = [{"reader": reader, "change": change} for reader, change in (cursors or {}).items()]
            if moves:
                connection.execute(_forward, moves)
            _remember(connection, meta or {})
        return ids

    def meta(self, key: str) -> str | None:
        """A small thing remembered by name; None: nothing of that name."""
        with self._reading() as connection:
            found: str | None = connection.execute(select(_meta.c.value).where(_meta.c.key == key)).scalar()
            return found

    def set_meta(self, key: str, value: str) -> None:
        """Remember a small thing by name."""
        with self._writing() as connection:
            _remember(connection, {key: value})

    # --- sending ---------------------------------------------------------------------------------

    def claim(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> tuple[Delivery, ...]:
        """Take mail that is due, longest waiting first, so that nobody else sends it.

        A claim whose lease ran out is given to the next; if its body was under way, the try counts as
        ambiguous, and after two of these the mail is held for a person instead.

        Args:
            now: the present.
            limit: at most so many.
            lease: how long the claim is good, counted again from `mark_data`; longer than any sending.
        """
        due = select(_o.id).where(_o.state == _QUEUED, _o.next_try_at <= now)
        with self._writing() as connection:
            _end_leases(connection, now)
            ids = connection.execute(due.order_by(_o.next_try_at, _o.id).limit(limit)).scalars().all()
            taken = tuple(_claim(connection, id_, now, lease) for id_ in ids)
        self._claims.update({delivery.id: delivery.attempts for delivery in taken})
        return taken

    def mark_data(self, delivery_id: int, now: dt.datetime) -> bool:
        """Say that the body is about to go out. False: the claim is no longer ours; send nothing."""
        with self._writing() as connection:
            ours = _o.id == delivery_id, _o.state == _CLAIMED, _o.attempts == self._claims.get(delivery_id, -1)
            seconds = connection.execute(select(_o.lease_seconds).where(*ours)).scalar()
            if seconds is None:
                return False
            row = {"state": _DATA, "lease_until": now + dt.timedelta(seconds=seconds)}
            return _touched(connection, and_(*ours), row)

    def finish(self, delivery_id: int, now: dt.datetime) -> bool:
        """The server took the mail; that is so whatever happened to the row meanwhile."""
        row = {"state": _SENT, "sent_at": now, "closed_at": now, "lease_until": None, "last_error": None}
        return self._settle(delivery_id, and_(_o.id == delivery_id, _o.state != _SENT), row)

    def reschedule(self, delivery_id: int, next_try_at: dt.datetime, error: str, *, ambiguous: bool = False) -> bool:
        """Try again later.

        Args:
            delivery_id: a mail that was claimed.
            next_try_at: when.
            error: why, in one line.
            ambiguous: nobody knows whether it arrived; the second time it is held instead.

        Returns:
            False: the claim is no longer ours, nothing was changed.
        """
        count = _o.ambiguous + (1 if ambiguous else 0)
        row = {"next_try_at": next_try_at, "last_error": error, "lease_until": None}
        state = case((and_(literal(ambiguous), count >= MOST_AMBIGUOUS), literal(_HELD, _o.state.type)), else_=_QUEUED)
        return self._settle(delivery_id, self._ours(delivery_id), {**row, "state": state, "ambiguous": count})

    def fail(self, delivery_id: int, error: str, now: dt.datetime) -> bool:
        """Give a mail up. False: it is gone, given up already, or another sender's."""
        row = {"state": _FAILED, "last_error": error, "closed_at": now, "lease_until": None}
        return self._settle(delivery_id, self._ours(delivery_id), row)

    def hold(self, delivery_id: int, error: str) -> bool:
        """Keep a mail back until a person decides. False: as with `fail`."""
        row = {"state": _HELD, "last_error": error, "lease_until": None}
        return self._settle(delivery_id, self._ours(delivery_id), row)

    def release(self, delivery_id: int, now: dt.datetime) -> bool:
        """Let a mail that waits, was held, or was given up be tried now.

        False: it was sent, is being sent, or its body is gone (unsubscribed, or cleared away).
        """
        row = {"state": _QUEUED, "next_try_at": now, "ambiguous": 0, "closed_at": None}
        resting = and_(_o.id == delivery_id, _o.state.in_((_QUEUED, _HELD, _FAILED)), func.length(_o.mime) > 0)
        return self._settle(delivery_id, resting, row)

    def _settle(self, delivery_id: int, condition: ColumnElement[bool], row: Mapping[str, Any]) -> bool:
        with self._writing() as connection:
            touched = _touched(connection, condition, row)
        if touched:
            self._claims.pop(delivery_id, None)
        return touched

    def _ours(self, delivery_id: int) -> ColumnElement[bool]:
        """The row, unless it is at rest for good or in another sender's hands."""
        waiting = _o.state.in_((_QUEUED, _HELD))
        claimed = and_(_o.state.in_((_CLAIMED, _DATA)), _o.attempts == self._claims.get(delivery_id, -1))
        return and_(_o.id == delivery_id, or_(waiting, claimed))

    # --- looking ---------------------------------------------------------------------------------

    def outbox(self, state: DeliveryState | None = None, *, bodies: bool = True) -> tuple[Delivery, ...]:
        """Mail in the order it was queued, of one state or of all; without `bodies`, `mime` is empty."""
        wanted = select(_outbox).order_by(_o.id)
        if not bodies:
            wanted = select(*(column for column in _o if column.name != "mime"), literal(b"").label("mime"))
            wanted = wanted.order_by(_o.id)
        if state is not None:
            wanted = wanted.where(_o.state == state)
        with self._reading() as connection:
            return tuple(value_of(Delivery, row) for row in connection.execute(wanted))

    def outbox_counts(self) -> dict[DeliveryState, int]:
        """How many mails are in each state; those that a reader who left no longer gets are counted nowhere."""
        withdrawn = and_(_o.state == _FAILED, _o.last_error == WITHDRAWN)
        counted = select(_o.state, func.count()).where(~func.coalesce(withdrawn, false())).group_by(_o.state)
        with self._reading() as connection:
            found = {state: int(number) for state, number in connection.execute(counted)}
        return {state: found.get(state, 0) for state in DeliveryState}

    def purge_bodies(self, before: dt.datetime) -> int:
        """Clear away the bodies of mail that was sent or given up before that time; how many."""
        old = _o.state.in_((_SENT, _FAILED)), _o.closed_at < before, func.length(_o.mime) > 0
        with self._writing() as connection:
            return connection.execute(update(_outbox).where(*old).values(mime=b"")).rowcount


def _put(connection: Connection, delivery: NewDelivery, now: dt.datetime) -> int:
    row = {**columns_of(delivery), "state": _QUEUED, "created_at": now, "next_try_at": now}
    return int(connection.execute(insert(_outbox).returning(_o.id), row).scalar_one())


def _states(connection: Connection) -> dict[int, SubscriptionState]:
    rows = connection.execute(select(_subscribers.c.id, _subscribers.c.state))
    return {row.id: row.state for row in rows}


def _still_wanted(delivery: NewDelivery, states: Mapping[int, SubscriptionState]) -> bool:
    """A reader may leave while the digest is being made."""
    reader = delivery.subscriber_id
    return reader is None or states.get(reader, SubscriptionState.UNSUBSCRIBED) is not SubscriptionState.UNSUBSCRIBED


def _remember(connection: Connection, things: Mapping[str, str]) -> None:
    for key, value in things.items():
        put = upsert(_meta).values(key=key, value=value)
        connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _end_leases(connection: Connection, now: dt.datetime) -> None:
    """Give back what a dead sender had claimed; where the body was under way, count it or hold it."""
    over = _o.lease_until <= now
    count = _o.ambiguous + 1
    twice = and_(over, _o.state == _DATA, count >= MOST_AMBIGUOUS)
    held = {
        "state": _HELD,
        "ambiguous": count,
        "lease_until": None,
        "last_error": "twice broken off while it was being sent",
    }
    connection.execute(update(_outbox).where(twice).values(held))
    once = {
        "state": _QUEUED,
        "ambiguous": count,
        "lease_until": None,
        "last_error": "broken off while it was being sent",
    }
    connection.execute(update(_outbox).where(over, _o.state == _DATA).values(once))
    harmless = {"state": _QUEUED, "lease_until": None}
    connection.execute(update(_outbox).where(over, _o.state == _CLAIMED).values(harmless))


def _claim(connection: Connection, id_: int, now: dt.datetime, lease: dt.timedelta) -> Delivery:
    row = {
        "state": _CLAIMED,
        "attempts": _o.attempts + 1,
        "lease_until": now + lease,
        "lease_seconds": int(lease.total_seconds()),
    }
    if not _touched(connection, and_(_o.id == id_, _o.state == _QUEUED), row):
        raise StorageError(f"mail {id_} was claimed by somebody else in our own transaction")
    return value_of(Delivery, connection.execute(select(_outbox).where(_o.id == id_)).one())


def _touched(connection: Connection, condition: ColumnElement[bool], row: Mapping[str, Any]) -> bool:
    return connection.execute(update(_outbox).where(condition).values(row)).rowcount == 1
