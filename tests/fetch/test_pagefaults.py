"""The table of faults that `make figures` prints holds."""

from __future__ import annotations

import pytest

from pagefaults import FAULTS, asked, cases, kept

OWN = sorted(set(cases()) - set(FAULTS))  # the others have tests of their own


@pytest.mark.parametrize("name", OWN)
def test_a_fault_is_named_in_time_and_in_little_memory(name: str) -> None:
    pages, reason = cases()[name]

    assert kept(reason, asked(pages)) == []


def test_a_private_address_is_not_dialled_where_no_source_says_so() -> None:
    assert asked({}, allow_private=False).reason == "address"
