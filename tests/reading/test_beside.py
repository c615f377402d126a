"""Words that stand beside one another: a verb and its object, a number and what it counts."""

from __future__ import annotations

import pytest

from aluevahti.reading.beside import counts, follows
from aluevahti.reading.page import Page, Sentence


def sentence(text: str) -> Sentence:
    return Page(text, "").headline


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Tukea 40 järjestölle", True),
        ("Tukea yli sadalle pienelle järjestölle", True),
        ("Tukea järjestölle", False),
        ("Tukea vuonna 2025 järjestölle", False),
        ("Kohta 12, järjestölle tukea", False),
        ("Kohta 12 ja monelle hyvin pienelle järjestölle", False),
    ],
)
def test_a_number_counts_what_stands_right_behind_it(text: str, counted: bool) -> None:
    assert counts(sentence(text), "kinds.given_to", between=2) is counted


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("Avustukset jaetaan kahteen osaan", True),
        ("Bidragen delas upp i två grupper", True),
        ("Kahteen osaan avustukset jaetaan", False),
        ("Avustukset jaetaan keväällä ja syksyllä kahteen kertaan", False),
    ],
)
def test_a_word_follows_another_only_right_behind_it(text: str, behind: bool) -> None:
    assert follows(sentence(text), "kinds.into_parts", "kinds.dividing", between=1) is behind
