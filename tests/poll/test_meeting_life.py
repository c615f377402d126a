"""A meeting's life on a meeting platform: called, agenda, minutes; each step told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind, Phase
from faultserver import Page, Seen
from world import World, kinds

DAY = dt.timedelta(days=1)
NOISE = count(1)


class Dynasty:
    """A Dynasty 10 install with one organ, as a page function."""

    def __init__(self) -> None:
        self.meetings: dict[str, tuple[str, str, list[tuple[int, str, str]]]] = {}
        self.mixed_up: set[str] = set()
        self.decision = "Hyväksyttiin."

    def hold(self, meeting: str, word: str, day: str, items: list[tuple[int, str, str]]) -> None:
        self.meetings[meeting] = (word, day, items)

    def __call__(self, seen: Seen) -> Page:
        query = dict(pair.partition("=")[::2] for pair in seen.query.split("&"))
        page, name = query.get("page", ""), query.get("id", "")
        if page == "meeting_handlers":
            return self.organs()
        if page == "rss/meetingitems":
            return self.feed()
        if page == "meetings":
            return self.organ()
        if page == "meeting":
            return self.meeting(name)
        if page == "meetingitem":
            if name in self.mixed_up:
                self.mixed_up.discard(name)
                name = next(other for other in self.items() if other != name)
            return self.item(name)
        return Page("", status=404)

    def items(self) -> list[str]:
        return [f"{meeting}-{n}" for meeting, (_, _, items) in self.meetings.items() for n, _, _ in items]

    def newest(self) -> str:
        return max(self.meetings)

    def organs(self) -> Page:
        word, day, _ = self.meetings[self.newest()]
        body = (
            "<html><head><title>Dynasty tietopalvelu</title></head><body><table><tr><th>Toimielin</th><th>Viimeisin kokous</th><th>Kokouspäivämäärä</th></tr>"
            f'<tr><td><a href="?page=meetings&amp;id=160">Aluehallitus</a></td><td><a href="?page=meeting&amp;id={self.newest()}">{word}</a></td><td>{day}</td></tr>'
            f"</table><p>10.4.0.{next(NOISE)}</p></body></html>"
        )
        return Page(body, charset="iso-8859-1")

    def organ(self) -> Page:
        rows = "".join(
            f'<tr><td><a href="?page=meeting&amp;id={meeting}">{word}</a></td><td>{day}</td></tr>'
            for meeting, (word, day, _) in sorted(self.meetings.items(), reverse=True)
        )
        return Page(
            f"<html><body><h1>Aluehallitus</h1><table><tr><th>Kokous</th><th>Kokouspäivämäärä</th></tr>{rows}</table></body></html>"
        )

    def feed(self) -> Page:
        rows = "".join(
            f"<item><title><![CDATA[Aluehallitus {day} / {title}]]></title><description><![CDATA[{title}]]></description>"
            f"<link><![CDATA[http://HOST:443/cgi/DREQUEST.PHP?page=meetingitem&id={meeting}-{n}]]></link></item>"
            for meeting, (_, day, items) in sorted(self.meetings.items(), reverse=True)
            for n, title, _ in items
        )
        body = f"<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'><channel><title><![CDATA[Dynasty]]></title><description><![CDATA[Dynasty - Kokousasiat]]></description><link>x</link>{rows}</channel></rss>"
        return Page(body, charset="iso-8859-1", content_type="text/xml")

    def meeting(self, name: str) -> Page:
        word, day, items = self.meetings[name]
        label = "Pykälä" if word == "Pöytäkirja" else "Asianro"
        rows = "".join(
            f'<tr><td>{n + (53 if word == "Pöytäkirja" else 0)}</td><td></td><td colspan="2"><a href="?page=meetingitem&amp;id={name}-{n}">{title}</a></td></tr>'
            for n, title, _ in items
        )
        return Page(
            f"<html><body><h1>Aluehallitus  {word} {day} klo 09:00 -  Kokoushuone 1</h1>"
            f'<table><tr><th>{label}</th><th></th><th>Otsikko</th><th>Julkaistu: {day} <a href="../kokous/{name}.PDF">{word}</a></th></tr>{rows}</table></body></html>'
        )

    def item(self, name: str) -> Page:
        meeting, _, number = name.partition("-")
        word, day, items = self.meetings[meeting]
        _, title, text = next(one for one in items if one[0] == int(number))
        label = f"Pykälä {int(number) + 53}" if word == "Pöytäkirja" else f"Asianro {number}"
        decided = f"<p>P&auml;&auml;t&ouml;s</p><p>{self.decision}</p>" if word == "Pöytäkirja" else ""
        return Page(
            f"<html><body><h1>Aluehallitus<br>{word} {day}/{label}</h1><!--DATABEGIN-->"
            "<div class='data-part page-navigation'><table><caption class='hidden'>Navigointi</caption>"
            f"<tr><td><a href='../kokous/{name}.PDF'>Kokousasia&nbsp;PDF-muodossa</a></td></tr></table></div>"
            f"<div class='data-part meetingitem'><p>Aluehallitus {day} &sect; {number}</p><p>41{number}/02.05.01/2026</p>"
            f"<h3>{title}</h3><p>Selostus</p><p>{text}</p>{decided}</div><!--DATAEND--><div class='footer'>{next(NOISE)}</div></body></html>"
        )


CALL = "Järjestöjen toiminta-avustusten hakuaika on 1.4.–30.4.2026. Määräraha on 150 000 euroa."


@pytest.fixture
def dynasty(tmp_path: Path) -> Iterator[tuple[World, Dynasty]]:
    with World(tmp_path) as world:
        install = Dynasty()
        world.site.pages["/cgi/DREQUEST.PHP"] = install
        world.add("dynasty", "/cgi/DREQUEST.PHP?page=meeting_handlers&id=", region="etela-savo")
        install.hold(
            "2026097",
            "Pöytäkirja",
            "23.02.2026",
            [(1, "Kokouksen avaus", "Avattiin."), (2, "Talousarvio", "Käsiteltiin.")],
        )
        assert kinds(world.check()) == []
        assert [one.error for one in world.check().failed] == []
        yield world, install


def agenda(install: Dynasty) -> None:
    install.hold(
        "2026118",
        "Esityslista",
        "09.03.2026",
        [(1, "Kokouksen avaus", "Avataan."), (4, "Järjestöavustusten hakuaika 2026", CALL)],
    )


def test_an_agenda_is_told_with_its_items_on_the_day_it_appears(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)

    report = world.check(DAY)
    new = [change.title for change in report.changes if change.kind is ChangeKind.DOCUMENT_NEW]

    assert sorted(
        ["Aluehallitus 9.3.2026 Esityslista", "Kokouksen avaus", "Järjestöavustusten hakuaika 2026"]
    ) == sorted(new)
    assert kinds(world.check()) == []
    assert kinds(world.check(DAY)) == []


def test_the_window_on_an_agenda_is_told_as_unsure(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)

    opened = [change for change in world.check(DAY).changes if change.kind is ChangeKind.WINDOW_OPENED]

    assert [(change.after["closes"], change.sure) for change in opened] == [("2026-04-30", False)]


def minutes(install: Dynasty) -> None:
    _, day, items = install.meetings["2026118"]
    install.hold("2026118", "Pöytäkirja", day, items)


def test_a_window_that_was_only_proposed_is_told_once_more_when_it_is_decided(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)
    world.check(DAY)
    minutes(install)

    told = [change for change in world.check(DAY).changes if change.kind.value.startswith("window.")]

    assert [(one.kind, one.sure, one.before, one.section) for one in told] == [
        (ChangeKind.WINDOW_CHANGED, True, told[0].after, None)
    ]
    assert (told[0].after["opens"], told[0].after["closes"]) == ("2026-04-01", "2026-04-30")
    assert kinds(world.check(DAY)) == []


def test_a_window_whose_proposal_is_returned_is_not_told_again_and_nobody_is_reminded(
    dynasty: tuple[World, Dynasty],
) -> None:
    world, install = dynasty
    agenda(install)
    world.check(DAY)
    minutes(install)
    install.decision = "Asia palautettiin uudelleen valmisteltavaksi."

    assert set(kinds(world.check(DAY))) == {ChangeKind.DOCUMENT_REVISED}
    assert kinds(world.check(50 * DAY)) == []


def test_minutes_that_replace_the_agenda_are_one_revision_of_each_document(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)
    world.check(DAY)
    minutes(install)

    report = world.check(DAY)
    revised = [change for change in report.changes if change.kind is ChangeKind.DOCUMENT_REVISED]

    assert {ChangeKind.DOCUMENT_REVISED, ChangeKind.WINDOW_CHANGED} == set(kinds(report))
    assert {(Phase.AGENDA, Phase.MINUTES)} == {(change.before["phase"], change.after["phase"]) for change in revised}
    assert len(revised) == 3
    assert next(change.section for change in revised if "hakuaika" in change.title) == 57
    assert kinds(world.check(DAY)) == []


def test_an_item_of_another_meeting_that_the_server_mixes_up_is_never_stored(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)
    install.mixed_up = {"2026118-4"}

    report = world.check(DAY)

    assert not report.failed
    texts = [
        world.store.text_of(one.id) or ""
        for one in world.store.known_documents("s1")
        if one.document.key.endswith("118-4")
    ]
    assert CALL in texts[0]


def test_a_correction_of_recent_minutes_is_seen_the_next_day(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)
    _, day, items = install.meetings["2026118"]
    install.hold("2026118", "Pöytäkirja", day, items)
    world.check(DAY)
    corrected = [(n, title, text.replace("30.4.2026", "15.5.2026")) for n, title, text in items]
    install.hold("2026118", "Pöytäkirja", day, corrected)

    told = kinds(world.check(DAY))

    assert told.count(ChangeKind.WINDOW_CHANGED) == 1
    assert told.count(ChangeKind.DOCUMENT_REVISED) == 1


def test_an_unchanged_platform_costs_two_requests(dynasty: tuple[World, Dynasty]) -> None:
    world, _ = dynasty
    world.check()
    before = len(world.site.requests)
    world.check()

    assert len(world.site.requests) - before <= 2


def test_a_source_that_is_read_in_another_way_begins_with_a_first_check_again(dynasty: tuple[World, Dynasty]) -> None:
    world, install = dynasty
    agenda(install)
    world.sources[0] = replace(world.sources[0], organs=("Aluehallitus",))

    told = [kinds(world.check(DAY)) for _ in range(4)]

    assert told == [[ChangeKind.WINDOW_OPENED], [], [], []]
    assert not world.check(DAY).failed
