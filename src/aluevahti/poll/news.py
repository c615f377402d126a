"""What a poll tells of its documents: new, revised, removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from aluevahti.model import Change, ChangeKind, Evidence, Form, Json, KnownDocument, Reading
from aluevahti.poll.answers import Read
from aluevahti.poll.ground import Ground
from aluevahti.rules import noise, retention
from aluevahti.text.stable import stable


@dataclass(slots=True)
class News:
    """Collects what there is to tell, in the order in which it was found."""

    ground: Ground
    changes: list[Change] = field(default_factory=list)
    _meetings_told: dict[int, str] = field(default_factory=dict)  # place in `changes` -> the meeting's key
    _item_told_of: set[str] = field(default_factory=set)  # keys of meetings one of whose items tells what matters

    def all(self) -> tuple[Change, ...]:
        """What there is to tell; a meeting's page that sums up its items is no news beside them."""
        return tuple(
            replace(change, relevant=False) if self._meetings_told.get(place) in self._item_told_of else change
            for place, change in enumerate(self.changes)
        )

    def add(self, changes: Iterable[Change]) -> None:
        """Tell what was found beside the documents themselves."""
        self.changes.extend(changes)

    def document(
        self,
        kind: ChangeKind,
        read: Read,
        reading: Reading,
        *,
        before: Json,
        old_text: str | None = None,
        is_news: bool = True,
    ) -> None:
        """Tell that a document is new or revised; `old_text`, where its text is: what the quote is to be new against.

        What is no news (words taken out by law, a text that was told before) is written down, but not for readers.
        """
        document = read.document
        quote = reading.quote
        if old_text is not None and document.text is not None:
            fresh = _verbatim(noise.fresh_lines(stable(old_text), stable(document.text), read.volatile), document.text)
            quote = next((line for line in fresh if line in reading.quote or reading.quote in line), None) or (
                fresh[0] if fresh and document.form is Form.PAGE else quote
            )
        self.changes.append(
            Change(
                kind=kind,
                region=self.ground.source.region,
                source=self.ground.source.id,
                detected_at=self.ground.now,
                title=document.title,
                url=document.url,
                relevant=reading.is_relevant and is_news,
                themes=reading.themes,
                document=None if read.known is None else read.known.id,
                document_key=document.key,
                organ=document.organ,
                meeting_on=document.meeting_on,
                section=document.section,
                before=before,
                after={"phase": document.phase, "title": document.title},
                evidence=Evidence(quote=quote or None, url=document.url),
            )
        )
        if document.form is Form.MEETING:
            self._meetings_told[len(self.changes) - 1] = document.key
        elif document.form is Form.ITEM and document.meeting_key and self.changes[-1].relevant:
            self._item_told_of.add(document.meeting_key)

    def removed(self, known: KnownDocument, since: dt.datetime) -> None:
        """What left the net after its time is written down, but no news for readers."""
        document = known.document
        # whose time nobody knows is told: better a removal too many than one that mattered untold
        is_news = retention.departure(known, since, zone=self.ground.zone) is not retention.Departure.AFTER_ITS_TIME
        self.changes.append(
            Change(
                kind=ChangeKind.DOCUMENT_REMOVED,
                region=known.region,
                source=known.source,
                detected_at=self.ground.now,
                title=document.title,
                url=document.url,
                relevant=is_news and known.reading is not None and known.reading.is_relevant,
                themes=known.reading.themes if known.reading else (),
                document=known.id,
                document_key=document.key,
                organ=document.organ,
                meeting_on=document.meeting_on,
                section=document.section,
                before={"phase": document.phase, "title": document.title},
                evidence=Evidence(quote=None, url=document.url, document=known.id),
            )
        )


def _verbatim(fresh: Sequence[str], text: str) -> list[str]:
    """Lines masked by `text.stable.stable` as they stand in `text`; what is masked alone, and so has no line, as it is."""
    written = {stable(line).strip(): line.strip() for line in reversed(text.splitlines())}
    return [written.get(line.strip(), line) for line in fresh]
