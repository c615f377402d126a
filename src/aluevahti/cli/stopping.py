"""Ctrl-C while a command works: what is under way is finished, nothing further is begun."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from aluevahti.cli.output import note

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended."""


@contextmanager
def first_interrupt_stops() -> Iterator[Callable[[], bool]]:
    """Gives the question whether to stop: from the first Ctrl-C on the answer is yes; the second ends the process at once.

    The database takes that as it takes a power cut: whole, or not at all.
    """
    pressed = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if pressed.is_set():
            os._exit(INTERRUPTED)
        pressed.set()
        note("aluevahti: stops when what is under way is finished; Ctrl-C again stops at once")

    is_deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # a shell's background job: Ctrl-C means another one
    if is_deaf or threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.signal(signal.SIGINT, handle)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
