"""`--serve`: the folder and the web site at one address, with the world's sites behind the links in the mails."""

from __future__ import annotations

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from aluevahti.demo.listening import HOST
from aluevahti.demo.page import MAIL_FOLDER
from aluevahti.demo.replay import Stage
from aluevahti.web import WebServer, make_app

FOLDER = "/demo"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def served(folder: Path, up: Stage) -> ASGIApp:
    """The web site, and below /demo/ the page and the mails of `folder`; nothing else of it is shown."""
    site = make_app(up.parts.store, lambda: up.parts.config, up.parts.clock)
    return Starlette(
        routes=[
            Route(FOLDER, lambda _request: RedirectResponse(f"{FOLDER}/")),
            Route(f"{FOLDER}/", lambda _request: FileResponse(folder / "index.html")),
            Mount(f"{FOLDER}/{MAIL_FOLDER}", StaticFiles(directory=folder / MAIL_FOLDER)),
            Mount("/", site),
        ]
    )


def serving(folder: Path, up: Stage, port: int) -> WebServer:
    """A server of all that on loopback, from `with` to its end.

    Raises:
        OSError: somebody else took the port meanwhile.
    """
    return WebServer(served(folder, up), HOST, port)
