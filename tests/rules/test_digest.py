"""Who hears what, and one thing once."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Change, ChangeKind, Evidence, Subscriber, Theme
from aluevahti.regions import REGION_CODES
from aluevahti.rules.digest import (
    DOCUMENT_KINDS,
    SOURCE_KINDS,
    Entry,
    Reason,
    Weight,
    Why,
    concerns,
    mentions,
    select,
)
from readers import change, reader, window


def told(entries: tuple[Entry, ...]) -> list[list[int]]:
    return [[one.id or 0 for one in entry.changes] for entry in entries]


# --- what concerns whom ---


@pytest.mark.parametrize(
    ("wishes", "given_change", "expected"),
    [
        ({}, {}, True),
        ({"regions": ("kanta-hame",)}, {}, True),
        ({"regions": ("lappi", "kainuu")}, {}, False),
        ({"themes": (Theme.GRANTS,)}, {}, True),
        ({"themes": (Theme.STRATEGY,)}, {}, False),
        ({"themes": (Theme.STRATEGY, Theme.GRANTS)}, {}, True),
        ({}, {"relevant": False}, False),
        ({"all_documents": True}, {"relevant": False}, True),
        ({"all_documents": True}, {"relevant": False, "themes": ()}, True),
        ({"all_documents": True, "themes": (Theme.STRATEGY,)}, {"relevant": False}, True),
        ({"all_documents": True, "regions": ("lappi",)}, {"relevant": False}, False),
        ({"all_documents": True}, {"relevant": False, "kind": ChangeKind.DOCUMENT_REMOVED}, False),
        ({}, {"kind": ChangeKind.DOCUMENT_REMOVED}, True),
        ({}, {"kind": ChangeKind.WINDOW_OPENED, "relevant": False}, True),
        ({}, {"kind": ChangeKind.STATUS_CHANGED, "relevant": False}, True),
        ({}, {"kind": ChangeKind.STATUS_PROPOSED, "relevant": False, "sure": False}, True),
        ({"words": ("kumppanuus",)}, {}, False),
        ({"words": ("kumppanuus",)}, {"title": "Kumppanuustalon avustus"}, True),
        ({"words": ("kumppanuus",)}, {"title": "Kumppanuustalon avustus", "relevant": False}, True),
        ({"words": ("kumppanuus",)}, {"title": "Kumppanuustalo", "relevant": False, "themes": ()}, True),
        ({"words": ("kumppanuus",)}, {"title": "Kumppanuustalo", "region": "lappi"}, True),
        ({"words": ("kumppanuus",), "regions": ("kainuu",)}, {"title": "Kumppanuustalo"}, False),
        ({"words": ("kumppanuus",), "themes": (Theme.STRATEGY,)}, {"title": "Kumppanuustalo"}, False),
        (
            {"words": ("kumppanuus",), "themes": (Theme.STRATEGY,)},
            {"title": "Kumppanuustalo", "relevant": False, "themes": ()},
            True,
        ),
        ({"words": ("hämeen",), "all_documents": True}, {"relevant": False}, False),
    ],
)
def test_a_reader_hears_what_was_asked_for(
    wishes: dict[str, Any], given_change: dict[str, Any], expected: bool
) -> None:
    one = change(5, given_change.pop("kind", ChangeKind.DOCUMENT_NEW), **given_change)

    assert expected == concerns(reader(**wishes), one, {})


@pytest.mark.parametrize("kind", sorted(SOURCE_KINDS))
def test_trouble_with_a_source_never_reaches_a_reader(kind: ChangeKind) -> None:
    assert select(reader(all_documents=True), [change(5, kind, relevant=True)]) == ()


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("avustus", "avustusten haku", True),
        ("avustus", "järjestöavustus", False),
        ("*avustus", "järjestöavustus", True),
        ("AVUSTUS", "avustus", True),
        ("ä", "a", False),
        ("säde", "sade", False),
        ("mielenterveys työ", "mielenterveys\n työn tuki", True),
        ("sosiaalinen kuntoutus", "sosiaalisen kuntoutuksen", True),
        ("sosiaali kuntoutus", "sosiaalisen kuntoutuksen tuki", True),
        ("omaishoitaja", "omaishoitajien", True),
        ("yhdistys", "yhdistykset", True),
        ("lappi", "lappeenranta", False),
        ("2026/123", "2026/124", False),
        ("c++", "c++ ja muuta", True),
        ("(", "a (b)", True),
        ("", "mitä vain", False),
        ("  ", "mitä vain", False),
        ("*", "mitä vain", False),
        ("ö", "o\u0308ljy", True),
    ],
)
def test_a_word_fits_at_the_start_of_a_word(word: str, text: str, expected: bool) -> None:
    assert expected == mentions(unicodedata.normalize("NFC", text).casefold(), word)


def test_words_are_looked_for_in_quote_place_values_and_text() -> None:
    quoted = change(1, evidence=Evidence(quote="Tuetaan omaishoitajia", url=None, document=1))
    placed = change(2, region="lappi")
    valued = change(3, ChangeKind.WINDOW_OPENED, after=window(grant_type="tila-avustus"))
    full = change(4)
    follower = reader(words=("omaishoi", "Lappi", "tila avustus", "nuorisotyö"))

    entries = select(follower, [quoted, placed, valued, full], {4: "Seuran nuorisotyö jatkuu."})

    assert sorted(told(entries)) == [[1], [2], [3], [4]]
    reasons = {entry.changes[0].id: entry.reasons for entry in entries}
    assert reasons[4] == (Reason(Why.WORD, "nuorisotyö"),)


# --- one thing once ---


def test_a_document_and_the_window_and_status_it_brought_are_one_entry() -> None:
    new = change(1)
    opened = change(2, ChangeKind.WINDOW_OPENED, document=1, window=50, after=window())
    status = change(3, ChangeKind.STATUS_CHANGED, document=1, after={"field": "grant_model", "value": None})

    assert told(select(reader(), [new, opened, status])) == [[1, 2, 3]]


def test_a_window_told_of_by_two_documents_is_one_entry() -> None:
    opened = change(2, ChangeKind.WINDOW_OPENED, document=1, window=50, after=window())
    news = change(7, document=9)
    extended = change(8, ChangeKind.WINDOW_CHANGED, document=9, window=50, before=window(), after=window("2026-04-15"))

    assert told(select(reader(), [opened, news, extended])) == [[2, 7, 8]]


def test_two_groups_that_turn_out_to_be_one_thing_are_joined() -> None:
    one = change(1, ChangeKind.WINDOW_OPENED, document=1, window=50, after=window())
    other = change(2, document=9)
    bridge = change(3, ChangeKind.WINDOW_CHANGED, document=9, window=50, before=window(), after=window("2026-04-15"))
    late = change(4, ChangeKind.DOCUMENT_REVISED, document=1)

    assert told(select(reader(), [one, other, bridge, late])) == [[1, 2, 3, 4]]


def test_different_documents_stay_apart_though_they_share_a_title() -> None:
    assert told(select(reader(), [change(1, title="Sama"), change(2, title="Sama")])) == [[1], [2]]


def test_a_status_without_a_document_is_one_entry_per_field() -> None:
    strategy = [
        change(n, ChangeKind.STATUS_CHANGED, document=None, after={"field": "strategy", "value": n}) for n in (1, 2)
    ]
    model = change(3, ChangeKind.STATUS_CHANGED, document=None, after={"field": "grant_model", "value": 1})

    assert told(select(reader(), [*strategy, model])) == [[1, 2], [3]]


def test_changes_of_a_document_that_is_not_stored_yet_are_joined_by_its_key() -> None:
    shared: dict[str, Any] = {"document": None, "evidence": None, "document_key": "k"}
    new = change(1, **shared)
    opened = change(2, ChangeKind.WINDOW_OPENED, after=window(), **shared)
    other = change(3, source="kainuu-news", **shared)

    assert told(select(reader(), [new, opened, other])) == [[1, 2], [3]]


def test_a_region_that_nobody_knows_is_searched_by_its_code() -> None:
    assert len(select(reader(words=("uusimaa",)), [change(1, region="uusimaa")])) == 1


# --- what comes first ---


def test_deadlines_come_first_then_new_calls_then_changes_decisions_and_documents() -> None:
    changes = [
        change(1),
        change(2, ChangeKind.STATUS_CHANGED, after={"field": "strategy", "value": 1}),
        change(3, ChangeKind.WINDOW_CHANGED, before=window(), after=window("2026-04-15"), window=1),
        change(4, ChangeKind.WINDOW_OPENED, after=window("2026-05-01"), window=2),
        change(5, ChangeKind.WINDOW_OPENED, after=window("2026-04-01"), window=3),
        change(6, ChangeKind.WINDOW_CLOSING, after=window("2026-03-16"), window=4),
        change(7, ChangeKind.WINDOW_CLOSING, after=window("2026-03-04"), window=5),
        change(8, ChangeKind.WINDOW_CLOSED, before=window("2026-03-01"), window=6),
    ]

    entries = select(reader(), changes)

    assert told(entries) == [[7], [6], [5], [4], [3], [2], [8], [1]]
    assert [entry.weight for entry in entries] == [
        Weight.CLOSING,
        Weight.CLOSING,
        Weight.OPENED,
        Weight.OPENED,
        Weight.CHANGED,
        Weight.DECIDED,
        Weight.CLOSED,
        Weight.DOCUMENT,
    ]


@pytest.mark.parametrize(
    ("last", "weight"),
    [
        (change(3, ChangeKind.WINDOW_CLOSED, document=1, window=9, before=window()), Weight.CLOSED),
        (change(3, ChangeKind.WINDOW_CHANGED, document=1, window=9, before=window(), after=None), Weight.CHANGED),
    ],
)
def test_a_window_that_is_no_more_is_not_a_deadline(last: Change, weight: Weight) -> None:
    opened = change(1, ChangeKind.WINDOW_OPENED, document=1, window=9, after=window())
    closing = change(2, ChangeKind.WINDOW_CLOSING, document=1, window=9, after=window())

    (entry,) = select(reader(), [opened, closing, last])

    assert (weight, None) == (entry.weight, entry.deadline)
    assert len(entry.changes) == 3


def test_a_call_that_is_sure_by_now_stands_among_the_new_ones() -> None:
    proposed = change(1, ChangeKind.WINDOW_OPENED, document=1, window=9, after=window(), sure=False)
    decided = change(2, ChangeKind.WINDOW_CHANGED, document=2, window=9, before=window(), after=window(time="12:00"))

    for told in ([proposed, decided], [decided]):
        (entry,) = select(reader(), told)
        assert (entry.weight, entry.sure, entry.deadline) == (Weight.OPENED, True, dt.date(2026, 3, 31))


@pytest.mark.parametrize("closes", ["kevät", 5, None, ["2026-03-01"]])
def test_a_closing_day_that_is_none_is_no_deadline(closes: Any) -> None:
    (entry,) = select(reader(), [change(1, ChangeKind.WINDOW_OPENED, after=window() | {"closes": closes})])

    assert entry.deadline is None


# --- why ---


def test_an_entry_says_which_wish_it_fits() -> None:
    follower = reader(regions=("kanta-hame",), themes=(Theme.STRATEGY, Theme.GRANTS), words=("asiakirja", "muu"))

    (entry,) = select(follower, [change(1)])

    assert entry.reasons == (
        Reason(Why.REGION, "kanta-hame"),
        Reason(Why.THEME, "avustukset"),
        Reason(Why.WORD, "asiakirja"),
    )


def test_a_reader_of_everything_is_told_so() -> None:
    assert select(reader(), [change(1)])[0].reasons == (Reason(Why.EVERYTHING),)


def test_a_document_that_only_a_reader_of_all_documents_gets_says_so() -> None:
    follower = reader(all_documents=True)
    entries = select(follower, [change(1, relevant=False), change(2)])

    assert [entry.reasons for entry in entries] == [(Reason(Why.ALL_DOCUMENTS),), (Reason(Why.EVERYTHING),)]


# --- promises over everything ---

kinds = st.sampled_from(list(ChangeKind))
regions = st.sampled_from(REGION_CODES[:4])
themes = st.lists(st.sampled_from(list(Theme)), max_size=3, unique=True).map(tuple)
words = st.sampled_from(["asiakirja", "avustus", "*kirja", "puuttuu"])


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    return [
        change(
            number,
            draw(kinds),
            region=draw(regions),
            themes=draw(themes),
            relevant=draw(st.booleans()),
            document=draw(st.none() | st.integers(1, 6)),
            window=draw(st.none() | st.integers(1, 6)),
            before=window(),
            after=draw(st.sampled_from([None, window(), {"field": "strategy", "value": None}])),
        )
        for number in range(1, draw(st.integers(0, 14)) + 1)
    ]


readers_of = st.builds(
    reader,
    regions=st.lists(regions, max_size=2, unique=True).map(tuple),
    themes=themes,
    words=st.lists(words, max_size=2, unique=True).map(tuple),
    all_documents=st.booleans(),
)


@given(histories(), readers_of, st.lists(st.integers(0, 14), max_size=4))
def test_each_change_is_in_exactly_one_digest_of_each_reader_it_concerns(
    changes: list[Change], subscriber: Subscriber, cuts: list[int]
) -> None:
    """However the history is cut into digests: nothing is left out, nothing is told twice."""
    heard: list[int] = []
    cursor = 0
    for cut in [*sorted(cuts), len(changes)]:
        here = Subscriber(**{name: getattr(subscriber, name) for name in Subscriber.__slots__} | {"cursor": cursor})
        heard += [one.id or 0 for entry in select(here, changes[:cut]) for one in entry.changes]
        cursor = cut

    assert sorted(heard) == [one.id for one in changes if concerns(subscriber, one, {})]


@given(histories(), readers_of)
def test_no_document_and_no_window_stands_in_two_entries(changes: list[Change], subscriber: Subscriber) -> None:
    entries = select(subscriber, changes)

    for attribute in ("document", "window"):
        seen = [{getattr(one, attribute) for one in entry.changes} - {None} for entry in entries]
        assert sum(len(one) for one in seen) == len(set().union(*seen))


@given(histories(), readers_of)
def test_entries_are_ordered_reasoned_and_whole(changes: list[Change], subscriber: Subscriber) -> None:
    entries = select(subscriber, changes)

    assert [entry.weight for entry in entries] == sorted(entry.weight for entry in entries)
    for entry in entries:
        assert entry.reasons
        assert [one.id for one in entry.changes] == sorted(one.id or 0 for one in entry.changes)
        assert not SOURCE_KINDS & {one.kind for one in entry.changes}


@given(histories(), readers_of)
def test_wishing_for_all_documents_never_takes_anything_away(changes: list[Change], subscriber: Subscriber) -> None:
    wider = Subscriber(**{name: getattr(subscriber, name) for name in Subscriber.__slots__} | {"all_documents": True})

    for one in changes:
        if concerns(subscriber, one, {}):
            assert concerns(wider, one, {})
        elif concerns(wider, one, {}):
            assert one.kind in DOCUMENT_KINDS
