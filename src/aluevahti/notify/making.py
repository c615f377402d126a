"""From a reader and the new changes to the bytes of a digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aluevahti.mail import compose_mime
from aluevahti.model import (
    Change,
    ChangeKind,
    Coverage,
    KnownWindow,
    Message,
    PastValue,
    StatusState,
    StatusValue,
    Subscriber,
    Version,
)
from aluevahti.notify.settings import Settings
from aluevahti.render.digest import MOST_ENTRIES, digest_view
from aluevahti.render.entries import Background
from aluevahti.render.messages import Renderer, digest_message
from aluevahti.rules.coverage import coverage
from aluevahti.rules.digest import STATUS_KINDS, Entry, document_of, select
from aluevahti.storage import Store

MOST_BYTES = 100_000
"""No digest grows beyond this: Gmail cuts a mail off at 102 kB, and with it the way to unsubscribe."""

SAME_MOMENT = dt.timedelta(minutes=10)
"""A version stored within this time after a change was noticed is the version that the change speaks of."""


@dataclass(frozen=True, slots=True)
class Made:
    """A digest, ready to be queued. `entries`: how many things it tells."""

    message: Message
    mime: bytes
    entries: int


@dataclass(slots=True)
class Desk:
    """Where digests are made: the changes of one pass, and what is looked up about them, once for all readers.

    Attributes:
        changes: those after the earliest cursor, oldest first.
        last: the newest change that this pass knows of; later ones belong to the next.
    """

    store: Store
    settings: Settings
    renderer: Renderer
    now: dt.datetime
    changes: Sequence[Change]
    last: int
    _coverage: Coverage | None = None
    _texts: dict[int, str] = field(default_factory=dict)
    _windows: dict[int | None, KnownWindow] | None = None
    _status: dict[str, tuple[dict[str, StatusValue], dict[str, tuple[PastValue, ...]]]] = field(default_factory=dict)

    def entries(self, subscriber: Subscriber) -> tuple[Entry, ...]:
        """What there is to tell a reader."""
        texts = self._texts_of(subscriber) if subscriber.words else {}
        return select(subscriber, self.changes, texts)

    def make(
        self, subscriber: Subscriber, entries: Sequence[Entry], period: str, late_since: dt.date | None = None
    ) -> Made:
        """The digest of these entries. Where it would grow too long, fewer are shown in full and the rest counted."""
        most = MOST_ENTRIES
        while True:
            message = self._message(subscriber, entries, period, late_since, most)
            mime = compose_mime(message, sender=self.settings.sender)
            if len(mime) <= MOST_BYTES or most <= 1:
                return Made(message, mime, len(entries))
            shown = min(most, len(entries))
            most = max(1, min(shown - 1, shown * MOST_BYTES // len(mime)))

    def _message(
        self, subscriber: Subscriber, entries: Sequence[Entry], period: str, late_since: dt.date | None, most: int
    ) -> Message:
        settings = self.settings
        view = digest_view(
            subscriber,
            entries,
            now=self.now,
            zone=settings.schedule.zone,
            coverage=self.coverage,
            links=settings.links,
            contact=settings.contact,
            background=self._background(entries[:most]),
            late_since=late_since,
            most=most,
        )
        return digest_message(
            view,
            subscriber,
            period,
            renderer=self.renderer,
            links=settings.links,
            contact=settings.contact,
            domain=settings.domain,
            now=self.now.astimezone(settings.schedule.zone),
        )

    # --- what the changes do not say themselves ---

    @property
    def coverage(self) -> Coverage:
        """What was read."""
        if self._coverage is None:
            self._coverage = coverage(self.settings.sources, self.store.all_health(), self.now)
        return self._coverage

    def _texts_of(self, subscriber: Subscriber) -> Mapping[int, str]:
        """The texts of the documents that a reader's words may be found in."""
        for change in self.changes:
            document = document_of(change)
            here = not subscriber.regions or change.region in subscriber.regions
            if here and document is not None and document not in self._texts:
                self._texts[document] = self.store.text_of(document) or ""
        return self._texts

    def _background(self, entries: Sequence[Entry]) -> Background:
        changes = [change for entry in entries for change in entry.changes]
        known = [self.windows[one.window] for one in changes if one.window in self.windows]
        return Background(
            revisions=dict(self._revisions(changes)),
            proofs={window.id: window.proofs for window in known if window.id is not None},
            baseline=frozenset(one.id for one in changes if one.id is not None and self._stood_on_baseline(one)),
        )

    @property
    def windows(self) -> dict[int | None, KnownWindow]:
        """The known windows by row id."""
        if self._windows is None:
            self._windows = {window.id: window for window in self.store.windows()}
        return self._windows

    def _revisions(self, changes: Sequence[Change]) -> Iterator[tuple[int, tuple[str, str]]]:
        """The text of each revised document before its first revision here and after its last."""
        revised: dict[int, list[Change]] = {}
        for one in changes:
            if one.kind is ChangeKind.DOCUMENT_REVISED and one.document is not None:
                revised.setdefault(one.document, []).append(one)
        for document, history in revised.items():
            versions = self.store.versions(document)
            new, old = _version(versions, history[-1]), _before(versions, _version(versions, history[0]))
            if new is not None and old is not None:
                yield document, (self.store.version_text(old.id), self.store.version_text(new.id))

    def _stood_on_baseline(self, change: Change) -> bool:
        """Whether what a change calls "before" was the report's of January 2023, with nothing to confirm it."""
        if change.kind is ChangeKind.WINDOW_CHANGED:
            known = self.windows.get(change.window)
            return known is not None and known.baseline
        if change.kind not in STATUS_KINDS or not isinstance(change.before, Mapping):
            return False
        if change.region not in self._status:
            region = change.region
            self._status[region] = (self.store.status(region), self.store.status_history(region))
        standing, past = self._status[change.region]
        name, before = change.before.get("field"), change.before.get("value")
        since = [one.value for one in past.get(str(name), ()) if one.replaced_at >= change.detected_at]
        then = since[0] if since else standing.get(str(name))
        return then is not None and then.state is StatusState.BASELINE and then.value == before


def _version(versions: Sequence[Version], change: Change) -> Version | None:
    """The version that a change speaks of: the one read from its snapshot, else the latest of its time."""
    snapshot = change.evidence.snapshot if change.evidence is not None else None
    near = [one for one in versions if one.at <= change.detected_at + SAME_MOMENT]
    exact = [one for one in near if snapshot is not None and one.snapshot == snapshot]
    fitting = exact or near
    return fitting[-1] if fitting else None


def _before(versions: Sequence[Version], version: Version | None) -> Version | None:
    earlier = [one for one in versions if version is not None and one.id < version.id]
    return earlier[-1] if earlier else None
