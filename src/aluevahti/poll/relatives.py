"""The other documents of a region, and which of them tells the same as one that was just read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aluevahti.model import Document, KnownDocument, Reading
from aluevahti.poll.answers import Read
from aluevahti.poll.ground import Ground
from aluevahti.rules import identity, twins


@dataclass(slots=True)
class Relatives:
    """What the region's other sources and this poll's earlier documents tell."""

    ground: Ground
    _known: Sequence[KnownDocument] | None = None
    _fresh: list[KnownDocument] = field(default_factory=list)  # of this very poll; their row ids are negative

    def add(self, document: Document, reading: Reading) -> None:
        """Let a new document of this poll be found as a twin of those after it; its text stays with it."""
        ground = self.ground
        self._fresh.append(
            KnownDocument(
                id=-1 - len(self._fresh),
                source=ground.source.id,
                region=ground.source.region,
                document=document,
                first_seen_at=ground.now,
                last_seen_at=ground.now,
                reading=reading,
            )
        )

    def twin(self, document: Document, reading: Reading | None) -> KnownDocument | None:
        """The document that already tells the same, one of this very poll included (its id is negative)."""
        others = [*self._others(), *self._fresh]
        return twins.find_twin(document, reading, others, self._text_of, source=self.ground.source.id)

    def tell(self, read: Read, known: KnownDocument, *, moved_on: bool) -> bool:
        """Whether a relative tells this revision: the first one to reach a phase, else the first document."""
        root = known.twin_of or known.id
        if not moved_on:
            return known.twin_of is not None
        return any(
            other.id != known.id
            and (other.twin_of or other.id) == root
            and identity.phase_rank(other.document.phase) >= identity.phase_rank(read.document.phase)
            for other in self._others()
        )

    def _others(self) -> Sequence[KnownDocument]:
        if self._known is None:
            self._known = self.ground.others()
        return self._known

    def _text_of(self, row: int) -> str | None:
        return self.ground.text_of(row) if row > 0 else self._fresh[-1 - row].document.text
