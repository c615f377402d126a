"""A small HTTP/1.1 server on loopback for tests: real sockets, scripted pages, scripted faults.

    with Site() as site:
        site.pages["/x"] = Page("<p>Hei</p>", etag='"1"')
        ... fetch site.url("/x") ...
        assert site.hits("/x") == 1

A page is a `Page`, a fault (any `Answer`: a function that writes to the connection itself), or a
function of the request that returns one of the two; a list stands for one of these per request, the
last one for ever. A page is looked up by path and query first, then by path alone; what is not
there is a 404, /robots.txt included. It never waits longer than its own end: `close` wakes every stall.
"""

from __future__ import annotations

import gzip
import io
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeAlias
from urllib.parse import parse_qs, urlsplit

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it came; header names are in lower case, `at` is `time.monotonic()`."""

    method: str
    target: str  # path and query, as sent
    headers: Mapping[str, str]
    body: bytes
    at: float
    connection: int  # the number of the connection it came on

    @property
    def path(self) -> str:
        """The path alone, as sent."""
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        """The query without its question mark, as sent."""
        return urlsplit(self.target).query

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters by name, empty ones too; of several of one name the first."""
        return {name: values[0] for name, values in parse_qs(self.query, keep_blank_values=True).items()}


@dataclass(frozen=True, slots=True)
class Page:
    """One well-formed answer. With `etag` or `last_modified` it answers conditional requests with 304.

    Attributes:
        body: text is sent in `charset`; the Content-Type says so unless `content_type` is given.
        headers: sent as they are, after the usual ones.
        coding: "gzip" or "deflate" compresses the body and says so.
        chunked: sent in chunks instead of with a Content-Length.
        delay: seconds before the answer starts.
    """

    body: str | bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None
    charset: str = "utf-8"
    etag: str | None = None
    last_modified: str | None = None
    coding: str | None = None
    chunked: bool = False
    delay: float = 0.0

    def content(self) -> bytes:
        """The body before any content coding."""
        return self.body.encode(self.charset) if isinstance(self.body, str) else self.body

    def is_current(self, seen: Seen) -> bool:
        """Whether the validators of the request are those of this page, byte for byte."""
        if "if-none-match" in seen.headers:
            return self.etag is not None and seen.headers["if-none-match"] == self.etag
        return self.last_modified is not None and seen.headers.get("if-modified-since") == self.last_modified

    def head(self, status: int, length: int | None) -> bytes:
        """The status line and the headers, with the empty line that ends them."""
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}"]
        if status != 304:
            lines.append(f"Content-Type: {self.content_type or f'text/html; charset={self.charset}'}")
            lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
            if self.coding:
                lines.append(f"Content-Encoding: {self.coding}")
        lines += [f"ETag: {self.etag}"] * (self.etag is not None)
        lines += [f"Last-Modified: {self.last_modified}"] * (self.last_modified is not None)
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def answer(self, connection: Connection, seen: Seen) -> None:
        """Write the page to the connection, which stays open."""
        connection.wait(self.delay)
        if self.status == 200 and self.is_current(seen):
            connection.send(self.head(304, None))
            return
        body = coded(self.content(), self.coding)
        if not self.chunked:
            connection.send(self.head(self.status, len(body)) + (b"" if seen.method == "HEAD" else body))
            return
        connection.send(self.head(self.status, None))
        for start in range(0, len(body), 4096):
            part = body[start : start + 4096]
            connection.send(b"%x\r\n%b\r\n" % (len(part), part))
        connection.send(b"0\r\n\r\n")


Answer: TypeAlias = "Callable[[Connection, Seen], None]"
"""Writes whatever it likes to the connection, which is closed afterwards."""

Script: TypeAlias = "Page | Fault | Callable[[Seen], Page | Fault] | list[Page | Fault]"


@dataclass(frozen=True, slots=True)
class Fault:
    """A scripted misbehaviour; the connection is closed when it is over."""

    answer: Answer


def coded(body: bytes, coding: str | None) -> bytes:
    """The body in a content coding; None leaves it as it is."""
    if coding == "gzip":
        return gzip.compress(body, 6)
    return zlib.compress(body) if coding == "deflate" else body


class Connection:
    """One accepted connection, as a fault sees it."""

    def __init__(self, sock: socket.socket, number: int, closing: threading.Event) -> None:
        self.sock = sock
        self.number = number
        self.closing = closing

    def send(self, data: bytes) -> None:
        """Write all of it, or raise OSError when the client has gone."""
        self.sock.sendall(data)

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, or until the site is closed."""
        if seconds and self.closing.wait(seconds):
            raise ConnectionAbortedError

    def reset(self) -> None:
        """Close so that the client sees a reset, not an end."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Site:
    """The server: answers from `pages`, remembers `requests`, until it is closed.

    Args:
        pages: may also be filled and changed while it runs.
        tls: a server-side context; the site is then https.
        host: 127.0.0.1, another loopback address, or ::1.
    """

    def __init__(
        self, pages: Mapping[str, Script] | None = None, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
    ) -> None:
        self.pages: dict[str, Script] = dict(pages or {})
        self.requests: list[Seen] = []
        self.connections = 0
        self._host = host
        self._tls = tls
        self._closing = threading.Event()
        self._open: dict[int, socket.socket] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(
            (host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=128
        )
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def origin(self) -> str:
        """scheme://host:port, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a path on this site."""
        return self.origin + path

    def hits(self, path: str) -> int:
        """How often a path was asked for, whatever the query."""
        return sum(seen.path == path for seen in list(self.requests))

    def last(self, path: str) -> Seen:
        """The newest request for a path."""
        return [seen for seen in self.requests if seen.path == path][-1]

    def close(self) -> None:
        """Stop listening, cut every connection, wait for every thread."""
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open.values():
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=10)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._open[self.connections] = sock
            self._start(self._serve, sock, self.connections)

    def _serve(self, sock: socket.socket, number: int) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        raw = sock
        try:
            if self._tls:
                sock = self._tls.wrap_socket(sock, server_side=True)
                with self._lock:
                    self._open[number] = sock
            connection = Connection(sock, number, self._closing)
            with sock.makefile("rb") as reader:
                for seen in _requests(reader, number):
                    self.requests.append(seen)
                    if not self._answer(connection, seen):
                        return
        except (OSError, ValueError):
            return
        finally:
            with self._lock:
                self._open.pop(number, None)
            sock.close()
            raw.close()

    def _answer(self, connection: Connection, seen: Seen) -> bool:
        """Answer one request; whether the connection goes on."""
        script = self.pages.get(seen.target, self.pages.get(seen.path, Page("not found", status=404)))
        if isinstance(script, list):
            script = script.pop(0) if len(script) > 1 else script[0]
        elif not isinstance(script, Page | Fault):
            script = script(seen)
        script.answer(connection, seen)
        return isinstance(script, Page) and script.headers.get("Connection") != "close"


def _requests(reader: io.BufferedReader, number: int) -> Iterator[Seen]:
    """The requests on one connection, until its end."""
    readline, read = reader.readline, reader.read
    while line := readline(65536):
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := readline(65536)) not in {b"\r\n", b"\n", b""}:
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = read(int(headers.get("content-length", 0)))
        yield Seen(method=method, target=target, headers=headers, body=body, at=time.monotonic(), connection=number)


# --- faults --------------------------------------------------------------------------------------


def redirect(to: str, status: int = 302) -> Page:
    """An answer that points elsewhere; `to` goes into Location as it is."""
    return Page(b"", status=status, headers={"Location": to})


def retry_after(value: str, status: int = 429) -> Page:
    """Too many requests (or 503), with Retry-After in seconds or as an HTTP date."""
    return Page("slow down", status=status, headers={"Retry-After": value})


def raw(data: bytes, *, hold: float = 0.0) -> Fault:
    """Exactly these bytes, then (after `hold` seconds) the end."""

    def answer(connection: Connection, _: Seen) -> None:
        connection.send(data)
        connection.wait(hold)

    return Fault(answer)


def stall(after: bytes = b"", seconds: float = 60.0) -> Fault:
    """These bytes, then nothing: `after` decides the phase (nothing, half a header, half a body)."""
    return raw(after, hold=seconds)


def drip(data: bytes, every: float = 0.05) -> Fault:
    """One byte at a time; with a head in `data` this drips headers, too."""

    def answer(connection: Connection, _: Seen) -> None:
        for byte in data:
            connection.send(bytes([byte]))
            connection.wait(every)

    return Fault(answer)


def drip_body(body: bytes, every: float = 0.05) -> Fault:
    """A prompt head, then the body one byte at a time."""
    page = Page(body)

    def answer(connection: Connection, seen: Seen) -> None:
        connection.send(page.head(200, len(body)))
        drip(body, every).answer(connection, seen)

    return Fault(answer)


def reset(after: bytes = b"") -> Fault:
    """These bytes, then a reset of the connection."""

    def answer(connection: Connection, _: Seen) -> None:
        connection.send(after)
        connection.wait(0.05)
        connection.reset()

    return Fault(answer)


def short_length(body: str | bytes, missing: int = 100) -> Fault:
    """A Content-Length that promises more than is sent."""
    page = Page(body)
    return raw(page.head(200, len(page.content()) + missing) + page.content())


def early_close(body: str | bytes) -> Fault:
    """A body without a length that ends with the connection: nobody can tell whether it is whole."""
    page = Page(body)
    return raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.content())


def cut_chunks(body: bytes) -> Fault:
    """A chunked body whose end is missing."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return raw(head + b"%x\r\n%b\r\n" % (len(body), body))


def coded_as(codings: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    """A body that is said to be in `codings`, whatever it really is."""
    return Page(body, headers={"Content-Encoding": codings}, content_type=content_type)


def stacked_gzip(body: bytes) -> Page:
    """gzip within gzip."""
    return coded_as("gzip, gzip", gzip.compress(gzip.compress(body)))


def gzip_bomb(megabytes: int) -> Fault:
    """A gzip stream of so many megabytes of zeros, made while it is sent."""

    def answer(connection: Connection, _: Seen) -> None:
        connection.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
        )
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        block = bytes(1024 * 1024)
        for _number in range(megabytes):
            connection.send(packer.compress(block))
        connection.send(packer.flush())

    return Fault(answer)


def huge_headers(kibibytes: int = 1024) -> Fault:
    """A head that does not end for so long."""
    line = b"X-Filler: " + b"a" * 1000 + b"\r\n"
    return raw(b"HTTP/1.1 200 OK\r\n" + line * kibibytes + b"Content-Length: 2\r\n\r\nok")


def bare_304() -> Page:
    """304 without having been asked conditionally, and without validators."""
    return Page(b"", status=304)
