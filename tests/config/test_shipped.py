"""The sources.yaml that is shipped and that `init` writes."""

from __future__ import annotations

import re
from pathlib import Path

from aluevahti.config import PLATFORM_NAMES, Config, load
from aluevahti.regions import REGION_CODES

FILE = Path(__file__).parents[2] / "sources.yaml"


def shipped() -> Config:
    return load(FILE, {})


def entries() -> dict[str, str]:
    """Each entry of the file as written, comments included, by its id."""
    blocks = FILE.read_text().partition("\nsources:\n")[2].split("\n\n")
    found = {}
    for block in blocks:
        if match := re.search(r"^  - id: (\S+)$", block, re.MULTILINE):
            found[match[1]] = block
    return found


def test_it_loads_and_leaves_only_the_contact_to_be_filled_in() -> None:
    assert shipped().service.contact == "seuranta@example.org"


def test_every_region_is_watched_and_every_platform_is_used() -> None:
    sources = shipped().sources

    assert {source.region for source in sources if source.enabled} == set(REGION_CODES)
    assert {source.platform for source in sources if source.enabled} | {"feed"} == set(PLATFORM_NAMES)


def test_every_id_says_which_region_and_what() -> None:
    for source in shipped().sources:
        assert re.fullmatch(rf"{source.region}-(minutes|news|grants|stt|ngos)(-\w+)?|pohjois-savo-\w+", source.id)


def test_every_region_has_an_entry_for_its_decisions() -> None:
    ids = {source.id for source in shipped().sources}

    assert ids >= {f"{code}-minutes" for code in REGION_CODES}


def test_every_entry_says_what_it_watches_and_how_sure_its_address_is() -> None:
    written = entries()

    assert set(written) == {source.id for source in shipped().sources}
    for block in written.values():
        comment = [line for line in block.split("\n") if line.startswith("  # ")]
        assert len(comment) >= 2
        assert re.search(r"^  # How sure: (read|reported|UNVERIFIED)\b", block, re.MULTILINE)


def test_exactly_the_addresses_that_nobody_has_verified_are_disabled() -> None:
    written = entries()

    for source in shipped().sources:
        assert source.enabled == ("UNVERIFIED" not in written[source.id]), source.id


def test_no_two_enabled_sources_share_an_address() -> None:
    urls = [source.url for source in shipped().sources if source.enabled]

    assert len(urls) == len(set(urls))
