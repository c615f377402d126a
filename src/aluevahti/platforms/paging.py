"""Whether a list page shows all there is, where it goes on, and when it is longer than any list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from aluevahti.errors import LayoutChanged
from aluevahti.platforms import meetings
from aluevahti.text.dom import Element
from aluevahti.text.tidy import tidy_line
from aluevahti.text.urls import absolute

_NEXT = re.compile(
    r"(?:seuraava(?:t|lle)?(?:\s+sivu(?:lle)?)?|nästa(?:\s+sida)?|next(?:\s+page)?|vanhemmat(?:\s+\w+)?|äldre)\W*|[›»>→]",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:näytä|lataa|katso|lue)\s+(?:kaikki|lisää|enemmän|vanhemmat)\b.{0,40}|kaikki\s+(?:uutiset|tiedotteet|kuulutukset|pöytäkirjat|ajankohtaiset)\W*"
    r"|(?:visa|ladda|läs)\s+(?:alla|fler|mer)\b.{0,40}|alla\s+nyheter\W*|(?:load|show|view)\s+(?:more|all)\b.{0,40}|(?:uutis)?arkisto\W*|arkiv\W*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(\d+)\s*[-–]\s*(\d+)\s*(?:/|av|of|yhteensä)\s*(\d+)\b|\b(?:sivu|sida|page)\s+\d+\s*(?:/|av|of)\s*(?!1\b)\d+",
    re.IGNORECASE,
)
_PAGER = re.compile(r"pager|pagination|page-numbers|nav-links|sivutus", re.IGNORECASE)
_named = etree.XPath(
    "//*[self::nav or self::ul or self::ol or self::div or self::section or self::p][@class or @aria-label or @id]"
)
_places = etree.XPath("//main")


MOST_ENTRIES = 5000
"""Entries of one answer: five times as many as the longest list that a platform gives when it is asked to."""


def refuse_endless(count: int, url: str) -> None:
    """Raise LayoutChanged for an answer with more entries than any list has: to read it would hold up all others."""
    if count > MOST_ENTRIES:
        raise LayoutChanged(url, f"the list has {count:,} entries, and no list that people read has {MOST_ENTRIES:,}")


def next_url(root: Element, base: str) -> str | None:
    """The address of the list's next page, from `rel=next` or a link that says so; None where there is none."""
    for element in root.iter("a", "link"):
        if "next" in (element.get("rel") or "").lower().split() and element.get("href"):
            return absolute(base, element.get("href"))
    for element in root.iter("a"):
        said = (meetings.words(element), element.get("aria-label") or "", element.get("title") or "")
        if (
            any(_NEXT.fullmatch(tidy_line(each)) for each in said)
            and next(element.iterancestors("article"), None) is None
        ):
            return absolute(base, element.get("href"))
    return None


def has_pager(root: Element) -> bool:
    """Whether the page is one of several: a next page, or a pager with something to press."""
    return next_url(root, "http://localhost/") is not None or any(
        next(element.iter("a", "button"), None) is not None for element in _pagers(root)
    )


def shows_a_part(root: Element) -> bool:
    """Whether the page says that its list is longer: a pager, a button for more, a count."""
    if has_pager(root):
        return True
    place = next(iter(_places(root)), root)
    if any(_MORE.fullmatch(meetings.words(each)) for each in place.iter("a", "button")):
        return True
    counted = _COUNTED.search(meetings.words(place))
    return counted is not None and (counted.group(3) is None or int(counted.group(2)) < int(counted.group(3)))


def _pagers(root: Element) -> Iterator[Element]:
    for element in _named(root):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
        if _PAGER.search(names):
            yield element
