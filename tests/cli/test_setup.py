"""Setting aluevahti up and taking care of its state."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from aluevahti.regions import REGION_CODES
from clirun import Run

SHIPPED = Path(__file__).parents[2] / "sources.yaml"


def test_init_writes_the_shipped_file_and_a_database_that_knows_the_baseline(run: Run, folder: Path) -> None:
    result = run("init")

    assert (result.code, result.err) == (0, "")
    assert (folder / "sources.yaml").read_text() == SHIPPED.read_text()
    assert (folder / "state.db").exists()
    told = run("status", "--json").json
    regions = told["regions"]
    assert set(regions) == set(REGION_CODES)
    assert all({"computed", "reported"} <= set(count) for count in told["national"].values())
    assert regions["lappi"]["strategy"]["value"]["status"] != "approved"


def test_init_makes_the_folder_it_is_given(run: Run, folder: Path) -> None:
    assert run("init", "vahti/tila").code == 0

    assert {path.name for path in (folder / "vahti" / "tila").iterdir()} >= {"sources.yaml", "state.db"}
    assert run("--config", "vahti/tila/sources.yaml", "sources").code == 0


def test_init_never_overwrites_and_names_what_is_there(run: Run, folder: Path) -> None:
    (folder / "sources.yaml").write_text("mine")

    result = run("init")

    assert (result.code, result.out) == (2, "")
    assert result.err == "aluevahti: sources.yaml: is there already; init never overwrites\n"
    assert (folder / "sources.yaml").read_text() == "mine"
    assert not (folder / "state.db").exists()


def test_an_init_that_finds_no_room_leaves_nothing_in_the_way_of_the_next(folder: Path) -> None:
    lines = f"unset ${{!COVERAGE_@}}; ulimit -f 8; {sys.executable} -m aluevahti init"

    done = subprocess.run(["bash", "-c", lines], capture_output=True, text=True, cwd=folder, check=False)

    assert done.returncode == 2
    assert done.stderr == "aluevahti: sources.yaml: cannot be written: File too large\n"
    assert list(folder.iterdir()) == []


def test_an_init_that_finds_no_room_for_the_database_takes_back_what_it_wrote(folder: Path) -> None:
    lines = f"unset ${{!COVERAGE_@}}; ulimit -f 128; {sys.executable} -m aluevahti init"

    done = subprocess.run(["bash", "-c", lines], capture_output=True, text=True, cwd=folder, check=False)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "state.db: the database failed: disk I/O error" in done.stderr
    assert list(folder.iterdir()) == []


def test_init_leaves_an_old_database_alone_too(run: Run, folder: Path) -> None:
    (folder / "state.db").write_text("mine")

    result = run("init")

    assert result.code == 2
    assert result.err == f"aluevahti: {folder}/state.db: is there already; init never overwrites\n"
    assert not (folder / "sources.yaml").exists()


def test_a_command_that_needs_the_database_makes_it(run: Run, configured: Path) -> None:
    assert run("changes", "--json").out == ""

    assert (configured / "state.db").exists()


def test_a_database_alone_is_enough_to_look_at(run: Run, folder: Path) -> None:
    result = run("--database", "sqlite:///only.db", "status", "kainuu", "--json")

    assert result.code == 0
    assert list(result.json["regions"]) == ["kainuu"]
    assert (folder / "only.db").exists()


def test_a_backup_is_restored_and_what_was_there_is_kept(run: Run, configured: Path) -> None:
    run("subscribers", "add", "a@reader.test", "--confirmed")
    assert run("backup", "copy.db").out == "Backed up to copy.db.\n"
    run("subscribers", "remove", "a@reader.test")

    restored = run("--now", "2026-03-02T09:00", "restore", "copy.db")

    assert restored.code == 0
    assert "a@reader.test" in run("subscribers", "list").out
    assert list(configured.glob("state.db.replaced-*")) != []


def test_a_backup_never_overwrites(run: Run, configured: Path) -> None:
    (configured / "copy.db").write_text("mine")

    result = run("backup", "copy.db")

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert (configured / "copy.db").read_text() == "mine"


def test_what_is_no_backup_is_not_restored(run: Run, configured: Path) -> None:
    run("changes")
    (configured / "copy.db").write_text("a letter")

    result = run("restore", "copy.db")

    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert list(configured.glob("state.db.replaced-*")) == []


def test_the_database_says_that_it_is_up_to_date(run: Run, configured: Path) -> None:
    result = run("db", "upgrade")

    assert result.code == 0
    assert "which is this version's" in result.out
