"""/healthz: 503 when the service itself does not work, 200 with the reasons when only something around it does not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import websample
from aluevahti import __version__
from aluevahti.config import Config
from aluevahti.model import DeliveryState, Source, SourceHealth, SourceState, Subscriber, SubscriptionState
from aluevahti.storage import Store
from aluevahti.web import Pulse
from aluevahti.web.health import NOTHING_FOR, OVERDUE, Facts, judged
from factories import a_source
from outcomes import delivery

NOW = websample.NOW
HOUR = dt.timedelta(hours=1)
NO_MAIL = dict.fromkeys(DeliveryState, 0)


def well(**given: Any) -> SourceHealth:
    values: dict[str, Any] = {
        "state": SourceState.OK,
        "last_attempt_at": NOW - HOUR / 2,
        "last_success_at": NOW - HOUR / 2,
        "next_poll_at": NOW + HOUR / 2,
    }
    return SourceHealth(**(values | given))


def facts(*health: SourceHealth, **given: Any) -> Facts:
    sources = tuple((a_source(id=f"s{number}"), one) for number, one in enumerate(health))
    values: dict[str, Any] = {"service": (), "sources": sources, "outbox": NO_MAIL}
    return Facts(**(values | given))


def test_all_is_well() -> None:
    assert judged(facts(well(), well()), NOW) == judged(facts(), NOW)
    assert judged(facts(well()), NOW).status == "ok"


def test_a_problem_of_the_service_is_grave_and_stands_first() -> None:
    bad = well(state=SourceState.FAILING, bad_checks=3)

    judgement = judged(facts(well(), bad, service=("poll is stuck",)), NOW)

    assert judgement.status == "failing"
    assert judgement.problems == ("poll is stuck", "1 of 2 sources cannot be read: s1")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SourceState.FAILING, "1 of 2 sources cannot be read: s1"),
        (SourceState.SILENT, "1 of 2 sources no longer yield documents: s1"),
    ],
)
def test_a_source_in_trouble_is_named_but_not_grave(state: SourceState, said: str) -> None:
    judgement = judged(facts(well(), well(state=state, bad_checks=5)), NOW)

    assert judgement.status == "degraded"
    assert judgement.problems == (said,)


def test_a_forbidden_source_is_no_trouble() -> None:
    forbidden = SourceHealth(state=SourceState.FORBIDDEN, last_attempt_at=NOW)

    assert judged(facts(well(), forbidden), NOW).status == "ok"
    assert judged(facts(forbidden), NOW).status == "ok"


def test_nothing_read_for_hours_is_grave_and_for_minutes_is_not() -> None:
    def all_bad(since: dt.timedelta) -> Facts:
        bad = well(state=SourceState.FAILING, bad_checks=4, last_success_at=NOW - since)
        return facts(bad, bad)

    assert judged(all_bad(NOTHING_FOR / 2), NOW).status == "degraded"
    assert judged(all_bad(NOTHING_FOR + HOUR), NOW).status == "failing"
    assert judged(all_bad(NOTHING_FOR + HOUR), NOW).problems[0] == "no source could be read for 4 hours"


def test_sources_that_never_could_be_read_are_grave_at_the_third_try() -> None:
    def never(tries: int) -> Facts:
        return facts(SourceHealth(bad_checks=tries, last_attempt_at=NOW), SourceHealth(bad_checks=tries))

    assert judged(never(2), NOW).status == "ok"
    assert judged(never(3), NOW).problems == ("no source could be read yet",)


def test_one_source_that_can_be_read_shows_that_it_is_not_us() -> None:
    bad = well(state=SourceState.FAILING, bad_checks=40, last_success_at=NOW - 900 * HOUR)

    assert judged(facts(bad, bad, well()), NOW).status == "degraded"


def test_sources_that_are_asked_too_late_show() -> None:
    late = well(next_poll_at=NOW - OVERDUE - HOUR)
    off = a_source(id="off", enabled=False)

    assert judged(facts(late, well()), NOW).problems == ("1 of 2 sources overdue: s0",)
    assert judged(Facts(service=(), sources=((off, late),), outbox=NO_MAIL), NOW).status == "ok"


def test_many_names_are_counted_not_listed() -> None:
    bad = [well(state=SourceState.FAILING, bad_checks=3)] * 13

    assert judged(facts(*bad, well()), NOW).problems[0].endswith("s8, s9 and 3 more")


def test_mail_that_waits_or_is_held_shows() -> None:
    mail = NO_MAIL | {DeliveryState.HELD: 2, DeliveryState.FAILED: 5}

    judgement = judged(facts(well(), outbox=mail, mail_waits="the mail server does not answer"), NOW)

    assert judgement.status == "degraded"
    assert judgement.problems[0] == "all mail waits: the mail server does not answer"
    assert judgement.problems[1].startswith("mail is held until somebody decides whether it arrived (2)")


def test_a_remark_of_the_service_shows_and_does_not_make_it_fail() -> None:
    judgement = judged(facts(well(), notes=("the edited configuration is wrong",)), NOW)

    assert judgement.status == "degraded"
    assert judgement.problems == ("the edited configuration is wrong",)


# --- as it is asked for --------------------------------------------------------------------------


def test_the_answer_counts_sources_and_mail_and_names_the_version(site: Any) -> None:
    answer = site.get("/healthz")

    found = answer.json()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert found["status"] == "degraded"
    assert found["version"] == __version__
    assert found["sources"] == {"new": 0, "ok": 19, "failing": 2, "silent": 1, "forbidden": 1, "disabled": 0}
    assert found["outbox"] == {"waiting": 0, "failed": 0, "held": 0}
    assert found["last_success"] == "2026-03-24T08:40:00+02:00"
    assert found["as_of"] == "2026-03-24T09:00:00+02:00"
    assert "2 of 23 sources cannot be read: lappi-news, kainuu-minutes" in found["problems"]


def test_a_tick_that_crashes_turns_the_answer_to_503(tmp_path: Path, serve: Any) -> None:
    pulse = Pulse()
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW) as store, serve(store, pulse=pulse) as site:
        assert site.get("/healthz").status_code == 200
        pulse.began("poll")
        pulse.ended("poll", "crashed with KeyError")

        answer = site.get("/healthz")
        pulse.began("poll")
        pulse.ended("poll")
        pulse.passed(NOW)
        again = site.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "failing"
    assert answer.json()["problems"] == ["poll fails: crashed with KeyError"]
    assert again.status_code == 200
    assert again.json()["last_pass"] == "2026-03-24T09:00:00+02:00"


def test_a_database_that_cannot_be_read_turns_the_answer_to_503(tmp_path: Path, serve: Any) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW)
    with serve(store) as site:
        store.close()

        answer = site.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["problems"] == ["the database cannot be read"]


def test_nothing_secret_is_said(tmp_path: Path, serve: Any) -> None:
    config = websample.config(database=f"sqlite:///{tmp_path / 'state.db'}")
    with Store.open(config.service.database, now=NOW) as store, serve(store, config) as site:
        reader = store.add_subscriber(Subscriber(email="a.b@example.org", state=SubscriptionState.CONFIRMED), NOW)
        store.enqueue([delivery(recipient=reader.email, subscriber_id=reader.id)], now=NOW)

        said = json.dumps(site.get("/healthz").json())

    for secret in ("a.b@", reader.token, str(tmp_path), "sqlite"):
        assert secret not in said


def test_sources_of_the_configuration_in_force_are_counted(tmp_path: Path, serve: Any) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW) as store, serve(store) as site:
        source = Source(id="a", region="lappi", platform="page", url="https://a.example/")
        site.config = Config(path=None, service=site.config.service, sources=(source,))

        assert site.get("/healthz").json()["sources"]["new"] == 1
