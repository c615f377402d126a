"""Sources, their health, and what HTTP remembers."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.errors import Unstorable
from aluevahti.model import HttpRecord, RobotsRecord, Source, SourceHealth, SourceState, Traffic, Validators
from aluevahti.storage import Store
from outcomes import HOUR, NOW, outcome

SOURCE = Source(id="a", region="lappi", platform="page", url="https://a.example/")
RECORD = HttpRecord(
    url="https://a.example/",
    validators=Validators(etag='W/"1"', last_modified="Mon, 02 Mar 2026 07:00:00 GMT"),
    sha256="5" * 64,
    core="c",
    checked_at=NOW,
)


def remembered(store: Store, source: str) -> dict[str, HttpRecord]:
    """What is remembered of one source's addresses."""
    return store.http_records([source]).get(source, {})


def test_every_field_of_the_health_comes_back(store: Store) -> None:
    health = SourceHealth(
        state=SourceState.SILENT,
        told_state=SourceState.SILENT,
        bad_checks=3,
        error="the list is empty",
        last_attempt_at=NOW,
        last_success_at=NOW - HOUR,
        last_change_at=NOW - 2 * HOUR,
        next_poll_at=NOW + HOUR,
        first_read_at=NOW - 3 * HOUR,
        lookback_from=dt.date(2026, 2, 16),
        usual_items=40,
        quarantine="q",
        quarantine_count=1,
        skeleton="s",
        checked_on=dt.date(2026, 3, 2),
        backlog=7,
        told_count=2,
    )
    untouched = [field.name for field in fields(health) if getattr(health, field.name) == field.default]

    store.record_poll(outcome(health=health))

    assert untouched == []
    assert store.health("a") == health
    assert store.all_health() == {"a": health}


def test_health_is_replaced_at_every_attempt(store: Store) -> None:
    store.record_poll(outcome(health=SourceHealth(state=SourceState.FAILING, bad_checks=2, error="no")))
    store.record_poll(outcome(health=SourceHealth(state=SourceState.OK)))

    assert store.health("a") == SourceHealth(state=SourceState.OK)


def test_a_source_never_heard_of_is_new(store: Store) -> None:
    assert store.health("nobody") == SourceHealth()


def test_a_source_no_longer_configured_is_kept_but_retired(store: Store) -> None:
    store.sync_sources([SOURCE, replace(SOURCE, id="b")], NOW)
    store.record_poll(outcome("b"))

    store.sync_sources([SOURCE], NOW)

    assert list(store.all_health()) == ["a"]
    assert store.health("b").state is SourceState.OK
    assert store.due_sources(NOW + 9 * HOUR) == ("a",)

    store.sync_sources([SOURCE, replace(SOURCE, id="b")], NOW)

    assert list(store.all_health()) == ["a", "b"]


def test_a_source_is_due_when_it_was_never_polled_or_its_time_has_come(store: Store) -> None:
    store.sync_sources([replace(SOURCE, id=id_) for id_ in ("new", "due", "overdue", "later")], NOW)
    for id_, at in (("due", NOW), ("overdue", NOW - HOUR), ("later", NOW + HOUR)):
        store.record_poll(outcome(id_, health=SourceHealth(next_poll_at=at)))

    assert store.due_sources(NOW) == ("new", "overdue", "due")


def test_a_disabled_source_is_never_due(store: Store) -> None:
    store.sync_sources([replace(SOURCE, enabled=False)], NOW)

    assert store.due_sources(NOW) == ()

    store.sync_sources([SOURCE], NOW)

    assert store.due_sources(NOW) == ("a",)


def test_http_records_come_back_and_are_replaced_by_address(store: Store) -> None:
    other = replace(RECORD, url="https://a.example/2", validators=None, sha256=None, core=None)
    store.record_poll(outcome(http=(RECORD, other)))
    assert remembered(store, "a") == {RECORD.url: RECORD, other.url: other}

    fresh = replace(RECORD, validators=None, core="d", checked_at=NOW + HOUR)
    store.record_poll(outcome(http=(fresh,)))

    assert remembered(store, "a") == {fresh.url: fresh, other.url: other}
    assert remembered(store, "b") == {}


def test_http_records_of_many_sources_are_asked_for_at_once_and_of_no_others(store: Store) -> None:
    for name in ("a", "b", "c", "d"):
        store.record_poll(outcome(name, http=(RECORD,) if name != "b" else ()))

    assert store.http_records(["a", "b", "c"]) == {"a": {RECORD.url: RECORD}, "c": {RECORD.url: RECORD}}
    assert store.http_records([]) == {}


@pytest.mark.parametrize("field", ["url", "platform", "select", "ignore", "organs"])
def test_a_source_that_is_read_in_another_way_forgets_http_and_is_due_at_once(store: Store, field: str) -> None:
    store.sync_sources([SOURCE, replace(SOURCE, id="b")], NOW)
    store.record_poll(outcome(http=(RECORD,)))
    store.record_poll(outcome("b", http=(RECORD,)))
    value: Any = ("x",) if field in {"ignore", "organs"} else "x"

    again = store.sync_sources([replace(SOURCE, **{field: value}), replace(SOURCE, id="b")], NOW)

    assert again == {"a"}
    assert remembered(store, "a") == {}
    assert remembered(store, "b") == {RECORD.url: RECORD}
    assert store.due_sources(NOW) == ("a",)


def test_a_new_rhythm_is_no_new_way_of_reading(store: Store) -> None:
    store.sync_sources([SOURCE], NOW)
    store.record_poll(outcome(http=(RECORD,)))

    assert store.sync_sources([replace(SOURCE, every=dt.timedelta(minutes=5), note="x")], NOW) == frozenset()
    assert remembered(store, "a") == {RECORD.url: RECORD}


def test_a_source_polled_before_it_was_configured_is_not_taken_for_changed(store: Store) -> None:
    store.record_poll(outcome(http=(RECORD,)))

    assert store.sync_sources([SOURCE], NOW) == frozenset()
    assert remembered(store, "a") == {RECORD.url: RECORD}


def test_syncing_the_same_sources_again_writes_nothing(path: Path, store: Store) -> None:
    store.sync_sources([SOURCE], NOW)

    with closing(sqlite3.connect(path)) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        store.sync_sources([SOURCE], NOW + HOUR)
        assert watcher.execute("PRAGMA data_version").fetchone() == before
        store.sync_sources([], NOW + HOUR)
        assert watcher.execute("PRAGMA data_version").fetchone() != before


def test_traffic_adds_up(store: Store) -> None:
    store.record_poll(outcome(requests=2, wire_bytes=10))
    store.record_poll(outcome(requests=3, wire_bytes=20))

    assert store.traffic() == {"a": Traffic(polls=2, requests=5, wire_bytes=30)}


def test_robots_records_come_back_and_are_replaced_by_origin(store: Store) -> None:
    one = RobotsRecord(origin="https://a.example:443", fetched_at=NOW, status=200, body="User-agent: *\nDisallow:")
    two = RobotsRecord(origin="http://b.example:80", fetched_at=NOW, status=None)
    store.record_robots([one, two])
    store.record_robots([])
    fresh = replace(one, status=404, body="", fetched_at=NOW + HOUR)
    store.record_robots([fresh])

    assert store.robots() == {one.origin: fresh, two.origin: two}


def test_of_an_outcome_that_cannot_be_written_nothing_is(store: Store) -> None:
    with pytest.raises(Unstorable):
        store.record_poll(outcome("b", requests="many", http=(RECORD,)))

    assert store.all_health() == {}
    assert remembered(store, "b") == {}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_validators_come_back_byte_for_byte(store: Store, etag: str, last_modified: str | None) -> None:
    record = replace(RECORD, validators=Validators(etag=etag, last_modified=last_modified))
    store.record_poll(outcome(http=(record,)))

    assert remembered(store, "a") == {record.url: record}
