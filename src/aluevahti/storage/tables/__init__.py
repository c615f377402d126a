"""The tables, one class each, and the few things SQLModel cannot say (full-text index, triggers).

A column that carries a value of the model has that value's name. Table classes stay inside this
package: SQLModel does not validate them, the column types and STRICT do.
"""

from __future__ import annotations

from typing import Final

from sqlmodel import Field

from aluevahti.storage.tables.documents import BodyRow, DocumentRow, SnapshotRow, VersionRow
from aluevahti.storage.tables.known import ChangeRow, PastStatusRow, ProposalRow, StatusRow, WindowRow
from aluevahti.storage.tables.mail import DigestRunRow, OutboxRow, SubscriberRow
from aluevahti.storage.tables.row import STRICT, Row, metadata, table
from aluevahti.storage.tables.sources import HttpRow, RobotsRow, SourceRow

__all__ = [
    "SEARCH_DDL",
    "TRIGGERS",
    "BodyRow",
    "ChangeRow",
    "DigestRunRow",
    "DocumentRow",
    "HttpRow",
    "MetaRow",
    "OutboxRow",
    "PastStatusRow",
    "ProposalRow",
    "RobotsRow",
    "Row",
    "SnapshotRow",
    "SourceRow",
    "StatusRow",
    "SubscriberRow",
    "VersionRow",
    "WindowRow",
    "metadata",
    "table",
]


class MetaRow(Row, table=True):
    """Small things to remember, by name."""

    __tablename__ = "meta"
    __table_args__ = STRICT

    key: str = Field(primary_key=True)
    value: str


# `remove_diacritics 0`: säde (a ray) is not sade (rain). The title and the lemmas are columns of their own.
SEARCH_DDL: Final = (
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, body, lemmas, tokenize = 'unicode61 remove_diacritics 0')"
)

TRIGGERS: Final = tuple(
    f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    for name, event, why in (
        ("snapshots_are_not_changed", "UPDATE ON snapshots", "a snapshot is never changed"),
        ("changes_are_not_changed", "UPDATE ON changes", "a change that was told is never changed"),
        ("changes_are_not_deleted", "DELETE ON changes", "a change that was told is never deleted"),
    )
)
