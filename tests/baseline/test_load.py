"""The baseline says for every region and field what the report says, in the status's shapes, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from aluevahti.baseline import load, reported_national
from aluevahti.model import Json, StatusState, StatusUpdate
from aluevahti.regions import REGION_CODES
from aluevahti.rules.status import BASELINE_ON
from aluevahti.storage import Store

NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)
PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-(early|spring|summer|autumn|end))?")
MONTH = re.compile(r"\d{4}-\d{2}")

SHAPES = {
    "strategy": ("status", "approved_by", "approved_on", "includes_service_strategy"),
    "service_strategy": ("status", "approved_on", "target"),
    "participation_programme": ("status", "approved_on", "by", "target"),
    "wellbeing_plan": ("status", "approved_on", "by", "period", "target"),
    "hyte_body": ("body", "defined_in_rules"),
    "ngo_body": ("name", "status", "in_rules"),
    "grant_model": ("status", "decisions"),
}
ENTRIES = {
    "organs": ("name", "kind", "roles"),
    "grant_windows": ("grant_type", "opens", "closes", "closes_time", "continuous", "precision"),
}
FLAGS = ("sitra_phase2", "partnership_needs_other_funding", "scoring_used")
SUMS = ("grant_total_eur", "grant_granted_eur")
FIELDS = {*SHAPES, *ENTRIES, *FLAGS, *SUMS, "grant_types"}
STATES = {
    "strategy": {"approved", "draft", "in_preparation"},
    "service_strategy": {"approved", "in_preparation", "included"},
    "participation_programme": {"approved", "in_preparation", "earlier_document_in_force"},
    "wellbeing_plan": {"approved", "in_preparation", "earlier_document_in_force"},
    "ngo_body": {"exists", "planned", "under_consideration"},
    "grant_model": {"approved", "postponed", "in_preparation"},
}
ROLES = {"grants_principles", "grants_decides", "hyte", "participation", "ngo_cooperation"}


def value(region: str, field: str) -> Any:
    return BY_PLACE[region, field].value.value


BY_PLACE = {(update.region, update.field): update for update in load()}


def all_of(field: str) -> Iterator[tuple[str, Json]]:
    return ((code, value(code, field)) for code in REGION_CODES if value(code, field) is not None)


def test_every_region_has_every_field_once() -> None:
    assert len(load()) == len(BY_PLACE)
    assert set(BY_PLACE) == {(code, field) for code in REGION_CODES for field in FIELDS}


def test_everything_stands_on_the_baseline_and_names_its_page() -> None:
    for update in load():
        evidence = update.value.evidence
        assert update.value.state is StatusState.BASELINE
        assert update.value.as_of == BASELINE_ON
        assert (evidence.quote, evidence.url, update.proposal) == (None, None, False)
        assert evidence.reference is not None
        assert re.fullmatch(r"[\w -]+: (Hyte ja osallisuus|Rakenteet|Järjestöavustukset)", evidence.reference)


@pytest.mark.parametrize("field", sorted(SHAPES))
def test_a_record_has_exactly_the_keys_of_its_shape(field: str) -> None:
    for region, found in all_of(field):
        assert tuple(found) == SHAPES[field], region


@pytest.mark.parametrize("field", sorted(ENTRIES))
def test_a_list_is_never_empty_and_its_entries_have_exactly_the_keys_of_their_shape(field: str) -> None:
    for region, found in all_of(field):
        assert found, region
        assert {tuple(entry) for entry in found} == {ENTRIES[field]}, region


@pytest.mark.parametrize("field", sorted(STATES))
def test_a_state_is_one_of_the_known_words(field: str) -> None:
    assert {found["status"] for _, found in all_of(field)} <= STATES[field]


def test_flags_and_sums_are_what_they_should_be() -> None:
    assert {type(found) for field in FLAGS for _, found in all_of(field)} == {bool}
    assert {(region, found) for field in SUMS for region, found in all_of(field)} == {
        ("varsinais-suomi", 2_300_000),
        ("keski-suomi", 660_000),
    }


def test_an_approval_has_a_day_exactly_where_something_was_approved() -> None:
    for field in ("strategy", "service_strategy", "participation_programme", "wellbeing_plan"):
        for region, found in all_of(field):
            approved = found["status"] in {"approved", "included"}
            assert (found["approved_on"] is not None) is approved, (region, field)
            assert not (approved and found.get("target")), (region, field)


def test_a_strategy_that_includes_the_service_strategy_says_so_in_both_fields() -> None:
    for region, strategy in all_of("strategy"):
        service = value(region, "service_strategy") or {"status": None}
        assert (strategy["includes_service_strategy"] is True) is (service["status"] == "included"), region
        if service["status"] == "included":
            assert service["approved_on"] == strategy["approved_on"], region


def test_the_hyte_body_is_an_organ_with_that_role_unless_it_is_a_post() -> None:
    """Where a single organ has the role and no page names another as the responsible one, it is the body."""
    for region in REGION_CODES:
        organs = [organ["name"] for organ in value(region, "organs") or [] if "hyte" in organ["roles"]]
        body = (value(region, "hyte_body") or {"body": None})["body"]
        if region == "pohjois-savo":  # directors of the personnel
            assert body not in organs
        elif body is None:
            boards = [name for name in organs if name != "alueelliset neuvottelukunnat"]
            assert len(boards) != 1, region
        else:
            assert body in organs, region


def test_every_date_is_a_date_that_can_be() -> None:
    for update in load():
        for text in dates_in(update.value.value):
            assert PARTIAL.fullmatch(text), (update.region, update.field, text)
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                assert dt.date(2022, 5, 1) <= dt.date.fromisoformat(text) <= dt.date(2023, 2, 28)


def dates_in(found: Json) -> Iterator[str]:
    if isinstance(found, Mapping):
        for key, each in found.items():
            if key in {"approved_on", "target", "on", "opens", "closes"} and each is not None:
                yield each
            yield from dates_in(each)
    elif isinstance(found, list):
        for each in found:
            yield from dates_in(each)


def test_a_window_is_as_precise_as_it_says() -> None:
    for region, windows in all_of("grant_windows"):
        for window in windows:
            bounds = [bound for bound in (window["opens"], window["closes"]) if bound is not None]
            if window["precision"] == "exact":
                opens, closes = (dt.date.fromisoformat(bound) for bound in bounds)
                assert opens < closes, region
            elif window["precision"] == "month":
                assert len(bounds) == 2
                assert all(MONTH.fullmatch(bound) for bound in bounds), region
            elif window["precision"] == "approximate":
                assert bounds == ["2023-early"], region
            else:
                assert (window["precision"], bounds) == ("continuous", []), region
            assert window["continuous"] is (window["precision"] == "continuous")


def test_a_type_that_has_a_window_of_its_own_is_one_of_the_types() -> None:
    for region, windows in all_of("grant_windows"):
        named = {window["grant_type"] for window in windows} - {None}
        assert named <= set(value(region, "grant_types")), region


def test_types_are_slugs() -> None:
    for region, types in all_of("grant_types"):
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in types), region
        assert len(set(types)) == len(types), region


def test_organs_have_known_roles_and_one_entry_each() -> None:
    for region, organs in all_of("organs"):
        assert len({organ["name"] for organ in organs}) == len(organs), region
        assert all(organ["roles"] and set(organ["roles"]) <= ROLES for organ in organs), region


def test_bodies_are_written_in_lower_case_unless_a_place_begins_the_name() -> None:
    names = [organ["name"] for _, organs in all_of("organs") for organ in organs]
    names += [body["name"] for _, body in all_of("ngo_body")]
    names += [decision["by"] for _, model in all_of("grant_model") for decision in model["decisions"]]
    capital = {name for name in names if name[0].isupper()}
    assert capital == {
        "Keski-Uudenmaan järjestöneuvottelukunta",
        "Satakunnan järjestöjen neuvottelukunta",
        "Kymenlaakson maakunnallinen järjestöjen neuvottelukunta",
        "Keski-Suomen järjestöjen ja maakunnan kumppanuuspöytä",
    }


def test_decisions_stand_in_the_order_of_time() -> None:
    for region, model in all_of("grant_model"):
        days = [decision["on"] for decision in model["decisions"]]
        assert days == sorted(days), region


# --- facts that are easy to get wrong ------------------------------------------------------------


def since(region: str, field: str) -> dt.date | None:
    return BY_PLACE[region, field].value.since


def test_an_approved_draft_is_no_approved_strategy() -> None:
    assert value("lappi", "strategy") == {
        "status": "draft",
        "approved_by": None,
        "approved_on": None,
        "includes_service_strategy": None,
    }
    assert since("lappi", "strategy") == dt.date(2022, 11, 21)


def test_a_page_without_content_tells_nothing() -> None:
    grants = {"grant_model", "grant_windows", "grant_types", "partnership_needs_other_funding", "scoring_used", *SUMS}
    assert {value("ita-uusimaa", field) for field in grants} == {None}


def test_a_model_that_is_only_a_draft_has_no_decisions() -> None:
    assert value("pohjanmaa", "grant_model") == {"status": "in_preparation", "decisions": []}
    assert value("pohjanmaa", "grant_windows") is None
    assert value("pohjanmaa", "grant_types") == ["kumppanuusavustus", "toiminta-avustus", "kerta-avustus"]


def test_a_plan_for_children_is_not_the_regions_plan() -> None:
    assert value("kainuu", "wellbeing_plan") is None


def test_the_council_approves_what_the_board_had_prepared() -> None:
    assert value("keski-suomi", "grant_model")["decisions"][-1] == {
        "what": "järjestöavustusmalli osallisuusohjelman osana",
        "by": "aluevaltuusto",
        "on": "2022-11-29",
    }
    assert since("keski-suomi", "grant_granted_eur") == dt.date(2022, 8, 30)


def test_types_with_different_windows_have_one_each() -> None:
    told = [
        (window["grant_type"], window["opens"], window["closes"]) for window in value("kanta-hame", "grant_windows")
    ]
    assert told == [(None, "2023-early", None), ("kumppanuusavustus", None, None), ("kerta-avustus", None, None)]


def test_a_day_without_a_year_belongs_to_the_year_it_is_told_in() -> None:
    assert [one["on"] for one in value("pohjois-pohjanmaa", "grant_model")["decisions"]] == ["2022-09-23", "2022-11-09"]


def test_a_month_is_not_made_a_day() -> None:
    assert value("kymenlaakso", "grant_model")["decisions"][0]["on"] == "2022-06"
    assert since("kymenlaakso", "grant_model") is None


def test_the_city_has_a_service_strategy_and_no_county_strategy() -> None:
    assert value("helsinki", "strategy") is None
    assert value("helsinki", "service_strategy") == {"status": "approved", "approved_on": "2022-11-16", "target": None}


def test_windows_with_both_days_are_these() -> None:
    exact = {
        (region, window["opens"], window["closes"])
        for region, windows in all_of("grant_windows")
        for window in windows
        if window["precision"] == "exact"
    }
    assert exact == {
        ("vantaa-kerava", "2022-11-24", "2022-12-22"),
        ("varsinais-suomi", "2022-10-27", "2022-11-11"),
        ("paijat-hame", "2023-01-09", "2023-01-31"),
        ("etela-savo", "2022-11-29", "2022-12-16"),
        ("pohjois-savo", "2022-11-30", "2023-01-18"),
        ("pohjois-karjala", "2022-12-15", "2023-01-22"),
        ("keski-suomi", "2022-12-13", "2023-01-08"),
        ("pohjois-pohjanmaa", "2022-11-15", "2022-12-14"),
        ("kainuu", "2023-01-09", "2023-01-31"),
    }


# --- how it is used ------------------------------------------------------------------------------


def test_a_new_database_holds_it_as_it_is(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=NOW, baseline=load) as store:
        stored = store.statuses()
    found = {(region, field): one for region, fields in stored.items() for field, one in fields.items()}
    assert found == {place: update.value for place, update in BY_PLACE.items()}


def test_loading_twice_gives_the_same() -> None:
    again: tuple[StatusUpdate, ...] = load()
    assert again == load()


def test_the_reports_own_counts_are_there_with_their_pages() -> None:
    told = reported_national()
    assert Counter(type(count["reported"]) for count in told.values()) == {int: 12, dict: 1}
    assert all(count["reference"].endswith(("havainnot", "lähtökohdat")) for count in told.values())
    assert {name for name, count in told.items() if count["note"] is None} == {
        "participation_programme_finished",
        "grant_model_postponed",
    }
