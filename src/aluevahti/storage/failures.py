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
        cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise Locked(f"another program is writing to the database: {cause}") from error
        raise StorageError(f"the database failed: {cause}") from error
