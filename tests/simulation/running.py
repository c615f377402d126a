"""A simulated year run through the program: real polls of real pages, a real database, a clock turned by hand."""

from __future__ import annotations

import datetime as dt
import random  # noqa: TID251 - a year is drawn from its seed
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aluevahti.baseline import load, reported_national
from aluevahti.fetch import Fetcher
from aluevahti.model import Change, ChangeKind, KnownWindow, Language, Source
from aluevahti.poll import Settings, run_pass
from aluevahti.regions import REGION_CODES, by_code
from aluevahti.render.report import Situation, report_view
from aluevahti.render.report.output import report_json
from aluevahti.rules.national import national
from aluevahti.storage import Store
from faultserver import Site
from simulation import happenings, truth
from simulation.books import ZONE, Books, CallBook
from simulation.saying import ANY, Span
from simulation.sites import CaseM, Channel, Dynasty, Moment, Newsroom, Pressroom, StandingPage, Trouble
from simulation.stories import DAY, Region, moment

TROUBLES = ("500", "503", "reset", "maintenance")
LOOKBACK = dt.timedelta(days=14)
CASEM_REGIONS = frozenset(
    {"pirkanmaa", "satakunta", "vantaa-kerava", "kanta-hame", "paijat-hame", "kymenlaakso", "lappi"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is simulated.

    Attributes:
        hours: the local hours of a day's checks.
        news_a_week: everyday news of a region.
        calls: at most so many calls for applications of a region.
    """

    seed: int
    regions: Sequence[str] = REGION_CODES
    start: dt.date = dt.date(2026, 3, 2)
    days: int = 365
    hours: Sequence[int] = (9,)
    news_a_week: int = 3
    calls: int = 3


@dataclass(slots=True)
class Outcome:
    """What a simulated year came to."""

    verdict: truth.Verdict
    documents: int = 0
    checks: int = 0
    requests: int = 0
    changes: int = 0
    seconds: float = 0.0
    troubles: int = 0

    def figures(self) -> str:
        """The figures on one line."""
        v = self.verdict
        return (
            f"{self.documents} documents, {self.checks} source checks ({self.troubles} in trouble), {self.requests} requests, "
            f"{self.changes} changes told; missed {len(v.missed)}, on another day {len(v.late)}, invented {len(v.invented)}, "
            f"repeated {len(v.repeated)}, wrong at the end {len(v.wrong_state)}; {self.seconds:.0f} s"
        )


class Simulation:
    """A seeded year of some regions; `run` polls it through and compares."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.open = ExitStack()
        self.checks = [moment(plan.start + n * DAY, hour) for n in range(plan.days) for hour in plan.hours]
        self.moment = Moment(self.checks[0])
        baseline: dict[str, dict[str, Any]] = {}
        for update in load():
            baseline.setdefault(update.region, {})[update.field] = update.value.value
        self.books = Books(self.checks, baseline, plan.start - LOOKBACK)
        self.stt = self.open.enter_context(Site())
        self.channels: list[Channel] = []
        self.regions = [self._region(code) for code in plan.regions]

    # --- writing the year ------------------------------------------------------------------------

    def _region(self, code: str) -> Region:
        plan = self.plan
        rng = random.Random(f"{plan.seed} {code}")
        site = self.open.enter_context(Site())
        number = REGION_CODES.index(code)

        def base(name: str) -> tuple[str, str, Site, Moment, random.Random]:
            return f"{code}-{name}", code, site, self.moment, random.Random(f"{plan.seed} {code} {name}")

        newsroom = Newsroom(*base("news"), platform="feed" if number % 3 == 1 else "listing")
        page = StandingPage(
            *base("grants"),
            title=rng.choice(["Järjestöavustukset", "Avustukset järjestöille", "Järjestöjen avustukset"]),
        )
        meetings = CaseM(*base("minutes")) if code in CASEM_REGIONS else Dynasty(*base("minutes"))
        pressroom = None
        languages = by_code(code).languages
        if number % 2 == 0 or "sv" in languages:
            id_, _, _, clock, noise = base("stt")
            pressroom = Pressroom(id_, code, self.stt, clock, noise, publisher=70_000 + number)
        channels: list[Channel] = [newsroom, page, meetings, *([pressroom] if pressroom else [])]
        for channel in channels:
            channel.troubles += self._troubles(rng, ("half", *TROUBLES) if channel is page else TROUBLES)
        self.channels += channels
        region = Region(
            code=code, rng=rng, start=plan.start, end=plan.start + plan.days * DAY, books=self.books, newsroom=newsroom, page=page,
            meetings=meetings, pressroom=pressroom, languages=languages,
        )  # fmt: skip
        self._write(region)
        return region

    def _troubles(self, rng: random.Random, kinds: Sequence[str]) -> list[Trouble]:
        """A source fails for one to five checks every two months or so; never while it is read for the first time."""
        found: list[Trouble] = []
        check = rng.randint(8, 60)
        while check < len(self.checks) - 8:
            found.append(Trouble(check, check + rng.choice([0, 0, 0, 1, 2, 4]), rng.choice(kinds)))
            check += rng.randint(25, 120)
        return found

    def _write(self, region: Region) -> None:
        plan, rng = self.plan, region.rng
        region.plan_meetings()
        region.page.edit(moment(plan.start - 100 * DAY, 12), happenings.page_lines(region, plan.start))
        self._write_calls(region)
        matters = rng.sample([*happenings.COUNCIL_MATTERS, *happenings.BOARD_MATTERS], 4)
        for place, matter in enumerate(matters):
            happenings.decision(region, matter, plan.start + (place * plan.days // 5 + rng.randint(0, 20)) * DAY)
        for week in range(-3, plan.days // 7):
            for _ in range(rng.randint(1, 2 * plan.news_a_week - 1)):
                happenings.everyday_news(region, plan.start + (week * 7 + rng.randint(0, 4)) * DAY)
        for _ in range(plan.days // 90):
            happenings.contact_edit(region, plan.start + rng.randint(3, plan.days - 1) * DAY)
        region.hold_meetings()
        seen = [self.books.seen(region.page, at, whatever_age=True) for at, _ in region.page.versions]
        self.books.edits(region.code, region.page.url, seen, region.page.title)

    def _write_calls(self, region: Region) -> None:
        rng = region.rng
        day = self.plan.start + rng.randint(-6, 25) * DAY
        for _ in range(self.plan.calls):
            types = tuple(rng.sample([one for one in happenings.FINNISH_TYPES if one != ANY], rng.choice([1, 1, 2, 3])))
            if "sv" in region.languages and rng.random() < 0.7:
                types = tuple(
                    rng.sample(
                        ["toiminta-avustus", "kumppanuusavustus", "hankeavustus", "kerta-avustus"], rng.choice([1, 2])
                    )
                )
            if rng.random() < 0.25:
                types = (ANY,)
            day = happenings.call(region, day, types) + rng.randint(3, 30) * DAY
            if day > region.end - 40 * DAY:
                return

    # --- running it ------------------------------------------------------------------------------

    def run(self, progress: Callable[[str], None] = lambda line: None) -> Outcome:
        """Poll check by check, and hold what was told against the books."""
        began = time.monotonic()
        self.moment.now = self.checks[0].astimezone(dt.UTC)
        database = f"sqlite:///{self.folder / 'state.db'}"
        told: dict[int, Sequence[Change]] = {}
        outcome = Outcome(truth.Verdict())
        sources = [self._source(channel) for channel in self.channels]
        fetcher = Fetcher(contact="testi@example.org", clock=lambda: self.moment.now, version="0")
        with self.open, Store.open(database, now=self.moment.now, baseline=load) as store:
            self.open.callback(fetcher.close)
            store.sync_sources(sources, self.moment.now)
            for number, check in enumerate(self.checks):
                self.moment.check, self.moment.now = number, check.astimezone(dt.UTC)
                report = run_pass(
                    store, fetcher, sources, lambda: self.moment.now, Settings(workers=4, lookback=LOOKBACK)
                )
                told[number] = report.changes
                outcome.checks += len(report.sources)
                outcome.requests += report.requests
                outcome.troubles += len(report.failed)
                if number % 30 == 29:
                    progress(
                        f"{self.books.day(number)}: {sum(map(len, told.values()))} changes, {time.monotonic() - began:.0f} s"
                    )
            self._compare(outcome, store, told, sources)
        outcome.seconds = time.monotonic() - began
        return outcome

    def _source(self, channel: Channel) -> Source:
        return Source(
            id=channel.id,
            region=channel.region,
            platform=channel.platform,
            url=channel.url,
            item="ul.news-list li" if channel.platform == "listing" else None,
            select="main" if channel.platform == "page" else None,
            min_interval_per_host=dt.timedelta(0),
            timeout=dt.timedelta(seconds=20),
            allow_private_addresses=True,
        )

    def _compare(
        self, outcome: Outcome, store: Store, told: dict[int, Sequence[Change]], sources: Sequence[Source]
    ) -> None:
        expected, status, windows = self.books.make_out()
        told, troubles = _apart(told)
        outcome.verdict = truth.compare(expected, told, self.books.day)
        outcome.documents = self.books.documents
        outcome.changes = sum(map(len, told.values()))
        outcome.verdict.wrong_state += self._wrong_status(store, status)
        outcome.verdict.wrong_state += _wrong_windows(store, windows)
        outcome.verdict.wrong_state += self._wrong_report(store, status, sources)
        outcome.verdict.invented += self._wrong_troubles(troubles)

    def _wrong_status(self, store: Store, status: dict[str, dict[str, Any]]) -> list[str]:
        found = store.statuses()
        lines = []
        for region, fields in status.items():
            for name, wanted in fields.items():
                value = found[region][name].value if name in found[region] else None
                if not _is_true(name, value, wanted):
                    lines.append(f"status {region} {name}: {value} instead of {wanted}")
                if name in found[region] and found[region][name].state not in {"auto", "baseline"}:
                    lines.append(f"status {region} {name} is {found[region][name].state}")
        return lines

    def _wrong_report(self, store: Store, status: dict[str, dict[str, Any]], sources: Sequence[Source]) -> list[str]:
        statuses = store.statuses()
        situation = Situation(
            as_of=self.moment.now,
            zone=ZONE,
            statuses=statuses,
            history={code: store.status_history(code) for code in REGION_CODES},
            windows=store.windows(),
            proposals=store.proposals(),
            national=national(statuses, reported_national()),
            sources=sources,
            health=store.all_health(),
        )
        report = report_json(report_view(situation, Language.FI), situation)
        lines = []
        for region, fields in status.items():
            sections = report["regions"][region]["sections"].values()
            shown = {name: one["value"] for section in sections for name, one in section["fields"].items()}
            lines += [
                f"report {region} {name}: {shown.get(name)} instead of {wanted}"
                for name, wanted in fields.items()
                if not _is_true(name, shown.get(name), wanted)
            ]
        return lines

    def _wrong_troubles(self, changes: Sequence[tuple[int, Change]]) -> list[str]:
        """Troubles told of a source that had none, or told twice; and those of three checks that nobody heard of."""
        by_id = {channel.id: channel for channel in self.channels}
        lines = []
        heard: set[tuple[str, int]] = set()
        for check, change in changes:
            assert change.source is not None
            spans = by_id[change.source].troubles
            over = change.kind is ChangeKind.SOURCE_RECOVERED
            mine = next(
                (one for one in spans if one.first <= check <= one.last or (over and one.last < check <= one.last + 3)),
                None,
            )
            if mine is None:
                lines.append(f"{self.books.day(check)} {truth.shown(change)}")
            elif not over:
                if (change.source, mine.first) in heard:
                    lines.append(f"again: {self.books.day(check)} {truth.shown(change)}")
                heard.add((change.source, mine.first))
        silent = [
            f"{channel.id} failed from check {one.first} to {one.last}, and nobody heard of it"
            for channel in self.channels
            for one in channel.troubles
            if one.last - one.first >= 2 and (channel.id, one.first) not in heard
        ]
        return [*lines, *silent]


def _apart(told: dict[int, Sequence[Change]]) -> tuple[dict[int, Sequence[Change]], list[tuple[int, Change]]]:
    """Readers' changes by check, and the operator's."""
    readers: dict[int, Sequence[Change]] = {
        check: [one for one in changes if not one.kind.startswith("source.")] for check, changes in told.items()
    }
    return readers, [
        (check, one) for check, changes in told.items() for one in changes if one.kind.startswith("source.")
    ]


def _is_true(name: str, value: Any, wanted: Any) -> bool:
    if name == "grant_types":
        return value is not None and set(value) == set(wanted)
    return truth.holds(value, wanted)


def _wrong_windows(store: Store, windows: Sequence[tuple[CallBook, Span | None]]) -> list[str]:
    """Windows that stand otherwise than in truth, and those that should not be there at all."""
    known = [one for one in store.windows() if not one.baseline]
    lines = []
    for call, span in windows:
        if not call.tellings:
            continue
        found = next((one for one in known if _is_window(one, call, span)), None)
        if found is None:
            lines.append(f"window {call.region} {sorted(call.types)} {span} is not there")
        else:
            known.remove(found)
    return lines + [f"window {one.region} {one.window} is in no call" for one in known]


def _is_window(known: KnownWindow, call: CallBook, span: Span | None) -> bool:
    window = known.window
    if known.region != call.region or window.grant_type not in call.types | {None}:
        return False
    if span is None:
        return known.cancelled or (call.continuous and window.continuous)
    opens_known = any("opens" in told.states for _, told in call.tellings)
    return (window.opens, window.closes, window.closes_time) == (
        span.opens if opens_known else None,
        span.closes,
        span.time,
    ) and not known.cancelled
