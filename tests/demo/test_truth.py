"""The comparison with the world's truth sees what is false, what is lost and what came twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from email.parser import BytesParser
from email.policy import default

import pytest

from aluevahti.demo.calendar import look_after, moments
from aluevahti.demo.mailbox import Mail
from aluevahti.demo.truth import Verdict, compare
from aluevahti.demo.world import read_places
from aluevahti.model import Change, ChangeKind
from aluevahti.storage import Store
from aluevahti.text.dates import HELSINKI
from demorun import Run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PLACES = read_places()


@pytest.fixture(scope="session")
def changes(demo: Run) -> Sequence[Change]:
    with Store.open(f"sqlite:///{demo.folder / 'state.db'}", now=moments()[-1]) as store:
        return tuple(store.changes())


@pytest.fixture(scope="session")
def mails(demo: Run) -> Sequence[Mail]:
    found = []
    for path in sorted((demo.folder / "mail").glob("*.eml")):
        read = BytesParser(policy=default).parsebytes(path.read_bytes())
        found.append(Mail(recipient=str(read["To"]), arrived_at=moments()[0], data=path.read_bytes(), read=read))
    return found


def shape(verdict: Verdict) -> tuple[int, int, int, int]:
    """How much is false and lost, among the changes and in the mails."""
    return len(verdict.false), len(verdict.lost), len(verdict.false_mails), len(verdict.lost_mails)


def place_of(changes: Sequence[Change], kind: ChangeKind) -> int:
    return next(place for place, change in enumerate(changes) if change.kind is kind)


def test_the_run_itself_is_right(changes: Sequence[Change], mails: Sequence[Mail]) -> None:
    verdict = compare(PLACES, changes, mails)

    assert verdict.is_right
    assert (verdict.expected, verdict.entries) == (len(changes), 61)


def test_every_truth_is_told_by_one_change(changes: Sequence[Change]) -> None:
    for place in range(len(changes)):
        without = [*changes[:place], *changes[place + 1 :]]
        assert shape(compare(PLACES, without, ()))[:2] == (0, 1)


@pytest.mark.parametrize(
    "kind",
    [
        ChangeKind.WINDOW_OPENED,
        ChangeKind.WINDOW_CHANGED,
        ChangeKind.DOCUMENT_NEW,
        ChangeKind.STATUS_CHANGED,
        ChangeKind.SOURCE_FAILING,
    ],
)
def test_what_is_told_twice_is_false(kind: ChangeKind, changes: Sequence[Change], mails: Sequence[Mail]) -> None:
    twice = [*changes, changes[place_of(changes, kind)]]

    assert shape(compare(PLACES, twice, mails))[:2] == (1, 0)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"after": {"closes": "2026-03-14"}},
        {"sure": False},
        {"relevant": False},
        {"region": "kainuu"},
        {"title": "Jotain muuta"},
        {"detected_at": dt.datetime(2026, 3, 13, 12, tzinfo=HELSINKI)},
        {"detected_at": dt.datetime(2026, 3, 12, 9, tzinfo=HELSINKI)},
    ],
)
def test_what_is_told_wrongly_is_false_and_lost(
    spoilt: dict[str, object], changes: Sequence[Change], mails: Sequence[Mail]
) -> None:
    place = place_of(changes, ChangeKind.WINDOW_CHANGED)
    wrong = [*changes[:place], replace(changes[place], **spoilt), *changes[place + 1 :]]  # type: ignore[arg-type]

    assert shape(compare(PLACES, wrong, mails))[:2] == (1, 1)


def test_a_mail_that_is_missing_is_lost_and_one_that_comes_twice_is_false(
    changes: Sequence[Change], mails: Sequence[Mail]
) -> None:
    for place in range(0, len(mails), 7):
        assert shape(compare(PLACES, changes, [*mails[:place], *mails[place + 1 :]]))[2:] != (0, 0)

    verdict = compare(PLACES, changes, [*mails, mails[-1]])

    assert shape(verdict)[:2] == (0, 0)
    assert shape(verdict)[2] > 0
    assert verdict.other
    assert not verdict.is_right


def test_whatever_else_is_wrong_makes_it_wrong(changes: Sequence[Change], mails: Sequence[Mail]) -> None:
    assert not compare(PLACES, changes, mails, ["a forbidden page was asked for"]).is_right


def test_a_thing_is_looked_for_at_the_first_look_after_it_happened() -> None:
    noon = dt.datetime(2026, 3, 9, 12, 0, tzinfo=HELSINKI)

    assert look_after(noon) == dt.datetime(2026, 3, 9, 15, 0, tzinfo=HELSINKI)
    assert look_after(moments()[3]) == moments()[3]
    assert look_after(moments()[-1] + dt.timedelta(days=3)) == moments()[-1]
