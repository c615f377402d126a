"""Texts and answers that are to be kept no longer go, whatever was told apart from them stays readable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aluevahti.errors import StorageError
from aluevahti.model import Form
from aluevahti.storage import Store
from aluevahti.storage.tables import BodyRow, table
from outcomes import HOUR, NOW, change, document, outcome, reading, snapshot_of, update

NAME = "Maija Mallikas, 044 123 4567"


def paper(number: int, extra: str = "") -> str:
    """A text of some length; two of them differ in a few words."""
    words = " ".join(f"Perustelu {place}: hakemus {place * 7919 % 1000}." for place in range(80))
    return f"Päätös {number}. {extra}\n{words}"


def publish(store: Store, key: str, *numbers: int, form: Form = Form.DECISION, extra: str = "", at: int = 0) -> int:
    """A document with a version and an answer of its own for each number; its row id."""
    for hour, number in enumerate(numbers, at):
        text = paper(number, extra)
        page = f"<html>{text}</html>".encode()
        answer = snapshot_of(page, url=f"https://a.example/{key}", key=key, purpose="document")
        known = document(key, form=form, title=f"Avustuspäätös {key}")
        written = update(
            known=known,
            text=text,
            text_sha256=f"{key} {number}",
            reading=reading(),
            listed=True,
            snapshot_sha256=answer.sha256,
        )
        when = NOW + hour * HOUR
        store.record_poll(
            outcome(
                finished_at=when,
                snapshots=(answer,),
                documents=(written,),
                changes=(change(document_key=key),),
            )
        )
    return next(one.id for one in store.known_documents("a") if one.document.key == key)


def bodies(store: Store) -> int:
    with store._reading() as connection:
        return len(connection.execute(table(BodyRow).select()).all())


def test_a_forgotten_document_keeps_title_dates_and_address_but_no_word(store: Store, path: Path) -> None:
    row = publish(store, "d", 1, 2, 3, extra=NAME)
    before = store.document(row)
    assert before is not None

    assert store.forget({row: None}) == 6  # three versions, three answers

    after = store.document(row)
    assert after is not None
    assert (after.document, after.first_seen_at, after.removed_at) == (before.document, before.first_seen_at, None)
    assert after.reading is None
    assert store.text_of(row) is None
    assert store.versions(row) == ()
    assert list(store.snapshots("a")) == []
    assert list(store.documents(words="Maija")) == []
    assert [one.id for one in store.documents(words="Avustuspäätös")] == [row]
    assert bodies(store) == 0
    assert store.integrity(deep=True) == []
    assert len(list(store.changes())) == 3
    for file in path.parent.glob("state.db*"):
        assert b"Maija" not in file.read_bytes()


def test_what_is_given_of_a_reading_stays(store: Store) -> None:
    row = publish(store, "d", 1)

    store.forget({row: reading(quote="")})

    known = store.document(row)
    assert known is not None
    assert known.reading == reading(quote="")


def test_what_was_told_apart_from_a_forgotten_text_stays_readable(store: Store) -> None:
    first = publish(store, "d", 1)
    text = paper(1)
    versions = tuple(f"{text} lisäys {number}" for number in range(6))
    for number, version in enumerate(versions):
        store.record_poll(
            outcome(
                "b",
                documents=(
                    update(
                        known=document("n", form=Form.NEWS), text=version if number else text, text_sha256=str(number)
                    ),
                ),
            )
        )
    other = store.known_documents("b")[0].id
    kept = [store.version_text(one.id) for one in store.versions(other)]

    store.forget({first: None})

    assert [store.version_text(one.id) for one in store.versions(other)] == kept == [text, *versions[1:]]
    assert store.integrity(deep=True) == []


def test_an_answer_that_another_text_was_read_from_stays(store: Store) -> None:
    page = snapshot_of(b"<html>kaksi kuulutusta</html>")
    store.record_poll(
        outcome(
            snapshots=(page,),
            documents=(
                update(
                    known=document("one", form=Form.NOTICE), text="yksi", text_sha256="1", snapshot_sha256=page.sha256
                ),
                update(
                    known=document("two", form=Form.NEWS), text="kaksi", text_sha256="2", snapshot_sha256=page.sha256
                ),
            ),
        )
    )
    one, _ = store.known_documents("a")

    assert store.forget({one.id: None}) == 1

    assert [kept.body for _, kept in store.snapshots("a")] == [page.body]
    assert store.integrity(deep=True) == []


def test_what_is_not_there_is_nothing_to_forget(store: Store) -> None:
    row = publish(store, "d", 1)

    assert store.forget({row: None, 999: None}) == 2
    assert store.forget({row: None}) == 0


def test_only_what_still_has_a_text_is_asked_about(store: Store) -> None:
    gone = publish(store, "d", 1, at=0)
    kept = publish(store, "e", 2, at=5)
    publish(store, "n", 3, form=Form.NEWS, at=6)
    store.forget({gone: None})

    found = store.with_texts({Form.DECISION, Form.NOTICE})

    assert [(one.id, at) for one, at in found] == [(kept, NOW + 6 * HOUR)]
    assert found[0][0].listed_at == NOW + 5 * HOUR


def test_a_damaged_text_leaves_everything_as_it_was(store: Store) -> None:
    row = publish(store, "d", 1, 2, 3)
    other = publish(store, "e", 1, 4)
    with store._writing() as connection:
        leaning = connection.exec_driver_sql("SELECT id FROM bodies WHERE base_id IS NOT NULL").scalars().all()
        for id_ in leaning:
            connection.exec_driver_sql("UPDATE bodies SET sha256 = ? WHERE id = ?", (f"x{id_}", id_))
    assert leaning

    with pytest.raises(StorageError, match="damaged"):
        store.forget({row: None, other: None})

    assert len(store.versions(row)) == 3
    assert len(store.versions(other)) == 2


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.booleans()), max_size=14))
def test_after_any_course_of_events_everything_that_is_kept_is_whole(course: list[tuple[str, int, bool]]) -> None:
    with Store.open("sqlite://", now=NOW) as store:
        texts: dict[str, list[str]] = {}
        for hour, (key, number, forget) in enumerate(course):
            rows = {one.document.key: one.id for one in store.known_documents("a")}
            if forget and key in rows:
                store.forget({rows[key]: None})
                texts.pop(key, None)
                continue
            publish(store, key, number, at=hour)
            texts.setdefault(key, []).append(paper(number))

        rows = {one.document.key: one.id for one in store.known_documents("a")}
        for key, kept in texts.items():
            assert [store.version_text(one.id) for one in store.versions(rows[key])] == kept
        assert store.integrity(deep=True) == []
        assert (bodies(store) == 0) == (not texts)


FORGETTER = """
import sys
sys.path.insert(0, {tests!r})
from aluevahti.storage import Store, forgetting
from outcomes import NOW

with Store.open({url!r}, now=NOW) as store, store._writing() as connection:
    forgetting._forget(connection, 1, None)
    print("in the middle", flush=True)
    sys.stdin.readline()
"""


def test_a_kill_in_the_middle_of_forgetting_leaves_everything(store: Store, url: str) -> None:
    rows = [publish(store, "d", 1, 2, extra=NAME), publish(store, "e", 1, 3, at=4)]
    store.close()
    code = FORGETTER.format(tests=str(Path(__file__).parents[1]), url=url)
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"in the middle\n"
        os.kill(child.pid, signal.SIGKILL)

    with Store.open(url, now=NOW) as again:
        assert [len(again.versions(row)) for row in rows] == [2, 2]
        assert [one.id for one in again.documents(words="Maija")] == [1]
        assert again.integrity(deep=True) == []
        again.forget(dict.fromkeys(rows))
        assert [again.text_of(row) for row in rows] == [None, None]
        assert again.integrity(deep=True) == []
