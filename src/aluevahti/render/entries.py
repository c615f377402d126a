"""One entry of a digest in words: the changes that make it up become labels, windows, values and proofs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from aluevahti.model import Change, ChangeKind, Json, Phase
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import QUOTE, TITLE, VALUE, clean
from aluevahti.render.entry_windows import days_left, is_past, known_window, presses, window_of, window_views
from aluevahti.render.excerpt import excerpts
from aluevahti.render.scene import Background, Scene
from aluevahti.render.steps import PROPOSED, handling_text, phase_after, removal_text, step_text
from aluevahti.render.view import EntryView, HandlingView, Label, Link, StatusView, link_to
from aluevahti.render.wording import (
    clock_text,
    date_text,
    day_of,
    field_text,
    region_text,
    value_text,
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

MOST_SOURCES = 8
MOST_QUOTES = 5
MOST_HANDLINGS = 6

_MEETING_TITLE = re.compile(r"(.+ \d{1,2}\.\d{1,2}\.\d{4})(?: \D+)?")

_OF_DOCUMENTS = DOCUMENT_KINDS | {ChangeKind.DOCUMENT_REMOVED}


def entry_view(entry: Entry, scene: Scene) -> EntryView:
    """Everything that one entry shows."""
    changes = tuple(one for one in entry.changes if not _came_to_nothing(one, scene)) or entry.changes
    sure = entry.sure or all(is_sure(one) for one in changes)
    main = _main(changes)
    windows = tuple(window_views(changes, scene))
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
    known = known_window(change, scene)
    return not change.sure and known is not None and known.cancelled and not known.window.sure


def _note(main: Change, scene: Scene) -> str:
    """Why an entry is not sure: its document is an agenda still, or was not understood for certain."""
    row = document_of(main)
    known = None if row is None else scene.background.documents.get(row)
    is_proposed = known is not None and known.document.phase in {Phase.CALLED, Phase.AGENDA}
    return scene.words("entry.proposed_note" if is_proposed else "entry.to_check_note")


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
            unsure = "window_maybe_withdrawn" if is_end(change) else "window_maybe_changed"
            return (_changed_key(change) if sure else unsure, tone)
        case ChangeKind.WINDOW_OPENED:
            if sure and is_past(change, scene):
                return ("window_was_open", "document")
            return (_opened_key(change, scene) if sure else "window_maybe", "opened")
        case ChangeKind.WINDOW_CLOSING if sure and not presses(change, scene):
            return ("window_was_closing", "document")
        case ChangeKind.WINDOW_CLOSING if sure:
            left = days_left(window_of(change), scene)
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
    window = window_of(change)
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
    """`Aluehallitus · Kokous 9.3.2026 · 12 §`, from the latest of the changes that know most of it.

    What an agenda numbers is no § yet.
    """
    best = max(
        reversed(changes), key=lambda one: sum(part is not None for part in (one.organ, one.meeting_on, one.section))
    )
    parts = [clean(best.organ, VALUE)]
    if best.meeting_on is not None:
        parts.append(words("entry.meeting", date=date_text(best.meeting_on, words)))
    if best.section is not None:
        name = "number" if phase_after(best) in PROPOSED else "section"
        parts.append(words(f"entry.{name}", number=best.section))
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
    """The sentences that prove it; of a document that was revised, and of a window decided or moved since, those of today."""
    moved = {one.window: one for one in changes if one.kind is ChangeKind.WINDOW_CHANGED and one.sure and _quote(one)}
    latest = {document_of(one): one for one in changes if one.kind in DOCUMENT_KINDS and _quote(one)}
    quotes: list[str] = []
    for one in lasting(changes):
        quote = _quote(one)
        is_past = one.kind in DOCUMENT_KINDS and latest.get(document_of(one)) is not one
        if one.kind is ChangeKind.WINDOW_OPENED and one.window is not None and one.window in moved:
            is_past = is_past or not is_confirmation(moved[one.window])
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
