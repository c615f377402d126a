"""One heap for all threads of a pass."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # malloc.h


def share_one_heap() -> None:
    """Let the threads that are begun from now on take their memory from the heap that there is.

    glibc gives each thread a heap of its own, and each keeps what the largest page took that it ever read. Where the C
    library is another one nothing happens.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
