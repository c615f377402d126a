"""The regions' status, its history and its proposals."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import pytest

from aluevahti.errors import StorageError
from aluevahti.model import ChangeKind, Evidence, PastValue, StatusState, StatusValue
from aluevahti.storage import Store
from outcomes import HOUR, NOW, change, document, outcome, snapshot_of, status_update, status_value, update

FULL = StatusValue(
    value={"status": "approved", "approved_on": "2026-02-01", "includes_service_strategy": True},
    state=StatusState.DISPUTED,
    since=dt.date(2026, 2, 1),
    evidence=Evidence(quote="q", url="https://a.example/k", document=None, snapshot=None, reference="s. 12"),
    locked=True,
    as_of=dt.date(2026, 2, 2),
)


def test_every_field_of_a_value_comes_back(store: Store) -> None:
    assert [field.name for field in fields(FULL) if getattr(FULL, field.name) == field.default] == []

    store.record_events([], status=[status_update(known=FULL)], now=NOW)

    assert store.status("lappi") == {"strategy": FULL}
    assert store.statuses() == {"lappi": {"strategy": FULL}}
    assert store.status("kainuu") == {}


@pytest.mark.parametrize(
    "value", [None, False, True, 0, 850_000, 1.5, "x", [], [{"name": "Järjestöneuvottelukunta"}], {}]
)
def test_a_value_of_any_shape_comes_back_as_it_was(store: Store, value: object) -> None:
    store.record_events([], status=[status_update(known=replace(FULL, value=value))], now=NOW)

    found = store.status("lappi")["strategy"].value
    assert found == value
    assert type(found) is type(value)


def test_what_is_replaced_becomes_history_oldest_first(store: Store) -> None:
    values = [status_value({"status": word}) for word in ("in_preparation", "draft", "approved")]
    for number, value in enumerate(values):
        store.record_events([], status=[status_update(known=value)], now=NOW + number * HOUR)

    assert store.status("lappi")["strategy"] == values[2]
    assert store.status_history("lappi") == {
        "strategy": (
            PastValue(value=values[0], replaced_at=NOW + HOUR),
            PastValue(value=values[1], replaced_at=NOW + 2 * HOUR),
        )
    }
    assert store.status_history("kainuu") == {}


def test_what_stands_already_is_left_alone(store: Store) -> None:
    for _ in range(3):
        store.record_events([], status=[status_update()], now=NOW)

    assert store.status_history("lappi") == {}


def test_new_evidence_for_the_same_value_keeps_the_old_evidence_in_history(store: Store) -> None:
    store.record_events([], status=[status_update(known=replace(FULL, state=StatusState.BASELINE))], now=NOW)
    store.record_events([], status=[status_update(known=replace(FULL, state=StatusState.AUTO))], now=NOW)

    ((past,),) = store.status_history("lappi").values()
    assert past.value.state is StatusState.BASELINE


def test_the_evidence_learns_its_document_and_snapshot(store: Store) -> None:
    body = snapshot_of(b"page", url="https://a.example/k")
    store.record_poll(
        outcome(
            snapshots=(snapshot_of(b"list"), body),
            documents=(update("other"), update("k", text="t", snapshot_sha256=body.sha256)),
            status=(status_update(document_key="k"), status_update("organs", [], document_key=None)),
        )
    )

    by_key, by_address = store.status("lappi")["strategy"].evidence, store.status("lappi")["organs"].evidence
    assert (by_key.document, by_key.snapshot) == (2, 2)
    assert (by_address.document, by_address.snapshot) == (2, 2)


def test_evidence_from_a_document_known_before_is_found_by_its_key(store: Store) -> None:
    body = snapshot_of(b"page", url="https://elsewhere.example/")
    store.record_poll(
        outcome(snapshots=(body,), documents=(update("k", text="t", snapshot_sha256=body.sha256),)),
    )
    store.record_poll(outcome(status=(status_update(document_key="k"),)))
    store.record_poll(outcome("b", status=(status_update("organs", [], document_key="k"),)))

    assert store.status("lappi")["strategy"].evidence == Evidence(
        quote="Strategia hyväksyttiin.", url="https://a.example/k", document=1, snapshot=1
    )
    assert store.status("lappi")["organs"].evidence.document is None  # a key belongs to its source


def test_evidence_found_by_any_address_of_its_document(store: Store) -> None:
    known = document("k", url="https://a.example/now", aliases=("https://a.example/k",))
    store.record_poll(outcome(documents=(update(known=known),), status=(status_update(),)))

    assert store.status("lappi")["strategy"].evidence.document == 1


def test_a_value_said_again_later_without_a_new_proof_is_no_history(store: Store) -> None:
    for day in range(2, 6):
        known = replace(FULL, as_of=dt.date(2026, 2, day))
        store.record_events([], status=[status_update(known=known)], now=NOW + day * HOUR)

    assert store.status("lappi")["strategy"].as_of == dt.date(2026, 2, 5)
    assert store.status_history("lappi") == {}


def test_what_a_document_says_for_sure_waits_for_nobody(store: Store) -> None:
    for word in ("draft", "approved"):
        store.record_events([], status=[status_update(value={"status": word}, proposal=True)], now=NOW)
    store.record_events([], status=[status_update(value={"status": "approved"})], now=NOW + HOUR)

    assert [proposal.value.value["status"] for proposal in store.proposals()] == ["draft"]
    settled = store.proposal(2)
    assert settled is not None
    assert (settled.accepted, settled.decided_at) == (True, NOW + HOUR)


def test_a_proposal_leaves_the_standing_value_alone(store: Store) -> None:
    store.record_events([], status=[status_update()], now=NOW)
    proposed = status_value({"status": "draft"}, as_of=dt.date(2026, 3, 1))
    store.record_events([], status=[status_update(known=proposed, proposal=True)], now=NOW + HOUR)

    (proposal,) = store.proposals()
    assert (proposal.id, proposal.region, proposal.field) == (1, "lappi", "strategy")
    assert proposal.value == replace(proposed, state=StatusState.PROPOSED)
    assert (proposal.proposed_at, proposal.accepted, proposal.decided_at) == (NOW + HOUR, None, None)
    assert store.status("lappi")["strategy"] == status_value()
    assert store.status_history("lappi") == {}


def test_the_same_value_is_proposed_once_while_it_waits(store: Store) -> None:
    for value in ({"status": "draft"}, {"status": "draft"}, {"status": "approved"}):
        store.record_events([], status=[status_update(value=value, proposal=True)], now=NOW)
    assert [proposal.value.value["status"] for proposal in store.proposals()] == ["draft", "approved"]

    store.decide_proposal(1, False, None, NOW)
    store.record_events([], status=[status_update(value={"status": "draft"}, proposal=True)], now=NOW)

    assert [proposal.id for proposal in store.proposals()] == [2, 3]


def test_what_a_person_rejected_is_remembered_from_a_day_on(store: Store) -> None:
    for word in ("draft", "approved"):
        store.record_events([], status=[status_update(value={"status": word}, proposal=True)], now=NOW)
    store.decide_proposal(1, False, "not yet", NOW)
    store.decide_proposal(2, True, None, NOW)

    assert [proposal.id for proposal in store.refused("lappi", NOW)] == [1]
    assert store.refused("lappi", NOW + HOUR) == ()
    assert store.refused("kainuu", NOW) == ()


def test_a_proposal_that_another_one_superseded_was_rejected_by_nobody(store: Store) -> None:
    for word in ("draft", "approved"):
        proposed = replace(status_update(value={"status": word}, proposal=True), supersedes=True)
        store.record_events([], status=[proposed], now=NOW)

    assert store.refused("lappi", NOW) == ()


def test_an_accepted_proposal_stands_as_confirmed(store: Store) -> None:
    store.record_events([], status=[status_update()], now=NOW)
    proposed = status_value({"status": "draft"})
    store.record_events([], status=[status_update(known=proposed, proposal=True)], now=NOW)

    told = store.decide_proposal(
        1, True, "seen in the minutes", NOW + HOUR, changes=[change(ChangeKind.STATUS_CHANGED)]
    )

    assert store.status("lappi")["strategy"] == replace(proposed, state=StatusState.CONFIRMED, locked=False)
    assert store.status_history("lappi")["strategy"] == (PastValue(value=status_value(), replaced_at=NOW + HOUR),)
    assert store.proposals() == ()
    decided = store.proposal(1)
    assert decided is not None
    assert (decided.accepted, decided.note, decided.decided_at) == (True, "seen in the minutes", NOW + HOUR)
    assert [one.id for one in told] == [1]
    assert list(store.changes()) == list(told)


def test_a_correction_locks_the_field(store: Store) -> None:
    store.record_events([], status=[status_update(value={"status": "draft"}, proposal=True)], now=NOW)

    store.decide_proposal(1, True, None, NOW, value={"status": "approved"})

    standing = store.status("lappi")["strategy"]
    assert (standing.value, standing.locked) == ({"status": "approved"}, True)
    decided = store.proposal(1)
    assert decided is not None
    assert decided.value.value == {"status": "draft"}


def test_the_proposed_value_said_again_is_no_correction(store: Store) -> None:
    store.record_events([], status=[status_update(value={"status": "draft"}, proposal=True)], now=NOW)

    store.decide_proposal(1, True, None, NOW, value={"status": "draft"})

    assert store.status("lappi")["strategy"].locked is False


def test_a_rejected_proposal_changes_nothing_but_is_remembered(store: Store) -> None:
    store.record_events([], status=[status_update(proposal=True)], now=NOW)

    store.decide_proposal(1, False, "another region", NOW)

    assert store.status("lappi") == {}
    assert store.proposals() == ()
    decided = store.proposal(1)
    assert decided is not None
    assert (decided.accepted, decided.note) == (False, "another region")


def test_a_proposal_is_decided_once(store: Store) -> None:
    store.record_events([], status=[status_update(proposal=True)], now=NOW)
    store.decide_proposal(1, False, None, NOW)

    for id_ in (1, 2):
        with pytest.raises(StorageError, match=f"no open proposal {id_}"):
            store.decide_proposal(id_, True, None, NOW)
    assert store.status("lappi") == {}
    assert store.proposal(2) is None
