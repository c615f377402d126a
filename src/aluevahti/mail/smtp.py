"""Mail over SMTP, one command at a time, so that it is always known how far the conversation came.

Whose trouble a refusal is follows from where it comes and from its enhanced status code (RFC 3463):
a recipient's at RCPT, ours at greeting, login and MAIL and wherever the code speaks of policy (x.7.x).
A line that breaks after the message's last byte leaves open whether it arrived; one that breaks before
does not, for a server must not deliver a message whose end it has not seen (RFC 5321, 4.1.1.4).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import NoReturn

from aluevahti.errors import DeliveryError
from aluevahti.mail.address import checked, sender_of
from aluevahti.model import Delivery

MESSAGES_PER_CONNECTION = 100
"""After so many messages a new connection is made; many servers count."""

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

_SENDER_TROUBLE = frozenset({(1, 7), (1, 8)})
"""Enhanced codes that speak of the sender's address; many servers say so only at RCPT."""

_SENDER_RULES = frozenset({(7, 26), (7, 27), (7, 29), (7, 30), (7, 31), (7, 32)})
"""What Gmail answers, also as 4xx, to mail without SPF, DKIM, TLS or DMARC; no greylisting uses these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds to wait for the other side (RFC 5321, 4.5.3.2: five minutes, and ten after the final dot)."""

    connect: float = 60
    command: float = 300
    final: float = 600


class SmtpMailer:
    """Hands mail to one server and keeps the connection for the next mail. One thread at a time."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        sender: str,
        security: str = "none",
        username: str | None = None,
        password: str | None = None,
        timeouts: Timeouts | None = None,
        local_hostname: str | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Nothing is connected yet.

        Args:
            host: the mail server; likewise `port`.
            sender: the From line; its address is the envelope's sender.
            security: `none`, `starttls` or `tls`; with the latter two the certificate must be right.
            username: with `password`, for AUTH; never sent over a connection without TLS.
            password: see `username`.
            timeouts: how long to wait; the RFC's times by default.
            local_hostname: what to say in EHLO; the machine's own name by default.
            context: whom to trust; the system's authorities by default.

        Raises:
            ValueError: there is no address in `sender`, or `security` is not one of the three words.
        """
        if security not in {"none", "starttls", "tls"}:
            raise ValueError(f"security is none, starttls or tls, not {security!r}")
        self._host = host
        self._port = port
        self._security = security
        self._username = username
        self._password = password
        self._timeouts = timeouts or Timeouts()
        self._local_hostname = local_hostname
        self._context = context
        self._sender = sender_of(sender).addr_spec
        self._client: smtplib.SMTP | None = None
        self._sent = 0  # on this connection

    def send(self, delivery: Delivery, *, on_data: Callable[[], None]) -> None:
        """See `Mailer.send`."""
        recipient = _recipient(delivery)
        client = self._envelope(delivery, recipient)
        try:
            on_data()
        except BaseException:
            self._reset()  # the server waits for a message that will not come
            raise
        self._data(client, delivery.mime)
        self._sent += 1
        if self._sent >= MESSAGES_PER_CONNECTION:
            self.close()

    def greet(self) -> None:
        """Connect, protect the line and log in as for a mail, hand none over, and say goodbye.

        Raises:
            DeliveryError: mail could not be handed over now.
        """
        self._connected()
        self.close()

    def close(self) -> None:
        """End the conversation, politely where the server still listens."""
        client, self._client, self._sent = self._client, None, 0
        if client is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                _patience(client, min(10.0, self._timeouts.command))
                client.docmd("QUIT")
            client.close()

    # --- the connection ---

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            self._client = self._opened()
            self._sent = 0
        return self._client

    def _opened(self) -> smtplib.SMTP:
        client = self._dialled()
        try:
            if self._security == "starttls":
                self._start_tls(client)
            if self._username is not None:
                self._login(client)
        except BaseException:
            client.close()
            raise
        _patience(client, self._timeouts.command)
        return client

    def _dialled(self) -> smtplib.SMTP:
        with _unreachable(f"the mail server {self._host}:{self._port}"):
            client: smtplib.SMTP
            name, patience = self._local_hostname, self._timeouts.connect
            if self._security == "tls":
                client = smtplib.SMTP_SSL(self._host, self._port, name, timeout=patience, context=self._trust())
            else:
                client = smtplib.SMTP(self._host, self._port, name, timeout=patience)
            try:
                client.ehlo_or_helo_if_needed()
            except BaseException:
                client.close()
                raise
        return client

    def _trust(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()

    def _start_tls(self, client: smtplib.SMTP) -> None:
        if not client.has_extn("starttls"):
            raise DeliveryError("the mail server does not offer STARTTLS, which is set as required", ours=True)
        with _unreachable("STARTTLS"):
            client.starttls(context=self._trust())
            client.ehlo_or_helo_if_needed()

    def _login(self, client: smtplib.SMTP) -> None:
        if self._security == "none":
            raise DeliveryError("a password is never sent without TLS; set mail.security", ours=True)
        if not self._password:
            raise DeliveryError("there is a user name for the mail server, but no password", ours=True)
        try:
            client.login(self._username or "", self._password)
        except smtplib.SMTPAuthenticationError as error:
            _refused("login", error.smtp_code, error.smtp_error, ours=True)
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"the mail server takes no login: {error}", ours=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"the line broke at login: {error}", unreachable=True) from error

    # --- one message ---

    def _envelope(self, delivery: Delivery, recipient: str) -> smtplib.SMTP:
        """A connection that has accepted sender and recipient. A kept one that went stale is replaced once."""
        was_kept = self._client is not None
        client = self._connected()
        try:
            self._mail_and_rcpt(client, delivery, recipient)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            if not was_kept:
                raise DeliveryError(f"the line broke before the message: {error}") from error
            return self._envelope(delivery, recipient)
        return client

    def _mail_and_rcpt(self, client: smtplib.SMTP, delivery: Delivery, recipient: str) -> None:
        options = [f"size={len(delivery.mime)}"] if client.has_extn("size") else []
        code, text = client.mail(self._sender, options)
        if code == 421 and self._sent:
            raise smtplib.SMTPServerDisconnected("421, said while the line was idle")
        if code != 250:
            self._after_refusal(code)
            _refused("sender", code, text, ours=_is_ours(code, text) or code >= 500)
        code, text = client.rcpt(recipient)
        if code not in {250, 251}:
            self._after_refusal(code)
            _refused("recipient", code, text, ours=_is_ours(code, text))

    def _data(self, client: smtplib.SMTP, mime: bytes) -> None:
        try:
            code, text = client.docmd("DATA")
            if code == 354:
                client.send(_dotted(mime))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise DeliveryError(f"the line broke within the message: {error}") from error
        if code != 354:
            self._after_refusal(code)
            _refused("message", code, text, ours=_is_ours(code, text))
        self._final(client)

    def _final(self, client: smtplib.SMTP) -> None:
        """The answer to the final dot: the moment at which the server takes the mail into its hands, or not."""
        _patience(client, self._timeouts.final)
        try:
            code, text = client.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise DeliveryError(f"no answer to the message: {error}", ambiguous=True) from error
        if client.sock is not None:
            _patience(client, self._timeouts.command)
        if not 200 <= code < 300:
            self._after_refusal(code)
            _refused("message", code, text, ours=_is_ours(code, text))

    def _after_refusal(self, code: int) -> None:
        """Ready for the next mail; after 421 the server closes the line, and so do we."""
        if code == 421:
            self.close()
        else:
            self._reset()

    def _reset(self) -> None:
        """Leave the conversation ready for the next mail, or end it."""
        try:
            if self._client is not None and self._client.docmd("RSET")[0] == 250:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self.close()


def _recipient(delivery: Delivery) -> str:
    try:
        return checked(delivery.recipient)
    except ValueError as error:
        raise DeliveryError(str(error), permanent=True) from error


@contextlib.contextmanager
def _unreachable(place: str) -> Generator[None]:
    """Failures on the way to the server, told as such; a wrong certificate is for us to mend."""
    try:
        yield
    except DeliveryError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(f"{place}: the certificate is not trusted: {error.verify_message}", ours=True) from error
    except smtplib.SMTPResponseException as error:
        _refused(place, error.smtp_code, error.smtp_error, ours=error.smtp_code >= 500, unreachable=True)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{place} does not answer: {error}", unreachable=True) from error


def _refused(what: str, code: int, text: bytes | str, *, ours: bool, unreachable: bool = False) -> NoReturn:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    raise DeliveryError(
        f"{what}: {code} {' '.join(words.split())[:300]}",
        permanent=code >= 500 and not ours,
        ours=ours,
        unreachable=unreachable and not ours,
    )


def _is_ours(code: int, text: bytes | str) -> bool:
    """Whether a refusal speaks of the sender or of policy rather than of the recipient or the message."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    found = _ENHANCED.search(words)
    if found is None:
        return False
    subject, detail = int(found[2]), int(found[3])
    if (subject, detail) in _SENDER_RULES:
        return True
    return code >= 500 and (subject == 7 or (subject, detail) in _SENDER_TROUBLE)


def _patience(client: smtplib.SMTP, seconds: float) -> None:
    if isinstance(client.sock, socket.socket):
        client.sock.settimeout(seconds)


def _dotted(mime: bytes) -> bytes:
    """The message with its dots doubled and its end marked (RFC 5321, 4.5.2); its lines end in CRLF already."""
    body = re.sub(rb"(?m)^\.", b"..", mime)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"
