"""Removed after its time, removed early; and how long our own copies stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Decision, Form, KnownDocument, Outcome, StatusFact
from aluevahti.rules.retention import (
    KEPT_AFTER,
    ON_VIEW,
    Departure,
    departed,
    departure,
    is_redaction,
    is_to_be_forgotten,
    may_leave,
    without_words,
)
from factories import a_document, a_reading, a_window, at, day, known

PUBLISHED = day("2026-03-02")


def paper(form: Form = Form.NOTICE, **fields: Any) -> KnownDocument:
    """A paper published on 2 March, first seen the same day."""
    document = a_document("1", form=form, published_on=fields.pop("published_on", PUBLISHED))
    return known(
        document, **{"first_seen_at": at("2026-03-02 10:00"), "last_seen_at": at("2026-03-02 10:00"), **fields}
    )


@pytest.mark.parametrize(
    ("form", "gone", "how"),
    [
        (Form.NOTICE, "2026-03-15 23:59", Departure.EARLY),
        (Form.NOTICE, "2026-03-16 00:00", Departure.AFTER_ITS_TIME),
        (Form.DECISION, "2026-03-22 12:00", Departure.EARLY),
        (Form.DECISION, "2026-03-23 00:00", Departure.AFTER_ITS_TIME),
        (Form.ITEM, "2027-03-02 12:00", Departure.EARLY),
        (Form.MEETING, "2027-03-02 12:00", Departure.EARLY),
        (Form.NEWS, "2026-09-02 12:00", Departure.EARLY),
        (Form.PAGE, "2026-09-02 12:00", Departure.EARLY),
    ],
)
def test_only_notices_and_officials_decisions_have_a_time_after_which_they_may_leave(
    form: Form, gone: str, how: Departure
) -> None:
    assert departure(paper(form), at(gone)) is how
    assert may_leave(paper(form), at(gone)) is (how is Departure.AFTER_ITS_TIME)


def test_without_a_printed_day_nobody_knows_whether_the_time_was_over() -> None:
    undated = paper(published_on=None)

    assert departure(undated, at("2026-03-15 12:00")) is Departure.UNKNOWN
    assert departure(undated, at("2027-03-15 12:00")) is Departure.UNKNOWN
    assert departure(paper(Form.NEWS, published_on=None), at("2027-03-15 12:00")) is Departure.EARLY


def test_undated_papers_may_leave_their_list_once_their_time_has_passed_since_we_saw_them() -> None:
    undated = paper(published_on=None)

    assert not may_leave(undated, at("2026-03-15 12:00"))
    assert may_leave(undated, at("2026-03-16 12:00"))
    assert may_leave(replace(undated, silent=True), at("2026-03-03 12:00"))
    assert not may_leave(paper(silent=True), at("2026-03-03 12:00"))


def test_a_removed_document_left_when_it_was_first_missing() -> None:
    gone = paper(missing_since=at("2026-03-15 22:00"), removed_at=at("2026-03-16 08:00"))

    assert departed(gone) is Departure.EARLY
    assert departed(replace(gone, missing_since=None)) is Departure.AFTER_ITS_TIME
    assert departed(paper()) is None


# --- our own copies ------------------------------------------------------------------------------


def test_copies_of_a_removed_notice_go_a_fortnight_after_it() -> None:
    gone = paper(missing_since=at("2026-03-16 08:00"), removed_at=at("2026-03-17 08:00"))

    assert not is_to_be_forgotten(gone, None, at("2026-03-16 08:00") + KEPT_AFTER - dt.timedelta(minutes=1))
    assert is_to_be_forgotten(gone, None, at("2026-03-16 08:00") + KEPT_AFTER)


def test_what_the_list_still_shows_stays_however_old_it_is() -> None:
    shown = paper(listed_at=at("2026-03-02 10:00"))

    assert not is_to_be_forgotten(shown, at("2026-03-02 10:00"), at("2027-03-02 10:00"))
    assert not is_to_be_forgotten(shown, None, at("2027-03-02 10:00"))
    assert not is_to_be_forgotten(paper(), at("2027-03-02 10:00"), at("2027-03-02 10:00"))


def test_what_dropped_off_a_list_of_the_newest_goes_when_its_time_is_over_too() -> None:
    dropped = paper(listed_at=at("2026-03-04 10:00"), last_seen_at=at("2026-03-04 10:00"))
    later = at("2026-03-05 10:00")

    assert not is_to_be_forgotten(dropped, later, at("2026-03-16 00:00") + KEPT_AFTER - dt.timedelta(minutes=1))
    assert is_to_be_forgotten(dropped, later, at("2026-03-16 00:00") + KEPT_AFTER)
    read_again = replace(dropped, last_seen_at=at("2026-04-10 10:00"))
    assert not is_to_be_forgotten(read_again, later, at("2026-04-20 10:00"))


@pytest.mark.parametrize("form", sorted(set(Form) - set(ON_VIEW)))
def test_everything_else_is_kept_for_good(form: Form) -> None:
    gone = paper(form, missing_since=at("2026-03-16 08:00"), removed_at=at("2026-03-17 08:00"))

    assert not is_to_be_forgotten(gone, at("2027-03-16 08:00"), at("2030-03-16 08:00"))


def test_what_was_understood_stays_without_a_sentence() -> None:
    fact = StatusFact(
        field="grant_total_eur", value=40000, as_of=PUBLISHED, quote="Maija Mallikas myöntää 40 000 euroa."
    )
    decision = Decision(what="Maija Mallikkaan hakemus", by="johtaja", decided_on=PUBLISHED, outcome=Outcome.APPROVED)
    reading = a_reading(
        quote="Maija Mallikas",
        windows=(a_window("2026-03-02", "2026-03-31"),),
        facts=(fact,),
        decision=decision,
        amount_eur=40000,
    )

    kept = without_words(reading)

    assert kept is not None
    assert "Mallik" not in repr(kept)
    assert (kept.amount_eur, kept.windows[0].closes, kept.facts[0].value) == (40000, day("2026-03-31"), 40000)
    assert kept.decision is not None
    assert kept.decision.outcome is Outcome.APPROVED
    assert without_words(None) is None


# --- redaction -----------------------------------------------------------------------------------

TEXT = (
    "§ 12 Avustukset\nEsittelijä Maija Mallikas, puh. 044 123 4567\nMyönnetään 40 000 euroa.\nSaaja Matti Meikäläinen"
)
MINUTES = a_document("1", form=Form.ITEM, meeting_on=PUBLISHED)
SAME = (a_reading(quote="a"), a_reading(quote="b"))
LATE = day("2026-03-23")


@pytest.mark.parametrize(
    "after",
    [
        TEXT.replace("\nSaaja Matti Meikäläinen", ""),
        TEXT.replace(" Maija Mallikas, puh. 044 123 4567", ""),
        TEXT.replace(" Matti Meikäläinen", "").replace(" Maija Mallikas,", ""),
    ],
)
def test_words_that_only_leave_after_the_time_for_claims_are_a_redaction(after: str) -> None:
    assert is_redaction(MINUTES, TEXT, after, SAME, LATE)


@pytest.mark.parametrize(
    ("after", "understood", "today", "document"),
    [
        (TEXT.replace("40 000", "45 000"), SAME, LATE, MINUTES),
        (f"{TEXT}\nOikaisu", SAME, LATE, MINUTES),
        (TEXT, SAME, LATE, MINUTES),
        (TEXT.replace("Maija Mallikas", "Mallikas Maija"), SAME, LATE, MINUTES),
        (TEXT[:-24], SAME, day("2026-03-22"), MINUTES),
        (TEXT[:-24], (a_reading(amount_eur=1), a_reading()), LATE, MINUTES),
        (TEXT[:-24], (None, a_reading()), LATE, MINUTES),
        (TEXT[:-24], SAME, LATE, a_document("1", form=Form.ITEM)),
    ],
)
def test_whatever_says_something_else_or_comes_early_is_none(
    after: str, understood: Any, today: dt.date, document: Any
) -> None:
    assert not is_redaction(document, TEXT, after, understood, today)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=5), st.data())
def test_taking_words_away_is_always_a_redaction_and_adding_one_never(
    lines: list[list[str]], data: st.DataObject
) -> None:
    before = "\n".join(" ".join(line) for line in lines)
    kept = [[word for word in line if data.draw(st.booleans())] for line in lines]
    after = "\n".join(" ".join(line) for line in kept if line)

    assert not is_redaction(MINUTES, before, f"{before}\nuusi", SAME, LATE)
    if sum(map(len, kept)) == 0 and lines:
        assert is_redaction(MINUTES, before, after, SAME, LATE)
    if is_redaction(MINUTES, before, after, SAME, LATE):
        assert len(after.split()) < len(before.split())
