"""The same as the pages tell, as JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from itertools import islice

from aluevahti import shapes
from aluevahti.baseline import reported_national
from aluevahti.config import moment
from aluevahti.model import Change, ChangeKind, Json, Theme
from aluevahti.regions import REGION_CODES
from aluevahti.rules.national import national
from aluevahti.web.changes import number_of
from aluevahti.web.site import Site

MOST = 1000
"""Changes in one answer."""


class BadQueryError(Exception):
    """The address asks for something that is not there; says what."""


def status(site: Site, query: Mapping[str, str]) -> dict[str, Json]:
    """The known status, as `aluevahti status --json` tells it; `?region=`: of one region.

    Raises:
        BadQueryError: there is no such region.
    """
    wanted = _one_of(query, "region", REGION_CODES)
    known = site.store.statuses()
    codes = [code for code in REGION_CODES if wanted in {None, code}]
    return shapes.status_json(
        site.clock(),
        {code: known.get(code, {}) for code in codes},
        {code: site.store.status_history(code) for code in codes},
        national(known, reported_national()) if wanted is None else None,
        site.config().service.timezone,
    )


def changes(site: Site, query: Mapping[str, str]) -> list[Change]:
    """Changes, oldest first, at most `MOST`.

    `?region=&theme=&kind=&since=` as on the command line; `?after=` is the id of the last change that is known
    already, `?limit=` asks for fewer.

    Raises:
        BadQueryError: there is no such region, theme or kind, `after` or `limit` is no number, `since` no time.
    """
    after, limit = (_number(query, name) for name in ("after", "limit"))
    theme, kind = _one_of(query, "theme", tuple(Theme)), _one_of(query, "kind", tuple(ChangeKind))
    found = site.store.changes(
        after_id=after or 0,
        since=_since(site, query),
        region=_one_of(query, "region", REGION_CODES),
        theme=Theme(theme) if theme else None,
        kind=ChangeKind(kind) if kind else None,
    )
    return list(islice(found, MOST if limit is None else min(limit, MOST)))


def _since(site: Site, query: Mapping[str, str]) -> dt.datetime | None:
    text = query.get("since")
    try:
        return moment(text, site.config().service.timezone) if text else None
    except ValueError as error:
        raise BadQueryError(f"since: {error}") from None


def _one_of(query: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    value = query.get(name) or None
    if value is not None and value not in known:
        raise BadQueryError(f"{name}: there is no '{value[:60]}'; there are {', '.join(known)}")
    return value


def _number(query: Mapping[str, str], name: str) -> int | None:
    value = query.get(name) or None
    number = number_of(value)
    if value is not None and number is None:
        raise BadQueryError(f"{name}: must be a number")
    return number


def lines(site: Site, found: list[Change]) -> Iterator[str]:
    """One JSON object a line."""
    zone = site.config().service.timezone
    for change in found:
        yield json.dumps(shapes.change_json(change, zone), ensure_ascii=False) + "\n"
