"""The table of regions is complete and draws a map."""

from __future__ import annotations

import re

import pytest

from aluevahti.regions import REGION_CODES, REGIONS, by_code


def test_there_are_twenty_two_regions_with_slugs_of_their_own() -> None:
    assert len(REGIONS) == 22
    assert len(set(REGION_CODES)) == 22
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in REGION_CODES)


def test_no_two_regions_share_a_tile_of_the_map() -> None:
    tiles = {(region.row, region.column) for region in REGIONS}

    assert len(tiles) == 22
    assert all(row >= 0 and column >= 0 for row, column in tiles)


def test_lappi_lies_northmost_and_helsinki_southmost() -> None:
    assert min(REGIONS, key=lambda region: region.row).code == "lappi"
    assert max(REGIONS, key=lambda region: region.row).code == "helsinki"


def test_no_name_belongs_to_two_regions() -> None:
    names: dict[str, str] = {}
    for region in REGIONS:
        official = (region.name_fi, region.name_sv, region.name_en)
        for name in {*official, region.place_fi, region.place_sv, *region.short_names, *region.genitives}:
            assert names.setdefault(name, region.code) == region.code


def test_a_region_is_found_by_its_slug_and_speaks_three_languages() -> None:
    region = by_code("paijat-hame")

    assert region.name("sv") == "Päijänne-Tavastlands välfärdsområde"
    assert region.name("en") == "Wellbeing services county of Päijät-Häme"
    assert region.place("fi") == "Päijät-Häme"
    assert region.place("se") == "Päijät-Häme"


def test_an_unknown_slug_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        by_code("uusimaa")
