"""Logs are JSON lines on stderr, dated by the command's clock, and quiet about what libraries do all day."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from aluevahti.cli import logs
from aluevahti.compose import Composition
from clirun import Run


@pytest.fixture
def own(run: Run) -> Composition:
    return Composition(now_text="2026-03-02T09:00+02:00", env={})


def test_a_log_line_says_when_how_bad_and_what_first(own: Composition, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(own, logging.INFO)

    with structlog.contextvars.bound_contextvars(source_id="kainuu-news"):
        structlog.get_logger("poll").info("poll.done", changes=2)

    line = capsys.readouterr().err
    assert json.loads(line) == {
        "timestamp": "2026-03-02T09:00:00+02:00",
        "level": "info",
        "event": "poll.done",
        "source_id": "kainuu-news",
        "changes": 2,
    }
    assert line.startswith('{"timestamp": "2026-03-02T09:00:00+02:00", "level": "info", "event": "poll.done"')


def test_libraries_speak_up_only_when_something_is_wrong(own: Composition, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(own, logging.INFO)

    logging.getLogger("a.library").info("Running job")
    logging.getLogger("a.library").warning("Run time of job %s was missed", "poll")

    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["logger"]) == ("warning", "a.library")
    assert line["event"] == "Run time of job poll was missed"


def test_a_command_by_hand_logs_nothing_that_it_does_not_say_itself(
    own: Composition, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(own, logging.CRITICAL)

    structlog.get_logger("poll").warning("poll.trouble", source_id="a")
    structlog.get_logger("poll").error("poll.crashed", source_id="a")

    assert capsys.readouterr().err == ""
