"""What is known of a region, with the proof that each value rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from aluevahti.model.terms import Json

STATUS_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "hyte": ("strategy", "service_strategy", "participation_programme", "wellbeing_plan", "sitra_phase2"),
        "structures": ("hyte_body", "ngo_body", "organs"),
        "grants": (
            "grant_model",
            "grant_types",
            "grant_total_eur",
            "grant_granted_eur",
            "partnership_needs_other_funding",
            "scoring_used",
            "grant_windows",
        ),
    }
)
"""The fields of a region's status below the three headings that the report of January 2023 had, in its order."""

ABOLISHED: Final = "abolished"
"""What a fact says of a body that is no more, by its name; in the status the field is null from then on."""


class StatusState(StrEnum):
    """How sure a value of the status is, and through whom."""

    BASELINE = "baseline"  # as of January 2023, not confirmed since
    AUTO = "auto"  # applied from a document
    CONFIRMED = "confirmed"  # a person said so
    PROPOSED = "proposed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where something stands: the sentence, and what it stands in."""

    quote: str | None
    url: str | None
    document: int | None = None  # the document's row id
    snapshot: int | None = None  # the snapshot's row id
    reference: str | None = None  # baseline: the report's page or heading


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusValue:
    """One field of one region's status, as it stands."""

    value: Json
    state: StatusState
    since: dt.date | None
    evidence: Evidence
    locked: bool = False  # a person corrected it: lesser evidence may only propose
    as_of: dt.date | None = None  # the latest day on which a document said so: older ones undo nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A value of one status field that another one replaced."""

    value: StatusValue
    replaced_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A status value that waits for a person, or what the person decided."""

    id: int
    region: str
    field: str
    value: StatusValue
    proposed_at: dt.datetime
    accepted: bool | None = None  # None: still open
    decided_at: dt.datetime | None = None
    note: str | None = None
