"""What a poll means: from what was gathered and what is known to the one outcome that is stored.

Pure but for three questions to the state, which are passed in as functions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from aluevahti.model import ChangeKind, Document, DocumentUpdate, Form, KnownDocument, Phase, Reading
from aluevahti.poll.answers import Gathered, Read
from aluevahti.poll.believing import suspicion
from aluevahti.poll.folding import Folding
from aluevahti.poll.gathering import text_mark
from aluevahti.poll.ground import Ground, Verdict
from aluevahti.poll.keeping import http_records, snapshots
from aluevahti.poll.leaving import Missing
from aluevahti.poll.news import News
from aluevahti.poll.relatives import Relatives
from aluevahti.rules import edits, identity, loss, noise, reread, retention
from aluevahti.text.lemmas import lemmas_of
from aluevahti.text.stable import normalise_title, stable


def judge(gathered: Gathered, ground: Ground) -> Verdict:
    """Decide what a poll's documents mean."""
    why, mark = suspicion(gathered, ground)
    if why is not None and mark is not None:
        believed, count = loss.quarantine(ground.health, mark)
        if not believed:
            return Verdict(suspicion=why, mark=mark, quarantine_count=count)
    return _Judgement(gathered, ground).verdict(believed_loss=why is not None)


@dataclass(slots=True)
class _Judgement:
    gathered: Gathered
    ground: Ground
    documents: list[DocumentUpdate] = field(default_factory=list)
    backlog: int = 0
    news: News = field(init=False)
    folding: Folding = field(init=False)
    relatives: Relatives = field(init=False)

    def __post_init__(self) -> None:
        self.news = News(self.ground)
        self.folding = Folding(self.ground, self.news)
        self.relatives = Relatives(self.ground)

    def verdict(self, *, believed_loss: bool) -> Verdict:
        for read in self._in_order():
            self._take(read)
        if self.gathered.looked:
            Missing(self.ground, self.documents, self.news).take(self.gathered, believed_loss=believed_loss)
        self.folding.close()
        return Verdict(
            documents=tuple(self.documents),
            status=tuple(self.folding.status),
            windows=self.folding.touched_windows,
            changes=self.news.all(),
            snapshots=snapshots(self.gathered.answers, self.documents),
            http=http_records(self.gathered.answers, self.documents, self.ground.now),
            backlog=self.backlog + self.gathered.unfollowed,
        )

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
        old = reread.is_old(document, self.ground.lookback_from)
        if self._comes_later(read) and not (self.ground.first or old):
            self.backlog += 1  # unknown until it can be read, so that it is told with its text
            return
        if read.postponed or self._comes_later(read):
            self.backlog += 1
        silent = self.ground.first or old
        reading = self._understand(document) if not (old and document.text is None) else None
        twin = self.relatives.twin(document, reading)
        self._record(read, reading, silent=silent, twin=twin)
        if reading is None:
            return
        self.relatives.add(document, reading)
        self.folding.take(read, reading, silent=silent)
        if not silent and twin is None:
            self.news.document(ChangeKind.DOCUMENT_NEW, read, reading, before=None)

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
            self.folding.take(read, reading, silent=self.ground.first)
        told = (
            not self.ground.first
            and not (first_text and known.silent)
            and not self.relatives.tell(read, known, moved_on=moved_on)
        )
        if told and came_back:
            self.news.document(ChangeKind.DOCUMENT_NEW, read, reading, before=None)
        elif told:
            before = {"phase": known.document.phase, "title": known.document.title}
            is_news = (
                moved_on
                or renamed
                or not (self._is_redaction(read, known, reading, old_text) or self._is_told_again(read, known))
            )
            self.news.document(
                ChangeKind.DOCUMENT_REVISED, read, reading, before=before, old_text=old_text, is_news=is_news
            )

    def _is_another_page(self, read: Read, known: KnownDocument) -> bool:
        """Whether a page that kept nothing of its document came while its list could not be read: a site that is not
        itself answers every address alike, and neither that nor its return is news."""
        if read.document.text is None or self.gathered.looked or not self.gathered.troubles:
            return False
        texts = self.ground.text_of(known.id) or "", read.document.text
        old, new = (set(filter(None, stable(text).splitlines())) for text in texts)
        return bool(old) and old.isdisjoint(new)

    def _is_redaction(self, read: Read, known: KnownDocument, reading: Reading, old_text: str | None) -> bool:
        document, today = read.document, self.ground.today
        if old_text is None or document.text is None:
            return False
        return retention.is_redaction(document, old_text, document.text, (known.reading, reading), today)

    def _is_told_again(self, read: Read, known: KnownDocument) -> bool:
        text = read.document.text
        if text is None:
            return False
        versions = self.ground.texts_of(known.id)
        return noise.is_told_again(text_mark(text), versions, self.ground.now)

    def _comes_later(self, read: Read) -> bool:
        """Whether a page that could not be read today is worth waiting for before it is told."""
        if read.postponed and read.known is None and not read.tried:
            return True
        health = self.ground.health
        patient = health.bad_checks < 2 or not health.backlog  # bad checks of the list alone tried no page
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
        """A standing page has no date, or that of its first day; what an edit brought is read as written today."""
        document = read.document
        reading = self._understand(document, text=text)
        if document.form is not Form.PAGE or old_text is None or text is None:
            return reading
        today = self.ground.today
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
