"""What was known in January 2023: the facts of one report on the 22 regions, and its own national counts.

The facts are data (`2023-01.yaml`); this module only puts them into the status's types.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from aluevahti.model import STATUS_HEADINGS, Evidence, Json, StatusState, StatusUpdate, StatusValue

__all__ = ["load", "reported_national"]

_KEYS = frozenset({"pages", "from", "since"})
"""Keys of a region that are not fields of its status."""

_PAGE = {field: place for place, fields in enumerate(STATUS_HEADINGS.values()) for field in fields}
"""Which of a region's three pages a field rests on where the data name no other: a page a heading."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def load() -> tuple[StatusUpdate, ...]:
    """The known status before anything was read: one update for each of the 22 regions and each field.

    A field that the report says nothing of has the value None. Evidence is the heading of the report's page, without a
    quote or an address. `since` is given only where the report tells a day, `as_of` is 1 January 2023 everywhere.
    """
    content = _content()
    as_of = dt.date.fromisoformat(content["as_of"])
    return tuple(
        StatusUpdate(region=code, field=field, value=_value(region, field, value, as_of))
        for code, region in content["regions"].items()
        for field, value in region.items()
        if field not in _KEYS
    )


def reported_national() -> dict[str, Json]:
    """The counts that the report's overview pages state.

    Returns:
        Name -> `reported` (a number, or a lowest and a highest one), `reference` (the page's heading) and `note` (where
        the report's pages do not agree with each other, or what was counted; None: nothing to say).
    """
    return {name: dict(count) for name, count in _content()["national"].items()}


def _value(region: Mapping[str, Any], field: str, value: Json, as_of: dt.date) -> StatusValue:
    page = region.get("from", {}).get(field, _PAGE[field] + 1) - 1
    return StatusValue(
        value=value,
        state=StatusState.BASELINE,
        since=_since(region, field, value),
        evidence=Evidence(quote=None, url=None, reference=region["pages"][page]),
        as_of=as_of,
    )


def _since(region: Mapping[str, Any], field: str, value: Json) -> dt.date | None:
    """The day of the approval, or of the last decision; None where only a month or nothing is known."""
    days = [region.get("since", {}).get(field)]
    if isinstance(value, Mapping):
        days += [value.get("approved_on"), *(decision["on"] for decision in value.get("decisions", ()))]
    known = [day for day in days if day is not None and _DAY.fullmatch(day)]
    return dt.date.fromisoformat(max(known)) if known else None


@cache
def _content() -> Any:
    return YAML(typ="safe", pure=False).load((files("aluevahti.baseline") / "2023-01.yaml").read_text("utf-8"))
