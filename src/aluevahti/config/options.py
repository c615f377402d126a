"""Which keys an entry of sources.yaml may have, by platform."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ORGANS = frozenset({"organs"})
_PAGE = frozenset({"select", "ignore"})

PLATFORM_OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "casem": _ORGANS | {"ignore"},
        "dynasty": _ORGANS | {"ignore"},
        "tweb": _ORGANS | {"ignore"},
        "mfiles": _ORGANS | {"ignore"},
        "helsinki": _ORGANS | {"ignore"},
        "stt": frozenset({"ignore"}),
        "feed": _PAGE,
        "wordpress": _PAGE,
        "listing": _PAGE | {"item", "title", "link", "date"},
        "page": _PAGE,
    }
)
"""Platform -> the optional keys that mean something on it; the keys every source has are not listed."""

PLATFORM_NAMES: tuple[str, ...] = tuple(PLATFORM_OPTIONS)
