"""Files that a command leaves: whole or not at all, so that a full disk costs nobody the file of yesterday."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Write `text` as UTF-8 into `file`, which then holds all of it, or what it held before.

    What is no file (a pipe, a terminal) is written to as it is.

    Raises:
        OSError: it cannot be written.
    """
    if file.exists() and not file.is_file():
        file.write_text(text, encoding="utf-8")
        return
    target = file.resolve()  # a link goes on pointing where it points
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        partial.replace(target)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def _umask() -> int:
    """What a new file's permissions lack here; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
