"""Types of grants: slugs of the Finnish nominative, from whatever form a text uses."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aluevahti.reading.grants import find_grant_types, find_mentions, is_for_others, slug, speaks_of_grants
from windowcases import Case, read_cases


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Hyvinvoinnin edistämisen avustus haettavana", ["hyte-avustus"]),
        ("Föreningarna kan söka coronabidrag", ["korona-avustus"]),
        ("Bidrag för evenemang kan sökas i mars", ["tapahtuma-avustus"]),
        ("Startbidrag och småbidrag kan sökas av föreningar", ["starttiavustus", "pienavustus"]),
        ("Lägerunderstöd och byabidrag", ["leiriavustus", "kylaavustus"]),
        ("Föreningarna kan söka projektstöd och utvecklingsstöd", ["hankeavustus", "kehittamisavustus"]),
        ("Nämnden beslutade ingå ett samarbetsavtal med föreningen", ["yhteistyosopimus"]),
        ("Coronaunderstödet söks på en egen blankett", ["korona-avustus"]),
        (
            "toiminta-, kumppanuus- ja kerta-avustusten hakuaika",
            ["toiminta-avustus", "kumppanuusavustus", "kerta-avustus"],
        ),
        ("toiminta- ja kerta-avustus", ["toiminta-avustus", "kerta-avustus"]),
        (
            "kumppanuus- ja yhteiskehittämisen avustuksia jaettiin",
            ["kumppanuusavustus", "yhteiskehittamisen-avustus"],
        ),
        ("kumppanuus- ja yhteistyösopimuksia voidaan tehdä", ["kumppanuussopimus", "yhteistyosopimus"]),
        (
            "hyvinvoinnin ja terveyden edistämisen sekä sosiaali- ja terveystoimialan avustukset",
            ["hyte-avustus", "jarjestoavustus"],
        ),
        ("alue tukee järjestöjä solmimalla kumppanuussopimuksia", ["kumppanuussopimus"]),
        (
            "Kumppanuussopimuksia tehdään. Kumppanuuksia haetaan jatkuvasti.",
            ["kumppanuussopimus"],
        ),
        ("samarbetsunderstöd kan sökas", ["kumppanuusavustus"]),
        ("yleis- sekä kohdeavustuksia", ["yleisavustus", "kohdeavustus"]),
        ("ympäristö- ja hyvinvointiavustusta otetaan vastaan", ["ymparistoavustus", "hyvinvointiavustus"]),
        ("liikunta-, nuoriso- ja kulttuuriavustukset", ["liikunta-avustus", "nuorisoavustus", "kulttuuriavustus"]),
        ("hyte avustusten myöntäminen", ["hyte-avustus"]),
        ("toiminta avustus yhdistyksille", ["toiminta-avustus"]),
        ("kotoutumisen tukemisen avustusta haetaan", ["kotoutumisen-tukemisen-avustus"]),
        ("bidrag för social delaktighet", ["sosiaalisen-osallisuuden-avustus"]),
        ("välfärdsbidrag, driftsbidrag och kartbidrag", ["hyvinvointiavustus", "kayttoavustus", "kartta-avustus"]),
        ("evenemangsunderstöd och kulturbidrag", ["tapahtuma-avustus", "kulttuuriavustus"]),
        ("Toiminta-avustuksen voi saada yhdistys", ["toiminta-avustus"]),
        ("toiminta‑avustuksia", ["toiminta-avustus"]),
        ("kumppanuusavustukseen", ["kumppanuusavustus"]),
        ("toiminta-avustushaku", ["toiminta-avustus"]),
        ("erillistä teema-avustushakua", ["teema-avustus"]),
        ("toiminta- ja innovaatioavustusta", ["toiminta-ja-innovaatioavustus"]),
        ("innovaatio- ja toiminta-avustus", ["toiminta-ja-innovaatioavustus"]),
        ("innovaatiorahaa ja innovaatiorahan", ["innovaatioraha"]),
        ("yhteiskehittämisen avustusta", ["yhteiskehittamisen-avustus"]),
        ("kohdennettua yleisavustusta", ["kohdennettu-yleisavustus"]),
        ("hyvinvoinnin ja terveyden edistämisen toiminta-avustus", ["hyte-avustus"]),
        ("hyte-avustuksia", ["hyte-avustus"]),
        ("palkkausavustuksiin", ["palkkausavustus"]),
        ("ruoka-apuavustus", ["ruoka-apuavustus"]),
        ("Ruoka-avun valtionavustusta", ["ruoka-apuavustus"]),
        ("opintokeskusavustuksille", ["opintokeskusavustus"]),
        ("kumppanuussopimus voidaan tehdä", ["kumppanuussopimus"]),
        ("Kumppanuuksissa on jatkuva haku. Avustuksia on varattu.", ["kumppanuusavustus"]),
        ("toiminnallista yhteistyötä ja tila-avustusta", ["tila-avustus"]),
        ("verksamhets-, partnerskaps- och engångsbidrag", ["toiminta-avustus", "kumppanuusavustus", "kerta-avustus"]),
        ("engångs- och partnerskapsunderstöden", ["kerta-avustus", "kumppanuusavustus"]),
        ("verksamhetsstödet söks", ["toiminta-avustus"]),
        ("riktade understöd", ["kohdeavustus"]),
        ("allmänna understöd", ["yleisavustus"]),
        ("utvecklingsbidraget", ["kehittamisavustus"]),
        ("projektbidrag", ["hankeavustus"]),
        ("lönebidrag till föreningar", ["palkkausavustus"]),
        ("järjestöavustusten haku yhdistyksille", ["jarjestoavustus"]),
        ("yhteisöavustuksia yhteisöille", ["yhteisoavustus"]),
        ("Kunnan yhdistysavustusten ja seura-avustusten haku yhdistyksille", ["yhdistysavustus", "seura-avustus"]),
        ("Yhteisöavustukset: haettavana toiminta-avustus", ["toiminta-avustus"]),
        ("Yhteisöavustusta haetaan nyt.\nYhteistyösopimuksesta päättää johtaja.", ["yhteisoavustus"]),
        ("Yhteisöavustus haettavana\nKumppanuussopimuksia voi hakea.", ["yhteisoavustus", "kumppanuussopimus"]),
        ("organisationsbidrag kan sökas av föreningar", ["jarjestoavustus"]),
        ("avustusta korjausavustuksesta", []),
        ("barnbidrag och bostadsbidrag", []),
        ("valtuusto kokoontui", []),
        ("sosiaali-, terveys- ja pelastusalan järjestöjen avustukset", ["jarjestoavustus"]),
    ],
)
def test_a_type_is_found_in_every_form(text: str, types: list[str]) -> None:
    assert list(find_grant_types(text)) == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Toiminta-avustuksia jaettiin 47 200 euroa.\nKerta-avustusta haki kolme yhdistystä.", ["toiminta-avustus"]),
        (
            "Kumppanuusavustuksista päättää lautakunta. Ne ovat korvanneet aiemmat pysyväisavustukset.",
            ["kumppanuusavustus"],
        ),
        (
            "Haussa on yleisavustus. Se korvaa aikaisempina vuosina jaetun kylätoiminta-avustuksen.",
            ["yleisavustus"],
        ),
        ("Allmänt understöd kan sökas nu. Det ersätter tidigare års verksamhetsunderstöd.", ["yleisavustus"]),
        (
            "Yhteisöille voidaan myöntää yleisavustuksia (aiemmin nimellä toiminta-avustukset) sekä kohdeavustuksia.\nYleisavustuksia haetaan keväällä.",
            ["yleisavustus", "kohdeavustus"],
        ),
        ("Toiminta-avustusten hakuaika on ohi, mutta kumppanuusavustuksia haetaan vielä.", ["kumppanuusavustus"]),
        ("Verksamhetsunderstöd kunde sökas i mars. Soite delar också ut engångsunderstöd.", ["toiminta-avustus"]),
        ("Haku on auki. Yleisavustuksia haetaan nyt.\nLisäksi jaetaan kohdeavustuksia.", ["yleisavustus"]),
        ("Toiminta-avustuksille tuli lisäaikaa. Kumppanuusavustuksia lisäaika ei koske.", ["toiminta-avustus"]),
        (
            "Avustuslajeja on kolme: toiminta-, kumppanuus- ja kerta-avustus.\nToiminta-avustuksia haetaan nyt.",
            ["toiminta-avustus"],
        ),
        (
            "Kumppanuusavustuksia haetaan nyt.\nToiminta-avustusten käytöstä raportoidaan maaliskuussa.",
            ["kumppanuusavustus"],
        ),
        (
            "Projektbidrag kan sökas nu.\nAnvändningen av verksamhetsbidrag redovisas i mars.",
            ["hankeavustus"],
        ),
        (
            "Organisationsbidrag kan sökas av föreningar.\nDessutom redogör man för samarbetsavtalen.",
            ["jarjestoavustus"],
        ),
        (
            "Terveyden ja hyvinvoinnin edistämisen sekä yhdyspintojen jaosto jakaa avustuksia järjestöille.",
            ["jarjestoavustus"],
        ),
        (
            "Hyvinvoinnin ja terveyden edistämisen sekä yhdyspintojen jaosto jakaa avustuksia järjestöille.",
            ["jarjestoavustus"],
        ),
        ("Välfärdsbidrag kan sökas.\nBlanketten: https://staden.fi/valfardsbidrag/", ["hyvinvointiavustus"]),
        ("Kerta-avustusta voi hakea.\nTämän sivun lyhytosoite on kaupunki.fi/jarjestoavustukset.", ["kerta-avustus"]),
        ("Haetaan kerta-avustusta (lisätietoja: palvelu.kaupunki.fi/avustukset/tila-avustus)", ["kerta-avustus"]),
        ("Haetaan toiminta-avustusta/kerta-avustusta.", ["toiminta-avustus", "kerta-avustus"]),
        ("Toiminta-avustuksen maksimiavustus on 5 000 euroa.", ["toiminta-avustus"]),
        ("Vähimmäisavustus on 500 euroa ja enimmäisavustus 5 000 euroa yhdistystä kohti.", ["jarjestoavustus"]),
        ("Maximibidraget är 5 000 euro per förening.", ["jarjestoavustus"]),
        (
            "Avustuslajeja on kaksi, yleisavustus ja kohdeavustus. Palkkaus- ja tila-avustuksia ei enää ole.",
            ["yleisavustus", "kohdeavustus"],
        ),
        (
            "Hae joko yleisavustusta tai kumppanuusavustusta. Kehittämisavustusta ei tällä kierroksella jaeta.",
            ["yleisavustus", "kumppanuusavustus"],
        ),
        ("Engångsbidrag kan sökas nu. För verksamhetsbidrag tas inga nya ansökningar emot.", ["kerta-avustus"]),
        ("Kerta-avustuksia ei enää jaeta.", ["kerta-avustus"]),
        ("Yleisavustuksia haetaan nyt. Kohdeavustuksia ei vuonna 2026 ole.", ["yleisavustus"]),
        ("Yleisavustuksia haetaan nyt. Hankeavustusten haku järjestetään myöhemmin.", ["yleisavustus"]),
        ("Yleisavustuksia haetaan nyt. Hankeavustukset tulevat hakuun syksyllä.", ["yleisavustus"]),
        ("Yleisavustuksia haetaan nyt. Hankeavustusten haku sulkeutui jo.", ["yleisavustus"]),
        ("Yleisavustuksia haetaan nyt. Aiemmin myönnetyt kumppanuudet jatkuvat ilman hakemusta.", ["yleisavustus"]),
        ("Allmänt understöd kan sökas nu. Projektunderstöd söks skilt i höst.", ["yleisavustus"]),
        ("Allmänt understöd kan sökas nu. För projektunderstöd gick ansökningstiden ut i mars.", ["yleisavustus"]),
        (
            "Haku: https://alue.fi/ajankohtaista/lounais-suomen-hyvinvointialueen-uusi-järjestöavustus",
            ["jarjestoavustus"],
        ),
        ("Haku pitkän-nimisen-yhteistyöalueen-aivan-uusi-toiminta-avustuksesta yhdistyksille", ["jarjestoavustus"]),
        ("Kumppanuussopimukset järjestöjen kanssa\nSopimuksen arvo on 21 000 euroa vuodessa.", ["kumppanuussopimus"]),
        ("Kohdeavustuksia jaettiin nyt. Aiemmin on annettu yleisavustuksia.", ["kohdeavustus"]),
        ("Engångsbidrag kan sökas nu. Årets verksamhetsbidrag har redan delats ut.", ["kerta-avustus"]),
        ("Kerta-avustuksia haetaan nyt. Toiminta-avustukset on jo jaettu.", ["kerta-avustus"]),
        ("Partnerskapsbidrag kan sökas nu. Kommunens egna projektbidrag har en annan tid.", ["kumppanuusavustus"]),
        ("Kumppanuusavustuksia haetaan nyt. Kaupungilla on omia kohdeavustuksia.", ["kumppanuusavustus"]),
        (
            "Toiminta-avustuksia haetaan nyt. Kerta-avustuksista tarkemmat tiedot annetaan syksyllä.",
            ["toiminta-avustus"],
        ),
    ],
)
def test_a_type_named_in_passing_gives_way_to_the_matter_itself(text: str, types: list[str]) -> None:
    assert list(find_grant_types(text)) == types


def test_a_report_on_how_things_stand_is_about_no_type() -> None:
    assert not find_grant_types("Katsaus järjestöavustusten valmisteluun\nYhdistyksille kerrottiin valmistelusta.")


@pytest.mark.parametrize("case", [c for c in read_cases() if "types" in c.told], ids=lambda c: f"{c.file}: {c.name}")
def test_a_document_names_its_types(case: Case) -> None:
    assert sorted(find_grant_types(f"{case.title}\n{case.body}", case.lang)) == sorted(case.told["types"])


def test_grants_for_homes_and_roads_are_for_others() -> None:
    assert is_for_others("korjausavustusta haetaan arasta")
    assert not speaks_of_grants("korjausavustusta haetaan arasta")
    assert is_for_others("renoveringsbidrag söks hos centralen")
    assert not is_for_others("korjausavustus ja järjestöavustus")
    assert speaks_of_grants("korjausavustus ja järjestöavustus")


def test_slugs_are_plain() -> None:
    assert slug("Yhteiskehittämisen  avustus") == "yhteiskehittamisen-avustus"
    assert slug("Åländsk öppen-avustus") == "alandsk-oppen-avustus"


@example("-AVUSTUS")
@given(st.text(max_size=200))
def test_mentions_never_overlap_in_any_text(text: str) -> None:
    lower = f"toiminta- {text} ja kerta-avustus{text}".lower()
    mentions = find_mentions(lower)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert all(0 <= m.start < m.end <= len(lower) and m.slug for m in mentions)


@pytest.mark.parametrize("unit", ["avustus", "avustus-", "a-", "toiminta-, ", "kumppanuus ja "])
def test_nothing_repeated_takes_long(unit: str) -> None:
    began = time.process_time()
    find_grant_types(unit * 20_000)
    assert time.process_time() - began < 5
