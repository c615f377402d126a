"""A standing page has no date, but what an edit brought is of its day."""

from __future__ import annotations

from dataclasses import replace

from aluevahti.model import Reading, StatusFact
from aluevahti.rules.edits import of_edit
from aluevahti.text.stable import stable
from factories import a_reading, a_window, day

OLD, NEW = "Avustuksia jaetaan 100 000 euroa.", "Toiminta-avustukset ovat haettavana 1.4.–30.4."
WINDOW = a_window("2026-04-01", "2026-04-30", quote=NEW)


def fact(field: str, quote: str, *, dated: bool) -> StatusFact:
    doubt = None if dated else "the day is not told"
    as_of = day("2026-03-20") if dated else None
    return StatusFact(field=field, value=1, as_of=as_of, quote=quote, sure=dated, doubt=doubt)


def reading(*, dated: bool) -> Reading:
    facts = (fact("grant_total_eur", OLD, dated=dated), fact("grant_types", NEW, dated=dated))
    return a_reading(facts=facts, windows=(WINDOW,) if dated else ())


def test_what_a_new_line_says_is_of_today() -> None:
    result = of_edit(reading(dated=False), reading(dated=True), [stable(NEW)])

    assert result.windows == (WINDOW,)
    assert {one.field: one.as_of for one in result.facts} == {"grant_total_eur": None, "grant_types": day("2026-03-20")}


def test_a_type_that_an_old_line_names_is_as_old_as_that_line() -> None:
    def named(*, dated: bool) -> Reading:
        return a_reading(facts=tuple(fact("grant_types", line, dated=dated) for line in (OLD, NEW)))

    result = of_edit(named(dated=False), named(dated=True), [stable(NEW)])

    assert [(one.quote, one.as_of) for one in result.facts] == [(OLD, None), (NEW, day("2026-03-20"))]


def test_what_stood_there_before_stays_undated() -> None:
    undated = reading(dated=False)

    assert of_edit(undated, reading(dated=True), ["Yhteyshenkilö: järjestökoordinaattori."]) == undated


def test_a_window_with_its_year_needs_no_edit() -> None:
    undated = replace(reading(dated=False), windows=(WINDOW,))

    assert of_edit(undated, reading(dated=True), []).windows == (WINDOW,)
