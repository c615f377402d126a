"""What documents say of their region's status: only what is settled, each with its quote."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import Json, StatusFact
from aluevahti.reading import read

PUBLISHED = dt.date(2025, 9, 10)


def _news(title: str, text: str) -> dict[str, StatusFact]:
    return {f.field: f for f in read(title, text, region="pirkanmaa", published_on=PUBLISHED).facts}


def _minutes(title: str, text: str, organ: str = "Aluehallitus") -> dict[str, StatusFact]:
    reading = read(title, f"{organ}, kokous 8.9.2025\n§ 4\n{text}", region="pirkanmaa")
    return {f.field: f for f in reading.facts}


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        (
            "Aluevaltuusto hyväksyi 8.9.2025 hyvinvointialuestrategian.",
            "strategy",
            {"status": "approved", "approved_by": "aluevaltuusto", "approved_on": "2025-09-08"},
        ),
        (
            "Aluevaltuusto hyväksyi 8.9.2025 palvelustrategian.",
            "service_strategy",
            {"status": "approved", "approved_on": "2025-09-08"},
        ),
        (
            "Aluevaltuusto hyväksyi 8.9.2025 osallisuusohjelman.",
            "participation_programme",
            {"status": "approved", "approved_on": "2025-09-08", "by": "aluevaltuusto"},
        ),
        (
            "Aluevaltuusto hyväksyi 8.9.2025 alueellisen hyvinvointisuunnitelman vuosille 2026–2029.",
            "wellbeing_plan",
            {"status": "approved", "approved_on": "2025-09-08", "by": "aluevaltuusto", "period": "2026-2029"},
        ),
        (
            "Aluehallitus asetti 8.9.2025 järjestöneuvottelukunnan.",
            "ngo_body",
            {"name": "järjestöneuvottelukunta", "status": "exists"},
        ),
        (
            "Aluehallitus hyväksyi 8.9.2025 järjestöavustusten periaatteet.",
            "grant_model",
            {
                "status": "approved",
                "decisions": [{"what": "järjestöavustusten periaatteet", "by": "aluehallitus", "on": "2025-09-08"}],
            },
        ),
    ],
)
def test_a_decision_settles_its_field(sentence: str, field: str, value: Json) -> None:
    fact = _news("Päätöksiä", sentence)[field]

    assert fact.value == value
    assert fact.sure
    assert fact.quote == sentence
    assert fact.as_of == dt.date(2025, 9, 8)


@pytest.mark.parametrize(
    "text",
    [
        "Aluevaltuusto hyväksyy strategian 20.9.2025.",
        "Aluehallitus lähetti 8.9.2025 strategian aluevaltuuston käsittelyyn.",
        "Aluehallitus päätti 8.9.2025 osallisuusohjelman luonnoksesta.",
        "Aluevaltuusto kävi 8.9.2025 lähetekeskustelun strategiasta.",
        "Lautakunta antoi 8.9.2025 lausunnon strategialuonnoksesta.",
        "Aluevaltuusto merkitsi 8.9.2025 strategian seurannan tiedoksi.",
    ],
)
def test_what_is_not_settled_is_no_fact(text: str) -> None:
    facts = _news("Strategia ja osallisuusohjelma", text)

    assert not {"strategy", "participation_programme"} & set(facts)


def test_an_agenda_settles_nothing() -> None:
    text = "Aluevaltuusto\nEsityslista 8.9.2025/Asianro 4\nPäätösehdotus\nAluevaltuusto hyväksyy strategian."

    assert read("Hyvinvointialuestrategia", text, region="lappi").facts == ()


def test_a_board_that_passes_a_strategy_on_has_not_approved_it() -> None:
    text = "Ehdotus\nAluehallitus esittää aluevaltuustolle, että se hyväksyy strategian.\nPäätös\nHyväksyttiin."

    assert "strategy" not in _minutes("§ 4 Hyvinvointialuestrategia", text)


def test_a_strategy_approved_by_another_body_than_the_council_is_doubted() -> None:
    fact = _minutes("§ 4 Hyvinvointialuestrategia", "Päätös\nAluehallitus hyväksyi strategian.")["strategy"]

    assert not fact.sure
    assert fact.doubt is not None
    assert "council" in fact.doubt


def test_a_council_item_settles_its_plan() -> None:
    text = "Ehdotus\nAluevaltuusto hyväksyy suunnitelman.\nPäätös\nHyväksyttiin yksimielisesti."
    fact = _minutes("§ 4 Alueellinen hyvinvointisuunnitelma 2026-2029", text, "Aluevaltuusto")["wellbeing_plan"]

    assert fact.value == {
        "status": "approved", "approved_on": "2025-09-08", "by": "aluevaltuusto", "period": "2026-2029",
    }  # fmt: skip
    assert fact.sure


def test_a_grant_model_sent_back_is_proposed_as_postponed() -> None:
    fact = _minutes("§ 4 Järjestöavustusmalli", "Päätös\nAsia palautettiin uudelleen valmisteltavaksi.")["grant_model"]

    assert fact.value == {"status": "postponed"}
    assert not fact.sure


def test_a_sentence_may_settle_one_matter_and_pass_another_on() -> None:
    text = (
        "Aluehallitus hyväksyi 8.9.2025 järjestöavustusten periaatteet, ja hyvinvointisuunnitelma lähti "
        "aluevaltuuston käsittelyyn."
    )

    assert set(_news("Päätöksiä", text)) == {"grant_model"}


def test_an_undated_decision_is_doubted() -> None:
    reading = read("Strategia", "Pirkanmaan aluevaltuusto hyväksyi hyvinvointialuestrategian.", region="pirkanmaa")
    (fact,) = reading.facts

    assert not fact.sure


def test_money_set_aside_and_money_given_are_two_fields() -> None:
    call = _news(
        "Järjestöavustukset haettavina",
        "Järjestöavustuksiin on varattu talousarviossa 850 000 euroa. Haku on auki 15.9.–15.10.2025.",
    )
    result = _news(
        "Järjestöavustukset myönnetty", "Aluehallitus myönsi 8.9.2025 järjestöille avustuksia yhteensä 640 000 euroa."
    )

    assert (call["grant_total_eur"].value, call["grant_total_eur"].sure) == (850_000, True)
    assert "grant_granted_eur" not in call
    assert (result["grant_granted_eur"].value, result["grant_granted_eur"].sure) == (640_000, True)


def test_a_sum_for_one_type_of_grant_is_doubted() -> None:
    facts = _news(
        "Toiminta-avustukset myönnetty", "Aluehallitus myönsi 8.9.2025 toiminta-avustuksia yhteensä 310 000 euroa."
    )

    assert not facts["grant_granted_eur"].sure


def test_a_call_tells_the_types_that_are_granted() -> None:
    facts = _news(
        "Järjestöavustusten haku auki", "Toiminta-avustusta ja kumppanuusavustusta voi hakea 15.9.–15.10.2025."
    )

    assert facts["grant_types"].value == ["toiminta-avustus", "kumppanuusavustus"]
    assert "Toiminta-avustusta" in facts["grant_types"].quote


def test_manner_of_granting_is_read() -> None:
    facts = _news(
        "Järjestöavustusten haku auki",
        "Avustusta voi hakea 15.9.–15.10.2025. Hakemukset pisteytetään. Kumppanuusavustus edellyttää muuta rahoitusta.",
    )

    assert facts["scoring_used"].value is True
    assert facts["partnership_needs_other_funding"].value is True


def test_tasks_that_the_rules_give_a_body_are_read_from_minutes() -> None:
    text = (
        "Perustelut\nHallintosäännön 59 §:n mukaan lautakunta hyväksyy avustusten periaatteet ja vastaa niiden "
        "myöntämisestä.\nPäätös\nMerkittiin tiedoksi."
    )
    fact = _minutes("§ 4 Järjestöavustukset", text, "Tulevaisuus- ja kehittämislautakunta")["organs"]

    assert fact.value == [
        {
            "name": "tulevaisuus- ja kehittämislautakunta",
            "kind": "lautakunta",
            "roles": ["grants_principles", "grants_decides"],
        }
    ]


def test_a_document_of_no_region_says_nothing_of_a_status() -> None:
    text = "Hyvinvointialueen aluevaltuusto hyväksyi 8.9.2025 hyvinvointialuestrategian."

    assert read("Strategia", text, published_on=PUBLISHED).facts == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (
            "Hyvinvointialuestrategia vuosille 2026–2029 on hyväksytty. Aluevaltuusto teki päätöksen kokouksessaan 8.9.2025.",
            "strategy",
        ),
        (
            "Järjestöavustusten uudet periaatteet on hyväksytty. Aluehallitus päätti niistä kokouksessaan maanantaina 8.9.2025.",
            "grant_model",
        ),
        (
            "Aluevaltuusto hyväksyi 8.9. Pirkanmaan hyvinvointialueen palvelustrategian vuosille 2026–2029.",
            "service_strategy",
        ),
    ],
)
def test_a_decision_told_in_two_sentences_is_one(text: str, field: str) -> None:
    found = _news("Uutisia kokouksesta: strategia ja avustusperiaatteet", text)

    assert found[field].value["status"] == "approved"
    assert found[field].as_of == dt.date(2025, 9, 8)
    assert found[field].sure


def test_who_decided_something_else_settles_nothing_that_was_told_before() -> None:
    text = "Strategian luonnos on valmis. Aluevaltuusto teki päätöksen talousarviosta 8.9.2025."

    assert "strategy" not in _news("Aluevaltuuston kokous", text)


def test_money_that_an_agenda_proposes_is_not_set_aside_before_it_is_decided() -> None:
    title = "Järjestöavustusten määräraha vuodelle 2026"
    proposed = "Päätösehdotus\nAluehallitus päättää varata järjestöavustuksiin 480 000 euroa vuodelle 2026."

    assert _minutes(title, proposed) == {}
    assert _minutes(title, f"{proposed}\nPäätös\nHyväksyttiin.")["grant_total_eur"].value == 480000


def test_each_type_is_proved_by_the_sentences_that_name_it() -> None:
    text = "Toiminta- ja kerta-avustuksia myönnetään järjestöille.\nKerta- ja kohdeavustukset ovat haettavana 1.10.–31.10.2025."
    reading = read("Kumppanuusavustukset", text, region="pirkanmaa", published_on=PUBLISHED)

    assert {fact.quote: fact.value for fact in reading.facts} == {
        "Toiminta- ja kerta-avustuksia myönnetään järjestöille.": ["toiminta-avustus", "kerta-avustus"],
        "Kerta- ja kohdeavustukset ovat haettavana 1.10.–31.10.2025.": ["kerta-avustus", "kohdeavustus"],
        "Kumppanuusavustukset": ["kumppanuusavustus"],
    }


def test_a_type_is_proved_by_the_sentence_that_names_the_grant() -> None:
    found = _news(
        "Järjestöjen avustukset",
        "Avustusta voi saada rekisteröity yhdistys, jonka toiminta on yleishyödyllistä.\n"
        "Toiminta- ja kerta-avustukset ovat haettavana 1.10.–31.10.2025.",
    )

    assert found["grant_types"].quote.startswith("Toiminta- ja kerta-avustukset")


@pytest.mark.parametrize(
    ("organ", "proposed", "decided", "field", "value", "sure"),
    [
        ("Aluevaltuusto", "Aluehallitus esittää aluevaltuustolle, että se hyväksyy osallisuusohjelman.", "Aluevaltuusto hyväksyi aluehallituksen ehdotuksen.",
         "participation_programme", {"status": "approved", "approved_on": "2026-03-30", "by": "aluevaltuusto"}, True),
        ("Aluevaltuusto", "Järjestöavustuksiin varataan 400 000 euroa.", "Aluevaltuusto päätti korottaa järjestöavustusten määrärahan 500 000 euroon.",
         "grant_total_eur", 500000, True),
        ("Aluehallitus", "Aluehallitus esittää aluevaltuustolle, että järjestöavustusten määräraha on 400 000 euroa.", "Hyväksyttiin.",
         "grant_total_eur", 400000, False),
    ],
)  # fmt: skip
def test_the_decision_of_the_body_that_decides_makes_the_status(
    organ: str, proposed: str, decided: str, field: str, value: object, sure: bool
) -> None:
    titles = {
        "participation_programme": "Osallisuusohjelman hyväksyminen",
        "grant_total_eur": "Järjestöavustusten määräraha",
    }
    text = f"{organ} 30.3.2026 § 4\nPäätösehdotus\n{proposed}\nPäätös\n{decided}"

    facts = read(titles[field], text, region="pirkanmaa").facts

    assert [(fact.value, fact.sure) for fact in facts if fact.field == field] == [(value, sure)]


@pytest.mark.parametrize(
    ("decided", "field", "sure"),
    [
        ("Aluevaltuusto hyväksyi 30.3.2026 hyvinvointikertomuksen vuodelta 2025.", "wellbeing_plan", False),
        ("Aluevaltuusto hyväksyi 30.3.2026 hyvinvointikertomuksen ja -suunnitelman.", "wellbeing_plan", True),
        ("Aluevaltuusto hyväksyi 30.3.2026 hyvinvointialuestrategian päivitysprosessin.", "strategy", None),
    ],
)
def test_a_report_is_not_for_sure_the_plan_and_a_process_no_strategy(
    decided: str, field: str, sure: bool | None
) -> None:
    facts = read("Aluevaltuuston päätöksiä", decided, region="lappi").facts

    assert [fact.sure for fact in facts if fact.field == field] == ([] if sure is None else [sure])


def test_what_a_municipality_announces_on_a_regions_site_is_not_told_for_sure() -> None:
    text = "Kajaanin kaupunki avaa järjestöavustusten haun. Hakuaika on 1.4.–30.4.2026."

    assert [w.sure for w in read("Kajaanin kaupungin avustukset", text, region="kainuu").windows] == [False]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        (
            "Aluehallitus päätti 8.9.2025 lakkauttaa järjestöneuvottelukunnan.",
            {"name": "järjestöneuvottelukunta", "status": "abolished"},
        ),
        (
            "Välfärdsområdesstyrelsen beslutade den 8 september 2025 att lägga ner organisationsdelegationen.",
            {"name": "organisationsdelegationen", "status": "abolished"},
        ),
        (
            "Aluehallitus päätti 8.9.2025 muuttaa järjestöneuvottelukunnan nimen kumppanuuspöydäksi.",
            {"name": "kumppanuuspöytä", "status": "exists"},
        ),
        (
            "Aluehallitus päätti 8.9.2025 korvata järjestöraadin järjestöneuvostolla.",
            {"name": "järjestöneuvosto", "status": "exists"},
        ),
        (
            "Aluehallitus päätti 8.9.2025 lakkauttaa järjestöneuvottelukunnan ja perustaa kumppanuuspöydän.",
            {"name": "kumppanuuspöytä", "status": "exists"},
        ),
    ],
)
def test_a_body_for_cooperation_may_end_or_get_another_name(sentence: str, value: Json) -> None:
    fact = _news("Päätöksiä", sentence)["ngo_body"]

    assert fact.value == value
    assert fact.sure


@pytest.mark.parametrize(
    "sentence",
    [
        "Aluehallitus päätti 8.9.2025, että järjestöneuvottelukuntaa ei lakkauteta.",
        "Aluehallitus päätti 8.9.2025 lakkauttaa osallisuusjaoston, ja järjestöneuvottelukunta kokoontuu syksyllä.",
        "Aluehallitus hylkäsi 8.9.2025 ehdotuksen lakkauttaa järjestöneuvottelukunta.",
        "Aluehallitus päätti 8.9.2025 lakkauttaa järjestöraadin työvaliokunnan.",
        "Aluehallitus päätti 8.9.2025 selvittää mahdollisuutta lakkauttaa järjestöraati.",
        "Aluehallitus päätti 8.9.2025 esittää aluevaltuustolle, että järjestöraati lakkautetaan.",
        "Välfärdsområdesstyrelsen beslutade den 8 september 2025 att inte lägga ner organisationsdelegationen.",
        "Aluehallitus päätti 8.9.2025, että järjestöneuvottelukunnalla on kahvi ja matkakulut korvataan.",
    ],
)
def test_a_body_for_cooperation_goes_on_unless_it_is_ended(sentence: str) -> None:
    assert "ngo_body" not in _news("Päätöksiä", sentence)
