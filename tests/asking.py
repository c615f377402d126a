"""What tests of fetching share: a source that may dial loopback, and two ways to look at an answer."""

from __future__ import annotations

import datetime as dt
import socket

from aluevahti.fetch import Network
from aluevahti.model import Failed, FailureReason, Fetch, Fetched, Source

NOW = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)


class LoopbackOnly(Network):
    """No name resolves, and nothing but loopback is dialled: a test that strays fails at once."""

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(-2, "Name or service not known")

    def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
        assert address in {"127.0.0.1", "::1"}, address
        return super().dial(address, port, timeout)


def source(url: str = "http://127.0.0.1/", **settings: object) -> Source:
    """A source without pacing that may dial loopback; `settings` are fields of `Source`."""
    return Source(
        **{  # type: ignore[arg-type]
            "id": "kanta-hame-news",
            "region": "kanta-hame",
            "platform": "page",
            "url": url,
            "timeout": dt.timedelta(seconds=5),
            "min_interval_per_host": dt.timedelta(0),
            "allow_private_addresses": True,
            **settings,
        }
    )


def fetched(answer: Fetch) -> Fetched:
    """The answer, which must be a page."""
    assert isinstance(answer, Fetched), answer
    return answer


def failed(answer: Fetch, reason: FailureReason) -> Failed:
    """The answer, which must be a failure for this reason, told in one line."""
    assert isinstance(answer, Failed), answer
    assert answer.reason is reason, answer
    assert answer.detail.isprintable()
    assert 0 < len(answer.detail) <= 300
    return answer
