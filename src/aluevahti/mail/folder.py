"""Mail into a folder of .eml files: for trials, demonstrations and tests."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from aluevahti.errors import DeliveryError
from aluevahti.model import Delivery


class FolderMailer:
    """Writes every mail as one file. A mail sent twice gives the same file name, so it is there once."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first mail comes."""
        self.folder = folder

    def send(self, delivery: Delivery, *, on_data: Callable[[], None]) -> None:
        """See `Mailer.send`. The file appears whole or not at all."""
        on_data()
        target = self.path_of(delivery)
        unfinished = target.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(delivery.mime)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except OSError as error:
            raise DeliveryError(f"the folder {self.folder} takes no mail: {error}", unreachable=True) from error

    def path_of(self, delivery: Delivery) -> Path:
        """Where a mail is, or will be: named by its time, its reader and its Message-ID."""
        reader = re.sub(r"[^a-z0-9.@_+-]+", "_", delivery.recipient.lower()).strip(".")
        mark = hashlib.sha256(delivery.message_id.encode()).hexdigest()[:8]
        return self.folder / f"{delivery.created_at:%Y%m%dT%H%M%SZ}-{delivery.kind}-{reader[:80]}-{mark}.eml"

    def close(self) -> None:
        """Nothing is kept open."""
