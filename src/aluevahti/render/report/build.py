"""The report put together: the country, the map, the timeline, each region, and what all of it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from aluevahti.model import (
    STATUS_HEADINGS,
    Json,
    KnownWindow,
    Language,
    Source,
    SourceHealth,
    SourceState,
    StatusState,
    StatusValue,
)
from aluevahti.regions import REGIONS, Region
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import QUOTE, REASON, clean
from aluevahti.render.digest import coverage_lines
from aluevahti.render.expected import expected_view
from aluevahti.render.report.periods import (
    Period,
    bounds,
    kind_of,
    live_json,
    live_state,
    period_of,
    state_of,
)
from aluevahti.render.report.situation import Mark, Situation, what_happened, what_stood
from aluevahti.render.report.statements import proposal_statement, standing, statement
from aluevahti.render.report.tilemap import model_state, tile_map
from aluevahti.render.report.timeline import timeline
from aluevahti.render.report.view import (
    ChangedRegion,
    Count,
    ExpectedLine,
    Figure,
    RegionPart,
    ReportView,
    Section,
    SourceRow,
    WindowLine,
)
from aluevahti.render.report.words import report_words
from aluevahti.render.view import link_to
from aluevahti.render.wording import date_text, grant_type_text, window_name
from aluevahti.rules.coverage import coverage
from aluevahti.rules.season import expectations

_OPEN = frozenset({"open", "continuous"})
_LONG_OVER = dt.timedelta(days=366)
"""Windows that a document told of are shown for a year after their end."""
_ORDER = ("open", "continuous", "coming", "unknown", "closed", "withdrawn")


def report_view(situation: Situation, lang: Language) -> ReportView:
    """The report of a state, in one language; the same state gives the same report."""
    words = report_words(lang)
    expected = tuple(_expected(situation, words))
    regions = tuple(_region(region, situation, expected, words) for region in REGIONS)
    day = date_text(situation.today, words)
    since = situation.since
    return ReportView(
        lang=lang,
        title=words("report.title"),
        subtitle=words("report.subtitle", date=day),
        basis=_basis(situation, words),
        figures=tuple(_figures(situation, regions, words)),
        counts=tuple(_count(name, told, words) for name, told in situation.national.items()),
        map=tile_map({code: fields.get("grant_model") for code, fields in situation.statuses.items()}, words),
        timeline=timeline(_periods(situation, expected, words), situation.today, words),
        timeline_note=words("report.timeline_note", date=day),
        regions=regions,
        coverage=tuple(_coverage(situation, words)),
        sources=tuple(_sources(situation, words)),
        since="" if since is None else date_text(since.astimezone(situation.zone).date(), words),
        changed=tuple(_changed(regions)) if since is not None else (),
    )


# --- the country ---------------------------------------------------------------------------------


def _basis(situation: Situation, words: Catalogue) -> str:
    """How much of what is known has been confirmed since January 2023."""
    known = [value for fields in situation.statuses.values() for value in fields.values() if value.value is not None]
    old = sum(value.state is StatusState.BASELINE for value in known)
    if not old:
        return words("report.basis.none", total=len(known))
    if old == len(known):
        return words("report.basis.all", n=old)
    return words("report.basis.some", n=old, total=len(known))


def _figures(situation: Situation, regions: Iterable[RegionPart], words: Catalogue) -> Iterable[Figure]:
    for name, label in (
        ("strategy_approved", "strategies"),
        ("grant_model_ready", "models"),
        ("grant_model_postponed", "postponed"),
        ("grant_model_being_finalised", "unfinished"),
    ):
        told = situation.national.get(name)
        if told is not None:
            yield Figure(words("report.of", n=told["computed"], total=told["of"]), words(f"report.figure.{label}"))
    windows = [window for region in regions for section in region.sections for window in section.windows]
    number = sum(window.state in _OPEN and window.tone == "read" for window in windows)
    yield Figure(str(number), words.count("report.figure.open", number))


def _count(name: str, told: Mapping[str, Json], words: Catalogue) -> Count:
    label, note = f"report.national.{name}", f"report.note.{name}"
    computed, reported = told.get("computed"), told.get("reported")
    return Count(
        name=name,
        label=words(label) if words.has(label) else name,
        now=_number(computed, words),
        reported=_number(reported, words),
        note=words(note) if words.has(note) else "",
        differs=computed is not None and computed != reported,
    )


def _number(value: Json, words: Catalogue) -> str:
    if value is None:
        return words("report.not_told")
    if isinstance(value, Mapping):
        return words("report.range", min=value["min"], max=value["max"])
    return str(value)


# --- one region ----------------------------------------------------------------------------------


def _region(region: Region, situation: Situation, expected: Sequence[ExpectedLine], words: Catalogue) -> RegionPart:
    fields = situation.statuses.get(region.code, {})
    model = model_state(fields.get("grant_model"))
    return RegionPart(
        code=region.code,
        name=region.name(words.lang.value),
        place=region.place(words.lang.value),
        model=model,
        model_text=words(f"report.model.{model}"),
        sections=tuple(_section(key, region, situation, expected, words) for key in STATUS_HEADINGS),
        to_check=tuple(
            proposal_statement(one, words)
            for one in situation.proposals
            if one.region == region.code and one.accepted is None
        ),
    )


def _section(
    key: str, region: Region, situation: Situation, expected: Sequence[ExpectedLine], words: Catalogue
) -> Section:
    fields = situation.statuses.get(region.code, {})
    history = situation.history.get(region.code, {})
    windows = tuple(_windows(region, situation, words)) if key == "grants" else ()
    told, unknown = [], []
    for field in STATUS_HEADINGS[key]:
        value = fields.get(field)
        if field == "grant_windows":
            if not windows:
                unknown.append(field)
        elif value is None or value.value is None:
            unknown.append(field)
        else:
            told.append(statement(field, value, history.get(field, ()), situation, words))
    references = [one.reference for one in told]
    if any(window.tone == "baseline" for window in windows):
        references.append(clean(fields["grant_windows"].evidence.reference, QUOTE))
    return Section(
        key=key,
        title=words(f"report.heading.{key}"),
        statements=tuple(told),
        windows=windows,
        expected=tuple(one for one in expected if one.of.region == region.code) if key == "grants" else (),
        unknown=tuple(_small(words(f"field.{field}")) for field in unknown),
        references=tuple(dict.fromkeys(filter(None, references))),
    )


def _small(label: str) -> str:
    """A label within a sentence; one that begins with a name keeps its capital."""
    return label if label.startswith("Sitra") else label[:1].lower() + label[1:]


# --- windows -------------------------------------------------------------------------------------


def _windows(region: Region, situation: Situation, words: Catalogue) -> list[WindowLine]:
    """The windows of a region: those read in documents, then those of the status that no document has told."""
    live = [one for one in situation.windows if one.region == region.code and _is_shown(one, situation)]
    lines = sorted((_live(one, situation, words) for one in live), key=_place)
    value = situation.statuses.get(region.code, {}).get("grant_windows")
    if value is not None and isinstance(value.value, list) and (value.state is StatusState.BASELINE or not lines):
        past = situation.history.get(region.code, {}).get("grant_windows", ())
        mark = what_stood(value, past, situation.since).mark
        lines += [_told(one, value, mark, situation, words) for one in value.value if isinstance(one, Mapping)]
    return lines


def _place(line: WindowLine) -> tuple[int, str, str]:
    """Open ones first, then by their days."""
    return _ORDER.index(line.state), line.value.get("opens") or line.value.get("closes") or "", line.name


def _is_shown(known: KnownWindow, situation: Situation) -> bool:
    """Whether a window is worth a line: not long over nor put off, and no proposal that came to nothing."""
    closes = known.window.closes
    is_long_over = closes is not None and closes < situation.today - _LONG_OVER
    return not (is_long_over or known.is_postponed) and (known.window.sure or not known.cancelled)


def _live(known: KnownWindow, situation: Situation, words: Catalogue) -> WindowLine:
    value = live_json(known)
    state = live_state(known, situation.as_of, situation.zone)
    period = period_of(value, words)
    sure = known.window.sure
    return WindowLine(
        name=window_name(value, words),
        period=period if sure else words("report.window.maybe", period=period),
        state=state,
        state_text=_state_text(state, words),
        standing=words("report.standing.read") if sure else words("report.to_check_note"),
        tone="read" if sure else "proposed",
        quote=clean(known.window.quote, QUOTE),
        link=link_to(known.url),
        mark=what_happened(known, situation).value,
        value=value,
    )


def _state_text(state: str, words: Catalogue) -> str:
    """What a window is on the day of the report; nothing where its period says it already."""
    return "" if state in {"continuous", "unknown"} else words(f"report.window.state.{state}")


def _told(
    one: Mapping[str, Json], value: StatusValue, mark: Mark, situation: Situation, words: Catalogue
) -> WindowLine:
    state = state_of(one, situation.today)
    return WindowLine(
        name=window_name(one, words),
        period=period_of(one, words),
        state=state,
        state_text=_state_text(state, words),
        standing=standing(value, words),
        tone="baseline" if value.state is StatusState.BASELINE else "read",
        quote=clean(value.evidence.quote, QUOTE),
        link=link_to(value.evidence.url),
        mark=mark.value,
        value=dict(one),
    )


def _expected(situation: Situation, words: Catalogue) -> Iterable[ExpectedLine]:
    read = coverage(situation.sources, situation.health, situation.as_of).read
    for one in expectations(situation.windows, situation.statuses, situation.history, situation.today):
        yield ExpectedLine(one, expected_view(one, words, is_read=one.region in read))


def _periods(situation: Situation, expected: Sequence[ExpectedLine], words: Catalogue) -> Iterable[Period]:
    """Every window for the timeline, by region: those read in documents first, those that are only expected last."""
    for region in REGIONS:
        live = [one for one in situation.windows if one.region == region.code and not one.cancelled]
        for known in live:
            yield _period(live_json(known), region, words, sure=known.window.sure, baseline=False)
        value = situation.statuses.get(region.code, {}).get("grant_windows")
        if value is not None and isinstance(value.value, list) and (value.state is StatusState.BASELINE or not live):
            for one in value.value:
                if isinstance(one, Mapping):
                    yield _period(one, region, words, sure=True, baseline=value.state is StatusState.BASELINE)
        yield from (_season(one, region, words) for one in expected if one.of.region == region.code)


def _period(value: Mapping[str, Json], region: Region, words: Catalogue, *, sure: bool, baseline: bool) -> Period:
    start, end = bounds(value)
    slug = value.get("grant_type")
    return Period(
        code=region.code,
        place=region.place(words.lang.value),
        start=start if start is not None or value.get("continuous") else end,
        end=end,
        kind=kind_of(value, sure=sure),
        text=grant_type_text(slug, words) if slug else "",
        words=f"{window_name(value, words)}: {period_of(value, words)}",
        baseline=baseline,
    )


def _season(expected: ExpectedLine, region: Region, words: Catalogue) -> Period:
    slug, told = expected.of.grant_type, expected.view
    return Period(
        code=region.code,
        place=region.place(words.lang.value),
        start=expected.of.begins_on,
        end=expected.of.ends_on,
        kind="expected",
        text=grant_type_text(slug, words) if slug else "",
        words=f"{told.name}: {told.season_text} – {told.habit}",
        baseline=False,
    )


# --- what changed --------------------------------------------------------------------------------


def _changed(regions: Iterable[RegionPart]) -> Iterable[ChangedRegion]:
    for region in regions:
        statements = [one for section in region.sections for one in section.statements if one.mark]
        windows = [one for section in region.sections for one in section.windows if one.mark]
        if statements or windows:
            yield ChangedRegion(region.code, region.place, tuple(statements), tuple(windows))


# --- what it rests on ----------------------------------------------------------------------------


def _coverage(situation: Situation, words: Catalogue) -> list[str]:
    if not any(source.enabled for source in situation.sources):
        return [words("report.coverage_none")]
    read = coverage(situation.sources, situation.health, situation.as_of)
    lines = coverage_lines(read, words, situation.zone)
    return [line for line in lines if line != words("coverage.silence")]


def _sources(situation: Situation, words: Catalogue) -> Iterable[SourceRow]:
    """For each region that is followed: how many sources, the last day that one was read, and what is wrong."""
    for region in REGIONS:
        own = [source for source in situation.sources if source.region == region.code and source.enabled]
        if not own:
            continue
        read = [one for source in own if (one := _health(source, situation).last_success_at) is not None]
        last = date_text(max(read).astimezone(situation.zone).date(), words) if read else words("report.never_read")
        yield SourceRow(
            place=region.place(words.lang.value),
            sources=str(len(own)),
            last_read=last,
            remarks=tuple(_remarks(own, situation, words)),
        )


def _remarks(sources: Sequence[Source], situation: Situation, words: Catalogue) -> Iterable[str]:
    for source in sources:
        state = _health(source, situation).state
        if source.permission:
            permission = clean(source.permission, REASON)
            yield words("report.source.permission", id=source.id, permission=permission)
        if state in {SourceState.FORBIDDEN, SourceState.FAILING, SourceState.SILENT}:
            yield words(f"report.source.{state.value}", id=source.id)


def _health(source: Source, situation: Situation) -> SourceHealth:
    return situation.health.get(source.id, SourceHealth())
