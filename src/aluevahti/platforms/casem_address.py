"""What the addresses of a CaseM site mean. Used by the adapter `casem` alone.

    /fi-FI                                                   the front page with its newest lists
    /fi-FI/Toimielimet                                       all organs
    /fi-FI/Toimielimet/<Organ>                               one organ's meetings
    /fi-FI/Toimielimet/<Organ>/Kokous_<date>                 a meeting
    /fi-FI/Toimielimet/<Organ>/Kokous_<date>/<Title>(<id>)   an item
    /fi-FI/content/<a>/<b>                                   an item's other address
    /fi-FI/Viranhaltijat/..., /fi-FI/Kuulutukset/...         officials' decisions, notices
    /download/noname/{<GUID>}/<n>                            a file

Swedish: /sv-FI/Organ/<Organ>/Mote_<date>/... The date in a slug is glued together without padding and so
ambiguous; it is a name, never a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit, urlunsplit

from aluevahti.model import Language


class Kind(StrEnum):
    """What kind of page an address leads to."""

    FRONT = "front"
    ORGANS = "organs"
    ORGAN = "organ"
    MEETING = "meeting"
    ITEM = "item"
    CONTENT = "content"
    OFFICIALS = "officials"
    NOTICES = "notices"
    FILE = "file"
    OTHER = "other"


_CULTURE = re.compile(r"(?P<root>.*?/(?P<lang>[a-z]{2})-[A-Z]{2})(?:/(?P<rest>.*))?\Z", re.IGNORECASE)
_FOLDERS = {
    "toimielimet": Kind.ORGANS,
    "organ": Kind.ORGANS,
    "viranhaltijat": Kind.OFFICIALS,
    "viranhaltijapaatokset": Kind.OFFICIALS,
    "tjansteinnehavare": Kind.OFFICIALS,
    "tjaumlnsteinnehavare": Kind.OFFICIALS,
    "kuulutukset": Kind.NOTICES,
    "kungorelser": Kind.NOTICES,
    "kungoumlrelser": Kind.NOTICES,
}
_PATH_IS_ALL = frozenset({Kind.MEETING, Kind.ITEM, Kind.CONTENT})
"""What is found by the path of its address alone: a query behind it is somebody's session or campaign."""

_MEETING_SLUG = re.compile(r"(?:kokous|mote|moumlte|sammantrade)_\w+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\((\d+)\)\Z")
_ENTITIES = {"auml": "ä", "ouml": "ö", "aring": "å", "Auml": "Ä", "Ouml": "Ö", "Aring": "Å", "eacute": "é"}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address on a CaseM site leads to.

    Attributes:
        root: the site's front page in the address's language.
        organ: the organ's slug, where the address names one.
        key: the document's key: an item's number in brackets, `<organ>/Kokous_<date>` of a meeting,
            `content/<a>/<b>`, a file's path; empty where the address is no document's.
    """

    url: str
    kind: Kind
    lang: Language
    root: str
    organ: str = ""
    key: str = ""

    @property
    def organs_url(self) -> str:
        """The page of all organs of the same site and language."""
        if self.kind is Kind.ORGANS:
            return self.url
        return f"{self.root}/{'Organ' if self.lang is Language.SV else 'Toimielimet'}"


def address_of(url: str) -> Address:
    """The meaning of any address; a path without a language counts as Finnish."""
    parts = urlsplit(url)
    found = _CULTURE.match(parts.path)
    steps = [unquote(step) for step in ((found.group("rest") or "") if found else parts.path).split("/") if step]
    lang = Language.SV if found and found.group("lang").lower() == "sv" else Language.FI
    root = urlunsplit((parts.scheme, parts.netloc, found.group("root") if found else "/fi-FI", "", ""))
    kind, organ, key = _file(steps, parts.query) or _meaning(steps, has_culture=found is not None)
    if kind in _PATH_IS_ALL:
        url = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return Address(url, kind, lang, root, organ, key)


def organ_of(slug: str) -> str:
    """An organ's name out of its slug, for lists that do not print it: entity names stand for ä, ö and å."""
    text = re.sub("|".join(_ENTITIES), lambda found: _ENTITIES[found.group()], slug)
    return " ".join(text.replace("_", " ").split())


def _file(steps: list[str], query: str) -> tuple[Kind, str, str] | None:
    for place, step in enumerate(steps):
        if step.lower() == "download" and len(steps) > place + 1:
            return Kind.FILE, "", "/".join(steps[place:])
        if step.lower() == "download.aspx" and query:
            return Kind.FILE, "", f"{step}?{query}"
    return None


def _meaning(steps: list[str], *, has_culture: bool) -> tuple[Kind, str, str]:
    """What the steps of a path below the language mean: kind, organ slug, the document's key."""
    if not steps:
        return Kind.FRONT, "", ""
    first = steps[0].lower()
    folder = _FOLDERS.get(first)
    if first == "content" and has_culture and len(steps) == 3:
        return Kind.CONTENT, "", "/".join(["content", *steps[1:]])
    if folder is Kind.ORGANS:
        return _below_organs(steps)
    if folder is None:
        return Kind.OTHER, "", ""
    number = _NUMBER.search(steps[-1])
    return folder, "", number.group(1) if number else ("/".join(steps) if len(steps) > 2 else "")


def _below_organs(steps: list[str]) -> tuple[Kind, str, str]:
    if len(steps) == 1:
        return Kind.ORGANS, "", ""
    if len(steps) == 2:
        return Kind.ORGAN, steps[1], ""
    if len(steps) == 3 and _MEETING_SLUG.match(steps[2]):
        return Kind.MEETING, steps[1], f"{steps[1]}/{steps[2]}"
    number = _NUMBER.search(steps[-1])
    return Kind.ITEM, steps[1], number.group(1) if number else "/".join(steps[1:])
