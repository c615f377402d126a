"""A source's first check: what was there before becomes known; only what can be applied for now is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind
from regionsite import publish
from world import World, kinds

DAY = dt.timedelta(days=1)
CALL = ("20.2.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustukset ovat haettavissa 23.2.–31.3.2026.")
EXTENDED = (
    "27.2.2026",
    "Toiminta-avustusten hakuaikaa jatketaan",
    "Toiminta-avustusten hakuaikaa jatketaan 10.4.2026 asti. Alkuperäinen hakuaika oli 23.2.–31.3.2026.",
)
BOTH = (
    "23.2.2026",
    "Avustukset haettavana",
    "Toiminta-avustusten ja kumppanuusavustusten hakuaika on 23.2.–31.3.2026.",
)
WITHDRAWN = ("27.2.2026", "Toiminta-avustusten haku perutaan", "Toiminta-avustusten haku 23.2.–31.3.2026 on peruttu.")
CLOSED = ("19.2.2026", "Kumppanuusavustusten haku päättyy", "Kumppanuusavustusten haku on auki 1.2.–25.2.2026.")


def closes(change: Change) -> str:
    return str(change.after["closes"])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as one:
        one.add("listing", "/uutiset", item="li.n", date=".d")
        yield one


def test_a_call_that_was_extended_already_is_told_once_with_its_last_day_as_it_stands(world: World) -> None:
    publish(world, [EXTENDED, CALL])

    told = world.check().changes

    assert [(one.kind, closes(one), one.title) for one in told] == [
        (ChangeKind.WINDOW_OPENED, "2026-04-10", EXTENDED[1])
    ]
    assert told[0].evidence is not None
    assert told[0].evidence.quote is not None
    assert kinds(world.check(DAY)) == []


def test_a_call_that_was_withdrawn_already_is_not_told(world: World) -> None:
    publish(world, [WITHDRAWN, CALL])

    assert kinds(world.check()) == []
    assert kinds(world.check(DAY)) == []


def test_a_call_that_is_over_already_is_not_told(world: World) -> None:
    publish(world, [CLOSED])

    assert kinds(world.check()) == []
    assert kinds(world.check(DAY)) == []


def test_a_call_that_is_open_still_is_told_though_it_was_announced_long_before_the_look_back(world: World) -> None:
    old = ("5.1.2026", "Kerta-avustusten haku alkaa", "Kerta-avustusten hakuaika on 7.1.–30.4.2026.")
    result = ("4.1.2026", "Avustukset on jaettu", "Aluehallitus myönsi järjestöille avustuksia 100 000 euroa.")
    publish(world, [CALL, old, result, ("3.1.2026", "Uusi sairaala avattiin", "Sairaala palvelee kaikkia.")])

    told = world.check()

    assert [(one.kind, closes(one)) for one in told.changes] == [
        (ChangeKind.WINDOW_OPENED, "2026-04-30"),
        (ChangeKind.WINDOW_OPENED, "2026-03-31"),
    ]
    assert world.site.hits("/uutiset/1") == 1
    assert world.site.hits("/uutiset/3") == 0  # a title that names no grants is not worth a page
    assert kinds(world.check(DAY)) == []


def test_an_old_call_of_which_only_the_opening_is_known_is_not_told(world: World) -> None:
    publish(world, [("5.10.2025", "Kerta-avustusten haku alkaa", "Kerta-avustusten haku alkaa 7.10.2025.")])

    assert kinds(world.check()) == []
    assert world.site.hits("/uutiset/0") == 1


def test_the_new_last_day_of_an_old_call_is_seen(world: World) -> None:
    old = ("5.1.2026", "Kerta-avustusten haku alkaa", "Kerta-avustusten hakuaika on 7.1.–30.4.2026.")
    publish(world, [old])
    world.check()
    publish(world, [(old[0], old[1], "Kerta-avustusten hakuaikaa on jatkettu: hakuaika on 7.1.–15.5.2026.")])

    told = world.check(DAY).changes

    assert [closes(one) for one in told if one.kind is ChangeKind.WINDOW_CHANGED] == ["2026-05-15"]


def test_another_sources_first_check_moves_a_deadline_that_readers_were_told(world: World) -> None:
    publish(world, [CALL])
    world.check()
    publish(world, [EXTENDED, CALL], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")

    told = world.check(DAY).changes

    assert [(one.kind, closes(one)) for one in told] == [(ChangeKind.WINDOW_CHANGED, "2026-04-10")]


def test_another_sources_first_check_moves_the_deadline_of_one_of_two_grants_that_were_told_together(
    world: World,
) -> None:
    publish(world, [BOTH])
    world.check()
    publish(world, [EXTENDED, BOTH], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")

    told = world.check(DAY).changes

    assert [(one.kind, closes(one)) for one in told] == [(ChangeKind.WINDOW_CHANGED, "2026-04-10")]
    known = world.store.windows("kainuu")
    stand = {(one.window.grant_type, str(one.window.closes)) for one in known}
    assert stand >= {("kumppanuusavustus", "2026-03-31"), ("toiminta-avustus", "2026-04-10")}
    # a row of its own: the end of the other grant's call leaves this change in a digest
    assert [one.window for one in told] == [one.id for one in known if str(one.window.closes) == "2026-04-10"]


def test_another_sources_first_check_tells_every_new_day_of_one_of_two_grants_that_were_told_together(
    world: World,
) -> None:
    publish(world, [BOTH])
    world.check()
    again = (
        "1.3.2026",
        "Toiminta-avustusten hakuaika pitenee taas",
        "Toiminta-avustusten hakuaikaa jatketaan 10.4.2026 sijasta 24.4.2026 asti.",
    )
    publish(world, [again, EXTENDED, BOTH], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")

    told = world.check(DAY).changes

    assert [(one.kind, closes(one)) for one in told] == [
        (ChangeKind.WINDOW_CHANGED, "2026-04-10"),
        (ChangeKind.WINDOW_CHANGED, "2026-04-24"),
    ]


def test_another_sources_first_check_withdraws_one_of_two_grants_that_were_told_together(world: World) -> None:
    publish(world, [BOTH])
    world.check()
    publish(world, [WITHDRAWN, BOTH], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")

    (told,) = world.check(DAY).changes
    stand = {one.window.grant_type: one for one in world.store.windows("kainuu") if not one.baseline}
    status = world.store.status("kainuu")["grant_windows"]

    assert (told.kind, told.before["grant_type"], told.after) == (ChangeKind.WINDOW_CHANGED, "toiminta-avustus", None)
    assert told.window == stand["toiminta-avustus"].id
    assert {name: one.cancelled for name, one in stand.items()} == {
        "kumppanuusavustus": False,
        "toiminta-avustus": True,
    }
    assert [one["grant_type"] for one in status.value] == ["kumppanuusavustus"]
    assert status.evidence is not None
    assert status.evidence.quote == WITHDRAWN[2]


def test_one_of_two_grants_known_silently_that_is_given_more_time_at_a_first_check_is_told_once(world: World) -> None:
    over = (
        "9.2.2026",
        "Avustukset haettavana",
        "Toiminta-avustusten ja kumppanuusavustusten hakuaika on 9.2.–27.2.2026.",
    )
    more = (
        "27.2.2026",
        "Toiminta-avustusten hakuaikaa jatketaan",
        "Toiminta-avustusten hakuaikaa jatketaan 10.4.2026 asti.",
    )
    publish(world, [over])
    assert kinds(world.check()) == []
    publish(world, [more, over], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")

    told = world.check(DAY).changes

    assert [closes(one) for one in told] == ["2026-04-10"]
    assert kinds(world.check(DAY)) == []


def test_a_call_that_was_withdrawn_on_another_source_before_it_was_known_is_not_told_as_open(world: World) -> None:
    publish(world, [CLOSED])
    world.check()
    publish(world, [CLOSED, WITHDRAWN])
    assert ChangeKind.DOCUMENT_NEW in kinds(world.check(DAY))
    publish(world, [CLOSED], path="/tiedotteet")
    world.add("listing", "/tiedotteet", item="li.n", date=".d")
    world.check(DAY)
    later = ("16.2.2026", "Kerta-avustukset haettavana", "Kerta-avustusten hakuaika on 23.2.–31.3.2026.")
    publish(world, [CALL, later, CLOSED], path="/tiedotteet")

    told = world.check(DAY).changes

    opened = [one.after["grant_type"] for one in told if one.kind is ChangeKind.WINDOW_OPENED]
    assert opened == ["kerta-avustus"]
    assert [one.kind for one in world.check(DAY * 30).changes if one.title == CALL[1]] == []
