"""A site and a fetcher that are closed after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aluevahti.fetch import Fetcher
from asking import NOW, LoopbackOnly
from faultserver import Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(contact="seuranta@example.org", clock=lambda: NOW, version="1.2", network=LoopbackOnly()) as fetcher:
        yield fetcher
