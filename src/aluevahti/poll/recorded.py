"""What the state remembers of its own history, in the order in which it happened: the ground of a replay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aluevahti.errors import ParseError, StorageError
from aluevahti.model import (
    Change,
    ChangeKind,
    Document,
    KnownDocument,
    Phase,
    Snapshot,
    Source,
    SourceHealth,
    Version,
)
from aluevahti.platforms import PLATFORMS
from aluevahti.poll.gathering import own_and_others
from aluevahti.rules import identity
from aluevahti.storage import Store

POLL_LASTS = dt.timedelta(minutes=15)
"""The longest that lies between the beginning of a poll, which health and changes are dated by, and its end."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One document as one poll saw it: new, with another text, or in a later phase.

    Attributes:
        at: when the poll was recorded (aware).
        row: the document's row id.
        document: as it was then; `text` is None where the poll brought none.
        first: the source's first check was still going on.
        version: polls that were recorded at one moment are told apart by the numbers of the texts they brought.
    """

    at: dt.datetime
    row: int
    source: str
    document: Document
    first: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class Misread:
    """A stored answer that today's adapters read otherwise than the ones that recorded it."""

    source: str
    url: str
    fetched_at: dt.datetime
    what: str


@dataclass(slots=True)
class History:
    """What happened, oldest first.

    Attributes:
        sightings: of documents, in the order of the polls and, within one, in theirs.
        rows: every document as it is known today, by row id.
        changes: what was told.
        health: of the sources.
        versions: how many texts were read; `answers`: how many stored answers were parsed anew.
        forgotten: documents whose texts are no longer kept; their windows and facts cannot be replayed.
        unwatched: documents of sources that are no longer in the configuration.
    """

    sightings: list[Sighting] = field(default_factory=list)
    rows: dict[int, KnownDocument] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    health: Mapping[str, SourceHealth] = field(default_factory=dict)
    misread: list[Misread] = field(default_factory=list)
    versions: int = 0
    answers: int = 0
    forgotten: int = 0
    unwatched: int = 0


def history_of(
    store: Store,
    sources: Sequence[Source],
    *,
    region: str | None,
    since: dt.datetime | None,
    until: dt.datetime,
) -> History:
    """Read the history of one region, or of all.

    Args:
        store: the state.
        sources: the configuration's sources; documents of others are counted and left out.
        region: only this one.
        since: today's adapters read the answers from this moment on anew; before it, texts are taken as recorded.
        until: what came later is left out.

    Raises:
        StorageError: the state could not be read.
    """
    by_id = {source.id: source for source in sources}
    found = History(health=store.all_health())
    found.changes = [change for change in store.changes(region=region) if change.detected_at <= until]
    for known in store.documents(region=region):
        if known.source not in by_id:
            found.unwatched += 1
            continue
        found.rows[known.id] = known
        found.sightings += _sightings(store, by_id[known.source], known, found, since)
    found.sightings = _in_order(one for one in found.sightings if one.at <= until)
    for source in sources:
        if region in {None, source.region}:
            found.misread += _misread_lists(store, source, found, since, until)
    return found


def _in_order(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Poll after poll as they were recorded, and within one poll in the order in which it was judged."""
    found = list(sightings)
    begins: dict[tuple[dt.datetime, str], int] = {}
    for one in found:
        if one.version:
            begins[one.at, one.source] = min(one.version, begins.get((one.at, one.source), one.version))
    return sorted(
        found, key=lambda one: (one.at, begins.get((one.at, one.source), 0), one.source, one.version or one.row)
    )


# --- documents -----------------------------------------------------------------------------------


def _sightings(
    store: Store, source: Source, known: KnownDocument, found: History, since: dt.datetime | None
) -> Iterator[Sighting]:
    versions = store.versions(known.id)
    if known.text_sha256 is not None and not versions:
        found.forgotten += 1
    told = _document_changes(found.changes, known.id)
    first_read_at = found.health.get(source.id, SourceHealth()).first_read_at
    if not versions or versions[0].at - known.first_seen_at > POLL_LASTS:
        title, phase = _at_first(known, told, versions)
        document = replace(known.document, title=title, phase=phase)
        yield Sighting(
            known.first_seen_at, known.id, source.id, document, _is_first(known.first_seen_at, first_read_at)
        )
    for version in versions:
        found.versions += 1
        text = store.version_text(version.id)
        if since is None or version.at >= since:
            text = _read_anew(store, source, known, version, found) or text
        document = replace(known.document, title=version.title, phase=version.phase, text=text)
        yield Sighting(version.at, known.id, source.id, document, _is_first(version.at, first_read_at), version.id)
    yield from _moves(source, known, told, versions)


def _is_first(at: dt.datetime, first_read_at: dt.datetime | None) -> bool:
    """Whether a poll that was recorded at a moment belonged to the source's first check."""
    return first_read_at is None or at - first_read_at < POLL_LASTS


def _document_changes(changes: Iterable[Change], row: int) -> list[Change]:
    return [one for one in changes if one.document == row and one.kind is ChangeKind.DOCUMENT_REVISED]


def _at_first(known: KnownDocument, told: Sequence[Change], versions: Sequence[Version]) -> tuple[str, Phase | None]:
    """Title and phase that a document was first seen with: from what a change or a version says was before."""
    if told and isinstance(told[0].before, dict):
        return str(told[0].before["title"]), _phase(told[0].before["phase"])
    if versions:
        return versions[0].title, versions[0].phase
    return known.document.title, known.document.phase


def _moves(
    source: Source, known: KnownDocument, told: Sequence[Change], versions: Sequence[Version]
) -> Iterator[Sighting]:
    """Steps that brought no new text: the same words, now minutes instead of an agenda."""
    for change in told:
        near = any(dt.timedelta(0) <= version.at - change.detected_at <= POLL_LASTS for version in versions)
        if not near and isinstance(change.after, dict):
            document = replace(
                known.document, title=str(change.after["title"]), phase=_phase(change.after["phase"]), text=None
            )
            yield Sighting(change.detected_at, known.id, source.id, document, first=False)


def _phase(value: object) -> Phase | None:
    return None if value is None else Phase(str(value))


# --- stored answers ------------------------------------------------------------------------------


def _read_anew(store: Store, source: Source, known: KnownDocument, version: Version, found: History) -> str | None:
    """The text of a version as today's adapter reads it; None where its answer is gone or unreadable."""
    snapshot = None if version.snapshot is None else _snapshot(store, version.snapshot)
    if snapshot is None:
        return None
    found.answers += 1
    try:
        listing = PLATFORMS[source.platform].parse(source, snapshot)
    except ParseError as error:
        found.misread.append(Misread(source.id, snapshot.url, snapshot.fetched_at, f"cannot be read: {error}"))
        return None
    own, _ = own_and_others(known.document, listing)
    if own is None and snapshot.key is not None:  # on a list, what gave the text may be another answer of that poll
        found.misread.append(Misread(source.id, snapshot.url, snapshot.fetched_at, "no longer holds the document"))
    return None if own is None else own.text


def _snapshot(store: Store, number: int) -> Snapshot | None:
    try:
        return store.snapshot(number)
    except StorageError:
        return None


def _misread_lists(
    store: Store, source: Source, found: History, since: dt.datetime | None, until: dt.datetime
) -> Iterator[Misread]:
    """Lists in which today's adapter finds documents that nobody knows, or that it cannot read."""
    known = [one for one in found.rows.values() if one.source == source.id]
    named: set[str] = set()
    for _, snapshot in store.snapshots(source.id):
        early = since is not None and snapshot.fetched_at < since
        if snapshot.key is not None or early or snapshot.fetched_at > until:
            continue
        found.answers += 1
        try:
            listing = PLATFORMS[source.platform].parse(source, snapshot)
        except ParseError as error:
            yield Misread(source.id, snapshot.url, snapshot.fetched_at, f"cannot be read: {error}")
            continue
        for document in identity.match(known, listing.documents).new:
            if document.key not in named:
                named.add(document.key)
                yield Misread(
                    source.id, document.url, snapshot.fetched_at, f"would be a new document: {document.title}"
                )
