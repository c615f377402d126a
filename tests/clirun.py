"""Running the command line in tests: what a command came to, and a small configuration."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

CONFIG = """\
service:
  contact: seuranta@aluevahti.test
  mail: {host: 127.0.0.1, port: 9}
sources:
  - id: pirkanmaa-grants
    region: pirkanmaa
    platform: page
    url: http://127.0.0.1:9/avustukset
    allow_private_addresses: true
    min_interval_per_host: 0s
  - id: kainuu-news
    region: kainuu
    platform: feed
    url: http://127.0.0.1:9/feed
    enabled: false
    allow_private_addresses: true
"""


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """stdout as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run: TypeAlias = Callable[..., Result]
"""Runs `aluevahti ARGUMENTS` in the test's folder."""
