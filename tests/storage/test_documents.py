"""Documents and the versions of their texts."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pytest

from aluevahti.errors import StorageError
from aluevahti.model import (
    Decision,
    Document,
    File,
    Form,
    KnownDocument,
    Language,
    Meeting,
    Outcome,
    Phase,
    Request,
    Version,
)
from aluevahti.storage import Store
from outcomes import HOUR, NOW, document, outcome, reading, snapshot_of, update

FULL = Document(
    key="k",
    url="https://a.example/k",
    title="Järjestöavustusten periaatteet",
    form=Form.ITEM,
    phase=Phase.AGENDA,
    organ="Aluehallitus",
    meeting_key="m",
    meeting_on=dt.date(2026, 3, 9),
    section=12,
    case_number="LAPHVA/123/2026",
    published_on=dt.date(2026, 3, 2),
    lang=Language.FI,
    revision="Esityslista",
    text="Esitys: hyväksytään.",
    detail=Request(url="https://a.example/k?text", purpose="item", key="k", form=(("a", "b"),)),
    files=(File(url="https://a.example/k.pdf", title="Liite"),),
    aliases=("https://a.example/other",),
)


def only(store: Store) -> KnownDocument:
    (known,) = store.known_documents("a")
    return known


def test_every_field_of_a_document_comes_back_but_its_text_and_files(store: Store) -> None:
    assert all(getattr(FULL, field.name) is not None for field in fields(FULL))

    store.record_poll(outcome(documents=(update(known=FULL, position=4),)))

    assert only(store) == KnownDocument(
        id=1,
        source="a",
        region="lappi",
        document=replace(FULL, text=None, files=()),
        first_seen_at=NOW,
        last_seen_at=NOW,
        position=4,
    )


def test_every_field_of_a_reading_comes_back(store: Store) -> None:
    understood = reading(
        meeting=Meeting(organ="Aluehallitus", held_on=dt.date(2026, 3, 9), section=12),
        decision=Decision(what="periaatteet", by="aluehallitus", decided_on=None, outcome=Outcome.APPROVED),
        amount_eur=1234.5,
    )
    store.record_poll(outcome(documents=(update(text="t", text_sha256="h", reading=understood, read=True),)))

    assert only(store).reading == understood
    assert (only(store).text_sha256, only(store).read_at) == ("h", NOW)


def test_what_is_counted_about_a_document_is_replaced(store: Store) -> None:
    store.record_poll(outcome(documents=(update("k"), update("twin"))))
    later = update(
        id=1,
        seen=False,
        missing_count=2,
        missing_since=NOW,
        removed_at=NOW + HOUR,
        silent=True,
        twin_of=2,
    )
    store.record_poll(outcome(finished_at=NOW + HOUR, documents=(later,)))

    known = store.document(1)
    assert known is not None
    assert (known.missing_count, known.missing_since, known.removed_at) == (2, NOW, NOW + HOUR)
    assert (known.silent, known.twin_of) == (True, 2)


def test_a_document_that_was_not_seen_keeps_its_place_and_time(store: Store) -> None:
    store.record_poll(outcome(documents=(update(position=7),)))
    store.record_poll(outcome(finished_at=NOW + HOUR, documents=(update(id=1, seen=False, position=None),)))

    assert (only(store).position, only(store).last_seen_at) == (7, NOW)

    store.record_poll(outcome(finished_at=NOW + HOUR, documents=(update(id=1, position=3),)))

    assert (only(store).position, only(store).last_seen_at, only(store).first_seen_at) == (3, NOW + HOUR, NOW)


def test_a_list_level_update_keeps_what_was_read(store: Store) -> None:
    store.record_poll(outcome(documents=(update(text="t", text_sha256="h", reading=reading(), read=True),)))
    store.record_poll(outcome(finished_at=NOW + HOUR, documents=(update(id=1),)))

    known = only(store)
    assert (known.text_sha256, known.reading, known.read_at) == ("h", reading(), NOW)
    assert store.text_of(1) == "t"


def test_a_page_read_again_without_a_new_version_says_when(store: Store) -> None:
    store.record_poll(outcome(documents=(update(text="t", read=True),)))
    store.record_poll(outcome(finished_at=NOW + HOUR, documents=(update(id=1, read=True),)))

    assert only(store).read_at == NOW + HOUR
    assert len(store.versions(1)) == 1


def test_an_update_without_an_id_finds_its_row_by_key(store: Store) -> None:
    store.record_poll(outcome(documents=(update("k"),)))
    store.record_poll(outcome(documents=(update("k", known=document("k", title="Toinen")),)))
    store.record_poll(outcome("b", documents=(update("k"),)))

    assert only(store).document.title == "Toinen"
    assert [known.id for known in store.known_documents("b")] == [2]


def test_a_document_may_be_listed_and_read_in_one_outcome(store: Store) -> None:
    store.record_poll(outcome(documents=(update("k"), update("k", text="luettu"))))

    assert store.text_of(only(store).id) == "luettu"


def test_a_document_may_get_another_key(store: Store) -> None:
    store.record_poll(outcome(documents=(update("old"),)))
    store.record_poll(outcome(documents=(update(id=1, known=document("new", aliases=("old",))),)))

    assert (only(store).id, only(store).document.key) == (1, "new")


def test_two_documents_never_share_a_key(store: Store) -> None:
    store.record_poll(outcome(documents=(update("one"), update("two"))))

    with pytest.raises(StorageError, match="UNIQUE"):
        store.record_poll(outcome(documents=(update(id=1, known=document("two")),)))

    assert [known.document.key for known in store.known_documents("a")] == ["one", "two"]


def test_an_update_of_a_row_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StorageError, match="not there"):
        store.record_poll(outcome(documents=(update(id=5),)))


def test_many_updates_go_out_together_and_each_finds_its_row(store: Store) -> None:
    keys = [f"k{number}" for number in range(50)]
    store.record_poll(outcome(documents=tuple(update(key) for key in keys)))
    again = tuple(update(key, id=number, position=number, seen=number % 2 == 0) for number, key in enumerate(keys, 1))
    store.record_poll(outcome(finished_at=NOW + HOUR, documents=again))

    for known in store.known_documents("a"):
        assert known.document.key == keys[known.id - 1]
        assert known.position == (known.id if known.id % 2 == 0 else None)


def test_every_version_is_kept_readable_and_comparable(store: Store) -> None:
    texts = [f"Haku on auki {day}.3.–31.3.2026.\n" + "Ohjeet pysyvät samoina. " * 50 for day in range(1, 31)]
    for number, text in enumerate(texts):
        store.record_poll(
            outcome(
                finished_at=NOW + number * HOUR,
                snapshots=(body := snapshot_of(text.encode() + b"!"),),
                documents=(update(text=text, snapshot_sha256=body.sha256),),
            )
        )

    versions = store.versions(1)

    assert [store.version_text(version.id) for version in reversed(versions)] == texts[::-1]
    assert versions[3] == Version(id=4, document=1, at=NOW + 3 * HOUR, title="Asiakirja k", phase=None, snapshot=4)
    for old, new in pairwise(versions):
        before, after = (store.version_text(version.id).split() for version in (old, new))
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        assert [(before[i:j], after[k:m]) for tag, i, j, k, m in steps if tag != "equal"] == [
            ([f"{old.id}.3.–31.3.2026."], [f"{new.id}.3.–31.3.2026."])
        ]
    assert store.text_of(1) == texts[-1]


def test_a_version_remembers_its_title_and_phase(store: Store) -> None:
    store.record_poll(outcome(documents=(update(text="esitys", known=document(phase=Phase.AGENDA, title="Yksi")),)))
    store.record_poll(outcome(documents=(update(text="päätös", known=document(phase=Phase.MINUTES, title="Kaksi")),)))

    assert [(version.title, version.phase) for version in store.versions(1)] == [
        ("Yksi", Phase.AGENDA),
        ("Kaksi", Phase.MINUTES),
    ]


def test_an_empty_text_is_a_version_too(store: Store) -> None:
    store.record_poll(outcome(documents=(update(text=""),)))

    assert store.text_of(1) == ""
    assert store.version_text(1) == ""


def test_a_document_that_was_never_read_has_no_text(store: Store) -> None:
    store.record_poll(outcome(documents=(update(),)))

    assert store.text_of(1) is None
    assert store.text_of(2) is None
    assert store.versions(1) == ()
    assert store.document(2) is None
    with pytest.raises(StorageError, match="no version 1"):
        store.version_text(1)


def test_a_regions_recent_documents_come_from_all_its_sources(store: Store) -> None:
    store.record_poll(outcome("a", documents=(update("old"),)))
    store.record_poll(outcome("b", finished_at=NOW + HOUR, documents=(update("new"),)))
    store.record_poll(outcome("c", region="kainuu", finished_at=NOW + HOUR, documents=(update("elsewhere"),)))

    def keys(since: dt.datetime) -> list[str]:
        return [known.document.key for known in store.region_documents("lappi", since)]

    assert keys(NOW) == ["old", "new"]
    assert keys(NOW + HOUR) == ["new"]
    assert keys(NOW + 2 * HOUR) == []
    assert [known.document.key for known in store.region_documents("lappi", NOW, {"a", "c"})] == ["old"]


def test_documents_come_by_their_numbers(store: Store) -> None:
    store.record_poll(outcome("a", documents=(update("x"), update("y"), update("z"))))

    assert [known.document.key for known in store.documents_of([3, 1, 99])] == ["x", "z"]
    assert store.documents_of([]) == ()


def test_documents_come_in_pages_and_may_be_asked_for_by_region(store: Store) -> None:
    store.record_poll(outcome("a", documents=tuple(update(f"k{number}") for number in range(1100))))
    store.record_poll(outcome("b", region="kainuu", documents=(update("kainuu"),)))

    assert len(list(store.documents())) == 1101
    assert [known.id for known in store.documents()] == list(range(1, 1102))
    assert [known.document.key for known in store.documents(region="kainuu")] == ["kainuu"]


# --- matters -------------------------------------------------------------------------------------


def matters_of(store: Store, *numbers: tuple[str, str | None]) -> None:
    """A document for each region and case number."""
    for place, (region, number) in enumerate(numbers):
        known = document(f"m{place}", case_number=number, form=Form.ITEM)
        store.record_poll(outcome(f"source-{region}", region=region, documents=(update(known=known),)))


def test_a_matter_is_found_by_any_spelling_of_its_number_in_its_region(store: Store) -> None:
    matters_of(
        store,
        ("lappi", "LAPHADno-2026-31"),
        ("lappi", "laphadno-2026-31"),
        ("lappi", "LAPHADno-2026-310"),
        ("lappi", None),
        ("kainuu", "LAPHADno-2026-31"),
    )

    found = store.matter("lappi", ["LAPHADNO-2026-31", "LAPHADNO 2026-31"])

    assert [one.document.case_number for one in found] == ["LAPHADno-2026-31", "laphadno-2026-31"]
    assert store.matter("lappi", []) == ()


def test_a_matter_is_looked_up_in_an_index(store: Store, path: Path) -> None:
    matters_of(store, ("lappi", "LAPHADno-2026-31"))
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM documents WHERE region = ? AND case_number IS NOT NULL "
            "AND case_number COLLATE NOCASE IN (?, ?) ORDER BY id",
            ("lappi", "a", "b"),
        ).fetchall()

    assert "ix_documents_region_case_number" in plan[0][3]
