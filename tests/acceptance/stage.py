"""What a scripted fortnight is played on: sites on ports of their own, a day, and what is to be told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from acceptance.program import Page, Seen, Site, entry, serve


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a reader has to hear: on which day, of which region and kind.

    `title` is what its title has in it, `after` what its `after` says at least.
    """

    day: int
    region: str
    kind: str
    title: str = ""
    after: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, change: Mapping[str, Any]) -> bool:
        """Whether a change is this one, whenever it was told."""
        after = change["after"] or {}
        return (
            (change["region"], change["kind"]) == (self.region, self.kind)
            and self.title in change["title"]
            and all(after.get(key) == value for key, value in self.after.items())
        )


def window(opens: str, closes: str, time: str | None) -> dict[str, str | None]:
    """What is told of an application window of 2026; days as `03-31`."""
    return {"opens": f"2026-{opens}", "closes": f"2026-{closes}", "closes_time": time}


@dataclass(frozen=True, slots=True)
class Outage:
    """What a site answers to everything on some days."""

    name: str
    days: frozenset[int]
    page: Page


class Stage:
    """Sites by name and the day that they show; a context manager.

    Whoever plays on it gives it its sites as attributes and then opens them by these names. What those
    with an `origin` write into their pages is their own address.
    """

    def __init__(self) -> None:
        self.day = 0
        self.sites: dict[str, Site] = {}
        self._exits = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exits.close()

    def open(self, *names: str, outage: Outage) -> None:
        """Give each site a port."""
        for name in names:
            answer = getattr(self, name)
            self.sites[name] = self._exits.enter_context(serve(self._answering(name, answer, outage)))
            if hasattr(answer, "origin"):
                answer.origin = self.sites[name].origin

    def _answering(self, name: str, answer: Callable[[Seen], Page], outage: Outage) -> Callable[[Seen], Page]:
        def answer_or_fail(seen: Seen) -> Page:
            return outage.page if name == outage.name and self.day in outage.days else answer(seen)

        return answer_or_fail

    def entry(self, name: str, region: str, platform: str, path: str, **more: Any) -> str:
        """The entry of sources.yaml that watches a page of a site."""
        url = self.sites[name].url(path)
        return entry(id=name.replace("_", "-"), region=region, platform=platform, url=url, **more)
