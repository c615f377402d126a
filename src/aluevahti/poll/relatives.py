"""The other documents of a region, and which of them tells the same as one that was just read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aluevahti.model import Document, KnownDocument, Reading
from aluevahti.poll.answers import Read
from aluevahti.poll.ground import Ground
from aluevahti.rules import identity, twins
from aluevahti.rules.kin import Kin


@dataclass(slots=True)
class Relatives:
    """What the region's other sources and this poll's earlier documents tell."""

    ground: Ground
    _loaded: dict[int, KnownDocument] = field(default_factory=dict)
    _fresh: dict[int, KnownDocument] = field(default_factory=dict)  # of this very poll; their row ids are negative
    _fresh_kin: Kin = field(default_factory=Kin)

    def add(self, document: Document, reading: Reading) -> None:
        """Let a new document of this poll be found as a twin of those after it; its text stays with it."""
        ground = self.ground
        known = KnownDocument(
            id=-1 - len(self._fresh),
            source=ground.source.id,
            region=ground.source.region,
            document=document,
            first_seen_at=ground.now,
            last_seen_at=ground.now,
            reading=reading,
        )
        self._fresh[known.id] = known
        self._fresh_kin.add(known)

    def twin(self, document: Document, reading: Reading | None) -> KnownDocument | None:
        """The document that already tells the same, one of this very poll included (its id is negative)."""
        fresh = [self._fresh[id_] for id_ in self._fresh_kin.of(document)]
        others = [*self._known(self.ground.kin().of(document)), *fresh]
        return twins.find_twin(document, reading, others, self._text_of, source=self.ground.source.id)

    def tell(self, read: Read, known: KnownDocument, *, moved_on: bool) -> bool:
        """Whether a relative tells this revision: the first one to reach a phase, else the first document."""
        if not moved_on:
            return known.twin_of is not None
        root = known.twin_of or known.id
        return any(
            other.id != known.id
            and (other.twin_of or other.id) == root
            and identity.phase_rank(other.document.phase) >= identity.phase_rank(read.document.phase)
            for other in self._known(self.ground.kin().family(root))
        )

    def _known(self, ids: Sequence[int]) -> list[KnownDocument]:
        missing = [id_ for id_ in ids if id_ not in self._loaded]
        if missing:
            self._loaded.update((known.id, known) for known in self.ground.documents(missing))
        return [self._loaded[id_] for id_ in ids if id_ in self._loaded]

    def _text_of(self, row: int) -> str | None:
        return self.ground.text_of(row) if row > 0 else self._fresh[row].document.text
