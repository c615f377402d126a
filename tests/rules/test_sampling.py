"""Documents to label: of every kind, from every region, and the same ones for the same seed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import DocKind, KnownDocument
from aluevahti.rules.sampling import candidates, draw
from factories import a_document, a_reading, day, known

ZONE = ZoneInfo("Europe/Helsinki")
TODAY = day("2026-03-31")


def one(row: int, kind: DocKind, region: str = "kainuu", **fields: object) -> KnownDocument:
    given = {"reading": a_reading(doc_kind=kind), "text_sha256": "x", "region": region}
    return known(a_document(str(row), published_on=day("2026-03-20")), row, **{**given, **fields})


def test_only_documents_of_the_last_month_that_were_read_and_repeat_no_other_may_be_drawn() -> None:
    drawn = one(1, DocKind.OTHER)
    others = [
        one(2, DocKind.OTHER, reading=None),
        one(3, DocKind.OTHER, text_sha256=None),
        one(4, DocKind.OTHER, twin_of=1),
        known(a_document("5", published_on=day("2026-02-27")), 5, reading=a_reading(), text_sha256="x"),
        known(a_document("6", published_on=day("2026-04-01")), 6, reading=a_reading(), text_sha256="x"),
    ]

    assert candidates([drawn, *others], TODAY, ZONE) == [drawn]


def test_rare_kinds_and_every_region_come_before_more_of_the_common_ones() -> None:
    regions = ("kainuu", "lappi", "pirkanmaa")
    common = [one(row, DocKind.MINUTES_ITEM, regions[row % 3]) for row in range(1, 60)]
    rare = [one(100, DocKind.GRANT_CALL, "lappi"), one(101, DocKind.GRANT_RESULT, "kainuu")]

    drawn = draw([*common, *rare], 8, seed=1)

    assert {known.id for known in rare} < {known.id for known in drawn}
    assert Counter(known.region for known in drawn if known.id < 100) == dict.fromkeys(regions, 2)


@given(
    st.lists(st.tuples(st.sampled_from(DocKind), st.sampled_from("abc")), max_size=30),
    st.integers(1, 40),
    st.integers(0, 5),
)
def test_a_seed_draws_the_same_ones_whatever_their_order(
    kinds: list[tuple[DocKind, str]], count: int, seed: int
) -> None:
    documents = [one(row, kind, region) for row, (kind, region) in enumerate(kinds, start=1)]

    drawn = draw(documents, count, seed)

    assert drawn == draw(documents[::-1], count, seed)
    assert len(drawn) == len({known.id for known in drawn}) == min(count, len(documents))


def test_another_seed_draws_others() -> None:
    documents = [one(row, DocKind.OTHER) for row in range(1, 50)]

    assert len({tuple(known.id for known in draw(documents, 3, seed)) for seed in range(5)}) > 1


def test_a_document_without_a_day_counts_from_when_it_was_first_seen() -> None:
    late = dt.datetime(2026, 2, 27, 21, 59, tzinfo=dt.UTC)
    documents = [
        known(a_document("1"), 1, reading=a_reading(), text_sha256="x", first_seen_at=late),
        known(a_document("2"), 2, reading=a_reading(), text_sha256="x", first_seen_at=late + dt.timedelta(minutes=1)),
    ]

    assert [known.id for known in candidates(documents, TODAY, ZONE)] == [2]
