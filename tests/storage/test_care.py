"""Copies, restoring them, and finding damage."""

from __future__ import annotations

import errno
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from aluevahti.errors import DatabaseNewer, Locked, StorageError
from aluevahti.storage import Store, restore
from aluevahti.storage.migrations import REVISIONS
from aluevahti.storage.schema import _place
from outcomes import HOUR, NOW, change, outcome, snapshot_of, update


def fill(store: Store, rounds: int = 3) -> None:
    for number in range(rounds):
        text = f"teksti {number} " * 200
        body = snapshot_of(text.encode())
        store.record_poll(
            outcome(
                snapshots=(body,),
                documents=(update(f"k{number}", text=text, snapshot_sha256=body.sha256),),
                changes=(change(document_key=f"k{number}"),),
            )
        )


def titles(url: str) -> int:
    with Store.open(url, now=NOW) as store:
        return len(list(store.changes()))


def flip(path: Path, offset: int, count: int = 200) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xa5" * count)


def test_a_backup_is_one_whole_readable_database(store: Store, tmp_path: Path) -> None:
    fill(store)
    target = tmp_path / "copies" / "backup.db"
    target.parent.mkdir()

    store.backup(target)

    assert [file.name for file in target.parent.iterdir()] == ["backup.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    with Store.open(f"sqlite:///{target}", now=NOW) as copy:
        assert list(copy.changes()) == list(store.changes())
        assert list(copy.snapshots("a")) == list(store.snapshots("a"))
        assert copy.integrity(deep=True) == []


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("precious")

    with pytest.raises(StorageError, match="not overwritten"):
        store.backup(target)

    assert target.read_text() == "precious"


def test_of_two_backups_to_one_place_one_is_made_and_whole(store: Store, tmp_path: Path) -> None:
    fill(store, 30)
    target = tmp_path / "backup.db"

    def attempt(_: int) -> bool:
        try:
            store.backup(target)
        except StorageError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]

    assert titles(f"sqlite:///{target}") == 30
    assert not list(tmp_path.glob("*.partial"))


def test_a_finished_file_gets_its_name_where_the_file_system_knows_no_links(tmp_path: Path) -> None:
    class Unlinkable(type(tmp_path)):  # type: ignore[misc]
        def hardlink_to(self, target: object) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    partial, target = tmp_path / "x.partial", Unlinkable(tmp_path / "x.db")
    partial.write_text("whole")
    _place(partial, target)
    assert (target.read_text(), partial.exists()) == ("whole", False)

    partial.write_text("another")
    with pytest.raises(PermissionError):
        _place(partial, target)
    assert target.read_text() == "whole"


def test_a_backup_that_cannot_be_made_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        store.backup(tmp_path / "nowhere" / "backup.db")

    assert not list(tmp_path.glob("*backup*"))


def test_a_backup_of_a_damaged_database_is_refused(store: Store, path: Path, tmp_path: Path) -> None:
    fill(store, 40)
    store._empty_wal()
    flip(path, 4096 * 12)

    with pytest.raises(StorageError):
        store.backup(tmp_path / "backup.db")

    assert not (tmp_path / "backup.db").exists()
    assert not (tmp_path / "backup.db.partial").exists()


def test_a_backup_holds_what_was_written_until_then(store: Store, tmp_path: Path) -> None:
    fill(store, 1)
    with store._writing() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES ('half', 'done')")
        store.backup(tmp_path / "backup.db")

    with Store.open(f"sqlite:///{tmp_path / 'backup.db'}", now=NOW) as copy:
        assert copy.meta("half") is None
        assert copy.last_change_id() == 1


def test_a_database_in_memory_has_no_backup(tmp_path: Path) -> None:
    with Store.open("sqlite://", now=NOW) as store, pytest.raises(StorageError, match="in memory"):
        store.backup(tmp_path / "backup.db")
    with pytest.raises(StorageError, match="in memory"):
        restore("sqlite://", tmp_path / "backup.db", now=NOW)


def test_a_restored_database_is_that_of_the_backup_and_the_other_is_kept(path: Path, url: str, tmp_path: Path) -> None:
    with Store.open(url, now=NOW) as store:
        fill(store, 1)
        store.backup(tmp_path / "backup.db")
        fill(store, 3)

    aside = restore(url, tmp_path / "backup.db", now=NOW)

    assert aside == path.with_name("state.db.replaced-20260302T070000Z")
    assert path.stat().st_mode & 0o777 == aside.stat().st_mode & 0o777 == 0o600
    assert titles(url) == 1
    assert titles(f"sqlite:///{aside}") == 4
    assert restore(url, tmp_path / "backup.db", now=NOW) == path.with_name("state.db.replaced-20260302T070000Z-2")
    assert (tmp_path / "backup.db").exists()


def test_what_is_only_in_the_wal_is_kept_aside_too(path: Path, url: str, tmp_path: Path) -> None:
    with Store.open(url, now=NOW) as store:
        store.backup(tmp_path / "backup.db")
        fill(store, 2)
        for name in ("state.db", "state.db-wal"):  # as after a kill: nobody emptied the WAL
            (tmp_path / f"killed-{name}").write_bytes(path.with_name(name).read_bytes())
    for name in ("state.db", "state.db-wal"):
        path.with_name(name).write_bytes((tmp_path / f"killed-{name}").read_bytes())

    aside = restore(url, tmp_path / "backup.db", now=NOW)

    assert titles(url) == 0
    assert titles(f"sqlite:///{aside}") == 2


def test_a_backup_can_be_restored_where_no_database_is(url: str, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}", now=NOW) as store:
        fill(store)
        store.backup(tmp_path / "backup.db")

    assert restore(url, tmp_path / "backup.db", now=NOW) is None
    assert titles(url) == 3


def test_a_ruined_database_can_be_replaced(path: Path, url: str, tmp_path: Path) -> None:
    with Store.open(url, now=NOW) as store:
        fill(store)
        store.backup(tmp_path / "backup.db")
    path.write_bytes(b"rubbish" * 1000)

    aside = restore(url, tmp_path / "backup.db", now=NOW)

    assert aside is not None
    assert aside.read_bytes() == b"rubbish" * 1000
    assert titles(url) == 3


def test_only_a_sound_backup_of_ours_is_restored(path: Path, url: str, tmp_path: Path) -> None:
    with Store.open(url, now=NOW) as store:
        fill(store, 40)
        store.backup(tmp_path / "good.db")
    good = (tmp_path / "good.db").read_bytes()
    for name in ("newer", "damaged", "cut"):
        (tmp_path / f"{name}.db").write_bytes(good)
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("not a database, but long enough to be taken for one" * 20)
    with closing(sqlite3.connect(tmp_path / "newer.db", isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with closing(sqlite3.connect(tmp_path / "foreign.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (x)")
    flip(tmp_path / "damaged.db", 4096 * 12)
    with (tmp_path / "cut.db").open("r+b") as file:
        file.truncate(len(good) // 2)
    before = path.read_bytes()

    for name in ("newer", "damaged", "cut", "empty", "text", "foreign", "missing"):
        with pytest.raises(DatabaseNewer if name == "newer" else StorageError):
            restore(url, tmp_path / f"{name}.db", now=NOW)

    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.replaced-*"))


def test_nothing_is_restored_under_a_running_service(url: str, store: Store, tmp_path: Path) -> None:
    fill(store)
    store.backup(tmp_path / "backup.db")

    with store.exclusive("run"), pytest.raises(Locked):
        restore(url, tmp_path / "backup.db", now=NOW + HOUR)

    assert not list(tmp_path.glob("*.replaced-*"))


def test_damage_is_found_and_named(store: Store, path: Path, url: str) -> None:
    fill(store, 40)
    assert store.integrity(deep=True) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO http_records (source, url, checked_at) VALUES ('nobody', 'u', 'x')")
        connection.execute("DELETE FROM documents_fts_data WHERE id > 10")
    store.close()

    with Store.open(url, now=NOW) as again:
        found = again.integrity()

    assert any("http_records refers to a row of sources" in line for line in found)
    assert any("full-text index" in line for line in found)


def test_a_torn_page_is_found(store: Store, path: Path, url: str) -> None:
    fill(store, 40)
    store.close()
    flip(path, 4096 * 12)

    with Store.open(url, now=NOW) as again:
        assert again.integrity() != []


def test_the_store_tells_about_itself(store: Store, path: Path) -> None:
    fill(store)

    assert store.schema_revision() == REVISIONS[-1]
    assert store.sqlite_version() == sqlite3.sqlite_version
    assert store.size_bytes() >= path.stat().st_size > 0
    store.optimize()
    assert store.integrity() == []
