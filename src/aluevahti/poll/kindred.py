"""The documents of the regions that a pass has to do with, as `rules.kin` finds them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from aluevahti.poll.ground import RELATIVES_FOR
from aluevahti.rules.kin import Kin
from aluevahti.storage import Store


class Kindred:
    """Keeps a region's index for the time of a pass: made when first asked for, brought up to date where a poll
    wrote something since, so that a pass reads each document's row once or twice, however many polls bring news.

    Args:
        store: the state.
        now: the beginning of the pass (aware).
    """

    def __init__(self, store: Store, now: dt.datetime) -> None:
        self._store = store
        self._since = now - RELATIVES_FOR
        self._of_region: dict[str, Kin] = {}
        self._written: defaultdict[str, set[str]] = defaultdict(
            set
        )  # region -> sources recorded since it was asked for

    def of(self, region: str) -> Kin:
        """A region's documents as they stand in the state now.

        Raises:
            StorageError: it could not be read.
        """
        sources = self._written.pop(region, None)
        kin = self._of_region.get(region)
        if kin is None:
            kin, sources = self._of_region.setdefault(region, Kin()), None
        elif sources is None:
            return kin
        for known in self._store.region_documents(region, self._since, sources):
            kin.add(known)
        return kin

    def wrote(self, region: str, source: str) -> None:
        """A poll of this source wrote documents."""
        self._written[region].add(source)
