"""Digests and the outbox, over a real conversation with a mail server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind, Evidence, Theme
from aluevahti.storage import Store
from clirun import CONFIG, Run
from outcomes import outcome
from smtpserver import SmtpServer

MONDAY = "2026-03-02T07:30+02:00"
OPENED = Change(
    kind=ChangeKind.WINDOW_OPENED,
    region="kainuu",
    source="kainuu-news",
    detected_at=dt.datetime(2026, 3, 1, 10, 0, tzinfo=dt.UTC),
    title="Järjestöavustukset haettavissa",
    url="https://kainuu.example/haku",
    relevant=True,
    themes=(Theme.GRANTS,),
    after={"grant_type": None, "opens": "2026-03-01", "closes": "2026-03-31", "closes_time": None, "continuous": False},
    evidence=Evidence(quote="Haku on avoinna 1.–31.3.2026.", url="https://kainuu.example/haku"),
)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


@pytest.fixture
def state(folder: Path, server: SmtpServer, run: Run) -> Path:
    """A confirmed reader of Kainuu, and one change for her."""
    (folder / "sources.yaml").write_text(CONFIG.replace("port: 9", f"port: {server.port}"))
    early = dt.datetime(2026, 2, 28, 10, 0, tzinfo=dt.UTC)
    with Store.open(f"sqlite:///{folder}/state.db", now=early) as store:
        run("--now", "2026-02-28T12:00", "subscribers", "add", "a@reader.test", "--confirmed", "--region", "kainuu")
        store.record_poll(outcome("kainuu-news", region="kainuu", changes=(OPENED,)))
    return folder


def test_a_due_digest_is_queued_and_delivered_once(run: Run, state: Path, server: SmtpServer) -> None:
    sent = run("--now", MONDAY, "digest", "send", "--json")
    again = run("--now", MONDAY, "digest", "send", "--json")

    assert (sent.code, sent.err, again.code) == (0, "", 0)
    assert sent.json["queued"]["digests"] == 1
    assert sent.json["delivered"]["sent"] == 1
    assert (again.json["queued"]["digests"], again.json["delivered"]["sent"]) == (0, 0)
    (message,) = server.messages
    assert message.recipients == ("a@reader.test",)
    assert run("outbox", "list").out.splitlines()[1].split()[3:5] == ["a@reader.test", "sent"]


def test_one_digest_is_spoken_of_in_the_singular(run: Run, state: Path, server: SmtpServer) -> None:
    assert run("--now", MONDAY, "digest", "send").out.startswith("1 digest queued, 0 readers with nothing to tell.")


def test_a_refused_mail_waits_is_named_and_goes_out_later(run: Run, state: Path, server: SmtpServer) -> None:
    server.script("rcpt", "451 4.3.0 later")

    refused = run("--now", MONDAY, "digest", "send")
    later = run("--now", "2026-03-02T09:00+02:00", "digest", "send")

    assert refused.code == 1
    assert "1 to be tried again" in refused.out
    assert refused.err.startswith("aluevahti: a@reader.test: ")
    assert "451" in refused.err
    assert refused.err.count("\n") == 1
    assert later.code == 0
    assert len(server.messages) == 1


def test_waiting_mail_can_be_flushed_at_once(run: Run, state: Path, server: SmtpServer) -> None:
    server.script("rcpt", "451 4.3.0 later")
    run("--now", MONDAY, "digest", "send")

    flushed = run("--now", MONDAY, "outbox", "flush")

    assert (flushed.code, flushed.out) == (0, "1 sent, 0 to be tried again, 0 given up, 0 held.\n")
    assert len(server.messages) == 1


def test_what_a_flush_came_to_can_be_had_as_json(run: Run, state: Path, server: SmtpServer) -> None:
    server.script("rcpt", "451 4.3.0 later", "550 5.1.1 nobody here")
    run("--now", MONDAY, "digest", "send")

    flushed = run("--now", MONDAY, "outbox", "flush", "--json")

    (trouble,) = flushed.json["delivered"]["troubles"]
    assert (flushed.code, flushed.json["delivered"]["failed"]) == (1, 1)
    assert trouble["error"] == "recipient: 550 5.1.1 nobody here"


def test_mail_that_was_given_up_can_be_tried_again(run: Run, state: Path, server: SmtpServer) -> None:
    server.script("rcpt", "550 5.1.1 nobody here")
    assert run("--now", MONDAY, "digest", "send").code == 1
    (failed,) = run("outbox", "list", "--state", "failed", "--json").json

    assert run("outbox", "retry", "99").err == "aluevahti: outbox retry: there is no mail 99; see `outbox list`\n"
    assert run("--now", MONDAY, "outbox", "retry").out == "1 to be tried again.\n"
    assert run("--now", MONDAY, "outbox", "retry", str(failed["id"])).out == "1 to be tried again.\n"
    assert run("--now", MONDAY, "digest", "send").code == 0
    assert len(server.messages) == 1


def test_a_preview_renders_both_parts_and_sends_nothing(run: Run, state: Path, server: SmtpServer) -> None:
    (shown,) = run("--now", MONDAY, "digest", "preview", "--json").json

    assert shown["email"] == "a@reader.test"
    assert "Järjestöavustukset haettavissa" in shown["text"]
    assert "Järjestöavustukset haettavissa" in shown["html"]
    written = run("--now", MONDAY, "digest", "preview", "a@reader.test", "-o", "out")
    assert (written.code, written.out) == (0, "")
    assert {path.name for path in (state / "out").iterdir()} == {"a@reader.test.html", "a@reader.test.txt"}
    assert "Subject: " in run("--now", MONDAY, "digest", "preview").out
    assert server.messages == []
    assert run("outbox", "list").out == "The outbox is empty.\n"


def test_a_preview_for_somebody_unknown_is_a_wrong_call(run: Run, state: Path) -> None:
    result = run("digest", "preview", "b@reader.test")

    assert (result.code, result.err) == (2, "aluevahti: b@reader.test: is no subscriber; see `subscribers list`\n")


def test_a_reader_who_has_not_confirmed_is_asked_to(run: Run, state: Path, server: SmtpServer) -> None:
    added = run("--now", "2026-03-01T10:00", "subscribers", "add", "b@reader.test")

    assert added.out == "b@reader.test gets a mail to confirm the subscription; `aluevahti digest send` delivers it.\n"
    assert run("--now", "2026-03-01T10:00", "digest", "send").code == 0
    assert [message.recipients for message in server.messages].count(("b@reader.test",)) == 1


def test_a_mail_server_that_is_away_loses_nothing(run: Run, state: Path) -> None:
    config = state / "sources.yaml"
    config.write_text(config.read_text().replace("host: 127.0.0.1", "host: 127.0.0.2"))

    away = run("--now", MONDAY, "digest", "send")

    assert away.code == 1
    assert "all mail waits" in away.err
    (waiting,) = run("outbox", "list", "--json").json
    assert waiting["state"] == "queued"
