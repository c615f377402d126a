"""A call that was announced gets other days: one change of the window that readers know, and no second call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind
from faultserver import Page
from meetingsites import BOARD, GRANTS
from regionsite import publish, show
from world import World

DAY = dt.timedelta(days=1)
OPEN = ("20.2.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustukset ovat haettavissa 23.2.–31.3.2026.")
COMING = ("20.2.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustukset ovat haettavissa 9.3.–20.3.2026.")


@pytest.mark.parametrize(
    ("known", "title", "text", "opens", "closes"),
    [
        (
            OPEN,
            "Toiminta-avustusten haku suljetaan etuajassa",
            "Toiminta-avustusten haku suljetaan etuajassa 20.3.2026.",
            "2026-02-23",
            "2026-03-20",
        ),
        (
            OPEN,
            "Toiminta-avustusten hakuaika lyhenee",
            "Toiminta-avustusten haku päättyykin 20.3.2026 eikä 31.3.2026.",
            "2026-02-23",
            "2026-03-20",
        ),
        (
            OPEN,
            "Oikaisu toiminta-avustusten hakuaikaan",
            "Toiminta-avustusten hakuaika päättyy 10.4.2026, ei 31.3.2026.",
            "2026-02-23",
            "2026-04-10",
        ),
        (
            OPEN,
            "Toiminta-avustusten hakuaika muuttuu",
            "Toiminta-avustusten haun päättymispäivä on muuttunut 31.3.2026:sta 10.4.2026:een.",
            "2026-02-23",
            "2026-04-10",
        ),
        (
            COMING,
            "Toiminta-avustusten haku siirtyy",
            "Toiminta-avustusten haku siirtyy. Uusi hakuaika on 6.4.–24.4.2026.",
            "2026-04-06",
            "2026-04-24",
        ),
        (
            COMING,
            "Toiminta-avustusten haku avautuu myöhemmin",
            "Toiminta-avustusten haku avautuu 9.3.2026 sijasta 11.3.2026. Hakuajan päättymispäivä ei muutu.",
            "2026-03-11",
            "2026-03-20",
        ),
        (
            COMING,
            "Toiminta-avustusten haun avautuminen siirtyy",
            "Toiminta-avustusten haun avautuminen siirtyy. Haku avautuu vasta 11.3.2026.",
            "2026-03-11",
            "2026-03-20",
        ),
    ],
    ids=["closed early", "shortened", "corrected", "moved", "postponed", "opens later", "opens only later"],
)
def test_new_days_for_a_known_call_are_one_change_of_it(
    tmp_path: Path, known: tuple[str, str, str], title: str, text: str, opens: str, closes: str
) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [known])
        world.check()
        publish(world, [known, ("2.3.2026", title, text)])

        told = [one for one in world.check(DAY).changes if one.kind is not ChangeKind.DOCUMENT_NEW]
        stand = [one.window for one in world.store.windows("kainuu") if not one.baseline]

    assert [one.kind for one in told] == [ChangeKind.WINDOW_CHANGED]
    assert [(str(one.opens), str(one.closes)) for one in stand] == [(opens, closes)]


@pytest.mark.parametrize(
    "beside",
    [
        "Haun tekniset valmistelut siirretään avustussihteerille.",
        "Kevään haun määräaikaa siirrettiin viime vuonna.",
    ],
)
def test_minutes_of_the_autumns_call_leave_the_coming_one_of_spring_as_it_is(tmp_path: Path, beside: str) -> None:
    decided = f"Vuoden 2027 toiminta-avustusten hakuaika on 1.9.–30.9.2026. {beside}"
    item = replace(GRANTS, title="Järjestöavustusten haku syksyllä 2026", reasons="", proposal=decided)
    meeting = replace(BOARD, items=(item,)).decided()
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [COMING])
        world.check()
        show(world, meeting)
        world.add("casem", "/fi-FI/Toimielimet")

        told = world.check(DAY).changes
        stand = [one.window for one in world.store.windows("kainuu") if not one.baseline]

    assert [one.kind for one in told] == [ChangeKind.WINDOW_OPENED]
    assert [str(one.closes) for one in stand] == ["2026-03-20", "2026-09-30"]


def test_news_that_an_extension_was_a_mistake_is_believed(tmp_path: Path) -> None:
    extended = (
        "10.3.2026",
        "Toiminta-avustusten hakuaikaa jatketaan",
        "Toiminta-avustusten hakuaikaa jatketaan 15.4.2026 asti.",
    )
    mistaken = (
        "12.3.2026",
        "Korjaus: toiminta-avustusten haku päättyy 31.3.",
        "Aiemmasta tiedosta poiketen toiminta-avustusten haku päättyy 31.3.2026.",
    )
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        news = [OPEN]
        told = []
        publish(world, news)
        world.check()
        for one in (extended, mistaken):
            news.append(one)
            publish(world, news)
            changes = world.check(8 * DAY).changes
            told += [one.after["closes"] for one in changes if one.kind is ChangeKind.WINDOW_CHANGED and one.after]

    assert told == ["2026-04-15", "2026-03-31"]


def page(text: str, published: str = "") -> Page:
    dated = f'<meta property="article:published_time" content="{published}">' if published else ""
    return Page(
        f"<html lang='fi'><head>{dated}</head><body><main><h1>Kainuun hyvinvointialueen avustukset</h1><p>{text}</p></main></body></html>"
    )


def told_by(world: World, news: Sequence[tuple[str, str, str]]) -> list[tuple[ChangeKind, str | None, object]]:
    """Publish news one by one, a day apart: what is told of windows, each with its type and its last day."""
    told: list[tuple[ChangeKind, str | None, object]] = []
    for number in range(1, len(news) + 1):
        publish(world, news[:number])
        told += of_windows(world.check(DAY).changes)
    return told


def of_windows(changes: Sequence[Change]) -> list[tuple[ChangeKind, str | None, object]]:
    states = (
        (one.kind, one.after or one.before or {}, one.after) for one in changes if one.kind.value.startswith("window.")
    )
    return [(kind, value["grant_type"], after and after["closes"]) for kind, value, after in states]


OPENED, CHANGED = ChangeKind.WINDOW_OPENED, ChangeKind.WINDOW_CHANGED
TOIMINTA, KOHDE = "toiminta-avustus", "kohdeavustus"


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (
            [("2.3.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustusten haku avautuu 5.3.2026."),
             ("5.3.2026", "Toiminta-avustusten haku on avattu", "Toiminta-avustusten haku on nyt auki. Haku päättyy 17.4.2026.")],
            [(OPENED, TOIMINTA, None), (CHANGED, TOIMINTA, "2026-04-17")],
        ),
        (
            [OPEN, ("4.3.2026", "Toiminta-avustuksia voi hakea vielä huhtikuussa", "Toiminta-avustusten haku on auki vielä 30.4.2026 asti.")],
            [(OPENED, TOIMINTA, "2026-03-31"), (CHANGED, TOIMINTA, "2026-04-30")],
        ),
        (
            [("2.3.2026", "Kerta-avustusten haku", "Kerta-avustusten hakemukset on jätettävä viimeistään 31.3.2026 tai 20.5.2026.")],
            [(OPENED, "kerta-avustus", "2026-03-31"), (OPENED, "kerta-avustus", "2026-05-20")],
        ),
        (
            [OPEN, ("4.3.2026", "Toiminta-avustukset", "Toiminta-avustusten seuraava haku päättyy 15.5.2026.")],
            [(OPENED, TOIMINTA, "2026-03-31"), (OPENED, TOIMINTA, "2026-05-15")],
        ),
        (
            [("2.3.2026", "Järjestöavustusten haku", "Järjestöavustusten haku on avoinna 1.3.–31.3.2026."),
             ("3.3.2026", "Kohdeavustusten haku", "Kohdeavustusten haku on avoinna 1.3.–30.4.2026.")],
            [(OPENED, None, "2026-03-31"), (OPENED, KOHDE, "2026-04-30")],
        ),
        (
            [OPEN, ("2.3.2026", "Kohdeavustusten haku", "Kohdeavustusten haku on avoinna 2.3.–31.3.2026."),
             ("4.3.2026", "Järjestöavustusten hakuaikaa jatketaan", "Järjestöavustusten hakuaikaa jatketaan 15.4.2026 asti.")],
            [(OPENED, TOIMINTA, "2026-03-31"), (OPENED, KOHDE, "2026-03-31"), (CHANGED, KOHDE, "2026-04-15"), (CHANGED, TOIMINTA, "2026-04-15")],
        ),
        (
            [OPEN, ("2.3.2026", "Kohdeavustusten haku", "Kohdeavustusten haku on avoinna 2.3.–15.4.2026."),
             ("4.3.2026", "Järjestöavustusten hakuaikaa jatketaan", "Järjestöavustusten hakuaikaa jatketaan 15.4.2026 asti.")],
            [(OPENED, TOIMINTA, "2026-03-31"), (OPENED, KOHDE, "2026-04-15"), (CHANGED, TOIMINTA, "2026-04-15")],
        ),
    ],
    ids=["the end told later", "open longer", "two rounds", "the next round", "a named call beside grants at large", "grants at large extended", "grants at large extended to the day of one of them"],
)  # fmt: skip
def test_news_of_calls_are_told_of_the_call_that_they_are_of(
    tmp_path: Path, news: list[tuple[str, str, str]], told: list[tuple[ChangeKind, str | None, object]]
) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [])
        world.site.pages["/uutiset"] = Page(
            "<html><body><main><ul><li class='n'><a href='/k'>Kahvila</a></li></ul></main></body></html>"
        )
        world.site.pages["/k"] = page("Kahvila on auki.")
        world.check()

        assert told_by(world, news) == told


def test_what_an_edit_brings_is_told_on_its_day_however_old_the_page_is(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.site.pages["/avustukset"] = page(
            "Toiminta-avustusten hakuaika on 23.2.–31.3.2026.", "2024-01-10T10:00:00+02:00"
        )
        world.add("page", "/avustukset")
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [OPEN])
        world.check()
        world.site.pages["/avustukset"] = page(
            "Toiminta-avustusten hakuaika on 23.2.–20.3.", "2024-01-10T10:00:00+02:00"
        )
        edited = of_windows(world.check(DAY).changes)
        late = (
            "1.3.2026",
            "Toiminta-avustusten hakuaikaa jatketaan",
            "Toiminta-avustusten hakuaikaa jatketaan 10.4.2026 asti.",
        )
        publish(world, [OPEN, late])

        older = of_windows(world.check(DAY).changes)

    assert edited == [(CHANGED, TOIMINTA, "2026-03-20")]
    assert older == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "Toiminta-avustusten hakuaika on 1.4.–30.4.2026. Kohdeavustusten hakuaika on 1.5.–29.5.2026.",
            "Toiminta- ja kohdeavustusten hakuaika on 1.4.–30.4.2026.",
            [(CHANGED, KOHDE, "2026-04-30")],
        ),
        (
            "Toiminta- ja kohdeavustusten hakuaika on 1.4.–30.4.2026.",
            "Toiminta-avustusten hakuaika on 1.4.–30.4.2026. Kohdeavustusten hakuaika on 1.5.–29.5.2026.",
            [(CHANGED, KOHDE, "2026-05-29")],
        ),
    ],
    ids=["brought together", "taken apart"],
)
def test_a_page_may_bring_two_calls_together_and_take_them_apart(
    tmp_path: Path, before: str, after: str, told: list[tuple[ChangeKind, str | None, object]]
) -> None:
    with World(tmp_path) as world:
        world.site.pages["/avustukset"] = page(before)
        world.add("page", "/avustukset")
        world.check()
        world.site.pages["/avustukset"] = page(after)

        changes = of_windows(world.check(DAY).changes)
        closing = of_windows(world.check(dt.timedelta(days=44)).changes)

    assert changes == told
    ends = {(grant, end) for kind, grant, end in closing if kind is ChangeKind.WINDOW_CLOSING}
    assert ends == {(TOIMINTA, "2026-04-30"), *((grant, end) for _, grant, end in told if end == "2026-04-30")}


def test_what_was_decided_otherwise_takes_the_place_of_what_was_proposed(tmp_path: Path) -> None:
    proposed = "Aluehallitus päättää avata toiminta-avustusten haun ajalle 9.3.–31.3.2026."
    agenda = replace(BOARD, items=(replace(GRANTS, title="Toiminta-avustusten haku", reasons="", proposal=proposed),))
    decided = ("3.3.2026", "Toiminta-avustusten haku", "Toiminta-avustusten haku on avoinna 16.3.–7.4.2026.")
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [("1.3.2026", "Kahvila", "Kahvila on auki.")])
        world.check()
        show(world, agenda)
        world.add("casem", "/fi-FI/Toimielimet")
        world.check(DAY)
        publish(world, [("1.3.2026", "Kahvila", "Kahvila on auki."), decided])
        told = of_windows(world.check(DAY).changes)
        reminders = [one[2] for _ in range(40) for one in of_windows(world.check(DAY).changes)]

    assert told == [(CHANGED, TOIMINTA, "2026-04-07")]
    assert set(reminders) <= {"2026-04-07", None}
