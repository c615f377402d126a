"""What accepting a proposal tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aluevahti.model import ChangeKind, Proposal, StatusState, Theme
from aluevahti.rules.review import accepted
from outcomes import NOW, status_value

PROPOSAL = Proposal(
    id=3, region="lappi", field="strategy", value=status_value(state=StatusState.PROPOSED), proposed_at=NOW
)
LATER = NOW + dt.timedelta(days=1)


def test_an_accepted_value_is_told_with_what_stood_before_and_its_proof() -> None:
    change = accepted(PROPOSAL, status_value({"status": "draft"}), LATER, title="Strategia")

    assert change is not None
    assert (change.kind, change.region, change.detected_at) == (ChangeKind.STATUS_CHANGED, "lappi", LATER)
    assert (change.relevant, change.sure, change.themes) == (True, True, (Theme.STRATEGY,))
    assert change.before == {"field": "strategy", "value": {"status": "draft"}}
    assert change.after == {"field": "strategy", "value": {"status": "approved"}}
    assert change.evidence == PROPOSAL.value.evidence
    assert change.url == PROPOSAL.value.evidence.url


def test_a_correction_is_told_instead_of_the_proposed_value() -> None:
    change = accepted(PROPOSAL, None, LATER, title="Strategia", value={"status": "in_preparation"})

    assert change is not None
    assert change.before == {"field": "strategy", "value": None}
    assert change.after == {"field": "strategy", "value": {"status": "in_preparation"}}


def test_a_value_that_stands_already_is_no_news() -> None:
    assert accepted(PROPOSAL, status_value(), LATER, title="Strategia") is None


def test_a_field_without_a_theme_of_its_own_is_about_grants() -> None:
    change = accepted(replace(PROPOSAL, field="grant_total_eur"), None, LATER, title="Avustukset")

    assert change is not None
    assert change.themes == (Theme.GRANTS,)


def test_windows_that_are_accepted_as_proposed_were_told_when_they_were_found() -> None:
    windows = replace(PROPOSAL, field="grant_windows")

    assert accepted(windows, None, LATER, title="Haku") is None
    corrected = accepted(windows, None, LATER, title="Haku", value=[{"closes": "2026-04-30"}])
    assert corrected is not None
    assert corrected.after == {"field": "grant_windows", "value": [{"closes": "2026-04-30"}]}
