"""A document prepared for reading: its title, its sentences and the sections of minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.reading.grants import speaks_of_grants
from aluevahti.reading.lexicon import lowered
from aluevahti.reading.organs import find_organs, organ_line
from aluevahti.reading.page import Page, Section


def _sections(text: str) -> list[tuple[Section, str]]:
    return [(s.section, s.text) for s in Page("Otsikko", text).sentences[1:]]


def test_a_heading_on_its_own_line_opens_a_section() -> None:
    assert _sections("Perustelut\nHakemuksia tuli 12.\nPäätös\nHyväksyttiin.") == [
        (Section.GROUNDS, "Hakemuksia tuli 12."),
        (Section.DECISION, "Hyväksyttiin."),
    ]


def test_a_heading_may_stand_before_its_text_on_one_line() -> None:
    assert _sections("Päätösehdotus (hyvinvointialuejohtaja): Asia merkitään tiedoksi.\nBeslut. Nämnden godkände.") == [
        (Section.PROPOSAL, "Asia merkitään tiedoksi."),
        (Section.DECISION, "Nämnden godkände."),
    ]


def test_a_sentence_that_begins_with_the_word_for_a_decision_is_no_heading() -> None:
    assert _sections("Päätös on ehdotuksen mukainen.") == [(Section.BODY, "Päätös on ehdotuksen mukainen.")]


def test_the_presenter_inside_a_proposal_does_not_end_it() -> None:
    text = "Ehdotus\nEsittelijä: hyvinvointialuejohtaja\nAluehallitus myöntää avustukset."

    assert _sections(text)[-1] == (Section.PROPOSAL, "Aluehallitus myöntää avustukset.")


@pytest.mark.parametrize(
    "line",
    [
        "Esittelijä: Lautakunta päättää myöntää avustukset.",
        "Päätösehdotus, vaikuttavuusjohtaja: Lautakunta päättää myöntää avustukset.",
        "Puheenjohtajan esitys: Lautakunta päättää myöntää avustukset.",
        "Päätösesitys: Lautakunta päättää myöntää avustukset.",
        "Föredragandens förslag: Nämnden beslutar bevilja bidragen.",
    ],
)
def test_a_proposal_is_known_by_whoever_puts_it_forward(line: str) -> None:
    page = Page("Avustukset", f"{line}\nPäätös: Hyväksyttiin.")

    assert [s.text for s in page.in_section(Section.PROPOSAL)] == [line.partition(": ")[2]]


def test_a_presenters_name_is_no_proposal() -> None:
    assert not Page("Avustukset", "Esittelijä: Maija Esimerkki\nPäätös: Hyväksyttiin.").has(Section.PROPOSAL)


def test_a_link_to_the_instructions_for_appeal_at_the_head_hides_nothing() -> None:
    page = Page("§ 4 Avustukset", "Edellinen asia\nMuutoksenhakuohje\nAluehallitus myönsi avustukset.")

    assert "Aluehallitus myönsi avustukset." in [s.text for s in page.content]


def test_instructions_for_appeal_after_a_decision_tell_nothing() -> None:
    page = Page(
        "§ 4 Avustukset", "Päätös\nHyväksyttiin.\nMuutoksenhaku\nOikaisuvaatimus on tehtävä 14 päivän kuluessa."
    )

    assert [s.text for s in page.content][-1] == "Hyväksyttiin."


def test_the_publishers_other_releases_are_left_out() -> None:
    page = Page("Kotihoito muuttuu", "Muutos alkaa.\nLue lisää julkaisijalta Oma Häme\nAvustushaku alkaa 17.11.2025.")

    assert "Avustushaku" not in page.text


def test_a_document_without_a_title_takes_its_first_line() -> None:
    page = Page("", "\n\n  Avustukset  haettavina \nHaku on auki.")

    assert page.title == "Avustukset haettavina"
    assert [s.text for s in page.sentences] == ["Avustukset haettavina", "Haku on auki."]


def test_a_title_that_the_text_repeats_is_read_once() -> None:
    assert [s.text for s in Page("Haku auki", "Haku auki\nLomake on verkossa.").sentences] == [
        "Haku auki",
        "Lomake on verkossa.",
    ]


def test_an_empty_document_is_a_page_too() -> None:
    page = Page("", "")

    assert page.sentences == ()
    assert page.headline.text == ""


@given(st.text(max_size=80), st.text(max_size=400))
def test_every_sentence_stands_where_it_says_it_stands(title: str, text: str) -> None:
    page = Page(title, text)

    for sentence in page.sentences:
        assert page.text[sentence.start : sentence.end] == sentence.text
        assert len(sentence.lower) == len(sentence.text)


_PARTS = [
    "alue", "kehittämis", "järjestö", "lautakun", "nan", "ta", "hallitukse", "jaosto", "nämnd", "en", "styrelsen", "rådet", "avustu", "ks", "s",
    "avustus", "avustuksesta", "innovaatioraha", "bidrag", "kumppanuu", "verksamhetsstöd", "för", ":", ".", "-", "‑", "–", " ", " ja ", ", ", "/", "_", "İ", "kin",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=14).map("".join))
def test_the_quick_look_at_a_sentence_misses_no_body_and_no_grant(text: str) -> None:
    for sentence in Page("Otsikko", text).sentences:
        assert sentence.organs == find_organs(sentence.text)
        assert sentence.body_alone == organ_line(sentence.text)
        grants = speaks_of_grants(lowered(sentence.text).replace("kumppanuu", "~"))
        assert sentence.speaks_of_grants == grants
