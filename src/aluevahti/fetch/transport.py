"""An httpx transport over many small httpcore pools, one for each origin."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import cast

import httpcore
import httpx

from aluevahti.fetch.addresses import origin_of
from aluevahti.fetch.network import Backend, Network, StaleConnection

CONNECTIONS_PER_ORIGIN = 8
"""Connections to one scheme, host and port at the same time."""

KEEP_ALIVE = 15.0  # seconds; shorter than most servers' own, so that few connections are found closed
IDLE_POOLS = 64
"""How many origins keep their connections open while nobody asks them."""


class _Pool:
    """The connections to one origin; httpcore scans them all at every request, so they are few."""

    def __init__(self, network: Network, *, is_tls: bool, allow_private: bool) -> None:
        self.users = 0
        self.used_at = time.monotonic()
        self.connections = httpcore.ConnectionPool(
            ssl_context=network.tls() if is_tls else None,
            max_connections=CONNECTIONS_PER_ORIGIN,
            max_keepalive_connections=CONNECTIONS_PER_ORIGIN,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=Backend(network, allow_private=allow_private),
        )


class _Body(httpx.SyncByteStream):
    """The body as it comes; its end gives the connection back."""

    def __init__(self, response: httpcore.Response, release: Callable[[], None]) -> None:
        self._response = response
        self._release = release

    def __iter__(self) -> Iterator[bytes]:
        yield from cast("Iterator[bytes]", self._response.stream)

    def close(self) -> None:
        try:
            self._response.close()
        finally:
            self._release()


class Transport(httpx.BaseTransport):
    """Sends one request and returns its answer, body unread; no redirects, no cookies, no decoding.

    A request carries the extensions `timeout` (its `Deadline`, under every name) and `allow_private`.
    Connections that may lead to private addresses are never shared with those that may not. Besides
    httpcore's own errors it raises `Fault`.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._pools: OrderedDict[tuple[str, bool], _Pool] = OrderedDict()
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        pool = self._take(request.url, allow_private=bool(request.extensions["allow_private"]))
        try:
            response = self._send(pool, request)
        except BaseException:
            self._give_back(pool)
            raise
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response, lambda: self._give_back(pool)),
            extensions=response.extensions,
        )

    def _send(self, pool: _Pool, request: httpx.Request) -> httpcore.Response:
        """Send it, and once more for each kept connection that turned out to be dead; a POST never twice."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        outgoing = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=cast("httpx.SyncByteStream", request.stream),
            extensions=request.extensions,
        )
        for _ in range(CONNECTIONS_PER_ORIGIN):
            try:
                return pool.connections.handle_request(outgoing)
            except StaleConnection:
                if request.method != "GET":
                    raise
        return pool.connections.handle_request(outgoing)

    def _take(self, url: httpx.URL, *, allow_private: bool) -> _Pool:
        key = (origin_of(url), allow_private)
        with self._lock:
            pool = self._pools.get(key)
            if pool is None:
                pool = _Pool(self._network, is_tls=url.scheme == "https", allow_private=allow_private)
                self._pools[key] = pool
            pool.users += 1
            pool.used_at = time.monotonic()
            self._pools.move_to_end(key)
            idle = self._drop_idle()
        for old in idle:
            old.connections.close()
        return pool

    def _drop_idle(self) -> list[_Pool]:
        """Forget pools nobody used for a while, the longest unused first, and more of them when there are many."""
        dropped = []
        limit = time.monotonic() - KEEP_ALIVE
        while self._pools:
            oldest = next(iter(self._pools.values()))
            if oldest.users or (oldest.used_at >= limit and len(self._pools) <= IDLE_POOLS):
                break
            dropped.append(self._pools.popitem(last=False)[1])
        return dropped

    def _give_back(self, pool: _Pool) -> None:
        with self._lock:
            pool.users -= 1
            pool.used_at = time.monotonic()

    def close(self) -> None:
        """Close every connection, also those in use."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.connections.close()
