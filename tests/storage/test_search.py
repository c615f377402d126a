"""Full-text search over the newest versions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.model import DocumentUpdate
from aluevahti.storage import Store
from outcomes import document, outcome, update


def keep(store: Store, *documents: DocumentUpdate, region: str = "lappi") -> None:
    store.record_poll(outcome(f"s-{region}", region=region, documents=documents))


def found(store: Store, words: str, region: str | None = None, **forms: list[str]) -> list[str]:
    return [known.document.key for known in store.documents(region=region, words=words, forms=forms)]


def titled(key: str, title: str, text: str | None = None, lemmas: str | None = None) -> DocumentUpdate:
    return update(key, text, known=document(key, title=title), lemmas=lemmas)


def test_all_words_must_be_there_in_title_or_text_in_any_case(store: Store) -> None:
    keep(store, titled("both", "Järjestöavustukset", "Haku on auki."), titled("one", "Järjestöavustukset", "Ei vielä."))

    assert found(store, "HAKU järjestöavustukset") == ["both"]


def test_a_ray_is_not_the_rain(store: Store) -> None:
    keep(store, titled("ray", "Säde"), titled("rain", "Sade"), titled("swedish", "Ålder"))

    assert found(store, "säde") == ["ray"]
    assert found(store, "sade") == ["rain"]
    assert found(store, "alder") == []
    assert found(store, "sa\u0308de") == ["ray"]  # the same word, its dots written apart


def test_the_title_weighs_more_than_the_text(store: Store) -> None:
    keep(
        store,
        titled("text", "Muu asia", "Tässä puhutaan avustuksista ja muusta."),
        titled("title", "Avustuksista", "Tässä puhutaan jostakin muusta asiasta."),
    )

    assert found(store, "avustuksista") == ["title", "text"]


def test_only_the_newest_version_is_searched(store: Store) -> None:
    keep(store, titled("k", "Otsikko", "vanha teksti"))
    keep(store, titled("k", "Otsikko", "uusi teksti"))

    assert found(store, "vanha") == []
    assert found(store, "uusi") == ["k"]


def test_a_document_is_found_by_its_new_title_and_keeps_its_text(store: Store) -> None:
    keep(store, titled("k", "Entinen otsikko", "sisältö"))
    keep(store, titled("k", "Tuore otsikko"))

    assert found(store, "entinen") == []
    assert found(store, "tuore sisältö") == ["k"]


def test_a_document_without_a_text_is_found_by_its_title(store: Store) -> None:
    keep(store, titled("k", "Hyvinvointisuunnitelma"))

    assert found(store, "hyvinvointisuunnitelma") == ["k"]


def test_a_star_takes_any_ending(store: Store) -> None:
    keep(store, titled("k", "Avustuksista päätettiin"))

    assert found(store, "avustu*") == ["k"]
    assert found(store, "avustu") == []


def test_basic_forms_are_searched_beside_the_words(store: Store) -> None:
    keep(store, titled("k", "Avustuksista päätettiin", "teksti", lemmas="avustus päättää teksti"))

    assert found(store, "avustusten") == []
    assert found(store, "avustusten", avustusten=["avustus"]) == ["k"]
    assert found(store, "avustusten", avustusten=["muu"]) == []


def test_one_of_a_words_basic_forms_is_enough_but_every_word_must_be_there(store: Store) -> None:
    keep(store, titled("k", "Tuesta", "päätettiin", lemmas="tuki päättää"))
    tuki = ["tukea", "tuki"]

    assert found(store, "tuen päätettiin", tuen=tuki) == ["k"]
    assert found(store, "tuen päätös", tuen=tuki, päätös=["päätös"]) == []


def test_a_new_title_brings_its_basic_forms(store: Store) -> None:
    keep(store, titled("k", "Säde", lemmas="säde"))
    keep(store, titled("k", "Sateet", lemmas="sade"))

    assert found(store, "sateessa", sateessa=["sade"]) == ["k"]
    assert found(store, "säteen", säteen=["säde"]) == []


def test_the_index_is_made_anew_from_the_newest_texts(store: Store) -> None:
    keep(store, titled("k", "Avustukset", "vanha"), titled("t", "Vain otsikko"))
    keep(store, titled("k", "Avustukset", "uusi teksti"))

    assert store.reindex(lambda known, text: f"{known.document.key} {text.upper()}") == 2

    assert found(store, "x", x=["uusi"]) == ["k"]
    assert found(store, "teksti otsikko") == []
    assert found(store, "x", x=["t"]) == ["t"]
    assert found(store, "vanha") == []
    assert store.integrity() == []


def test_a_search_may_be_kept_to_one_region(store: Store) -> None:
    keep(store, titled("here", "Avustukset"))
    keep(store, titled("there", "Avustukset"), region="kainuu")

    assert found(store, "avustukset", region="kainuu") == ["there"]
    assert sorted(found(store, "avustukset")) == ["here", "there"]


@pytest.mark.parametrize(
    "words",
    [
        "Pohjois-Karjala",
        "NOT avustus",
        'tämä "lainaus',
        "title:avustus",
        "(auki",
        "a AND",
        "{x} : y",
        "12 §",
        "NEAR(a b)",
    ],
)
def test_what_looks_like_an_operator_is_only_a_word(store: Store, words: str) -> None:
    keep(store, titled("k", words))

    assert found(store, words) == ["k"]


def test_nothing_but_signs_finds_nothing(store: Store) -> None:
    keep(store, titled("k", "§ – *"))

    assert found(store, '§ * " –') == []
    assert found(store, "  ") == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_question_gets_an_answer(store: Store, words: str) -> None:
    assert [*store.documents(words=words, forms={word: [words, word] for word in words.split()})] == []


def test_many_hits_come_in_their_order(store: Store) -> None:
    keep(store, *(titled(f"k{number}", "avustus " * (number % 3 + 1)) for number in range(1200)))

    hits = found(store, "avustus")

    assert len(hits) == len(set(hits)) == 1200
