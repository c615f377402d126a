"""From revision to revision."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from aluevahti.errors import DatabaseNewer, StorageError
from aluevahti.storage import Store, migrations, schema
from aluevahti.storage.database import BUSY_WAIT, make_engine
from aluevahti.storage.migrations import REVISIONS
from aluevahti.storage.schema import PRESENT, Revisions
from outcomes import HOUR, NOW, change, outcome, update

ADD_COLUMN = """
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("retained_until", sa.String(), nullable=True))
    op.execute("UPDATE documents SET retained_until = 'never'")
"""
FAIL_LATE = f"{ADD_COLUMN}    raise ValueError('the disk went away')\n"
LOSE_ROWS = """
    op.execute("DELETE FROM sources")
"""
WAIT = f"{ADD_COLUMN}    import sys, time\n    print('in the middle', flush=True)\n    time.sleep(60)\n"

NEXT = f"{len(REVISIONS) + 1:04}"

Tomorrow = Callable[[str], Revisions]


def objects(path: Path) -> list[tuple[str, str, str]]:
    """Every object of the schema, spaces aside."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
        return [(type_, name, "".join((sql or "").split()).replace('"', "")) for type_, name, sql in rows]


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(documents)")]


@pytest.fixture
def tomorrow(tmp_path: Path) -> Tomorrow:
    """The next version of aluevahti: one revision more, which does what the test says."""

    def make(body: str) -> Revisions:
        scripts = tmp_path / "scripts"
        (scripts / "versions").mkdir(parents=True)
        for file in (*PRESENT.scripts.glob("*.*"), *PRESENT.scripts.glob("versions/*.py")):
            (scripts / file.relative_to(PRESENT.scripts)).write_bytes(file.read_bytes())
        head = (
            f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{NEXT}"\ndown_revision = "{REVISIONS[-1]}"\n'
        )
        (scripts / "versions" / f"{NEXT}_more.py").write_text(f"{head}\ndef upgrade():{body}")
        return Revisions((*REVISIONS, NEXT), scripts)

    return make


@pytest.fixture
def old(path: Path, url: str) -> Path:
    """A database of today with something in it."""
    with Store.open(url, now=NOW) as store:
        store.record_poll(outcome(documents=(update("k", text="säde"),), changes=(change(document_key="k"),)))
    return path


def test_a_fresh_database_is_what_all_revisions_make_of_nothing(tmp_path: Path, store: Store, path: Path) -> None:
    migrated = tmp_path / "migrated.db"
    engine = make_engine(migrated, BUSY_WAIT, writer=True)
    with engine.begin() as connection:
        schema._run_revisions(connection, PRESENT.scripts)
    engine.dispose()

    assert objects(migrated) == objects(path)
    with closing(sqlite3.connect(migrated)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]


def test_the_list_of_revisions_is_that_of_the_scripts() -> None:
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(PRESENT.scripts))
    scripts = ScriptDirectory.from_config(config)

    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_an_older_database_is_copied_and_then_upgraded(old: Path, tomorrow: Tomorrow) -> None:
    known = tomorrow(ADD_COLUMN)

    schema.prepare(old, now=NOW, wait=BUSY_WAIT, known=known)

    assert schema.revision_of(old) == NEXT
    assert columns(old)[-1] == "retained_until"
    backup = old.with_name(f"state.db.bak-{REVISIONS[-1]}-20260302T070000Z")
    assert schema.revision_of(backup) == REVISIONS[-1]
    assert "retained_until" not in columns(backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    with Store(old) as store:
        assert [known.document.key for known in store.documents(words="säde")] == ["k"]
        assert store.text_of(1) == "säde"
        assert store.integrity(deep=True) == []
        with store._writing() as connection:
            assert connection.exec_driver_sql("SELECT retained_until FROM documents").scalars().all() == ["never"]


def test_an_upgraded_database_is_newer_than_this_version(old: Path, url: str, tomorrow: Tomorrow) -> None:
    schema.prepare(old, now=NOW, wait=BUSY_WAIT, known=tomorrow(ADD_COLUMN))

    with pytest.raises(DatabaseNewer, match=NEXT):
        Store.open(url, now=NOW)


def test_an_upgrade_is_done_once(old: Path, tomorrow: Tomorrow) -> None:
    known = tomorrow(ADD_COLUMN)
    for hours in range(3):
        schema.prepare(old, now=NOW + hours * HOUR, wait=BUSY_WAIT, known=known)

    assert len(list(old.parent.glob("state.db.bak-*"))) == 1


@pytest.mark.parametrize("body", [FAIL_LATE, LOSE_ROWS])
def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    old: Path, url: str, tomorrow: Tomorrow, body: str
) -> None:
    before = objects(old)
    known = tomorrow(body)

    for _ in range(2):  # the second try finds the first one's copy and does not stumble over it
        with pytest.raises(StorageError):
            schema.prepare(old, now=NOW, wait=BUSY_WAIT, known=known)

    assert objects(old) == before
    assert len(list(old.parent.glob("state.db.bak-*"))) == 2
    with Store.open(url, now=NOW) as store:
        assert store.text_of(1) == "säde"
        assert store.integrity() == []


def test_a_kill_in_the_middle_of_an_upgrade_leaves_the_old_schema(
    old: Path, url: str, tomorrow: Tomorrow, tmp_path: Path
) -> None:
    before = objects(old)
    known = tomorrow(WAIT)
    script = (
        "import datetime as dt, sys\n"
        "from pathlib import Path\n"
        "from aluevahti.storage import schema\n"
        f"known = schema.Revisions({known.names!r}, Path({str(known.scripts)!r}))\n"
        f"schema.prepare(Path({str(old)!r}), now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC), wait=dt.timedelta(1), known=known)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"in the middle\n"
        os.kill(child.pid, signal.SIGKILL)

    with Store.open(url, now=NOW) as store:
        assert store.integrity() == []
        assert store.text_of(1) == "säde"
    assert objects(old) == before


def test_alembic_is_not_imported_where_nothing_is_to_be_migrated(url: str) -> None:
    script = (
        "import datetime as dt, sys\n"
        "from aluevahti.storage import Store\n"
        f"Store.open({url!r}, now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC)).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout == "False\n"


def test_documents_come_through_the_revisions_as_they_were(tmp_path: Path, store: Store, path: Path) -> None:
    """A database as the first revision made it, with documents, versions, changes and twins."""
    store.record_poll(
        outcome(documents=(update("k", text="säde"), update("t", twin_key="k")), changes=(change(document_key="k"),))
    )
    known = list(store.documents())
    store.close()
    first = tmp_path / "first.db"
    engine = make_engine(first, BUSY_WAIT, writer=True)
    with engine.begin() as connection:
        for statement in import_module(f"{migrations.__name__}.versions.0001_initial").STATEMENTS:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT NOT NULL)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    engine.dispose()
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("ATTACH ? AS now", (str(path),))
        for name in ("sources", "bodies", "documents", "versions", "changes", "documents_fts"):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})"))
            rowid = "rowid, " if name == "documents_fts" else ""
            connection.execute(f"INSERT INTO main.{name} ({rowid}{columns}) SELECT {rowid}{columns} FROM now.{name}")
        connection.commit()

    with Store.open(f"sqlite:///{first}", now=NOW) as upgraded:
        assert list(upgraded.documents()) == known
        assert upgraded.text_of(1) == "säde"
        assert [one.document for one in upgraded.changes()] == [1]
        assert upgraded.integrity(deep=True) == []
        upgraded.record_poll(outcome(documents=(update("n"),)))
        assert upgraded.known_documents("a")[-1].id == 3
