"""What was recorded, run through the rules of today: the same rules come to the same, others are seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aluevahti.model import ChangeKind, StatusState, Subscriber, SubscriptionState
from aluevahti.poll.comparing import Differences, differences
from aluevahti.poll.recorded import history_of
from aluevahti.poll.replaying import Rules, replay
from faultserver import Page
from world import START, World, kinds

DAY = dt.timedelta(days=1)
RULES = Rules(zone=ZoneInfo("Europe/Helsinki"), lookback=dt.timedelta(days=14))
READER = Subscriber(email="lukija@example.org", state=SubscriptionState.CONFIRMED, id=1)
CALL = "Kainuun hyvinvointialueen toiminta- ja hankeavustukset ovat haettavana {} klo 16 asti. Jaossa on yhteensä 150 000 euroa."


def page(title: str, text: str) -> Page:
    return Page(
        f'<html lang="fi"><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>'
    )


def listing(*names: str) -> Page:
    rows = "".join(f'<li><a href="/doc/{name}">{name.replace("-", " ")}</a></li>' for name in names)
    return Page(f'<html lang="fi"><body><main><h1>Uutiset</h1><ul class="docs">{rows}</ul></main></body></html>')


def live_through(world: World) -> None:
    """Forty days of a call: announced, put on the page, extended, closed."""
    site = world.site.pages
    world.add("listing", "/uutiset", item="ul.docs li")
    world.add("page", "/avustukset", select="main")
    site["/uutiset"] = listing("vanha-uutinen", "toinen-uutinen")
    site["/avustukset"] = page("Avustukset", "Kainuun hyvinvointialue tukee järjestöjä. Haku avataan keväällä.")
    for name in ("vanha-uutinen", "toinen-uutinen"):
        site[f"/doc/{name}"] = page(name, "Uimahalli avataan.")
    world.check()
    site["/uutiset"] = listing("avustusten-haku-avautuu", "vanha-uutinen", "toinen-uutinen")
    site["/doc/avustusten-haku-avautuu"] = page("Avustusten haku avautuu", CALL.format("9.3.–20.3.2026"))
    world.check(DAY)
    site["/avustukset"] = page("Avustukset", CALL.format("9.3.–20.3."))
    world.check(DAY)
    extended = "Toiminta- ja hankeavustusten hakuaikaa jatketaan 27.3.2026 klo 16 asti."
    site["/avustukset"] = page("Avustukset", extended)
    for _ in range(38):
        world.check(DAY)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("lived")) as one:
        live_through(one)
        yield one


@pytest.fixture
def world(lived: World) -> Iterator[World]:
    """The world after its forty days; a test may watch it by other rules, and must not poll it."""
    sources = list(lived.sources)
    yield lived
    lived.sources[:] = sources


def compared(world: World, *, since: dt.datetime | None = None, **recorded: object) -> Differences:
    """What differs between the state and its replay."""
    store, sources = world.store, world.sources
    history = history_of(store, sources, region=None, since=since, until=world.now)
    replayed = replay(history, sources, (), RULES, world.now)
    given = {"statuses": store.statuses(), "windows": store.windows(), "subscribers": [READER], **recorded}
    return differences(history, replayed, region=None, since=since, **given)  # type: ignore[arg-type]


def test_the_same_rules_come_to_the_same_in_everything(world: World) -> None:
    told = {one.kind for one in world.changes()}
    assert told >= {
        ChangeKind.WINDOW_OPENED,
        ChangeKind.WINDOW_CHANGED,
        ChangeKind.WINDOW_CLOSING,
        ChangeKind.WINDOW_CLOSED,
    }
    assert told >= {ChangeKind.DOCUMENT_NEW, ChangeKind.DOCUMENT_REVISED, ChangeKind.STATUS_CHANGED}

    found = compared(world)

    assert found.none, found


def test_nothing_is_stored_and_nobody_is_asked(world: World) -> None:
    before, requests = world.store.last_change_id(), len(world.site.requests)

    compared(world)

    assert (world.store.last_change_id(), len(world.site.requests)) == (before, requests)


def test_rules_that_read_otherwise_are_seen_in_changes_windows_status_and_digests(world: World) -> None:
    """The source's own word (its themes aside) decides what counts on a page: another `select` is another rule."""
    world.sources[1] = replace(world.sources[1], select="h1")

    found = compared(world)

    gone = {one.kind for one in found.changes_only_recorded}
    assert ChangeKind.WINDOW_CHANGED in gone
    assert [one.window.closes for one in found.windows_only_recorded] == [dt.date(2026, 3, 27)]
    assert [one.window.closes for one in found.windows_only_today] == [dt.date(2026, 3, 20)]
    assert "grant_windows" in {one.field for one in found.status}
    assert ChangeKind.WINDOW_CHANGED in {one.kind for digest in found.digests for one in digest.only_recorded}


def test_what_was_told_before_a_moment_is_not_compared(world: World) -> None:
    world.sources[1] = replace(world.sources[1], select="h1")

    late = compared(world, since=world.now - 2 * DAY)

    assert (late.changes_only_recorded, late.changes_only_today, late.digests) == ((), (), ())


def test_a_stored_page_that_cannot_be_read_any_more_is_named(world: World) -> None:
    world.sources[0] = replace(world.sources[0], item="ul.muu li")
    world.sources[1] = replace(world.sources[1], select=".muu")

    found = compared(world)

    assert {(one.source, one.what.partition(":")[0]) for one in found.misread} == {
        ("s1", "cannot be read"),
        ("s2", "cannot be read"),
    }
    assert found.changes_only_recorded == ()  # texts stay as they were recorded


def test_a_document_that_only_todays_adapter_finds_is_named(tmp_path: Path) -> None:
    rows = listing("vanha-uutinen", "toinen-uutinen").body
    with World(tmp_path) as world:
        source = world.add("listing", "/uutiset", item="ul.docs li")
        world.site.pages["/uutiset"] = Page(
            str(rows).replace("<h1>Uutiset", '<h1><a href="/doc/nosto">Nosto etusivulta</a>')
        )
        for name in ("vanha-uutinen", "toinen-uutinen"):
            world.site.pages[f"/doc/{name}"] = page(name, "Uimahalli avataan.")
        world.check()
        world.sources[0] = replace(source, item="ul.docs li, h1")

        found = compared(world).misread

    assert [(one.source, one.what) for one in found] == [("s1", "would be a new document: Nosto etusivulta")]


def test_what_a_person_confirmed_is_no_difference(world: World) -> None:
    statuses = world.store.statuses()
    mine = replace(statuses["kainuu"]["grant_total_eur"], value=1, state=StatusState.CONFIRMED)
    other = replace(mine, state=StatusState.AUTO)

    assert compared(world, statuses={"kainuu": {**statuses["kainuu"], "grant_total_eur": mine}}).none
    found = compared(world, statuses={"kainuu": {**statuses["kainuu"], "grant_total_eur": other}})
    assert [
        (one.field, one.recorded and one.recorded.value, one.today and one.today.value) for one in found.status
    ] == [("grant_total_eur", 1, 150000)]


def test_documents_of_a_source_that_is_gone_are_counted_and_left_out(world: World) -> None:
    history = history_of(world.store, world.sources[1:], region="kainuu", since=None, until=world.now)

    assert history.unwatched == 3
    assert {one.source for one in history.sightings} == {"s2"}


def test_the_history_ends_where_it_is_told_to(world: World) -> None:
    until = START + dt.timedelta(hours=2)
    history = history_of(world.store, world.sources, region=None, since=None, until=until)

    assert history.changes == []
    assert all(one.first for one in history.sightings)
    assert replay(history, world.sources, (), RULES, until).changes == []


def test_the_first_check_stays_silent_in_a_replay(world: World) -> None:
    history = history_of(world.store, world.sources, region=None, since=None, until=world.now)
    first = [one for one in history.sightings if one.first]
    history.sightings = first

    assert [one.document.title for one in first].count("vanha uutinen") == 1
    assert replay(history, world.sources, (), RULES, world.now).changes == []


def test_an_agenda_that_became_minutes_is_replayed_step_by_step(tmp_path: Path) -> None:
    def meetings(*rows: tuple[str, str]) -> Page:
        items = "".join(f'<li><a href="/doc/{name}">Aluehallitus {title}</a></li>' for name, title in rows)
        return Page(f'<html lang="fi"><body><main><ul class="docs">{items}</ul></main></body></html>')

    old = [("b", "2.3.2026 - pöytäkirja"), ("c", "23.2.2026 - pöytäkirja")]
    with World(tmp_path) as world:
        world.add("listing", "/kokoukset", item="ul.docs li")
        world.site.pages["/doc/a"] = page("Kokous", CALL.format("16.3.–31.3.2026"))
        world.site.pages |= {f"/doc/{name}": page("Kokous", "Merkittiin tiedoksi.") for name, _ in old}
        world.site.pages["/kokoukset"] = meetings(*old)
        world.check()
        world.site.pages["/kokoukset"] = meetings(("a", "9.3.2026 - esityslista"), *old)
        assert ChangeKind.WINDOW_OPENED in kinds(world.check(DAY))
        world.site.pages["/kokoukset"] = meetings(("a", "9.3.2026 - pöytäkirja"), *old)
        assert ChangeKind.DOCUMENT_REVISED in kinds(world.check(DAY))

        assert compared(world).none
