"""A pass that is to stop: nothing is begun any more, what was half read is thrown away, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from aluevahti.model import ChangeKind
from aluevahti.poll import run_pass
from faultserver import Page
from world import World

ITEM = '<li class="item"><a href="/uutinen/{0}">Järjestöavustus {0}</a> <time datetime="2026-03-0{0}">x</time></li>'


def listing(count: int) -> Page:
    items = "".join(ITEM.format(number) for number in range(1, count + 1))
    return Page(f"<html><body><main><ul>{items}</ul></main></body></html>")


def test_a_source_under_way_is_left_as_it_was_and_told_whole_the_next_time(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        source = world.add("listing", "/uutiset", item="li.item")
        for number in range(1, 6):
            world.site.pages[f"/uutinen/{number}"] = Page(
                f"<main><p>Järjestöavustus {number}, haku on auki.</p></main>"
            )
        world.site.pages["/uutiset"] = listing(2)
        world.check()
        known = world.store.health(source.id)
        world.site.pages["/uutiset"] = listing(5)
        asked = len(world.site.requests)

        report = run_pass(
            world.store,
            world.fetcher,
            world.sources,
            lambda: world.now,
            world.settings,
            stopping=lambda: len(world.site.requests) - asked >= 2,
        )

        assert report.sources == []
        assert world.store.health(source.id) == known
        assert source.id in world.store.due_sources(known.next_poll_at or world.now)
        assert not world.changes()
        told = [change.title for change in world.check().changes if change.kind is ChangeKind.DOCUMENT_NEW]
        assert sorted(told) == [f"Järjestöavustus {number}" for number in (3, 4, 5)]


def test_a_pass_that_is_to_stop_at_once_asks_for_nothing(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.add("page", "/sivu")
        world.store.sync_sources(world.sources, world.now)

        report = run_pass(
            world.store, world.fetcher, world.sources, lambda: world.now, world.settings, stopping=lambda: True
        )

        assert report.sources == []
        assert world.site.requests == []
