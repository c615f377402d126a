"""Readers are added, shown, exported and forgotten on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aluevahti.storage import Store
from clirun import Run
from outcomes import NOW


@pytest.fixture
def state(configured: Path) -> Path:
    Store.open(f"sqlite:///{configured}/state.db", now=NOW).close()
    return configured


def test_a_confirmed_reader_is_listed_with_what_was_asked_for(run: Run, state: Path) -> None:
    added = run(
        *("--now", "2026-03-02T09:00", "subscribers", "add", "Lukija@Reader.test", "--confirmed"),
        *("--region", "lappi", "--region", "kainuu", "--region", "lappi", "--theme", "avustukset"),
        *("--words", "säde", "kuntoutus, omaishoito", "--all-documents", "--lang", "sv", "--every", "weekly"),
    )

    assert (added.code, added.out, added.err) == (0, "Lukija@reader.test is subscribed.\n", "")
    assert run("subscribers", "list", "--json").json == [
        {
            "id": 1,
            "email": "Lukija@reader.test",
            "state": "confirmed",
            "lang": "sv",
            "every": "weekly",
            "regions": ["lappi", "kainuu"],
            "themes": ["avustukset"],
            "words": ["säde", "kuntoutus", "omaishoito"],
            "all_documents": True,
            "created_at": "2026-03-02T09:00:00+02:00",
            "confirmed_at": "2026-03-02T09:00:00+02:00",
        }
    ]


def test_nothing_named_means_everything_daily_in_finnish(run: Run, state: Path) -> None:
    run("subscribers", "add", "a@reader.test", "--confirmed")

    (reader,) = run("subscribers", "list", "--json").json
    assert (reader["regions"], reader["themes"], reader["words"], reader["all_documents"]) == ([], [], [], False)
    assert (reader["lang"], reader["every"]) == ("fi", "daily")
    assert run("subscribers", "list").out.splitlines()[1].split() == [
        *("1", "a@reader.test", "confirmed", "daily", "fi", "all", "all")
    ]


def test_a_subscriber_cannot_be_added_twice(run: Run, state: Path) -> None:
    run("subscribers", "add", "a@reader.test", "--confirmed")

    again = run("subscribers", "add", "a@reader.test", "--confirmed")

    assert (again.code, again.out) == (2, "")
    assert again.err == "aluevahti: a@reader.test: is a subscriber already; see `subscribers show`\n"


@pytest.mark.parametrize("command", ["show", "remove", "erase", "export"])
def test_somebody_unknown_is_said_to_be_unknown(run: Run, state: Path, command: str) -> None:
    result = run("subscribers", command, "nobody@reader.test")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("aluevahti: nobody@reader.test: is no")


def test_a_reader_is_shown_removed_and_erased(run: Run, state: Path) -> None:
    for name in ("a", "b"):
        run("subscribers", "add", f"{name}@reader.test", "--confirmed")

    assert run("subscribers", "show", "a@reader.test").out.splitlines()[1].split() == ["email", "a@reader.test"]
    assert run("subscribers", "show", "a@reader.test", "--json").json["email"] == "a@reader.test"
    assert run("subscribers", "remove", "a@reader.test").out == "a@reader.test is removed.\n"
    assert run("subscribers", "erase", "b@reader.test").code == 0
    assert run("subscribers", "list").out == "Nobody is subscribed.\n"
    assert b"b@reader.test" not in (state / "state.db").read_bytes()


def test_what_is_exported_can_be_imported_elsewhere(run: Run, state: Path) -> None:
    run(
        "subscribers",
        "add",
        "a@reader.test",
        "--confirmed",
        "--region",
        "lappi",
        "--words",
        "säde",
        "--every",
        "instant",
    )

    assert run("subscribers", "export", "-o", "readers.json").out == "Wrote readers.json.\n"
    assert run("subscribers", "export", "-o", "readers.json").code == 2
    Store.open(f"sqlite:///{state}/other.db", now=NOW).close()
    there = ("--database", "sqlite:///other.db", "subscribers")
    assert run(*there, "import", "readers.json").out == "1 added, 0 left as they are.\n"
    assert run(*there, "import", "readers.json").out == "0 added, 1 left as they are.\n"
    (reader,) = run(*there, "list", "--json").json
    assert (reader["email"], reader["state"], reader["every"]) == ("a@reader.test", "confirmed", "instant")
    assert (reader["regions"], reader["words"]) == (["lappi"], ["säde"])


def test_all_that_is_kept_about_one_reader_can_be_had(run: Run, state: Path) -> None:
    run("subscribers", "add", "a@reader.test", "--confirmed")

    about = run("subscribers", "export", "a@reader.test").json

    assert about["subscriber"]["email"] == "a@reader.test"
    assert about["mail"] == []


def test_a_list_of_addresses_is_taken_whole_or_not_at_all(run: Run, state: Path) -> None:
    (state / "list.txt").write_text("# our members\n\na@reader.test\nb-reader.test\nc@\n")

    refused = run("subscribers", "import", "list.txt", "--confirmed")

    assert (refused.code, refused.out) == (2, "")
    assert [line.partition(" is not")[0] for line in refused.err.splitlines()] == [
        "list.txt:4: 'b-reader.test'",
        "list.txt:5: 'c@'",
    ]
    assert run("subscribers", "list").out == "Nobody is subscribed.\n"
    (state / "list.txt").write_text("a@reader.test\nd@reader.test\n")
    assert run("subscribers", "import", "list.txt", "--confirmed").out == "2 added, 0 left as they are.\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[1]", "each entry must be an object with an 'email', not 1"),
        ('[{"mail": "a@b.fi"}]', "'email' is missing"),
        ('[{"email": "a@b.fi", "regions": "lappi"}]', "'regions' must be a list"),
        ('[{"email": "a@b.fi", "regions": ["lapi"]}]', "'lapi' is unknown; did you mean 'lappi'?"),
        ('[{"email": "a@b.fi", "lang": "no"}]', "'no' is not a valid Language"),
        ("[", "is not JSON: Expecting value: line 1 column 2 (char 1)"),
    ],
)
def test_a_file_that_is_no_list_of_readers_is_one_line(run: Run, state: Path, content: str, complaint: str) -> None:
    (state / "readers.json").write_text(content)

    result = run("subscribers", "import", "readers.json")

    assert (result.code, result.err) == (2, f"aluevahti: readers.json: {complaint}\n")


def test_an_entry_of_someone_who_left_brings_nobody_back(run: Run, state: Path) -> None:
    (state / "readers.json").write_text(json.dumps([{"email": "a@reader.test", "state": "unsubscribed"}]))

    assert run("subscribers", "import", "readers.json").out == "0 added, 1 left as they are.\n"
