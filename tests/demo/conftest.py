"""One run of the demo for all tests that look at what it left, in however many processes they run."""

from __future__ import annotations

import fcntl
import os
import pickle
from pathlib import Path

import pytest

from demorun import Run, run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The demo, run once, everything kept."""
    base = tmp_path_factory.getbasetemp()
    place: Path = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "the-demo"
    place.mkdir(exist_ok=True)
    result = place / "run.pickle"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_bytes(pickle.dumps(run(place, ["demo", "--keep", str(place / "kept")])))
    found = pickle.loads(result.read_bytes())
    assert isinstance(found, Run)
    return found
