"""Killed at any moment, the program loses nothing, tells nothing twice, and its database is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from killing import ordeal

KILLS = int(os.environ.get("KILLS", "12"))
SEED = int(os.environ.get("SEED", "2023"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_commands_killed_at_random_moments_lose_nothing_and_repeat_only_what_was_in_doubt(tmp_path: Path) -> None:
    tally = ordeal(tmp_path, KILLS, SEED)

    assert tally.broken == []
    assert sum(tally.kills.values()) >= KILLS
    assert tally.repeats <= tally.ambiguous
    assert tally.published > 0
