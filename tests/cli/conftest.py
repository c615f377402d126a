"""The command line under test: one folder, no environment, and a way to run a command in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from aluevahti.cli import main
from clirun import CONFIG, Result, Run


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command sends logs to the stderr of its test; the next test has another one."""
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


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
