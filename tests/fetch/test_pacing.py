"""Politeness: how many requests are with a host at once, and how far apart they start."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from aluevahti.fetch import Fetcher
from aluevahti.fetch.pacing import Lane, Lanes
from aluevahti.model import Request
from asking import fetched, source
from faultserver import Page, Site


class Gauge:
    """Counts how many are inside at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.inside -= 1


def in_threads(count: int, work: Callable[[int], object]) -> None:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.parametrize(("interval", "most"), [(0.001, 1), (0.0, 8)])
def test_as_many_are_under_way_as_the_interval_allows(interval: float, most: int) -> None:
    lane, gauge = Lane(), Gauge()

    def work(_: int) -> None:
        with lane.turn(interval), gauge:
            time.sleep(0.02)

    in_threads(16, work)
    assert gauge.most == most


def test_turns_come_in_the_order_of_asking() -> None:
    lane, order = Lane(), list[int]()

    def work(number: int) -> None:
        with lane.turn(0.001):
            order.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    with lane.turn(0.001):
        for waiting, thread in enumerate(threads, 1):
            thread.start()
            while len(lane._queue) < waiting:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_waiting_costs_no_processor_time() -> None:
    lane = Lane()

    def work(_: int) -> None:
        with lane.turn(0.1):
            pass

    began = time.process_time()
    in_threads(5, work)
    assert time.process_time() - began < 0.1


def test_a_turn_is_given_back_when_its_holder_fails() -> None:
    lane = Lane()
    with pytest.raises(ValueError, match="x"), lane.turn(0.001):
        raise ValueError("x")
    with lane.turn(0.001):
        pass


def test_every_site_has_one_lane_of_its_own() -> None:
    lanes = Lanes()
    assert lanes.lane("a") is lanes.lane("a")
    assert lanes.lane("a") is not lanes.lane("b")


def test_requests_to_one_host_start_an_interval_apart_robots_txt_included(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page("x")
    paced = source(min_interval_per_host=dt.timedelta(seconds=0.3))
    in_threads(3, lambda _: fetched(fetcher.get(paced, Request(url=site.url("/x")))))
    times = [seen.at for seen in site.requests]
    assert len(times) == 4
    assert all(later - earlier > 0.15 for earlier, later in pairwise(times))


def test_waiting_for_a_turn_does_not_eat_the_deadline(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page("x")
    paced = source(min_interval_per_host=dt.timedelta(seconds=0.3), timeout=dt.timedelta(seconds=0.7))
    in_threads(4, lambda _: fetched(fetcher.get(paced, Request(url=site.url("/x")))))


def test_two_hosts_do_not_wait_for_each_other(site: Site, fetcher: Fetcher) -> None:
    paced = source(min_interval_per_host=dt.timedelta(seconds=0.3))
    with Site({"/x": Page("x")}) as other:
        site.pages["/x"] = Page("x")
        began = time.monotonic()
        in_threads(2, lambda number: fetched(fetcher.get(paced, Request(url=[site, other][number].url("/x")))))
    assert time.monotonic() - began < 0.85


def test_sixteen_threads_read_many_pages_over_few_connections(site: Site, fetcher: Fetcher) -> None:
    body = "rivi " * 2000
    site.pages["/x"] = Page(body, coding="gzip")

    def work(number: int) -> None:
        for page in range(10):
            answer = fetched(
                fetcher.get(source(), Request(url=site.url(f"/x?{number}-{page}"), key=f"{number}-{page}"))
            )
            assert answer.snapshot.key == f"{number}-{page}"
            assert answer.snapshot.body == body.encode()

    in_threads(16, work)
    assert site.hits("/x") == 160
    assert site.connections <= 9
