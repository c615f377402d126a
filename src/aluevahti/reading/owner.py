"""Whose a document is: a wellbeing region's, a town's or somebody else's; and which of a town's grants are told.

A town's own grants belong in a digest where they are for social work, health, wellbeing or participation, or for
associations at large: the same associations apply for them and for the region's, often for the same work, and regions
and towns agree on who pays for what. What a town gives for culture, sport, youth work and the arts alone is no matter
of the regions. Helsinki is a region itself, so all its grants are told. The words are in owner.yaml. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.lexicon import lowered, vocabulary
from aluevahti.reading.page import Page, Sentence
from aluevahti.reading.places import names_a_municipality, names_another, names_region
from aluevahti.reading.topics import Topics

_TOWN_AND_REGION: Final = "helsinki"
_LEAD: Final = 5  # sentences, the title included
_HEAD: Final = 2  # the title and the first sentence: further on, a region's source names others beside its own
_FINNISH_DAY: Final = re.compile(r"\b\d{1,2}\.\d{1,2}\.20\d\d\b")  # Sweden's minutes write 2026-09-16
_A_TOWN_SPEAKS: Final = "a municipality speaks of its own grants"
_THE_STATE_SPEAKS: Final = "a ministry or an agency is named, and not the region"
_TOGETHER: Final = re.compile(r"\bkanssa\b|\byhdessä\b|\btillsammans\b|kaupungintal|kunnantal|stadshus|kommunhus")
_ANOTHER_REGION_SPEAKS: Final = "another region is named, and not this one"


def is_of_ours(
    page: Page, topics: Topics, region: str | None, lang: Language, *, minutes: bool, given: bool = False
) -> bool:
    """Whether the document is a region's, or speaks of one.

    Minutes of Finland that name no place are taken as ours, and so is a sentence that stands alone. What is told of a law
    or of the whole country, and of no region in particular, is not. `given`: the region is known from the text's source.
    """
    if _is_somebody_elses(page, topics, _HEAD if given else _LEAD):
        return False
    if region is not None:
        return True
    of_finland = minutes and (lang is Language.FI or _FINNISH_DAY.search(page.text) is not None)
    named = _has(page, "region", "region_bodies") or of_finland or len(page.sentences) == 1
    if lang is Language.FI and topics.body["grants"]:
        named = named or _has(page, "town", "boards")
    return named and not (topics.any_in_title({"national", "legislation"}) or topics.lead["national"])


def doubt_of_owner(page: Page, region: str | None, *, given: bool) -> str | None:
    """Why what the document tells may not be the region's own; None where nothing speaks against it.

    `given`: the region is known from the text's source. A region passes on what its neighbours and its
    municipalities announce, too.
    """
    if names_region(page.text, region):
        return None
    if not given:
        return _A_TOWN_SPEAKS
    head = "\n".join(sentence.text for sentence in page.sentences[:_HEAD])
    if _TOGETHER.search(lowered(head)):
        return None
    if names_another(head, region):
        return _ANOTHER_REGION_SPEAKS
    if _has(page, "region", "region_bodies"):
        return None
    return _A_TOWN_SPEAKS if names_a_municipality(head) else _THE_STATE_SPEAKS if _of_the_state(page) else None


def is_a_regions_own(page: Page, region: str | None) -> bool:
    """Whether the document is or speaks of a region's, and not of a municipality's alone."""
    return region is None or names_region(page.text, region) or _has(page, "region", "region_bodies")


def is_for_leisure_only(page: Page, region: str | None, *, given: bool) -> bool:
    """Whether a text on grants is of a town's grants for culture, sport, youth work or the arts, and of no others.

    `given`: the region is known from the text's source, which is the region's own where no town is spoken of.
    """
    if given and not _has(page, "town_at_all"):
        return False
    if region == _TOWN_AND_REGION or names_region(page.text, region) or _has(page, "region", "region_bodies"):
        return False
    if page.headline.says("owner.leisure"):
        return not page.headline.says("owner.ours")
    told = any(_names_a_field(s, "owner.leisure") for s in page.content[:_LEAD])
    return told and not any(_is_at_large(s) or _names_a_field(s, "owner.ours") for s in page.content)


def is_for_persons(page: Page) -> bool:
    """Whether the title tells that the money is for persons, and names no organisations: `Kohdeavustuksia taiteilijoille`."""
    named = any(word in page.headline.lower for word in vocabulary("grants")["recipients"])
    return page.headline.says("owner.persons") and not named


def _is_at_large(sentence: Sentence) -> bool:
    """Whether a sentence speaks of associations whatever their field; an `urheilujärjestö` has one."""
    if not sentence.says("owner.at_large"):
        return False
    of_leisure = {cue.first for cue in sentence.cues if cue.group == "owner.leisure"}
    return any(cue.group == "owner.at_large" and cue.first not in of_leisure for cue in sentence.cues)


def _names_a_field(sentence: Sentence, group: str) -> bool:
    """Whether a sentence speaks of such a field, and not only in a body's name: `hyvinvointilautakunta`, `kulttuurilautakunta`."""
    if not sentence.says(group):
        return False
    words = sentence.words
    return not all(
        any(o.start <= words[cue.first].start < o.end for o in sentence.organs)
        for cue in sentence.cues
        if cue.group == group
    )


def _is_somebody_elses(page: Page, topics: Topics, lead: int) -> bool:
    """Whether the lead tells what a foundation, a fund, a parish or a regional council gives, and nothing in the text speaks of a region or a town."""
    if _has(page, "region", "region_bodies", "town"):
        return False
    told = page.content[:lead]
    if topics.body["grants"] and any(s.says("owner.councils") for s in told):
        return True
    return any(s.says("owner.others") for s in told) and not _has(page, "boards")


def _of_the_state(page: Page) -> bool:
    """Whether the title begins with a ministry or an agency whose call a region may pass on: `STM:n järjestöavustukset haettavissa`."""
    return any(c.group == "topics.national" and c.first == 0 for c in page.headline.cues) and not _has(page, "boards")


def _has(page: Page, *groups: str) -> bool:
    text = _in_one_line(page.lower)
    return any(word in text for group in groups for word in vocabulary("owner")[group])


@lru_cache(maxsize=1)
def _in_one_line(lower: str) -> str:
    return f" {lower} ".replace("\n", " ")
