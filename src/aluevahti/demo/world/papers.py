"""The nouns of the demo's world: places, their papers, their mishaps, and what must be told of them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aluevahti.model import ChangeKind, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a meeting. `order` is its number on the agenda, `section` its § in the minutes."""

    order: int
    section: int
    title: str
    case: str = ""
    preparer: str = ""
    attachment: str = ""
    reasons: Sequence[str] = ()
    proposal: Sequence[str] = ()
    decision: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting and when its papers come out."""

    key: str
    organ: str
    held_on: dt.date
    agenda_at: dt.datetime
    minutes_at: dt.datetime
    announced_at: dt.datetime | None = None
    items: Sequence[Item] = ()

    def phase(self, at: dt.datetime) -> str:
        """`agenda`, `decision` or `minutes`; empty before the agenda is out."""
        if at >= self.minutes_at:
            return "minutes"
        if self.announced_at is not None and at >= self.announced_at:
            return "decision"
        return "agenda" if at >= self.agenda_at else ""

    def is_decided(self, at: dt.datetime) -> bool:
        """Whether the papers show decisions."""
        return self.phase(at) in {"decision", "minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A piece of news; `release` is its number as a press release, where it is one as well."""

    id: int
    at: dt.datetime
    title: str
    text: Sequence[str]
    lang: str = "fi"
    release: int | None = None
    until: dt.datetime | None = None
    retitled_at: dt.datetime | None = None
    later_title: str = ""

    def title_at(self, at: dt.datetime) -> str:
        """The title as it is spelt then."""
        return self.later_title if self.retitled_at is not None and at >= self.retitled_at else self.title

    def is_out(self, at: dt.datetime) -> bool:
        """Whether it can be read then."""
        return self.at <= at and (self.until is None or at < self.until)

    @property
    def slug(self) -> str:
        """Its title as part of an address."""
        plain = unicodedata.normalize("NFKD", self.title.lower()).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPage:
    """A page that is edited in place: its texts, each from a moment on."""

    path: str
    title: str
    versions: Sequence[tuple[dt.datetime, Sequence[str]]]

    def text(self, at: dt.datetime) -> Sequence[str]:
        """The text that stands there then."""
        return [text for since, text in self.versions if since <= at][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A host that misbehaves for a while: `down`, `maintenance` or `empty`."""

    host: str
    since: dt.datetime
    until: dt.datetime
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSite:
    """One source of sources.yaml, and where in the world it lies."""

    id: str
    platform: str
    host: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line of the timeline."""

    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that must be told exactly once, not before `at` and not after `by`.

    Attributes:
        before: what the change must say of how it was; only the keys that matter.
        after: likewise of how it is.
        relevant: whether it belongs into digests.
        sure: whether it is told as a fact, not as something to check.
    """

    region: str
    kind: ChangeKind
    title: str
    at: dt.datetime
    by: dt.datetime | None = None
    before: Mapping[str, Json] | None = None
    after: Mapping[str, Json] | None = None
    relevant: bool = True
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One region of the demo's world."""

    region: str
    sites: Sequence[WatchedSite]
    meetings: Sequence[Meeting] = ()
    news: Sequence[Article] = ()
    pages: Sequence[StandingPage] = ()
    troubles: Sequence[Trouble] = ()
    moved_at: dt.datetime | None = None
    happens: Sequence[Note] = ()
    silent: Sequence[Note] = ()
    told: Sequence[Told] = ()

    def shown_meetings(self, at: dt.datetime) -> list[Meeting]:
        """The meetings with papers, the latest first."""
        return sorted((one for one in self.meetings if one.phase(at)), key=lambda one: one.held_on, reverse=True)

    def shown_news(self, at: dt.datetime) -> list[Article]:
        """The news that can be read, the newest first."""
        return sorted((one for one in self.news if one.is_out(at)), key=lambda one: one.at, reverse=True)

    def trouble(self, host: str, at: dt.datetime) -> str:
        """How a host misbehaves then; empty where it does not."""
        return next((one.how for one in self.troubles if one.host == host and one.since <= at < one.until), "")
