"""Who hears what: which changes a reader is told, and which of them are one thing.

What a reader asked for, in this order:

- regions: only these (none named: all).
- themes: only these (none named: all). A document that is told because of a word, or because the
  reader wants all documents, may be without a theme: nobody knows yet what it is about.
- relevance: what matters to NGOs. Windows and status always do. `all_documents` adds every new or
  revised document of the regions, relevant or not, whatever its theme.
- words: only what mentions one of them, within the above; in return a document that mentions one is
  told whether it is relevant or not: the reader has said what is. A word fits at the start of a word
  and in any case ("kumppanuus" finds Kumppanuustalolle); with a `*` before it, also inside one. A long
  word fits without its last letter too, which Finnish changes when it inflects ("omaishoitaja" finds
  omaishoitajien).

Trouble with sources is the operator's business and never reaches a reader's digest.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache

from aluevahti.model import Change, ChangeKind, Json, Subscriber, Theme
from aluevahti.regions import by_code

DOCUMENT_KINDS = frozenset({ChangeKind.DOCUMENT_NEW, ChangeKind.DOCUMENT_REVISED})
WINDOW_KINDS = frozenset(
    {ChangeKind.WINDOW_OPENED, ChangeKind.WINDOW_CHANGED, ChangeKind.WINDOW_CLOSING, ChangeKind.WINDOW_CLOSED}
)
STATUS_KINDS = frozenset({ChangeKind.STATUS_CHANGED, ChangeKind.STATUS_PROPOSED})
SOURCE_KINDS = frozenset({ChangeKind.SOURCE_FAILING, ChangeKind.SOURCE_RECOVERED, ChangeKind.SOURCE_SILENT})


class Weight(IntEnum):
    """What comes first in a digest."""

    CLOSING = 0
    OPENED = 1
    CHANGED = 2
    DECIDED = 3
    CLOSED = 4
    DOCUMENT = 5


class Why(StrEnum):
    """What in a reader's wishes an entry fits."""

    REGION = "region"
    THEME = "theme"
    WORD = "word"
    ALL_DOCUMENTS = "all_documents"
    EVERYTHING = "everything"  # the reader named nothing and follows all that is relevant


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why an entry is in a reader's digest; `value` is a region's code, a theme or the word."""

    why: Why
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to tell: a document with all that it brought, or an application window."""

    region: str
    changes: tuple[Change, ...]  # oldest first
    reasons: tuple[Reason, ...]
    weight: Weight
    deadline: dt.date | None = None  # the nearest closing day among its windows
    sure: bool = True  # False: what weighs most in it is a doubtful reading, to be checked by the reader


def select(
    subscriber: Subscriber, changes: Iterable[Change], texts: Mapping[int, str] | None = None
) -> tuple[Entry, ...]:
    """What a reader is told of `changes`, one thing once, the most pressing first.

    Args:
        subscriber: the reader; only changes after the reader's cursor are considered.
        changes: stored changes (with their ids).
        texts: the text of documents by row id, for readers who follow words; what is missing here is
            searched by title, quote and place alone.

    Returns:
        The entries. Every change that concerns the reader is in exactly one of them.
    """
    told = [one for one in changes if (one.id or 0) > subscriber.cursor and concerns(subscriber, one, texts or {})]
    entries = [_entry(subscriber, group, texts or {}) for group in _grouped(told)]
    return tuple(sorted(entries, key=_importance))


def concerns(subscriber: Subscriber, change: Change, texts: Mapping[int, str]) -> bool:
    """Whether a reader is to be told of this change (see the head of this module)."""
    if change.kind in SOURCE_KINDS or not _in_regions(subscriber, change):
        return False
    is_document = change.kind in DOCUMENT_KINDS
    if subscriber.words:
        about = _in_themes(subscriber, change) or (is_document and not change.themes)
        wanted = about and (is_relevant(change) or is_document)
    else:
        wanted = is_relevant(change) and _in_themes(subscriber, change)
    wanted = wanted or (subscriber.all_documents and is_document)
    return wanted and (not subscriber.words or bool(_words_in(subscriber, change, texts)))


def is_relevant(change: Change) -> bool:
    """Whether a change matters to NGOs; a window or status change always does."""
    return change.relevant or change.kind in WINDOW_KINDS or change.kind in STATUS_KINDS


def _in_regions(subscriber: Subscriber, change: Change) -> bool:
    return not subscriber.regions or change.region in subscriber.regions


def _in_themes(subscriber: Subscriber, change: Change) -> bool:
    return not subscriber.themes or not set(subscriber.themes).isdisjoint(change.themes)


# --- words ---------------------------------------------------------------------------------------


def _words_in(subscriber: Subscriber, change: Change, texts: Mapping[int, str]) -> tuple[str, ...]:
    hay = _plain("\n".join(_words_of(change, texts)))
    return tuple(word for word in subscriber.words if mentions(hay, word))


def mentions(hay: str, word: str) -> bool:
    """Whether casefolded NFC text contains `word` at the start of a word (`*word`: anywhere)."""
    pattern = _pattern(word)
    return pattern is not None and pattern.search(hay) is not None


LONG_WORD = 6
"""From so many letters on a word is still itself without its last one."""


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str] | None:
    inside = word.strip().startswith("*")
    parts = _plain(word).replace("*", " ").split()
    if not parts:
        return None
    stems = [_stem(part) for part in parts]
    fits = [*(re.escape(stem) + r"\w*" for stem in stems[:-1]), re.escape(stems[-1])]
    return re.compile(("" if inside else r"(?<!\w)") + r"\s+".join(fits))


def _stem(word: str) -> str:
    """What of a word stays the same in most of its forms: sosiaali-nen, sosiaali-sen; yhdisty-s, yhdisty-kset."""
    if len(word) < LONG_WORD or not word.isalpha():
        return word
    return word.removesuffix("nen") if word.endswith("nen") else word[:-1]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _words_of(change: Change, texts: Mapping[int, str]) -> Iterator[str]:
    """All that a reader's word may stand in: the title, the quote, the place, the values, the text."""
    yield change.title
    yield change.organ or ""
    if change.evidence is not None:
        yield change.evidence.quote or ""
    yield from _place_names(change.region)
    for value in (*_strings(change.before), *_strings(change.after)):
        yield value
        yield value.replace("-", " ")  # a grant type's slug
    document = document_of(change)
    if document is not None:
        yield texts.get(document, "")


def _place_names(code: str) -> Iterator[str]:
    try:
        region = by_code(code)
    except KeyError:
        yield code
        return
    yield from (region.place_fi, region.place_sv, region.place_en, *region.short_names)


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)


# --- one thing once ------------------------------------------------------------------------------


def document_of(change: Change) -> int | None:
    """The row id of the document that a change comes from, if it has one."""
    if change.document is not None:
        return change.document
    return change.evidence.document if change.evidence is not None else None


def _names(change: Change) -> tuple[tuple[object, ...], ...]:
    """What a change is about; two changes that share a name are one thing."""
    document = document_of(change)
    names: list[tuple[object, ...]] = []
    if document is not None:
        names.append(("document", document))
    elif change.document_key is not None:
        names.append(("key", change.source, change.document_key))
    if change.window is not None:
        names.append(("window", change.window))
    if not names and change.kind in STATUS_KINDS and isinstance(change.after, Mapping):
        names.append(("status", change.region, change.after.get("field")))
    return tuple(names) or (("change", change.id),)


@dataclass(slots=True)
class _Group:
    names: set[tuple[object, ...]] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)


def _grouped(changes: Iterable[Change]) -> Iterator[tuple[Change, ...]]:
    groups: list[_Group] = []
    by_name: dict[tuple[object, ...], _Group] = {}
    for change in changes:
        names = _names(change)
        joined = list({id(by_name[name]): by_name[name] for name in names if name in by_name}.values())
        group = joined[0] if joined else _Group()
        if not joined:
            groups.append(group)
        for other in joined[1:]:
            group.names |= other.names
            group.changes += other.changes
            groups.remove(other)
        group.names.update(names)
        group.changes.append(change)
        by_name.update(dict.fromkeys(group.names, group))
    for group in groups:
        yield tuple(sorted(group.changes, key=lambda one: one.id or 0))


def _entry(subscriber: Subscriber, changes: tuple[Change, ...], texts: Mapping[int, str]) -> Entry:
    last_said = tuple(lasting(changes))
    deadlines = [day for day in (_deadline(one) for one in last_said) if day is not None]
    weight = min(_weight(one) for one in last_said)
    return Entry(
        region=changes[0].region,
        changes=changes,
        reasons=_reasons(subscriber, changes, texts),
        weight=weight,
        deadline=min(deadlines, default=None),
        sure=any(is_sure(one) for one in last_said if _weight(one) is weight),
    )


def lasting(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes that still say something: of a window that has closed or was withdrawn, only that.

    Of one that was told in doubt and then for sure, nothing of the time before; of several reminders, the last.
    """
    for number, one in enumerate(changes):
        later = changes[number + 1 :] if one.window is not None and one.kind in WINDOW_KINDS else ()
        if not _is_outdated(
            one, [other for other in later if other.window == one.window and other.kind in WINDOW_KINDS]
        ):
            yield one


def _is_outdated(change: Change, later: Sequence[Change]) -> bool:
    """Whether what was told of its window afterwards leaves nothing to say of a change."""
    if not later:
        return False
    is_reminder = change.kind is ChangeKind.WINDOW_CLOSING
    return (
        is_end(later[-1])
        or (not change.sure and any(one.sure for one in later))
        or (is_reminder and any(one.kind is ChangeKind.WINDOW_CLOSING for one in later))
    )


def is_confirmation(change: Change) -> bool:
    """Whether a window change tells that a window which was only proposed or doubtful is sure, with the same bounds."""
    before, after = change.before, change.after
    if (
        change.kind is not ChangeKind.WINDOW_CHANGED
        or not isinstance(before, Mapping)
        or not isinstance(after, Mapping)
    ):
        return False
    return change.sure and all(before.get(key) in (None, after.get(key)) for key in ("opens", "closes", "closes_time"))


def is_end(change: Change) -> bool:
    """Whether a window change tells that the window is no more: closed, or withdrawn."""
    return change.kind is ChangeKind.WINDOW_CLOSED or (
        change.kind is ChangeKind.WINDOW_CHANGED and change.after is None
    )


def _weight(change: Change) -> Weight:
    if change.kind is ChangeKind.WINDOW_CLOSING:
        return Weight.CLOSING
    if change.kind is ChangeKind.WINDOW_OPENED or is_confirmation(change):
        return Weight.OPENED
    if change.kind is ChangeKind.WINDOW_CHANGED:
        return Weight.CHANGED
    if change.kind in STATUS_KINDS:
        return Weight.DECIDED
    if change.kind is ChangeKind.WINDOW_CLOSED:
        return Weight.CLOSED
    return Weight.DOCUMENT


def _deadline(change: Change) -> dt.date | None:
    if change.kind not in WINDOW_KINDS or is_end(change) or not isinstance(change.after, Mapping):
        return None
    closes = change.after.get("closes")
    try:
        return dt.date.fromisoformat(closes) if isinstance(closes, str) else None
    except ValueError:
        return None


def _importance(entry: Entry) -> tuple[int, bool, dt.date, int]:
    return (entry.weight, not entry.sure, entry.deadline or dt.date.max, entry.changes[0].id or 0)


def is_sure(change: Change) -> bool:
    """Whether a change may be told as a fact."""
    return change.sure and change.kind is not ChangeKind.STATUS_PROPOSED


# --- why you got this ----------------------------------------------------------------------------


def _reasons(subscriber: Subscriber, changes: Sequence[Change], texts: Mapping[int, str]) -> tuple[Reason, ...]:
    reasons = [Reason(Why.REGION, changes[0].region)] if subscriber.regions else []
    themes = {theme for one in changes for theme in one.themes}
    reasons += [Reason(Why.THEME, theme.value) for theme in Theme if theme in subscriber.themes and theme in themes]
    found = {word for one in changes for word in _words_in(subscriber, one, texts)}
    reasons += [Reason(Why.WORD, word) for word in subscriber.words if word in found]
    if subscriber.all_documents and not any(is_relevant(one) and _in_themes(subscriber, one) for one in changes):
        reasons.append(Reason(Why.ALL_DOCUMENTS))
    return tuple(reasons) or (Reason(Why.EVERYTHING),)
