"""When, for whom and with what knowledge a piece of mail or a page is worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aluevahti.model import KnownDocument, KnownWindow
from aluevahti.render.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the changes themselves do not say.

    Attributes:
        revisions: by document row id, its text before and after the changes.
        proofs: by window row id, the addresses of all documents that tell of the window.
        windows: by row id, the windows as they stand now.
        baseline: ids of the changes whose `before` stands on the baseline of January 2023.
        documents: by row id, the documents that the changes are about, as they stand now.
        matters: by row id of such a document, the other handlings of its matter, oldest first.
    """

    revisions: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    proofs: Mapping[int, Sequence[str]] = field(default_factory=dict)
    windows: Mapping[int, KnownWindow] = field(default_factory=dict)
    baseline: frozenset[int] = frozenset()
    documents: Mapping[int, KnownDocument] = field(default_factory=dict)
    matters: Mapping[int, Sequence[KnownDocument]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """When and for whom an entry is worded."""

    words: Catalogue
    now: dt.datetime
    zone: ZoneInfo
    background: Background

    @property
    def today(self) -> dt.date:
        """The reader's date."""
        return self.now.astimezone(self.zone).date()
