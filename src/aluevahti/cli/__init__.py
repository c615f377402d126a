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
from types import TracebackType

from typer.exceptions import Abort, TyperException
from typer.main import get_command

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
    """Run one command and return its exit code.

    Args:
        argv: the command without the program's name; None: the process's own. Only then does a fault of ours,
            which leaves as whatever it is, end the process with one readable line and exit code 1.
    """
    gc.set_threshold(*_GARBAGE)
    if argv is None:
        sys.excepthook = _say_fault
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller (`aluevahti check 2>&-`): nobody wants to hear it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    try:
        command = get_command(app)  # calling `app` itself would put Typer's own words in the place of `_say_fault`
        result = command(args=None if argv is None else list(argv), prog_name="aluevahti", standalone_mode=False)
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
            raise
        _drop_the_answer()
        return _fail(f"the answer cannot be written: {error.strerror}", 1)
    return result if isinstance(result, int) else 0


def _drop_the_answer() -> None:
    """What is still to be written goes nowhere, so that the interpreter's end does not trip over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What the interpreter calls before it ends with exit code 1."""
    _fail(f"unexpected {kind.__name__} at {_place(trace)}: {error}", 1)


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


def _place(trace: TracebackType | None) -> str:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
