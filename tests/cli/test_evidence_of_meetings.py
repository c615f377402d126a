"""Evidence from whole meeting sites: dropped among the golden cases it is one, and it names no person by number."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clirun import Result, Run
from faultserver import Page, Site
from installs import INSTALLS
from meetingsites import GRANTS, HELSINKI_COMMITTEE, OPENING, Meeting

ROOT = Path(__file__).parents[2]
PERSONAL = "Lisätietoja: Maija Mallikas, maija.mallikas@esimerkki.example, p. 044 123 4567, 010190-123A."
NAMED = replace(GRANTS, reasons=f"Hakemuksia saapui 12. {PERSONAL}")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def publish(site: Site, folder: Path) -> None:
    """All five meeting platforms on one host, each with a meeting to come and one that was held."""
    entries = ["service:\n  contact: seuranta@aluevahti.test\n  mail: {host: 127.0.0.1, port: 9}\nsources:\n"]
    for platform, install in INSTALLS.items():
        organ = HELSINKI_COMMITTEE if platform == "helsinki" else "Aluehallitus"
        coming = Meeting(organ, dt.date(2026, 3, 9), 118, (OPENING, NAMED))
        held = replace(coming, held_on=dt.date(2026, 2, 23), number=97, items=(replace(NAMED, section=11),)).decided()
        site.pages.update(install.pages([held, coming], site.origin))
        entries.append(
            f"  - id: {platform}-meetings\n    region: {'helsinki' if platform == 'helsinki' else 'kainuu'}\n"
            f"    platform: {platform}\n    url: {site.url(install.path)}\n"
            "    allow_private_addresses: true\n    min_interval_per_host: 0s\n"
        )
    (folder / "sources.yaml").write_text("".join(entries))


def tried(run: Run, day: str = "2026-03-02") -> Result:
    return run("--now", f"{day}T09:00", "sources", "test", "--all", "--evidence", "evidence")


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-16"], ids=["before the meeting", "after it"])
def test_evidence_dropped_among_the_golden_cases_passes_as_one(
    site: Site, run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory, day: str
) -> None:
    publish(site, folder)
    assert tried(run, day).code == 0
    copy = tmp_path_factory.mktemp("copy")
    for part in ("platforms", "goldencases.py", "conftest.py"):
        source = ROOT / "tests" / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, _made(copy / "tests" / part))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for platform in INSTALLS:
        shutil.copytree(
            folder / "evidence" / platform / f"{platform}-meetings",
            copy / "tests/platforms/cases" / platform / f"{platform}-meetings",
        )

    names = [f"{platform}/{platform}-meetings" for platform in INSTALLS]
    tests = ("test_a_saved_page_gives_what_was_checked", "test_a_case_uses_every_file_it_brings")
    nodes = [f"tests/platforms/test_golden.py::{test}[{name}]" for test in tests for name in names]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *nodes],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert f"{2 * len(INSTALLS)} passed" in done.stdout


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_no_encoding_hides_what_tells_of_a_person(site: Site, run: Run, folder: Path) -> None:
    publish(site, folder)
    assert tried(run).code == 0

    files = [path for path in (folder / "evidence").rglob("*") if path.is_file()]
    texts = [text for path in files for text in _readings(path.read_bytes())]
    assert len(files) > 20
    assert not [text for text in texts if "maija.mallikas@" in text or "123 4567" in text or "010190" in text]
    assert [text for text in texts if "nimi@example.org" in text]


def _readings(body: bytes) -> list[str]:
    return [body.decode(charset, "replace") for charset in ("utf-8", "windows-1252", "utf-16-le")]


def test_every_source_gets_its_verdict_and_every_item_its_identity(site: Site, run: Run, folder: Path) -> None:
    publish(site, folder)

    said = run("--now", "2026-03-02T09:00", "sources", "test", "dynasty-meetings")
    told = run("--now", "2026-03-02T09:00", "sources", "test", "--all", "--json").json["sources"]

    assert "dynasty-meetings: reads: 3 documents, 3 of them with their text, the newest of 2026-03-09." in said.out
    assert "next check: 2026-03-02 10:0" in said.out
    row = next(line for line in said.out.splitlines() if "2026118-2" in line)
    assert row.split()[:2] == ["2026-03-09", "agenda"]
    assert GRANTS.title in row
    assert [one["verdict"].partition(":")[0] for one in told] == ["reads"] * len(INSTALLS)
    assert all(document["key"] and document["url"] for one in told for document in one["documents"])
    assert all(one["next_check"] for one in told)


def test_a_forbidden_source_says_so_and_is_asked_for_nothing_but_robots(site: Site, run: Run, folder: Path) -> None:
    publish(site, folder)
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n", content_type="text/plain")

    result = tried(run)

    assert result.code == 0
    assert (
        result.out.count("robots.txt forbids it; with the owner's written permission, record that as permission:") == 5
    )
    assert {seen.path for seen in site.requests} == {"/robots.txt"}
    assert [path.name for path in sorted((folder / "evidence/tweb/tweb-meetings").iterdir())] == [
        "expected.json",
        "source.yaml",
    ]
