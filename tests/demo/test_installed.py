"""The demo where the program was installed and its repository is not at hand."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from demorun import run

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def installed(target: Path) -> None:
    """Put into `target` what the wheel holds, by the project's own list of it."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, target / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    for source, place in wheel["force-include"].items():
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, target / place)


def test_the_wheel_s_content_is_enough(tmp_path: Path) -> None:
    target = tmp_path / "target"
    installed(target)
    path = os.pathsep.join((str(target), sysconfig.get_path("purelib")))

    one = run(tmp_path, ["demo"], python=getattr(sys, "_base_executable", sys.executable), path=path)

    assert (one.code, one.complained) == (0, ""), one.said
    (folder,) = tmp_path.glob("aluevahti-demo-*")
    assert f"Open this:  {folder}/index.html" in one.said
    assert list(one.workplace.iterdir()) == []
