"""Names, addresses and TLS: who is dialled is decided where the connection is made."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from aluevahti.fetch import Fetcher, Network
from aluevahti.model import FailureReason, Request
from asking import NOW, failed, fetched, source
from faultserver import Page, Site, redirect

PEM = Path(__file__).parent / "tls" / "self-signed.pem"
PUBLIC = "193.166.3.2"


class Staged(Network):
    """Names resolve as written here; a public address leads to the loopback site instead."""

    def __init__(self, names: dict[str, list[tuple[str, ...]]], port: int) -> None:
        super().__init__()
        self.names = names
        self.port = port
        self.dialled: list[tuple[str, int]] = []
        self.released = threading.Event()

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        if host not in self.names:
            raise socket.gaierror(-2, "Name or service not known")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
        self.dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout)


class Trusting(Staged):
    """Trusts the tests' own certificate, too."""

    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=PEM)


class Slow(Staged):
    """A resolver that does not answer."""

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        self.released.wait(30)
        return (PUBLIC,)


def fetcher_on(network: Network) -> Fetcher:
    return Fetcher(contact="a@example.org", clock=lambda: NOW, version="1", network=network)


PUBLIC_ONLY = source("http://vahti.example/", allow_private_addresses=False)


def test_a_name_is_dialled_by_its_checked_address_and_keeps_its_host_header(site: Site) -> None:
    site.pages["/"] = Page("x")
    network = Staged({"vahti.example": [(PUBLIC,)]}, site.port)
    with fetcher_on(network) as fetcher:
        fetched(fetcher.get(PUBLIC_ONLY, Request(url="http://Vahti.example/")))
    assert set(network.dialled) == {(PUBLIC, 80)}
    assert site.last("/").headers["host"] == "vahti.example"


@pytest.mark.parametrize("private", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "64:ff9b::a00:1"])
def test_one_private_answer_among_public_ones_is_enough_to_refuse(site: Site, private: str) -> None:
    network = Staged({"vahti.example": [(PUBLIC, private)]}, site.port)
    with fetcher_on(network) as fetcher:
        answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")), FailureReason.ADDRESS)
    assert private in answer.detail
    assert network.dialled == []
    assert site.requests == []


def test_a_name_that_turns_private_the_second_time_is_not_dialled_then(site: Site) -> None:
    site.pages["/robots.txt"] = Page("", headers={"Connection": "close"})
    network = Staged({"vahti.example": [(PUBLIC,), ("127.0.0.1",)]}, site.port)
    with fetcher_on(network) as fetcher:
        failed(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")), FailureReason.ADDRESS)
    assert network.dialled == [(PUBLIC, 80)]
    assert [seen.path for seen in site.requests] == ["/robots.txt"]


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/x", "http://2130706433/"])
def test_a_redirect_to_a_private_address_is_not_followed(site: Site, target: str) -> None:
    site.pages["/"] = redirect(target)
    network = Staged({"vahti.example": [(PUBLIC,)], "2130706433": [("127.0.0.1",)]}, site.port)
    with fetcher_on(network) as fetcher:
        answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")), FailureReason.ADDRESS)
    assert "is private and is not dialled (redirected to http://" in answer.detail
    assert {address for address, _ in network.dialled} == {PUBLIC}


def test_a_redirect_to_another_public_host_is_followed(site: Site) -> None:
    site.pages["/"] = lambda seen: (
        redirect("http://toinen.example/x") if seen.headers["host"] == "vahti.example" else Page("")
    )
    site.pages["/x"] = Page("x")
    network = Staged({"vahti.example": [(PUBLIC,)], "toinen.example": [("193.166.3.3",)]}, site.port)
    with fetcher_on(network) as fetcher:
        answer = fetched(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")))
    assert answer.snapshot.url == "http://toinen.example/x"
    assert site.last("/x").headers["host"] == "toinen.example"


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("ftp://vahti.example/", "neither"),
        ("http://vahti.example:22/", "port 22"),
        ("http://a:b@c.example/", "password"),
    ],
)
def test_a_redirect_to_what_is_no_web_page_is_not_followed(site: Site, target: str, word: str) -> None:
    site.pages["/"] = redirect(target)
    network = Staged({"vahti.example": [(PUBLIC,)]}, site.port)
    with fetcher_on(network) as fetcher:
        answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")), FailureReason.ADDRESS)
    assert word in answer.detail
    assert set(network.dialled) == {(PUBLIC, 80)}


def test_the_sources_own_port_is_dialled(site: Site) -> None:
    site.pages["/"] = Page("x")
    network = Staged({"vahti.example": [(PUBLIC,)]}, site.port)
    own = source("http://vahti.example:8080/", allow_private_addresses=False)
    with fetcher_on(network) as fetcher:
        fetched(fetcher.get(own, Request(url="http://vahti.example:8080/")))
    assert set(network.dialled) == {(PUBLIC, 8080)}


def test_connections_of_a_source_that_may_dial_private_addresses_serve_no_other(site: Site) -> None:
    site.pages["/"] = Page("x")
    with fetcher_on(Network()) as fetcher:
        fetched(fetcher.get(source(), Request(url=site.url("/"))))
        closed = source(site.url("/"), allow_private_addresses=False)
        failed(fetcher.get(closed, Request(url=site.url("/"))), FailureReason.ADDRESS)
    assert site.hits("/") == 1


def test_a_name_that_does_not_exist_is_said_in_words(site: Site) -> None:
    with fetcher_on(Staged({}, site.port)) as fetcher:
        answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="http://puuttuu.example/")), FailureReason.CONNECT)
    assert "the name puuttuu.example cannot be resolved: Name or service not known" in answer.detail


def test_a_resolver_that_hangs_does_not_outlive_the_deadline(site: Site) -> None:
    network = Slow({}, site.port)
    hurried = source("http://vahti.example/", timeout=dt.timedelta(seconds=0.3), permission="A. B., 1.1.2026")
    began = time.monotonic()
    with fetcher_on(network) as fetcher:
        answer = failed(fetcher.get(hurried, Request(url="http://vahti.example/")), FailureReason.TIMEOUT)
    assert time.monotonic() - began < 2
    assert "was not resolved in time" in answer.detail
    network.released.set()


def test_a_closed_port_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with fetcher_on(Network()) as fetcher:
        answer = failed(fetcher.get(source(), Request(url=f"http://127.0.0.1:{port}/")), FailureReason.CONNECT)
    assert f"no connection to 127.0.0.1 port {port}: Connection refused" in answer.detail


def test_the_second_address_is_tried_when_the_first_does_not_answer(site: Site) -> None:
    site.pages["/"] = Page("x")

    class FirstIsDead(Staged):
        def dial(self, address: str, port: int, timeout: float | None) -> socket.socket:
            if address == PUBLIC:
                raise TimeoutError
            return super().dial(address, port, timeout)

    network = FirstIsDead({"vahti.example": [(PUBLIC, "193.166.3.3")]}, site.port)
    with fetcher_on(network) as fetcher:
        fetched(fetcher.get(PUBLIC_ONLY, Request(url="http://vahti.example/")))
    assert set(network.dialled) == {("193.166.3.3", 80)}


# --- TLS -----------------------------------------------------------------------------------------


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused_and_named() -> None:
    with Site({"/": Page("x")}, tls=server_context()) as site, fetcher_on(Network()) as fetcher:
        answer = failed(fetcher.get(source(), Request(url=site.url("/"))), FailureReason.CONNECT)
    assert "the TLS certificate of 127.0.0.1 is not valid: self-signed certificate" in answer.detail
    assert site.requests == []


def test_a_certificate_for_another_name_is_refused_and_named() -> None:
    with Site({"/": Page("x")}, tls=server_context()) as site:
        network = Trusting({"muu.example": [(PUBLIC,)]}, site.port)
        with fetcher_on(network) as fetcher:
            answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="https://muu.example/")), FailureReason.CONNECT)
    assert "certificate is not valid for 'muu.example'" in answer.detail


def test_a_trusted_site_is_read_over_one_tls_connection_that_names_it() -> None:
    names = []
    context = server_context()
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    with Site({"/": Page("x", chunked=True)}, tls=context) as site:
        network = Trusting({"vahti.example": [(PUBLIC,)]}, site.port)
        with fetcher_on(network) as fetcher:
            for _ in range(3):
                fetched(fetcher.get(PUBLIC_ONLY, Request(url="https://vahti.example/")))
    assert names[-1] == "vahti.example"
    assert len({seen.connection for seen in site.requests if seen.path == "/"}) == 1


def test_https_is_never_left_for_http() -> None:
    with Site({"/": redirect("http://vahti.example/x")}, tls=server_context()) as site:
        network = Trusting({"vahti.example": [(PUBLIC,)]}, site.port)
        with fetcher_on(network) as fetcher:
            answer = failed(fetcher.get(PUBLIC_ONLY, Request(url="https://vahti.example/")), FailureReason.REDIRECT)
    assert "from https to http" in answer.detail


def test_a_handshake_that_stalls_does_not_outlive_the_deadline() -> None:
    hurried = source(timeout=dt.timedelta(seconds=0.3), permission="A. B., 1.1.2026")
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as mute, fetcher_on(Network()) as fetcher:
        url = f"https://127.0.0.1:{mute.getsockname()[1]}/"
        answer = failed(fetcher.get(hurried, Request(url=url)), FailureReason.TIMEOUT)
    assert time.monotonic() - began < 2
    assert "TLS handshake" in answer.detail


def test_a_server_that_speaks_no_tls_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain, fetcher_on(Network()) as fetcher:
        url = f"https://127.0.0.1:{plain.getsockname()[1]}/"

        def refuse() -> None:
            sock, _ = plain.accept()
            with sock:
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                sock.recv(4096)

        server = threading.Thread(target=refuse)
        server.start()
        answer = failed(fetcher.get(source(permission="A. B."), Request(url=url)), FailureReason.CONNECT)
        server.join()
    assert "the TLS handshake with 127.0.0.1 failed" in answer.detail
