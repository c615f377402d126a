"""Kind, relevance, themes and change of whole documents."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import CallChange, DocKind, Form, Language, Outcome, Reading, Theme
from aluevahti.reading import read

PUBLISHED = dt.date(2025, 9, 10)


def _news(title: str, text: str) -> Reading:
    return read(title, text, region="pirkanmaa", published_on=PUBLISHED)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Järjestöavustukset haettavina", "Haku on auki 15.9.–15.10.2025.", DocKind.GRANT_CALL),
        ("Järjestöavustusten haku avautuu keväällä", "Tarkka aika kerrotaan myöhemmin.", DocKind.GRANT_CALL),
        (
            "Avustushaun aika pitenee",
            "Järjestöavustusten hakuaikaa jatketaan 30.9.2025 klo 16 asti.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Toiminta-avustuksia 63 kohteelle",
            "Lautakunta jakoi toiminta-avustuksia 63 yhdistykselle. Loput jaetaan erillisessä lisähaussa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Kainuun kumppanuudet solmittu",
            "Hyvinvointialue solmii kumppanuussopimuksen kahdeksan järjestön kanssa. Vuotuinen tuki on 350 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Partnerskapsavtal för tre år",
            "Välfärdsområdet ingår partnerskapsavtal med åtta föreningar. Den årliga summan är 90 000 euro.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Kumppanuussopimukset",
            "Hyvinvointialue solmii kumppanuussopimuksia järjestöjen kanssa.",
            DocKind.OTHER,
        ),
        (
            "Kerta-avustuksille lisähaku",
            "Hyvinvointialueen kerta-avustuksia voi hakea 20.9.–5.10.2025.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Bidragen: en extra ansökningsomgång",
            "Föreningar kan söka verksamhetsbidrag 20.9–5.10.2025.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Nu är det dags igen – sök bidrag",
            "Föreningar kan söka verksamhetsbidrag 20.9–5.10.2025.",
            DocKind.GRANT_CALL,
        ),
        (
            "Kumppanuusavustusten haku päättyy ennakoitua aiemmin",
            "Haku suljetaan perjantaina 19.9.2025 klo 12.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Kainuu myönsi kumppanuusavustukset",
            "Hyvinvointialue tukee ensi vuonna 12 järjestöä 240 000 eurolla. Kerta-avustusten seuraava hakuaika on 2.3.–27.3.2026.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Partnerskapsbidragen har beviljats",
            "Välfärdsområdet stöder 12 föreningar. Nästa ansökningstid för engångsbidrag är 2.3–27.3.2026.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Kainuu myönsi järjestöavustuksille lisämäärärahan",
            "Toiminta-avustusten haku on auki 1.–30.10.2025, ja avustuksiin on varattu 300 000 euroa.",
            DocKind.GRANT_CALL,
        ),
        (
            "Avustuksia jakoon 300 000 euroa",
            "Toiminta-avustuksia voi hakea 1.–30.10.2025.",
            DocKind.GRANT_CALL,
        ),
        (
            "Järjestöavustusten haku on vielä auki",
            "Toiminta-avustusten hakemuksia otetaan vastaan 5.12.2025 asti. Lisäaika annettiin, koska lomake ei toiminut.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Ansökan om verksamhetsbidrag är ännu öppen",
            "Ansökningar tas emot till 5.12.2025. Tilläggstiden gavs eftersom blanketten inte fungerade.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Järjestöavustusten haku on auki",
            "Toiminta-avustusten hakemuksia otetaan vastaan 5.12.2025 asti. Lisäaika raportointiin päättyy 31.10.2025.",
            DocKind.GRANT_CALL,
        ),
        (
            "Tarkennus avustushakuun: kellonaika",
            "Toiminta-avustusten hakuaika päättyy 5.12.2025 klo 12, ei klo 16.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Toiminta-avustusten jako viivästyy",
            "Lautakunta jätti järjestöavustukset pöydälle kokouksessaan 20.1. Asia käsitellään 10.2.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Aluehallitus palautti avustukset valmisteluun",
            "Aluehallitus palautti järjestöavustusten myöntämisen uudelleen valmisteluun 20.1.2026.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Fördelningen av organisationsbidrag bordlades",
            "Nämnden bordlade fördelningen av organisationsbidragen på sitt möte 20.1.2026.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Kumppanuusavustusten haku päättyy perjantaina",
            "Kumppanuusavustusten haku päättyy poikkeuksellisesti jo perjantaina 19.9.2025 klo 12.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Järjestöavustusten haun avaaminen viivästyy",
            "Järjestöavustusten haku ei avaudu 10.9., kuten aiemmin kerrottiin. Uusi ajankohta ilmoitetaan myöhemmin.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Ansökan om organisationsbidrag försenas",
            "Ansökan om organisationsbidrag öppnar inte 10.9. Den nya tidpunkten meddelas senare.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Avustushaku sittenkin auki lokakuuhun",
            "Toiminta-avustuksia voi sittenkin hakea 4.10.2025 asti, vaikka haun oli määrä päättyä 19.9.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        ("Teema-avustusten haku peruttu", "Haku perutaan, eikä teema-avustuksia voi hakea.", DocKind.GRANT_CALL_CHANGE),
        (
            "Järjestöavustukset jaettu",
            "Aluehallitus myönsi järjestöille avustuksia yhteensä 300 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Avustuspäätökset vuodelle 2026 tehtiin",
            "Järjestöille myönnettiin kohdeavustuksia yhteensä 100 000 €. Lautakunta teki päätöksen 8.9.2025.",
            DocKind.GRANT_RESULT,
        ),
        (
            "VAKE esittää järjestöille avustuksia",
            "Lautakunta esittää, että 42 järjestölle myönnetään avustuksia 970 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Järjestöavustusten periaatteet uusiksi",
            "Aluehallitus hyväksyi järjestöavustusten periaatteet 8.9.2025.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Järjestöavustusten periaatteet uusiksi",
            "Aluehallitus hyväksyi 8.9.2025 järjestöavustusten myöntämisen periaatteet.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Principerna för understöd förnyas",
            "Välfärdsområdesstyrelsen godkände den 8 september 2025 principerna för beviljande av organisationsunderstöd.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Avustukset järjestöille päätettiin",
            "Lautakunta hyväksyi 8.9.2025 järjestöavustusten myöntämisen periaatteet ja myönsi avustuksia 300 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        ("Aluevaltuusto hyväksyi strategian", "Päätös tehtiin 8.9.2025.", DocKind.DECISION_NEWS),
        (
            "Avustuksille kova kysyntä – jako selviää helmikuussa",
            "Järjestöt hakivat avustuksia 955 000 eurolla. Päätös tehdään helmikuussa.",
            DocKind.OTHER,
        ),
        ("Järjestöavustukset ja muu tuki", "Vuoden 2024 avustusmääräraha on jaettu, haku on päättynyt.", DocKind.OTHER),
        ("Järjestöneuvottelukunta", "Neuvottelukunnassa on 14 jäsentä järjestöistä.", DocKind.OTHER),
        ("Ensimmäiset kohdeavustukset", "Pirkanmaa antoi kohdeavustuksia 54 631,50 euroa.", DocKind.GRANT_RESULT),
        (
            "Järjestöille yli 2,6 miljoonaa",
            "Aluehallitus vahvisti järjestöavustukset 8.9.2025. Jaettava summa on 2 614 960 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Toiminta-avustukset kasvavat",
            "Aluehallitus päätti 8.9.2025, että toiminta-avustuksia annetaan 647 100 euroa. Hankeavustusta voi hakea jatkuvasti.",
            DocKind.GRANT_RESULT,
        ),
        (
            "VAKE esittää järjestöille rahaa",
            "Lautakunta esittää, että alue antaisi avustuksia 970 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Föreningar får engångsbidrag",
            "Vårens engångsbidrag är utdelade. 45 000 euro går till 30 föreningar.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Organisationsbidragen för 2026",
            "Föreningar kan söka bidrag 1.10–31.10.2025. Sammanlagt finns 200 000 euro att söka, fördelat på tre bidragsslag.",
            DocKind.GRANT_CALL,
        ),
        (
            "Alue tukee järjestöjä 350 000 eurolla",
            "Lautakunta on valinnut avustettavat järjestöt. Päätös tehtiin 8. syyskuuta.",
            DocKind.GRANT_RESULT,
        ),
        ("Järjestöille 159 399 euroa", "Kaupunki jakaa järjestöavustukset 73 järjestölle.", DocKind.GRANT_RESULT),
        (
            "Nästan en miljon till organisationerna",
            "Områdesstyrelsen har beslutat dela ut 970 000 euro i organisationsunderstöd.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Avustuksia hyvinvointia edistävään toimintaan",
            "Avustuksilla lisätään hyvinvointia. Yleisavustusta myönnettiin seuraaville yhdistyksille:\n- Apu ry\n- Tuki ry",
            DocKind.GRANT_RESULT,
        ),
        (
            "Organisationsunderstöd år 2025",
            "Understödet stöder välfärden. Understöd har beviljats följande föreningar:\n- Hjälp rf",
            DocKind.GRANT_RESULT,
        ),
        ("Mottagarna av organisationsunderstöd utsågs", "Nämnden poängsatte ansökningarna.", DocKind.GRANT_RESULT),
        ("Järjestöjen toimintaa turvattiin", "Jaosto hyväksyi 144 avustushakemuksesta 106.", DocKind.GRANT_RESULT),
        (
            "Johtaja esittää järjestöille lisää",
            "Talousarvioesityksessä järjestöavustusten määräraha nousee. Kuluvana vuonna avustuksia on jaettu 920 000 euroa.",
            DocKind.OTHER,
        ),
        (
            "Toiminta-avustukset",
            "Haku on päättynyt. Yhdistysten, joille toiminta-avustusta on myönnetty vähintään 10 000 euroa, tulee toimittaa tilinpäätös.",
            DocKind.OTHER,
        ),
        ("Stadens organisationsunderstöd", "Ansökan öppnar i januari 2026.", DocKind.GRANT_CALL),
        (
            "Toiminta-avustusten haku siirtyy alkuvuoteen",
            "Alue ei avaakaan hakua syksyllä. Uusi hakuaika on 12.1.–6.2.2026.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Kumppanuusavustusten haku sulkeutuu etuajassa",
            "Pirkanmaa sulkee haun 19.9.2025 klo 12, sillä määräraha on sidottu.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Toiminta- ja kumppanuusavustusten haut syksyllä",
            "Toiminta-avustukset haetaan 15.9.–15.10. Kumppanuushaku alkaa samana päivänä, mutta on auki pidempään, 14.11. asti.",
            DocKind.GRANT_CALL,
        ),
        (
            "Järjestöavustuksia haetaan kolminkertaisesti",
            "Avustuksiin tuli määräaikaan mennessä 67 hakemusta, joiden yhteissumma on 870 000 euroa.",
            DocKind.OTHER,
        ),
        (
            "Järjestöavustukset kiinnostivat",
            "Järjestöavustuksiin varataan 200 000 euroa. Avustusten hakeminen on jaettu kahteen vaiheeseen.",
            DocKind.OTHER,
        ),
        (
            "Lautakunta linjasi järjestöavustuksia",
            "Lautakunta hyväksyi 8.9.2025 järjestöavustusten periaatteet ja myöntämisen pisteytyksen.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Järjestöavustuksissa uutta ja vanhaa",
            "Lautakunta päätti avustusohjeesta 8.9.2025. Viime vuonna alue myönsi avustuksia 85 järjestölle yhteensä 200 000 euroa.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Verksamhetsbidrag 2026",
            "Bidragen kan sökas 15.9–15.10.2025. De riktas till föreningar som har fått bidrag i fjol, sammanlagt 40 organisationer.",
            DocKind.GRANT_CALL,
        ),
        (
            "Yli sadalle järjestölle tukea",
            "Järjestöavustukset kohdentuivat lasten hyvinvointiin.",
            DocKind.GRANT_RESULT,
        ),
        ("Järjestöavustusten periaatteet hyväksytty", "Avustustoiminta on harkinnanvaraista.", DocKind.DECISION_NEWS),
        (
            "Lautakunta esittää aluevaltuustolle järjestöavustusmallia",
            "Lautakunta esittää hyväksyttäväksi mallia, jossa hankeavustuksissa on jatkuva haku.",
            DocKind.DECISION_NEWS,
        ),
        (
            "Toisella kierroksella 13 avustusta",
            "Jaosto päätti 8.9.2025 kuudesta kumppanuusavustuksesta. Alue jakoi kierroksella 300 000 euroa.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Avustusmalli valmisteilla – toiminta-avustukset tulevat haettavaksi keväällä",
            "Ohje valmistuu.",
            DocKind.GRANT_CALL,
        ),
        (
            "Understöd för hälsa",
            "Det beviljade anslaget kan täcka 70 procent av kostnaderna för föreningar och organisationer.",
            DocKind.OTHER,
        ),
        (
            "Toiminta-avustuksiin lisää rahaa",
            "Aluehallitus päätti 8.9.2025 myöntää toiminta-avustuksia yht. 647 100 €, mikä on enemmän kuin viime vuonna.",
            DocKind.GRANT_RESULT,
        ),
    ],
)
def test_news_are_told_apart(title: str, text: str, kind: DocKind) -> None:
    assert _news(title, text).doc_kind is kind


def test_an_item_of_a_meeting_is_one_even_if_it_grants() -> None:
    reading = read(
        "§ 4 Järjestöavustukset",
        "Aluehallitus, kokous 8.9.2025\nPäätös\nAluehallitus myönsi avustukset.",
        region="lappi",
    )

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.change is CallChange.RESULT


def test_a_sum_decided_under_a_title_of_grants_is_a_result() -> None:
    text = "Aluehallitus, kokous 8.9.2025\nPäätös\nAluehallitus myönsi kahdeksalle hakijalle yhteensä 208 200 euroa."

    assert read("§ 4 Järjestöjen avustukset 2026", text, region="lappi").change is CallChange.RESULT


def test_grants_that_a_body_gives_by_the_title_are_a_result() -> None:
    text = "Hyvinvoinnin lautakunta, kokous 8.9.2025\nAvustusta haki 12 yhdistystä.\nPäätös\nHyväksyttiin."

    assert read("Lautakunnan myöntämät järjestöavustukset 2025", text, region="lappi").change is CallChange.RESULT


def test_a_call_without_a_day_is_new() -> None:
    assert _news("Järjestöavustusten haku avautuu keväällä", "Aika kerrotaan myöhemmin.").change is CallChange.NEW


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden, möte 15-09-2026\n§ 38\nBeslut\nNämnden öppnar ansökan om understöd 1.10–30.10.2026.\nStyrelsen beviljade understöd till organisationer 20.1.2026 § 12.",
        "Lautakunta, kokous 15.9.2026\n§ 38\nPäätös\nLautakunta avaa avustusten haun 1.10.–30.10.2026.\nHallitus myönsi avustukset järjestöille 20.1.2026 § 12.",
    ],
)
def test_minutes_that_cite_who_got_grants_open_a_call_all_the_same(text: str) -> None:
    title = "Ansökan om understöd 2027" if "möte" in text else "Avustushaku 2027"

    reading = read(title, text, region="vantaa-kerava")

    assert reading.change is CallChange.NEW


def test_the_platform_says_what_the_page_does_not() -> None:
    reading = read(
        "Järjestöavustukset", "", region="lappi", organ="Aluehallitus", meeting_on=PUBLISHED, section=12, form=Form.ITEM
    )

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting is not None
    assert (reading.meeting.organ, reading.meeting.held_on, reading.meeting.section) == ("aluehallitus", PUBLISHED, 12)
    assert reading.is_relevant


def test_what_the_platform_calls_news_is_no_page_of_minutes() -> None:
    text = "Perustelut\nHakemuksia tuli 12.\nPäätös\nAluehallitus myönsi avustukset."

    assert read("Avustukset", text, form=Form.NEWS).doc_kind is not DocKind.MINUTES_ITEM


@pytest.mark.parametrize(
    "title",
    [
        "§ 1 Kokouksen avaus",
        "§ 2 Kokouksen laillisuus ja päätösvaltaisuus",
        "§ 3 Pöytäkirjan tarkastajien valinta",
        "§ 9 Ilmoitusasiat",
        "§ 7 Otto-oikeuden käyttäminen",
        "§ 8 Muut asiat",
        "§ 5 Asiakasmaksut 1.1.2026 alkaen",
        "§ 6 Järjestöpäällikön viran täyttäminen",
        "§ 11 Ateriapalvelujen hankinta",
        "Tarjouspyyntö kuljetuspalveluista",
        "Influenssarokotukset alkavat",
        "Yhteistoimintaneuvottelut päättyivät",
        "Mielipide: järjestöavustuksia ei saa leikata",
        "Yksityisteiden kunnossapitoavustukset haussa",
        "Bidrag för enskilda vägar",
        "Yrityksen kehittämisavustus haettavana",
        "Taiteilijan työskentelyapuraha haettavana",
        "§ 1 Mötets öppnande",
        "§ 4 Klientavgifter från 1.1.2026",
    ],
)
def test_formalities_jobs_fees_and_services_are_no_news(title: str) -> None:
    text = "Pirkanmaan hyvinvointialue\nAsiaa valmisteltiin syksyllä. Lausunto pyydettiin vanhusneuvostolta."

    assert not read(title, text).is_relevant


@pytest.mark.parametrize(
    "title",
    [
        "Järjestöavustusten haku avautuu",
        "§ 4 Järjestöavustusten myöntäminen",
        "§ 5 Osallisuusohjelman hyväksyminen",
        "§ 6 Alueellinen hyvinvointisuunnitelma 2025",
        "Hyvinvointialuestrategia hyväksyttiin",
        "Järjestöneuvottelukunta aloitti työnsä",
        "Järjestöneuvosto aloitti työnsä",
        "Järjestöjen yhteistyöfoorumi perustettiin",
        "Kumppanuuspöydän jäsenet valittu",
        "§ 4 Principer för organisationsbidrag",
        "Programmet för delaktighet",
    ],
)
def test_grants_plans_and_structures_are_news(title: str) -> None:
    text = "Pirkanmaan hyvinvointialue\nAsiaa valmisteltiin syksyllä yhdessä järjestöjen kanssa."

    assert read(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("STEA-avustusten haku", "STEA jakaa avustuksia järjestöille. Haku on auki 1.9.–30.9.2025."),
        ("Valtionavustus ruoka-apuun", "Sosiaali- ja terveysministeriö avaa haun 1.9.–30.9.2025 järjestöille."),
        ("Lerum: föreningsstöd", "Lerums kommun ger bidrag till föreningar. Sök senast den 30 september 2025."),
    ],
)
def test_a_ministry_and_another_country_are_not_ours(title: str, text: str) -> None:
    reading = read(title, text, published_on=PUBLISHED)

    assert reading.region is None
    assert not reading.is_relevant
    assert reading.windows == ()


def test_a_swedish_page_that_names_nobody_of_ours_is_another_countrys() -> None:
    reading = read(
        "Ansök om föreningsbidrag", "Föreningar i Storviks kommun kan söka bidrag. Ansök senast den 30 november."
    )

    assert not reading.is_relevant
    assert reading.windows == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Järjestöjen toiminta-avustukset haettavissa",
            "Ylioppilaskunnan järjestöt voivat hakea avustusta 31.3.2025 asti.",
        ),
        (
            "Gemensam välfärdsplan för Lovisa och Lappträsk",
            "Lovisa stad ber om åsikter om välfärdsplanen senast den 14.11.",
        ),
    ],
)
def test_what_others_do_for_their_own_people_is_no_news(title: str, text: str) -> None:
    assert not read(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        (
            "Hyvinvointilautakunnan toiminta-avustukset",
            "Lautakunta myöntää järjestöille toiminta-avustuksia. Haku on auki 1.–31.3.2025.",
            None,
        ),
        (
            "Riktade understöd kan sökas",
            "Social- och hälsovårdsnämnden beviljar understöd till föreningar. Ansökningstiden är 1–30.11.2025.",
            None,
        ),
        (
            "Understöd för välfärd",
            "Understöd beviljas föreningar som främjar Vandabornas hälsa i Vanda. Ansökningstiden är 1–28.2.2026.",
            "vantaa-kerava",
        ),
        (
            "Understöd till föreningar",
            "Helsingfors stadsstyrelse beviljar understöd till föreningar. Ansökan öppnar den 1 oktober 2025.",
            "helsinki",
        ),
        (
            "Nästan en miljon delades ut i Vanda och Kervo",
            "Välfärdsområdesstyrelsen beviljade 850 000 euro till 40 organisationer.",
            "vantaa-kerava",
        ),
    ],
)
def test_a_towns_own_grants_are_news(title: str, text: str, region: str | None) -> None:
    reading = read(title, text, published_on=PUBLISHED)

    assert reading.is_relevant
    assert reading.region == region


def test_a_case_number_with_a_regions_brand_tells_the_region() -> None:
    assert (
        read("§ 5 Innovaatioraha", "Jaosto, kokous 3.10.2024\n§ 5\nEKHVADno-2024-3\nPäätös\nHyväksyttiin.").region
        == "etela-karjala"
    )


def test_grants_of_no_name_are_grants_to_organisations() -> None:
    reading = _news(
        "Avustushaku on lokakuussa", "Pirkanmaa jakaa avustuksia hyvinvointia tukevaan työhön 1.10.–31.10.2025."
    )

    assert reading.grant_types == ("jarjestoavustus",)


def test_an_agreement_of_authorities_is_no_grant() -> None:
    text = "Aluehallitus hyväksyi maanantaina yhteistyösopimuksen muiden alueiden kanssa."

    assert not _news("Hallitus valitsi rakentajan", text).is_relevant


def test_a_talk_for_everybody_is_no_news() -> None:
    title = "Pirkanmaa avaa osallisuusviikon luentotilaisuudella"
    assert not _news(title, "Kaikille avoimessa luennossa puhutaan osallisuudesta 15.9.2025 klo 15–18.").is_relevant


def test_news_that_begin_with_a_meetings_number_are_no_minutes() -> None:
    reading = read(
        "Hyvinvointisuunnitelma aluehallituksessa",
        "Uutinen\nAluehallitus 10/2025\nAluehallitus esittää suunnitelman hyväksymistä.",
    )

    assert reading.doc_kind is not DocKind.MINUTES_ITEM


def test_another_countrys_decision_is_not_ours_to_tell() -> None:
    reading = read(
        "Beslut i korthet", "Regionstyrelsen i Region Norrbotten beslutade den 30 mars 2022 att godkänna strategin."
    )

    assert (reading.doc_kind, reading.decision, reading.meeting) == (DocKind.OTHER, None, None)


def test_minutes_that_name_no_place_are_taken_as_ours() -> None:
    text = "Hyvinvoinnin ja terveyden edistämisen jaosto, kokous 23.10.2024\nPöytäkirja on tarkastettu\n§ 52\nJaosto päätti antaa innovaatiorahan, 20 625 euroa, yhdistykselle."

    assert read("§ 52 Innovaatiorahan saajat", text).is_relevant


def test_what_is_not_relevant_announces_nothing() -> None:
    reading = _news("Johtajan virka auki", "Hakuaika päättyy 30.9.2025 klo 15. Virkaa hakee usea.")

    assert (reading.windows, reading.themes, reading.facts, reading.grant_types) == ((), (), (), ())


def test_the_type_of_a_window_is_one_of_the_documents() -> None:
    text = "Aluehallitus myönsi toiminta-avustuksia 647 100 euroa. Hankeavustusten haku on jatkuva."
    reading = _news("Toiminta-avustukset myönnetty", text)

    assert set(reading.grant_types) == {"toiminta-avustus", "hankeavustus"}


def test_a_search_for_members_is_no_window_for_money() -> None:
    reading = _news("Kumppanuuspöytään haetaan jäseniä", "Järjestöt voivat hakea 1.9.–30.9.2025.")

    assert reading.is_relevant
    assert reading.windows == ()


def test_a_post_in_grants_work_is_no_window_for_money() -> None:
    text = "Tehtävänä on järjestöavustusten haku. Paikkaa haetaan viimeistään 30.9.2025 klo 15.00."

    assert not _news("Avoin työpaikka: järjestökoordinaattori", text).is_relevant


def test_a_window_of_an_agenda_is_only_proposed() -> None:
    text = "Lautakunta\nEsityslista 10.9.2025/Asianro 4\nPäätösehdotus\nAvustusten hakuaika on 1.10.–31.10.2025."
    (window,) = read("Toiminta-avustusten haku", text, region="lappi").windows

    assert window.closes == dt.date(2025, 10, 31)
    assert not window.sure
    assert window.doubt is not None
    assert "proposed" in window.doubt


def test_a_window_that_was_sent_back_is_none() -> None:
    text = (
        "Aluehallitus\nPöytäkirja 10.9.2025/Pykälä 4\nPäätösehdotus\nAvustusten hakuaika on 1.10.–31.10.2025.\n"
        "Päätös\nAsia palautettiin valmisteluun."
    )

    assert read("Toiminta-avustusten haku", text, region="lappi").windows == ()


def test_a_municipalitys_own_call_is_told_with_a_doubt() -> None:
    reading = read("Janakkalan avustukset yhdistyksille", "Haku on auki 1.10.–31.10.2025.", published_on=PUBLISHED)
    (window,) = reading.windows

    assert reading.region == "kanta-hame"
    assert not window.sure
    assert all(not fact.sure for fact in reading.facts)


def test_themes_follow_the_matter_and_not_the_bodys_name() -> None:
    text = "Lähidemokratia- ja osallisuuslautakunta, kokous 8.9.2025\nPäätös\nLautakunta myönsi avustukset."
    reading = read("§ 4 Järjestöavustukset", text, region="vantaa-kerava")

    assert reading.themes == (Theme.GRANTS,)


def test_a_swedish_bodys_name_is_no_theme_either() -> None:
    text = "Bidragen söks 1.10–31.10.2025. Styrelsen beslutar på förslag av nämnden för närdemokrati och delaktighet."

    assert _news("Organisationsbidrag för 2026", text).themes == (Theme.GRANTS,)


def test_a_body_of_organisations_is_structure_and_participation() -> None:
    text = "Lautakunta, kokous 22.1.2024\n§ 4\nPerustelut\nLautakunta käy lähetekeskustelun toimintasäännöstä."
    reading = read("§ 4 Järjestöyhteistyön neuvottelukunnan asettaminen", text, region="vantaa-kerava")

    assert set(reading.themes) == {Theme.PARTICIPATION, Theme.STRUCTURES}


def test_the_strategy_that_a_call_refers_to_is_no_theme() -> None:
    text = "Haku on auki 15.9.–15.10.2025. Toiminnan on toteutettava hyvinvointialuestrategiaa."

    assert _news("Järjestöavustukset haettavina", text).themes == (Theme.GRANTS,)


def test_a_sources_themes_stand_in_where_the_text_says_none() -> None:
    text = "Ajankohtaista on koottu tälle sivulle."

    assert read("Järjestöinfo", text, region="lappi", themes=(Theme.GRANTS,)).themes != ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Haku on auki ja hakemukset käsitellään lautakunnassa.", Language.FI),
        ("Ansökan är öppen och ansökningarna behandlas av nämnden.", Language.SV),
        ("", Language.FI),
    ],
)
def test_the_language_is_read_from_ordinary_words(text: str, lang: Language) -> None:
    assert read("", text).lang is lang


@pytest.mark.parametrize(
    ("line", "until", "closes"),
    [
        ("14.11.2025 08:14:53 EET | Tiedote", "14.12.", "2025-12-14"),
        ("Tiedote 15.03.2023", "31.3.", "2023-03-31"),
        ("Uutinen Julkaistu 16.2.2024 17.37", "29.2.", "2024-02-29"),
        ("10.3.2023", "31.3.", "2023-03-31"),
        ("Tiedote 5.1.2023 klo 15.56 (Muokattu: 12.1.2023 klo 14.47)", "31.1.", "2023-01-31"),
        ("29.12.2025 09:00:00 EET | Pressmeddelande", "7.1.", "2026-01-07"),
    ],
)
def test_a_dateline_dates_the_document(line: str, until: str, closes: str) -> None:
    reading = read("Järjestöavustukset", f"{line}\nJärjestöt voivat hakea avustusta {until} asti.", region="lappi")
    (window,) = reading.windows

    assert window.closes == dt.date.fromisoformat(closes)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Etsimme jäseniä asiakasraatiin", "Kainuun hyvinvointialueen asiakasraatiin haetaan jäseniä. Raati arvioi hyvinvointisuunnitelmaa."),
        ("Nya medlemmar söks till klientrådet", "Österbottens välfärdsområde söker medlemmar till klientrådet, som främjar delaktighet."),
    ],
)  # fmt: skip
def test_a_search_for_customers_who_take_part_is_no_news_for_associations(title: str, text: str) -> None:
    assert not _news(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Järjestöavustusten leikkaukset", "Kainuun hyvinvointialue leikkaa järjestöavustuksia 200 000 euroa vuonna 2026."),
        ("Ny delegation för organisationer", "Österbottens välfärdsområde tillsätter en delegation för samarbetet."),
    ],
)  # fmt: skip
def test_what_becomes_of_grants_and_cooperation_is_news(title: str, text: str) -> None:
    assert _news(title, text).is_relevant


def test_shorter_queues_for_surgery_are_no_news() -> None:
    assert not _news("Leikkausjonot lyhenivät", "Kainuun hyvinvointialue lyhensi leikkausjonoja.").is_relevant


def test_the_chair_of_a_council_is_no_vacancy() -> None:
    text = (
        "Kainuun hyvinvointialueen vammaisneuvosto valitsi puheenjohtajan. Neuvosto vaikuttaa palvelujen suunnitteluun."
    )

    assert _news("Vammaisneuvoston puheenjohtajan valinta", text).is_relevant
    assert not _news("Hyvinvointialuejohtajan valinta", "Kainuun aluevaltuusto valitsi johtajan.").is_relevant


def test_events_that_bring_people_together_are_no_structures() -> None:
    text = "Stadsfullmäktige ansåg motionen vara slutbehandlad. Helsingfors stad understöder evenemangen."

    assert not _news("Motion om delaktighets- och gemenskapsevenemang", text).is_relevant


@pytest.mark.parametrize(
    "title",
    [
        "Hae avoinna olevaa järjestökoordinaattorin tehtävää",
        "Haemme järjestökoordinaattoria",
        "Vi söker en organisationskoordinator",
        "Pirkanmaan hyvinvointialue hakee järjestökoordinaattoria",
        "Järjestösihteerin toimi haettavana",
        "Välfärdsområdet söker en organisationsplanerare",
    ],
)
def test_a_post_for_work_with_organisations_is_no_news(title: str) -> None:
    assert not _news(title, "Hakuaika päättyy 30.9.2025 klo 15.").is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avustusten hakuaika lyhenee", "Järjestöavustusten haku päättyy jo 14.10.2025."),
        ("Avustusten hakuaikaa aikaistetaan", "Järjestöavustusten haku sulkeutuu 10.10.2025."),
        ("Ansökningstiden förkortas", "Ansökningstiden för organisationsbidrag förkortas till den 10 oktober 2025."),
    ],
)  # fmt: skip
def test_a_call_that_is_cut_short_is_a_change_of_that_call(title: str, text: str) -> None:
    reading = _news(title, text)

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL_CHANGE, None)


def test_the_last_day_for_a_post_is_none_for_grants() -> None:
    text = (
        "Haettavana on järjestökoordinaattorin toimi 1.10.2025 alkaen. Hakuaika päättyy 19.9.2025 klo 15. "
        "Työssä valmistellaan avustushakuja yhdistysten kanssa."
    )

    reading = _news("Pirkanmaan hyvinvointialue kasvattaa joukkoaan", text)

    assert reading.windows == ()


@pytest.mark.parametrize(
    "title",
    [
        "Ett samarbetsforum för organisationer inrättas",
        "Organisationsrådet har fått nya medlemmar",
        "Samverkan med föreningarna stärks",
        "Järjestöneuvosto sai uudet jäsenet",
        "Järjestöjen yhteistyöelin asetettiin",
        "Nya medlemmar i rådet för personer med funktionsnedsättning: organisationerna representerade",
    ],
)
def test_a_forum_of_organisations_is_news(title: str) -> None:
    assert _news(title, "Välfärdsområdesstyrelsen beslutade om saken den 8 september 2025.").is_relevant


def test_a_body_for_work_with_organisations_is_the_matter_itself() -> None:
    text = "Lautakunta hylkäsi 3.9.2025 ehdotuksen, jolla olisi perustettu järjestöyhteistyön jaosto. Verkosto riittää."

    assert _news("Järjestöyhteistyön jaosto jäi perustamatta", text).is_relevant


def test_principles_that_move_later_calls_are_a_decision() -> None:
    text = "Aluehallitus päätti 9.9.2025 järjestöavustusten periaatteista. Haku siirtyy alkuvuodesta loppusyksyyn."

    assert _news("Pirha aikaisti järjestöavustusten hakua", text).doc_kind is DocKind.DECISION_NEWS


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Kaupunki etsii ideoita yksinäisyyden lievittämiseen",
            "Salon kaupunki jakaa testamenttivaroja. Yhdistykset, järjestöt ja säätiöt voivat hakea rahoitusta ideoilleen. Haku on 9.5.–8.6.2026.",
        ),
        (
            "Idétävling för äldres välbefinnande",
            "Åbo stad delar ut avkastning. Föreningar, organisationer och stiftelser kan söka finansiering för sina idéer. Ansökan pågår 9.5–8.6.2026.",
        ),
    ],
)
def test_money_that_associations_among_others_may_apply_for_is_a_call(title: str, text: str) -> None:
    reading = read(title, text)

    assert (reading.doc_kind, reading.is_relevant) == (DocKind.GRANT_CALL, True)
    assert [window.closes for window in reading.windows] == [dt.date(2026, 6, 8)]


def test_money_for_associations_may_have_a_name_of_its_own() -> None:
    text = "Kaupunki jakaa osallisuusrahaa, jota yhdistys voi hakea 1.–30.9.2025."

    reading = _news("Osallisuusraha yhdistyksille", text)

    assert reading.doc_kind is DocKind.GRANT_CALL
    assert reading.grant_types == ("osallisuusraha",)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avustushaku kahdesti vuodessa", "Toiminta-avustusta saa hakea kahdesti: ensin 1.–31.1.2026 ja uudelleen 1.–31.5.2026."),
        ("Haku on taas marraskuussa", "Pirkanmaan toiminta-avustusten hakuaika on 1.–30.11.2025."),
        ("Bidrag fyra gånger per år", "Verksamhetsbidrag kan sökas fyra gånger per år, först 1–31.10.2025 och på nytt 1–31.1.2026."),
    ],
)  # fmt: skip
def test_a_call_that_comes_again_each_year_is_no_reopened_one(title: str, text: str) -> None:
    reading = _news(title, text)

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL, CallChange.NEW)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avustushakua aikaistetaan", "Yleisavustusten haku avataankin jo 15.9.2025 ja päättyy 10.10.2025 klo 16."),
        ("Oikaisu: avustushaku päättyykin 30. syyskuuta", "Toiminta-avustusten hakuaika päättyy 30.9.2025 klo 16."),
        ("Rättelse: bidragsansökan stängs i oktober", "Ansökningstiden för verksamhetsbidrag går ut den 10 oktober 2025."),
    ],
)  # fmt: skip
def test_a_call_told_before_with_other_days_is_known(title: str, text: str) -> None:
    reading = _news(title, text)

    assert reading.doc_kind is DocKind.GRANT_CALL_CHANGE
    assert reading.change is not CallChange.NEW


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hyvinvointiavustukset haettavissa 28. helmikuuta asti", "Avustusta haetaan 28.2.2026 mennessä. Avustusta myönnetään vain yhteen pidempään retkeen vuodessa."),
        ("Kyläyhdistysten toiminta-avustus nyt haettavana", "Toiminta-avustusten haku on käynnissä. Toiminta-avustuksen haku siirtyy sähköiseen asiointiin vasta ensi vuonna."),
        ("Verksamhetsunderstödet kan sökas nu", "Ansökan pågår. Ansökan om understöd flyttas till ett elektroniskt system först nästa år."),
        ("Yhdistykset voivat vielä hakea kohdeavustusta", "Tänä vuonna lautakunnan myöntämiin avustuksiin on varattu 40 000 euroa, josta 8 000 euroa on jakamatta. Kohdeavustusta voi hakea joulukuuhun asti."),
    ],
)  # fmt: skip
def test_what_looks_like_a_change_or_a_gift_is_still_a_call(title: str, text: str) -> None:
    assert _news(title, text).doc_kind is DocKind.GRANT_CALL


@pytest.mark.parametrize(
    "text",
    [
        "Yhdistys voi hakea avustuksen jäljelle jäävälle osalle käyttöajan pidennystä.",
        "Avustusta saanut yhdistys hakee avustuksen käyttöajan jatkamista vuoden 2026 loppuun.",
        "Föreningen ansöker om förlängd användningstid för bidraget.",
        "Organisationen kan ansöka om att förlänga bidragets användningstid.",
    ],
)
def test_a_longer_time_of_use_extends_no_call(text: str) -> None:
    reading = _news("Avustuksen käyttö" if "avustuk" in text else "Hur bidraget används", text)

    assert reading.change is not CallChange.EXTENDED
    assert reading.doc_kind is not DocKind.GRANT_CALL_CHANGE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Understöd till organisationer",
            "De understöd som staden har beviljat 40 organisationer för 2025 återkrävs inte. Ansökningstiden är 1–30.9.2026.",
        ),
        (
            "Järjestöavustukset",
            "Avustuksia, jotka lautakunta on myöntänyt 40 järjestölle viime keväänä, ei peritä takaisin. Haku alkaa 1.9.2026.",
        ),
    ],
)
def test_what_becomes_of_grants_once_given_is_no_gift(title: str, text: str) -> None:
    assert _news(title, text).doc_kind is DocKind.GRANT_CALL


def test_a_call_that_is_moved_in_time_is_news_of_that_call() -> None:
    reading = _news("Avustusten haku siirtyy", "Järjestöavustusten haku siirtyy marraskuulle.")

    assert reading.doc_kind is DocKind.GRANT_CALL_CHANGE


def test_it_is_counted_in_words_too_who_gets_something() -> None:
    text = (
        "Vård- och omsorgsnämnden beviljar riktade understöd på sammanlagt 90 000 euro till sex föreningar. "
        "Nämnden beslöt avslå de ansökningar som två byaföreningar lämnat in."
    )

    assert _news("90 000 euro till föreningar", text).doc_kind is DocKind.GRANT_RESULT


@pytest.mark.parametrize(
    ("decision", "change"), [("Asia jätettiin pöydälle.", None), ("Hyväksyttiin.", CallChange.NEW)]
)
def test_a_call_that_a_body_put_off_is_no_new_one(decision: str, change: CallChange | None) -> None:
    text = f"Aluehallitus, kokous 19.3.2025\n§ 27\nPäätösehdotus\nAvataan toiminta-avustusten haku ajalle 1.8.–1.9.2025.\nPäätös\n{decision}"

    reading = read("§ 27 Toiminta-avustusten haku", text)

    assert reading.change is change
    assert bool(reading.windows) is (change is not None)


@pytest.mark.parametrize(
    ("title", "text", "change"),
    [
        ("Toiminta-avustusten haku venyy", "Alue venyttää toiminta-avustusten hakuaikaa. Uusi päättymispäivä on 3.10.2025.", CallChange.EXTENDED),
        ("Kumppanuusavustukset: haku uusitaan", "Kumppanuusavustusten haku uusitaan 1.–15.10.2025, koska ilmoituksessa oli virhe.", CallChange.REOPENED),
        ("Avustushaku on toistaiseksi jäissä", "Hyvinvointialue pysäytti järjestöavustusten haun, kunnes talousarviosta on päätetty.", CallChange.CANCELLED),
        ("Avustushaun aikataulu muuttui", "Toiminta-avustusten haku alkaa 6.10.2025 eikä 1.10. kuten aiemmin ilmoitettiin.", None),
        ("Kerta-avustukset: jatkuva haku suljettiin", "Kerta-avustusten jatkuva haku on suljettu, koska määräraha on käytetty.", CallChange.CANCELLED),
        ("Bidragsansökan stoppas", "Välfärdsområdet stoppar ansökan om organisationsbidrag tills budgeten är klar.", CallChange.CANCELLED),
        ("Kerta-avustusten peruttu haku järjestetään sittenkin", "Keväällä peruttu kerta-avustusten haku järjestetään 1.–30.4.2026.", CallChange.REOPENED),
        ("Den inställda ansökan ordnas", "Välfärdsområdet ordnar den inställda ansökan om organisationsbidrag 1–30.4.2026.", CallChange.REOPENED),
        ("Toiminta-avustukset", "Toiminta-avustusten peruttu haku toteutetaan aikaisintaan vuonna 2027.", CallChange.CANCELLED),
        ("Peruttua hakua ei järjestetä", "Hyvinvointialue ei järjestä kerta-avustusten peruttua hakua tänä vuonna.", CallChange.CANCELLED),
        ("Kerta-avustusten haku on peruttu", "Kerta-avustusten haku on peruttu, ja kumppanuusavustusten haku avataan syksyllä.", CallChange.CANCELLED),
        ("Bidragsansökan stängs inte ännu", "Ansökan om organisationsbidrag i området skulle ha stängts den 3 oktober, men den är öppen till den 10 oktober 2025.", CallChange.EXTENDED),
    ],
)  # fmt: skip
def test_what_becomes_of_a_call_is_told_in_many_words(title: str, text: str, change: CallChange | None) -> None:
    reading = _news(title, text)

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL_CHANGE, change)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Välfärdsområdesfullmäktige sade den 8 september 2025 ja till den regionala välfärdsplanen.", Outcome.APPROVED),
        ("Välfärdsområdesfullmäktige sade den 8 september 2025 nej till den regionala välfärdsplanen.", Outcome.REJECTED),
    ],
)  # fmt: skip
def test_a_body_may_say_yes_or_no(text: str, outcome: Outcome) -> None:
    reading = _news("Välfärdsplanen i fullmäktige", text)

    assert reading.decision is not None
    assert (reading.decision.outcome, reading.decision.decided_on) == (outcome, dt.date(2025, 9, 8))


def test_a_budget_without_money_for_a_call_is_a_decision() -> None:
    text = (
        "Aluevaltuusto hyväksyi maanantaina 8.9.2025 talousarvion, jossa järjestöavustuksiin on 600 000 euroa. "
        "Vähennystä on 300 000 euroa. Sopimukset pidetään. Toiminta-avustusten haku jää väliin keväällä."
    )

    reading = _news("Aluevaltuusto karsi järjestöjen rahaa", text)

    assert (reading.doc_kind, reading.change) == (DocKind.DECISION_NEWS, None)


def test_who_was_chosen_is_a_result_where_it_is_counted() -> None:
    text = (
        "Hyvinvoinnin lautakunta valitsi 8.9.2025 kokouksessaan avustettavat. "
        "Kumppanuusavustusta saa 19 järjestöä, yhteensä 355 000 euroa."
    )

    assert _news("Kumppanuusavustukset nuorille ja ikäihmisille", text).doc_kind is DocKind.GRANT_RESULT


def test_a_call_that_the_title_withdraws_is_withdrawn_whatever_other_calls_go_on() -> None:
    text = (
        "Kohdeavustusten haku julistetaan uudelleen, kun ehdot on korjattu. "
        "Yleisavustusten haku jatkuu normaalisti 30.9.2025 klo 16 asti."
    )

    reading = _news("Kohdeavustusten haku keskeytetään", text)

    assert reading.change is CallChange.CANCELLED
    assert [str(w.closes) for w in reading.windows] == ["2025-09-30"]


@pytest.mark.parametrize(
    ("title", "text", "types"),
    [
        (
            "Kerta-avustusten haku perutaan",
            "Haku perutaan. Toiminta-avustusten haku 1.–30.9.2025 jatkuu.",
            ["kerta-avustus"],
        ),
        (
            "Avustukset",
            "Kerta-avustusten haku 1.–30.9.2025 on peruttu, mutta toiminta-avustusten haku 1.–30.9.2025 jatkuu.",
            ["kerta-avustus"],
        ),
        (
            "Toiminta- ja kerta-avustusten haku perutaan",
            "Kumppanuusavustuksia haetaan 1.–30.9.2025.",
            ["toiminta-avustus", "kerta-avustus"],
        ),
        ("Kerta-avustusten haku perutaan, toiminta-avustusten haku jatkuu", "Haku päättyy 30.9.2025.", []),
        (
            "Bidrag",
            "Ansökan om partnerskapsbidrag har ställts in. Ansökningstiden för verksamhetsbidrag är 1–30.9.2025.",
            ["kumppanuusavustus"],
        ),
        (
            "Avustukset",
            "Kumppanuusavustuksen haku jää pitämättä. Toiminta-avustusten haku on 1.–30.9.2025.",
            ["kumppanuusavustus"],
        ),
        (
            "Bidrag",
            "Ansökan om partnerskapsbidrag inhiberas. Ansökningstiden för verksamhetsbidrag är 1–30.9.2025.",
            ["kumppanuusavustus"],
        ),
        ("Avustushaku perutaan", "Haku 1.–30.9.2025 on peruttu.", []),
        ("Avustukset", "Toiminta-avustusten haku on 1.–30.9.2025.", []),
    ],
)
def test_a_document_names_the_grants_whose_call_it_withdraws_beside_others(
    title: str, text: str, types: list[str]
) -> None:
    reading = _news(title, text)

    assert list(reading.withdrawn) == types
    assert bool(reading.withdrawal) is bool(types)
    assert reading.withdrawal in f"{title}\n{text}"


def test_minutes_withdraw_what_they_decide_not_what_their_reasons_tell_of() -> None:
    reasons, decides = "Kumppanuusavustuksen haku on peruttu.", "Aluehallitus päättää perua kumppanuusavustuksen haun."
    extends = "Toiminta-avustuksen haku jatkuu 30.9.2025 saakka."

    def withdrawn(before: str, proposal: str) -> tuple[str, ...]:
        text = f"Aluehallitus, kokous 25.8.2025\n§ 64\nSelostus\n{before}\nPäätösehdotus\n{proposal}\nPäätös\nHyväksyttiin."
        return read("§ 64 Järjestöavustusten haku", text).withdrawn

    assert withdrawn("Rahaa on vähän.", f"{decides} {extends}") == ("kumppanuusavustus",)
    assert withdrawn(reasons, "Aluehallitus päättää, että toiminta-avustuksen haku jatkuu 30.9.2025 saakka.") == ()


@pytest.mark.parametrize("word", ["peruuttaminen", "peruminen", "keskeyttäminen"])
def test_the_title_of_minutes_withdraws_a_call_beside_one_that_goes_on(word: str) -> None:
    text = (
        "Aluehallitus, kokous 25.8.2025\n§ 64\nPäätösehdotus\nAluehallitus päättää perua kumppanuusavustuksen haun. "
        "Toiminta-avustuksen haku jatkuu 30.9.2025 saakka.\nPäätös\nPäätösehdotus hyväksyttiin."
    )

    reading = read(f"§ 64 Kumppanuusavustuksen haun {word}", text)

    assert (reading.change, reading.withdrawn) == (CallChange.CANCELLED, ("kumppanuusavustus",))


def test_a_withdrawn_grant_is_not_stated_as_given() -> None:
    gone, runs = "Kumppanuusavustuksen haku on peruttu.", "Toiminta-avustuksen haku on 1.–30.9.2025."

    def stated(text: str) -> list[object]:
        return [fact.value for fact in _news("Avustusten haku", text).facts if fact.field == "grant_types"]

    assert stated(gone) == []
    assert stated(f"{gone} {runs}") == [["toiminta-avustus"]]
    assert stated(f"{runs} Kumppanuusavustuksen haku on 1.–30.9.2025.") == [["toiminta-avustus"], ["kumppanuusavustus"]]


def test_principles_confirmed_with_a_call_give_nobody_anything() -> None:
    text = (
        "Tulevaisuus- ja kehittämislautakunta, kokous 25.8.2025\n§ 64\nPäätösehdotus\n"
        "Lautakunta vahvistaa myöntämisperiaatteet ja avaa yleisavustusten haun ajalle 9.–30.9.2025.\nPäätös\nHyväksyttiin."
    )

    reading = read("§ 64 Järjestöavustusten haun avaaminen", text)

    assert reading.change is CallChange.NEW


@pytest.mark.parametrize(
    "text",
    [
        "Toiminta-avustusten haku on 1.–31.10.2025. Voimassa olevaa kumppanuusavustusta ei tarvitse hakea uudelleen.",
        "Toiminta-avustusten haku on 1.–31.10.2025. Keväällä avustusta saanut voi hakea uudelleen.",
        "Verksamhetsbidrag kan sökas 1–31.10.2025. Den som har ett avtal behöver inte söka bidraget på nytt.",
        "Verksamhetsbidrag kan sökas 1–31.10.2025. Den som fick bidrag i våras kan söka på nytt.",
    ],
)
def test_an_applicant_who_applies_again_reopens_no_call(text: str) -> None:
    reading = _news("Avustusten haku alkaa" if "haku" in text else "Bidragen kan sökas", text)

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL, CallChange.NEW)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Järjestökoordinaattori (määräaikainen)",
            "Keski-Suomen hyvinvointialue hakee järjestökoordinaattoria. Hakuaika päättyy 28.2.2026.",
        ),
        (
            "Järjestökoordinaattori, Kainuu",
            "Haemme järjestökoordinaattoria työsuhteeseen. Palkka on 3 400 euroa kuukaudessa.",
        ),
        (
            "Tule meille järjestökoordinaattoriksi!",
            "Lapin hyvinvointialue etsii järjestökoordinaattoria. Hae viimeistään 28.2.2026.",
        ),
    ],
)
def test_who_is_sought_in_the_title_makes_no_news_of_a_post(title: str, text: str) -> None:
    assert not _news(title, text).is_relevant


def test_what_a_coordinator_does_for_organisations_is_news() -> None:
    text = "Keski-Suomen hyvinvointialueen järjestökoordinaattori auttaa yhdistyksiä avustusten hakemisessa ja kokoaa järjestöfoorumin."

    assert _news("Järjestökoordinaattori tukee yhdistyksiä", text).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Asunnon muutostyöavustus", "Vammaisten asunnonmuutostöiden avustusta haetaan Varhalta ympäri vuoden."),
        (
            "Valtionavustus sairaalahankkeeseen",
            "Ministeriö myönsi Lapin hyvinvointialueelle 3,2 miljoonaa euroa valtionavustusta.",
        ),
    ],
)
def test_money_for_homes_or_for_the_region_itself_is_no_news(title: str, text: str) -> None:
    assert not _news(title, text).is_relevant


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Organisationsunderstöd",
            "Ansökningstid för verksamhetsunderstöd: 12.1–2.2.2026 kl. 15.00\nNämnden beslutar i mars.\nBeviljade understöd 2025",
            DocKind.GRANT_CALL,
        ),
        (
            "Järjestöavustukset",
            "Toiminta-avustus: haku 12.1.–2.2.2026\nLautakunta päättää maaliskuussa.\nMyönnetyt avustukset 2025",
            DocKind.GRANT_CALL,
        ),
        (
            "Soite beviljar 90 000 euro i understöd till föreningar",
            "Nämnden beslutade den 8 september 2025 om verksamhetsunderstöd. Partnerskapsunderstöd kan sökas fortlöpande.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Varha myöntää järjestöille 2,4 miljoonaa euroa avustuksia",
            "Jaosto päätti avustuksista 8.9.2025. Kumppanuusavustuksia voi hakea jatkuvasti.",
            DocKind.GRANT_RESULT,
        ),
        (
            "Redovisning av bidrag",
            "Föreningar som fick verksamhetsbidrag år 2024 ska redovisa hur bidraget har använts senast 31.10.2025.",
            DocKind.OTHER,
        ),
        (
            "Verksamhetsbidrag: ansökan framskjuten",
            "Ansökan om verksamhetsbidrag har skjutits fram. Ansökningstiden är 1–31.10.2025.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        ("Längre ansökningstid", "Verksamhetsbidrag kan sökas till den 3 oktober 2025.", DocKind.GRANT_CALL_CHANGE),
        ("Pidempi hakuaika", "Toiminta-avustuksia voi hakea 3.10.2025 asti.", DocKind.GRANT_CALL_CHANGE),
        ("Projektbidragen", "Området öppnar ingen ansökan om projektbidrag i höst.", DocKind.GRANT_CALL_CHANGE),
        ("Ändring i tidtabellen för bidragsansökan", "Ansökningstiden är 2–31.10.2025.", DocKind.GRANT_CALL_CHANGE),
        ("Tilläggsansökan om bidrag", "Tilläggsansökan är öppen 2–31.10.2025.", DocKind.GRANT_CALL_CHANGE),
        (
            "Extra tid att söka verksamhetsbidrag",
            "Ansökan om verksamhetsbidrag är öppen till den 3 oktober 2025 kl. 16.",
            DocKind.GRANT_CALL_CHANGE,
        ),
        (
            "Toiminta-avustusten haku siirtyi",
            "Toiminta-avustusten haku lykättiin. Uusi hakuaika on 1.–31.10.2025.",
            DocKind.GRANT_CALL_CHANGE,
        ),
    ],
)
def test_a_call_a_gift_and_a_report_are_told_apart(title: str, text: str, kind: DocKind) -> None:
    assert _news(title, text).doc_kind is kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Muutos järjestöavustusten hakuaikaan", "Aiemmasta poiketen haku päättyy jo 20.3.2026."),
        ("Avustushaku: muutos aikatauluun", "Hakuaikaan on tullut muutos: haku päättyy 20.3.2026 klo 12."),
        ("Järjestöavustusten haun ajankohta muuttuu", "Uusi hakuaika on 2.3.–20.3.2026."),
        ("Ändrad ansökningstid för organisationsbidrag", "Ansökningstiden slutar redan den 20 mars 2026."),
        ("Ny ansökningstid för bidragen till organisationer", "Ansökningstiden är 2–20.3.2026."),
    ],
)
def test_a_title_may_say_that_the_time_of_a_call_is_changed(title: str, text: str) -> None:
    region = "pirkanmaa" if "avustu" in f"{title} {text}" else "pohjanmaa"

    reading = read(title, text, region=region, published_on=dt.date(2026, 2, 20))

    assert reading.doc_kind is DocKind.GRANT_CALL_CHANGE
    assert [w.closes for w in reading.windows] == [dt.date(2026, 3, 20)]


def test_a_call_for_projects_of_organisations_is_news() -> None:
    text = "Pirkanmaan hyvinvointialue avaa järjestöille hankehaun. Hankeavustusta voi hakea 2.3.–17.4.2026."

    reading = _news("Hankehaku: päihdetyön kehittäminen", text)

    assert (reading.doc_kind, reading.is_relevant) == (DocKind.GRANT_CALL, True)
    assert [w.closes for w in reading.windows] == [dt.date(2026, 4, 17)]


def test_members_sought_for_a_council_are_no_news() -> None:
    text = "Hae nuorisovaltuustoon! Haku on auki 18.3.–14.4.2026. Nuorisovaltuusto kokoontuu kerran kuussa."

    assert not read("Kainuun nuorisovaltuusto haussa", text, region="kainuu").is_relevant


@pytest.mark.parametrize(
    ("title", "text", "types"),
    [
        ("Toiminta-avustusten haku siirtyy syksyyn", "Tarkempi ajankohta kerrotaan myöhemmin.", ("toiminta-avustus",)),
        (
            "Järjestöavustusten haku siirtyy",
            "Järjestöavustusten hakua siirretään myöhempään ajankohtaan talousarvion vuoksi.",
            (),
        ),
        ("Bidragsansökan", "Styrelsen skjuter upp ansökan om verksamhetsunderstöd till hösten.", ("toiminta-avustus",)),
        ("Haku ensi vuonna", "Aluehallitus siirsi kerta-avustusten haun ensi vuoteen.", ("kerta-avustus",)),
    ],
)
def test_a_call_may_be_put_off_to_days_that_nobody_knows(title: str, text: str, types: tuple[str, ...]) -> None:
    reading = read(title, text, region="kanta-hame", lang=None)

    assert reading.postponed
    assert reading.withdrawn == types
    assert reading.windows == ()


@pytest.mark.parametrize(
    "text",
    [
        "Toiminta-avustusten haun päätökset siirtyvät syksyyn, sillä hakemuksia tuli paljon.",
        "Toiminta-avustusten haku siirtyy sähköiseen järjestelmään.",
        "Toiminta-avustusten haun päättyminen siirtyy maaliskuulle.",
        "Hakua voidaan tarvittaessa siirtää syksyyn.",
    ],
)
def test_what_else_goes_to_a_later_time_puts_off_no_call(text: str) -> None:
    assert not read("Toiminta-avustukset", text, region="kanta-hame").postponed


@pytest.mark.parametrize(
    "decided",
    ["Kerta-avustusten haku perutaan.", "Avataan kerta-avustusten haku.", "Perustetaan järjestöneuvottelukunta.", "Bidragsansökan ställs in."],
)  # fmt: skip
def test_what_stands_under_the_heading_of_a_decision_is_decided(decided: str) -> None:
    reading = read("§ 31 Järjestöasia", f"Aluehallitus, kokous 12.3.2026\n§ 31\nPäätös\n{decided}")

    assert reading.decision is not None
    assert reading.decision.outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("title", "text", "kind", "change"),
    [
        (
            "Järjestöavustukset",
            "Toiminta-avustuksen haku on auki 9.11.–8.12.2026.\nToiminta-avustus 2026\nLautakunta jakoi avustukset 28.1.2026.",
            DocKind.GRANT_CALL,
            CallChange.NEW,
        ),
        (
            "Järjestöille 2,5 miljoonaa euroa, ilmiöavustusten haku maaliskuussa",
            "Aluehallitus päätti 19.1.2026 avustuksista. Toiminta-avustuksia myönnettiin 2 540 000 euroa. Ilmiöavustuksia voi hakea 2.3.–31.3.2026.",
            DocKind.GRANT_RESULT,
            CallChange.RESULT,
        ),
        (
            "Kerta-avustusten haku avataan uudelleen",
            "Kerta-avustusten haku avataan toisen kerran. Uusi hakuaika on 13.5.–7.6.2026.",
            DocKind.GRANT_CALL_CHANGE,
            CallChange.REOPENED,
        ),
        (
            "Ohje hakijalle",
            "Toiminta-avustuksen hakuaika on 1.10.–31.10.2026. Sopimuskumppanit eivät hae avustusta uudelleen.",
            DocKind.GRANT_CALL,
            CallChange.NEW,
        ),
        ("Höstens bidrag", "Välfärdsområdet drar tillbaka ansökan om engångsbidrag.", DocKind.GRANT_CALL_CHANGE, CallChange.CANCELLED),
    ],
)  # fmt: skip
def test_the_news_comes_first_and_other_rounds_behind_it(
    title: str, text: str, kind: DocKind, change: CallChange
) -> None:
    reading = read(title, text, region="kanta-hame", published_on=dt.date(2026, 1, 20))

    assert (reading.doc_kind, reading.change) == (kind, change)


LOST = "Jäsen Malli esitti, että hakuaika päättyy 15.5.2026."
ADOPTED = "Aluehallitus hyväksyi esittelijän ehdotuksen."


@pytest.mark.parametrize(
    ("handled", "decided"),
    [
        (f"{LOST} Esitystä ei kannatettu, joten se raukesi.", ADOPTED),
        ("", f"{LOST} Äänestyksessä esitys hylättiin äänin 8–5. {ADOPTED}"),
        ("Ledamot Malm föreslog att ansökan avslutas den 15 maj 2026. Förslaget förföll.", "Hyväksyttiin."),
    ],
)
def test_what_a_member_proposed_in_vain_is_not_decided(handled: str, decided: str) -> None:
    proposed = "Aluehallitus päättää avata toiminta-avustusten haun ajalle 1.4.–30.4.2026."
    text = f"Aluehallitus 9.3.2026 § 2\nPäätösehdotus\n{proposed}\nKäsittely\n{handled}\nPäätös\n{decided}"

    reading = read("Toiminta-avustusten haun avaaminen", text, region="kainuu")

    assert reading.decision is not None
    assert reading.decision.outcome is Outcome.APPROVED
    assert [(w.closes, w.sure) for w in reading.windows] == [(dt.date(2026, 4, 30), True)]


def test_what_a_member_proposed_and_won_is_decided() -> None:
    text = (
        "Aluehallitus 9.3.2026 § 2\nPäätösehdotus\nAvataan toiminta-avustusten haku ajalle 1.4.–30.4.2026.\nKäsittely\n"
        "Jäsen Malli esitti, että haku on 1.4.–15.5.2026. Mallin esitys voitti äänin 8–5.\n"
        "Päätös\nAluehallitus päätti avata haun ajalle 1.4.–15.5.2026."
    )

    reading = read("Toiminta-avustusten haun avaaminen", text, region="kainuu")

    assert [w.closes for w in reading.windows] == [dt.date(2026, 5, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "Kerta-avustusten määräraha on käytetty loppuun eikä uusia hakemuksia oteta enää vastaan.",
        "Kerta-avustusten haku on suljettu, koska määräraha on käytetty.",
        "Anslaget för engångsbidrag är slut och ansökningar tas inte längre emot.",
    ],
)
def test_a_call_ends_with_its_money(text: str) -> None:
    reading = read("Kerta-avustukset", text, region="pohjanmaa")

    assert (reading.doc_kind, reading.change) == (DocKind.GRANT_CALL_CHANGE, CallChange.CANCELLED)
    assert reading.withdrawn == ("kerta-avustus",)


def test_a_call_that_ended_on_its_day_is_not_withdrawn() -> None:
    assert (
        read("Kerta-avustukset", "Hakuaika on päättynyt. Hakemuksia ei oteta enää vastaan.", region="kainuu").change
        is None
    )


PROPOSED = "Aluehallitus päättää avata toiminta-avustusten haun ajalle 1.4.–30.4.2026."


def _decided(
    decided: str,
    *,
    title: str = "Toiminta-avustusten haun avaaminen",
    proposed: str = PROPOSED,
    organ: str = "Aluehallitus",
) -> Reading:
    return read(title, f"{organ} 9.3.2026 § 2\nPäätösehdotus\n{proposed}\nPäätös\n{decided}", region="kainuu")


@pytest.mark.parametrize(
    ("decided", "outcome", "closes"),
    [
        ("Aluehallitus päätti yksimielisesti, ettei hakua avata.", Outcome.REJECTED, []),
        ("Päätettiin olla avaamatta hakua.", Outcome.REJECTED, []),
        ("Asian käsittelyä päätettiin jatkaa seuraavassa kokouksessa.", Outcome.TABLED, []),
        ("Aluehallitus hylkäsi jäsen Mallin muutosesityksen ja hyväksyi esittelijän ehdotuksen.", Outcome.APPROVED, ["2026-04-30"]),
        ("Pöydällepano hylättiin. Hyväksyttiin ehdotuksen mukaisesti.", Outcome.APPROVED, ["2026-04-30"]),
        ("Hyväksyttiin. Jäsen Malli jätti eriävän mielipiteen, jonka mukaan hakuajan tulisi olla 1.4.–31.5.2026.", Outcome.APPROVED, ["2026-04-30"]),
        ("Aluehallitus päätti, että haku avataan ehdotetusta poiketen 4.5.–29.5.2026.", Outcome.APPROVED, ["2026-05-29"]),
    ],
)  # fmt: skip
def test_what_was_decided_is_not_what_was_proposed(decided: str, outcome: Outcome, closes: list[str]) -> None:
    reading = _decided(decided)

    assert reading.decision is not None
    assert reading.decision.outcome is outcome
    assert [str(w.closes) for w in reading.windows if w.sure] == closes


def test_what_is_proposed_not_to_be_done_may_be_approved() -> None:
    reading = _decided("Aluehallitus päätti, ettei hakua avata.", proposed="Aluehallitus päättää, ettei hakua avata.")

    assert reading.decision is not None
    assert reading.decision.outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("proposed", "decided", "organ", "withdraws"),
    [
        ("Lautakunta esittää aluehallitukselle, että kerta-avustusten haku perutaan.", "Hyväksyttiin.", "Hyvinvointilautakunta", False),
        ("Lautakunta esittää aluehallitukselle, että kerta-avustusten haku perutaan.", "Hyväksyttiin.", "Aluehallitus", True),
        ("Aluehallitus päättää peruuttaa kerta-avustusten haun.", "Hyväksyttiin.", "Aluehallitus", True),
    ],
)  # fmt: skip
def test_only_the_body_that_decides_withdraws_a_call(proposed: str, decided: str, organ: str, withdraws: bool) -> None:
    reading = _decided(decided, title="Kerta-avustusten haun peruuttaminen", proposed=proposed, organ=organ)

    assert reading.withdrawn == ("kerta-avustus",)
    assert reading.undecided is not withdraws


def test_what_a_committee_puts_to_the_board_is_only_possible() -> None:
    proposed = "Lautakunta esittää aluehallitukselle, että kerta-avustusten haku avataan ajalle 1.4.–30.4.2026."

    assert [w.sure for w in _decided("Hyväksyttiin.", proposed=proposed, organ="Hyvinvointilautakunta").windows] == [
        False
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Valtuustoaloite", "Valtuustoaloitteessa esitetään, että toiminta-avustusten haku perutaan tältä vuodelta."),
        ("Järjestöt toivovat lisäaikaa", "Järjestöt toivovat, että toiminta-avustusten hakuaikaa jatkettaisiin 15.4.2026 asti."),
    ],
)  # fmt: skip
def test_what_somebody_wishes_is_no_news_of_a_call(title: str, text: str) -> None:
    reading = read(title, text, region="kainuu", published_on=dt.date(2026, 3, 13))

    assert (reading.withdrawn, reading.windows) == ((), ())
    assert reading.change is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Tiedote", "Toiminta-avustusten haku on peruttu."),
        ("Toiminta-avustuksia ei jaeta tänä vuonna", "Aluehallitus päätti 9.3.2026, ettei toiminta-avustuksia jaeta tänä vuonna."),
        ("Järjestöavustuksia ei jaeta vuonna 2027", "Aluevaltuusto päätti talousarviosta 24.11.2026."),
    ],
)  # fmt: skip
def test_a_call_that_will_not_be_is_withdrawn(title: str, text: str) -> None:
    reading = read(title, text, region="kainuu")

    assert (reading.is_relevant, reading.change) == (True, CallChange.CANCELLED)


def test_preliminary_days_are_not_sure() -> None:
    reading = read(
        "Toiminta-avustusten haku", "Toiminta-avustusten alustava hakuaika on 1.4.–30.4.2026.", region="kainuu"
    )

    assert [w.sure for w in reading.windows] == [False]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Toiminta-avustukset haettavina", "Viime vuonna toiminta-avustusten haku siirtyy syksyyn. Nyt haku on käynnissä."),
        ("Bidrag", "I fjol flyttades ansökan om verksamhetsbidrag till hösten. Nu är ansökan öppen."),
        ("Avustukset", "Toiminta-avustusten haku siirretään syksyyn, jos aluevaltuusto niin päättää."),
        ("Avustukset", "Järjestöt pelkäävät, että toiminta-avustusten haku siirtyy syksyyn."),
        ("Avustusten tilanne", "Vuoden 2025 avustusmäärärahat on käytetty, eikä niitä voi enää hakea."),
        ("Tilanne", "Kokouspalkkioiden määräraha on käytetty, eikä hakemuksia oteta enää vastaan."),
        ("Hakeminen", "Toiminta-avustusta ei haeta vuonna 2026 paperilla, vaan sähköisesti."),
    ],
)  # fmt: skip
def test_what_is_told_of_something_else_ends_no_call(title: str, text: str) -> None:
    reading = read(title, text, region="kainuu", published_on=dt.date(2026, 2, 10))

    assert (reading.postponed, reading.withdrawn) == (False, ())
    assert reading.change is not CallChange.CANCELLED


@pytest.mark.parametrize(
    "proposed",
    ["Hyvinvointialuejohtaja esittää, että aluehallitus päättää perua kerta-avustusten haun.", "Esitetään, että kerta-avustusten haku perutaan."],
)  # fmt: skip
def test_a_presenters_proposal_that_was_approved_withdraws_a_call(proposed: str) -> None:
    reading = _decided("Hyväksyttiin.", title="Kerta-avustukset", proposed=proposed)

    assert (reading.change, reading.withdrawn, reading.undecided) == (CallChange.CANCELLED, ("kerta-avustus",), False)


@pytest.mark.parametrize(
    "decided",
    [
        "Aluehallitus päätti, että haku on 1.4.–30.4.2026 ja ettei avustusta myönnetä palkkoihin.",
        "Aluehallitus päätti avata haun siten, ettei hakuaikaa jatketa.",
    ],
)
def test_a_side_clause_that_denies_something_refuses_nothing(decided: str) -> None:
    reading = _decided(decided)

    assert reading.decision is not None
    assert reading.decision.outcome is Outcome.APPROVED
    assert [str(w.closes) for w in reading.windows if w.sure] == ["2026-04-30"]


@pytest.mark.parametrize(
    "decided",
    [
        "Aluehallitus päätti yksimielisesti jäsen Mallin muutosehdotuksen mukaisesti, että hakuaika on 1.4.–15.5.2026.",
        "Jäsen Malli ehdotti, että hakuaika on 1.4.–15.5.2026. Ehdotusta kannatettiin yksimielisesti, ja se hyväksyttiin.",
    ],
)
def test_what_a_member_proposed_and_nobody_refused_leaves_no_sure_day_of_the_proposal(decided: str) -> None:
    assert [str(w.closes) for w in _decided(decided).windows if w.sure] in ([], ["2026-05-15"])


def test_a_body_may_decide_and_ask_another_for_money() -> None:
    proposed = (
        "Aluehallitus päättää avata haun ajalle 1.4.–30.4.2026 ja esittää aluevaltuustolle, että määrärahaa korotetaan."
    )

    assert [w.sure for w in _decided("Hyväksyttiin.", proposed=proposed).windows] == [True]
