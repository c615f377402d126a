"""Whose a document is, and which of a town's grants belong in a digest."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import DocKind
from aluevahti.reading import read


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kulttuuriavustukset 2026", "Mäntsälän kunta myöntää avustuksia kulttuuriyhdistyksille. Haku on auki 1.–31.3.2026."),
        ("Liikunta-avustusten haku", "Loviisan kaupunki avustaa liikuntaseuroja. Avustusta haetaan 1.–31.3.2026."),
        (
            "Toiminta-avustukset yhdistyksille",
            "Lohjan kaupunki myöntää avustuksia nuorisotyöhön ja urheiluun. Yhdistykset hakevat niitä 1.–31.3.2026.",
        ),
        (
            "Verksamhets- och projektunderstöd för 2026",
            "Föreningar i Hangö kan ansöka om understöd för kultur-, konst- och idrottsverksamhet 1–31.3.2026.",
        ),
        (
            "Avustukset",
            "Vapaa-aikapalvelujen avustukset\nLohjan kaupunki avustaa yhdistyksiä. Ohjeet on hyväksynyt hyvinvointilautakunta. Haku on auki 1.–31.3.2026.",
        ),
        ("Kulturbidrag i Österbotten", "Österbottens förbund stöder kultur. Föreningar ansöker om bidrag senast 31.3.2026."),
        (
            "Toiminta-avustuksen hakeminen",
            "Lautakunta avustaa Raahen liikuntaseuroja, jotka kuuluvat urheilujärjestöön. Haku on auki 1.–31.3.2026. Raahen kaupunki",
        ),
        ("Bidrag för kulturverksamhet", "Raseborgs stad beviljar föreningar bidrag. Ansökningstiden är 1–31.3.2026."),
    ],
)  # fmt: skip
def test_a_towns_grants_for_leisure_alone_are_no_news(title: str, text: str) -> None:
    reading = read(title, text)

    assert not reading.is_relevant
    assert reading.windows == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hyvinvointi- ja kulttuuriavustukset", "Loviisan kaupunki myöntää avustuksia yhdistyksille. Haku on auki 1.–31.3.2026."),
        (
            "Toiminta-avustukset yhdistyksille",
            "Lohjan kaupunki myöntää avustuksia nuorisotyöhön, urheiluun ja vanhusten kohtaamispaikkoihin. Haku on 1.–31.3.2026.",
        ),
        (
            "Kaupungin avustukset",
            "Turun kaupunki antaa avustuksia kulttuurille, liikunnalle ja järjestöille. Avustuksia haetaan 1.–31.3.2026.",
        ),
        (
            "Stadens bidrag",
            "Föreningar i Lovisa kan ansöka om bidrag för kultur, idrott och hälsofrämjande arbete 1–31.3.2026. Lovisa stad",
        ),
        (
            "Kunnan avustukset",
            "Raahen kaupunki avustaa yhdistysten liikunta- ja kulttuuritoimintaa sekä kylien kehittämistä. Haku on auki 1.–31.3.2026.",
        ),
        ("Avustusten ja apurahojen haku", "Salon kaupunki avustaa järjestöjä, yhdistyksiä ja taiteilijoita. Haku on auki 1.–31.3.2026."),
        ("Stipendier och understöd", "Grankulla stad stöder organisationer och social verksamhet. Ansökningstiden är 1–31.3.2026."),
        ("Avustus nuorten rahapelaamisen ehkäisyyn", "Turun kaupunki tukee yhdistyksiä. Haku on auki 1.–31.3.2026."),
        ("Kulttuuriavustukset 2026", "Helsingin kaupunki myöntää avustuksia yhdistyksille. Haku on auki 1.–31.3.2026."),
    ],
)  # fmt: skip
def test_a_towns_grants_for_welfare_or_associations_at_large_are_news(title: str, text: str) -> None:
    reading = read(title, text)

    assert reading.is_relevant
    assert len(reading.windows) == 1


def test_a_board_of_leisure_may_give_grants_of_welfare() -> None:
    reading = read(
        "§ 31 Omaishoitoa tukevan työn toiminta-avustukset vuodelle 2026",
        "Sivistys- ja kulttuurilautakunta, kokous 12.3.2026\n§ 31 Omaishoitoa tukevan työn toiminta-avustukset vuodelle 2026\n"
        "Perustelut\nAvustuksiin on varattu 40 000 euroa. Hakijoita oli 12, kaikki lempääläisiä yhdistyksiä.\n"
        "Päätös\nSivistys- ja kulttuurilautakunta hyväksyi ehdotuksen.",
    )

    assert reading.is_relevant
    assert reading.grant_types == ("toiminta-avustus",)


def test_what_the_board_of_a_fund_gives_is_no_news() -> None:
    reading = read(
        "Meripelastusrahaston hallituksen päätökset 4.3.2026",
        "Meripelastusrahaston hallitus teki seuraavat päätökset kokouksessaan 4.3.2026.\nAvustuspäätökset\n"
        "Rahaston hallitus käsitteli toisen hakukierroksen erityisavustushakemukset kehittämishankkeisiin.\n"
        "Päätös: Rahaston hallitus päätti myöntää avustusta kehittämishankkeisiin yhteensä 300 000 euroa.\n"
        "Muutoshakemukset\n1. Rannikon tutkimuslaitos\nMRDno-2025-117\nTutkimuslaitos on hakenut muutosta hankkeen talousarvioon.",
    )

    assert not reading.is_relevant


def test_a_regions_grants_are_news_whatever_they_are_for() -> None:
    text = "Satakunnan hyvinvointialue avustaa järjestöjä taiteen tuomisessa kouluihin. Haku on auki 1.–31.3.2026."

    assert read("Kulttuuriavustukset kouluihin", text).is_relevant


@pytest.mark.parametrize(
    "text",
    [
        "Kunnanhallitus myöntää yleisavustuksia yhdistyksille. Avustusta haetaan 31.3.2026 mennessä.",
        "Avustusta myönnetään yhdistysten hankkeille, jotka edistävät kuntalaisten hyvinvointia. Haku on auki 31.3.2026 asti.",
        "Kunta myöntää avustuksia yhdistysten perustoimintaan. Avustusta haetaan 31.3.2026 mennessä.",
    ],
)
def test_a_municipality_that_does_not_say_its_name_is_still_one_of_ours(text: str) -> None:
    assert read("Avustukset yhdistyksille", text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avustukset asuinkunnan korjauksiin", "Asuinkunnan mukaan neuvotaan, mistä henkilö hakee avustusta 31.3.2026 mennessä."),
        ("Yleisavustus kylille", "Yleisavustus on valtakunnallisille yhdistyksille. Haku on auki 31.3.2026 asti."),
        ("Yhdistysraha", "Ylioppilaskunnan yhdistykset hakevat avustusta 31.3.2026 mennessä."),
    ],
)  # fmt: skip
def test_a_word_that_only_ends_like_a_municipality_names_none(title: str, text: str) -> None:
    assert not read(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kylän Säästösäätiö jakoi 90 000 euron avustukset", "Kylän Säästösäätiö on jakanut 90 000 euron avustukset 12 yhdistykselle Inkoossa."),
        ("Understöd", "Stiftelsen verkar i Ingå. Stiftelsen stöder föreningar och organisationer. Ansökan görs 1.3–30.9.2026."),
        ("Leader-ryhmä jakaa tukea yhdistyksille", "Lapissa toimiva Leader-ryhmä myöntää tukea yhdistyksille. Haku on auki 1.3.–31.3.2026."),
        ("Seurakunta tukee järjestöjä", "Kemin seurakunta jakaa avustuksia diakoniaa tekeville järjestöille. Haku päättyy 31.3.2026."),
        (
            "Hae tukea kylien kulttuuriin",
            "Pohjanmaan liiton kulttuurilautakunta jakaa kohdeavustuksia yhdistyksille. Hakemusten on oltava perillä 29.1.2027 klo 16.",
        ),
        ("Kehittämisavustukset", "Kainuun liitto myöntää avustuksia yhdistyksille. Maakuntahallituksen jaosto päättää niistä. Haku on auki 31.3.2026 asti."),
        ("Fonden delar ut understöd", "Byafonden delar ut understöd till föreningar i Korsholm. Ansökningstiden är 1–30.4.2026."),
        ("Andra bidrag", "Här finns stiftelser och fonder som beviljar föreningar bidrag i Pargas. Fonden tar emot ansökningar i april."),
    ],
)  # fmt: skip
def test_what_a_foundation_a_fund_or_a_parish_gives_is_no_news(title: str, text: str) -> None:
    assert not read(title, text).is_relevant


def test_a_regional_council_may_tell_of_the_structures_of_its_region() -> None:
    text = (
        "Keski-Suomen liitto kokoaa kumppanuuspöydän. Järjestöjen edustajat osallistuvat siinä maakunnan valmisteluun."
    )

    assert read("Järjestöjen kumppanuuspöytä", text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Eloisan järjestöavustukset haettavana", "Haku on auki 2.–31.3.2026. Rahaa saa muualtakin: Leader-ryhmät tukevat yhdistyksiä."),
        ("Understöd till föreningar", "Ansökningstiden är 2–31.3.2026. Också stiftelser och fonder delar ut bidrag."),
    ],
)  # fmt: skip
def test_a_regions_own_call_may_name_others_who_give(title: str, text: str) -> None:
    reading = read(title, text, region="etela-savo")

    assert (reading.doc_kind, reading.is_relevant) == (DocKind.GRANT_CALL, True)


@pytest.mark.parametrize(
    ("place", "relevant"),
    [
        ("Kommunikationschefen svarar.", True),
        ("Se vår bostad.", True),
        ("I Vasa stad.", False),
        ("I din hemkommun.", False),
    ],
)
def test_a_word_that_only_holds_a_town_names_none(place: str, relevant: bool) -> None:
    text = f"Understöd kan sökas 2–31.3.2026. {place}"

    assert read("Understöd för föreningars motion", text, region="pohjanmaa").is_relevant is relevant


@pytest.mark.parametrize(
    "text",
    ["Ansökan om bidrag är öppen 2.3.2026–31.3.2026.", "Avustusten haku on auki 2.3.2026–31.3.2026."],
)
def test_a_call_that_stands_alone_is_a_call(text: str) -> None:
    reading = read("", text)

    assert (reading.doc_kind, reading.is_relevant) == (DocKind.GRANT_CALL, True)
    assert [window.closes for window in reading.windows] == [dt.date(2026, 3, 31)]


def test_a_longer_text_would_say_whose_it_is() -> None:
    text = "Ansökan om bidrag är öppen 2.3.2026–31.3.2026. " + "Föreningen fyller i en blankett på webbplatsen. " * 3

    assert not read("Ansök om bidrag", text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Katsaus ruoka-avun rahoitukseen Suomen kunnissa", "Avustuksia järjestöille on jaettu 21 kunnassa. Kolme hyvinvointialuetta vastasi."),
        ("Organisationsbidrag i Finlands kommuner", "Föreningar fick bidrag i 21 kommuner. Tre välfärdsområden svarade."),
    ],
)  # fmt: skip
def test_a_survey_of_the_whole_country_is_no_regions(title: str, text: str) -> None:
    assert not read(title, text).is_relevant


def test_what_a_regions_own_source_tells_is_the_regions_where_no_town_is_spoken_of() -> None:
    assert read("Nuorisovaltuuston avustukset järjestöille", "Haku on auki 1.–31.3.2026.", region="kainuu").is_relevant
    assert not read(
        "Nuorisoavustukset", "Kunta avustaa yhdistyksiä. Haku on 1.–31.3.2026.", region="kainuu"
    ).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Lainsäädäntö järjestöjen osallisuudesta",
            "Hyvinvointialueiden osallisuus perustuu lakiin. Hyvinvointialueen nuorisovaltuusto edistää osallisuutta.",
        ),
        (
            "Lakiesitys järjestöyhteistyöstä",
            "Hyvinvointialueet tekisivät järjestöyhteistyötä, jos laki hyväksytään. Osallisuus kasvaisi.",
        ),
    ],
)
def test_the_law_of_all_regions_is_no_regions_news(title: str, text: str) -> None:
    assert not read(title, text).is_relevant


def test_what_a_region_says_of_a_law_is_its_news() -> None:
    text = "Kainuun hyvinvointialue arvioi, miten järjestöyhteistyö ja osallisuus muuttuvat."

    assert read("Lakiesitys ja järjestöyhteistyö Kainuussa", text).is_relevant


@pytest.mark.parametrize(
    ("title", "relevant"),
    [
        ("Kohdeavustuksia taiteilijoille", False),
        ("Understöd för konstnärer", False),
        ("Kohdeavustuksia taiteilijoille ja yhdistyksille", True),
        ("Kohdeavustukset", True),
    ],
)
def test_what_a_city_gives_to_persons_is_no_news(title: str, relevant: bool) -> None:
    text = (
        "Helsingin kaupunki jakaa kohdeavustuksia. Yhdistysten ja muiden hakemukset jätetään 5.11.2026 klo 16 mennessä."
    )

    reading = read(title, text)

    assert reading.is_relevant is relevant
    assert bool(reading.windows) is relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "STM:n järjestöavustukset haettavissa",
            "Sosiaali- ja terveysministeriö avasi haun järjestöille. Hakuaika on 1.–28.2.2026.",
        ),
        ("STEAn avustushaku on auki", "Järjestöt voivat hakea avustuksia 1.–28.2.2026."),
    ],
)
def test_a_ministrys_call_that_a_region_passes_on_is_not_told_for_sure(title: str, text: str) -> None:
    assert [w.sure for w in read(title, text, region="kanta-hame").windows] == [False]


def test_a_region_may_name_the_state_beside_its_own_call() -> None:
    for title in (
        "STEA-avustusten omarahoitus: hyvinvointialueen järjestöavustukset",
        "Järjestöavustukset ja STEA-yhteistyö",
    ):
        reading = read(title, "Järjestöt voivat hakea avustuksia 1.–28.2.2026.", region="kanta-hame")

        assert [(w.closes, w.sure) for w in reading.windows] == [(dt.date(2026, 2, 28), True)]


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Pirkanmaan hyvinvointialue avasi järjestöavustusten haun. Hakuaika on 1.–28.2.2026.", True),
        (
            "Kanta-Hämeen ja Pirkanmaan hyvinvointialueet avasivat järjestöavustusten haun. Hakuaika on 1.–28.2.2026.",
            False,
        ),
        ("Järjestöavustusten hakuaika on 1.–28.2.2026. Mallina oli Pirkanmaan hyvinvointialue.", False),
        ("Hyvinvointialue avasi järjestöavustusten haun. Hakuaika on 1.–28.2.2026.", False),
    ],
)
def test_what_another_region_announces_is_not_told_for_sure(text: str, doubted: bool) -> None:
    reading = read("Järjestöavustukset haettavissa", text, region="kanta-hame")

    assert [w.sure for w in reading.windows] == [not doubted]
    assert all(fact.sure is not doubted for fact in reading.facts)


@pytest.mark.parametrize(("day", "relevant"), [("16.9.2026", True), ("2026-09-16", False)])
def test_swedish_minutes_are_ours_by_the_way_they_write_their_day(day: str, relevant: bool) -> None:
    text = f"Nämnden\nProtokoll {day}\n§ 7 Bidrag till föreningar\nBeslut\nNämnden beviljar bidrag till organisationer enligt bilagan."

    assert read("§ 7 Bidrag till föreningar", text).is_relevant is relevant
