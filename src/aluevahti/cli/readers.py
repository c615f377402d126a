"""Commands about those who read: subscribers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, known_region, parts
from aluevahti.cli.output import say, say_json, table
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import Json, Language, Rhythm, Subscriber, SubscriptionState, Theme

T = TypeVar("T")

subscribers_app = typer.Typer(help="Who gets mail, and about what.", no_args_is_help=True)
app.add_typer(subscribers_app, name="subscribers")

EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="The reader's address.")]


@subscribers_app.command()
def add(
    context: typer.Context,
    email: EmailArgument,
    more_words: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    region: Annotated[list[str] | None, typer.Option(metavar="REGION", help="A region; may be repeated.")] = None,
    theme: Annotated[list[Theme] | None, typer.Option(help="A theme; may be repeated.")] = None,
    words: Annotated[
        list[str] | None, typer.Option(metavar="WORD...", help="Tell what has these words in it, whatever its theme.")
    ] = None,
    all_documents: Annotated[
        bool, typer.Option("--all-documents", help="Every new or revised document, not only relevant ones.")
    ] = False,
    lang: Annotated[Language, typer.Option(help="The language of the mail.")] = Language.FI,
    every: Annotated[Rhythm, typer.Option(help="How often.")] = Rhythm.DAILY,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="The reader has agreed; no confirmation mail is sent.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Add a reader. Without --confirmed a confirmation mail is queued; no region or theme means all of them."""
    if more_words and not words:
        raise ConfigError((Complaint("subscribers add", None, f"'{more_words[0]}' is one argument too many"),))
    own = parts(context)
    reader = Subscriber(
        email=_address(email, "EMAIL"),
        lang=lang,
        rhythm=every,
        regions=tuple(dict.fromkeys(known_region(code) or "" for code in region or ())),
        themes=tuple(dict.fromkeys(theme or ())),
        words=_words([*(words or ()), *(more_words or ())]),
        all_documents=all_documents,
        state=SubscriptionState.CONFIRMED if confirmed else SubscriptionState.UNCONFIRMED,
    )
    present = own.store.subscriber(reader.email)
    if present is not None and present.state is SubscriptionState.CONFIRMED:
        raise ConfigError((Complaint(reader.email, None, "is a subscriber already; see `subscribers show`"),))
    added = _add(own, reader)
    if as_json:
        say_json(shapes.subscriber_json(added, own.zone))
    elif confirmed:
        say(f"{added.email} is subscribed.")
    else:
        say(f"{added.email} gets a mail to confirm the subscription; `aluevahti digest send` delivers it.")


def _address(text: str, option: str) -> str:
    from aluevahti.config import email_address

    try:
        return email_address(text)
    except ValueError as error:
        raise ConfigError((Complaint(option, None, f"'{text}' {error}"),)) from None


def _words(given: Sequence[str]) -> tuple[str, ...]:
    """Words as given one by one, or several with commas between them."""
    parted = (" ".join(word.split()) for each in given for word in each.split(","))
    return tuple(dict.fromkeys(word for word in parted if word))


@subscribers_app.command(name="list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """All readers, in the order they came."""
    own = parts(context)
    readers = own.store.subscribers()
    if as_json:
        say_json([shapes.subscriber_json(reader, own.zone) for reader in readers])
        return
    if not readers:
        say("Nobody is subscribed.")
        return
    table(
        ("ID", "EMAIL", "STATE", "EVERY", "LANG", "REGIONS", "THEMES", "WORDS"),
        [
            (
                reader.id,
                reader.email,
                reader.state.value,
                reader.rhythm.value,
                reader.lang.value,
                ", ".join(reader.regions) or "all",
                "all documents" if reader.all_documents else ", ".join(reader.themes) or "all",
                ", ".join(reader.words),
            )
            for reader in readers
        ],
    )


@subscribers_app.command()
def show(context: typer.Context, email: EmailArgument, as_json: JsonOption = False) -> None:
    """One reader, and what was asked for."""
    own = parts(context)
    reader = known_reader(own, email)
    shape = shapes.subscriber_json(reader, own.zone)
    if as_json:
        say_json(shape)
        return
    for key, value in shape.items():
        shown = ", ".join(value) or "all" if isinstance(value, list) else value
        say(f"{key.replace('_', ' '):<14}{'-' if shown is None else shown}")


def known_reader(own: Composition, email: str) -> Subscriber:
    """The reader of that address.

    Raises:
        ConfigError: there is none, or it is no address.
    """
    reader = own.store.subscriber(_address(email, "EMAIL"))
    if reader is None:
        raise ConfigError((Complaint(email, None, "is no subscriber; see `subscribers list`"),))
    return reader


@subscribers_app.command()
def remove(context: typer.Context, email: EmailArgument) -> None:
    """Take a reader off the list; mail that has not gone yet is not sent."""
    own = parts(context)
    reader = known_reader(own, email)
    own.store.remove_subscriber(reader.email, own.clock())
    say(f"{reader.email} is removed.")


@subscribers_app.command()
def erase(context: typer.Context, email: EmailArgument) -> None:
    """Forget an address: afterwards the database does not know it, sent mail included."""
    own = parts(context)
    address = _address(email, "EMAIL")
    if not own.store.erase_subscriber(address):
        raise ConfigError((Complaint(email, None, "is not in the database"),))
    say(f"{address} is erased. Backups made earlier still know it.")


@subscribers_app.command()
def export(
    context: typer.Context,
    email: Annotated[
        str | None, typer.Argument(metavar="[EMAIL]", help="All that is kept about one reader; else the whole list.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A new file instead of the screen.")
    ] = None,
) -> None:
    """The list of readers as JSON, for `import`; or all that is kept about one reader, the mail sent included."""
    own = parts(context)
    if email is None:
        shape: Json = [shapes.subscriber_json(reader, own.zone) for reader in own.store.subscribers()]
    else:
        reader = known_reader(own, email)
        sent = [each for each in own.store.outbox(bodies=False) if each.recipient == reader.email]
        shape = {
            "subscriber": shapes.subscriber_json(reader, own.zone),
            "mail": [shapes.delivery_json(each, own.zone) for each in sent],
        }
    if output is None:
        say_json(shape)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
    except OSError as error:
        raise ConfigError((Complaint(str(output), None, f"cannot be written: {error.strerror}"),)) from None
    say(f"Wrote {output}.")


@subscribers_app.command(name="import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote, or one address a line.")],
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="All of them have agreed; no confirmation mail is sent.")
    ] = False,
) -> None:
    """Add the readers of a file; those who are subscribed already, or have left, stay as they are."""
    own = parts(context)
    readers = list(_read(file))
    added, kept = 0, 0
    for reader in readers:
        if own.store.subscriber(reader.email) is not None or reader.state is SubscriptionState.UNSUBSCRIBED:
            kept += 1
            continue
        _add(own, replace(reader, state=SubscriptionState.CONFIRMED) if confirmed else reader)
        added += 1
    say(f"{added} added, {kept} left as they are.")


def _read(file: Path) -> Iterator[Subscriber]:
    """The readers of a file, all of them checked before the first is handed out."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError((Complaint(str(file), None, f"cannot be read: {reason}"),)) from None
    complaints: list[Complaint] = []
    readers: list[Subscriber] = []
    for number, entry in _entries(file, text):
        try:
            readers.append(_reader(entry))
        except (ValueError, KeyError, TypeError) as error:
            what = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
            complaints.append(Complaint(str(file), number, what))
        except ConfigError as error:
            complaints += [Complaint(str(file), number, each.text) for each in error.complaints]
    if complaints:
        raise ConfigError(tuple(complaints))
    yield from readers


def _entries(file: Path, text: str) -> Iterator[tuple[int | None, Json]]:
    """The entries of a file with their line numbers, where they have any."""
    if not text.lstrip().startswith("["):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield number, {"email": line.strip()}
        return
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError((Complaint(str(file), None, f"is not JSON: {error}"),)) from None
    yield from ((None, entry) for entry in listed)


def _reader(entry: Json) -> Subscriber:
    if not isinstance(entry, dict):
        raise TypeError(f"each entry must be an object with an 'email', not {entry!r:.60}")
    return Subscriber(
        email=_address(str(entry["email"]), "email"),
        lang=Language(entry.get("lang", "fi")),
        rhythm=Rhythm(entry.get("every", "daily")),
        regions=tuple(known_region(str(code)) or "" for code in _listed(entry, "regions")),
        themes=tuple(Theme(theme) for theme in _listed(entry, "themes")),
        words=_words([str(word) for word in _listed(entry, "words")]),
        all_documents=entry.get("all_documents", False) is True,
        state=SubscriptionState(entry.get("state", "unconfirmed")),
    )


def _listed(entry: dict[str, Json], key: str) -> list[Json]:
    value = entry.get(key) or []
    if not isinstance(value, list):
        raise TypeError(f"'{key}' must be a list")
    return value


def _add(own: Composition, reader: Subscriber) -> Subscriber:
    """Add a reader, with the confirmation mail where one is needed."""
    from aluevahti.notify import queue_confirmation

    added = own.store.add_subscriber(reader, own.clock())
    if added.state is SubscriptionState.UNCONFIRMED:
        queue_confirmation(own.store, own.notify_settings_of(own.config), added, own.clock())
    return added
