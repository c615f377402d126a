"""The pieces of the report: the map, the timeline, windows known only roughly, and what stood before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aluevahti.model import Evidence, Language, PastValue, SourceHealth, StatusState, StatusValue
from aluevahti.regions import REGION_CODES
from aluevahti.render.report import newest_moment, report_view
from aluevahti.render.report.periods import Period, bounds, kind_of, span, state_of
from aluevahti.render.report.situation import Mark, baseline_value, what_stood
from aluevahti.render.report.tilemap import tile_map
from aluevahti.render.report.timeline import timeline
from aluevahti.render.report.words import report_words
from report_samples import EARLIER, HELSINKI, LATER, NOW, baseline_statuses, everything, from_baseline_alone

FI = report_words(Language.FI)
TODAY = dt.date(2026, 3, 9)


# --- the map -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", Language)
def test_the_map_has_a_tile_for_each_region_and_none_over_another(lang: Language) -> None:
    found = report_view(from_baseline_alone(), lang).map

    assert {tile.code for tile in found.tiles} == set(REGION_CODES)
    assert len({(tile.x, tile.y) for tile in found.tiles}) == 22
    assert all(0 <= tile.x <= found.width - found.tile_width for tile in found.tiles)
    assert all(0 <= tile.y <= found.height - found.tile_height for tile in found.tiles)
    assert all(len(line) <= 13 for tile in found.tiles for line in tile.lines)
    assert all(1 <= len(tile.lines) <= 2 for tile in found.tiles)


def test_the_legend_counts_all_regions() -> None:
    legend = {key.state: key.number for key in report_view(from_baseline_alone(), Language.FI).map.legend}

    assert legend == {"approved": 16, "in_preparation": 3, "postponed": 2, "unknown": 1}


def test_a_tile_tells_the_model_and_whether_anything_has_confirmed_it() -> None:
    tiles = {tile.code: (tile.state, tile.baseline) for tile in report_view(everything(), Language.FI).map.tiles}

    assert tiles["kainuu"] == ("approved", False)
    assert tiles["lappi"] == ("in_preparation", True)
    assert tiles["ita-uusimaa"] == ("unknown", False)


def test_a_region_that_nothing_is_known_of_is_on_the_map_all_the_same() -> None:
    assert {tile.state for tile in tile_map({}, FI).tiles} == {"unknown"}


# --- the timeline --------------------------------------------------------------------------------


def period(start: str | None, end: str | None, **more: Any) -> Period:
    given: dict[str, Any] = {
        "code": "lappi",
        "place": "Lappi",
        "kind": "exact",
        "text": "",
        "words": "",
        "baseline": False,
    }
    days = {"start": start and dt.date.fromisoformat(start), "end": end and dt.date.fromisoformat(end)}
    return Period(**(given | days | more))


def test_every_bar_lies_within_the_months() -> None:
    for situation in (everything(), from_baseline_alone()):
        found = report_view(situation, Language.EN).timeline
        assert found.bars
        for bar in found.bars:
            assert found.left <= bar.x
            assert bar.x + bar.width <= found.right + 0.1
            assert found.top <= bar.y <= found.height - found.bar
        assert found.today is not None
        assert found.left <= found.today <= found.right


def test_windows_more_than_a_year_away_are_left_out() -> None:
    near = period("2026-03-02", "2026-03-31", words="near")
    far = [period("2023-01-09", "2023-01-31", words="past"), period("2028-01-01", "2028-01-31", words="future")]

    found = timeline([*far, near], TODAY, FI)
    assert [bar.period for bar in found.bars] == ["near"]
    assert found.months[0].year == "2026"


def test_a_longer_window_is_a_longer_bar() -> None:
    short, long = timeline([period("2026-03-01", "2026-03-02"), period("2026-03-01", "2026-04-30")], TODAY, FI).bars

    assert long.x == short.x
    assert long.width > 20 * short.width


def test_a_window_without_an_end_goes_on_to_the_edge() -> None:
    found = timeline([period("2026-01-01", None, kind="continuous"), period(None, None, kind="continuous")], TODAY, FI)

    assert [bar.x + bar.width for bar in found.bars] == [found.right, found.right]
    assert found.bars[1].x == found.left


def test_without_windows_there_is_no_timeline() -> None:
    assert timeline([], TODAY, FI).bars == ()
    assert timeline([period("2020-01-01", "2020-01-31")], TODAY, FI).bars == ()


def test_a_text_stands_in_its_bar_beside_it_or_before_it() -> None:
    texts = [
        period("2026-01-01", "2026-06-30", text="lyhyt"),
        period("2026-02-01", "2026-02-02", text="toiminta-avustus"),
        period("2026-06-29", "2026-06-30", text="toiminta-avustus"),
    ]
    inside, beside, before = timeline(texts, TODAY, FI).bars

    assert inside.inside
    assert (beside.inside, beside.text_end) == (False, False)
    assert before.text_end
    assert before.text_x < before.x


def test_what_only_the_baseline_tells_has_a_star() -> None:
    bars = {bar.period: bar.text for bar in report_view(everything(), Language.FI).timeline.bars}

    assert bars["Kerta-avustus: jatkuva haku"] == "kerta-avustus *"
    assert bars["Kerta-avustus: haku 4.–29.5.2026"] == "kerta-avustus"


# --- windows known only roughly ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-11-24", "2022-11-24", "2022-11-24"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-early", "2023-01-01", "2023-03-31"),
        ("2023-spring", "2023-03-01", "2023-05-31"),
        ("2023-summer", "2023-06-01", "2023-08-31"),
        ("2023-autumn", "2023-09-01", "2023-11-30"),
        ("2023-end", "2023-10-01", "2023-12-31"),
    ],
)
def test_a_rough_date_is_all_the_days_that_it_may_mean(text: str, first: str, last: str) -> None:
    assert span(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("text", [None, "", "soon", "2023-13", "2023-02-30", "23", 2023])
def test_what_is_no_date_means_no_day(text: Any) -> None:
    assert span(text) is None


@pytest.mark.parametrize(
    ("window", "today", "state"),
    [
        ({"opens": "2023-01-09", "closes": "2023-01-31", "precision": "exact"}, "2023-01-08", "coming"),
        ({"opens": "2023-01-09", "closes": "2023-01-31", "precision": "exact"}, "2023-01-09", "open"),
        ({"opens": "2023-01-09", "closes": "2023-01-31", "precision": "exact"}, "2023-01-31", "open"),
        ({"opens": "2023-01-09", "closes": "2023-01-31", "precision": "exact"}, "2023-02-01", "closed"),
        ({"opens": "2022-11", "closes": "2022-11", "precision": "month"}, "2022-11-15", "unknown"),
        ({"opens": "2022-11", "closes": "2022-11", "precision": "month"}, "2022-12-01", "closed"),
        ({"opens": "2023-early", "closes": None, "precision": "approximate"}, "2023-02-01", "unknown"),
        ({"opens": "2023-early", "closes": None, "precision": "approximate"}, "2023-04-01", "closed"),
        ({"opens": None, "closes": None, "continuous": True, "precision": "continuous"}, "2026-01-01", "continuous"),
        ({"opens": None, "closes": None}, "2026-01-01", "unknown"),
    ],
)
def test_a_window_known_roughly_is_never_said_to_be_open(window: dict[str, Any], today: str, state: str) -> None:
    assert state_of(window, dt.date.fromisoformat(today)) == state


def test_a_rough_window_is_as_wide_as_it_may_be() -> None:
    assert bounds({"opens": "2023-01", "closes": "2023-02", "precision": "month"}) == (
        dt.date(2023, 1, 1),
        dt.date(2023, 2, 28),
    )
    assert bounds({"opens": "2026-03-02", "closes": None}) == (dt.date(2026, 3, 2), None)
    assert kind_of({"precision": "month"}) == "month"
    assert kind_of({"precision": "month"}, sure=False) == "unsure"


# --- what stood before ---------------------------------------------------------------------------


def value(told: Any, state: StatusState = StatusState.AUTO) -> StatusValue:
    return StatusValue(value=told, state=state, since=None, evidence=Evidence(quote=None, url=None))


def past(told: Any, at: dt.datetime, state: StatusState = StatusState.BASELINE) -> PastValue:
    return PastValue(value=value(told, state), replaced_at=at)


def test_what_stood_on_a_day_is_what_the_first_later_value_replaced() -> None:
    history = [past("a", EARLIER), past("b", LATER, StatusState.AUTO)]

    before = what_stood(value("c"), history, EARLIER - dt.timedelta(days=1))
    assert (before.mark, before.value and before.value.value) == (Mark.CHANGED, "a")
    before = what_stood(value("c"), history, LATER)
    assert (before.mark, before.value and before.value.value) == (Mark.CHANGED, "b")
    assert what_stood(value("c"), history, NOW).mark is Mark.NONE
    assert what_stood(value("c"), history, None).mark is Mark.NONE


def test_a_value_that_came_and_went_is_no_change() -> None:
    history = [past("a", EARLIER, StatusState.AUTO), past("b", LATER, StatusState.AUTO)]

    assert what_stood(value("a"), history, EARLIER).mark is Mark.NONE


def test_what_was_not_known_before_is_new_and_what_was_only_confirmed_is_confirmed() -> None:
    assert what_stood(value("a"), [past(None, LATER)], EARLIER).mark is Mark.NEW
    assert what_stood(value("a"), [past("a", LATER)], EARLIER).mark is Mark.CONFIRMED


def test_the_baselines_value_is_found_below_what_was_read_since() -> None:
    assert baseline_value(value("c"), [past("a", EARLIER), past("b", LATER, StatusState.AUTO)]) == "a"
    assert baseline_value(value("a", StatusState.BASELINE), []) is None


def test_the_moment_of_a_state_is_that_of_its_newest_thing() -> None:
    statuses = baseline_statuses()

    assert newest_moment(statuses, {}, {}, (), HELSINKI) == dt.datetime(2023, 1, 1, tzinfo=HELSINKI)
    asked = {"a": SourceHealth(last_attempt_at=LATER), "b": SourceHealth()}
    assert newest_moment(statuses, {}, asked, (), HELSINKI) == LATER
    situation = everything()
    assert newest_moment(statuses, situation.history, {}, (), HELSINKI) == LATER
    assert newest_moment(statuses, {}, {}, [replace(situation.changes[0], detected_at=NOW)], HELSINKI) == NOW
    assert newest_moment({}, {}, {}, (), HELSINKI) is None
