"""Checking sources, by hand, against a real site on loopback."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.storage import Store
from clirun import Run
from faultserver import Connection, Fault, Page, Seen, Site
from outcomes import NOW

CONFIG = """\
service: {{contact: seuranta@aluevahti.test, mail: {{host: 127.0.0.1, port: 9}}}}
defaults: {{min_interval_per_host: 0s, allow_private_addresses: true}}
sources:
  - {{id: kainuu-grants, region: kainuu, platform: page, url: "{url}/avustukset"}}
  - {{id: lappi-grants, region: lappi, platform: page, url: "{url}/understod"}}
  - {{id: lappi-old, region: lappi, platform: page, url: "{url}/vanha", enabled: false}}
"""
QUIET = "<!doctype html><html lang='fi'><body><main><h1>Järjestöavustukset</h1><p>{}</p></main></body></html>"
CLOSED = QUIET.format("Haku ei ole nyt auki. Seuraavasta hausta kerrotaan tällä sivulla myöhemmin.")
OPEN = QUIET.format(
    "Kainuun hyvinvointialueen järjestöjen toiminta-avustusten haku on avoinna 2.3.–31.3.2026 klo 12.00 asti."
)


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    with Site() as running:
        for path in ("/avustukset", "/understod", "/vanha"):
            running.pages[path] = Page(CLOSED)
        (folder / "sources.yaml").write_text(CONFIG.format(url=running.url("").rstrip("/")))
        yield running


def test_a_first_check_tells_nothing_and_a_change_is_told_once(run: Run, site: Site) -> None:
    first = run("--now", "2026-03-01T09:00", "check", "--json")
    site.pages["/avustukset"] = Page(OPEN)
    second = run("--now", "2026-03-02T09:00", "check", "--json")
    third = run("--now", "2026-03-02T10:00", "check", "--json")

    assert (first.code, first.err, first.json["changes"], first.json["failed"]) == (0, "", [], [])
    assert first.json["checked_at"] == "2026-03-01T09:00:00+02:00"
    assert [source["id"] for source in first.json["sources"]] == ["kainuu-grants", "lappi-grants"]
    kinds = [change["kind"] for change in second.json["changes"]]
    assert kinds.count("window.opened") == 1
    (opened,) = [change for change in second.json["changes"] if change["kind"] == "window.opened"]
    assert (opened["region"], opened["source"]) == ("kainuu", "kainuu-grants")
    assert (opened["after"]["closes"], opened["after"]["closes_time"]) == ("2026-03-31", "12:00")
    assert third.json["changes"] == []
    assert run("changes", "--json").lines == second.json["changes"]


def test_only_the_named_sources_or_region_are_asked(run: Run, site: Site) -> None:
    assert [one["id"] for one in run("check", "lappi-grants", "--json").json["sources"]] == ["lappi-grants"]
    assert [one["id"] for one in run("check", "--region", "kainuu", "--json").json["sources"]] == ["kainuu-grants"]
    assert site.hits("/vanha") == 0


@pytest.mark.parametrize(
    ("call", "whose"),
    [
        (["--region", "helsinki"], "no enabled source"),
        (["kainuu-grants", "--region", "lappi"], "none of these sources"),
    ],
)
def test_a_choice_that_leaves_nothing_to_check_is_a_wrong_call(
    run: Run, site: Site, call: list[str], whose: str
) -> None:
    result = run("check", *call)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"aluevahti: --region: {whose} is of '")
    assert not site.requests


def test_a_dry_run_stores_nothing(run: Run, site: Site) -> None:
    dry = run("check", "--dry-run")

    assert (dry.code, dry.out) == (0, "2 sources checked, 0 changes, 0 failed; nothing was stored.\n")
    assert run("documents", "--json").lines == []
    assert run("sources", "--json").json["sources"][0]["state"] == "new"


def test_a_source_that_cannot_be_read_is_named_and_the_others_are_read(run: Run, site: Site) -> None:
    site.pages["/understod"] = Page("kaputt", status=500)

    result = run("--now", "2026-03-01T09:00", "check")

    assert (result.code, result.out) == (1, "2 sources checked, 0 changes, 1 failed.\n")
    assert result.err.startswith("aluevahti: lappi-grants: ")
    assert "500" in result.err
    assert result.err.count("\n") == 1
    health = {source["id"]: source for source in run("sources", "--json").json["sources"]}
    assert (health["lappi-grants"]["failures"], health["kainuu-grants"]["failures"]) == (1, 0)
    assert health["kainuu-grants"]["last_success"] == "2026-03-01T09:00:00+02:00"


def test_a_forbidden_source_says_so_and_is_no_failure(run: Run, site: Site) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /understod\n", content_type="text/plain")

    result = run("check")

    assert (result.code, result.err) == (0, "")
    assert "1 forbidden by robots.txt" in result.out
    assert site.hits("/understod") == 0
    states = {source["id"]: source["state"] for source in run("sources", "--json").json["sources"]}
    assert states == {"kainuu-grants": "ok", "lappi-grants": "forbidden", "lappi-old": "disabled"}
    assert "forbidden" in run("sources").out


def test_sources_shows_health_and_permission(run: Run, site: Site, folder: Path) -> None:
    config = folder / "sources.yaml"
    config.write_text(config.read_text().replace('/understod"}', '/understod", permission: "NN, 1.2.2026"}'))
    run("--now", "2026-03-01T09:00", "check")

    table = run("sources").out.splitlines()

    assert table[0].split("  ")[0] == "ID"
    assert "2026-03-01 09:00" in table[1]
    assert table[2].endswith("permission: NN, 1.2.2026")
    assert run("sources", "--json").json["sources"][1]["permission"] == "NN, 1.2.2026"


def test_trying_a_source_shows_what_is_understood_and_stores_nothing(run: Run, site: Site, folder: Path) -> None:
    site.pages["/vanha"] = Page(OPEN)

    tried = run("--now", "2026-03-02T09:00", "sources", "test", "lappi-old", "--json")
    told = run("--now", "2026-03-02T09:00", "sources", "test", "lappi-old")

    (source,) = tried.json["sources"]
    assert tried.code == 0
    assert source["verdict"].startswith("reads: 1 document, 1 of them with their text")
    assert source["verdict"].endswith("it is disabled: set enabled: true to watch it")
    (document,) = source["documents"]
    assert document["understood"]["windows"][0]["closes"] == "2026-03-31"
    assert "grant_call" in told.out
    assert "next check: 2026-03-02" in told.out
    assert not (folder / "state.db").exists()


def test_trying_everything_gives_a_verdict_for_each(run: Run, site: Site) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /understod\n", content_type="text/plain")
    site.pages["/vanha"] = Page("gone", status=404)

    tried = run("sources", "test", "--all")

    assert tried.code == 1
    kainuu, lappi, old = tried.out.splitlines()
    assert kainuu.startswith("kainuu-grants: reads: 1 document,")
    assert lappi.startswith("lappi-grants: robots.txt forbids it;")
    assert old.startswith("lappi-old: does not read: ")
    assert "404" in old


def test_trying_nothing_is_a_wrong_call(run: Run, site: Site) -> None:
    nothing = run("sources", "test")
    both = run("sources", "test", "--all", "lappi-old")

    assert (nothing.code, both.code) == (2, 2)
    assert nothing.err == "aluevahti: sources test: name one source or more, or say --all\n"


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_ends_a_check_when_what_is_under_way_is_finished_or_at_once(
    site: Site, folder: Path, presses: int
) -> None:
    asked, finish = threading.Event(), threading.Event()

    def slowly(connection: Connection, seen: Seen) -> None:
        asked.set()
        finish.wait(20)
        Page(CLOSED).answer(connection, seen)

    site.pages["/avustukset"] = site.pages["/understod"] = Fault(slowly)
    command = [sys.executable, "-m", "aluevahti", "check"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as check:
        assert check.stderr is not None
        assert asked.wait(20)
        check.send_signal(signal.SIGINT)
        said = check.stderr.readline()
        if presses == 1:
            finish.set()
        else:
            check.send_signal(signal.SIGINT)
        code = check.wait(20)
        finish.set()

    assert said == "aluevahti: stops when what is under way is finished; Ctrl-C again stops at once\n"
    assert code == 130
    assert not site.hits("/vanha")


def test_ctrl_c_means_another_one_where_the_check_works_in_the_background(site: Site, folder: Path) -> None:
    asked, finish = threading.Event(), threading.Event()

    def slowly(connection: Connection, seen: Seen) -> None:
        asked.set()
        finish.wait(20)
        Page(CLOSED).answer(connection, seen)

    site.pages["/avustukset"] = Fault(slowly)
    command = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", sys.executable, "-m", "aluevahti", "check"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as check:
        assert asked.wait(20)
        check.send_signal(signal.SIGINT)
        finish.set()
        code = check.wait(20)

    assert code == 0
    assert site.hits("/understod")


def test_a_check_that_waits_for_another_one_says_so(site: Site, folder: Path) -> None:
    command = [sys.executable, "-m", "aluevahti", "check"]
    with Store.open(f"sqlite:///{folder / 'state.db'}", now=NOW) as store:
        with store.exclusive("pass"):
            check = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            assert check.stderr is not None
            said = check.stderr.readline()
            asked = len(site.requests)
        with check:
            code = check.wait(20)

    assert said == "aluevahti: another check is under way; this one begins when it is over\n"
    assert (asked, code) == (0, 0)
