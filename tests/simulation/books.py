"""The books of a simulated year: what each document tells of, kept while it is written, made into expectations.

Reckons in checks: a document is seen at the first check at or after its publication at which its source can
be read. What is told follows from that and from the calendar alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Json
from simulation import truth
from simulation.saying import ANY, Span
from simulation.sites import Channel
from simulation.truth import Expected

ZONE = ZoneInfo("Europe/Helsinki")
MARKS = (14, 7, 2, 0)
"""Days before its end at which a window that closes is told."""


@dataclass(slots=True, eq=False)
class CallBook:
    """One application window, and every telling of it by the check at which it is seen."""

    region: str
    types: frozenset[str]
    continuous: bool = False
    tellings: list[tuple[int, Told]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One document's word about a window.

    Attributes:
        span: its bounds by this document; None: the call is withdrawn.
        states: which of opens, closes and time the document really says.
        news: the bounds are others than before.
        sure: decided, not only proposed.
    """

    call: CallBook
    span: Span | None
    states: frozenset[str] = frozenset({"opens", "closes", "time"})
    news: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One document's word about a field of its region's status; `doubtful`: it may be proposed, and need not."""

    region: str
    field: str
    value: Any
    as_of: dt.date
    doubtful: bool = False


Stated: TypeAlias = Told | Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a window stands at the end, as far as any document has told of it.

    Attributes:
        types: what it may be called; several types that share one window have no name.
        state: open, coming, closed, withdrawn or continuous.
    """

    region: str
    types: frozenset[str]
    state: str
    opens: dt.date | None = None
    closes: dt.date | None = None
    time: dt.time | None = None

    @property
    def names(self) -> frozenset[str | None]:
        """What the program may call it: by its one type; not at all where there are several, or where none is named."""
        return self.types - {ANY} or frozenset({None, *self.types})

    @property
    def continuous(self) -> bool:
        """Whether it has no end by design."""
        return self.state == "continuous"


@dataclass(slots=True)
class Books:
    """All that is to be told in a year.

    Args:
        checks: the moments of the checks (aware); number 0 is the first check.
        baseline: region -> field -> the value that stands before.
        lookback_from: documents before this day are not read.
    """

    checks: Sequence[dt.datetime]
    baseline: Mapping[str, Mapping[str, Json]]
    lookback_from: dt.date
    expected: list[Expected] = field(default_factory=list)
    calls: list[CallBook] = field(default_factory=list)
    facts: list[tuple[int, Fact]] = field(default_factory=list)
    documents: int = 0

    # --- when ------------------------------------------------------------------------------------

    def check_at(self, at: dt.datetime) -> int | None:
        """The first check at or after a moment; None after the end."""
        return next((number for number, check in enumerate(self.checks) if check >= at), None)

    def seen(self, channel: Channel, at: dt.datetime, *, whatever_age: bool = False) -> int | None:
        """The check at which a document of a source is seen; None: never, or only silently."""
        if not whatever_age and at.date() < self.lookback_from:
            return None
        check = self.check_at(at)
        return None if check is None else self.next_good(channel, check - 1)

    def next_good(self, channel: Channel, after: int) -> int | None:
        """The first check after a given one at which a source can be read."""
        bad = [(one.first, one.last) for one in channel.troubles]
        return next(
            (
                number
                for number in range(after + 1, len(self.checks))
                if not any(first <= number <= last for first, last in bad)
            ),
            None,
        )

    def day(self, check: int) -> dt.date:
        """The local day of a check."""
        return self.checks[check].astimezone(ZONE).date()

    # --- writing down ----------------------------------------------------------------------------

    def document(
        self, region: str, places: Iterable[tuple[str, int | None]], title: str, relevant: bool | None
    ) -> None:
        """A new document, on one source or as the same thing on several: told once, where it is seen first."""
        seen = [(url, check) for url, check in places if check is not None]
        self.documents += 1
        if not seen or not (first := min(check for _, check in seen)):
            return
        urls = [url for url, check in seen if check == first]
        self._expect(ChangeKind.DOCUMENT_NEW, region, first, title, truth.of_document(urls, relevant))

    def paper(
        self,
        region: str,
        url: str,
        new: int | None,
        revised: int | None,
        title: str,
        relevant: bool | None,
        *,
        old: bool,
    ) -> None:
        """A meeting or an item: new with its agenda, revised with its minutes."""
        self.documents += 1
        fits = truth.of_document([url], relevant)
        if old or new is None:
            return
        if new:
            self._expect(ChangeKind.DOCUMENT_NEW, region, new, title, fits)
        if revised is not None and revised != new:
            self._expect(ChangeKind.DOCUMENT_REVISED, region, revised, title, fits)

    def edits(self, region: str, url: str, checks: Iterable[int | None], title: str) -> None:
        """The checks at which a standing page is seen with another text."""
        for check in sorted({check for check in checks if check}):
            self._expect(ChangeKind.DOCUMENT_REVISED, region, check, f"edit of {title}", truth.of_document([url], None))

    def state(self, stated: Iterable[Stated], check: int | None) -> None:
        """What a document that is seen at a check says."""
        if check is None:
            return
        for one in stated:
            if isinstance(one, Fact):
                self.facts.append((check, one))
                continue
            if one.call not in self.calls:
                self.calls.append(one.call)
            one.call.tellings.append((check, one))

    def _expect(
        self, kind: ChangeKind, region: str, check: int, what: str, fits: truth.Test, *, optional: bool = False
    ) -> None:
        self.expected.append(Expected(kind=kind, region=region, check=check, what=what, fits=fits, optional=optional))

    # --- making it out ---------------------------------------------------------------------------

    def make_out(self, regions: Iterable[str]) -> tuple[list[Expected], dict[str, dict[str, Any]], list[Standing]]:
        """All expectations; the regions' status at the end, field by field; and how each window stands then."""
        windows = [_Life(self, call).run() for call in self.calls]
        told = self._status()
        status = {code: {**self.baseline.get(code, {}), **told.get(code, {})} for code in regions}
        for fields in status.values():
            fields.pop("grant_windows", None)
        return self.expected, status, windows

    def _status(self) -> dict[str, dict[str, Json]]:
        standing: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        known_as_of: dict[tuple[str, str], dt.date] = {}
        for check, fact in sorted(self.facts, key=lambda one: (one[0], one[1].as_of)):
            place = fact.region, fact.field
            before = standing[fact.region].get(fact.field, self.baseline.get(fact.region, {}).get(fact.field))
            if fact.doubtful:
                self._expect(
                    ChangeKind.STATUS_PROPOSED,
                    fact.region,
                    check,
                    f"{fact.field} {fact.value}",
                    _names(fact.field),
                    optional=True,
                )
                continue
            newest = known_as_of.get(place, dt.date.min)
            if fact.as_of < newest and not isinstance(fact.value, list):
                continue  # an older document undoes nothing; what it adds to a list it adds
            known_as_of[place] = max(fact.as_of, newest)
            after = _after(before, fact.value)
            if after == before:
                continue
            standing[fact.region][fact.field] = after
            if check:
                fits = _adds(fact.value) if fact.field == "grant_types" else truth.of_status(fact.field, after)
                self._expect(ChangeKind.STATUS_CHANGED, fact.region, check, f"{fact.field} {fact.value}", fits)
        return dict(standing)


def _after(before: Json, value: Any) -> Json:
    if isinstance(value, list):
        return [*(before or []), *(each for each in value if each not in (before or []))]
    if not isinstance(value, Mapping):
        return value
    merged = dict(before or {})
    for key, each in value.items():
        if isinstance(each, list):
            old = merged.get(key) or []
            merged[key] = [*old, *(one for one in each if not any(truth.holds(entry, one) for entry in old))]
        elif key == "name" and str(merged.get(key)).endswith(str(each)):
            continue  # the same body, told without its region
        else:
            merged[key] = each
    return merged


def _adds(types: Sequence[str]) -> truth.Test:
    return lambda change: (
        bool(change.after) and change.after["field"] == "grant_types" and set(types) <= set(change.after["value"])
    )


def _names(field_name: str) -> truth.Test:
    return lambda change: bool(change.after) and change.after["field"] == field_name


class _Life:
    """One window from its first telling to its end, check by check."""

    def __init__(self, books: Books, call: CallBook) -> None:
        self.books, self.call = books, call
        self.span: Span | None = None
        self.states: frozenset[str] = frozenset()
        self.sure = True
        self.told_marks: set[int] = set()
        self.over = False

    def run(self) -> Standing:
        """Write down every change of the window; how it stands at the end."""
        by_check: defaultdict[int, list[Told]] = defaultdict(list)
        for check, told in self.call.tellings:
            by_check[check].append(told)
        started = False
        for check in range(min(by_check, default=len(self.books.checks)), len(self.books.checks)):
            tellings = by_check.get(check, [])
            if not started:
                started = True
                self._open(check, tellings)
            elif tellings:
                self._hear(check, tellings)
            self._tick(check)
        return self._standing()

    def _open(self, check: int, tellings: Sequence[Told]) -> None:
        first = tellings[0]
        self.span, self.states = first.span, frozenset().union(*(one.states for one in tellings))
        if self.call.continuous:
            self._expect(ChangeKind.WINDOW_OPENED, check, truth.of_continuous(self.call.types))
            return
        self._forget_marks(check)
        if self._is_over(check):
            self.over = True
            return
        sure = {one.sure for one in tellings}
        self.sure = True in sure
        whole = len({one.states for one in tellings}) == 1 and first.states >= {"opens", "closes", "time"}
        fits = truth.of_window("after", self.span, self.call.types, whole=whole)
        self._expect(
            ChangeKind.WINDOW_OPENED,
            check,
            lambda change: fits(change) and (len(sure) > 1 or change.sure in sure),
            first.span,
        )

    def _hear(self, check: int, tellings: Sequence[Told]) -> None:
        told = next((one for one in tellings if one.news and one.span != self.span), None)
        decided = not self.sure and any(one.sure for one in tellings)
        self.sure = self.sure or decided
        if told is None:
            self.states |= frozenset().union(*(one.states for one in tellings))
            if decided and not self._is_over(check):
                fits = truth.of_window("after", self.span, self.call.types, whole=False)
                self._expect(ChangeKind.WINDOW_CHANGED, check, lambda change: fits(change) and change.sure, self.span)
            return
        before = truth.of_window("before", self.span, self.call.types, whole=False)
        after = truth.of_window("after", told.span, self.call.types, whole=False)
        self._expect(ChangeKind.WINDOW_CHANGED, check, lambda change: before(change) and after(change), told.span)
        self.span = told.span
        self.states = frozenset().union(*(one.states for one in tellings), self.states & {"opens"})
        self.over = False
        if self.span is not None:
            self._forget_marks(check)

    def _tick(self, check: int) -> None:
        if self.span is None or self.over:
            return
        fits = truth.of_window("after", self.span, self.call.types, whole=False)
        if self._is_over(check):
            self.over = True
            self._expect(
                ChangeKind.WINDOW_CLOSED,
                check,
                truth.of_window("before", self.span, self.call.types, whole=False),
                self.span,
            )
            return
        reached = {mark for mark in MARKS if mark >= self._left(check)}
        if reached - self.told_marks:
            self._expect(ChangeKind.WINDOW_CLOSING, check, fits, self.span)
        self.told_marks = reached

    def _forget_marks(self, check: int) -> None:
        self.told_marks = {mark for mark in MARKS if mark >= self._left(check)}

    def _left(self, check: int) -> int:
        assert self.span is not None
        return (self.span.closes - self.books.day(check)).days

    def _is_over(self, check: int) -> bool:
        assert self.span is not None
        time = self.span.time if "time" in self.states else None
        if time is None:
            return self.books.day(check) > self.span.closes
        return self.books.checks[check] >= dt.datetime.combine(self.span.closes, time, ZONE)

    def _standing(self) -> Standing:
        call, span = self.call, self.span
        if span is None:
            state = "continuous" if call.continuous else "withdrawn"
            return Standing(region=call.region, types=call.types, state=state)
        opens = span.opens if "opens" in self.states else None
        coming = opens is not None and opens > self.books.day(len(self.books.checks) - 1)
        return Standing(
            region=call.region,
            types=call.types,
            state="closed" if self.over else "coming" if coming else "open",
            opens=opens,
            closes=span.closes,
            time=span.time if "time" in self.states else None,
        )

    def _expect(self, kind: ChangeKind, check: int, fits: truth.Test, span: Span | None = None) -> None:
        what = f"{sorted(self.call.types)} {span}"
        self.books.expected.append(Expected(kind=kind, region=self.call.region, check=check, what=what, fits=fits))


def types_of(types: Iterable[str]) -> frozenset[str]:
    """What a window of these grants may be called: its one type; nothing where several share it."""
    named = frozenset(types)
    return named | ({ANY} if len(named) == 1 else set()) if len(named) == 1 else frozenset()


__all__ = ["Books", "CallBook", "Change", "Fact", "Stated", "Told", "types_of"]
