"""Which region a document is about."""

from __future__ import annotations

import pytest

from aluevahti.reading.lexicon import vocabulary
from aluevahti.reading.places import is_place, names_region, region_of
from aluevahti.regions import REGION_CODES, REGIONS, Region


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.code)
def test_every_official_name_tells_its_region(region: Region) -> None:
    for name in (region.name_fi, region.name_sv):
        assert region_of(name, "") == region.code
        assert region_of("Avustukset", f"{name} jakaa avustuksia järjestöille.") == region.code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Pohjanmaan järjestöavustukset", "pohjanmaa"),
        ("Etelä-Pohjanmaan järjestöavustukset", "etela-pohjanmaa"),
        ("Keski-Pohjanmaan järjestöavustukset", "keski-pohjanmaa"),
        ("Pohjois-Pohjanmaalla haku auki", "pohjois-pohjanmaa"),
        ("Södra Österbottens bidrag", "etela-pohjanmaa"),
        ("Bidrag i Österbotten", "pohjanmaa"),
        ("Mellersta Nylands bidrag", "keski-uusimaa"),
        ("Mellersta Finlands bidrag", "keski-suomi"),
        ("VAKEn avustukset", "vantaa-kerava"),
        ("VAKE:lla haku auki", "vantaa-kerava"),
        ("Ekhva:n innovaatioraha", "etela-karjala"),
        ("Siun soten teema-avustus", "pohjois-karjala"),
        ("Oma Hämeessä haetaan avustuksia", "kanta-hame"),
        ("Pohteen lautakunta", "pohjois-pohjanmaa"),
        ("Sata-alueen hyvinvointikertomus", "satakunta"),
        ("Soites understöd", "keski-pohjanmaa"),
        ("Itä-Uudellamaalla voi hakea avustusta", "ita-uusimaa"),
        ("Lapissa myönnettiin avustuksia", "lappi"),
        ("Helsingin kaupungin avustukset", "helsinki"),
        ("Hailuoto välittää: Pohteen avustushaku", "pohjois-pohjanmaa"),
        ("Janakkala: avustuksia jäi jakamatta", "kanta-hame"),
        ("Åbo: riktade understöd", "varsinais-suomi"),
        ("Vantaan kaupungin avustukset", "vantaa-kerava"),
        ("Lahden kaupungin avustukset", "paijat-hame"),
        ("Avustuksia helsinkiläisille yhdistyksille", "helsinki"),
    ],
)
def test_a_title_tells_the_region(title: str, code: str) -> None:
    assert region_of(title, "") == code


@pytest.mark.parametrize(
    "text",
    [
        "Sata järjestöä sai avustusta.",
        "Eloisa kylä juhli kesää.",
        "Lapinlahden lintuja.",
        "Soitellaan huomenna.",
        "Lahti Jarmo esitteli asian.",
        "Valitus tehdään Helsingin hallinto-oikeudelle.",
        "Avustusta voi hakea koko maassa.",
    ],
)
def test_ordinary_words_and_courts_tell_no_region(text: str) -> None:
    assert region_of("Tiedote", text) is None


def test_a_brand_that_is_an_ordinary_word_counts_beside_a_word_of_its_kind() -> None:
    assert region_of("Avustukset", "Eloisan aluehallitus jakoi avustukset.") == "etela-savo"
    assert region_of("Avustukset", "Satan hyvinvointialue jakaa avustuksia.") == "satakunta"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("ETELÄ-POHJANMAAN HYVINVOINTIALUE\nAluehallitus PÖYTÄKIRJA 4/2025", "etela-pohjanmaa"),
        ("KAINUUN HYVINVOINTIALUE ALUEHALLITUS PÖYTÄKIRJA", "kainuu"),
        ("VANTAAN JA KERAVAN HYVINVOINTIALUEEN ALUEHALLITUS", "vantaa-kerava"),
        ("ÖSTERBOTTENS VÄLFÄRDSOMRÅDE PROTOKOLL", "pohjanmaa"),
        ("SÖDRA ÖSTERBOTTENS VÄLFÄRDSOMRÅDE", "etela-pohjanmaa"),
        ("SATAKUNNAN HYVINVOINTIALUE", "satakunta"),
    ],
)
def test_a_head_in_capitals_tells_its_region(head: str, code: str) -> None:
    assert region_of("§ 41 Järjestöyhteistyö", f"{head}\n§ 41\nMerkittiin tiedoksi.") == code


def test_the_title_counts_before_a_mention() -> None:
    text = "Luku on suurempi kuin Pohjois-Pohjanmaan hyvinvointialueella. Pohjois-Pohjanmaan aluehallitus laski sen."

    assert region_of("Kainuun järjestöt", text) == "kainuu"


def test_a_region_given_as_an_example_is_not_whose_document_it_is() -> None:
    assert region_of("Neuvottelukunnat", "Ministeriö kertoo. Esimerkiksi Kanta-Hämeessä on neuvottelukunta.") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VAKEDno-2023-4115", "vantaa-kerava"),
        ("PPHVADno-2025-77", "pohjois-pohjanmaa"),
        ("HEL 2022-013151", "helsinki"),
        ("PIRHADno-2023-9151", "pirkanmaa"),
        ("Äänekosken kaupunki jakaa avustuksia.", "keski-suomi"),
        ("VARHA/4410/02.05.01/2025", "varsinais-suomi"),
        ("LAPHA/882/02.05.01/2025", "lappi"),
        ("Helsingin kulttuuripalvelut jakaa avustuksia.", "helsinki"),
        ("Helsingin sosiaali-, terveys- ja pelastustoimiala kysyy aukioloajoista.", "helsinki"),
        ("Lisätiedot: etunimi.sukunimi@luvn.fi", "lansi-uusimaa"),
        ("Lisätiedot: etunimi.sukunimi@rovaniemi.fi", "lappi"),
        ("Lausunto pyydetään tulevaisuus- ja kehittämislautakunnalta.", "lansi-uusimaa"),
        ("Hyvinkääläisten yhdistysten haku. Hyvinkääläisiä palvellaan.", "keski-uusimaa"),
    ],
)
def test_case_numbers_domains_bodies_and_people_tell_the_region(text: str, code: str) -> None:
    assert region_of("Avustukset", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Avustuksilla tuetaan kauniaislaisten ja espoolaisten omaa toimintaa.", "lansi-uusimaa"),
        ("Tuki on tarkoitettu kuopiolaisille ryhmille.", "pohjois-savo"),
        ("Understödet är avsett för sådant som gagnar vasaborna.", "pohjanmaa"),
        ("Verksamheten ska rikta sig till helsingforsare i alla åldrar.", "helsinki"),
    ],
)
def test_a_towns_people_named_once_tell_the_region(text: str, code: str) -> None:
    assert region_of("Avustukset", text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Kurssin veti kuopiolainen valmentaja.",
        "Mukana oli kuopiolaisia ja porilaisia ryhmiä.",
        "Understödet gagnar vasaborna och lovisaborna.",
    ],
)
def test_one_person_of_a_town_and_people_of_several_regions_tell_no_region(text: str) -> None:
    assert region_of("Avustukset", text) is None


def test_a_town_given_as_an_example_is_not_whose_document_it_is() -> None:
    text = "Avustuksia myöntävät lautakunnat. Esimerkiksi Jyväskylän kaupunki ja esimerkiksi Jyväskylä."

    assert region_of("Avustukset kaupungeissa", text) is None


def test_two_regions_told_alike_are_no_answer() -> None:
    text = "Kainuun hyvinvointialue ja Lapin hyvinvointialue kutsuvat."

    assert region_of("Kutsu", text) is None


def test_a_municipality_alone_does_not_name_the_region() -> None:
    assert not names_region("Janakkala jakaa avustuksia.", "kanta-hame")
    assert names_region("Oma Häme jakaa avustuksia.", "kanta-hame")
    assert names_region("Helsinki jakaa avustuksia.", "helsinki")
    assert not names_region("Oma Häme", None)


def test_the_vocabulary_knows_the_regions_and_the_municipalities() -> None:
    told = vocabulary("places")["regions"]

    assert tuple(told) == REGION_CODES
    assert is_place("keravan")
    assert is_place("kannuksessa")
    assert not is_place("lautakunnan")


def test_no_municipality_lies_in_two_regions() -> None:
    names = [e.split()[0] for told in vocabulary("places")["regions"].values() for e in told["municipalities"]]

    assert len(names) == len(set(names))
    assert len(names) > 293
