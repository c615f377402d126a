"""Ten regions on nine platforms over fourteen days, in shapes that nobody has promised, from outside."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from acceptance.fortnight import Fortnight, day_of
from acceptance.otherstory import DAYS, EXPECTED, World
from acceptance.program import Program, of_kind

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("other-shapes")]


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Fortnight:
    program = Program(tmp_path_factory.mktemp("fortnight"))
    with World() as world:
        program.configure(*world.sources())
        return Fortnight.of(
            program, world, DAYS, ends="2026-11-15T14:00:00+02:00", forbidden="phhyky", mixing=world.siun
        )


@pytest.mark.parametrize("told", EXPECTED, ids=lambda told: f"{told.day}-{told.region}-{told.kind}-{told.title[:20]}")
def test_what_matters_is_told_on_its_day_and_only_then(fortnight: Fortnight, told: Any) -> None:
    fitting = [one for one in fortnight.relevant() if told.fits(one)]

    assert [day_of(one) for one in fitting] == [told.day]


def test_nothing_else_is_told_to_readers(fortnight: Fortnight) -> None:
    assert fortnight.invented(EXPECTED) == []


def test_nothing_is_told_twice(fortnight: Fortnight) -> None:
    assert fortnight.told_twice() == []


def test_what_does_not_matter_is_not_told_again_and_again_either(fortnight: Fortnight) -> None:
    """A page whose noise is taken for text is revised every day, relevant or not."""
    revised = Counter(one["url"] for one in of_kind(fortnight.changes, "document.revised"))

    assert [(url, times) for url, times in revised.items() if times > 3] == []


def test_no_document_is_told_as_removed_and_the_first_day_tells_nothing(fortnight: Fortnight) -> None:
    assert of_kind(fortnight.changes, "document.removed") == []
    assert [one for one in fortnight.changes if day_of(one) == 1 and not one["kind"].startswith("source.")] == []


def test_operators_hear_once_of_each_trouble(fortnight: Fortnight) -> None:
    heard = [(day_of(one), one["source"], one["kind"]) for one in of_kind(fortnight.changes, "source.")]

    assert heard == [
        (1, "phhyky", "source.failing"),
        (7, "savo", "source.silent"),
        (9, "savo", "source.recovered"),
    ]
    assert {name: one["state"] for name, one in fortnight.sources.items() if one["state"] != "ok"} == {
        "phhyky": "forbidden"
    }


def test_nothing_but_robots_txt_is_asked_of_a_site_that_forbids(fortnight: Fortnight) -> None:
    assert fortnight.at_the_forbidden == {"/robots.txt"}


def test_robots_txt_is_asked_for_once_a_day_at_most(fortnight: Fortnight) -> None:
    assert {name: count for name, count in fortnight.robots.items() if count > DAYS} == {}


def test_an_unchanged_platform_costs_two_requests_at_most(fortnight: Fortnight) -> None:
    assert fortnight.again is not None
    assert fortnight.again.code == 0
    assert {name: count for name, count in fortnight.asked_again.items() if count > 2} == {}


def test_a_check_fails_only_on_the_days_on_which_a_site_cannot_be_read(fortnight: Fortnight) -> None:
    assert {day for day, check in fortnight.checks.items() if check.code == 1} == {6, 7, 8}
    assert all("Traceback" not in check.err for check in fortnight.checks.values())


def test_no_page_of_a_mixed_up_session_is_believed_and_no_letter_is_lost(fortnight: Fortnight) -> None:
    own = [one for one in fortnight.documents if one["source"] == "siun"]

    assert fortnight.mixes > 5
    assert len({one["url"] for one in own}) == len(own)
    assert fortnight.broken_letters() == []


def test_one_meeting_and_one_item_are_one_document_each(fortnight: Fortnight) -> None:
    """Agenda and minutes, list and page, one address and the other: nothing is there twice."""
    named = Counter(
        (one["source"], one.get("organ"), one.get("meeting_date"), one["title"].rsplit(" ", 1)[0], one["form"])
        for one in fortnight.documents
        if one.get("meeting_date")
    )

    assert [name for name, times in named.items() if times > 1] == []
