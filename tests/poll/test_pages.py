"""Standing pages, feeds and press releases through their days."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind, Json, SourceState
from aluevahti.poll import run_pass
from aluevahti.rules.status import REFUSED_FOR
from faultserver import Page, Seen
from world import World, kinds

DAY = dt.timedelta(days=1)
NOISE = count(1)
LINKS = ["Uimahalli avataan", "Kirjasto remontissa", "Rokotukset alkavat", "Avoimet ovet", "Tori siirtyy"]

CALL = (
    "Kainuun hyvinvointialueen järjestöavustukset ovat haettavana 2.3.–31.3.2026 klo 16.00 asti. "
    "Avustusta voivat hakea rekisteröidyt yhdistykset."
)
FILLER = "".join(
    f"<p>Avustuksen myöntämisen periaate numero {n} kertoo, millaista toimintaa tuetaan ja miten.</p>"
    for n in range(12)
)


def grant_page(call: str = CALL) -> Page:
    """A standing page with everything that moves by itself around and inside what counts."""
    turn = next(NOISE)
    return Page(
        f"""<!DOCTYPE html><html lang="fi"><head><title>Järjestöavustukset | Kainuu</title>
<meta name="csrf-token" content="{turn:040x}"></head><body class="js-view-dom-id-{turn:x}">
<nav><a href="/">Etusivu</a></nav><div class="notice-bar">Palvelukatko {turn}. päivä</div>
<main id="main"><h1>Järjestöavustukset</h1><p>{call}</p>{FILLER}
<p>Päivitetty 2.3.2026 klo {turn % 24}.{turn % 60:02d}</p><p>Sivua katsottu {turn * 7} kertaa</p>
<section><h2>Katso myös</h2><ul><li><a href="/u/{turn % 5}">{LINKS[turn % 5]}</a></li>
<li><a href="/u/{(turn * 3) % 5}">{LINKS[turn * 3 % 5]}</a></li></ul></section></main>
<form><input type="hidden" name="form_build_id" value="form-{turn:x}"></form>
<footer>Kello on nyt {turn % 24:02d}:{turn % 60:02d}:{turn * 7 % 60:02d}</footer></body></html>"""
    )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as one:
        yield one


def test_a_call_that_is_open_at_the_first_check_is_told_and_nothing_else(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset", select="main")

    assert kinds(world.check()) == [ChangeKind.WINDOW_OPENED]
    for _ in range(5):
        assert kinds(world.check()) == []


def test_the_regions_status_shows_the_window_with_its_evidence(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()

    value = world.store.status("kainuu")["grant_windows"]

    assert [(one["opens"], one["closes"], one["precision"]) for one in value.value] == [
        ("2026-03-02", "2026-03-31", "exact")
    ]
    assert "haettavana" in (value.evidence.quote or "")


def extend(world: World) -> None:
    extended = CALL.replace("31.3.2026", "15.4.2026").replace(
        "ovat haettavana", "ovat haettavana jatketulla hakuajalla"
    )
    world.site.pages["/avustukset"] = lambda seen: grant_page(extended)


def closings(value: Json) -> list[str]:
    return [one["closes"] for one in value]


def test_with_manual_review_the_regions_windows_wait_but_readers_hear_of_the_call(world: World) -> None:
    world.settings = replace(world.settings, manual_review=True)
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")

    assert kinds(world.check()) == [ChangeKind.WINDOW_OPENED]
    assert kinds(world.check()) == []

    assert "grant_windows" not in world.store.status("kainuu")
    (waiting,) = (one for one in world.store.proposals() if one.field == "grant_windows")
    assert closings(waiting.value.value) == ["2026-03-31"]
    assert waiting.value.evidence.url == world.site.url("/avustukset")


def test_only_the_latest_state_of_the_windows_waits_for_a_person(world: World) -> None:
    world.settings = replace(world.settings, manual_review=True)
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()
    (first,) = (one for one in world.store.proposals() if one.field == "grant_windows")
    extend(world)
    world.check()

    waiting = [closings(one.value.value) for one in world.store.proposals() if one.field == "grant_windows"]

    assert waiting == [["2026-04-15"]]
    passed = world.store.proposal(first.id)
    assert passed is not None
    assert (passed.accepted, passed.note) == (False, "superseded by a later proposal")


def test_windows_that_a_person_corrected_are_only_proposed_anew(world: World) -> None:
    world.settings = replace(world.settings, manual_review=True)
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()
    (first,) = (one for one in world.store.proposals() if one.field == "grant_windows")
    corrected = [{**one, "closes": "2026-04-01"} for one in first.value.value]
    world.store.decide_proposal(first.id, True, None, world.now, value=corrected)
    world.settings = replace(world.settings, manual_review=False)
    extend(world)

    assert ChangeKind.WINDOW_CHANGED in kinds(world.check())

    assert closings(world.store.status("kainuu")["grant_windows"].value) == ["2026-04-01"]
    waiting = [closings(one.value.value) for one in world.store.proposals() if one.field == "grant_windows"]
    assert waiting == [["2026-04-15"]]


def test_a_value_that_a_person_rejected_is_not_proposed_again_until_a_later_year(world: World) -> None:
    def of(text: str) -> Page:
        return grant_page(f"{CALL} Jaettavana on toiminta-avustuksiin 500 000 euroa.</p><p>{text}")

    world.site.pages["/avustukset"] = lambda seen: of("Hae ajoissa.")
    world.add("page", "/avustukset")
    world.check()
    (proposal,) = (one for one in world.store.proposals() if one.field == "grant_total_eur")
    world.store.decide_proposal(proposal.id, False, "not the whole sum", world.now)
    world.site.pages["/avustukset"] = lambda seen: of("Lue ohjeet ja hae ajoissa.")

    told = world.check(DAY).changes

    assert ChangeKind.STATUS_PROPOSED not in [one.kind for one in told]
    assert [one.field for one in world.store.proposals() if one.field == "grant_total_eur"] == []
    world.site.pages["/avustukset"] = lambda seen: of("Haku on vuosittainen.")
    world.check(REFUSED_FOR)
    assert [one.field for one in world.store.proposals() if one.field == "grant_total_eur"] == ["grant_total_eur"]


def test_noise_inside_the_page_is_never_news_even_without_a_selector(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()

    assert [kinds(world.check()) for _ in range(8)] == [[]] * 8


def test_a_random_tip_of_the_day_is_known_for_noise_by_a_second_look(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page(f"{CALL}</p><p>Päivän vinkki: {LINKS[next(NOISE) % 5]}")
    world.add("page", "/avustukset")
    world.check()

    assert [kinds(world.check()) for _ in range(8)] == [[]] * 8


def test_an_extended_call_is_one_window_change_and_one_revision(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()
    extend(world)

    report = world.check()

    assert sorted(kinds(report)) == [ChangeKind.DOCUMENT_REVISED, ChangeKind.WINDOW_CHANGED]
    changed = next(change for change in report.changes if change.kind is ChangeKind.WINDOW_CHANGED)
    assert (changed.before["closes"], changed.after["closes"]) == ("2026-03-31", "2026-04-15")
    assert kinds(world.check()) == []


def test_closing_is_told_at_its_marks_and_then_the_end(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()
    told = {}
    for _ in range(32):
        report = world.check(DAY)
        told.update({world.now.date().isoformat(): one for one in kinds(report) if one.value.startswith("window")})

    assert told == {
        "2026-03-17": ChangeKind.WINDOW_CLOSING,
        "2026-03-24": ChangeKind.WINDOW_CLOSING,
        "2026-03-29": ChangeKind.WINDOW_CLOSING,
        "2026-03-31": ChangeKind.WINDOW_CLOSING,
        "2026-04-01": ChangeKind.WINDOW_CLOSED,
    }


def test_a_maintenance_page_does_not_become_the_pages_text(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    world.check()
    world.site.pages["/avustukset"] = Page(
        "<html><body><main><h1>Huoltokatko</h1><p>Sivusto on tilapäisesti poissa käytöstä.</p></main></body></html>"
    )
    during = [kinds(world.check()) for _ in range(2)]
    world.site.pages["/avustukset"] = lambda seen: grant_page()

    assert during[0] in ([], [ChangeKind.SOURCE_SILENT])
    assert not set(during[0] + during[1]) - {ChangeKind.SOURCE_SILENT}
    assert kinds(world.check()) in ([], [ChangeKind.SOURCE_RECOVERED])


def test_robots_that_forbid_are_the_sources_state_and_nothing_else_is_asked_for(world: World) -> None:
    world.site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n", content_type="text/plain")
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset")
    first, second = world.check(), world.check()

    assert not first.failed
    assert [change.after["state"] for change in first.changes] == ["forbidden"]
    assert kinds(second) == []
    assert world.store.health("s1").state is SourceState.FORBIDDEN
    assert {seen.path for seen in world.site.requests} == {"/robots.txt"}


def test_a_written_permission_lifts_robots(world: World) -> None:
    world.site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n", content_type="text/plain")
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset", permission="Kirjaamo 1.2.2026")

    assert kinds(world.check()) == [ChangeKind.WINDOW_OPENED]


RELEASES = {
    79990001: ("fi", "Järjestöavustusten haku avautuu", f"<p>{CALL}</p><p>Jaossa on 150 000 euroa.</p>"),
    79990002: (
        "sv",
        "Organisationsbidragen kan sökas",
        """<p>Kajanalands välfärdsområdes organisationsbidrag kan sökas 2–31.3.2026, senast kl. 16.00.
        Registrerade föreningar kan söka bidrag.</p><p>Det finns 150 000 euro att dela ut.</p>""",
    ),
}


def press_room(visible: list[int], published: str) -> dict[str, object]:
    def api(seen: Seen) -> Page:
        rows = [
            {
                "id": number,
                "date": f"{published}T08:00:00.000Z",
                "versions": {
                    lang: {
                        "title": title,
                        "metadescription": "",
                        "url": f"/tiedote/{number}/x?publisherId=5&lang={lang}",
                    }
                },
            }
            for number, (lang, title, _) in RELEASES.items()
            if number in visible
        ]
        return Page(json.dumps({"releases": rows}), content_type="application/json")

    def release(seen: Seen) -> Page:
        number = int(seen.path.rsplit("/", 1)[1])
        lang, title, body = RELEASES[number]
        versions = {lang: {"title": title, "body": {"complete": body}, "leadtext": "", "keywords": []}}
        content = {"id": number, "date": f"{published}T08:00:00.000Z", "versions": versions}
        return Page(json.dumps(content), content_type="application/json")

    pages: dict[str, object] = {"/public-website-api/pressroom/5/releases/20/0": api}
    pages |= {f"/public-website-api/pressroom/5/releases/20/{page}": api for page in (0, 1)}
    pages |= {f"/public-website-api/release/{number}": release for number in RELEASES}
    return pages


def test_a_release_its_swedish_twin_and_the_grant_page_are_one_window(world: World) -> None:
    world.site.pages |= press_room([], "2026-03-02")  # type: ignore[arg-type]
    world.site.pages["/avustukset"] = lambda seen: grant_page("Seuraava haku järjestetään keväällä.")
    world.add("stt", "/uutishuone/5")
    world.add("page", "/avustukset")
    world.check()
    world.site.pages |= press_room(list(RELEASES), "2026-03-03")  # type: ignore[arg-type]
    world.site.pages["/avustukset"] = lambda seen: grant_page()

    told = kinds(world.check(DAY))

    assert told.count(ChangeKind.WINDOW_OPENED) == 1
    assert told.count(ChangeKind.WINDOW_CHANGED) == 0
    assert told.count(ChangeKind.DOCUMENT_NEW) == 1
    assert kinds(world.check()) == []


def test_a_line_that_came_with_an_edit_is_dated_by_it_and_the_lines_around_it_are_not(world: World) -> None:
    old = "Yleisavustukset haettiin 1.2.–15.2. sähköisesti."
    world.site.pages["/avustukset"] = lambda seen: grant_page(f"{old}</p><p>Seuraavasta hausta kerrotaan täällä.")
    world.add("page", "/avustukset", select="main", region="lappi")
    assert kinds(world.check()) == []
    call = "Toiminta-avustukset ja hankeavustukset ovat haettavana 1.4.–30.4. klo 16 asti."
    world.site.pages["/avustukset"] = lambda seen: grant_page(f"{old}</p><p>{call}")

    report = world.check(DAY)

    opened = [one for one in report.changes if one.kind is ChangeKind.WINDOW_OPENED]
    assert [(one.after["opens"], one.after["closes"], one.sure) for one in opened] == [
        ("2026-04-01", "2026-04-30", True)
    ]
    assert [one.after["field"] for one in report.changes if one.kind is ChangeKind.STATUS_CHANGED] == ["grant_types"]
    assert ChangeKind.STATUS_PROPOSED not in kinds(report)
    assert kinds(world.check()) == []


def test_what_was_recorded_is_not_held_in_memory_to_the_end_of_the_pass(world: World) -> None:
    world.site.pages["/avustukset"] = lambda seen: grant_page()
    world.add("page", "/avustukset", select="main")

    dry = run_pass(world.store, world.fetcher, world.sources, lambda: world.now, world.settings, dry_run=True)
    assert [len(one.outcome.documents) for one in dry.sources if one.outcome] == [1]
    assert [one.outcome for one in world.check().sources] == [None]


def test_parts_of_a_page_that_come_in_any_order_are_no_news(world: World) -> None:
    parts = [f"<details><summary>Kysymys {word}?</summary><p>Vastaus {word}.</p></details>" for word in ("a", "b", "c")]

    def mixed(_seen: Seen) -> Page:
        turn = next(NOISE) % 3
        shown = "".join(parts[turn:] + parts[:turn])
        return Page(
            f"<html lang='fi'><head><title>Ohje</title></head><body><main><h1>Avustusohje</h1>{FILLER}{shown}</main></body></html>"
        )

    world.site.pages["/ohje"] = mixed
    world.add("page", "/ohje", select="main")

    assert [kinds(world.check(DAY)) for _ in range(6)] == [[]] * 6
