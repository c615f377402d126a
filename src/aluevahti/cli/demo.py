"""`demo`: the whole program on a small bundled world, without a network."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from aluevahti.cli.app import app
from aluevahti.cli.output import say

WEB_PORT = 8420
"""What links in the mails name where nothing is served."""


@app.command()
def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Leave everything there; without it in a new temporary folder."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then show it, and the web site, on this machine until Ctrl-C.")
    ] = False,
) -> None:
    """The whole program on a small bundled world of regions, without a network: ten days in seconds."""
    from aluevahti import demo as world
    from aluevahti.cli import logs

    folder = world.prepare(keep or Path(tempfile.mkdtemp(prefix="aluevahti-demo-")))
    places = world.read_places()
    port = world.free_port() if serve else WEB_PORT
    with world.stage(folder, places, port) as up:
        logs.set_up(up.parts, logging.CRITICAL)
        with _progress() as progress:
            is_right = world.run_demo(folder, up, places, say, progress)
        if serve:
            with world.serving(folder, up, port), suppress(KeyboardInterrupt):
                address = f"http://127.0.0.1:{port}"
                say(f"Serving {address}{world.FOLDER}/ and the web site {address}/ until Ctrl-C.")
                sys.stdout.flush()
                threading.Event().wait()
    if not is_right:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[dt.datetime], None]]:
    """The day that is being played, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _moment: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as shown:
        yield lambda moment: shown.update(f"{moment:%d.%m. %H:%M}")
