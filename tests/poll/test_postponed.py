"""A call is put off to days that nobody knows yet, proposed to be withdrawn, or put right on its own page."""

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
PUT_OFF = ("10.3.2026", "Toiminta-avustusten haku siirtyy syksyyn", "Toiminta-avustusten haku siirtyy syksyyn.")
AUTUMN = ("20.3.2026", "Toiminta-avustusten hakuaika", "Toiminta-avustukset ovat haettavissa 1.9.–30.9.2026.")


def of_windows(changes: Sequence[Change]) -> list[tuple[ChangeKind, tuple[object, object] | None]]:
    """The changes of windows, each with the days that it tells; None: of a call that is no more."""
    return [
        (one.kind, None if one.after is None else (one.after["opens"], one.after["closes"]))
        for one in changes
        if one.kind.value.startswith("window.")
    ]


def test_a_call_that_is_put_off_is_told_without_days_and_reminds_nobody(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [OPEN])
        world.check()
        publish(world, [OPEN, PUT_OFF])
        told = of_windows(world.check(8 * DAY).changes)
        reminders = [one for _ in range(25) for one in of_windows(world.check(DAY).changes)]
        publish(world, [OPEN, PUT_OFF, AUTUMN])
        anew = of_windows(world.check(DAY).changes)

    assert told == [(ChangeKind.WINDOW_CHANGED, (None, None))]
    assert reminders == []
    assert anew == [(ChangeKind.WINDOW_OPENED, ("2026-09-01", "2026-09-30"))]


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        ("Toiminta-avustusten haku perutaan.", [(ChangeKind.WINDOW_CHANGED, None)]),
        ("Asia palautettiin uudelleen valmisteltavaksi.", []),
    ],
)
def test_what_an_agenda_proposes_to_withdraw_stands_until_it_is_decided(
    tmp_path: Path, decided: str, told: list[tuple[ChangeKind, None]]
) -> None:
    item = replace(
        GRANTS,
        title="Toiminta-avustusten haun peruminen",
        reasons="",
        proposal="Aluehallitus päättää perua toiminta-avustusten haun 23.2.–31.3.2026.",
    )
    agenda = replace(BOARD, items=(item,))
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [OPEN])
        world.check()
        show(world, agenda)
        world.add("casem", "/fi-FI/Toimielimet")
        proposed = of_windows(world.check(DAY).changes)
        show(world, replace(agenda.decided(), items=(replace(item, decision=decided),)))
        after = of_windows(world.check(DAY).changes)

    assert proposed == []
    assert after == told


def test_a_page_that_puts_its_slip_right_is_believed_once(tmp_path: Path) -> None:
    def say(days: str) -> Page:
        text = f"Kainuun hyvinvointialue: toiminta-avustukset ovat haettavissa {days}."
        return Page(f"<html lang='fi'><body><main><h1>Toiminta-avustukset</h1><p>{text}</p></main></body></html>")

    with World(tmp_path) as world:
        world.add("page", "/avustukset")
        told = []
        for days in ("23.2.–31.3.2026", "23.2.–30.4.2026", "23.2.–31.3.2026", "23.2.–30.4.2026", "23.2.–31.3.2026"):
            world.site.pages["/avustukset"] = say(days)
            told.append([days and days[1] for _, days in of_windows(world.check().changes)])

    assert told == [["2026-03-31"], ["2026-04-30"], ["2026-03-31"], [], []]


ROUNDS = (
    "20.2.2026",
    "Toiminta-avustusten haku",
    "Toiminta-avustusten hakuajat ovat 23.2.–31.3.2026 ja 1.9.–30.9.2026.",
)
SPRING, AUTUMN_ROUND = ("2026-02-23", "2026-03-31"), ("2026-09-01", "2026-09-30")


@pytest.mark.parametrize(
    ("news", "stand"),
    [
        (("10.3.2026", "Syksyn hakua ei järjestetä", "Toiminta-avustusten syksyn hakua ei järjestetä tänä vuonna."), [SPRING]),
        (("10.3.2026", "Kevään haku perutaan", "Toiminta-avustusten kevään haku on peruttu."), [AUTUMN_ROUND]),
        (("10.3.2026", "Kesän hakua ei järjestetä", "Toiminta-avustusten kesän hakua ei järjestetä tänä vuonna."), [SPRING, AUTUMN_ROUND]),
    ],
)  # fmt: skip
def test_only_the_round_that_is_named_is_withdrawn(
    tmp_path: Path, news: tuple[str, str, str], stand: list[tuple[str, str]]
) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [ROUNDS])
        world.check()
        publish(world, [ROUNDS, news])
        world.check(8 * DAY)
        known = [one for one in world.store.windows("kainuu") if not (one.baseline or one.cancelled)]

    assert [(str(one.window.opens), str(one.window.closes)) for one in known] == stand


def test_a_round_is_withdrawn_beside_the_next_one(tmp_path: Path) -> None:
    later = ("10.3.2026", "Kevään haku perutaan, uusi haku syksyllä", "Toiminta-avustusten kevään haku on peruttu. Uusi haku järjestetään 1.9.–30.9.2026.")  # fmt: skip
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [OPEN])
        world.check()
        publish(world, [OPEN, later])
        told = of_windows(world.check(8 * DAY).changes)

    assert sorted(told, key=str) == [(ChangeKind.WINDOW_CHANGED, None), (ChangeKind.WINDOW_OPENED, AUTUMN_ROUND)]
