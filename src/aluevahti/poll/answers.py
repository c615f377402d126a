"""The values that travel from the network half of a poll to the deciding half."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from aluevahti.errors import LayoutChanged, ParseError, WrongPage
from aluevahti.model import (
    Document,
    Failed,
    FailureReason,
    Form,
    KnownDocument,
    Request,
    Snapshot,
    Validators,
)
from aluevahti.rules.identity import phase_rank

_PASSING = frozenset({FailureReason.CONNECT, FailureReason.TIMEOUT, FailureReason.TRUNCATED, FailureReason.EMPTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong with a request that the poll needed.

    Attributes:
        error: one line for the operator, with the address.
        forbidden: robots.txt says no.
        silent: an answer came, but not what was expected.
        at_once: the page's layout changed; worth telling without waiting for a third time.
        retry_at: when the server wants to be asked again.
        lasting: asking again soon will not help.
    """

    error: str
    forbidden: bool = False
    silent: bool = False
    at_once: bool = False
    retry_at: dt.datetime | None = None
    lasting: bool = False

    @staticmethod
    def of_failure(failed: Failed) -> Trouble:
        """The trouble that a failed fetch is."""
        passing = failed.reason in _PASSING  # whatever the status: half a body may come with a good one
        if failed.reason is FailureReason.STATUS and failed.status is not None:
            passing = failed.status >= 500 or failed.status in {408, 425, 429}
        return Trouble(
            error=f"{failed.detail} ({failed.request.url})",
            forbidden=failed.reason is FailureReason.FORBIDDEN,
            retry_at=failed.retry_at,
            lasting=not passing,
        )

    @staticmethod
    def of_parsing(error: ParseError) -> Trouble:
        """The trouble that an unreadable page is."""
        return Trouble(
            error=str(error),
            silent=True,
            at_once=isinstance(error, LayoutChanged),
            lasting=not (error.passing or isinstance(error, WrongPage)),
        )


def place_of(request: Request) -> str:
    """What an answer is remembered by: its address, and whether a form was sent there."""
    return request.url if request.form is None else f"{request.url}#form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer with a body; `unchanged` where its body, noise left out, is the one last read."""

    request: Request
    snapshot: Snapshot
    validators: Validators | None
    core: str
    unchanged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What the start requests brought; a 304 is counted and has no answer."""

    answers: tuple[Answer, ...] = ()
    not_modified: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether every start request said that there is nothing new."""
        return not self.troubles and all(answer.unchanged for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One document as this poll saw it.

    Attributes:
        document: what list and page say of it; `text` is None where the page was not read or is unchanged.
        known: the known document that it is, if it is one.
        position: its place on the list; None for what was not on the list.
        tried: its own page was asked for.
        failed: what came of that, if it went wrong.
        answer: the answer that its text was read from.
        volatile: lines that two answers of the same moment did not share (masked).
        postponed: the budget was spent before its page, or a page below it, could be read.
        parent: the key of the meeting on whose page it stands.
    """

    document: Document
    known: KnownDocument | None
    position: int | None = None
    tried: bool = False
    failed: Trouble | None = None
    answer: Answer | None = None
    volatile: frozenset[str] = frozenset()
    postponed: bool = False
    parent: str | None = None


@dataclass(slots=True, kw_only=True)
class Gathered:
    """All that one poll of one source brought home.

    Attributes:
        looked: the list itself was read (and not only documents that are due again).
        listed: how many documents the list shows.
        complete: nothing is left out: only then may a missing document count as missing.
        windowed: the list only shows its newest entries.
        dated: how many of the list's documents it gives a day for.
        skeleton: how the list is built (`Listing.skeleton`).
    """

    looked: bool = False
    reads: list[Read] = field(default_factory=list)
    missing: tuple[KnownDocument, ...] = ()
    answers: list[Answer] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    listed: int = 0
    dated: int = 0
    complete: bool = True
    windowed: bool = False
    skeleton: str | None = None
    unread: int = 0
    unfollowed: int = 0  # pages of the list that were left for the next poll, because the budget was spent


def filled(document: Document, other: Document) -> Document:
    """`document` with what it does not say itself taken from `other`."""
    return replace(
        document,
        organ=document.organ or other.organ,
        phase=document.phase or other.phase,
        meeting_key=document.meeting_key or other.meeting_key,
        meeting_on=document.meeting_on or other.meeting_on,
        section=document.section if document.section is not None else other.section,
        case_number=document.case_number or other.case_number,
        published_on=document.published_on or other.published_on,
        lang=document.lang or other.lang,
        revision=document.revision or other.revision,
        text=document.text if document.text is not None else other.text,
        detail=document.detail or other.detail,
        files=document.files or other.files,
        aliases=tuple(dict.fromkeys((*document.aliases, *other.aliases))),
    )


def joined(first: Document | None, second: Document) -> Document:
    """Two sightings of one document on several lists: the later phase wins, gaps are filled."""
    if first is None:
        return second
    if phase_rank(second.phase) > phase_rank(first.phase):
        first, second = second, first
    return filled(first, second)


def with_page(listed: Document, page: Document) -> Document:
    """A listed document completed by its own page: the list names it, the page knows its phase and text.

    A meeting's title tells its phase, so the page also names it where it has come further than the list.
    """
    further = phase_rank(page.phase) > phase_rank(listed.phase)
    renamed = further and listed.form is Form.MEETING and bool(page.title)
    completed = filled(listed, page)
    return replace(
        completed,
        title=page.title if renamed else listed.title or page.title,
        phase=page.phase if further else listed.phase,
        section=page.section if page.section is not None else listed.section,
        text=page.text,
        files=page.files or listed.files,
    )
