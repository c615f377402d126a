"""Where everything is put together: the only reader of the environment and of real time.

A `Composition` is what one command works with. Each part is made when it is first asked for, and only
then are its libraries imported, so that `aluevahti --help` is there at once.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from aluevahti import __version__
from aluevahti.errors import Complaint, ConfigError, StorageError

if TYPE_CHECKING:
    from aluevahti import notify, poll
    from aluevahti.config import Config
    from aluevahti.fetch import Fetcher
    from aluevahti.mail import Mailer, SmtpMailer, Timeouts
    from aluevahti.model import RobotsRecord, StatusUpdate
    from aluevahti.storage import Store

F = TypeVar("F", bound="Fetcher")

Clock: TypeAlias = Callable[[], dt.datetime]
"""Gives the time, aware, in UTC."""

CONFIG_VARIABLE = "ALUEVAHTI_CONFIG"  # names the file where no --config does
DEFAULT_CONFIG = Path("sources.yaml")


def real_clock() -> dt.datetime:
    """The present: aware, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: `--now`, replays and tests."""

    at: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.at


@dataclass
class Composition:
    """The parts of aluevahti for one command; close it (or use `with`) to let go of them.

    Attributes:
        config_path: `--config`; None: `ALUEVAHTI_CONFIG`, else sources.yaml in the working folder.
        database: `--database`, which stands before the environment and the file.
        now_text: `--now`; None: real time.
        env: the environment.
    """

    config_path: Path | None = None
    database: str | None = None
    now_text: str | None = None
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _open: ExitStack = field(default_factory=ExitStack, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database and of every connection."""
        self._open.close()

    @property
    def wants_colour(self) -> bool:
        """Whether colours may be shown on a terminal (no-color.org)."""
        return not self.env.get("NO_COLOR")

    @property
    def path(self) -> Path:
        """The configuration file that applies, whether it is there or not."""
        named = self.config_path or self.env.get(CONFIG_VARIABLE)
        return Path(named) if named else DEFAULT_CONFIG

    @cached_property
    def config(self) -> Config:
        """The configuration; without a file, standard values where only a database was asked for by name.

        Raises:
            ConfigError: with every complaint.
        """
        from aluevahti.config.load import DATABASE_VARIABLE

        named = self.config_path or self.env.get(CONFIG_VARIABLE)
        if named is None and not self.path.exists() and (self.database or self.env.get(DATABASE_VARIABLE)):
            return self._standard()
        return self._loaded()

    @cached_property
    def config_if_any(self) -> Config:
        """As `config`, but standard values wherever there is no file: for commands that need no state."""
        named = self.config_path or self.env.get(CONFIG_VARIABLE)
        return self._standard() if named is None and not self.path.exists() else self.config

    def _loaded(self) -> Config:
        from aluevahti.config import load

        return load(self.path, self.env, database=self.database)

    def _standard(self) -> Config:
        from aluevahti.config import standard

        return standard(Path.cwd(), self.env, database=self.database)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The service's time zone."""
        return self.config_if_any.service.timezone

    @cached_property
    def clock(self) -> Clock:
        """The one clock of this command.

        Raises:
            ConfigError: `--now` is no time.
        """
        if self.now_text is None:
            return real_clock
        return FixedClock(self.moment(self.now_text, "--now"))

    def moment(self, text: str, option: str) -> dt.datetime:
        """A time given on the command line, as UTC; without an offset it means the service's time zone.

        Raises:
            ConfigError: it is none; `option` is named.
        """
        from aluevahti.config import moment

        try:
            return moment(text, self.zone)
        except ValueError as error:
            raise ConfigError((Complaint(option, None, f"'{text}' {error}"),)) from None

    @cached_property
    def store(self) -> Store:
        """The database, made with the baseline where there is none.

        Raises:
            ConfigError: it cannot be used: no such folder, not ours, from a newer version, in use.
        """
        from aluevahti.storage import Store

        url = self.config.service.database
        now = self.clock()
        try:
            return self._open.enter_context(Store.open(url, now=now, baseline=_baseline))
        except StorageError as error:
            raise ConfigError((Complaint(url, None, str(error)),)) from error

    @cached_property
    def fetcher(self) -> Fetcher:
        """The way to the network, with what the state knows of the hosts' robots.txt."""
        from aluevahti.fetch import Fetcher

        return self._fetcher(Fetcher, self.config, self.store.robots())

    @cached_property
    def fetcher_without_state(self) -> Fetcher:
        """The way to the network for a command that needs no state."""
        from aluevahti.fetch import Fetcher

        return self.make_fetcher(Fetcher)

    def make_fetcher(self, kind: type[F]) -> F:
        """A fetcher of some kind that knows no robots.txt yet; closed with the composition."""
        return self._fetcher(kind, self.config_if_any, {})

    def _fetcher(self, kind: type[F], config: Config, robots: Mapping[str, RobotsRecord]) -> F:
        contact = config.service.contact
        fetcher = kind(contact=contact, clock=self.clock, robots=robots, version=__version__)
        self._open.callback(fetcher.close)
        return fetcher

    @cached_property
    def mailer(self) -> Mailer:
        """The mail server of the configuration; connected to when the first mail goes out."""
        mailer = self._smtp_mailer()
        self._open.callback(mailer.close)
        return mailer

    def greet_mail_server(self) -> None:
        """See whether mail could be handed over now, without handing any over; waits seconds, not minutes.

        Raises:
            DeliveryError: it could not.
        """
        from aluevahti.mail import Timeouts

        self._smtp_mailer(Timeouts(connect=10, command=10, final=10)).greet()

    def _smtp_mailer(self, timeouts: Timeouts | None = None) -> SmtpMailer:
        from aluevahti.mail import SmtpMailer

        mail = self.config.service.mail
        return SmtpMailer(
            host=mail.host,
            port=mail.port,
            sender=mail.sender,
            security=mail.security.value,
            username=mail.username,
            password=mail.password,
            timeouts=timeouts,
        )

    def poll_settings_of(self, config: Config) -> poll.Settings:
        """What a pass needs to know of a configuration."""
        from aluevahti.config import ReviewMode
        from aluevahti.poll import Settings

        service = config.service
        return Settings(
            timezone=service.timezone.key,
            lookback=service.first_check_lookback,
            manual_review=service.review is ReviewMode.MANUAL,
        )

    def notify_settings_of(self, config: Config) -> notify.Settings:
        """What the mail pipeline needs to know of a configuration."""
        from aluevahti.notify import settings_of

        return settings_of(config)

    def adopt(self, config: Config) -> None:
        """Work with another configuration from now on; the database stays the same.

        To be called between two passes. A mailer in somebody's hands is not taken away: the next one gets
        the new one.
        """
        before = self.config
        self.__dict__.update(config=config, config_if_any=config)
        self.__dict__.pop("zone", None)
        if config.service.mail != before.service.mail:
            self.__dict__.pop("mailer", None)
        if config.service.contact != before.service.contact:
            fetcher = self.__dict__.pop("fetcher", None)
            if fetcher is not None:
                fetcher.close()

    def reloaded(self) -> Config:
        """The configuration as its file says now; what this composition works with does not change.

        Raises:
            ConfigError: with every complaint.
        """
        return self._loaded()


def _baseline() -> tuple[StatusUpdate, ...]:
    from aluevahti.baseline import load

    return load()
