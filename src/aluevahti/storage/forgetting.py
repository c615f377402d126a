"""Forgetting: the texts and answers of documents that are to be kept no longer go, what is known of them stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from aluevahti.errors import Locked
from aluevahti.model import Form, KnownDocument, Reading
from aluevahti.storage import search
from aluevahti.storage.database import Database
from aluevahti.storage.documents import known_of
from aluevahti.storage.history import drop_bodies
from aluevahti.storage.tables import DocumentRow, SnapshotRow, VersionRow, table

_documents: Final = table(DocumentRow)
_snapshots: Final = table(SnapshotRow)
_versions: Final = table(VersionRow)

_row: Final = select(_documents.c.source, _documents.c.key, _documents.c.title).where(
    _documents.c.id == bindparam("document")
)
_own_versions: Final = select(_versions.c.body_id, _versions.c.snapshot_id).where(
    _versions.c.document_id == bindparam("document")
)
_own_answers: Final = select(_snapshots.c.id).where(
    _snapshots.c.source == bindparam("source"), _snapshots.c.key == bindparam("key")
)


class Forgetting(Database):
    """The part of the store that forgets."""

    def with_texts(self, forms: Collection[Form]) -> tuple[tuple[KnownDocument, dt.datetime | None], ...]:
        """The documents of these forms of whose text something is kept.

        Each with the moment at which a list of its source last showed anything; None: not known yet.
        """
        others = _documents.alias()
        listed = select(func.max(others.c.listed_at)).where(others.c.source == _documents.c.source).scalar_subquery()
        kept = exists().where(_versions.c.document_id == _documents.c.id)
        wanted = select(_documents, listed.label("list_read_at")).where(_documents.c.form.in_(forms), kept)
        with self._reading() as connection:
            return tuple((known_of(row), row.list_read_at) for row in connection.execute(wanted))

    def forget(self, documents: Mapping[int, Reading | None]) -> int:
        """Delete every version of these documents' texts, and the answers that they alone were read from.

        The rows of the documents stay, with title, dates and address; of what was understood stays what is given.
        One transaction: all of it or nothing. Afterwards the words are neither in the file nor, unless a reader holds
        on to it just then, in its WAL.

        Args:
            documents: by row id, what is to be kept of their readings.

        Returns:
            How many versions and answers were deleted.
        """
        with self._writing() as connection:
            gone = sum(_forget(connection, id_, reading) for id_, reading in documents.items())
        with suppress(Locked):  # the WAL is emptied by the next writer that finds no reader
            self._empty_wal()
        return gone


def _forget(connection: Connection, document: int, reading: Reading | None) -> int:
    row = connection.execute(_row, {"document": document}).one_or_none()
    if row is None:
        return 0
    versions = connection.execute(_own_versions, {"document": document}).all()
    bodies = [version.body_id for version in versions]
    connection.execute(delete(_versions).where(_versions.c.document_id == document))
    answers = {version.snapshot_id for version in versions} - {None}
    answers |= set(connection.execute(_own_answers, {"source": row.source, "key": row.key}).scalars())
    bodies += _drop_answers(connection, answers)
    drop_bodies(connection, bodies)
    connection.execute(update(_documents).where(_documents.c.id == document).values(reading=reading))
    search.index(connection, document, title=row.title)
    return len(bodies)


def _drop_answers(connection: Connection, answers: Iterable[int]) -> list[int]:
    """Delete those answers that no other document's text was read from; the ids of their bodies."""
    ids = sorted(answers)
    shared = select(_versions.c.snapshot_id).where(_versions.c.snapshot_id.in_(ids))
    alone = _snapshots.c.id.in_(ids), _snapshots.c.id.not_in(shared)
    bodies = list(connection.execute(select(_snapshots.c.body_id).where(*alone)).scalars())
    connection.execute(delete(_snapshots).where(*alone))
    return bodies
