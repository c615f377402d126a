"""What a poll means: from what was gathered and what is known to the one outcome that is stored.

Pure but for two questions to the state, which are passed in as functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from aluevahti.model import (
    CallChange,
    Change,
    ChangeKind,
    Document,
    DocumentUpdate,
    Evidence,
    Form,
    HttpRecord,
    Json,
    KnownDocument,
    KnownWindow,
    Outcome,
    Phase,
    Reading,
    Snapshot,
    Source,
    SourceHealth,
    StatusState,
    StatusUpdate,
    StatusValue,
)
from aluevahti.poll.answers import Gathered, Read
from aluevahti.poll.gathering import text_mark
from aluevahti.rules import edits, identity, loss, noise, reread, retention, status, twins, windows
from aluevahti.text.lemmas import lemmas_of
from aluevahti.text.stable import normalise_title, stable

SHRUNKEN = 0.25
"""A standing page that keeps less than this share of its text is rather broken than edited."""

WINDOWS_FIELD = "grant_windows"
"""The field of the status that is derived from the known windows."""

_TURNED_DOWN = frozenset({Outcome.RETURNED, Outcome.TABLED, Outcome.REJECTED})
"""Outcomes by which a proposal has come to nothing, so far at least."""

RELATIVES_FOR = dt.timedelta(days=45)
"""How far back other documents of a region are looked at for telling the same."""

LONG_ENOUGH = 400
"""Characters below which a page is too short to speak of shrinking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the state knows before a poll is judged.

    Attributes:
        known: every document known of the source.
        others: gives the documents known of the region's other sources and of this one.
        text_of: the newest text of a document by its row id; None where it has none.
        status: the region's status, field by field.
        windows: the region's windows.
        proposed: what of the region's status waits for a person (`status.proposal_mark`).
    """

    source: Source
    health: SourceHealth
    now: dt.datetime
    zone: ZoneInfo
    lookback: dt.timedelta
    known: Sequence[KnownDocument]
    others: Callable[[], Sequence[KnownDocument]]
    text_of: Callable[[int], str | None]
    status: Mapping[str, StatusValue]
    windows: Sequence[KnownWindow]
    manual_review: bool = False
    proposed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a poll's documents come to, before the source's own health is judged.

    `suspicion` is set where the listing looks broken: then nothing else is.
    """

    documents: tuple[DocumentUpdate, ...] = ()
    status: tuple[StatusUpdate, ...] = ()
    windows: tuple[KnownWindow, ...] = ()
    changes: tuple[Change, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    http: tuple[HttpRecord, ...] = ()
    backlog: int = 0
    suspicion: str | None = None
    mark: str | None = None
    quarantine_count: int = 0


def judge(gathered: Gathered, ground: Ground) -> Verdict:
    """Decide what a poll's documents mean."""
    return _Judgement(gathered, ground).verdict()


def lookback_from(health: SourceHealth, now: dt.datetime, lookback: dt.timedelta, zone: ZoneInfo) -> dt.date:
    """The day before which documents of a source become known without being told or read."""
    return health.lookback_from or (now.astimezone(zone) - lookback).date()


@dataclass(slots=True)
class _Judgement:
    gathered: Gathered
    ground: Ground
    documents: list[DocumentUpdate] = field(default_factory=list)
    status: list[StatusUpdate] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    known_status: dict[str, StatusValue] = field(default_factory=dict)
    known_windows: list[KnownWindow] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    backlog: int = 0
    relatives: Sequence[KnownDocument] | None = None
    proposed: set[tuple[str, str]] = field(default_factory=set)
    _fresh: list[KnownDocument] = field(default_factory=list)
    _first_tellings: dict[int, windows.Telling] = field(default_factory=dict)  # place of a window -> who tells of it
    _meetings_told: dict[int, str] = field(default_factory=dict)  # place in `changes` -> the meeting's key
    _item_told_of: set[str] = field(default_factory=set)  # keys of meetings one of whose items tells what matters

    @property
    def first(self) -> bool:
        return self.ground.health.first_read_at is None

    @property
    def lookback_from(self) -> dt.date:
        ground = self.ground
        return lookback_from(ground.health, ground.now, ground.lookback, ground.zone)

    def verdict(self) -> Verdict:
        suspicion, mark = self._suspicion()
        count = 0
        if suspicion is not None and mark is not None:
            believed, count = loss.quarantine(self.ground.health, mark)
            if not believed:
                return Verdict(suspicion=suspicion, mark=mark, quarantine_count=count)
        self.known_status = dict(self.ground.status)
        self.known_windows = list(self.ground.windows)
        self.proposed = set(self.ground.proposed)
        for read in self._in_order():
            self._take(read)
        if self.gathered.looked:
            self._take_missing(believed_loss=suspicion is not None)
        self._open_first()
        if self.touched:
            self._state_windows()
        return Verdict(
            documents=tuple(self.documents),
            status=tuple(self.status),
            windows=tuple(self.known_windows[place] for place in sorted(self.touched)),
            changes=self._changes(),
            snapshots=self._snapshots(),
            http=self._http(),
            backlog=self.backlog + self.gathered.unfollowed,
        )

    def _changes(self) -> tuple[Change, ...]:
        """What there is to tell; a meeting's page that sums up its items is no news beside them."""
        return tuple(
            replace(change, relevant=False) if self._meetings_told.get(place) in self._item_told_of else change
            for place, change in enumerate(self.changes)
        )

    # --- is it to be believed? -------------------------------------------------------------------

    def _suspicion(self) -> tuple[str | None, str | None]:
        gathered = self.gathered
        if self.first or not gathered.looked or gathered.troubles:
            return None, None
        listed = [read for read in gathered.reads if read.position is not None]
        shown = self._expected({read.known.id for read in listed if read.known is not None})
        matched = sum(read.known is not None and read.known in shown for read in listed)
        usual = self.ground.health.usual_items
        why = loss.mass_loss(shown, matched, len(listed), windowed=gathered.windowed, usual_items=usual)
        if why is not None:
            return why, loss.fingerprint([read.document for read in listed])
        return self._shrunken_page()

    def _expected(self, listed: set[int]) -> tuple[KnownDocument, ...]:
        """What the list showed before, without what may have left it by law."""
        ground = self.ground
        return tuple(
            known
            for known in loss.present(ground.known)
            if known.id in listed or not retention.may_leave(known, ground.now, zone=ground.zone)
        )

    def _shrunken_page(self) -> tuple[str | None, str | None]:
        for read in self.gathered.reads:
            if read.known is None or read.document.form is not Form.PAGE or read.document.text is None:
                continue
            old = self.ground.text_of(read.known.id) or ""
            if len(old) >= LONG_ENOUGH and len(read.document.text) < len(old) * SHRUNKEN:
                kept = round(100 * len(read.document.text) / len(old))
                return f"the page kept only {kept} % of its text", text_mark(read.document.text)
        return None, None

    # --- documents -------------------------------------------------------------------------------

    def _in_order(self) -> list[Read]:
        """Oldest first, so that a day's documents build on each other as they were published."""
        reads = list(enumerate(self.gathered.reads))
        far = dt.date.max
        return [read for _, read in sorted(reads, key=lambda one: (reread.day_of(one[1].document) or far, -one[0]))]

    def _take(self, read: Read) -> None:
        if read.known is None:
            self._take_new(read)
        else:
            self._take_known(read, read.known)

    def _take_new(self, read: Read) -> None:
        document = read.document
        old = reread.is_old(document, self.lookback_from)
        if self._comes_later(read) and not (self.first or old):
            self.backlog += 1  # unknown until it can be read, so that it is told with its text
            return
        if read.postponed or self._comes_later(read):
            self.backlog += 1
        silent = self.first or old
        reading = self._understand(document) if not (old and document.text is None) else None
        twin = self._twin(document, reading)
        self._record(read, reading, silent=silent, twin=twin)
        if reading is None:
            return
        self._fresh.append(_as_known(self.ground, document, reading, -1 - len(self._fresh)))
        self._fold(read, reading, silent=silent)
        if not silent and twin is None:
            self._tell(ChangeKind.DOCUMENT_NEW, read, reading, before=None)

    def _take_known(self, read: Read, known: KnownDocument) -> None:
        if read.postponed or self._comes_later(read):
            self.backlog += 1
        phase = identity.phase_after(known.document.phase, read.document.phase)
        text = None if read.failed is not None or self._is_another_page(read, known) else read.document.text
        read = replace(read, document=replace(_remembered(read.document, known), phase=phase, text=text))
        old_text = self.ground.text_of(known.id) if read.document.text is not None else None
        new_text = self._is_new_text(read, known, old_text)
        moved_on = phase is not known.document.phase
        renamed = normalise_title(known.document.title) != normalise_title(read.document.title)
        first_text = known.text_sha256 is None and read.document.text is not None
        came_back = read.position is not None and loss.was_told_as_removed(known)
        if not (new_text or moved_on or renamed or came_back):
            self._record(read, None, silent=known.silent, keep=True)
            return
        text = read.document.text if new_text else self.ground.text_of(known.id)
        reading = (
            self._understand_edit(read, old_text, text) if new_text else self._understand(read.document, text=text)
        )
        self._record(read, reading, silent=known.silent, keep=not new_text)
        if new_text or moved_on:
            self._fold(read, reading, silent=self.first)
        told = (
            not self.first
            and not (first_text and known.silent)
            and not self._told_elsewhere(read, known, moved_on=moved_on)
        )
        if told and came_back:
            self._tell(ChangeKind.DOCUMENT_NEW, read, reading, before=None)
        elif told:
            before = {"phase": known.document.phase, "title": known.document.title}
            redacted = not (moved_on or renamed) and self._is_redaction(read, known, reading, old_text)
            self._tell(ChangeKind.DOCUMENT_REVISED, read, reading, before=before, old_text=old_text, redacted=redacted)

    def _is_another_page(self, read: Read, known: KnownDocument) -> bool:
        """Whether a page that kept nothing of its document came while its list could not be read: a site that is not
        itself answers every address alike, and neither that nor its return is news."""
        if read.document.text is None or self.gathered.looked or not self.gathered.troubles:
            return False
        texts = self.ground.text_of(known.id) or "", read.document.text
        old, new = (set(filter(None, stable(text).splitlines())) for text in texts)
        return bool(old) and old.isdisjoint(new)

    def _is_redaction(self, read: Read, known: KnownDocument, reading: Reading, old_text: str | None) -> bool:
        document, today = read.document, self.ground.now.astimezone(self.ground.zone).date()
        if old_text is None or document.text is None:
            return False
        return retention.is_redaction(document, old_text, document.text, (known.reading, reading), today)

    def _comes_later(self, read: Read) -> bool:
        """Whether a page that could not be read today is worth waiting for before it is told."""
        if read.postponed and read.known is None and not read.tried:
            return True
        patient = self.ground.health.bad_checks < 2
        return read.failed is not None and not read.failed.lasting and patient

    def _is_new_text(self, read: Read, known: KnownDocument, old_text: str | None) -> bool:
        text = read.document.text
        if text is None or text_mark(text) == known.text_sha256:
            return False
        if old_text is None:
            return True
        old, new = stable(old_text), stable(text)
        day = read.document.published_on or known.document.published_on
        if read.document.form is not Form.PAGE and noise.is_only_frame(old, new, known.document.title, day):
            return False
        return not noise.is_only_noise(old, new, read.volatile)

    def _understand_edit(self, read: Read, old_text: str | None, text: str | None) -> Reading:
        """A standing page has no date; what an edit brought is read as written today."""
        document = read.document
        reading = self._understand(document, text=text)
        if document.form is not Form.PAGE or document.published_on is not None or old_text is None or text is None:
            return reading
        today = self.ground.now.astimezone(self.ground.zone).date()
        dated = self._understand(replace(document, published_on=today), text=text)
        return edits.of_edit(reading, dated, noise.fresh_lines(stable(old_text), stable(text), read.volatile))

    def _understand(self, document: Document, *, text: str | None = None) -> Reading:
        from aluevahti.reading import read as understand  # noqa: PLC0415 - most passes need no vocabularies

        body = text if text is not None else document.text
        return understand(
            document.title,
            body or "",
            lang=document.lang or self.ground.source.lang,
            region=self.ground.source.region,
            published_on=document.published_on,
            organ=document.organ,
            meeting_on=document.meeting_on,
            section=document.section,
            form=document.form,
            themes=self.ground.source.themes,
        )

    def _record(
        self,
        read: Read,
        reading: Reading | None,
        *,
        silent: bool,
        twin: KnownDocument | None = None,
        keep: bool = False,
    ) -> None:
        """Write down a document; `keep` leaves its text version as it is."""
        document, known = read.document, read.known
        text = None if keep else document.text
        gone = read.position is None and known is not None and known.missing_count > 0
        done = read.tried and not read.postponed and (read.failed is None or read.failed.lasting)
        self.documents.append(
            DocumentUpdate(
                id=None if known is None else known.id,
                known=replace(_remembered(document, known), text=None, files=()),
                position=read.position if read.position is not None else (known.position if known else None),
                seen=known is None or read.position is not None or read.parent is not None,
                read=done or (document.text is not None and read.failed is None and not read.postponed),
                text=text,
                text_sha256=None if text is None else text_mark(text),
                reading=reading,
                snapshot_sha256=self._snapshot_of(read),
                missing_count=known.missing_count if gone and known else 0,
                missing_since=known.missing_since if gone and known else None,
                silent=silent,
                twin_of=known.twin_of if known else twin.id if twin is not None and twin.id > 0 else None,
                twin_key=twin.document.key if twin is not None and twin.id < 0 else None,
                listed=read.position is not None,
                lemmas=self._lemmas(document, known, text, reading),
            )
        )

    def _lemmas(
        self, document: Document, known: KnownDocument | None, text: str | None, reading: Reading | None
    ) -> str | None:
        """What the search finds a document by beside its words; None where that stays as it was."""
        if text is not None or known is None:
            return lemmas_of(document, reading, text or "")
        if known.document.title == document.title:
            return None
        return lemmas_of(document, reading or known.reading, self.ground.text_of(known.id) or "")

    def _snapshot_of(self, read: Read) -> str | None:
        if read.answer is not None:
            return read.answer.snapshot.sha256
        if read.document.text is None or not self.gathered.answers:
            return None
        return self.gathered.answers[0].snapshot.sha256

    # --- what it means ---------------------------------------------------------------------------

    def _fold(self, read: Read, reading: Reading, *, silent: bool) -> None:
        document = read.document
        row = None if read.known is None else read.known.id
        telling = windows.Telling(
            region=self.ground.source.region,
            source=self.ground.source.id,
            title=document.title,
            url=document.url,
            key=document.key,
            document=row,
            told_on=reread.day_of(document),
            change=reading.change,
            themes=reading.themes,
            sure=document.phase not in {Phase.CALLED, Phase.AGENDA},
            turned_down=reading.decision is not None and reading.decision.outcome in _TURNED_DOWN,
            types=reading.grant_types,
            text=(document.text or "") if reading.change is CallChange.CANCELLED else "",
        )
        folded = windows.fold_windows(
            self.known_windows, reading.windows, telling, self.ground.now, zone=self.ground.zone
        )
        self.known_windows = list(folded.state)
        self.touched |= folded.touched
        self._tell_windows(folded, telling)
        facts = status.fold(
            self.known_status,
            reading.facts,
            status.Source(
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
            self.changes += facts.changes

    def _tell_windows(self, folded: windows.Folded, telling: windows.Telling) -> None:
        """At a first check only what came of a window is told (`_open_first`), unless readers know it already."""
        if not self.first:
            self.changes += folded.changes
            return
        self.changes += [change for change in folded.changes if change.window is not None]
        for place in folded.touched:
            if place not in self._first_tellings or self.known_windows[place].url == telling.url:
                self._first_tellings[place] = telling

    def _open_first(self) -> None:
        """The windows that a first check found open or coming, each once and as it stands in the end."""
        for place, telling in sorted(self._first_tellings.items()):
            known = self.known_windows[place]
            is_over = known.cancelled or windows.is_over(known.window, self.ground.now, self.ground.zone)
            if place >= len(self.ground.windows) and not is_over:
                self.changes.append(windows.opened(known, telling, self.ground.now))

    def _state_windows(self) -> None:
        """Bring the status up to date with the windows; that is not told a second time."""
        value = windows.status_value(self.known_windows, self.ground.now)
        before = self.known_status.get(WINDOWS_FIELD)
        if not value or (before is not None and (before.locked or before.value == value)):
            return
        latest = self.known_windows[max(self.touched)]
        self.status.append(
            StatusUpdate(
                region=self.ground.source.region,
                field=WINDOWS_FIELD,
                value=StatusValue(
                    value=value,
                    state=StatusState.AUTO,
                    since=latest.told_on or self.ground.now.astimezone(self.ground.zone).date(),
                    evidence=Evidence(quote=latest.window.quote or None, url=latest.url, document=latest.document),
                    as_of=latest.told_on,
                ),
                document_key=latest.document_key,
            )
        )

    # --- telling ---------------------------------------------------------------------------------

    def _tell(
        self,
        kind: ChangeKind,
        read: Read,
        reading: Reading,
        *,
        before: Json,
        old_text: str | None = None,
        redacted: bool = False,
    ) -> None:
        document = read.document
        quote = reading.quote
        if old_text is not None and document.text is not None:
            fresh = noise.fresh_lines(stable(old_text), stable(document.text), read.volatile)
            quote = next((line for line in fresh if line in reading.quote or reading.quote in line), None) or (
                fresh[0] if fresh and document.form is Form.PAGE else quote
            )
        self.changes.append(
            Change(
                kind=kind,
                region=self.ground.source.region,
                source=self.ground.source.id,
                detected_at=self.ground.now,
                title=document.title,
                url=document.url,
                relevant=reading.is_relevant and not redacted,
                themes=reading.themes,
                document=None if read.known is None else read.known.id,
                document_key=document.key,
                organ=document.organ,
                meeting_on=document.meeting_on,
                section=document.section,
                before=before,
                after={"phase": document.phase, "title": document.title},
                evidence=Evidence(quote=quote or None, url=document.url),
            )
        )
        if document.form is Form.MEETING:
            self._meetings_told[len(self.changes) - 1] = document.key
        elif document.form is Form.ITEM and document.meeting_key and self.changes[-1].relevant:
            self._item_told_of.add(document.meeting_key)

    def _relatives(self) -> Sequence[KnownDocument]:
        if self.relatives is None:
            self.relatives = self.ground.others()
        return self.relatives

    def _twin(self, document: Document, reading: Reading | None) -> KnownDocument | None:
        """The document that already tells the same, one of this very poll included (its id is negative)."""
        others = [*self._relatives(), *self._fresh]
        return twins.find_twin(document, reading, others, self._text_of, source=self.ground.source.id)

    def _text_of(self, row: int) -> str | None:
        return self.ground.text_of(row) if row > 0 else self._fresh[-1 - row].document.text

    def _told_elsewhere(self, read: Read, known: KnownDocument, *, moved_on: bool) -> bool:
        """Whether a relative tells this revision: the first one to reach a phase, else the first document."""
        root = known.twin_of or known.id
        if not moved_on:
            return known.twin_of is not None
        return any(
            other.id != known.id
            and (other.twin_of or other.id) == root
            and identity.phase_rank(other.document.phase) >= identity.phase_rank(read.document.phase)
            for other in self._relatives()
        )

    # --- what is no longer there -----------------------------------------------------------------

    def _take_missing(self, *, believed_loss: bool) -> None:
        shown = [read.known for read in self.gathered.reads if read.known is not None and read.position is not None]
        last = loss.last_listing_at(self.ground.known)
        for known in self.gathered.missing:
            if known.removed_at is not None:
                continue
            if believed_loss:
                self._leave(known)
            elif self.gathered.complete and loss.counts_as_missing(known, shown, last):
                self._miss(known)

    def _leave(self, known: KnownDocument) -> None:
        """The whole list became another one: what is no longer on it has left, which is not told."""
        self.documents.append(replace(self._taken_back(known), removed_at=self.ground.now))

    def _miss(self, known: KnownDocument) -> None:
        count, since, removed = loss.absence(known, self.ground.now)
        self.documents.append(
            replace(
                self._taken_back(known),
                missing_count=count,
                missing_since=since,
                removed_at=self.ground.now if removed else None,
            )
        )
        if removed and known.twin_of is None:
            self._tell_removed(known, since)

    def _taken_back(self, known: KnownDocument) -> DocumentUpdate:
        """What is to be written of a document that its list lacks: its own page may have been read all the same."""
        place = next((place for place, update in enumerate(self.documents) if update.id == known.id), None)
        return _kept(known) if place is None else replace(self.documents.pop(place), seen=False)

    def _tell_removed(self, known: KnownDocument, since: dt.datetime) -> None:
        """What left the net after its time is written down, but no news for readers."""
        document = known.document
        # whose time nobody knows is told: better a removal too many than one that mattered untold
        is_news = retention.departure(known, since, zone=self.ground.zone) is not retention.Departure.AFTER_ITS_TIME
        self.changes.append(
            Change(
                kind=ChangeKind.DOCUMENT_REMOVED,
                region=known.region,
                source=known.source,
                detected_at=self.ground.now,
                title=document.title,
                url=document.url,
                relevant=is_news and known.reading is not None and known.reading.is_relevant,
                themes=known.reading.themes if known.reading else (),
                document=known.id,
                document_key=document.key,
                organ=document.organ,
                meeting_on=document.meeting_on,
                section=document.section,
                before={"phase": document.phase, "title": document.title},
                evidence=Evidence(quote=None, url=document.url, document=known.id),
            )
        )

    # --- what is kept of the answers -------------------------------------------------------------

    def _snapshots(self) -> tuple[Snapshot, ...]:
        needed = {update.snapshot_sha256 for update in self.documents if update.text is not None}
        lists = [answer for answer in self.gathered.answers if not answer.unchanged]
        kept = {
            answer.snapshot.sha256: answer.snapshot
            for answer in self.gathered.answers
            if answer.snapshot.sha256 in needed
        }
        kept |= {answer.snapshot.sha256: answer.snapshot for answer in lists}
        return tuple(kept.values())

    def _http(self) -> tuple[HttpRecord, ...]:
        """Validators and comparisons, only of answers that were read to the end.

        While a document is missing the list is not remembered: it must be read again, unchanged or
        not, until the document counts as removed or is back.
        """
        if any(update.missing_count and update.removed_at is None for update in self.documents):
            return ()
        return tuple(
            HttpRecord(
                url=answer.request.url,
                validators=answer.validators,
                sha256=answer.snapshot.sha256,
                core=answer.core,
                checked_at=self.ground.now,
            )
            for answer in self.gathered.answers
        )


def _remembered(document: Document, known: KnownDocument | None) -> Document:
    """A sighting completed by what is known: a list that is silent about a phase or a day does not undo it."""
    if known is None:
        return document
    old = known.document
    leaves_agenda = old.phase in {Phase.CALLED, Phase.AGENDA} and document.phase not in {None, old.phase}
    return replace(
        document,
        phase=document.phase or old.phase,
        organ=document.organ or old.organ,
        meeting_key=document.meeting_key or old.meeting_key,
        meeting_on=document.meeting_on or old.meeting_on,
        section=document.section if document.section is not None or leaves_agenda else old.section,
        case_number=document.case_number or old.case_number,
        published_on=document.published_on or old.published_on,
        lang=document.lang or old.lang,
        revision=document.revision or old.revision,
    )


def _kept(known: KnownDocument) -> DocumentUpdate:
    """A known document written down as it is, not seen this time."""
    return DocumentUpdate(
        id=known.id,
        known=known.document,
        position=known.position,
        seen=False,
        missing_count=known.missing_count,
        missing_since=known.missing_since,
        removed_at=known.removed_at,
        silent=known.silent,
        twin_of=known.twin_of,
    )


def _as_known(ground: Ground, document: Document, reading: Reading, row: int) -> KnownDocument:
    """A document of this poll in the face in which twins are looked for; its text stays with it."""
    return KnownDocument(
        id=row,
        source=ground.source.id,
        region=ground.source.region,
        document=document,
        first_seen_at=ground.now,
        last_seen_at=ground.now,
        reading=reading,
    )
