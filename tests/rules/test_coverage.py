"""How much of the country was really read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aluevahti.model import Source, SourceHealth, SourceState
from aluevahti.regions import REGION_CODES
from aluevahti.rules.coverage import coverage
from readers import NOW

HOUR = dt.timedelta(hours=1)


def source(name: str, region: str = "lappi", **given: Any) -> Source:
    return Source(id=name, region=region, platform="page", url=f"https://{name}.example/", **given)


def well(**given: Any) -> SourceHealth:
    values: dict[str, Any] = {"state": SourceState.OK, "last_success_at": NOW - HOUR}
    return SourceHealth(**(values | given))


def failing(since: dt.datetime | None = NOW - 50 * HOUR) -> SourceHealth:
    return SourceHealth(state=SourceState.FAILING, last_success_at=since)


FORBIDDEN = SourceHealth(state=SourceState.FORBIDDEN)


def test_a_region_whose_sources_were_all_read_is_read() -> None:
    found = coverage([source("a"), source("b")], {"a": well(), "b": well()}, NOW)

    assert found.read == ("lappi",)
    assert set(found.unwatched) == set(REGION_CODES) - {"lappi"}
    assert (found.partly, found.forbidden, dict(found.unread_since)) == ((), (), {})


@pytest.mark.parametrize("state", [SourceState.FAILING, SourceState.SILENT])
def test_a_region_that_cannot_be_read_is_told_with_the_last_good_day(state: SourceState) -> None:
    trouble = SourceHealth(state=state, last_success_at=NOW - 50 * HOUR)
    found = coverage([source("a")], {"a": trouble}, NOW)

    assert (found.read, found.partly) == ((), ())
    assert dict(found.unread_since) == {"lappi": NOW - 50 * HOUR}


def test_a_region_read_in_part_says_since_when_the_rest_is_missing() -> None:
    sources = [source("a"), source("b"), source("c")]
    found = coverage(sources, {"a": well(), "b": failing(NOW - 30 * HOUR), "c": failing(NOW - 90 * HOUR)}, NOW)

    assert found.partly == ("lappi",)
    assert dict(found.unread_since) == {"lappi": NOW - 90 * HOUR}


def test_a_source_that_was_never_read_has_no_last_day() -> None:
    found = coverage([source("a"), source("b")], {"b": failing()}, NOW)

    assert dict(found.unread_since) == {"lappi": None}


def test_a_region_with_a_forbidden_source_is_never_wholly_read() -> None:
    sources = [source("a"), source("b"), source("c", "kainuu")]
    found = coverage(sources, {"a": well(), "b": FORBIDDEN, "c": FORBIDDEN}, NOW)

    assert (found.read, found.partly) == ((), ("lappi",))
    assert set(found.forbidden) == {"lappi", "kainuu"}
    assert dict(found.unread_since) == {}


def test_a_disabled_source_watches_nothing() -> None:
    assert "lappi" in coverage([source("a", enabled=False)], {"a": well()}, NOW).unwatched


@pytest.mark.parametrize(
    ("health", "is_read"),
    [
        (well(last_success_at=NOW - 25 * HOUR), True),
        (well(last_success_at=NOW - 27 * HOUR), False),  # nobody has looked since
        (well(last_success_at=NOW - 100 * HOUR, next_poll_at=NOW - 20 * HOUR), True),  # it was due a while ago
        (well(last_success_at=NOW - 100 * HOUR, next_poll_at=NOW - 30 * HOUR), False),
        (well(last_success_at=NOW - 100 * HOUR, next_poll_at=NOW + 30 * HOUR), True),  # a weekly source
        (well(bad_checks=2), True),  # not yet told as trouble, and read an hour ago
        (SourceHealth(), False),
    ],
)
def test_a_source_counts_as_read_when_it_was_read_when_it_was_due(health: SourceHealth, is_read: bool) -> None:
    assert is_read == ("lappi" in coverage([source("a")], {"a": health}, NOW).read)


def test_regions_come_in_the_countrys_order() -> None:
    sources = [source(code, code) for code in reversed(REGION_CODES)]

    assert coverage(sources, {code: well() for code in REGION_CODES}, NOW).read == REGION_CODES
