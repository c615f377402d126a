"""From a reader and the new changes to the bytes of a digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aluevahti.mail import compose_mime
from aluevahti.model import (
    Change,
    Coverage,
    Message,
    Subscriber,
)
from aluevahti.notify.background import Lookup
from aluevahti.notify.settings import Settings
from aluevahti.render.digest import MOST_ENTRIES, digest_view
from aluevahti.render.messages import Renderer, digest_message
from aluevahti.rules.coverage import coverage
from aluevahti.rules.digest import Entry, document_of, select
from aluevahti.storage import Store

MOST_BYTES = 100_000
"""No digest grows beyond this: Gmail cuts a mail off at 102 kB, and with it the way to unsubscribe."""


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
    _lookup: Lookup = field(init=False)

    def __post_init__(self) -> None:
        self._lookup = Lookup(self.store)

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
            background=self._lookup.background(entries[:most]),
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
