"""Is everything well, and if not, what is named."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

from aluevahti.model import SourceHealth, SourceState
from aluevahti.storage import Store
from clirun import CONFIG, Run
from outcomes import NOW, outcome
from smtpserver import SmtpServer


def record(folder: Path, state: SourceState, *, at: dt.datetime = NOW, **health: object) -> None:
    known = SourceHealth(state=state, last_attempt_at=at, next_poll_at=at + dt.timedelta(hours=1), **health)  # type: ignore[arg-type]
    with Store.open(f"sqlite:///{folder}/state.db", now=NOW) as store:
        store.record_poll(outcome("pirkanmaa-grants", region="pirkanmaa", health=known))


def test_all_is_well(run: Run, folder: Path) -> None:
    with SmtpServer() as server:
        (folder / "sources.yaml").write_text(CONFIG.replace("port: 9}", f"port: {server.port}}}"))
        record(folder, SourceState.OK, last_success_at=NOW)

        result = run("--now", "2026-03-02T10:00+02:00", "doctor", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.json["ok"] is True
    assert [check["name"] for check in result.json["checks"]] == [
        *("configuration", "database", "search", "mail", "disk", "clock", "pirkanmaa-grants")
    ]
    assert {check["grade"] for check in result.json["checks"]} == {"ok"}


def test_a_source_in_trouble_is_named_and_makes_the_exit_code_1(run: Run, configured: Path) -> None:
    record(configured, SourceState.FAILING, error="HTTP 500 (http://127.0.0.1:9/avustukset)", bad_checks=3)

    result = run("--now", "2026-03-02T10:00+02:00", "doctor")

    assert result.code == 1
    assert "pirkanmaa-grants  bad   failing, last read never: HTTP 500" in result.out


def test_a_damaged_database_is_a_finding_with_its_way_out_and_the_rest_is_looked_at(run: Run, configured: Path) -> None:
    (configured / "state.db").write_text("a letter to the board\n" * 1000)

    result = run("doctor", "--json")

    findings = {check["name"]: check for check in result.json["checks"]}
    assert (result.code, result.json["ok"], result.err) == (1, False, "")
    assert set(findings) == {"configuration", "database", "mail", "disk", "clock"}
    assert findings["database"]["grade"] == "bad"
    assert "file is not a database; `aluevahti restore FILE`" in findings["database"]["text"]


def test_mail_that_cannot_go_out_is_bad_only_where_somebody_waits_for_it(run: Run, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        (folder / "sources.yaml").write_text(CONFIG.replace("port: 9}", f"port: {taken.getsockname()[1]}}}"))
        record(folder, SourceState.OK)

        before = run("--now", "2026-03-02T10:00+02:00", "doctor", "--json")
        run("subscribers", "add", "a@reader.test", "--confirmed")
        after = run("--now", "2026-03-02T10:00+02:00", "doctor", "--json")

    grades = [
        [check["grade"] for check in result.json["checks"] if check["name"] == "mail"] for result in (before, after)
    ]
    assert (before.code, after.code) == (0, 1)
    assert grades == [["warn"], ["bad"]]


def test_a_clock_that_went_back_is_noticed(run: Run, configured: Path) -> None:
    record(configured, SourceState.OK)

    result = run("--now", "2026-03-01T10:00+02:00", "doctor", "--json")

    (clock,) = [check for check in result.json["checks"] if check["name"] == "clock"]
    assert result.code == 1
    assert "it has gone back" in clock["text"]


def test_a_source_that_nobody_asks_any_more_is_overdue(run: Run, configured: Path) -> None:
    record(configured, SourceState.OK)

    checks = run("--now", "2026-03-03T10:00+02:00", "doctor", "--json").json["checks"]

    assert checks[-1] == {
        "name": "pirkanmaa-grants",
        "grade": "warn",
        "text": "is overdue since 2026-03-02T10:00:00+02:00",
    }


def test_a_damaged_database_is_found(run: Run, configured: Path) -> None:
    record(configured, SourceState.OK)
    path = configured / "state.db"
    body = bytearray(path.read_bytes())
    for page in range(4096, len(body), 4096):
        body[page : page + 200] = b"\xa5" * 200
    path.write_bytes(bytes(body))

    result = run("doctor", "--json")

    assert (result.code, result.err) == (1, "")
    assert "bad" in {check["grade"] for check in result.json["checks"] if check["name"] == "database"}


def test_a_forbidden_source_and_the_example_contact_are_worth_a_word(run: Run, configured: Path) -> None:
    (configured / "sources.yaml").write_text(CONFIG.replace("aluevahti.test", "example.org"))
    record(configured, SourceState.FORBIDDEN, error="robots.txt forbids this address")

    checks = run("--now", "2026-03-02T10:00+02:00", "doctor", "--json").json["checks"]

    assert {(check["name"], check["grade"]) for check in checks} >= {
        ("configuration", "warn"),
        ("pirkanmaa-grants", "warn"),
    }
