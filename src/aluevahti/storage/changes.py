"""Changes: all that was ever told, in the order it was found. Rows are added, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Select, TextClause, func, insert, or_, select, text

from aluevahti.model import Change, ChangeKind, Theme
from aluevahti.storage.database import Database
from aluevahti.storage.references import References
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import ChangeRow, table

_changes: Final = table(ChangeRow)
_put: Final = insert(_changes).returning(_changes.c.id)
_last: Final = select(func.coalesce(func.max(_changes.c.id), 0))
_PAGE: Final = 500  # rows in memory at a time
_ALWAYS_RELEVANT: Final = sorted(kind for kind in ChangeKind if kind.value.startswith(("window.", "status.")))


def record_changes(connection: Connection, changes: Iterable[Change], references: References) -> tuple[Change, ...]:
    """Add changes; as they came, with their ids and what they refer to filled in."""
    return tuple(_record(connection, change, references) for change in changes)


def _record(connection: Connection, change: Change, references: References) -> Change:
    document = change.document
    if document is None:
        document = references.document(change.document_key)
    evidence = change.evidence and references.completed(change.evidence, change.document_key, document)
    window = change.window
    if window is None and change.kind.value.startswith("window."):
        window = references.window(change)
    full = replace(change, document=document, evidence=evidence, window=window)
    id_ = connection.execute(_put, columns_of(full, leave_out=("id", "document_key"))).scalar_one()
    return replace(full, id=id_)


def last_change_id(connection: Connection) -> int:
    """The newest change's id; 0: nothing was ever told."""
    return int(connection.execute(_last).scalar_one())


def _has_theme(theme: Theme) -> TextClause:
    has_theme = text("EXISTS (SELECT 1 FROM json_each(changes.themes) WHERE value = :theme)")
    return has_theme.bindparams(theme=theme.value)


def _change(row: Any) -> Change:
    return value_of(Change, row, document_key=None)


class Changes(Database):
    """The part of the store that knows what was told."""

    def changes(
        self,
        after_id: int = 0,
        since: dt.datetime | None = None,
        region: str | None = None,
        theme: Theme | None = None,
        kind: ChangeKind | None = None,
    ) -> Iterator[Change]:
        """Changes in the order of their ids, those only that meet every given condition.

        Args:
            after_id: a change's id; that change and the ones before it are left out.
            since: detected at this time or later.
            region: a region's code.
            theme: one of the change's themes.
            kind: the change's kind.
        """
        wanted = select(_changes).order_by(_changes.c.id).limit(_PAGE)
        if since is not None:
            wanted = wanted.where(_changes.c.detected_at >= since)
        if region is not None:
            wanted = wanted.where(_changes.c.region == region)
        if kind is not None:
            wanted = wanted.where(_changes.c.kind == kind)
        if theme is not None:
            wanted = wanted.where(_has_theme(theme))
        yield from self._pages(wanted, after_id)

    def _pages(self, wanted: Select[Any], after: int) -> Iterator[Change]:
        while True:
            with self._reading() as connection:
                page = [_change(row) for row in connection.execute(wanted.where(_changes.c.id > after))]
            if not page:
                return
            yield from page
            after = page[-1].id or after

    def latest_changes(
        self,
        limit: int,
        *,
        before_id: int | None = None,
        region: str | None = None,
        theme: Theme | None = None,
        kinds: Collection[ChangeKind] | None = None,
        relevant: bool = False,
    ) -> tuple[Change, ...]:
        """The newest changes that meet every given condition, newest first.

        Args:
            limit: at most so many.
            before_id: only changes with smaller ids: the next page.
            region: a region's code.
            theme: one of the change's themes.
            kinds: one of these kinds.
            relevant: only what matters to NGOs; a window or status change always does.
        """
        wanted = select(_changes).order_by(_changes.c.id.desc()).limit(limit)
        if before_id is not None:
            wanted = wanted.where(_changes.c.id < before_id)
        if region is not None:
            wanted = wanted.where(_changes.c.region == region)
        if theme is not None:
            wanted = wanted.where(_has_theme(theme))
        if kinds is not None:
            wanted = wanted.where(_changes.c.kind.in_(sorted(kinds)))
        if relevant:
            wanted = wanted.where(or_(_changes.c.relevant, _changes.c.kind.in_(_ALWAYS_RELEVANT)))
        with self._reading() as connection:
            return tuple(_change(row) for row in connection.execute(wanted))

    def last_change_id(self) -> int:
        """The newest change's id; 0: nothing was ever told."""
        with self._reading() as connection:
            return last_change_id(connection)
