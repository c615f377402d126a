"""Sentences and clauses of Finnish and Swedish text, full of points that end nothing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.reading.sentences import clauses, sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Haku on auki 5.12. Haku päättyy.", ["Haku on auki 5.12.", "Haku päättyy."]),
        ("Haku päättyy 30.9.2025. Päätökset tehdään.", ["Haku päättyy 30.9.2025.", "Päätökset tehdään."]),
        ("Raportointi päättyy 31.12.2025. klo 23:59.", ["Raportointi päättyy 31.12.2025. klo 23:59."]),
        ("Hae 17. marraskuuta.", ["Hae 17. marraskuuta."]),
        ("Mukana ovat mm. Mieli ry ja ns. Hyvis.", ["Mukana ovat mm. Mieli ry ja ns. Hyvis."]),
        ("Ansökan lämnas kl. 15.30. Beslut fattas.", ["Ansökan lämnas kl. 15.30.", "Beslut fattas."]),
        ("Pidetään 20. 10. 2025 klo 9.", ["Pidetään 20. 10. 2025 klo 9."]),
        ("Onko haku auki? On! ”Hyvä.” Kiitos", ["Onko haku auki?", "On!", "”Hyvä.", "Kiitos"]),
        ("Otsikko\n\n  Rivi yksi  \r\nRivi kaksi.", ["Otsikko", "Rivi yksi", "Rivi kaksi."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_sentence_knows_whether_it_is_a_line() -> None:
    row, first, second = sentences("Toiminta-avustus | 1.9.–30.9.2025\nHaku alkaa. Haku päättyy.")
    assert row.is_whole_line
    assert not first.is_whole_line
    assert first.line == second.line


def test_clauses_begin_at_semicolons_and_subordinating_commas() -> None:
    text = "Haku avataan 1.9., ja se päättyy 30.9., jolloin klo 16 on raja; muuta, paitsi loppu, ei ole."
    (sentence,) = sentences(text)
    assert [text[a:b].strip() for a, b in clauses(text, sentence)] == [
        "Haku avataan 1.9.,",
        "ja se päättyy 30.9.,",
        "jolloin klo 16 on raja;",
        "muuta, paitsi loppu, ei ole.",
    ]


@given(st.text(alphabet="aÄ.!? \n\r,;0”", max_size=200))
def test_sentences_cover_every_word_in_order(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = "".join(text[s.start : s.end] for s in found)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]
    for s in found:
        parts = clauses(text, s)
        assert (parts[0][0], parts[-1][1]) == (s.start, s.end)
