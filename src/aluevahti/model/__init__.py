"""The nouns of aluevahti: frozen values and closed sets, nothing that acts.

Conventions: `*_at` is an aware UTC datetime, `*_on` a date in Helsinki, `*_time` a clock time in
Helsinki. A tuple stands wherever a list would tempt somebody to change it.

A module for each subject; all of their names are imported from here.
"""

from __future__ import annotations

from aluevahti.model.attempt import DocumentUpdate, PollOutcome, StatusUpdate
from aluevahti.model.changes import Change, ChangeKind, KnownWindow
from aluevahti.model.documents import Document, File, Form, KnownDocument, Listing, Phase, Version
from aluevahti.model.fetching import (
    Failed,
    FailureReason,
    Fetch,
    Fetched,
    HttpRecord,
    NotModified,
    Request,
    RobotsRecord,
    Snapshot,
    Validators,
)
from aluevahti.model.mail import Delivery, DeliveryState, Message, NewDelivery
from aluevahti.model.readers import Rhythm, Subscriber, SubscriptionState
from aluevahti.model.sources import Coverage, Source, SourceHealth, SourceState, Traffic
from aluevahti.model.status import ABOLISHED, STATUS_HEADINGS, Evidence, PastValue, Proposal, StatusState, StatusValue
from aluevahti.model.terms import Json, Language, Theme
from aluevahti.model.understanding import (
    ANY_TYPE,
    PUT_OFF,
    TURNED_DOWN,
    CallChange,
    Decision,
    DocKind,
    Meeting,
    Outcome,
    Reading,
    StatusFact,
    Window,
)

__all__ = [
    "ABOLISHED",
    "ANY_TYPE",
    "PUT_OFF",
    "STATUS_HEADINGS",
    "TURNED_DOWN",
    "CallChange",
    "Change",
    "ChangeKind",
    "Coverage",
    "Decision",
    "Delivery",
    "DeliveryState",
    "DocKind",
    "Document",
    "DocumentUpdate",
    "Evidence",
    "Failed",
    "FailureReason",
    "Fetch",
    "Fetched",
    "File",
    "Form",
    "HttpRecord",
    "Json",
    "KnownDocument",
    "KnownWindow",
    "Language",
    "Listing",
    "Meeting",
    "Message",
    "NewDelivery",
    "NotModified",
    "Outcome",
    "PastValue",
    "Phase",
    "PollOutcome",
    "Proposal",
    "Reading",
    "Request",
    "Rhythm",
    "RobotsRecord",
    "Snapshot",
    "Source",
    "SourceHealth",
    "SourceState",
    "StatusFact",
    "StatusState",
    "StatusUpdate",
    "StatusValue",
    "Subscriber",
    "SubscriptionState",
    "Theme",
    "Traffic",
    "Validators",
    "Version",
    "Window",
]
