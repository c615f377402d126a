"""Care of the state: is it sound, how large is it, a copy of it, and the copy put back."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from aluevahti.errors import Locked, StorageError
from aluevahti.storage.database import BUSY_WAIT, Database, connect, path_of
from aluevahti.storage.failures import translated
from aluevahti.storage.history import read_body
from aluevahti.storage.locks import locked
from aluevahti.storage.schema import (
    copy_database,
    free_name,
    replace_file,
    require_not_newer,
    require_sound,
    revision_of,
)
from aluevahti.storage.tables import BodyRow, table

_SECOND_FILES: Final = ("-wal", "-shm")


class Care(Database):
    """The part of the store that looks after itself."""

    def integrity(self, *, deep: bool = False) -> list[str]:
        """What is wrong with the database, one line each; an empty list: nothing.

        Args:
            deep: also read every stored body and compare it with its hash; takes time.
        """
        try:
            with self._writing() as connection:  # the full-text index is checked by a write that writes nothing
                found = _complaints(connection)
        except Locked:
            raise
        except StorageError as error:  # too broken to be asked
            return [str(error)]
        return found + (self._damaged_bodies() if deep else [])

    def _damaged_bodies(self) -> list[str]:
        with self._reading() as connection:
            ids = connection.execute(select(table(BodyRow).c.id)).scalars().all()
        found = []
        for id_ in ids:
            try:
                with self._reading() as connection:
                    read_body(connection, id_)
            except StorageError as error:
                found.append(str(error))
        return found

    def schema_revision(self) -> str:
        """The revision of the database's schema."""
        with self._reading() as connection:
            return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())

    def size_bytes(self) -> int:
        """What the database takes on the disk, its WAL included; 0 in memory."""
        if self.path is None:
            return 0
        files = (self.path, *(_second(self.path, ending) for ending in _SECOND_FILES))
        return sum(file.stat().st_size for file in files if file.exists())

    def sqlite_version(self) -> str:
        """The version of the SQLite library in use."""
        return sqlite3.sqlite_version

    def optimize(self) -> None:
        """Let SQLite renew what it knows about its indexes; for once a day."""
        with self._writing() as connection:
            connection.exec_driver_sql("PRAGMA optimize")

    def backup(self, target: Path) -> None:
        """Copy the state into one new file while it is in use; check the copy and make it durable.

        Raises:
            StorageError: `target` exists (nothing is overwritten), the disk is full, the copy is not
                sound, or the database is in memory.
        """
        if self.path is None:
            raise StorageError("a database in memory cannot be backed up")
        copy_database(self.path, target, self.wait)


def _complaints(connection: Connection) -> list[str]:
    found = [text for (text,) in connection.exec_driver_sql("PRAGMA integrity_check") if text != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check")
    found += [f"a row of {row[0]} refers to a row of {row[2]} that is not there" for row in broken]
    try:
        connection.exec_driver_sql("INSERT INTO documents_fts(documents_fts) VALUES ('integrity-check')")
    except DatabaseError as error:
        found.append(f"the full-text index is damaged: {error.orig}")
    return found


def restore(url: str, backup: Path, *, now: dt.datetime) -> Path | None:
    """Put a backup in the place of the database, and the database aside.

    Args:
        url: the database to be replaced; it need not exist.
        backup: a file made by `Store.backup`. It stays where it is.
        now: names the file that is kept.

    Returns:
        Where the replaced database lies; None: there was none.

    Raises:
        DatabaseNewer: the backup was made by a newer version.
        Locked: the service is running, or somebody is writing.
        StorageError: the backup is no database of aluevahti, or damaged; nothing was replaced.
    """
    path = path_of(url)
    if path is None:
        raise StorageError("a database in memory cannot be restored")
    if not backup.is_file():
        raise StorageError(f"there is no backup {backup}")
    revision = revision_of(backup)
    if revision is None:
        raise StorageError(f"{backup} is empty")
    require_not_newer(backup, revision)
    with translated(), closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        require_sound(connection, backup)
    with (
        locked(path.with_name(f"{path.name}.run.lock"), dt.timedelta(0)),
        locked(path.with_name(f"{path.name}.pass.lock"), BUSY_WAIT),
        locked(path.with_name(f"{path.name}.lock"), BUSY_WAIT),
        translated(),
    ):
        aside = _put_aside(path, now) if path.exists() else None
        replace_file(backup, path)
    return aside


def _second(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _put_aside(path: Path, now: dt.datetime) -> Path:
    """Keep a copy of the database as it is, sound or not, and take its WAL away: it belongs to no other file."""
    aside = free_name(path.with_name(f"{path.name}.replaced-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"))
    with suppress(sqlite3.Error), closing(connect(path, dt.timedelta(0), writer=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    kept = {path: aside} | {_second(path, each): _second(aside, each) for each in _SECOND_FILES}
    try:
        for file, copy in kept.items():
            if file.exists():
                shutil.copy2(file, copy)
    except OSError:  # the disk is full, say: half a copy is none, and what was to be kept is still in its place
        for copy in kept.values():
            copy.unlink(missing_ok=True)
        raise
    for ending in _SECOND_FILES:
        _second(path, ending).unlink(missing_ok=True)
    aside.chmod(0o600)
    return aside
