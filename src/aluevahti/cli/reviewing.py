"""`review`: a person says what is to become of a proposed status value."""

from __future__ import annotations

from typing import Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, parts
from aluevahti.cli.knowledge import in_words
from aluevahti.cli.output import say, say_json
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import Change, Proposal

review_app = typer.Typer(help="Status values that wait for a person.", no_args_is_help=True)
app.add_typer(review_app, name="review")

IdArgument = Annotated[int, typer.Argument(metavar="ID", help="Its number in `review list`.")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.")]


@review_app.command(name="list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """The proposals that wait, oldest first: what stands, what is proposed, and the sentence that says so."""
    own = parts(context)
    waiting = own.store.proposals()
    if as_json:
        say_json([shapes.proposal_json(proposal, own.zone) for proposal in waiting])
        return
    for proposal in waiting:
        _say(proposal, own)
    if not waiting:
        say("Nothing waits for a person.")


def _say(proposal: Proposal, own: Composition) -> None:
    standing = own.store.status(proposal.region).get(proposal.field)
    say(f"{proposal.id}  {proposal.region}  {proposal.field}  {shapes.local(proposal.proposed_at, own.zone)}")
    say(f"    stands    {in_words(None if standing is None else standing.value)}")
    say(f"    proposed  {in_words(proposal.value.value)}")
    if proposal.value.evidence.quote:
        say(f"    “{' '.join(proposal.value.evidence.quote.split())}”")
    if proposal.value.evidence.url:
        say(f"    {proposal.value.evidence.url}")


@review_app.command()
def accept(context: typer.Context, number: IdArgument, text: NoteOption = None) -> None:
    """Let a proposed value stand; readers are told of the change."""
    from aluevahti.rules.review import accepted

    own = parts(context)
    proposal = _open(own, number)
    standing = own.store.status(proposal.region).get(proposal.field)
    change = accepted(proposal, standing, own.clock(), title=_title(own, proposal))
    changes: tuple[Change, ...] = () if change is None else (change,)
    own.store.decide_proposal(number, True, text, own.clock(), changes=changes)
    say(f"{proposal.region}: {proposal.field} is now {in_words(proposal.value.value)}.")


@review_app.command()
def reject(context: typer.Context, number: IdArgument, text: NoteOption = None) -> None:
    """Leave the standing value as it is; nobody is told."""
    own = parts(context)
    proposal = _open(own, number)
    own.store.decide_proposal(number, False, text, own.clock())
    say(f"{proposal.region}: {proposal.field} stays as it was.")


def _open(own: Composition, number: int) -> Proposal:
    proposal = own.store.proposal(number)
    if proposal is None or proposal.accepted is not None:
        what = "there is no proposal" if proposal is None else "somebody has decided already about proposal"
        raise ConfigError((Complaint("review", None, f"{what} {number}; see `review list`"),))
    return proposal


def _title(own: Composition, proposal: Proposal) -> str:
    """What people know the proposal by: its document's title, else the name of the field."""
    row = proposal.value.evidence.document
    known = None if row is None else own.store.document(row)
    return proposal.field.replace("_", " ") if known is None else known.document.title
