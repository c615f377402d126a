"""What a poll does with known documents that their list no longer shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aluevahti.model import DocumentUpdate, KnownDocument
from aluevahti.poll.answers import Gathered
from aluevahti.poll.ground import Ground
from aluevahti.poll.news import News
from aluevahti.rules import loss


@dataclass(slots=True)
class Missing:
    """Writes down, among a poll's `documents`, those that are missing, and tells those that are removed."""

    ground: Ground
    documents: list[DocumentUpdate]
    news: News

    def take(self, gathered: Gathered, *, believed_loss: bool) -> None:
        """Take what is missing; after a believed loss the whole list became another one."""
        shown = [read.known for read in gathered.reads if read.known is not None and read.position is not None]
        last = loss.last_listing_at(self.ground.known)
        for known in gathered.missing:
            if known.removed_at is not None:
                continue
            if believed_loss:
                self._leave(known)
            elif gathered.complete and loss.counts_as_missing(known, shown, last):
                self._miss(known)

    def _leave(self, known: KnownDocument) -> None:
        """The whole list became another one: what is no longer on it has left, which is not told."""
        self.documents.append(replace(self._taken_back(known), removed_at=self.ground.now))

    def _miss(self, known: KnownDocument) -> None:
        count, since, removed = loss.absence(known, self.ground.now)
        self.documents.append(
            replace(
                self._taken_back(known),
                missing_count=count,
                missing_since=since,
                removed_at=self.ground.now if removed else None,
            )
        )
        if removed and known.twin_of is None:
            self.news.removed(known, since)

    def _taken_back(self, known: KnownDocument) -> DocumentUpdate:
        """What is to be written of a document that its list lacks: its own page may have been read all the same."""
        place = next((place for place, update in enumerate(self.documents) if update.id == known.id), None)
        return _kept(known) if place is None else replace(self.documents.pop(place), seen=False)


def _kept(known: KnownDocument) -> DocumentUpdate:
    """A known document written down as it is, not seen this time."""
    return DocumentUpdate(
        id=known.id,
        known=known.document,
        position=known.position,
        seen=False,
        missing_count=known.missing_count,
        missing_since=known.missing_since,
        removed_at=known.removed_at,
        silent=known.silent,
        twin_of=known.twin_of,
    )
