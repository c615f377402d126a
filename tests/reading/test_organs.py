"""Names of decision-making bodies in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.reading.organs import find_organs, full_name, organ_line


def _names(text: str) -> list[str]:
    return [organ.name for organ in find_organs(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Aluehallitus päätti asiasta.", ["aluehallitus"]),
        ("Lapin hyvinvointi- ja yhdyspintalautakunta jakoi avustukset.", ["hyvinvointi- ja yhdyspintalautakunta"]),
        ("Kehittäminen ja yhteistyö -lautakunta kokoontui.", ["kehittäminen ja yhteistyö -lautakunta"]),
        (
            "Varhan aluehallituksen alainen hyvinvoinnin ja terveyden edistämisen jaosto ratkaisi asian.",
            ["aluehallitus", "hyvinvoinnin ja terveyden edistämisen jaosto"],
        ),
        (
            "Kulttuuri- ja vapaa-aikalautakunnan nuorisojaosto",
            ["kulttuuri- ja vapaa-aikalautakunnan nuorisojaosto"],
        ),
        (
            "Kultur- och fritidsnämndens ungdomssektion",
            ["kultur- och fritidsnämndens ungdomssektion"],
        ),
        ("Stadsstyrelsens koncernsektion beviljade bidragen.", ["stadsstyrelsens koncernsektion"]),
        (
            "Pohteen hyvinvoinnin ja osallisuuden edistämisen lautakunta jakoi rahat.",
            ["hyvinvoinnin ja osallisuuden edistämisen lautakunta"],
        ),
        (
            "Kainuun hyvinvointialueen Hyvinvoinnin ja terveyden edistämisen jaosto päätti.",
            ["hyvinvoinnin ja terveyden edistämisen jaosto"],
        ),
        ("Tiedote: Oma Hämeen hyvinvoinnin lautakunta päätti.", ["hyvinvoinnin lautakunta"]),
        ("Hakemukset käsitellään lautakunnassa.", ["lautakunta"]),
        ("Pisteytettiin aluehallituksen ohjeen mukaan.", ["aluehallitus"]),
        ("Sosiaali-, terveys- ja pelastuslautakunta", ["sosiaali-, terveys- ja pelastuslautakunta"]),
        ("Helsingin kaupunginhallitus päätti.", ["kaupunginhallitus"]),
        ("Östra Nylands nämnd för samverkan fördelade bidragen.", ["nämnden för samverkan"]),
        ("Valtuutetut hyväksyivät strategian.", ["valtuusto"]),
        ("Hallituksen esitys eduskunnalle.", []),
        ("Yhdistyksen hallitus valitsi rahastonhoitajan.", []),
        ("Det godkändes av nämnden för samverkan tisdagen den 2 februari.", ["nämnden för samverkan"]),
        ("Nämnden för utveckling och samarbete beviljade bidrag.", ["nämnden för utveckling och samarbete"]),
        ("Om bidragen beslutar nämnden för samverkan och kultur i december.", ["nämnden för samverkan och kultur"]),
        ("Ärendet går till nämnden för samverkan senast i maj.", ["nämnden för samverkan"]),
        (
            "Sektionen för främjande av hälsa inom Österbottens välfärdsområde beviljade bidrag.",
            ["sektionen för främjande av hälsa"],
        ),
        ("Välfärds- och framtidsnämnden beslutar.", ["välfärds- och framtidsnämnden"]),
        ("Välfärdsområdesfullmäktige antog planen.", ["välfärdsområdesfullmäktige"]),
        (
            "Sektionen för främjande av välbefinnande och hälsa samt kontaktytor fattar beslut.",
            ["sektionen för främjande av välbefinnande och hälsa samt kontaktytor"],
        ),
        ("Socialstyrelsen delar ut statsbidrag i hela området.", []),
    ],
)
def test_bodies_are_found_by_their_full_names(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize("form", ["lautakunnan", "lautakunnassa", "lautakunnalle", "lautakuntaan", "lautakunnasta"])
def test_a_body_in_another_case_than_the_nominative_does_not_act(form: str) -> None:
    (organ,) = find_organs(f"Asia vietiin hyvinvointi- ja yhdyspinta{form} syksyllä.")

    assert organ.name == "hyvinvointi- ja yhdyspintalautakunta"
    assert not organ.subject


def test_a_whole_line_is_a_body_or_not() -> None:
    assert organ_line("Keski-Pohjanmaan aluehallitus") == "aluehallitus"
    assert organ_line("Tulevaisuus- ja kehittämislautakunta") == "tulevaisuus- ja kehittämislautakunta"
    assert organ_line("Uuden lautakunnan tehtävät") is None
    assert organ_line("Aluehallitus päätti avustuksista") is None


def test_a_body_named_by_its_kind_takes_the_name_told_elsewhere() -> None:
    (bare,) = find_organs("Lautakunta jakoi avustukset.")

    assert full_name(bare, ["aluehallitus", "asiakas- ja osallisuuslautakunta"], of_a_region=True) == (
        "asiakas- ja osallisuuslautakunta"
    )
    assert full_name(bare, [], of_a_region=True) == "lautakunta"


def test_the_council_of_a_region_has_its_own_name() -> None:
    (council,) = find_organs("Valtuusto hyväksyi strategian.")

    assert full_name(council, [], of_a_region=True) == "aluevaltuusto"
    assert full_name(council, [], of_a_region=False) == "valtuusto"


@given(st.text(alphabet="abjklnostuvåäö -,.LV\n", max_size=200))
def test_names_lie_in_the_text_in_order(text: str) -> None:
    organs = find_organs(text)

    assert all(0 <= o.start < o.end <= len(text) for o in organs)
    assert [o.start for o in organs] == sorted(o.start for o in organs)
