"""The world itself: noisy, faulty where it says so, and closed to everything outside."""

from __future__ import annotations

import datetime as dt
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from aluevahti.demo.calendar import TurnedClock, moments
from aluevahti.demo.loopback import LoopbackNetwork, WorldServer
from aluevahti.demo.mailbox import Mailbox, PutOff
from aluevahti.demo.world import Ask, World, read_places
from aluevahti.demo.world.pdf import pdf
from aluevahti.regions import REGION_CODES
from aluevahti.text.dates import HELSINKI
from aluevahti.text.pdf import text_of

WORLD = World(read_places())
MONDAY = dt.datetime(2026, 3, 9, 9, 0, tzinfo=HELSINKI)


def ask(host: str, path: str, at: dt.datetime = MONDAY, query: Mapping[str, str] | None = None) -> Ask:
    return Ask(
        host=host, path=path, query=query or {}, at=at, load=1, turn=0, origin=f"http://{host}.localhost", conditions={}
    )


def body(asked: Ask) -> str:
    return WORLD.answer(asked).body.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("host", "path", "query"),
    [
        ("pirkanmaa.cloudnc", "/fi-FI", {}),
        ("keski-suomi.oncloudos", "/cgi/DREQUEST.PHP", {"page": "meeting_handlers", "id": ""}),
        ("ita-uusimaa", "/wp-json/wp/v2/posts", {}),
        ("vantaa-kerava", "/fi/ajankohtaista", {}),
        ("lappi", "/web/guest/jarjestoavustukset", {}),
        ("kainuu", "/feed/", {}),
        ("mfiles.etela-karjala", "/Kokoukset/ekhva", {}),
        ("sttinfo", "/public-website-api/pressroom/69810002/releases/20/0", {}),
    ],
)
def test_no_two_answers_are_the_same_bytes(host: str, path: str, query: dict[str, str]) -> None:
    first = ask(host, path, query=query)

    assert WORLD.answer(first).status == 200
    assert WORLD.answer(first).body != WORLD.answer(replace(first, load=2)).body


def test_all_regions_are_regions_and_all_ids_are_their_own() -> None:
    assert {place.region for place in WORLD.places} <= set(REGION_CODES)
    ids = [site.id for place in WORLD.places for site in place.sites]
    assert len(ids) == len(set(ids))


def test_everything_that_must_be_told_happens_within_the_days_that_are_played() -> None:
    for place in WORLD.places:
        for told in place.told:
            assert moments()[0].date() <= told.at.date() <= moments()[-1].date()
            assert told.by is None or told.at <= told.by


def test_a_host_that_is_down_answers_with_errors_and_then_no_longer() -> None:
    while_down = dt.datetime(2026, 3, 10, 11, 0, tzinfo=HELSINKI)

    assert WORLD.answer(ask("kainuu", "/feed/", while_down)).status >= 500
    assert WORLD.answer(ask("kainuu", "/robots.txt", while_down)).status >= 500
    assert WORLD.answer(ask("kainuu", "/feed/", while_down + dt.timedelta(hours=7))).status == 200


def test_maintenance_and_an_empty_list_come_with_status_200() -> None:
    maintenance = WORLD.answer(ask("vantaa-kerava", "/fi/ajankohtaista", dt.datetime(2026, 3, 10, 11, tzinfo=HELSINKI)))
    empty = WORLD.answer(ask("vantaa-kerava", "/fi/ajankohtaista", dt.datetime(2026, 3, 11, 15, tzinfo=HELSINKI)))

    assert (maintenance.status, "Huoltokatko" in maintenance.body.decode()) == (200, True)
    assert (empty.status, "Ei tuloksia" in empty.body.decode()) == (200, True)


def test_old_addresses_lead_on_once_the_news_have_moved() -> None:
    old = "/fi/ajankohtaista/neuvolan-ajanvaraus-uudistuu"
    later = ask("vantaa-kerava", old, MONDAY + dt.timedelta(hours=2))

    assert WORLD.answer(ask("vantaa-kerava", old)).status == 200
    assert WORLD.answer(later).headers == (("Location", "/fi/uutiset/2026/02/neuvolan-ajanvaraus-uudistuu"),)


def test_the_first_answer_about_an_item_is_about_another() -> None:
    asked = ask("keski-suomi.oncloudos", "/cgi/DREQUEST.PHP", query={"page": "meetingitem", "id": "2026118-4"})

    assert WORLD.answer(asked).is_wrong
    assert "2026118-1.PDF" in body(asked)
    assert not WORLD.answer(replace(asked, turn=1)).is_wrong


def test_encodings_are_the_platforms_own() -> None:
    table = WORLD.answer(ask("keski-suomi.oncloudos", "/cgi/DREQUEST.PHP", query={"page": "meeting_handlers"}))
    feed = WORLD.answer(ask("varsinais-suomi-julkaisu", "/ktwebscr/epj_rssfeed.htm"))

    assert "Kokouspäivämäärä" in table.body.decode("iso-8859-1")
    assert "Esityslistat" in feed.body.decode("windows-1252")


@pytest.mark.parametrize("host", ["nowhere", "kainuu", "pirkanmaa.cloudnc", "paatokset.helsinki", "sttinfo", "lappi"])
def test_what_is_not_there_is_not_found(host: str) -> None:
    assert WORLD.answer(ask(host, "/ei/ole")).status == 404


def test_a_pdf_of_the_world_can_be_read() -> None:
    lines = ["§ 14 Innovaatiorahan haku (2026)", "Määräraha on 45 000 euroa – enintään.", *["Rivi." for _ in range(60)]]

    assert text_of(pdf(lines)).split("\n")[:2] == lines[:2]


# --- on loopback ---------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[WorldServer]:
    with WorldServer(WORLD, TurnedClock(MONDAY)) as one:
        yield one


def test_the_server_answers_by_name_and_counts(server: WorldServer) -> None:
    for host, path in (("lappi", "/web/guest/jarjestoavustukset"), ("kainuu", "/feed/"), ("kainuu", "/feed/")):
        request = urllib.request.Request(
            f"http://127.0.0.1:{server.port}{path}", headers={"Host": f"{host}.localhost:{server.port}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200

    assert (server.log.requests, server.log.answers, server.log.noisy) == (3, 1, 1)
    assert server.log.by_host == {"lappi": 1, "kainuu": 2}


def test_nobody_answers_for_a_name_that_is_not_in_the_world(server: WorldServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=10)


def test_the_network_ends_at_this_machine() -> None:
    network = LoopbackNetwork()

    assert network.resolve("kainuu.localhost", 80) == ("127.0.0.1",)
    for host in ("example.org", "localhost.example.org", "127.0.0.1"):
        with pytest.raises(OSError, match="outside the demo's world"):
            network.resolve(host, 80)
    with pytest.raises(OSError, match="outside the demo's world"):
        network.dial("192.0.2.1", 80, 1)


def test_the_mail_server_puts_one_mail_off_and_keeps_the_next() -> None:
    clock = TurnedClock(MONDAY)
    with Mailbox(clock, PutOff("siv@example.org", MONDAY + dt.timedelta(hours=1))) as mailbox:
        said = []
        for at in (MONDAY, MONDAY + dt.timedelta(hours=1), MONDAY + dt.timedelta(hours=2)):
            clock.turn(at)
            with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as client:
                try:
                    client.sendmail(
                        "vahti@example.org", ["siv@example.org"], "Subject: Hei\r\n\r\n.piste\r\n..\r\nloppu\r\n"
                    )
                    said.append(250)
                except smtplib.SMTPRecipientsRefused as error:
                    said.append(error.recipients["siv@example.org"][0])

    assert said == [250, 451, 250]
    assert [mail.subject for mail in mailbox.mails] == ["Hei", "Hei"]
    assert mailbox.mails[0].data.endswith(b"\r\n.piste\r\n..\r\nloppu\r\n")
    assert len(mailbox.refusals) == 1


@pytest.mark.parametrize("line", [b"VRFY x", b"", b"HELO x", b"NOOP", b"RSET"])
def test_the_mail_server_answers_whatever_it_is_told(line: bytes) -> None:
    with (
        Mailbox(TurnedClock(MONDAY), PutOff("x", MONDAY)) as mailbox,
        smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as client,
    ):
        code, _ = client.docmd(line.decode())

    assert code == (500 if line in {b"VRFY x", b""} else 250)
