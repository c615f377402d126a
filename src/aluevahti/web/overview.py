"""The first page: what can be applied for, how the regions are followed, what happened last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from aluevahti.model import Coverage, Language
from aluevahti.regions import REGIONS
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.digest import coverage_lines
from aluevahti.render.scene import Scene
from aluevahti.render.wording import date_text
from aluevahti.web.calls import Call, calls, shelved
from aluevahti.web.frame import page_words
from aluevahti.web.happened import Happened, happened
from aluevahti.web.site import Site

LATEST = 12
"""How many things that happened last the page shows."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's place on the grid map.

    Attributes:
        state: read, partly, unread, forbidden or unwatched; decides the look.
        said: the same in words.
        windows: how many calls are open, in words; "" for none.
        row: from the north, counted from 0; likewise `column` from the west.
    """

    code: str
    name: str
    state: str
    said: str
    windows: str
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """All that the first page shows."""

    open: list[Call]
    coming: list[Call]
    endless: list[Call]
    unsure: list[Call]
    is_quiet: bool
    is_partly: bool  # not everything that is watched was read
    tiles: list[Tile]
    latest: list[Happened]
    coverage: list[str]


def overview(site: Site, lang: Language) -> OverviewView:
    """The first page in one language."""
    scene = site.scene(lang)
    covered = site.coverage()
    shelves = shelved(site.store.windows(), scene.now, scene.zone)
    applied = Counter(known.region for known in (*shelves.open, *shelves.endless))
    return OverviewView(
        open=calls(shelves.open, scene),
        coming=calls(shelves.coming, scene),
        endless=calls(shelves.endless, scene),
        unsure=calls(shelves.unsure, scene),
        is_quiet=shelves.is_quiet,
        is_partly=len(covered.read) < len(REGIONS),
        tiles=tiles(covered, applied, scene, page_words(lang)),
        latest=happened(site, lang, site.store.latest_changes(LATEST * 3, relevant=True))[:LATEST],
        coverage=said_coverage(covered, scene),
    )


def said_coverage(covered: Coverage, scene: Scene) -> list[str]:
    """How much was read, in sentences; without the one that speaks to the reader of a digest."""
    lines = coverage_lines(covered, scene.words, scene.zone)
    return [line for line in lines if line != scene.words("coverage.silence")]


def tiles(covered: Coverage, applied: Counter[str], scene: Scene, words: Catalogue) -> list[Tile]:
    """All regions, from north to south and from west to east."""
    found = []
    for region in sorted(REGIONS, key=lambda one: (one.row, one.column)):
        state, said = followed(region.code, covered, scene, words)
        number = applied[region.code]
        windows = words.count("overview.windows", number) if number else ""
        name = region.place(scene.words.lang.value)
        found.append(Tile(region.code, name, state, said, windows, region.row, region.column))
    return found


def followed(code: str, covered: Coverage, scene: Scene, words: Catalogue) -> tuple[str, str]:
    """How a region is followed: one of the five states, and the words for it."""
    if code in covered.read:
        return "read", words("coverage.read")
    if code in covered.partly:
        return "partly", words("coverage.partly")
    if code in covered.unread_since:
        since = covered.unread_since[code]
        if since is None:
            return "unread", words("coverage.never")
        return "unread", words("coverage.unread", date=date_text(since.astimezone(scene.zone).date(), scene.words))
    state = "forbidden" if code in covered.forbidden else "unwatched"
    return state, words(f"coverage.{state}")
