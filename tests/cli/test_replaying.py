"""`replay`: what today's rules would have told otherwise, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clirun import Run
from faultserver import Page, Site

CALL = "Kainuun hyvinvointialueen toiminta-avustukset ovat haettavana 2.3.–31.3.2026 klo 16.00 asti."


@pytest.fixture
def watched(folder: Path, run: Run) -> Iterator[Path]:
    """A call on a standing page, found on the second day; one reader."""
    with Site() as site:
        entry = f"id: k, region: kainuu, platform: page, url: '{site.url('/a')}', allow_private_addresses: true, min_interval_per_host: 0s"
        (folder / "sources.yaml").write_text(
            f"service: {{contact: a@aluevahti.test}}\nsources:\n  - {{{entry}, select: main}}\n"
        )
        for day, text in (("2026-03-01", "Haku avataan keväällä."), ("2026-03-02", CALL)):
            site.pages["/a"] = Page(
                f'<html lang="fi"><head><title>Avustukset</title></head><body><main><h1>Avustukset</h1><p>{text}</p></main></body></html>'
            )
            assert run("--now", f"{day}T09:00", "check").code == 0
        run("subscribers", "add", "lukija@aluevahti.test", "--confirmed")
        yield folder


def read_otherwise(folder: Path) -> None:
    """From now on only the page's heading counts."""
    file = folder / "sources.yaml"
    file.write_text(file.read_text().replace("select: main", "select: h1"))


def test_the_same_rules_come_to_the_same(run: Run, watched: Path) -> None:
    result = run("--now", "2026-03-03T09:00", "replay")

    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[1:] == ["Today's rules come to the same in everything."]


def test_what_would_differ_is_told_in_words(run: Run, watched: Path) -> None:
    read_otherwise(watched)

    told = run("--now", "2026-03-03T09:00", "replay").out

    assert "Told then, and not by today's rules" in told
    assert "window.opened    kainuu" in told
    assert "Windows that today's rules do not know (1)\n  kainuu grant_type toiminta-avustus, opens 2026-03-02" in told
    assert "Status values that would be others" in told
    assert "lukija@aluevahti.test: " in told


def test_programs_get_the_differences_whole(run: Run, watched: Path) -> None:
    read_otherwise(watched)

    found = run("--now", "2026-03-03T09:00", "replay", "--region", "kainuu", "--json").json

    assert found["replayed"] == {"documents": 1, "versions": 2, "answers": 2, "forgotten": 0, "unwatched": 0}
    assert "window.opened" in {change["kind"] for change in found["changes"]["only_recorded"]}
    assert found["changes"]["only_today"] == []
    assert [window["closes"] for window in found["windows"]["only_recorded"]] == ["2026-03-31"]
    assert {one["field"] for one in found["status"]} >= {"grant_types"}
    assert [one["subscriber"] for one in found["digests"]] == ["lukija@aluevahti.test"]
    assert found["pages"] == []


def test_one_readers_digests_and_a_moment_may_be_asked_for(run: Run, watched: Path) -> None:
    run("subscribers", "add", "toinen@aluevahti.test", "--region", "lappi")
    read_otherwise(watched)

    other = run("--now", "2026-03-03T09:00", "replay", "--subscriber", "toinen@aluevahti.test", "--json").json
    late = run("--now", "2026-03-03T09:00", "replay", "--since", "2026-03-03", "--json").json

    assert other["digests"] == []
    assert late["changes"] == {"only_recorded": [], "only_today": []}


def test_an_unknown_reader_is_named(run: Run, watched: Path) -> None:
    result = run("replay", "--subscriber", "lukia@aluevahti.test")

    assert result.code == 2
    assert "did you mean 'lukija@aluevahti.test'?" in result.err


def test_a_page_that_cannot_be_read_any_more_is_named(run: Run, watched: Path) -> None:
    file = watched / "sources.yaml"
    file.write_text(file.read_text().replace("select: main", "select: '.muu'"))

    result = run("--now", "2026-03-03T09:00", "replay")

    assert "Stored pages that are read otherwise" in result.out
    assert "cannot be read" in result.out
