"""What all tables share."""

from __future__ import annotations

from typing import ClassVar, Final

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from aluevahti.model import Theme
from aluevahti.storage.columns import Shape

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STRICT: Final = {"sqlite_strict": True}
NUMBERED: Final = {"sqlite_strict": True, "sqlite_autoincrement": True}  # an id is never given twice
KEYED: Final = {"sqlite_strict": True, "sqlite_with_rowid": False}  # rows lie in the order of their key
WORDS: Final = Shape(tuple[str, ...])
THEMES: Final = Shape(tuple[Theme, ...])


class Row(SQLModel):
    """What all tables share."""

    metadata: ClassVar[MetaData] = metadata
    model_config = {"defer_build": True}  # validators that nobody asks for cost every start


def table(row: type[Row]) -> Table:
    """The Core table behind a row class, for statements that need no row objects."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found
