"""The command that makes the search index anew."""

from __future__ import annotations

import typer

from aluevahti.cli.app import parts
from aluevahti.cli.output import say
from aluevahti.cli.setup import db_app


@db_app.command()
def reindex(context: typer.Context) -> None:
    """Make the search index anew: after Voikko was installed or went away, or when `doctor` says so."""
    from aluevahti.poll.indexing import reindex as anew
    from aluevahti.text.lemmas import lemmatiser

    own = parts(context)
    count = anew(own.store)
    say(f"Indexed {count} {'document' if count == 1 else 'documents'} with {lemmatiser().name}.")
