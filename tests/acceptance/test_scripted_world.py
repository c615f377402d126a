"""Ten regions on ten platforms over fourteen days, one check a day, from outside."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from acceptance.fortnight import Fortnight, day_of
from acceptance.program import Program, of_kind
from acceptance.story import DAYS, EXPECTED, World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("scripted-world")]

OPERATORS = "source."


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Fortnight:
    program = Program(tmp_path_factory.mktemp("fortnight"))
    with World() as world:
        program.configure(*world.sources())
        return Fortnight.of(
            program, world, DAYS, ends="2026-03-15T14:00:00+02:00", forbidden="varha", mixing=world.keski_suomi
        )


@pytest.mark.parametrize("told", EXPECTED, ids=lambda told: f"{told.day}-{told.region}-{told.kind}-{told.title[:20]}")
def test_what_matters_is_told_on_its_day_and_only_then(fortnight: Fortnight, told: Any) -> None:
    fitting = [one for one in fortnight.relevant() if told.fits(one)]
    marks = sum(other.fits(one) for other in EXPECTED for one in fitting[:1])

    assert told.day in {day_of(one) for one in fitting}
    assert len(fitting) == marks


def test_nothing_else_is_told_to_readers(fortnight: Fortnight) -> None:
    assert fortnight.invented(EXPECTED) == []


def test_nothing_is_told_twice(fortnight: Fortnight) -> None:
    assert fortnight.told_twice() == []


def test_a_status_change_rests_on_what_was_told_that_day(fortnight: Fortnight) -> None:
    told = {
        (day_of(one), one["region"], one["url"]) for one in fortnight.relevant() if one["kind"].startswith("document.")
    }
    status = of_kind(fortnight.changes, "status.")

    assert status
    assert {(day_of(one), one["region"], one["url"]) for one in status} <= told
    assert all(one["evidence"]["quote"] and one["before"]["value"] != one["after"]["value"] for one in status)
    assert max(Counter((one["region"], one["after"]["field"]) for one in status).values()) == 1


def test_no_document_is_told_as_removed(fortnight: Fortnight) -> None:
    assert of_kind(fortnight.changes, "document.removed") == []


def test_the_first_day_tells_readers_nothing(fortnight: Fortnight) -> None:
    assert [one for one in fortnight.changes if day_of(one) == 1 and not one["kind"].startswith(OPERATORS)] == []


def test_operators_hear_once_of_the_forbidden_and_the_broken_site(fortnight: Fortnight) -> None:
    heard = [(one["source"], one["kind"]) for one in of_kind(fortnight.changes, OPERATORS)]

    assert heard == [("varha", "source.failing"), ("vakehyva", "source.silent"), ("vakehyva", "source.recovered")]
    assert fortnight.sources["varha"]["state"] == "forbidden"
    assert {one["state"] for one in fortnight.sources.values()} == {"ok", "forbidden"}


def test_nothing_but_robots_txt_is_asked_of_a_site_that_forbids(fortnight: Fortnight) -> None:
    assert fortnight.at_the_forbidden == {"/robots.txt"}


def test_robots_txt_is_asked_for_once_a_day_at_most(fortnight: Fortnight) -> None:
    assert {name: count for name, count in fortnight.robots.items() if count > DAYS} == {}


def test_a_check_fails_only_on_the_days_on_which_a_site_cannot_be_read(fortnight: Fortnight) -> None:
    assert {day for day, check in fortnight.checks.items() if check.code == 1} == {6, 7, 8}
    assert {check.code for check in fortnight.checks.values()} == {0, 1}
    assert all("Traceback" not in check.err for check in fortnight.checks.values())


def test_each_trouble_is_one_line_that_names_its_source(fortnight: Fortnight) -> None:
    lines = {day: check.complaints for day, check in fortnight.checks.items() if check.code == 1}

    assert {day: len(said) for day, said in lines.items()} == {6: 2, 7: 2, 8: 1}
    assert any("keski-suomi" in line and "503" in line for line in lines[6])
    assert "vakehyva" in lines[8][0]


def test_an_unchanged_platform_costs_two_requests_at_most(fortnight: Fortnight) -> None:
    assert fortnight.again is not None
    assert fortnight.again.code == 0
    assert {name: count for name, count in fortnight.asked_again.items() if count > 2} == {}


def test_no_page_of_a_mixed_up_session_is_believed(fortnight: Fortnight) -> None:
    own = [one for one in fortnight.documents if one["source"] == "keski-suomi"]

    assert fortnight.mixes > 5
    assert (
        Counter(one["title"] for one in own)["Järjestöavustusten myöntämisperiaatteet 2027 / kumppanuusavustukset"] == 1
    )
    assert len({one["url"] for one in own}) == len(own)


def test_no_letter_is_lost_on_the_way(fortnight: Fortnight) -> None:
    assert fortnight.broken_letters() == []


def test_every_change_names_its_page_and_proves_itself(fortnight: Fortnight) -> None:
    for one in fortnight.relevant():
        assert one["url"].startswith("http://127.0.0.1:")
        assert one["evidence"]["quote"]
        assert one["evidence"]["url"]
        assert one["themes"]


def test_memory_stays_small(fortnight: Fortnight) -> None:
    assert max(check.peak_mib for check in fortnight.checks.values()) < 200
