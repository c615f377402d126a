"""What a mail shows, ready worded: both the HTML and the text part are laid out from these values alone.

Every text here is in the reader's language, cleaned and cut; every address is safe to link to or is None.
"""

from __future__ import annotations

from dataclasses import dataclass

from aluevahti.model import Language
from aluevahti.render.clean import host_of, safe_url


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the host by which a reader knows it."""

    url: str
    host: str


def link_to(url: str | None) -> Link | None:
    """A link, if the address is fit for one."""
    safe = safe_url(url)
    return None if safe is None else Link(safe, host_of(safe))


@dataclass(frozen=True, slots=True)
class Label:
    """A word for what happened; `tone` says how it looks: closing, opened, changed, decided, document, check."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedView:
    """A call that used to open at this time of the year and of which nothing is known yet.

    Attributes:
        name: what used to be applied for.
        habit: the weeks and years in which it opened. Never the days of this time: they would read as announced ones.
        season: soon, now, late; `season_text` says it in a word.
        text: that nothing is known of a new one, and whether it would be.
    """

    name: str
    habit: str
    season: str
    season_text: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowView:
    """One application window.

    Attributes:
        name: what is applied for.
        period: from when until when, in one phrase.
        deadline: the sentence about what comes next, with the days until then; "" where there is none.
        badge: the days left in two or three words; "" where there are none to count.
        urgency: how the badge looks: now (two days or fewer), soon (a fortnight), later, ended.
        before: the period as it was told before; "" where it is new.
        is_baseline: `before` is the report's of January 2023.
        is_sure: False: shown as something to check, never as a fact.
    """

    name: str
    period: str
    deadline: str = ""
    badge: str = ""
    urgency: str = "later"
    before: str = ""
    is_baseline: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """One field of the region's status: what it was, what it is."""

    name: str
    before: str
    after: str
    is_baseline: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of changed text; `sign` is "+" for what came, "-" for what went, "" for what stands around."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class HandlingView:
    """Another handling of the same matter: where and when, and how it ended there."""

    text: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One thing to tell."""

    labels: tuple[Label, ...]
    title: str
    link: Link | None
    windows: tuple[WindowView, ...] = ()
    statuses: tuple[StatusView, ...] = ()
    phase_before: str = ""
    phase: str = ""
    step: str = ""  # what became of a meeting or an item, in a sentence; says more than the two phases
    title_before: str = ""
    where: str = ""  # organ, meeting, §
    matter: tuple[HandlingView, ...] = ()  # the other handlings of the same matter, oldest first
    quotes: tuple[str, ...] = ()
    diff: tuple[tuple[Piece, ...], ...] = ()  # one tuple of pieces for each changed place
    more_diff: str = ""
    sources: tuple[Link, ...] = ()
    noticed: str = ""
    why: str = ""
    is_sure: bool = True
    note: str = ""  # why it is not sure


@dataclass(frozen=True, slots=True)
class RegionView:
    """The entries of one region."""

    name: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Who gets a mail and why, and how to end that."""

    why: str
    manage: Link | None
    unsubscribe: Link | None
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """A whole digest."""

    lang: Language
    subject: str
    title: str
    made: str
    counts: str
    regions: tuple[RegionView, ...]
    coverage: tuple[str, ...]
    footer: Footer
    late: str = ""
    more: str = ""
    more_link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView:
    """The question whether somebody really wants the mail."""

    lang: Language
    subject: str
    title: str
    asked: str
    link: Link
    valid: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """One thing the operator should know: what, why, and what to do about it."""

    title: str
    state: str
    tone: str
    reason: str
    advice: str
    link: Link | None = None
    where: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorView:
    """All that the operator is told at once."""

    lang: Language
    subject: str
    title: str
    intro: str
    made: str
    notices: tuple[NoticeView, ...]
