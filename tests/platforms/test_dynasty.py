"""Dynasty 10: the table and the feed, a meeting's two lives under one address, and the session mix-up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aluevahti.errors import LayoutChanged, ParseError, WrongPage
from aluevahti.model import Form, Language, Phase, Request, Source
from aluevahti.platforms import dynasty
from factories import a_source
from meetingsites import (
    BOARD,
    COUNCIL,
    GRANTS,
    OPENING,
    Meeting,
    dynasty_feed,
    dynasty_item,
    dynasty_meeting,
    dynasty_table,
)
from snapshots import answer, keyed, titles

BASE = "https://esim.oncloudos.com/VateJulk/cgi/DREQUEST.PHP"
TABLE = Request(url=f"{BASE}?page=meeting_handlers&id=", purpose="organs")
FEED = Request(url=f"{BASE}?page=rss/meetingitems&show=200", purpose="feed")
MEETING = Request(url=f"{BASE}?page=meeting&id=2026118", purpose="meeting", key="2026118")
ITEM = Request(url=f"{BASE}?page=meetingitem&id=2026118-2", purpose="item", key="2026118-2")
EXTRA = Meeting("Aluehallitus", dt.date(2026, 2, 28), 121, (replace(GRANTS, order=1),))


def service(url: str = TABLE.url, **fields: object) -> Source:
    return a_source(platform="dynasty", url=url, **fields)


# --- where it begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "table"),
    [
        (f"{BASE}?page=meeting_handlers&id=", f"{BASE}?page=meeting_handlers&id="),
        (f"{BASE}?page=meeting_frames", f"{BASE}?page=meeting_frames"),
        (BASE, f"{BASE}?page=meeting_handlers&id="),
        ("https://esim.oncloudos.com/VateJulk/", f"{BASE}?page=meeting_handlers&id="),
    ],
)
def test_a_check_begins_with_the_table_of_organs_and_the_feed(pasted: str, table: str) -> None:
    assert dynasty.start(service(pasted)) == (Request(url=table, purpose="organs"), FEED)


def test_a_page_that_is_no_site_is_asked_for_alone() -> None:
    url = f"{BASE}?page=meetings&id=160"

    assert dynasty.start(service(url)) == (Request(url=url, purpose="list"),)


def test_frames_stand_in_for_the_table_and_the_other_way_round() -> None:
    frames = Request(url=f"{BASE}?page=meeting_frames", purpose="organs")

    assert dynasty.fallback(service(), TABLE) == (frames,)
    assert dynasty.fallback(service(), frames) == ()
    assert dynasty.fallback(service(frames.url), frames) == (TABLE,)


def test_a_service_without_a_feed_is_watched_by_its_table() -> None:
    assert dynasty.fallback(service(), FEED) == (TABLE,)


# --- the table of organs -------------------------------------------------------------------------


def test_the_table_is_read_in_latin_1_and_with_its_rows_left_open() -> None:
    listing = dynasty.parse(service(), answer(TABLE, dynasty_table([BOARD, COUNCIL]), charset="iso-8859-1"))

    assert titles(listing) == ["Aluevaltuusto 23.2.2026 Pöytäkirja", "Aluehallitus 2.3.2026 Esityslista"]
    assert [document.phase for document in listing.documents] == [Phase.MINUTES, Phase.AGENDA]
    assert [document.key for document in listing.documents] == ["202697", "2026118"]
    assert (listing.complete, listing.unread) == (False, 0)


def test_the_charset_may_stand_in_the_page_alone() -> None:
    page = answer(TABLE, dynasty_table([BOARD, COUNCIL]), charset="iso-8859-1", says_charset=False)

    assert "Aluevaltuusto 23.2.2026 Pöytäkirja" in titles(dynasty.parse(service(), page))


def test_addresses_have_page_and_id_in_one_order_and_nothing_else() -> None:
    page = dynasty_table([BOARD]).replace("?page=meeting&id=2026118", "?id=2026118&page=meeting&_gl=1*x&tzo=-120")

    (document,) = dynasty.parse(service(), answer(TABLE, page)).documents

    assert document.url == f"{BASE}?page=meeting&id=2026118"


def test_a_site_where_no_organ_has_met_says_so_itself() -> None:
    assert dynasty.parse(service(), answer(TABLE, dynasty_table([]))).documents == ()


def test_a_table_without_rows_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged):
        dynasty.parse(service(), answer(TABLE, dynasty_table([], empty=())))


def test_a_row_whose_link_is_an_icon_is_known_by_the_icon() -> None:
    page = dynasty_table([BOARD, COUNCIL]).replace(">Pöytäkirja</a>", "></a>").replace(">Esityslista</a>", "></a>")
    page = page.replace('<td class="protocol"><img src="../icon_doc1.png">', '<td><img src="../icon_doc1.png">')

    listing = dynasty.parse(service(), answer(TABLE, page))

    assert [document.phase for document in listing.documents] == [Phase.MINUTES, Phase.AGENDA]


def test_a_row_without_a_date_is_counted_not_dropped() -> None:
    page = dynasty_table([BOARD, COUNCIL]).replace("02.03.2026", "")

    listing = dynasty.parse(service(), answer(TABLE, page))

    assert (len(listing.documents), listing.unread) == (1, 1)


def test_a_swedish_organ_has_swedish_papers() -> None:
    page = dynasty_table([replace(BOARD, organ="Välfärdsområdesstyrelsen")]).replace(
        "Esityslista", "Föredragningslista"
    )

    (document,) = dynasty.parse(service(), answer(TABLE, page)).documents

    assert (document.title, document.lang) == ("Välfärdsområdesstyrelsen 2.3.2026 Föredragningslista", Language.SV)


def test_organs_are_filtered_by_words_of_their_names() -> None:
    page = dynasty_table([replace(BOARD, organ="Keski-Pohjanmaan aluehallitus"), COUNCIL])

    listing = dynasty.parse(service(organs=("aluehallitus",)), answer(TABLE, page))

    assert [document.organ for document in listing.documents] == ["Keski-Pohjanmaan aluehallitus"]


def test_one_organs_page_lists_all_its_meetings() -> None:
    page = """<html><body><h1>Kokoukset</h1><ul><li><a href="?page=meetings&id=160">Aluehallitus</a></li></ul>
<table><tr><td><a href="?page=meeting&id=2026118">Esityslista</a></td><td>02.03.2026</td></tr>
<tr><td><a href="?page=meeting&id=2026101">Pöytäkirja</a></td><td>16.02.2026</td></tr></table></body></html>"""
    request = Request(url=f"{BASE}?page=meetings&id=160", purpose="list")

    listing = dynasty.parse(service(request.url), answer(request, page))

    assert listing.complete
    assert titles(listing) == ["Aluehallitus 2.3.2026 Esityslista", "Aluehallitus 16.2.2026 Pöytäkirja"]


# --- the feed ------------------------------------------------------------------------------------


def test_the_feed_shows_a_meeting_to_come_that_the_table_hides() -> None:
    table = dynasty.parse(service(), answer(TABLE, dynasty_table([BOARD, EXTRA])))
    feed = dynasty.parse(service(), answer(FEED, dynasty_feed([BOARD, EXTRA]), charset="iso-8859-1"))

    assert "2026121" not in keyed(table)
    assert keyed(feed)["2026121"].title == "Aluehallitus 28.2.2026 Esityslista"
    assert keyed(feed)["2026121"].detail == Request(
        url=f"{BASE}?page=meeting&id=2026121", purpose="meeting", key="2026121"
    )


def test_of_a_meeting_that_was_held_the_feed_cannot_tell_agenda_from_minutes_and_says_nothing() -> None:
    assert dynasty.parse(service(), answer(FEED, dynasty_feed([COUNCIL]))).documents == ()


def test_the_day_is_helsinkis() -> None:
    late = dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC)  # 0.30 on 2.3. in Helsinki

    assert dynasty.parse(service(), answer(FEED, dynasty_feed([BOARD]), fetched_at=late)).documents == ()


def test_an_item_added_to_an_agenda_changes_its_revision_and_a_new_order_does_not() -> None:
    more = BOARD.with_item(replace(GRANTS, order=3, title="Lisäpykälä"))
    turned = replace(BOARD, items=tuple(reversed(BOARD.items)))

    before, added, moved = (
        dynasty.parse(service(), answer(FEED, dynasty_feed([meeting]))).documents[0].revision
        for meeting in (BOARD, more, turned)
    )

    assert before == moved
    assert before != added


def test_a_feed_that_is_as_long_as_it_may_be_does_not_speak_of_its_last_meeting() -> None:
    many = replace(BOARD, items=tuple(replace(GRANTS, order=n) for n in range(1, dynasty.FEED_LENGTH)))
    later = replace(BOARD, number=130, held_on=dt.date(2026, 3, 9), items=(OPENING,))

    assert set(keyed(dynasty.parse(service(), answer(FEED, dynasty_feed([later, many]))))) == {"2026130"}


def test_a_feed_that_is_a_source_of_its_own_is_read_item_by_item() -> None:
    meeting = replace(BOARD, items=(replace(GRANTS, title="Järjestöavustukset / toiminta-avustukset &ndash; 2026"),))
    request = Request(url=f"{BASE}?page=rss/meetingitems&show=30", purpose="list")

    (item,) = dynasty.parse(service(request.url), answer(request, dynasty_feed([meeting]))).documents

    assert (item.form, item.key, item.organ) == (Form.ITEM, "2026118-2", "Aluehallitus")
    assert item.title == "Järjestöavustukset / toiminta-avustukset – 2026"
    assert item.url == f"{BASE}?page=meetingitem&id=2026118-2"


def test_a_section_that_the_feed_names_is_the_items_section_not_its_title() -> None:
    meeting = replace(BOARD, items=(replace(GRANTS, title="§ 57 Järjestöavustukset"),))
    request = Request(url=f"{BASE}?page=rss/meetingitems&show=30", purpose="list")

    (item,) = dynasty.parse(service(request.url), answer(request, dynasty_feed([meeting]))).documents

    assert (item.section, item.title) == (57, "Järjestöavustukset")


def test_an_entry_that_cannot_be_read_is_counted() -> None:
    feed = dynasty_feed([BOARD]).replace("Aluehallitus 02.03.2026 / Kokouksen avaus", "Kokouksen avaus")

    assert dynasty.parse(service(), answer(FEED, feed)).unread == 1


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_half_a_feed_is_refused(kept: float) -> None:
    feed = dynasty_feed([BOARD, COUNCIL])

    with pytest.raises(ParseError):
        dynasty.parse(service(), answer(FEED, feed[: int(len(feed) * kept)]))


def test_an_entity_bomb_in_the_feed_expands_to_nothing() -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>&b;&c;</title><link>x</link></item></channel></rss>"
    )

    listing = dynasty.parse(service(), answer(FEED, bomb))

    assert (listing.documents, listing.unread) == ((), 1)


# --- a meeting -----------------------------------------------------------------------------------


def test_agenda_and_minutes_are_one_meeting_under_one_address() -> None:
    agenda = dynasty.parse(service(), answer(MEETING, dynasty_meeting(BOARD))).documents
    minutes = dynasty.parse(service(), answer(MEETING, dynasty_meeting(BOARD.decided(), "09.03.2026"))).documents

    assert [document.key for document in agenda] == [document.key for document in minutes]
    assert [document.phase for document in minutes] == [Phase.MINUTES] * 3
    assert (agenda[0].title, minutes[0].title) == (
        "Aluehallitus 2.3.2026 Esityslista",
        "Aluehallitus 2.3.2026 Pöytäkirja",
    )
    assert (agenda[0].published_on, minutes[0].published_on) == (dt.date(2026, 2, 25), dt.date(2026, 3, 9))
    assert (agenda[2].section, minutes[2].section) == (2, 32)


def test_a_meetings_text_is_its_heading_and_its_items() -> None:
    meeting = dynasty.parse(service(), answer(MEETING, dynasty_meeting(BOARD))).documents[0]

    assert (meeting.text or "").splitlines()[0].startswith("Aluehallitus Esityslista 02.03.2026")
    assert "Dynasty tietopalvelu" not in (meeting.text or "")
    assert [file.url for file in meeting.files] == ["https://esim.oncloudos.com/VateJulk/kokous/2026118.PDF"]


# --- an item -------------------------------------------------------------------------------------


def test_an_item_is_what_stands_between_the_data_marks() -> None:
    decided = BOARD.decided()

    (item,) = dynasty.parse(service(), answer(ITEM, dynasty_item(decided, decided.items[1]))).documents

    assert (item.text or "").splitlines() == [
        "Aluehallitus 02.03.2026 § 32",
        "412/02.05.01/2026",
        "Selostus",
        "Hakemuksia saapui 12.",
        "Päätösehdotus",
        "Myönnetään yhdistyksille toiminta-avustuksia yhteensä 40 000 euroa.",
        "Päätös",
        "Päätösehdotus hyväksyttiin.",
    ]
    assert (item.organ, item.meeting_on, item.section) == ("Aluehallitus", dt.date(2026, 3, 2), 32)
    assert (item.phase, item.case_number, item.meeting_key) == (Phase.MINUTES, "412/02.05.01/2026", "2026118")
    assert [file.title for file in item.files] == ["Kokousasia PDF-muodossa", "Liite 1 Huoneselostus"]


def test_class_names_of_another_version_make_no_difference() -> None:
    page = dynasty_item(BOARD, GRANTS)
    newer = page.replace(
        "<div class='data-part page-navigation'><table class='data-part-table'>", "<table class='tbl navigation'>"
    )
    newer = newer.replace("</tr></table></div>\n<table><caption>Liitteet", "</tr></table>\n<table><caption>Liitteet")

    assert dynasty.parse(service(), answer(ITEM, page)) == dynasty.parse(service(), answer(ITEM, newer))


def test_earlier_handlings_do_not_become_the_items_meeting() -> None:
    history = "<p>Hyvinvointilautakunta 10.02.2026 § 204</p><p>P&auml;&auml;t&ouml;s</p><p>Asia palautettiin.</p>"

    (item,) = dynasty.parse(service(), answer(ITEM, dynasty_item(BOARD, GRANTS, history))).documents

    assert (item.organ, item.meeting_on, item.section, item.phase) == (
        "Aluehallitus",
        dt.date(2026, 3, 2),
        2,
        Phase.AGENDA,
    )


def test_the_history_at_the_end_is_no_part_of_the_item() -> None:
    page = dynasty_item(BOARD, GRANTS).replace(
        "<!--DATAEND-->", "<h3>P&auml;&auml;t&ouml;shistoria</h3><p>Aluevaltuusto 1.1.2025</p><!--DATAEND-->"
    )

    (item,) = dynasty.parse(service(), answer(ITEM, page)).documents

    assert "Aluevaltuusto" not in (item.text or "")


def test_the_number_in_an_items_id_is_not_its_section() -> None:
    decided = replace(BOARD, items=(replace(GRANTS, order=5, section=198),)).decided()
    request = replace(ITEM, url=f"{BASE}?page=meetingitem&id=2026118-5", key="2026118-5")

    (item,) = dynasty.parse(service(), answer(request, dynasty_item(decided, decided.items[0]))).documents

    assert (item.key, item.section) == ("2026118-5", 198)


# --- the mix-up ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "page"),
    [
        (ITEM, dynasty_item(BOARD, replace(GRANTS, order=3))),
        (ITEM, dynasty_item(replace(BOARD, number=119), GRANTS)),
        (ITEM, dynasty_item(BOARD, replace(GRANTS, order=21))),
        (ITEM, dynasty_meeting(BOARD)),
        (MEETING, dynasty_meeting(replace(BOARD, number=119))),
        (MEETING, dynasty_meeting(replace(BOARD, number=1180))),
        (MEETING, dynasty_item(BOARD, GRANTS)),
        (TABLE, dynasty_item(BOARD, GRANTS)),
        (TABLE, dynasty_meeting(BOARD)),
        (FEED, dynasty_item(BOARD, GRANTS)),
    ],
    ids=[
        "the next item",
        "the same item of another meeting",
        "an item whose number begins alike",
        "the item's meeting",
        "another meeting",
        "a meeting whose number begins alike",
        "the meeting's item",
        "an item for the table",
        "a meeting for the table",
        "an item for the feed",
    ],
)
def test_a_page_that_is_not_the_one_asked_for_is_thrown_away(request_: Request, page: str) -> None:
    with pytest.raises(WrongPage):
        dynasty.parse(service(), answer(request_, page))


def test_the_printed_form_may_be_spelt_in_any_case() -> None:
    page = dynasty_item(BOARD, GRANTS).replace("/kokous/2026118-2.PDF", "/KOKOUS/2026118-2.pdf")

    assert len(dynasty.parse(service(), answer(ITEM, page)).documents) == 1


def test_an_item_without_a_printed_form_is_known_by_its_neighbours() -> None:
    page = dynasty_item(BOARD, GRANTS).replace("../kokous/", "../muu/")

    assert len(dynasty.parse(service(), answer(ITEM, page)).documents) == 1
    with pytest.raises(WrongPage):
        dynasty.parse(service(), answer(replace(ITEM, url=ITEM.url.replace("-2", "-4"), key="2026118-4"), page))


@pytest.mark.parametrize("request_", [TABLE, FEED, MEETING, ITEM], ids=["table", "feed", "meeting", "item"])
@pytest.mark.parametrize("body", ["", " \r\n ", "<html></html>"])
def test_a_nearly_empty_answer_is_a_failure_not_an_empty_site(request_: Request, body: str) -> None:
    with pytest.raises(ParseError):
        dynasty.parse(service(), answer(request_, body))


def test_an_item_cut_off_within_its_text_is_refused() -> None:
    page = dynasty_item(BOARD, GRANTS)

    with pytest.raises(ParseError, match="half"):
        dynasty.parse(service(), answer(ITEM, page[: page.index("40 000")]))


def test_a_maintenance_notice_is_no_mix_up() -> None:
    page = (
        "<html><body><h1>Huoltokatko</h1><p>Palvelu on tilapäisesti poissa käytöstä, yritä myöhemmin.</p></body></html>"
    )

    for request in (TABLE, MEETING, ITEM):
        with pytest.raises(ParseError, match="maintenance") as caught:
            dynasty.parse(service(), answer(request, page))
        assert not isinstance(caught.value, WrongPage | LayoutChanged)


def test_a_page_kind_that_nobody_knows_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged):
        dynasty.parse(service(), answer(f"{BASE}?page=calendar", dynasty_meeting(BOARD)))


# --- officials' decisions, watched as a source of their own ----------------------------------------


def test_a_list_of_officials_decisions_gives_each_decision() -> None:
    page = """<html><body><table><tr><th>Viranhaltija/Päätöspäivämäärä</th><th>Otsikko</th></tr>
<tr><td>Järjestökoordinaattori    18.02.2026</td><td><a href="?page=official_decision&id=2026374767">Viranhaltijapäätös 174/2026Kohdeavustus, Esimerkkiyhdistys ry</a></td></tr>
</table></body></html>"""
    request = Request(url=f"{BASE}?page=official_search&alo=1", purpose="list")

    (decision,) = dynasty.parse(service(request.url), answer(request, page)).documents

    assert (decision.form, decision.title) == (
        Form.DECISION,
        "Viranhaltijapäätös 174/2026 Kohdeavustus, Esimerkkiyhdistys ry",
    )
    assert decision.detail
    assert decision.detail.url == f"{BASE}?page=official_decision&id=2026374767"


def test_a_decisions_page_gives_its_text() -> None:
    page = """<html><body><h1>Viranhaltijapäätös 174/2026</h1><!--DATABEGIN--><p>412/02.05.01/2026</p>
<p>Myönnetään 1 500 euroa.</p><!--DATAEND--><div class='footer'>x</div></body></html>"""
    request = Request(url=f"{BASE}?page=official_decision&id=2026374767", purpose="decision", key="official/2026374767")

    (decision,) = dynasty.parse(service(), answer(request, page)).documents

    assert (decision.key, decision.case_number) == ("official/2026374767", "412/02.05.01/2026")
    assert "Myönnetään 1 500 euroa." in (decision.text or "")


def test_a_meeting_in_the_place_of_a_decision_is_thrown_away() -> None:
    request = Request(url=f"{BASE}?page=official_decision&id=2026374767", purpose="decision")

    with pytest.raises(WrongPage):
        dynasty.parse(service(), answer(request, dynasty_meeting(BOARD)))


def test_a_list_of_decisions_without_any_is_a_changed_layout_unless_it_says_so() -> None:
    request = Request(url=f"{BASE}?page=official_search&alo=1", purpose="list")
    page = "<html><body><table><tr><th>Viranhaltija/Päätöspäivämäärä</th></tr></table><p>{}</p></body></html>"

    assert dynasty.parse(service(), answer(request, page.format("Ei hakutuloksia"))).documents == ()
    with pytest.raises(LayoutChanged):
        dynasty.parse(service(), answer(request, page.format("")))


def test_a_decision_in_the_feed_of_decisions_is_listed() -> None:
    request = Request(url=f"{BASE}?page=rss/official_decisions&show=30", purpose="list")
    feed = (
        "<rss><channel><item><title>Viranhaltijapäätös 174/2026 Kohdeavustus</title>"
        f"<link>{BASE.replace('&', '&amp;')}?page=official_decision&amp;id=2026374767</link></item></channel></rss>"
    )

    (decision,) = dynasty.parse(service(request.url), answer(request, feed)).documents

    assert (decision.form, decision.title) == (Form.DECISION, "Viranhaltijapäätös 174/2026 Kohdeavustus")


def test_a_heading_with_a_day_that_does_not_exist_is_no_heading() -> None:
    with pytest.raises(ParseError):
        dynasty.parse(service(), answer(MEETING, dynasty_meeting(BOARD).replace("02.03.2026", "31.02.2026")))


def test_a_meetings_page_in_the_place_of_an_item_is_thrown_away_though_it_links_the_items_paper() -> None:
    page = dynasty_meeting(BOARD).replace("</table>", '</table><a href="../kokous/2026118-2.PDF">PDF</a>')

    with pytest.raises(WrongPage):
        dynasty.parse(service(), answer(ITEM, page))


def test_without_data_marks_an_item_is_what_follows_its_heading() -> None:
    page = dynasty_item(BOARD.decided(), BOARD.decided().items[1]).replace("DATABEGIN", "").replace("DATAEND", "")

    (item,) = dynasty.parse(service(), answer(ITEM, page)).documents

    assert "40 000" in (item.text or "")
    assert "RSS" not in (item.text or "")
    assert "10.4.0" not in (item.text or "")
    with pytest.raises(ParseError, match="half"):
        dynasty.parse(service(), answer(ITEM, page[: page.index("40 000")]))


def test_an_item_of_which_only_its_attachments_are_left_is_refused() -> None:
    page = dynasty_item(BOARD, GRANTS)
    start, end = page.index("<div class='data-part meetingitem'>"), page.index("<!--DATAEND-->")

    with pytest.raises(ParseError, match="empty"):
        dynasty.parse(service(), answer(ITEM, page[:start] + page[end:]))


def test_a_table_that_follows_text_is_taken_out_without_the_text_around_it() -> None:
    attachments = "<table><caption>Liitteet</caption><tr><td>Liite 1</td></tr></table>"
    page = dynasty_item(BOARD, GRANTS).replace(
        "<p>Selostus</p>", f"<p>Ennen</p>{attachments}Jälkeen<div>{attachments}Lopuksi</div>"
    )

    (item,) = dynasty.parse(service(), answer(ITEM, page)).documents

    assert {"Ennen", "Jälkeen", "Lopuksi"} <= set((item.text or "").splitlines())
    assert "Liite 1" not in (item.text or "")


@pytest.mark.parametrize(
    "link",
    [
        "http://[esim",
        "https://esim.fi:x/",
        "?page=meetingitem&amp;id=ä ö",
        "?page=meetingitem&amp;id=1&lt;title&gt;",
        "::",
    ],
)
def test_an_entry_whose_address_is_none_is_counted(link: str) -> None:
    entry = f"<item><title>Aluehallitus 02.03.2026 / Avustukset</title><link>{link}</link></item>"
    feed = dynasty_feed([BOARD]).replace("</channel>", f"{entry}</channel>")
    page = dynasty_table([BOARD]).replace("</body>", f'<a href="{link}">x</a></body>')

    assert dynasty.parse(service(), answer(FEED, feed)).unread == 1
    assert len(dynasty.parse(service(), answer(TABLE, page)).documents) == 1


@pytest.mark.parametrize("number", ["", "ä", "2026 118"])
def test_a_row_whose_link_has_no_id_is_counted(number: str) -> None:
    page = dynasty_table([BOARD, COUNCIL])
    page = page.replace("page=meeting&id=2026118", f"page=meeting&id={number}")

    listing = dynasty.parse(service(), answer(TABLE, page))

    assert (len(listing.documents), listing.unread) == (1, 1)


def test_what_the_operator_ignores_is_no_part_of_an_item_or_a_meeting() -> None:
    noise = '<p class="counter">Luettu 12 kertaa</p><p>Tulostettu 3.3.2026 Lopuksi</p>'
    item_page = dynasty_item(BOARD, GRANTS).replace("<p>Selostus</p>", f"{noise}<p>Selostus</p>")
    meeting_page = dynasty_meeting(BOARD).replace("</th></tr>", f"{noise}</th></tr>", 1)

    (item,) = dynasty.parse(service(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(ITEM, item_page)).documents
    meeting = dynasty.parse(
        service(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(MEETING, meeting_page)
    ).documents[0]

    for document in (item, meeting):
        assert "Lopuksi" in (document.text or "")
        assert not {"Luettu", "Tulostettu"} & set((document.text or "").split())


@pytest.mark.parametrize("asked", [MEETING, ITEM], ids=["meeting", "item"])
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(dynasty_table([BOARD, COUNCIL]), id="the table of organs"),
        pytest.param(
            "<html><body><p>Dynasty tietopalvelu</p><h1>Istunto on vanhentunut</h1><p>Palaa etusivulle.</p></body></html>",
            id="the notice of an ended session",
        ),
    ],
)
def test_a_page_without_any_mark_of_the_document_is_asked_for_again(asked: Request, page: str) -> None:
    with pytest.raises(WrongPage):
        dynasty.parse(service(), answer(asked, page))
