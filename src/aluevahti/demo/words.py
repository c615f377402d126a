"""What the demo says on a terminal: a short story by day, then the figures."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from aluevahti.demo.calendar import FIRST_DAY, LAST_DAY
from aluevahti.demo.readers import OPERATOR, READERS
from aluevahti.demo.replay import Record
from aluevahti.demo.timeline import Day, MailLine, ToldLine, name_of
from aluevahti.demo.truth import Verdict
from aluevahti.demo.world import Place
from aluevahti.model import Language
from aluevahti.text.dates import HELSINKI

WIDTH = 110
_LANGUAGES = {Language.FI: "Finnish", Language.SV: "Swedish", Language.EN: "English"}


def opening(places: Sequence[Place]) -> Iterator[str]:
    """What is about to be played."""
    platforms = len({site.platform for place in places for site in place.sites})
    readers = ", ".join(f"{name_of(one.email)} ({_LANGUAGES[one.lang]}, {one.rhythm.value})" for one in READERS)
    yield f"Playing {len(places)} regions with invented news on {platforms} platforms, {_date(FIRST_DAY)} to {_date(LAST_DAY)} 2026, on this machine only."
    yield f"Readers: {readers}."


def story(days: Sequence[Day]) -> Iterator[str]:
    """The days, one after the other: what happened (·), what was told to whom (→), what rightly was not."""
    for day in days:
        if day.is_quiet:
            yield f"{_weekday(day.on)}: nothing happens, and nobody gets a mail"
            continue
        yield _weekday(day.on)
        lines = [(note.at, "·", note.text) for note in day.happens]
        lines += _looks(day)
        for at, mark, text in sorted(lines, key=lambda line: line[0]):
            moment = f"{at.astimezone(HELSINKI):%H:%M}" if mark else ""
            yield from _wrapped(f"  {moment:<5} {mark:<1} ", text)
        if day.silent:
            yield from _wrapped("  silent  ", "; ".join(note.text for note in day.silent))


def _looks(day: Day) -> Iterator[tuple[dt.datetime, str, str]]:
    """A line for each look that told something or sent a mail, and below it what was replaced by what."""
    for at in sorted({*(line.at for line in day.told), *(line.at for line in day.mails)}):
        told = [line for line in day.told if line.at == at]
        mails = [line for line in day.mails if line.at == at]
        said = [f"{label}: {', '.join(places)}" for label, places in _by_label(told).items()]
        said += [f"the operator hears: {line.title}" for line in told if line.audience == OPERATOR]
        names = [
            name_of(line.recipient) + ("" if line.at == line.made_at else f" (of {line.made_at:%H:%M})")
            for line in mails
        ]
        said += [f"mail to {', '.join(names)}"] if names else []
        if said:
            yield at, "→", "; ".join(said)
        for line in told:
            yield from ((at, "", f"  {detail}") for detail in line.details if _BEFORE_IS_KNOWN in detail)


_BEFORE_IS_KNOWN = " → "


def _by_label(lines: Sequence[ToldLine]) -> dict[str, list[str]]:
    """Where each kind of thing was told to readers."""
    places: dict[str, list[str]] = {}
    for line in lines:
        if line.audience == "readers":
            places.setdefault(line.label, []).append(line.region)
    return places


def _wrapped(head: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))


def figures(record: Record, verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """What was counted: a name and a value each."""
    late = sum(mail.arrived_at > mail.made_at for mail in record.mails)
    log = record.log
    return (
        ("looks of the service", f"{record.looks} in {record.seconds:.1f} s, {record.traffic.polls} polls"),
        ("requests, all on this machine", str(log.requests)),
        ("answers that differed from the one before", f"{log.noisy} of {log.answers}"),
        ("pages of another item, thrown away", str(log.wrong)),
        ("things that had to be told", str(verdict.expected)),
        ("changes told", str(len(record.changes))),
        ("  false, or told twice", str(len(verdict.false))),
        ("  lost", str(len(verdict.lost))),
        ("mails delivered", f"{len(record.mails)}, {late} of them later, after a 451"),
        ("  entries in them", str(verdict.entries - len(verdict.lost_mails) + len(verdict.false_mails))),
        ("  false, or twice", str(len(verdict.false_mails))),
        ("  lost", str(len(verdict.lost_mails))),
    )


def table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Figures in two columns."""
    width = max(len(name) for name, _ in rows)
    yield from (f"  {name:<{width}}  {value}" for name, value in rows)


def differences(verdict: Verdict) -> Iterator[str]:
    """Everything that was not as it must be, one line each."""
    for change in verdict.false:
        at = change.detected_at.astimezone(HELSINKI)
        yield f"false: {at:%d.%m. %H:%M} {change.kind.value} {change.region}: {change.title}: {change.before} → {change.after}"
    for told in verdict.lost:
        yield f"lost: {told.at:%d.%m. %H:%M} {told.kind.value} {told.region}: {told.title}: {told.after}"
    yield from (f"false in a mail: {entry}" for entry in verdict.false_mails)
    yield from (f"lost in a mail: {entry}" for entry in verdict.lost_mails)
    yield from verdict.other


def closing(folder: Path, mails: Sequence[MailLine], verdict: Verdict) -> Iterator[str]:
    """The verdict, and where to look."""
    if verdict.is_right:
        yield "Everything was told, once, in time, and nothing else."
    else:
        yield "This is not as it must be; every difference is named above."
    yield ""
    yield f"Open this:  {folder / 'index.html'}"
    for reader in READERS:
        own = [mail for mail in mails if mail.recipient == reader.email]
        if own:
            best = max(own, key=lambda mail: (folder / "mail" / f"{mail.name}.html").stat().st_size)
            yield f"A digest in {_LANGUAGES[reader.lang]}:  {folder / 'mail' / best.name}.html"
    yield f"Look further:  aluevahti --config {folder / 'sources.yaml'} --now {LAST_DAY}T08:00 status keski-suomi"


def _weekday(day: dt.date) -> str:
    return f"{_DAYS[day.weekday()]} {_date(day)}"


def _date(day: dt.date) -> str:
    return f"{day.day} March"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
