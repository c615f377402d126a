"""The ticks themselves, one after the other, on a clock that is turned by hand."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from aluevahti.compose import Clock, Composition
from aluevahti.fetch import Fetcher
from aluevahti.model import DeliveryState, Form, Rhythm, Subscriber, SubscriptionState
from aluevahti.service import Service
from aluevahti.service.noticing import ClockWatch
from faultserver import Site
from outcomes import change, delivery, document, known_window, outcome, update
from servicerun import article, eventually, listing, now, source, sources_yaml
from smtpserver import SmtpServer

MONDAY = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)  # 7:00 in Helsinki
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@dataclass
class Turned:
    """A clock that stands still until it is turned."""

    at: dt.datetime = MONDAY

    def __call__(self) -> dt.datetime:
        return self.at


@dataclass
class Parts(Composition):
    """The parts of the program on that clock."""

    turned: Turned = field(default_factory=Turned)

    @cached_property
    def clock(self) -> Clock:
        return self.turned


@dataclass
class Broken(Parts):
    """The same without a way to the network: a fault of the program's own."""

    @cached_property
    def fetcher(self) -> Fetcher:
        raise KeyError("a fault of ours")


@contextmanager
def service(
    folder: Path, sources: list[dict[str, Any]], *, smtp_port: int = 9, kind: type[Parts] = Parts
) -> Iterator[tuple[Service, Parts]]:
    text = sources_yaml(sources, smtp_port=smtp_port, service="  public_url: http://127.0.0.1:8420\n")
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    with kind(config_path=folder / "sources.yaml", env={}) as parts:
        parts.store.sync_sources(parts.config.sources, parts.clock())
        yield Service(parts, tick=dt.timedelta(milliseconds=50)), parts


def reader(parts: Parts, rhythm: Rhythm = Rhythm.INSTANT) -> Subscriber:
    wanted = Subscriber(email="a@example.org", rhythm=rhythm, state=SubscriptionState.CONFIRMED)
    return parts.store.add_subscriber(wanted, parts.clock())


def test_only_what_is_due_is_polled(tmp_path: Path) -> None:
    with Site() as site:
        site.pages["/a"] = site.pages["/b"] = listing("Asia")
        site.pages["/uutinen/1"] = article("Asia.")
        often, seldom = source(site.url("/a"), id="a", every="10m"), source(site.url("/b"), id="b", every="5h")
        with service(tmp_path, [often, seldom]) as (running, parts):
            running.poll()
            first = (site.hits("/a"), site.hits("/b"))
            running.poll()
            parts.turned.at += 30 * MINUTE
            running.poll()

            assert first == (1, 1)
            assert (site.hits("/a"), site.hits("/b")) == (2, 1)
            assert running.pulse.last_pass_at == parts.turned.at


def test_windows_close_by_the_clock_although_no_source_is_due(tmp_path: Path) -> None:
    with service(tmp_path, []) as (running, parts):
        running.poll()
        parts.store.record_poll(outcome(windows=(known_window(),)))
        parts.turned.at += 31 * DAY
        running.poll()

        assert [one.kind.value for one in parts.store.changes()][-1] == "window.closed"


def test_one_check_makes_one_instant_mail_however_long_it_takes(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts)
        with parts.store.exclusive("pass"):
            parts.store.record_events([change(title="Ensimmäinen")], now=parts.clock())
            running.mail()
            parts.store.record_events([change(title="Toinen")], now=parts.clock())
            running.mail()
            assert smtp.messages == []

        running.mail()

        assert len(smtp.messages) == 1
        subject = email.message_from_bytes(smtp.messages[0].data, policy=email.policy.default)["Subject"]
        assert str(subject).startswith("2 asiakirjaa")


def test_mail_does_not_starve_where_pass_follows_pass(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts)
        parts.store.record_events([change()], now=parts.clock())
        running.poll()
        with parts.store.exclusive("pass"):  # the next pass has begun before the mail tick came
            running.mail()

        assert len(smtp.messages) == 1


def test_a_pass_that_does_not_end_holds_mail_up_only_for_so_long(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts)
        parts.store.record_events([change()], now=parts.clock())
        running._queued_at -= 16 * 60
        with parts.store.exclusive("pass"):
            running.mail()

        assert len(smtp.messages) == 1


def test_daily_digests_go_out_in_their_time_and_once(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts, Rhythm.DAILY)
        parts.store.record_events([change()], now=parts.clock())
        counts = []
        for _ in range(4):
            running.mail()
            counts.append(len(smtp.messages))
            parts.turned.at += 20 * MINUTE

        assert counts == [0, 0, 1, 1]  # 7:00, 7:20, 7:40, 8:00


def test_mail_that_the_server_defers_is_sent_when_its_time_has_come(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts)
        parts.store.record_events([change()], now=parts.clock())
        smtp.script("rcpt", "451 4.2.1 later")
        running.mail()
        running.mail()
        assert smtp.messages == []
        parts.turned.at += 40 * MINUTE
        running.mail()

        assert len(smtp.messages) == 1


# --- an edited configuration ---------------------------------------------------------------------


def edit(running: Service, old: str, new: str) -> None:
    """Change a word in sources.yaml, and let the service look twice."""
    path = running.parts.path
    path.write_text(path.read_text().replace(old, new))
    running.reload()
    running.reload()


def test_who_asks_is_named_anew_once_the_contact_is_another(tmp_path: Path) -> None:
    with Site() as site:
        site.pages["/a"] = listing("Asia")
        with service(tmp_path, [source(site.url("/a"))]) as (running, parts):
            running.poll()
            edit(running, "seuranta@aluevahti.example", "uusi@aluevahti.example")
            parts.turned.at += 30 * MINUTE
            running.poll()

            agents = [seen.headers["user-agent"] for seen in site.requests if seen.path == "/a"]
    assert "mailto:seuranta@aluevahti.example" in agents[0]
    assert "mailto:uusi@aluevahti.example" in agents[-1]


def test_another_time_of_day_for_digests_holds_at_once(tmp_path: Path) -> None:
    with SmtpServer() as smtp, service(tmp_path, [], smtp_port=smtp.port) as (running, parts):
        reader(parts, Rhythm.DAILY)
        parts.store.record_events([change()], now=parts.clock())
        running.mail()
        edit(running, "public_url", "digest: {daily_at: '06:45'}\n  public_url")
        running.mail()

        assert len(smtp.messages) == 1


def test_where_the_site_listens_takes_a_restart_and_says_so(tmp_path: Path) -> None:
    with service(tmp_path, []) as (running, parts), capture_logs() as log:
        edit(running, "127.0.0.1:0", "127.0.0.1:8421")

        assert parts.config.service.web.port == 8421
    assert [line["event"] for line in log] == ["config.needs_restart", "config.reloaded"]


# --- care ----------------------------------------------------------------------------------------


def test_maintenance_is_done_once_a_night_and_a_restart_does_not_repeat_it(tmp_path: Path) -> None:
    def done(log: list[Any]) -> int:
        return sum(line["event"] == "maintenance.done" for line in log)

    counts = []
    parts_at = [MONDAY - dt.timedelta(hours=5), MONDAY, MONDAY + MINUTE, MONDAY + DAY]
    for at in parts_at:
        with service(tmp_path, []) as (running, parts), capture_logs() as log:
            parts.turned.at = at
            running.maintain()
            running.maintain()
        counts.append(done(log))

    assert counts == [0, 1, 0, 1]


def test_bodies_of_old_mail_are_not_kept(tmp_path: Path) -> None:
    with service(tmp_path, []) as (running, parts):
        (number,) = parts.store.enqueue([delivery()], now=MONDAY)
        parts.store.claim(MONDAY, 1, DAY)
        parts.store.mark_data(number, MONDAY)
        parts.store.finish(number, MONDAY)
        parts.turned.at = MONDAY + 31 * DAY
        running.maintain()

        (kept,) = parts.store.outbox()
    assert kept.state is DeliveryState.SENT
    assert kept.mime == b""


def test_copies_of_what_left_the_net_by_law_are_not_kept(tmp_path: Path) -> None:
    with service(tmp_path, []) as (running, parts):
        notice = document("k", form=Form.NOTICE, published_on=MONDAY.date())
        gone = update(known=notice, text="Maija Mallikas", removed_at=MONDAY + 20 * DAY)
        parts.store.record_poll(outcome(documents=(gone,)))
        parts.turned.at = MONDAY + 33 * DAY
        running.maintain()
        kept = parts.store.text_of(1)
        parts.turned.at = MONDAY + 34 * DAY
        running.maintain()

        assert (kept, parts.store.text_of(1)) == ("Maija Mallikas", None)
        assert [one.document.title for one in parts.store.known_documents("a")] == [notice.title]


def test_maintenance_waits_for_a_pass(tmp_path: Path) -> None:
    with service(tmp_path, []) as (running, parts), capture_logs() as log:
        with parts.store.exclusive("pass"):
            running.maintain()
        assert log == []
        running.maintain()

    assert [line["event"] for line in log] == ["maintenance.done"]


# --- what goes wrong -----------------------------------------------------------------------------


def test_a_tick_that_crashes_is_named_and_the_next_one_comes(tmp_path: Path) -> None:
    with service(tmp_path, [source("http://127.0.0.1:9/")], kind=Broken) as (running, _parts):
        working = threading.Thread(target=running.run)
        with capture_logs() as log:
            working.start()
            eventually(lambda: "3 times" in " ".join(running.pulse.problems()))
            problems = running.pulse.problems()
            running.stop()
            working.join(10)

    assert not working.is_alive()
    assert problems[0].startswith("poll fails: crashed with KeyError")
    assert len([line for line in log if line["event"] == "tick.crashed"]) == 1


class Ticker:
    """Remembers which jobs were woken."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    def modify_job(self, name: str, next_run_time: dt.datetime) -> None:
        assert abs(next_run_time - now()) < MINUTE
        self.woken.append(name)


@pytest.mark.parametrize(("hours", "is_said"), [(-1, True), (3, True), (0, False)])
def test_a_clock_that_was_set_is_said_and_the_ticks_do_not_wait_for_it(
    tmp_path: Path, hours: int, *, is_said: bool
) -> None:
    wall = [MONDAY]
    timer = [0.0]
    watch = ClockWatch(lambda: wall[0], lambda: timer[0])
    wall[0] += dt.timedelta(hours=hours)
    ticker = Ticker()
    with service(tmp_path, []) as (running, _parts), capture_logs() as log:
        threading.Timer(0.4, running.stop).start()
        running._watch(ticker, watch)

    assert [line["seconds"] for line in log if line["event"] == "clock.jumped"] == [hours * 3600] * is_said
    assert sorted(set(ticker.woken)) == (["mail", "maintenance", "poll"] if is_said else [])


@pytest.fixture
def untraced() -> Iterator[None]:
    """A measurement of coverage keeps something of every thread; here that would look like a leak."""
    tracer = threading.gettrace()
    threading.settrace(None)
    yield
    threading.settrace(tracer)


def test_nothing_piles_up_over_many_ticks(tmp_path: Path, untraced: None) -> None:
    with Site() as site, SmtpServer() as smtp:
        site.pages["/a"] = listing("Asia")
        site.pages["/uutinen/1"] = article("Asia.")
        with service(tmp_path, [source(site.url("/a"))], smtp_port=smtp.port) as (running, parts):
            reader(parts)

            def ticks(count: int) -> None:
                for _ in range(count):
                    parts.turned.at += dt.timedelta(seconds=3)
                    running.poll()
                    running.mail()
                    site.requests.clear()
                gc.collect()

            ticks(60)
            before = len(gc.get_objects())
            ticks(200)
            after = len(gc.get_objects())

    assert after - before < 300  # not even two a tick
