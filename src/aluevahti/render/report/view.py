"""What the report shows, ready worded: HTML, Markdown and JSON are laid out from these values alone."""

from __future__ import annotations

from dataclasses import dataclass

from aluevahti.model import Json, Language
from aluevahti.render.report.tilemap import TileMap
from aluevahti.render.report.timeline import Timeline
from aluevahti.render.view import ExpectedView, Link
from aluevahti.rules.season import Expectation


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One fact of one region, and what it rests on.

    Attributes:
        field: the status field.
        label: its name.
        lines: the fact in words, several where it tells several things.
        listed: all lines are entries of one list; else the first one stands above the others.
        standing: what it rests on, in words.
        tone: how that looks: baseline, read, confirmed, disputed, proposed.
        quote: the sentence that proves it; "" for the baseline.
        link: where that sentence stands.
        reference: the heading of the January 2023 report that a baseline value stands under.
        mark: "new", "changed", "confirmed" since the day that was asked for, else "".
        before: what it was then, in words.
        value: the value as the status has it.
        since: since when it holds, as ISO 8601, if that is known.
        state: the value's state.
    """

    field: str
    label: str
    lines: tuple[str, ...]
    standing: str
    tone: str
    quote: str = ""
    link: Link | None = None
    reference: str = ""
    mark: str = ""
    before: str = ""
    listed: bool = False
    value: Json = None
    since: str | None = None
    state: str = ""

    @property
    def head(self) -> str:
        """The first line, where it is no entry of a list."""
        return self.lines[0] if self.lines and not self._is_list else ""

    @property
    def entries(self) -> tuple[str, ...]:
        """The lines below the head."""
        return self.lines if self._is_list else self.lines[1:]

    @property
    def _is_list(self) -> bool:
        return self.listed and len(self.lines) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """One application window of a region.

    Attributes:
        name: what is applied for.
        period: from when until when.
        state: open, coming, closed, withdrawn, continuous, unknown (the day of the report decides).
        state_text: the same in words.
        value: the window as the status carries it.
    """

    name: str
    period: str
    state: str
    state_text: str
    standing: str
    tone: str
    quote: str = ""
    link: Link | None = None
    mark: str = ""
    value: Json = None


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """A call that is only expected, and the same in words."""

    of: Expectation
    view: ExpectedView


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of a region's three headings.

    Attributes:
        key: hyte, structures, grants.
        unknown: the names of the fields that nothing is known of.
        references: the headings of the January 2023 report that statements here rest on.
    """

    key: str
    title: str
    statements: tuple[Statement, ...]
    windows: tuple[WindowLine, ...] = ()
    expected: tuple[ExpectedLine, ...] = ()
    unknown: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPart:
    """A region: its three headings, and what waits for a person. `model` is the state of its grant model."""

    code: str
    name: str
    place: str
    model: str
    model_text: str
    sections: tuple[Section, ...]
    to_check: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A row of the national overview. `differs`: the report of January 2023 had another figure."""

    name: str
    label: str
    now: str
    reported: str
    note: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands out, and what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """What changed in a region since the day that was asked for."""

    code: str
    place: str
    statements: tuple[Statement, ...]
    windows: tuple[WindowLine, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """How a region is followed."""

    place: str
    sources: str
    last_read: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The whole report.

    Attributes:
        since: the day since when changes are marked, in words; "" where none was asked for.
        changed: the regions in which something changed since then.
    """

    lang: Language
    title: str
    subtitle: str
    basis: str
    figures: tuple[Figure, ...]
    counts: tuple[Count, ...]
    map: TileMap
    timeline: Timeline
    timeline_note: str
    regions: tuple[RegionPart, ...]
    coverage: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    since: str = ""
    changed: tuple[ChangedRegion, ...] = ()
