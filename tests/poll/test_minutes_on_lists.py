"""A list that is silent about a document's phase or day must not undo what the document's own page said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from aluevahti.model import ChangeKind, Phase
from faultserver import Page, Seen
from meetingsites import (
    BOARD,
    GRANTS,
    HELSINKI_COMMITTEE,
    Meeting,
    casem_front,
    casem_item,
    casem_item_slug,
    casem_meeting,
    casem_slug,
    helsinki_case,
    helsinki_list,
    helsinki_meeting,
    helsinki_path,
)
from world import World, kinds

DAY = dt.timedelta(days=1)


class CaseM:
    """A CaseM install with one meeting, as a page function. Its front page never says whether minutes are reviewed."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    def __call__(self, seen: Seen) -> Page:
        own = f"/fi-FI/Toimielimet/{casem_slug(self.meeting)}"
        if seen.path == own:
            return Page(casem_meeting(self.meeting))
        for item in self.meeting.items:
            if seen.path == f"{own}/{casem_item_slug(self.meeting, item)}":
                return Page(casem_item(self.meeting, item))
        return Page(casem_front([self.meeting]))


def watched(world: World, site: CaseM) -> None:
    own = f"/fi-FI/Toimielimet/{casem_slug(site.meeting)}"
    paths = ["/fi-FI", own, *(f"{own}/{casem_item_slug(site.meeting, item)}" for item in site.meeting.items)]
    world.site.pages.update(dict.fromkeys(paths, site))
    world.add("casem", "/fi-FI/Toimielimet", region="pirkanmaa")


def test_reviewed_minutes_that_stay_as_they_are_are_told_once(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        site = CaseM(BOARD)
        watched(world, site)
        assert kinds(world.check()) == []
        site.meeting = BOARD.decided()
        assert set(kinds(world.check(DAY))) >= {ChangeKind.DOCUMENT_REVISED}

        told = [kinds(world.check(dt.timedelta(hours=6))) for _ in range(16)]

    assert told == [[]] * 16


def test_what_a_page_said_of_the_phase_stays_known_when_only_the_list_was_read(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watched(world, CaseM(BOARD.decided()))
        world.check()
        world.check(dt.timedelta(hours=3))

        phases = {one.document.form: one.document.phase for one in world.store.known_documents("s1")}

    assert set(phases.values()) == {Phase.MINUTES}


def test_a_day_that_only_the_page_gives_stays_known(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        rows = "".join(f'<li><a href="/uutinen/{n}">Uutinen numero {n} alueelta</a></li>' for n in range(6))
        world.site.pages["/uutiset"] = Page(f"<html><body><main><ul>{rows}</ul></main></body></html>")
        for n in range(6):
            world.site.pages[f"/uutinen/{n}"] = Page(
                f'<html><body><main><h1>Uutinen numero {n} alueelta</h1><time datetime="2026-02-2{n}">2{n}.2.2026</time>'
                "<p>Sisältöä on sen verran, että sivu on sivu.</p></main></body></html>"
            )
        world.add("listing", "/uutiset")
        world.check()
        rows += '<li><a href="/uutinen/6">Uutinen numero 6 alueelta</a></li>'
        world.site.pages["/uutiset"] = Page(f"<html><body><main><ul>{rows}</ul></main></body></html>")
        world.check(dt.timedelta(hours=3))

        days = {one.document.title.split()[2]: one.document.published_on for one in world.store.known_documents("s1")}

    assert [days[str(n)] for n in range(6)] == [dt.date(2026, 2, 20 + n) for n in range(6)]


def test_the_section_that_an_announcement_gave_stays_known_in_the_minutes(tmp_path: Path) -> None:
    """Helsinki's minutes repeat the announced decision word for word: its page is not read anew."""
    held = replace(BOARD, organ=HELSINKI_COMMITTEE)
    decided = held.decided()
    with World(tmp_path) as world:
        pages = world.site.pages

        def publish(meeting: Meeting, phase: str, kind: str) -> None:
            pages["/fi/ahjo_api/meetings"] = Page(helsinki_list([(meeting, phase)]), content_type="application/json")
            pages[helsinki_path(meeting)] = Page(helsinki_meeting(meeting, kind))
            for item in meeting.items:
                pages[f"/fi/asia/hel-2026-{item.section:06d}"] = Page(helsinki_case(meeting, item))

        publish(held, "agenda", "Esityslista")
        world.add("helsinki", "/fi", region="helsinki")
        world.check()
        publish(decided, "decision", "Päätöstiedote")
        announced = world.check(DAY).changes
        publish(decided, "minutes", "Pöytäkirja")
        minutes = world.check(DAY).changes

    for told in (announced, minutes):
        revised = [one for one in told if one.kind is ChangeKind.DOCUMENT_REVISED and one.title == GRANTS.title]
        assert [one.section for one in revised] == [GRANTS.section]
