"""Numbers told in words."""

from __future__ import annotations

import pytest

from aluevahti.reading.numberwords import number_of


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("tuhat", 1000),
        ("kymmenentuhatta", 10_000),
        ("kaksitoistatuhatta", 12_000),
        ("viisikymmentätuhatta", 50_000),
        ("kahdeksankymmentäviisituhatta", 85_000),
        ("satatuhatta", 100_000),
        ("satakuusikymmentätuhatta", 160_000),
        ("kolmesataatuhatta", 300_000),
        ("kaksisataaviisikymmentätuhatta", 250_000),
        ("kaksituhattaviisisataa", 2_500),
        ("tiotusen", 10_000),
        ("tjugofemtusen", 25_000),
        ("hundratusen", 100_000),
        ("tvåhundrafemtiotusen", 250_000),
        ("seitsemän", 7),
    ],
)
def test_a_number_in_words_is_read(word: str, number: int) -> None:
    assert number_of(word) == number


@pytest.mark.parametrize("word", ["", "tuhansia", "avustus", "satama", "tusentals", "euroa", "kolmesta"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert number_of(word) is None
