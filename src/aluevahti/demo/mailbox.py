"""A mail server on loopback that takes every mail, but for one that it first puts off."""

from __future__ import annotations

import datetime as dt
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as readable
from email.utils import parsedate_to_datetime

from aluevahti.demo.listening import HOST, Listener, Unhurried


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail as it arrived. `arrived_at` is the demo's time."""

    recipient: str
    arrived_at: dt.datetime
    data: bytes
    read: EmailMessage = field(repr=False)

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.read["Subject"])

    @property
    def made_at(self) -> dt.datetime:
        """When it was made, by its Date."""
        return parsedate_to_datetime(str(self.read["Date"]))

    def part(self, kind: str) -> str:
        """The text of its `plain` or `html` part."""
        body = self.read.get_body((kind,))
        return "" if body is None else str(body.get_content())


@dataclass(frozen=True, slots=True)
class PutOff:
    """The first mail for `recipient` from `since` on is answered 451 once."""

    recipient: str
    since: dt.datetime


class Mailbox(Listener):
    """The server; it listens from `with` to its end.

    Args:
        clock: the demo's time.
        put_off: which mail has to come twice.
    """

    def __init__(self, clock: Callable[[], dt.datetime], put_off: PutOff) -> None:
        self.clock = clock
        self.mails: list[Mail] = []
        self.refusals: list[tuple[dt.datetime, str]] = []
        self._put_off: PutOff | None = put_off
        self._lock = threading.Lock()
        server = _Server((HOST, 0), _Conversation)
        server.owner = self
        super().__init__(server, "mailbox")

    def refuses(self, recipient: str) -> bool:
        """Whether this recipient's mail is put off now."""
        put_off = self._put_off
        if put_off is None or recipient != put_off.recipient or self.clock() < put_off.since:
            return False
        self._put_off = None
        self.refusals.append((self.clock(), recipient))
        return True

    def keep(self, recipient: str, data: bytes) -> None:
        """Take a mail."""
        read = BytesParser(policy=readable).parsebytes(data)
        with self._lock:
            self.mails.append(Mail(recipient=recipient, arrived_at=self.clock(), data=data, read=read))


class _Server(Unhurried, socketserver.TCPServer):
    owner: Mailbox
    allow_reuse_address = True


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a sender needs: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT."""

    server: _Server
    recipient = ""

    def handle(self) -> None:
        with suppress(OSError):
            self._say("220 demo ESMTP")
            while line := self.rfile.readline(4096):
                verb, _, rest = line.decode("latin-1").strip().partition(" ")
                if not self._does(verb.upper(), rest):
                    return

    def _does(self, verb: str, rest: str) -> bool:
        """Carry out one command; False: the conversation is over."""
        if verb == "QUIT":
            self._say("221 2.0.0 bye")
            return False
        if verb == "EHLO":
            self._say("250-demo\r\n250-8BITMIME\r\n250 SIZE 33554432")
        elif verb == "RCPT":
            self._rcpt(rest.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            self._data()
        elif verb in {"HELO", "MAIL", "RSET", "NOOP"}:
            self._say("250 2.0.0 ok")
        else:
            self._say("500 5.5.1 unknown command")
        return True

    def _rcpt(self, recipient: str) -> None:
        if self.server.owner.refuses(recipient):
            self._say("451 4.7.1 greylisted, please come again later")
            return
        self.recipient = recipient
        self._say("250 2.1.5 ok")

    def _data(self) -> None:
        self._say("354 end with a dot")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.owner.keep(self.recipient, b"".join(lines))
        self._say("250 2.0.0 kept")

    def _say(self, reply: str) -> None:
        self.wfile.write(reply.encode("ascii") + b"\r\n")
