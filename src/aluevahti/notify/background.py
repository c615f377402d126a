"""What changes do not say themselves: texts before and after, further proofs, what still stood on the baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aluevahti.model import (
    Change,
    ChangeKind,
    KnownDocument,
    KnownWindow,
    PastValue,
    StatusState,
    StatusValue,
    Version,
)
from aluevahti.render.scene import Background
from aluevahti.rules.digest import STATUS_KINDS, Entry, document_of
from aluevahti.rules.matters import same_matter
from aluevahti.storage import Store

SAME_MOMENT = dt.timedelta(minutes=10)
"""A version stored within this time after a change was noticed is the version that the change speaks of."""


@dataclass(slots=True)
class Lookup:
    """Looks things up about changes, each thing once."""

    store: Store
    _windows: dict[int | None, KnownWindow] | None = None
    _documents: dict[int, KnownDocument | None] = field(default_factory=dict)
    _matters: dict[int, tuple[KnownDocument, ...]] = field(default_factory=dict)
    _status: dict[str, tuple[dict[str, StatusValue], dict[str, tuple[PastValue, ...]]]] = field(default_factory=dict)

    def background(self, entries: Iterable[Entry]) -> Background:
        """What is to be said of these entries besides."""
        changes = [change for entry in entries for change in entry.changes]
        known = [self.windows[one.window] for one in changes if one.window in self.windows]
        return Background(
            revisions=dict(self._revisions(changes)),
            proofs={window.id: window.proofs for window in known if window.id is not None},
            windows={window.id: window for window in known if window.id is not None},
            baseline=frozenset(one.id for one in changes if one.id is not None and self._stood_on_baseline(one)),
            documents=self._documents_of(changes),
            matters=self._matters_of(changes),
        )

    @property
    def windows(self) -> dict[int | None, KnownWindow]:
        """The known windows by row id."""
        if self._windows is None:
            self._windows = {window.id: window for window in self.store.windows()}
        return self._windows

    def _documents_of(self, changes: Iterable[Change]) -> dict[int, KnownDocument]:
        """The documents that changes are about, as they stand now."""
        rows = (document_of(one) for one in changes)
        return {row: known for row in rows if row is not None and (known := self._document(row)) is not None}

    def _document(self, row: int) -> KnownDocument | None:
        if row not in self._documents:
            self._documents[row] = self.store.document(row)
        return self._documents[row]

    def _matters_of(self, changes: Iterable[Change]) -> dict[int, tuple[KnownDocument, ...]]:
        """For each document with a case number, what else the region did with its matter."""
        known = self._documents_of(changes)
        for row in known.keys() - self._matters.keys():
            self._matters[row] = same_matter(known[row], self.store.matter)
        return {row: self._matters[row] for row in known if self._matters[row]}

    def _revisions(self, changes: Sequence[Change]) -> Iterator[tuple[int, tuple[str, str]]]:
        """The text of each revised document before its first revision here and after its last."""
        revised: dict[int, list[Change]] = {}
        for one in changes:
            if one.kind is ChangeKind.DOCUMENT_REVISED and one.document is not None:
                revised.setdefault(one.document, []).append(one)
        for document, history in revised.items():
            versions = self.store.versions(document)
            own = [version for change in history for version in _versions(versions, change)]
            earlier = [version for version in versions if own and version.id < own[0].id]
            if earlier:
                yield document, (self.store.version_text(earlier[-1].id), self.store.version_text(own[-1].id))

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


def _versions(versions: Sequence[Version], change: Change) -> Sequence[Version]:
    """The versions that a change speaks of: those stored when it was noticed. None: only its phase or title changed."""
    snapshot = change.evidence.snapshot if change.evidence is not None else None
    return [
        one
        for one in versions
        if change.detected_at <= one.at
        and (one.at <= change.detected_at + SAME_MOMENT or (snapshot is not None and one.snapshot == snapshot))
    ]
