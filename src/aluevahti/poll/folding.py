"""What a poll's documents do to the region's known windows and to its status."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aluevahti.model import (
    TURNED_DOWN,
    CallChange,
    DocKind,
    Document,
    Evidence,
    KnownWindow,
    Phase,
    Reading,
    StatusState,
    StatusUpdate,
    StatusValue,
)
from aluevahti.poll.answers import Read
from aluevahti.poll.ground import Ground
from aluevahti.poll.news import News
from aluevahti.rules import bounds, samecall, status, windows
from aluevahti.rules.windows import WINDOWS_FIELD


@dataclass(slots=True)
class Folding:
    """The region's windows and status as they come to be, document after document.

    Attributes:
        status: what is to be written of the status; `touched`: the places of windows that are to be written.
    """

    ground: Ground
    news: News
    status: list[StatusUpdate] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    known_status: dict[str, StatusValue] = field(init=False)
    known_windows: list[KnownWindow] = field(init=False)
    proposed: set[tuple[str, str]] = field(init=False)
    _first_tellings: dict[int, samecall.Telling] = field(default_factory=dict)  # place of a window -> who tells of it

    def __post_init__(self) -> None:
        self.known_status = dict(self.ground.status)
        self.known_windows = list(self.ground.windows)
        self.proposed = set(self.ground.proposed)

    def close(self) -> None:
        """Tell and state what only the end of a poll shows."""
        self._open_first()
        if self.touched:
            self._state_windows()

    @property
    def touched_windows(self) -> tuple[KnownWindow, ...]:
        """The windows that are to be written."""
        return tuple(self.known_windows[place] for place in sorted(self.touched))

    def take(self, read: Read, reading: Reading, *, silent: bool) -> None:
        """Fold one document; of a `silent` one nothing but its windows is told."""
        document = read.document
        row = None if read.known is None else read.known.id
        telling = self._telling_of(document, reading, row)
        if read.known is not None and read.known.reading is not None and document.meeting_on is None:
            said_before = read.known.reading.windows
            telling = replace(telling, edited_on=self.ground.today, said_before=said_before)
        folded = windows.fold_windows(
            self.known_windows,
            reading.windows,
            telling,
            self.ground.now,
            zone=self.ground.zone,
            withdrawals=self._withdrawals_known,
        )
        self.known_windows = list(folded.state)
        self.touched |= folded.touched
        self._tell_windows(folded, telling)
        facts = status.fold(
            self.known_status,
            reading.facts,
            status.Witness(
                region=self.ground.source.region,
                source=self.ground.source.id,
                title=document.title,
                url=document.url,
                key=document.key,
                document=row,
                organ=document.organ,
                meeting_on=document.meeting_on,
                section=document.section,
            ),
            self.ground.now,
            manual_review=self.ground.manual_review,
            proposed=self.proposed,
        )
        self.proposed |= {status.proposal_mark(one.field, one.value.value) for one in facts.updates if one.proposal}
        self.status += facts.updates
        self.known_status.update({one.field: one.value for one in facts.updates if not one.proposal})
        if not silent:
            self.news.add(facts.changes)

    def _telling_of(self, document: Document, reading: Reading, row: int | None) -> samecall.Telling:
        return samecall.Telling(
            region=self.ground.source.region,
            source=self.ground.source.id,
            title=document.title,
            url=document.url,
            key=document.key,
            document=row,
            told_on=document.meeting_on or document.published_on,  # minutes come out long after what they tell
            change=reading.change,
            of_known_call=reading.of_known_call,
            in_passing=reading.doc_kind is DocKind.MINUTES_ITEM,
            themes=reading.themes,
            sure=document.phase not in {Phase.CALLED, Phase.AGENDA},
            postponed=reading.postponed,
            months=reading.withdrawn_months,
            undecided=reading.undecided,
            turned_down=reading.decision is not None and reading.decision.outcome in TURNED_DOWN,
            types=reading.grant_types,
            withdrawn=reading.withdrawn,
            quote=reading.withdrawal or reading.quote,
            text=(document.text or "") if reading.change is CallChange.CANCELLED or reading.withdrawal else "",
        )

    def _withdrawals_known(self) -> list[samecall.Telling]:
        """The withdrawals that are stored: what a source tells late may have been withdrawn on another one."""
        return [
            self._telling_of(replace(one.document, text=self.ground.text_of(one.id)), one.reading, one.id)
            for one in self.ground.withdrawals()
            if one.reading is not None
        ]

    def _tell_windows(self, folded: windows.Folded, telling: samecall.Telling) -> None:
        """At a first check only what came of a window is told (`_open_first`), unless readers know it already."""
        if not self.ground.first:
            self.news.add(folded.changes)
            return
        told = zip(folded.told, folded.changes, strict=True)
        self.news.add(change for place, change in told if self._is_known_to_readers(place))
        for place in folded.touched:
            if place not in self._first_tellings or self.known_windows[place].url == telling.url:
                self._first_tellings[place] = telling

    def _open_first(self) -> None:
        """The windows that a first check found open or coming, each once and as it stands in the end."""
        for place, telling in sorted(self._first_tellings.items()):
            known = self.known_windows[place]
            worth = bounds.is_worth_telling(known.window, known.told_on, self.ground.now, self.ground.zone)
            if worth and not known.cancelled and not self._is_known_to_readers(place):
                self.news.add([windows.opened(known, telling, self.ground.now)])

    def _is_known_to_readers(self, place: int) -> bool:
        """Whether a window was known before this poll, or is one of several types that were told together before it."""
        told_at = self.known_windows[place].first_told_at
        return place < len(self.ground.windows) or (told_at is not None and told_at < self.ground.now)

    def _state_windows(self) -> None:
        """Bring the status up to date with the windows, or propose it; that is not told a second time."""
        value = windows.status_value(self.known_windows, self.ground.now)
        before = self.known_status.get(WINDOWS_FIELD)
        if before is not None and before.value == value:
            return
        if not value and (before is None or before.state is StatusState.BASELINE):
            return  # nothing has taken the place of what was known in January 2023
        waits = self.ground.manual_review or (before is not None and before.locked)
        if waits and status.proposal_mark(WINDOWS_FIELD, value) in self.proposed:
            return
        latest = self.known_windows[max(self.touched)]
        self.status.append(
            StatusUpdate(
                region=self.ground.source.region,
                field=WINDOWS_FIELD,
                value=StatusValue(
                    value=value,
                    state=StatusState.PROPOSED if waits else StatusState.AUTO,
                    since=latest.told_on or self.ground.today,
                    evidence=Evidence(quote=latest.window.quote or None, url=latest.url, document=latest.document),
                    as_of=latest.told_on,
                ),
                document_key=latest.document_key,
                proposal=waits,
                supersedes=waits,
            )
        )
