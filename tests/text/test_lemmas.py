"""Basic forms: with Voikko where it is, with stems everywhere."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Language
from aluevahti.text.lemmas import Lemmatiser, forms_of, lemmas_of, lemmatiser
from factories import a_document, a_reading


@pytest.fixture(scope="module")
def voikko() -> Lemmatiser:
    found = lemmatiser()
    if not found.knows_compounds:
        if os.environ.get("CI") == "true":
            pytest.fail("Voikko and its Finnish dictionary are not installed (libvoikko1, voikko-fi)")
        pytest.skip("Voikko is not installed")
    return found


STEMS = Lemmatiser()
FINNISH = [
    "avustus",
    "avustukset",
    "avustuksista",
    "avustusten",
    "avustuksien",
    "avustuksia",
    "avustusta",
    "avustuksen",
]


def finds(with_: Lemmatiser, word: str, text: str, lang: Language = Language.FI) -> bool:
    """Whether a question for a word finds a text."""
    return bool(set(with_.query(word)) & set(with_.index(text, lang).split()))


@pytest.mark.parametrize("word", FINNISH)
def test_every_form_of_a_word_finds_every_other_with_voikko(voikko: Lemmatiser, word: str) -> None:
    assert [each for each in FINNISH if not finds(voikko, word, each)] == []


@pytest.mark.parametrize("word", FINNISH)
def test_every_form_of_a_word_finds_every_other_with_stems(word: str) -> None:
    assert [each for each in FINNISH if not finds(STEMS, word, each)] == []


@pytest.mark.parametrize("word", ["bidrag", "bidragen", "bidragets"])
def test_swedish_forms_find_each_other_whatever_is_installed(word: str) -> None:
    for one in (STEMS, lemmatiser()):
        assert finds(one, word, "Bidragen kan sökas", Language.SV)
        assert not finds(one, word, "Ansökan är öppen", Language.SV)


def test_a_ray_is_not_the_rain_in_any_form(voikko: Lemmatiser) -> None:
    assert finds(voikko, "säde", "Säteen suunta")
    for one in (voikko, STEMS):
        assert not finds(one, "säde", "sateen jälkeen")
        assert not finds(one, "sade", "säteen suunta")


def test_a_compound_is_found_by_its_parts_and_a_part_not_by_the_compound(voikko: Lemmatiser) -> None:
    assert finds(voikko, "avustus", "järjestöavustuksista")
    assert finds(voikko, "järjestöt", "järjestöavustuksista")
    assert finds(voikko, "haku", "avustushaussa")
    assert not finds(voikko, "järjestöavustus", "avustuksista")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("tuen", "tukea tuki"),
        ("STEA-avustuksista", "stea-avustus stea avustus"),
        ("TOIMINTA-AVUSTUKSET", "toiminta-avustus toiminta avustus"),
        ("kainuun", "kainuu"),
        ("hyvinvointialueen", "hyvinvointialue hyvinvointi alue"),
    ],
)
def test_words_come_apart_as_they_are_put_together(voikko: Lemmatiser, word: str, forms: str) -> None:
    assert voikko.index(word, Language.FI) == forms


def test_the_lemmatiser_says_which_it_is(voikko: Lemmatiser) -> None:
    assert voikko.name.startswith("Voikko ")
    assert STEMS.name.startswith("Snowball ")
    assert not STEMS.knows_compounds


def test_a_question_with_a_star_or_of_signs_has_no_basic_forms() -> None:
    assert forms_of("avustu* § haku") == {"avustu*": (), "§": (), "haku": lemmatiser().query("haku")}


@given(st.text(), st.sampled_from(Language))
def test_any_text_has_forms_and_each_once(text: str, lang: Language) -> None:
    for one in (STEMS, lemmatiser()):
        forms = one.index(text, lang).split()
        assert len(forms) == len(set(forms))


@given(st.from_regex(r"[a-zåäö]{1,12}(-[a-zåäö]{1,8})?", fullmatch=True))
def test_a_word_finds_itself(word: str) -> None:
    for one in (STEMS, lemmatiser()):
        for lang in (Language.FI, Language.SV):
            assert finds(one, word, word, lang), (one.name, lang)


def test_a_document_is_indexed_in_its_own_language() -> None:
    document = a_document(title="Bidragen")
    swedish = lemmas_of(document, a_reading(lang=Language.SV), "kan sökas")

    assert swedish == STEMS.index("Bidragen\nkan sökas", Language.SV)
    assert lemmas_of(document, None, "") == lemmatiser().index("Bidragen", Language.FI)
