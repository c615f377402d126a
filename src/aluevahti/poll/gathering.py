"""Reading one source: parse the list, follow it, and ask for the pages of what is new or altered.

Runs in worker threads; hands on values and decides nothing about news.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from aluevahti.errors import LayoutChanged, ParseError, WrongPage
from aluevahti.model import Document, Failed, Form, KnownDocument, Listing, NotModified, Request
from aluevahti.platforms.paging import refuse_endless
from aluevahti.poll.answers import Answer, Gathered, Probe, Read, Trouble, joined, with_page
from aluevahti.poll.asking import Asker
from aluevahti.rules import identity, noise, reread
from aluevahti.text.stable import stable

DEEPEST = 2
"""A list, a meeting on it, an item of the meeting: nothing lies deeper."""

TRIES_FOR_RIGHT_PAGE = 4
"""A server that mixes up its sessions is asked this often for the page that was meant."""


def gather(asker: Asker, probe: Probe, known: Sequence[KnownDocument], lookback_from: dt.date | None) -> Gathered:
    """Read a source whose probe brought something new, or some of whose documents are due again.

    Args:
        asker: asks for the source in this poll.
        probe: what its start requests brought.
        known: all documents known of the source.
        lookback_from: documents older than this are not read.
    """
    return _Gathering(asker, known, lookback_from).run(probe)


class _Gathering:
    def __init__(self, asker: Asker, known: Sequence[KnownDocument], lookback_from: dt.date | None) -> None:
        self.asker = asker
        self.lookback_from = lookback_from
        self.known = {document.id: document for document in known}
        self.result = Gathered()
        self.queue: deque[tuple[Read, int]] = deque()
        self.taken: set[str] = set()  # every name of every document that this poll has queued
        self.origin: dict[str, Answer] = {}  # the list that a document stands on, by the document's key

    def run(self, probe: Probe) -> Gathered:
        self.result.troubles.extend(probe.troubles)
        if not probe.is_unchanged and probe.answers:
            self._read_lists(probe)
        self._drain()
        self._queue_due()  # only now: a meeting's page may have brought its items already
        self._carry_up()
        if self.result.troubles or self.result.unread:
            self.result.complete = False
        return self.result

    def _drain(self) -> None:
        while self.queue:
            one, depth = self.queue.popleft()
            self.result.reads.append(self._read_document(one, depth))

    # --- lists -----------------------------------------------------------------------------------

    def _read_lists(self, probe: Probe) -> None:
        documents: dict[str, Document] = {}
        pages: deque[tuple[Answer, bool]] = deque((answer, True) for answer in probe.answers)
        asked = {answer.request for answer in probe.answers}
        while pages:
            answer, is_start = pages.popleft()
            read = self._parse_list(answer, is_start=is_start)
            if isinstance(read, Trouble):
                self.result.troubles.append(read)
                continue
            answer, listing = read
            self._note(answer, listing)
            for document in listing.documents:
                self.origin[document.key] = answer
                documents[document.key] = joined(documents.get(document.key), document)
            for request in listing.follow:
                if request not in asked:
                    asked.add(request)
                    self._follow(request, pages)
        self._match_list(list(documents.values()))

    def _parse_list(self, answer: Answer, *, is_start: bool) -> tuple[Answer, Listing] | Trouble:
        read = self._parse(answer)
        if isinstance(read, Trouble) and is_start:
            for other in self.asker.ask_another_way(answer.request, conditional=False):
                if isinstance(other, Answer):
                    read = self._parse(other)
        return read

    def _parse(self, answer: Answer) -> tuple[Answer, Listing] | Trouble:
        """Parse an answer; a page that is not the one asked for is thrown away and asked for again."""
        for _ in range(TRIES_FOR_RIGHT_PAGE):
            try:
                listing = self.asker.platform.parse(self.asker.source, answer.snapshot)
                refuse_endless(len(listing.documents) + listing.unread, answer.snapshot.url)
                self._refuse_unreadable(answer, listing)
            except WrongPage as error:
                trouble = Trouble.of_parsing(error)
                again = self.asker.ask(answer.request, conditional=False)
                if not isinstance(again, Answer):
                    return trouble
                answer = again
            except ParseError as error:
                return Trouble.of_parsing(error)
            else:
                return answer, listing
        return trouble

    def _refuse_unreadable(self, answer: Answer, listing: Listing) -> None:
        """Raise LayoutChanged where rows were seen and none of them could be read: that is no empty list.

        With `organs:` the rows that were read may all be of others; one row may well be a stray link.
        """
        if listing.unread > 1 and not listing.documents and not self.asker.source.organs:
            raise LayoutChanged(answer.snapshot.url, f"none of the {listing.unread} rows of the list can be read")

    def _note(self, answer: Answer, listing: Listing) -> None:
        result = self.result
        result.looked = True
        if listing.documents or not listing.follow:
            result.answers.append(answer)
        # else the page only leads on: it stays as it is while what it leads to changes, so it is not
        # remembered, and every check follows it anew
        result.unread += listing.unread
        result.complete = result.complete and listing.complete
        result.windowed = result.windowed or not listing.complete
        result.skeleton = result.skeleton or listing.skeleton

    def _follow(self, request: Request, pages: deque[tuple[Answer, bool]]) -> None:
        if self.asker.spent:
            self.result.complete = False
            self.result.unfollowed += 1
            return
        answer = self.asker.ask(request, conditional=False)
        if isinstance(answer, Answer):
            pages.append((answer, False))
        elif isinstance(answer, Failed):
            self.result.troubles.append(Trouble.of_failure(answer))

    def _match_list(self, listed: list[Document]) -> None:
        pool = [one for one in self.known.values() if one.document.form is not Form.ITEM or one.position is not None]
        matched = identity.match(pool, listed)
        partners = {document.key: one for one, document in matched.pairs}
        self.result.missing = matched.missing
        self.result.listed = len(listed)
        self.result.dated = sum(reread.day_of(document) is not None for document in listed)
        for place, document in enumerate(listed):
            self._queue(document, partners.get(document.key), position=place)

    # --- documents -------------------------------------------------------------------------------

    def _queue(
        self,
        document: Document,
        known: KnownDocument | None,
        *,
        position: int | None = None,
        depth: int = 0,
        parent: str | None = None,
    ) -> None:
        if known is not None:
            self.known.pop(known.id, None)
            self.taken |= names_of(known.document)
            if identity.is_of_the_past(known.document, document):
                document = known.document
        self.taken |= names_of(document)
        self.queue.append((Read(document=document, known=known, position=position, parent=parent), depth))

    def _queue_due(self) -> None:
        """Documents that no list speaks of today, but that are to be read again all the same.

        Meetings first: their pages bring their items along, which then need not be asked for by themselves.
        """
        for is_meeting in (True, False):
            for one in list(self.known.values()):
                if (one.document.form is Form.MEETING) is is_meeting and self._is_due(one):
                    self._queue(one.document, one, depth=DEEPEST - 1)  # without a place: no list showed it
            self._drain()

    def _is_due(self, one: KnownDocument) -> bool:
        return one.document.detail is not None and reread.due_again(one, self.asker.now, zone=self.asker.zone)

    def _read_document(self, one: Read, depth: int) -> Read:
        request = one.document.detail
        wanted = request is not None and reread.wants_detail(
            one.known, one.document, self.asker.now, self._back_to(one.document), zone=self.asker.zone
        )
        if request is None and one.document.key in self.origin:
            return replace(one, volatile=self._volatile(one, one.document, self.origin[one.document.key]))
        if request is None or not wanted:
            return one
        if self.asker.spent:
            return replace(one, postponed=True)
        fresh = one.known is None or one.known.read_at is None
        answer = self.asker.ask(request, conditional=not fresh)
        if isinstance(answer, Failed):
            return replace(one, tried=True, failed=Trouble.of_failure(answer))
        if isinstance(answer, NotModified) or (answer.unchanged and not fresh):
            return replace(one, tried=True)
        return self._take_page(one, answer, depth)

    def _back_to(self, document: Document) -> dt.date | None:
        """The day before which a document is not read: a call may be open long after it was announced."""
        from aluevahti.reading.topics import names_grants  # noqa: PLC0415 - most passes need no vocabularies

        back = self.lookback_from
        if back is None or not reread.is_old(document, back) or not names_grants(document.title):
            return back
        return back - reread.CALLS_LAST

    def _take_page(self, one: Read, answer: Answer, depth: int) -> Read:
        read = self._parse(answer)
        if isinstance(read, Trouble):
            return replace(one, tried=True, failed=read)
        answer, listing = read
        own, others = own_and_others(one.document, listing)
        if own is None and not others:
            trouble = Trouble(
                error=f"the page does not hold the document ({answer.snapshot.url})", silent=True, lasting=True
            )
            return replace(one, tried=True, failed=trouble)
        if own is not None and one.known is not None and identity.is_of_the_past(one.known.document, own):
            return replace(one, tried=True)
        if depth < DEEPEST:
            self._queue_inner(one.document, others, depth + 1)
        self.result.answers.append(answer)
        document = one.document if own is None else with_page(one.document, own)
        return replace(
            one, tried=True, answer=answer, document=document, volatile=self._volatile(one, document, answer)
        )

    def _queue_inner(self, parent: Document, documents: Sequence[Document], depth: int) -> None:
        """Queue what a meeting's page brings, but for what the list has brought already: nothing is read twice."""
        documents = [one for one in documents if not names_of(one) & self.taken]
        matched = identity.match(list(self.known.values()), documents)
        for known, document in matched.pairs:
            self._queue(document, known, depth=depth, parent=parent.key)
        for document in matched.new:
            self._queue(document, None, depth=depth, parent=parent.key)

    def _volatile(self, one: Read, document: Document, answer: Answer) -> frozenset[str]:
        """Ask again at once where only the text changed: what differs now as well is noise."""
        known = one.known
        if known is None or known.text_sha256 is None or document.text is None:
            return frozenset()
        if reread.differs_on_list(known.document, document) or known.text_sha256 == text_mark(document.text):
            return frozenset()
        return self.second_look(document, answer)

    def second_look(self, document: Document, answer: Answer) -> frozenset[str]:
        """The masked lines in which a second answer to the same request differs from the first."""
        if self.asker.spent or document.text is None:
            return frozenset()
        again = self.asker.ask(answer.request, conditional=False)
        if not isinstance(again, Answer) or again.snapshot.sha256 == answer.snapshot.sha256:
            return frozenset()
        read = self._parse(again)
        if isinstance(read, Trouble):
            return frozenset()
        own, _ = own_and_others(document, read[1])
        if own is None or own.text is None:
            return frozenset()
        return noise.volatile_lines(stable(document.text), stable(own.text))

    def _carry_up(self) -> None:
        """A meeting is read only once all its items are: what is left over brings the meeting back."""
        reads = self.result.reads
        unfinished = {one.parent for one in reads if one.parent and (one.postponed or _may_come_later(one))}
        for place, one in enumerate(reads):
            if one.document.key in unfinished:
                reads[place] = replace(one, postponed=True)


def _may_come_later(one: Read) -> bool:
    return one.failed is not None and not one.failed.lasting


def own_and_others(document: Document, listing: Listing) -> tuple[Document | None, list[Document]]:
    """Which of the documents on a page is the one whose page it is."""
    names = names_of(document)
    own = next((one for one in listing.documents if names & names_of(one)), None)
    if own is None and len(listing.documents) == 1 and listing.documents[0].text is not None:
        own = listing.documents[0]
    return own, [one for one in listing.documents if one is not own]


def names_of(document: Document) -> frozenset[str]:
    """Everything that a document goes by within its source."""
    return frozenset((document.key, *document.aliases))


def text_mark(text: str) -> str:
    """The hash by which two versions of a text are told apart, noise left out."""
    return hashlib.sha256(stable(text).encode()).hexdigest()
