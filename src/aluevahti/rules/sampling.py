"""Which documents a person is asked to label: a few of each kind, from as many regions as there are.

What is rare counts as much as what is common: a month has hundreds of items that are no news of ours and a
handful of calls. The same seed draws the same documents from the same state.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from aluevahti.model import DocKind, KnownDocument
from aluevahti.rules.reread import day_of

LAST_MONTH = dt.timedelta(days=31)


def day_known(known: KnownDocument, zone: dt.tzinfo) -> dt.date:
    """The day a document belongs to: its own, else the local one on which it was first seen."""
    return day_of(known.document) or known.first_seen_at.astimezone(zone).date()


def candidates(documents: Iterable[KnownDocument], today: dt.date, zone: dt.tzinfo) -> list[KnownDocument]:
    """What may be drawn: documents of the last month that were read and that repeat no other one."""
    return [
        known
        for known in documents
        if known.reading is not None
        and known.text_sha256 is not None
        and known.twin_of is None
        and today - LAST_MONTH <= day_known(known, zone) <= today
    ]


def draw(documents: Sequence[KnownDocument], count: int, seed: int) -> list[KnownDocument]:
    """Draw `count` documents, or all there are: the kinds in turn, and within each kind the regions in turn."""
    kinds: dict[DocKind, list[KnownDocument]] = {}
    for kind in DocKind:
        of_kind = [known for known in documents if known.reading is not None and known.reading.doc_kind is kind]
        kinds[kind] = _regions_in_turn(of_kind, seed)
    drawn: list[KnownDocument] = []
    while len(drawn) < count and any(kinds.values()):
        for waiting in kinds.values():
            if waiting and len(drawn) < count:
                drawn.append(waiting.pop(0))
    return drawn


def _regions_in_turn(documents: Sequence[KnownDocument], seed: int) -> list[KnownDocument]:
    by_region: defaultdict[str, list[KnownDocument]] = defaultdict(list)
    for known in sorted(documents, key=lambda one: _lot(seed, one.source, one.document.key)):
        by_region[known.region].append(known)
    queues = [by_region[region] for region in sorted(by_region, key=lambda region: _lot(seed, region))]
    return [queue[turn] for turn in range(max(map(len, queues), default=0)) for queue in queues if turn < len(queue)]


def _lot(seed: int, *names: str) -> str:
    return hashlib.sha256("\n".join((str(seed), *names)).encode()).hexdigest()
