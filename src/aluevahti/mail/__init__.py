"""Mail as it leaves the house: the bytes of a message, and the ways to hand it over.

The only place that speaks SMTP. It knows nothing of digests, and stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aluevahti.mail.address import checked, sender_of
from aluevahti.mail.folder import FolderMailer
from aluevahti.mail.mime import LONGEST_LINE, compose_mime, header_text
from aluevahti.mail.smtp import SmtpMailer, Timeouts
from aluevahti.model import Delivery

__all__ = [
    "LONGEST_LINE",
    "FolderMailer",
    "Mailer",
    "SmtpMailer",
    "Timeouts",
    "checked",
    "compose_mime",
    "header_text",
    "sender_of",
]


class Mailer(Protocol):
    """A way to hand a mail over. One thread at a time."""

    def send(self, delivery: Delivery, *, on_data: Callable[[], None]) -> None:
        """Hand one mail over; returning means that the other side has taken it into its hands.

        Args:
            delivery: the row as claimed; its `mime` goes out byte for byte.
            on_data: called once, after the recipient was accepted and before the first byte of the
                message leaves: what it commits is the mark of a mail whose fate is open.

        Raises:
            DeliveryError: the other side did not take it; says whose trouble it is.
        """

    def close(self) -> None:
        """Say goodbye; the mailer may be used again afterwards."""
