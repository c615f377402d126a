"""When a list that lost its documents is not news but trouble, and when a lost document is gone.

A maintenance page, an empty list or half a page must never become "removed", nor its return "new"; and a list of
strangers in the place of the known one is no burst of news.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from aluevahti.model import Document, KnownDocument, SourceHealth

SMALL_LIST = 4
"""Lists with fewer usual items are too short to speak of a mass loss."""

GROWN = 4
"""How many times as long a list of strangers must be to be another list than the one that was known."""

MANY = 60
"""Entries below which a list of strangers is taken for a busy day: a portal may well publish forty in one."""

SEEN_AGAIN = 3
"""How many checks in a row must show the same shrunken list before it is believed."""

ABSENCES = 3
"""How many complete listings in a row must lack a document before it counts as removed."""

ABSENT_FOR = dt.timedelta(hours=6)
"""How long a document must have been missing before it counts as removed."""

ABSENCE_SPACING = dt.timedelta(hours=1)
"""Two absences closer together than this count as one: a site that is down is down for both."""


def present(known: Sequence[KnownDocument]) -> tuple[KnownDocument, ...]:
    """The known documents that the last believed listing still showed."""
    return tuple(
        document
        for document in known
        if document.removed_at is None and document.missing_count == 0 and document.position is not None
    )


def mass_loss(
    known: Sequence[KnownDocument], matched: int, seen: int, *, windowed: bool, usual_items: int = 0
) -> str | None:
    """Why a listing looks broken, in words for the operator; None where it looks sound.

    Args:
        known: the documents that listings have shown (`present`): those that dropped off the end of a
            list of the newest ones are still among them, so over the months they become more than fit on it.
        matched: how many of these the new listing shows.
        seen: how many documents the new listing shows in all.
        windowed: the list only ever shows its newest entries, so full replacement is possible.
        usual_items: how many the last believed listing showed; 0: not known.
    """
    usual = min(len(known), usual_items) if usual_items else len(known)
    if usual and seen >= max(MANY, usual * GROWN) and matched * 10 < usual:
        return f"the list shows {seen} entries, {matched} of the {usual} that it had among them"
    if usual < SMALL_LIST:
        if usual and not seen:
            return f"the list is empty; it had {usual} {_entries(usual)}"
        return None
    if seen * 2 < usual:
        return f"the list shows {seen} {_entries(seen)}; it had {usual}"
    if not windowed and matched * 2 < usual:
        return f"only {matched} of {usual} known entries are still on the list"
    return None


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def fingerprint(documents: Sequence[Document]) -> str:
    """What a suspicious listing is recognised by when it comes again."""
    keys = "\n".join(sorted(document.key for document in documents))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def quarantine(health: SourceHealth, mark: str) -> tuple[bool, int]:
    """Whether a suspicious listing is now believed, and how often it was seen in a row.

    A yearly archive page that starts anew also shrinks: what shows the same face in three checks in
    a row is the new truth. Until then nothing of it becomes news.
    """
    count = health.quarantine_count + 1 if health.quarantine == mark else 1
    return count >= SEEN_AGAIN, count


def last_listing_at(known: Sequence[KnownDocument]) -> dt.datetime | None:
    """When the last believed listing was read; None before the first."""
    return max((one.last_seen_at for one in known if one.position is not None), default=None)


def counts_as_missing(
    document: KnownDocument, shown: Sequence[KnownDocument], last_listing_at: dt.datetime | None
) -> bool:
    """Whether a document that is not on a complete listing may have been taken away.

    The end of a list proves nothing: many lists drop their oldest entries. So a document counts only
    while an entry that stood below it is still shown, and only if the listing before showed it: what
    dropped off the end once does not come to count later. Once it counts, it goes on counting: the
    entries that are left have moved up and say no more where it stood.
    """
    if document.position is None or document.removed_at is not None:
        return False
    if document.missing_count:
        return True
    if document.last_seen_at != last_listing_at:
        return False
    return any(other.position is not None and other.position > document.position for other in shown)


def absence(document: KnownDocument, now: dt.datetime) -> tuple[int, dt.datetime, bool]:
    """Count one more absence: the new count, since when, and whether it now counts as removed."""
    if document.missing_since is None:
        return 1, now, False
    spaced = now - document.missing_since >= ABSENCE_SPACING * document.missing_count
    count = document.missing_count + 1 if spaced else document.missing_count
    removed = count >= ABSENCES and now - document.missing_since >= ABSENT_FOR
    return count, document.missing_since, removed


def was_told_as_removed(document: KnownDocument) -> bool:
    """Whether readers were told that a document is gone, so that its return is news; one whose whole list was
    replaced left untold."""
    return document.removed_at is not None and document.missing_count >= ABSENCES
