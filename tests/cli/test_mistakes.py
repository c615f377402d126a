"""A wrong call is one readable line and exit code 2, and touches nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clirun import CONFIG, Run


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["chek"], "No such command 'chek'. Did you mean 'check'?"),
        (["check", "--fast"], "No such option: --fast"),
        (["check", "pirkanma-grants"], "SOURCE: 'pirkanma-grants' is unknown; did you mean 'pirkanmaa-grants'?"),
        (["check", "kainuu-news"], "SOURCE: kainuu-news is disabled; `aluevahti sources test` tries it"),
        (["check", "--region", "pirkanma"], "--region: 'pirkanma' is unknown; did you mean 'pirkanmaa'?"),
        (["status", "pirkanma"], "REGION: 'pirkanma' is unknown; did you mean 'pirkanmaa'?"),
        (["changes", "--since", "eilen"], "--since: 'eilen' is not a time; write 2026-03-01T08:00+02:00 or 2026-03-01"),
        (["--now", "eilen", "changes"], "--now: 'eilen' is not a time; write 2026-03-01T08:00+02:00 or 2026-03-01"),
        (["--database", "x", "changes"], "--database: 'x' is not a database address; write sqlite:///state.db"),
        (["--config", "no.yaml", "changes"], "no.yaml: there is no such file; `aluevahti init` writes one"),
        (["subscribers", "add", "a@b.fi", "c"], "subscribers add: 'c' is one argument too many"),
        (
            ["subscribers", "add", "lukija"],
            "EMAIL: 'lukija' is not an e-mail address: An email address must have an @-sign.",
        ),
    ],
)
def test_a_wrong_call_is_one_line(run: Run, configured: Path, arguments: list[str], line: str) -> None:
    result = run(*arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err == f"aluevahti: {line}\n"
    assert [path.name for path in configured.iterdir()] == ["sources.yaml"]


@pytest.mark.parametrize("option", [["--kind", "x"], ["--theme", "x"]])
def test_a_word_out_of_a_closed_set_is_named_with_the_set(run: Run, configured: Path, option: list[str]) -> None:
    result = run("changes", *option)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"aluevahti: Invalid value for '{option[0]}': 'x' is not one of ")
    assert result.err.count("\n") == 1


def test_a_wrong_configuration_is_named_line_by_line(run: Run, folder: Path) -> None:
    (folder / "sources.yaml").write_text(CONFIG.replace("page", "pge").replace("kainuu\n", "kainu\n"))

    result = run("check")

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "sources.yaml:7: platform 'pge' is unknown; did you mean 'page'?\n"
        "sources.yaml:12: region 'kainu' is unknown; did you mean 'kainuu'?\n"
    )


@pytest.mark.parametrize("words", [(), ("subscribers",), ("digest",)])
def test_a_call_without_a_command_is_answered_with_the_help(run: Run, configured: Path, words: tuple[str, ...]) -> None:
    result = run(*words)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: aluevahti")
    assert result.err.count("\n") > 8


def test_the_version_is_told_without_a_command(run: Run, folder: Path) -> None:
    result = run("--version")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("aluevahti ")


def test_without_a_configuration_the_way_to_one_is_told(run: Run, folder: Path) -> None:
    result = run("check")

    assert result.code == 2
    assert result.err == "aluevahti: sources.yaml: there is no such file; `aluevahti init` writes one\n"


def test_a_database_in_a_folder_that_is_not_there_is_one_line(run: Run, configured: Path) -> None:
    result = run("--database", "sqlite:///no/state.db", "changes")

    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "the folder of the database does not exist" in result.err


def test_a_file_that_is_no_database_is_left_alone(run: Run, configured: Path) -> None:
    (configured / "state.db").write_text("a letter to the board\n" * 100)

    result = run("changes")

    assert result.code == 2
    assert result.err.count("\n") == 1
    assert (configured / "state.db").read_text().startswith("a letter")


def test_the_real_program_gives_the_same_line_and_no_traceback(configured: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aluevahti", "--now", "eilen", "changes"],
        capture_output=True,
        text=True,
        cwd=configured,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "aluevahti: --now: 'eilen' is not a time; write 2026-03-01T08:00+02:00 or 2026-03-01\n"


def program(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "aluevahti", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_reader_of_the_output_who_leaves_early_is_no_fault(configured: Path) -> None:
    lines = f"{sys.executable} -m aluevahti status --json | head -c 10"

    done = subprocess.run(["bash", "-c", lines], capture_output=True, text=True, cwd=configured, check=False)

    assert (done.stdout[:1], done.stderr) == ("{", "")


def test_an_answer_that_finds_no_room_is_one_line(configured: Path) -> None:
    lines = f"{sys.executable} -m aluevahti status --json > /dev/full"

    done = subprocess.run(["bash", "-c", lines], capture_output=True, text=True, cwd=configured, check=False)

    assert done.returncode == 1
    assert done.stderr == "aluevahti: the answer cannot be written: No space left on device\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_caller_who_closes_the_output_hears_nothing_and_all_is_done(configured: Path, closed: str) -> None:
    lines = f"{sys.executable} -m aluevahti subscribers list {closed}"

    done = subprocess.run(["bash", "-c", lines], capture_output=True, text=True, cwd=configured, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_our_letters_gets_escapes_and_json_stays_json(configured: Path) -> None:
    (configured / "a.txt").write_text(
        "Järjestöavustukset haettavissa – 2.3.–31.3.2026 saakka, Kainuun hyvinvointialue\n"
    )

    told = program(configured, "extract", "a.txt", PYTHONIOENCODING="ascii")
    shape = program(configured, "extract", "--json", "a.txt", PYTHONIOENCODING="ascii")

    assert (told.returncode, told.stderr) == (0, b"")
    assert b"\\u2013" in told.stdout
    assert "–" in json.loads(shape.stdout)["windows"][0]["quote"]


FAULTY = """
import sys
from aluevahti.cli import app, main

@app.command()
def faulty() -> None:
    {}["what nobody thought of"]

sys.exit(main())
"""


def test_a_fault_of_ours_is_one_line_that_names_its_place(folder: Path) -> None:
    (folder / "faulty.py").write_text(FAULTY)

    done = subprocess.run(
        [sys.executable, "faulty.py", "faulty"], capture_output=True, text=True, cwd=folder, check=False
    )

    (line,) = done.stderr.splitlines()
    assert line.startswith("aluevahti: unexpected KeyError at ")
    assert "faulty.py:7: 'what nobody thought of'" in line
    assert (done.returncode, done.stdout) == (1, "")
