"""One body has a name in each language, and a short one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.rules.bodies import same_body

NAMES = [
    "aluevaltuusto",
    "Aluehallitus",
    "välfärdsområdesstyrelsen",
    "framtidsnämnden",
    "kumppanuuspöytä",
    "sektion",
    "",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aluevaltuusto", "välfärdsområdesfullmäktige"),
        ("Aluehallitus", "välfärdsområdesstyrelsen"),
        ("kaupunginhallitus", "stadsstyrelsen"),
        ("tulevaisuuslautakunta", "framtidsnämnden"),
        ("yhdyspintalautakunta", "nämnden för samverkan"),
        ("Kainuun järjestöneuvottelukunta", "järjestöneuvottelukunta"),
    ],
)
def test_names_of_one_body(one: str, other: str) -> None:
    assert same_body(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aluevaltuusto", "aluehallitus"),
        ("aluevaltuusto", "välfärdsområdesstyrelsen"),
        ("tulevaisuuslautakunta", "hyvinvointilautakunta"),
        ("framtidsnämnden", "välfärdsnämnden"),
        ("kumppanuuspöytä", "partnerskapsbord"),
        ("aluehallitus", None),
    ],
)
def test_names_of_two_bodies(one: str, other: str | None) -> None:
    assert not same_body(one, other)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_it_does_not_matter_which_is_named_first(one: str, other: str) -> None:
    assert same_body(one, one)
    assert same_body(one, other) == same_body(other, one)
