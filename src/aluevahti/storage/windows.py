"""Application windows, with what was told about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from aluevahti.errors import StorageError
from aluevahti.model import KnownWindow
from aluevahti.storage.database import Database
from aluevahti.storage.references import References
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import WindowRow, table

_windows: Final = table(WindowRow)
_put: Final = insert(_windows).returning(_windows.c.id)
_change: Final = update(_windows).where(_windows.c.id == bindparam("row_id"))


def record_windows(
    connection: Connection, windows: Iterable[KnownWindow], references: References
) -> tuple[KnownWindow, ...]:
    """Add windows and replace known ones; as they came, with their ids and documents filled in.

    Raises:
        StorageError: a window names a row that is not there.
    """
    return tuple(_record(connection, window, references) for window in windows)


def _record(connection: Connection, window: KnownWindow, references: References) -> KnownWindow:
    if window.document is None:
        window = replace(window, document=references.document(window.document_key, window.url))
    row = columns_of(window, leave_out=("id", "document_key"))
    if window.id is None:
        return replace(window, id=connection.execute(_put, row).scalar_one())
    if connection.execute(_change.values(row), {"row_id": window.id}).rowcount != 1:
        raise StorageError(f"there is no window {window.id}")
    return window


class Windows(Database):
    """The part of the store that knows the application windows."""

    def windows(self, region: str | None = None) -> tuple[KnownWindow, ...]:
        """The known windows of one region, or of all, in the order they became known."""
        wanted = select(_windows).order_by(_windows.c.id)
        if region is not None:
            wanted = wanted.where(_windows.c.region == region)
        with self._reading() as connection:
            return tuple(value_of(KnownWindow, row, document_key=None) for row in connection.execute(wanted))
