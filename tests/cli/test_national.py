"""`status` tells the national counts beside the figures of the January 2023 report."""

from __future__ import annotations

from pathlib import Path

from clirun import Run


def test_a_new_state_gives_the_reports_figures_and_names_what_does_not_agree(run: Run, configured: Path) -> None:
    told = run("--now", "2026-03-02T09:00", "status", "--json").json

    national = told["national"]
    models = ("grant_model_ready", "grant_model_postponed", "grant_model_being_finalised")
    assert [(national[name]["computed"], national[name]["reported"]) for name in models] == [(15, 15), (2, 2), (3, 3)]
    assert (national["sitra_phase2"]["computed"], national["sitra_phase2"]["reported"]) == (7, 9)
    assert "Pohjanmaa" in national["sitra_phase2"]["note"]
    grants = told["regions"]["kainuu"]["grant_model"]
    assert grants["state"] == "baseline"
    assert grants["since"] == "2022-12-13"
    assert grants["evidence"] == {
        "quote": None,
        "url": None,
        "reference": "Kainuun hyvinvointialue: Järjestöavustukset",
    }


def test_one_region_is_told_without_hiding_the_country_from_programs(run: Run, configured: Path) -> None:
    told = run("status", "lappi", "--json").json

    assert list(told["regions"]) == ["lappi"]
    assert told["national"]["strategy_approved"]["computed"] == 20


def test_people_see_the_counts_below_the_regions(run: Run, configured: Path) -> None:
    lines = run("status").out.splitlines()

    start = lines.index("The country, beside the figures of the January 2023 report")
    (row,) = [line.split() for line in lines[start:] if "strategy_approved" in line]
    assert row[:3] == ["strategy_approved", "20", "20"]
    assert "The country" not in run("status", "lappi").out
