"""What a check may cost the sites that are watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from installs import Install
from requestcount import ITEMS, MOST_UNCHANGED, PLATFORMS, requests_of


@pytest.mark.parametrize("noise", [False, True], ids=["quiet", "noisy"])
@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_an_unchanged_platform_costs_two_requests_at_most(tmp_path: Path, install: Install, noise: bool) -> None:
    cost = requests_of(install, tmp_path, noise=noise)

    assert 1 <= cost.unchanged <= MOST_UNCHANGED


@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_a_new_day_reads_recent_meetings_and_what_matters_in_them_again_and_nothing_else(
    tmp_path: Path, install: Install
) -> None:
    cost = requests_of(install, tmp_path, noise=True)

    meetings = 2  # the third lies before the first check's look-back
    assert cost.next_day <= MOST_UNCHANGED + meetings * (2 if install.has_items else 1)


@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_what_is_new_costs_its_own_pages_and_no_more(tmp_path: Path, install: Install) -> None:
    cost = requests_of(install, tmp_path, noise=False)

    own = 1 + ITEMS if install.has_items else 1
    assert cost.new_meeting <= MOST_UNCHANGED + own
    assert cost.heard == cost.sent
    assert cost.robots == 2
