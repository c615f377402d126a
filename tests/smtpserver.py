"""A mail server on loopback that does what a test tells it to, and remembers what it was told.

    with SmtpServer() as server:
        server.script("rcpt", "451 4.2.1 mailbox busy")  # once; then as usual
        ...
        assert server.messages[0].recipients == ("reader@example.org",)

A stage is one step of the conversation: `greeting`, `ehlo`, `starttls`, `auth`, `mail`, `rcpt`, `data`, `body`
(the first line of the message has come), `dot` (the message has come whole), `rset`, `quit`.
What happens at a stage is a reply (a text such as `"550 5.1.1 no such user"`) or an `Act`.
"""

from __future__ import annotations

import base64
import contextlib
import socketserver
import ssl
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import TypeAlias

from aluevahti.demo.listening import HOST, Listener


class Act(Enum):
    """What a server may do instead of answering."""

    DROP = auto()  # close the connection
    HANG = auto()  # say nothing more, until the client goes or the server stops
    KEEP_AND_DROP = auto()  # at `dot`: the message is kept, the connection closed without an answer
    KEEP_AND_HANG = auto()  # at `dot`: the message is kept, and silence


Step: TypeAlias = str | Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message that the server took into its hands."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes  # dots undone, CRLF line ends as they came
    connection: int  # which connection it came on, counted from 1
    tls: bool
    user: str | None


class _Gone(Exception):  # noqa: N818 - the end of a conversation, not an error
    pass


class SmtpServer(Listener):
    """The server; a context manager that listens on 127.0.0.1 from entry to exit.

    Args:
        tls: the server's certificate; with it STARTTLS is offered, or TLS from the first byte if `implicit`.
        implicit: speak TLS at once (port 465's way).
        accounts: user names and passwords; with any, AUTH PLAIN and LOGIN are offered and MAIL needs a login.
        auth_before_tls: offer AUTH on a plain connection too.
    """

    host = HOST

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        accounts: dict[str, str] | None = None,
        auth_before_tls: bool = False,
    ) -> None:
        self.tls = tls
        self.implicit = implicit
        self.accounts = accounts or {}
        self.auth_before_tls = auth_before_tls
        self.messages: list[Received] = []
        self.commands: list[str] = []  # every line said to the server outside message bodies
        self.connections = 0
        self.refused: dict[str, str] = {}  # recipient -> the reply to its RCPT, every time
        self.on_message: Callable[[Received], None] | None = None  # called before the final answer
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self._scripts: dict[str, deque[Step]] = defaultdict(deque)
        self._always: dict[str, Step] = {}
        super().__init__(_Server(self), "smtp")

    def script(self, stage: str, *steps: Step) -> None:
        """Do these at the next times that `stage` is reached, one each."""
        with self.lock:
            self._scripts[stage].extend(steps)

    def always(self, stage: str, step: Step | None) -> None:
        """Do this every time at `stage` once its script is used up; None: as usual again."""
        with self.lock:
            if step is None:
                self._always.pop(stage, None)
            else:
                self._always[stage] = step

    def step(self, stage: str) -> Step | None:
        """What to do now at `stage`; None: the usual."""
        with self.lock:
            if self._scripts[stage]:
                return self._scripts[stage].popleft()
            return self._always.get(stage)

    def keep(self, message: Received) -> None:
        """Remember a message."""
        with self.lock:
            self.messages.append(message)
        if self.on_message is not None:
            self.on_message(message)

    def bodies_for(self, recipient: str) -> list[bytes]:
        """The messages that came for `recipient`, in order, repeats included."""
        return [message.data for message in self.messages if recipient in message.recipients]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        super().__exit__(kind, error, trace)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, owner: SmtpServer) -> None:
        self.owner = owner
        self._open: set[_Conversation] = set()
        super().__init__((owner.host, 0), _Conversation)

    def opened(self, conversation: _Conversation) -> None:
        with self.owner.lock:
            self._open.add(conversation)
            self.owner.connections += 1
            conversation.number = self.owner.connections

    def closed(self, conversation: _Conversation) -> None:
        with self.owner.lock:
            self._open.discard(conversation)

    def server_close(self) -> None:
        """Cut the conversations that hang, then close."""
        with self.owner.lock:
            waiting = list(self._open)
        for conversation in waiting:
            conversation.cut()
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle is part of the game."""


class _Conversation(socketserver.BaseRequestHandler):
    server: _Server
    number = 0

    def setup(self) -> None:
        self.owner = self.server.owner
        self.buffer = b""
        self.secure = False
        self.user: str | None = None
        self.sender: str | None = None
        self.recipients: list[str] = []
        self.server.opened(self)

    def finish(self) -> None:
        self.server.closed(self)
        with contextlib.suppress(OSError):
            self.request.close()

    def cut(self) -> None:
        """Close the connection from outside, whatever it waits for."""
        with contextlib.suppress(OSError):
            self.request.shutdown(2)

    def handle(self) -> None:
        self.request.settimeout(30)
        with contextlib.suppress(_Gone, OSError):
            if self.owner.implicit:
                self._secure()
            self._at("greeting", "220 loopback ESMTP")
            while True:
                self._command(self._line().decode("latin-1"))

    # --- reading and writing ---

    def _line(self) -> bytes:
        while b"\r\n" not in self.buffer:
            chunk = self.request.recv(65536)
            if not chunk:
                raise _Gone
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def _say(self, reply: str) -> None:
        self.request.sendall(reply.encode("ascii") + b"\r\n")
        if reply.startswith("421"):
            raise _Gone

    def _at(self, stage: str, usual: str, then: Callable[[], None] | None = None) -> None:
        """Answer at a stage: as scripted, else `usual`, and only then do `then`."""
        step = self.owner.step(stage)
        if step is None:
            if then is not None:
                then()
            self._say(usual)
        else:
            self._do(step)

    def _do(self, step: Step) -> None:
        if isinstance(step, str):
            self._say(step)
            return
        if step in {Act.HANG, Act.KEEP_AND_HANG}:
            self._wait()
        raise _Gone

    def _wait(self) -> None:
        self.request.settimeout(0.05)
        while not self.owner.closing.is_set():
            try:
                if not self.request.recv(65536):
                    return
            except TimeoutError:
                continue

    # --- the commands ---

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        with self.owner.lock:
            self.owner.commands.append(line)
        handler = getattr(self, f"_{verb.lower()}", None)
        if verb.lower() not in {"ehlo", "helo", "starttls", "auth", "mail", "rcpt", "data", "rset", "noop", "quit"}:
            self._say("500 5.5.1 unknown command")
        else:
            assert handler is not None
            handler(rest)

    def _ehlo(self, _rest: str) -> None:
        offers = ["loopback", "8BITMIME", "SIZE 33554432"]
        if self.owner.tls is not None and not self.secure:
            offers.append("STARTTLS")
        if self.owner.accounts and (self.secure or self.owner.auth_before_tls):
            offers.append("AUTH PLAIN LOGIN")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        self._at("ehlo", "\r\n".join(lines), self._forget)

    def _helo(self, _rest: str) -> None:
        self._at("ehlo", "250 loopback", self._forget)

    def _starttls(self, _rest: str) -> None:
        if self.owner.tls is None:
            self._say("502 5.5.1 not offered")
            return
        step = self.owner.step("starttls")
        if step is not None:
            self._do(step)
            return
        self._say("220 go ahead")
        self._secure()

    def _secure(self) -> None:
        assert self.owner.tls is not None
        self.request = self.owner.tls.wrap_socket(self.request, server_side=True)
        self.secure = True
        self.buffer = b""

    def _auth(self, rest: str) -> None:
        mechanism, _, initial = rest.partition(" ")
        if mechanism.upper() == "PLAIN":
            _, user, password = self._decoded(initial or self._ask("")).split("\0")
        else:
            user = self._decoded(initial or self._ask("VXNlcm5hbWU6"))
            password = self._decoded(self._ask("UGFzc3dvcmQ6"))
        if self.owner.accounts.get(user) != password:
            self._say("535 5.7.8 authentication failed")
            return

        def logged_in() -> None:
            self.user = user

        self._at("auth", "235 2.7.0 welcome", logged_in)

    def _ask(self, prompt: str) -> str:
        self._say(f"334 {prompt}")
        return self._line().decode("ascii")

    @staticmethod
    def _decoded(text: str) -> str:
        return base64.b64decode(text).decode()

    def _mail(self, rest: str) -> None:
        if self.owner.accounts and self.user is None:
            self._say("530 5.7.0 authentication required")
            return

        def accepted() -> None:
            self.sender = _address(rest)

        self._at("mail", "250 2.1.0 ok", accepted)

    def _rcpt(self, rest: str) -> None:
        recipient = _address(rest)
        if recipient in self.owner.refused:
            self._say(self.owner.refused[recipient])
            return
        self._at("rcpt", "250 2.1.5 ok", lambda: self.recipients.append(recipient))

    def _data(self, _rest: str) -> None:
        if self.sender is None or not self.recipients:
            self._say("503 5.5.1 MAIL and RCPT first")
            return
        step = self.owner.step("data")
        if step is not None:
            self._do(step)
            return
        self._say("354 end with a dot")
        self._receive()

    def _receive(self) -> None:
        lines = [self._line()]
        step = self.owner.step("body")
        if step is not None:
            self._do(step)  # said in the middle of a message, an answer is the last one
            raise _Gone
        while lines[-1] != b".":
            lines.append(self._line())
        message = Received(
            sender=self.sender or "",
            recipients=tuple(self.recipients),
            data=_undotted(lines[:-1]),
            connection=self.number,
            tls=self.secure,
            user=self.user,
        )
        self._forget()
        self._finish_message(message)

    def _finish_message(self, message: Received) -> None:
        step = self.owner.step("dot")
        if step in {None, Act.KEEP_AND_DROP, Act.KEEP_AND_HANG} or (isinstance(step, str) and step.startswith("2")):
            self.owner.keep(message)
        self._do("250 2.0.0 kept" if step is None else step)

    def _rset(self, _rest: str) -> None:
        self._at("rset", "250 2.0.0 ok", self._forget)

    def _noop(self, _rest: str) -> None:
        self._say("250 2.0.0 ok")

    def _quit(self, _rest: str) -> None:
        self._at("quit", "221 2.0.0 bye")
        raise _Gone

    def _forget(self) -> None:
        self.sender = None
        self.recipients = []


def _address(argument: str) -> str:
    """The address of `FROM:<a@b> SIZE=1`."""
    return argument.partition("<")[2].partition(">")[0]


def _undotted(lines: Iterable[bytes]) -> bytes:
    return b"".join((line[1:] if line.startswith(b".") else line) + b"\r\n" for line in lines)
