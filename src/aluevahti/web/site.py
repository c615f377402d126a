"""What the pages draw from: the state, the configuration in force, the clock, and the templates."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import structlog

from aluevahti.config import Config
from aluevahti.model import Coverage, Language
from aluevahti.render.catalogue import catalogue
from aluevahti.render.environment import packaged_templates
from aluevahti.render.messages import Renderer
from aluevahti.render.scene import Background, Scene
from aluevahti.render.wording import clock_text, date_text
from aluevahti.rules.coverage import coverage
from aluevahti.storage import Store
from aluevahti.web.frame import Frame, base_of, page_words
from aluevahti.web.pulse import Pulse

log = structlog.get_logger(__name__)

STYLE = "page/style.css"


@dataclass
class Site:
    """Everything that the pages know. Safe to use from several threads.

    Attributes:
        store: the state; pages only read it, but for a subscription that is confirmed or ended.
        config: the configuration in force at this moment.
        clock: the time, aware.
        pulse: the service's signs of life.
    """

    store: Store
    config: Callable[[], Config]
    clock: Callable[[], dt.datetime]
    pulse: Pulse = field(default_factory=Pulse)

    @cached_property
    def renderer(self) -> Renderer:
        """The templates, the operator's own first (`templates` beside sources.yaml)."""
        return Renderer(self._own_templates)

    @property
    def _own_templates(self) -> Path | None:
        path = self.config().path
        return None if path is None else path.parent / "templates"

    def coverage(self) -> Coverage:
        """How much of the country was read."""
        return coverage(self.config().sources, self.store.all_health(), self.clock())

    def scene(self, lang: Language, background: Background | None = None) -> Scene:
        """When and in which language something is told."""
        return Scene(catalogue(lang), self.clock(), self.config().service.timezone, background or Background())

    def frame(self, lang: Language, path: str, query: Sequence[tuple[str, str]] = (), *, chosen: bool = False) -> Frame:
        """What stands around a page's content."""
        service = self.config().service
        local = self.clock().astimezone(service.timezone)
        words = catalogue(lang)
        as_of = page_words(lang)(
            "footer.as_of", date=date_text(local.date(), words), clock=clock_text(local.time(), words)
        )
        return Frame(
            lang=lang,
            chosen=chosen,
            base=base_of(service.public_url),
            path=path,
            query=query,
            as_of=as_of,
            contact=service.contact,
            style=self.style[1],
        )

    @cached_property
    def style(self) -> tuple[bytes, str]:
        """The style sheet, and a version that changes when it does."""
        own = self._own_templates
        file = own / STYLE if own is not None and (own / STYLE).is_file() else packaged_templates() / STYLE
        content = file.read_bytes()
        return content, hashlib.sha256(content).hexdigest()[:12]

    def render(self, name: str, view: object, frame: Frame) -> str:
        """The page `name` (`overview`) around `view`."""
        said = len(self.renderer.complaints)
        page = self.renderer.render(f"page/{name}.html", view, frame.lang, w=page_words(frame.lang), frame=frame)
        for complaint in self.renderer.complaints[said:]:
            log.error("template.broken", complaint=complaint)
        return page
