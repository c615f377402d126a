"""The schema's life: made whole at once, recognised, carried from revision to revision.

A file is looked at before it is touched: what is not ours, or newer than we are, stays as it is.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from aluevahti.errors import DatabaseNewer, StorageError
from aluevahti.storage.database import connect, make_engine
from aluevahti.storage.failures import translated
from aluevahti.storage.locks import locked
from aluevahti.storage.migrations import REVISIONS
from aluevahti.storage.tables import SEARCH_DDL, TRIGGERS, metadata

APPLICATION_ID: Final = 0x616C7576  # "aluv", in the file's header

# As Alembic itself writes it (its VARCHAR is TEXT here), so that a fresh file equals a migrated one.
_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num TEXT NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions a version of aluevahti knows, oldest first, and where their scripts are."""

    names: tuple[str, ...]
    scripts: Path


PRESENT: Final = Revisions(REVISIONS, Path(__file__).with_name("migrations"))


def revision_of(path: Path) -> str | None:
    """Look at a database file without changing it: its schema's revision; None: it has no tables yet.

    Raises:
        StorageError: the file is no database, or not one of aluevahti.
    """
    with translated(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not tables:
            return None
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        if application_id != APPLICATION_ID or "alembic_version" not in tables:
            raise StorageError(f"{path} is a database, but not one of aluevahti")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StorageError(f"{path} does not say which revision it has")
    return str(row[0])


def require_not_newer(path: Path, revision: str | None, known: Revisions = PRESENT) -> None:
    """Raises: DatabaseNewer: `revision` is none that this version knows."""
    if revision is not None and revision not in known.names:
        raise DatabaseNewer(
            f"{path} was written by a newer aluevahti (revision {revision}; this one knows {known.names[-1]}): "
            "use that version, or restore a backup"
        )


def prepare(path: Path, *, now: dt.datetime, wait: dt.timedelta, known: Revisions = PRESENT) -> None:
    """See that there is a file, that it is ours, and that it has the newest schema or none yet.

    Raises:
        DatabaseNewer: it has a newer schema; it was not touched.
        StorageError: it is not ours, or could not be made or upgraded.
    """
    if not path.parent.is_dir():
        raise StorageError(f"the folder of the database does not exist: {path.parent}")
    if path.exists() and _is_done(path, known):
        return
    with locked(path.with_name(f"{path.name}.lock"), wait):
        # Another process may have been quicker.
        if not path.exists():
            _create_file(path, wait)
        elif not _is_done(path, known):
            old = revision_of(path)
            assert old is not None
            upgrade(path, old, now=now, wait=wait, known=known)


def _is_done(path: Path, known: Revisions) -> bool:
    revision = revision_of(path)
    require_not_newer(path, revision, known)
    return revision in {None, known.names[-1]}


def _create_file(path: Path, wait: dt.timedelta) -> None:
    """Make an empty database that only its owner may read (SQLite gives its WAL the same rights).

    It gets its name only once it is in WAL mode: changing the mode would get in the way of others.
    """
    with translated(), _partial(path) as partial:
        connect(partial, wait, writer=True).close()
        _place(partial, path)


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
    with translated(), _partial(target) as partial:
        _copy_pages(source, partial, wait)
        _place(partial, target)


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """An empty file beside `target` that only its owner may read; gone afterwards, whatever happens."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.", suffix=".partial")
    os.close(descriptor)
    partial = Path(name)
    try:
        yield partial
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
    with _partial(target) as partial:
        shutil.copyfile(source, partial)
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)


def _place(partial: Path, target: Path) -> None:
    """Give a finished file its name, for good, and never that of a file that is there."""
    try:
        target.hardlink_to(partial)  # unlike a rename, it never takes another file's place
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if target.exists():
            raise
        partial.rename(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def upgrade(path: Path, old: str, *, now: dt.datetime, wait: dt.timedelta, known: Revisions = PRESENT) -> Path:
    """Carry a database from revision `old` to the newest one, after copying it beside itself.

    The caller holds the writer's lock. All revisions run in one transaction: a crash leaves the old
    schema.

    Returns:
        Where the copy lies: `<name>.bak-<old revision>-<now>`, with a number where that is taken.

    Raises:
        StorageError: the copy or a revision failed; the database is as it was.
    """
    backup = free_name(path.with_name(f"{path.name}.bak-{old}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"))
    copy_database(path, backup, wait)
    engine = make_engine(path, wait, writer=True)
    try:
        with translated(), engine.connect() as connection:
            # Batch operations replace tables; the references are checked once, at the end.
            _driver(connection).execute("PRAGMA foreign_keys = OFF").close()
            with connection.begin():
                _run_revisions(connection, known.scripts)
                _require_references(connection)
    finally:
        engine.dispose()
    return backup


def free_name(path: Path) -> Path:
    """The path itself, or with the first number behind it that no file has yet."""
    taken, number = path, 1
    while taken.exists():
        number += 1
        taken = path.with_name(f"{path.name}-{number}")
    return taken


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
