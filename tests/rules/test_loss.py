"""A list that lost its documents is trouble; a document that is gone for good is news."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import KnownDocument, SourceHealth
from aluevahti.rules.loss import (
    absence,
    counts_as_missing,
    fingerprint,
    last_listing_at,
    mass_loss,
    present,
    quarantine,
)
from factories import NOW, a_document, known


def several(count: int) -> list[KnownDocument]:
    return [known(a_document(str(row)), row) for row in range(1, count + 1)]


def test_an_empty_list_is_a_loss() -> None:
    assert mass_loss(several(8), 0, 0, windowed=False) == "the list shows 0 entries; it had 8"
    assert mass_loss(several(1), 0, 0, windowed=True) is not None


def test_half_a_page_is_a_loss() -> None:
    assert mass_loss(several(8), 3, 3, windowed=True) is not None
    assert mass_loss(several(8), 5, 5, windowed=True) is None


def test_a_list_of_the_newest_may_be_replaced_whole_but_a_complete_one_may_not() -> None:
    assert mass_loss(several(8), 0, 8, windowed=True) is None
    assert mass_loss(several(8), 0, 8, windowed=False) is not None


@pytest.mark.parametrize("windowed", [True, False])
@pytest.mark.parametrize(("usual", "seen"), [(12, 10_000), (12, 60), (1, 60), (50, 200)])
def test_a_list_of_strangers_many_times_as_long_is_another_list(usual: int, seen: int, *, windowed: bool) -> None:
    said = mass_loss(several(usual), 0, seen, windowed=windowed)

    assert said == f"the list shows {seen} entries, 0 of the {usual} that it had among them"


@pytest.mark.parametrize(
    ("usual", "matched", "seen"),
    [
        pytest.param(12, 0, 12, id="forty a day on a list of the newest twelve"),
        pytest.param(4, 0, 40, id="a page of the day on Monday after a quiet Sunday"),
        pytest.param(50, 0, 150, id="a list that shows more rows from today on"),
        pytest.param(12, 2, 400, id="the archive, with what was known still in it"),
        pytest.param(0, 0, 400, id="a list that was empty until now"),
    ],
)
def test_a_burst_is_believed(usual: int, matched: int, seen: int) -> None:
    assert mass_loss(several(usual), matched, seen, windowed=True) is None


def test_documents_that_are_already_missing_are_not_counted_as_present() -> None:
    state = [*several(3), known(a_document("9"), 9, missing_count=1), known(a_document("8"), 8, removed_at=NOW)]

    assert [one.id for one in present(state)] == [1, 2, 3]


def test_a_shrunken_list_is_believed_when_it_is_seen_for_the_third_time() -> None:
    health, believed = SourceHealth(), []
    for _ in range(3):
        answer, count = quarantine(health, "mark")
        health = replace(health, quarantine="mark", quarantine_count=count)
        believed.append(answer)

    assert believed == [False, False, True]
    assert quarantine(health, "another") == (False, 1)


def test_the_end_of_a_list_proves_nothing() -> None:
    state = several(5)

    assert not counts_as_missing(state[4], state[:4], NOW)
    assert counts_as_missing(state[2], [state[0], state[4]], NOW)


def test_what_dropped_off_the_end_once_does_not_come_to_count_when_the_list_grows() -> None:
    later = NOW + dt.timedelta(days=1)
    dropped, *shown = several(5)
    shown = [replace(one, last_seen_at=later) for one in shown]

    assert last_listing_at([dropped, *shown]) == later
    assert not counts_as_missing(dropped, shown, later)
    assert counts_as_missing(replace(dropped, missing_count=1), shown, later)


def test_what_counts_goes_on_counting_when_the_entries_below_it_have_moved_up() -> None:
    missed = replace(known(a_document("5"), 5), missing_count=1)

    assert counts_as_missing(missed, [known(a_document("6"), 1), known(a_document("7"), 2)], NOW)


def test_a_document_counts_as_removed_after_three_absences_hours_apart() -> None:
    document, told = known(a_document("1")), []
    for hour in (0, 0.1, 1, 2, 3, 7, 8):
        count, since, removed = absence(document, NOW + dt.timedelta(hours=hour))
        document = replace(document, missing_count=count, missing_since=since)
        told.append(removed)

    assert told[:6] == [False, False, False, False, False, True]


def test_the_fingerprint_knows_no_order() -> None:
    one, two = a_document("1"), a_document("2")

    assert fingerprint([one, two]) == fingerprint([two, one]) != fingerprint([one])


@given(st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_a_list_that_shows_all_it_had_is_never_a_loss(usual: int, more: int, windowed: bool) -> None:
    assert mass_loss(several(usual), usual, usual + more, windowed=windowed) is None


def test_what_dropped_off_the_end_of_a_list_of_the_newest_is_not_lost() -> None:
    known = several(60)

    assert mass_loss(known, 20, 20, windowed=True, usual_items=20) is None
    assert mass_loss(known, 20, 20, windowed=False, usual_items=20) is None
    assert mass_loss(known, 9, 9, windowed=True, usual_items=20) == "the list shows 9 entries; it had 20"
