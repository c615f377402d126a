"""The command line. One file a group of commands; a command is one function with a docstring.

Exit codes: 0 done; 1 done, but something failed and is named; 2 the call or the configuration is wrong
and nothing was touched. An error is one readable line on stderr, never a traceback.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from typer.exceptions import Abort, TyperException

from aluevahti.cli import (
    demo,
    doctor,
    extracting,
    knowledge,
    mailing,
    new_platform,
    readers,
    replaying,
    report,
    reviewing,
    sampling,
    searching,
    setup,
    status,
    trying,
    watching,
)
from aluevahti.cli.app import app
from aluevahti.cli.output import note
from aluevahti.cli.stopping import INTERRUPTED
from aluevahti.errors import AluevahtiError, Complaint, ConfigError, Locked

__all__ = ["main"]

GROUPS = (
    setup,
    watching,
    trying,
    knowledge,
    status,
    report,
    extracting,
    reviewing,
    readers,
    mailing,
    doctor,
    demo,
    new_platform,
    searching,
    sampling,
    replaying,
)
"""Importing a group is what adds its commands."""

_GARBAGE = (10_000, 10, 10)
"""How much piles up before it is looked through: what is imported stays, and searching it is a tenth of a start."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a disk says that takes no more; without a file's name it is where our output goes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `argv` without the program's name, None: the process's own."""
    gc.set_threshold(*_GARBAGE)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller (`aluevahti check 2>&-`): nobody wants to hear it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    try:
        result = app(args=None if argv is None else list(argv), prog_name="aluevahti", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        text = error.format_message()
        if text.lstrip().startswith("Usage:"):  # a command was called without a word: its help, line by line
            note(text.strip())
            return error.exit_code
        return _fail(text.replace("Value error, ", ""), error.exit_code)
    except ConfigError as error:
        return _complain(error.complaints)
    except Locked as error:
        return _fail(str(error), 2)
    except AluevahtiError as error:
        return _fail(str(error), 1)
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone (`aluevahti changes | head`); nobody is left to be told
        _drop_the_answer()
        return 141
    except OSError as error:
        if error.filename is not None or error.errno not in NO_ROOM:
            return _unexpected(error)
        _drop_the_answer()
        return _fail(f"the answer cannot be written: {error.strerror}", 1)
    except Exception as error:  # noqa: BLE001 - the last place where a fault of ours can become one readable line
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _drop_the_answer() -> None:
    """What is still to be written goes nowhere, so that the interpreter's end does not trip over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> int:
    return _fail(f"unexpected {type(error).__name__} at {_place(error)}: {error}", 1)


def _fail(text: str, code: int) -> int:
    note(f"aluevahti: {' '.join(text.split())}")
    return code


def _complain(complaints: Sequence[Complaint]) -> int:
    """What is wrong in a file begins with its place, as every editor expects it."""
    for complaint in complaints:
        if complaint.line is None:
            _fail(str(complaint), 2)
        else:
            note(" ".join(str(complaint).split()))
    return 2


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
