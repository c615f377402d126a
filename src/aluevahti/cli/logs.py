"""Logs: on stderr, for people on a terminal and as JSON lines everywhere else."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from aluevahti.compose import Composition

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger


def set_up(own: Composition, level: int) -> None:
    """Send the program's logs of `level` and above to stderr, dated by the command's clock.

    Of the libraries' logs only warnings pass: what they do all day is of no interest.
    """

    def dated(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        at = own.clock().astimezone(own.zone).isoformat(timespec="seconds")
        return {"timestamp": at, "level": event.pop("level"), "event": event.pop("event"), **event}

    processors: list[Processor] = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, dated]
    if sys.stderr.isatty():
        processors.append(structlog.dev.ConsoleRenderer(colors=own.wants_colour))
    else:
        processors += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[_Forward()], force=True)


class _Forward(logging.Handler):
    """Hands what libraries log to structlog, so that there is one kind of log line."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            structlog.get_logger(record.name).log(record.levelno, record.getMessage(), logger=record.name)
        except (TypeError, ValueError):  # a library's own mistake in its format string
            self.handleError(record)
