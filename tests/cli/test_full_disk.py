"""Where there is no room, what a command writes is whole or not there, and what was there stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from aluevahti.cli.files import write_whole
from clirun import CONFIG, Run
from faultserver import Page, Site

InLittleRoom: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def in_little_room(configured: Path) -> InLittleRoom:
    """Runs a command that may write no file longer than some kilobytes, as on a disk that is nearly full."""

    def run(kilobytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        lines = f'unset ${{!COVERAGE_@}}; ulimit -f {kilobytes}; exec "$@"'  # a measurement's files find no room either
        command = ["bash", "-c", lines, "bash", sys.executable, "-m", "aluevahti", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=configured, check=False)

    return run


def test_the_report_of_yesterday_stays_where_the_one_of_today_finds_no_room(
    run: Run, configured: Path, in_little_room: InLittleRoom
) -> None:
    run("report", "-o", "tilanne.html")
    before = (configured / "tilanne.html").read_bytes()
    there = set(configured.iterdir())

    done = in_little_room(50, "report", "--lang", "sv", "-o", "tilanne.html")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "aluevahti: tilanne.html: File too large\n"
    assert (configured / "tilanne.html").read_bytes() == before
    assert set(configured.iterdir()) == there


def test_evidence_that_finds_no_room_leaves_no_half_case(configured: Path, in_little_room: InLittleRoom) -> None:
    with Site() as site:
        site.pages["/avustukset"] = Page(f"<html><body><main><p>{'Haku on avoinna. ' * 2000}</p></main></body></html>")
        (configured / "sources.yaml").write_text(
            CONFIG.replace("http://127.0.0.1:9/avustukset", site.url("/avustukset"))
        )
        done = in_little_room(16, "sources", "test", "pirkanmaa-grants", "--evidence", "todisteet")

    assert done.returncode == 2
    assert done.stderr.endswith("aluevahti: todisteet: cannot be written: File too large\n")
    assert list((configured / "todisteet" / "page").iterdir()) == []


def test_a_backup_that_finds_no_room_leaves_nothing(run: Run, configured: Path, in_little_room: InLittleRoom) -> None:
    run("status")
    there = set(configured.iterdir())

    done = in_little_room(100, "backup", "kopio.db")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert set(configured.iterdir()) == there


def test_a_restore_that_finds_no_room_leaves_the_state_as_it_was(
    run: Run, configured: Path, in_little_room: InLittleRoom
) -> None:
    run("status")
    run("backup", "kopio.db")
    before = (configured / "state.db").read_bytes()
    there = {path.name for path in configured.iterdir()}

    done = in_little_room(100, "restore", "kopio.db")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert (configured / "state.db").read_bytes() == before
    assert {path.name for path in configured.iterdir() if not path.name.endswith(".lock")} <= there


def test_what_is_written_takes_the_place_and_the_permissions_of_what_was_there(tmp_path: Path) -> None:
    target, link = tmp_path / "tilanne.html", tmp_path / "linkki.html"
    target.write_text("vanha")
    target.chmod(0o640)
    link.symlink_to(target)

    write_whole(link, "uusi")

    assert (link.is_symlink(), target.read_text(), target.stat().st_mode & 0o777) == (True, "uusi", 0o640)
    assert sorted(tmp_path.iterdir()) == [link, target]
