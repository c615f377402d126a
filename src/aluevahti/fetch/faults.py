"""The one exception that travels inside this package; `Fetcher` turns it into a `Failed` value."""

from __future__ import annotations

import datetime as dt

from aluevahti.model import FailureReason

LINE_LIMIT = 300
"""Characters of the longest line that tells a failure."""


class Fault(Exception):  # noqa: N818  # it names what happened, as those of the errors tree do
    """Why an answer could not be had.

    Attributes:
        reason: the closed set that programs decide by.
        detail: one line for a person.
        status: the HTTP status, where there was one.
        retry_at: when the server wants to be asked again, where it said so.
    """

    def __init__(
        self,
        reason: FailureReason,
        detail: str,
        *,
        status: int | None = None,
        retry_at: dt.datetime | None = None,
    ) -> None:
        self.reason = reason
        self.detail = one_line(detail)
        self.status = status
        self.retry_at = retry_at
        super().__init__(self.detail)

    def told(self, detail: str) -> Fault:
        """The same fault in other words; a new one, since a remembered one may be raised in many threads."""
        return Fault(self.reason, detail, status=self.status, retry_at=self.retry_at)


def one_line(text: str) -> str:
    """The text as one printable line of bounded length: parts of it come from strangers."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(printable.split())
    return line if len(line) <= LINE_LIMIT else line[: LINE_LIMIT - 1] + "…"
