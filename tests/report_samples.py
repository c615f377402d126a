"""States that reports are written from in tests: the baseline alone, and one with something of everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from aluevahti.baseline import load, reported_national
from aluevahti.model import (
    Change,
    ChangeKind,
    Evidence,
    Json,
    KnownWindow,
    PastValue,
    Proposal,
    Source,
    SourceHealth,
    SourceState,
    StatusState,
    StatusValue,
    Window,
)
from aluevahti.render.report import Situation
from aluevahti.rules.national import national

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = dt.datetime(2026, 3, 9, 6, 30, tzinfo=dt.UTC)
SINCE = dt.datetime(2026, 3, 1, tzinfo=HELSINKI)
EARLIER = dt.datetime(2026, 2, 10, 7, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 3, 7, 0, tzinfo=dt.UTC)

Statuses = dict[str, dict[str, StatusValue]]


def baseline_statuses() -> Statuses:
    found: Statuses = {}
    for update in load():
        found.setdefault(update.region, {})[update.field] = update.value
    return found


def from_baseline_alone() -> Situation:
    statuses = baseline_statuses()
    return Situation(
        as_of=dt.datetime(2023, 1, 1, tzinfo=HELSINKI),
        zone=HELSINKI,
        statuses=statuses,
        national=national(statuses, reported_national()),
    )


def read(value: Json, day: dt.date, quote: str, url: str, state: StatusState = StatusState.AUTO) -> StatusValue:
    return StatusValue(value=value, state=state, since=day, evidence=Evidence(quote=quote, url=url), as_of=day)


def everything(since: dt.datetime | None = SINCE) -> Situation:
    """Facts read, confirmed, disputed and proposed, windows of every kind, sources in every state."""
    statuses, history = baseline_statuses(), dict[str, dict[str, tuple[PastValue, ...]]]()
    for (region, field), (value, replaced_at) in _later_facts(statuses).items():
        past = PastValue(value=statuses[region][field], replaced_at=replaced_at)
        history.setdefault(region, {})[field] = (past,)
        statuses[region][field] = value
    windows = _windows()
    return Situation(
        as_of=NOW,
        zone=HELSINKI,
        statuses=statuses,
        history=history,
        windows=windows,
        proposals=(_proposal(),),
        national=national(statuses, reported_national()),
        sources=_sources(),
        health=_health(),
        since=since,
        changes=(_changed(windows[1]), _closed(windows[2])) if since is not None else (),
    )


def _later_facts(statuses: Statuses) -> Mapping[tuple[str, str], tuple[StatusValue, dt.datetime]]:
    kainuu = statuses["kainuu"]["grant_model"].value
    added = {"what": "järjestöavustusten periaatteet 2026–2029", "by": "aluehallitus", "on": "2026-01-26"}
    organs = statuses["lappi"]["organs"].value
    new_organ = {"name": "järjestöneuvottelukunta", "kind": "neuvottelukunta", "roles": ["ngo_cooperation"]}
    return {
        ("kainuu", "grant_model"): (
            read(
                {**kainuu, "decisions": [*kainuu["decisions"], added]},
                dt.date(2026, 1, 26),
                "Aluehallitus hyväksyi järjestöavustusten periaatteet vuosille 2026–2029.",
                "https://kainuu.example/poytakirja/12",
            ),
            EARLIER,
        ),
        ("lappi", "strategy"): (
            read(
                {
                    "status": "approved",
                    "approved_by": "aluevaltuusto",
                    "approved_on": "2026-02-23",
                    "includes_service_strategy": True,
                },
                dt.date(2026, 2, 23),
                "Aluevaltuusto päätti hyväksyä strategian *yksimielisesti*.",
                "https://www.lapha.example/valtuusto/23",
            ),
            LATER,
        ),
        ("lappi", "organs"): (
            read([*organs, new_organ], dt.date(2026, 2, 23), "Asetetaan neuvottelukunta.", "ftp://outo.example/"),
            LATER,
        ),
        ("lappi", "scoring_used"): (
            read(True, dt.date(2026, 2, 24), "Hakemukset pisteytetään.", "https://www.lapha.example/haku"),
            LATER,
        ),
        ("paijat-hame", "strategy"): (
            replace(
                statuses["paijat-hame"]["strategy"],
                state=StatusState.AUTO,
                evidence=Evidence(quote="Strategia on voimassa.", url="https://paijatha.example/strategia"),
                as_of=dt.date(2026, 3, 2),
            ),
            LATER,
        ),
        ("satakunta", "participation_programme"): (
            read(
                {"status": "approved", "approved_on": "2024-05-20", "by": "aluevaltuusto", "target": None},
                dt.date(2024, 5, 20),
                "",
                "https://satakunta.example/osallisuus",
                StatusState.CONFIRMED,
            ),
            EARLIER,
        ),
        ("kymenlaakso", "grant_total_eur"): (
            read(
                850_000,
                dt.date(2026, 2, 2),
                "Määräraha on 850 000 euroa.",
                "https://kymenlaakso.example/9",
                StatusState.DISPUTED,
            ),
            EARLIER,
        ),
    }


def _windows() -> tuple[KnownWindow, ...]:
    def known(number: int, region: str, window: Window, **more: object) -> KnownWindow:
        told: dict[str, object] = {"source": f"{region}-news", "url": f"https://{region}.example/haku", "title": "Haku"}
        return KnownWindow(region=region, window=window, id=number, **(told | more))  # type: ignore[arg-type]

    def days(opens: str, closes: str | None, grant_type: str | None = None, **more: object) -> Window:
        return Window(
            grant_type=grant_type,
            opens=dt.date.fromisoformat(opens),
            closes=None if closes is None else dt.date.fromisoformat(closes),
            quote=f"Haku on auki {opens}.",
            **more,  # type: ignore[arg-type]
        )

    return (
        known(1, "kanta-hame", days("2026-03-02", "2026-03-31", closes_time=dt.time(12)), first_told_at=LATER),
        known(2, "keski-suomi", days("2026-02-16", "2026-03-20", "toiminta-avustus"), first_told_at=EARLIER),
        known(3, "pohjois-savo", days("2026-02-02", "2026-03-02"), first_told_at=EARLIER, closed_told=True),
        known(4, "pirkanmaa", days("2026-04-01", "2026-04-30", "yleisavustus"), first_told_at=EARLIER, cancelled=True),
        known(5, "pohjanmaa", days("2026-03-16", "2026-04-17", sure=False, doubt="a proposal"), first_told_at=LATER),
        known(6, "helsinki", days("2026-01-01", None, "hyte-avustus", continuous=True), first_told_at=EARLIER),
        known(7, "kainuu", days("2026-05-04", "2026-05-29", "kerta-avustus"), first_told_at=EARLIER),
        known(8, "kainuu", days("2023-11-01", "2023-11-30"), first_told_at=None, closed_told=True),
        known(9, "kainuu", days("2024-03-04", "2024-03-28", "toiminta-avustus"), closed_told=True),
        known(10, "kainuu", days("2025-03-10", "2025-03-31", "toiminta-avustus"), closed_told=True),
        known(12, "kainuu", days("2026-03-23", "2026-04-10", "hankeavustus", sure=False), cancelled=True),
        known(11, "lappi", days("2025-01-20", "2025-02-14"), closed_told=True),
    )


def _event(kind: ChangeKind, window: KnownWindow) -> Change:
    return Change(
        kind=kind,
        region=window.region,
        source=window.source,
        detected_at=LATER,
        title=window.title,
        url=window.url,
        relevant=True,
        window=window.id,
    )


def _changed(window: KnownWindow) -> Change:
    return _event(ChangeKind.WINDOW_CHANGED, window)


def _closed(window: KnownWindow) -> Change:
    return _event(ChangeKind.WINDOW_CLOSED, window)


def _proposal() -> Proposal:
    value = read(
        {"status": "approved", "decisions": [{"what": "avustusmalli", "by": "aluehallitus", "on": "2026-03-04"}]},
        dt.date(2026, 3, 4),
        "Hallitus päätti hyväksyä avustusmallin tietyin muutoksin.",
        "https://ovph.example/7",
        StatusState.PROPOSED,
    )
    return Proposal(id=1, region="pohjanmaa", field="grant_model", value=value, proposed_at=LATER)


def _sources() -> tuple[Source, ...]:
    def source(name: str, region: str, **more: object) -> Source:
        return Source(id=name, region=region, platform="page", url=f"https://{region}.example/", **more)  # type: ignore[arg-type]

    return (
        source("kanta-hame-news", "kanta-hame"),
        source("kanta-hame-minutes", "kanta-hame", permission="hallintojohtaja, 3.2.2026"),
        source("lappi-minutes", "lappi"),
        source("kainuu-minutes", "kainuu"),
        source("pohjanmaa-news", "pohjanmaa"),
        source("pohjanmaa-old", "pohjanmaa", enabled=False),
        source("satakunta-page", "satakunta"),
    )


def _health() -> dict[str, SourceHealth]:
    def good(at: dt.datetime) -> SourceHealth:
        return SourceHealth(state=SourceState.OK, last_attempt_at=at, last_success_at=at, next_poll_at=NOW)

    failing = replace(good(EARLIER), state=SourceState.FAILING, last_attempt_at=NOW, error="HTTP 503")
    return {
        "kanta-hame-news": good(NOW),
        "kanta-hame-minutes": good(NOW - dt.timedelta(minutes=20)),
        "lappi-minutes": failing,
        "kainuu-minutes": SourceHealth(state=SourceState.FORBIDDEN, last_attempt_at=NOW),
        "pohjanmaa-news": replace(good(LATER), state=SourceState.SILENT),
    }
