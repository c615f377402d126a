"""What a page says of itself: its title, its language, when it was published, where it lives."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from aluevahti.model import Json, Language
from aluevahti.text.clutter import clutter
from aluevahti.text.dates import printed_date, timestamp_date
from aluevahti.text.dom import Element, chosen, text_length, tree
from aluevahti.text.lines import lines
from aluevahti.text.tidy import tidy_line
from aluevahti.text.urls import absolute

_SUFFIX = re.compile(r"\s+(?:[|–—«»·]|::|-)\s+")
_SITE = re.compile(
    r"hyvinvointialue|välfärdsområde|wellbeing services|kaupunki|stt ?info|\.fi\b|oma häme|keusote|soite|eloisa",
    re.IGNORECASE,
)
_KIND = (
    r"(?:uutinen|tiedote|mediatiedote|nyhet|pressmeddelande|meddelande|kutsu|kuulutus|artikkeli|blogi|ajankohtaista)"
)
_D = r"(\d{1,2}\.\s?\d{1,2}\.\s?\d{4})"
_CLOCK = r"(?:\s*,?\s*(?:klo|kello|kl\.?)?\s*\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?"
_PRINTED = (
    re.compile(
        rf"^(?:{_KIND}\s*[/|:,-]?\s*)?(?:julkaistu|julkaisupäivä|julkaisuaika|publicera[dt]s?|published)\s*:?\s*{_D}",
        re.IGNORECASE,
    ),
    re.compile(rf"^{_KIND}\s*[/|:,-]?\s*{_D}", re.IGNORECASE),
    re.compile(rf"^{_D}\s+\d{{1,2}}:\d{{2}}:\d{{2}}\s+EES?T\b", re.IGNORECASE),
)
_DATE_LINE = re.compile(
    rf"^{_D}{_CLOCK}(?:\s*\((?:muokattu|päivitetty|uppdaterad|ändrad)\b.*\))?(?:\s*[|/]\s*{_KIND})?$", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"publish|publicera|julkais|julkaistu|posted|pubdate|entry-date|post-date|article-date|news-date", re.IGNORECASE
)
_FEW, _LONG = 12, 80
"""A date alone on a line is the page's own only near its top, before the first paragraph (of so many characters)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says of itself; an empty title or None where it says nothing.

    Attributes:
        title: the page's own heading, without the name of the site.
        published_on: the day in Helsinki; never a date that may be another thing than the publication.
        canonical: the address the page gives as its own, absolute.
    """

    title: str = ""
    lang: Language | None = None
    published_on: dt.date | None = None
    canonical: str | None = None


def metadata(markup: str, url: str = "") -> PageMetadata:
    """What the page `markup`, read at `url`, says of itself.

    Raises:
        ParseError: the page is nested too deep to be one.
    """
    root = tree(markup, url, scripts=True)
    if root is None:
        return PageMetadata()
    return PageMetadata(
        title=_title(root), lang=_lang(root), published_on=_published_on(root), canonical=_canonical(root, url)
    )


def json_ld(root: Element) -> Iterator[dict[str, Json]]:
    """Every object of the page's JSON-LD, outer ones first; what is no JSON is passed over."""
    for script in root.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            try:
                yield from _objects(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue


def _objects(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    if depth > 8:
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner, depth + 1)


def _meta(root: Element, *names: str) -> Iterator[str]:
    """The contents of the meta elements of these names, in the order of the names."""
    by_name: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        by_name.setdefault(name, tidy_line(element.get("content") or ""))
    yield from (by_name[name] for name in names if by_name.get(name))


def _title(root: Element) -> str:
    heading = next((h1 for place in _places(root) for h1 in place.iter("h1") if text_length(h1)), None)
    own = "" if heading is None else " ".join(lines(heading))
    element = root.find(".//title")
    given = next(_meta(root, "og:title", "twitter:title"), None) or (
        "" if element is None else tidy_line("".join(element.itertext()))
    )
    in_content = heading is not None and any(above.tag in {"main", "article"} for above in heading.iterancestors())
    if own and (in_content or not given or given.casefold().startswith(own.casefold())):
        return own
    return _without_site(given, own, next(_meta(root, "og:site_name"), "")) or own


def _places(root: Element) -> list[Element]:
    """The content first, then the whole page."""
    return [*chosen(root, None), root]


def _without_site(title: str, heading: str, site: str) -> str:
    """`title` without the name of the site behind it; a dash within a title is no reason to cut it."""
    parts = _SUFFIX.split(title)
    while len(parts) > 1:
        rest = title[: title.rindex(parts[-1])].rstrip(" |–—«»·:-")
        is_site = (
            parts[-1].casefold() == site.casefold() or _SITE.search(parts[-1]) or rest.casefold() == heading.casefold()
        )
        if not (is_site or title[: title.rindex(parts[-1])].rstrip().endswith("|")):
            break
        title = rest
        parts.pop()
    return title


def _lang(root: Element) -> Language | None:
    html = root if root.tag == "html" else None
    given = [html.get("lang") or html.get("xml:lang") or ""] if html is not None else []
    for value in (*given, *_meta(root, "og:locale", "content-language", "dc.language")):
        try:
            return Language(value.strip().lower()[:2])
        except ValueError:
            continue
    return None


def _published_on(root: Element) -> dt.date | None:
    named = _meta(root, "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "date.published")
    structured = (str(each["datePublished"]) for each in json_ld(root) if each.get("datePublished"))
    for value in (*named, *structured):
        day = timestamp_date(value)
        if day is not None:
            return day
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    places = chosen(root, None)
    return _marked_up(places) or _printed(line for place in places for line in lines(place, clutter([place])))


def _marked_up(places: Iterable[Element]) -> dt.date | None:
    """A time element that is the publication's: so named, or standing before the first paragraph."""
    for place in places:
        long_before = False
        for element in place.iter("time", "p"):
            if element.tag == "p":
                long_before = long_before or text_length(element) >= _LONG
                continue
            parent = element.getparent()
            about = [
                element.get("class"),
                element.get("itemprop"),
                "pubdate" if element.get("pubdate") is not None else "",
            ]
            about += ["".join(element.itertext()), parent.get("class"), (parent.text or "")]
            if not long_before or _PUBLISHED.search(" ".join(text for text in about if text)):
                day = timestamp_date(element.get("datetime")) or printed_date("".join(element.itertext()))
                if day is not None:
                    return day
    return None


def _printed(text: Iterable[str]) -> dt.date | None:
    above_the_text = True
    for number, line in enumerate(text):
        above_the_text = above_the_text and number < _FEW and len(line) < _LONG
        found = next((match for pattern in _PRINTED if (match := pattern.match(line))), None)
        if found is None and above_the_text:
            found = _DATE_LINE.match(line)
        if found is not None:
            return printed_date(found.group(1))
    return None


def _canonical(root: Element, url: str) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return absolute(url, link.get("href"))
    return None
