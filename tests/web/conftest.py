"""The web site under test: a real server on loopback over a real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

import websample
from aluevahti.config import Config
from aluevahti.storage import Store
from aluevahti.web import Pulse, WebServer, make_app

HOST = "seuranta.example.org"


@dataclass
class Running:
    """A site that is up, and what it stands on; the clock is turned by hand."""

    store: Store
    client: httpx.Client
    pulse: Pulse
    now: dt.datetime = websample.NOW
    config: Config = field(default_factory=websample.config)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        return self.client.get(path, headers=headers)


Serve: TypeAlias = Callable[..., AbstractContextManager[Running]]


@contextmanager
def _running(store: Store, config: Config | None = None, pulse: Pulse | None = None) -> Iterator[Running]:
    own_pulse = pulse or Pulse()
    running = Running(store, httpx.Client(), own_pulse, config=config or websample.config())
    app = make_app(store, lambda: running.config, lambda: running.now, own_pulse)
    with (
        WebServer(app, "127.0.0.1", 0) as server,
        httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}", headers={"Host": HOST}, trust_env=False, timeout=30
        ) as client,
    ):
        running.client.close()
        running.client = client
        yield running


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Puts a site up over a store."""
    return _running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A site with something on every page, only looked at."""
    with websample.filled(tmp_path_factory.mktemp("state")) as store, _running(store) as running:
        yield running


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Running]:
    """A site whose database is empty, for tests that change it."""
    url = f"sqlite:///{tmp_path / 'state.db'}"
    with Store.open(url, now=websample.NOW) as store, _running(store) as running:
        yield running
