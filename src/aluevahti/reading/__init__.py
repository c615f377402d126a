"""Understanding a document: its kind, its region, what it announces, decides and says of the status.

`read` is the one door; the modules beside it each find one thing, and the YAML files hold their words.
Nothing here looks at the clock, the network or the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from aluevahti.model import (
    ANY_TYPE,
    TURNED_DOWN,
    CallChange,
    Decision,
    DocKind,
    Form,
    Language,
    Meeting,
    Outcome,
    Reading,
    Theme,
    Window,
)
from aluevahti.reading import decisions
from aluevahti.reading.among import followed_matter
from aluevahti.reading.amounts import sum_told
from aluevahti.reading.callnews import call_change, tells_of_a_known_call, title_tells_of_a_change, withdrawal
from aluevahti.reading.concerned import types_of_result, with_types_of
from aluevahti.reading.counterproposals import PUT_TO_ANOTHER, as_decided, is_put_to_another
from aluevahti.reading.grants import find_grant_types
from aluevahti.reading.kinds import AGAIN, Signs, grants_in_minutes, kind_of
from aluevahti.reading.language import language_of
from aluevahti.reading.lexicon import vocabulary
from aluevahti.reading.meetings import Head, find_head
from aluevahti.reading.owner import doubt_of_owner, is_a_regions_own, is_for_leisure_only, is_for_persons, is_of_ours
from aluevahti.reading.page import NOTHING, Page, Section, Sentence
from aluevahti.reading.places import region_of
from aluevahti.reading.proposals import proposes
from aluevahti.reading.published import published_in
from aluevahti.reading.relevance import is_relevant
from aluevahti.reading.saying import PROPOSED
from aluevahti.reading.status_facts import Ground, find_facts
from aluevahti.reading.subjects import subjects_of
from aluevahti.reading.themes import themes_of
from aluevahti.reading.titledheads import Titled, titled_head, without_head, without_letterhead
from aluevahti.reading.topics import Topics, find_topics, is_call_for_organisations, item_titles, topics_of_title
from aluevahti.reading.windows import end_moved_by, find_windows, is_opening_moved
from aluevahti.reading.withdrawn import MAY_CHANGE_CALLS, find_withdrawal, is_undecided
from aluevahti.text.dates import possible

__all__ = ["read"]

_MEETING_FORMS = frozenset({Form.MEETING, Form.ITEM})


def read(
    title: str,
    text: str,
    *,
    lang: Language | None = None,
    region: str | None = None,
    published_on: dt.date | None = None,
    organ: str | None = None,
    meeting_on: dt.date | None = None,
    section: int | None = None,
    form: Form | None = None,
    themes: Sequence[Theme] = (),
) -> Reading:
    """All that is understood of one document.

    Args:
        title: its title; "" takes the first line of the text.
        text: its visible text, one paragraph or row a line.
        lang, region, published_on: as known from elsewhere; None: read from the document.
        organ, meeting_on, section: of the meeting it belongs to, where its platform tells; they win over the text.
        form: what it is on its platform.
        themes: what its source is declared to be about; used where the text does not say.

    Returns:
        A Reading. What is not told is None or (); any text gives one, never an error.
    """
    page = without_letterhead(Page(title, text))
    titled = titled_head(page)
    if titled is not None:
        page = without_head(page, titled)
    page = as_decided(page)
    head = _head(page, titled, form, organ, meeting_on, section)
    return _Reader(page, lang, region, published_on, themes).read(head, whole=form is Form.MEETING)


def _head(
    page: Page,
    titled: Titled | None,
    form: Form | None,
    organ: str | None,
    meeting_on: dt.date | None,
    section: int | None,
) -> Head | None:
    """The head of minutes as the page tells it, completed and overruled by what the platform says."""
    found = None if form is Form.NEWS and titled is None else find_head(page, titled)
    if found is None and not (form in _MEETING_FORMS or (organ and meeting_on)):
        return None
    found = found or Head(None, None, None, agenda=False, start=0, end=len(page.text))
    return replace(
        found,
        organ=organ.lower() if organ else found.organ,
        held_on=meeting_on or found.held_on,
        section=section if section is not None else found.section,
    )


class _Reader:
    """Puts one document's findings together, each step on the ones before."""

    def __init__(
        self,
        page: Page,
        lang: Language | None,
        region: str | None,
        published_on: dt.date | None,
        themes: Sequence[Theme],
    ) -> None:
        self.page = page
        self.lang = lang or language_of(page.text)
        self.region = region or region_of(page.title, page.body)
        self.given_region = region
        self.published_on = possible(published_on) or published_in(page)
        self.themes = themes

    def read(self, head: Head | None, *, whole: bool) -> Reading:
        """The reading; `whole`: it may be the paper of a whole meeting, all its items in one."""
        page, minutes = self.page, head is not None
        dated_on = self.published_on or (possible(head.held_on) if head else None)
        grant_types = find_grant_types(page.text, self.lang)
        told = self._told(head)
        topics = find_topics(page, told.sentence if told else None)
        windows = self._announced(topics, grant_types, dated_on, minutes=minutes)
        kind, change, known_call = self._kind(windows, topics, told, dated_on, minutes=minutes)
        outcome = told.decision.outcome if told else None
        passed_on = minutes and is_put_to_another(page, told.decision.by if told else None)
        result = kind is DocKind.GRANT_RESULT or (minutes and grants_in_minutes(page, topics, outcome))
        of_ours = is_of_ours(page, topics, self.region, self.lang, minutes=minutes, given=self.given_region is not None)
        matters = page.headline if minutes else told.sentence if told and told.sentence else NOTHING
        relevant = is_relevant(
            topics,
            of_ours=of_ours,
            has_window=bool(windows) or kind is DocKind.GRANT_CALL_CHANGE,
            settles=any(subject.field for subject in subjects_of(matters)),
            applied_for=page.headline.says("kinds.call"),
            to_organisations=self._names_organisations() or any(t != ANY_TYPE for t in grant_types),
            plainly=any(is_call_for_organisations(window.quote) for window in windows if window.sure),
        )
        item = self._item_that_matters() if whole else None
        if not (minutes or relevant or topics.any_in_title({"opinion", "vacancy"})):
            relevant = followed_matter(page) is not None
        if item is not None:
            topics = replace(topics, title=topics.title | topics_of_title(item).title)
        reading = self._reading(
            kind=kind, relevant=(relevant or item is not None) and of_ours and self._is_for_organisations_here(topics, minutes=minutes),
            of_ours=of_ours, topics=topics, told=told, dated_on=dated_on, windows=windows, grant_types=grant_types,
            change=CallChange.RESULT if result else change, head=head, item=item, passed_on=passed_on,
        )  # fmt: skip
        withdrawal = find_withdrawal(page, reading, minutes=minutes)
        return replace(
            reading,
            facts=tuple(fact for fact in reading.facts if not withdrawal.is_of(fact)),
            of_known_call=known_call and reading.doc_kind in MAY_CHANGE_CALLS,
            withdrawn=withdrawal.types,
            withdrawal=withdrawal.sentence,
            postponed=withdrawal.postponed,
            withdrawn_months=withdrawal.months,
            undecided=minutes and (passed_on or is_undecided(page, outcome)),
        )

    def _announced(
        self, topics: Topics, grant_types: Sequence[str], dated_on: dt.date | None, *, minutes: bool
    ) -> tuple[Window, ...]:
        """The windows of a text that speaks of grants at all."""
        page = self.page
        if not ("grants" in topics.title or topics.body["grants"] or topics.far) or _is_of_other_things(topics):
            return ()  # members, staff or contractors are sought, not applications for money
        windows = find_windows(page.title, page.body, lang=self.lang, published_on=dated_on, grant_types=grant_types)
        if not minutes and proposes(page.title):  # the model proposed has endless calls, nobody yet
            return tuple(w for w in windows if w.opens or w.closes)
        return windows

    def _kind(
        self,
        windows: Sequence[Window],
        topics: Topics,
        told: decisions.Told | None,
        dated_on: dt.date | None,
        *,
        minutes: bool,
    ) -> tuple[DocKind, CallChange | None, bool]:
        """The kind, what becomes of a call, and whether that call was announced before."""
        page = self.page
        moved_by = end_moved_by(page.title, page.body, lang=self.lang, published_on=dated_on) if windows else None
        moved = moved_by is not None or (bool(windows) and is_opening_moved(page.title, page.body, lang=self.lang))
        change = call_change(page.title, page.body, windows)
        if moved and change is CallChange.NEW:
            change = CallChange.EXTENDED if moved_by and moved_by > dt.timedelta() else None
        known_call = moved or tells_of_a_known_call(page.title, page.body)
        kind = kind_of(
            Signs(
                page=page,
                topics=topics,
                minutes=minutes,
                told=told,
                change=change,
                known_call=known_call,
                moved=moved,
                known_in_lead=any(title_tells_of_a_change(s.text) for s in page.content[:2]),
                announced=[w.quote for w in windows],
            )
        )
        if kind is DocKind.DECISION_NEWS and change in AGAIN:
            change = None  # the decision is the news, what becomes of a call one of its consequences
        if kind is DocKind.GRANT_CALL and change is None:
            change = CallChange.NEW  # a call without a day yet
        return kind, change, known_call

    def _is_for_organisations_here(self, topics: Topics, *, minutes: bool) -> bool:
        """Whether it is not a town's plan for its own people, its grants for culture and sport, or money for persons."""
        page, given = self.page, self.given_region is not None
        of_grants = bool("grants" in topics.title or topics.body["grants"])
        if not (minutes or of_grants or given or is_a_regions_own(page, self.region)):
            return False
        return not (of_grants and is_for_leisure_only(page, self.region, given=given)) and not is_for_persons(page)

    def _item_that_matters(self) -> Sentence | None:
        """The first item of a whole meeting's paper that would be news by its title alone."""
        for title in item_titles(self.page):
            settles = any(subject.field for subject in subjects_of(title))
            named = any(word in title.lower for word in vocabulary("grants")["recipients"])
            if is_relevant(
                topics_of_title(title),
                of_ours=True,
                has_window=False,
                settles=settles,
                applied_for=False,
                to_organisations=named,
            ):
                return title
        return None

    def _told(self, head: Head | None) -> decisions.Told | None:
        if head is not None:
            return decisions.in_minutes(self.page, head, formality=self.page.headline.says("topics.formality"))
        return decisions.in_news(self.page, self.lang, self.published_on)

    def _names_organisations(self) -> bool:
        return any(word in self.page.lower for word in vocabulary("grants")["recipients"])

    def _reading(
        self,
        *,
        kind: DocKind,
        relevant: bool,
        of_ours: bool,
        topics: Topics,
        told: decisions.Told | None,
        dated_on: dt.date | None,
        windows: tuple[Window, ...],
        grant_types: tuple[str, ...],
        change: CallChange | None,
        head: Head | None,
        item: Sentence | None,
        passed_on: bool,
    ) -> Reading:
        if not relevant:
            return self._irrelevant(kind, told, head, of_ours=of_ours)
        decision, meeting = self._decision(kind, told, head)
        subjects = subjects_of(told.sentence) if told and told.sentence and head is None else ()
        spoken = "grants" in topics.title or topics.lead["grants"] or topics.decided["grants"]
        about_grants = kind in _GRANT_NEWS or bool(windows) or (change is not None and bool(spoken))
        owner_doubt = doubt_of_owner(self.page, self.region, given=self.given_region is not None)
        one_item = meeting is not None and meeting.section is not None
        shown = self._windows(windows, decision, kind, owner_doubt=owner_doubt, one_item=one_item, passed_on=passed_on)
        if windows and not shown and change is CallChange.NEW:
            change = None  # the call was proposed and put off
        amount = sum_told(self.page, self.lang)
        found_themes = themes_of(
            topics, about_grants=about_grants, grant_news=kind in _GRANT_NEWS, subjects=subjects, told=self.themes
        )
        in_grants = Theme.GRANTS in found_themes
        if change in {CallChange.RESULT, CallChange.CANCELLED} or kind is DocKind.MINUTES_ITEM:
            grant_types = self._types_of_result(grant_types, shown, kind, told)
        grant_types = with_types_of(shown, grant_types)
        if not grant_types and about_grants and (shown or kind is not DocKind.MINUTES_ITEM):
            grant_types = (ANY_TYPE,)  # whom the money is for may go without saying
        facts = find_facts(
            Ground(
                page=self.page, kind=kind, told=told if decision else None,
                as_of=(decision.decided_on if decision else None) or dated_on, grant_types=grant_types,
                amount=amount, is_result=change is CallChange.RESULT, about_grants=in_grants, owner_doubt=owner_doubt or (PUT_TO_ANOTHER if passed_on else None),
            )
        )  # fmt: skip
        return Reading(
            doc_kind=kind, lang=self.lang, region=self.region, is_relevant=True, themes=found_themes,
            change=change if in_grants else None, windows=shown, grant_types=grant_types if in_grants else (),
            amount_eur=amount if in_grants else None, meeting=meeting, decision=decision,
            facts=facts if self.region else (), quote=self._quote(shown, told if decision else None, item, change),
        )  # fmt: skip

    def _irrelevant(self, kind: DocKind, told: decisions.Told | None, head: Head | None, *, of_ours: bool) -> Reading:
        """Of what is no news only what it is, and what was decided where; of somebody else's not even that."""
        nothing = Reading(doc_kind=DocKind.OTHER, lang=self.lang, region=self.region, is_relevant=False)
        if head is None and not of_ours:
            return nothing
        if kind not in {DocKind.MINUTES_ITEM, DocKind.DECISION_NEWS}:
            kind = DocKind.OTHER
        decision, meeting = self._decision(kind, told, head)
        return replace(nothing, doc_kind=kind, decision=decision, meeting=meeting)

    def _types_of_result(
        self, named: tuple[str, ...], windows: Sequence[Window], kind: DocKind, told: decisions.Told | None
    ) -> tuple[str, ...]:
        """The types of the grants that were given, withdrawn or handled, and of those that are announced beside them."""
        announced = {one for window in windows for one in find_grant_types(window.quote, self.lang)}
        of_result = types_of_result(self.page, named, self.lang, kind=kind, told=told, called_for=announced)
        return tuple(one for one in named if one in of_result or one in announced)

    def _decision(
        self, kind: DocKind, told: decisions.Told | None, head: Head | None
    ) -> tuple[Decision | None, Meeting | None]:
        if head is not None:
            own = Meeting(organ=head.organ, held_on=head.held_on, section=head.section)
            meeting = (told.meeting if told else None) or own
            known = meeting.organ or meeting.held_on or meeting.section is not None
            return (told.decision if told else None), (meeting if known else None)
        if told is None or kind is DocKind.OTHER:
            titled = decisions.meeting_in_title(self.page, self.published_on)
            return (None if told else decisions.listed_in_title(self.page, titled)), titled
        if kind in {DocKind.GRANT_CALL, DocKind.GRANT_CALL_CHANGE} and told.meeting is None:
            return None, None  # a budget or a principle that the call mentions
        if told.meeting is None and kind is DocKind.DECISION_NEWS:
            titled = decisions.meeting_in_title(self.page, self.published_on)
            its_own = titled is not None and titled.organ == told.decision.by
            return replace(told.decision, decided_on=titled.held_on) if titled and its_own else told.decision, titled
        return told.decision, told.meeting

    def _windows(
        self,
        windows: tuple[Window, ...],
        decision: Decision | None,
        kind: DocKind,
        *,
        owner_doubt: str | None,
        one_item: bool,
        passed_on: bool,
    ) -> tuple[Window, ...]:
        if kind is DocKind.MINUTES_ITEM and decision is not None:
            if decision.outcome in TURNED_DOWN:
                return ()
            if decision.outcome is None or passed_on:
                return tuple(_doubted(w, PROPOSED) for w in windows)
            if decision.outcome is Outcome.APPROVED and one_item:
                windows = tuple(_decided(w) for w in windows)
        return tuple(_doubted(w, owner_doubt) for w in windows) if owner_doubt else windows

    def _quote(
        self, windows: tuple[Window, ...], told: decisions.Told | None, item: Sentence | None, change: CallChange | None
    ) -> str:
        """The sentence that best says why the document matters."""
        if change is CallChange.CANCELLED and (withdraws := withdrawal(self.page.title, self.page.body)):
            return withdraws
        for window in windows:
            if window.quote:
                return window.quote
        if told is not None and told.sentence is not None and len(told.sentence.text) > 25:
            return told.sentence.text
        if item is not None:
            return item.text
        said = [s for s in self.page.content if s.section in {Section.PROPOSAL, Section.DECISION} and len(s.text) > 25]
        whole = [s for s in said if s.text.endswith((".", "!", "?", ":", ";"))]  # not the line that names the presenter
        prose = [s for s in self.page.content if s.section is not Section.TITLE and len(s.text) > 60]
        return next((s.text for s in (*whole, *said, *prose, *self.page.sentences)), "")


def _is_of_other_things(topics: Topics) -> bool:
    """Whether the title tells of a post or a purchase and not of grants."""
    return "grants" not in topics.title and topics.any_in_title({"vacancy", "procurement"})


_GRANT_NEWS = frozenset({DocKind.GRANT_CALL, DocKind.GRANT_CALL_CHANGE, DocKind.GRANT_RESULT})


def _decided(window: Window) -> Window:
    """A proposed window whose item was approved, in whatever words."""
    doubts = [doubt for doubt in (window.doubt or "").split("; ") if doubt not in {"", PROPOSED}]
    return replace(window, sure=not doubts, doubt="; ".join(doubts) or None)


def _doubted(window: Window, doubt: str) -> Window:
    return replace(window, sure=False, doubt=f"{window.doubt}; {doubt}" if window.doubt else doubt)
