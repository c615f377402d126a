"""Commands that set aluevahti up and take care of its state: init, backup, restore, db upgrade."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from aluevahti.cli.app import app, parts
from aluevahti.cli.output import say
from aluevahti.compose import Composition
from aluevahti.errors import AluevahtiError, Complaint, ConfigError, StorageError

db_app = typer.Typer(help="Care of the database.", no_args_is_help=True)
app.add_typer(db_app, name="db")

CONFIG_NAME = "sources.yaml"


@app.command()
def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where to; standard: here.")] = None,
) -> None:
    """Write a commented sources.yaml for all 22 regions, and make the database with the 2023 baseline."""
    given = parts(context)
    path = given.path if folder is None else folder / CONFIG_NAME
    _refuse_existing(path)
    own = Composition(config_path=path, database=given.database, now_text=given.now_text, env=given.env)
    shipped = _shipped_sources()
    database = _future_database(own)
    _refuse_existing(database)
    _write_new(path, shipped)
    try:
        with own:
            _ = own.store
    except AluevahtiError:  # nothing of a beginning that failed stands in the way of the next
        for file in (path, *database.parent.glob(f"{database.name}*")):
            file.unlink(missing_ok=True)
        raise
    say(f"Wrote {path} and made {database}.")
    say(f"Next: put your address at service.contact in {path}, then: aluevahti sources test --all")


def _write_new(path: Path, text: str) -> None:
    """Write a new file, whole or not at all: half of one would stand in the way of the next `init`."""
    made = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            made = True
            file.write(text)
    except OSError as error:
        if made:
            path.unlink(missing_ok=True)
        raise ConfigError((Complaint(str(path), None, f"cannot be written: {error.strerror}"),)) from None


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise ConfigError((Complaint(str(path), None, "is there already; init never overwrites"),))


def _future_database(own: Composition) -> Path:
    """Where the database of the file that is about to be written will lie."""
    from aluevahti.config import database_path, standard

    return database_path(standard(own.path.parent, own.env, database=own.database).service.database)


def _shipped_sources() -> str:
    """The sources.yaml of the package, or, in a checkout, of the repository."""
    packaged = files("aluevahti") / CONFIG_NAME
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parents[3] / CONFIG_NAME).read_text(encoding="utf-8")


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; nothing is overwritten.")],
) -> None:
    """Copy the state into one file, while it is in use."""
    own = parts(context)
    if file.exists():
        raise ConfigError((Complaint(str(file), None, "is there already; backup never overwrites"),))
    own.store.backup(file)
    say(f"Backed up to {file}.")


@app.command()
def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `backup` made.")]
) -> None:
    """Put a backup in the place of the database; what was there is kept beside it."""
    from aluevahti.storage import restore as put_back

    own = parts(context)
    url = own.config.service.database
    try:
        aside = put_back(url, file, now=own.clock())
    except StorageError as error:
        raise ConfigError((Complaint(str(file), None, str(error)),)) from error
    say(f"Restored {file}." + ("" if aside is None else f" What was there before is in {aside}."))


@db_app.command()
def upgrade(context: typer.Context) -> None:
    """Bring the database to this version's schema; a copy of the old one is kept beside it."""
    own = parts(context)
    say(f"The database has revision {own.store.schema_revision()}, which is this version's.")
