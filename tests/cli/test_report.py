"""`report` writes the situation anew from the state, wherever it is asked to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clirun import Run


def test_a_new_state_gives_the_report_of_january_2023(run: Run, configured: Path) -> None:
    told = run("report", "--json").json

    assert told["as_of"] == "2023-01-01T00:00:00+02:00"
    assert told["national"]["grant_model_ready"]["computed"] == 15
    assert told["regions"]["kainuu"]["sections"]["hyte"]["fields"]["strategy"]["standing"] == (
        "tammikuun 2023 tieto, ei vahvistettu sen jälkeen"
    )


def test_the_same_state_gives_the_same_bytes_whatever_the_time(run: Run, configured: Path) -> None:
    for layout in ("html", "md", "json"):
        first, second = run("report", "--format", layout), run("report", "--format", layout)
        assert (first.code, first.err) == (0, "")
        assert first.out == second.out


def test_the_time_that_was_asked_for_is_the_time_of_the_report(run: Run, configured: Path) -> None:
    run("status", "--json")

    assert "Tilannekuva 9.3.2026" in run("--now", "2026-03-09T08:00", "report", "--format", "md").out
    assert "Situation on 1 January 2023" in run("report", "--format", "md", "--lang", "en").out


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("tilanne.html", "<!DOCTYPE html>"),
        ("tilanne.md", "# Hyvinvointialueet"),
        ("tilanne.json", "{"),
        ("t", "<!DOCTYPE"),
    ],
)
def test_a_file_gets_the_form_that_it_is_named_after(run: Run, configured: Path, name: str, beginning: str) -> None:
    result = run("report", "-o", name)

    assert (result.code, result.out) == (0, "")
    assert name in result.err
    assert (configured / name).read_text("utf-8").lstrip().startswith(beginning)


def test_the_form_that_was_asked_for_goes_before_the_name(run: Run, configured: Path) -> None:
    run("report", "--format", "json", "-o", "tilanne.txt", "--since", "2026-03-01")

    told = json.loads((configured / "tilanne.txt").read_text("utf-8"))
    assert told["since"] == "2026-03-01T00:00:00+02:00"
    assert told["changed"] == []


def test_a_file_that_cannot_be_written_is_told_in_one_line(run: Run, configured: Path) -> None:
    result = run("report", "-o", "no-such-folder/tilanne.html")

    assert result.code == 2
    assert result.err == "aluevahti: no-such-folder/tilanne.html: No such file or directory\n"


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("--lang", "de"), ("--format", "pdf")])
def test_a_wrong_call_is_refused(run: Run, configured: Path, arguments: tuple[str, str]) -> None:
    result = run("report", *arguments)

    assert (result.code, result.out) == (2, "")
    assert arguments[1] in result.err


def test_an_operators_own_template_is_used(run: Run, configured: Path) -> None:
    folder = configured / "templates" / "report"
    folder.mkdir(parents=True)
    (folder / "report.md").write_text("{{ view.title }}: {{ view.regions|length }}", "utf-8")

    assert run("report", "--format", "md").out == "Hyvinvointialueet järjestöjen silmin: 22\n"


@pytest.mark.parametrize(("template", "line"), [("a\n{% if %}", ":2"), ("{{ nothing_of_the_kind }}", "")])
def test_a_wrong_template_of_the_operators_own_is_named(run: Run, configured: Path, template: str, line: str) -> None:
    folder = configured / "templates" / "report"
    folder.mkdir(parents=True)
    (folder / "report.md").write_text(template, "utf-8")

    result = run("report", "--format", "md")
    assert (result.code, result.out) == (2, "")
    assert f"report.md{line}" in result.err
