"""A digest in words: the entries by region, what they rest on, and why the reader gets them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aluevahti.model import Coverage, Subscriber
from aluevahti.regions import REGION_CODES
from aluevahti.render.catalogue import Catalogue, catalogue
from aluevahti.render.clean import VALUE, clean
from aluevahti.render.entries import entry_view
from aluevahti.render.links import Links
from aluevahti.render.scene import Background, Scene
from aluevahti.render.view import DigestView, Footer, RegionView, link_to
from aluevahti.render.wording import and_list, clock_text, date_text, region_text
from aluevahti.rules.digest import Entry, Weight

MOST_ENTRIES = 30
"""Entries shown in full; the others are counted by region, with a link."""


def digest_view(
    subscriber: Subscriber,
    entries: Sequence[Entry],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    coverage: Coverage,
    links: Links,
    contact: str,
    background: Background | None = None,
    late_since: dt.date | None = None,
    most: int = MOST_ENTRIES,
) -> DigestView:
    """A reader's digest.

    Args:
        subscriber: the reader.
        entries: what to tell, the most pressing first (`rules.digest.select`).
        now: the moment (aware) from which days are counted.
        zone: the reader's wall clock.
        coverage: what was read.
        links: the web site.
        contact: whom to write to.
        background: texts and proofs that the changes do not carry.
        late_since: the date of the last digest, where others were left out since.
        most: so many entries are shown in full; the rest are counted.
    """
    words = catalogue(subscriber.lang)
    scene = Scene(words, now, zone, background or Background())
    shown, rest = entries[:most], entries[most:]
    local = now.astimezone(zone)
    return DigestView(
        lang=subscriber.lang,
        subject=_subject(entries, words),
        title=words(f"digest.title.{subscriber.rhythm.value}"),
        made=words("digest.made", date=date_text(local.date(), words), clock=clock_text(local.time(), words)),
        counts=_counts(entries, words),
        regions=tuple(_regions(shown, scene)),
        coverage=tuple(coverage_lines(coverage, words, zone, subscriber.regions)),
        footer=_footer(subscriber, words, links, contact),
        late=words("digest.late", date=date_text(late_since, words)) if late_since is not None else "",
        more=_more(rest, words),
        more_link=link_to(links.changes()) if rest else None,
    )


def _regions(entries: Sequence[Entry], scene: Scene) -> list[RegionView]:
    """By region; the region with the most pressing entry first."""
    by_region: dict[str, list[Entry]] = {}
    for entry in entries:
        by_region.setdefault(entry.region, []).append(entry)
    return [
        RegionView(region_text(code, scene.words), tuple(entry_view(one, scene) for one in told))
        for code, told in by_region.items()
    ]


def _counts(entries: Sequence[Entry], words: Catalogue) -> str:
    """How many of each; what is doubtful is counted apart, for it may be nothing."""
    found = Counter(entry.weight.name.lower() if entry.sure else "check" for entry in entries)
    order = [*(weight.name.lower() for weight in Weight), "check"]
    return ", ".join(words.count(f"digest.counts.{key}", found[key]) for key in order if found[key])


def _subject(entries: Sequence[Entry], words: Catalogue) -> str:
    """Counts and names of regions only: nothing that a page wrote ever stands in a header."""
    regions = list(dict.fromkeys(region_text(entry.region, words) for entry in entries))
    return words("digest.subject", counts=_counts(entries, words), regions=and_list(regions, words))


def _more(rest: Sequence[Entry], words: Catalogue) -> str:
    if not rest:
        return ""
    found = Counter(region_text(entry.region, words) for entry in rest)
    regions = ", ".join(f"{name} {number}" for name, number in found.items())
    return words.count("digest.more", len(rest), regions=regions)


def coverage_lines(coverage: Coverage, words: Catalogue, zone: ZoneInfo, regions: Sequence[str] = ()) -> list[str]:
    """How much was read, in sentences: what is not named here was read.

    Args:
        coverage: what was read.
        words: the language.
        zone: for the dates.
        regions: only these; empty: the whole country.
    """
    asked = regions or REGION_CODES
    read = [code for code in coverage.read if code in asked]
    lines = [words.count("coverage.read", len(asked), read=len(read))]
    for code, since in coverage.unread_since.items():
        if code in asked:
            key = "partly" if code in coverage.partly else "unread" if since else "never"
            key = "partly_never" if key == "partly" and since is None else key
            date = date_text(since.astimezone(zone).date(), words) if since else ""
            lines.append(words(f"coverage.{key}", region=region_text(code, words), date=date))
    for key, codes in (("forbidden", coverage.forbidden), ("unwatched", coverage.unwatched)):
        names = [region_text(code, words) for code in codes if code in asked]
        if names:
            lines.append(words(f"coverage.{key}", regions=", ".join(names)))
    if read or any(code in asked for code in coverage.partly):
        lines.append(words("coverage.silence"))
    return lines


def wishes_text(subscriber: Subscriber, words: Catalogue) -> str:
    """What a reader follows, and how often: `Pirkanmaa, Lappi; avustukset; sanat ”kumppanuus”; päivittäin`."""
    regions = ", ".join(region_text(code, words) for code in subscriber.regions) or words("wishes.all_regions")
    themes = ", ".join(words(f"theme.{theme.value}") for theme in subscriber.themes) or words("wishes.all_themes")
    parts = [regions, themes]
    if subscriber.words:
        parts.append(words("wishes.words", words=clean(", ".join(subscriber.words), VALUE)))
    if subscriber.all_documents:
        parts.append(words("wishes.all_documents"))
    return "; ".join([*parts, words(f"wishes.rhythm.{subscriber.rhythm.value}")])


def _footer(subscriber: Subscriber, words: Catalogue, links: Links, contact: str) -> Footer:
    wishes = wishes_text(subscriber, words)
    return Footer(
        why=words("digest.why_mail", email=subscriber.email, wishes=wishes),
        manage=link_to(links.manage()),
        unsubscribe=link_to(links.unsubscribe(subscriber.token)) if subscriber.token else None,
        contact=words("digest.contact", contact=contact),
    )
