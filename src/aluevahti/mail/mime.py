"""From a message to the bytes that are sent, however often they are sent.

Three things that the standard library does not do by itself are done here:

- A header that must stay in one piece (an address to unsubscribe, a Message-ID) is written in one
  piece. The email package would wrap a long one into encoded words, which no mail program reads.
- Nothing in a header can start another one: control characters go, and so does what would be read as
  an encoded word (`=?`), which some Python versions decode into line breaks (CVE-2024-6923).
- What was built is read back, and must have the headers that were meant and no others.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.policy import default as readable
from email.utils import format_datetime

from aluevahti.mail.address import checked, sender_of
from aluevahti.model import Message

LONGEST_LINE = 998
"""RFC 5322, 2.1.1."""

_UNBROKEN = frozenset({"list-unsubscribe", "list-unsubscribe-post", "list-id", "list-help", "message-id"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OURS = frozenset({"from", "to", "subject", "date", "message-id"})
_OF_MIME = frozenset({"mime-version", "content-type", "content-transfer-encoding"})


class _Policy(EmailPolicy):
    """SMTP's line ends; header lines of 78 characters, but for the headers that must stay whole.

    Subjects are folded by the older of the standard library's two ways, those with other than ASCII letters
    coded as a whole: the newer one mixes plain and coded words and leaves two blanks at some ends of lines,
    and it begins some subjects with a line break, which is read back as a blank.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _UNBROKEN:
            return f"{name}: {value}\r\n".encode("ascii")
        if name.lower() == "subject":
            charset, breaks = ("us-ascii", " ") if value.isascii() else ("utf-8", "")
            folded = Header(str(value), charset, 75, name).encode(splitchars=breaks, linesep="\r\n")
            return f"{name}: {folded}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


def compose_mime(message: Message, *, sender: str) -> bytes:
    """The message as it goes over the wire: headers, a text part, and an HTML part if there is one.

    Args:
        message: `date` (aware) and `message_id` are written as they are given, so that building the same
            message again gives the same bytes; `headers` may add to From, To, Subject, Date and
            Message-ID, but not replace them.
        sender: the From line, `Name <address>` or an address alone.

    Raises:
        ValueError: an address is wrong, a header is not what was meant, or a line is longer than SMTP allows.
    """
    if message.date is None or message.date.utcoffset() is None:
        raise ValueError("a message needs its date, with an offset")
    headers = _headers(message, message.date, sender)
    mail = EmailMessage(policy=_POLICY)
    for name, value in headers:
        mail[name] = value
    mail.set_content(message.text, subtype="plain", charset="utf-8", cte="quoted-printable")
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html", charset="utf-8", cte="quoted-printable")
        mail.set_boundary("=_" + hashlib.sha256(message.message_id.encode()).hexdigest()[:40])
    mime = mail.as_bytes()
    _verify(mime, headers)
    return mime


def _headers(message: Message, date: dt.datetime, sender: str) -> list[tuple[str, str]]:
    headers = [
        ("From", _written(sender_of(sender))),
        ("To", checked(message.recipient)),
        ("Subject", header_text(message.subject)),
        ("Date", format_datetime(date.replace(microsecond=0))),
        ("Message-ID", message.message_id),
    ]
    for name, value in message.headers:
        if not _TOKEN.fullmatch(name) or name.lower() in _OURS | _OF_MIME:
            raise ValueError(f"{name!r} is not a header that a message may add")
        headers.append((name, header_text(value)))
    return headers


def _written(address: Address) -> str:
    return str(Address(header_text(address.display_name), address.username, address.domain))


def header_text(text: str) -> str:
    """`text` on one line, with nothing in it that a mail program could take for another header."""
    return " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())


def _verify(mime: bytes, meant: list[tuple[str, str]]) -> None:
    """Read the bytes as a mail program does; what was meant must be there, and nothing else."""
    longest = max(len(line) for line in mime.split(b"\r\n"))
    if longest > LONGEST_LINE:
        raise ValueError(f"a line of {longest} characters is longer than mail servers take")
    read = BytesParser(policy=readable).parsebytes(mime, headersonly=True)
    found = sorted((name.lower(), _loose(str(value))) for name, value in read.items() if name.lower() not in _OF_MIME)
    wanted = sorted((name.lower(), _loose(value)) for name, value in meant)
    if found != wanted:
        raise ValueError(f"the headers read back are not the ones that were meant: {set(found) ^ set(wanted)}")


def _loose(value: str) -> str:
    """A value without the blanks that folding may move."""
    return "".join(value.split())
