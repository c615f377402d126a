"""A state with something to show on every page: windows in every phase, changes of every kind, sources in every state."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aluevahti import baseline
from aluevahti.config import Config, MailConfig, ServiceConfig
from aluevahti.model import (
    Change,
    ChangeKind,
    Document,
    DocumentUpdate,
    Evidence,
    Form,
    KnownWindow,
    Phase,
    PollOutcome,
    Source,
    SourceHealth,
    SourceState,
    StatusState,
    StatusUpdate,
    StatusValue,
    Theme,
    Window,
)
from aluevahti.regions import REGION_CODES
from aluevahti.storage import Store
from outcomes import reading

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = dt.datetime(2026, 3, 24, 7, 0, tzinfo=dt.UTC)  # a Tuesday, 9:00 in Helsinki
UNWATCHED, FORBIDDEN, FAILING, NEVER, PARTLY = "etela-savo", "pohjois-savo", "lappi", "kymenlaakso", "kainuu"
DECIDED = "keski-uusimaa"  # its grant model was in preparation when the baseline was written


def sources() -> tuple[Source, ...]:
    """One source a region; two of Kainuu; none of South Savo."""
    made = [
        Source(id=f"{code}-news", region=code, platform="feed", url=f"https://www.{code}.example/uutiset/rss")
        for code in REGION_CODES
        if code != UNWATCHED
    ]
    permission = "hallintojohtaja Maija Mallikas 12.1.2026"
    return (
        *made,
        Source(id="kainuu-minutes", region="kainuu", platform="casem", url="https://kainuu.example/fi-FI/Toimielimet"),
        Source(
            id="pirkanmaa-minutes",
            region="pirkanmaa",
            platform="tweb",
            url="https://pirha.example/ktwebscr/pk_tek_tweb.htm",
            permission=permission,
        ),
    )


def config(path: Path | None = None, **service: Any) -> Config:
    """The configuration that the state belongs to."""
    given: dict[str, Any] = {
        "database": "sqlite:///state.db",
        "contact": "seuranta@example.org",
        "operator": "yllapito@example.org",
        "mail": MailConfig(sender="Aluevahti <vahti@example.org>"),
        "timezone": HELSINKI,
        "public_url": "https://seuranta.example.org",
    }
    return Config(path=path, service=ServiceConfig(**(given | service)), sources=sources())


def filled(folder: Path) -> Store:
    """A store with the baseline and a good month of news."""
    store = Store.open(f"sqlite:///{folder / 'state.db'}", now=NOW - dt.timedelta(days=60), baseline=baseline.load)
    store.sync_sources(sources(), NOW - dt.timedelta(days=60))
    for source in sources():
        store.record_poll(PollOutcome(**{"source": source.id, "region": source.region, **_health(source)}))
    for number, (region, days_ago, told) in enumerate(NEWS, 1):
        _record(store, number, region, NOW - dt.timedelta(days=days_ago), told)
    return store


def _health(source: Source) -> dict[str, Any]:
    at = NOW - dt.timedelta(minutes=20)
    well = SourceHealth(
        state=SourceState.OK, last_attempt_at=at, last_success_at=at, next_poll_at=NOW + dt.timedelta(minutes=40)
    )
    health = well
    if source.id in {f"{FAILING}-news", f"{PARTLY}-minutes"}:
        health = SourceHealth(
            state=SourceState.FAILING,
            bad_checks=9,
            error="the server answered 500",
            last_attempt_at=at,
            last_success_at=NOW - dt.timedelta(days=20),
            next_poll_at=NOW + dt.timedelta(hours=4),
        )
    elif source.region == NEVER:
        health = SourceHealth(state=SourceState.SILENT, bad_checks=3, last_attempt_at=at, error="no documents")
    elif source.region == FORBIDDEN:
        health = SourceHealth(state=SourceState.FORBIDDEN, last_attempt_at=at, error="robots.txt")
    return {"started_at": at, "finished_at": at, "health": health, "requests": 1}


def _record(store: Store, number: int, region: str, at: dt.datetime, told: dict[str, Any]) -> None:
    key = f"https://www.{region}.example/uutinen/{number}"
    text = told.get("text")
    document = Document(
        key=key,
        url=told.get("url", key),
        title=told["title"],
        form=told.get("form", Form.NEWS),
        organ=told.get("organ"),
        meeting_on=told.get("meeting_on"),
        section=told.get("section"),
        phase=told.get("phase"),
        published_on=at.date(),
    )
    update = DocumentUpdate(id=None, known=document, text=text, text_sha256=str(number), reading=reading(region=region))
    window: KnownWindow | None = told.get("window")
    changes = [
        Change(
            **{
                "kind": kind,
                "region": region,
                "source": f"{region}-news",
                "detected_at": at,
                "title": told["title"],
                "url": document.url,
                "relevant": kind is not ChangeKind.DOCUMENT_REMOVED,
                "themes": (Theme.GRANTS,),
                "document_key": key,
                "organ": document.organ,
                "meeting_on": document.meeting_on,
                "section": document.section,
                "evidence": Evidence(quote=told.get("quote"), url=document.url),
                **more,
            }
        )
        for kind, more in told["changes"]
    ]
    store.record_poll(
        PollOutcome(
            source=f"{region}-news",
            region=region,
            started_at=at,
            finished_at=at,
            health=store.health(f"{region}-news"),
            documents=(update,),
            windows=() if window is None else (_of(window, region, key, told["title"], at),),
            status=tuple(told.get("status", ())),
            changes=tuple(changes),
        )
    )


def _of(known: KnownWindow, region: str, key: str, title: str, at: dt.datetime) -> KnownWindow:
    return KnownWindow(
        region=region,
        window=known.window,
        source=f"{region}-news",
        url=key,
        title=title,
        first_told_at=at,
        cancelled=known.cancelled,
        proofs=(key, f"https://{region}.example/poytakirja/12"),
        document_key=key,
    )


def _window(opens: str | None, closes: str | None, **more: Any) -> KnownWindow:
    day = dt.date.fromisoformat
    window = Window(
        **{
            "grant_type": "toiminta-avustus",
            "opens": day(opens) if opens else None,
            "closes": day(closes) if closes else None,
            "quote": "Toiminta-avustuksia voi hakea sähköisessä asioinnissa määräaikaan mennessä.",
            **more,
        }
    )
    return KnownWindow(region="", window=window, source=None, url=None, title="")


def as_told(window: KnownWindow) -> dict[str, Any]:
    """A window as changes carry it."""
    one = window.window
    return {
        "grant_type": one.grant_type,
        "opens": one.opens and one.opens.isoformat(),
        "closes": one.closes and one.closes.isoformat(),
        "closes_time": one.closes_time and one.closes_time.strftime("%H:%M"),
        "continuous": one.continuous,
    }


def _opened(window: KnownWindow, title: str, **more: Any) -> dict[str, Any]:
    sure = window.window.sure
    return {
        "title": title,
        "window": window,
        "quote": window.window.quote,
        "changes": [
            (ChangeKind.DOCUMENT_NEW, {}),
            (ChangeKind.WINDOW_OPENED, {"after": as_told(window), "sure": sure}),
        ],
        **more,
    }


def _status(region: str, field: str, value: Any, *, proposal: bool = False) -> StatusUpdate:
    evidence = Evidence(
        quote="Aluevaltuusto hyväksyi järjestöavustusten periaatteet.", url=f"https://{region}.example/1"
    )
    known = StatusValue(
        value=value, state=StatusState.AUTO, since=dt.date(2026, 3, 16), evidence=evidence, as_of=dt.date(2026, 3, 16)
    )
    return StatusUpdate(region=region, field=field, value=known, proposal=proposal)


TODAY = _window("2026-02-16", "2026-03-24", closes_time=dt.time(16), grant_type=None)
SOON = _window("2026-03-02", "2026-03-31", closes_time=dt.time(12))
LATER = _window("2026-03-02", "2026-04-30", grant_type="kumppanuusavustus")
COMING = _window("2026-04-07", "2026-05-08", grant_type="kumppanuussopimus")
ENDLESS = _window(None, None, continuous=True, grant_type="kerta-avustus")
UNSURE = _window("2026-04-01", "2026-04-30", grant_type="hankeavustus", sure=False)
OVER = _window("2026-02-01", "2026-03-10", grant_type="yleisavustus")
CANCELLED = KnownWindow(
    region="", window=_window("2026-03-20", "2026-04-20").window, source=None, url=None, title="", cancelled=True
)
MODEL = {
    "status": "approved",
    "decisions": [{"what": "Järjestöavustusten periaatteet", "by": "aluevaltuusto", "on": "2026-03-16"}],
}
OLD_MODEL = {
    "field": "grant_model",
    "value": next(one.value.value for one in baseline.load() if (one.region, one.field) == (DECIDED, "grant_model")),
}

NEWS: tuple[tuple[str, float, dict[str, Any]], ...] = (
    ("kainuu", 20, _opened(OVER, "Yleisavustukset 2026 haettavana")),
    ("lappi", 30, _opened(TODAY, "Lapin hyvinvointialueen järjestöavustukset vuodelle 2026")),
    ("kanta-hame", 22, _opened(SOON, "Järjestöavustusten haku vuodelle 2026 on auki")),
    ("kanta-hame", 21.9, _opened(LATER, "Kumppanuusavustusten haku on auki huhtikuun loppuun")),
    ("varsinais-suomi", 9, _opened(ENDLESS, "Kohtaamispaikkojen kerta-avustukset ympäri vuoden")),
    ("satakunta", 6, _opened(COMING, "Kumppanuussopimusten haku avautuu huhtikuussa")),
    ("kainuu", 5, _opened(UNSURE, "Talousarvio 2026: järjestöjen tuki")),
    (
        DECIDED,
        4,
        {
            "title": "Järjestöavustusten periaatteet ja avustusmalli",
            "form": Form.ITEM,
            "organ": "Aluevaltuusto",
            "meeting_on": dt.date(2026, 3, 16),
            "section": 41,
            "phase": Phase.MINUTES,
            "quote": "Aluevaltuusto päätti hyväksyä järjestöavustusten periaatteet liitteen mukaisesti.",
            "status": (_status(DECIDED, "grant_model", MODEL),),
            "changes": [
                (
                    ChangeKind.DOCUMENT_REVISED,
                    {
                        "before": {"phase": "agenda", "title": "Periaatteet"},
                        "after": {"phase": "minutes", "title": "x"},
                    },
                ),
                (ChangeKind.STATUS_CHANGED, {"before": OLD_MODEL, "after": {"field": "grant_model", "value": MODEL}}),
            ],
        },
    ),
    (
        "pohjanmaa",
        3,
        {
            "title": "Delaktighetsprogrammet 2026–2029, utkast",
            "organ": "Välfärdsområdesstyrelsen",
            "meeting_on": dt.date(2026, 3, 23),
            "section": 12,
            "phase": Phase.AGENDA,
            "form": Form.ITEM,
            "status": (_status("pohjanmaa", "participation_programme", {"status": "approved"}, proposal=True),),
            "changes": [
                (
                    ChangeKind.STATUS_PROPOSED,
                    {
                        "before": {"field": "participation_programme", "value": {"status": "in_preparation"}},
                        "after": {"field": "participation_programme", "value": {"status": "approved"}},
                        "sure": False,
                        "themes": (Theme.PARTICIPATION,),
                    },
                )
            ],
        },
    ),
    (
        "kymenlaakso",
        2,
        {
            "title": "Hankeavustusten haku perutaan",
            "window": CANCELLED,
            "quote": "Hankeavustusten haku perutaan määrärahojen puuttuessa.",
            "changes": [(ChangeKind.WINDOW_CHANGED, {"before": as_told(CANCELLED), "after": None})],
        },
    ),
    (
        "keski-suomi",
        1,
        {
            "title": 'Järjestöjen <script>alert("x")</script> neuvottelukunta \u202ekokoontuu\u202c',
            "url": "javascript:alert(1)",
            "changes": [(ChangeKind.DOCUMENT_NEW, {"themes": (Theme.STRUCTURES,)})],
        },
    ),
    (
        "lappi",
        0.5,
        {
            "title": "lappi-news",
            "changes": [
                (
                    ChangeKind.SOURCE_FAILING,
                    {
                        "before": {"state": "ok", "error": None},
                        "after": {"state": "failing", "error": "500"},
                        "relevant": False,
                        "document_key": None,
                        "evidence": None,
                        "themes": (),
                    },
                )
            ],
        },
    ),
)
