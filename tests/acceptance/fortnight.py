"""What fourteen checks of a scripted world came to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from acceptance.program import Program, Result, Site
from acceptance.stage import Told

_MOJIBAKE = ("\ufffd", "Ã¤", "Ã¶", "Ã¥", "\x96", "\x80", "&auml;", "&ouml;", "&#228;")


class Story(Protocol):
    """Sites by name, and a day that they can be turned to."""

    sites: dict[str, Site]

    def turn_to(self, day: int) -> str:
        """Make the pages those of a day; the time of its check."""


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

    @classmethod
    def of(cls, program: Program, world: Story, days: int, *, ends: str, forbidden: str, mixing: Any) -> Self:
        """Let the program check a story once a day, and once more at `ends`, when nothing has changed since.

        `forbidden` is the site whose robots.txt forbids all, `mixing` the one that counts its `mixes`.
        """
        kept = cls()
        for day in range(1, days + 1):
            kept.checks[day] = program("check", now=world.turn_to(day))
        for name, site in world.sites.items():
            kept.robots[name] = site.hits("/robots.txt")
            if name != forbidden:
                site.requests.clear()
        kept.again = program("check", now=ends)
        kept.asked_again = {name: len(site.requests) for name, site in world.sites.items() if name != forbidden}
        kept.at_the_forbidden = {seen.path for seen in world.sites[forbidden].requests}
        kept.mixes = mixing.mixes
        kept.changes = program.changes()
        kept.documents = program("documents", "--json").lines
        kept.sources = {one["id"]: one for one in program("sources", "--json").json["sources"]}
        return kept

    def relevant(self) -> list[dict[str, Any]]:
        """What a reader hears."""
        return [one for one in self.changes if one["relevant"]]

    def invented(self, expected: Sequence[Told]) -> list[tuple[Any, ...]]:
        """What a reader hears beside what was to be told on that day; what follows from it for the status left out."""
        return [
            (day_of(one), one["region"], one["kind"], one["title"], one["before"], one["after"])
            for one in self.relevant()
            if not any(told.fits(one) and told.day == day_of(one) for told in expected)
            and not one["kind"].startswith("status.")
        ]

    def told_twice(self) -> list[tuple[Any, ...]]:
        """What was told more than once. That a window closes is told at each of its marks, in the same words."""
        told = Counter(
            (one["url"], one["kind"], one["title"], str(one["before"]), str(one["after"]))
            for one in self.changes
            if one["kind"] != "window.closing"
        )
        return [thing for thing, times in told.items() if times > 1]

    def broken_letters(self) -> list[str]:
        """The marks of a wrong charset in all that was told and kept."""
        whole = "\n".join(str(one) for one in (*self.changes, *self.documents))
        return [mark for mark in _MOJIBAKE if mark in whole]


def day_of(change: Mapping[str, Any]) -> int:
    """The day of the story on which something was told."""
    return dt.datetime.fromisoformat(change["detected_at"]).day - 1
