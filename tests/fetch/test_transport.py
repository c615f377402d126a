"""Connections: kept, shared, dropped; and what the real network is made of."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time

import psutil
import pytest

from aluevahti.fetch import Fetcher, Network
from aluevahti.fetch.transport import CONNECTIONS_PER_ORIGIN, IDLE_POOLS, KEEP_ALIVE
from aluevahti.model import FailureReason, Request
from asking import NOW, LoopbackOnly, failed, fetched, source
from faultserver import Fault, Page, Site, drip_body, raw, reset


class Everywhere(LoopbackOnly):
    """Every name is a public address, and every address is the loopback site."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        return ("193.166.3.2",)

    def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
        return super().dial("127.0.0.1", self.port, timeout)


def test_connections_to_many_hosts_do_not_pile_up(site: Site) -> None:
    site.pages.update({"/": Page("x"), "/robots.txt": Page("")})
    with Fetcher(contact="a", clock=lambda: NOW, version="1", network=Everywhere(site.port)) as fetcher:
        for number in range(IDLE_POOLS + 20):
            fetched(fetcher.get(source(), Request(url=f"http://h{number}.example/")))
        assert len(fetcher._transport._pools) <= IDLE_POOLS
        assert len(site._open) <= IDLE_POOLS + 2


def test_connections_nobody_uses_any_more_are_closed(site: Site) -> None:
    site.pages["/"] = Page("x")
    with Fetcher(contact="a", clock=lambda: NOW, version="1", network=Everywhere(site.port)) as fetcher:
        fetched(fetcher.get(source(), Request(url="http://a.example/")))
        for pool in fetcher._transport._pools.values():
            pool.used_at -= KEEP_ALIVE + 1
        fetched(fetcher.get(source(), Request(url="http://b.example/")))
        assert [key[0] for key in fetcher._transport._pools] == ["http://b.example:80"]


def test_every_kept_connection_may_have_died_without_harm(site: Site, fetcher: Fetcher) -> None:
    """Eight connections are kept; at the next request the server hangs up on each of them in turn."""
    together = threading.Barrier(CONNECTIONS_PER_ORIGIN)
    site.pages["/x"] = lambda _: (together.wait(10), Page("x"))[1]
    threads = [
        threading.Thread(target=lambda: fetched(fetcher.get(source(), Request(url=site.url("/x")))))
        for _ in range(CONNECTIONS_PER_ORIGIN)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = {seen.connection for seen in site.requests}
    site.pages["/x"] = lambda seen: raw(b"") if seen.connection in used else Page("new")
    assert fetched(fetcher.get(source(), Request(url=site.url("/x")))).snapshot.body == b"new"
    assert len(used) == CONNECTIONS_PER_ORIGIN + 1


def test_nothing_stays_open_after_closing() -> None:
    process = psutil.Process()
    faults: dict[str, Page | Fault] = {
        "/page": Page("x"),
        "/reset": reset(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"),
        "/nothing": raw(b""),
        "/status": Page("x" * 100_000, status=500),
        "/drip": drip_body(b"x" * 1000),
        "/large": Page(b"x" * 100_000),
    }
    before = process.num_fds()
    with Site({**faults}) as site:
        with Fetcher(contact="a", clock=lambda: NOW, version="1", network=LoopbackOnly()) as fetcher:
            for path in faults:
                hurried = source(timeout=dt.timedelta(seconds=0.5), max_bytes=50_000)
                fetcher.get(hurried, Request(url=site.url(path)))
        assert fetcher._transport._pools == {}
    assert process.num_fds() == before


def test_closing_under_a_fetch_ends_it_as_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = drip_body(b"x" * 10_000)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(fetcher.get(source(), Request(url=site.url("/x")))))
    thread.start()
    while not site.hits("/x"):
        time.sleep(0.01)
    fetcher.close()
    thread.join(timeout=10)
    failed(answers[0], FailureReason.TRUNCATED)


def test_a_server_that_does_not_read_what_is_sent_does_not_outlive_the_deadline(fetcher: Fetcher) -> None:
    hurried = source(timeout=dt.timedelta(seconds=0.5), permission="A. B.")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        request = Request(url=f"http://127.0.0.1:{deaf.getsockname()[1]}/", form=(("a", "x" * 20_000_000),))
        failed(fetcher.get(hurried, request), FailureReason.TIMEOUT)


def test_a_server_that_hangs_up_while_it_is_spoken_to_is_a_failure(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def hang_up() -> None:
            sock, _ = rude.accept()
            sock.recv(1000)
            sock.close()

        server = threading.Thread(target=hang_up)
        server.start()
        request = Request(url=f"http://127.0.0.1:{rude.getsockname()[1]}/", form=(("a", "x" * 20_000_000),))
        failed(fetcher.get(source(permission="A. B."), request), FailureReason.CONNECT)
        server.join()


def test_addresses_that_never_answer_are_a_timeout(site: Site) -> None:
    class Dead(Everywhere):
        def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
            raise TimeoutError

    with Fetcher(contact="a", clock=lambda: NOW, version="1", network=Dead(site.port)) as fetcher:
        answer = failed(fetcher.get(source(), Request(url="http://a.example/")), FailureReason.TIMEOUT)
    assert "no connection to a.example port 80 in time" in answer.detail


def test_no_time_at_all_is_a_timeout(site: Site, fetcher: Fetcher) -> None:
    site.pages["/x"] = Page("x")
    failed(fetcher.get(source(timeout=dt.timedelta(0)), Request(url=site.url("/x"))), FailureReason.TIMEOUT)


def test_the_real_resolver_finds_loopback(site: Site) -> None:
    site.pages["/x"] = Page("x")
    with Fetcher(contact="a", clock=lambda: NOW, version="1") as fetcher:
        fetched(fetcher.get(source(), Request(url=f"http://localhost:{site.port}/x")))
        closed = source("http://localhost/", allow_private_addresses=False)
        failed(fetcher.get(closed, Request(url="http://localhost/x")), FailureReason.ADDRESS)


def test_the_real_tls_context_verifies_and_is_made_once() -> None:
    network = Network()
    context = network.tls()
    assert context is network.tls()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("seuranta@example.org", "aluevahti/1 (+mailto:seuranta@example.org)"),
        ("mailto:seuranta@example.org", "aluevahti/1 (+mailto:seuranta@example.org)"),
        ("https://seuranta.example.org/kuka@me", "aluevahti/1 (+https://seuranta.example.org/kuka@me)"),
        ("väärä\r\nX: y@example.org ", "aluevahti/1 (+mailto:vrX:y@example.org)"),
    ],
)
def test_the_user_agent_names_the_contact_and_nothing_breaks_its_line(site: Site, contact: str, agent: str) -> None:
    with Fetcher(contact=contact, clock=lambda: NOW, version="1") as fetcher:
        fetcher.get(source(), Request(url=site.url("/x")))
    assert site.last("/x").headers["user-agent"] == agent


def test_a_site_on_ipv6_loopback_is_read() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        site = Site({"/x": Page("x")}, host="::1")
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with site, Fetcher(contact="a", clock=lambda: NOW, version="1") as fetcher:
        fetched(fetcher.get(source(), Request(url=site.url("/x"))))
    assert site.last("/x").headers["host"] == f"[::1]:{site.port}"
