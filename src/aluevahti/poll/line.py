"""The order in which waiting sources are begun: never more at one host than it may be asked at once.

A slow or paced host must not hold up the others: while its sources wait, workers go to other hosts.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from sys import intern
from urllib.parse import urlsplit

from aluevahti.model import Source

AT_ONCE = 8
"""Sources begun at the same time on a host that may be asked without pauses; a paced one has one."""


class Line:
    """Sources waiting for their turn; `next` gives one whose host is free, `done` frees it again."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._waiting: dict[str, deque[Source]] = {}
        self._host_of: dict[str, str] = {}
        self._busy: Counter[str] = Counter()
        for source in sources:
            host = self._host_of[source.id] = intern(host_of(source))
            self._waiting.setdefault(host, deque()).append(source)
        self._hosts = deque(self._waiting)

    def next(self) -> Source | None:
        """The next source that may be begun; None where none may be begun now, or none is left."""
        for _ in range(len(self._hosts)):
            host = self._hosts[0]
            self._hosts.rotate(-1)
            waiting = self._waiting[host]
            limit = 1 if waiting[0].min_interval_per_host else AT_ONCE
            if self._busy[host] >= limit:
                continue
            self._busy[host] += 1
            source = waiting.popleft()
            if not waiting:
                self._hosts.remove(host)
            return source
        return None

    def done(self, source: Source) -> None:
        """A source that `next` gave is finished."""
        self._busy[self._host_of[source.id]] -= 1


def host_of(source: Source) -> str:
    """The host and port that a source's address names."""
    return urlsplit(source.url).netloc.lower()
