"""M-Files: a table of bodies, PDFs behind bare numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import File, Phase, Request, Source
from aluevahti.platforms import mfiles
from factories import a_source
from meetingsites import BOARD, COUNCIL, mfiles_table
from snapshots import answer, paper, titles

ROOT = "https://mfiles.esim.fi/Kokoukset/esim"
TABLE = Request(url=ROOT, purpose="list")
DOCUMENT = Request(url=f"{ROOT}/100/1181", purpose="document", key="100/2026-03-02")


def site(**fields: object) -> Source:
    return a_source(platform="mfiles", url=ROOT, **fields)


def table(*rows: str) -> str:
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


def row(date: str, *papers: tuple[int, str], organ: str = "Aluehallitus", body: int = 101) -> str:
    links = " ".join(f'<a href="/Kokoukset/esim/{body}/{doc}">{text}</a>' for doc, text in papers)
    return f'<tr><td><a href="/Kokoukset/esim/{body}">{organ}</a></td><td>{date}</td><td>{links}</td></tr>'


def test_a_check_is_one_request() -> None:
    assert mfiles.start(site()) == (TABLE,)


def test_a_meeting_is_its_body_and_its_date() -> None:
    listing = mfiles.parse(site(), answer(TABLE, mfiles_table([BOARD, COUNCIL])))

    assert [document.key for document in listing.documents] == ["100/2026-03-02", "101/2026-02-23"]
    assert titles(listing) == ["Aluehallitus 2.3.2026 Esityslista", "Aluevaltuusto 23.2.2026 Pöytäkirja"]
    assert [document.phase for document in listing.documents] == [Phase.AGENDA, Phase.MINUTES]
    assert listing.documents[0].detail == DOCUMENT
    assert (listing.complete, listing.unread) == (False, 0)


def test_minutes_in_the_place_of_an_agenda_keep_the_key_and_change_the_revision() -> None:
    agenda = mfiles.parse(site(), answer(TABLE, mfiles_table([BOARD]))).documents[0]
    minutes = mfiles.parse(site(), answer(TABLE, mfiles_table([BOARD.decided()]))).documents[0]

    assert agenda.key == minutes.key
    assert (agenda.revision, minutes.revision) == ("1181 Esityslista", "1182 pöytäkirja (allekirjoitettu)")


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Esityslista", Phase.AGENDA),
        ("Kokouskutsu", Phase.CALLED),
        ("Pöytäkirja", Phase.MINUTES),
        ("pöytäkirja (allekirjoitettu)", Phase.MINUTES),
        ("pöytäkirja (tarkastamaton)", Phase.MINUTES_UNREVIEWED),
        ("Pöytäkirja, luonnos", Phase.MINUTES_UNREVIEWED),
        ("Päätösluettelo", Phase.DECISION_ANNOUNCEMENT),
        ("Liite", None),
    ],
)
def test_the_links_words_name_the_phase(text: str, phase: Phase | None) -> None:
    (document,) = mfiles.parse(site(), answer(TABLE, table(row("2.3.2026", (5, text))))).documents

    assert document.phase is phase


def test_a_row_with_agenda_and_minutes_is_one_meeting_with_minutes() -> None:
    page = table(row("2.3.2026", (7, "Pöytäkirja"), (5, "Esityslista")))

    (document,) = mfiles.parse(site(), answer(TABLE, page)).documents

    assert document.url == f"{ROOT}/101/7"
    assert document.files == (File(url=f"{ROOT}/101/5", title="Esityslista"),)


def test_two_rows_of_one_meeting_are_one_meeting() -> None:
    page = table(row("2.3.2026", (5, "Esityslista")), row("2.3.2026", (7, "Pöytäkirja")))

    (document,) = mfiles.parse(site(), answer(TABLE, page)).documents

    assert (document.phase, document.url) == (Phase.MINUTES, f"{ROOT}/101/7")
    assert document.files == (File(url=f"{ROOT}/101/5", title="Esityslista"),)


def test_two_meetings_of_one_body_on_one_day_are_two() -> None:
    page = table(row("2.3.2026", (8, "Esityslista")), row("2.3.2026", (5, "Esityslista")))

    listing = mfiles.parse(site(), answer(TABLE, page))

    assert {document.key: document.revision for document in listing.documents} == {
        "101/2026-03-02": "5 Esityslista",
        "101/2026-03-02/2": "8 Esityslista",
    }
    assert all(document.detail and document.detail.key == document.key for document in listing.documents)


def test_a_bodys_own_page_shows_all_its_meetings() -> None:
    request = Request(url=f"{ROOT}/101", purpose="list")
    page = table(
        *(
            f'<tr><td>{day}</td><td><a href="/Kokoukset/esim/101/{doc}">Pöytäkirja</a></td></tr>'
            for day, doc in (("2.3.2026", 9), ("16.2.2026", 5))
        )
    ).replace("<table>", "<h1>Aluehallitus</h1><table>")

    listing = mfiles.parse(site(), answer(request, page))

    assert titles(listing) == ["Aluehallitus 2.3.2026 Pöytäkirja", "Aluehallitus 16.2.2026 Pöytäkirja"]
    assert listing.complete


def test_only_wanted_organs_are_listed() -> None:
    listing = mfiles.parse(site(organs=("aluevaltuusto",)), answer(TABLE, mfiles_table([BOARD, COUNCIL])))

    assert titles(listing) == ["Aluevaltuusto 23.2.2026 Pöytäkirja"]


def test_a_row_without_a_date_is_counted() -> None:
    listing = mfiles.parse(
        site(), answer(TABLE, table(row("", (5, "Esityslista")), row("2.3.2026", (7, "Pöytäkirja"))))
    )

    assert (len(listing.documents), listing.unread) == (1, 1)


def test_the_paths_letter_case_does_not_matter() -> None:
    page = mfiles_table([BOARD], path="/kokoukset/ekhva")

    (document,) = mfiles.parse(
        site(), answer(replace(TABLE, url="https://mfiles.esim.fi/kokoukset/ekhva/"), page)
    ).documents

    assert document.url == "https://mfiles.esim.fi/kokoukset/ekhva/100/1181"


def test_a_document_is_a_pdf_without_its_ending() -> None:
    body = paper("Aluehallitus 2.3.2026: avustukset 40 000 euroa.")

    (document,) = mfiles.parse(site(), answer(DOCUMENT, body, media_type="application/octet-stream")).documents

    assert (document.key, document.text) == ("100/2026-03-02", "Aluehallitus 2.3.2026: avustukset 40 000 euroa.")


def test_a_table_without_documents_has_to_say_so() -> None:
    with pytest.raises(LayoutChanged):
        mfiles.parse(site(), answer(TABLE, table("<tr><th>Toimielin</th><th>Kokous</th><th>Asiakirja</th></tr>")))

    said = "<html><body><p>Ei julkaistuja asiakirjoja.</p></body></html>"
    assert mfiles.parse(site(), answer(TABLE, said)).documents == ()


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (TABLE, ""),
        (TABLE, mfiles_table([BOARD, COUNCIL])[:-60]),
        (DOCUMENT, "<html><body>Kirjaudu sisään</body></html>"),
        (DOCUMENT, "%PDF-1.4 rikki"),
    ],
    ids=["nothing", "half a table", "a page for a PDF", "a broken PDF"],
)
def test_what_is_not_what_was_asked_for_is_refused(request_: Request, body: str) -> None:
    with pytest.raises(ParseError):
        mfiles.parse(site(), answer(request_, body))


def test_dates_are_days_in_helsinki() -> None:
    (document,) = mfiles.parse(site(), answer(TABLE, table(row("31.12.2025", (5, "Esityslista"))))).documents

    assert document.meeting_on == dt.date(2025, 12, 31)


def test_a_link_that_is_no_address_is_passed_over() -> None:
    page = table(row("2.3.2026", (5, "Esityslista")), '<tr><td><a href="http://[esim">x</a></td></tr>')

    assert len(mfiles.parse(site(), answer(TABLE, page)).documents) == 1


def test_a_paper_that_an_icon_links_is_called_by_its_number() -> None:
    one_row = table(row("2.3.2026", (5, '<img src="pdf.png">'), (7, "Pöytäkirja")))
    two_rows = table(row("2.3.2026", (5, '<img src="pdf.png">')), row("2.3.2026", (7, "Pöytäkirja")))

    for page in (one_row, two_rows):
        (document,) = mfiles.parse(site(), answer(TABLE, page)).documents
        assert [file.title for file in document.files] == ["5"]


def test_what_the_operator_ignores_is_no_part_of_a_document() -> None:
    printed = answer(DOCUMENT, paper("Avustukset Tulostettu 3.3.2026"))

    (document,) = mfiles.parse(site(ignore=(".counter", "/Tulostettu [0-9.]+/")), printed).documents

    assert document.text == "Avustukset"
    with pytest.raises(ParseError, match="ignored"):
        mfiles.parse(site(ignore=("/.+/",)), printed)


def test_rows_that_the_operator_ignores_are_not_listed() -> None:
    page = table(row("2.3.2026", (5, "Esityslista")), row("3.3.2026", (6, "Esityslista"), body=7)).replace(
        "<tr>", '<tr class="old">', 1
    )

    assert titles(mfiles.parse(site(ignore=(".old",)), answer(TABLE, page))) == ["Aluehallitus 3.3.2026 Esityslista"]


def test_a_body_may_be_named_once_in_a_row_above_its_meetings() -> None:
    head = '<tr><th colspan="2"><a href="/Kokoukset/esim/101">Aluehallitus</a></th></tr>'
    rows = "".join(
        f'<tr><td>{day}.3.2026</td><td><a href="/Kokoukset/esim/101/{day}">Esityslista</a></td></tr>' for day in (9, 2)
    )

    listing = mfiles.parse(site(), answer(TABLE, table(head, rows)))

    assert titles(listing) == ["Aluehallitus 9.3.2026 Esityslista", "Aluehallitus 2.3.2026 Esityslista"]
    assert listing.unread == 0
