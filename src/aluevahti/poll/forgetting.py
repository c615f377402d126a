"""Our copies of what left the net by law follow it: what `rules.retention` says is to go, the store forgets."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from aluevahti.rules import retention
from aluevahti.storage import Store

AT_ONCE = 50
"""Documents forgotten in one transaction: other writers get their turn in between."""


def forget_what_left(store: Store, now: dt.datetime, zone: ZoneInfo) -> int:
    """Delete the texts and answers of notices and officials' decisions that left the net `retention.KEPT_AFTER` ago.

    Title, dates, address and what was understood stay, and so does what was told.

    Args:
        store: the state.
        now: the moment (aware).
        zone: in which days of publication are counted.

    Returns:
        How many documents were forgotten.

    Raises:
        StorageError: the database failed; what was forgotten so far stays forgotten.
    """
    gone = {
        known.id: retention.without_words(known.reading)
        for known, list_read_at in store.with_texts(frozenset(retention.ON_VIEW))
        if retention.is_to_be_forgotten(known, list_read_at, now, zone=zone)
    }
    ids = sorted(gone)
    for start in range(0, len(ids), AT_ONCE):
        store.forget({id_: gone[id_] for id_ in ids[start : start + AT_ONCE]})
    return len(ids)
