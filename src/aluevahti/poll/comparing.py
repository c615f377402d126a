"""What a replay came to, held against what was recorded: told then and not today, told today and not then."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from aluevahti.model import Change, ChangeKind, Json, KnownWindow, StatusValue, Subscriber
from aluevahti.poll.recorded import History, Misread
from aluevahti.poll.replaying import Replayed, is_a_persons
from aluevahti.rules.bounds import as_json
from aluevahti.rules.digest import select

NOT_REPLAYED = frozenset(
    {
        ChangeKind.DOCUMENT_REMOVED,
        ChangeKind.SOURCE_FAILING,
        ChangeKind.SOURCE_RECOVERED,
        ChangeKind.SOURCE_SILENT,
    }
)
"""What depends on the network or on what is no longer there."""

DOCUMENTS = frozenset({ChangeKind.DOCUMENT_NEW, ChangeKind.DOCUMENT_REVISED})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StatusDifference:
    """A field whose value would be another one; None: it would have none, or has none."""

    region: str
    field: str
    recorded: StatusValue | None
    today: StatusValue | None


@dataclass(frozen=True, slots=True)
class DigestDifference:
    """What a reader was told and would not be, and the other way round."""

    subscriber: Subscriber
    only_recorded: tuple[Change, ...]
    only_today: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Everything in which today's rules come to something else than was recorded."""

    changes_only_recorded: tuple[Change, ...]
    changes_only_today: tuple[Change, ...]
    windows_only_recorded: tuple[KnownWindow, ...]
    windows_only_today: tuple[KnownWindow, ...]
    status: tuple[StatusDifference, ...]
    digests: tuple[DigestDifference, ...]
    misread: tuple[Misread, ...]

    @property
    def none(self) -> bool:
        """Whether there is no difference at all."""
        lists = (
            self.changes_only_recorded, self.changes_only_today, self.windows_only_recorded, self.windows_only_today,
            self.status, self.digests, self.misread,
        )  # fmt: skip
        return not any(lists)


def differences(
    history: History,
    replayed: Replayed,
    *,
    statuses: Mapping[str, Mapping[str, StatusValue]],
    windows: Sequence[KnownWindow],
    subscribers: Sequence[Subscriber],
    region: str | None,
    since: dt.datetime | None,
) -> Differences:
    """Compare a replay with what was recorded.

    Args:
        history: what was recorded.
        replayed: what today's rules make of it.
        statuses: the regions' status as it stands.
        windows: the windows as they stand.
        subscribers: whose digests are compared.
        region: only this one was replayed; None: all were.
        since: changes before this moment are not compared; windows and status are those at the end.
    """
    then, now = (_compared(each, since) for each in (history.changes, replayed.changes))
    gone, came = _apart(then, now, _change_key)
    standing = [one for one in windows if not one.baseline and region in {None, one.region}]
    windows_gone, windows_came = _apart(standing, replayed.windows, _window_key)
    return Differences(
        changes_only_recorded=tuple(gone),
        changes_only_today=tuple(came),
        windows_only_recorded=tuple(windows_gone),
        windows_only_today=tuple(windows_came),
        status=tuple(_status(statuses, replayed.status, region)),
        digests=tuple(_digests(subscribers, then, now, replayed.texts)),
        misread=tuple(one for one in history.misread if since is None or one.fetched_at >= since),
    )


def _compared(changes: Iterable[Change], since: dt.datetime | None) -> list[Change]:
    return [
        change
        for change in changes
        if change.kind not in NOT_REPLAYED and (since is None or change.detected_at >= since)
    ]


def _apart(then: Sequence[T], now: Sequence[T], key: Callable[[T], Hashable]) -> tuple[list[T], list[T]]:
    """What only one of two sequences has, as often as it has it more."""
    left, right = Counter(map(key, then)), Counter(map(key, now))
    return list(_surplus(then, left - right, key)), list(_surplus(now, right - left, key))


def _surplus(each: Iterable[T], more: Counter[Hashable], key: Callable[[T], Hashable]) -> Iterable[T]:
    for one in each:
        if more[key(one)] > 0:
            more[key(one)] -= 1
            yield one


def _change_key(change: Change) -> Hashable:
    if change.kind in DOCUMENTS:
        return change.kind, change.document, change.relevant
    return change.kind, change.region, _text(change.before), _text(change.after), change.sure


def _window_key(known: KnownWindow) -> Hashable:
    return known.region, _text(as_json(known.window)), known.window.sure, known.cancelled


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _status(
    recorded: Mapping[str, Mapping[str, StatusValue]],
    today: Mapping[str, Mapping[str, StatusValue]],
    region: str | None,
) -> Iterable[StatusDifference]:
    for name in sorted(recorded.keys() | today.keys()):
        if region not in {None, name}:
            continue
        then, now = recorded.get(name, {}), today.get(name, {})
        for field in sorted(then.keys() | now.keys()):
            old, new = then.get(field), now.get(field)
            same = old is not None and new is not None and old.value == new.value and old.state is new.state
            if not same and not is_a_persons(old):
                yield StatusDifference(name, field, old, new)


def _digests(
    subscribers: Sequence[Subscriber], then: Sequence[Change], now: Sequence[Change], texts: Mapping[int, str]
) -> Iterable[DigestDifference]:
    for subscriber in subscribers:
        told, would_be = (_told(subscriber, each, texts) for each in (then, now))
        gone, came = _apart(told, would_be, _change_key)
        if gone or came:
            yield DigestDifference(subscriber, tuple(gone), tuple(came))


def _told(subscriber: Subscriber, changes: Sequence[Change], texts: Mapping[int, str]) -> list[Change]:
    """The changes that a reader's digests tell, whatever was sent already."""
    numbered = [replace(change, id=number) for number, change in enumerate(changes, start=1)]
    entries = select(replace(subscriber, cursor=0), numbered, texts)
    return [change for entry in entries for change in entry.changes]
