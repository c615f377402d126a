"""Our matters among the others that news of a meeting tell of."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.reading import read

DAY = dt.date(2025, 5, 20)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Aluehallitus 19.5.2025: päätöksiä",
            "Kainuun aluehallitus päätti mm. seuraavista asioista: lääkäripalvelujen hankinta, kotihoidon palveluseteli, järjestöavustusten myöntämisperiaatteet ja johtavien viranhaltijoiden sijaisuudet.",
        ),
        (
            "Aluehallituksen kokous 19.5.",
            "Kainuun aluehallitus päätti muun muassa:\n- kotihoidon palvelusetelin arvosta\n- järjestöavustusten jakamisesta\n- kiinteistöjen myynnistä",
        ),
        (
            "Kainuun aluevaltuusto: tilinpäätös, palveluverkko ja osallisuusohjelma",
            "Aluevaltuusto hyväksyi vuoden 2024 tilinpäätöksen. Palveluverkosta keskusteltiin pitkään. Osallisuusohjelma hyväksyttiin yksimielisesti.",
        ),
        (
            "Aluevaltuustossa 26.5. henkilöstöohjelma ja hyvinvointisuunnitelma",
            "Kainuun aluevaltuusto kokoontuu maanantaina. Aluevaltuusto käsittelee henkilöstöohjelmaa ja alueellista hyvinvointisuunnitelmaa.",
        ),
        (
            "Välfärdsområdesstyrelsens beslut 19.5.2025",
            "Österbottens välfärdsområdesstyrelse beslutade bland annat om upphandlingen av läkartjänster, servicesedelns värde och principerna för organisationsbidrag.",
        ),
    ],
)
def test_a_matter_that_is_followed_is_news_among_whatever_others(title: str, text: str) -> None:
    assert read(title, text, published_on=DAY).is_relevant


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Aluehallitus 19.5.2025: päätöksiä",
            "Kainuun aluehallitus päätti lääkäripalvelujen hankinnasta ja kotihoidon palvelusetelin arvosta.",
        ),
        (
            "Aluevaltuusto hyväksyi palveluverkon",
            "Kainuun aluevaltuusto hyväksyi palveluverkon hyvinvointisuunnitelman mukaisesti.",
        ),
        (
            "Näin äänestät aluevaaleissa",
            "Kainuun hyvinvointialueen valtuutetut päättävät esimerkiksi palvelustrategiasta ja talousarviosta. Äänestyspaikat ovat auki 9–20.",
        ),
    ],
)
def test_a_matter_that_is_only_mentioned_is_none(title: str, text: str) -> None:
    assert not read(title, text, published_on=DAY).is_relevant
