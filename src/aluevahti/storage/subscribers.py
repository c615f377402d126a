"""Subscribers: who reads, whether they said so, and how far they have been told.

Addresses are personal data: they stand in `subscribers` and `outbox`, nowhere else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from aluevahti.errors import StorageError
from aluevahti.model import DeliveryState, Subscriber, SubscriptionState
from aluevahti.storage.changes import last_change_id
from aluevahti.storage.database import Database
from aluevahti.storage.outbox import WITHDRAWN
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import OutboxRow, SubscriberRow, table

_subscribers: Final = table(SubscriberRow)
_outbox: Final = table(OutboxRow)
_by_email: Final = select(_subscribers).where(_subscribers.c.email == bindparam("email"))


def _new_token() -> str:
    return secrets.token_urlsafe(16)  # 128 bits, 22 characters


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _subscriber(row: Any) -> Subscriber:
    return value_of(Subscriber, row, confirm_token="")  # only its hash is known


def _read(connection: Connection, condition: Any) -> Subscriber | None:
    row = connection.execute(select(_subscribers).where(condition)).one_or_none()
    return None if row is None else _subscriber(row)


class Subscribers(Database):
    """The part of the store that knows the readers. Upper and lower case are one in an address."""

    def add_subscriber(self, subscriber: Subscriber, now: dt.datetime) -> Subscriber:
        """Add a reader, who will be told of changes from now on.

        Someone who never confirmed, or left, may be added again: the unsubscribing token of old mails
        stays good, everything else is as if new.

        Args:
            subscriber: address and preferences; state CONFIRMED where no confirmation is needed. Id,
                cursor and tokens are given by the store.
            now: when it was asked for.

        Returns:
            The reader as stored, with both tokens; the confirming one is never to be had again.

        Raises:
            StorageError: the address is subscribed already.
        """
        confirmed = subscriber.state is SubscriptionState.CONFIRMED
        confirm_token = "" if confirmed else _new_token()
        with self._writing() as connection:
            old = connection.execute(_by_email, {"email": subscriber.email}).one_or_none()
            if old is not None and old.state is SubscriptionState.CONFIRMED:
                raise StorageError("the address is subscribed already")
            fresh = replace(
                subscriber,
                state=SubscriptionState.CONFIRMED if confirmed else SubscriptionState.UNCONFIRMED,
                created_at=now,
                confirmed_at=now if confirmed else None,
                cursor=last_change_id(connection),
                token=_new_token() if old is None else old.token,
                id=None if old is None else old.id,
            )
            row = columns_of(fresh, leave_out=("id", "confirm_token"))
            row.update(confirm_sha256=_hash(confirm_token) if confirm_token else None, unsubscribed_at=None)
            id_ = _put(connection, fresh.id, row)
        return replace(fresh, id=id_, created_at=now.astimezone(dt.UTC), confirm_token=confirm_token)

    def subscribers(self) -> tuple[Subscriber, ...]:
        """All readers in every state, in the order they came."""
        with self._reading() as connection:
            return tuple(
                _subscriber(row) for row in connection.execute(select(_subscribers).order_by(_subscribers.c.id))
            )

    def subscriber(self, email: str) -> Subscriber | None:
        """The reader of that address; None: there is none."""
        with self._reading() as connection:
            return _read(connection, _subscribers.c.email == email)

    def confirm(self, token: str, now: dt.datetime, valid_for: dt.timedelta | None = None) -> Subscriber | None:
        """Confirm the subscription that a confirming token belongs to; repeating it changes nothing.

        The reader is told of changes from this moment on.

        Args:
            token: the token that `add_subscriber` returned.
            now: when it was confirmed.
            valid_for: how long after the asking the token is good; None: for ever.

        Returns:
            The confirmed reader; None: the token is nobody's, too old, or of someone who left.
        """
        this = _subscribers.c.confirm_sha256 == _hash(token)
        with self._writing() as connection:
            found = _read(connection, this)
            if found is None or found.state is SubscriptionState.CONFIRMED:
                return found
            if valid_for is not None and found.created_at is not None and now > found.created_at + valid_for:
                return None
            row = {"state": SubscriptionState.CONFIRMED, "confirmed_at": now, "cursor": last_change_id(connection)}
            connection.execute(update(_subscribers).where(this).values(row))
            return _read(connection, this)

    def unsubscribe(self, token_or_email: str, now: dt.datetime) -> Subscriber | None:
        """End a subscription, and with it all mail to the reader that has not gone yet; may be repeated.

        Returns:
            The reader, unsubscribed; None: nobody has that token or address.
        """
        column = _subscribers.c.email if "@" in token_or_email else _subscribers.c.token
        with self._writing() as connection:
            found = _read(connection, column == token_or_email)
            if found is None or found.state is SubscriptionState.UNSUBSCRIBED:
                return found
            row = {"state": SubscriptionState.UNSUBSCRIBED, "unsubscribed_at": now, "confirm_sha256": None}
            connection.execute(update(_subscribers).where(_subscribers.c.id == found.id).values(row))
            _cancel_mail(connection, found.email, now)
            return _read(connection, _subscribers.c.id == found.id)

    def remove_subscriber(self, email: str, now: dt.datetime) -> bool:
        """Take a reader off the list for good; mail to them that has not gone yet is not sent.

        What was sent stays in the outbox's history (`erase_subscriber` takes that as well).

        Returns:
            False: there is no such reader.
        """
        with self._writing() as connection:
            _cancel_mail(connection, email, now)
            gone = connection.execute(delete(_subscribers).where(_subscribers.c.email == email))
            return gone.rowcount > 0

    def erase_subscriber(self, email: str) -> bool:
        """Forget an address: afterwards it is neither in the database's file nor in its WAL.

        Backups made earlier still know it, and so does a document that names it publicly.

        Returns:
            False: the address was not known.

        Raises:
            StorageError: the rows are gone, but a reader keeps the WAL from being emptied: repeat it.
        """
        with self._writing() as connection:
            mail = connection.execute(delete(_outbox).where(_outbox.c.recipient == email))
            gone = connection.execute(delete(_subscribers).where(_subscribers.c.email == email))
        self._empty_wal()
        return mail.rowcount + gone.rowcount > 0


def _put(connection: Connection, id_: int | None, row: dict[str, Any]) -> int:
    if id_ is not None:
        connection.execute(update(_subscribers).where(_subscribers.c.id == id_).values(row))
        return id_
    return int(connection.execute(insert(_subscribers).returning(_subscribers.c.id), row).scalar_one())


def _cancel_mail(connection: Connection, email: str, now: dt.datetime) -> None:
    """Give up what waits for a reader. Mail to the operator goes on: it may be the same address."""
    waiting = (
        _outbox.c.recipient == email,
        _outbox.c.kind != "operator",
        _outbox.c.state.not_in((DeliveryState.SENT, DeliveryState.FAILED)),
    )
    row = {
        "state": DeliveryState.FAILED,
        "closed_at": now,
        "last_error": WITHDRAWN,
        "mime": b"",
        "lease_until": None,
    }
    connection.execute(update(_outbox).where(*waiting).values(row))
