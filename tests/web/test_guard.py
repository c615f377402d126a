"""What stands before every page: headers, hosts, sizes, and what happens when a page fails."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

import websample
from aluevahti.storage import Store
from aluevahti.web import WebServer
from aluevahti.web.guard import MOST_BODY, Guard

TOKEN = "u7Hq2LwXr0mVb9sKd3PzTg"
EVERYWHERE = ("/", "/changes", "/regions/lappi", "/subscribe", f"/unsubscribe/{TOKEN}", "/healthz", "/style.css", "/no")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_tells_browsers_to_run_nothing_and_tell_nobody(site: Any, path: str) -> None:
    headers = site.get(path).headers

    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("path", [f"/unsubscribe/{TOKEN}", f"/confirm/{TOKEN}", "/healthz"])
def test_what_belongs_to_one_person_or_moment_is_kept_by_nobody(site: Any, path: str) -> None:
    assert site.get(path).headers["cache-control"] == "no-store"


def test_the_style_sheet_may_be_kept_for_as_long_as_its_version_holds(site: Any) -> None:
    version = site.get("/").text.partition("/style.css?v=")[2].partition('"')[0]

    assert "immutable" in site.get(f"/style.css?v={version}").headers["cache-control"]
    assert site.get("/style.css?v=old").headers["cache-control"] == "no-cache"
    assert site.get("/style.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "host", ["seuranta.example.org", "SEURANTA.example.org:443", "localhost:8420", "127.0.0.1", "[::1]:8420"]
)
def test_the_site_answers_to_its_own_name_and_on_loopback(site: Any, host: str) -> None:
    assert site.get("/", Host=host).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "seuranta.example.org.evil.example", "", "[::2]", "127.0.0.1.evil"])
def test_the_site_answers_to_no_other_name(site: Any, host: str) -> None:
    answer = site.get("/", Host=host)

    assert answer.status_code == 421
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["10.0.0.5:8420", ""])
def test_what_watches_over_the_service_may_ask_by_any_name(site: Any, host: str) -> None:
    assert site.get("/healthz", Host=host).status_code == 200


def test_a_name_with_letters_of_its_own_is_known_as_machines_spell_it(tmp_path: Path, serve: Any) -> None:
    config = websample.config(public_url="https://järjestöt.example")
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=websample.NOW) as store, serve(store, config) as site:
        name = "järjestöt.example".encode("idna").decode()
        assert name.startswith("xn--")
        assert site.get("/", Host=name).status_code == 200


def test_a_site_below_a_path_works_whether_or_not_the_proxy_takes_the_path_away(tmp_path: Path, serve: Any) -> None:
    config = websample.config(public_url="https://example.org/vahti")
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=websample.NOW) as store, serve(store, config) as site:
        for path in ("/vahti/", "/"):
            answer = site.get(path, Host="example.org")
            assert answer.status_code == 200
            assert 'href="/vahti/style.css?v=' in answer.text
            assert 'href="/vahti/regions/lappi"' in answer.text
        form = site.get(f"/vahti/unsubscribe/{TOKEN}", Host="example.org").text
        assert f'action="/vahti/unsubscribe/{TOKEN}"' in form


@pytest.mark.parametrize("chunked", [False, True])
def test_more_than_a_form_holds_is_refused(fresh: Any, *, chunked: bool) -> None:
    body = b"x" * (MOST_BODY + 1)
    content: Any = iter([body[:9000], body[9000:]]) if chunked else body

    answer = fresh.client.post(f"/unsubscribe/{TOKEN}", content=content)

    assert answer.status_code == 413


def test_a_length_that_is_no_number_is_refused(fresh: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", fresh.client.base_url.port, timeout=5)
    connection.putrequest("POST", f"/unsubscribe/{TOKEN}", skip_host=True)
    for name, value in (("Host", "localhost"), ("Content-Length", "zwei")):
        connection.putheader(name, value)
    connection.endheaders()

    assert connection.getresponse().status in {400, 413}
    connection.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_can_only_be_looked_at(site: Any, method: str) -> None:
    answer = site.client.request(method, "/")

    assert answer.status_code == 405
    assert "Näin sivua ei voi käyttää" in answer.text


def test_a_head_request_gets_the_head(site: Any) -> None:
    answer = site.client.head("/")

    assert answer.status_code == 200
    assert answer.text == ""


def test_a_page_that_fails_is_an_answer_without_details_and_its_token_is_not_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("the password is sesame")

    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
    try:
        with WebServer(Guard(broken, frozenset, str), "127.0.0.1", 0) as server:
            answer = httpx.get(f"http://127.0.0.1:{server.port}/unsubscribe/{TOKEN}?x={TOKEN}", trust_env=False)
    finally:
        structlog.reset_defaults()
    logged = json.loads(capsys.readouterr().out)

    assert answer.status_code == 500
    assert "sesame" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert logged["page"] == "/unsubscribe"
    assert TOKEN not in json.dumps(logged)


def test_a_database_that_cannot_be_read_is_said_to_be_for_now(tmp_path: Path, serve: Any) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=websample.NOW)
    with serve(store) as site:
        store.close()

        answer, data = site.get("/"), site.get("/api/status")

    assert answer.status_code == data.status_code == 503
    assert "Sivua ei juuri nyt voi näyttää" in answer.text
    assert answer.headers["retry-after"] == "30"
    assert data.json() == {"error": "Service Unavailable"}


def test_search_engines_are_asked_to_leave_the_links_of_mails_alone(site: Any) -> None:
    assert "Disallow: /unsubscribe/" in site.get("/robots.txt").text
    assert site.get(f"/unsubscribe/{TOKEN}").headers["x-robots-tag"] == "noindex"
