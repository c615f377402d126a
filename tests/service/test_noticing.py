"""What a service notices between two ticks."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.service.noticing import ClockWatch, Said, WatchedFile

START = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


@given(st.lists(st.tuples(st.floats(0.1, 1e4), st.integers(-100_000, 100_000)), max_size=20))
def test_a_clock_that_was_set_shows_by_how_much_and_time_that_passes_does_not(steps: list[tuple[float, int]]) -> None:
    wall, timer = [START], [50.0]
    watch = ClockWatch(lambda: wall[0], lambda: timer[0])

    for passed, set_by in steps:
        timer[0] += passed
        wall[0] += dt.timedelta(seconds=passed + set_by)
        assert abs(watch.jump() - dt.timedelta(seconds=set_by)) < dt.timedelta(milliseconds=1)


def test_real_clocks_do_not_jump() -> None:
    watch = ClockWatch()

    assert abs(watch.jump()) < dt.timedelta(seconds=1)


def test_a_file_counts_as_changed_once_it_has_stood_still(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("a")
    watched = WatchedFile(path)
    assert not watched.has_changed()

    path.write_text("half")
    assert not watched.has_changed()
    path.write_text("the whole")
    assert not watched.has_changed()
    assert watched.has_changed()
    assert not watched.has_changed()


def test_a_file_that_goes_and_comes_back_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("a")
    watched = WatchedFile(path)

    path.unlink()
    assert [watched.has_changed() for _ in range(3)] == [False, True, False]
    path.write_text("a")
    assert [watched.has_changed() for _ in range(3)] == [False, True, False]


def test_another_file_in_its_place_is_noticed_although_time_and_size_are_the_same(tmp_path: Path) -> None:
    path, other = tmp_path / "sources.yaml", tmp_path / "other"
    path.write_text("aaa")
    watched = WatchedFile(path)
    other.write_text("bbb")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))

    other.replace(path)

    assert [watched.has_changed() for _ in range(2)] == [False, True]


def test_what_goes_on_is_said_once_until_it_is_over_or_becomes_something_else() -> None:
    said = Said()

    assert said.is_news("poll", "the disk is full")
    assert not said.is_news("poll", "the disk is full")
    assert said.is_news("mail", "the disk is full")
    assert said.is_news("poll", "the disk is gone")
    said.is_over("poll")
    assert said.is_news("poll", "the disk is gone")
