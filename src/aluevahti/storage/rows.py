"""Rows and values of the model: fields and columns of one name carry one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


_names: dict[type[Any], tuple[str, ...]] = {}  # asked for with every row


def names_of(shape: type[Any]) -> tuple[str, ...]:
    """The field names of a dataclass."""
    if shape not in _names:
        _names[shape] = tuple(field.name for field in fields(shape))
    return _names[shape]


def columns_of(value: Any, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a value by name, but those to leave out."""
    return {name: getattr(value, name) for name in names_of(type(value)) if name not in leave_out}


def value_of(shape: type[T], row: Any, **given: Any) -> T:
    """A value of the model from the row's columns; `given` fields are taken as they are given."""
    taken = {name: getattr(row, name) for name in names_of(shape) if name not in given}
    return shape(**taken, **given)
