"""Documents that are read again every day, and that are no longer on their list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from aluevahti.model import ChangeKind
from faultserver import Page
from world import World, kinds

DAY = dt.timedelta(days=1)
TEXT = "Järjestöavustusten periaatteiden luonnos on nähtävillä, ja kaikki järjestöt voivat kommentoida sitä."


def publish(world: World, numbers: Sequence[int]) -> None:
    """Show these notices on the list; the pages of the others are gone."""
    rows = "".join(
        f'<li><time datetime="2026-03-01">1.3.2026</time> <a href="/u/{n}">Järjestöavustusten periaatteet, osa {n}</a></li>'
        for n in numbers
    )
    pages = world.site.pages
    pages["/uutiset"] = Page(f"<html><body><main><ul>{rows}</ul></main></body></html>")
    for n in range(20):
        pages.pop(f"/u/{n}", None)
    for n in numbers:
        pages[f"/u/{n}"] = Page(
            f"<html><body><main><h1>Järjestöavustusten periaatteet, osa {n}</h1><p>{TEXT}</p></main></body></html>"
        )


def test_a_relevant_notice_that_was_withdrawn_is_told_though_the_source_is_asked_once_a_day(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        publish(world, range(6))
        world.add("listing", "/uutiset")
        world.check()
        assert kinds(world.check(DAY)) == []
        publish(world, [0, 1, 3, 4, 5])

        told = [kinds(world.check(DAY)) for _ in range(5)]

    assert told == [[], [], [ChangeKind.DOCUMENT_REMOVED], [], []]


def test_a_document_that_was_told_as_removed_is_told_once_when_it_is_back(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        publish(world, range(6))
        world.add("listing", "/uutiset")
        world.check()
        publish(world, [0, 1, 3, 4, 5])
        gone = [kinds(world.check(DAY)) for _ in range(3)]
        publish(world, range(6))

        back = [kinds(world.check(DAY)) for _ in range(3)]

    assert gone == [[], [], [ChangeKind.DOCUMENT_REMOVED]]
    assert back == [[ChangeKind.DOCUMENT_NEW], [], []]


def test_a_document_that_was_missing_for_a_day_comes_back_without_a_word(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        publish(world, range(6))
        world.add("listing", "/uutiset")
        world.check()
        publish(world, [0, 1, 3, 4, 5])
        told = [kinds(world.check(DAY))]
        publish(world, range(6))
        told += [kinds(world.check(DAY)) for _ in range(2)]

    assert told == [[], [], []]


def test_documents_that_are_read_again_do_not_hide_that_the_list_has_lost_most_of_them(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        publish(world, range(8))
        world.add("listing", "/uutiset")
        world.check()
        world.check(DAY)
        rows = '<li><time datetime="2026-03-01">1.3.2026</time> <a href="/u/7">Järjestöavustusten periaatteet, osa 7</a></li>'
        world.site.pages["/uutiset"] = Page(f"<html><body><main><ul>{rows * 2}</ul></main></body></html>")

        told = kinds(world.check(DAY))

    assert told == [ChangeKind.SOURCE_SILENT]
