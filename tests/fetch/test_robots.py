"""robots.txt is asked first and obeyed; not being able to read it is trouble, not permission."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.fetch import Fetcher
from aluevahti.fetch.robots import Rules
from aluevahti.model import FailureReason, Request, RobotsRecord
from asking import NOW, LoopbackOnly, failed, fetched, source
from faultserver import Fault, Page, Site, drip, gzip_bomb, raw, redirect, reset, retry_after, stall

FORBIDDING = Page("User-Agent: *\r\nDisallow: /\r\n", content_type="text/plain")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(contact="a@example.org", clock=clock, version="1", network=LoopbackOnly()) as fetcher:
        yield fetcher


@pytest.fixture(autouse=True)
def _a_page(site: Site) -> None:
    site.pages["/x"] = Page("x")


def test_a_forbidding_file_is_obeyed_and_nothing_else_is_asked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = FORBIDDING
    for _ in range(3):
        answer = failed(fetcher.get(source(), Request(url=site.url("/x?a=1"))), FailureReason.FORBIDDEN)
        assert answer.detail == "robots.txt of 127.0.0.1 does not allow /x"
    assert not fetcher.allowed(source(), site.url("/x"))
    assert [seen.path for seen in site.requests] == ["/robots.txt"]


def test_permission_stands_above_the_file_which_is_then_not_asked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = FORBIDDING
    allowed = source(permission="Tietohallinto, 2.2.2026")
    assert fetcher.allowed(allowed, site.url("/x"))
    fetched(fetcher.get(allowed, Request(url=site.url("/x"))))
    assert [seen.path for seen in site.requests] == ["/x"]


def test_rules_are_those_for_our_own_name_where_there_are_any(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page(
        "User-agent: *\nDisallow: /\n\nUser-agent: Aluevahti\nDisallow: /haku\nAllow: /haku/avoin$\n"
    )
    site.pages["/haku/avoin"] = Page("x")
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    fetched(fetcher.get(source(), Request(url=site.url("/haku/avoin"))))
    failed(fetcher.get(source(), Request(url=site.url("/haku/muu"))), FailureReason.FORBIDDEN)


def test_rules_may_speak_of_the_query(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /x?*from=\n")
    fetched(fetcher.get(source(), Request(url=site.url("/x?a=1"))))
    failed(fetcher.get(source(), Request(url=site.url("/x?a=1&from=2"))), FailureReason.FORBIDDEN)


def test_the_file_is_asked_once_a_day(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    for _ in range(3):
        fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    clock.move(hours=23, minutes=59)
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    assert site.hits("/robots.txt") == 1
    clock.move(minutes=1)
    site.pages["/robots.txt"] = FORBIDDING
    failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.FORBIDDEN)
    assert site.hits("/robots.txt") == 2


def test_what_was_read_is_handed_over_once_and_taken_back(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages["/robots.txt"] = FORBIDDING
    fetcher.get(source(), Request(url=site.url("/x")))
    (record,) = fetcher.new_robots()
    assert record == RobotsRecord(
        origin=site.origin, fetched_at=NOW, status=200, body="User-Agent: *\r\nDisallow: /\r\n"
    )
    assert fetcher.new_robots() == ()
    clock.move(hours=12)
    with Fetcher(contact="a", clock=clock, robots={record.origin: record}, version="1") as later:
        failed(later.get(source(), Request(url=site.url("/x"))), FailureReason.FORBIDDEN)
        assert later.new_robots() == ()
    assert site.hits("/robots.txt") == 1


def test_a_record_from_the_future_is_not_trusted(site: Site) -> None:
    record = RobotsRecord(origin=site.origin, fetched_at=NOW + dt.timedelta(hours=1), status=404)
    site.pages["/robots.txt"] = FORBIDDING
    with Fetcher(contact="a", clock=lambda: NOW, robots={record.origin: record}, version="1") as fetcher:
        failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.FORBIDDEN)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_file_that_is_not_there_allows_everything(site: Site, fetcher: Fetcher, status: int) -> None:
    site.pages["/robots.txt"] = Page("Disallow: /", status=status)
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    assert fetcher.new_robots()[0].status == status


UNREADABLE: dict[str, tuple[Page | Fault, FailureReason]] = {
    "500": (Page("", status=500), FailureReason.STATUS),
    "503": (retry_after("60", 503), FailureReason.STATUS),
    "429": (retry_after("60", 429), FailureReason.STATUS),
    "304": (Page("", status=304), FailureReason.STATUS),
    "a reset": (reset(b""), FailureReason.CONNECT),
    "nothing": (stall(), FailureReason.TIMEOUT),
    "drops": (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + b"x" * 90), FailureReason.TIMEOUT),
    "half of it": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nDis"), FailureReason.TRUNCATED),
    "a redirect into an intranet": (redirect("http://169.254.169.254/robots.txt"), FailureReason.ADDRESS),
}


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_a_file_that_cannot_be_read_forbids_everything_but_as_trouble(site: Site, fetcher: Fetcher, name: str) -> None:
    site.pages["/robots.txt"], reason = UNREADABLE[name]
    hurried = source(timeout=dt.timedelta(seconds=0.5 if reason is FailureReason.TIMEOUT else 5))
    answer = failed(fetcher.get(hurried, Request(url=site.url("/x"))), reason)
    assert answer.retry_at == (NOW + dt.timedelta(seconds=60) if name in {"503", "429"} else None)
    assert "robots.txt of 127.0.0.1 could not be read" in answer.detail or reason is FailureReason.ADDRESS
    assert site.hits("/x") == 0
    assert fetcher.new_robots() == ()


def test_a_failed_try_is_believed_for_a_minute_only(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages["/robots.txt"] = [Page("", status=500), Page("")]
    for _ in range(3):
        failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.STATUS)
    assert site.hits("/robots.txt") == 1
    clock.move(minutes=1)
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))


def test_an_old_file_serves_for_thirty_days_while_it_cannot_be_read(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages["/robots.txt"] = [Page("User-agent: *\nDisallow: /y"), Page("", status=500)]
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    clock.move(days=29)
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    failed(fetcher.get(source(), Request(url=site.url("/y"))), FailureReason.FORBIDDEN)
    clock.move(days=1)
    failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.STATUS)


def test_the_file_may_be_found_after_five_redirects(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = redirect("/r1")
    site.pages.update({f"/r{number}": redirect(f"/r{number + 1}") for number in range(1, 5)})
    site.pages["/r5"] = FORBIDDING
    failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.FORBIDDEN)


def test_a_file_that_is_always_elsewhere_counts_as_not_there(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = redirect("/robots.txt")
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    assert site.hits("/robots.txt") == 6


def test_a_redirect_is_followed_only_where_the_other_origin_allows_it(site: Site, fetcher: Fetcher) -> None:
    with Site({"/robots.txt": FORBIDDING, "/y": Page("y")}) as other:
        site.pages["/x"] = redirect(other.url("/y"))
        answer = failed(fetcher.get(source(), Request(url=site.url("/x"))), FailureReason.FORBIDDEN)
        assert [seen.path for seen in other.requests] == ["/robots.txt"]
    assert other.url("/y") in answer.detail


def test_only_the_beginning_of_a_huge_file_is_read(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /y\n" + "# filler\n" * 100_000 + "Disallow: /x\n")
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    failed(fetcher.get(source(), Request(url=site.url("/y"))), FailureReason.FORBIDDEN)
    assert len(fetcher.new_robots()[0].body) == 500 * 1024


def test_a_bomb_in_place_of_the_file_is_cut_off_like_any_huge_file(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = gzip_bomb(50)
    fetched(fetcher.get(source(), Request(url=site.url("/x"))))


def test_many_threads_ask_for_the_file_once(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page("", delay=0.1)
    threads = [
        threading.Thread(target=lambda: fetched(fetcher.get(source(), Request(url=site.url("/x"))))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (site.hits("/robots.txt"), site.hits("/x")) == (1, 8)


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 3600", 60.0),
        ("User-agent: *\nCrawl-delay: -3", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: inf", 0.0),
        ("User-agent: other\nCrawl-delay: 10", 0.0),
        ("", 0.0),
    ],
)
def test_a_crawl_delay_is_read_up_to_a_minute(text: str, delay: float) -> None:
    assert Rules(RobotsRecord(origin="http://h:80", fetched_at=NOW, status=200, body=text)).delay == delay


def test_a_crawl_delay_spaces_the_requests(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 0.3")
    for _ in range(2):
        fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    times = [seen.at for seen in site.requests]
    assert all(later - earlier > 0.15 for earlier, later in pairwise(times))


LINES = st.sampled_from(["User-agent: *", "Disallow: ", "Allow: ", "Crawl-delay: ", "Sitemap: ", "User-agent: ", ""])


@given(st.lists(st.tuples(LINES, st.text(max_size=20)), max_size=12), st.text(max_size=20))
def test_any_text_is_a_set_of_rules(lines: list[tuple[str, str]], path: str) -> None:
    body = "\n".join(directive + rest for directive, rest in lines)
    rules = Rules(RobotsRecord(origin="http://h:80", fetched_at=NOW, status=200, body=body))
    assert rules.allows(f"http://h/{path}") in {True, False}
    assert 0 <= rules.delay <= 60


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_the_file_give_an_answer(site: Site, data: bytes) -> None:
    site.pages["/robots.txt"] = Page(data)
    with Fetcher(contact="a", clock=lambda: NOW, version="1", network=LoopbackOnly()) as fetcher:
        fetched(fetcher.get(source(), Request(url=site.url("/x"))))
