"""The national overview: how many regions have what, counted from their status, beside the January 2023 report's figure.

The 21 wellbeing services counties are counted; Helsinki is a city, and the report's figures leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aluevahti.model import Json, StatusValue
from aluevahti.regions import REGION_CODES

CITY: Final = "helsinki"
COUNTIES: Final = tuple(code for code in REGION_CODES if code != CITY)

WITHOUT_MONEY: Final = frozenset({"toiminnallinen-yhteistyo", "yhteistyosopimus", "tila-avustus"})
"""Types of support that bring no money."""

PARTNERSHIP: Final = frozenset({"kumppanuusavustus", "kumppanuussopimus"})

Fields = Mapping[str, Json]
"""One region's status: field -> value."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of the regions that something is true of; without `holds` no field of the status tells it."""

    name: str
    holds: Callable[[Fields], bool] | None = None


def national(
    statuses: Mapping[str, Mapping[str, StatusValue]], reported: Mapping[str, Mapping[str, Json]]
) -> dict[str, Json]:
    """Every count of the report's overview pages, computed from the regions as they stand.

    Args:
        statuses: region -> field -> the value that stands; regions and fields may be missing.
        reported: name -> `reported`, `reference`, `note`, as the baseline has them.

    Returns:
        Name -> `computed` (a number; for `monetary_grant_types` the lowest and the highest one; None: no field of the
        status tells it), `of` (how many regions were looked at), `reported` (the report's own figure), `regions` (the
        ones counted), `note` (where the report does not agree with itself, or what was counted) and `reference` (the
        report's page). Ready for JSON.
    """
    values = {code: _values(statuses.get(code, {})) for code in COUNTIES}
    counts = {count.name: _counted(count, values) for count in _COUNTS}
    counts[_TYPES] = _monetary_types(values)
    return {name: _beside(counts[name], reported.get(name, {})) for name in _ORDER}


def _values(fields: Mapping[str, StatusValue]) -> Fields:
    return {field: value.value for field, value in fields.items()}


def _counted(count: _Count, values: Mapping[str, Fields]) -> dict[str, Json]:
    if count.holds is None:
        return {"computed": None, "of": len(values), "regions": []}
    regions = [code for code, fields in values.items() if count.holds(fields)]
    return {"computed": len(regions), "of": len(values), "regions": regions}


def _monetary_types(values: Mapping[str, Fields]) -> dict[str, Json]:
    """How many types of money each region has; regions whose types are not known are left out."""
    types = {code: _types(fields) - WITHOUT_MONEY for code, fields in values.items()}
    numbers = {code: len(named) for code, named in types.items() if named}
    computed = {"min": min(numbers.values()), "max": max(numbers.values())} if numbers else None
    return {"computed": computed, "of": len(values), "regions": list(numbers), "per_region": numbers}


def _beside(counted: Mapping[str, Json], told: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "computed": counted["computed"],
        "reported": told.get("reported"),
        **{key: value for key, value in counted.items() if key != "computed"},
        "note": told.get("note"),
        "reference": told.get("reference"),
    }


# --- what is counted -----------------------------------------------------------------------------


def _part(fields: Fields, field: str, key: str) -> Json:
    value = fields.get(field)
    return value.get(key) if isinstance(value, Mapping) else None


def _has(field: str, key: str, wanted: Json) -> Callable[[Fields], bool]:
    return lambda fields: _part(fields, field, key) == wanted


def _has_partnership(fields: Fields) -> bool:
    ready = _part(fields, "grant_model", "status") == "approved"
    return ready and not PARTNERSHIP.isdisjoint(_types(fields))


def _types(fields: Fields) -> frozenset[str]:
    """The grant types of a region; empty where they are not known."""
    named = fields.get("grant_types")
    return frozenset(one for one in named if isinstance(one, str)) if isinstance(named, list) else frozenset()


_TYPES: Final = "monetary_grant_types"
_COUNTS: Final = (
    _Count("strategy_approved", _has("strategy", "status", "approved")),
    _Count(
        "participation_programme_under_way",
        lambda fields: _part(fields, "participation_programme", "status") is not None,
    ),
    _Count("participation_programme_finished", _has("participation_programme", "status", "approved")),
    _Count("sitra_phase2", lambda fields: fields.get("sitra_phase2") is True),
    _Count("hyte_body_in_rules", _has("hyte_body", "defined_in_rules", True)),
    _Count("ngo_body_in_rules", _has("ngo_body", "in_rules", True)),
    _Count("influencing_bodies_named"),
    _Count("influencing_bodies_minutes_published"),
    _Count("grant_model_ready", _has("grant_model", "status", "approved")),
    _Count("grant_model_postponed", _has("grant_model", "status", "postponed")),
    _Count("grant_model_being_finalised", _has("grant_model", "status", "in_preparation")),
    _Count("partnership_grant_available", _has_partnership),
)
_ORDER: Final = (*(count.name for count in _COUNTS), _TYPES)
