"""Sums of money: how they are written, and which one is the main one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.reading.amounts import find_sums, main_amount
from windowcases import Case, read_cases


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("850 000 euroa", 850_000),
        ("2\u00a0605\u00a0000 euroa", 2_605_000),
        ("2\u202f605\u202f000 €", 2_605_000),
        ("100 000 €", 100_000),
        ("1.200.000 euroa", 1_200_000),
        ("85000 euro", 85_000),
        ("85 000 eurolla", 85_000),
        ("2,74 miljoonaa euroa", 2_740_000),
        ("noin 2,74 miljoonaa", 2_740_000),
        ("1,2 milj. euroa", 1_200_000),
        ("1,2 M€", 1_200_000),
        ("3 miljoner euro", 3_000_000),
        ("120 t€", 120_000),
        ("201 990,30 euroa", 201_990.3),
        ("400,00 e", 400),
        ("50 000,- €", 50_000),
        ("€ 5 000", 5_000),
        ("satakuusikymmentätuhatta euroa", 160_000),
        ("kymmenen tuhatta euroa", 10_000),
        ("miljoona euroa", 1_000_000),
        ("miljoonan euron", 1_000_000),
        ("puoli miljoonaa euroa", 500_000),
        ("kahden miljoonan euron", 2_000_000),
        ("femtiotusen euro", 50_000),
        ("en halv miljon euro", 500_000),
        ("två miljoner euro", 2_000_000),
    ],
)
def test_a_sum_is_read_in_every_shape(text: str, euros: float) -> None:
    (found,) = find_sums(f"Määrä on {text}.")
    assert found.euros == euros


@pytest.mark.parametrize(
    "text",
    [
        "monta miljoonaa euroa",
        "kaksi euroa",
        "avustuksen euroa",
        "75 hakemusta",
        "vuosille 2024–2026",
        "15 %",
        "klo 12.00",
        "1.8.2025",
        "§ 24",
        "33 kpl",
    ],
)
def test_other_numbers_are_no_sums(text: str) -> None:
    assert not find_sums(text)


def test_both_ends_of_a_range_are_marked() -> None:
    assert [s.in_range for s in find_sums("1 000–200 000 euroa")] == [True]
    assert [s.in_range for s in find_sums("1 000 € – 20 000 €")] == [True, True]


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Haettu summa on noin 2,74 miljoonaa euroa. Talousarviossa on 850 000 euroa.", 850_000),
        ("Jaossa on 240 000 euroa, kun viime vuonna summa oli 260 000 euroa.", 240_000),
        ("Yksi yhdistys voi saada enintään 15 000 euroa.", None),
        ("Aluehallitus antoi toiminta-avustuksia 135 000 euron edestä.", 135_000),
        ("Lautakunta esittää, että alue antaisi avustuksia 970 000 euroa.", 970_000),
        ("Jaosto jakoi 2,27 miljoonaa euroa. Avustuksia myönnettiin 2 273 050 euroa.", 2_273_050),
        ("Lautakunta myönsi 14 yhdistykselle yhteensä 42 000 euroa. Suurin avustus oli 9 000 euroa.", 42_000),
        ("Avustuksia jaettiin 122 200 euroa. Valtuuston hyväksymä kokonaissumma on 150 000 euroa.", 122_200),
        ("Toiminta-avustuksia 410 000 euroa ja kumppanuusavustuksia 655 000 euroa myönnettiin.", None),
        ("Summat ovat 1 000–200 000 euroa.", None),
        ("Potti kasvoi viime vuodesta 50 000 eurolla.", None),
        ("Saapui 88 hakemusta, joiden yhteissumma oli 1 204 500 euroa.", None),
        ("Hyvinvointialue säästää 3 000 000 euroa.", None),
        ("Asiakasmaksu on 2 000 euroa.", None),
        ("Under året finns 26 800 € att dela ut.", 26_800),
        ("Det sökta beloppet var 175 281 euro, medan anslaget är 85 000 euro.", 85_000),
        ("Summan som kan ansökas uppgår sammantaget till 200 000 euro.", 200_000),
        ("I fjol var summan 350 000 euro.", None),
        ("Ensimmäisessä jaossa annettiin 310 000 euroa. Toisessa jaossa ehdotetaan 88 500 euroa.", 88_500),
        ("Talousarviossa on 100 000 euroa, ja tässä haussa jaetaan 15 000 euroa.", 15_000),
        ("I budgeten har avsatts 100 000 euro, men i den här omgången finns 4 500 euro kvar.", 4_500),
        ("Sektionen beslutar bevilja bidragen, sammanlagt 142 000 euro. I budgeten finns 200 000 euro.", 142_000),
        ("Vuonna 2023 käytössä on 26 800 €.", 26_800),
        ("Saajia on yli sata ja jaettu summa 2,5 miljoonaa euroa.", 2_500_000),
        ("Avustuksia haettiin yli 800 000 euroa.", None),
        ("Pisteytystä käytetään, kun summa on yli 20 000 euroa.", None),
        ("Jaossa on 955 000:ta euroa.", 955_000),
        ("Avustuksista on jakamatta 27 800 euroa.", 27_800),
        ("Kokeiluun on irrotettu 150 000 euroa, ja yhden hankkeen katto on 30 000 euroa.", 150_000),
        ("Järjestöavustusten määräraha muuttuu 850 000 eurosta 600 000 euroon.", 600_000),
        ("Anslaget för bidrag ändras från 850 000 euro till 600 000 euro.", 600_000),
        ("Syksyn haussa jäi jakamatta 60 000 euroa, joten haku järjestetään uudelleen.", 60_000),
        ("Määräraha on 40 000 euroa, josta on vielä jakamatta noin 8 000 euroa.", 8_000),
        ("Avustuksia jaettiin 300 000 euroa, ja 20 000 euroa jäi jakamatta.", 300_000),
        ("Av bidragen blev 11 000 euro kvar. En ny ansökningstid ordnas.", 11_000),
        ("Avustuksia jaetaan enintään 1,2 miljoonaa euroa.", 1_200_000),
        ("Avustuksia myönnetään yhteensä enintään 42 000 euroa.", 42_000),
        ("Avustusta myönnetään enintään 5 000 euroa yhdistykselle.", None),
        ("Kumpaankin kierrokseen on varattu 12 500 euroa, yhteensä siis 25 000 euroa.", 25_000),
        ("Tukea saa 44 yhdistystä, ja summa on 850 000 euroa.", 850_000),
        ("Avustusta haki 67 järjestöä, ja toiveiden summa on 954 874 euroa. Määräraha on 330 000 euroa.", 330_000),
        ("Av anslaget på 1 200 000 euro beviljades nu 1 150 000 euro.", 1_150_000),
        ("Potten är 100 000 euro.", 100_000),
        ("För året finns 9,6 miljoner euro att tillgå.", 9_600_000),
        ("Rahaa jaettiin satakuusikymmentätuhatta euroa 53 yhdistykselle.", 160_000),
        ("Ei summia.", None),
        ("23 föreningar får tillsammans 60 000 euro. Summorna varierar från 400 till 7 000 euro.", 60_000),
        ("Det ansökta beloppet är sammanlagt 640 000 euro, medan anslaget är 150 000 euro.", 150_000),
        ("Nämnden gav utvecklingsunderstöd till nio föreningar. Understöden uppgår till 45 000 euro.", 45_000),
        ("Av understöden återstår 12 500 euro att dela ut.", 12_500),
        ("Lautakunta päätti avustuksista. Avustusten määrä on 45 000 euroa.", 45_000),
    ],
)
def test_the_main_sum_is_what_is_on_offer_or_granted(text: str, euros: float | None) -> None:
    assert main_amount("Avustukset", text) == euros


@pytest.mark.parametrize(
    ("title", "euros"),
    [
        ("Hyvinvoinnin edistäjille 2,4 miljoonalla eurolla tukea", 2_400_000),
        ("300 000 euro till föreningar", 300_000),
        ("Avustukset kasvoivat 40 000 eurolla", None),
        ("Avustukset ovat 500–5 000 euroa", None),
    ],
)
def test_a_sum_in_a_title_needs_no_word_for_what_it_is(title: str, euros: float | None) -> None:
    assert main_amount(title, "Avustuksia haettiin.") == euros


def test_the_title_tells_the_main_sum() -> None:
    body = "Jaosto ratkaisi avustukset. Talousarviossa on kaikkiaan 2 635 400 euroa."
    assert main_amount("Avustukset ratkaistu: jaossa 2 605 000 euroa", body) == 2_605_000


@pytest.mark.parametrize("case", [c for c in read_cases() if "amount" in c.told], ids=lambda c: f"{c.file}: {c.name}")
def test_a_document_tells_its_main_sum(case: Case) -> None:
    assert main_amount(case.title, case.body, case.lang) == case.told["amount"]


@given(
    st.integers(1_000, 99_999_999), st.sampled_from([" ", "\u00a0", ".", ""]), st.sampled_from(["euroa", "€", "euro"])
)
def test_every_sum_comes_back(euros: int, mark: str, unit: str) -> None:
    written = f"{euros:,}".replace(",", mark)
    (found,) = find_sums(f"Jaossa on {written} {unit}.")
    assert found.euros == euros
    assert isinstance(found.euros, int)
    assert main_amount("", f"Jaossa on {written} {unit}.") == euros


@given(st.text(max_size=200), st.text(alphabet="0123456789 .,–€mte\n", max_size=200))
def test_any_text_gives_a_sum_or_none(text: str, numbers: str) -> None:
    for found in find_sums(text + numbers):
        assert 0 <= found.start < found.end <= len(text + numbers)
    main_amount(text, numbers)


@pytest.mark.parametrize("unit", ["1 ", "1 000 ", "€", "1 € ", "000"])
def test_nothing_repeated_takes_long(unit: str) -> None:
    began = time.process_time()
    main_amount("", unit * 30_000)
    assert time.process_time() - began < 5


def test_a_rounded_sum_of_the_title_is_told_to_the_euro_where_the_text_does() -> None:
    assert main_amount("Helsinki jakoi 1,2 miljoonaa euroa", "Rahaa annettiin 1 218 000 euroa.") == 1_218_000
    assert main_amount("Helsinki jakoi 1,2 miljoonaa euroa", "Aiemmin annettiin 1 290 000 euroa.") == 1_200_000


@pytest.mark.parametrize("told", ["lähes miljoonalla eurolla", "yli miljoonan euron"])
def test_a_round_figure_in_words_is_not_the_sum(told: str) -> None:
    title = f"Hyvinvointialue avustaa järjestöjä {told}"

    assert main_amount(title, "Avustuksia myönnetään yhteensä 970 000 euroa.") == 970_000


@pytest.mark.parametrize(
    ("told", "euros"),
    [
        ("kahdella miljoonalla eurolla", 2_000_000),
        ("kaksi ja puoli miljoonaa euroa", 2_500_000),
        ("kahden ja puolen miljoonan euron", 2_500_000),
        ("två och en halv miljon euro", 2_500_000),
        ("en kvarts miljon euro", 250_000),
        ("en halv miljon euro", 500_000),
        ("artontusen euro", 18_000),
        ("usean miljoonan euron", None),
        ("monen miljoonan euron", None),
    ],
)
def test_millions_in_words_are_told_with_their_number_or_not_at_all(told: str, euros: int | None) -> None:
    assert main_amount("", f"Hyvinvointialue myönsi järjestöille avustuksia yhteensä {told}.") == euros


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Aluehallitus myönsi avustuksia: Sydänpiiri ry 20 000 euroa, Omaishoitajat ry 15 000 euroa.", None),
        ("Bidrag beviljades: Folkhälsan rf 20 000 euro, Hjärtföreningen rf 15 000 euro.", None),
        ("Aluehallitus myönsi avustuksia yhteensä 35 000 euroa: Sydänpiiri ry 20 000 euroa, Omaishoitajat ry 15 000 euroa.", 35_000),
    ],
)  # fmt: skip
def test_what_each_of_a_list_gets_is_not_the_sum(text: str, euros: int | None) -> None:
    assert main_amount("Avustukset", text) == euros
