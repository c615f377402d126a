"""The static predecessor of Dynasty 10, reached through the same adapter."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Phase, Request, Source
from aluevahti.platforms import dynasty
from factories import a_source
from snapshots import answer, titles

HOST = "https://esim.fi/djulkaisu/kokous"


def service(**fields: object) -> Source:
    return a_source(platform="dynasty", url=f"{HOST}/TELIMET.HTM", **fields)


def page(kind: str, label: str, rows: str) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<meta name="robots" content="noindex"></head><body class="body{kind}">
<label class="h3"><!-- RSPEAK_START -->{label}<!-- RSPEAK_STOP --></label>
<!--DATA_BEGIN--><table class="tbl">{rows}</table><!--DATA_END--></body></html>"""


ORGANS = page(
    "Telimet",
    "Toimielimet",
    '<tr><td class="tcDat"><a href="TELIN-8.HTM">Aluehallitus</a></td></tr>'
    '<tr><td class="tcDat"><a href="TELIN-9.HTM">Tarkastuslautakunta</a></td></tr>',
)
ORGAN = page(
    "Telin",
    "Kokouslistat<br>Aluehallitus",
    """<tr class="trHea"><td class="tcHeaFirst" colspan="2">&nbsp;Vuosi&nbsp;2026</td></tr>
<!--TIETUE:2026118--><!--2026-03-02--><!--2026118.HTM--><!--8-->
<tr><td class="tcDat">&nbsp;&nbsp;02.03.2026&nbsp;&nbsp;</td><td class="tcDat"><a href="2026118.HTM">Esityslista</a></td><!--TIETUE--></tr>
<!--TIETUE:2026101--><!--2026-02-16--><!--2026101.HTM--><!--8-->
<tr><td class="tcDat">&nbsp;</td><td class="tcDat"><a href="2026101.HTM">P\u00f6yt\u00e4kirja</a></td><!--TIETUE--></tr>""",
)
MEETING = page(
    "Kokous",
    "Aluehallitus<br>Pöytäkirja 02.03.2026 klo 09:00 / Tarkastettu",
    """<tr class="trDat"><td class="tcDat">57</td><td class="tcDat"><a href="2026118-4.HTM">Järjestöavustusten myöntäminen</a></td>
<td><a class="linkMListPDF" href="2026118-4.PDF">PDF</a></td></tr>""",
)
ITEM = page(
    "Kokousasia",
    "Aluehallitus<br>Pöytäkirja 02.03.2026 / Pykälä 57 / Tarkastettu",
    "<tr><td><div class='tblDoc'><p>412/02.05.01/2026</p><p>Päätös</p><p>Myönnettiin 40 000 €.</p></div></td></tr>",
)


def request(file: str, purpose: str = "list") -> Request:
    return Request(url=f"{HOST}/{file}", purpose=purpose)


def test_a_static_service_begins_with_the_page_that_was_named() -> None:
    assert dynasty.start(service()) == (request("TELIMET.HTM"),)
    assert dynasty.fallback(service(), request("TELIMET.HTM")) == ()


def test_the_organs_lead_to_their_meetings() -> None:
    listing = dynasty.parse(service(organs=("Aluehallitus",)), answer(request("TELIMET.HTM"), ORGANS, charset="cp1252"))

    assert listing.follow == (request("TELIN-8.HTM", "organ"),)


def test_an_organs_meetings_are_dated_by_the_machine_comments() -> None:
    listing = dynasty.parse(service(), answer(request("TELIN-8.HTM"), ORGAN, charset="cp1252", says_charset=False))

    assert titles(listing) == ["Aluehallitus 2.3.2026 Esityslista", "Aluehallitus 16.2.2026 Pöytäkirja"]
    assert [document.phase for document in listing.documents] == [Phase.AGENDA, None]
    assert listing.complete


def test_a_meeting_is_reviewed_once_its_heading_says_so() -> None:
    reviewed, plain = (
        dynasty.parse(service(), answer(request("2026118.HTM"), text, charset="cp1252")).documents
        for text in (MEETING, MEETING.replace(" / Tarkastettu", ""))
    )

    assert (reviewed[0].phase, plain[0].phase) == (Phase.MINUTES, Phase.MINUTES_UNREVIEWED)
    assert (reviewed[1].key, reviewed[1].section, reviewed[1].title) == (
        "2026118-4",
        57,
        "Järjestöavustusten myöntäminen",
    )


def test_an_item_gives_its_text_in_windows_1252() -> None:
    (item,) = dynasty.parse(
        service(), answer(request("2026118-4.HTM"), ITEM, charset="cp1252", says_charset=False)
    ).documents

    assert (item.organ, item.meeting_on, item.section) == ("Aluehallitus", dt.date(2026, 3, 2), 57)
    assert item.case_number == "412/02.05.01/2026"
    assert "Myönnettiin 40 000 €." in (item.text or "")


@pytest.mark.parametrize(
    ("file", "text"),
    [("TELIMET.HTM", ORGAN), ("TELIN-8.HTM", ORGANS), ("2026118.HTM", ORGANS), ("2026118-4.HTM", ORGANS)],
)
def test_another_page_than_the_file_name_promises_is_a_changed_layout(file: str, text: str) -> None:
    with pytest.raises(LayoutChanged):
        dynasty.parse(service(), answer(request(file), text, charset="cp1252"))


def test_a_page_cut_off_within_its_data_is_refused() -> None:
    with pytest.raises(ParseError, match="half"):
        dynasty.parse(service(), answer(request("2026118-4.HTM"), ITEM[: ITEM.index("Myönnettiin")], charset="cp1252"))


def test_an_address_that_is_no_file_of_the_service_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged):
        dynasty.parse(service(), answer(request("INDEX.HTM"), MEETING))


def test_a_row_without_any_date_is_counted() -> None:
    undated = ORGAN.replace("<!--2026-02-16-->", "")

    listing = dynasty.parse(service(), answer(request("TELIN-8.HTM"), undated, charset="cp1252"))

    assert (titles(listing), listing.unread) == (["Aluehallitus 2.3.2026 Esityslista"], 1)


def test_what_the_operator_ignores_is_no_part_of_an_item() -> None:
    noisy = ITEM.replace(
        "<p>Päätös</p>", '<p class="counter">Luettu 12</p><p>Päätös</p><p>Tulostettu 3.3.2026 Lopuksi</p>'
    )

    (item,) = dynasty.parse(
        service(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(request("2026118-4.HTM"), noisy, charset="cp1252")
    ).documents

    assert "Lopuksi" in (item.text or "").splitlines()
    assert not {"Luettu", "Tulostettu"} & set((item.text or "").split())
