"""The national counts: what the January 2023 report says of itself, and what its regions' pages give."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from aluevahti.baseline import load, reported_national
from aluevahti.model import Json, StatusState, StatusValue
from aluevahti.rules.national import COUNTIES, national


def statuses() -> dict[str, dict[str, StatusValue]]:
    found: dict[str, dict[str, StatusValue]] = {}
    for update in load():
        found.setdefault(update.region, {})[update.field] = update.value
    return found


def from_baseline() -> dict[str, Any]:
    return national(statuses(), reported_national())


def changed(region: str, field: str, value: Json) -> dict[str, Any]:
    known = statuses()
    known[region][field] = replace(
        known[region][field], value=value, state=StatusState.AUTO, since=dt.date(2024, 1, 30)
    )
    return national(known, reported_national())


def test_the_figures_of_the_report_come_out_of_its_own_pages_or_are_named_where_they_do_not() -> None:
    figures = {name: (count["computed"], count["reported"]) for name, count in from_baseline().items()}
    assert figures == {
        "strategy_approved": (20, 20),
        "participation_programme_under_way": (17, 21),
        "participation_programme_finished": (3, 3),
        "sitra_phase2": (7, 9),
        "hyte_body_in_rules": (6, 7),
        "ngo_body_in_rules": (4, 4),
        "influencing_bodies_named": (None, 21),
        "influencing_bodies_minutes_published": (None, 6),
        "grant_model_ready": (15, 15),
        "grant_model_postponed": (2, 2),
        "grant_model_being_finalised": (3, 3),
        "partnership_grant_available": (15, 15),
        "monetary_grant_types": ({"min": 1, "max": 3}, {"min": 1, "max": 3}),
    }


def test_every_figure_that_does_not_agree_is_explained() -> None:
    for name, count in from_baseline().items():
        assert count["computed"] == count["reported"] or count["note"], name


def test_every_count_is_of_the_21_counties_and_names_the_regions_it_counts() -> None:
    for name, count in from_baseline().items():
        assert count["of"] == 21
        if isinstance(count["computed"], int):
            assert count["computed"] == len(count["regions"]), name
        assert "helsinki" not in count["regions"], name


def test_only_lappi_has_no_approved_strategy() -> None:
    assert set(COUNTIES) - set(from_baseline()["strategy_approved"]["regions"]) == {"lappi"}


def test_the_regions_counted_are_these() -> None:
    found = from_baseline()
    assert found["participation_programme_finished"]["regions"] == ["satakunta", "paijat-hame", "keski-suomi"]
    assert found["grant_model_postponed"]["regions"] == ["lansi-uusimaa", "satakunta"]
    assert found["grant_model_being_finalised"]["regions"] == ["keski-uusimaa", "pohjanmaa", "lappi"]
    assert found["ngo_body_in_rules"]["regions"] == ["satakunta", "etela-savo", "keski-suomi", "keski-pohjanmaa"]
    assert found["sitra_phase2"]["regions"] == [
        "keski-uusimaa",
        "pirkanmaa",
        "etela-karjala",
        "pohjois-karjala",
        "keski-pohjanmaa",
        "kainuu",
        "lappi",
    ]


def test_the_models_leave_out_the_county_whose_page_is_empty() -> None:
    found = from_baseline()
    counted = {
        region
        for name in ("grant_model_ready", "grant_model_postponed", "grant_model_being_finalised")
        for region in found[name]["regions"]
    }
    assert set(COUNTIES) - counted == {"ita-uusimaa"}


def test_support_without_money_is_no_monetary_type() -> None:
    numbers = from_baseline()["monetary_grant_types"]["per_region"]
    assert {region: numbers[region] for region in ("kymenlaakso", "etela-savo", "paijat-hame", "kanta-hame")} == {
        "kymenlaakso": 1,
        "etela-savo": 2,
        "paijat-hame": 2,
        "kanta-hame": 3,
    }


def test_a_count_follows_the_status_and_the_reports_figure_stays() -> None:
    found = changed("lappi", "strategy", {"status": "approved", "approved_on": "2024-01-30"})["strategy_approved"]
    assert (found["computed"], found["reported"]) == (21, 20)
    assert "lappi" in found["regions"]


def test_a_ready_model_without_a_partnership_grant_is_seen() -> None:
    found = changed("kainuu", "grant_types", ["toiminta-avustus"])["partnership_grant_available"]
    assert found["computed"] == 14


def test_nothing_known_gives_zeros_not_errors() -> None:
    found = national({}, {})
    assert found["grant_model_ready"] == {
        "computed": 0,
        "reported": None,
        "of": 21,
        "regions": [],
        "note": None,
        "reference": None,
    }
    assert found["monetary_grant_types"]["computed"] is None


def test_a_value_of_another_shape_is_not_counted() -> None:
    found = changed("lappi", "grant_model", "approved")
    assert "lappi" not in found["grant_model_ready"]["regions"]
