"""Calls on standing pages, from the edit that tells of them to the region's status."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind, Language
from aluevahti.render.report.statements import lines_of
from aluevahti.render.report.words import report_words
from faultserver import Page
from world import World

DAY = dt.timedelta(days=1)
INTRO = {
    "fi": "Hyvinvointialue myöntää avustuksia järjestöille, jotka edistävät asukkaiden hyvinvointia ja terveyttä.",
    "sv": "Välfärdsområdet beviljar bidrag till föreningar som främjar invånarnas hälsa och välfärd.",
}


def publish(world: World, sentence: str, lang: str = "fi") -> None:
    world.site.pages["/avustukset"] = Page(
        f'<html lang="{lang}"><body><main><h1>Avustukset</h1><p>{INTRO[lang]}</p><p>{sentence}</p></main></body></html>'
    )


@pytest.mark.parametrize(
    ("lang", "later", "call", "withdrawal"),
    [
        ("fi", "Seuraava haku on ensi vuonna.", "Toiminta-avustuksen hakuaika on 9.3.–31.3.2026.",
         "Toiminta-avustuksen haku on peruttu."),
        ("sv", "Nästa ansökan är nästa år.", "Ansökningstiden för verksamhetsbidrag är 9–31.3.2026.",
         "Ansökan om verksamhetsbidrag har ställts in."),
    ],
)  # fmt: skip
def test_a_call_that_was_withdrawn_leaves_the_status_with_the_sentence_that_withdraws_it(
    tmp_path: Path, lang: str, later: str, call: str, withdrawal: str
) -> None:
    with World(tmp_path) as world:
        publish(world, later, lang)
        world.add("page", "/avustukset")
        world.check()
        publish(world, call, lang)
        world.check(DAY)
        known = world.store.status("kainuu")["grant_windows"].value
        publish(world, withdrawal, lang)

        told = [one for one in world.check(DAY).changes if one.kind is ChangeKind.WINDOW_CHANGED]
        status = world.store.status("kainuu")["grant_windows"]

    assert [one["closes"] for one in known] == ["2026-03-31"]
    assert [(one.after, one.evidence.quote) for one in told if one.evidence] == [(None, withdrawal)]
    assert (status.value, status.evidence.quote) == ([], withdrawal)
    assert lines_of("grant_windows", status.value, report_words(Language.EN)) == ("No known call",)


def test_a_quote_is_written_as_it_stands_on_the_page(tmp_path: Path) -> None:
    call = "Toiminta-avustuksen hakuaika on 9.3.–31.3.2026 klo 12."
    with World(tmp_path) as world:
        publish(world, "Seuraava haku on ensi vuonna.")
        world.add("page", "/avustukset")
        world.check()
        publish(world, call)

        told = world.check(DAY).changes

    revised = [one.evidence.quote for one in told if one.kind is ChangeKind.DOCUMENT_REVISED and one.evidence]
    assert revised == [call]


def test_a_page_that_two_servers_show_in_turns_is_told_once_each_way(tmp_path: Path) -> None:
    texts = ["Toiminta-avustuksen hakuaika on 9.3.–31.3.2026.", "Seuraava haku on ensi vuonna."]
    with World(tmp_path) as world:
        publish(world, texts[0])
        world.add("page", "/avustukset")
        world.check()

        told = []
        for day in range(8):
            publish(world, texts[(day + 1) % 2])
            told.append([one.relevant for one in world.check(DAY).changes if one.kind is ChangeKind.DOCUMENT_REVISED])
        world.check(60 * DAY)
        publish(world, texts[1])
        later = [one.relevant for one in world.check(DAY).changes if one.kind is ChangeKind.DOCUMENT_REVISED]

    assert told == [[True], [True], *([[False]] * 6)]
    assert later == [True]


def test_a_call_that_is_taken_off_its_page_again_is_told(tmp_path: Path) -> None:
    one = "Toiminta-avustuksen hakuaika on 9.3.–31.3.2026."
    with World(tmp_path) as world:
        publish(world, "Seuraavasta hausta kerrotaan tällä sivulla.")
        world.add("page", "/avustukset")
        world.check()
        told = []
        for text in (one, f"{one} Kerta-avustuksen hakuaika on 1.6.–30.6.2026.", one):
            publish(world, text)
            told.append([one.relevant for one in world.check(DAY).changes if one.kind is ChangeKind.DOCUMENT_REVISED])

    assert told == [[True], [True], [True]]


@pytest.mark.parametrize(
    ("lang", "gone", "stays", "withdrawal"),
    [
        ("fi", "Kerta-avustusten hakuaika on 1.4.–30.4.2026.", "Toiminta-avustusten hakuaika on 9.3.–31.3.2026.",
         "Kerta-avustusten haku on peruttu."),
        ("sv", "Ansökningstiden för partnerskapsbidrag är 1–30.4.2026.",
         "Ansökningstiden för verksamhetsbidrag är 9–31.3.2026.", "Ansökan om partnerskapsbidrag har ställts in."),
    ],
)  # fmt: skip
def test_a_page_that_withdraws_one_of_its_calls_withdraws_that_one(
    tmp_path: Path, lang: str, gone: str, stays: str, withdrawal: str
) -> None:
    with World(tmp_path) as world:
        publish(world, f"{gone}</p><p>{stays}", lang)
        world.add("page", "/avustukset")
        opened = [one.kind for one in world.check().changes]
        publish(world, f"{withdrawal}</p><p>{stays}", lang)

        told = [one for one in world.check(DAY).changes if one.kind.value.startswith("window.")]
        stands = world.store.status("kainuu")["grant_windows"]
        again = world.check(DAY).changes

    assert opened == [ChangeKind.WINDOW_OPENED] * 2
    assert [(one.kind, one.before["closes"], one.after) for one in told] == [
        (ChangeKind.WINDOW_CHANGED, "2026-04-30", None)
    ]
    assert [one.evidence.quote for one in told if one.evidence] == [withdrawal]
    assert [one["closes"] for one in stands.value] == ["2026-03-31"]
    assert again == ()


@pytest.mark.parametrize(
    ("lang", "gone", "stays", "title", "later", "withdrawal"),
    [
        ("fi", "Kumppanuusavustuksen hakuaika on 1.4.–30.4.2026.", "Toiminta-avustuksen hakuaika on 2.3.–31.3.2026.",
         "Muutoksia järjestöavustusten hakuun",
         "Toiminta-avustuksen hakuaikaa on jatkettu, haku on auki 2.3.–10.4.2026 klo 15.",
         "Kumppanuusavustuksen haku on peruttu."),
        ("fi", "Kumppanuusavustuksen hakuaika on 1.4.–30.4.2026.", "Toiminta-avustuksen hakuaika on 2.3.–31.3.2026.",
         "Toiminta-avustuksen hakuajan jatkaminen ja kumppanuusavustuksen haun peruminen",
         "Toiminta-avustuksen hakuaikaa jatketaan 10.4.2026 asti.", "Kumppanuusavustuksen haku perutaan."),
        ("fi", "Kumppanuusavustuksen hakuaika on 1.4.–30.4.2026.", "Toiminta-avustuksen hakuaika on 20.3.–3.4.2026.",
         "Muutoksia järjestöavustusten hakuun", "Toiminta-avustuksen haku siirtyy ja on auki 25.3.–10.4.2026.",
         "Kumppanuusavustuksen haku perutaan."),
        ("sv", "Ansökningstiden för partnerskapsunderstöd är 1–30.4.2026.",
         "Ansökningstiden för verksamhetsunderstöd är 2–31.3.2026.", "Ändringar i ansökan om understöd",
         "Ansökningstiden för verksamhetsunderstöd har förlängts till 10.4.2026.",
         "Ansökan om partnerskapsunderstöd har ställts in."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on_the_page", [True, False])
def test_a_call_is_withdrawn_beside_another_one_that_gets_other_days(
    tmp_path: Path, on_the_page: bool, lang: str, gone: str, stays: str, title: str, later: str, withdrawal: str
) -> None:
    def rows(titles: list[str]) -> Page:
        shown = [
            f'<li class="n"><a href="/uutiset/{n}">{title}</a> <span class="d">2.3.2026</span></li>'
            for n, title in enumerate(titles)
        ]
        return Page(f"<html lang='{lang}'><body><main><ul>{''.join(shown)}</ul></main></body></html>")

    item = f"<html lang='{lang}'><body><main><h1>{title}</h1><p>{withdrawal} {later}</p></main></body></html>"
    with World(tmp_path) as world:
        publish(world, f"{gone}</p><p>{stays}", lang)
        world.add("page", "/avustukset")
        world.site.pages["/uutiset"] = rows(["Kahvila"])
        world.add("listing", "/uutiset", item="li.n", date=".d")
        world.check()
        if on_the_page:
            publish(world, f"{later}</p><p>{withdrawal}", lang)
        else:
            world.site.pages["/uutiset"] = rows(["Kahvila", title])
            world.site.pages["/uutiset/1"] = Page(item)

        told = [one for one in world.check(DAY).changes if one.kind.value.startswith("window.")]
        stands = world.store.status("kainuu")["grant_windows"]
        again = [one for one in world.check(DAY).changes if one.kind.value.startswith("window.")]

    assert [(one.kind, one.before["grant_type"], one.after and one.after["closes"]) for one in told if one.before] == [
        (ChangeKind.WINDOW_CHANGED, "toiminta-avustus", "2026-04-10"),
        (ChangeKind.WINDOW_CHANGED, "kumppanuusavustus", None),
    ]
    assert told[1].evidence is not None
    assert told[1].evidence.quote == withdrawal
    assert [one["closes"] for one in stands.value] == ["2026-04-10"]
    assert again == []


def test_a_page_that_withdraws_its_call_and_calls_for_it_again_is_heard_each_time(tmp_path: Path) -> None:
    call, gone = "Toiminta-avustuksen hakuaika on 9.3.–31.3.2026.", "Toiminta-avustuksen haku on peruttu."
    told = []
    with World(tmp_path) as world:
        publish(world, "Seuraava haku on ensi vuonna.")
        world.add("page", "/avustukset")
        world.check()
        for sentence in (call, gone, call, gone, call, gone):
            publish(world, sentence)
            told.append([one.kind for one in world.check(DAY).changes if one.kind.value.startswith("window.")])

    assert told == [
        [ChangeKind.WINDOW_OPENED],
        [ChangeKind.WINDOW_CHANGED],
        [ChangeKind.WINDOW_OPENED],
        [ChangeKind.WINDOW_CHANGED],
        [],
        [],
    ]
