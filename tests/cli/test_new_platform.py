"""The beginning of an adapter: a stub, a case and a test that fails until somebody has written it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from clirun import Run

ROOT = Path(__file__).parents[2]
WRITTEN = [
    "src/aluevahti/platforms/nemo.py",
    "tests/platforms/test_nemo.py",
    "tests/platforms/cases/nemo/first/source.yaml",
    "tests/platforms/cases/nemo/first/page.html",
    "tests/platforms/cases/nemo/first/expected.json",
]
READ = """
    found = []
    for row in page.root.iter("li"):
        day = numbering.date_in(meetings.words(row))
        for link, url in meetings.links(row, page.url):
            title = meetings.words(link)
            if day is not None and title:
                detail = Request(url=url, purpose="document", key=url)
                found.append(
                    Document(key=url, url=url, title=title, form=Form.DECISION, published_on=day, detail=detail)
                )
    if found:
        return Listing(documents=meetings.by_key(found), complete=meetings.is_to_the_end(page))
"""

In: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the tree without what no adapter needs."""
    copy = tmp_path / "copy"
    leave_out = shutil.ignore_patterns("__pycache__", "labelled", "simulation", "acceptance", "golden", "*.db*")
    for part in ("src", "tests"):
        shutil.copytree(ROOT / part, copy / part, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture
def inside(checkout: Path) -> In:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(checkout / "src"), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, "-m", *arguments], cwd=checkout, env=env, capture_output=True, text=True, check=False
        )

    return run


def judged(inside: In) -> subprocess.CompletedProcess[str]:
    return inside("pytest", "tests/platforms", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-k", "nemo")


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def register(checkout: Path) -> None:
    """The two lines that the steps ask for."""
    edit(
        checkout / "src/aluevahti/platforms/__init__.py",
        ("listing, mfiles, page,", "listing, mfiles, nemo, page,"),
        ('    "page": page,\n', '    "page": page,\n    "nemo": nemo,\n'),
    )
    edit(
        checkout / "src/aluevahti/config/options.py",
        ('        "page": _PAGE,\n', '        "page": _PAGE,\n        "nemo": frozenset(),\n'),
    )


def test_a_new_adapter_begins_with_a_failing_test_and_the_steps_lead_to_a_passing_one(
    checkout: Path, inside: In
) -> None:
    begun = inside("aluevahti", "new-platform", "nemo")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert [line.removeprefix("Wrote ") for line in begun.stdout.splitlines() if line.startswith("Wrote")] == WRITTEN
    assert "What is left to do:" in begun.stdout

    failing = judged(inside)
    assert failing.returncode == 1
    assert (
        "FAILED tests/platforms/test_nemo.py::test_the_first_saved_page_gives_what_a_person_has_read" in failing.stdout
    )
    assert "LayoutChanged" in failing.stdout

    register(checkout)
    registered = judged(inside)
    assert registered.returncode == 1
    assert "KeyError" not in registered.stdout

    edit(
        checkout / "src/aluevahti/platforms/nemo.py",
        ("    raise meetings.lacking(", f"{READ}    raise meetings.lacking("),
        ("import Listing, Request,", "import Document, Form, Listing, Request,"),
        ("import meetings\n", "import meetings, numbering\n"),
    )
    passing = judged(inside)
    assert passing.returncode == 0, passing.stdout
    assert "skipped" not in passing.stdout


def test_what_is_written_meets_the_house_rules(checkout: Path, inside: In) -> None:
    inside("aluevahti", "new-platform", "nemo")
    python = [path for path in WRITTEN if path.endswith(".py")]

    for call in (("check", "--quiet"), ("format", "--check", "--quiet")):
        done = inside("ruff", *call, *python)
        assert (done.returncode, done.stdout) == (0, "")


def test_nothing_is_overwritten(checkout: Path, inside: In) -> None:
    inside("aluevahti", "new-platform", "nemo")
    (checkout / "src/aluevahti/platforms/nemo.py").write_text("mine")

    again = inside("aluevahti", "new-platform", "nemo")

    assert again.returncode == 2
    assert "src/aluevahti/platforms/nemo.py: is there already; new-platform never overwrites" in again.stderr
    assert (checkout / "src/aluevahti/platforms/nemo.py").read_text() == "mine"


@pytest.mark.parametrize("name", ["casem", "meetings", "web"])
def test_a_name_that_is_taken_is_refused(checkout: Path, inside: In, name: str) -> None:
    before = sorted(path for path in checkout.rglob("*") if "__pycache__" not in path.parts)

    refused = inside("aluevahti", "new-platform", name)

    assert refused.returncode == 2
    assert "is there already" in refused.stderr
    assert before == sorted(path for path in checkout.rglob("*") if "__pycache__" not in path.parts)


@pytest.mark.parametrize("name", ["Nemo", "ne-mo", "9nemo", "", "class", "../nemo", "n", "näkkäri"])
def test_a_name_that_is_no_module_is_refused(run: Run, name: str) -> None:
    result = run("new-platform", name)

    assert result.code == 2
    assert f"'{name}' does not fit" in result.err


def test_outside_a_checkout_it_says_so(checkout: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    shutil.copytree(checkout / "src", installed)
    env = {**os.environ, "PYTHONPATH": str(installed)}

    done = subprocess.run(
        [sys.executable, "-m", "aluevahti", "new-platform", "nemo"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "aluevahti: new-platform: works in a source checkout of aluevahti, and this is none: "
        "an adapter is a part of the program\n"
    )
