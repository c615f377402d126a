"""Commands about mail: digests and the outbox."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, parts
from aluevahti.cli.files import write_whole
from aluevahti.cli.output import counted, note, say, say_json, table
from aluevahti.cli.readers import known_reader
from aluevahti.cli.stopping import first_interrupt_stops
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError, DeliveryError, Locked
from aluevahti.model import Delivery, DeliveryState, Json, Message

if TYPE_CHECKING:
    from aluevahti.notify import DeliveryReport, Preview, Queued

digest_app = typer.Typer(help="What readers are told.", no_args_is_help=True)
app.add_typer(digest_app, name="digest")
outbox_app = typer.Typer(help="Mail that waits, was sent, or could not be sent.", no_args_is_help=True)
app.add_typer(outbox_app, name="outbox")

WAIT = dt.timedelta(minutes=5)
"""How long a delivery by hand waits for another one that is under way."""

RESTING = (DeliveryState.HELD, DeliveryState.FAILED)
"""The states of mails that nothing but a person sets going again."""


@outbox_app.command(name="list")
def list_(
    context: typer.Context,
    state: Annotated[DeliveryState | None, typer.Option(help="Only mail in this state.")] = None,
    as_json: JsonOption = False,
) -> None:
    """All mail, in the order in which it was queued."""
    own = parts(context)
    found = own.store.outbox(state, bodies=False)
    if as_json:
        say_json([shapes.delivery_json(each, own.zone) for each in found])
    elif found:
        headers = ("ID", "KIND", "FOR", "TO", "STATE", "TRIES", "NEXT TRY", "SENT", "")
        table(headers, [_row(each, own) for each in found])
    else:
        say("The outbox is empty." if state is None else f"No mail is {state.value}.")


def _row(delivery: Delivery, own: Composition) -> tuple[object, ...]:
    waits = delivery.state is DeliveryState.QUEUED
    return (
        delivery.id,
        delivery.kind,
        delivery.period,
        delivery.recipient,
        delivery.state.value,
        delivery.attempts,
        shapes.local(delivery.next_try_at, own.zone) if waits else "",
        shapes.local(delivery.sent_at, own.zone),
        delivery.last_error,
    )


@outbox_app.command()
def retry(
    context: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="ID", help="These; else all that was held or given up.")
    ] = None,
) -> None:
    """Let mail that was held or given up be tried again, at the next delivery."""
    own = parts(context)
    found = {each.id: each for each in own.store.outbox(bodies=False)}
    unknown = [number for number in ids or () if number not in found]
    if unknown:
        raise ConfigError((Complaint("outbox retry", None, f"there is no mail {unknown[0]}; see `outbox list`"),))
    wanted = ids or [number for number, each in found.items() if each.state in RESTING]
    released = [number for number in wanted if own.store.release(number, own.clock())]
    left = [str(number) for number in wanted if number not in released]
    say(f"{len(released)} to be tried again" + (f"; left as they are: {', '.join(left)}." if left else "."))


@outbox_app.command()
def flush(context: typer.Context, as_json: JsonOption = False) -> None:
    """Deliver all waiting mail now, also what was to be tried again later."""
    own = parts(context)
    for each in own.store.outbox(DeliveryState.QUEUED, bodies=False):
        own.store.release(each.id, own.clock())
    report = _delivered(own)
    if as_json:
        say_json({"at": shapes.moment(own.clock(), own.zone), "delivered": _delivery_json(report, own)})
    if not _say_delivery(report, own, quiet=as_json):
        raise typer.Exit(1)


@digest_app.command()
def send(context: typer.Context, as_json: JsonOption = False) -> None:
    """Queue the digests that are due now, then deliver whatever the outbox holds that is due."""
    from aluevahti.notify import queue_digests

    own = parts(context)
    queued = queue_digests(own.store, own.notify_settings_of(own.config), own.clock())
    report = _delivered(own)
    if as_json:
        say_json(_send_json(queued, report, own))
    else:
        say(f"{counted(queued.digests, 'digest')} queued, {counted(queued.empty, 'reader')} with nothing to tell.")
    for email, reason in queued.failed:
        note(f"aluevahti: {email}: the digest could not be made: {reason}")
    well = _say_delivery(report, own, quiet=as_json)
    if queued.failed or not well:
        raise typer.Exit(1)


def _delivered(own: Composition) -> DeliveryReport:
    from aluevahti.notify import deliver

    try:
        with first_interrupt_stops() as stopping:
            return deliver(own.store, own.mailer, own.clock, stopping=stopping, despite_pause=True, wait=WAIT)
    except Locked as error:
        raise DeliveryError(f"{error}; it sends what waits") from error


def _say_delivery(report: DeliveryReport, own: Composition, *, quiet: bool = False) -> bool:
    """Say what a delivery came to, name every mail that did not go out; whether all did."""
    if not quiet:
        say(f"{report.sent} sent, {report.deferred} to be tried again, {report.failed} given up, {report.held} held.")
    for trouble in report.troubles:
        again = shapes.local(trouble.next_try_at, own.zone)
        note(f"aluevahti: {trouble.delivery.recipient}: {trouble.reason}" + (f"; next try {again}" if again else ""))
    if report.paused is not None:
        note(f"aluevahti: all mail waits: {report.paused}")
    return report.is_clean


def _send_json(queued: Queued, report: DeliveryReport, own: Composition) -> dict[str, Json]:
    return {
        "at": shapes.moment(own.clock(), own.zone),
        "queued": {
            "digests": queued.digests,
            "empty": queued.empty,
            "operator": queued.operator,
            "failed": [{"email": email, "error": reason} for email, reason in queued.failed],
        },
        "delivered": _delivery_json(report, own),
    }


def _delivery_json(report: DeliveryReport, own: Composition) -> dict[str, Json]:
    return {
        "sent": report.sent,
        "deferred": report.deferred,
        "failed": report.failed,
        "held": report.held,
        "paused": report.paused,
        "troubles": [
            {
                "recipient": trouble.delivery.recipient,
                "error": trouble.reason,
                "next_try_at": shapes.moment(trouble.next_try_at, own.zone),
            }
            for trouble in report.troubles
        ],
    }


@digest_app.command()
def preview(
    context: typer.Context,
    subscriber: Annotated[str | None, typer.Argument(metavar="EMAIL", help="Only this reader's.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write HTML and text files there.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Render the digests that would be sent now, due or not; nothing is queued, sent or remembered."""
    from aluevahti import notify

    own = parts(context)
    email = None if subscriber is None else known_reader(own, subscriber).email
    previews = notify.preview(own.store, own.notify_settings_of(own.config), own.clock(), email)
    if as_json:
        say_json([_preview_json(each) for each in previews])
    elif not previews:
        say("No reader has confirmed a subscription.")
    for each in previews:
        if output is not None and each.made is not None:
            written = _write(each.subscriber.email, each.made.message, output)
            note(f"Wrote {written} and {written.with_suffix('.txt').name}.")
        elif not as_json:
            _say_preview(each)


def _preview_json(preview: Preview) -> dict[str, Json]:
    message = None if preview.made is None else preview.made.message
    return {
        "email": preview.subscriber.email,
        "entries": 0 if preview.made is None else preview.made.entries,
        "subject": None if message is None else message.subject,
        "text": None if message is None else message.text,
        "html": None if message is None else message.html,
    }


def _say_preview(preview: Preview) -> None:
    if preview.made is None:
        say(f"{preview.subscriber.email}: there is nothing to tell.")
        return
    message = preview.made.message
    say(f"To: {message.recipient}")
    say(f"Subject: {message.subject}")
    say()
    say(message.text)


def _write(email: str, message: Message, folder: Path) -> Path:
    """Write both parts of a mail into `folder`; the path of the HTML file."""
    path = folder / (re.sub(r"[^\w.@+-]", "_", email) + ".html")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, message.html or "")
        write_whole(path.with_suffix(".txt"), message.text)
    except OSError as error:
        raise ConfigError((Complaint(str(folder), None, f"cannot be written: {error.strerror}"),)) from None
    return path
