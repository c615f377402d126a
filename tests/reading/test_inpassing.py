"""Types of grants that are only named to say that they are not meant, or who had them."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.reading import read
from aluevahti.reading.grants import find_grant_types

SAVED = dt.date(2026, 2, 2)


@pytest.mark.parametrize(
    ("text", "grant_type"),
    [
        ("Toisin kuin kerta-avustuksia, toiminta-avustuksia haetaan 2.3.–31.3.2026.", "toiminta-avustus"),
        ("Toisin kuin kerta- ja tila-avustuksia, toiminta-avustuksia haetaan 2.3.–31.3.2026.", "toiminta-avustus"),
        ("Kerta-avustuksista poiketen toiminta-avustuksia haetaan 2.3.–31.3.2026.", "toiminta-avustus"),
        ("Toiminta-avustusten hakuaika on 2.3.–31.3.2026 (kumppanuusavustuksia ei jaeta).", "toiminta-avustus"),
        ("Hakuaika on 2.3.–31.3.2026 lukuun ottamatta kerta-avustuksia.", None),
        ("Avustuksia (pl. kumppanuusavustus) voi hakea 2.3.–31.3.2026.", None),
        ("Yhdistys, joka on saanut kumppanuusavustusta, ei voi hakea. Hakuaika on 2.3.–31.3.2026.", None),
        ("Kumppanuusavustusten saajat eivät voi hakea toiminta-avustusta, jonka hakuaika on 2.3.–31.3.2026.", "toiminta-avustus"),
        ("Toiminta-avustusta hakevat yhdistykset, jotka eivät saa kumppanuusavustusta, 2.3.–31.3.2026.", "toiminta-avustus"),
        ("Aiemman toiminta-avustuksen tilalle tulee yleisavustus, jota haetaan 2.3.–31.3.2026.", "yleisavustus"),
        ("Yleisavustus korvaa toiminta-avustuksen. Haku on 2.3.–31.3.2026.", "yleisavustus"),
        ("Med undantag av engångsbidrag kan verksamhetsbidrag sökas 2.3–31.3.2026.", "toiminta-avustus"),
        ("Föreningar som inte har fått partnerskapsbidrag kan söka verksamhetsbidrag 2.3–31.3.2026.", "toiminta-avustus"),
        ("Hän on toiminta-avustusta saanut. Kumppanuusavustusta haetaan 2.3.–31.3.2026.", "kumppanuusavustus"),
    ],
)  # fmt: skip
def test_a_type_named_in_passing_is_not_that_of_the_window(text: str, grant_type: str | None) -> None:
    (window,) = read("Järjestöjen avustukset", text, region="kainuu", published_on=SAVED).windows

    assert (window.grant_type, window.types) == (grant_type, ())


def test_a_type_that_more_is_told_of_is_meant() -> None:
    text = "Toiminta-avustuksia haetaan nyt lukuun ottamatta kerta-avustuksia, joita haetaan ympäri vuoden."

    assert find_grant_types(text) == ("toiminta-avustus", "kerta-avustus")


def test_a_document_is_not_about_a_type_that_it_excepts() -> None:
    assert find_grant_types("Toiminta-avustusten haku ei koske kumppanuusavustuksia.") == ("toiminta-avustus",)
    assert find_grant_types("Toiminta-avustusta saaneet yhdistykset raportoivat.") == ("toiminta-avustus",)
