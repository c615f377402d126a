"""Two versions of a text side by side: which words came and which went, for a person to read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s*\S+|\s+\Z")
_SMALL = 40
"""Stretches up to this long are compared outright; longer ones first by what occurs once in each."""


class SegmentKind(StrEnum):
    """What became of a piece of text from one version to the next."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that stayed, came or went."""

    kind: SegmentKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How much changed, in words."""

    inserted: int
    deleted: int


GAP = "\n…\n"
"""The text of the equal segment that stands for lines left out."""


def word_diff(old: str, new: str, *, context: int | None = 1) -> tuple[Segment, ...]:
    """The changed lines of two texts, by words, with `context` unchanged lines about them (None: all lines).

    Equal and deleted segments joined give `old`, equal and inserted ones `new`, where nothing is left out; what is
    left out shows as an equal segment `GAP`. Two equal texts give no segment. Time is bounded: a stretch
    that is changed beyond recognition is one deletion and one insertion.
    """
    if old == new:
        return ()
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Segment] = []
    blocks = list(_opcodes(before, after))
    for number, (equal, a, b) in enumerate(blocks):
        if equal:
            pieces.extend(_kept(a, context, first=number == 0, last=number == len(blocks) - 1))
        else:
            pieces.extend(_words("".join(a), "".join(b)))
    return _merged(pieces)


def summary(old: str, new: str) -> Summary:
    """How many words came and how many went between two texts."""
    segments = word_diff(old, new)
    return Summary(
        inserted=sum(len(each.text.split()) for each in segments if each.kind is SegmentKind.INSERT),
        deleted=sum(len(each.text.split()) for each in segments if each.kind is SegmentKind.DELETE),
    )


def _kept(lines: Sequence[str], context: int | None, *, first: bool, last: bool) -> Iterator[Segment]:
    """An unchanged stretch, cut down to the lines next to a change."""
    head = 0 if first else context
    tail = 0 if last else context
    if head is None or tail is None or len(lines) <= head + tail:
        yield Segment(SegmentKind.EQUAL, "".join(lines))
        return
    yield Segment(SegmentKind.EQUAL, "".join(lines[:head]))
    yield Segment(SegmentKind.EQUAL, GAP)
    yield Segment(SegmentKind.EQUAL, "".join(lines[len(lines) - tail :]))


def _words(old: str, new: str) -> Iterator[Segment]:
    for equal, a, b in _opcodes(_WORD.findall(old), _WORD.findall(new)):
        if equal:
            yield Segment(SegmentKind.EQUAL, "".join(a))
        else:
            yield Segment(SegmentKind.DELETE, "".join(a))
            yield Segment(SegmentKind.INSERT, "".join(b))


def _merged(pieces: list[Segment]) -> tuple[Segment, ...]:
    """`pieces` without empty ones, neighbours of one kind joined; a gap stays by itself."""
    merged: list[Segment] = []
    for piece in pieces:
        if not piece.text:
            continue
        last = merged[-1] if merged else None
        if last is not None and last.kind is piece.kind and GAP not in {last.text, piece.text}:
            merged[-1] = Segment(piece.kind, last.text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)


_Block = tuple[bool, Sequence[str], Sequence[str]]


def _opcodes(a: Sequence[str], b: Sequence[str]) -> Iterator[_Block]:
    """Stretches that are equal (True) and stretches that are not, in order; n log n but for small stretches."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    if head:
        yield True, a[:head], b[:head]
    yield from _changed(a[head : len(a) - tail], b[head : len(b) - tail])
    if tail:
        yield True, a[len(a) - tail :], b[len(b) - tail :]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length


def _changed(a: Sequence[str], b: Sequence[str]) -> Iterator[_Block]:
    if not a or not b:
        if a or b:
            yield False, a, b
        return
    if len(a) <= _SMALL and len(b) <= _SMALL:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            yield tag == "equal", a[i1:i2], b[j1:j2]
        return
    anchors = _anchors(a, b)
    if not anchors:
        yield False, a, b
        return
    i = j = 0
    for x, y in anchors:
        yield from _opcodes(a[i:x], b[j:y])
        yield True, a[x : x + 1], b[y : y + 1]
        i, j = x + 1, y + 1
    yield from _opcodes(a[i:], b[j:])


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places whose piece occurs once in each, as many as keep their order (patience)."""
    at_a, at_b = _once(a), _once(b)
    pairs = sorted((at_a[piece], at_b[piece]) for piece in at_a.keys() & at_b.keys())
    return _longest_increasing(pairs)


def _once(pieces: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        places[piece] = -1 if piece in places else number
    return {piece: number for piece, number in places.items() if number >= 0}


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of `pairs`, sorted by the first, whose second ones rise too."""
    ends: list[int] = []
    end_pairs: list[int] = []
    previous = [-1] * len(pairs)
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        previous[number] = end_pairs[place - 1] if place else -1
        if place == len(ends):
            ends.append(j)
            end_pairs.append(number)
        else:
            ends[place], end_pairs[place] = j, number
    chain = []
    number = end_pairs[-1] if end_pairs else -1
    while number >= 0:
        chain.append(pairs[number])
        number = previous[number]
    return chain[::-1]
