"""Days as they stand beside a document or within it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.text.dates import named_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6.4.-10.5.2026", {(6, 4), (10, 5)}),
        ("1.–15.4.2026", {(1, 4), (15, 4)}),
        ("1–15.4.2026", {(1, 4), (15, 4)}),
        ("1. huhtikuuta – 10. toukokuuta", {(1, 4), (10, 5)}),
        ("från den 1 april till den 10 maj", {(1, 4), (10, 5)}),
        ("15.12.2026–31.1.2027", {(15, 12), (31, 1)}),
        ("klo 12.00, puh. 040 123, 150 000 euroa", set()),
    ],
)
def test_days_are_named_in_figures_and_in_words(text: str, days: set[tuple[int, int]]) -> None:
    assert named_days(text) == days


@given(st.text())
def test_any_text_names_days_of_twelve_months(text: str) -> None:
    assert all(1 <= month <= 12 for _, month in named_days(text))
