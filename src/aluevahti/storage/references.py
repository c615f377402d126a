"""What the parts of one outcome say of each other: keys, hashes and addresses become row ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection, bindparam, select

from aluevahti.model import Change, DocumentUpdate, Evidence, Json, KnownWindow, Window
from aluevahti.storage.documents import ids_by_key
from aluevahti.storage.tables import VersionRow, table

_versions: Final = table(VersionRow)
_latest_snapshot: Final = (
    select(_versions.c.snapshot_id)
    .where(_versions.c.document_id == bindparam("document"), _versions.c.snapshot_id.is_not(None))
    .order_by(_versions.c.id.desc())
    .limit(1)
)


@dataclass(kw_only=True)
class References:
    """The row ids of what was just written.

    Attributes:
        connection: where the rest is looked up.
        source: whose document keys are meant; None: no key can be meant.
        documents: the outcome's documents, by key and by each address they go by.
        snapshots: the outcome's snapshots, by address.
        windows: the outcome's windows, with their ids.
    """

    connection: Connection
    source: str | None = None
    documents: Mapping[str, int] = field(default_factory=dict)
    snapshots: Mapping[str, int] = field(default_factory=dict)
    windows: Sequence[KnownWindow] = ()

    def document(self, key: str | None, url: str | None = None) -> int | None:
        """The row id of the document that goes by this key, else of the one at this address."""
        if key is not None:
            found = self.documents.get(key)
            if found is None and self.source is not None:
                found = ids_by_key(self.connection, self.source, (key,)).get(key)
            return found
        return self.documents.get(url) if url is not None else None

    def completed(self, evidence: Evidence, key: str | None = None, document: int | None = None) -> Evidence:
        """The evidence with the document and the snapshot it comes from, where they can be told."""
        known = evidence.document if evidence.document is not None else document
        if known is None:
            known = self.document(key, evidence.url)
        snapshot = evidence.snapshot
        if snapshot is None and known is not None:
            snapshot = self.connection.execute(_latest_snapshot, {"document": known}).scalar()
        if snapshot is None and evidence.url is not None:
            snapshot = self.snapshots.get(evidence.url)
        return replace(evidence, document=known, snapshot=snapshot)

    def window(self, change: Change) -> int | None:
        """The row id of the window that a change tells of: the one with the bounds that it tells."""
        told = change.after if isinstance(change.after, dict) else change.before
        for known in self.windows:
            if known.region == change.region and isinstance(told, dict) and _tells_of(told, known.window):
                return known.id
        return None


def addresses(changes: Sequence[DocumentUpdate], ids: Mapping[str, int]) -> dict[str, int]:
    """Row ids by every name that the documents go by; a key is never overruled by another's address."""
    found: dict[str, int] = {}
    for change in changes:
        for name in (change.known.url, *change.known.aliases):
            found.setdefault(name, ids[change.known.key])
    return {**found, **ids}


def _tells_of(told: Mapping[str, Json], window: Window) -> bool:
    return (
        told.get("grant_type") == window.grant_type
        and told.get("opens") == (window.opens and window.opens.isoformat())
        and told.get("closes") == (window.closes and window.closes.isoformat())
        and bool(told.get("continuous")) == window.continuous
    )
