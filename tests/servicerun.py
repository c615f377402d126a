"""The service as a process: started, watched by its log, asked over HTTP, and ended with real signals."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from aluevahti.storage import Store
from faultserver import Page

WITHIN = 30.0
"""Seconds that anything may take here; most take one."""


def sources_yaml(
    sources: Sequence[Mapping[str, Any]], *, smtp_port: int = 9, service: str = "", listen: str = "127.0.0.1:0"
) -> str:
    """A small configuration; every source is polled every second, without pacing."""
    entries = "\n".join(f"  - {json.dumps(dict(source), ensure_ascii=False)}" for source in sources)
    return (
        "service:\n"
        "  contact: seuranta@aluevahti.example\n"
        f"  mail: {{host: 127.0.0.1, port: {smtp_port}}}\n"
        f"  web: {{listen: '{listen}'}}\n"
        f"{service}"
        "defaults: {every: 1s, timeout: 5s, min_interval_per_host: 0s, allow_private_addresses: true}\n"
        f"sources:{' []' if not entries else ''}\n{entries}\n"
    )


def source(url: str, **given: Any) -> dict[str, Any]:
    """One entry of it: a list of news."""
    return {"id": "uutiset", "region": "kainuu", "platform": "listing", "url": url, "item": "li.item", **given}


def now() -> dt.datetime:
    """The present: a service that is started as a process lives in real time."""
    return dt.datetime.fromtimestamp(time.time(), dt.UTC)  # noqa: TID251


def listing(*titles: str) -> Page:
    """A list of news of today, each with a link of its own."""
    today = now().date()
    date = f'<time datetime="{today}">{today.day}.{today.month}.{today.year}</time>'
    items = "".join(
        f'<li class="item"><a href="/uutinen/{number}">{title}</a> {date}</li>'
        for number, title in enumerate(titles, 1)
    )
    return Page(f"<html lang='fi'><body><main><h1>Uutiset</h1><ul>{items}</ul></main></body></html>")


def article(text: str) -> Page:
    """The page of one of them."""
    return Page(f"<html lang='fi'><body><main><article><h1>Uutinen</h1><p>{text}</p></article></main></body></html>")


@dataclass
class Service:
    """A service in a folder with a sources.yaml; ended at the end of `with`, whatever happened."""

    folder: Path
    arguments: Sequence[str] = ()
    lines: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ALUEVAHTI_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "aluevahti", *self.arguments, "run"],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join(WITHIN)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log so far; every line is one JSON object."""
        return [json.loads(line) for line in list(self.lines)]

    def logged(self, event: str, **values: Any) -> list[dict[str, Any]]:
        """The lines of one event that have these values."""
        return [
            line
            for line in self.log
            if line["event"] == event and all(line.get(key) == value for key, value in values.items())
        ]

    def wait(self, event: str, **values: Any) -> dict[str, Any]:
        """Wait for a line of the log."""
        eventually(lambda: bool(self.logged(event, **values)), lambda: f"no {event} {values} in\n{''.join(self.lines)}")
        return self.logged(event, **values)[0]

    def get(self, path: str) -> httpx.Response:
        """Ask its web site."""
        return httpx.get(self.wait("service.started")["web"] + path, trust_env=False, timeout=10)

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def end(self) -> int:
        """SIGTERM, and how it ended."""
        self.signal()
        return self.process.wait(WITHIN)

    def store(self) -> Store:
        """Its database, opened beside it."""
        return Store.open(f"sqlite:///{self.folder / 'state.db'}", now=now())


def eventually(
    condition: Callable[[], bool], complaint: Callable[[], str] = lambda: "it did not come true", within: float = WITHIN
) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.02)
