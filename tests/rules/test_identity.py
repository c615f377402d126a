"""Which document on a list is which: renamed, moved, reordered, or new."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Document, Form, Phase
from aluevahti.rules.identity import is_of_the_past, match, names_across_sources, phase_after, phase_rank
from factories import a_document, day, known


def minutes(key: str, held: str, **fields: object) -> Document:
    given = {"title": "Aluehallitus 13.1.2026 Pöytäkirja", "form": Form.MEETING, "meeting_on": day(held)}
    return a_document(key, **{**given, **fields})


def test_a_new_order_pairs_everything() -> None:
    documents = [a_document(str(number)) for number in range(5)]
    state = [known(document, row) for row, document in enumerate(documents, 1)]

    found = match(state, documents[::-1])

    assert (found.new, found.missing) == ((), ())
    assert [one.id for one, _ in found.pairs] == [5, 4, 3, 2, 1]


def test_a_respelt_title_under_the_same_key_is_the_same_document() -> None:
    found = match([known(a_document("1", title="Pöytäkrija"))], [a_document("1", title="Pöytäkirja")])

    assert [one.id for one, _ in found.pairs] == [1]


def test_links_that_all_move_to_a_new_path_are_the_same_documents() -> None:
    documents = [
        a_document(
            f"https://a.fi/x/{n}",
            url=f"https://a.fi/x/{n}",
            title=f"Otsikko numero {n}",
            published_on=day("2026-01-02"),
        )
        for n in range(6)
    ]
    moved = [replace(one, key=one.key.replace("/x/", "/y/"), url=one.url.replace("/x/", "/y/")) for one in documents]

    found = match([known(document, row) for row, document in enumerate(documents, 1)], moved)

    assert (found.new, found.missing) == ((), ())


def test_the_same_title_on_another_day_is_another_document() -> None:
    found = match(
        [known(minutes("a", "2026-01-13", title="Pöytäkirjan tarkastajat"))],
        [minutes("b", "2026-02-10", title="Pöytäkirjan tarkastajat")],
    )

    assert (len(found.new), len(found.missing)) == (1, 1)


def test_a_case_number_and_section_join_what_got_a_new_title_and_address() -> None:
    old = a_document("a", form=Form.ITEM, case_number="XDno-2026-1", section=12, meeting_on=day("2026-03-09"))
    new = replace(old, key="b", url="https://a.fi/b", title="Aivan toinen otsikko")

    assert match([known(old)], [new]).new == ()


def test_two_candidates_with_one_name_are_not_joined_by_it() -> None:
    state = [known(a_document("a", title="Avustukset"), 1), known(a_document("b", title="Avustukset"), 2)]

    found = match(state, [a_document("c", title="Avustukset")])

    assert [one.key for one in found.new] == ["c"]


def test_an_alias_is_as_good_as_a_key() -> None:
    seen = a_document("x", title="Muu", aliases=("/content/32214/14161",))

    assert match([known(a_document("/content/32214/14161"))], [seen]).new == ()


def test_the_minutes_checkers_of_two_boards_stay_two_documents_across_sources() -> None:
    one = a_document(
        "1", form=Form.ITEM, title="Pöytäkirjan tarkastajat", organ="Aluehallitus", meeting_on=day("2026-03-02")
    )
    other = replace(one, key="2", url="https://b.fi/2", organ="Aluevaltuusto")

    assert not set(names_across_sources(one)) & set(names_across_sources(other))


def test_one_item_told_by_two_sources_has_a_common_name() -> None:
    one = a_document("1", form=Form.ITEM, title="§ 4 Avustukset", organ="Aluehallitus", meeting_on=day("2026-03-02"))
    other = replace(one, key="2", url="https://b.fi/2", title="Avustukset", organ="aluehallitus")

    assert set(names_across_sources(one)) & set(names_across_sources(other))


documents = st.lists(
    st.builds(
        lambda key, title: a_document(key, title=title),
        st.text("abcdef", min_size=1, max_size=3),
        st.sampled_from(["Avustukset", "Pöytäkirja", "Talousarvio", "Hallintosääntö", "Muut asiat"]),
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(documents, documents)
def test_matching_neither_loses_nor_doubles_a_document(before: list[Document], after: list[Document]) -> None:
    state = [known(document, row) for row, document in enumerate(before, 1)]

    found = match(state, after)

    assert sorted(one.key for one in after) == sorted([d.key for _, d in found.pairs] + [d.key for d in found.new])
    assert sorted(one.id for one in state) == sorted([k.id for k, _ in found.pairs] + [k.id for k in found.missing])


@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_a_list_never_makes_news(before: list[Document], order: object) -> None:
    state = [known(document, row) for row, document in enumerate(before, 1)]
    shuffled = list(before)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    found = match(state, shuffled)

    assert all(one.document.key == document.key for one, document in found.pairs)
    assert found.new == ()


# --- a meeting's items and phases ----------------------------------------------------------------


def item(key: str, title: str, phase: Phase = Phase.AGENDA, meeting: str = "118") -> Document:
    return a_document(key, form=Form.ITEM, phase=phase, meeting_key=meeting, meeting_on=day("2026-03-09"), title=title)


def test_an_item_reworded_in_the_minutes_is_the_item_of_the_agenda() -> None:
    on_agenda = known(item("118002", "Järjestöavustusten myöntäminen vuodelle 2026"))
    in_minutes = item("118502", "Järjestöavustusten myöntäminen vuonna 2026", Phase.MINUTES)

    assert [one.id for one, _ in match([on_agenda], [in_minutes]).pairs] == [1]


@pytest.mark.parametrize(
    ("old", "new", "phase", "meeting"),
    [
        ("Aluevaltuutetun aloite 3/2026", "Aluevaltuutetun aloite 4/2026", Phase.MINUTES, "118"),
        ("Järjestöavustusten myöntäminen", "Hallintosäännön muuttaminen", Phase.MINUTES, "118"),
        ("Järjestöavustusten myöntäminen", "Järjestöavustuksen myöntäminen", Phase.MINUTES, "119"),
        ("Järjestöavustusten myöntäminen", "Järjestöavustuksen myöntäminen", Phase.AGENDA, "118"),
    ],
)
def test_an_item_that_only_looks_alike_is_another_one(old: str, new: str, phase: Phase, meeting: str) -> None:
    found = match([known(item("118002", old))], [item("118502", new, phase, meeting)])

    assert (len(found.new), len(found.missing)) == (1, 1)


def test_two_items_that_are_alike_are_not_guessed_at() -> None:
    on_agenda = [known(item("1", "Avustuksen myöntäminen"), 1), known(item("2", "Avustusten myöntäminen"), 2)]
    in_minutes = [item("3", "Avustuksen myöntämisestä", Phase.MINUTES)]

    assert len(match(on_agenda, in_minutes).new) == 1


phases = st.sampled_from([None, *Phase])


@given(phases, st.lists(phases))
def test_a_phase_never_goes_back_unless_a_cancelled_meeting_is_held_after_all(
    start: Phase | None, seen: list[Phase | None]
) -> None:
    phase = start
    for one in seen:
        later = phase_after(phase, one)
        assert phase is Phase.CANCELLED or phase_rank(later) >= phase_rank(phase)
        assert later in {phase, one}
        assert phase_after(later, one) is later
        phase = later


def test_an_agenda_beside_the_minutes_is_of_the_past_and_unreviewed_minutes_are_not() -> None:
    reviewed = item("1", "Avustukset", Phase.MINUTES)

    assert is_of_the_past(reviewed, replace(reviewed, phase=Phase.AGENDA))
    assert not is_of_the_past(reviewed, replace(reviewed, phase=Phase.MINUTES_UNREVIEWED))
    assert not is_of_the_past(reviewed, replace(reviewed, phase=None))
    assert not is_of_the_past(replace(reviewed, phase=Phase.CANCELLED), replace(reviewed, phase=Phase.AGENDA))
