"""What a window states by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aluevahti.rules.bounds import ends_at
from factories import a_window, at


def test_without_a_clock_time_a_window_closes_at_the_end_of_its_helsinki_day() -> None:
    window = a_window("2026-03-01", "2026-03-31")

    assert at("2026-04-01 00:00") - dt.timedelta(hours=1) == ends_at(window)  # summer time by then
    assert ends_at(replace(window, closes_time=dt.time(15, 45))) == at("2026-03-31 14:45")
