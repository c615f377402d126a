"""The program as an operator meets it: its command line in a process of its own, and nothing else.

A test writes a sources.yaml, runs commands at a fixed time and looks at what comes out. Nothing of the
program is imported here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import clirun
from faultserver import Fault, Page, Script, Seen, Site
from smtpserver import SmtpServer

DEFAULTS = "{min_interval_per_host: 0s, allow_private_addresses: true}"
NOWHERE = 9
"""A port on which nobody listens."""


@dataclass(frozen=True, kw_only=True)
class Result(clirun.Result):
    """What one command came to; `code` is negative if it was killed, `peak_mib` the most memory it has held."""

    peak_mib: float

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr."""
        return [line for line in self.err.splitlines() if line.strip()]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The surroundings of a command: none of the caller's own settings, and what is given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ALUEVAHTI_", "NO_COLOR"))}
    return {**kept, **(extra or {})}


def run(*arguments: str, folder: Path, env: Mapping[str, str] | None = None, within: float = 60) -> Result:
    """Run `aluevahti ARGUMENTS` in a folder and wait for its end; what takes longer than `within` seconds is killed."""
    out, err = folder / ".stdout", folder / ".stderr"
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(
            [sys.executable, "-m", "aluevahti", *arguments],
            cwd=folder,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=to_out,
            stderr=to_err,
        )
        peak, end = 0.0, time.monotonic() + within
        while process.poll() is None:
            peak = max(peak, _peak_mib(process.pid))
            if time.monotonic() > end:
                process.kill()
            time.sleep(0.02)
    return Result(code=process.returncode, out=out.read_text("utf-8"), err=err.read_text("utf-8"), peak_mib=peak)


def _peak_mib(pid: int) -> float:
    """The most memory that a running process has held; 0 once it has ended.

    Not `ru_maxrss`, which begins with what the process that started this one held.
    """
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text("ascii", "replace"), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def entry(**given: Any) -> str:
    """One entry of `sources`, on one line."""
    return f"  - {json.dumps(given, ensure_ascii=False)}\n"


def config(sources: Iterable[str], *, service: str = "", smtp: int = NOWHERE, defaults: str = DEFAULTS) -> str:
    """A sources.yaml from lines that `entry` made; `service` are more lines of that part, indented by two."""
    return (
        "service:\n"
        "  contact: seuranta@aluevahti.example\n"
        "  operator: yllapito@aluevahti.example\n"
        "  public_url: https://seuranta.example\n"
        f"  mail: {{host: 127.0.0.1, port: {smtp}, security: none, from: 'Aluevahti <vahti@aluevahti.example>'}}\n"
        f"{service}"
        f"defaults: {defaults}\n"
        "sources:\n" + "".join(sources)
    )


@dataclass
class Program:
    """A folder with a sources.yaml and a state, and the commands that are run there."""

    folder: Path

    def configure(self, *sources: str, **settings: Any) -> None:
        """Write sources.yaml anew."""
        (self.folder / "sources.yaml").write_text(config(sources, **settings), "utf-8")

    def __call__(self, *arguments: str, now: str | None = None, env: Mapping[str, str] | None = None) -> Result:
        """Run a command, at a fixed time if `now` names one."""
        return run(*(() if now is None else ("--now", now)), *arguments, folder=self.folder, env=env)

    def changes(self, *arguments: str) -> list[dict[str, Any]]:
        """What `changes --json` tells."""
        result = self("changes", "--json", *arguments)
        assert result.code == 0, result.err
        return result.lines


class Anything(dict[str, Script]):
    """The pages of a site that decides for itself what to answer to each request."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self._answer = answer

    def get(self, _key: str, _default: Any = None) -> Any:
        """The same for every address: ask the site."""
        return self._answer


def serve(answer: Any) -> Site:
    """A site that answers every request by a function of it."""
    site = Site()
    site.pages = Anything(answer)
    return site


def letters(server: SmtpServer, recipient: str) -> list[EmailMessage]:
    """The mail that came for somebody, in order."""
    parsed = [message_from_bytes(data, policy=policy.default) for data in server.bodies_for(recipient)]
    return [letter for letter in parsed if isinstance(letter, EmailMessage)]


def words_of(letter: EmailMessage, kind: str = "plain") -> str:
    """The text or the HTML of a mail."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def of_kind(changes: Sequence[Mapping[str, Any]], *kinds: str) -> list[Mapping[str, Any]]:
    """Those changes that are of one of these kinds, or of a family of kinds ("window.")."""
    return [one for one in changes if one["kind"].startswith(kinds)]


NOT_FOUND = Page("<html><body><h1>404</h1></body></html>", status=404)

__all__ = ["NOT_FOUND", "Anything", "Fault", "Page", "Program", "Result", "Seen", "Site", "config", "entry", "run"]
