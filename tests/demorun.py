"""Runs the demo as a person starts it, in a process of its own, and records what it dials and what it costs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

AUDITED = """
import atexit, json, os, runpy, sys

dialled = open({log!r}, "a", buffering=1)


def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind"):
        place = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        dialled.write(json.dumps([event, str(place[0] if isinstance(place, tuple) else place)]) + "\\n")


sys.addaudithook(hook)
atexit.register(lambda: dialled.write(json.dumps(["cpu", str(sum(os.times()[:4]))]) + "\\n"))
sys.argv[1:] = {arguments!r}
runpy.run_module("aluevahti", run_name="__main__")
"""
"""Runs the program with a record of every address that it dials, binds or looks up."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    folder: Path
    workplace: Path
    code: int
    said: str
    complained: str
    cpu_seconds: float
    dialled: tuple[tuple[str, str], ...]


def run(place: Path, arguments: Sequence[str], *, python: str = sys.executable, path: str = "") -> Run:
    """Run `aluevahti ARGUMENTS` in an empty folder below `place`; `path`: the interpreter's PYTHONPATH."""
    workplace = place / "empty"
    workplace.mkdir()
    log = place / "dialled.jsonl"
    done = subprocess.run(
        [python, "-c", AUDITED.format(log=str(log), arguments=list(arguments))],
        cwd=workplace,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(workplace),
            "TMPDIR": str(place),
            "PYTHONUTF8": "1",
            "PYTHONPATH": path,
        },
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    lines = [_line(line) for line in log.read_text().splitlines()]
    return Run(
        folder=place / "kept",
        workplace=workplace,
        code=done.returncode,
        said=done.stdout,
        complained=done.stderr,
        cpu_seconds=float(lines[-1][1]),
        dialled=tuple(lines[:-1]),
    )


def _line(text: str) -> tuple[str, str]:
    event, place = json.loads(text)
    return event, place
