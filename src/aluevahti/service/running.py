"""`run`: the background service. A plain ticker; what is due lives in the database.

    poll         every two seconds: take an edited sources.yaml into use, then poll what is due
    mail         every two seconds: queue the digests that are due, deliver what the outbox holds
    maintenance  once a night: what the database needs, and what need not be kept

A tick that is late runs late, one that is still running is not started twice, one that fails is tried
again at the next, and a restart needs nothing but the database. On SIGTERM no further source and no
further mail is begun; what is under way is finished, within bounds.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Final, NoReturn

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from aluevahti import __version__
from aluevahti.compose import Composition, real_clock
from aluevahti.config import Config
from aluevahti.errors import AluevahtiError, ConfigError, Locked
from aluevahti.notify import deliver, queue_digests
from aluevahti.poll import run_pass
from aluevahti.poll.forgetting import forget_what_left
from aluevahti.service.noticing import ClockWatch, Said, WatchedFile
from aluevahti.web import Pulse, WebServer, make_app

log = structlog.get_logger(__name__)

TICK: Final = dt.timedelta(seconds=2)
"""How often the ticker looks at what is due."""

WAIT_FOR_PASS: Final = dt.timedelta(seconds=5)
"""How long a poll waits for digests being queued, before it leaves the sources to the next tick."""

QUEUE_ANYWAY: Final = 15 * 60.0
"""Seconds that digests wait for a pass to end, so that one check makes one instant mail; then they no longer do."""

NIGHT: Final = dt.time(3, 30)
"""From this local time on the day's maintenance is due; 3:30 to 4:00 stays clear of the hour that clocks skip."""

BODIES_KEPT: Final = dt.timedelta(days=30)
"""How long the text of a mail that was sent is kept; who got what when stays."""

PATIENCE: Final = {"poll": 90.0, "mail": 660.0, "maintenance": 90.0}
"""Seconds that a tick under way gets when the service stops. A mail server may take ten minutes for its last
answer, and a mail cut off there goes out twice; a source that is cut off is asked again, and nothing is lost."""

LOOK: Final = 0.05
"""Seconds between two looks of the main thread at whether it is to stop."""

JUMP: Final = dt.timedelta(minutes=5)
"""A clock that was set by more than this is worth a line."""

STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""What ends the service in an orderly way; unheard, the last of them would end it in the middle of a mail."""

MAINTAINED: Final = "maintenance.on"
"""The local date of the last maintenance, remembered in the database."""

CHECKED: Final = "maintenance.integrity_on"
"""Likewise of the last check of the whole database."""


class Service:
    """The running service. Make it, `run` it; `stop` ends it from any thread or signal handler.

    The ticks are methods, too: a caller that turns the clock by hand may call them one after the other.
    """

    def __init__(self, parts: Composition, *, tick: dt.timedelta = TICK) -> None:
        self.parts = parts
        self.pulse = Pulse()
        self.stopped = threading.Event()
        self._tick = tick
        self._signals = 0
        self._gate = threading.Lock()  # between "has the service stopped?" and "the tick has begun"
        self._file = WatchedFile(parts.path)
        self._said = Said()
        self._minute: dt.datetime | None = None
        self._queued_at = time.monotonic()
        self._queueing = threading.Lock()  # both ticks queue

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self.parts.config

    def run(self) -> None:
        """Work until `stop`; returns when everything begun is finished.

        Raises:
            Locked: another service runs on this database.
            OSError: the web site cannot listen where it should.
        """
        with self.parts.store.exclusive("run"), _signals(self._signalled), self._web() as web, self._ticker() as ticker:
            log.info(
                "service.started",
                version=__version__,
                web=f"http://{web.host}:{web.port}",
                sources=sum(source.enabled for source in self.config.sources),
            )
            self._watch(ticker, ClockWatch())
            log.info("service.stopping", under_way=self.pulse.running())
        log.info("service.stopped")

    def stop(self) -> None:
        """Ask the service to end; what is under way is finished first."""
        self.stopped.set()

    def _signalled(self) -> None:
        # Only counts: an event that is set in a signal handler may wait for the very thread it interrupted.
        self._signals += 1

    # --- polling ---------------------------------------------------------------------------------

    def poll(self) -> None:
        """One tick: take an edited configuration into use, then poll the sources that are due."""
        self.reload()
        now = self.parts.clock()
        known = {source.id: source for source in self.config.sources if source.enabled}
        sources = [known[id_] for id_ in self.parts.store.due_sources(now) if id_ in known]
        if sources or self._is_next_minute(now):
            with ExitStack() as held:
                try:
                    held.enter_context(self.parts.store.exclusive("pass", WAIT_FOR_PASS))
                except Locked as error:
                    if self._said.is_news("poll.waits", str(error)):
                        log.info("poll.waits", reason=str(error))
                    return
                self._said.is_over("poll.waits")
                report = run_pass(
                    self.parts.store,
                    self.parts.fetcher,
                    sources,
                    self.parts.clock,
                    self.parts.poll_settings_of(self.config),
                    progress=lambda _report: self.pulse.beat("poll"),
                    stopping=self._beating("poll"),
                )
                # here and not only in the mail tick: where pass follows pass, that one may never find a gap
                if not self.stopped.is_set():
                    self._queue_digests()
            if sources:
                log.info(
                    "poll.done",
                    sources=len(report.sources),
                    requests=report.requests,
                    changes=len(report.changes),
                    failed=len(report.failed),
                )
        self.pulse.passed(now)

    def _is_next_minute(self, now: dt.datetime) -> bool:
        """Whether the calendar is to be looked at: windows close by the clock, whether a source is due or not."""
        minute = now.replace(second=0, microsecond=0)
        before, self._minute = self._minute, minute
        return minute != before

    def _beating(self, name: str) -> Callable[[], bool]:
        """Tells a tick whether to stop; that it asks shows that it goes on."""

        def stopping() -> bool:
            self.pulse.beat(name)
            return self.stopped.is_set()

        return stopping

    # --- mail ------------------------------------------------------------------------------------

    def mail(self) -> None:
        """One tick: queue the digests that are due, deliver what is due."""
        self._queue()
        report = deliver(self.parts.store, self.parts.mailer, self.parts.clock, stopping=self._beating("mail"))
        if report.sent or report.troubles:
            log.info("mail.done", sent=report.sent, deferred=report.deferred, failed=report.failed, held=report.held)

    def _queue(self) -> None:
        """Queue digests between two passes, never in the middle of one: an instant mail tells a whole check."""
        with ExitStack() as held:
            try:
                held.enter_context(self.parts.store.exclusive("pass"))
            except Locked:
                if time.monotonic() - self._queued_at < QUEUE_ANYWAY:
                    return
            self._queue_digests()

    def _queue_digests(self) -> None:
        with self._queueing:
            settings = self.parts.notify_settings_of(self.config)
            queued = queue_digests(self.parts.store, settings, self.parts.clock())
            self._queued_at = time.monotonic()
        if queued:
            log.info("mail.queued", digests=queued.digests, operator=queued.operator, failed=len(queued.failed))

    # --- care ------------------------------------------------------------------------------------

    def maintain(self) -> None:
        """Once a day: what the database needs, and what need not be kept; the whole of it is checked on Sundays."""
        store, now = self.parts.store, self.parts.clock()
        local = now.astimezone(self.config.service.timezone)
        today = local.date().isoformat()
        if local.time() < NIGHT or store.meta(MAINTAINED) == today:
            return
        with ExitStack() as held:
            try:
                held.enter_context(store.exclusive("pass"))
            except Locked:
                return  # the next tick will do
            store.optimize()
            purged = store.purge_bodies(now - BODIES_KEPT)
            forgotten = forget_what_left(store, now, self.config.service.timezone)
            checked = store.meta(CHECKED)
            if checked is None or (local.isoweekday() == 7 and checked != today):
                self._check_database(today)
            store.set_meta(MAINTAINED, today)
        log.info("maintenance.done", purged=purged, forgotten=forgotten, bytes=store.size_bytes())

    def _check_database(self, today: str) -> None:
        problems = self.parts.store.integrity()
        for problem in problems:
            log.error("database.damaged", problem=problem)
        self.pulse.note("database", "the database is damaged: see the log" if problems else None)
        self.parts.store.set_meta(CHECKED, today)

    # --- configuration ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Take an edited sources.yaml into use; a wrong one leaves the old one in force and is said once."""
        if not self._file.has_changed():
            return
        try:
            config = self.parts.reloaded()
            complaints = [str(one) for one in _fixed(self.config, config)]
        except ConfigError as error:
            complaints = [str(complaint) for complaint in error.complaints]
        for complaint in complaints:
            log.error("config.refused", complaint=complaint, in_force="the configuration as it was")
        refused = "the edited configuration is wrong and was not taken into use: see the log"
        self.pulse.note("config", refused if complaints else None)
        if not complaints:
            self._use(config)

    def _use(self, config: Config) -> None:
        before = self.config
        if config.service.web != before.service.web:
            log.warning("config.needs_restart", setting="service.web.listen")
        self.parts.adopt(config)
        self.parts.store.sync_sources(config.sources, self.parts.clock())
        old, new = ({source.id: source for source in one.sources} for one in (before, config))
        log.info(
            "config.reloaded",
            added=sorted(new.keys() - old.keys()),
            removed=sorted(old.keys() - new.keys()),
            altered=sorted(id_ for id_ in old.keys() & new.keys() if old[id_] != new[id_]),
        )

    # --- machinery -------------------------------------------------------------------------------

    @contextmanager
    def _ticker(self) -> Iterator[BackgroundScheduler]:
        scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(3)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=dt.UTC,
        )
        # a tick that is still running when the next is due is an everyday thing, and no warning
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self.parts.store.sync_sources(self.config.sources, self.parts.clock())
        for name, tick, every in (
            ("poll", self.poll, self._tick),
            ("mail", self.mail, self._tick),
            ("maintenance", self.maintain, dt.timedelta(minutes=10)),
        ):
            self.pulse.expect(name, frequent=every == self._tick)
            scheduler.add_job(
                self._guarded(name, tick),
                "interval",
                id=name,
                seconds=every.total_seconds(),
                next_run_time=real_clock(),
            )
        scheduler.start()
        try:
            yield scheduler
        finally:
            self.stop()
            scheduler.shutdown(wait=False)
            self._finish()

    def _guarded(self, name: str, tick: Callable[[], None]) -> Callable[[], None]:
        """The tick as the ticker runs it: whatever happens in it, the next one comes."""

        def run() -> None:
            with self._gate:
                if self.stopped.is_set():
                    return
                self.pulse.began(name)
            trouble: str | None = "broken off"
            try:
                tick()
            except Locked as error:  # somebody else writes for long; hours of it show as "no pass"
                trouble = None
                if self._said.is_news(name, str(error)):
                    log.warning("tick.waits", tick=name, reason=str(error))
            except AluevahtiError as error:
                trouble = str(error)
                if self._said.is_news(name, trouble):
                    log.exception("tick.failed", tick=name, error=trouble)
            except Exception as error:  # a fault of ours: the ticker goes on, and /healthz says so
                trouble = f"crashed with {type(error).__name__}"
                if self._said.is_news(name, repr(error)):
                    log.exception("tick.crashed", tick=name)
            else:
                trouble = None
                self._said.is_over(name)
            finally:
                self.pulse.ended(name, trouble)

        return run

    def _watch(self, ticker: BackgroundScheduler, watch: ClockWatch) -> None:
        """Until the service is to stop, see whether somebody sets the clock: the ticker would wait for a lost hour."""
        looked = time.monotonic()
        while not self.stopped.is_set() and not self._signals:
            time.sleep(LOOK)
            if time.monotonic() - looked < self._tick.total_seconds():
                continue
            looked = time.monotonic()
            jump = watch.jump()
            if abs(jump) > self._tick:
                for name in PATIENCE:
                    ticker.modify_job(name, next_run_time=real_clock())
            if abs(jump) > JUMP:
                log.warning("clock.jumped", seconds=round(jump.total_seconds()))

    def _finish(self) -> None:
        """Wait for the ticks under way, each for as long as it is worth; then go without them."""
        with self._gate:
            began = time.monotonic()
        while running := self.pulse.running():
            waited = time.monotonic() - began
            if self._signals > 1 or all(waited > PATIENCE[name] for name in running):
                _cut_off(running)
            time.sleep(LOOK)

    @contextmanager
    def _web(self) -> Iterator[WebServer]:
        web = self.config.service.web
        app = make_app(self.parts.store, lambda: self.config, self.parts.clock, self.pulse)
        with WebServer(app, web.host, web.port) as server:
            yield server


def _cut_off(running: tuple[str, ...]) -> NoReturn:
    """End the process at once. The database takes that as it takes a power cut: whole, or not at all."""
    log.error("service.cut_off", under_way=running)
    sys.stderr.flush()
    os._exit(1)


def _fixed(before: Config, after: Config) -> Iterator[str]:
    """What cannot be changed while the service runs, and was."""
    if after.service.database != before.service.database:
        yield f"{after.path}: service.database cannot be changed while the service runs; restart it"


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM, SIGINT and a terminal that hangs up stop the service; the earlier handlers come back afterwards.

    What the caller has switched off (`nohup`) stays off.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    wanted = [number for number in STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
