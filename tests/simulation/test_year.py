"""Some weeks of some regions, drawn from a seed, are told exactly; and the comparison sees every kind of fault.

The whole year of all regions is `make figures`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind
from simulation.running import Plan, Simulation
from simulation.truth import Expected, Verdict, compare, of_document

# CaseM and Dynasty, list pages and a feed, with and without press releases, in one language and in two, and the city
SOME = ("ita-uusimaa", "satakunta", "pohjanmaa", "helsinki")
URL = "https://example.org/1"


@pytest.mark.slow
def test_every_change_of_seven_weeks_is_told_once_on_its_day_and_nothing_else(tmp_path: Path) -> None:
    outcome = Simulation(Plan(seed=7, regions=SOME, days=49), tmp_path).run()

    assert outcome.verdict.faults == []
    assert outcome.verdict.right > 200
    assert outcome.troubles > 0


# --- the comparison ------------------------------------------------------------------------------


def _told(url: str = URL, *, relevant: bool = True) -> Change:
    return Change(
        detected_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
        kind=ChangeKind.DOCUMENT_NEW,
        region="kainuu",
        source="kainuu-news",
        relevant=relevant,
        title="Haku",
        url=url,
    )


DUE = Expected(kind=ChangeKind.DOCUMENT_NEW, region="kainuu", check=2, what="Haku", fits=of_document([URL], True))


def _verdict(told: dict[int, list[Change]], expected: Expected = DUE) -> Verdict:
    return compare([expected], told, lambda check: dt.date(2026, 3, 1) + dt.timedelta(days=check))


def test_what_is_told_when_it_is_due_is_right() -> None:
    verdict = _verdict({2: [_told()]})

    assert (verdict.right, verdict.faults) == (1, [])


def test_what_is_never_told_is_missed() -> None:
    assert len(_verdict({}).missed) == 1
    assert _verdict({}, replace(DUE, optional=True)).missed == []


def test_what_is_told_on_another_day_is_late_and_not_missed_as_well() -> None:
    verdict = _verdict({3: [_told()]})

    assert (len(verdict.late), verdict.missed, verdict.invented) == (1, [], [])


def test_what_is_told_again_is_repeated() -> None:
    verdict = _verdict({2: [_told()], 5: [_told()]})

    assert (len(verdict.repeated), verdict.invented) == (1, [])


@pytest.mark.parametrize("change", [_told("https://example.org/2"), _told(relevant=False)])
def test_what_nobody_expected_is_invented_and_what_was_expected_is_missed(change: Change) -> None:
    verdict = _verdict({2: [change]})

    assert (len(verdict.invented), len(verdict.missed)) == (1, 1)
