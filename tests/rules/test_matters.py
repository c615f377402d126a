"""One matter across organs and meetings, joined by its case number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Form, KnownDocument
from aluevahti.rules.matters import normalised, same_matter, spellings
from factories import NOW, a_document, day, known

CASE = "412/02.05.01/2026"


def handling(
    row: int, held: str, organ: str = "Aluehallitus", section: int = 12, case: str | None = CASE
) -> KnownDocument:
    document = a_document(
        str(row),
        form=Form.ITEM,
        organ=organ,
        meeting_on=day(held),
        section=section,
        case_number=case,
        title="Avustukset",
    )
    return known(document, row, region="lappi")


class Shelf:
    """Documents as the store would find them: by region and spelling, letter case aside."""

    def __init__(self, *documents: KnownDocument) -> None:
        self.documents = documents

    def __call__(self, region: str, numbers: Sequence[str]) -> Sequence[KnownDocument]:
        wanted = {number.casefold() for number in numbers}
        return [
            one
            for one in self.documents
            if one.region == region and (one.document.case_number or "").casefold() in wanted
        ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HEL 2026-000412", "hel-2026-412"),
        ("IUHVADno-2026-3159", "iuhvadno-2026-3159"),
        ("ESIMDno 2026-31", "ESIMDno-2026-0031"),
        ("412/02.05.01/2026", " 412/02.05.01/2026 "),
        ("0412/2026", "412/2026"),
    ],
)
def test_a_number_is_itself_however_it_is_spelt(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("412/02.05.01/2026", "412/2026"),
        ("412/02.05.01/2026", "412/02.05.02/2026"),
        ("412/02.05.01/2026", "412/02.05.01/2025"),
        ("ESIMDno-2026-31", "IUHVADno-2026-31"),
        ("ESIMDno-2026-31", "31/2026"),
    ],
)
def test_numbers_that_may_be_of_two_registers_are_two(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.sampled_from(["HEL", "ESIMDno", "päijädno"]), st.integers(2023, 2030), st.integers(1, 999_999))
def test_every_spelling_means_the_same_number(register: str, year: int, number: int) -> None:
    written = f"{register} {year}-{number:06}"

    assert {normalised(each) for each in spellings(written)} == {normalised(written)}
    assert normalised(normalised(written)) == normalised(written)


@given(st.text(max_size=40))
def test_any_text_has_a_form_that_stays(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert normalised(text) in {normalised(each) for each in spellings(text)}


def test_the_handlings_of_a_matter_come_oldest_first() -> None:
    committee = handling(1, "2026-02-12", "Hyvinvointilautakunta", 4)
    board = handling(2, "2026-03-02", "Aluehallitus", 57)
    council = handling(3, "2026-03-23", "Aluevaltuusto", 9)

    assert same_matter(board, Shelf(council, board, committee)) == (committee, council)


def test_a_document_without_a_number_has_no_matter() -> None:
    one = handling(1, "2026-02-12", case=None)

    assert same_matter(one, Shelf(one, handling(2, "2026-03-02"))) == ()


def test_other_regions_use_the_same_numbers_for_other_matters() -> None:
    here, there = handling(1, "2026-02-12"), replace(handling(2, "2026-03-02"), region="kainuu")

    assert same_matter(here, Shelf(here, there)) == ()


def test_what_repeats_another_or_was_taken_away_is_no_handling() -> None:
    own = replace(handling(1, "2026-03-02"), twin_of=9)
    root = handling(9, "2026-03-02", section=12)
    twin = replace(handling(2, "2026-03-02", "Styrelsen"), twin_of=1)
    gone = replace(handling(3, "2026-02-12", "Lautakunta"), removed_at=NOW)

    assert same_matter(own, Shelf(own, root, twin, gone)) == ()


def test_one_item_under_two_names_is_one_handling() -> None:
    own = handling(1, "2026-03-02")
    committee = handling(2, "2026-02-12", "Lautakunta", 4)

    assert same_matter(
        own, Shelf(own, handling(7, "2026-03-02"), committee, handling(8, "2026-02-12", "lautakunta", 4))
    ) == (committee,)
