"""While our own mail server does not answer, or refuses us, all mail waits: remembered in the database."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from aluevahti.rules import delivery as rules
from aluevahti.storage import Store

PAUSE = "mail.pause"

LOOK = "operator.look"
"""Set to something new whenever a mail was given up or held: the operator's next mail looks for it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """All mail waits.

    Attributes:
        ours: the server refuses us (a person has to mend it); else it does not answer.
        count: how many attempts in a row ended so.
        since: when it began.
        until: when the next attempt is made.
        reason: what the server said, or what happened.
    """

    ours: bool
    count: int
    since: dt.datetime
    until: dt.datetime
    reason: str


def read_pause(store: Store) -> Pause | None:
    """The pause that is on, whether or not its time is over; it ends with the first mail that goes out."""
    text = store.meta(PAUSE)
    if not text:
        return None
    found = json.loads(text)
    return Pause(
        found["ours"],
        found["count"],
        dt.datetime.fromisoformat(found["since"]),
        dt.datetime.fromisoformat(found["until"]),
        found["reason"],
    )


def begin_pause(store: Store, reason: str, now: dt.datetime, *, ours: bool) -> Pause:
    """Let all mail wait, longer each time that the same trouble comes again."""
    old = read_pause(store)
    again = old is not None and old.ours is ours
    count = old.count + 1 if old is not None and again else 1
    since = old.since if old is not None and again else now
    pause = Pause(ours, count, since, now + rules.pause(ours=ours, count=count), reason)
    store.set_meta(
        PAUSE,
        json.dumps(
            {
                "ours": ours,
                "count": count,
                "since": since.isoformat(),
                "until": pause.until.isoformat(),
                "reason": reason,
            },
            ensure_ascii=False,
        ),
    )
    return pause


def end_pause(store: Store) -> None:
    """A mail went out: all is well."""
    if store.meta(PAUSE):
        store.set_meta(PAUSE, "")
