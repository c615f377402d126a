"""Column types: how a value of the model stands in SQLite, and the STRICT spelling of every type.

Nothing here knows a table. A value that does not fit its column is refused when it is written.
"""

# ruff: noqa: ARG002  (SQLAlchemy hands every column type the dialect; there is only one here)

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Boolean, Date, DateTime, Dialect, Enum, Float, String, types
from sqlalchemy.ext.compiler import compiles


def _spelt(name: str) -> Callable[..., str]:
    def compile_type(type_: types.TypeEngine[Any], _compiler: Any, **_kw: Any) -> str:
        collation = getattr(type_, "collation", None)
        return f"{name} COLLATE {collation}" if collation else name

    return compile_type


# STRICT tables know INTEGER, REAL, TEXT and BLOB only, and refuse VARCHAR and its relatives.
for _type, _name in (
    (String, "TEXT"),
    (DateTime, "TEXT"),
    (Date, "TEXT"),
    (Enum, "TEXT"),
    (types.JSON, "TEXT"),
    (Boolean, "INTEGER"),
    (Float, "REAL"),
):
    compiles(_type, "sqlite")(_spelt(_name))


class UtcTime(types.TypeDecorator[dt.datetime]):
    """An aware time, kept in UTC as text of one width, so that text order is time order. Naive: refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            msg = f"a time without an offset cannot be stored: {value!r}"
            raise ValueError(msg)
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")[:-6] + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class Day(types.TypeDecorator[dt.date]):
    """A date without a time (`*_on`). A datetime is refused: its day would depend on a time zone."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        if isinstance(value, dt.datetime):
            msg = f"a date is wanted here, not a time: {value!r}"
            raise TypeError(msg)
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Word(types.TypeDecorator[StrEnum]):
    """One word of a closed set; any other word is refused, written or read."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class JsonText(types.TypeDecorator[Any]):
    """A JSON value as text; None is NULL. What JSON does not know (NaN, a date, a set) is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Shape(types.TypeDecorator[Any]):
    """A frozen value of the model (a dataclass, a tuple of words) as JSON text; None is NULL.

    A field that was added to the value later reads as its default, one that was dropped is passed over.
    """

    impl = String
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self._adapter.dump_json(value, warnings="error").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self._adapter.validate_json(value)
