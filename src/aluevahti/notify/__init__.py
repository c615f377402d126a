"""Pipeline 2: from recorded changes to mails in readers' mailboxes. Only puts calls in order.

queue    due | select | view | render | compose | enqueue     one transaction per reader
deliver  claim | (mark) send | finish                         one mail after the other

A mail is made once, with its Message-ID and all its bytes; whatever happens afterwards, those bytes go
out. Nothing is lost when the server refuses, drops or dies; a sender killed at the wrong moment causes
one identical repeat at most.
"""

from aluevahti.notify.background import Lookup
from aluevahti.notify.delivering import DeliveryReport, Trouble, deliver
from aluevahti.notify.queueing import (
    CONFIRM_WITHIN,
    Preview,
    Queued,
    next_digests,
    preview,
    queue_confirmation,
    queue_digests,
)
from aluevahti.notify.settings import Settings, settings_of

__all__ = [
    "CONFIRM_WITHIN",
    "DeliveryReport",
    "Lookup",
    "Preview",
    "Queued",
    "Settings",
    "Trouble",
    "deliver",
    "next_digests",
    "preview",
    "queue_confirmation",
    "queue_digests",
    "settings_of",
]
