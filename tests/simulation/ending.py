"""How everything stands at the end of a simulated year, held against the truth: status, windows and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from aluevahti.baseline import reported_national
from aluevahti.model import Json, KnownWindow, Language, Source
from aluevahti.regions import REGION_CODES
from aluevahti.render.report import Situation, report_view
from aluevahti.render.report.output import report_json
from aluevahti.rules.national import national
from aluevahti.storage import Store
from simulation import truth
from simulation.books import ZONE, Standing

WINDOWS = "grant_windows"
T = TypeVar("T")


def wrong_status(store: Store, status: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Fields of the regions' status that have another value than in truth, or are not settled."""
    lines = []
    for region, fields in status.items():
        found = {name: value for name, value in store.status(region).items() if name != WINDOWS}
        values = {name: one.value for name, one in found.items()}
        lines += [f"status {region} {line}" for line in _unlike(values, fields)]
        unsettled = {name: one.state for name, one in found.items() if one.state not in {"auto", "baseline"}}
        lines += [f"status {region} {name} is {state}" for name, state in unsettled.items()]
    return lines


def wrong_windows(store: Store, windows: Sequence[Standing]) -> list[str]:
    """Windows that stand otherwise than in truth, and those that should not be there at all."""
    known = [one for one in store.windows() if not one.baseline]
    return _unmatched(windows, known, _is_window)


def wrong_report(
    store: Store,
    status: Mapping[str, Mapping[str, Any]],
    windows: Sequence[Standing],
    sources: Sequence[Source],
    now: dt.datetime,
) -> list[str]:
    """What the report of the last day says otherwise than the truth."""
    statuses = store.statuses()
    situation = Situation(
        as_of=now,
        zone=ZONE,
        statuses=statuses,
        history={code: store.status_history(code) for code in REGION_CODES},
        windows=store.windows(),
        proposals=store.proposals(),
        national=national(statuses, reported_national()),
        sources=sources,
        health=store.all_health(),
    )
    regions = report_json(report_view(situation, Language.FI), situation)["regions"]
    assert isinstance(regions, dict)
    lines = []
    for region, fields in status.items():
        sections = regions[region]["sections"].values()
        shown = {name: one["value"] for section in sections for name, one in section["fields"].items()}
        lines += [f"report {region} {line}" for line in _unlike(shown, fields)]
        mine = [one for one in windows if one.region == region]
        # what no document has told stands on as it was in January 2023
        listed = [
            one
            for one in regions[region]["sections"]["grants"]["windows"]
            if not _is_of_baseline(one, statuses[region])
        ]
        lines += [f"report {region} {line}" for line in _unmatched(mine, listed, _is_line)]
    return lines


def _unlike(values: Mapping[str, Json], fields: Mapping[str, Any]) -> list[str]:
    """Fields without their true value, and values that no field has in truth."""
    strange = [f"{name}: {value} out of nothing" for name, value in values.items() if name not in fields and value]
    return strange + [
        f"{name}: {values.get(name)} instead of {wanted}"
        for name, wanted in fields.items()
        if not _is_true(name, values.get(name), wanted)
    ]


def _is_true(name: str, value: Any, wanted: Any) -> bool:
    if name == "grant_types" and wanted is not None:
        return value is not None and set(value) == set(wanted)
    return truth.holds(value, wanted)


def _unmatched(windows: Iterable[Standing], found: Iterable[T], fits: Callable[[T, Standing], bool]) -> list[str]:
    left = list(found)
    lines = []
    for standing in windows:
        mine = next((one for one in left if fits(one, standing)), None)
        if mine is None:
            lines.append(f"{standing} is not there")
        else:
            left.remove(mine)
    return lines + [f"{one} is in no call" for one in left]


def _is_window(known: KnownWindow, standing: Standing) -> bool:
    window = known.window
    if known.region != standing.region or window.grant_type not in standing.names:
        return False
    if standing.state == "withdrawn" or known.cancelled:
        return known.cancelled and standing.state == "withdrawn"
    days = window.opens, window.closes, window.closes_time
    return window.continuous == standing.continuous and days == (standing.opens, standing.closes, standing.time)


def _is_line(line: Mapping[str, Any], standing: Standing) -> bool:
    if line["grant_type"] not in standing.names or line["state"] != standing.state:
        return False
    days = [None if day is None else day.isoformat() for day in (standing.opens, standing.closes)]
    clock = None if standing.time is None else standing.time.strftime("%H:%M")
    return standing.state == "withdrawn" or [line[name] for name in ("opens", "closes", "closes_time")] == [
        *days,
        clock,
    ]


def _is_of_baseline(line: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    value = fields.get(WINDOWS)
    return (
        value is not None
        and value.state == "baseline"
        and any(all(line.get(key) == one for key, one in entry.items()) for entry in value.value or ())
    )
