"""Dates, ranges and clock times in Finnish and Swedish text."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.reading.dates import find_ranges


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1.8.-31.8.2024", "2024-08-01", "2024-08-31"),
        ("1.11.2023.–30.11.2023", "2023-11-01", "2023-11-30"),
        ("9–30.9.2025", "2025-09-09", "2025-09-30"),
        ("1.8.‒1.9.2025 kello 12.00 asti", "2025-08-01", "2025-09-01"),
        ("15.12.2022−22.1.2023", "2022-12-15", "2023-01-22"),
        ("15.12.–22.1.2023", "2022-12-15", "2023-01-22"),
        ("22.2-13.3.2023", "2023-02-22", "2023-03-13"),
    ],
)
def test_a_range_is_read_in_every_shape(text: str, first: str, last: str) -> None:
    (found,) = find_ranges(text)
    assert (found.first.on, found.last.on) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
