"""The demo as a newcomer meets it: what it says, what it leaves, and what it keeps its hands off."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from lxml import html

from aluevahti.demo.calendar import moments
from aluevahti.demo.readers import OPERATOR, READERS
from aluevahti.demo.run import prepare
from aluevahti.demo.world import read_places
from aluevahti.errors import ConfigError
from aluevahti.model import ChangeKind
from aluevahti.platforms import PLATFORMS
from aluevahti.storage import Store
from demorun import Run

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def mails(demo: Run) -> dict[str, list[Path]]:
    """The HTML files of all mails, by recipient."""
    found: dict[str, list[Path]] = {}
    for path in sorted((demo.folder / "mail").glob("*.eml")):
        read = BytesParser(policy=default).parsebytes(path.read_bytes())
        found.setdefault(str(read["To"]), []).append(path.with_suffix(".html"))
    return found


def test_everything_is_told_once_and_the_exit_code_says_so(demo: Run) -> None:
    assert (demo.code, demo.complained) == (0, ""), demo.said
    assert "Everything was told, once, in time, and nothing else." in demo.said
    assert re.search(r"changes told +57\n +false, or told twice +0\n +lost +0\n", demo.said)
    assert re.search(r"entries in them +\d+\n +false, or twice +0\n +lost +0\n", demo.said)


def test_it_costs_less_than_half_a_minute_of_processor_time(demo: Run) -> None:
    assert demo.cpu_seconds < 30


def test_it_dials_nothing_outside_this_machine_and_looks_no_name_up(demo: Run) -> None:
    assert {place for event, place in demo.dialled if event != "socket.getaddrinfo"} == {"127.0.0.1"}
    assert {place for event, place in demo.dialled if event == "socket.getaddrinfo"} <= {"127.0.0.1"}
    assert len([event for event, _ in demo.dialled if event == "socket.connect"]) > 20


def test_it_writes_into_its_own_folder_only(demo: Run) -> None:
    assert list(demo.workplace.iterdir()) == []
    kept = {path.name for path in demo.folder.iterdir()}
    assert {"index.html", "mail", "sources.yaml", "state.db"} <= kept


def test_each_reader_has_digests_in_the_reader_s_own_language(demo: Run) -> None:
    by_recipient = mails(demo)

    assert set(by_recipient) == {OPERATOR, *(reader.email for reader in READERS)}
    for reader in READERS:
        roots = [html.parse(str(path)).getroot() for path in by_recipient[reader.email]]
        assert {root.get("lang") for root in roots} == {reader.lang.value}
    assert [len(by_recipient[reader.email]) for reader in READERS] == [14, 8, 2]


def test_a_mail_that_was_put_off_arrives_once(demo: Run) -> None:
    names = Counter(
        str(BytesParser(policy=default).parsebytes(path.read_bytes())["Message-ID"])
        for path in (demo.folder / "mail").glob("*.eml")
    )

    assert set(names.values()) == {1}
    assert "mail to siv (of 07:30)" in demo.said


def test_the_index_leads_to_every_mail_and_every_way_it_names_exists(demo: Run) -> None:
    root = html.parse(str(demo.folder / "index.html")).getroot()
    ways = {str(way) for way in root.xpath("//a/@href")}

    assert ways == {f"mail/{path.name}" for path in (demo.folder / "mail").glob("*.html")}
    named = re.findall(r"(/\S+\.html)", demo.said)
    assert len(named) == 4
    assert all(Path(name).is_file() for name in named)


def test_readers_see_in_the_coverage_line_that_a_site_cannot_be_read(demo: Run) -> None:
    while_down = next((demo.folder / "mail").glob("*2026-03-10-1900-aino.txt")).read_text()

    assert re.search(r"Kainuu.*9\.3\.", while_down)


def test_what_stands_on_the_baseline_says_so_before_and_after(demo: Run) -> None:
    weekly = next((demo.folder / "mail").glob("*2026-03-16-0730-emma.txt")).read_text()

    assert "€660,000 (as of January 2023, not confirmed since)" in weekly
    assert "€702,000" in weekly


def test_every_platform_is_played(demo: Run) -> None:
    assert {site.platform for place in read_places() for site in place.sites} == set(PLATFORMS)


def test_the_state_that_is_kept_is_a_real_one(demo: Run) -> None:
    with Store.open(f"sqlite:///{demo.folder / 'state.db'}", now=moments()[-1]) as store:
        assert store.integrity() == []
        assert store.status("keski-suomi")["grant_granted_eur"].value == 702000
        kinds = Counter(change.kind for change in store.changes())
    assert kinds[ChangeKind.WINDOW_OPENED] == 5
    assert kinds[ChangeKind.WINDOW_CHANGED] == 2


def test_the_folder_that_make_uses_is_ignored_by_git() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (folder,) = re.findall(r"aluevahti demo --keep (\S+)", makefile)

    done = subprocess.run(["git", "check-ignore", "-q", f"{folder}/index.html"], cwd=ROOT, check=False)

    assert done.returncode == 0


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")

    with pytest.raises(ConfigError, match="is not empty"):
        prepare(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_of_an_earlier_demo_is_cleared_but_for_what_others_put_there(demo: Run, tmp_path: Path) -> None:
    for name in ("sources.yaml", "index.html"):
        (tmp_path / name).write_bytes((demo.folder / name).read_bytes())
    (tmp_path / "state.db-wal").touch()
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "x.eml").touch()
    (tmp_path / "notes.txt").write_text("mine")

    prepare(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
