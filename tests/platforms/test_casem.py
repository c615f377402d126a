"""CaseM: which list shows what, what a page says of itself, and what must not fool it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Form, Language, Phase, Request, Source
from aluevahti.platforms import casem
from factories import a_source
from meetingsites import BOARD, COUNCIL, GRANTS, casem_frame, casem_front, casem_item, casem_meeting, casem_slug
from snapshots import answer, keyed, paper, titles

HOST = "https://esim.cloudnc.fi"
FRONT = Request(url=f"{HOST}/fi-FI", purpose="front")
ORGANS = Request(url=f"{HOST}/fi-FI/Toimielimet", purpose="organs")


def site(path: str = "/fi-FI/Toimielimet", **fields: object) -> Source:
    return a_source(platform="casem", url=HOST + path, **fields)


def meeting_request(purpose: str = "agenda") -> Request:
    return Request(url=f"{HOST}/fi-FI/Toimielimet/{casem_slug(BOARD)}", purpose=purpose, key=casem_slug(BOARD))


def item_request(purpose: str = "agenda-item") -> Request:
    url = f"{HOST}/fi-FI/Toimielimet/{casem_slug(BOARD)}/Jarjestoavustusten_myontaminen(11802)"
    return Request(url=url, purpose=purpose, key="11802")


# --- where it begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "asked", "purpose"),
    [
        (f"{HOST}/fi-FI/Toimielimet", f"{HOST}/fi-FI", "front"),
        (f"{HOST}/fi-FI", f"{HOST}/fi-FI", "front"),
        (f"{HOST}/", f"{HOST}/fi-FI", "front"),
        ("http://127.0.0.1:8123/alue/sv-FI/Organ", "http://127.0.0.1:8123/alue/sv-FI", "front"),
        (f"{HOST}/fi-FI/Toimielimet/Aluehallitus", f"{HOST}/fi-FI/Toimielimet/Aluehallitus", "organ"),
        (f"{HOST}/fi-FI/Kuulutukset", f"{HOST}/fi-FI/Kuulutukset", "notices"),
        (f"{HOST}/fi-FI/Viranhaltijat", f"{HOST}/fi-FI/Viranhaltijat", "officials"),
    ],
)
def test_a_check_begins_with_one_page(url: str, asked: str, purpose: str) -> None:
    assert (Request(url=asked, purpose=purpose),) == casem.start(a_source(platform="casem", url=url))


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (f"{HOST}/fi-FI/Toimielimet", f"{HOST}/fi-FI/Toimielimet"),
        (f"{HOST}/fi-FI", f"{HOST}/fi-FI/Toimielimet"),
        (f"{HOST}/sv-FI/Organ", f"{HOST}/sv-FI/Organ"),
        (f"{HOST}/sv-FI", f"{HOST}/sv-FI/Organ"),
    ],
)
def test_where_the_front_page_is_refused_the_page_of_organs_stands_in(url: str, other: str) -> None:
    source = a_source(platform="casem", url=url)

    assert (Request(url=other, purpose="organs"),) == casem.fallback(source, casem.start(source)[0])
    assert casem.fallback(source, Request(url=other, purpose="organs")) == ()


# --- lists ---------------------------------------------------------------------------------------


def test_the_front_page_names_organ_date_and_kind_whatever_number_its_lists_have() -> None:
    listing = casem.parse(site(), answer(FRONT, casem_front([BOARD, COUNCIL])))

    assert titles(listing) == ["Aluevaltuusto 23.2.2026 Pöytäkirja", "Aluehallitus 2.3.2026 Esityslista"]
    assert [document.phase for document in listing.documents] == [None, Phase.AGENDA]
    assert [document.revision for document in listing.documents] == ["Pöytäkirja", "Esityslista"]
    assert [document.detail.purpose for document in listing.documents if document.detail] == ["minutes", "agenda"]
    assert not listing.complete
    assert listing.follow == ()


def test_whether_minutes_were_reviewed_is_left_to_their_page() -> None:
    (document,) = casem.parse(site(), answer(FRONT, casem_front([COUNCIL]))).documents

    assert document.phase is None


def test_a_meeting_on_both_lists_is_one_meeting_and_has_minutes() -> None:
    listing = casem.parse(site(), answer(FRONT, casem_front([BOARD, BOARD.decided()])))

    assert titles(listing) == ["Aluehallitus 2.3.2026 Pöytäkirja"]


def test_the_date_in_an_address_is_never_read() -> None:
    ambiguous = replace(BOARD, held_on=dt.date(2026, 1, 21))
    page = casem_front([ambiguous])

    (document,) = casem.parse(site(), answer(FRONT, page)).documents

    assert document.key == "Aluehallitus/Kokous_2112026"
    assert dt.date(2026, 1, 21) == document.meeting_on


def test_two_meetings_on_one_day_differ_by_the_letter_in_their_address() -> None:
    page = casem_front([BOARD]).replace(
        '</ul></div></div></div><div id="Content_ctl02',
        "<li><a href='/fi-FI/Toimielimet/Aluehallitus/Kokous_232026b'>Aluehallitus - Ylimääräinen kokous 2.3.2026 Esityslista</a></li>"
        '</ul></div></div></div><div id="Content_ctl02',
    )

    listing = casem.parse(site(), answer(FRONT, page))

    assert {"Aluehallitus/Kokous_232026", "Aluehallitus/Kokous_232026b"} == set(keyed(listing))
    assert {"Aluehallitus"} == {document.organ for document in listing.documents}


def test_an_organ_whose_name_holds_a_hyphen_keeps_it() -> None:
    committee = replace(BOARD, organ="Kehittäminen ja yhteistyö -lautakunta")

    (document,) = casem.parse(site(), answer(FRONT, casem_front([committee]))).documents

    assert document.organ == "Kehittäminen ja yhteistyö -lautakunta"


def test_notices_and_decisions_stand_under_their_headings() -> None:
    notices = [("Talousarvio_nahtavilla(5501)", "Talousarvio nähtävillä")]
    page = casem_front([BOARD, COUNCIL], notices)

    notice = keyed(casem.parse(site(), answer(FRONT, page)))["5501"]

    assert (notice.form, notice.title) == (Form.NOTICE, "Talousarvio nähtävillä")
    assert notice.detail == Request(
        url=f"{HOST}/fi-FI/Kuulutukset/Talousarvio_nahtavilla(5501)", purpose="notice", key="5501"
    )


def test_only_wanted_organs_are_listed() -> None:
    listing = casem.parse(site(organs=("ALUEHALLITUS",)), answer(FRONT, casem_front([BOARD, COUNCIL])))

    assert titles(listing) == ["Aluehallitus 2.3.2026 Esityslista"]


def test_a_front_page_without_minutes_sends_on_to_the_page_of_organs() -> None:
    box = '<div id="Content_ctl01_ncContainer"><h2>Esityslistat</h2><ul><li>'
    page = casem_frame(
        f"{box}<a href='/fi-FI/Toimielimet/Aluehallitus/Kokous_232026'>Aluehallitus - Kokous 2.3.2026 Esityslista</a></li></ul></div>"
    )

    listing = casem.parse(site(), answer(FRONT, page))

    assert (Request(url=ORGANS.url, purpose="more"),) == listing.follow


def test_the_page_of_organs_beside_a_front_page_may_list_nothing() -> None:
    page = casem_frame("<ul><li><a href='/fi-FI/Toimielimet/Aluehallitus'>Aluehallitus</a></li></ul>")

    assert casem.parse(site(), answer(Request(url=ORGANS.url, purpose="more"), page)).documents == ()


def test_in_place_of_the_front_page_the_page_of_organs_leads_to_the_wanted_organs() -> None:
    page = casem_frame(
        "<ul><li><a href='/fi-FI/Toimielimet/Aluehallitus'>Aluehallitus</a></li>"
        "<li><a href='/fi-FI/Toimielimet/Tarkastuslautakunta'>Tarkastuslautakunta</a></li></ul>"
    )

    listing = casem.parse(site(organs=("Aluehallitus",)), answer(ORGANS, page))

    assert (Request(url=f"{HOST}/fi-FI/Toimielimet/Aluehallitus", purpose="organ"),) == listing.follow


ORGAN_PAGE = casem_frame(
    """<div id="ContentStart"><h1>Aluehallitus</h1><h2>2026</h2><ul>
<li><a href='/fi-FI/Toimielimet/Aluehallitus/Kokous_232026'>Kokous 2.3.2026</a> Esityslista</li>
<li><a href='/fi-FI/Toimielimet/Aluehallitus/Kokous_1622026'>16.2.2026 Pöytäkirja</a></li></ul>
<h2>2025</h2><ul><li><a href='/fi-FI/Toimielimet/Aluehallitus/Kokous_15122025'>Kokous 15.12.2025 Pöytäkirja</a></li></ul></div>"""
)


def test_an_organs_page_shows_all_its_meetings() -> None:
    request = Request(url=f"{HOST}/fi-FI/Toimielimet/Aluehallitus", purpose="organ")

    listing = casem.parse(site("/fi-FI/Toimielimet/Aluehallitus"), answer(request, ORGAN_PAGE))

    assert listing.complete
    assert titles(listing) == [
        "Aluehallitus 2.3.2026 Esityslista",
        "Aluehallitus 16.2.2026 Pöytäkirja",
        "Aluehallitus 15.12.2025 Pöytäkirja",
    ]


def test_an_organs_name_is_read_out_of_its_slug_where_nothing_prints_it() -> None:
    page = casem_frame(
        '<div id="ContentStart"><ul><li><a href="/fi-FI/Toimielimet/Hyvinvointi_ja_tyoumlllisyysjaosto/Kokous_232026">'
        "Kokous 2.3.2026 Esityslista</a></li></ul></div>"
    )
    request = Request(url=f"{HOST}/fi-FI/Toimielimet/Hyvinvointi_ja_tyoumlllisyysjaosto", purpose="organ")

    (document,) = casem.parse(site(), answer(request, page)).documents

    assert document.organ == "Hyvinvointi ja työllisyysjaosto"


def test_a_row_without_a_date_is_counted_and_makes_the_list_incomplete() -> None:
    page = ORGAN_PAGE.replace("16.2.2026 Pöytäkirja", "Pöytäkirja")
    request = Request(url=f"{HOST}/fi-FI/Toimielimet/Aluehallitus", purpose="organ")

    listing = casem.parse(site(), answer(request, page))

    assert (len(listing.documents), listing.unread, listing.complete) == (2, 1, False)


def test_an_organ_that_never_met_says_so() -> None:
    page = casem_frame('<div id="ContentStart"><h1>Yksilöjaosto</h1><p>Ei kokouksia.</p></div>')
    request = Request(url=f"{HOST}/fi-FI/Toimielimet/Yksiloumljaosto", purpose="organ")

    assert casem.parse(site(), answer(request, page)).documents == ()


# --- a meeting -----------------------------------------------------------------------------------


def test_a_meetings_page_gives_the_meeting_its_items_and_the_whole_document() -> None:
    listing = casem.parse(site(), answer(meeting_request("minutes"), casem_meeting(BOARD.decided())))

    meeting, opening, grants = listing.documents
    assert (meeting.title, meeting.phase) == ("Aluehallitus 2.3.2026 Pöytäkirja", Phase.MINUTES)
    assert "§ 32 Järjestöavustusten myöntäminen vuodelle 2026" in (meeting.text or "").splitlines()
    assert [file.title for file in meeting.files] == ["Pöytäkirja (pdf)"]
    assert [("Kokouksen avaus", 31), (GRANTS.title, 32)] == [
        (opening.title, opening.section),
        (grants.title, grants.section),
    ]
    assert (grants.key, grants.detail and grants.detail.purpose) == ("11802", "minutes-item")
    assert grants.meeting_key == meeting.key == casem_slug(BOARD)


def test_replacing_the_whole_document_makes_every_item_worth_reading_again() -> None:
    before = casem.parse(site(), answer(meeting_request(), casem_meeting(BOARD))).documents[1]
    after = casem.parse(site(), answer(meeting_request(), casem_meeting(replace(BOARD, edition=2)))).documents[1]

    assert before.key == after.key
    assert before.revision != after.revision


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("Pöytäkirja on tarkastettu", Phase.MINUTES),
        ("Protokollet är granskat", Phase.MINUTES),
        ("Pöytäkirjaa ei ole vielä tarkastettu", Phase.MINUTES_UNREVIEWED),
        ("Tarkastamaton pöytäkirja", Phase.MINUTES_UNREVIEWED),
        ("Protokollet är inte granskat", Phase.MINUTES_UNREVIEWED),
    ],
)
def test_the_status_line_says_whether_minutes_were_reviewed(line: str, phase: Phase) -> None:
    page = casem_meeting(BOARD.decided("unreviewed")).replace("</h1>", f"</h1><p>{line}</p>", 1)

    assert phase == casem.parse(site(), answer(meeting_request("minutes"), page)).documents[0].phase


@pytest.mark.parametrize(("purpose", "phase"), [("agenda", Phase.AGENDA), ("minutes", Phase.MINUTES_UNREVIEWED)])
def test_without_a_status_line_a_meeting_is_what_the_list_called_it(purpose: str, phase: Phase) -> None:
    page = casem_meeting(BOARD).replace("Esityslista (pdf)", "Lataa (pdf)")

    assert phase == casem.parse(site(), answer(meeting_request(purpose), page)).documents[0].phase


def test_a_meeting_that_no_list_named_is_known_by_its_whole_document() -> None:
    page = casem_meeting(BOARD.decided("unreviewed"))

    assert casem.parse(site(), answer(meeting_request("meeting"), page)).documents[0].phase == Phase.MINUTES_UNREVIEWED


def test_items_may_be_listed_by_their_other_address() -> None:
    page = casem_meeting(BOARD)
    page = page.replace(f"/fi-FI/Toimielimet/{casem_slug(BOARD)}/Kokouksen_avaus(11801)", "/fi-FI/content/501/14161")
    page = page.replace(
        f"/fi-FI/Toimielimet/{casem_slug(BOARD)}/Jarjestoavustusten_myontaminen_vuodelle_(11802)",
        "/fi-FI/content/502/14161",
    )

    documents = casem.parse(site(), answer(meeting_request(), page)).documents

    assert [document.key for document in documents[1:]] == ["content/501/14161", "content/502/14161"]


# --- an item -------------------------------------------------------------------------------------


def test_an_item_is_read_without_menu_banner_and_right_column() -> None:
    (item,) = casem.parse(
        site(), answer(item_request("minutes-item"), casem_item(BOARD.decided(), BOARD.decided().items[1]))
    ).documents

    assert (
        item.title,
        item.section,
        item.case_number,
    ) == ("Järjestöavustusten myöntäminen vuodelle 2026", 32, "ESIMDno-2026-32")
    assert ("Aluehallitus", dt.date(2026, 3, 2), Phase.MINUTES) == (item.organ, item.meeting_on, item.phase)
    text = item.text or ""
    assert text.startswith("Aluehallitus, kokous 2.3.2026\nPöytäkirja on tarkastettu\n§ 32 ")
    assert not {"Virka", "Palaute", "Kirjaamo", "Banneri"} & set(text.replace("\n", " ").split())
    assert [file.title for file in item.files] == ["Liite 1"]


def test_two_loads_of_one_item_give_the_same_document() -> None:
    first, second = (casem.parse(site(), answer(item_request(), casem_item(BOARD, GRANTS))) for _ in range(2))

    assert first == second


def test_the_meeting_date_comes_from_the_breadcrumb_not_from_an_earlier_handling() -> None:
    page = casem_item(BOARD, GRANTS).replace(
        "<h2>Valmistelija</h2>",
        "<h2>Aikaisempi käsittely</h2><p>Aluehallitus, kokous 12.1.2026</p><p>Päätös</p><p>Palautettiin.</p><h2>Valmistelija</h2>",
    )
    page = page.replace("<p>Aluehallitus, kokous 2.3.2026</p>", "")

    (item,) = casem.parse(site(), answer(item_request(), page)).documents

    assert (dt.date(2026, 3, 2), Phase.AGENDA) == (item.meeting_on, item.phase)


def test_a_decision_without_a_status_line_is_unreviewed() -> None:
    decided = BOARD.decided("unreviewed")

    (item,) = casem.parse(site(), answer(item_request(), casem_item(decided, decided.items[1]))).documents

    assert item.phase == Phase.MINUTES_UNREVIEWED


def test_a_page_under_content_takes_its_title_from_wherever_it_stands() -> None:
    page = casem_frame(
        '<h1>&sect; 278 Järjestöavustukset</h1><div id="ContentStart"><h2>Perustelut</h2><p>Hakemuksia saapui 80.</p></div>',
        "Aluehallitus > Kokous 30.1.2024 > Järjestöavustukset",
    )
    request = Request(url=f"{HOST}/fi-FI/content/10727/13090", purpose="item", key="content/10727/13090")

    (item,) = casem.parse(site(), answer(request, page)).documents

    assert ("Järjestöavustukset", 278, dt.date(2024, 1, 30)) == (item.title, item.section, item.meeting_on)


def test_a_redirect_between_the_two_addresses_of_an_item_gives_it_a_second_name() -> None:
    request = Request(url=f"{HOST}/fi-FI/content/502/23", purpose="item", key="content/502/23")

    (item,) = casem.parse(site(), answer(request, casem_item(BOARD, GRANTS), led_to=item_request().url)).documents

    assert (item.key, item.aliases) == ("content/502/23", ("11802",))


def test_a_swedish_item_is_read_in_swedish() -> None:
    page = casem_frame(
        """<div class="span6 center-content" id="ContentStart" role="main"><p>Områdesstyrelsen, möte 11-10-2022</p>
<p>Protokollet är granskat</p><h1>&sect; 21 Beviljande av organisationsunderstöd</h1><p>ESIMDno-2022-130</p>
<h2>Beskrivning</h2><p>Ansökningar kom 12.</p><h2>Beslutsförslag</h2><p>Understöd beviljas.</p>
<h2>Beslut</h2><p>Godkändes.</p></div>"""
    )
    url = f"{HOST}/sv-FI/Organ/Omraringdesstyrelsen/Mote_11102022/Beviljande_av_organisationsunderstod(5727)"

    (item,) = casem.parse(
        site("/sv-FI/Organ"), answer(Request(url=url, purpose="minutes-item", key="5727"), page)
    ).documents

    assert ("Områdesstyrelsen", dt.date(2022, 10, 11)) == (item.organ, item.meeting_on)
    assert (item.lang, item.phase, item.section) == (Language.SV, Phase.MINUTES, 21)
    assert item.title == "Beviljande av organisationsunderstöd"


def test_a_swedish_front_page_gives_swedish_titles() -> None:
    page = casem_frame(
        '<div id="Content_ctl00_ncContainer"><h2>Protokoll</h2><ul></ul></div>'
        '<div id="Content_ctl01_ncContainer"><h2>Föredragningslistor</h2><ul><li>'
        "<a href='/sv-FI/Organ/Omraringdesstyrelsen/Mote_13062023'>Områdesstyrelsen - Möte 13-06-2023 Föredragningslista</a></li></ul></div>"
    )

    (document,) = casem.parse(
        site("/sv-FI/Organ"), answer(Request(url=f"{HOST}/sv-FI", purpose="front"), page)
    ).documents

    assert document.title == "Områdesstyrelsen 13.6.2023 Föredragningslista"


def test_a_notices_own_page_is_a_notice() -> None:
    request = Request(url=f"{HOST}/fi-FI/Kuulutukset/Talousarvio_nahtavilla(5501)", purpose="notice", key="5501")
    page = casem_frame(
        '<div id="ContentStart"><h1>Talousarvio nähtävillä</h1><p>Talousarvio on nähtävillä 2.–16.3.2026.</p></div>'
    )

    (notice,) = casem.parse(site(), answer(request, page)).documents

    assert (notice.form, notice.phase) == (Form.NOTICE, None)


# --- what must not fool it -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "page"),
    [
        (FRONT, casem_front([BOARD, COUNCIL])),
        (meeting_request(), casem_meeting(BOARD)),
        (item_request(), casem_item(BOARD, GRANTS)),
    ],
    ids=["front", "meeting", "item"],
)
def test_half_a_page_is_refused(request_: Request, page: str) -> None:
    cut = page.index("ContentStart" if "ContentStart" in page else "Esityslistat") + 200

    with pytest.raises(ParseError):
        casem.parse(site(), answer(request_, page[:cut]))


def test_lists_that_are_empty_without_a_word_are_no_empty_list() -> None:
    with pytest.raises(LayoutChanged):
        casem.parse(site(), answer(FRONT, casem_front([])))


def test_a_maintenance_notice_is_not_taken_for_a_changed_layout() -> None:
    with pytest.raises(ParseError, match="maintenance") as caught:
        casem.parse(
            site(),
            answer(
                FRONT, "<html><body><h1>Huoltokatko</h1><p>Palvelu on tilapäisesti poissa käytöstä.</p></body></html>"
            ),
        )

    assert not isinstance(caught.value, LayoutChanged)


def test_being_led_from_a_meeting_to_the_front_page_is_no_meeting() -> None:
    with pytest.raises(ParseError, match="led to a list"):
        casem.parse(site(), answer(meeting_request(), casem_front([COUNCIL]), led_to=FRONT.url))


def test_letters_broken_at_the_source_are_refused() -> None:
    broken = "Järjestöt päättävät käytöstä.".encode().decode("latin-1")
    page = casem_item(BOARD, GRANTS).replace("Hakemuksia saapui 12.", broken)

    with pytest.raises(ParseError, match="broken"):
        casem.parse(site(), answer(item_request(), page))


def test_a_content_area_without_content_is_refused() -> None:
    with pytest.raises(ParseError):
        casem.parse(site(), answer(item_request(), casem_frame('<div id="ContentStart"></div>')))


def test_a_meetings_page_without_a_date_is_a_changed_layout() -> None:
    page = casem_frame('<div id="ContentStart"><h1>Hyvinvointialue</h1><p>Tervetuloa!</p></div>')

    with pytest.raises(LayoutChanged):
        casem.parse(site(), answer(meeting_request(), page))


# --- files and rows without a page of their own ------------------------------------------------------


@pytest.mark.parametrize("path", ["download/noname/%7B0a1b2c%7D/77", "download.aspx?ID=77&GUID=%7B0a1b2c%7D"])
def test_a_file_that_a_list_offers_is_read_from_its_pdf(path: str) -> None:
    page = casem_front([BOARD], notices=[("x", "Ilmoitus avustusten hausta")])
    page = page.replace("/fi-FI/Kuulutukset/x", f"/{path}".replace("&", "&amp;"))

    listed = casem.parse(site(), answer(FRONT, page)).documents[-1]

    assert (listed.title, listed.form) == ("Ilmoitus avustusten hausta", Form.NOTICE)
    assert listed.detail
    (read,) = casem.parse(site(), answer(listed.detail, paper("Avustushaku on auki."))).documents
    assert (read.key, read.text) == (listed.key, "Avustushaku on auki.")
    with pytest.raises(ParseError, match="something else"):
        casem.parse(site(), answer(listed.detail, casem_meeting(BOARD)))


def test_a_row_that_is_only_a_number_is_counted() -> None:
    page = casem_front([BOARD], notices=[("Avustushaku_2026(900)", "§ 5")])

    listing = casem.parse(site(), answer(FRONT, page))

    assert (len(listing.documents), listing.unread) == (1, 1)


def test_a_page_that_names_an_address_that_is_none_is_read_all_the_same() -> None:
    page = casem_item(BOARD, GRANTS).replace("</head>", '<link rel="canonical" href="http://[esim"></head>')
    page = page.replace("Selostus", '<a href="http://[esim">Selostus</a>')

    assert len(casem.parse(site(), answer(item_request(), page)).documents) == 1


def test_what_the_operator_ignores_is_no_part_of_an_item() -> None:
    noise = '<p class="counter">Luettu 12 kertaa</p><p>Tulostettu 3.3.2026 Lopuksi</p>'
    page = casem_item(BOARD, GRANTS).replace("</h1>", f"</h1>{noise}", 1)

    (item,) = casem.parse(site(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(item_request(), page)).documents
    (file,) = casem.parse(
        site(ignore=(".counter", "/Tulostettu [0-9.]+/")),
        answer(f"{HOST}/download/noname/x/1", paper("Haku alkaa. Tulostettu 3.3.2026")),
    ).documents

    assert "Lopuksi" in (item.text or "").splitlines()
    assert not {"Luettu", "Tulostettu"} & set((item.text or "").split())
    assert file.text == "Haku alkaa."


def test_a_list_box_may_name_itself_without_a_heading_element() -> None:
    front = casem_front([COUNCIL]).replace("<h2>", '<div class="otsikko">').replace("</h2>", "</div>")

    listing = casem.parse(site(), answer(FRONT, front))

    assert listing.follow == ()  # agendas have a list, though an empty one
    assert len(listing.documents) == 1


def test_a_query_behind_an_address_is_no_part_of_it() -> None:
    front = casem_front([BOARD]).replace(f"{casem_slug(BOARD)}'", f"{casem_slug(BOARD)}?istunto=ab12'")

    (listed,) = casem.parse(site(), answer(FRONT, front)).documents
    asked = replace(meeting_request(), url=f"{meeting_request().url}?istunto=ab12")

    assert listed.url == meeting_request().url
    assert len(casem.parse(site(), answer(asked, casem_meeting(BOARD))).documents) == 1 + len(BOARD.items)
