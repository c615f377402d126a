"""How the troubles of a database leave this package."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import zstandard
from sqlalchemy.exc import SQLAlchemyError, StatementError

from aluevahti.errors import Locked, StorageError


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


def is_general(error: StorageError) -> bool:
    """Whether the database itself failed (disk full, damage, a lock), not only on what it was given."""
    cause = _root(error.__cause__)
    return isinstance(cause, (sqlite3.OperationalError, OSError)) or type(cause) is sqlite3.DatabaseError
