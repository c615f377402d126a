"""Application periods whose days nobody knows: the months, the season or the year, never a day made up."""

from __future__ import annotations

from typing import Any

import pytest

from aluevahti.model import Language
from aluevahti.render.catalogue import catalogue
from aluevahti.render.wording import value_text


def said(lang: Language, opens: str | None, closes: str | None, grant_type: str | None = None) -> str:
    window: dict[str, Any] = {
        "grant_type": grant_type,
        "opens": opens,
        "closes": closes,
        "closes_time": None,
        "continuous": False,
    }
    return value_text("grant_windows", [window], catalogue(lang))


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("2022-11", "2022-11", "hakuaika 11/2022"),
        ("2023-01", "2023-02", "hakuaika 1/2023–2/2023"),
        ("2023-early", None, "hakuaika 2023 alku"),
        (None, None, "hakuaikaa ei ole kerrottu"),
    ],
)
def test_a_period_known_only_roughly_is_told_roughly(opens: str | None, closes: str | None, expected: str) -> None:
    assert said(Language.FI, opens, closes) == expected


def test_it_is_told_in_every_language() -> None:
    assert said(Language.SV, "2023-early", None) == "ansökningstid början av 2023"
    assert said(Language.EN, "2022-11", "2022-11") == "application period November 2022"


def test_periods_of_different_types_are_told_apart() -> None:
    assert said(Language.FI, "2022-11", "2022-11", "kumppanuusavustus") == "kumppanuusavustus: hakuaika 11/2022"
