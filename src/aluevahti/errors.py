"""The errors aluevahti raises, in one tree.

    AluevahtiError
      ConfigError             the operator's mistake: nothing is started, exit code 2
      PollError               one source's bad day: recorded, counted, the next source goes on
        ParseError            the bytes are not what the adapter can read
          LayoutChanged       the page no longer looks as the adapter knows it
          WrongPage           another page came than the one asked for: ask again, store nothing
      StorageError            the database failed: the pass stops
        DatabaseNewer         the file was written by a newer aluevahti
        Locked                another aluevahti is writing
        Unstorable            the database is well and refuses what one source brought: the next source goes on
      DeliveryError           a mail could not be handed over

A failed fetch is not among them: it is a normal day for a poller and travels as a value
(`aluevahti.model.Failed`).
"""

from __future__ import annotations

from dataclasses import dataclass


class AluevahtiError(Exception):
    """The root of everything aluevahti raises on purpose."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong in a configuration file, with the place where a person can mend it."""

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.text}"


class ConfigError(AluevahtiError):
    """The configuration is wrong; carries every complaint, not only the first."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(str(complaint) for complaint in complaints))


class PollError(AluevahtiError):
    """Something about one source went wrong; the other sources are not touched by it."""


class ParseError(PollError):
    """The bytes at `url` cannot be read as what the adapter expects there.

    `passing`: the server had a bad moment (half a page, an empty one); asking again later may well help.
    """

    def __init__(self, url: str, reason: str, *, passing: bool = False) -> None:
        self.url = url
        self.reason = reason
        self.passing = passing
        super().__init__(f"{reason} ({url})")


class LayoutChanged(ParseError):
    """The page answers, but what the adapter looks for is not on it."""


class WrongPage(ParseError):
    """The server gave another page than the one asked for; worth asking again, never worth storing."""


class StorageError(AluevahtiError):
    """The database refused; the cause is chained."""


class DatabaseNewer(StorageError):
    """The database was written by a newer version of aluevahti and is left alone."""


class Locked(StorageError):
    """Another aluevahti process holds the writer's lock."""


class Unstorable(StorageError):
    """What one source brought cannot be written (half a character, say); nothing of it was, the database is well."""


class DeliveryError(AluevahtiError):
    """A message was not accepted by the mail server.

    Attributes:
        permanent: no repeat will help for this recipient (a 5xx answer to RCPT).
        ours: the fault is the sender's (authentication, policy, sender refused): all mail waits.
        ambiguous: the connection broke after the message body was under way; it may have arrived.
        unreachable: the mail server itself did not answer: nothing was said about any recipient.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        ours: bool = False,
        ambiguous: bool = False,
        unreachable: bool = False,
    ) -> None:
        self.permanent = permanent
        self.ours = ours
        self.ambiguous = ambiguous
        self.unreachable = unreachable
        super().__init__(reason)
