"""One listing through everything that makes other monitors cry wolf or fall silent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind, SourceState
from faultserver import Fault, Page, short_length
from world import World, kinds

CLOCK = count(1)

ITEMS = [
    ("aluehallitus-13-1", "Aluehallitus 13.1.2026 - pöytäkirja"),
    ("aluehallitus-27-1", "Aluehallitus 27.1.2026 - pöytäkirja"),
    ("aluevaltuusto-3-2", "Aluevaltuusto 3.2.2026 - pöytäkirja"),
    ("lautakunta-5-2", "Hyvinvointilautakunta 5.2.2026 - pöytäkirja"),
    ("aluehallitus-10-2", "Aluehallitus 10.2.2026 - pöytäkirja"),
    ("lautakunta-19-2", "Hyvinvointilautakunta 19.2.2026 - pöytäkirja"),
    ("aluehallitus-24-2", "Aluehallitus 24.2.2026 - pöytäkirja"),
]


def listing(items: list[tuple[str, str]], base: str = "/doc/", clock: int | None = None) -> str:
    rows = "\n".join(f'<li><a href="{base}{slug}">{title}</a></li>' for slug, title in items)
    moving = next(CLOCK) if clock is None else clock
    return f"""<!DOCTYPE html><html lang="fi"><head><title>Pöytäkirjat</title>
<meta name="csrf" content="{moving:032x}"></head><body><nav><ul><li><a href="/">Etusivu</a></li></ul></nav>
<main><h1>Pöytäkirjat</h1><ul class="docs">{rows}</ul></main>
<form><input type="hidden" name="__VIEWSTATE" value="{moving}"></form>
<footer>Sivu luotu 2.3.2026 klo 9.{moving % 60:02d}.{moving % 60:02d}. Kävijöitä {moving * 17}.</footer></body></html>"""


def page_of(title: str, text: str = "Merkittiin tiedoksi.") -> Page:
    return Page(
        f'<html lang="fi"><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>'
    )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as one:
        one.add("listing", "/poytakirjat", item="ul.docs li")
        for slug, title in ITEMS:
            one.site.pages[f"/doc/{slug}"] = page_of(title)
        one.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS))
        assert kinds(one.check()) == []
        yield one


def test_the_first_check_tells_nothing_and_the_second_one_neither(world: World) -> None:
    before = len(world.site.requests)

    assert kinds(world.check()) == []
    assert before + 1 == len(world.site.requests)


def test_a_new_order_tells_nothing(world: World) -> None:
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS[::-1]))

    assert kinds(world.check()) == []
    assert kinds(world.check()) == []


def test_one_new_row_is_one_new_document(world: World) -> None:
    more = [("aluehallitus-3-3", "Aluehallitus 3.3.2026 - esityslista"), *ITEMS]
    world.site.pages["/doc/aluehallitus-3-3"] = page_of("Aluehallitus 3.3.2026 - esityslista")
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(more))

    report = world.check()

    assert kinds(report) == [ChangeKind.DOCUMENT_NEW]
    assert report.changes[0].title == "Aluehallitus 3.3.2026 - esityslista"
    assert kinds(world.check()) == []


def test_a_respelt_title_is_one_revision(world: World) -> None:
    respelt = [
        (slug, title.replace("Hyvinvointilautakunta 5.2.2026", "Hyvinvointilautakunta, 5.2.2026"))
        for slug, title in ITEMS
    ]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(respelt))

    report = world.check()

    assert kinds(report) == [ChangeKind.DOCUMENT_REVISED]
    assert report.changes[0].before["title"] == "Hyvinvointilautakunta 5.2.2026 - pöytäkirja"
    assert report.changes[0].after["title"] == "Hyvinvointilautakunta, 5.2.2026 - pöytäkirja"
    assert kinds(world.check()) == []


def test_links_that_all_move_tell_nothing(world: World) -> None:
    for slug, title in ITEMS:
        world.site.pages[f"/uusi/{slug}"] = page_of(title)
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS, base="/uusi/"))

    assert kinds(world.check()) == []
    assert kinds(world.check()) == []


def test_three_server_errors_in_a_row_are_told_once_and_so_is_the_end(world: World) -> None:
    world.site.pages["/poytakirjat"] = Page("virhe", status=500)
    told = [kinds(world.check()) for _ in range(4)]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS))
    told.append(kinds(world.check()))

    assert told == [[], [], [ChangeKind.SOURCE_FAILING], [], [ChangeKind.SOURCE_RECOVERED]]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<html><body><main><h1>Huoltokatko</h1><p>Palvelu on tilapäisesti poissa.</p></main></body></html>",
            id="maintenance",
        ),
        pytest.param(listing([], clock=1), id="empty list"),
        pytest.param(listing(ITEMS[:2], clock=1), id="two of seven"),
        pytest.param(listing(ITEMS, clock=1)[:700], id="half a page"),
        pytest.param(listing(ITEMS, clock=1).replace("ö", "�").replace("ä", "�"), id="replacement characters"),
        pytest.param("<html><body></body></html>", id="bare page"),
    ],
)
def test_a_page_that_lost_its_list_is_the_sources_trouble_and_no_news(world: World, body: str) -> None:
    world.site.pages["/poytakirjat"] = Page(body)
    during = [kinds(world.check()) for _ in range(2)]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS))
    after = kinds(world.check())

    assert not {kind for one in during for kind in one} - {ChangeKind.SOURCE_SILENT}
    assert set(after) <= {ChangeKind.SOURCE_RECOVERED}
    assert (after == [ChangeKind.SOURCE_RECOVERED]) == any(during)


CALL = ("haku", "Järjestöavustukset haettavana")


def a_call_is_told(world: World, text: str = "Haku on avoinna 1.4.–30.4.2026 klo 16.00 asti.") -> None:
    world.site.pages["/doc/haku"] = page_of(CALL[1], text)
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing([CALL, *ITEMS]))
    assert set(kinds(world.check())) == {ChangeKind.DOCUMENT_NEW, ChangeKind.WINDOW_OPENED}


def test_a_site_that_answers_every_address_with_an_empty_list_revises_no_document(world: World) -> None:
    a_call_is_told(world)
    whole = dict(world.site.pages)
    world.site.pages.update({path: lambda seen: Page(listing([])) for path in whole})
    told = [kinds(world.check(dt.timedelta(days=1))) for _ in range(4)]
    world.site.pages.update(whole)
    told.append(kinds(world.check(dt.timedelta(days=1))))

    assert {kind for one in told for kind in one} == {ChangeKind.SOURCE_SILENT, ChangeKind.SOURCE_RECOVERED}


def test_a_document_that_changes_while_its_list_cannot_be_read_is_told_all_the_same(world: World) -> None:
    a_call_is_told(world)
    world.site.pages["/poytakirjat"] = Page(listing([]))
    world.site.pages["/doc/haku"] = page_of(CALL[1], "Hakuaikaa on jatkettu: haku on avoinna 8.5.2026 klo 16.00 asti.")

    told = kinds(world.check(dt.timedelta(days=1)))

    assert ChangeKind.WINDOW_CHANGED in told


def test_undeclared_latin_1_tells_nothing_and_leaves_no_replacement_character(world: World) -> None:
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS).encode("latin-1"), content_type="text/html")

    assert kinds(world.check()) == []
    assert not [one for one in world.store.documents() if "�" in one.document.title]


def test_a_document_counts_as_removed_only_after_several_complete_listings(world: World) -> None:
    fewer = [item for item in ITEMS if item[0] != "lautakunta-5-2"]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(fewer))
    told = [kinds(world.check(dt.timedelta(hours=3))) for _ in range(6)]

    assert [one for one in told if one] == [[ChangeKind.DOCUMENT_REMOVED]]
    assert told.index([ChangeKind.DOCUMENT_REMOVED]) >= 2


def test_a_document_that_comes_back_in_time_was_never_gone(world: World) -> None:
    fewer = [item for item in ITEMS if item[0] != "lautakunta-5-2"]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(fewer))
    told = [kinds(world.check())]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS))
    told += [kinds(world.check()) for _ in range(3)]

    assert told == [[], [], [], []]


def test_a_new_row_that_comes_while_the_site_is_down_is_told_when_it_is_back(world: World) -> None:
    world.site.pages["/poytakirjat"] = Page("", status=503)
    world.check()
    more = [("uusi", "Järjestöavustukset haettavana 1.4.–30.4.2026"), *ITEMS]
    world.site.pages["/doc/uusi"] = page_of(
        "Järjestöavustukset haettavana", "Haku on avoinna 1.4.–30.4.2026 klo 16.00 asti."
    )
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(more))

    assert {ChangeKind.DOCUMENT_NEW, ChangeKind.WINDOW_OPENED} == set(kinds(world.check()))


def test_a_new_page_that_fails_on_the_day_the_list_is_back_is_a_trouble_of_its_own(world: World) -> None:
    world.site.pages["/poytakirjat"] = Page("virhe", status=500)
    told = [kinds(world.check()) for _ in range(3)]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing([("uusi", "Kesätyöt"), *ITEMS]))
    world.site.pages["/doc/uusi"] = Page("virhe", status=500)
    told.append(kinds(world.check()))
    world.site.pages["/doc/uusi"] = page_of("Kesätyöt")
    told += [kinds(world.check()) for _ in range(2)]

    assert told[2:] == [[ChangeKind.SOURCE_FAILING], [ChangeKind.SOURCE_RECOVERED], [ChangeKind.DOCUMENT_NEW], []]


def test_a_new_page_that_goes_on_failing_is_told_by_its_title_in_the_end(world: World) -> None:
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing([("uusi", "Kesätyöt"), *ITEMS]))
    world.site.pages["/doc/uusi"] = Page("virhe", status=500)

    told = [sorted(kinds(world.check())) for _ in range(3)]

    assert told == [[], [], [ChangeKind.DOCUMENT_NEW, ChangeKind.SOURCE_FAILING]]


def test_a_listing_whose_every_response_is_noisy_costs_no_parse_and_no_snapshot(world: World) -> None:
    snapshots = len(list(world.store.snapshots("s1")))
    for _ in range(3):
        assert kinds(world.check()) == []

    assert snapshots == len(list(world.store.snapshots("s1")))
    assert SourceState.OK is world.store.health("s1").state


def test_a_selection_for_the_documents_pages_does_not_blind_the_look_at_the_list(world: World) -> None:
    world.sources[0] = replace(world.sources[0], select="h1")
    world.check()
    more = [("aluehallitus-3-3", "Aluehallitus 3.3.2026 - esityslista"), *ITEMS]
    world.site.pages["/doc/aluehallitus-3-3"] = page_of("Aluehallitus 3.3.2026 - esityslista")
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(more))

    assert kinds(world.check()) == [ChangeKind.DOCUMENT_NEW]


def test_a_list_of_the_newest_that_moves_on_for_months_is_never_taken_for_broken(world: World) -> None:
    more = '<a class="pager__next" href="/arkisto">Näytä lisää</a>'
    rows = [(f"uutinen-{n}", f"Uutinen numero {n}") for n in range(40)]
    for slug, title in rows:
        world.site.pages[f"/doc/{slug}"] = page_of(title)
    told = []
    for end in range(8, 41, 4):
        shown = [*reversed(rows[:end]), *ITEMS][:8]
        world.site.pages["/poytakirjat"] = Page(listing(shown).replace("</main>", f"{more}</main>"))
        told.append(kinds(world.check(dt.timedelta(days=1))))

    assert told == [[ChangeKind.DOCUMENT_NEW] * len(one) for one in told]
    assert sum(map(len, told)) == 40


def test_thousands_of_strangers_are_the_sources_trouble_until_they_stay(world: World) -> None:
    strangers = [(f"vieras-{number}", f"Vieras rivi {number}") for number in range(90)]
    for slug, title in strangers:
        world.site.pages[f"/doc/{slug}"] = page_of(title, "Järjestöavustusten haku on avoinna 1.4.–30.4.2026.")
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(strangers))
    first = world.check()
    kept_back = [kinds(first), kinds(world.check())]
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(ITEMS))
    after = kinds(world.check())

    assert kept_back == [[ChangeKind.SOURCE_SILENT], []]
    assert "90 entries, 0 of the 7" in str(first.changes[0].after)
    assert after == [ChangeKind.SOURCE_RECOVERED]


def test_a_list_of_strangers_that_stays_is_believed(world: World) -> None:
    others = [(f"uusi-{number}", f"Uuden sivuston asiakirja {number}") for number in range(60)]
    for slug, title in others:
        world.site.pages[f"/doc/{slug}"] = page_of(title)
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(others))
    told = [kinds(world.check()) for _ in range(4)]

    assert told[:2] == [[ChangeKind.SOURCE_SILENT], []]
    assert ChangeKind.SOURCE_RECOVERED in told[2]
    assert ChangeKind.DOCUMENT_REMOVED not in told[2]
    assert told[3] == []


def test_a_page_with_thousands_of_rows_is_the_sources_trouble_at_its_first_check_too(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/poytakirjat", item="ul.docs li")
        rows = [(f"rivi-{number}", f"Rivi {number}") for number in range(5001)]
        world.site.pages["/poytakirjat"] = lambda seen: Page(listing(rows))

        report = world.check()

        assert kinds(report) == [ChangeKind.SOURCE_SILENT]
        assert "5,001 entries" in str(report.sources[0].error)
        assert world.store.known_documents("s1") == ()


NEWS = "".join(
    f'<article class="teaser"><time datetime="2026-02-{day:02}">{day}.2.2026</time><h2><a href="/doc/u{day}">Uutinen {day}</a></h2></article>'
    for day in range(10, 18)
)


def news(rows: str) -> Page:
    return Page(f'<html lang="fi"><body><main><h1>Uutiset</h1>{rows}</main><footer>x</footer></body></html>')


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as one:
        one.add("listing", "/uutiset")
        for day in range(10, 18):
            one.site.pages[f"/doc/u{day}"] = page_of(f"Uutinen {day}")
        one.site.pages["/uutiset"] = lambda seen: news(NEWS)
        assert kinds(one.check()) == []
        yield one


def test_a_list_that_no_longer_shows_days_is_told_at_once_and_believed_when_it_stays(newsroom: World) -> None:
    undated = re.sub(r"<time.*?</time>", "<i>eilen</i>", NEWS)
    newsroom.site.pages["/uutiset"] = lambda seen: news(undated)
    told = [kinds(newsroom.check()) for _ in range(4)]

    assert told == [[ChangeKind.SOURCE_SILENT], [], [ChangeKind.SOURCE_RECOVERED], []]


def test_another_block_in_the_place_of_the_list_is_no_news(newsroom: World) -> None:
    menu = "".join(f"<li class='menu'><div><a href='/m{n}'>Palvelu numero {n}</a></div></li>" for n in range(8))
    newsroom.site.pages["/uutiset"] = lambda seen: news(f"<ul>{menu}</ul>")
    during = [kinds(newsroom.check()) for _ in range(2)]
    newsroom.site.pages["/uutiset"] = lambda seen: news(NEWS)

    assert during == [[ChangeKind.SOURCE_SILENT], []]
    assert kinds(newsroom.check()) == [ChangeKind.SOURCE_RECOVERED]


def test_a_rebuilt_list_with_what_it_had_is_no_trouble(newsroom: World) -> None:
    rebuilt = NEWS.replace("article", "section").replace("teaser", "card").replace("h2", "h3")
    newsroom.site.pages["/uutiset"] = lambda seen: news(rebuilt)

    assert kinds(newsroom.check()) == []


def test_rows_of_which_none_can_be_read_are_no_empty_list(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.add("mfiles", "/Kokoukset/esim")
        rows = "".join(
            f"<tr><th>Toimielin {n}</th></tr><tr><td>2.3.2026</td><td><a href='/Kokoukset/esim/{n}/9'>Esityslista</a></td></tr>"
            for n in range(2)
        )
        world.site.pages["/Kokoukset/esim"] = Page(f"<html><body><table>{rows}</table></body></html>")

        report = world.check()

        assert kinds(report) == [ChangeKind.SOURCE_SILENT]
        assert "none of the 2 rows of the list can be read" in str(report.sources[0].error)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("<html><body><main><h1>Avust", id="half a page"),
        pytest.param(
            "<html><body><p>\ufffd\ufffd\ufffd\ufffd j\ufffdrjest\ufffd</p></body></html>", id="broken letters"
        ),
        pytest.param(short_length("<html><body><main><p>Haku"), id="a connection that broke"),
    ],
)
def test_a_new_page_that_comes_broken_at_first_is_told_once_and_with_its_text(world: World, body: str | Fault) -> None:
    more = [("uusi", "Tiedote 2.3.2026"), *ITEMS]
    world.site.pages["/doc/uusi"] = body if isinstance(body, Fault) else Page(body)
    world.site.pages["/poytakirjat"] = lambda seen: Page(listing(more))
    broken = world.check()
    world.site.pages["/doc/uusi"] = page_of("Tiedote 2.3.2026", "Järjestöavustusten haku on avoinna 1.4.–30.4.2026.")
    whole = world.check()

    assert (kinds(broken), len(broken.failed)) == ([], 1)
    assert sorted(kinds(whole)) == [ChangeKind.DOCUMENT_NEW, ChangeKind.WINDOW_OPENED]
    assert kinds(world.check()) == []
