"""The program itself: its global options, and what a command gets from them."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from aluevahti import __version__
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError
from aluevahti.regions import REGION_CODES

app = typer.Typer(
    name="aluevahti",
    help="Watches what Finland's 22 wellbeing regions decide about NGOs, and tells subscribers what changed.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text for people.")]
RegionOption = Annotated[str | None, typer.Option("--region", metavar="REGION", help="Only this region.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aluevahti {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The configuration. [env: ALUEVAHTI_CONFIG; default: ./sources.yaml]"),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The database. [env: ALUEVAHTI_DATABASE; default: the one in the file]"),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Stop the clock at this time, 2026-03-01T08:00+02:00, for this command."),
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options that stand before the command."""
    context.obj = context.with_resource(Composition(config_path=config, database=database, now_text=now))


def parts(context: typer.Context, *, log_level: int = logging.CRITICAL) -> Composition:
    """What the command works with; from here on logs of `log_level` and above go to stderr.

    A command by hand names what failed itself; only the service, which nobody watches, has to log.
    """
    from aluevahti.cli import logs

    own = context.obj
    assert isinstance(own, Composition)
    logs.set_up(own, log_level)
    return own


def known_region(text: str | None, option: str = "--region") -> str | None:
    """A region's code from the command line.

    Raises:
        ConfigError: there is no such region.
    """
    return None if text is None else one_of(text, REGION_CODES, option)


def one_of(text: str, known: Collection[str], option: str) -> str:
    """`text`, if it is one of the words `known`.

    Raises:
        ConfigError: it is not; the word that was probably meant is named.
    """
    if text in known:
        return text
    near = difflib.get_close_matches(text.lower(), sorted(known), n=1, cutoff=0.6)
    hint = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(sorted(known)) or 'none'}"
    raise ConfigError((Complaint(option, None, f"'{text}' is unknown{hint}"),))
