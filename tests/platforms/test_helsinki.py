"""Helsinki: three phases under one address, one city's many organs, cases that several meetings share."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Form, Language, Phase, Request, Source
from aluevahti.platforms import helsinki
from factories import a_source
from meetingsites import (
    BOARD,
    GRANTS,
    HELSINKI_COMMITTEE,
    Meeting,
    helsinki_case,
    helsinki_list,
    helsinki_meeting,
    helsinki_path,
)
from snapshots import answer, keyed, titles

HOST = "https://paatokset.hel.fi"
LIST = Request(url=f"{HOST}/fi/ahjo_api/meetings", purpose="list", accept="application/json")
COMMITTEE = replace(BOARD, organ=HELSINKI_COMMITTEE)
KEY = "u000000vh12026118"
MEETING = Request(url=HOST + helsinki_path(COMMITTEE), purpose="meeting", key=KEY)
CASE = Request(url=f"{HOST}/fi/asia/hel-2026-000032", purpose="case", key=f"{KEY}/hel-2026-000032")


def site(url: str = f"{HOST}/fi", **fields: object) -> Source:
    return a_source(platform="helsinki", region="helsinki", url=url, **fields)


def listing_of(*meetings: tuple[Meeting, str], source: Source | None = None) -> list[str]:
    return titles(
        helsinki.parse(source or site(), answer(LIST, helsinki_list(meetings), media_type="application/json"))
    )


# --- where it begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        (f"{HOST}/fi", f"{HOST}/fi/ahjo_api/meetings"),
        (f"{HOST}/", f"{HOST}/fi/ahjo_api/meetings"),
        (f"{HOST}/sv/beslutsfattare", f"{HOST}/sv/ahjo_api/meetings"),
        (f"{HOST}/fi/ahjo_api/meetings?policymaker=u1", f"{HOST}/fi/ahjo_api/meetings?policymaker=u1"),
    ],
)
def test_a_check_asks_for_the_whole_list_because_a_period_is_forbidden(pasted: str, asked: str) -> None:
    (request,) = helsinki.start(site(pasted))

    assert request.url == asked
    assert "from=" not in request.url


def test_a_server_that_insists_on_a_period_gets_one() -> None:
    (request,) = helsinki.fallback(site(), LIST)

    assert request.url == f"{HOST}/fi/ahjo_api/meetings?from={{from}}&to={{to}}"
    assert helsinki.fallback(site(), request) == ()
    assert helsinki.fallback(site(), MEETING) == ()


# --- the list ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "meant", "kind"),
    [
        ("agenda", Phase.AGENDA, "Esityslista"),
        ("decision", Phase.DECISION_ANNOUNCEMENT, "Päätöstiedote"),
        ("minutes", Phase.MINUTES, "Pöytäkirja"),
    ],
)
def test_a_meeting_keeps_key_and_address_through_its_three_phases(phase: str, meant: Phase, kind: str) -> None:
    listing = helsinki.parse(site(), answer(LIST, helsinki_list([(COMMITTEE, phase)])))

    (document,) = listing.documents
    assert (document.key, document.phase) == (KEY, meant)
    assert document.title == f"{HELSINKI_COMMITTEE} 2.3.2026 {kind}"
    assert document.url == MEETING.url
    assert document.detail == MEETING


@pytest.mark.parametrize(
    ("organ", "is_read"),
    [
        (HELSINKI_COMMITTEE, True),
        ("Kaupunginhallitus", True),
        ("Helsingin kaupunginhallitus", True),
        ("Kaupunginhallituksen konsernijaosto", True),
        ("Kaupunginvaltuusto", True),
        ("Stadsstyrelsen", True),
        ("Social-, hälsovårds- och räddningsnämnden", True),
        ("Kasvatus- ja koulutuslautakunta", False),
        ("Sosiaali-, terveys- ja pelastuslautakunnan jaosto", False),
        ("Kaupunkiympäristölautakunta", False),
    ],
)
def test_without_a_filter_only_the_organs_that_matter_are_read(organ: str, is_read: bool) -> None:
    assert bool(listing_of((replace(BOARD, organ=organ), "agenda"))) is is_read


def test_a_filter_stands_in_the_place_of_the_usual_organs() -> None:
    culture = replace(BOARD, organ="Kulttuuri- ja vapaa-aikalautakunta")
    source = site(organs=("kulttuuri- ja vapaa-aikalautakunta",))

    assert listing_of((culture, "agenda"), (COMMITTEE, "agenda"), source=source) == [
        "Kulttuuri- ja vapaa-aikalautakunta 2.3.2026 Esityslista"
    ]


def test_a_meeting_without_papers_is_a_calendar_entry_not_an_unread_row() -> None:
    listing = helsinki.parse(
        site(), answer(LIST, helsinki_list([(COMMITTEE, ""), (replace(COMMITTEE, number=7), "agenda")]))
    )

    assert (len(listing.documents), listing.unread) == (1, 0)


def test_papers_without_an_address_are_unread() -> None:
    body = helsinki_list([(COMMITTEE, "agenda")]).replace("motions_list_link", "renamed_link")

    listing = helsinki.parse(site(), answer(LIST, body))

    assert (listing.documents, listing.unread) == ((), 1)


def test_a_cancelled_meeting_is_known_again_by_its_organ_and_date() -> None:
    called = helsinki.parse(site(), answer(LIST, helsinki_list([(COMMITTEE, "agenda")]))).documents[0]
    cancelled = helsinki.parse(site(), answer(LIST, helsinki_list([(COMMITTEE, "cancelled")]))).documents[0]

    assert (cancelled.phase, cancelled.detail) == (Phase.CANCELLED, None)
    assert cancelled.title == f"{HELSINKI_COMMITTEE} 2.3.2026 Peruttu"
    assert cancelled.key in called.aliases
    assert cancelled.url != called.url


def test_an_empty_list_may_come_as_php_writes_it() -> None:
    assert helsinki.parse(site(), answer(LIST, '{"data": []}')).documents == ()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('{"errors": "Bad date"}', LayoutChanged),
        ('{"data": [1]}', LayoutChanged),
        ("[]", LayoutChanged),
        ("null", LayoutChanged),
        ("<html></html>", ParseError),
        ("", ParseError),
        (helsinki_list([(COMMITTEE, "agenda")])[:-5], ParseError),
        ("[" * 100_000, ParseError),
    ],
)
def test_what_is_no_list_is_refused(body: str, error: type[ParseError]) -> None:
    with pytest.raises(error):
        helsinki.parse(site(), answer(LIST, body))


def test_a_list_with_broken_letters_is_refused() -> None:
    body = json.dumps({"data": {"2026-03-02": [], "Pöytäkirja äänestyksestä": []}}, ensure_ascii=False)
    broken = body.encode().decode("windows-1252")

    with pytest.raises(ParseError, match="letters"):
        helsinki.parse(site(), answer(LIST, broken, media_type="application/json"))


def test_entries_of_another_shape_are_counted() -> None:
    body = json.dumps({"data": {"2026-03-02": [1, {"policymaker_name": ""}], "2026-03-03": "x"}})

    assert helsinki.parse(site(), answer(LIST, body)).unread == 3


def test_a_date_that_is_none_makes_the_row_unread() -> None:
    body = helsinki_list([(COMMITTEE, "agenda")]).replace('"2026-03-02"', '"huomenna"')

    assert helsinki.parse(site(), answer(LIST, body)).unread == 1


# --- a meeting -----------------------------------------------------------------------------------


def test_a_meetings_page_gives_its_items_and_when_it_was_published() -> None:
    listing = helsinki.parse(site(), answer(MEETING, helsinki_meeting(COMMITTEE, "Esityslista")))

    meeting, opening, grants = listing.documents
    assert (meeting.title, meeting.published_on) == (f"{HELSINKI_COMMITTEE} 2.3.2026 Esityslista", dt.date(2026, 2, 26))
    assert (opening.section, grants.section) == (1, 2)
    assert (grants.key, grants.case_number) == (f"{KEY}/hel-2026-000032", "HEL 2026-000032")
    assert grants.detail == CASE
    assert [file.title for file in meeting.files] == ["Lataa"]


def test_a_decision_announcement_is_part_of_the_meetings_text() -> None:
    page = helsinki_meeting(COMMITTEE, "Päätöstiedote", notice="Lautakunta myönsi järjestöavustukset.")

    meeting = helsinki.parse(site(), answer(MEETING, page)).documents[0]

    assert meeting.phase is Phase.DECISION_ANNOUNCEMENT
    assert "Lautakunta myönsi järjestöavustukset." in (meeting.text or "").splitlines()


def test_after_the_meeting_an_items_section_is_left_to_its_own_page() -> None:
    grants = helsinki.parse(site(), answer(MEETING, helsinki_meeting(COMMITTEE.decided(), "Pöytäkirja"))).documents[2]

    assert (grants.phase, grants.section) == (Phase.MINUTES, None)


def test_a_case_that_stands_twice_on_an_agenda_is_two_items() -> None:
    twice = replace(COMMITTEE, items=(GRANTS, replace(GRANTS, order=3, title="Avustusten jako")))

    listing = helsinki.parse(site(), answer(MEETING, helsinki_meeting(twice, "Esityslista")))

    assert list(keyed(listing)) == [KEY, f"{KEY}/hel-2026-000032", f"{KEY}/hel-2026-000032/3"]


def test_an_item_without_a_case_is_known_by_its_title() -> None:
    page = helsinki_meeting(COMMITTEE, "Esityslista").replace('<a href="/fi/asia/hel-2026-000031">', "<a>")

    opening = helsinki.parse(site(), answer(MEETING, page)).documents[1]

    assert (opening.key, opening.detail) == (f"{KEY}/kokouksen avaus", None)


def test_motion_and_decision_of_one_case_are_one_item() -> None:
    page = helsinki_meeting(COMMITTEE, "Esityslista")
    decided = helsinki_meeting(COMMITTEE.decided(), "Pöytäkirja").replace(
        "hel-2026-000032", "hel-2026-000032/8009990f-8fc2"
    )

    motion, decision = (helsinki.parse(site(), answer(MEETING, text)).documents[2] for text in (page, decided))

    assert motion.key == decision.key
    assert decision.aliases == (f"{HOST}/fi/asia/hel-2026-000032/8009990f-8fc2",)


def test_a_meeting_without_its_container_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged):
        helsinki.parse(
            site(), answer(MEETING, helsinki_meeting(COMMITTEE, "Esityslista").replace("minutes-container", "x"))
        )


# --- a case --------------------------------------------------------------------------------------


def test_a_motion_is_no_decision_yet() -> None:
    (motion,) = helsinki.parse(site(), answer(CASE, helsinki_case(COMMITTEE, GRANTS))).documents

    assert (motion.key, motion.phase, motion.section) == (CASE.key, Phase.AGENDA, None)
    assert motion.title == GRANTS.title


def test_a_decision_has_its_section_and_its_text() -> None:
    decided = COMMITTEE.decided()

    (decision,) = helsinki.parse(site(), answer(CASE, helsinki_case(decided, decided.items[1]))).documents

    assert (decision.phase, decision.section, decision.case_number) == (None, 32, "HEL 2026-000032")
    assert "Päätösehdotus hyväksyttiin." in (decision.text or "").splitlines()


def test_a_case_without_known_parts_is_read_from_the_pages_main_part() -> None:
    page = "<html><body><nav>Valikko</nav><main><h1>Avustukset</h1><p>HEL 2026-000032</p><p>Lautakunta myönsi avustukset.</p></main></body></html>"

    (case,) = helsinki.parse(site(), answer(CASE, page)).documents

    assert (case.title, case.text) == ("Avustukset", "Avustukset\nHEL 2026-000032\nLautakunta myönsi avustukset.")


@pytest.mark.parametrize(
    "body", ["", "<html><body><main></main></body></html>", helsinki_case(COMMITTEE, GRANTS)[:900]]
)
def test_what_is_no_case_is_refused(body: str) -> None:
    with pytest.raises(ParseError):
        helsinki.parse(site(), answer(CASE, body))


def test_the_swedish_list_gives_swedish_titles() -> None:
    request = Request(url=f"{HOST}/sv/ahjo_api/meetings", purpose="list")
    body = helsinki_list([(replace(COMMITTEE, organ="Stadsstyrelsen"), "minutes")])

    (document,) = helsinki.parse(site(f"{HOST}/sv"), answer(request, body)).documents

    assert (document.title, document.lang) == ("Stadsstyrelsen 2.3.2026 Protokoll", Language.SV)


def test_a_pdf_in_the_place_of_a_page_is_refused() -> None:
    with pytest.raises(ParseError, match="PDF"):
        helsinki.parse(site(), answer(CASE, b"%PDF-1.7"))


def test_a_meeting_without_a_name_is_a_changed_layout() -> None:
    page = helsinki_meeting(COMMITTEE, "Esityslista").replace(
        f"{COMMITTEE.organ} 4/2026</span></h1>", "4/2026</span></h1>"
    )

    with pytest.raises(LayoutChanged):
        helsinki.parse(site(), answer(MEETING, page.replace(">Esityslista<", "><")))


def test_a_row_that_stands_twice_in_every_way_is_one_item() -> None:
    page = helsinki_meeting(replace(COMMITTEE, items=(GRANTS, GRANTS, GRANTS)), "Esityslista")

    keys = [one.key for one in helsinki.parse(site(), answer(MEETING, page)).documents if one.form is Form.ITEM]

    assert len(keys) == len(set(keys)) == 2


def test_a_link_that_is_no_address_leaves_the_item_without_a_page() -> None:
    page = helsinki_meeting(COMMITTEE, "Esityslista").replace('href="/fi/asia/hel-2026-000032"', 'href="http://[esim"')

    items = [one for one in helsinki.parse(site(), answer(MEETING, page)).documents if one.form is Form.ITEM]

    assert [one.detail is None for one in items] == [False, True]


def test_what_the_operator_ignores_is_no_part_of_a_meeting_or_a_case() -> None:
    noise = '<p class="counter">Luettu 12 kertaa</p><p>Tulostettu 3.3.2026 Lopuksi</p>'
    meeting_page = helsinki_meeting(COMMITTEE, "Päätöstiedote", notice=noise)
    case_page = helsinki_case(COMMITTEE, GRANTS).replace(
        "Esittelijän perustelut</h3>", f"Esittelijän perustelut</h3>{noise}"
    )

    meeting = helsinki.parse(
        site(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(MEETING, meeting_page)
    ).documents[0]
    (case,) = helsinki.parse(site(ignore=(".counter", "/Tulostettu [0-9.]+/")), answer(CASE, case_page)).documents

    for document in (meeting, case):
        assert "Lopuksi" in (document.text or "").splitlines()
        assert not {"Luettu", "Tulostettu"} & set((document.text or "").split())
