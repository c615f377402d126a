"""What is kept of a poll's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aluevahti.model import DocumentUpdate, HttpRecord, Snapshot
from aluevahti.poll.answers import Answer, place_of


def snapshots(answers: Sequence[Answer], documents: Sequence[DocumentUpdate]) -> tuple[Snapshot, ...]:
    """The pages that new texts were read from, and the lists that changed."""
    needed = {update.snapshot_sha256 for update in documents if update.text is not None}
    lists = [answer for answer in answers if not answer.unchanged]
    kept = {answer.snapshot.sha256: answer.snapshot for answer in answers if answer.snapshot.sha256 in needed}
    kept |= {answer.snapshot.sha256: answer.snapshot for answer in lists}
    return tuple(kept.values())


def http_records(
    answers: Sequence[Answer], documents: Sequence[DocumentUpdate], now: dt.datetime
) -> tuple[HttpRecord, ...]:
    """Validators and comparisons, only of answers that were read to the end.

    While a document is missing the list is not remembered: it must be read again, unchanged or
    not, until the document counts as removed or is back.
    """
    if any(update.missing_count and update.removed_at is None for update in documents):
        return ()
    return tuple(
        HttpRecord(
            url=place_of(answer.request),
            validators=answer.validators,
            sha256=answer.snapshot.sha256,
            core=answer.core,
            checked_at=now,
        )
        for answer in answers
    )
