"""Views into messages: the templates are filled in, the headers are set, identities are derived.

A Message-ID follows from the reader and the period alone, so that the same digest can never go out under
two names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import traceback
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import TemplateError

from aluevahti.model import Language, Message, Subscriber
from aluevahti.render.catalogue import catalogue
from aluevahti.render.digest import wishes_text
from aluevahti.render.environment import environment
from aluevahti.render.links import Links, unsubscribe_headers
from aluevahti.render.view import ConfirmationView, DigestView, OperatorView, link_to
from aluevahti.render.wording import clock_text, date_text

_BROKEN = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What a template can fail with."""

_AUTOMATIC = (("Auto-Submitted", "auto-generated"), ("Precedence", "bulk"))


class Renderer:
    """Fills templates in. A broken template of the operator's own never stops a mail: the packaged one stands in.

    Attributes:
        complaints: what was wrong with the operator's templates, one line each, in the order it was met.
    """

    def __init__(self, own: Path | None = None) -> None:
        """`own`: a folder of templates that stand instead of the packaged ones; it need not exist."""
        self._own = own if own is not None and own.is_dir() else None
        self.complaints: list[str] = []

    def render(self, name: str, view: object, lang: Language, **more: object) -> str:
        """The template `name` (`email/digest.html`) with `view`, the words `t` of one language, and `more` by name."""
        values = {"view": view, "t": catalogue(lang), "lang": lang.value, **more}
        if self._own is not None:
            try:
                return environment(self._own).get_template(name).render(values)
            except _BROKEN as error:
                line = _line_of(error, self._own)
                place = f"{self._own / name}" + (f":{line}" if line else "")
                complaint = f"{place}: {error}; the packaged template was used"
                if complaint not in self.complaints:
                    self.complaints.append(complaint)
        return environment().get_template(name).render(values)


def _line_of(error: BaseException, folder: Path) -> int | None:
    """The line of the template that an error came from, as Jinja writes it into the error or its traceback."""
    line: int | None = getattr(error, "lineno", None)
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith(str(folder)):
            line = number
    return line


def message_id(seed: str, kind: str, period: str, domain: str) -> str:
    """Always the same for one reader (or operator), kind of mail and period; tells nothing about them."""
    mark = hashlib.sha256(f"{seed}\0{kind}\0{period}".encode()).hexdigest()[:32]
    return f"<{mark}@{domain}>"


def digest_message(
    view: DigestView,
    subscriber: Subscriber,
    period: str,
    *,
    renderer: Renderer,
    links: Links,
    contact: str,
    domain: str,
    now: dt.datetime,
) -> Message:
    """The digest as it will be sent.

    Args:
        view: what it shows.
        subscriber: who gets it.
        period: a local date, or the last change's id.
        renderer: the templates.
        links: the web site.
        contact: who reads a mail that asks to unsubscribe.
        domain: the sender's, for Message-ID and List-Id.
        now: becomes the Date (aware).
    """
    headers = (
        *unsubscribe_headers(links, subscriber.token, contact),
        ("List-Id", f"Aluevahti <digest.{domain}>"),
        *_AUTOMATIC,
    )
    return Message(
        message_id=message_id(subscriber.token or subscriber.email, "digest", period, domain),
        recipient=subscriber.email,
        subject=view.subject,
        text=renderer.render("email/digest.txt", view, view.lang),
        html=renderer.render("email/digest.html", view, view.lang),
        headers=headers,
        date=now,
    )


def confirmation_view(
    subscriber: Subscriber, token: str, *, links: Links, contact: str, valid_until: dt.datetime, zone: ZoneInfo
) -> ConfirmationView:
    """The question whether the owner of an address wants the digest. `valid_until` is aware."""
    words = catalogue(subscriber.lang)
    link = link_to(links.confirm(token))
    if link is None:
        raise ValueError(f"{links.public_url} is not an address that a mail can lead to")
    until = valid_until.astimezone(zone)
    date, clock = date_text(until.date(), words), clock_text(until.time(), words)
    return ConfirmationView(
        lang=subscriber.lang,
        subject=words("confirm.subject"),
        title=words("confirm.title"),
        asked=words("confirm.asked", email=subscriber.email, wishes=wishes_text(subscriber, words)),
        link=link,
        valid=words("confirm.valid", date=date, clock=clock),
        contact=words("digest.contact", contact=contact),
    )


def confirmation_message(
    view: ConfirmationView, subscriber: Subscriber, token: str, *, renderer: Renderer, domain: str, now: dt.datetime
) -> Message:
    """The confirmation as it will be sent; one for each token."""
    return Message(
        message_id=message_id(token, "confirmation", "", domain),
        recipient=subscriber.email,
        subject=view.subject,
        text=renderer.render("email/confirmation.txt", view, view.lang),
        html=renderer.render("email/confirmation.html", view, view.lang),
        headers=(("Auto-Submitted", "auto-generated"),),
        date=now,
    )


def operator_message(
    view: OperatorView, recipient: str, period: str, *, renderer: Renderer, domain: str, now: dt.datetime
) -> Message:
    """The mail to the operator as it will be sent."""
    return Message(
        message_id=message_id(f"{recipient} {now.isoformat()}", "operator", period, domain),
        recipient=recipient,
        subject=view.subject,
        text=renderer.render("email/operator.txt", view, view.lang),
        html=renderer.render("email/operator.html", view, view.lang),
        headers=_AUTOMATIC,
        date=now,
    )
