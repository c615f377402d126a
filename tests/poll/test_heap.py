"""A pass's threads share one heap."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import ctypes, sys, threading
from aluevahti.poll.heap import share_one_heap

if sys.argv[1] == "shared":
    share_one_heap()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(8)
threads = [threading.Thread(target=lambda: (libc.malloc(1000), together.wait(10))) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(folder: Path, how: str) -> int:
    """How many heaps a process has after eight of its threads took memory."""
    told = folder / how
    subprocess.run([sys.executable, "-c", SCRIPT, how, str(told)], check=True)
    return told.read_text().count("<heap nr=")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="another C library than glibc")
def test_the_threads_of_a_pass_share_one_heap(tmp_path: Path) -> None:
    assert heaps(tmp_path, "apart") > 2
    assert heaps(tmp_path, "shared") == 1
