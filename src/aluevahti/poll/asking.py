"""Asking one source: the cheap comparison that ends most polls, and the single request.

Runs in worker threads; hands on values and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from aluevahti.fetch import Fetcher
from aluevahti.model import Failed, Fetched, HttpRecord, NotModified, Request, Snapshot, Source
from aluevahti.platforms import PLATFORMS, Fallback, Platform
from aluevahti.poll.answers import Answer, Probe, Trouble, place_of
from aluevahti.text.html import page_mark, same_page

READING_VERSION = "1"
"""Raised whenever adapters read more out of the same bytes: older comparisons are then not trusted."""

UNCONDITIONAL_AFTER = dt.timedelta(days=7)
"""A server that answers 304 for ever is asked without conditions this often."""

MOST_REQUESTS = 200
"""Requests of one poll of one source; what is left waits for the next poll."""

MOST_REQUESTS_FIRST = 500
"""The same while a source's first check reads everything back to its look-back."""

ANOTHER_WAY = frozenset({400, 401, 403, 404, 405, 410, 501})
"""Statuses that say "not this way" and let an adapter's fallback try another."""

PLACEHOLDER_SPAN = dt.timedelta(days=60)
"""How far `{from}` and `{to}` in a request's address lie from today."""


def signature(source: Source) -> str:
    """A short mark of everything that decides how a source's bytes are read."""
    parts = (
        READING_VERSION,
        source.platform,
        source.url,
        source.select,
        source.item,
        source.title,
        source.link,
        source.date,
        *source.ignore,
        *source.organs,
        *(("unclosed",) if source.unclosed else ()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


class BrokenOffError(Exception):
    """The pass is to stop: what this source was asked for is thrown away, and it stays due as it was."""


@dataclass(slots=True, kw_only=True)
class Asker:
    """Asks for one source in one poll: counts requests, knows what was read before.

    Args:
        records: what is remembered of each of its addresses (`Store.http_records`).
        now: the moment of the check (aware); `zone` is the operator's zone, for dates in addresses.
        first: the source's first check is still going on.
        stopping: asked before each request; true breaks the poll off (`BrokenOffError`).
    """

    source: Source
    fetcher: Fetcher
    now: dt.datetime
    zone: ZoneInfo
    records: Mapping[str, HttpRecord]
    first: bool = False
    stopping: Callable[[], bool] = lambda: False
    requests: int = 0
    wire_bytes: int = 0
    platform: Platform = field(init=False)
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        self.platform = PLATFORMS[self.source.platform]
        self.mark = signature(self.source)

    @property
    def spent(self) -> bool:
        """Whether this poll has used up its requests."""
        return self.requests >= (MOST_REQUESTS_FIRST if self.first else MOST_REQUESTS)

    def probe(self, *, whole: bool = False) -> Probe:
        """Ask the start requests; with `whole`, without conditions and whatever was read before.

        Where one of several lists changed, the lists that answered 304 are asked for again without
        conditions, so that a source is always judged by its whole face.
        """
        got = self._start(whole=whole)
        changed = any(isinstance(one, Answer) and not one.unchanged for one in got)
        if changed and any(isinstance(one, NotModified) for one in got):
            got = [self.ask(one.request, conditional=False) if isinstance(one, NotModified) else one for one in got]
        return Probe(
            answers=tuple(one for one in got if isinstance(one, Answer)),
            not_modified=sum(isinstance(one, NotModified) for one in got),
            troubles=tuple(Trouble.of_failure(one) for one in got if isinstance(one, Failed)),
        )

    def _start(self, *, whole: bool) -> list[Answer | NotModified | Failed]:
        got: list[Answer | NotModified | Failed] = []
        for request in self.platform.start(self.source):
            got += self._ask_known_way(request, conditional=not whole)
        return got

    def _ask_known_way(self, request: Request, *, conditional: bool) -> list[Answer | NotModified | Failed]:
        """Ask at once what served instead of a request last time, while that is fresh; each way anew where it fails."""
        way = self._known_way(request)
        if way is not None and way != request:
            answer = self.ask(way, conditional=conditional)
            if not (isinstance(answer, Failed) and answer.status in ANOTHER_WAY):
                return [answer]
        return self._ask_some_way(request, conditional=conditional)

    def _known_way(self, request: Request) -> Request | None:
        """The first of a request and what would be asked instead of it that was read of late; None: none was."""
        if self._record(request) is not None:
            return request
        others = self._others(request)
        return self._known_way(others[0]) if len(others) == 1 else None

    def _ask_some_way(self, request: Request, *, conditional: bool) -> list[Answer | NotModified | Failed]:
        """Ask, and where that is refused, whatever the adapter would ask instead, as long as it knows another way."""
        answer = self.ask(request, conditional=conditional)
        if isinstance(answer, Failed) and answer.status in ANOTHER_WAY:
            return self.ask_another_way(request, conditional=conditional) or [answer]
        return [answer]

    def ask_another_way(self, request: Request, *, conditional: bool = True) -> list[Answer | NotModified | Failed]:
        """Ask what the adapter would ask instead of a request that was refused or could not be read."""
        return [got for other in self._others(request) for got in self._ask_some_way(other, conditional=conditional)]

    def _others(self, request: Request) -> tuple[Request, ...]:
        return self.platform.fallback(self.source, request) if isinstance(self.platform, Fallback) else ()

    def ask(self, request: Request, *, conditional: bool = True) -> Answer | NotModified | Failed:
        """Make one request; `conditional` sends the kept validators and compares with what was read.

        Raises:
            BrokenOffError: the pass is to stop.
        """
        if self.stopping():
            raise BrokenOffError
        request = self._dated(request)
        record = self._record(request) if conditional else None
        self.requests += 1
        fetched = self.fetcher.get(self.source, request, record.validators if record else None)
        if not isinstance(fetched, Fetched):
            return fetched
        snapshot = fetched.snapshot
        self.wire_bytes += fetched.wire_bytes
        same_bytes = record is not None and record.sha256 == snapshot.sha256
        kept = record.core.removeprefix(f"{self.mark}:") if record is not None and record.core else None
        core = kept if same_bytes and kept else self._core(snapshot, kept)
        return Answer(
            request=request,
            snapshot=snapshot,
            validators=fetched.validators,
            core=f"{self.mark}:{core}",
            unchanged=same_bytes or (kept is not None and same_page(kept, core)),
        )

    def _record(self, request: Request) -> HttpRecord | None:
        """What is remembered of an answer, unless it is stale or was read by other rules."""
        record = self.records.get(place_of(request))
        if record is None or record.core is None or not record.core.startswith(self.mark):
            return None
        return None if self.now - record.checked_at > UNCONDITIONAL_AFTER else record

    def _core(self, snapshot: Snapshot, kept: str | None) -> str:
        # elsewhere `select` is about the documents' own pages: a list must be compared whole
        select = self.source.select if self.source.platform == "page" else None
        return page_mark(snapshot.body, snapshot.charset, select=select, ignore=self.source.ignore, known=kept)

    def _dated(self, request: Request) -> Request:
        if "{from}" not in request.url and "{to}" not in request.url:
            return request
        today = self.now.astimezone(self.zone).date()
        url = request.url.replace("{from}", (today - PLACEHOLDER_SPAN).isoformat())
        return replace(request, url=url.replace("{to}", (today + PLACEHOLDER_SPAN).isoformat()))
