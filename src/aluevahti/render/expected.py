"""Calls that used to open at this time of the year and of which nothing is known yet, in words."""

from __future__ import annotations

from collections.abc import Sequence

from aluevahti.render.catalogue import Catalogue
from aluevahti.render.view import ExpectedView
from aluevahti.render.wording import window_name
from aluevahti.rules.season import Expectation, Season


def expected_view(one: Expectation, words: Catalogue, *, is_read: bool) -> ExpectedView:
    """An expectation in words; `is_read`: all sources of its region were read, so that a call would have been seen."""
    first, last = one.weeks
    weeks = words.count("expected.weeks", 1 if first == last else 2, first=first, last=last)
    years = words.count("expected.years", len(one.years), years=_years(one.years, words))
    sentences = (
        words("expected.nothing" if one.season is Season.LATE else "expected.nothing_yet"),
        "" if is_read else words("expected.partly"),
    )
    return ExpectedView(
        name=window_name({"grant_type": one.grant_type}, words),
        habit=words("expected.habit", weeks=weeks, years=years),
        season=one.season.value,
        season_text=words(f"expected.season.{one.season.value}"),
        text=" ".join(filter(None, sentences)),
    )


def _years(years: Sequence[int], words: Catalogue) -> str:
    """`2022`, `2022 ja 2024`, `2023–2025`."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    *others, last = (str(year) for year in years)
    return words("expected.and", first=", ".join(others), last=last) if others else last
