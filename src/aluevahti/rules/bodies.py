"""Whether two names mean one body: the same name, its short form, or its name in the other language.

A Finnish and a Swedish document of one decision name the same council in two ways; the status must take
neither for a contradiction of the other. What a committee is called cannot be translated by rule, but its
kind can: of one matter on one day, "framtidsnämnden" is the region's "tulevaisuuslautakunta".
"""

from __future__ import annotations

from typing import Final

_KINDS: Final = (
    ("valtuusto", "fullmäktige"),
    ("hallitus", "styrelse"),
    ("lautakunta", "nämnd"),
    ("jaosto", "sektion"),
    ("neuvottelukunta", "delegation"),
    ("johtokunta", "direktion"),
    ("neuvosto", "råd"),
)
"""Finnish and Swedish words for the same kinds of bodies; a Swedish one may stand in its definite form."""

_DEFINITE: Final = ("", "n", "en", "et")


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two names, told of one matter and day, mean one body; None names none."""
    if one is None or other is None:
        return one == other
    mine, theirs = _folded(one), _folded(other)
    if mine == theirs or mine.endswith(f" {theirs}") or theirs.endswith(f" {mine}"):
        return True
    kinds = _kind(mine), _kind(theirs)
    return None not in kinds and kinds[0] == kinds[1] and _is_swedish(mine) != _is_swedish(theirs)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _kind(name: str) -> int | None:
    """Which of the kinds a name is of, whatever its language."""
    return next(
        (place for place, kind in enumerate(_KINDS) if _head(name).endswith((kind[0], *_swedish(kind[1])))), None
    )


def _is_swedish(name: str) -> bool:
    return any(_head(name).endswith(_swedish(swedish)) for _, swedish in _KINDS)


def _swedish(word: str) -> tuple[str, ...]:
    return tuple(word + ending for ending in _DEFINITE)


def _head(name: str) -> str:
    return name.partition(" för ")[0]  # nämnden för samverkan
