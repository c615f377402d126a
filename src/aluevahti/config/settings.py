"""The configuration as the program uses it: frozen values, every default filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from aluevahti.model import Source


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class ReviewMode(StrEnum):
    """Whether sure status changes apply at once or wait for a person, too."""

    AUTO = "auto"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """Where the web site listens."""

    host: str = "127.0.0.1"
    port: int = 8420


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """The mail server, and who the mail is from.

    Attributes:
        sender: the From line as written, `Name <address>` or an address alone.
        password: from the environment only (`ALUEVAHTI_MAIL_PASSWORD`); never printed.
    """

    sender: str
    host: str = "localhost"
    port: int = 25
    security: Security = Security.NONE
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestConfig:
    """When digests are due, in `ServiceConfig.timezone`. `weekly_on`: 0 is Monday, as `date.weekday`."""

    daily_at: dt.time = dt.time(7, 30)
    weekly_on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConfig:
    """The service as a whole.

    Attributes:
        database: the SQLAlchemy address, `sqlite:///` with an absolute path.
        contact: goes into the User-Agent, so that a web master can reach the operator.
        operator: who hears of sources in trouble.
        public_url: where readers reach the web site, without a final slash; links in mails start here.
        first_check_lookback: documents older than this at a source's first check are known silently.
    """

    database: str
    contact: str
    operator: str
    mail: MailConfig
    timezone: ZoneInfo
    public_url: str
    web: WebConfig = WebConfig()
    digest: DigestConfig = DigestConfig()
    review: ReviewMode = ReviewMode.AUTO
    first_check_lookback: dt.timedelta = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchDefaults:
    """What the section `defaults` says for every source that does not say otherwise."""

    every: dt.timedelta = dt.timedelta(hours=1)
    timeout: dt.timedelta = dt.timedelta(seconds=30)
    max_bytes: int = 20 * 1024 * 1024
    min_interval_per_host: dt.timedelta = dt.timedelta(seconds=2)
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All of sources.yaml. `path` is None where there was no file and only standard values apply."""

    path: Path | None
    service: ServiceConfig
    defaults: FetchDefaults = FetchDefaults()
    sources: tuple[Source, ...] = ()

    def source(self, source_id: str) -> Source | None:
        """The source with this id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)
