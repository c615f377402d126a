"""`load`: from the file and the environment to a `Config`, or to every complaint at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from aluevahti.config import values
from aluevahti.config.document import Complaints, Table, Text, read, shown
from aluevahti.config.options import PLATFORM_NAMES, PLATFORM_OPTIONS
from aluevahti.config.section import Section
from aluevahti.config.settings import (
    Config,
    DigestConfig,
    FetchDefaults,
    MailConfig,
    ReviewMode,
    Security,
    ServiceConfig,
    WebConfig,
)
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import Language, Source, Theme
from aluevahti.regions import REGION_CODES

T = TypeVar("T")

DEFAULT_DATABASE = "sqlite:///state.db"  # beside sources.yaml
DEFAULT_TIMEZONE = "Europe/Helsinki"
PASSWORD_VARIABLE = "ALUEVAHTI_MAIL_PASSWORD"  # noqa: S105 - the variable's name
DATABASE_VARIABLE = "ALUEVAHTI_DATABASE"  # stands above what the file says; --database stands above both
_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
_REGION = values.member(str, REGION_CODES)
_PLATFORM = values.member(str, PLATFORM_NAMES)
_THEME = values.member(Theme, tuple(Theme))
_LANGUAGE = values.member(Language, ("fi", "sv"))
_NO_PASSWORD = f"does not belong into a file; put the password into the environment as {PASSWORD_VARIABLE}"


def load(path: Path, env: Mapping[str, str], *, database: str | None = None) -> Config:
    """Read and check the configuration file at `path`.

    Args:
        path: sources.yaml; relative database paths start at its folder.
        env: the environment; `ALUEVAHTI_DATABASE` and `ALUEVAHTI_MAIL_PASSWORD` are read.
        database: an address that stands before the environment's and the file's (`--database`).

    Raises:
        ConfigError: with every complaint, in the file's order.
    """
    complaints = Complaints(str(path))
    root = read(path, complaints)
    if root is None or root == Text(root.line, None):
        complaints.fail(None, "is empty; `aluevahti init` writes an example")
    if not isinstance(root, Table):
        complaints.fail(root.line, "must start with 'service:' or 'sources:'; `aluevahti init` writes an example")
    top = Section(root, complaints)
    service = _service(top, path, env, database)
    defaults = _defaults(top.section("defaults"))
    sources = _sources(top, defaults)
    top.close()
    complaints.settle()
    assert service is not None  # without a complaint it is there
    return Config(path=path, service=service, defaults=defaults, sources=sources)


def standard(folder: Path, env: Mapping[str, str], *, database: str | None = None) -> Config:
    """The configuration where no file is: no sources, standard values, for commands that only look.

    Raises:
        ConfigError: `database` or `ALUEVAHTI_DATABASE` is no database address.
    """
    contact = "nobody@localhost"
    return Config(
        path=None,
        service=ServiceConfig(
            database=_database(None, folder, env, database),
            contact=contact,
            operator=contact,
            mail=MailConfig(sender=f"Aluevahti <{contact}>"),
            timezone=ZoneInfo(DEFAULT_TIMEZONE),
            public_url=_own_url(WebConfig()),
        ),
    )


def _service(top: Section, path: Path, env: Mapping[str, str], database: str | None) -> ServiceConfig | None:
    section = top.section("service")
    if section is None:
        top.complain("service", "service.contact is missing")
        return None
    contact = section.required("contact", values.email_address)
    web = _web(section.section("web"))
    mail = _mail(section.section("mail"), contact or "", env)
    section.refuse("password", _NO_PASSWORD)
    service = ServiceConfig(
        database=_database(section, path.parent, env, database),
        contact=contact or "",
        operator=section.one("operator", values.email_address) or contact or "",
        mail=mail,
        timezone=section.one("timezone", values.timezone) or ZoneInfo(DEFAULT_TIMEZONE),
        public_url=section.one("public_url", values.public_url) or _own_url(web),
        web=web,
        digest=_digest(section.section("digest")),
        review=section.one("review", values.member(ReviewMode, tuple(ReviewMode))) or ReviewMode.AUTO,
        first_check_lookback=_or(section.one("first_check_lookback", values.duration), _LOOKBACK),
    )
    section.close()
    return service


_LOOKBACK = values.duration("14d")


def _or(value: T | None, default: T) -> T:
    return default if value is None else value


def _database(section: Section | None, folder: Path, env: Mapping[str, str], database: str | None) -> str:
    """The database's address: the option's, else the environment's, else the file's, else the standard one."""

    def parse(text: str) -> str:
        return values.database_url(text, folder)

    written = section.one("database", parse) if section is not None else None
    for place, text in (("--database", database), (DATABASE_VARIABLE, env.get(DATABASE_VARIABLE))):
        if text:
            try:
                return parse(text)
            except ValueError as error:
                raise ConfigError((Complaint(place, None, f"{shown(text)} {error}"),)) from None
    return written or parse(DEFAULT_DATABASE)


def _own_url(web: WebConfig) -> str:
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"http://{host}:{web.port}"


def _web(section: Section | None) -> WebConfig:
    if section is None:
        return WebConfig()
    place = section.one("listen", values.listen)
    section.close()
    return WebConfig() if place is None else WebConfig(host=place[0], port=place[1])


def _mail(section: Section | None, contact: str, env: Mapping[str, str]) -> MailConfig:
    sender = f"Aluevahti <{contact}>"
    password = env.get(PASSWORD_VARIABLE) or None
    if section is None:
        return MailConfig(sender=sender, password=password)
    security = section.one("security", values.member(Security, tuple(Security))) or Security.NONE
    section.refuse("password", _NO_PASSWORD)
    mail = MailConfig(
        sender=section.one("from", values.sender) or sender,
        host=section.one("host", values.host) or "localhost",
        port=section.one("port", values.port) or _PORTS[security],
        security=security,
        username=section.one("username", values.text),
        password=password,
    )
    if mail.username and security is Security.NONE:
        section.complain("username", "service.mail.username would travel unprotected; set security to starttls or tls")
    section.close()
    return mail


def _digest(section: Section | None) -> DigestConfig:
    if section is None:
        return DigestConfig()
    standard_times = DigestConfig()
    digest = DigestConfig(
        daily_at=_or(section.one("daily_at", values.clock_time), standard_times.daily_at),
        weekly_on=_or(section.one("weekly_on", values.weekday), standard_times.weekly_on),
    )
    section.close()
    return digest


def _obey(value: str) -> str:
    if value.strip() != "obey":
        raise ValueError(
            "is not possible, only 'obey' is; where the owner of a site has allowed it, "
            'write permission: "who allowed it, when" at that source instead'
        )
    return "obey"


def _defaults(section: Section | None) -> FetchDefaults:
    if section is None:
        return FetchDefaults()
    section.one("robots", _obey)
    defaults = _limits(section, FetchDefaults())
    section.close()
    return defaults


def _limits(section: Section, defaults: FetchDefaults) -> FetchDefaults:
    """The keys that `defaults` and a source have in common."""
    return FetchDefaults(
        every=_or(section.one("every", values.duration), defaults.every),
        timeout=_or(section.one("timeout", values.positive_duration), defaults.timeout),
        max_bytes=_or(section.one("max_bytes", values.size), defaults.max_bytes),
        min_interval_per_host=_or(
            section.one("min_interval_per_host", values.duration), defaults.min_interval_per_host
        ),
        allow_private_addresses=_or(
            section.one("allow_private_addresses", values.boolean), defaults.allow_private_addresses
        ),
    )


def _sources(top: Section, defaults: FetchDefaults) -> tuple[Source, ...]:
    lines: dict[str, int] = {}
    sources = []
    entries = top.sections("sources")
    if not top.has("sources"):
        top.complain("sources", "sources is missing: nothing would be watched")
    for entry in entries:
        source = _source(entry, defaults)
        if source is None:
            continue
        if source.id in lines:
            entry.complain("id", f"id {shown(source.id)} stands already on line {lines[source.id]}")
        lines.setdefault(source.id, entry.line_of("id"))
        sources.append(source)
    return tuple(sources)


def _source(entry: Section, defaults: FetchDefaults) -> Source | None:
    source_id = entry.required("id", values.identifier)
    region = entry.required("region", _REGION)
    platform = entry.required("platform", _PLATFORM)
    url = entry.required("url", values.web_url)
    limits = _limits(entry, defaults)
    source = Source(
        id=source_id or "",
        region=region or "",
        platform=platform or "",
        url=url or "",
        every=limits.every,
        cron=entry.one("cron", values.cron),
        enabled=_or(entry.one("enabled", values.boolean), default=True),
        timeout=limits.timeout,
        max_bytes=limits.max_bytes,
        min_interval_per_host=limits.min_interval_per_host,
        permission=_permission(entry),
        allow_private_addresses=limits.allow_private_addresses,
        organs=entry.many("organs", values.text),
        themes=entry.many("themes", _THEME),
        lang=entry.one("lang", _LANGUAGE),
        select=entry.one("select", values.css),
        ignore=entry.many("ignore", values.noise),
        unclosed=_or(entry.one("unclosed", values.boolean), default=False),
        item=entry.one("item", values.css),
        title=entry.one("title", values.css),
        link=entry.one("link", values.css),
        date=entry.one("date", values.css),
        note=entry.one("note", values.text),
    )
    _check_together(entry, platform)
    entry.close()
    return source if source_id else None


def _permission(entry: Section) -> str | None:
    entry.one("robots", _obey)
    permission = entry.one("permission", values.text)
    if entry.has("robots") and entry.has("permission"):
        entry.complain("permission", "robots and permission exclude each other; keep one of them")
    return permission


def _check_together(entry: Section, platform: str | None) -> None:
    """What is wrong only in company: two timetables, an option on a platform that has no use for it."""
    if entry.has("every") and entry.has("cron"):
        entry.complain("cron", "every and cron exclude each other; keep one of them")
    if platform is None:
        return
    taken = PLATFORM_OPTIONS[platform]
    for option in sorted(frozenset().union(*PLATFORM_OPTIONS.values()) - taken):
        if entry.has(option):
            entry.complain(option, f"{option} means nothing on platform '{platform}'")
