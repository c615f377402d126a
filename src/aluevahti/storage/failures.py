"""How the troubles of a database leave this package."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import zstandard
from sqlalchemy.exc import SQLAlchemyError, StatementError

from aluevahti.errors import Locked, StorageError

_ABOUT_VALUES: Final = (
    *(sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError),
    *(ValueError, TypeError),  # raised by the driver, or a column's type, over a value
)


@contextmanager
def translated() -> Iterator[None]:
    """Everything a database can throw leaves as StorageError, the cause chained."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, zstandard.ZstdError, OSError, ValueError) as error:
        # The statement's parameters stay out of the message: there may be addresses among them.
        cause = _root(error)
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise Locked(f"another program is writing to the database: {cause}") from error
        raise StorageError(f"the database failed: {cause}{_way_out(cause)}") from error


def _way_out(cause: BaseException | None) -> str:
    """What can be done about a file that is damaged or no database at all."""
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    is_damaged = code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return "; `aluevahti restore FILE` puts a backup in its place and keeps this one" if is_damaged else ""


def _root(error: BaseException | None) -> BaseException | None:
    return error.orig if isinstance(error, StatementError) and error.orig is not None else error


def refused_value(error: StorageError) -> BaseException | None:
    """Why the database refused what it was given, if it is well itself: no full disk, no damage, no lock."""
    cause = _root(error.__cause__)
    return cause if isinstance(cause, _ABOUT_VALUES) else None
