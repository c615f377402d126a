"""The regions' status: what stands, what stood before, and what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from aluevahti.errors import StorageError
from aluevahti.model import Change, Json, PastValue, Proposal, StatusState, StatusUpdate, StatusValue
from aluevahti.storage.changes import record_changes
from aluevahti.storage.database import Database
from aluevahti.storage.references import References
from aluevahti.storage.rows import columns_of, value_of
from aluevahti.storage.tables import PastStatusRow, ProposalRow, StatusRow, table

_statuses: Final = table(StatusRow)
_past: Final = table(PastStatusRow)
_proposals: Final = table(ProposalRow)

SUPERSEDED: Final = "superseded by a later proposal"
"""The note of a proposal that nobody decided before a later one took its place."""

CERTAIN: Final = "a later document says it for sure"
"""The note of a proposal whose value came to stand before anybody decided it."""

_this_field: Final = _statuses.c.region == bindparam("in_region"), _statuses.c.field == bindparam("of_field")
_standing: Final = select(_statuses).where(*_this_field)
_drop: Final = delete(_statuses).where(*_this_field)


def record_status(
    connection: Connection, updates: Iterable[StatusUpdate], references: References, now: dt.datetime
) -> None:
    """Write status values (what they replace becomes history) and proposals, in the order given."""
    for each in updates:
        value = replace(each.value, evidence=references.completed(each.value.evidence, each.document_key))
        if each.proposal:
            _propose(connection, each, value, now)
        else:
            write_value(connection, each.region, each.field, value, now)
            _settle(connection, each.region, each.field, value, now)


def write_value(connection: Connection, region: str, field: str, value: StatusValue, now: dt.datetime) -> None:
    """Let a value stand; the one before becomes history. A value that stands already is left alone, and one that was
    only said again later, without a new proof, is no history."""
    place = {"in_region": region, "of_field": field}
    old = connection.execute(_standing, place).one_or_none()
    if old is not None:
        standing = value_of(StatusValue, old)
        if standing == value:
            return
        connection.execute(_drop, place)
        if replace(standing, as_of=value.as_of) == value:
            connection.execute(insert(_statuses), {"region": region, "field": field, "at": old.at, **columns_of(value)})
            return
        row = {"region": region, "field": field, "at": old.at, "replaced_at": now, **columns_of(standing)}
        connection.execute(insert(_past), row)
    connection.execute(insert(_statuses), {"region": region, "field": field, "at": now, **columns_of(value)})


def _propose(connection: Connection, proposed: StatusUpdate, value: StatusValue, now: dt.datetime) -> None:
    """Keep a proposal, unless the same value is being proposed for the field already."""
    region, field = proposed.region, proposed.field
    waiting = _waiting(connection, region, field)
    if any(known.value == value.value for known in waiting):
        return
    if proposed.supersedes:
        _decide(connection, waiting, now, accepted=False, note=SUPERSEDED)
    row = {**columns_of(value), "region": region, "field": field, "proposed_at": now, "state": StatusState.PROPOSED}
    connection.execute(insert(_proposals), row)


def _settle(connection: Connection, region: str, field: str, value: StatusValue, now: dt.datetime) -> None:
    """What waited for a person and stands by now waits no longer."""
    settled = [one for one in _waiting(connection, region, field) if one.value == value.value]
    _decide(connection, settled, now, accepted=True, note=CERTAIN)


def _waiting(connection: Connection, region: str, field: str) -> Sequence[Any]:
    """The rows of the proposals for a field that nobody has decided."""
    here = (_proposals.c.region == region, _proposals.c.field == field)
    return connection.execute(_open_proposals().where(*here)).all()


def _decide(connection: Connection, rows: Sequence[Any], now: dt.datetime, *, accepted: bool, note: str) -> None:
    """Let proposals wait no longer, without a person."""
    if rows:
        decided = update(_proposals).where(_proposals.c.id.in_([row.id for row in rows]))
        connection.execute(decided.values(accepted=accepted, decided_at=now, note=note))


_of_region: Final = select(_statuses).where(_statuses.c.region == bindparam("region")).order_by(_statuses.c.field)


def _open_proposals() -> Any:
    return select(_proposals).where(_proposals.c.decided_at.is_(None)).order_by(_proposals.c.id)


def _proposal(row: Any) -> Proposal:
    return value_of(Proposal, row, value=value_of(StatusValue, row))


class Status(Database):
    """The part of the store that knows the regions' status."""

    def status(self, region: str) -> dict[str, StatusValue]:
        """One region's status as it stands, by field."""
        with self._reading() as connection:
            rows = connection.execute(_of_region, {"region": region}).all()
        return {row.field: value_of(StatusValue, row) for row in rows}

    def statuses(self) -> dict[str, dict[str, StatusValue]]:
        """Every region's status as it stands, by region and field."""
        found: dict[str, dict[str, StatusValue]] = {}
        with self._reading() as connection:
            for row in connection.execute(select(_statuses).order_by(_statuses.c.region, _statuses.c.field)):
                found.setdefault(row.region, {})[row.field] = value_of(StatusValue, row)
        return found

    def status_history(self, region: str) -> dict[str, tuple[PastValue, ...]]:
        """The values that a region's fields had before, by field, oldest first."""
        found: dict[str, tuple[PastValue, ...]] = {}
        with self._reading() as connection:
            for row in connection.execute(select(_past).where(_past.c.region == region).order_by(_past.c.id)):
                past = PastValue(value=value_of(StatusValue, row), replaced_at=row.replaced_at)
                found[row.field] = (*found.get(row.field, ()), past)
        return found

    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals that wait for a person, oldest first."""
        with self._reading() as connection:
            return tuple(_proposal(row) for row in connection.execute(_open_proposals()))

    def refused(self, region: str, since: dt.datetime) -> tuple[Proposal, ...]:
        """The proposals for a region that a person has rejected since a moment (aware), oldest first."""
        query = select(_proposals).where(
            _proposals.c.region == region,
            _proposals.c.accepted.is_(False),
            _proposals.c.decided_at >= since,
            _proposals.c.note.is_distinct_from(SUPERSEDED),
        )
        with self._reading() as connection:
            return tuple(_proposal(row) for row in connection.execute(query.order_by(_proposals.c.id)))

    def proposal(self, proposal_id: int) -> Proposal | None:
        """One proposal, open or decided; None: there is none of that number."""
        with self._reading() as connection:
            return _find(connection, proposal_id)

    def decide_proposal(
        self,
        proposal_id: int,
        accepted: bool,
        note: str | None,
        now: dt.datetime,
        value: Json = None,
        *,
        changes: Sequence[Change] = (),
    ) -> tuple[Change, ...]:
        """Write down what a person decided about a proposal.

        Args:
            proposal_id: an open proposal.
            accepted: True lets the value stand, as confirmed.
            note: the person's words.
            now: when it was decided.
            value: what the person says instead of the proposed value; it locks the field against
                lesser evidence. None: the value as proposed.
            changes: what is to be told of it, stored in the same transaction.

        Returns:
            The changes with their ids.

        Raises:
            StorageError: there is no such proposal, or it has been decided before.
        """
        with self._writing() as connection:
            found = _find(connection, proposal_id)
            if found is None or found.accepted is not None:
                raise StorageError(f"there is no open proposal {proposal_id}")
            decided = {"accepted": accepted, "decided_at": now, "note": note}
            connection.execute(update(_proposals).where(_proposals.c.id == proposal_id).values(decided))
            if accepted:
                write_value(connection, found.region, found.field, _confirmed(found.value, value), now)
            return record_changes(connection, changes, References(connection=connection))


def _find(connection: Connection, proposal_id: int) -> Proposal | None:
    row = connection.execute(select(_proposals).where(_proposals.c.id == proposal_id)).one_or_none()
    return None if row is None else _proposal(row)


def _confirmed(proposed: StatusValue, correction: Json) -> StatusValue:
    corrected = correction is not None and correction != proposed.value
    return replace(
        proposed,
        value=correction if corrected else proposed.value,
        state=StatusState.CONFIRMED,
        locked=proposed.locked or corrected,
    )
