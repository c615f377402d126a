"""The schema's life: made whole at once, recognised, carried from revision to revision.

A file is looked at before it is touched: what is not ours, or newer than we are, stays as it is.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from aluevahti.errors import DatabaseNewer, StorageError
from aluevahti.storage.database import connect, make_engine
from aluevahti.storage.failures import translated
from aluevahti.storage.migrations import REVISIONS
from aluevahti.storage.tables import SEARCH_DDL, TRIGGERS, metadata

APPLICATION_ID: Final = 0x616C7576  # "aluv", in the file's header
_SCRIPTS: Final = Path(__file__).with_name("migrations")

# As Alembic itself writes it (its VARCHAR is TEXT here), so that a fresh file equals a migrated one.
_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num TEXT NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file turned out to be. `revision` None: it has no tables yet."""

    revision: str | None


def inspect(path: Path) -> Found:
    """Look at a database file without changing it.

    Raises:
        StorageError: the file is no database, or not one of aluevahti.
    """
    with translated(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not tables:
            return Found(None)
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        if application_id != APPLICATION_ID or "alembic_version" not in tables:
            raise StorageError(f"{path} is a database, but not one of aluevahti")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StorageError(f"{path} does not say which revision it has")
    return Found(row[0])


def require_not_newer(path: Path, revision: str | None, revisions: tuple[str, ...] = REVISIONS) -> None:
    """Raises: DatabaseNewer: `revision` is none that this version knows."""
    if revision is not None and revision not in revisions:
        raise DatabaseNewer(
            f"{path} was written by a newer aluevahti (revision {revision}; this one knows {revisions[-1]}): "
            "use that version, or restore a backup"
        )


def create(connection: Connection) -> None:
    """Make the schema of the newest revision, inside the caller's write transaction."""
    metadata.create_all(connection)
    for statement in (SEARCH_DDL, *TRIGGERS, _VERSION_TABLE, f"PRAGMA application_id = {APPLICATION_ID}"):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))


def copy_database(source: Path, target: Path, wait: dt.timedelta) -> None:
    """Copy a database that may be in use into one new file, check the copy, make it durable.

    Raises:
        StorageError: `target` exists, the disk is full, or the copy does not pass SQLite's check.
    """
    if target.exists():
        raise StorageError(f"{target} exists already and is not overwritten")
    partial = target.with_name(f"{target.name}.partial")
    with translated():
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            _copy_pages(source, partial, wait)
            _link(partial, target)
        finally:
            partial.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path, wait: dt.timedelta) -> None:
    with closing(connect(source, wait, writer=False)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE").close()  # one file, no WAL beside it
        require_sound(new, target)
    _sync(target)


def require_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Raises: StorageError: SQLite finds the database damaged."""
    complaints = [text for (text,) in connection.execute("PRAGMA integrity_check")]
    if complaints != ["ok"]:
        raise StorageError(f"{path} is damaged: {'; '.join(complaints[:3])}")


def replace_file(source: Path, target: Path) -> None:
    """Let a copy of `source` take the place of `target`, at one moment; only its owner may read it."""
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        shutil.copyfile(source, partial)
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _link(partial: Path, target: Path) -> None:
    # Unlike a rename, a link never takes the place of a file that came meanwhile.
    target.hardlink_to(partial)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def upgrade(
    path: Path,
    old: str,
    *,
    now: dt.datetime,
    wait: dt.timedelta,
    scripts: Path = _SCRIPTS,
) -> Path:
    """Carry a database from revision `old` to the newest one, after copying it beside itself.

    The caller holds the writer's turn. All revisions run in one transaction: a crash leaves the old
    schema.

    Returns:
        Where the copy lies: `<name>.bak-<old revision>-<now>`.

    Raises:
        StorageError: the copy or a revision failed; the database is as it was.
    """
    backup = path.with_name(f"{path.name}.bak-{old}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}")
    copy_database(path, backup, wait)
    engine = make_engine(path, wait, writer=True)
    try:
        with translated(), engine.connect() as connection:
            # Batch operations replace tables; the references are checked once, at the end.
            _driver(connection).execute("PRAGMA foreign_keys = OFF").close()
            with connection.begin():
                _run_revisions(connection, scripts)
                _require_references(connection)
    finally:
        engine.dispose()
    return backup


def _driver(connection: Connection) -> sqlite3.Connection:
    found: Any = connection.connection.dbapi_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _run_revisions(connection: Connection, scripts: Path) -> None:
    # Half a second of imports that hardly any start needs.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _require_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StorageError(f"the new schema has {len(broken)} references that lead nowhere")
