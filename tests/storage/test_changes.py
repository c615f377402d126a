"""What was told, and the windows that it was told of."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aluevahti.errors import StorageError
from aluevahti.model import Change, ChangeKind, Evidence, KnownWindow, SourceHealth, Theme
from aluevahti.storage import Store
from outcomes import HOUR, NOW, change, known_window, outcome, snapshot_of, update, window

TOLD = {
    "grant_type": "toiminta-avustus",
    "opens": "2026-03-02",
    "closes": "2026-03-31",
    "closes_time": "12:00",
    "continuous": False,
}
FULL = Change(
    kind=ChangeKind.WINDOW_CHANGED,
    region="lappi",
    source="a",
    detected_at=NOW,
    title="Hakuaika jatkuu",
    url="https://a.example/k",
    relevant=True,
    themes=(Theme.GRANTS, Theme.WELLBEING),
    document=1,
    organ="Aluehallitus",
    meeting_on=dt.date(2026, 3, 9),
    section=12,
    before={**TOLD, "closes": "2026-03-20"},
    after=TOLD,
    evidence=Evidence(quote="q", url="https://a.example/k", document=1, snapshot=1, reference="r"),
    sure=False,
    window=1,
)


def test_every_field_of_a_change_comes_back(store: Store) -> None:
    given = {field.name for field in fields(FULL)} - {"id", "document_key"}
    assert [name for name in given if getattr(FULL, name) is None] == []
    store.record_poll(outcome(snapshots=(snapshot_of(b"x"),), documents=(update(),), windows=(known_window(),)))

    (told,) = store.record_events([FULL], now=NOW)

    assert told == replace(FULL, id=1)
    assert list(store.changes()) == [told]


def test_a_plain_change_comes_back(store: Store) -> None:
    plain = change(ChangeKind.SOURCE_FAILING, source=None, url=None, themes=(), relevant=False)

    assert store.record_events([plain], now=NOW) == (replace(plain, id=1),)
    assert list(store.changes()) == [replace(plain, id=1)]


def test_changes_are_numbered_in_the_order_they_were_told(store: Store) -> None:
    assert store.last_change_id() == 0

    first = store.record_poll(outcome(changes=(change(title="one"), change(title="two"))))
    second = store.record_poll(outcome("b", changes=(change(title="three", detected_at=NOW - HOUR),)))

    assert [one.id for one in (*first, *second)] == [1, 2, 3]
    assert [one.title for one in store.changes()] == ["one", "two", "three"]
    assert store.last_change_id() == 3


def test_a_change_learns_the_document_it_names_by_key(store: Store) -> None:
    page = snapshot_of(b"page", url="https://a.example/k")
    (told,) = store.record_poll(
        outcome(
            snapshots=(page,),
            documents=(update("first"), update("k", text="t", snapshot_sha256=page.sha256)),
            changes=(change(document_key="k", evidence=Evidence(quote="q", url="https://a.example/k")),),
        )
    )

    assert (told.document, told.document_key) == (2, "k")
    assert told.evidence == Evidence(quote="q", url="https://a.example/k", document=2, snapshot=1)
    (kept,) = store.changes()
    assert kept == replace(told, document_key=None)


def test_a_change_of_a_document_known_before_is_told_with_its_row(store: Store) -> None:
    store.record_poll(outcome(documents=(update("k"),)))

    by_key, by_id = store.record_poll(
        outcome(changes=(change(document_key="k"), change(document=1, evidence=Evidence(quote=None, url=None))))
    )

    assert by_key.document == 1
    assert by_id.evidence == Evidence(quote=None, url=None, document=1)


def test_a_key_that_nobody_knows_gives_no_document(store: Store) -> None:
    (told,) = store.record_poll(outcome(changes=(change(document_key="nobody"),)))

    assert told.document is None


def test_a_change_of_a_row_that_is_not_there_is_refused_whole(store: Store) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        store.record_poll(outcome(changes=(change(), change(document=7))))

    assert list(store.changes()) == []
    assert store.health("a") == SourceHealth()


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({}, "abcd"),
        ({"after_id": 2}, "cd"),
        ({"since": NOW + HOUR}, "bcd"),
        ({"region": "kainuu"}, "b"),
        ({"theme": Theme.GRANTS}, "ab"),
        ({"theme": Theme.STRATEGY}, "c"),
        ({"kind": ChangeKind.WINDOW_OPENED}, "d"),
        ({"theme": Theme.GRANTS, "after_id": 1}, "b"),
        ({"region": "lappi", "kind": ChangeKind.DOCUMENT_NEW, "since": NOW + HOUR}, "c"),
        ({"after_id": 4}, ""),
    ],
)
def test_changes_are_chosen_by_all_that_is_asked(store: Store, wanted: dict[str, object], titles: str) -> None:
    store.record_events(
        [
            change(title="a"),
            change(title="b", region="kainuu", detected_at=NOW + HOUR),
            change(title="c", themes=(Theme.STRATEGY,), detected_at=NOW + HOUR),
            change(ChangeKind.WINDOW_OPENED, title="d", themes=(), detected_at=NOW + HOUR),
        ],
        now=NOW,
    )

    assert "".join(one.title for one in store.changes(**wanted)) == titles  # type: ignore[arg-type]


def test_many_changes_come_in_pages_while_others_are_told(store: Store) -> None:
    store.record_events([change() for _ in range(1200)], now=NOW)

    reading = store.changes()
    first = next(reading)
    store.record_events([change()], now=NOW)

    assert [first.id, *(one.id for one in reading)] == list(range(1, 1202))


def test_what_was_told_cannot_be_changed_or_taken_back(path: Path, store: Store) -> None:
    store.record_events([change()], now=NOW)

    with closing(sqlite3.connect(path)) as connection:
        for statement in ("UPDATE changes SET title = 'x'", "DELETE FROM changes"):
            with pytest.raises(sqlite3.IntegrityError, match="told is never"):
                connection.execute(statement)


# --- windows -------------------------------------------------------------------------------------


def test_every_field_of_a_window_comes_back(store: Store) -> None:
    store.record_poll(outcome(documents=(update(),)))
    full = known_window(
        told_marks=(14, 7),
        closed_told=True,
        cancelled=True,
        baseline=True,
        document=1,
        told_on=dt.date(2026, 3, 1),
        earlier=(window(closes=dt.date(2026, 3, 20)), window(closes=None, continuous=True, doubt="d", sure=False)),
    )
    given = {field.name for field in fields(KnownWindow)} - {"id", "document_key"}
    assert [name for name in given if not getattr(full, name)] == []

    store.record_events([], windows=[full], now=NOW)

    assert store.windows() == (replace(full, id=1),)


def test_a_known_window_is_replaced_and_a_new_one_added(store: Store) -> None:
    store.record_events([], windows=[known_window(), known_window(region="kainuu")], now=NOW)
    store.record_events([], windows=[replace(known_window(), id=1, told_marks=(14,)), known_window()], now=NOW)

    assert [(known.id, known.region, known.told_marks) for known in store.windows()] == [
        (1, "lappi", (14,)),
        (2, "kainuu", ()),
        (3, "lappi", ()),
    ]
    assert [known.id for known in store.windows("lappi")] == [1, 3]


def test_a_window_that_is_not_there_cannot_be_replaced(store: Store) -> None:
    with pytest.raises(StorageError, match="no window 7"):
        store.record_events([change()], windows=[replace(known_window(), id=7)], now=NOW)

    assert list(store.changes()) == []


def test_a_window_learns_its_document_by_key_or_by_address(store: Store) -> None:
    store.record_poll(
        outcome(
            documents=(update("first"), update("k"), update("second")),
            windows=(known_window(), known_window(url="https://elsewhere.example/", document_key="second")),
        )
    )

    assert [known.document for known in store.windows()] == [2, 3]
    assert [known.document_key for known in store.windows()] == [None, None]


def test_a_change_learns_the_new_window_that_it_tells_of(store: Store) -> None:
    other = window(grant_type="kohdeavustus")
    told = store.record_poll(
        outcome(
            windows=(known_window(window=other), known_window()),
            changes=(
                change(ChangeKind.WINDOW_OPENED, after=TOLD),
                change(ChangeKind.WINDOW_CLOSED, before=TOLD),
                change(ChangeKind.WINDOW_OPENED, after={**TOLD, "closes": "2026-04-01"}),
                change(ChangeKind.WINDOW_OPENED, after=TOLD, region="kainuu"),
                change(ChangeKind.DOCUMENT_NEW, after=TOLD),
            ),
        )
    )

    assert [one.window for one in told] == [2, 2, None, None, None]
