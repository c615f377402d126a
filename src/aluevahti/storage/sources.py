"""Sources: which there are, how each is doing, and what HTTP remembers about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert

from aluevahti.model import HttpRecord, PollOutcome, RobotsRecord, Source, SourceHealth, Traffic, Validators
from aluevahti.storage.database import Database
from aluevahti.storage.rows import columns_of, names_of, value_of
from aluevahti.storage.tables import DocumentRow, HttpRow, RobotsRow, SourceRow, table

_sources: Final = table(SourceRow)
_http: Final = table(HttpRow)
_documents: Final = table(DocumentRow)
_robots: Final = table(RobotsRow)

# What decides what a source yields: when it changes, a 304 no longer proves that nothing is new.
_DEFINING: Final = ("platform", "url", "organs", "lang", "select", "ignore", "item", "title", "link", "date")

_HEALTH: Final = names_of(SourceHealth)
_UNREAD: Final = {
    "next_poll_at": None,
    "first_read_at": None,
    "lookback_from": None,
    "checked_on": None,
    "quarantine": None,
    "quarantine_count": 0,
}

_put_health: Final = insert(_sources)
_record_attempt: Final = _put_health.on_conflict_do_update(
    index_elements=["id"],
    set_={
        **{name: _put_health.excluded[name] for name in _HEALTH},
        **{name: _sources.c[name] + _put_health.excluded[name] for name in ("polls", "requests", "wire_bytes")},
    },
)
_put_http: Final = insert(_http)
_record_http: Final = _put_http.on_conflict_do_update(
    index_elements=["source", "url"],
    set_={name: _put_http.excluded[name] for name in ("etag", "last_modified", "sha256", "core", "checked_at")},
)
_one_source: Final = select(*(_sources.c[name] for name in _HEALTH)).where(_sources.c.id == bindparam("id"))
_http_of_sources: Final = select(_http).where(_http.c.source.in_(text("SELECT value FROM json_each(:sources)")))


def record_attempt(connection: Connection, outcome: PollOutcome) -> None:
    """The source's health after one attempt, and what HTTP has to remember. The whole cost of an unchanged poll."""
    row = columns_of(outcome.health)
    row.update(
        id=outcome.source,
        region=outcome.region,
        enabled=True,
        added_at=outcome.started_at,
        polls=1,
        requests=outcome.requests,
        wire_bytes=outcome.wire_bytes,
    )
    connection.execute(_record_attempt, row)
    if outcome.http:
        connection.execute(_record_http, [_http_columns(outcome.source, record) for record in outcome.http])


def _http_columns(source_id: str, record: HttpRecord) -> dict[str, Any]:
    kept = record.validators or Validators()
    return {
        "source": source_id,
        "url": record.url,
        "etag": kept.etag,
        "last_modified": kept.last_modified,
        "sha256": record.sha256,
        "core": record.core,
        "checked_at": record.checked_at,
    }


def _http_record(row: Any) -> HttpRecord:
    told = row.etag is not None or row.last_modified is not None
    return value_of(HttpRecord, row, validators=value_of(Validators, row) if told else None)


def _definition(source: Source) -> str:
    return hashlib.sha256(repr([getattr(source, name) for name in _DEFINING]).encode()).hexdigest()


class Sources(Database):
    """The part of the store that knows the sources."""

    def sync_sources(self, sources: Iterable[Source], now: dt.datetime) -> frozenset[str]:
        """Take over the configured sources; those no longer configured are kept, but marked as retired.

        A source that is read in another way than before (address, platform, selectors) loses its HTTP
        records, is due at once and begins with a first check again: what the new way of reading shows
        is no news, and what it no longer shows was not removed. Writes nothing where nothing differs.

        Returns:
            The ids of known sources that are read in another way than before.
        """
        wanted = {source.id: _wanted(source) for source in sources}
        with self._reading() as connection:
            if _differences(connection, wanted) == ({}, set()):
                return frozenset()
        with self._writing() as connection:
            fresh, retired = _differences(connection, wanted)
            redefined = frozenset(id_ for id_, row in fresh.items() if row.pop("redefined"))
            for row in fresh.values():
                put = insert(_sources).values(**row, added_at=now)
                connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=row))
            gone = _sources.c.id.in_(sorted(retired))
            connection.execute(update(_sources).where(gone).values(retired_at=now))
            connection.execute(delete(_http).where(_http.c.source.in_(sorted(redefined))))
            again = _sources.c.id.in_(sorted(redefined))
            connection.execute(update(_sources).where(again).values(**_UNREAD))
            connection.execute(
                update(_documents).where(_documents.c.source.in_(sorted(redefined))).values(position=None)
            )
        return redefined

    def health(self, source_id: str) -> SourceHealth:
        """How a source is doing; a source never heard of is new."""
        with self._reading() as connection:
            row = connection.execute(_one_source, {"id": source_id}).one_or_none()
        return SourceHealth() if row is None else value_of(SourceHealth, row)

    def all_health(self) -> dict[str, SourceHealth]:
        """The health of every source that is configured (not retired), by id."""
        with self._reading() as connection:
            rows = connection.execute(select(_sources).where(_sources.c.retired_at.is_(None)).order_by(_sources.c.id))
            return {row.id: value_of(SourceHealth, row) for row in rows}

    def due_sources(self, now: dt.datetime) -> tuple[str, ...]:
        """The ids of enabled sources whose next poll's time has come, longest waiting first."""
        next_poll_at = _sources.c.next_poll_at
        due = (
            select(_sources.c.id)
            .where(_sources.c.retired_at.is_(None), _sources.c.enabled.is_(True))
            .where(or_(next_poll_at.is_(None), next_poll_at <= now))
            .order_by(next_poll_at.nulls_first(), _sources.c.id)
        )
        with self._reading() as connection:
            return tuple(connection.execute(due).scalars())

    def traffic(self) -> dict[str, Traffic]:
        """What each source has cost since it was first polled, by id."""
        with self._reading() as connection:
            return {row.id: value_of(Traffic, row) for row in connection.execute(select(_sources))}

    def http_records(self, source_ids: Iterable[str]) -> dict[str, dict[str, HttpRecord]]:
        """What is remembered of the addresses of sources, by source and address; of one with nothing, nothing."""
        found: dict[str, dict[str, HttpRecord]] = {}
        with self._reading() as connection:
            for row in connection.execute(_http_of_sources, {"sources": json.dumps(list(source_ids))}):
                found.setdefault(row.source, {})[row.url] = _http_record(row)
        return found

    def robots(self) -> dict[str, RobotsRecord]:
        """Every host's robots.txt as last asked for, by origin."""
        with self._reading() as connection:
            return {row.origin: value_of(RobotsRecord, row) for row in connection.execute(select(_robots))}

    def record_robots(self, records: Sequence[RobotsRecord]) -> None:
        """Keep what was newly asked for."""
        if not records:
            return
        put = insert(_robots)
        put = put.on_conflict_do_update(
            index_elements=["origin"],
            set_={name: put.excluded[name] for name in ("fetched_at", "status", "body")},
        )
        with self._writing() as connection:
            connection.execute(put, [columns_of(record) for record in records])


def _wanted(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "region": source.region,
        "platform": source.platform,
        "url": source.url,
        "enabled": source.enabled,
        "definition": _definition(source),
        "retired_at": None,
    }


def _differences(
    connection: Connection, wanted: dict[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Rows to be written (each with a mark, whether it is read in another way now), and ids to be retired."""
    known = {row.id: row for row in connection.execute(select(_sources))}
    fresh = {}
    for id_, row in wanted.items():
        old = known.get(id_)
        if old is None or any(getattr(old, name) != value for name, value in row.items()):
            redefined = old is not None and old.definition not in {None, row["definition"]}
            fresh[id_] = {**row, "redefined": redefined}
    retired = {id_ for id_, row in known.items() if row.retired_at is None and id_ not in wanted}
    return fresh, retired
