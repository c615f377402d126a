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

from aluevahti.baseline import load
from aluevahti.fetch import Fetcher
from aluevahti.model import Change, ChangeKind, Source
from aluevahti.poll import Settings, run_pass
from aluevahti.regions import REGION_CODES, by_code
from aluevahti.storage import Store
from faultserver import Site
from simulation import ending, happenings, truth
from simulation.books import Books
from simulation.saying import ANY, SWEDISH
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

    plan: Plan
    verdict: truth.Verdict
    documents: int = 0
    checks: int = 0
    requests: int = 0
    changes: int = 0
    seconds: float = 0.0
    troubles: int = 0


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
            own = {"page": ("half",), "listing": ("empty",)}.get(channel.platform, ())
            channel.troubles += self._troubles(rng, (*own, *TROUBLES))
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
        self._write_calls(region)
        matters = rng.sample([*happenings.COUNCIL_MATTERS, *happenings.BOARD_MATTERS], 4)
        for place, matter in enumerate(matters):
            happenings.decision(region, matter, plan.start + (place * plan.days // 5 + rng.randint(0, 20)) * DAY)
        for week in range(-3, plan.days // 7):
            days = [
                plan.start + (week * 7 + rng.randint(0, 4)) * DAY
                for _ in range(rng.randint(1, 2 * plan.news_a_week - 1))
            ]
            for day in days:
                happenings.everyday_news(region, day)
            if week % 3 == 0:  # a pressroom that says nothing for six weeks is rightly told as silent
                happenings.everyday_news(region, days[0], release=region.pressroom is not None)
        if min(one.at for one in region.newsroom.articles) > self.checks[0]:
            # an empty list without a word that there is nothing is rightly told as silent
            happenings.everyday_news(region, plan.start - 5 * DAY, release=False)
        for _ in range(plan.days // 90):
            happenings.contact_edit(region, plan.start + rng.randint(3, plan.days - 1) * DAY)
        region.hold_meetings()
        happenings.write_page(region)
        seen = [self.books.seen(region.page, at, whatever_age=True) for at, _ in region.page.versions]
        self.books.edits(region.code, region.page.url, seen, region.page.title)

    def _write_calls(self, region: Region) -> None:
        """One call after the other, and perhaps a grant that can be sought at any time beside them."""
        rng = region.rng
        types = rng.sample([one for one in happenings.FINNISH_TYPES if one != ANY], 6)
        if rng.random() < 0.4:
            happenings.continuous_call(region, self.plan.start + rng.randint(3, 200) * DAY, types.pop())
        day = self.plan.start + rng.randint(-6, 25) * DAY
        for _ in range(self.plan.calls):
            if rng.random() < 0.15:
                first, second = rng.sample(types, 2)
                ends = happenings.calls_apart(region, day, (first, second))
            else:
                ends = happenings.call(region, day, self._some_types(region, types))
            day = ends + rng.randint(3, 30) * DAY
            if day > region.end - 40 * DAY:
                return

    def _some_types(self, region: Region, types: Sequence[str]) -> tuple[str, ...]:
        rng = region.rng
        if rng.random() < 0.25:
            return (ANY,)
        in_swedish = [one for one in types if one in SWEDISH]
        if "sv" in region.languages and rng.random() < 0.7:
            return tuple(rng.sample(in_swedish, rng.choice([1, 2])))
        return tuple(rng.sample(types, rng.choice([1, 1, 2, 3])))

    # --- running it ------------------------------------------------------------------------------

    def run(self, progress: Callable[[str], None] = lambda line: None) -> Outcome:
        """Poll check by check, and hold what was told against the books."""
        began = time.monotonic()
        self.moment.now = self.checks[0].astimezone(dt.UTC)
        database = f"sqlite:///{self.folder / 'state.db'}"
        told: dict[int, Sequence[Change]] = {}
        outcome = Outcome(self.plan, truth.Verdict())
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
        expected, status, windows = self.books.make_out(self.plan.regions)
        told, troubles = _apart(told)
        outcome.verdict = truth.compare(expected, told, self.books.day)
        outcome.documents = self.books.documents
        outcome.changes = sum(map(len, told.values()))
        outcome.verdict.wrong_state += ending.wrong_status(store, status)
        outcome.verdict.wrong_state += ending.wrong_windows(store, windows)
        outcome.verdict.wrong_state += ending.wrong_report(store, status, windows, sources, self.moment.now)
        outcome.verdict.invented += self._wrong_troubles(troubles)

    def _wrong_troubles(self, changes: Sequence[tuple[int, Change]]) -> list[str]:
        """Troubles told of a source that had none, or told twice; those of three checks that nobody heard of; and
        those whose end was not told on the first good check."""
        spans = {(channel.id, one.first): one for channel in self.channels for one in channel.troubles}
        heard: set[tuple[str, int]] = set()
        ended: set[tuple[str, int]] = set()
        lines = []
        for check, change in changes:
            over = change.kind is ChangeKind.SOURCE_RECOVERED
            mine = next(
                (
                    place
                    for place, one in spans.items()
                    if place[0] == change.source and (check == one.last + 1 if over else one.first <= check <= one.last)
                ),
                None,
            )
            told = ended if over else heard
            if mine is None or mine in told or (over and mine not in heard):
                lines.append(f"{self.books.day(check)} {truth.shown(change)}")
            else:
                told.add(mine)
        for place, one in spans.items():
            days = f"{place[0]} failed from {self.books.day(one.first)} to {self.books.day(one.last)}"
            if place not in heard and one.last - one.first >= 2:
                lines.append(f"{days}, and nobody heard of it")
            if place in heard and place not in ended:
                lines.append(f"{days}, and nobody heard of its end")
        return lines


def _apart(told: dict[int, Sequence[Change]]) -> tuple[dict[int, Sequence[Change]], list[tuple[int, Change]]]:
    """Readers' changes by check, and the operator's."""
    readers: dict[int, Sequence[Change]] = {
        check: [one for one in changes if not one.kind.startswith("source.")] for check, changes in told.items()
    }
    return readers, [
        (check, one) for check, changes in told.items() for one in changes if one.kind.startswith("source.")
    ]
