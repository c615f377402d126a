"""Application windows: which periods of applying a document announces."""

from __future__ import annotations

import datetime as dt

from aluevahti.reading.windows import find_windows


def test_a_round_that_is_over_is_no_window() -> None:
    text = "Haku oli auki 1.11.–30.11.2023. Kumppanuusavustuksia voi hakea 1.2.–15.3.2024 klo 16 saakka."
    (found,) = find_windows("Järjestöavustukset", text)
    assert (found.opens, found.closes) == (dt.date(2024, 2, 1), dt.date(2024, 3, 15))
    assert found.closes_time == dt.time(16)
