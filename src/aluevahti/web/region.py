"""One region: its calls, its status with the proofs, its newest documents, and how its sources do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aluevahti.model import (
    STATUS_HEADINGS,
    KnownDocument,
    Language,
    PastValue,
    Proposal,
    Source,
    SourceHealth,
    SourceState,
    StatusState,
    StatusValue,
)
from aluevahti.regions import by_code
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import QUOTE, TITLE, VALUE, clean
from aluevahti.render.entries import MOST_HANDLINGS
from aluevahti.render.expected import expected_view
from aluevahti.render.report.statements import lines_of
from aluevahti.render.report.words import report_words
from aluevahti.render.scene import Scene
from aluevahti.render.steps import handling_text
from aluevahti.render.view import ExpectedView, HandlingView, Link, link_to
from aluevahti.render.wording import date_text, field_text, value_text
from aluevahti.rules.matters import same_matter
from aluevahti.rules.season import expectations
from aluevahti.shapes import state_of
from aluevahti.web.calls import Call, calls, shelved
from aluevahti.web.frame import page_words
from aluevahti.web.happened import moment_words
from aluevahti.web.overview import followed
from aluevahti.web.site import Site

DOCUMENTS = 20
"""How many of the newest documents are shown."""

CLOSED = 6
"""How many of the windows that are over are shown."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value that stands, or stood, in words.

    Attributes:
        lines: the value; several lines for several things, none for what is not known.
        state: what it rests on, in words; "" where that goes without saying.
        tone: baseline, auto, confirmed, proposed or disputed.
        since: from when it holds, or until when it stood.
        quote: the sentence that proves it; "" where there is none.
        link: where that stands.
        report: the heading of the report that tells it; "" for later knowledge.
    """

    lines: tuple[str, ...]
    state: str
    tone: str
    since: str = ""
    quote: str = ""
    link: Link | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the status, what waits for a person, and what stood before."""

    name: str
    value: ValueView
    proposals: tuple[str, ...]
    history: tuple[ValueView, ...]
    history_title: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document in a list."""

    title: str
    link: Link | None
    about: str
    is_relevant: bool
    is_removed: bool
    matter: tuple[HandlingView, ...] = ()  # the other handlings of the same matter, oldest first


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source: where it lies and how it does. `tone`: good, bad or none."""

    id: str
    link: Link | None
    said: str
    tone: str
    permission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """All that a region's page shows."""

    code: str
    name: str
    official: str
    state: str
    followed: str
    current: list[Call]
    expected: list[ExpectedView]
    over: list[Call]
    groups: list[tuple[str, list[FieldView]]]
    documents: list[DocumentView]
    sources: list[SourceView]


def region(site: Site, lang: Language, code: str) -> RegionView:
    """A region's page in one language; `code` is one of `REGION_CODES`."""
    scene, words = site.scene(lang), page_words(lang)
    place = by_code(code)
    windows, standing, past = site.store.windows(code), site.store.status(code), site.store.status_history(code)
    shelves, covered = shelved(windows, scene.now, scene.zone), site.coverage()
    state, said = followed(code, covered, scene, words)
    return RegionView(
        code=code,
        name=place.place(lang.value),
        official=place.name(lang.value),
        state=state,
        followed=said,
        current=calls([*shelves.open, *shelves.coming, *shelves.endless, *shelves.unsure], scene),
        expected=[
            expected_view(one, scene.words, is_read=code in covered.read)
            for one in expectations(windows, {code: standing}, {code: past}, scene.today)
        ],
        over=calls([*shelves.withdrawn[-CLOSED:], *shelves.closed][:CLOSED], scene),
        groups=list(_groups(site, code, standing, past, scene, words)),
        documents=[
            _document(one, same_matter(one, site.store.matter), scene, words)
            for one in site.store.latest_documents(code, DOCUMENTS)
        ],
        sources=list(_sources(site, code, scene, words)),
    )


# --- status --------------------------------------------------------------------------------------


def _groups(
    site: Site,
    code: str,
    standing: Mapping[str, StatusValue],
    past: Mapping[str, Sequence[PastValue]],
    scene: Scene,
    words: Catalogue,
) -> list[tuple[str, list[FieldView]]]:
    waiting = [one for one in site.store.proposals() if one.region == code]
    return [
        (
            words(f"region.group.{name}"),
            [_field(field, standing.get(field), past.get(field, ()), waiting, scene, words) for field in fields],
        )
        for name, fields in STATUS_HEADINGS.items()
    ]


def _field(
    field: str,
    value: StatusValue | None,
    past: Sequence[PastValue],
    waiting: Sequence[Proposal],
    scene: Scene,
    words: Catalogue,
) -> FieldView:
    return FieldView(
        name=field_text(field, scene.words),
        value=ValueView((), "", "") if value is None else _value(field, value, scene, words),
        proposals=tuple(
            words("region.proposal", value=value_text(field, one.value.value, scene.words))
            for one in waiting
            if one.field == field
        ),
        history=tuple(_past(field, one, scene, words) for one in reversed(past)),
        history_title=words.count("region.history", len(past)) if past else "",
    )


def _value(field: str, value: StatusValue, scene: Scene, words: Catalogue) -> ValueView:
    evidence = value.evidence
    is_baseline = value.state is StatusState.BASELINE
    lines = lines_of(field, value.value, report_words(scene.words.lang))
    reference = clean(evidence.reference, VALUE)
    return ValueView(
        lines=lines,
        state=_state(value.state, scene, words) if lines or not is_baseline else "",
        tone=value.state.value,
        since=words("region.since", date=date_text(value.since, scene.words))
        if value.since and not is_baseline
        else "",
        quote=scene.words("entry.quoted", text=clean(evidence.quote, QUOTE)) if evidence.quote else "",
        link=link_to(evidence.url),
        report=words("region.report", reference=reference) if reference and lines else "",
    )


def _past(field: str, past: PastValue, scene: Scene, words: Catalogue) -> ValueView:
    until = date_text(past.replaced_at.astimezone(scene.zone).date(), scene.words)
    shown = _value(field, past.value, scene, words)
    return ValueView(
        lines=shown.lines or (scene.words("entry.nothing_before"),),
        state=shown.state,
        tone=shown.tone,
        since=words("region.until", date=until),
        quote=shown.quote,
        link=shown.link,
        report=shown.report,
    )


def _state(state: StatusState, scene: Scene, words: Catalogue) -> str:
    return scene.words("entry.baseline") if state is StatusState.BASELINE else words(f"region.state.{state.value}")


# --- documents and sources -----------------------------------------------------------------------


def _document(known: KnownDocument, others: Sequence[KnownDocument], scene: Scene, words: Catalogue) -> DocumentView:
    document = known.document
    day = document.published_on or document.meeting_on or known.first_seen_at.astimezone(scene.zone).date()
    what = scene.words(f"phase.{document.phase.value}") if document.phase else words(f"form.{document.form.value}")
    section = scene.words("entry.section", number=document.section) if document.section is not None else ""
    parts = (date_text(day, scene.words), what, clean(document.organ, VALUE), section)
    return DocumentView(
        title=clean(document.title, TITLE),
        link=link_to(document.url),
        about=" · ".join(filter(None, parts)),
        is_relevant=known.reading is not None and known.reading.is_relevant,
        is_removed=known.removed_at is not None,
        matter=tuple(
            HandlingView(handling_text(one, scene.words, scene.today), link_to(one.document.url))
            for one in others[-MOST_HANDLINGS:]
        ),
    )


def _sources(site: Site, code: str, scene: Scene, words: Catalogue) -> list[SourceView]:
    health = site.store.all_health()
    here = [one for one in site.config().sources if one.region == code]
    return [_source(one, health.get(one.id, SourceHealth()), scene, words) for one in here]


def _source(source: Source, health: SourceHealth, scene: Scene, words: Catalogue) -> SourceView:
    state = state_of(source, health)
    tone = {SourceState.OK: "good", SourceState.FAILING: "bad", SourceState.SILENT: "bad"}.get(state, "none")
    at = "" if health.last_success_at is None else moment_words(health.last_success_at, scene)
    in_trouble = state in {SourceState.FAILING, SourceState.SILENT}
    key = f"{state.value}_never" if in_trouble and not at else state.value
    permission = words("region.permission", permission=clean(source.permission, VALUE)) if source.permission else ""
    return SourceView(source.id, link_to(source.url), words(f"source.{key}", at=at), tone, permission)
