"""One question, one answer: pacing, robots.txt, redirects, caps and deadlines around a single fetch."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from aluevahti.fetch import headers as said
from aluevahti.fetch.addresses import check_url, origin_of, port_of, site_of
from aluevahti.fetch.exchange import Answer, Outgoing, exchange
from aluevahti.fetch.faults import Fault
from aluevahti.fetch.network import Deadline, Network
from aluevahti.fetch.pacing import Lanes
from aluevahti.fetch.robots import BODY_LIMIT, RobotsBook
from aluevahti.fetch.transport import Transport
from aluevahti.model import (
    Failed,
    FailureReason,
    Fetch,
    Fetched,
    NotModified,
    Request,
    RobotsRecord,
    Snapshot,
    Source,
    Validators,
)

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_HOPS = 5
"""How many redirects in a row are followed."""

BACK_OFF = frozenset({429, 503})
"""The statuses whose Retry-After is obeyed."""

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT_LANGUAGE = "fi, sv;q=0.8"


@dataclass(slots=True)
class _Budget:
    """The seconds that one fetch may still spend on the network; waiting for its turn costs nothing."""

    seconds: float


class Fetcher:
    """Fetches pages for sources; safe to use from many threads, which share its politeness.

    Args:
        contact: an address or a URL for the User-Agent, so that a web master can reach the operator.
        clock: gives aware UTC times; everything that is dated is dated by it.
        robots: the robots.txt files that an earlier run had read, by origin (`RobotsRecord.origin`).
        version: for the User-Agent.
        network: what names resolve to and how sockets are made; the real one when not given.
    """

    def __init__(
        self,
        *,
        contact: str,
        clock: Callable[[], dt.datetime],
        robots: Mapping[str, RobotsRecord] | None = None,
        version: str,
        network: Network | None = None,
    ) -> None:
        self._clock = clock
        self._agent = user_agent(contact, version)
        self._robots = RobotsBook(robots or {}, clock)
        self._lanes = Lanes()
        self._transport = Transport(network or Network())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, source: Source, request: Request, validators: Validators | None = None) -> Fetch:
        """Fetch one page, following redirects, within the source's limits.

        Waits for the host's turn first (not counted in `source.timeout`). Never raises because of the
        network or of what a server sends: `Fetched` for a success with a body, `NotModified` when the
        validators (sent byte for byte, never with a form) still hold, else `Failed`.
        """
        try:
            return self._follow(source, request, validators)
        except Fault as fault:
            return Failed(
                request=request,
                at=self._clock(),
                reason=fault.reason,
                detail=fault.detail,
                status=fault.status,
                retry_at=fault.retry_at,
            )

    def allowed(self, source: Source, url: str) -> bool:
        """Whether robots.txt lets this source ask for the address; False also when that cannot be known.

        Asks for robots.txt when it is not known. With `source.permission` it is not asked.
        """
        try:
            self._delay(source, check_url(url))
        except Fault:
            return False
        return True

    def new_robots(self) -> tuple[RobotsRecord, ...]:
        """The robots.txt files read since the last call, to be kept for the next run."""
        return self._robots.new_records()

    def close(self) -> None:
        """Close every connection. A fetch that is under way then fails."""
        self._transport.close()

    # --- one fetch ---

    def _follow(self, source: Source, request: Request, validators: Validators | None) -> Fetch:
        outgoing = self._outgoing(request, validators)
        budget = _Budget(source.timeout.total_seconds())
        visited = set[tuple[str, str]]()
        while True:
            visited.add((outgoing.method, str(outgoing.url)))
            try:
                answer = self._hop(source, outgoing, budget)
            except Fault as fault:
                if outgoing.hops:
                    raise fault.told(f"{fault.detail} (redirected to {outgoing.url})") from fault
                raise
            if answer.status not in REDIRECTS:
                return self._outcome(source, request, outgoing, answer)
            outgoing = _next_hop(outgoing, answer)
            if (outgoing.method, str(outgoing.url)) in visited:
                raise Fault(
                    FailureReason.REDIRECT, f"the redirects go in a circle at {outgoing.url}", status=answer.status
                )
            if len(visited) > MAX_HOPS:
                raise Fault(FailureReason.REDIRECT, f"more than {MAX_HOPS} redirects", status=answer.status)

    def _outgoing(self, request: Request, validators: Validators | None) -> Outgoing:
        url = check_url(request.url)
        fixed = (
            ("user-agent", self._agent),
            ("accept", request.accept or ACCEPT),
            ("accept-language", ACCEPT_LANGUAGE),
            ("accept-encoding", "gzip, deflate"),
        )
        if request.form is not None:
            body = urlencode(request.form).encode("ascii")
            return Outgoing("POST", url, (*fixed, ("content-type", "application/x-www-form-urlencoded")), body)
        conditions = []
        if validators and validators.etag:
            conditions.append(("if-none-match", validators.etag))
        if validators and validators.last_modified:
            conditions.append(("if-modified-since", validators.last_modified))
        return Outgoing("GET", url, fixed, conditions=tuple(conditions))

    def _hop(self, source: Source, outgoing: Outgoing, budget: _Budget) -> Answer:
        _check_port(source, outgoing.url)
        delay = self._delay(source, outgoing.url)
        return self._exchange(source, outgoing, budget, max(_interval(source), delay), source.max_bytes)

    def _exchange(
        self, source: Source, outgoing: Outgoing, budget: _Budget, interval: float, limit: int, *, cut: bool = False
    ) -> Answer:
        with self._lanes.lane(site_of(outgoing.url)).turn(interval):
            deadline = Deadline(source.timeout.total_seconds(), budget.seconds)
            try:
                return exchange(
                    self._transport,
                    outgoing,
                    deadline,
                    limit=limit,
                    cut=cut,
                    allow_private=source.allow_private_addresses,
                )
            finally:
                budget.seconds = deadline.left

    def _outcome(self, source: Source, request: Request, outgoing: Outgoing, answer: Answer) -> Fetch:
        now = self._clock()
        if answer.status == 304 and outgoing.conditions:
            return NotModified(request=request, at=now)
        if answer.body is None:
            raise self._refused(answer, now)
        if not answer.body:
            raise Fault(FailureReason.EMPTY, "the answer is a success without a body", status=answer.status)
        media_type, charset = said.content_type(answer.headers)
        moved = outgoing.hops > 0
        snapshot = Snapshot(
            source=source.id,
            url=str(outgoing.url) if moved else request.url,
            purpose=request.purpose,
            fetched_at=now,
            body=answer.body,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            media_type=media_type,
            charset=charset,
            key=request.key,
            requested_url=request.url if moved else None,
        )
        return Fetched(snapshot=snapshot, validators=said.validators(answer.headers), wire_bytes=answer.wire_bytes)

    def _refused(self, answer: Answer, now: dt.datetime) -> Fault:
        detail = f"the server answered {answer.status}"
        if answer.status == 304:
            detail += " (not modified) although it was not asked whether anything had changed"
        wait = said.retry_at(answer.headers, now) if answer.status in BACK_OFF else None
        return Fault(FailureReason.STATUS, detail, status=answer.status, retry_at=wait)

    # --- robots.txt ---

    def _delay(self, source: Source, url: httpx.URL) -> float:
        """The Crawl-delay in seconds, or `Fault` when the address must not be asked for."""
        if source.permission:
            return 0.0
        rules = self._robots.rules(origin_of(url), lambda: self._read_robots(source, url))
        if not rules.allows(str(url)):
            raise Fault(FailureReason.FORBIDDEN, f"robots.txt of {url.host} does not allow {url.path}")
        return rules.delay

    def _read_robots(self, source: Source, url: httpx.URL) -> RobotsRecord:
        try:
            answer = self._ask_robots(source, url)
        except Fault as fault:
            if fault.reason is FailureReason.ADDRESS:
                raise
            raise _unread(url, fault) from fault
        record = RobotsRecord(
            origin=origin_of(url),
            fetched_at=self._clock(),
            status=answer.status,
            body=(answer.body or b"").decode("utf-8-sig", "replace"),
        )
        if answer.status >= 500 or answer.status in {304, 429}:
            raise _unread(url, self._refused(answer, record.fetched_at))
        return record

    def _ask_robots(self, source: Source, url: httpx.URL) -> Answer:
        """The answer at the end of at most five redirects, which for this file may lead anywhere."""
        outgoing = self._outgoing(Request(url=f"{url.scheme}://{url.netloc.decode('ascii')}/robots.txt"), None)
        outgoing = replace(outgoing, is_robots=True)
        budget = _Budget(source.timeout.total_seconds())
        for _ in range(MAX_HOPS + 1):
            _check_port(source, outgoing.url)
            answer = self._exchange(source, outgoing, budget, _interval(source), BODY_LIMIT, cut=True)
            if answer.status not in REDIRECTS or said.location(answer.headers) is None:
                break
            outgoing = _next_hop(outgoing, answer)
        return answer


def _unread(url: httpx.URL, fault: Fault) -> Fault:
    return fault.told(f"robots.txt of {url.host} could not be read, so nothing else is asked there: {fault.detail}")


def _next_hop(outgoing: Outgoing, answer: Answer) -> Outgoing:
    """The request that a redirect asks for (RFC 9110, 15.4), or `Fault` where it must not be followed."""
    target = said.location(answer.headers)
    if target is None:
        raise Fault(
            FailureReason.REDIRECT, f"the server answered {answer.status} without saying where", status=answer.status
        )
    try:
        url = check_url(str(outgoing.url.join(target).copy_with(fragment=None)))
    except (httpx.InvalidURL, ValueError) as error:
        raise Fault(FailureReason.REDIRECT, f"redirected to {target!a}, which cannot be read") from error
    except Fault as fault:
        raise fault.told(f"redirected, but {fault.detail}") from fault
    if outgoing.url.scheme == "https" and url.scheme == "http" and not outgoing.is_robots:
        raise Fault(FailureReason.REDIRECT, f"redirected from https to http ({url})", status=answer.status)
    # A date says nothing about another page than the one it was given for; an entity tag names its page.
    conditions = tuple(pair for pair in outgoing.conditions if pair[0] == "if-none-match")
    hop = replace(outgoing, url=url, hops=outgoing.hops + 1, conditions=conditions)
    if outgoing.method == "POST" and answer.status in {301, 302, 303}:
        kept = tuple(pair for pair in hop.headers if pair[0] != "content-type")
        return replace(hop, method="GET", body=b"", headers=kept)
    return hop


def _check_port(source: Source, url: httpx.URL) -> None:
    """Only the ports of the web and the source's own: a page must not make us knock elsewhere."""
    port = port_of(url)
    if port in {80, 443} or source.allow_private_addresses or port == port_of(check_url(source.url)):
        return
    raise Fault(FailureReason.ADDRESS, f"port {port} of {url.host} is not dialled, only 80, 443 and the source's own")


def _interval(source: Source) -> float:
    return max(0.0, source.min_interval_per_host.total_seconds())


def user_agent(contact: str, version: str) -> str:
    """Who we are: `aluevahti/1.0 (+mailto:who@example.org)`; a URL stands without `mailto:`."""
    who = "".join(character for character in contact.strip() if " " < character <= "~")
    prefix = "mailto:" if "@" in who and "://" not in who and not who.startswith("mailto:") else ""
    return f"aluevahti/{version} (+{prefix}{who})"
