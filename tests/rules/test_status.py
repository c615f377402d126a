"""Facts folded into status: sure ones apply, doubtful ones wait, old ones undo nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import ChangeKind, Evidence, StatusFact, StatusState, StatusValue
from aluevahti.rules.status import Folded, Witness, fold, proposal_mark
from factories import NOW, day

WITNESS = Witness(region="lappi", source="lappi-minutes", title="Strategia", url="https://a.fi/7", key="7", document=7)


def fact(field: str, value: Any, as_of: str | None = "2026-03-01", **fields: Any) -> StatusFact:
    given = {"field": field, "value": value, "as_of": day(as_of) if as_of else None, "quote": "Hyväksyttiin."}
    return StatusFact(**{**given, **fields})


def baseline(value: Any, since: str | None = None, **fields: Any) -> StatusValue:
    given = {
        "value": value,
        "state": StatusState.BASELINE,
        "since": day(since) if since else None,
        "evidence": Evidence(quote=None, url=None, reference="Lappi"),
    }
    return StatusValue(**{**given, **fields})


def kinds(folded: Folded) -> list[ChangeKind]:
    return [change.kind for change in folded.changes]


def test_a_sure_fact_replaces_the_baseline_and_is_told_with_before_and_after() -> None:
    known = {"strategy": baseline({"status": "draft", "approved_by": "aluevaltuusto", "approved_on": None})}

    folded = fold(known, [fact("strategy", {"status": "approved", "approved_on": "2026-02-28"})], WITNESS, NOW)

    assert kinds(folded) == [ChangeKind.STATUS_CHANGED]
    assert folded.changes[0].before["value"]["status"] == "draft"
    assert (folded.updates[0].value.value) == {
        "status": "approved",
        "approved_by": "aluevaltuusto",
        "approved_on": "2026-02-28",
    }
    assert StatusState.AUTO is folded.updates[0].value.state


def test_a_fact_that_says_what_the_baseline_says_confirms_it_without_a_word() -> None:
    known = {"sitra_phase2": baseline(value=True)}

    folded = fold(known, [fact("sitra_phase2", value=True)], WITNESS, NOW)

    assert kinds(folded) == []
    assert StatusState.AUTO is folded.updates[0].value.state


def test_a_fact_from_before_the_baseline_undoes_nothing() -> None:
    known = {"grant_model": baseline({"status": "approved", "decisions": []}, "2022-11-01")}

    assert kinds(fold(known, [fact("grant_model", {"status": "postponed"}, "2022-12-01")], WITNESS, NOW)) == []


def test_a_doubtful_fact_is_proposed_and_leaves_the_value_alone() -> None:
    folded = fold({}, [fact("grant_total_eur", 850000, sure=False, doubt="two sums")], WITNESS, NOW)

    assert kinds(folded) == [ChangeKind.STATUS_PROPOSED]
    assert folded.updates[0].proposal
    assert not folded.changes[0].sure


def test_what_is_proposed_already_is_not_proposed_again() -> None:
    doubtful = [fact("grant_total_eur", 850000, sure=False)]

    assert kinds(fold({}, doubtful, WITNESS, NOW, proposed={proposal_mark("grant_total_eur", 850000)})) == []


def test_with_manual_review_everything_waits() -> None:
    folded = fold({}, [fact("grant_total_eur", 850000)], WITNESS, NOW, manual_review=True)

    assert kinds(folded) == [ChangeKind.STATUS_PROPOSED]


def test_a_field_that_a_person_corrected_is_only_proposed() -> None:
    known = {"grant_total_eur": baseline(1, locked=True, state=StatusState.CONFIRMED)}

    assert kinds(fold(known, [fact("grant_total_eur", 2)], WITNESS, NOW)) == [ChangeKind.STATUS_PROPOSED]


def test_two_documents_of_one_day_that_contradict_each_other_are_disputed() -> None:
    known = {"grant_total_eur": baseline(800000, "2026-03-01", state=StatusState.AUTO)}

    folded = fold(known, [fact("grant_total_eur", 850000)], WITNESS, NOW)

    assert StatusState.DISPUTED is folded.updates[0].value.state
    assert not folded.changes[0].sure


def test_a_decision_told_by_two_documents_is_one_decision() -> None:
    known = {
        "grant_model": baseline(
            {"status": "approved", "decisions": [{"what": "periaatteet", "by": "Aluehallitus", "on": "2026-03-01"}]},
            "2026-03-01",
            state=StatusState.AUTO,
        )
    }
    same = {
        "status": "approved",
        "decisions": [{"what": "avustusperiaatteet", "by": "aluehallitus", "on": "2026-03-01"}],
    }

    assert kinds(fold(known, [fact("grant_model", same)], WITNESS, NOW)) == []


def test_grant_types_gather() -> None:
    known = {"grant_types": baseline(["toiminta-avustus"])}

    folded = fold(known, [fact("grant_types", ["toiminta-avustus", "kerta-avustus"])], WITNESS, NOW)

    assert folded.updates[0].value.value == ["toiminta-avustus", "kerta-avustus"]


def test_a_type_that_only_an_older_document_names_is_known_too_and_what_older_minutes_say_else_is_not() -> None:
    def known_from(field: str, value: Any) -> dict[str, StatusValue]:
        return {field: baseline(value, "2026-04-04", state=StatusState.AUTO, as_of=day("2026-04-04"))}

    added = fold(known_from("grant_types", ["a"]), [fact("grant_types", ["b"], "2026-04-01")], WITNESS, NOW)

    assert [(one.value.value, one.value.as_of) for one in added.updates] == [(["a", "b"], day("2026-04-04"))]
    assert fold(known_from("grant_total_eur", 310_000), [fact("grant_total_eur", 300_000)], WITNESS, NOW).changes == ()
    draft = fact("strategy", {"status": "draft"}, "2026-04-01")
    assert fold(known_from("strategy", {"status": "approved"}), [draft], WITNESS, NOW).changes == ()


def test_types_that_several_sentences_of_a_document_name_are_one_change_proved_by_the_first_new_one() -> None:
    known = {"grant_types": baseline(["toiminta-avustus"])}
    named = [("toiminta-avustus", "Yksi."), ("kerta-avustus", "Kaksi."), ("kohdeavustus", "Kolme.")]

    folded = fold(known, [fact("grant_types", [name], quote=quote) for name, quote in named], WITNESS, NOW)

    (change,) = folded.changes
    assert change.after["value"] == ["toiminta-avustus", "kerta-avustus", "kohdeavustus"]
    assert change.evidence is not None
    assert change.evidence.quote == "Kaksi."


def test_a_type_of_an_old_line_is_proposed_once_however_many_are_known_meanwhile() -> None:
    def undated(known: list[str]) -> Folded:
        old, new = fact("grant_types", ["a"], None, sure=False), fact("grant_types", ["b"])
        waiting = [proposal_mark("grant_types", ["c", "a"])] if len(known) > 1 else []
        return fold({"grant_types": baseline(known)}, [old, new], WITNESS, NOW, proposed=waiting)

    assert kinds(undated(["c"])) == [ChangeKind.STATUS_CHANGED, ChangeKind.STATUS_PROPOSED]
    assert kinds(undated(["c", "d"])) == [ChangeKind.STATUS_CHANGED]


def test_a_type_that_both_an_old_and_a_new_line_name_is_not_proposed_besides() -> None:
    old, new = fact("grant_types", ["a"], None, sure=False), fact("grant_types", ["a", "b"])

    assert kinds(fold({}, [old, new], WITNESS, NOW)) == [ChangeKind.STATUS_CHANGED]


facts = st.lists(
    st.builds(
        lambda field, value, days: fact(field, value, (day("2026-01-01") + dt.timedelta(days=days)).isoformat()),
        st.sampled_from(["grant_total_eur", "grant_granted_eur"]),
        st.integers(1, 3),
        st.integers(0, 30),
    ),
    max_size=8,
    unique_by=lambda one: (one.field, one.as_of),
)


@given(facts)
def test_folding_the_same_facts_again_tells_nothing(several: list[StatusFact]) -> None:
    once = fold({}, several, WITNESS, NOW)
    state = {update.field: update.value for update in once.updates}

    assert fold(state, several, WITNESS, NOW).changes == ()


@given(facts, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(several: list[StatusFact], order: Any) -> None:
    shuffled = list(several)
    order.shuffle(shuffled)

    def final(sequence: list[StatusFact]) -> dict[str, Any]:
        return {update.field: update.value.value for update in fold({}, sequence, WITNESS, NOW).updates}

    assert final(several) == final(shuffled)


def test_the_swedish_document_of_a_decision_contradicts_the_finnish_one_in_nothing() -> None:
    decided = {"status": "approved", "approved_on": "2026-03-01", "by": "aluevaltuusto"}
    known = {"participation_programme": baseline(decided, "2026-03-01", state=StatusState.AUTO)}
    swedish = decided | {"by": "välfärdsområdesfullmäktige"}

    assert fold(known, [fact("participation_programme", swedish)], WITNESS, NOW) == Folded((), ())


def test_another_decision_is_told_with_its_own_body() -> None:
    known = {"participation_programme": baseline({"approved_on": "2022-11-28", "by": "tulevaisuuslautakunta"})}
    swedish = {"approved_on": "2026-03-01", "by": "välfärdsnämnden"}

    assert fold(known, [fact("participation_programme", swedish)], WITNESS, NOW).updates[0].value.value == swedish


def test_a_decision_told_in_both_languages_is_one_decision() -> None:
    known = {
        "grant_model": baseline(
            {
                "status": "approved",
                "decisions": [{"what": "periaatteet", "by": "yhdyspintalautakunta", "on": "2026-03-01"}],
            }
        )
    }
    swedish = {
        "status": "approved",
        "decisions": [{"what": "principer", "by": "nämnden för samverkan", "on": "2026-03-01"}],
    }

    assert kinds(fold(known, [fact("grant_model", swedish)], WITNESS, NOW)) == []


def test_a_body_named_without_its_region_keeps_its_full_name() -> None:
    known = {
        "ngo_body": baseline({"name": "Keski-Uudenmaan järjestöneuvottelukunta", "status": "exists"}, "2022-11-01")
    }

    folded = fold(known, [fact("ngo_body", {"name": "järjestöneuvottelukunta", "status": "exists"})], WITNESS, NOW)

    assert kinds(folded) == []
    assert folded.updates[0].value.value["name"] == "Keski-Uudenmaan järjestöneuvottelukunta"


def test_a_body_that_is_abolished_stands_no_more() -> None:
    known = {
        "ngo_body": baseline({"name": "Keski-Uudenmaan järjestöneuvottelukunta", "status": "exists"}, "2022-11-01")
    }
    ended = fact("ngo_body", {"name": "järjestöneuvottelukunta", "status": "abolished"})

    folded = fold(known, [ended], WITNESS, NOW)

    assert kinds(folded) == [ChangeKind.STATUS_CHANGED]
    assert folded.updates[0].value.value is None


def test_the_end_of_another_body_leaves_the_known_one() -> None:
    known = {"ngo_body": baseline({"name": "kumppanuuspöytä", "status": "exists"}, "2022-11-01")}
    ended = fact("ngo_body", {"name": "järjestöneuvottelukunta", "status": "abolished"})

    assert fold(known, [ended], WITNESS, NOW) == Folded((), ())


def test_the_end_of_a_body_that_is_not_known_tells_nothing() -> None:
    ended = fact("ngo_body", {"name": "järjestöneuvottelukunta", "status": "abolished"})

    assert fold({}, [ended], WITNESS, NOW) == Folded((), ())


def test_a_dispute_of_one_day_is_told_once_whoever_speaks_again() -> None:
    board, council = ({"status": "approved", "by": by} for by in ("aluehallitus", "aluevaltuusto"))
    first = fold({}, [fact("participation_programme", board)], WITNESS, NOW).updates[0].value
    second = fold({"participation_programme": first}, [fact("participation_programme", council)], WITNESS, NOW)
    disputed = second.updates[0].value

    again = fold({"participation_programme": disputed}, [fact("participation_programme", board)], WITNESS, NOW)

    assert disputed.state is StatusState.DISPUTED
    assert again == Folded((), ())
