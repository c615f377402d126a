"""The ten days as a reader of the demo sees them: what happened, what was told, and what rightly was not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aluevahti.demo.calendar import FIRST_DAY, LAST_DAY, moments
from aluevahti.demo.mailbox import Mail
from aluevahti.demo.readers import OPERATOR
from aluevahti.demo.replay import Record
from aluevahti.demo.world import Note
from aluevahti.model import Change, Language, Subscriber
from aluevahti.notify import Lookup
from aluevahti.regions import by_code
from aluevahti.render.catalogue import catalogue
from aluevahti.render.entries import entry_view
from aluevahti.render.scene import Scene
from aluevahti.render.view import EntryView
from aluevahti.rules.digest import DOCUMENT_KINDS, SOURCE_KINDS, Entry, select
from aluevahti.storage import Store
from aluevahti.text.dates import HELSINKI

WORDS = catalogue(Language.EN)
ANYBODY = Subscriber(email="", lang=Language.EN)
"""A reader of everything that is relevant."""

NOISE = "noise on every answer: view states, nonces, clocks, counters, related links in a new order each time"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One thing that was told. `tone` is the colour that mails give it; `audience`: readers, nobody, or the operator's
    address.
    """

    at: dt.datetime
    label: str
    tone: str
    region: str
    title: str
    details: tuple[str, ...] = ()
    audience: str = "readers"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail that arrived; `name` is what its files are called, without an ending."""

    at: dt.datetime
    recipient: str
    subject: str
    name: str
    made_at: dt.datetime


L = TypeVar("L", ToldLine, MailLine, Note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the demo."""

    on: dt.date
    happens: tuple[Note, ...]
    told: tuple[ToldLine, ...]
    mails: tuple[MailLine, ...]
    silent: tuple[Note, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is to be said of it."""
        return not (self.happens or self.told or self.mails or self.silent)


def days_of(record: Record, store: Store) -> tuple[Day, ...]:
    """The days, told after they were played.

    Args:
        record: what came of the replay.
        store: the state at its end.
    """
    mails = tuple(_mail_line(number, mail) for number, mail in enumerate(record.mails, start=1))
    told = tuple(_told(record.changes, store))
    happens, silent = sorted(_happens(record), key=lambda note: note.at), tuple(_silent(record))
    count = (LAST_DAY - FIRST_DAY).days + 1
    return tuple(
        Day(
            on=on,
            happens=_of(on, happens),
            told=_of(on, told),
            mails=_of(on, mails),
            silent=_of(on, silent),
        )
        for on in (FIRST_DAY + dt.timedelta(days=number) for number in range(count))
    )


def _of(on: dt.date, lines: Iterable[L]) -> tuple[L, ...]:
    return tuple(line for line in lines if line.at.astimezone(HELSINKI).date() == on)


# --- the world -----------------------------------------------------------------------------------


def _happens(record: Record) -> Iterator[Note]:
    for place in record.places:
        yield from place.happens
    for at, recipient in record.refusals:
        text = f"the mail server answers 451 to the mail for {name_of(recipient)}: come again later"
        yield Note(at=at.astimezone(HELSINKI), text=text)


def _silent(record: Record) -> Iterator[Note]:
    yield Note(at=moments()[0], text=NOISE)
    for place in record.places:
        yield from place.silent


# --- what was told -------------------------------------------------------------------------------


def _told(changes: Sequence[Change], store: Store) -> Iterator[ToldLine]:
    """A line for each thing, look by look, the most pressing first; documents nobody asked for are counted."""
    lookup = Lookup(store)
    for moment in dict.fromkeys(change.detected_at for change in changes):
        look = [change for change in changes if change.detected_at == moment]
        entries = select(ANYBODY, look)
        scene = Scene(WORDS, moment, HELSINKI, lookup.background(entries))
        yield from (_line(entry, entry_view(entry, scene), moment) for entry in entries)
        yield from (_source_line(change) for change in look if change.kind in SOURCE_KINDS)
        yield from _others(look, moment)


def _line(entry: Entry, view: EntryView, at: dt.datetime) -> ToldLine:
    return ToldLine(
        at=at,
        label=view.labels[0].text,
        tone=view.labels[0].tone,
        region=by_code(entry.region).place_en,
        title=view.title,
        details=tuple(_details(view)),
    )


def _details(view: EntryView) -> Iterator[str]:
    if view.phase_before and view.phase:
        yield f"{view.phase_before}, now {view.phase}"
    for window in view.windows:
        now = f"{window.before} → {window.period}" if window.before else window.period
        yield f"{window.name}: {now}"
    for status in view.statuses:
        mark = f" ({WORDS('entry.baseline')})" if status.is_baseline else ""
        before = f"{status.before}{mark} → " if status.before else ""
        check = "" if status.is_sure else f" – {WORDS('entry.to_check').lower()}"
        yield f"{status.name}: {before}{status.after}{check}"


def _source_line(change: Change) -> ToldLine:
    state = "forbidden" if (change.after or {}).get("state") == "forbidden" else change.kind.value.partition(".")[2]
    return ToldLine(
        at=change.detected_at,
        label="Operator only",
        tone="document",
        region=by_code(change.region).place_en,
        title=f"{change.title}: {WORDS(f'operator.state.{state}')[0].lower()}{WORDS(f'operator.state.{state}')[1:]}",
        audience=OPERATOR,
    )


def _others(look: Sequence[Change], at: dt.datetime) -> Iterator[ToldLine]:
    others = [change for change in look if change.kind in DOCUMENT_KINDS and not change.relevant]
    if others:
        places = ", ".join(dict.fromkeys(by_code(change.region).place_en for change in others))
        noun = "document" if len(others) == 1 else "documents"
        yield ToldLine(
            at=at,
            label="Kept out of digests",
            tone="quiet",
            region=places,
            title=f"{len(others)} {noun} about other things",
            audience="nobody",
        )


# --- mails ---------------------------------------------------------------------------------------


def _mail_line(number: int, mail: Mail) -> MailLine:
    made_at = mail.made_at.astimezone(HELSINKI)
    return MailLine(
        at=mail.arrived_at.astimezone(HELSINKI),
        recipient=mail.recipient,
        subject=mail.subject,
        name=f"{number:02}-{made_at:%Y-%m-%d-%H%M}-{name_of(mail.recipient)}",
        made_at=made_at,
    )


def name_of(recipient: str) -> str:
    """What a recipient is called in the demo: the first part of the address."""
    return "operator" if recipient == OPERATOR else recipient.partition(".")[0]
