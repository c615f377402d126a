"""Snapshots: every answer as it came, never changed; `forgetting` deletes those that have to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from aluevahti.model import Snapshot
from aluevahti.storage.database import Database
from aluevahti.storage.history import read_body, store_body
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import BodyRow, SnapshotRow, table

_snapshots: Final = table(SnapshotRow)
_bodies: Final = table(BodyRow)
_put: Final = insert(_snapshots).returning(_snapshots.c.id)
_latest_of_url: Final = (
    select(_snapshots.c.body_id)
    .where(_snapshots.c.source == bindparam("source"), _snapshots.c.url == bindparam("url"))
    .order_by(_snapshots.c.id.desc())
    .limit(1)
)
_with_hash: Final = select(_snapshots, _bodies.c.sha256).join(_bodies, _bodies.c.id == _snapshots.c.body_id)
_one: Final = _with_hash.where(_snapshots.c.id == bindparam("id"))
_next_of_source: Final = (
    _with_hash.where(_snapshots.c.source == bindparam("source"), _snapshots.c.id > bindparam("after"))
    .order_by(_snapshots.c.id)
    .limit(1)
)


def record_snapshots(connection: Connection, snapshots: Iterable[Snapshot]) -> tuple[int, ...]:
    """Store snapshots of one source; their row ids, in the order given.

    Raises:
        StorageError: a snapshot's hash is not that of its body.
    """
    return tuple(_record(connection, snapshot) for snapshot in snapshots)


def _record(connection: Connection, snapshot: Snapshot) -> int:
    near = connection.execute(_latest_of_url, {"source": snapshot.source, "url": snapshot.url}).scalar()
    body_id = store_body(connection, snapshot.body, near=near, sha256=snapshot.sha256)
    row = columns_of(snapshot, leave_out=("body", "sha256"))
    return int(connection.execute(_put, {**row, "body_id": body_id}).scalar_one())


def _value(connection: Connection, row: Any) -> Snapshot:
    return value_of(Snapshot, row, body=read_body(connection, row.body_id))


class Snapshots(Database):
    """The part of the store that gives back what was fetched."""

    def snapshot(self, snapshot_id: int) -> Snapshot | None:
        """One snapshot, byte for byte; None: there is none of that number.

        Raises:
            StorageError: it is there, but damaged.
        """
        with self._reading() as connection:
            row = connection.execute(_one, {"id": snapshot_id}).one_or_none()
            return None if row is None else _value(connection, row)

    def snapshots(self, source_id: str) -> Iterator[tuple[int, Snapshot]]:
        """All snapshots of a source with their row ids, oldest first, one in memory at a time."""
        after = 0
        while True:
            with self._reading() as connection:
                row = connection.execute(_next_of_source, {"source": source_id, "after": after}).one_or_none()
                if row is None:
                    return
                found = _value(connection, row)
            after = row.id
            yield after, found
