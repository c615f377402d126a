"""Holds what was told against what the world says must be told: what is false, what is lost, what came twice.

Two comparisons: the changes that the service recorded, and the mails that really arrived, entry by entry.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aluevahti.demo.calendar import LOOKS, look_after, moments
from aluevahti.demo.mailbox import Mail
from aluevahti.demo.readers import OPERATOR, READERS
from aluevahti.demo.world import Place, Told
from aluevahti.model import Change, Json, Rhythm, Subscriber
from aluevahti.text.dates import HELSINKI
from aluevahti.text.dom import selector, tree

_TITLES = {True: "h2", False: "h3"}
"""Where the things that a mail tells have their titles: the operator's mail, a reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How the telling compares with the world.

    Attributes:
        false: changes that are not in the world, not then, or once too often.
        lost: what is in the world and was not told.
        false_mails: entries of mails that nobody should have got there, in words; twice counts as false.
        lost_mails: entries that are missing.
        expected: how many things had to be told.
        entries: how many entries of mails had to arrive.
        other: whatever else went wrong, in words.
    """

    false: tuple[Change, ...]
    lost: tuple[Told, ...]
    false_mails: tuple[str, ...]
    lost_mails: tuple[str, ...]
    expected: int
    entries: int
    other: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether everything was told, once, and nothing else."""
        return not (self.false or self.lost or self.false_mails or self.lost_mails or self.other)


def compare(
    places: Sequence[Place], changes: Sequence[Change], mails: Sequence[Mail], other: Iterable[str] = ()
) -> Verdict:
    """Compare what was told with what must be told.

    Args:
        places: the world, with its truth.
        changes: all that the service recorded.
        mails: all that arrived, in the order of arrival.
        other: what else is known to be wrong, in words.
    """
    wanted = [told for place in places for told in place.told]
    pairs, false = _paired(wanted, changes)
    lost = [told for number, told in enumerate(wanted) if number not in pairs]
    when = {number: pairs.get(number) or look_after(told.by or told.at) for number, told in enumerate(wanted)}
    expected = Counter[_Entry]()
    for number, told in enumerate(wanted):
        expected.update(_entries(told, when[number]))
    expected = Counter(dict.fromkeys(expected, 1))  # several changes of one document are one entry
    arrived = Counter(entry for mail in mails for entry in _told_in(mail))
    return Verdict(
        false=tuple(false),
        lost=tuple(lost),
        false_mails=tuple(map(str, (arrived - expected).elements())),
        lost_mails=tuple(map(str, (expected - arrived).elements())),
        expected=len(wanted),
        entries=expected.total(),
        other=(*other, *_repeated(mails)),
    )


# --- changes -------------------------------------------------------------------------------------


def _paired(wanted: Sequence[Told], changes: Sequence[Change]) -> tuple[dict[int, dt.datetime], list[Change]]:
    """For each thing that was told, when; and the changes that are no such thing."""
    pairs: dict[int, dt.datetime] = {}
    false: list[Change] = []
    for change in changes:
        number = next((n for n, told in enumerate(wanted) if n not in pairs and _is_told(told, change)), None)
        if number is None:
            false.append(change)
        else:
            pairs[number] = change.detected_at
    return pairs, false


def _is_told(told: Told, change: Change) -> bool:
    """Whether `change` tells `told`, and at the right time."""
    return (
        (told.kind, told.region, told.title) == (change.kind, change.region, change.title)
        and told.at <= change.detected_at <= look_after(told.by or told.at)
        and (told.relevant, told.sure) == (change.relevant, change.sure)
        and _says(change.before, told.before)
        and _says(change.after, told.after)
    )


def _says(value: Json, wanted: Json) -> bool:
    """Whether a value says all that is wanted; what else it says does not matter."""
    if isinstance(wanted, Mapping):
        return isinstance(value, Mapping) and all(_says(value.get(key), inner) for key, inner in wanted.items())
    return wanted is None or bool(value == wanted)


# --- mails ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing in one mail; `made_at` is the look at which the mail was made."""

    recipient: str
    made_at: dt.datetime
    title: str

    def __str__(self) -> str:
        return f"{self.recipient}, {self.made_at.astimezone(HELSINKI):%d.%m. %H:%M}: {self.title}"


def _entries(told: Told, at: dt.datetime) -> Iterable[_Entry]:
    """The entries that must arrive because of something that was told at `at`."""
    if told.kind.value.startswith("source."):
        yield _Entry(OPERATOR, at, told.title)
    elif told.relevant:
        for reader in READERS:
            slot = _slot(reader, at)
            if slot is not None and (not reader.regions or told.region in reader.regions):
                yield _Entry(reader.email, slot, told.title)


def _slot(reader: Subscriber, at: dt.datetime) -> dt.datetime | None:
    """When a reader's next mail goes out; None where that is after the demo's end."""
    for moment in moments():
        is_daily = moment.timetz().replace(tzinfo=None) == LOOKS[0]
        fits = {Rhythm.INSTANT: True, Rhythm.DAILY: is_daily, Rhythm.WEEKLY: is_daily and moment.weekday() == 0}
        if moment >= at and fits[reader.rhythm]:
            return moment.astimezone(dt.UTC)
    return None


def _told_in(mail: Mail) -> Iterable[_Entry]:
    root = tree(mail.part("html"), "")
    titles = [] if root is None else selector(_TITLES[mail.recipient == OPERATOR])(root)
    for title in titles:
        text = " ".join("".join(title.itertext()).split())
        if mail.recipient == OPERATOR:
            text = text.partition(" ")[0]  # the source's id; its region stands behind it
        yield _Entry(mail.recipient, mail.made_at.astimezone(dt.UTC), text)


def _repeated(mails: Sequence[Mail]) -> Iterable[str]:
    for name, count in Counter(str(mail.read["Message-ID"]) for mail in mails).items():
        if count > 1:
            yield f"the mail {name} arrived {count} times"
