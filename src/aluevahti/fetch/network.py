"""Names, sockets and TLS: dials only addresses that were checked, and never outlives a deadline."""

from __future__ import annotations

import ipaddress
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any, Self

import httpcore
import httpx

from aluevahti.fetch.addresses import check_address
from aluevahti.fetch.faults import Fault
from aluevahti.model import FailureReason


class Deadline(float):
    """A total of seconds of which some are left, and these have begun to run.

    It is handed to httpcore as its timeouts and comes back unchanged at every read and write, so
    that each of them waits only for what is left: a server that drips a byte a second cannot
    stretch the total, as it can stretch a timeout per read.
    """

    def __new__(cls, total: float, left: float | None = None) -> Self:
        """A deadline of `total` seconds; `left` says how many of them an earlier part did not use."""
        deadline = super().__new__(cls, total)
        deadline.ends_at = time.monotonic() + (total if left is None else left)
        return deadline

    ends_at: float

    @property
    def left(self) -> float:
        """The seconds that remain; zero or less once it has passed."""
        return self.ends_at - time.monotonic()


def _left(timeout: float | None) -> float | None:
    """What a socket may wait for; raises TimeoutError when nothing remains."""
    left = timeout.left if isinstance(timeout, Deadline) else timeout
    if left is not None and left <= 0:
        raise TimeoutError
    return left


class StaleConnection(httpcore.ReadError):
    """A connection kept from an earlier request had been closed by the server: worth one repeat."""


class Network:
    """The real network; tests put another one in its place to decide what a name resolves to."""

    def __init__(self) -> None:
        self._tls: ssl.SSLContext | None = None
        self._lock = threading.Lock()

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """All addresses of a name, in the system's order of preference; may block, raises OSError."""
        found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
        return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))

    def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
        """A connected socket to exactly this address; raises OSError."""
        return socket.create_connection((address, port), timeout)

    def tls(self) -> ssl.SSLContext:
        """The client's context: certificates are always verified. Made once, it costs tens of milliseconds.

        Trusts the bundled authorities and those that the system's administrator added.
        """
        with self._lock:
            if self._tls is None:
                self._tls = httpx.create_ssl_context(trust_env=False)
                self._tls.load_default_certs()
            return self._tls


class Stream(httpcore.NetworkStream):
    """One connected socket, plain or TLS."""

    def __init__(self, sock: socket.socket, host: str) -> None:
        self._sock = sock
        self._host = host
        self._answers = 0  # how many requests it has answered so far
        self._silent = True  # since the last request was written, nothing came
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._sock.settimeout(_left(timeout))
            data = self._sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise self._broken(error) from error
        if not data and self._is_stale():
            raise StaleConnection
        if self._silent and data:
            self._silent = False
            self._answers += 1
        return data

    def _is_stale(self) -> bool:
        return self._silent and self._answers > 0

    def _broken(self, error: OSError) -> httpcore.ReadError:
        return StaleConnection() if self._is_stale() else httpcore.ReadError(_words(error))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        self._silent = True
        try:
            self._sock.settimeout(_left(timeout))
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError(_words(error)) from error

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        name = server_hostname or self._host
        try:
            self._sock.settimeout(_left(timeout))
            return Stream(ssl_context.wrap_socket(self._sock, server_hostname=name), self._host)
        except TimeoutError as error:
            self._sock.close()
            raise Fault(FailureReason.TIMEOUT, f"{name} did not finish the TLS handshake in time") from error
        except ssl.SSLCertVerificationError as error:
            self._sock.close()
            raise Fault(
                FailureReason.CONNECT, f"the TLS certificate of {name} is not valid: {error.verify_message}"
            ) from error
        except (OSError, ValueError) as error:
            self._sock.close()
            raise Fault(FailureReason.CONNECT, f"the TLS handshake with {name} failed: {_words(error)}") from error

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: the TLS object, and whether an idle connection has something to say (its end)."""
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        if info == "is_readable":
            return self._sock.fileno() < 0 or bool(self._poll.poll(0))
        return None


class Backend(httpcore.NetworkBackend):
    """Resolves a name, checks every answer, then dials one of the checked addresses.

    The decision stands where the connection is made, so that a name which resolves differently the
    second time cannot slip through. Host header and SNI keep the name.
    """

    def __init__(self, network: Network, *, allow_private: bool) -> None:
        self._network = network
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        del local_address, socket_options
        addresses = self._resolve(host, port, timeout)
        for address in addresses:
            check_address(address, allow_private=self._allow_private)
        sock = self._dial(host, addresses, port, timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Stream(sock, host)

    def _resolve(self, host: str, port: int, timeout: float | None) -> tuple[str, ...]:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return _Lookup(self._network, host, port).result(timeout)
        return (host,)

    def _dial(self, host: str, addresses: tuple[str, ...], port: int, timeout: float | None) -> socket.socket:
        """The first address that answers; each may take its share of the time that is left."""
        error: OSError = OSError("it has no address")
        for number, address in enumerate(addresses):
            try:
                left = _left(timeout)
                share = None if left is None else left / (len(addresses) - number)
                return self._network.dial(address, port, share)
            except OSError as failure:
                error = failure
        if isinstance(error, TimeoutError):
            raise Fault(FailureReason.TIMEOUT, f"no connection to {host} port {port} in time") from error
        raise Fault(FailureReason.CONNECT, f"no connection to {host} port {port}: {_words(error)}") from error


class _Lookup:
    """One name looked up on a thread of its own: the system's resolver knows no deadline."""

    def __init__(self, network: Network, host: str, port: int) -> None:
        self._host = host
        self._found: tuple[str, ...] = ()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(network, port), daemon=True, name=f"resolve {host}")

    def _run(self, network: Network, port: int) -> None:
        try:
            self._found = network.resolve(self._host, port)
        except (OSError, ValueError) as error:
            self._error = error

    def result(self, timeout: float | None) -> tuple[str, ...]:
        self._thread.start()
        self._thread.join(timeout.left if isinstance(timeout, Deadline) else timeout)
        if self._thread.is_alive():
            raise Fault(FailureReason.TIMEOUT, f"the name {self._host} was not resolved in time")
        if self._error is not None or not self._found:
            words = _words(self._error) if self._error else "no address"
            raise Fault(FailureReason.CONNECT, f"the name {self._host} cannot be resolved: {words}")
        return self._found


def _words(error: Exception) -> str:
    """The system's words for an error, without its numbers."""
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
