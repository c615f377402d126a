"""The same for programs: the shapes of the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

import websample
from aluevahti import shapes
from aluevahti.baseline import reported_national
from aluevahti.regions import REGION_CODES
from aluevahti.rules.national import national


def test_changes_come_oldest_first_in_the_shape_of_the_command_line(site: Any) -> None:
    found = site.get("/api/changes").json()

    expected = [shapes.change_json(one, websample.HELSINKI) for one in site.store.changes()]
    assert found == expected
    assert [one["id"] for one in found] == sorted(one["id"] for one in found)


def test_changes_come_one_a_line_where_lines_are_asked_for(site: Any) -> None:
    answer = site.get("/api/changes", Accept="application/x-ndjson")

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [json.loads(line) for line in answer.text.splitlines()] == site.get("/api/changes").json()


def test_changes_can_be_followed_from_the_last_one_known(site: Any) -> None:
    everything = site.get("/api/changes").json()
    seen: list[Any] = []
    while page := site.get(f"/api/changes?limit=4&after={seen[-1]['id'] if seen else ''}").json():
        assert len(page) <= 4
        seen += page

    assert seen == everything


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=satakunta", {"satakunta"}),
        ("theme=osallisuus", {"pohjanmaa"}),
        ("kind=window.changed", {"kymenlaakso"}),
        ("since=2026-03-23T10:00", {"lappi"}),
    ],
)
def test_changes_can_be_narrowed(site: Any, query: str, expected: set[str]) -> None:
    assert {one["region"] for one in site.get(f"/api/changes?{query}").json()} == expected


@pytest.mark.parametrize("query", ["region=x", "theme=x", "kind=x", "after=x", "limit=-1", "since=gestern"])
def test_nonsense_is_refused_in_words(site: Any, query: str) -> None:
    answer = site.get(f"/api/changes?{query}")

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(query.partition("=")[0])


def test_the_status_is_that_of_the_command_line(site: Any) -> None:
    found = site.get("/api/status").json()

    known = site.store.statuses()
    history = {code: site.store.status_history(code) for code in REGION_CODES}
    counts = national(known, reported_national())
    wanted = {code: known.get(code, {}) for code in REGION_CODES}
    expected = shapes.status_json(websample.NOW, wanted, history, counts, websample.HELSINKI)
    assert found == json.loads(json.dumps(expected))
    assert list(found["regions"]) == list(REGION_CODES)
    assert found["regions"]["lappi"]["strategy"]["state"] == "baseline"


def test_the_status_of_one_region_can_be_asked_for(site: Any) -> None:
    assert list(site.get("/api/status?region=lappi").json()["regions"]) == ["lappi"]
    assert site.get("/api/status?region=x").status_code == 400


def test_what_is_not_there_is_said_in_json(site: Any) -> None:
    answer = site.get("/api/nothing")

    assert answer.status_code == 404
    assert answer.json() == {"error": "Not Found"}
