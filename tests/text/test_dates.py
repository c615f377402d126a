"""Days as they stand beside a document or within it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.text.dates import named_days, timestamp_date


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


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-02T23:30:00Z", dt.date(2026, 3, 3)),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("1970-01-01T00:00:00+00:00", None),
        ("9999-12-31T23:59:59Z", None),
    ],
)
def test_a_moment_that_a_system_writes_for_none_is_no_day(written: str, day: dt.date | None) -> None:
    assert timestamp_date(written) == day
