"""What a piece of news is, where its words are not the usual ones."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import CallChange, DocKind, Reading
from aluevahti.reading import read

PUBLISHED = dt.date(2025, 11, 3)


def _news(title: str, text: str) -> Reading:
    return read(title, text, region="pirkanmaa", published_on=PUBLISHED)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "61 organisationer får understöd – ny ansökan väntar i november",
            (
                "Nämnden beviljade den 30 oktober 2025 partnerskapsunderstöd åt 61 organisationer. "
                "Utvecklingsunderstödet utlyses separat. Ansökan är öppen 17.11.2025–30.11.2025."
            ),
        ),
        (
            "Första bidragsrundan klar: 2 273 050 euro i verksamhetsunderstöd",
            (
                "Sektionen fattade den 14 oktober 2025 beslut om årets verksamhetsunderstöd. "
                "Organisationerna får tillsammans 2 273 050 euro."
            ),
        ),
        (
            "Satakunnassa toiminta-avustuksia 647 100 euroa, hankkeille jatkuva haku",
            (
                "Aluehallitus päätti 30.10.2025, että niitä annetaan tänä vuonna 647 100 euroa. Uutuutena tuli "
                "hankeavustus. Hankeavustuksilla on jatkuva haku."
            ),
        ),
        (
            "Toiminta-avustukset päätetty",
            "Lautakunta teki 14.10.2025 päätöksen toiminta-avustuksista. Yhdistykset saavat yhteensä 120 000 euroa.",
        ),
        (
            "Kolmekymmentä yhdistystä mukaan – Oma Häme jakoi rahat",
            "Aluehallitus teki maanantaina 13.10.2025 ratkaisunsa siitä, ketkä saavat tukea. Rahaa annettiin 412 300 euroa.",
        ),
    ],
)
def test_who_gets_money_is_a_result_however_it_is_told(title: str, text: str) -> None:
    reading = _news(title, text)

    assert reading.doc_kind is DocKind.GRANT_RESULT
    assert reading.change is CallChange.RESULT
    assert reading.is_relevant


@pytest.mark.parametrize(
    "title",
    [
        "Avustushaku avautuu – 61 yhdistystä sai tukea viime vuonna",
        "Haku järjestöavustuksiin on auki",
    ],
)
def test_a_call_told_first_is_a_call(title: str) -> None:
    reading = _news(title, "Järjestöavustusten haku on auki 17.11.–30.11.2025.")

    assert reading.doc_kind is DocKind.GRANT_CALL


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Aluehallitus sopi avustusten pelisäännöistä ja Härmän vastaanottotiloista",
            "Aluehallitus kokoontui 27.10.2025. Se hyväksyi perusteet, joilla järjestöille jaetaan toiminta-avustuksia.",
        ),
        (
            "Päätöskooste aluehallituksen kokouksesta 27.10.2025",
            (
                "Aluehallitus käsitteli muun muassa seuraavat asiat.\nJärjestöyhteistyön toimintamalli\n"
                "Aluehallitus hyväksyi toimintamallin.\nTalouskatsaus\nToteuma on hieman talousarviota parempi."
            ),
        ),
        (
            "Soite söker föreningsfolk till samarbetsdelegationen",
            "Samarbetsdelegationen för organisationer får nya medlemmar. Föreningarna får föreslå personer.",
        ),
    ],
)
def test_our_matters_among_others_are_relevant(title: str, text: str) -> None:
    assert _news(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Aluehallitus sopi vuokrista ja Härmän vastaanottotiloista",
            "Aluehallitus kokoontui 27.10.2025. Se hyväksyi vuokrasopimuksen.",
        ),
        (
            "Päätöskooste aluehallituksen kokouksesta 27.10.2025",
            "Aluehallitus käsitteli muun muassa seuraavat asiat.\nTalouskatsaus\nToteuma on hieman talousarviota parempi.",
        ),
    ],
)
def test_other_matters_alone_are_not(title: str, text: str) -> None:
    assert not _news(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text", "change"),
    [
        (
            "Blanketten krånglade – en vecka till för en del av de sökande",
            "Vi låter därför blanketten för partnerskapsbidrag ligga öppen ända till söndagen den 9 november.",
            CallChange.EXTENDED,
        ),
        (
            "Kerta-avustukset loppuivat",
            "Samalla perumme marraskuulle kaavaillun lisäkierroksen, jonka piti olla auki 1.–30.11.2025.",
            CallChange.CANCELLED,
        ),
    ],
)
def test_what_becomes_of_a_call_however_it_is_told(title: str, text: str, change: CallChange) -> None:
    reading = _news(title, text)

    assert reading.doc_kind is DocKind.GRANT_CALL_CHANGE
    assert reading.change is change


def test_an_amended_proposal_whose_decision_tells_its_days_in_full_tells_those_alone() -> None:
    reading = read(
        "§ 214 Järjestöavustusten aikataulu",
        """Satakunnan hyvinvointialue
Aluehallitus, kokous 28.9.2026
Päätösehdotus
Aluehallitus päättää, että toiminta-avustuksia voi hakea 2.–30.11.2026.
Käsittely
Esittelijä muutti ehdotustaan kokouksessa.
Päätös
Aluehallitus hyväksyi muutetun ehdotuksen yksimielisesti. Toiminta-avustusten hakemuksia otetaan vastaan 9.11. \
alkaen, ja niiden on oltava perillä 7.12.2026 klo 16.15.""",
        region="satakunta",
    )

    (window,) = reading.windows
    assert (window.opens, window.closes) == (dt.date(2026, 11, 9), dt.date(2026, 12, 7))
    assert window.sure


def test_an_amended_proposal_keeps_the_days_that_the_decision_does_not_tell() -> None:
    reading = read(
        "§ 214 Järjestöavustusten aikataulu",
        """Satakunnan hyvinvointialue
Aluehallitus, kokous 28.9.2026
Päätösehdotus
Aluehallitus päättää, että toiminta-avustuksia voi hakea 2.–30.11.2026.
Päätös
Aluehallitus hyväksyi ehdotuksen muutettuna siten, että haku päättyy 7.12.2026.""",
        region="satakunta",
    )

    (window,) = reading.windows
    assert (window.opens, window.closes) == (dt.date(2026, 11, 2), dt.date(2026, 12, 7))


@pytest.mark.parametrize(
    "text",
    [
        "Terveysasemat palvelevat. Järjestöavustusten haku avautuu 1.12. ja päättyy 31.12.2025. Rokotukset alkavat 1.11.",
        (
            "Hyvä lukija!\nSosiaalipalvelut\nOmaishoidon tuki uudistuu.\nJärjestöt\n"
            "Järjestöavustusten haku avautuu 1.12. ja päättyy 31.12.2025.\nTerveyspalvelut\nTerveysasemat palvelevat."
        ),
    ],
)
def test_a_call_in_one_paragraph_of_a_newsletter_is_relevant(text: str) -> None:
    reading = _news("Hyvinvointialueen uutiskirje 3/2025", text)

    assert reading.is_relevant
    assert [window.closes for window in reading.windows] == [dt.date(2025, 12, 31)]


def test_a_call_for_a_post_in_a_newsletter_is_not() -> None:
    text = "Terveysasemat palvelevat. Järjestökoordinaattorin paikkaa voi hakea 1.–31.12.2025. Rokotukset alkavat 1.11."

    assert not _news("Hyvinvointialueen uutiskirje 3/2025", text).is_relevant


@pytest.mark.parametrize(
    "text",
    [
        "Haku on auki 1.–31.12.2025. Emme pidennä hakuaikaa. Hakijoille ei anneta lisäaikaa.",
        "Haku on auki 1.–31.12.2025. Jos hakemuksia tulee vähän, pidennämme hakuaikaa.",
        "Haku on auki 1.–31.12.2025. Hakijalle voidaan antaa lisäaikaa liitteiden täydentämiseen.",
    ],
)
def test_more_time_for_something_else_or_in_a_case_is_no_extension(text: str) -> None:
    reading = _news("Järjestöavustusten haku", text)

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL, CallChange.NEW)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "61 föreningar får understöd, sök senast 31.12",
            "Välfärdsområdet stöder 61 föreningar varje år. Ansökan är öppen 1–31.12.2025.",
        ),
        (
            "Avustusten hakuaika päätettiin",
            "Aluehallitus päätti 3.11.2025, että järjestöt saavat yhteensä 900 000 euroa. Järjestöavustusten haku on 1.–31.12.2025.",
        ),
    ],
)
def test_money_that_is_still_to_be_applied_for_is_no_result(title: str, text: str) -> None:
    assert _news(title, text).doc_kind is DocKind.GRANT_CALL


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Henkilöstön hyvinvointiraportti 2025", "Henkilöstön työhyvinvointi on parantunut."),
        ("Järjestöt antoivat rahaa", "Potilasjärjestö lahjoitti rahaa sairaalalle ja myönsi sen osastolle."),
    ],
)
def test_what_only_sounds_like_ours_is_not(title: str, text: str) -> None:
    assert not _news(title, text).is_relevant


def test_an_amended_proposal_keeps_the_call_that_the_decision_does_not_speak_of() -> None:
    reading = read(
        "§ 46 Toiminta-avustusten ja kohdeavustusten hakuajat 2026",
        """Pirkanmaan hyvinvointialue
Aluehallitus, kokous 2.2.2026
Päätösehdotus
Aluehallitus päättää, että toiminta-avustusten hakuaika on 1.3.–31.3.2026 ja kohdeavustusten 1.9.–30.9.2026.
Käsittely
Esittelijä muutti ehdotustaan siten, että kohdeavustusten hakuaika on 15.9.–15.10.2026.
Päätös
Aluehallitus hyväksyi muutetun ehdotuksen: kohdeavustusten hakuaika on 15.9.–15.10.2026.""",
        region="pirkanmaa",
    )

    assert {window.grant_type: window.closes for window in reading.windows} == {
        "toiminta-avustus": dt.date(2026, 3, 31),
        "kohdeavustus": dt.date(2026, 10, 15),
    }
