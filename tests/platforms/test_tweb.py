"""TWeb: two worlds that share one number, lists in both cell orders, documents that resist being read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aluevahti.errors import LayoutChanged, ParseError, WrongPage
from aluevahti.model import Form, Phase, Request, Source
from aluevahti.platforms import tweb
from factories import a_source
from meetingsites import BOARD, GRANTS, tweb_document, tweb_feed, tweb_frame, tweb_meeting
from snapshots import answer, keyed, paper, titles

ROOT = "https://esim-julkaisu.tweb.fi:8443/ktwebscr"
OLD = "http://esim.tweb.fi/ktwebbin/dbisa.dll/ktwebscr"
MINUTES_FEED = Request(url=f"{ROOT}/pk_rssfeed.htm", purpose="feed")
AGENDA_FEED = Request(url=f"{ROOT}/epj_rssfeed.htm?toimielin=", purpose="feed")
MEETING = Request(url=f"{ROOT}/pk_asil_tweb.htm?bid=118", purpose="meeting", key="118")
DOCUMENT = Request(url=f"{ROOT}/fileshow?doctype=3&docid=118502", purpose="document", key="118502")
DECIDED = BOARD.decided()


def service(url: str = f"{ROOT}/pk_tek_tweb.htm", **fields: object) -> Source:
    return a_source(platform="tweb", url=url, **fields)


# --- where it begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted", [f"{ROOT}/pk_tek_tweb.htm", f"{ROOT}/epj_tek_tweb.htm", "https://esim-julkaisu.tweb.fi:8443/"]
)
def test_a_check_begins_with_the_two_feeds(pasted: str) -> None:
    assert tweb.start(service(pasted)) == (MINUTES_FEED, AGENDA_FEED)


def test_a_list_that_was_named_is_asked_for_on_its_side() -> None:
    url = f"{ROOT}/epj_kokl_tweb.htm"

    assert tweb.start(service(url)) == (MINUTES_FEED, Request(url=url, purpose="list"))


def test_the_old_layout_keeps_its_folder() -> None:
    assert [request.url for request in tweb.start(service(f"{OLD}/pk_tek_tweb.htm"))] == [
        f"{OLD}/pk_rssfeed.htm",
        f"{OLD}/epj_rssfeed.htm?toimielin=",
    ]


def test_a_feed_falls_back_to_the_list_and_the_list_to_the_empty_search() -> None:
    (listed,) = tweb.fallback(service(), AGENDA_FEED)
    (searched,) = tweb.fallback(service(), listed)

    assert listed == Request(url=f"{ROOT}/epj_kokl_tweb.htm", purpose="list")
    assert searched.url == listed.url
    assert dict(searched.form or ()) == {"kirjaamo": "", "oper": "where", "pvm1": "", "pvm2": ""}
    assert tweb.fallback(service(), searched) == ()
    assert tweb.fallback(service(), MEETING) == ()


# --- feeds ---------------------------------------------------------------------------------------


def test_agenda_and_minutes_share_the_number_that_is_their_key() -> None:
    agenda = tweb.parse(service(), answer(AGENDA_FEED, tweb_feed([BOARD], "epj"), charset="cp1252")).documents[0]
    minutes = tweb.parse(service(), answer(MINUTES_FEED, tweb_feed([BOARD], "pk"), charset="cp1252")).documents[0]

    assert (agenda.key, minutes.key) == ("118", "118")
    assert (agenda.phase, minutes.phase) == (Phase.AGENDA, Phase.MINUTES)
    assert (agenda.title, minutes.title) == ("Aluehallitus 2.3.2026 Esityslista", "Aluehallitus 2.3.2026 Pöytäkirja")
    assert (agenda.url, minutes.url) == (f"{ROOT}/epj_asil_tweb.htm?bid=118", f"{ROOT}/pk_asil_tweb.htm?bid=118")


def test_the_time_of_the_meeting_is_no_publication_date() -> None:
    (document,) = tweb.parse(service(), answer(MINUTES_FEED, tweb_feed([BOARD], "pk"))).documents

    assert (document.published_on, document.meeting_on) == (None, dt.date(2026, 3, 2))


def test_a_declared_latin_1_is_windows_1252() -> None:
    feed = tweb_feed([replace(BOARD, organ="Lasten – ja nuorten lautakunta")], "pk")

    (document,) = tweb.parse(service(), answer(MINUTES_FEED, feed, charset="cp1252", says_charset=False)).documents

    assert document.organ == "Lasten – ja nuorten lautakunta"


def test_the_host_that_a_feed_names_does_not_matter() -> None:
    feed = tweb_feed([BOARD], "pk").replace("<link>pk_asil", "<link>http://sisaverkko.local/ktwebscr/pk_asil")

    (document,) = tweb.parse(service(), answer(MINUTES_FEED, feed)).documents

    assert document.url == f"{ROOT}/pk_asil_tweb.htm?bid=118"


def test_only_wanted_organs_are_listed() -> None:
    feed = tweb_feed([BOARD, replace(BOARD, organ="Tarkastuslautakunta", number=7)], "pk")

    assert [
        one.organ for one in tweb.parse(service(organs=("aluehallitus",)), answer(MINUTES_FEED, feed)).documents
    ] == ["Aluehallitus"]


def test_an_entry_without_a_date_is_counted() -> None:
    feed = tweb_feed([BOARD], "pk").replace(" 2.3.2026 09:00", "")

    assert tweb.parse(service(), answer(MINUTES_FEED, feed)).unread == 1


@pytest.mark.parametrize("body", ["", "<html><body>Haku</body></html>", tweb_feed([BOARD], "pk")[:200]])
def test_what_is_no_whole_feed_is_refused(body: str) -> None:
    with pytest.raises(ParseError):
        tweb.parse(service(), answer(MINUTES_FEED, body))


# --- lists ---------------------------------------------------------------------------------------


def rows(*cells: tuple[str, str], swapped: bool = False) -> str:
    def row(link: str, organ: str) -> str:
        first, second = (organ, link) if swapped else (link, organ)
        return f'<tr class="data0"><td class="data">{first}</td><td class="data">{second}</td></tr>'

    head = '<tr class="colheader"><td class="colheader">Kokouspvm</td><td class="colheader">Toimielin</td></tr>'
    return tweb_frame(f'<h1>Pöytäkirjat</h1><table class="list">{head}{"".join(row(*each) for each in cells)}</table>')


def meeting_link(bid: int, text: str) -> str:
    return f'<a href="/ktwebbin/dbisa.dll/ktwebscr/pk_asil_tweb.htm?+bid={bid}">{text}</a>'


LIST = Request(url=f"{OLD}/pk_kokl_tweb.htm", purpose="list")


@pytest.mark.parametrize("swapped", [False, True])
def test_a_list_is_read_in_either_order_of_its_cells(swapped: bool) -> None:
    page = rows(
        (meeting_link(4557, "2.3.2026 09:00"), "Aluehallitus: 4/2026"),
        (meeting_link(4540, "16.2.2026 09:00"), "Aluehallitus: 4/2026"),
        swapped=swapped,
    )

    listing = tweb.parse(service(), answer(LIST, page, charset="cp1252"))

    assert titles(listing) == ["Aluehallitus 2.3.2026 Pöytäkirja", "Aluehallitus 16.2.2026 Pöytäkirja"]
    assert set(keyed(listing)) == {"4557", "4540"}
    assert listing.documents[0].url == f"{OLD}/pk_asil_tweb.htm?+bid=4557"


def test_a_meeting_that_a_list_links_twice_is_listed_once() -> None:
    icon = '<a href="pk_asil_tweb.htm?+bid=4557"><img src="pdf.gif"></a>'
    page = rows((icon + meeting_link(4557, "2.3.2026 09:00"), "Aluehallitus: 4/2026"))

    assert titles(tweb.parse(service(), answer(LIST, page))) == ["Aluehallitus 2.3.2026 Pöytäkirja"]


def test_organ_and_date_may_stand_in_the_link_alone() -> None:
    page = rows((meeting_link(4557, "Aluehallitus 2.3.2026"), ""))

    (document,) = tweb.parse(service(), answer(LIST, page)).documents

    assert (document.organ, document.meeting_on) == ("Aluehallitus", dt.date(2026, 3, 2))


def test_the_search_page_has_no_meetings_and_says_so() -> None:
    page = tweb_frame(
        '<form name="form1" class="meet" action="pk_kokl_tweb.htm" method="post"><input name="pvm1"></form>'
    )

    with pytest.raises(LayoutChanged, match="search form"):
        tweb.parse(service(), answer(LIST, page))


def test_a_search_without_hits_says_so_itself() -> None:
    assert tweb.parse(service(), answer(LIST, tweb_frame("<p>Ei hakutuloksia</p>"))).documents == ()


def test_notices_are_read_as_a_source_of_their_own() -> None:
    url = f"{ROOT}/kuullist_tweb.htm"
    page = tweb_frame(
        '<table class="list"><tr class="data0"><td>Kuulutus</td><td>2.3.2026 - 16.3.2026 '
        '<a href="fileshow?doctype=3&amp;docid=81001">Järjestöavustusten haku</a></td></tr></table>'
    )

    (notice,) = tweb.parse(service(url), answer(tweb.start(service(url))[0], page, charset="cp1252")).documents

    assert (notice.form, notice.key, notice.title) == (Form.NOTICE, "81001", "Järjestöavustusten haku")
    assert notice.published_on == dt.date(2026, 3, 2)


# --- a meeting -----------------------------------------------------------------------------------


def test_rows_without_a_number_are_papers_of_the_meeting_not_items() -> None:
    meeting, opening, grants = tweb.parse(service(), answer(MEETING, tweb_meeting(DECIDED), charset="cp1252")).documents

    assert (meeting.title, meeting.phase) == ("Aluehallitus 2.3.2026 Pöytäkirja", Phase.MINUTES)
    assert [file.title for file in meeting.files] == ["Pöytäkirjan kansilehti"]
    assert [(opening.title, opening.section), (grants.title, grants.section)] == [
        ("Kokouksen avaus", 31),
        (GRANTS.title, 32),
    ]
    assert grants.url == DOCUMENT.url
    assert [file.title for file in grants.files] == ["Liitteet, 2 kpl"]


def test_an_item_keeps_its_alias_when_its_document_is_replaced() -> None:
    agenda_page = replace(MEETING, url=f"{ROOT}/epj_asil_tweb.htm?bid=118")
    agenda = tweb.parse(service(), answer(agenda_page, tweb_meeting(BOARD))).documents[2]
    minutes = tweb.parse(service(), answer(MEETING, tweb_meeting(DECIDED))).documents[2]

    assert agenda.key != minutes.key
    assert agenda.aliases == minutes.aliases
    assert (agenda.phase, minutes.phase) == (Phase.AGENDA, Phase.MINUTES)


def test_an_agenda_that_numbers_nothing_still_has_its_items() -> None:
    page = (
        tweb_meeting(BOARD)
        .replace('"data_pykala">1<', '"data_pykala"><')
        .replace('"data_pykala">2<', '"data_pykala"><')
    )

    documents = tweb.parse(service(), answer(MEETING, page)).documents

    assert [(one.title, one.section) for one in documents[1:]] == [("Kokouksen avaus", None), (GRANTS.title, None)]


def test_a_caption_and_another_order_of_columns_are_read_as_well() -> None:
    page = """<html><body><table class="list"><caption>Aluehallitus: Aluehallitus<br>20.3.2026 17:00<br>Pöytäkirja</caption>
<tr class="colheader"><td class="colheader">§</td><td class="colheader">Liitteet</td><td class="colheader">Otsikko</td></tr>
<tr class="data0"><td class="data">9</td><td class="data"><a href="epjattn_tweb.htm?1135623">1 kpl</a></td>
<td class="data"><a href="/ktwebbin/ktproxy2.dll?doctype=3&amp;docid=1135623">Sisäisen tarkastuksen
 vuosiraportti</a></td></tr></table>
<table class="list"><tr class="header"><td class="Header">Kokousmateriaali:</td></tr>
<tr><td><a href="/ktwebbin/ktproxy2.dll?doctype=3&amp;docid=1133592">Esityslista 20.03.2026</a></td></tr></table></body></html>"""
    request = Request(url=f"{OLD}/pk_asil_tweb.htm?+bid=130013", purpose="meeting", key="130013")

    meeting, item = tweb.parse(service(), answer(request, page)).documents

    assert (meeting.organ, meeting.meeting_on) == ("Aluehallitus", dt.date(2026, 3, 20))
    assert (item.section, item.title, item.key) == (9, "Sisäisen tarkastuksen vuosiraportti", "1135623")


def test_another_meetings_page_is_thrown_away() -> None:
    with pytest.raises(WrongPage):
        tweb.parse(service(), answer(MEETING, tweb_meeting(replace(DECIDED, number=119))))


def test_a_meeting_cut_off_is_refused() -> None:
    page = tweb_meeting(DECIDED)

    with pytest.raises(ParseError, match="half"):
        tweb.parse(service(), answer(MEETING, page[: page.index("Kokousmateriaali")]))


def test_a_page_without_a_meetings_heading_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged):
        tweb.parse(service(), answer(MEETING, tweb_frame("<p>Tervetuloa</p>")))


# --- documents -----------------------------------------------------------------------------------

PLAIN = tweb_document(DECIDED, DECIDED.items[1])


def spaced(text: str) -> str:
    """Letters spaced out against copying, words by wider gaps."""
    return "   ".join(" ".join(word) for word in text.split(" "))


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (PLAIN.encode("cp1252"), "iso-8859-1"),
        (PLAIN.encode("utf-16-le"), "iso-8859-1"),
        (PLAIN.encode("utf-16-le"), None),
        (PLAIN.encode("utf-8"), "utf-8"),
    ],
    ids=["windows-1252 called latin-1", "utf-16 called latin-1", "utf-16 unnamed", "utf-8"],
)
def test_a_document_is_read_in_whatever_it_is_written(body: bytes, charset: str | None) -> None:
    snapshot = replace(answer(DOCUMENT, body), charset=charset)

    (document,) = tweb.parse(service(), snapshot).documents

    assert document.key == "118502"
    assert "Hakemuksia saapui 12. Määräraha on 40 000 € – enintään." in (document.text or "").splitlines()
    assert document.case_number == "412/02.05.01/2026"


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b".join,
        "&#8203;".join,
        "\u00ad".join,
        spaced,
    ],
    ids=["zero-width", "entity", "soft hyphens", "spaces"],
)
def test_letters_kept_apart_against_copying_close_up(hidden: object) -> None:
    sentence = "Aluehallitus myönsi yhdistyksille toiminta-avustuksia"
    assert callable(hidden)
    page = f"<html><body><h1>Avustukset</h1><p>{hidden(sentence)}</p></body></html>"

    (document,) = tweb.parse(service(), answer(DOCUMENT, page)).documents

    assert sentence in (document.text or "").splitlines()


def test_ordinary_text_with_single_letters_is_left_alone() -> None:
    sentence = "Liitteet a, b ja c sekä § 5 ja 6 ovat esityslistan liitteinä, A 1 B 2."
    page = f"<html><body><p>{sentence}</p></body></html>"

    (document,) = tweb.parse(service(), answer(DOCUMENT, page)).documents

    assert document.text == sentence


def test_a_document_may_be_a_pdf_whatever_the_server_calls_it() -> None:
    body = paper("Aluehallitus myontaa avustuksia 40 000 euroa.")

    (document,) = tweb.parse(service(), answer(DOCUMENT, body, media_type="text/html")).documents

    assert "Aluehallitus myontaa avustuksia 40 000 euroa." in (document.text or "")


@pytest.mark.parametrize(
    "body", ["", "<html><body></body></html>", "<html><body><form><input></form></body></html>", PLAIN[:300]]
)
def test_what_is_no_document_is_refused(body: str) -> None:
    with pytest.raises(ParseError):
        tweb.parse(service(), answer(DOCUMENT, body))


@pytest.mark.parametrize("link", ["http://[esim", "https://esim.fi:x/pk_asil_tweb.htm?bid=9", "javascript:x"])
def test_an_address_that_is_none_is_counted_in_a_feed_and_passed_over_on_a_page(link: str) -> None:
    entry = f"<item><title>Aluehallitus: 5/2026 9.3.2026 09:00</title><link>{link}</link></item>"
    feed = tweb_feed([BOARD], "pk").replace("</channel>", f"{entry}</channel>")
    page = tweb_meeting(DECIDED).replace("</body>", f'<a href="{link}">x</a></body>')

    assert tweb.parse(service(), answer(MINUTES_FEED, feed)).unread == 1
    assert len(tweb.parse(service(), answer(MEETING, page)).documents) == 3


def test_what_the_operator_ignores_is_no_part_of_a_document() -> None:
    noise = '<p class="counter">Luettu 12 kertaa</p><p>Tulostettu 3.3.2026 Lopuksi</p>'
    page = PLAIN.replace("</body>", f"{noise}</body>")

    (html,) = tweb.parse(service(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(DOCUMENT, page)).documents
    (pdf,) = tweb.parse(
        service(ignore=(".counter", "/Tulostettu [0-9.]+/")),
        answer(DOCUMENT, paper("Avustukset Tulostettu 3.3.2026 Lopuksi")),
    ).documents

    assert "Lopuksi" in (html.text or "").splitlines()
    assert not {"Luettu", "Tulostettu"} & set((html.text or "").split())
    assert pdf.text == "Avustukset Lopuksi"
