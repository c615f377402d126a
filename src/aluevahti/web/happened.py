"""Changes as the pages tell them: what one document brought at one moment stands together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from aluevahti.model import Change, Language
from aluevahti.notify import Lookup
from aluevahti.render.clean import TITLE, clean
from aluevahti.render.entries import entry_view
from aluevahti.render.scene import Scene
from aluevahti.render.view import EntryView, Label, link_to
from aluevahti.render.wording import clock_text, date_text, region_text
from aluevahti.rules.digest import SOURCE_KINDS, Entry, Weight, document_of, is_sure
from aluevahti.web.frame import page_words
from aluevahti.web.site import Site


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened.

    Attributes:
        region: the region's code; `name` what it is called.
        day: the local date, in words; `at`: date and clock time for machines.
        entry: what happened, worded as in a digest.
    """

    region: str
    name: str
    day: str
    clock: str
    at: str
    entry: EntryView


def happened(site: Site, lang: Language, changes: Sequence[Change]) -> list[Happened]:
    """Changes in the order given, those of one document and moment as one."""
    groups = [tuple(sorted(group, key=lambda one: one.id or 0)) for _, group in groupby(changes, key=_together)]
    entries = [_entry(group) for group in groups]
    scene = site.scene(lang, Lookup(site.store).background(entries))
    return [_told(entry, scene, lang) for entry in entries]


def _together(change: Change) -> tuple[object, ...]:
    document = document_of(change)
    return (document, change.detected_at, change.region) if document is not None else ("change", change.id)


def _entry(changes: Sequence[Change]) -> Entry:
    return Entry(
        region=changes[0].region,
        changes=tuple(changes),
        reasons=(),
        weight=Weight.DOCUMENT,
        sure=any(is_sure(one) for one in changes),
    )


def _is_of_source(entry: Entry) -> bool:
    return entry.changes[0].kind in SOURCE_KINDS


def _told(entry: Entry, scene: Scene, lang: Language) -> Happened:
    at = entry.changes[0].detected_at.astimezone(scene.zone)
    view = _of_source(entry.changes, lang) if _is_of_source(entry) else entry_view(entry, scene)
    return Happened(
        entry.region,
        region_text(entry.region, scene.words),
        date_text(at.date(), scene.words),
        clock_text(at.time(), scene.words),
        at.isoformat(timespec="minutes"),
        view,
    )


def _of_source(changes: Iterable[Change], lang: Language) -> EntryView:
    """A source's trouble or recovery, in one line: what to do about it is in the operator's mail."""
    change = next(iter(changes))
    label = page_words(lang)(f"changes.{change.kind.value.replace('.', '_')}")
    return EntryView(labels=(Label(label, "document"),), title=clean(change.title, TITLE), link=link_to(change.url))


def by_day(told: Iterable[Happened]) -> list[tuple[str, list[Happened]]]:
    """What happened, day by day, in the order given."""
    return [(day, list(group)) for day, group in groupby(told, key=lambda one: one.day)]


def moment_words(at: dt.datetime, scene: Scene) -> str:
    """Date and clock time of a moment, in the reader's zone."""
    local = at.astimezone(scene.zone)
    return f"{date_text(local.date(), scene.words)} {clock_text(local.time(), scene.words)}"
