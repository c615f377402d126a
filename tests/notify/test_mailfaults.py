"""Whatever a mail server does to a mail: nothing is lost, at most one identical repeat, the others are served."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailfaults import CASES, kept, tried


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_mail_survives(tmp_path: Path, name: str) -> None:
    case = CASES[name]

    assert kept(case, tried(case, tmp_path)) == []
