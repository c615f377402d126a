"""Every saved page gives what a person has checked it to give."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import goldencases
from aluevahti.platforms import PLATFORMS


@pytest.mark.parametrize("folder", goldencases.folders(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_saved_page_gives_what_was_checked(folder: Path) -> None:
    case = goldencases.load(folder)
    found = goldencases.outcome(case)
    if os.environ.get("REWRITE_GOLDEN"):
        case.expected.write_text(goldencases.written(found))

    assert found == json.loads(case.expected.read_text())


@pytest.mark.parametrize("folder", goldencases.folders(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_case_uses_every_file_it_brings(folder: Path) -> None:
    used = {file for file, _ in goldencases.load(folder).snapshots}

    assert used == {path.name for path in folder.iterdir()} - {"source.yaml", "expected.json"}


def test_every_platform_has_a_case() -> None:
    assert {folder.parent.name for folder in goldencases.folders()} == set(PLATFORMS)
