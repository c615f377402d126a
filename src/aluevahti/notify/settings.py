"""What the mail pipeline needs to know of the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aluevahti.config import Config
from aluevahti.mail import checked, sender_of
from aluevahti.model import Language, Source
from aluevahti.render.links import Links
from aluevahti.rules.rhythm import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The mail pipeline's part of the configuration.

    Attributes:
        sender: the From line.
        contact: whom readers write to.
        operator: who hears of sources and mail in trouble.
        links: the web site.
        schedule: when digests go out.
        sources: all of them, for the coverage lines.
        templates: the operator's own templates, if there are any.
        operator_lang: the language of the operator's mail.
    """

    sender: str
    contact: str
    operator: str
    links: Links
    schedule: Schedule
    sources: tuple[Source, ...] = ()
    templates: Path | None = None
    operator_lang: Language = Language.FI

    @property
    def domain(self) -> str:
        """The sender's domain, in which Message-IDs are unique."""
        return sender_of(self.sender).domain


def settings_of(config: Config) -> Settings:
    """The settings that a configuration means. Own templates stand in `templates` beside sources.yaml."""
    service = config.service
    return Settings(
        sender=service.mail.sender,
        contact=checked(service.contact),
        operator=checked(service.operator),
        links=Links(service.public_url),
        schedule=Schedule(zone=service.timezone, daily_at=service.digest.daily_at, weekly_on=service.digest.weekly_on),
        sources=config.sources,
        templates=None if config.path is None else config.path.parent / "templates",
    )
