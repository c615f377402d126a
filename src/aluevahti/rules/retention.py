"""What may lawfully leave the net, when, and how long we keep what has left.

Three things look alike from outside and are not: a document is removed after its time (lawful, no news), removed
early (news), or not removed at all, because its source is broken (`rules.loss` decides that before this module is
asked: a list that is not believed removes nothing).

What the law says, as far as it was seen quoted:

- Minutes of the organs stay on the net after their review; personal data in them has to leave it when the time for
  claims and appeals ends (act on wellbeing services counties, 611/2021, § 145.3, as quoted in minutes of Pirkanmaa).
- A member is deemed informed seven days after publication; from then the time for claims and appeals runs (the same
  section, as quoted on ekhva.fi).
- A public notice stays visible for 14 days, or until the time for appeal that it starts has ended; personal data in it
  leaves the net after that (administrative procedure act 434/2003, § 62 a, as told by municipalities).
- Officials' decisions and notices are taken off the net when the time for appeal ends (ekhva.fi); minutes stay for
  years.

What is assumed: the claim against an official's decision has the usual 14 days, so such a decision may leave after
7 + 14 days. A notice that starts a longer time stays longer; that it leaves after 14 days is lawful for most, and we
cannot know for the others. Where no day of publication is printed nobody knows whether its time was over: its removal
is told, for better one too many than one that mattered untold; our own copies count from the first sighting.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from aluevahti.model import Document, Form, KnownDocument, Reading
from aluevahti.text.dates import HELSINKI
from aluevahti.text.stable import stable

DEEMED_INFORMED = dt.timedelta(days=7)
"""From publication until everybody counts as informed (611/2021, § 145)."""

CLAIM = dt.timedelta(days=14)
"""The time for a claim for a revised decision, from then on (assumed: the usual time)."""

ON_VIEW: Mapping[Form, dt.timedelta] = {
    Form.NOTICE: dt.timedelta(days=14),
    Form.DECISION: DEEMED_INFORMED + CLAIM,
}
"""How long what leaves the net by law stays on it at least; a form that is not named here has no reason to leave."""

KEPT_AFTER = dt.timedelta(days=14)
"""How long our own copies of such a document outlive it on the net: a weekly digest that was late can still show it."""


class Departure(StrEnum):
    """How a document left the net."""

    AFTER_ITS_TIME = "after_its_time"
    EARLY = "early"
    UNKNOWN = "unknown"  # no day of publication is printed: nobody knows when its time began


def departure(known: KnownDocument, gone_at: dt.datetime, *, zone: ZoneInfo = HELSINKI) -> Departure:
    """Whether a document that is gone since `gone_at` (aware) had been on view for its time.

    A form without such a time is always early.
    """
    on_view = ON_VIEW.get(known.document.form)
    if on_view is None:
        return Departure.EARLY
    if known.document.published_on is None:
        return Departure.UNKNOWN
    is_over = gone_at.astimezone(zone).date() >= known.document.published_on + on_view
    return Departure.AFTER_ITS_TIME if is_over else Departure.EARLY


def may_leave(known: KnownDocument, now: dt.datetime, *, zone: ZoneInfo = HELSINKI) -> bool:
    """Whether a document that is missing now says nothing against its list: its time on the net is over.

    Undated, it may go when its time has passed since we first saw it; at any time, if it was there before us.
    """
    on_view = ON_VIEW.get(known.document.form)
    if on_view is None:
        return False
    if known.document.published_on is None and known.silent:
        return True
    return now.astimezone(zone).date() >= _begins_on(known, zone) + on_view


def _begins_on(known: KnownDocument, zone: ZoneInfo) -> dt.date:
    return known.document.published_on or known.first_seen_at.astimezone(zone).date()


def departed(known: KnownDocument, *, zone: ZoneInfo = HELSINKI) -> Departure | None:
    """How a removed document left; None where it is still there."""
    if known.removed_at is None:
        return None
    return departure(known, known.missing_since or known.removed_at, zone=zone)


# --- our own copies ------------------------------------------------------------------------------


def is_to_be_forgotten(
    known: KnownDocument, list_read_at: dt.datetime | None, now: dt.datetime, *, zone: ZoneInfo = HELSINKI
) -> bool:
    """Whether our copies of a document's text are to go.

    Args:
        known: the document.
        list_read_at: when its source's list was last read to something new (aware); None: not known.
        now: the moment (aware).
        zone: Helsinki, where the days of publication are counted.
    """
    if known.document.form not in ON_VIEW:
        return False
    left_at = _left_at(known, list_read_at, zone)
    return left_at is not None and now - left_at >= KEPT_AFTER


def _left_at(known: KnownDocument, list_read_at: dt.datetime | None, zone: ZoneInfo) -> dt.datetime | None:
    """When a document was last on the net, as far as we can tell; None: it still is.

    Most lists show their newest entries only: what is off such a list counts as gone once its time is over.
    """
    if known.removed_at is not None:
        return known.missing_since or known.removed_at
    if known.listed_at is None or list_read_at is None or known.listed_at >= list_read_at:
        return None
    over = dt.datetime.combine(_begins_on(known, zone) + ON_VIEW[known.document.form], dt.time(), zone)
    return max(known.last_seen_at, over)


def without_words(reading: Reading | None) -> Reading | None:
    """What was understood of a document without a sentence of its text: kinds, dates, sums and facts stay."""
    if reading is None:
        return None
    return replace(
        reading,
        quote="",
        withdrawal="",
        windows=tuple(replace(one, quote="") for one in reading.windows),
        facts=tuple(replace(one, quote="") for one in reading.facts),
        decision=None if reading.decision is None else replace(reading.decision, what=None),
    )


# --- personal data taken out of a document that stays --------------------------------------------


def is_redaction(
    document: Document, before: str, after: str, understood: tuple[Reading | None, Reading], today: dt.date
) -> bool:
    """Whether a text only lost words after the time for claims, and still says the same.

    That is what the law asks for (personal data leaves the minutes), and no news. A change that makes anything read
    differently is none of this, however late it comes.

    Args:
        document: as it stands now.
        before: its text as it was.
        after: its text as it is.
        understood: what was understood of it before and now.
        today: the local date.
    """
    day = document.published_on or document.meeting_on
    if day is None or today < day + DEEMED_INFORMED + CLAIM:
        return False
    old, new = understood
    if old is None or without_words(old) != without_words(new):
        return False
    return _only_lost(stable(before), stable(after))


def _only_lost(before: str, after: str) -> bool:
    """Whether every line of `after` stands in `before`, whole or with words taken out."""
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    went, came = old - new, new - old
    if not went:
        return False
    shorter = list(went.elements())
    for line in came.elements():
        longer = next((one for one in shorter if _is_within(line.split(), iter(one.split()))), None)
        if longer is None:
            return False
        shorter.remove(longer)
    return True


def _is_within(words: list[str], longer: Iterator[str]) -> bool:
    """Whether all words stand in the longer line, in this order."""
    return all(word in longer for word in words)
