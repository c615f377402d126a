"""The service as an operator starts and stops it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

from clirun import Run

CONFIG = "service: {contact: seuranta@aluevahti.test, web: {listen: '127.0.0.1:0'}}\nsources: []\n"


def test_the_service_runs_until_sigterm_and_refuses_a_second_one(run: Run, folder: Path) -> None:
    (folder / "sources.yaml").write_text(CONFIG)
    with subprocess.Popen(
        [sys.executable, "-m", "aluevahti", "run"],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as service:
        assert service.stderr is not None
        first = json.loads(service.stderr.readline())
        second = run("run")
        service.send_signal(signal.SIGTERM)
        rest = [json.loads(line)["event"] for line in service.stderr]

    assert first["event"] == "service.started"
    assert (second.code, second.out) == (2, "")
    assert second.err.count("\n") == 1
    assert "another aluevahti is at work" in second.err
    assert service.returncode == 0
    assert rest[-1] == "service.stopped"


def test_a_terminal_that_hangs_up_ends_the_service_in_order(folder: Path) -> None:
    (folder / "sources.yaml").write_text(CONFIG)
    command = [sys.executable, "-m", "aluevahti", "run"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        service.stderr.readline()
        service.send_signal(signal.SIGHUP)
        rest = [json.loads(line)["event"] for line in service.stderr]

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
