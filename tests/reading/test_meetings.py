"""The meeting that a document reports, on every platform's page."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import Decision, DocKind, Form, Meeting, Outcome
from aluevahti.reading import read
from aluevahti.reading.meetings import find_head
from aluevahti.reading.page import Page

CASEM = "Aluehallitus, kokous 11.3.2024\nPöytäkirja on tarkastettu\n§ 96 Avustukset\nSATADno-2023-5561\nPäätös\nHyväksyttiin."
CASEM_SV = "Områdesstyrelsen, möte 11-10-2022\nProtokollet är granskat\n§ 7 Bidrag\nBeslut\nGodkändes."
DYNASTY = "RSS-linkki\nAluehallitus\nPöytäkirja 02.03.2026/Pykälä 57\n412/02.05.01/2026\nPäätös\nHyväksyttiin."
DYNASTY_SPACED = "Aluehallitus\nPöytäkirja 02. 03. 2026/Pykälä 57\nPäätös\nHyväksyttiin."
DYNASTY_AGENDA = (
    "Keski-Pohjanmaan aluehallitus\nEsityslista 02.03.2026/Asianro 4\nPäätösehdotus\nMyönnetään avustukset."
)
DYNASTY_FLAT = "Aluehallitus Pöytäkirja 02.03.2026/Pykälä 57\nPäätös\nHyväksyttiin."
DYNASTY_SV = "Välfärds- och framtidsnämnden\nProtokoll 27.02.2024/Paragraf 112\nBeslut\nBordlades."
HELSINKI = (
    "HEL 2022-013151\n17. / 109 §\nHelsingin kaupunginhallitus\nPäätös\nKaupunginhallitus päätti myöntää avustukset."
)
HELSINKI_OLD = "Helsingin kaupunki\nPöytäkirja\n3/2020\nSosiaali- ja terveyslautakunta\nAsia/6\n25.02.2020\n§ 30\nPäätös\nHyväksyttiin."
HELSINKI_PAGED = "Helsingin kaupunki Pöytäkirja 11/2024 1 (3)\nSosiaali-, terveys- ja pelastuslautakunta\nAsia/9\n04.06.2024\n\n§ 118\nPäätös\nHyväksyttiin."
HELSINKI_PAGED_SV = "Helsingfors stad Protokoll 11/2024 2 (4)\nSocial-, hälsovårds- och räddningsnämnden\nÄrende/9\n04.06.2024\n§ 118\nBeslut\nGodkändes."
REGION_AND_BODY = (
    "Kainuun hyvinvointialue, aluehallitus\nEsityslista 17.11.2025 klo 13\nAsia 14\nPäätösehdotus\nNimetään jäsenet."
)
REGION_AND_BODY_SV = "Österbottens välfärdsområde – välfärdsområdesstyrelsen\nFöredragningslista 17.11.2025\nÄrende 14\nBeslutsförslag\nMedlemmarna utses."
TWEB = "Kymenlaakson hyvinvointialue\nAluehallitus: 14/2024\n25.11.2024 09:00\n§ 231\nPäätös: Hyväksyttiin."
TWEB_ITEM = "Hyvinvoinnin ja terveyden edistämisen lautakunta § 15 28.02.2023\nPäätös\nHyväksyttiin."

DYNASTY_LOOSE = "Aluehallitus\nPöytäkirja 27.01.2025 § 22\nPäätös: Hyväksyttiin."
DYNASTY_LOOSE_AGENDA = "Aluehallitus\nEsityslista 20.5.2025, asia 7\nEhdotus: Aluehallitus päättää lisähausta."
DYNASTY_LOOSE_SV = "Välfärds- och framtidsnämnden\nProtokoll 27.2.2024 § 112\nBeslut: Bordlades."
HELSINKI_ITEM = "HEL 2024-010911 T 02 05 01 01\nAsia 8 / § 233\n17.12.2024\nSosiaali-, terveys- ja pelastuslautakunta\nPäätös\nHyväksyttiin."
HELSINKI_SV = (
    "HEL 2023-014410\nÄrende 6 / 41 §\nKultur- och fritidsnämndens ungdomssektion 13.12.2023\nBeslut\nGodkändes."
)
TWEB_MEETING = "Satakunnan hyvinvointialue\nAluehallitus\nKokous 23.10.2023 klo 13.00\n§ 278 SATAHVA/1710/02.05.01/2023\nPäätös: Hyväksyttiin."
TWEB_SV = "Tillsynsnämnden\nMöte 17.1.2025 kl. 9\n§ 3\nBeslut: Godkändes."
BARRED = "Osallisuus- ja demokratiajohtokunta | 13.2.2024 | § 45\nPäätös\nHyväksyttiin."
DAY_BELOW = "Satakunnan hyvinvointialue\nAluevaltuusto\n17.6.2024 § 44\nPäätös\nHyväksyttiin."
NUMBER_BEHIND = "Hyvinvointi- ja yhdyspintalautakunta\nPöytäkirja 17.05.2023, 15 §\nPäätös\nHyväksyttiin."
NUMBER_BEHIND_SV = "Välfärds- och framtidsnämnden\nProtokoll 27.2.2024, 112 §\nBeslut: Bordlades."
MEETING_AND_SECTION = (
    "Lapin hyvinvointialue\nHyvinvointi- ja yhdyspintalautakunta\nKokous 14.12.2023 § 71\nPäätös\nHyväksyttiin."
)
MEETING_AND_SECTION_SV = "Tillsynsnämnden\nMöte 17.1.2025 § 3\nBeslut: Godkändes."
SECTION_AND_DAY = "Aluehallitus\n§ 14 12.1.2026\nPäätös\nHyväksyttiin."
OF_A_BODY = "Aluehallituksen kokous 12.1.2026\n§ 14\nPäätös\nHyväksyttiin."
SLASHED = "Hyvinvointilautakunta / Esityslista 12.1.2026 / Asia 5\nPäätösehdotus\nMyönnetään."
SECTION_IN_WORDS = "Hyvinvointilautakunta\nPöytäkirja 12.01.2026\nPykälä 5\nPäätös\nHyväksyttiin."
DATED_SV = "Välfärds- och framtidsnämnden\nSammanträdesdatum 12.1.2026\n§ 5\nBeslut\nGodkändes."
TWEB_BARE = "Tarkastuslautakunta\nKokous 17.1.2025\n§ 3\nPäätös: Hyväksyttiin."

TABLE = (
    "Nokian kaupunki | § | Kokouspvm | Asia | 1\nHyvinvointilautakunta | 9 | 12.02.2025 | 4\nPerustelut\nKaksi haki."
)
TABLE_WITHOUT_BARS = "Nokian kaupunki§KokouspvmAsia1\nHyvinvointilautakunta912.02.20254\nYhdistys haki avustusta."
NUMBERED_ON_TWO_LINES = (
    "Helsingfors stad\nProtokoll 6/2025\nSocialnämnden\nÄrende 8\n§ 77\n13.5.2025\nBeslut\nGodkändes."
)
NUMBERED_TWICE = "Hyvinvointilautakunta\nPöytäkirja 12.2.2025\nAsia 4 § 9\nPäätös\nHyväksyttiin."

CASEM_AGENDA = "Aluehallitus, kokous 29.9.2025\nEsityslista\nAsia 9\nPäätösehdotus\nAluehallitus hyväksyy periaatteet."


@pytest.mark.parametrize(
    ("text", "organ", "day", "section", "agenda"),
    [
        (CASEM, "aluehallitus", "2024-03-11", 96, False),
        (CASEM_SV, "områdesstyrelsen", "2022-10-11", 7, False),
        (DYNASTY, "aluehallitus", "2026-03-02", 57, False),
        (DYNASTY_AGENDA, "aluehallitus", "2026-03-02", 4, True),
        (DYNASTY_SPACED, "aluehallitus", "2026-03-02", 57, False),
        (DYNASTY_FLAT, "aluehallitus", "2026-03-02", 57, False),
        (DYNASTY_SV, "välfärds- och framtidsnämnden", "2024-02-27", 112, False),
        (HELSINKI, "kaupunginhallitus", None, 109, False),
        (HELSINKI_OLD, "sosiaali- ja terveyslautakunta", "2020-02-25", 30, False),
        (HELSINKI_PAGED, "sosiaali-, terveys- ja pelastuslautakunta", "2024-06-04", 118, False),
        (HELSINKI_PAGED_SV, "social-, hälsovårds- och räddningsnämnden", "2024-06-04", 118, False),
        (REGION_AND_BODY, "aluehallitus", "2025-11-17", 14, True),
        (REGION_AND_BODY_SV, "välfärdsområdesstyrelsen", "2025-11-17", 14, True),
        (TWEB, "aluehallitus", "2024-11-25", 231, False),
        (CASEM_AGENDA, "aluehallitus", "2025-09-29", 9, True),
        (DYNASTY_LOOSE, "aluehallitus", "2025-01-27", 22, False),
        (DYNASTY_LOOSE_AGENDA, "aluehallitus", "2025-05-20", 7, True),
        (DYNASTY_LOOSE_SV, "välfärds- och framtidsnämnden", "2024-02-27", 112, False),
        (HELSINKI_ITEM, "sosiaali-, terveys- ja pelastuslautakunta", "2024-12-17", 233, False),
        (HELSINKI_SV, "kultur- och fritidsnämndens ungdomssektion", "2023-12-13", 41, False),
        (TWEB_MEETING, "aluehallitus", "2023-10-23", 278, False),
        (TWEB_SV, "tillsynsnämnden", "2025-01-17", 3, False),
        (BARRED, "osallisuus- ja demokratiajohtokunta", "2024-02-13", 45, False),
        (DAY_BELOW, "aluevaltuusto", "2024-06-17", 44, False),
        (NUMBER_BEHIND, "hyvinvointi- ja yhdyspintalautakunta", "2023-05-17", 15, False),
        (NUMBER_BEHIND_SV, "välfärds- och framtidsnämnden", "2024-02-27", 112, False),
        (MEETING_AND_SECTION, "hyvinvointi- ja yhdyspintalautakunta", "2023-12-14", 71, False),
        (MEETING_AND_SECTION_SV, "tillsynsnämnden", "2025-01-17", 3, False),
        (SECTION_AND_DAY, "aluehallitus", "2026-01-12", 14, False),
        (OF_A_BODY, "aluehallitus", "2026-01-12", 14, False),
        (SLASHED, "hyvinvointilautakunta", "2026-01-12", 5, True),
        (SECTION_IN_WORDS, "hyvinvointilautakunta", "2026-01-12", 5, False),
        (DATED_SV, "välfärds- och framtidsnämnden", "2026-01-12", 5, False),
        (TABLE, "hyvinvointilautakunta", "2025-02-12", 9, False),
        (TABLE_WITHOUT_BARS, "hyvinvointilautakunta", "2025-02-12", 9, False),
        (NUMBERED_TWICE, "hyvinvointilautakunta", "2025-02-12", 9, False),
        (NUMBERED_ON_TWO_LINES, "socialnämnden", "2025-05-13", 77, False),
        (TWEB_BARE, "tarkastuslautakunta", "2025-01-17", 3, False),
        (TWEB_ITEM, "hyvinvoinnin ja terveyden edistämisen lautakunta", "2023-02-28", 15, False),
    ],
)
def test_the_head_of_every_platform_is_read(text: str, organ: str, day: str | None, section: int, agenda: bool) -> None:
    head = find_head(Page("Avustukset", text))

    assert head is not None
    assert (head.organ, head.section, head.agenda) == (organ, section, agenda)
    assert head.held_on == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("term", ["31.5.2027 saakka", "1.6.2025 alkaen"])
def test_a_body_named_with_its_term_meets_on_its_meetings_day(term: str) -> None:
    head = find_head(Page("§ 8 Avustukset", f"Hyvinvointilautakunta {term}, kokous 4.3.2026\nPerustelut\nKaksi haki."))

    assert head is not None
    assert (head.organ, head.held_on, head.section) == ("hyvinvointilautakunta", dt.date(2026, 3, 4), 8)


@pytest.mark.parametrize(
    "head",
    [
        ("Aluehallitus, kokous 22. tammikuuta 2024", "§ 3"),
        ("Aluehallitus", "Kokousaika: maanantai 22.1.2024 klo 13.00–15.20", "Pöytäkirja", "§ 3"),
        ("Aluehallitus", "Pöytäkirja", "Aika: maanantaina 22. tammikuuta 2024 kello 13", "§ 3"),
        ("Aluehallitus", "ma 22.1.2024 klo 13", "§ 3"),
        ("Aluehallitus ma 22.1.2024 klo 13", "§ 3"),
        ("Aluehallituksen kokous maanantaina 22.1.2024", "§ 3"),
        ("Pöytäkirja aluehallituksen kokouksesta 22.1.2024", "§ 3"),
        ("Pöytäkirja 2/2024 aluehallituksen kokouksesta 22.1.2024", "§ 3"),
        ("Aluehallituksen pöytäkirja 2/2024", "Kokousaika 22.1.2024 klo 13", "§ 3"),
        ("Hyvinvointialue | Aluehallitus | Pöytäkirja | 22.1.2024 | § 3",),
        ("Toimielin: Aluehallitus", "Kokouspäivä: 22.1.2024", "Pykälä: 3"),
        ("Toimielin", "Aluehallitus", "Kokousaika", "22.01.2024 13:00", "Pykälä", "3"),
    ],
)
def test_a_finnish_head_may_be_written_in_many_ways(head: tuple[str, ...]) -> None:
    reading = read("Järjestöavustusten periaatteet", "\n".join((*head, "Päätös", "Hyväksyttiin.")))

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting == Meeting(organ="aluehallitus", held_on=dt.date(2024, 1, 22), section=3)


@pytest.mark.parametrize(
    "head",
    [
        ("Välfärdsområdesstyrelsen", "Sammanträde den 22 januari 2024", "§ 3"),
        ("Välfärdsområdesstyrelsen", "Protokoll", "Tid: måndagen den 22 januari 2024 kl. 13.00", "§ 3"),
        ("Välfärdsområdesstyrelsen, möte måndag 22.1.2024", "Protokollet är granskat", "§ 3"),
        ("Välfärdsområdesstyrelsens sammanträde 22.1.2024", "§ 3"),
        ("Protokoll från välfärdsområdesstyrelsens möte 22.1.2024", "§ 3"),
        ("Protokoll fört vid välfärdsområdesstyrelsens möte den 22 januari 2024", "§ 3"),
        ("Organ: Välfärdsområdesstyrelsen", "Sammanträdesdatum: 22.1.2024", "Paragraf: 3"),
    ],
)
def test_a_swedish_head_may_be_written_in_many_ways(head: tuple[str, ...]) -> None:
    reading = read("Principer för bidrag till organisationer", "\n".join((*head, "Beslut", "Godkändes.")))

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting == Meeting(organ="välfärdsområdesstyrelsen", held_on=dt.date(2024, 1, 22), section=3)


def test_the_year_of_a_day_in_words_is_no_number_of_a_decision() -> None:
    text = (
        "Aluehallitus hyväksyi avustusten periaatteet kokouksessaan 28. marraskuuta 2022 § 403. Haku avataan keväällä."
    )

    reading = read("Aluehallitus hyväksyi avustusten periaatteet", text, published_on=dt.date(2022, 11, 29))

    assert reading.meeting is not None
    assert (reading.meeting.held_on, reading.meeting.section) == (dt.date(2022, 11, 28), 403)


def test_earlier_handlings_that_a_page_cites_are_not_its_meeting() -> None:
    text = (
        "Lähidemokratia- ja osallisuuslautakunta, kokous 22.1.2024\n§ 4\n"
        "Perustelut\nAluevaltuusto, kokous 12.12.2023 § 132. Aluehallitus 28.8.2023 § 210."
    )
    head = find_head(Page("§ 4 Neuvottelukunta", text))

    assert head is not None
    assert (head.organ, head.held_on) == ("lähidemokratia- ja osallisuuslautakunta", dt.date(2024, 1, 22))


def test_of_a_page_with_several_handlings_only_the_heads_own_counts() -> None:
    text = (
        "Aluevaltuusto\nPöytäkirja 08.12.2025/Pykälä 55\n"
        "Aluehallitus 10.11.2025 § 204\nPäätös\nAsia palautettiin.\n"
        "Aluevaltuusto 08.12.2025 § 55\nPäätös\nHyväksyttiin."
    )
    page = Page("Strategia", text)
    head = find_head(page)

    assert head is not None
    assert page.text[head.start : head.end].startswith("Aluevaltuusto 08.12.2025 § 55")


def test_of_handlings_listed_one_below_the_other_the_last_is_the_pages_own() -> None:
    listed = "Hyvinvointijaosto § 42 16.9.2025\nAluehallitus § 311 30.9.2025\nVARHA/4410/02.05.01/2025\nPäätös: Hyväksyttiin."

    head = find_head(Page("Periaatteet", listed))

    assert head is not None
    assert (head.organ, head.held_on, head.section) == ("aluehallitus", dt.date(2025, 9, 30), 311)


@pytest.mark.parametrize(
    "head",
    [
        ("Nokian kaupunki", "Hyvinvoinnin edistämisen lautakunta", "Pöytäkirja", "2/2025", "1 (1)", "21 §", "24.02.2025", "§ 21"),
        ("Hyvinvoinnin edistämisen lautakunta", "Pöytäkirja 2/2025", "§ 21", "24.02.2025"),
    ],
)  # fmt: skip
def test_a_body_may_stand_above_the_word_for_minutes(head: tuple[str, ...]) -> None:
    text = "\n".join((*head, "Yleisavustukset 2025", "Yleisavustukset olivat haettavina 28.11.2024 mennessä."))

    reading = read("Yleisavustukset 2025", text)

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting == Meeting(
        organ="hyvinvoinnin edistämisen lautakunta", held_on=dt.date(2025, 2, 24), section=21
    )


def test_minutes_without_their_head_lines_are_known_by_their_headings() -> None:
    head = find_head(Page("Avustukset", "Perustelut\nHakemuksia tuli 12.\nEhdotus\nMyönnetään.\nPäätös\nHyväksyttiin."))

    assert head is not None
    assert (head.organ, head.held_on, head.section) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avustusten haku auki", "Aluehallitus vahvisti perusteet kokouksessaan 28.11.2022 § 403. Haku on auki."),
        ("Päätöskooste aluehallituksen kokouksesta 15.5.2024", "§ 12 Avustukset\nPäätös\nHyväksyttiin."),
        (
            "Aluehallituksen päätöksiä 29.8.23",
            "Aluehallitus\nAika 29.8.2023\nPäätösehdotus\nTodetaan.\nPäätös\nHyväksyttiin.",
        ),
        (
            "Vanhusneuvosto",
            "Vanhusneuvosto\nNeuvosto antaa lausuntoja.\nVanhusneuvoston kokouksen pöytäkirja 28.11.2022",
        ),
        ("Uutinen", "3.11.2025 11:08:36 EET | Tiedote\nHaku on auki."),
        ("Kokouskalenteri", "Aluevaltuusto\nKokous 13.3.2026 klo 13\nAluevaltuuston kokous 24.4.2026 klo 13"),
        ("Kutsu", "Aluevaltuuston kokous 13.3.2026 klo 13\nKokousta voi seurata verkossa."),
    ],
)
def test_news_are_no_minutes(title: str, text: str) -> None:
    assert find_head(Page(title, text)) is None


PROGRAMME = "Päätös\nAluehallitus hyväksyi osallisuusohjelman vuosille 2026–2029."
PROGRAMME_SV = "Beslut\nStyrelsen godkände programmet för delaktighet."


@pytest.mark.parametrize(
    ("title", "text", "organ", "day", "section", "matter"),
    [
        ("Aluevaltuusto 2.2.2026 § 9 Osallisuusohjelman hyväksyminen", "Osallisuusohjelman hyväksyminen\nPäätös\nHyväksyttiin.", "aluevaltuusto", "2026-02-02", 9, "osallisuusohjelman hyväksyminen"),
        ("Aluehallitus 15.1.2026, § 12", f"Osallisuusohjelma vuosille 2026–2029\n{PROGRAMME}", "aluehallitus", "2026-01-15", 12, "osallisuusohjelma vuosille 2026–2029"),
        ("Aluehallitus 15.1.2026, § 12", PROGRAMME, "aluehallitus", "2026-01-15", 12, None),
        ("Kainuun aluehallitus 15.1.2026 – § 12/2026 – Osallisuusohjelma", PROGRAMME, "aluehallitus", "2026-01-15", 12, "osallisuusohjelma"),
        ("Aluehallitus § 12/2026 Osallisuusohjelma", PROGRAMME, "aluehallitus", None, 12, "osallisuusohjelma"),
        ("Aluehallitus torstaina 15.1.2026 § 12 Haku 3. maaliskuuta 2026", PROGRAMME, "aluehallitus", "2026-01-15", 12, "haku 3. maaliskuuta 2026"),
        ("Aluehallituksen kokous 15.1.2026 12 § Osallisuusohjelma", PROGRAMME, "aluehallitus", "2026-01-15", 12, "osallisuusohjelma"),
        ("Pöytäkirja, aluehallitus 15.1.2026: § 12: osallisuusohjelma", PROGRAMME, "aluehallitus", "2026-01-15", 12, "osallisuusohjelma"),
        ("§ 12 Osallisuusohjelma, aluehallitus 15.1.2026", PROGRAMME, "aluehallitus", "2026-01-15", 12, "osallisuusohjelma"),
        ("Osallisuusohjelma | Aluehallitus 15.1.2026 § 12", PROGRAMME, "aluehallitus", "2026-01-15", 12, "osallisuusohjelma"),
        ("Välfärdsområdesstyrelsen 12.1.2026 § 4 Programmet för delaktighet", PROGRAMME_SV, "välfärdsområdesstyrelsen", "2026-01-12", 4, "programmet för delaktighet"),
        ("Välfärdsområdesstyrelsen måndagen den 12 januari 2026 § 4 Programmet för delaktighet", PROGRAMME_SV, "välfärdsområdesstyrelsen", "2026-01-12", 4, "programmet för delaktighet"),
        ("Välfärdsområdesstyrelsens möte 12.1.2026, § 4/2026", f"Programmet för delaktighet\n{PROGRAMME_SV}", "välfärdsområdesstyrelsen", "2026-01-12", 4, "programmet för delaktighet"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [None, Form.NEWS])
def test_a_title_may_hold_the_whole_head_of_an_item(
    title: str, text: str, organ: str, day: str | None, section: int, matter: str | None, form: Form | None
) -> None:
    reading = read(title, text, form=form, region="kainuu")

    held_on = dt.date.fromisoformat(day) if day else None
    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting == Meeting(organ=organ, held_on=held_on, section=section)
    assert reading.decision == Decision(what=matter, by=organ, decided_on=held_on, outcome=Outcome.APPROVED)


def test_a_numbered_item_was_handled_on_the_day_below_its_body() -> None:
    reading = read("§ 12/2026 Osallisuusohjelma", f"Aluehallitus\n15.1.2026\n{PROGRAMME}")

    assert reading.meeting == Meeting(organ="aluehallitus", held_on=dt.date(2026, 1, 15), section=12)
    assert reading.decision is not None
    assert reading.decision.what == "osallisuusohjelma"


def test_the_titles_head_wins_over_the_handlings_that_the_text_lists() -> None:
    listed = "Hyvinvointijaosto 12.1.2026 § 5\nAluehallitus 26.1.2026 § 30\nAluevaltuusto 2.2.2026 § 9\nPäätös\nHyväksyttiin."

    reading = read("Aluevaltuusto 2.2.2026 § 9 Osallisuusohjelma", listed)

    assert reading.meeting == Meeting(organ="aluevaltuusto", held_on=dt.date(2026, 2, 2), section=9)


@pytest.mark.parametrize(
    "title",
    [
        "Aluehallitus 15.1.2026: osallisuusohjelma hyväksyttiin",
        "Aluehallitus 15.1.2026 § 12 hyväksyi osallisuusohjelman",
        "Aluehallituksen päätöksiä 15.1.2026 § 12",
        "Aluehallitus teki päätöksen 15.1.2026",
        "Aluehallitus kokoontuu 15.1.2026",
        "Oikaisuvaatimus aluehallituksen päätökseen 15.1.2026 § 12",
        "Järjestöavustusten periaatteet, aluehallitus 15.1.2026 § 12",
        "Välfärdsområdesstyrelsen 12.1.2026: programmet för delaktighet godkändes",
    ],
)
def test_a_title_that_only_names_a_body_and_a_day_is_news(title: str) -> None:
    reading = read(title, "Hyvinvointialueen aluehallitus hyväksyi osallisuusohjelman.", region="kainuu")

    assert reading.doc_kind is not DocKind.MINUTES_ITEM


@pytest.mark.parametrize(
    "lines",
    [
        ("Aluehallitus", "Aika 16.2.2026 klo 13", "§ 77", "Järjestöavustusten haku"),
        ("Aluehallitus", "Pöytäkirja 16.2.2026", "77 § Järjestöavustusten haku"),
        ("Kainuun hyvinvointialue", "Aluehallitus", "Pöytäkirja 4/2026", "16.2.2026", "§ 77 Järjestöavustusten haku"),
        ("Kainuun hyvinvointialue, aluehallitus", "Kokouspäivä: 16.2.2026", "Pykälä: 77", "Järjestöavustusten haku"),
        ("Pöytäkirja", "Aluehallitus 16.2.2026", "§ 77 Järjestöavustusten haku"),
    ],
)
@pytest.mark.parametrize("titled", [True, False])
def test_a_paper_that_begins_with_its_letterhead_is_titled_by_its_matter(
    lines: tuple[str, ...], *, titled: bool
) -> None:
    text = "\n".join((*lines[titled:], "Päätös", "Hyväksyttiin."))

    reading = read(lines[0] if titled else "", text)

    assert reading.doc_kind is DocKind.MINUTES_ITEM
    assert reading.meeting == Meeting(organ="aluehallitus", held_on=dt.date(2026, 2, 16), section=77)
    assert reading.decision is not None
    assert reading.decision.what == "järjestöavustusten haku"


def test_a_page_of_a_body_without_an_item_keeps_its_title() -> None:
    reading = read("Aluehallitus", "Aluehallitus vastaa hyvinvointialueen hallinnosta.\nKokoukset\n16.2.2026 klo 13")

    assert reading.doc_kind is not DocKind.MINUTES_ITEM
