"""What stands before every page: whose host it is, how much may be sent, and what browsers may do with an answer."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)

MOST_BODY = 16 * 1024
"""Bytes that a request may bring; a form of ours needs a few dozen."""

HEALTH = "/healthz"
"""Answered under any name: what watches over the service asks by address, or names no host at all."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class Guard:
    """Wraps the application.

    Args:
        app: what answers.
        hosts: the host names that the site goes by now, beside loopback; in lower case.
        base: the path that the site lives below now (`frame.base_of`); a proxy may or may not take it away.
    """

    def __init__(self, app: ASGIApp, hosts: Callable[[], frozenset[str]], base: Callable[[], str]) -> None:
        self.app = app
        self.hosts = hosts
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._answer(scope, receive, guarded_send)
        except Exception:  # whatever a page does: the server would answer without our headers, and log no page
            log.exception("web.crashed", method=scope["method"], page=_page_of(scope["path"]))
            if not started:
                await _plain(500, scope, receive, guarded_send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        is_known = _host_of(headers.get("host", "")) in LOOPBACK | self.hosts()
        if not is_known and self._below_base(scope)["path"] != HEALTH:
            await _plain(421, scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:19]) > MOST_BODY:
            await _plain(413, scope, receive, send)
            return
        await self.app(self._below_base(scope), _limited(receive), send)

    def _below_base(self, scope: Scope) -> Scope:
        base = self.base()
        if base and scope["path"].startswith(f"{base}/"):
            return {**scope, "path": scope["path"][len(base) :], "raw_path": None}
        return scope


def _limited(receive: Receive) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY:
            raise HTTPException(413)  # raised where the page reads its form, and answered there
        return message

    return limited


def _host_of(header: str) -> str:
    """The name in a Host header, without port and brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().rstrip(".")


def _page_of(path: str) -> str:
    """The page without what follows it: that may be somebody's token."""
    return "/" + path.strip("/").partition("/")[0]


async def _plain(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    text = {413: "The request is too large.", 421: "This site goes by another name."}
    answer = PlainTextResponse(text.get(status, "Something went wrong here; it has been noted.") + "\n", status)
    await answer(scope, receive, send)
