"""Which documents of a region are worth holding against a new one: found by name and day instead of one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from aluevahti.model import Document, KnownDocument
from aluevahti.rules.identity import names_across_sources
from aluevahti.rules.twins import AGAIN, may_be_a_version, may_have_versions


class Kin:
    """The row ids of a region's documents by what they go by; of the documents themselves nothing is kept.

    It may give a document too many (a name that two share by chance, or one that was dropped meanwhile), never one
    too few: what `twins.find_twin` finds among all it also finds among these.
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._named: dict[int, list[int]] = defaultdict(list)  # the hash of a name -> who bears it
        self._dated: dict[int | None, set[int]] = defaultdict(set)  # the day of a text -> those that may have versions
        self._repeated: dict[int, set[int]] = defaultdict(set)  # a document -> those that tell the same

    def add(self, known: KnownDocument) -> None:
        """Take in a document, or take it in anew as it is now; its reading is not looked at."""
        document = known.document
        self._ids.add(known.id)
        for name in names_across_sources(document):
            bearers = self._named[hash(name)]
            if known.id not in bearers:
                bearers.append(known.id)
        if may_have_versions(document):
            self._dated[_ordinal(document)].add(known.id)
        if known.twin_of is not None:
            self._repeated[known.twin_of].add(known.id)

    def of(self, document: Document) -> list[int]:
        """Those that may tell what a document tells, the first known ones first."""
        found = {id_ for name in names_across_sources(document) for id_ in self._named.get(hash(name), ())}
        if may_be_a_version(document):
            for day in self._days_near(document):
                found |= self._dated.get(day, set())
        return sorted(found, key=abs)

    def family(self, root: int) -> list[int]:
        """A document and those that repeat it."""
        return sorted(self._ids & {root, *self._repeated.get(root, ())})

    def _days_near(self, document: Document) -> Iterable[int | None]:
        day = _ordinal(document)
        return self._dated if day is None else (None, *range(day - AGAIN.days, day + AGAIN.days + 1))


def _ordinal(document: Document) -> int | None:
    return None if document.published_on is None else document.published_on.toordinal()
