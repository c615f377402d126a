"""Noise is masked; whatever a digest lives by is not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.text.stable import normalise_title, stable
from aluevahti.text.tidy import tidy

NOISE = [
    ("Kello on nyt 12.31", "Kello on nyt 12.32"),
    ("Sivu luotu 2.3.2026 12:31:05", "Sivu luotu 3.3.2026 00:00:59"),
    ("Palvelimen aika 12:31:05", "Palvelimen aika 7:00:00"),
    ("Päivitetty 2.3.2026 klo 9.37", "Päivitetty 14.3.2026 klo 19.37"),
    ("Päivitetty: 2.3.2026", "Päivitetty: 14.3.2026"),
    ("Tiedote 5.1.2023 klo 15.56 (Muokattu: 12.1.2023 klo 14.47)", "Tiedote 5.1.2023 klo 15.56 (Muokattu: 13.1.2023 klo 8.00)"),
    ("Julkaistu 1.3.2026, muokattu 2.3.2026 9.37", "Julkaistu 1.3.2026, muokattu 4.3.2026 9.37"),
    ("Sivua viimeksi päivitetty 2.3.2026 9:37", "Sivua viimeksi päivitetty 2.4.2026 9:37"),
    ("Tulostettu 02.03.2026 09:37", "Tulostettu 03.03.2026 10:00"),
    ("Viimeksi päivitetty | 2.3.2026 klo 9.37", "Viimeksi päivitetty | 5.3.2026 klo 9.37"),
    ("Viimeksi muokattu\n2.3.2026 klo 9.37", "Viimeksi muokattu\n3.3.2026 klo 9.37"),
    ("Senast uppdaterad 2.3.2026 kl. 9.37", "Senast uppdaterad 4.3.2026 kl. 9.37"),
    ("Uppdaterad 2026-03-02", "Uppdaterad 2026-03-04"),
    ("Senast ändrad: 2.3.2026", "Senast ändrad: 4.3.2026"),
    ("Last updated on 2.3.2026 12:00", "Last updated on 4.3.2026 12:00"),
    ("Sivua katsottu 1 234 kertaa", "Sivua katsottu 1 235 kertaa"),
    ("Tämä uutinen on luettu 9 kertaa", "Tämä uutinen on luettu 10 kertaa"),
    ("Kävijöitä tänään: 99", "Kävijöitä tänään: 1 100"),
    ("Sivu luotu 2.3.2026 klo 9.05.05. Kävijöitä 17.", "Sivu luotu 2.3.2026 klo 9.06.06. Kävijöitä 34."),
    ("Sivustolla on nyt 12 kävijää", "Sivustolla on nyt 3 kävijää"),
    ("123 visningar", "124 visningar"),
    ("Sidan har visats 123 gånger", "Sidan har visats 5 gånger"),
    ("Katselukerrat: 17", "Katselukerrat: 18"),
    ("Julkaistu 5 minuuttia sitten", "Julkaistu 2 tuntia sitten"),
    ("5 min sedan", "för 2 timmar sedan"),
    ("© 2025", "© 2026"),
    ("© Esimerkin hyvinvointialue 2022–2025", "© Esimerkin hyvinvointialue 2022–2026"),
    ("Copyright © 2025. Kaikki oikeudet pidätetään.", "Copyright © 2026. Kaikki oikeudet pidätetään."),
    ("Jonotusaika nyt noin 12 min", "Jonotusaika nyt noin 3 min"),
    ("Lämpötila −3,5 °C", "Lämpötila 12 °C"),
    ("Istunto jsessionid=0A1B2C3D4E", "Istunto jsessionid=FFFF0000AAAA"),
    ("tunnus 3f2a9c01d4e5b6a7", "tunnus 9c01d4e5b6a73f2b"),
    ("6f1e0c2a-1111-4222-8333-944445555666", "6f1e0c2a-1111-4222-8333-944445555667"),
    ("form-Zk3xQw9LmN2pRt5vYb8cDf1g", "form-Ab3xQw9LmN2pRt5vYb8cDf2h"),
    ("Haku 2.–31.3. – ”hae nyt”, ’heti’", "Haku 2.-31.3. - \"hae nyt\", 'heti'"),
    ("Luotu 1772438400", "Luotu 1772438461"),
    ("Luotu 1772438400123", "Luotu 1772438461456"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), NOISE)
def test_what_moves_by_itself_is_masked(before: str, after: str) -> None:
    assert stable(before) == stable(after)
    assert stable(f"Otsikko\n{before}\nLoppu") == stable(f"Otsikko\n{after}\nLoppu")


NEWS = [
    ("Haku päättyy 30.4.2026 klo 16.00.", "Haku päättyy 30.4.2026 klo 15.00."),
    ("Haku on auki 1.4.–30.4.2026 klo 16.00 asti", "Haku on auki 1.4.–15.5.2026 klo 16.00 asti"),
    ("Määräaika 30.4.2026 klo 23:59:59", "Määräaika 30.4.2026 klo 16:00:00"),
    ("viimeistään 30.4.2026 16:00:00 mennessä", "viimeistään 30.4.2026 12:00:00 mennessä"),
    ("Avoinna 08:00:00–16:00:00", "Avoinna 08:00:00–15:00:00"),
    ("Päätetty 2.3.2026", "Päätetty 3.3.2026"),
    ("Julkaistu 2.3.2026 9.37", "Julkaistu 3.3.2026 9.37"),
    ("Hakuohje päivitetty 2.3.2026", "Hakuohje päivitetty 3.3.2026"),
    ("Päivitetty hakuaika 1.4.2026–30.4.2026", "Päivitetty hakuaika 1.4.2026–15.5.2026"),
    ("Päivitetty: 1.4.2026–30.4.2026", "Päivitetty: 1.4.2026–15.5.2026"),
    ("§ 12 Avustukset", "§ 13 Avustukset"),
    ("Myönnetään 1 500 000 000 euroa", "Myönnetään 1 600 000 000 euroa"),
    ("Myönnetään 1500000000 euroa", "Myönnetään 1600000000 euroa"),
    ("Summa 1772438400,50 €", "Summa 1772438461,50 €"),
    ("Avustusta haki 1 234 yhdistystä", "Avustusta haki 1 235 yhdistystä"),
    ("Avustusta voi hakea kaksi kertaa vuodessa, 1 000 € kerralla", "Avustusta voi hakea kaksi kertaa vuodessa, 2 000 € kerralla"),
    ("Kello on 16.00 mennessä", "Kello on 15.00 mennessä"),
    ("Puhelin 040 1234567", "Puhelin 040 1234568"),
    ("Soita +3581600000000", "Soita +3581600000001"),
    ("Tili FI21 1234 5600 0007 85", "Tili FI21 1234 5600 0007 86"),
    ("Tili FI2112345600000785", "Tili FI2112345600000786"),
    ("IUHVADno-2023-3159", "IUHVADno-2023-3160"),
    ("VATE/1234/02.05.01.00/2026", "VATE/1235/02.05.01.00/2026"),
    ("https://link.webropol.com/s/jarjestoavustus2026", "https://link.webropol.com/s/jarjestoavustus2027"),
    ("Tapahtumassa kävi 300 kävijää, avustus 500 €", "Tapahtumassa kävi 400 kävijää, avustus 500 €"),
    ("Vuosi 2026 jaetaan kahdesti", "Vuosi 2027 jaetaan kahdesti"),
    ("Avustus 2 tuntia", "Avustus 3 tuntia"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), NEWS)
def test_what_a_person_changed_is_never_masked(before: str, after: str) -> None:
    assert stable(before) != stable(after)


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
CLOCKS = st.times().map(lambda time: time.replace(microsecond=0))
FACTS = st.one_of(
    st.tuples(DAYS, DAYS).map(
        lambda d: f"Haku on avoinna {d[0].day}.{d[0].month}.–{d[1].day}.{d[1].month}.{d[1].year}"
    ),
    st.tuples(DAYS, CLOCKS).map(lambda d: f"Haku päättyy {d[0].day}.{d[0].month}.{d[0].year} klo {d[1]:%H.%M}"),
    st.tuples(DAYS, CLOCKS).map(lambda d: f"Ansökan senast den {d[0].day}.{d[0].month}.{d[0].year} kl. {d[1]:%H:%M}"),
    st.tuples(DAYS, CLOCKS).map(lambda d: f"hakemus viimeistään {d[0]:%d.%m.%Y} klo {d[1]:%H:%M:%S}"),
    DAYS.map(lambda d: f"Aluehallitus {d.day}.{d.month}.{d.year}"),
    DAYS.map(lambda d: f"Kokous {d.isoformat()}"),
    DAYS.map(lambda d: f"{d.day}.{d.month}.{d.year}"),
    st.integers(1, 10**10).map(lambda n: f"Myönnetään {n:,} euroa".replace(",", " ")),
    st.integers(1, 10**10).map(lambda n: f"{n} €"),
    st.integers(1, 999).map(lambda n: f"§ {n} Järjestöavustukset"),
    st.integers(1, 999).map(lambda n: f"{n} § Järjestöavustukset"),
    st.integers(2015, 2040).map(lambda n: f"Avustukset vuodelle {n}"),
    st.tuples(st.integers(2020, 2030), st.integers(1, 99999)).map(lambda n: f"KEUHDno-{n[0]}-{n[1]}"),
)


@given(st.lists(FACTS, min_size=1, max_size=6))
def test_dates_sums_sections_windows_and_deadlines_stand_as_they_were(facts: list[str]) -> None:
    text = "\n".join(facts)

    assert stable(text) == text.replace("–", "-")


@given(st.lists(FACTS, max_size=4), st.lists(FACTS, max_size=4), st.sampled_from(NOISE))
def test_noise_is_masked_among_facts_and_facts_stand_among_noise(
    before: list[str], after: list[str], noise: tuple[str, str]
) -> None:
    one, two = ("\n".join([*before, each, *after]) for each in noise)

    assert stable(one) == stable(two)
    assert all(fact.replace("–", "-") in stable(one).split("\n") for fact in [*before, *after])


@given(
    st.text(max_size=300) | st.lists(FACTS | st.sampled_from([line for pair in NOISE for line in pair])).map("\n".join)
)
def test_a_stable_text_is_stable(text: str) -> None:
    assert stable(stable(text)) == stable(text)


def test_whitespace_is_folded_and_lines_keep_their_order() -> None:
    assert stable("  b \u00a0 c\r\n\n\n a\t\u200bd ") == "b c\na d"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Järjestöavustukset 2026", "JÄRJESTÖAVUSTUKSET  2026."),
        ("Aluehallitus 13.1.2026 - pöytäkirja", "Aluehallitus 13.1.2026 – Pöytäkirja"),
        ("§ 12 Avustukset", "Avustukset"),
        ("12 § Avustukset", "§ 13: Avustukset"),
        ("5. / 16 § Avustukset", "Avustukset"),
        ("”Avoimet ovet” -avustus", '"Avoimet ovet" -avustus'),
        ("Etelä‑Pohjanmaan avustukset", "Etelä-Pohjanmaan avustukset"),
    ],
)
def test_a_respelt_title_is_the_same_title(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aluehallitus 13.1.2026 pöytäkirja", "Aluehallitus 13.1.2026 esityslista"),
        ("Avustukset 2025", "Avustukset 2026"),
        ("Aluehallitus 1.1.2026", "Aluehallitus 11.1.2026"),
    ],
)
def test_another_title_is_another_title(one: str, other: str) -> None:
    assert normalise_title(one) != normalise_title(other)


@given(st.text(max_size=80))
def test_a_normalised_title_stays_as_it_is_and_is_never_lost(title: str) -> None:
    normal = normalise_title(title)

    assert bool(normal) >= bool(tidy(title)) or not tidy(title)
    assert normal == " ".join(normal.split())


@given(st.text(max_size=200))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_tidy_text_has_no_invisible_characters() -> None:
    assert tidy("Hyvin\u00advointi\u200balue\ufeff \u202eA\u0308\x00\ud800") == "Hyvinvointialue Ä\ufffd"
