"""The words that every part uses: what a matter is about, the languages, plain JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A value that `json.dumps` takes as it is: None, bool, int, float, str, list or dict of these."""


class Theme(StrEnum):
    """What a document or a change is about; the words are those of sources.yaml."""

    STRATEGY = "strategia"
    PARTICIPATION = "osallisuus"
    WELLBEING = "hyte"
    STRUCTURES = "rakenteet"
    GRANTS = "avustukset"


class Language(StrEnum):
    """What a document is written in, and what a reader is written to in (ISO 639-1)."""

    FI = "fi"
    SV = "sv"
    EN = "en"
