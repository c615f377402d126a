"""The service as an operator starts and stops it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clirun import Run

CONFIG = "service: {contact: seuranta@aluevahti.test, web: {listen: '127.0.0.1:0'}}\nsources: []\n"


@contextmanager
def started(folder: Path, *wrapped: str) -> Iterator[subprocess.Popen[str]]:
    """The service in a process of its own, which is gone at the end whatever the test found."""
    (folder / "sources.yaml").write_text(CONFIG)
    command = [*wrapped, sys.executable, "-m", "aluevahti", "run"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:
        try:
            yield service
        finally:
            service.kill()


def events(service: subprocess.Popen[str]) -> list[str]:
    """What the service logs from now to its end."""
    assert service.stderr is not None
    told = [json.loads(line)["event"] for line in service.stderr]
    service.wait(20)
    return told


def test_the_service_runs_until_sigterm_and_refuses_a_second_one(run: Run, folder: Path) -> None:
    with started(folder) as service:
        assert service.stderr is not None
        first = json.loads(service.stderr.readline())
        second = run("run")
        service.send_signal(signal.SIGTERM)
        rest = events(service)

    assert first["event"] == "service.started"
    assert (second.code, second.out) == (2, "")
    assert second.err.count("\n") == 1
    assert "another aluevahti is at work" in second.err
    assert service.returncode == 0
    assert rest[-1] == "service.stopped"


def test_a_terminal_that_hangs_up_ends_the_service_in_order(folder: Path) -> None:
    with started(folder) as service:
        assert service.stderr is not None
        service.stderr.readline()
        service.send_signal(signal.SIGHUP)
        rest = events(service)

    assert (service.returncode, rest[-1]) == (0, "service.stopped")


def test_a_service_that_was_made_deaf_to_its_terminal_goes_on_without_it(folder: Path) -> None:
    with started(folder, "sh", "-c", "trap '' HUP; exec \"$@\"", "sh") as service:
        assert service.stderr is not None
        service.stderr.readline()
        service.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            service.wait(1)
        service.send_signal(signal.SIGTERM)
        rest = events(service)

    assert (service.returncode, rest[-1]) == (0, "service.stopped")


def test_a_web_address_that_is_taken_is_named(run: Run, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        (folder / "sources.yaml").write_text(CONFIG.replace("127.0.0.1:0", address))

        result = run("run")

    assert (result.code, result.out) == (2, "")
    assert f"service.web.listen {address} cannot be used: Address already in use" in result.err
