"""A tile map of the 22 regions, coloured by the state of the grant model: where everything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aluevahti.model import StatusState, StatusValue
from aluevahti.regions import REGIONS, Region
from aluevahti.render.catalogue import Catalogue

STATES: Final = ("approved", "in_preparation", "postponed", "unknown")

_WIDTH: Final = 104
_HEIGHT: Final = 62
_GAP: Final = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """One region's tile. `lines` is its name, on one or two lines; `baseline`: the value has never been confirmed."""

    code: str
    x: int
    y: int
    lines: tuple[str, ...]
    state: str
    state_text: str
    baseline: bool


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend, and how many regions it stands for."""

    state: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map, in pixels of its own."""

    width: int
    height: int
    tile_width: int
    tile_height: int
    tiles: tuple[Tile, ...]
    legend: tuple[Key, ...]


def model_state(value: StatusValue | None) -> str:
    """The state of a grant model for the map; "unknown" for one that is not told or not understood."""
    told = value.value.get("status") if value is not None and isinstance(value.value, Mapping) else None
    return told if told in STATES else "unknown"


def tile_map(models: Mapping[str, StatusValue | None], words: Catalogue) -> TileMap:
    """The map of `models`, each region's grant model by its code."""
    tiles = tuple(_tile(region, models.get(region.code), words) for region in REGIONS)
    legend = tuple(
        Key(state, words(f"report.model.{state}"), sum(tile.state == state for tile in tiles)) for state in STATES
    )
    columns, rows = max(region.column for region in REGIONS) + 1, max(region.row for region in REGIONS) + 1
    return TileMap(
        width=columns * (_WIDTH + _GAP) - _GAP,
        height=rows * (_HEIGHT + _GAP) - _GAP,
        tile_width=_WIDTH,
        tile_height=_HEIGHT,
        tiles=tiles,
        legend=legend,
    )


def _tile(region: Region, value: StatusValue | None, words: Catalogue) -> Tile:
    state = model_state(value)
    return Tile(
        code=region.code,
        x=region.column * (_WIDTH + _GAP),
        y=region.row * (_HEIGHT + _GAP),
        lines=_lines(region.place(words.lang.value)),
        state=state,
        state_text=words(f"report.model.{state}"),
        baseline=value is not None and value.state is StatusState.BASELINE and state != "unknown",
    )


def _lines(name: str) -> tuple[str, ...]:
    """A name on the fewest lines that fit a tile: broken after its hyphen, else at the space nearest its middle."""
    if len(name) <= 11:
        return (name,)
    if "-" in name:
        head, tail = name.split("-", 1)
        return f"{head}-", tail
    spaces = [place for place, character in enumerate(name) if character == " "]
    if not spaces:
        return (name,)
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return name[:middle], name[middle + 1 :]
