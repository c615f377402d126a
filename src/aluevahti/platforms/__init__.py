"""The adapters: each turns one publishing platform's bytes into documents, and never fetches.

An adapter is a module with a `name`, `start` and `parse` (and, rarely, `fallback`): no state, no client,
no clock, no knowledge of what is known already. `PLATFORMS` is all there is to register; CONTRIBUTING.md
says what else goes with a new one. Adapters share what several of them need (`meetings`, `pages`, `rows`,
`feeds` ...) and `aluevahti.text`; none imports another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from aluevahti.model import Listing, Request, Snapshot, Source
from aluevahti.platforms import casem, dynasty, feed, helsinki, listing, mfiles, page, stt, tweb, wordpress


class Platform(Protocol):
    """What every adapter promises; tests/platforms/test_promises.py holds each of them to it.

    - The same source and snapshot give the same listing, always.
    - Keys are unique within a listing; URLs are absolute and canonical (`aluevahti.text.urls`).
    - Any bytes give a `Listing` or raise `ParseError`; a page that answers but is not what the adapter
      knows raises `LayoutChanged`; a page that is not the one asked for raises `WrongPage`.
    - A listing is empty only where the page itself says that there is nothing.
    - A row that is seen but cannot be read is counted in `Listing.unread`, never skipped in silence.
    - `complete` is true only where nothing is left out: no pager, no newest N, no unread row, no half page.
    """

    @property
    def name(self) -> str:
        """The word that sources.yaml uses for the platform."""

    def start(self, source: Source) -> tuple[Request, ...]:
        """The requests that a check of `source` begins with: as few as show whether anything is new."""

    def parse(self, source: Source, snapshot: Snapshot) -> Listing:
        """What `snapshot` says, by its `purpose` and `key`, which are those of the request.

        Raises:
            ParseError: the bytes are not what was asked for, or a maintenance page, or half a page.
            LayoutChanged: the page answers, but what the adapter looks for is not on it.
        """


@runtime_checkable
class Fallback(Protocol):
    """An adapter that knows a second way where its first request is refused. Optional.

    An adapter never sees a failure, so whoever drives the poll asks. When a request of an adapter that
    has `fallback` fails with HTTP status 400, 401, 403, 404, 405, 410 or 501, or its answer raises
    `ParseError`, the driver calls `fallback` with the request that failed, and where that gives
    requests, fetches them in its stead and the failure does not count. An empty tuple means that there
    is no second way: the failure stands. Network failures, 429 and 5xx other than 501 are bad days, not
    answers: they are never replaced, or a bad minute would turn one list of documents into another.
    """

    def fallback(self, source: Source, failed: Request) -> tuple[Request, ...]:
        """The requests to make instead of `failed`; empty where there is no other way."""


PLATFORMS: Mapping[str, Platform] = {
    "casem": casem,
    "dynasty": dynasty,
    "tweb": tweb,
    "mfiles": mfiles,
    "helsinki": helsinki,
    "stt": stt,
    "feed": feed,
    "wordpress": wordpress,
    "listing": listing,
    "page": page,
}
"""Every adapter by its name in sources.yaml."""
