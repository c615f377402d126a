"""A store on a real file, a mail server on loopback, and the settings between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.mail import SmtpMailer, Timeouts
from aluevahti.notify import Settings
from aluevahti.storage import Store
from notifying import START, settings_for
from smtpserver import SmtpServer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{path}", now=START) as opened:
        yield opened


@pytest.fixture
def settings() -> Settings:
    return settings_for()


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


@pytest.fixture
def mailer(server: SmtpServer) -> Iterator[SmtpMailer]:
    quick = Timeouts(connect=5, command=5, final=0.5)
    one = SmtpMailer(host=server.host, port=server.port, sender="vahti@example.org", timeouts=quick)
    yield one
    one.close()
