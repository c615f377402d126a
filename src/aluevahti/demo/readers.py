"""Who reads in the demo: three people in three languages and rhythms, and the operator."""

from __future__ import annotations

import datetime as dt

from aluevahti.demo.mailbox import PutOff
from aluevahti.model import Language, Rhythm, Subscriber, SubscriptionState
from aluevahti.text.dates import HELSINKI

OPERATOR = "yllapito@example.org"
CONTACT = "seuranta@example.org"

READERS = (
    Subscriber(
        email="aino.heti@example.org",
        lang=Language.FI,
        rhythm=Rhythm.INSTANT,
        state=SubscriptionState.CONFIRMED,
    ),
    Subscriber(
        email="siv.dagligen@example.org",
        lang=Language.SV,
        rhythm=Rhythm.DAILY,
        state=SubscriptionState.CONFIRMED,
    ),
    Subscriber(
        email="emma.weekly@example.org",
        lang=Language.EN,
        rhythm=Rhythm.WEEKLY,
        regions=("ita-uusimaa", "pirkanmaa", "keski-suomi", "kainuu"),
        state=SubscriptionState.CONFIRMED,
    ),
)

PUT_OFF = PutOff("siv.dagligen@example.org", dt.datetime(2026, 3, 11, 7, 0, tzinfo=HELSINKI))
"""The mail that the mail server answers 451 the first time."""
