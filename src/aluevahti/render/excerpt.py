"""The changed places of a revised document, each with a few words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aluevahti.render.clean import clean
from aluevahti.render.view import Piece
from aluevahti.text.diff import GAP, Segment, SegmentKind, word_diff
from aluevahti.text.stable import stable
from aluevahti.text.tidy import tidy

MOST_PLACES = 5
PLACE = 280
"""The longest piece of one kind within a place, in characters."""
AROUND = 6
"""Words shown on either side of a change."""

_SIGNS = {SegmentKind.EQUAL: "", SegmentKind.INSERT: "+", SegmentKind.DELETE: "-"}


def excerpts(texts: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[Piece, ...], ...], int]:
    """The first few changed places of (old, new) texts, and how many more there are."""
    found = [place for old, new in texts for place in _places(word_diff(*_settled(old, new), context=0))]
    places = [place for place in (tuple(_pieces(one)) for one in found) if any(piece.sign for piece in place)]
    return tuple(places[:MOST_PLACES]), max(0, len(places) - MOST_PLACES)


def _settled(old: str, new: str) -> tuple[str, str]:
    """Both texts, the lines of the old one that only moved by themselves (a stamp, a counter) as in the new one."""
    lines = tidy(new).split("\n")
    as_now = dict(zip(stable(new).split("\n"), lines, strict=True))
    before = zip(tidy(old).split("\n"), stable(old).split("\n"), strict=True)
    return "\n".join(as_now.get(masked, line) for line, masked in before), "\n".join(lines)


def _places(segments: Iterable[Segment]) -> Iterator[Sequence[Segment]]:
    """The segments between two gaps belong together; a line that stayed whole is a gap too."""
    place: list[Segment] = []
    for segment in segments:
        if segment.kind is SegmentKind.EQUAL and segment.text == GAP:
            yield place
            place = []
        else:
            place.append(segment)
    yield place


def _pieces(place: Sequence[Segment]) -> Iterator[Piece]:
    """The segments as texts of whole words, to be set side by side with blanks between them."""
    for number, segment in enumerate(place):
        text = segment.text
        if segment.kind is SegmentKind.EQUAL:
            text = _trimmed(text, first=number == 0, last=number == len(place) - 1)
        line = clean(text, PLACE)
        if line:
            yield Piece(_SIGNS[segment.kind], line)


def _trimmed(text: str, *, first: bool, last: bool) -> str:
    """What stands unchanged, cut to the words next to a change."""
    words = text.split()
    if len(words) <= 2 * AROUND:
        return text
    return " ".join([*([] if first else words[:AROUND]), "…", *([] if last else words[-AROUND:])])
