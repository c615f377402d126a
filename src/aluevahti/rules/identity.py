"""Which document on a list is which known one.

A list is compared item by item, never line by line. Identity is layered: the platform's own id
first, then case number and §, then the normalised title with its date, then the canonical address;
last, within one meeting, a title that was only reworded. Each layer pairs only what is unique on both
sides, so that doubt never joins two documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from aluevahti.model import Document, Form, KnownDocument, Phase
from aluevahti.text.stable import normalise_title
from aluevahti.text.urls import canonical


@dataclass(frozen=True, slots=True)
class Match:
    """What a list says about the known documents.

    Attributes:
        pairs: known documents that are on the list, in the list's order.
        new: documents of the list that match no known one, in the list's order.
        missing: known documents that are not on the list.
    """

    pairs: tuple[tuple[KnownDocument, Document], ...]
    new: tuple[Document, ...]
    missing: tuple[KnownDocument, ...]


def match(known: Sequence[KnownDocument], seen: Sequence[Document]) -> Match:
    """Pair the documents of a list with the known ones, layer by layer."""
    open_known = {document.id: document for document in known}
    open_seen = dict(enumerate(seen))
    pairs: dict[int, KnownDocument] = {}
    for names in _LAYERS:
        _pair(names, open_known, open_seen, pairs)
    _pair_reworded(open_known, open_seen, pairs)
    return Match(
        pairs=tuple((pairs[place], seen[place]) for place in sorted(pairs)),
        new=tuple(open_seen[place] for place in sorted(open_seen)),
        missing=tuple(open_known.values()),
    )


def _pair(
    names: Callable[[Document], Iterable[Hashable]],
    open_known: dict[int, KnownDocument],
    open_seen: dict[int, Document],
    pairs: dict[int, KnownDocument],
) -> None:
    holders: defaultdict[Hashable, set[int]] = defaultdict(set)
    for known_id, known in open_known.items():
        for name in names(known.document):
            holders[name].add(known_id)
    claims: defaultdict[Hashable, set[int]] = defaultdict(set)
    for place, document in open_seen.items():
        for name in names(document):
            claims[name].add(place)
    for place, document in list(open_seen.items()):
        for name in names(document):
            ids = holders.get(name, set()) & open_known.keys()
            if len(ids) == 1 and claims[name] & open_seen.keys() == {place}:
                pairs[place] = open_known.pop(ids.pop())
                del open_seen[place]
                break


REWORDED = 0.8
"""How much alike two titles of items of one meeting must be, to be one title reworded (share of equal letters)."""


def _pair_reworded(
    open_known: dict[int, KnownDocument], open_seen: dict[int, Document], pairs: dict[int, KnownDocument]
) -> None:
    """Items of one meeting that have another id and another title in the minutes than on the agenda (TWeb)."""
    alike = [
        (known_id, place)
        for place, seen in open_seen.items()
        for known_id, known in open_known.items()
        if _is_reworded(known.document, seen)
    ]
    held, claimed = Counter(known_id for known_id, _ in alike), Counter(place for _, place in alike)
    for known_id, place in alike:
        if held[known_id] == claimed[place] == 1:
            pairs[place] = open_known.pop(known_id)
            del open_seen[place]


def _is_reworded(known: Document, seen: Document) -> bool:
    """Whether an item of the agenda and one of the minutes have nearly one title, and the same numbers in it."""
    if not known.form is seen.form is Form.ITEM or seen.meeting_key in {None, ""}:
        return False
    if known.meeting_key != seen.meeting_key or known.phase is seen.phase:
        return False
    one, other = normalise_title(known.title), normalise_title(seen.title)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= REWORDED


def _by_key(document: Document) -> Iterable[Hashable]:
    yield document.key
    yield from document.aliases


def _by_case(document: Document) -> Iterable[Hashable]:
    if document.case_number is not None and document.section is not None:
        yield (document.case_number.casefold(), document.section, document.meeting_on, document.form)


def _by_title_and_date(document: Document) -> Iterable[Hashable]:
    day = document.meeting_on or document.published_on
    title = normalise_title(document.title)
    if title:
        yield (title, day, _folded(document.organ), document.section, document.form)


def _by_address(document: Document) -> Iterable[Hashable]:
    yield canonical(document.url)


_LAYERS: tuple[Callable[[Document], Iterable[Hashable]], ...] = (_by_key, _by_case, _by_title_and_date, _by_address)


def _folded(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def names_across_sources(document: Document) -> tuple[Hashable, ...]:
    """The names under which another source of the same region may know the same document.

    Weaker than within a source: a title counts only together with a date, and a meeting or an item
    only together with its organ, so that the minutes checkers of two boards stay two documents.
    """
    names: list[Hashable] = [("address", canonical(document.url))]
    names += [("address", canonical(alias)) for alias in document.aliases if "://" in alias]
    organ = _folded(document.organ)
    title = normalise_title(document.title)
    if document.case_number and document.section is not None and document.meeting_on:
        names.append(("case", document.case_number.casefold(), document.section, document.meeting_on))
    if document.form in {Form.MEETING, Form.ITEM}:
        if organ and document.meeting_on:
            where = (organ, document.meeting_on)
            if document.form is Form.MEETING:
                names.append(("meeting", *where))
            elif title:
                names.append(("item", *where, title))
    elif title and document.published_on:
        names.append(("title", title, document.published_on))
    return tuple(names)


_ORDER = {phase: place for place, phase in enumerate(Phase)}
_BEFORE_MINUTES = frozenset({Phase.CALLED, Phase.AGENDA, Phase.DECISION_ANNOUNCEMENT})


def phase_rank(phase: Phase | None) -> int:
    """How far a meeting has come; -1 where the platform does not say."""
    return -1 if phase is None else _ORDER[phase]


def phase_after(known: Phase | None, seen: Phase | None) -> Phase | None:
    """The phase a document is in once it was seen in `seen`: it never goes back, except that a cancelled meeting
    may be held after all."""
    if seen is None or (known is not Phase.CANCELLED and phase_rank(seen) < phase_rank(known)):
        return known
    return seen


def is_of_the_past(known: Document, seen: Document) -> bool:
    """Whether a sighting shows what a document has left behind: the agenda that stays on its own list beside the
    minutes, or comes again late. Nothing of it is news, and its text must not take the later one's place.

    Minutes that say no more that they were reviewed are still the minutes, and their text counts.
    """
    return seen.phase in _BEFORE_MINUTES and phase_after(known.phase, seen.phase) is not seen.phase
