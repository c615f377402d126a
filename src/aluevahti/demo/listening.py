"""What the demo's own servers have in common: loopback, a free port, a thread from `with` to its end."""

from __future__ import annotations

import socketserver
import threading
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"


class Listener:
    """Runs a server in a thread; `server` is bound already, to a port that was free."""

    def __init__(self, server: socketserver.TCPServer, name: str) -> None:
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=name, daemon=True)

    @property
    def port(self) -> int:
        """The port that was free."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class Unhurried(socketserver.ThreadingMixIn):
    """A server that waits for no client when it ends, and makes no words about one that leaves in the middle."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle is no news."""
