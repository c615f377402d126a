"""Bytes that are kept: stored once per content, compressed against an earlier version of the same thing.

A body is either a keyframe (compressed alone) or told apart from one keyframe; so any version, however
many came between, is read with at most two decompressions. The frames carry zstd's checksum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import zstandard
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from aluevahti.errors import StorageError
from aluevahti.storage.tables import BodyRow, SnapshotRow, VersionRow, table

VERSIONS_PER_KEYFRAME: Final = 20
"""How many versions are stored as differences from one that is whole."""

_LEVEL: Final = 3
_LARGEST_WINDOW: Final = 27  # 128 MiB: what a decompressor takes without being asked

_bodies: Final = table(BodyRow).c
_find: Final = select(_bodies.id).where(_bodies.sha256 == bindparam("sha256"))
_load: Final = select(_bodies.sha256, _bodies.size, _bodies.base_id, _bodies.data).where(_bodies.id == bindparam("id"))
_count: Final = select(func.count()).select_from(table(BodyRow)).where(_bodies.base_id == bindparam("id"))
_add: Final = insert(table(BodyRow)).returning(_bodies.id)
_is_used: Final = select(
    or_(
        exists().where(table(VersionRow).c.body_id == bindparam("id")),
        exists().where(table(SnapshotRow).c.body_id == bindparam("id")),
    )
)
_leaning: Final = select(_bodies.id).where(_bodies.base_id == bindparam("id")).order_by(_bodies.id)
_repack: Final = (
    update(table(BodyRow))
    .where(_bodies.id == bindparam("row"))
    .values(base_id=bindparam("base"), data=bindparam("packed"))
)
_drop: Final = delete(table(BodyRow)).where(_bodies.id == bindparam("id"))


def _compress(data: bytes, base: bytes | None) -> bytes:
    window = min(max((len(data) + len(base or b"")).bit_length(), 10), _LARGEST_WINDOW)
    parameters = zstandard.ZstdCompressionParameters.from_level(_LEVEL, window_log=window, write_checksum=True)
    return zstandard.ZstdCompressor(dict_data=_dictionary(base), compression_params=parameters).compress(data)


def _decompress(data: bytes, base: bytes | None, size: int) -> bytes:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(data, max_output_size=size)


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None


def _keyframe(connection: Connection, near: int) -> tuple[int, bytes, int] | None:
    """The keyframe that `near` stands on: id, bytes, compressed size; None where it has enough versions."""
    row = connection.execute(_load, {"id": near}).one()
    if row.base_id is not None:
        near = row.base_id
        row = connection.execute(_load, {"id": near}).one()
    if connection.execute(_count, {"id": near}).scalar_one() >= VERSIONS_PER_KEYFRAME:
        return None
    return near, _decompress(row.data, None, row.size), len(row.data)


def _against(connection: Connection, data: bytes, near: int) -> tuple[int, bytes] | None:
    keyframe = _keyframe(connection, near)
    if keyframe is None:
        return None
    base_id, base, cost = keyframe
    delta = _compress(data, base)
    # A page that has become another page makes a poor difference: it is the next keyframe.
    return (base_id, delta) if len(delta) * 2 <= max(cost, 512) else None


def drop_bodies(connection: Connection, body_ids: Iterable[int]) -> None:
    """Delete those bodies that no version and no snapshot has any more.

    What was told apart from one of them is first told apart from another, so that it stays readable.

    Args:
        connection: in a write transaction: a crash leaves everything as it was.
        body_ids: row ids; those that are still in use, or are gone already, are passed over.

    Raises:
        StorageError: a body that leans on one of them is damaged; the caller's transaction must not be kept.
    """
    for body_id in sorted(set(body_ids)):
        if connection.execute(_is_used, {"id": body_id}).scalar():
            continue
        _take_over(connection, connection.execute(_leaning, {"id": body_id}).scalars().all())
        connection.execute(_drop, {"id": body_id})


def _take_over(connection: Connection, leaning: Sequence[int]) -> None:
    """Let the oldest of the bodies that lean on one keyframe be their keyframe from now on."""
    if not leaning:
        return
    first, *others = ((id_, read_body(connection, id_)) for id_ in leaning)
    base_id, base = first
    packed = _compress(base, None)
    connection.execute(_repack, {"row": base_id, "base": None, "packed": packed})
    for id_, data in others:
        delta = _compress(data, base)
        fits = len(delta) * 2 <= max(len(packed), 512)
        alone = {"base": None, "packed": _compress(data, None)}
        connection.execute(_repack, {"row": id_, **({"base": base_id, "packed": delta} if fits else alone)})


def store_body(connection: Connection, data: bytes, *, near: int | None = None, sha256: str | None = None) -> int:
    """Store the bytes unless they are there already.

    Args:
        connection: in a write transaction.
        data: the bytes.
        near: the row id of an earlier version of the same page or text, where there is one.
        sha256: what the bytes' hash is said to be.

    Returns:
        The row id of the body.

    Raises:
        StorageError: the hash is another one.
    """
    found = hashlib.sha256(data).hexdigest()
    if sha256 not in {None, found}:
        raise StorageError(f"a body of {len(data)} bytes has the hash {found}, not {sha256}")
    known: int | None = connection.execute(_find, {"sha256": found}).scalar()
    if known is not None:
        return known
    delta = None if near is None else _against(connection, data, near)
    base_id, packed = delta or (None, _compress(data, None))
    row = {"sha256": found, "size": len(data), "base_id": base_id, "data": packed}
    return int(connection.execute(_add, row).scalar_one())


def read_body(connection: Connection, body_id: int) -> bytes:
    """The bytes of a stored body.

    Raises:
        StorageError: there is no such body, or it is not what was stored.
    """
    row = connection.execute(_load, {"id": body_id}).one_or_none()
    if row is None:
        raise StorageError(f"there is no stored body {body_id}")
    base = None if row.base_id is None else read_body(connection, row.base_id)
    data = _decompress(row.data, base, row.size) if row.size else b""
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise StorageError(f"the stored body {body_id} is damaged")
    return data
