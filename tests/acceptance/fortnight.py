"""What fourteen checks of a scripted world came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from acceptance.program import Result


@dataclass
class Fortnight:
    """What the program did and told, day by day.

    Attributes:
        again, asked_again: a further check on unchanged pages, and its requests by site.
        robots: requests for robots.txt by site, all fortnight.
        at_the_forbidden: the paths that were asked for where robots.txt forbids all.
        mixes: how many pages of another item were served.
    """

    checks: dict[int, Result] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    again: Result | None = None
    asked_again: dict[str, int] = field(default_factory=dict)
    robots: dict[str, int] = field(default_factory=dict)
    at_the_forbidden: set[str] = field(default_factory=set)
    mixes: int = 0

    def relevant(self) -> list[dict[str, Any]]:
        """What a reader hears."""
        return [one for one in self.changes if one["relevant"]]


def day_of(change: Mapping[str, Any]) -> int:
    """The day of the story on which something was told."""
    return dt.datetime.fromisoformat(change["detected_at"]).day - 1
