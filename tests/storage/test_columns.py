"""What a column takes and what it gives back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from aluevahti.errors import StorageError, Unstorable
from aluevahti.model import HttpRecord, SourceHealth
from aluevahti.storage import Store
from aluevahti.storage.columns import UtcTime
from aluevahti.storage.tables import metadata
from outcomes import NOW, change, outcome, status_update, update

NAIVE = dt.datetime(2026, 3, 2, 7, 0)
HELSINKI = ZoneInfo("Europe/Helsinki")
aware_times = st.datetimes(
    min_value=dt.datetime(1900, 1, 2),
    max_value=dt.datetime(9998, 1, 1),
    timezones=st.timezones(),
)


@given(aware_times)
def test_a_time_comes_back_as_the_same_moment_in_utc(moment: dt.datetime) -> None:
    column, dialect = UtcTime(), sqlite.dialect()

    stored = column.process_bind_param(moment, dialect)
    back = column.process_result_value(stored, dialect)

    assert back == moment.astimezone(dt.UTC)
    assert back.tzinfo is dt.UTC


@given(aware_times, aware_times)
def test_text_order_is_time_order(one: dt.datetime, other: dt.datetime) -> None:
    column, dialect = UtcTime(), sqlite.dialect()
    one, other = one.astimezone(dt.UTC), other.astimezone(dt.UTC)

    earlier = str(column.process_bind_param(one, dialect)) < str(column.process_bind_param(other, dialect))

    assert earlier == (one < other)


def test_a_time_of_another_zone_is_kept_as_the_same_moment(store: Store) -> None:
    moment = dt.datetime(2026, 10, 25, 3, 30, fold=1, tzinfo=HELSINKI)
    store.record_poll(outcome(health=SourceHealth(last_attempt_at=moment)))

    assert store.health("a").last_attempt_at == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)


def test_a_naive_time_is_refused_wherever_it_comes_from(store: Store) -> None:
    refused: list[Callable[[], object]] = [
        lambda: store.record_poll(outcome(health=SourceHealth(next_poll_at=NAIVE))),
        lambda: store.record_poll(outcome(changes=(change(detected_at=NAIVE),))),
        lambda: store.record_poll(
            outcome(http=(HttpRecord(url="u", validators=None, sha256=None, core=None, checked_at=NAIVE),))
        ),
        lambda: store.record_poll(outcome(finished_at=NAIVE, documents=(update(),))),
        lambda: store.record_events([], status=[status_update()], now=NAIVE),
        lambda: store.due_sources(NAIVE),
        lambda: list(store.changes(since=NAIVE)),
        lambda: store.claim(NAIVE, 1, dt.timedelta(minutes=1)),
        lambda: store.purge_bodies(NAIVE),
    ]

    for attempt in refused:
        with pytest.raises(StorageError, match="without an offset"):
            attempt()

    assert store.all_health() == {}
    assert list(store.changes()) == []


def test_a_time_is_refused_where_a_day_is_wanted(store: Store) -> None:
    with pytest.raises(StorageError, match="a date is wanted"):
        store.record_poll(outcome(health=SourceHealth(checked_on=NOW)))


def test_what_json_cannot_say_is_refused(store: Store) -> None:
    for value in (float("nan"), {1, 2}, {"on": dt.date(2026, 1, 1)}):
        with pytest.raises((StorageError), match="database failed"):
            store.record_events([], status=[status_update(value=value)], now=NOW)


def test_every_table_is_strict(store: Store) -> None:
    with store._reading() as connection:
        strict = {
            row.name: row.strict for row in connection.exec_driver_sql("PRAGMA table_list") if row.type == "table"
        }

    assert {name: strict[name] for name in metadata.tables} == dict.fromkeys(metadata.tables, 1)


def test_a_text_in_a_number_is_refused(store: Store) -> None:
    with pytest.raises(StorageError, match="cannot store TEXT value in INTEGER column"):
        store.record_poll(outcome(requests="many"))
    with pytest.raises(StorageError, match="cannot store TEXT value in INTEGER column"):
        store.record_poll(outcome(health=replace(SourceHealth(), bad_checks="abc")))  # type: ignore[arg-type]


def test_a_word_outside_its_set_is_refused_on_reading_too(path: Path, store: Store) -> None:
    store.record_poll(outcome())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE sources SET state = 'dreaming'")

    with pytest.raises(StorageError, match="dreaming"):
        store.health("a")


def test_half_a_character_is_refused_as_one_source_trouble(store: Store) -> None:
    with pytest.raises(Unstorable, match="what b brought cannot be stored"):
        store.record_poll(outcome("b", documents=(update("\ud800"),)))

    assert store.health("b") == SourceHealth()
    assert store.record_poll(outcome("a")) == ()


def test_an_error_message_holds_no_values(store: Store) -> None:
    with pytest.raises(StorageError) as caught:
        store.record_poll(outcome(requests="salainen@example.org"))

    assert "salainen" not in str(caught.value.__cause__)
