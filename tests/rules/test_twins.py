"""The same release in two languages, and the same document on two sites, are one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Decision, Form, Language, Outcome, Phase, StatusFact
from aluevahti.rules.twins import find_twin, numbers_of
from factories import a_document, a_reading, a_window, day, known

FI = "Avustuksia voi hakea 1.3.–31.3.2026 klo 16.00 asti. Jaossa on 850 000 euroa. Lisätietoja numerosta 040 123 4567."
SV = "Understöd kan sökas 1–31.3.2026, senast kl. 16.00. Det finns 850 000 euro. Mer information: 040 123 4567."
WINDOW = a_window("2026-03-01", "2026-03-31")


def test_a_swedish_twin_of_a_finnish_release_is_found_by_its_numbers() -> None:
    finnish = known(a_document("1", published_on=day("2026-03-01")), reading=a_reading(windows=(WINDOW,)))
    swedish = a_document("2", title="Understöd", text=SV, published_on=day("2026-03-02"))

    twin = find_twin(swedish, a_reading(lang=Language.SV, windows=(WINDOW,)), [finnish], lambda _: FI, source="b")

    assert finnish == twin


def test_another_release_of_the_day_in_the_other_language_is_no_twin() -> None:
    finnish = known(a_document("1", published_on=day("2026-03-01")), reading=a_reading())
    swedish = a_document("2", text="Hälsocentralen stänger 5.3.2026 kl. 12.", published_on=day("2026-03-01"))

    assert find_twin(swedish, a_reading(lang=Language.SV), [finnish], lambda _: FI, source="b") is None


CALL = a_window("2026-09-11", "2026-10-12", closes_time=dt.time(16))
CALL_SV = "Projektunderstöd ledigförklaras från den 11 september till den 12 oktober 2026."
DECIDED = Decision(what="osallisuusohjelma", by="aluehallitus", decided_on=day("2026-08-10"), outcome=Outcome.APPROVED)


def a_fact(field: str) -> StatusFact:
    return StatusFact(field=field, value={"status": "approved"}, as_of=day("2026-08-10"), quote="")


def translated(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether a Swedish text is taken for a translation of a Finnish one, by what is understood of them."""
    finnish = known(a_document("1", published_on=day("2026-09-01")), reading=a_reading(**theirs))
    swedish = a_document("2", title="Understöd", text=CALL_SV, published_on=day("2026-09-02"))
    found = find_twin(swedish, a_reading(lang=Language.SV, **mine), [finnish], lambda _: "Haku on auki.", source="b")
    return found is not None


def test_a_call_told_in_two_languages_is_one_though_one_leaves_a_clock_time_out() -> None:
    told = {"windows": (CALL,), "grant_types": ("hankeavustus",)}

    assert translated({**told, "windows": (replace(CALL, closes_time=None, opens=None),)}, told)
    assert not translated({**told, "windows": (replace(CALL, closes=day("2026-10-13")),)}, told)
    assert not translated({**told, "grant_types": ("toiminta-avustus",)}, told)
    assert not translated({**told, "amount_eur": 1}, {**told, "amount_eur": 2})


def test_a_decision_told_in_two_languages_is_one() -> None:
    told = {"decision": DECIDED, "facts": (a_fact("participation_programme"),)}

    assert translated(told, told)
    assert not translated({**told, "facts": (a_fact("strategy"),)}, told)
    assert not translated({**told, "decision": replace(DECIDED, decided_on=day("2026-08-11"))}, told)
    assert not translated({"decision": DECIDED}, {"decision": DECIDED})


def test_two_decisions_of_one_meeting_are_two_though_their_figures_agree() -> None:
    finnish = known(
        a_document("1", published_on=day("2026-08-11")), reading=a_reading(facts=(a_fact("service_strategy"),))
    )
    swedish = a_document("2", text="Välfärdsplanen godkändes den 10 augusti. 34 utlåtanden kom in.")
    reading = a_reading(lang=Language.SV, facts=(a_fact("wellbeing_plan"),))
    text = "Palvelustrategia hyväksyttiin 10.8. Lausuntoja saatiin 34."

    assert find_twin(swedish, reading, [finnish], lambda _: text, source="b") is None


def test_a_month_told_in_words_is_its_number() -> None:
    assert (
        numbers_of("15. kesäkuuta – 7. heinäkuuta")
        == numbers_of("15.6–7.7")
        == numbers_of("den 15 juni till den 7 juli")
    )


def test_a_second_release_in_the_same_language_is_never_taken_for_a_translation() -> None:
    first = known(a_document("1", published_on=day("2026-03-01")), reading=a_reading())
    second = a_document("2", title="Toinen", text=FI, published_on=day("2026-03-01"))

    assert find_twin(second, a_reading(), [first], lambda _: FI, source="kainuu-news") is None


RELEASE = (
    "Kainuun hyvinvointialue myöntää toiminta-avustuksia järjestöille, joiden toiminta edistää asukkaiden hyvinvointia. "
    "Haku on auki 1.3.–31.3.2026 klo 16.00 asti."
)


def test_a_release_that_the_own_site_publishes_too_is_one_whatever_its_title() -> None:
    news = known(a_document("1", title="Avustukset auki", published_on=day("2026-03-01")), reading=a_reading())
    release = a_document("2", title="Järjestöt voivat hakea", text=RELEASE, published_on=day("2026-03-02"))

    assert find_twin(release, a_reading(), [news], lambda _: f"{RELEASE} Lisätietoja: viestintä.", source="stt") == news


def test_the_same_title_a_day_later_on_another_site_is_the_same_document() -> None:
    news = known(a_document("1", title="Haku auki", published_on=day("2026-03-01")), reading=a_reading())
    release = a_document("2", title="Haku auki!", text="Haku on auki 31.3.2026 asti.", published_on=day("2026-03-02"))

    assert find_twin(release, a_reading(), [news], lambda _: FI, source="stt") == news


LONG = (
    f"{FI} Hakea voivat rekisteröidyt yhdistykset ja säätiöt, joiden toiminta edistää alueen asukkaiden hyvinvointia."
)


def published_again(title: str, text: str, *, published_on: str = "2026-03-02") -> bool:
    first = known(
        a_document("1", title="Haku auki", published_on=day("2026-03-01")), reading=a_reading(windows=(WINDOW,))
    )
    again = a_document("2", title=title, text=text, published_on=day(published_on))
    reading = a_reading(windows=(WINDOW,))
    return find_twin(again, reading, [first], lambda _: LONG, source=first.source) is not None


def test_a_text_that_one_list_publishes_again_under_another_name_is_one() -> None:
    assert published_again("Haku auki", LONG)
    assert published_again("Haku auki", f"{LONG} Julkaistu")
    assert published_again("Haku auki", LONG, published_on="2026-03-20")


def test_another_text_of_the_same_list_stands_for_itself() -> None:
    assert not published_again("Haku päättyy pian", LONG)
    assert not published_again("Haku auki", LONG.replace("850 000", "900 000"))
    assert not published_again("Haku auki", f"{LONG} Huomaa myös uusi lomake, joka korvaa vanhan lomakkeen kokonaan.")
    assert not published_again("Haku auki", LONG, published_on="2026-04-20")


def test_a_standing_page_that_says_today_what_the_news_says_is_no_twin_of_it() -> None:
    news = known(a_document("1", title="Avustukset auki", published_on=day("2026-03-01")), reading=a_reading())
    page = a_document(
        "2", title="Avustukset", text=f"{RELEASE} Lisätietoja antaa järjestökoordinaattori.", form=Form.PAGE
    )

    assert find_twin(page, a_reading(), [news], lambda _: RELEASE, source="grants") is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"text": RELEASE.replace("31.3.", "15.4.")}, id="with another end"),
        pytest.param({"text": "Jaossa on rahaa. Haku on auki."}, id="in other words"),
        pytest.param({"published_on": day("2026-03-21")}, id="weeks later"),
    ],
)
def test_a_release_that_says_something_else_stands_for_itself(changed: dict[str, Any]) -> None:
    news = known(a_document("1", title="Avustukset auki", published_on=day("2026-03-01")), reading=a_reading())
    release = a_document("2", title="Järjestöt", **{"text": RELEASE, "published_on": day("2026-03-01"), **changed})

    assert find_twin(release, a_reading(), [news], lambda _: RELEASE, source="stt") is None


def test_the_same_title_and_day_on_another_site_is_the_same_document() -> None:
    first = known(a_document("1", title="Avustushaku avautuu", published_on=day("2026-03-01")))
    second = a_document("x", url="https://sttinfo.fi/x", title="Avustushaku avautuu", published_on=day("2026-03-01"))

    assert first == find_twin(second, None, [first], lambda _: None, source="b")


@given(st.text())
def test_numbers_are_read_from_any_text(text: str) -> None:
    assert all(number.isdecimal() for number in numbers_of(text))


def test_minutes_are_not_told_by_an_agenda_that_another_source_knows() -> None:
    held = {"form": Form.MEETING, "organ": "Aluehallitus", "meeting_on": day("2026-03-02")}
    agenda = known(a_document("1", phase=Phase.AGENDA, **held))
    minutes = a_document("2", url="https://b.fi/2", phase=Phase.MINUTES, **held)

    assert find_twin(minutes, None, [agenda], lambda _: None, source="b") is None
    assert find_twin(replace(minutes, phase=Phase.AGENDA), None, [agenda], lambda _: None, source="b") == agenda
