"""One entry of a digest in words: the changes that make it up become labels, windows, values and proofs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Json, KnownDocument, KnownWindow, Phase
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import QUOTE, TITLE, VALUE, clean, host_of, safe_url
from aluevahti.render.excerpt import excerpts
from aluevahti.render.steps import handling_text, removal_text, step_text
from aluevahti.render.view import EntryView, HandlingView, Label, Link, StatusView, WindowView
from aluevahti.render.wording import (
    clock_text,
    date_text,
    day_of,
    days_text,
    field_text,
    moment_text,
    region_text,
    time_of,
    value_text,
    window_name,
    window_text,
)
from aluevahti.rules.digest import (
    DOCUMENT_KINDS,
    STATUS_KINDS,
    WINDOW_KINDS,
    Entry,
    Reason,
    Why,
    document_of,
    is_confirmation,
    is_end,
    is_sure,
    lasting,
)
from aluevahti.rules.windows import is_over

MOST_SOURCES = 8
MOST_QUOTES = 5
MOST_HANDLINGS = 6

_MEETING_TITLE = re.compile(r"(.+ \d{1,2}\.\d{1,2}\.\d{4})(?: \D+)?")

_OF_DOCUMENTS = DOCUMENT_KINDS | {ChangeKind.DOCUMENT_REMOVED}

SOON = 14
"""From so many days before the end on a deadline is shown as near; from `VERY_SOON` on as pressing."""
VERY_SOON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the changes themselves do not say.

    Attributes:
        revisions: by document row id, its text before and after the changes.
        proofs: by window row id, the addresses of all documents that tell of the window.
        windows: by row id, the windows as they stand now.
        baseline: ids of the changes whose `before` stands on the baseline of January 2023.
        documents: by row id, the documents that the changes are about, as they stand now.
        matters: by row id of such a document, the other handlings of its matter, oldest first.
    """

    revisions: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    proofs: Mapping[int, Sequence[str]] = field(default_factory=dict)
    windows: Mapping[int, KnownWindow] = field(default_factory=dict)
    baseline: frozenset[int] = frozenset()
    documents: Mapping[int, KnownDocument] = field(default_factory=dict)
    matters: Mapping[int, Sequence[KnownDocument]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """When and for whom an entry is worded."""

    words: Catalogue
    now: dt.datetime
    zone: ZoneInfo
    background: Background

    @property
    def today(self) -> dt.date:
        """The reader's date."""
        return self.now.astimezone(self.zone).date()


def entry_view(entry: Entry, scene: Scene) -> EntryView:
    """Everything that one entry shows."""
    changes = tuple(one for one in entry.changes if not _came_to_nothing(one, scene)) or entry.changes
    sure = entry.sure or all(is_sure(one) for one in changes)
    main = _main(changes)
    windows = tuple(_windows(changes, scene))
    revisions = [one for one in changes if one.kind is ChangeKind.DOCUMENT_REVISED]
    link = link_to(main.url or (main.evidence.url if main.evidence else None))
    places, more = excerpts(_texts(changes, scene)) if revisions else ((), 0)
    return EntryView(
        labels=(*_labels(changes, scene), *([] if sure else [_to_check(scene)])),
        title=clean(main.title, TITLE),
        link=link,
        windows=windows,
        statuses=tuple(_statuses(changes, scene)),
        phase_before=_phase(revisions[0].before, scene) if revisions else "",
        phase=_phase(revisions[-1].after, scene) if revisions else "",
        step=_step(changes, scene),
        title_before=_title_before(revisions, main),
        where=_where(changes, scene.words),
        matter=_matter(changes, scene),
        quotes=_quotes(changes),
        diff=places,
        more_diff=scene.words.count("entry.more_changes", more) if more else "",
        sources=_sources(changes, link, scene.background),
        noticed=_noticed(changes[0].detected_at, scene),
        why=scene.words("entry.why", reasons=", ".join(_reason(one, entry, scene.words) for one in entry.reasons)),
        is_sure=sure,
        note="" if sure else _note(main, scene),
    )


def _came_to_nothing(change: Change, scene: Scene) -> bool:
    """Whether a change tells of a window that was only proposed, and that nobody decided in the end."""
    known = _known(change, scene)
    return not change.sure and known is not None and known.cancelled and not known.window.sure


def _note(main: Change, scene: Scene) -> str:
    """Why an entry is not sure: its document is an agenda still, or was not understood for certain."""
    row = document_of(main)
    known = None if row is None else scene.background.documents.get(row)
    is_proposed = known is not None and known.document.phase in {Phase.CALLED, Phase.AGENDA}
    return scene.words("entry.proposed_note" if is_proposed else "entry.to_check_note")


def link_to(url: str | None) -> Link | None:
    """A link, if the address is fit for one."""
    safe = safe_url(url)
    return None if safe is None else Link(safe, host_of(safe))


def _main(changes: Sequence[Change]) -> Change:
    """The change whose document the entry is named after: the latest that says most."""
    for kinds in (WINDOW_KINDS, STATUS_KINDS):
        told = [one for one in changes if one.kind in kinds]
        sure = [one for one in told if is_sure(one)]
        if told:
            return (sure or told)[-1]
    return changes[-1]


# --- labels --------------------------------------------------------------------------------------


def _labels(changes: Sequence[Change], scene: Scene) -> Iterable[Label]:
    """What happened, once each; that a document is new or revised goes without saying where it says more."""
    weighty = [one for one in lasting(changes) if one.kind in WINDOW_KINDS | STATUS_KINDS]
    yield from dict.fromkeys(_label(one, scene) for one in weighty or changes)


def _to_check(scene: Scene) -> Label:
    return Label(scene.words("entry.to_check"), "check")


def _label(change: Change, scene: Scene) -> Label:
    key, tone = _label_key(change, scene)
    return Label(scene.words(f"kind.{key}"), tone)


def _label_key(change: Change, scene: Scene) -> tuple[str, str]:
    sure = is_sure(change)
    match change.kind:
        case ChangeKind.WINDOW_CHANGED:
            tone = "opened" if is_confirmation(change) else "changed"
            return (_changed_key(change) if sure else "window_maybe_changed", tone)
        case ChangeKind.WINDOW_OPENED:
            if sure and _is_past(change, scene):
                return ("window_was_open", "document")
            return (_opened_key(change, scene) if sure else "window_maybe", "opened")
        case ChangeKind.WINDOW_CLOSING if sure and not _presses(change, scene):
            return ("window_was_closing", "document")
        case ChangeKind.WINDOW_CLOSING if sure:
            left = _days_left(_window_of(change), scene)
            return ("window_last_day" if left == 0 else "window_closing", "closing")
        case ChangeKind.WINDOW_CLOSED if sure:
            return ("window_closed", "document")
        case ChangeKind.WINDOW_CLOSING | ChangeKind.WINDOW_CLOSED:
            return ("window_maybe", "document")
        case ChangeKind.STATUS_CHANGED | ChangeKind.STATUS_PROPOSED:
            return ("status_changed" if sure else "status_proposed", "decided")
        case _:
            return (change.kind.value.replace(".", "_"), "document")


def _opened_key(change: Change, scene: Scene) -> str:
    window = _window_of(change)
    opens = day_of(window, "opens")
    if opens is not None and opens > scene.today:
        return "window_coming"
    return "window_continuous" if window.get("continuous") else "window_opened"


def _changed_key(change: Change) -> str:
    if is_end(change):
        return "window_withdrawn"
    if is_confirmation(change):
        return "window_confirmed"
    before, after = (
        day_of(one, "closes") if isinstance(one, Mapping) else None for one in (change.before, change.after)
    )
    if before is None or after is None or before == after:
        return "window_changed"
    return "window_extended" if after > before else "window_shortened"


# --- windows -------------------------------------------------------------------------------------


def _window_of(change: Change) -> Mapping[str, Json]:
    for value in (change.after, change.before):
        if isinstance(value, Mapping):
            return value
    return {}


def _windows(changes: Sequence[Change], scene: Scene) -> Iterable[WindowView]:
    """One view for each window, from all that was told of it; doubtful readings apart."""
    told: dict[tuple[object, bool], list[Change]] = {}
    for one in lasting(changes):
        if one.kind in WINDOW_KINDS:
            key = one.window if one.window is not None else str(_window_of(one).get("grant_type"))
            told.setdefault((key, one.sure), []).append(one)
    for history in told.values():
        yield _window(history, scene)


def _window(history: Sequence[Change], scene: Scene) -> WindowView:
    first, last = history[0], history[-1]
    value, words = _window_of(last), scene.words
    before = "" if is_end(last) or not _has_before(first) else window_text(first.before, words)
    period = window_text(value, words)
    if not last.sure:
        return WindowView(
            name=window_name(value, words), period=words("window.maybe", period=period), before=before, is_sure=False
        )
    if last.kind is ChangeKind.WINDOW_CHANGED and is_end(last):
        return WindowView(name=window_name(value, words), period=words("window.withdrawn"), before=period)
    stands = _stands(last, scene) and (last.kind is not ChangeKind.WINDOW_CLOSING or _presses(last, scene))
    badge, urgency = _badge(value, scene) if stands else ("", "later")
    return WindowView(
        name=window_name(value, words),
        period=period,
        deadline=_deadline(value, scene) if stands else "",
        badge=badge,
        urgency=urgency,
        before=before,
        is_baseline=first.id in scene.background.baseline,
    )


def _is_past(change: Change, scene: Scene) -> bool:
    """Whether the window that a change tells of has closed by now, as it stands or else as it was told."""
    known = _known(change, scene)
    if known is not None and not known.cancelled:
        return is_over(known.window, scene.now, scene.zone)
    value = _window_of(change)
    closes = day_of(value, "closes")
    return closes is not None and _is_over(closes, time_of(value), scene)


def _known(change: Change, scene: Scene) -> KnownWindow | None:
    return None if change.window is None else scene.background.windows.get(change.window)


def _stands(change: Change, scene: Scene) -> bool:
    """Whether the last day that a change tells of is still the window's: it was neither moved nor withdrawn since."""
    known = _known(change, scene)
    return known is None or (not known.cancelled and known.window.closes == day_of(_window_of(change), "closes"))


def _presses(reminder: Change, scene: Scene) -> bool:
    """Whether a reminder still does: the window is open, ends when it says, and nobody was reminded again since."""
    if _is_past(reminder, scene) or not _stands(reminder, scene):
        return False
    known = _known(reminder, scene)
    closes = day_of(_window_of(reminder), "closes")
    if known is None or closes is None or not known.told_marks:
        return True
    return (closes - reminder.detected_at.astimezone(scene.zone).date()).days <= min(known.told_marks)


def _has_before(change: Change) -> bool:
    changed = change.kind is ChangeKind.WINDOW_CHANGED and isinstance(change.before, Mapping)
    return changed and not is_confirmation(change)


def _deadline(value: Mapping[str, Json], scene: Scene) -> str:
    words = scene.words
    opens, closes, time = day_of(value, "opens"), day_of(value, "closes"), time_of(value)
    if opens is not None and opens > scene.today:
        return words("window.opens_in", opens=date_text(opens, words), days=_days(opens, scene))
    if closes is None:
        return ""
    when = moment_text(closes, time, words)
    if _is_over(closes, time, scene):
        return words("window.closed", closes=when)
    return words("window.closes_in", closes=when, days=_days(closes, scene))


def _days(day: dt.date, scene: Scene) -> str:
    return days_text((day - scene.today).days, scene.words)


def _days_left(value: Mapping[str, Json], scene: Scene) -> int | None:
    closes = day_of(value, "closes")
    return None if closes is None else (closes - scene.today).days


def _is_over(closes: dt.date, time: dt.time | None, scene: Scene) -> bool:
    local = scene.now.astimezone(scene.zone)
    if closes != local.date() or time is None:
        return closes < local.date()
    return time <= local.time()


def _badge(value: Mapping[str, Json], scene: Scene) -> tuple[str, str]:
    """The days until the end, and how pressing they are; nothing for a window that has not opened."""
    words, closes, opens = scene.words, day_of(value, "closes"), day_of(value, "opens")
    if closes is None or (opens is not None and opens > scene.today):
        return "", "later"
    if _is_over(closes, time_of(value), scene):
        return words("window.badge.closed"), "ended"
    left = (closes - scene.today).days
    text = {0: words("window.badge.last_day"), 1: words("window.badge.tomorrow")}.get(left)
    urgency = "now" if left <= VERY_SOON else "soon" if left <= SOON else "later"
    return text or words.count("window.badge.days", left), urgency


# --- status, revisions ---------------------------------------------------------------------------


def _statuses(changes: Sequence[Change], scene: Scene) -> Iterable[StatusView]:
    told: dict[tuple[str, bool], list[Change]] = {}
    for one in changes:
        if one.kind in STATUS_KINDS:
            told.setdefault((_field(one), is_sure(one)), []).append(one)
    for (name, sure), history in told.items():
        before = value_text(name, _value(history[0].before), scene.words)
        yield StatusView(
            name=field_text(name, scene.words),
            before=before,
            after=value_text(name, _value(history[-1].after), scene.words),
            is_baseline=bool(before) and history[0].id in scene.background.baseline,
            is_sure=sure,
        )


def _field(change: Change) -> str:
    for side in (change.after, change.before):
        if isinstance(side, Mapping) and isinstance(side.get("field"), str):
            return str(side["field"])
    return ""


def _value(side: Json) -> Json:
    return side.get("value") if isinstance(side, Mapping) else None


def _phase(side: Json, scene: Scene) -> str:
    phase = side.get("phase") if isinstance(side, Mapping) else None
    return scene.words(f"phase.{phase}") if scene.words.has(f"phase.{phase}") else ""


def _step(changes: Sequence[Change], scene: Scene) -> str:
    """What became of the meeting, item or notice that the entry tells of last."""
    told = [one for one in changes if one.kind in _OF_DOCUMENTS]
    if not told:
        return ""
    row = document_of(told[-1])
    known = None if row is None else scene.background.documents.get(row)
    if told[-1].kind is ChangeKind.DOCUMENT_REMOVED:
        return removal_text(known, scene.words)
    own = [one for one in told if document_of(one) == row]
    return step_text(own, known, scene.words, scene.today)


def _title_before(revisions: Sequence[Change], main: Change) -> str:
    if not revisions or not isinstance(revisions[0].before, Mapping):
        return ""
    title = clean(str(revisions[0].before.get("title") or ""), TITLE)
    now = clean(main.title, TITLE)
    return "" if title == now or _without_kind(title) == _without_kind(now) else title


def _without_kind(title: str) -> str:
    """A whole meeting's title, `ORGAN D.M.YYYY KIND`, without the kind, which the phase tells already."""
    found = _MEETING_TITLE.fullmatch(title)
    return title if found is None else found.group(1)


def _texts(changes: Sequence[Change], scene: Scene) -> Iterable[tuple[str, str]]:
    documents = dict.fromkeys(document_of(one) for one in changes if one.kind in DOCUMENT_KINDS)
    for document in documents:
        if document is not None and document in scene.background.revisions:
            yield scene.background.revisions[document]


# --- proofs --------------------------------------------------------------------------------------


def _where(changes: Sequence[Change], words: Catalogue) -> str:
    """`Aluehallitus · Kokous 9.3.2026 · 12 §`, from the change that knows most of it."""
    best = max(changes, key=lambda one: sum(part is not None for part in (one.organ, one.meeting_on, one.section)))
    parts = [clean(best.organ, VALUE)]
    if best.meeting_on is not None:
        parts.append(words("entry.meeting", date=date_text(best.meeting_on, words)))
    if best.section is not None:
        parts.append(words("entry.section", number=best.section))
    return " · ".join(filter(None, parts))


def _matter(changes: Sequence[Change], scene: Scene) -> tuple[HandlingView, ...]:
    """The latest of the other handlings of the matter that the entry is about."""
    found = [scene.background.matters.get(row) for one in changes if (row := document_of(one)) is not None]
    others = next((one for one in reversed(found) if one), ())
    return tuple(
        HandlingView(handling_text(one, scene.words, scene.today), link_to(one.document.url))
        for one in others[-MOST_HANDLINGS:]
    )


def _quotes(changes: Sequence[Change]) -> tuple[str, ...]:
    """The sentences that prove it; of a document that was revised, and of a window decided since, those of today."""
    latest = {document_of(one): one for one in changes if one.kind in DOCUMENT_KINDS and _quote(one)}
    quotes: list[str] = []
    for one in lasting(changes):
        quote = _quote(one)
        is_past = one.kind in DOCUMENT_KINDS and latest.get(document_of(one)) is not one
        if quote and not is_past and not any(quote in other for other in quotes):
            quotes = [other for other in quotes if other not in quote] + [quote]
    return tuple(quotes[:MOST_QUOTES])


def _quote(change: Change) -> str:
    return clean(change.evidence.quote if change.evidence else None, QUOTE)


def _sources(changes: Sequence[Change], link: Link | None, background: Background) -> tuple[Link, ...]:
    urls: dict[str, None] = {}
    for one in changes:
        proofs = background.proofs.get(one.window, ()) if one.window is not None else ()
        for url in (one.url, one.evidence.url if one.evidence else None, *proofs):
            if url is not None and (link is None or url != link.url):
                urls[url] = None
    links = [link_to(url) for url in urls]
    return tuple(one for one in links if one is not None)[:MOST_SOURCES]


def _noticed(at: dt.datetime, scene: Scene) -> str:
    local = at.astimezone(scene.zone)
    words = scene.words
    return words("entry.noticed", date=date_text(local.date(), words), clock=clock_text(local.time(), words))


def _reason(reason: Reason, entry: Entry, words: Catalogue) -> str:
    value = reason.value
    if reason.why is Why.REGION:
        value = region_text(value, words)
    elif reason.why is Why.THEME:
        value = words(f"theme.{value}")
    elif reason.why is Why.EVERYTHING:
        themes = dict.fromkeys(theme for one in entry.changes for theme in one.themes)
        value = ", ".join(words(f"theme.{theme.value}") for theme in themes)
        return words("why.everything", value=value) if value else words("why.everything_relevant")
    return words(f"why.{reason.why.value}", value=clean(value, VALUE))
