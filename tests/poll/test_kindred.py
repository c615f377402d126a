"""A region's documents are held against each other without reading them all for each new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from aluevahti.model import KnownDocument
from aluevahti.poll.kindred import Kindred
from aluevahti.storage import Store
from faultserver import Page
from outcomes import NOW, outcome, update
from world import START, World


class Counting(Store):
    """Counts the documents that it hands out of a region, or by their numbers."""

    read = 0

    def region_documents(
        self, region: str, since: dt.datetime, sources: Collection[str] | None = None
    ) -> tuple[KnownDocument, ...]:
        found = super().region_documents(region, since, sources)
        self.read += len(found)
        return found

    def documents_of(self, ids: Collection[int]) -> tuple[KnownDocument, ...]:
        found = super().documents_of(ids)
        self.read += len(found)
        return found


def rows_read_at_a_first_check(folder: Path, pages: int) -> int:
    """How many documents of a region a first check of so many of its pages reads."""
    folder.mkdir()
    with World(folder) as world:
        world.store.close()
        world.store = store = Counting.open(f"sqlite:///{folder / 'counting.db'}", now=START)
        for number in range(pages):
            text = f"Tiedote {number}. Hyvinvointialue kertoo palveluista {number} kunnassa. " * 10
            world.site.pages[f"/sivu/{number}"] = Page(f"<main><h1>Sivu {number}</h1><p>{text}</p></main>")
            world.add("page", f"/sivu/{number}")
        world.check()
        assert len(store.region_documents("kainuu", START)) == pages
        return store.read - pages


def test_the_documents_that_a_first_check_reads_grow_with_its_pages_and_not_with_their_square(tmp_path: Path) -> None:
    few, many = (rows_read_at_a_first_check(tmp_path / str(pages), pages) for pages in (20, 60))

    assert 0 < few <= 2 * 20
    assert 0 < many <= 2 * 60


def test_what_a_poll_wrote_is_found_by_the_next_one_of_its_region(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW) as store:
        store.record_poll(outcome("a", documents=(update("x"),)))
        kindred = Kindred(store, NOW)
        first = update("x").known

        assert kindred.of("lappi").of(first) == [1]
        assert kindred.of("kainuu").of(first) == []

        store.record_poll(outcome("b", documents=(update("x"),)))
        kindred.wrote("lappi", "b")

        assert kindred.of("lappi").of(first) == [1, 2]
        assert kindred.of("kainuu").of(first) == []


def test_what_was_seen_long_ago_is_no_relative(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW) as store:
        store.record_poll(outcome("a", documents=(update("x"),)))

        assert Kindred(store, NOW + dt.timedelta(days=44)).of("lappi").of(update("x").known) == [1]
        assert Kindred(store, NOW + dt.timedelta(days=46)).of("lappi").of(update("x").known) == []
