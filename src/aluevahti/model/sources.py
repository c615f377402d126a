"""The places that are watched, and how each of them is doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aluevahti.model.terms import Language, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of sources.yaml, defaults filled in. `id` is written by the operator, never derived."""

    id: str
    region: str
    platform: str
    url: str
    every: dt.timedelta = dt.timedelta(hours=1)
    cron: str | None = None  # five fields, Helsinki time; stands instead of `every`
    enabled: bool = True
    timeout: dt.timedelta = dt.timedelta(seconds=30)  # total, for one request
    max_bytes: int = 20 * 1024 * 1024  # decoded bytes of one response
    min_interval_per_host: dt.timedelta = dt.timedelta(seconds=2)  # zero lifts the per-host limit
    permission: str | None = None  # who allowed what robots.txt forbids, and when
    allow_private_addresses: bool = False
    organs: tuple[str, ...] = ()  # empty: every organ
    themes: tuple[Theme, ...] = ()
    lang: Language | None = None
    select: str | None = None  # CSS of the part of a page that counts
    ignore: tuple[str, ...] = ()  # CSS selectors and regular expressions (written /like this/)
    unclosed: bool = False  # its pages never close what they open: one that came to its end is whole without it
    item: str | None = None  # listing: CSS of one entry
    title: str | None = None  # listing: CSS below `item`
    link: str | None = None  # listing: CSS below `item`
    date: str | None = None  # listing: CSS below `item`
    note: str | None = None  # free text of the operator


class SourceState(StrEnum):
    """How a source is doing, in one word."""

    NEW = "new"  # never read yet
    OK = "ok"
    FAILING = "failing"  # cannot be fetched
    SILENT = "silent"  # answers, but no longer yields what it used to
    FORBIDDEN = "forbidden"  # robots.txt says no and nobody has given permission
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source is doing; one row a source, replaced at every attempt."""

    state: SourceState = SourceState.NEW
    told_state: SourceState | None = None  # the trouble that was told to the operator, None: none open
    bad_checks: int = 0  # in a row
    error: str | None = None
    last_attempt_at: dt.datetime | None = None
    last_success_at: dt.datetime | None = None
    last_change_at: dt.datetime | None = None
    next_poll_at: dt.datetime | None = None
    first_read_at: dt.datetime | None = None  # when the listing had been read whole for the first time
    lookback_from: dt.date | None = None  # documents older than this are known silently
    usual_items: int = 0  # how many items a reading of the listing usually brings
    quarantine: str | None = None  # fingerprint of a suspicious listing, waiting to be seen again
    quarantine_count: int = 0
    skeleton: str | None = None
    checked_on: dt.date | None = None  # the last day its recent documents were all read again
    backlog: int = 0  # documents that are still to be read: the next poll reads the list whatever it says
    told_count: int = 0  # how many bad checks in a row there were when the trouble was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What one source has cost so far."""

    polls: int
    requests: int
    wire_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the country the state really rests on: the digest's last line."""

    read: tuple[str, ...] = ()  # region codes whose sources were all read when they were due
    partly: tuple[str, ...] = ()
    unread_since: Mapping[str, dt.datetime | None] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()  # no enabled source at all
