"""The service as a process: it polls, tells, takes edits into use, and ends without losing anything."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind, DeliveryState, Rhythm, SourceState, Subscriber, SubscriptionState
from aluevahti.storage import Store
from faultserver import Page, Site
from servicerun import Service, article, eventually, listing, now, source, sources_yaml
from smtpserver import Received, SmtpServer

READER = "lukija@example.org"
CLOSES = now().date() + dt.timedelta(days=25)
CALL = f"Toiminta-avustuksia voi hakea viimeistään {CLOSES.day}.{CLOSES.month}.{CLOSES.year} klo 12.00."


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{folder / 'state.db'}", now=now()) as store:
        yield store


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as up:
        up.pages["/uutiset"] = listing("Vanha asia")
        up.pages["/uutinen/1"] = article("Vanha asia.")
        up.pages["/uutinen/2"] = article(CALL)
        yield up


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as up:
        yield up


def configure(folder: Path, text: str) -> None:
    (folder / "sources.yaml").write_text(text, encoding="utf-8")


def subscribe(folder: Path) -> None:
    with opened(folder) as store:
        reader = Subscriber(email=READER, rhythm=Rhythm.INSTANT, all_documents=True, state=SubscriptionState.CONFIRMED)
        store.add_subscriber(reader, now())


def publish(site: Site) -> None:
    """Something new appears on the list."""
    site.pages["/uutiset"] = listing("Vanha asia", "Järjestöavustusten haku auki")


def first_check_done(service: Service) -> None:
    """Nothing is told of what was there; from here on news are news."""
    eventually(lambda: service.get("/healthz").json()["sources"]["ok"] == 1)


# --- the main job --------------------------------------------------------------------------------


def test_what_appears_on_a_page_is_mailed_once_to_who_wants_it_at_once(
    tmp_path: Path, site: Site, smtp: SmtpServer
) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
    subscribe(tmp_path)
    with Service(tmp_path) as service:
        first_check_done(service)
        assert smtp.messages == []
        publish(site)
        eventually(lambda: bool(smtp.messages))
        seen = len(service.logged("poll.done"))
        eventually(lambda: len(service.logged("poll.done")) >= seen + 2)
        code = service.end()

    assert code == 0
    (message,) = smtp.messages
    parsed = email.message_from_bytes(message.data, policy=email.policy.default)
    assert "Kainuu" in str(parsed["Subject"])
    body = parsed.get_body(("plain",))
    assert body is not None
    assert f"{CLOSES.day}.{CLOSES.month}.{CLOSES.year} klo 12.00" in body.get_content()
    with opened(tmp_path) as store:
        assert [one.state for one in store.outbox()] == [DeliveryState.SENT]


def test_every_line_of_the_log_is_json_with_the_source_bound(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/ei-ole"), id="rikki")]))
    with Service(tmp_path) as service:
        line = service.wait("poll.trouble", source_id="rikki")
        service.wait("poll.done", failed=1)
        assert service.end() == 0

    assert line["level"] == "warning"
    assert "404" in line["error"]
    assert all({"event", "level", "timestamp"} <= set(one) for one in service.log)
    assert [one["event"] for one in service.log][-2:] == ["service.stopping", "service.stopped"]


def test_health_and_pages_are_served_while_it_runs(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service:
        first_check_done(service)
        health, page = service.get("/healthz"), service.get("/regions/kainuu")
        service.end()

    assert health.status_code == 200
    assert health.json()["status"] == "ok"
    assert health.json()["last_pass"] is not None
    assert "Vanha asia" in page.text


# --- an edited sources.yaml ----------------------------------------------------------------------


def test_sources_are_added_altered_and_removed_without_a_restart(tmp_path: Path, site: Site) -> None:
    site.pages["/muut"] = listing("Toinen")
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service:
        first_check_done(service)

        configure(tmp_path, sources_yaml([source(site.url("/uutiset")), source(site.url("/muut"), id="muut")]))
        service.wait("config.reloaded", added=["muut"], removed=[], altered=[])
        eventually(lambda: site.hits("/muut") > 0)

        configure(tmp_path, sources_yaml([source(site.url("/uudet")), source(site.url("/muut"), id="muut")]))
        service.wait("config.reloaded", altered=["uutiset"])
        eventually(lambda: site.hits("/uudet") > 0)

        configure(tmp_path, sources_yaml([source(site.url("/muut"), id="muut")]))
        service.wait("config.reloaded", removed=["uutiset"])
        asked, others = site.hits("/uudet"), site.hits("/muut")
        eventually(lambda: site.hits("/muut") >= others + 2)
        assert site.hits("/uudet") <= asked + 1
        assert service.end() == 0


def test_a_wrong_edit_is_said_once_with_its_line_and_the_old_one_stays_in_force(tmp_path: Path, site: Site) -> None:
    right = sources_yaml([source(site.url("/uutiset"))])
    configure(tmp_path, right)
    with Service(tmp_path) as service:
        first_check_done(service)
        wrong = right.replace('"platform": "listing"', '"platform": "listin"')
        line = 1 + next(number for number, text in enumerate(wrong.splitlines()) if "listin" in text)
        configure(tmp_path, wrong)
        refused = service.wait("config.refused")
        asked = site.hits("/uutiset")
        eventually(lambda: site.hits("/uutiset") >= asked + 3)
        health = service.get("/healthz")
        said = service.logged("config.refused")

        configure(tmp_path, right + "\n# mended\n")
        service.wait("config.reloaded", added=[], removed=[], altered=[])
        mended = service.get("/healthz").json()
        service.end()

    assert refused["complaint"].startswith(f"sources.yaml:{line}: ")
    assert "did you mean 'listing'?" in refused["complaint"]
    assert len(said) == 1
    assert health.status_code == 200
    assert health.json()["status"] == "degraded"
    assert mended["status"] == "ok"


def test_a_file_that_is_taken_away_changes_nothing(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service:
        first_check_done(service)
        (tmp_path / "sources.yaml").unlink()
        service.wait("config.refused")
        asked = site.hits("/uutiset")
        eventually(lambda: site.hits("/uutiset") >= asked + 2)
        assert service.end() == 0


def test_a_mail_server_that_moves_is_followed(tmp_path: Path, site: Site, smtp: SmtpServer) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=9))
    subscribe(tmp_path)
    with Service(tmp_path) as service:
        first_check_done(service)
        configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
        service.wait("config.reloaded")
        publish(site)
        eventually(lambda: bool(smtp.messages))
        service.end()

    assert smtp.messages[0].recipients == (READER,)


def test_another_database_is_refused_while_the_service_runs(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service:
        first_check_done(service)
        configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], service="  database: sqlite:///other.db\n"))
        refused = service.wait("config.refused")
        service.end()

    assert "service.database cannot be changed" in refused["complaint"]
    assert not (tmp_path / "other.db").exists()


# --- ending --------------------------------------------------------------------------------------


def test_a_source_under_way_is_finished_or_left_due_when_the_service_ends(
    tmp_path: Path, site: Site, smtp: SmtpServer
) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
    subscribe(tmp_path)
    with Service(tmp_path) as service:
        first_check_done(service)
        asked = site.hits("/uutinen/2")
        site.pages["/uutinen/2"] = Page(article(CALL).body, delay=1.0)
        publish(site)
        eventually(lambda: site.hits("/uutinen/2") > asked)
        code = service.end()
    assert code == 0
    with opened(tmp_path) as store:
        assert store.integrity() == []
        known = {one.document.title for one in store.known_documents("uutiset")}
        told = [change.title for change in store.changes() if change.kind is ChangeKind.DOCUMENT_NEW]
        assert len(told) == len(known) - 1

    with Service(tmp_path) as service:
        eventually(lambda: bool(smtp.messages))
        service.end()
    with opened(tmp_path) as store:
        told = [change.title for change in store.changes() if change.kind is ChangeKind.DOCUMENT_NEW]
    assert told == ["Järjestöavustusten haku auki"]
    assert len(smtp.messages) == 1


def test_the_mail_under_way_is_finished_and_not_repeated(tmp_path: Path, site: Site, smtp: SmtpServer) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
    subscribe(tmp_path)
    came, go_on = threading.Event(), threading.Event()

    def hold(_message: Received) -> None:
        came.set()
        go_on.wait(20)

    smtp.on_message = hold
    with Service(tmp_path) as service:
        first_check_done(service)
        publish(site)
        assert came.wait(20)
        service.signal()
        service.wait("service.stopping")
        time.sleep(0.5)
        assert service.process.poll() is None
        go_on.set()
        assert service.process.wait(20) == 0
    with opened(tmp_path) as store:
        assert [one.state for one in store.outbox()] == [DeliveryState.SENT]
    with Service(tmp_path) as service:
        service.wait("poll.done")
        service.end()

    assert len(smtp.messages) == 1


def test_who_asks_twice_is_served_at_once_and_nothing_is_lost(tmp_path: Path, site: Site, smtp: SmtpServer) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
    subscribe(tmp_path)
    came, go_on = threading.Event(), threading.Event()

    def hold(_message: Received) -> None:
        came.set()
        go_on.wait(20)

    smtp.on_message = hold
    with Service(tmp_path) as service:
        first_check_done(service)
        publish(site)
        assert came.wait(20)
        service.signal(signal.SIGINT)
        service.wait("service.stopping")
        service.signal(signal.SIGTERM)
        assert service.process.wait(5) == 1
        assert service.logged("service.cut_off", under_way=["mail"])
    smtp.on_message = None
    go_on.set()
    with opened(tmp_path) as store:
        assert store.integrity() == []
    with Service(tmp_path) as service:
        eventually(lambda: len(smtp.messages) == 2)
        service.end()

    first, second = smtp.messages
    assert first.data == second.data


# --- trouble -------------------------------------------------------------------------------------


def test_it_waits_while_a_check_by_hand_is_at_work(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service, opened(tmp_path) as store:
        first_check_done(service)
        with store.exclusive("pass", dt.timedelta(seconds=20)):
            service.wait("poll.waits")
            asked = site.hits("/uutiset")
            time.sleep(1)
            assert site.hits("/uutiset") == asked
        eventually(lambda: site.hits("/uutiset") > asked)
        assert len(service.logged("poll.waits")) == 1
        assert service.end() == 0


def test_a_failing_database_shows_and_the_ticker_goes_on(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path) as service:
        first_check_done(service)
        with closing(sqlite3.connect(tmp_path / "state.db")) as connection:
            connection.execute("ALTER TABLE http_records RENAME TO lost")
            connection.commit()
            service.wait("tick.failed", tick="poll")
            eventually(lambda: service.get("/healthz").status_code == 503)
            assert service.get("/healthz").json()["status"] == "failing"
            connection.execute("ALTER TABLE lost RENAME TO http_records")
            connection.commit()
        eventually(lambda: service.get("/healthz").status_code == 200)
        asked = site.hits("/uutiset")
        eventually(lambda: site.hits("/uutiset") > asked)
        assert len(service.logged("tick.failed")) == 1
        assert service.end() == 0


def test_a_source_that_falls_over_and_recovers_is_told_to_the_operator(
    tmp_path: Path, site: Site, smtp: SmtpServer
) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))], smtp_port=smtp.port))
    with Service(tmp_path) as service:
        first_check_done(service)
        site.pages["/uutiset"] = Page("rikki", status=500)
        eventually(lambda: len(smtp.messages) == 1)
        assert service.get("/healthz").json()["sources"]["failing"] == 1
        service.end()
    with opened(tmp_path) as store:
        assert store.health("uutiset").state is SourceState.FAILING
        assert [change.kind for change in store.changes()] == [ChangeKind.SOURCE_FAILING]

    assert smtp.messages[0].recipients == ("seuranta@aluevahti.example",)


def test_a_clock_that_stands_still_for_one_command_also_stands_for_this_one(tmp_path: Path, site: Site) -> None:
    configure(tmp_path, sources_yaml([source(site.url("/uutiset"))]))
    with Service(tmp_path, ("--now", "2026-03-05T08:00+02:00")) as service:
        first_check_done(service)
        assert service.get("/healthz").json()["last_success"] == "2026-03-05T08:00:00+02:00"
        assert service.end() == 0

    assert {line["timestamp"] for line in service.log} == {"2026-03-05T08:00:00+02:00"}
