"""A person decides about proposed status values."""

from __future__ import annotations

from pathlib import Path

import pytest

from aluevahti.model import StatusState
from aluevahti.storage import Store
from clirun import Run
from outcomes import NOW, outcome, status_update, status_value


@pytest.fixture
def state(configured: Path) -> Path:
    """Lapland's strategy is a draft, and a doubtful document says that it was approved."""
    proposed = status_update(known=status_value(state=StatusState.PROPOSED), proposal=True)
    draft = status_update(value={"status": "draft"})
    with Store.open(f"sqlite:///{configured}/state.db", now=NOW, baseline=lambda: (draft,)) as store:
        store.record_poll(outcome("lappi-minutes", status=(proposed,)))
    return configured


def test_what_waits_is_listed_with_its_proof(run: Run, state: Path) -> None:
    (waiting,) = run("review", "list", "--json").json

    assert (waiting["id"], waiting["region"], waiting["field"]) == (1, "lappi", "strategy")
    assert waiting["value"] == {"status": "approved"}
    assert waiting["state"] == "proposed"
    assert waiting["evidence"] == {"quote": "Strategia hyväksyttiin.", "url": "https://a.example/k"}
    assert run("review", "list").out == (
        "1  lappi  strategy  2026-03-02 09:00\n"
        "    stands    status draft\n"
        "    proposed  status approved\n"
        "    “Strategia hyväksyttiin.”\n"
        "    https://a.example/k\n"
    )


def test_an_accepted_value_stands_and_is_told(run: Run, state: Path) -> None:
    accepted = run("--now", "2026-03-03T10:00", "review", "accept", "1", "--note", "Luettu pöytäkirjasta.")

    assert (accepted.code, accepted.out) == (0, "lappi: strategy is now status approved.\n")
    strategy = run("status", "lappi", "--json").json["regions"]["lappi"]["strategy"]
    assert (strategy["value"], strategy["state"]) == ({"status": "approved"}, "confirmed")
    (change,) = run("changes", "--json").lines
    assert (change["kind"], change["detected_at"]) == ("status.changed", "2026-03-03T10:00:00+02:00")
    assert change["before"] == {"field": "strategy", "value": {"status": "draft"}}
    assert run("review", "list").out == "Nothing waits for a person.\n"


def test_a_rejected_value_changes_nothing(run: Run, state: Path) -> None:
    assert run("review", "reject", "1").out == "lappi: strategy stays as it was.\n"

    assert run("status", "lappi", "--json").json["regions"]["lappi"]["strategy"]["value"] == {"status": "draft"}
    assert run("changes", "--json").lines == []


def test_a_decision_is_made_once(run: Run, state: Path) -> None:
    run("review", "reject", "1")

    again = run("review", "accept", "1")
    other = run("review", "accept", "2")

    assert (again.code, other.code) == (2, 2)
    assert again.err == "aluevahti: review: somebody has decided already about proposal 1; see `review list`\n"
    assert other.err == "aluevahti: review: there is no proposal 2; see `review list`\n"
