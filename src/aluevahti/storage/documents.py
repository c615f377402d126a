"""Documents: what is known of each, and every version of its text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, String, bindparam, func, insert, select, text, update

from aluevahti.errors import StorageError
from aluevahti.model import CallChange, Document, DocumentUpdate, KnownDocument, PollOutcome, Version
from aluevahti.storage import search
from aluevahti.storage.database import Database
from aluevahti.storage.history import read_body, store_body
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import DocumentRow, VersionRow, table

_documents: Final = table(DocumentRow)
_versions: Final = table(VersionRow)
_PAGE: Final = 500  # rows in memory at a time

# What stays between two readings and is not kept with the row: the text has its versions.
_NOT_KEPT: Final = ("text", "files")
_AS_LISTED: Final = tuple(name for name in DocumentRow.model_fields if name in Document.__dataclass_fields__)
_ALWAYS: Final = ("missing_count", "missing_since", "removed_at", "silent", "twin_of")
_WHEN_SEEN: Final = ("last_seen_at", "position")
_WHEN_LISTED: Final = ("listed_at",)
_WHEN_READ: Final = ("read_at",)
_WHEN_GIVEN: Final = ("text_sha256", "reading")

_add_document: Final = insert(_documents).returning(_documents.c.id)
_add_version: Final = insert(_versions)
_latest_body: Final = (
    select(_versions.c.body_id)
    .where(_versions.c.document_id == bindparam("document"))
    .order_by(_versions.c.id.desc())
    .limit(1)
)
_without_reading: Final = select(*(column for column in _documents.c if column.name != "reading"))
_of_ids: Final = (
    select(_documents).where(_documents.c.id.in_(text("SELECT value FROM json_each(:ids)"))).order_by(_documents.c.id)
)
_ids_by_key: Final = text(
    "SELECT key, id FROM documents WHERE source = :source AND key IN (SELECT value FROM json_each(:keys))"
)


def ids_by_key(connection: Connection, source_id: str, keys: Iterable[str]) -> dict[str, int]:
    """The row ids of a source's documents that are known by these keys."""
    wanted = json.dumps(sorted(set(keys)))
    rows = connection.execute(_ids_by_key, {"source": source_id, "keys": wanted})
    return {row.key: row.id for row in rows}


def record_documents(connection: Connection, outcome: PollOutcome, snapshot_ids: Mapping[str, int]) -> dict[str, int]:
    """Write an outcome's documents and their new versions.

    Args:
        connection: in a write transaction.
        outcome: one attempt at one source.
        snapshot_ids: the row ids of the outcome's snapshots, by hash.

    Returns:
        The row ids of the outcome's documents, by key.

    Raises:
        StorageError: an update names a row that is not there.
    """
    unknown = [change.known.key for change in outcome.documents if change.id is None]
    ids = ids_by_key(connection, outcome.source, unknown) if unknown else {}
    written: dict[str, int] = {}
    old: list[tuple[int, DocumentUpdate]] = []
    for given in outcome.documents:
        change = given if given.twin_key is None else replace(given, twin_of=written.get(given.twin_key))
        id_ = change.id if change.id is not None else written.get(change.known.key, ids.get(change.known.key))
        if id_ is None:
            id_ = _insert(connection, outcome, change)
        else:
            old.append((id_, change))
        written[change.known.key] = id_
    _update(connection, outcome.finished_at, old)
    for change in outcome.documents:
        if change.text is not None:
            _insert_version(connection, written[change.known.key], change, outcome.finished_at, snapshot_ids)
    return written


def _columns(change: DocumentUpdate, at: dt.datetime) -> dict[str, Any]:
    row = columns_of(change.known, leave_out=_NOT_KEPT)
    row.update({name: getattr(change, name) for name in (*_ALWAYS, *_WHEN_GIVEN)})
    row.update(
        position=change.position,
        last_seen_at=at,
        listed_at=at if change.listed else None,
        read_at=at if change.read else None,
    )
    return row


def _insert(connection: Connection, outcome: PollOutcome, change: DocumentUpdate) -> int:
    at = outcome.finished_at
    row = {**_columns(change, at), "source": outcome.source, "region": outcome.region, "first_seen_at": at}
    id_ = int(connection.execute(_add_document, row).scalar_one())
    if change.text is None:  # else its version is indexed with the title
        search.index(connection, id_, title=change.known.title, lemmas=change.lemmas)
    return id_


def _update(connection: Connection, at: dt.datetime, changes: list[tuple[int, DocumentUpdate]]) -> None:
    """Update rows, those that take the same columns together."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for id_, change in changes:
        names = _taken(change)
        row = _columns(change, at)
        groups.setdefault(names, []).append({"row_id": id_, **{name: row[name] for name in names}})
    for names, rows in groups.items():
        statement = update(_documents).where(_documents.c.id == bindparam("row_id"))
        result = connection.execute(statement.values({name: bindparam(name) for name in names}), rows)
        if result.rowcount != len(rows):
            raise StorageError("a document to be updated is not there")
    untold = ((id_, change.known.title, change.lemmas) for id_, change in changes if change.text is None)
    search.retitle(connection, untold)


def _taken(change: DocumentUpdate) -> tuple[str, ...]:
    given = tuple(name for name in _WHEN_GIVEN if getattr(change, name) is not None)
    seen = (*(_WHEN_SEEN if change.seen else ()), *(_WHEN_LISTED if change.listed else ()))
    return (*_AS_LISTED, *_ALWAYS, *seen, *(_WHEN_READ if change.read else ()), *given)


def _insert_version(
    connection: Connection, id_: int, change: DocumentUpdate, at: dt.datetime, snapshot_ids: Mapping[str, int]
) -> None:
    assert change.text is not None
    near = connection.execute(_latest_body, {"document": id_}).scalar()
    row = {
        "document_id": id_,
        "at": at,
        "title": change.known.title,
        "phase": change.known.phase,
        "text_sha256": change.text_sha256,
        "body_id": store_body(connection, change.text.encode(), near=near),
        "snapshot_id": snapshot_ids.get(change.snapshot_sha256 or ""),
        "reading": change.reading,
    }
    connection.execute(_add_version, row)
    search.index(connection, id_, title=change.known.title, body=change.text, lemmas=change.lemmas)


def known_of(row: Any, **given: Any) -> KnownDocument:
    """The document in a row; fields that are `given` need no column."""
    document = value_of(Document, row, text=None, files=())
    return value_of(KnownDocument, row, document=document, **given)


class Documents(Database):
    """The part of the store that knows the documents."""

    def known_documents(self, source_id: str) -> tuple[KnownDocument, ...]:
        """All documents of one source, those removed included, in the order they were first seen."""
        wanted = select(_documents).where(_documents.c.source == source_id).order_by(_documents.c.id)
        with self._reading() as connection:
            return tuple(known_of(row) for row in connection.execute(wanted))

    def region_documents(
        self, region: str, since: dt.datetime, sources: Collection[str] | None = None
    ) -> tuple[KnownDocument, ...]:
        """A region's documents that were seen at or after `since`, without their readings.

        Args:
            region: a region's code.
            since: aware.
            sources: only those of these sources; None: of all.
        """
        # where sources are named, their index is to be used and not the region's, which is as long as it has documents
        here = _documents.c.region == region if sources is None else _documents.c.source.in_(sorted(sources))
        wanted = _without_reading.where(here, _documents.c.last_seen_at >= since).order_by(_documents.c.id)
        with self._reading() as connection:
            rows = connection.execute(wanted)
            return tuple(known_of(row, reading=None) for row in rows if row.region == region)

    def documents_of(self, ids: Collection[int]) -> tuple[KnownDocument, ...]:
        """Documents by their row ids, in that order; those that are not there are left out."""
        with self._reading() as connection:
            rows = connection.execute(_of_ids, {"ids": json.dumps(sorted(ids))})
            return tuple(known_of(row) for row in rows)

    def latest_documents(self, region: str, limit: int) -> tuple[KnownDocument, ...]:
        """The documents of a region that were seen first most lately, newest first; what only repeats another is left out."""
        wanted = select(_documents).where(_documents.c.region == region, _documents.c.twin_of.is_(None))
        wanted = wanted.order_by(_documents.c.first_seen_at.desc(), _documents.c.id.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(known_of(row) for row in connection.execute(wanted))

    def matter(self, region: str, case_numbers: Collection[str]) -> tuple[KnownDocument, ...]:
        """The documents of all of a region's sources with one of these case numbers (letter case aside), as first seen."""
        number = _documents.c.case_number.collate("NOCASE")
        wanted = select(_documents).where(
            _documents.c.region == region, _documents.c.case_number.is_not(None), number.in_(sorted(case_numbers))
        )
        with self._reading() as connection:
            return tuple(known_of(row) for row in connection.execute(wanted.order_by(_documents.c.id)))

    def withdrawals(self, region: str) -> tuple[KnownDocument, ...]:
        """A region's documents by which a call was withdrawn, as first seen."""
        change = func.json_extract(_documents.c.reading, "$.change", type_=String)
        wanted = select(_documents).where(_documents.c.region == region, change == CallChange.CANCELLED.value)
        with self._reading() as connection:
            return tuple(known_of(row) for row in connection.execute(wanted.order_by(_documents.c.id)))

    def document(self, document_id: int) -> KnownDocument | None:
        """One document; None: there is none of that number."""
        with self._reading() as connection:
            row = connection.execute(select(_documents).where(_documents.c.id == document_id)).one_or_none()
        return None if row is None else known_of(row)

    def documents(
        self, region: str | None = None, words: str | None = None, forms: search.Forms | None = None
    ) -> Iterator[KnownDocument]:
        """Documents, of one region or of all; with `words` those that have all of them, best first.

        Args:
            region: a region's code.
            words: searched in title and text as they stand there (`säde` is not `sade`); `avustu*`
                takes any ending.
            forms: the basic forms of each of the words, where they are known; one of them is enough.
        """
        if words is None:
            yield from self._by_id(region)
            return
        with self._reading() as connection:
            found = search.find(connection, words, forms)
        for start in range(0, len(found), _PAGE):
            yield from self._these(found[start : start + _PAGE], region)

    def reindex(self, lemmas_of: Callable[[KnownDocument, str], str]) -> int:
        """Make the full-text index anew from the newest texts; how many documents it holds now.

        Args:
            lemmas_of: gives the basic forms of a document's words, from what is known of it and its text.
        """
        count = 0
        for known in self._by_id(None):
            body = self.text_of(known.id) or ""
            lemmas = lemmas_of(known, body)
            with self._writing() as connection:
                search.index(connection, known.id, title=known.document.title, body=body, lemmas=lemmas)
            count += 1
        return count

    def _by_id(self, region: str | None) -> Iterator[KnownDocument]:
        after = 0
        while True:
            page = select(_documents).where(_documents.c.id > after).order_by(_documents.c.id).limit(_PAGE)
            if region is not None:
                page = page.where(_documents.c.region == region)
            with self._reading() as connection:
                found = tuple(known_of(row) for row in connection.execute(page))
            if not found:
                return
            yield from found
            after = found[-1].id

    def _these(self, ids: tuple[int, ...], region: str | None) -> Iterator[KnownDocument]:
        with self._reading() as connection:
            rows = connection.execute(select(_documents).where(_documents.c.id.in_(ids)))
            found = {row.id: known_of(row) for row in rows if region in {None, row.region}}
        yield from (found[id_] for id_ in ids if id_ in found)

    def versions(self, document_id: int) -> tuple[Version, ...]:
        """All stored versions of a document's text, oldest first."""
        wanted = select(_versions).where(_versions.c.document_id == document_id).order_by(_versions.c.id)
        with self._reading() as connection:
            return tuple(
                value_of(Version, row, document=row.document_id, snapshot=row.snapshot_id)
                for row in connection.execute(wanted)
            )

    def texts_of(self, document_id: int) -> tuple[tuple[dt.datetime, str], ...]:
        """When each text of a document came, and its hash, oldest first."""
        columns = (_versions.c.at, _versions.c.text_sha256)
        wanted = select(*columns).where(_versions.c.document_id == document_id).order_by(_versions.c.id)
        with self._reading() as connection:
            return tuple((row.at, row.text_sha256 or "") for row in connection.execute(wanted))

    def text_of(self, document_id: int) -> str | None:
        """The newest text of a document; None: it was never read.

        Raises:
            StorageError: the text is damaged.
        """
        with self._reading() as connection:
            body_id: int | None = connection.execute(_latest_body, {"document": document_id}).scalar()
            return None if body_id is None else read_body(connection, body_id).decode()

    def version_text(self, version_id: int) -> str:
        """The text of one version.

        Raises:
            StorageError: there is no such version, or it is damaged.
        """
        with self._reading() as connection:
            wanted = select(_versions.c.body_id).where(_versions.c.id == version_id)
            body_id = connection.execute(wanted).scalar()
            if body_id is None:
                raise StorageError(f"there is no version {version_id}")
            return read_body(connection, body_id).decode()
