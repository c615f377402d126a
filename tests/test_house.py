"""The house rules that a machine can check: layers, registries, and what the repository says of itself."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from aluevahti.config import PLATFORM_NAMES
from aluevahti.platforms import PLATFORMS

ROOT = Path(__file__).parents[1]
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".html", ".j2", ".cfg", ".sh", ""}
COMMANDS = [
    *("init", "check", "sources", "changes", "documents", "status", "extract", "review", "report"),
    *("subscribers", "digest", "outbox", "backup", "restore", "db", "doctor"),
]


def tracked() -> list[Path]:
    """The files of the repository; where it is no checkout, all that lie here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        names = [path for path in ROOT.rglob("*") if not any(part.startswith(".venv") for part in path.parts)]
    return [path for path in names if path.is_file()]


def test_imports_go_downward_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_that_names_the_platforms_names_the_same_ones() -> None:
    cases = {path.name for path in (ROOT / "tests" / "platforms" / "cases").iterdir() if path.is_dir()}
    sections = re.findall(r"^## (\w+)$", (ROOT / "docs" / "platforms.md").read_text(), re.MULTILINE)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (apart,) = (each["modules"] for each in contracts if each["type"] == "independence")

    assert set(PLATFORMS) == set(PLATFORM_NAMES)
    assert cases == set(PLATFORM_NAMES)
    assert {name for name in sections if name.islower()} == set(PLATFORM_NAMES)
    assert sorted(apart) == sorted(f"aluevahti.platforms.{name}" for name in PLATFORM_NAMES)


def test_every_platform_carries_the_name_it_is_registered_under() -> None:
    assert {name: platform.name for name, platform in PLATFORMS.items()} == {name: name for name in PLATFORMS}


def test_help_lists_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aluevahti", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    listed = re.findall(r"^  ([a-z-]+)(?:  |$)", done.stdout.partition("Commands:")[2], re.MULTILINE)

    assert set(listed) >= set(COMMANDS)


@pytest.mark.parametrize("target", ["demo", "test", "run", "check", "coverage", "accuracy", "bench", "figures"])
def test_make_knows_every_target(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("manual", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_the_manuals_name_only_files_that_are_there(manual: str) -> None:
    named = re.findall(r"`([a-z0-9_.-]+/[a-z0-9_./-]+)`", (ROOT / manual).read_text())

    assert len(named) > 3
    assert [name for name in named if not any((base / name).exists() for base in (ROOT, ROOT / "src/aluevahti"))] == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    foreign = re.compile(r"/(?:home|Users|root|work)/[\w.]|[A-Z]:\\Users\\")

    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if foreign.search(line) and path != Path(__file__)
    ]

    assert named == []


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError|pytest\.mark\.xfail")

    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix == ".py" and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if marks.search(line)
    ]

    assert left == []


def test_libyaml_reads_the_data_files_as_yaml_1_2() -> None:
    files = sorted((ROOT / "src").rglob("*.yaml"))
    assert len(files) > 20
    for file in files:
        text = file.read_text(encoding="utf-8")
        quick, whole = (YAML(typ="safe", pure=pure).load(text) for pure in (False, True))
        assert repr(quick) == repr(whole), file


def test_everything_is_caught_only_where_the_house_says_why() -> None:
    package = ROOT / "src" / "aluevahti"
    told = re.findall(r"^\| `([\w/]+\.py)`, one ", (ROOT / "docs" / "architecture.md").read_text(), re.MULTILINE)
    broad = re.compile(r"^\s*except (?:Exception\b.*)?:", re.MULTILINE)

    caught = [str(path.relative_to(package)) for path in package.rglob("*.py") for _ in broad.findall(path.read_text())]

    assert sorted(caught) == sorted(told)
    assert len(told) == 5
