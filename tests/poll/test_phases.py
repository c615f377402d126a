"""A meeting's whole life on every meeting platform: each step told once, as one meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind, Form, Phase
from faultserver import Page
from installs import INSTALLS, Install
from meetingsites import (
    COUNCIL,
    GRANTS,
    HELSINKI_COMMITTEE,
    OPENING,
    Item,
    Meeting,
    casem_front,
    casem_item_slug,
    casem_slug,
    helsinki_meeting,
    helsinki_path,
    tweb_feed,
)
from world import World, kinds

DAY = dt.timedelta(days=1)
HELD_ON = dt.date(2026, 3, 9)
TOLD = {Form.MEETING, Form.ITEM}
EXTRA = Item(3, "Kumppanuuspöydän nimeäminen", 33, case="501/00.01/2026", proposal="Nimetään kumppanuuspöytä.")


class Watched:
    """One install in a world, with its meetings as they stand."""

    def __init__(self, world: World, install: Install) -> None:
        self.world = world
        self.install = install
        organ = HELSINKI_COMMITTEE if install.platform == "helsinki" else "Aluehallitus"
        old = "Kaupunginvaltuusto" if install.platform == "helsinki" else "Aluevaltuusto"
        self.board = Meeting(organ, HELD_ON, 118, (OPENING, GRANTS))
        self.council = replace(COUNCIL, organ=old, held_on=dt.date(2026, 2, 25))

    def publish(self, *meetings: Meeting) -> None:
        site = self.world.site
        site.pages.clear()
        site.pages.update(self.install.pages([self.council, *meetings], site.origin))

    def told(self, *meetings: Meeting, after: dt.timedelta = DAY) -> list[Change]:
        """What the next check tells of these meetings; a second one, the same day, tells nothing."""
        self.publish(*meetings)
        report = self.world.check(after)
        assert [one.error for one in report.failed] == []
        again = self.world.check(dt.timedelta(hours=1))
        assert kinds(again) == []
        return [one for one in report.changes if one.kind.value.startswith("document.")]


def steps(told: list[Change]) -> set[tuple[str, str | None, str | None]]:
    """What of which kind of document moved from where to where."""
    return {(one.kind.value, _phase(one.before), _phase(one.after)) for one in told}


def _phase(side: object) -> str | None:
    return side["phase"] if isinstance(side, dict) else None


@pytest.fixture(params=list(INSTALLS.values()), ids=str)
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    install: Install = request.param
    region = "helsinki" if install.platform == "helsinki" else "etela-savo"
    with World(tmp_path) as world:
        world.add(install.platform, install.path, region=region)
        one = Watched(world, install)
        assert one.told() == []
        yield one


def test_an_agenda_is_new_once(watched: Watched) -> None:
    told = watched.told(watched.board)

    assert steps(told) == {("document.new", None, "agenda")}
    assert len(told) == (3 if watched.install.has_items else 1)


def test_minutes_are_a_revision_of_the_agenda_and_of_each_item(watched: Watched) -> None:
    watched.told(watched.board)

    told = watched.told(watched.board.decided(), after=8 * DAY)

    assert steps(told) == {("document.revised", "agenda", "minutes")}
    assert len(told) == (3 if watched.install.has_items else 1)
    assert watched.told(watched.board.decided()) == []
    assert len({one.document for one in told}) == len(told)


def test_an_item_added_to_a_published_agenda_is_new_and_its_meeting_revised(watched: Watched) -> None:
    watched.told(watched.board)

    told = watched.told(watched.board.with_item(EXTRA))

    new = [one.title for one in told if one.kind is ChangeKind.DOCUMENT_NEW]
    revised = [one for one in told if one.kind is ChangeKind.DOCUMENT_REVISED]
    assert new == ([EXTRA.title] if watched.install.has_items else [])
    assert steps(revised) == {("document.revised", "agenda", "agenda")}
    assert len(revised) == 1
    assert watched.told(watched.board.with_item(EXTRA)) == []


def test_a_correction_of_published_minutes_is_one_revision_without_a_new_phase(watched: Watched) -> None:
    minutes = watched.board.decided()
    watched.told(watched.board)
    watched.told(minutes, after=8 * DAY)
    items = [replace(item, decision="Oikaisu: myönnetään yhteensä 45 000 euroa.") for item in minutes.items[1:]]

    told = watched.told(replace(minutes, items=(minutes.items[0], *items), edition=minutes.edition + 1))

    assert steps(told) == {("document.revised", "minutes", "minutes")}
    assert len(told) == 1


def test_a_meeting_that_is_cancelled_is_told_once(watched: Watched) -> None:
    watched.told(watched.board)

    told = watched.told(replace(watched.board, phase="cancelled"))

    assert steps(told) == {("document.revised", "agenda", "cancelled")}
    assert watched.board.organ in {one.organ for one in told if one.section is None}
    assert len({one.document for one in told}) == len(told)
    assert watched.told(replace(watched.board, phase="cancelled")) == []


@pytest.mark.parametrize("watched", [INSTALLS[one] for one in ("casem", "dynasty", "mfiles")], ids=str, indirect=True)
def test_minutes_that_are_reviewed_later_are_two_steps(watched: Watched) -> None:
    watched.told(watched.board)
    unreviewed = watched.board.decided("unreviewed")

    first = watched.told(unreviewed, after=8 * DAY)
    second = watched.told(replace(unreviewed, phase="minutes", edition=unreviewed.edition + 1))

    assert steps(first) == {("document.revised", "agenda", "minutes_unreviewed")}
    assert steps(second) == {("document.revised", "minutes_unreviewed", "minutes")}
    assert {one.document for one in first} == {one.document for one in second}


@pytest.mark.parametrize("watched", [INSTALLS[one] for one in ("dynasty", "helsinki")], ids=str, indirect=True)
def test_a_decision_announcement_comes_before_the_minutes(watched: Watched) -> None:
    watched.told(watched.board)

    first = watched.told(watched.board.decided("announcement"), after=8 * DAY)
    second = watched.told(watched.board.decided("minutes"))

    assert steps(first) == {("document.revised", "agenda", "decision_announcement")}
    assert steps(second) == {("document.revised", "decision_announcement", "minutes")}


@pytest.mark.parametrize("watched", [INSTALLS["helsinki"]], ids=str, indirect=True)
@pytest.mark.parametrize("with_items", [True, False])
def test_an_announcement_matters_to_readers_where_no_item_tells_the_same(watched: Watched, *, with_items: bool) -> None:
    board = watched.board if with_items else replace(watched.board, items=())
    watched.told(board)
    decided = board.decided("announcement")
    watched.publish(decided)
    notice = "Lautakunta päätti myöntää järjestöavustuksia yhteensä 40 000 euroa."
    watched.world.site.pages[helsinki_path(decided)] = Page(helsinki_meeting(decided, "Päätöstiedote", notice=notice))

    told = [one for one in watched.world.check(8 * DAY).changes if one.kind.value.startswith("document.")]

    meetings = [one for one in told if "Päätöstiedote" in one.title]
    assert [one.relevant for one in meetings] == [not with_items]
    assert [one.title for one in told if one.relevant and one not in meetings] == [GRANTS.title] * with_items


@pytest.mark.parametrize("watched", [INSTALLS[one] for one in ("casem", "mfiles")], ids=str, indirect=True)
def test_a_meeting_may_be_called_before_its_agenda_is_out(watched: Watched) -> None:
    called = watched.told(replace(watched.board, phase="called", items=()))
    told = watched.told(watched.board)

    assert steps(called) == {("document.new", None, "called")}
    assert ("document.revised", "called", "agenda") in steps(told)
    assert steps(told) <= {("document.revised", "called", "agenda"), ("document.new", None, "agenda")}
    assert len(told) == (3 if watched.install.has_items else 1)


def test_an_item_that_only_the_minutes_have_is_new_with_its_decision(watched: Watched) -> None:
    watched.told(watched.board)

    told = watched.told(watched.board.with_item(EXTRA).decided(), after=8 * DAY)

    new = [(one.title, _phase(one.after)) for one in told if one.kind is ChangeKind.DOCUMENT_NEW]
    assert new == ([(EXTRA.title, "minutes")] if watched.install.has_items else [])


def test_an_agenda_that_is_shown_again_after_the_minutes_is_nothing(watched: Watched) -> None:
    minutes = watched.board.decided()
    watched.told(watched.board)
    watched.told(minutes, after=8 * DAY)

    again = watched.told(watched.board)
    back = watched.told(minutes)

    phases = {one.document.phase for one in watched.world.store.known_documents("s1") if one.document.form in TOLD}
    assert phases == {Phase.MINUTES}
    assert {_phase(one.after) for one in (*again, *back)} <= {"minutes"}


@pytest.mark.parametrize("watched", [INSTALLS["tweb"]], ids=str, indirect=True)
def test_an_item_that_is_reworded_in_the_minutes_stays_one_item(watched: Watched) -> None:
    watched.told(watched.board)
    items = (OPENING, replace(GRANTS, title="Järjestöavustusten myöntäminen vuonna 2026"))

    told = watched.told(replace(watched.board, items=items).decided(), after=8 * DAY)

    assert steps(told) == {("document.revised", "agenda", "minutes")}
    assert len(told) == 3


@pytest.mark.parametrize("watched", [INSTALLS["tweb"]], ids=str, indirect=True)
def test_an_agenda_that_stays_on_its_list_when_the_list_of_minutes_moves_on_is_nothing(watched: Watched) -> None:
    watched.told(watched.board)
    watched.told(watched.board.decided(), after=8 * DAY)
    later = [replace(watched.board, number=200 + n, held_on=HELD_ON + (14 + n) * DAY).decided() for n in range(3)]

    watched.publish(watched.board.decided(), *later)
    pages = watched.world.site.pages
    pages["/ktwebscr/pk_rssfeed.htm"] = Page(tweb_feed(later, "pk"), charset="iso-8859-1", content_type="text/xml")
    told = watched.world.check(DAY).changes
    requests = watched.world.check().requests

    assert "Aluehallitus 9.3.2026 Esityslista" not in {one.title for one in told}
    assert {one.kind for one in told if one.meeting_on == HELD_ON} == set()
    assert requests <= 2


@pytest.mark.parametrize("watched", [INSTALLS["casem"]], ids=str, indirect=True)
def test_an_item_that_the_front_page_lists_beside_its_meeting_is_one_document(watched: Watched) -> None:
    board = watched.board
    watched.publish(board)
    item_link = f"/fi-FI/Toimielimet/{casem_slug(board)}/{casem_item_slug(board, GRANTS)}"
    row = f"<li><a href='{item_link}'>{GRANTS.title}</a></li></ul>"
    watched.world.site.pages["/fi-FI"] = Page(casem_front([watched.council, board]).replace("</ul>", row, 3))

    titles = [one.title for one in watched.world.check(DAY).changes if one.kind is ChangeKind.DOCUMENT_NEW]
    later = kinds(watched.world.check(DAY))

    assert sorted(titles) == sorted({"Aluehallitus 9.3.2026 Esityslista", OPENING.title, GRANTS.title})
    assert later == []
