"""The changed places of a revised document, each with a few words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from aluevahti.render.clean import clean
from aluevahti.render.view import Piece

MOST_PLACES = 5
PLACE = 280
"""The longest piece of one kind within a place, in characters."""
AROUND = 12
"""Words and blanks shown on either side of a change."""
MOST_TOKENS = 800
"""A longer changed block is shown as what went and what came, without looking for what they share."""
MOST_LINES = 4000
"""Texts of more lines are not compared here: the link leads to them."""

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")

Run = tuple[str, Sequence[str]]


def excerpts(texts: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[Piece, ...], ...], int]:
    """The first few changed places of (old, new) texts, and how many more there are."""
    places = [place for old, new in texts for place in _places(old.split("\n"), new.split("\n")) if place]
    return tuple(places[:MOST_PLACES]), max(0, len(places) - MOST_PLACES)


def _places(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    if max(len(old), len(new)) > MOST_LINES:
        return
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield _place(_tokens(old[start:end]), _tokens(new[other_start:other_end]))


def _tokens(lines: Sequence[str]) -> list[str]:
    return _TOKEN.findall(" ".join(" ".join(lines).split()))


def _place(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    if old == new:
        return ()
    if max(len(old), len(new)) > MOST_TOKENS:
        return tuple(_pieces([("-", old), ("+", new)]))
    runs: list[Run] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("", old[start:end]))
        else:
            runs += [("-", old[start:end]), ("+", new[other_start:other_end])]
    return tuple(_pieces(_trimmed(_joined(runs))))


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Changes with only a blank between them are one change: words are read whole, not by letters."""
    joined: list[Run] = []
    gone: list[str] = []
    came: list[str] = []
    for place, (sign, tokens) in enumerate(runs):
        bridge = sign == "" and not "".join(tokens).strip() and 0 < place < len(runs) - 1
        if sign == "-" or bridge:
            gone += tokens
        if sign == "+" or bridge:
            came += tokens
        if sign == "" and not bridge:
            joined += [("-", gone), ("+", came), ("", tokens)]
            gone, came = [], []
    return [*joined, ("-", gone), ("+", came)]


def _trimmed(runs: Sequence[Run]) -> Iterator[Run]:
    """What stands unchanged, cut to the words next to a change."""
    runs = [run for run in runs if run[1]]
    for place, (sign, tokens) in enumerate(runs):
        if sign or len(tokens) <= 2 * AROUND:
            yield sign, tokens
        elif place == 0:
            yield sign, ["… ", *tokens[-AROUND:]]
        elif place == len(runs) - 1:
            yield sign, [*tokens[:AROUND], " …"]
        else:
            yield sign, [*tokens[:AROUND], " … ", *tokens[-AROUND:]]


def _pieces(runs: Iterable[Run]) -> Iterator[Piece]:
    """The runs as texts; a blank at the edge of a run stays, so that the pieces can be set side by side."""
    for sign, tokens in runs:
        whole = "".join(tokens)
        text = clean(whole, PLACE)
        if text:
            yield Piece(sign, f"{' ' if whole[0].isspace() else ''}{text}{' ' if whole[-1].isspace() else ''}")
