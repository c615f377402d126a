"""Snapshots and the history of bytes behind them."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.errors import StorageError
from aluevahti.storage import Store
from aluevahti.storage.history import VERSIONS_PER_KEYFRAME
from outcomes import NOW, outcome, snapshot_of


def page(number: int, rows: int = 120) -> bytes:
    """A list page that grows by a row a day and whose clock never stands still."""
    lines = [
        f"<tr><td>{hashlib.md5(b'%d' % row).hexdigest()}</td><td>Päätös {row} § {row * 7}</td></tr>"
        for row in range(rows)
    ]
    return f"<html><p>klo {number}</p>{''.join(lines[: rows // 2 + number % (rows // 2)])}</html>".encode()


def test_every_field_of_a_snapshot_comes_back(store: Store) -> None:
    full = snapshot_of(
        b"<html>\xe4\x00</html>",
        purpose="meeting",
        charset="iso-8859-1",
        key="k",
        requested_url="https://a.example/old",
    )
    store.record_poll(outcome(snapshots=(full,)))

    assert store.snapshot(1) == full
    assert list(store.snapshots("a")) == [(1, full)]
    assert list(store.snapshots("b")) == []
    assert store.snapshot(2) is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=8))
def test_any_bytes_come_back_as_they_were(store: Store, bodies: list[bytes]) -> None:
    before = len(list(store.snapshots("a")))
    store.record_poll(outcome(snapshots=tuple(snapshot_of(body) for body in bodies)))

    assert [found.body for _, found in store.snapshots("a")][before:] == bodies


def test_every_past_version_is_readable_after_any_other(store: Store) -> None:
    bodies = [page(number) for number in range(3 * VERSIONS_PER_KEYFRAME)]
    for body in bodies:
        store.record_poll(outcome(snapshots=(snapshot_of(body),)))

    for number in sorted(range(len(bodies)), key=lambda number: hashlib.md5(b"%d" % number).digest()):
        found = store.snapshot(number + 1)
        assert found is not None
        assert found.body == bodies[number]
    assert store.integrity(deep=True) == []


def test_versions_stand_on_keyframes_and_take_little_room(path: Path, store: Store) -> None:
    bodies = [page(number) for number in range(3 * VERSIONS_PER_KEYFRAME)]
    store.record_poll(outcome(snapshots=tuple(snapshot_of(body) for body in bodies)))

    with closing(sqlite3.connect(path)) as connection:
        keyframes = dict(
            connection.execute("SELECT base_id, count(*) FROM bodies WHERE base_id IS NOT NULL GROUP BY base_id")
        )
        chained = connection.execute(
            "SELECT count(*) FROM bodies JOIN bodies AS base ON base.id = bodies.base_id WHERE base.base_id IS NOT NULL"
        ).fetchone()
        (stored,) = connection.execute("SELECT sum(length(data)) FROM bodies").fetchone()
    assert 1 < len(keyframes) <= 5
    assert max(keyframes.values()) <= VERSIONS_PER_KEYFRAME
    assert chained == (0,)
    assert stored < sum(map(len, bodies)) / 10


def test_the_same_bytes_are_stored_once_wherever_they_come_from(path: Path, store: Store) -> None:
    body = page(1)
    for source in ("a", "b"):
        store.record_poll(
            outcome(source, snapshots=(snapshot_of(body, source=source), snapshot_of(body, source=source, url="u2")))
        )

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM bodies").fetchone() == (1,)
    assert [found.url for _, found in store.snapshots("b")] == ["https://a.example/list", "u2"]


def test_a_page_that_became_another_page_is_a_keyframe_of_its_own(path: Path, store: Store) -> None:
    bodies = [hashlib.shake_256(seed).digest(4000) for seed in (b"one", b"two")]
    store.record_poll(outcome(snapshots=tuple(snapshot_of(body) for body in bodies)))

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT base_id FROM bodies").fetchall() == [(None,), (None,)]
    assert [found.body for _, found in store.snapshots("a")] == bodies


def test_a_hash_that_is_not_the_bodys_is_refused(store: Store) -> None:
    lying = replace(snapshot_of(b"one"), sha256=hashlib.sha256(b"two").hexdigest())

    with pytest.raises(StorageError, match="has the hash"):
        store.record_poll(outcome(snapshots=(lying,)))

    assert store.all_health() == {}


def test_a_damaged_body_is_never_handed_out(path: Path, store: Store) -> None:
    store.record_poll(outcome(snapshots=(snapshot_of(page(1)), snapshot_of(page(2)))))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (data,) = connection.execute("SELECT data FROM bodies WHERE id = 1").fetchone()
        connection.execute("UPDATE bodies SET data = ? WHERE id = 1", (data[:-9] + bytes(9),))

    for number in (1, 2):  # the second stands on the first
        with pytest.raises(StorageError):
            store.snapshot(number)
    assert len(store.integrity(deep=True)) == 2
    assert store.integrity() == []


def test_snapshots_cannot_be_changed_by_anybody(path: Path, store: Store) -> None:
    store.record_poll(outcome(snapshots=(snapshot_of(b"x"),)))

    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        connection.execute("UPDATE snapshots SET url = 'u'")


def test_reading_snapshots_may_stop_at_any_moment_and_does_not_disturb_writing(store: Store) -> None:
    store.record_poll(outcome(snapshots=tuple(snapshot_of(page(number)) for number in range(5))))

    reading = store.snapshots("a")
    next(reading)
    store.record_poll(outcome(snapshots=(snapshot_of(page(9)),)))

    assert len(list(reading)) == 5
    assert store.snapshot(6).fetched_at == NOW  # type: ignore[union-attr]
