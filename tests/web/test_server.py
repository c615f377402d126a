"""The server: takes a port, answers, lets go of it, and says when the port is taken."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import httpx
import pytest

from aluevahti.web import WebServer


async def hello(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]})
    await send({"type": "http.response.body", "body": b"hei"})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_it_answers_while_it_is_up_and_lets_go_of_its_port(host: str) -> None:
    with WebServer(hello, host, 0) as server:
        shown = f"[{host}]" if ":" in host else host
        assert httpx.get(f"http://{shown}:{server.port}/", trust_env=False).text == "hei"
        port = server.port

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as again:
        assert again.connect_ex((host, port)) != 0
    assert not [thread for thread in threading.enumerate() if thread.name == "web"]


def test_a_port_that_is_taken_is_an_error_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        WebServer(hello, "127.0.0.1", taken.getsockname()[1])


def test_a_name_is_a_host_as_well() -> None:
    with WebServer(hello, "localhost", 0) as server:
        assert httpx.get(f"http://localhost:{server.port}/", trust_env=False).text == "hei"


def test_a_page_under_way_is_finished_when_the_server_stops() -> None:
    asked, go_on = threading.Event(), threading.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        asked.set()
        await asyncio.to_thread(go_on.wait, 5)
        await hello(scope, receive, send)

    answers: list[str] = []
    with WebServer(slow, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.port}/"
        reader = threading.Thread(target=lambda: answers.append(httpx.get(address, trust_env=False, timeout=10).text))
        reader.start()
        assert asked.wait(5)
        threading.Timer(0.3, go_on.set).start()
    reader.join(5)

    assert answers == ["hei"]
