"""The command line under test: one folder, no environment, and a way to run a command in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aluevahti.cli import main
from clirun import CONFIG, Result, Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ALUEVAHTI_CONFIG", "ALUEVAHTI_DATABASE", "ALUEVAHTI_MAIL_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command


@pytest.fixture
def configured(folder: Path) -> Path:
    """The folder with a small sources.yaml in it."""
    (folder / "sources.yaml").write_text(CONFIG)
    return folder
