"""Opening: what is made, what is recognised, what is left alone."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from aluevahti.errors import DatabaseNewer, StorageError
from aluevahti.model import StatusUpdate
from aluevahti.storage import Store
from outcomes import NOW, outcome, status_update


def test_a_missing_database_is_made_with_its_baseline(url: str) -> None:
    with Store.open(url, now=NOW, baseline=lambda: [status_update("strategy", {"status": "draft"})]) as store:
        assert store.status("lappi")["strategy"].value == {"status": "draft"}
        assert list(store.changes()) == []
        assert store.status_history("lappi") == {}


def test_the_baseline_is_asked_for_only_once(url: str) -> None:
    asked = []

    def baseline() -> Iterable[StatusUpdate]:
        asked.append(1)
        return [status_update()]

    for _ in range(3):
        Store.open(url, now=NOW, baseline=baseline).close()

    assert asked == [1]


def test_a_baseline_that_fails_leaves_no_half_made_database(url: str) -> None:
    def broken() -> Iterable[StatusUpdate]:
        yield status_update()
        raise RuntimeError("the baseline cannot be read")

    with pytest.raises(RuntimeError):
        Store.open(url, now=NOW, baseline=broken)

    with Store.open(url, now=NOW, baseline=lambda: [status_update("organs", [])]) as store:
        assert list(store.status("lappi")) == ["organs"]


def test_a_new_database_is_readable_by_its_owner_only(path: Path, store: Store) -> None:
    store.record_poll(outcome())

    for file in (path, path.with_name("state.db-wal"), path.with_name("state.db.lock")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_written_is_there_after_opening_again(url: str) -> None:
    with Store.open(url, now=NOW) as store:
        store.record_poll(outcome())

    with Store.open(url, now=NOW) as store:
        assert list(store.all_health()) == ["a"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+psycopg://db/aluevahti", "keeps its state in SQLite"),
        ("mysql://db/x", "keeps its state in SQLite"),
        ("state.db", "not a database URL"),
        ("sqlite:///state.db?mode=ro", "nothing more"),
    ],
)
def test_only_sqlite_is_taken(url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says):
        Store.open(url, now=NOW)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"folder .*/nowhere"):
        Store.open(f"sqlite:///{tmp_path}/nowhere/state.db", now=NOW)


def test_a_file_that_is_no_database_is_left_alone(path: Path, url: str) -> None:
    path.write_bytes(b"dear diary " * 500)

    with pytest.raises(StorageError, match="not a database"):
        Store.open(url, now=NOW)

    assert path.read_bytes() == b"dear diary " * 500


def test_a_database_of_another_program_is_left_alone(path: Path, url: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (body TEXT)")
    before = path.read_bytes()

    with pytest.raises(StorageError, match="not one of aluevahti"):
        Store.open(url, now=NOW)

    assert path.read_bytes() == before


def test_a_newer_database_is_refused_and_not_touched(path: Path, url: str) -> None:
    Store.open(url, now=NOW).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    with pytest.raises(DatabaseNewer, match="9999"):
        Store.open(url, now=NOW)

    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.bak*"))


def test_a_database_that_does_not_say_its_revision_is_refused(path: Path, url: str) -> None:
    Store.open(url, now=NOW).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM alembic_version")

    with pytest.raises(StorageError, match="does not say which revision"):
        Store.open(url, now=NOW)


def test_an_empty_file_becomes_a_database(path: Path, url: str) -> None:
    path.touch()

    with Store.open(url, now=NOW, baseline=lambda: [status_update()]) as store:
        assert store.statuses().keys() == {"lappi"}


def test_many_openers_at_once_make_one_database(url: str) -> None:
    asked = []

    def baseline() -> Iterable[StatusUpdate]:
        asked.append(1)
        return [status_update()]

    def open_it(_: int) -> int:
        with Store.open(url, now=NOW, baseline=baseline) as store:
            store.record_poll(outcome())
            return len(store.status("lappi"))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(open_it, range(8))) == {1}

    assert asked == [1]
    with Store.open(url, now=NOW) as store:
        assert store.traffic()["a"].polls == 8


def test_every_connection_has_the_careful_settings(store: Store) -> None:
    expected = {"foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "secure_delete": 1, "synchronous": 2}

    with store._writing() as writer:
        found = {name: writer.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
        assert found == expected
        assert writer.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert writer.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 10_000
    with store._reading() as reader:
        assert reader.exec_driver_sql("PRAGMA query_only").scalar_one() == 1
        assert reader.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one() == 0


def test_reading_connections_cannot_write(store: Store) -> None:
    with pytest.raises(StorageError, match="readonly"), store._reading() as reader:
        reader.exec_driver_sql("DELETE FROM changes")


def test_a_closed_store_says_so_and_may_be_closed_again(url: str) -> None:
    store = Store.open(url, now=NOW)
    store.close()
    store.close()

    with pytest.raises(StorageError, match="closed"):
        store.all_health()
    with pytest.raises(StorageError, match="closed"):
        store.record_poll(outcome())


def test_a_database_in_memory_works_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with Store.open("sqlite://", now=NOW, baseline=lambda: [status_update()]) as store, store.exclusive("run"):
        store.record_poll(outcome())
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(lambda _: len(store.all_health()), range(20))) == {1}
        assert store.size_bytes() == 0

    assert list(tmp_path.iterdir()) == []
