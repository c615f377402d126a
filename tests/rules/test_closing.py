"""What the calendar brings to a window: each mark once, and the end once."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import ChangeKind, Window
from aluevahti.rules.bounds import MARKS
from aluevahti.rules.closing import clock_events
from factories import a_known_window, a_window, at, day


def test_closing_is_told_at_each_mark_once_and_then_the_end() -> None:
    state = [a_known_window(a_window("2026-03-01", "2026-03-31"), told_marks=())]
    told = []
    for offset in range(35 * 2):
        now = at("2026-03-01 09:00") + dt.timedelta(hours=12 * offset)
        folded = clock_events(state, now)
        told += [(now.date().isoformat(), change.kind) for change in folded.changes]
        if folded.windows:
            state = list(folded.windows)

    assert [one for one in told if one[1] is ChangeKind.WINDOW_CLOSING] == [
        ("2026-03-17", ChangeKind.WINDOW_CLOSING),
        ("2026-03-24", ChangeKind.WINDOW_CLOSING),
        ("2026-03-29", ChangeKind.WINDOW_CLOSING),
        ("2026-03-31", ChangeKind.WINDOW_CLOSING),
    ]
    assert sum(kind is ChangeKind.WINDOW_CLOSED for _, kind in told) == 1


def test_a_late_check_tells_only_the_nearest_mark() -> None:
    state = [a_known_window(a_window("2026-03-01", "2026-03-31"), told_marks=())]

    folded = clock_events(state, at("2026-03-30 09:00"))

    assert [change.kind for change in folded.changes] == [ChangeKind.WINDOW_CLOSING]
    assert clock_events(folded.windows, at("2026-03-30 21:00")).changes == ()


def test_baseline_windows_are_never_told() -> None:
    state = [a_known_window(a_window("2026-03-01", "2026-03-03"), first_told_at=None, baseline=True)]

    assert clock_events(state, at("2026-03-03 12:00")).changes == ()
    assert clock_events(state, at("2026-05-03 12:00")).changes == ()


@given(
    closes=st.dates(day("2026-01-01"), day("2026-12-31")),
    steps=st.lists(st.integers(1, 72 * 60), min_size=1, max_size=60),
)
def test_whenever_it_is_checked_each_mark_is_told_at_most_once_and_the_end_exactly_once(
    closes: dt.date, steps: list[int]
) -> None:
    now = dt.datetime.combine(closes - dt.timedelta(days=20), dt.time(), dt.UTC)
    state = [a_known_window(Window(grant_type=None, opens=None, closes=closes), told_marks=())]
    kinds = []
    for step in [*steps, 60 * 24 * 60]:
        now += dt.timedelta(minutes=step)
        folded = clock_events(state, now)
        kinds += [change.kind for change in folded.changes]
        state = list(folded.windows) or state

    assert kinds.count(ChangeKind.WINDOW_CLOSED) == 1
    assert kinds.count(ChangeKind.WINDOW_CLOSING) <= len(MARKS)
    assert ChangeKind.WINDOW_CLOSED is kinds[-1]
