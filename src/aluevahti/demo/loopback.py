"""The world's sites on loopback: one HTTP server for all their names, and the way from a name to it.

Names end in `.localhost`, which RFC 6761 reserves for the machine itself; browsers know that, so links in
the digests can be opened while the demo serves. Nothing else is resolved, and nothing else is dialled.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from aluevahti.demo.listening import HOST, Listener, Unhurried
from aluevahti.demo.world import Answer, Ask, World
from aluevahti.fetch import Network
from aluevahti.text.dates import HELSINKI

SUFFIX = ".localhost"


class LoopbackNetwork(Network):
    """A network that ends at this machine."""

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """127.0.0.1 for every name of the demo's world; OSError for any other."""
        if not host.endswith(SUFFIX):
            raise OSError(f"{host}:{port} lies outside the demo's world")
        return (HOST,)

    def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
        """A connection to the world's server; OSError for any other address."""
        if address != HOST:
            raise OSError(f"{address} lies outside the demo's world")
        return super().dial(address, port, timeout)


@dataclass(slots=True)
class Log:
    """What was asked of the world.

    Attributes:
        requests: all of them, robots.txt included.
        answers: 200s at an address that had been answered before.
        noisy: those among them whose bytes differed from the answer before.
        wrong: pages of another item than the one that was asked for.
        by_host: how many requests each host got, robots.txt left out.
    """

    requests: int = 0
    answers: int = 0
    noisy: int = 0
    wrong: int = 0
    by_host: dict[str, int] = field(default_factory=dict)
    _last: dict[str, bytes] = field(default_factory=dict)
    _turns: dict[str, int] = field(default_factory=dict)

    def begin(self, host: str, target: str) -> tuple[int, int]:
        """Count one request: its number, and how often its address was asked for before."""
        self.requests += 1
        turn = self._turns.get(f"{host}{target}", 0)
        self._turns[f"{host}{target}"] = turn + 1
        return self.requests, turn

    def note(self, host: str, target: str, answer: Answer) -> None:
        """Count one answer."""
        if urlsplit(target).path == "/robots.txt":
            return
        self.by_host[host] = self.by_host.get(host, 0) + 1
        self.wrong += answer.is_wrong
        if answer.status == 200:
            digest = hashlib.sha256(answer.body).digest()
            before = self._last.get(f"{host}{target}")
            self.answers += before is not None
            self.noisy += before is not None and before != digest
            self._last[f"{host}{target}"] = digest


class WorldServer(Listener):
    """Serves the world at the moment that `clock` shows, from `with` to its end."""

    def __init__(self, world: World, clock: Callable[[], dt.datetime]) -> None:
        self.world = world
        self.clock = clock
        self.log = Log()
        self._lock = threading.Lock()
        server = _Server((HOST, 0), _Handler)
        server.owner = self
        super().__init__(server, "world")

    def url(self, host: str, path: str) -> str:
        """The address of a path on one of the world's hosts."""
        return f"http://{host}{SUFFIX}:{self.port}{path}"

    def answer(self, host: str, target: str, conditions: dict[str, str]) -> Answer:
        """Answer one request, and count it."""
        parts = urlsplit(target)
        name = host.partition(":")[0].removesuffix(SUFFIX)
        with self._lock:
            load, turn = self.log.begin(name, target)
        ask = Ask(
            host=name,
            path=unquote(parts.path),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            at=self.clock().astimezone(HELSINKI),
            load=load,
            turn=turn,
            origin=f"http://{host}",
            conditions=conditions,
        )
        answer = self.world.answer(ask)
        with self._lock:
            self.log.note(name, target, answer)
        return answer


class _Server(Unhurried, HTTPServer):
    owner: WorldServer


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        conditions = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.owner.answer(host, self.path, conditions)
        self.send_response_only(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server calls
        """The demo has a log of its own."""
