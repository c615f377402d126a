"""What has to be told, and when; and the comparison of that with what was told.

An expectation says of one change at which check it must come and how it is recognised. Whatever is told
beside the expectations is invented, whatever is told again is repeated, whatever never comes is missed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aluevahti.model import Change, ChangeKind
from simulation.saying import Span

Test = Callable[[Change], bool]


@dataclass(frozen=True, slots=True)
class Expected:
    """One change that must be told at one check.

    Attributes:
        what: the same in words, for the report of a miss.
        fits: whether a change of this kind and region is the one.
        optional: it may be told once, and need not.
    """

    kind: ChangeKind
    region: str
    check: int
    what: str
    fits: Test
    optional: bool = False


@dataclass(slots=True)
class Verdict:
    """What a year came to: lines for people, one for each discrepancy."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    wrong_state: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Every discrepancy, in words."""
        groups = {name: getattr(self, name) for name in ("missed", "late", "invented", "repeated", "wrong_state")}
        return [f"{name}: {line}" for name, lines in groups.items() for line in lines]


def compare(
    expected: Sequence[Expected], told: Mapping[int, Sequence[Change]], day_of: Callable[[int], dt.date]
) -> Verdict:
    """Hold what was told, check by check, against what had to be told."""
    verdict = Verdict()
    waiting: defaultdict[tuple[int, ChangeKind, str], list[Expected]] = defaultdict(list)
    for one in expected:
        waiting[one.check, one.kind, one.region].append(one)
    fulfilled: list[Expected] = []
    strays: list[tuple[int, Change]] = []
    for check, changes in sorted(told.items()):
        for change in changes:
            place = waiting[check, change.kind, change.region]
            found = next((one for one in place if one.fits(change)), None)
            if found is None:
                strays.append((check, change))
                continue
            place.remove(found)
            fulfilled.append(found)
            verdict.right += 1
    open_ones = [one for place in waiting.values() for one in place]
    for check, change in strays:
        _sort_stray(verdict, open_ones, fulfilled, check, change, day_of)
    verdict.missed += [
        f"{day_of(one.check)} {one.kind} {one.region}: {one.what}" for one in open_ones if not one.optional
    ]
    return verdict


def _sort_stray(
    verdict: Verdict,
    open_ones: list[Expected],
    fulfilled: Sequence[Expected],
    check: int,
    change: Change,
    day_of: Callable[[int], dt.date],
) -> None:
    same = [one for one in open_ones if one.kind is change.kind and one.region == change.region and one.fits(change)]
    line = f"{day_of(check)} {shown(change)}"
    if same:
        nearest = min(same, key=lambda one: abs(one.check - check))
        open_ones.remove(nearest)
        verdict.late.append(f"{line} | due {day_of(nearest.check)}")
    elif any(one.kind is change.kind and one.region == change.region and one.fits(change) for one in fulfilled):
        verdict.repeated.append(line)
    else:
        verdict.invented.append(line)


def shown(change: Change) -> str:
    """A change on one line."""
    doubt = "" if change.sure else " (unsure)"
    quote = change.evidence.quote if change.evidence else None
    return f"{change.kind}{doubt} {change.region} {change.source} {change.title!r}: {change.before} -> {change.after} | {quote!r} | {change.url}"


# --- how a change is recognised ------------------------------------------------------------------


def of_document(urls: Sequence[str], relevant: bool | None) -> Test:
    """The change is about one of these addresses, and is relevant where that is beyond doubt."""
    wanted = {_plain(url) for url in urls}
    return lambda change: _plain(change.url or "") in wanted and relevant in {None, change.relevant}


def _plain(url: str) -> str:
    return unquote(url.partition("://")[2].rstrip("/"))


def of_window(side: str, span: Span | None, types: frozenset[str], *, whole: bool = True) -> Test:
    """The window on one side of the change has these bounds.

    `whole`: every bound is told; else a document told only some of them, and none may be a wrong one.
    """
    return lambda change: _window_fits(getattr(change, side), span, types, whole=whole)


def _window_fits(window: Any, span: Span | None, types: frozenset[str], *, whole: bool) -> bool:
    if span is None:
        return window is None
    if window is None:
        return False
    want = {
        "opens": span.opens.isoformat(),
        "closes": span.closes.isoformat(),
        "closes_time": None if span.time is None else span.time.strftime("%H:%M"),
    }
    wrong = [name for name, value in want.items() if window[name] != value and (whole or window[name] is not None)]
    return not wrong and not window["continuous"] and window["grant_type"] in types | {None}


def of_continuous(types: frozenset[str]) -> Test:
    """The window has no end by design."""
    return lambda change: bool(
        change.after and change.after["continuous"] and change.after["grant_type"] in types | {None}
    )


def of_status(name: str, keys: Mapping[str, Any] | int) -> Test:
    """The field has the value that is true: a number, or a dict that holds these keys."""
    return lambda change: bool(change.after) and change.after["field"] == name and holds(change.after["value"], keys)


def holds(value: Any, keys: Mapping[str, Any] | int) -> bool:
    """Whether a status value says what is true: the number, or each of these keys; lists hold the entries."""
    if not isinstance(keys, Mapping):
        return bool(value == keys)
    return isinstance(value, Mapping) and all(_same(value.get(key), wanted) for key, wanted in keys.items())


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, frozenset):  # a name in either language
        return value == wanted or value in wanted
    if isinstance(wanted, list):
        return isinstance(value, list) and all(any(holds(one, entry) for one in value) for entry in wanted)
    return bool(value == wanted)
