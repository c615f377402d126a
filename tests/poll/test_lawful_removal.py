"""Notices and officials' decisions leave the net by law: no news, no broken list, and our copies follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Form, SourceState
from aluevahti.poll.forgetting import forget_what_left
from aluevahti.rules.digest import select
from faultserver import Page
from readers import reader
from world import World

DAY = dt.timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")
TEXT = (
    "Järjestöavustusten haku on auki 2.3.–31.8.2026. Avustuksia myönnetään yhdistyksille. Lisätietoja: Maija Mallikas."
)


def publish(world: World, numbers: Sequence[int], *, word: str = "Kuulutus", on: str = "2026-03-01") -> None:
    """Show these papers on the list; the pages of the others are gone."""
    rows = "".join(
        f'<li><time datetime="{on}">{on}</time> <a href="/u/{n}">{word} järjestöavustuksista, osa {n}</a></li>'
        for n in numbers
    )
    pages = world.site.pages
    empty = "<p>Ei kuulutuksia.</p>" if not numbers else ""
    pages["/ilmoitukset"] = Page(f"<html><body><main><h1>Ilmoitukset</h1>{empty}<ul>{rows}</ul></main></body></html>")
    for n in range(20):
        pages.pop(f"/u/{n}", None)
    for n in numbers:
        pages[f"/u/{n}"] = Page(
            f"<html><body><main><h1>{word} järjestöavustuksista, osa {n}</h1><p>{TEXT} Osa {n}.</p></main></body></html>"
        )


def watch(world: World, numbers: Sequence[int], *, word: str = "Kuulutus", on: str = "2026-03-01") -> None:
    """A list of papers that has been read once; its windows are told then and of no matter here."""
    publish(world, numbers, word=word, on=on)
    world.add("listing", "/ilmoitukset")
    world.check()


def told(world: World, days: int) -> list[Change]:
    """What the next days tell of documents and sources."""
    changes = [change for _ in range(days) for change in world.check(DAY).changes]
    return [one for one in changes if not one.kind.value.startswith("window.")]


def test_a_notice_that_left_after_its_time_is_written_down_but_no_news(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6))
        world.now += 14 * DAY
        publish(world, [0, 1, 3, 4, 5])

        (change,) = told(world, 4)
        known = [one for one in world.store.known_documents("s1") if one.removed_at is not None]

    assert (change.kind, change.relevant) == (ChangeKind.DOCUMENT_REMOVED, False)
    assert change.before == {"phase": None, "title": "Kuulutus järjestöavustuksista, osa 2"}
    assert [one.document.form for one in known] == [Form.NOTICE]
    assert known[0].reading is not None
    assert known[0].reading.is_relevant
    assert select(reader(), [change]) == ()
    assert select(reader(all_documents=True), [change]) == ()


def test_a_notice_that_left_early_is_news(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6))
        publish(world, [0, 1, 3, 4, 5])

        (change,) = told(world, 4)

    assert (change.kind, change.relevant) == (ChangeKind.DOCUMENT_REMOVED, True)
    assert len(select(reader(), [change])) == 1


def test_news_that_is_taken_away_is_news_however_old(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6), word="Uutinen")
        world.now += 25 * DAY
        publish(world, [0, 1, 3, 4, 5], word="Uutinen")

        changes = told(world, 4)

    assert [(one.kind, one.relevant) for one in changes] == [(ChangeKind.DOCUMENT_REMOVED, True)]


def test_notices_that_all_expire_at_once_are_no_broken_list(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(8))
        world.now += 20 * DAY
        publish(world, [6, 7])

        changes = told(world, 4)
        state = world.store.health("s1").state

    assert {(one.kind, one.relevant) for one in changes} == {(ChangeKind.DOCUMENT_REMOVED, False)}
    assert len(changes) == 6
    assert state is SourceState.OK


def test_notices_that_vanish_before_their_time_are_a_broken_list(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(8))
        publish(world, [7])

        changes = told(world, 2)

    assert [one.kind for one in changes] == [ChangeKind.SOURCE_SILENT]


def test_our_copies_follow_a_fortnight_later_and_come_back_to_nobody(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6))
        world.now += 14 * DAY
        publish(world, [0, 1, 3, 4, 5])
        told(world, 4)
        (gone,) = (one for one in world.store.known_documents("s1") if one.removed_at is not None)
        assert gone.missing_since is not None

        before = forget_what_left(world.store, gone.missing_since + 13 * DAY, HELSINKI)
        text_before = world.store.text_of(gone.id)
        after = forget_what_left(world.store, gone.missing_since + 14 * DAY, HELSINKI)
        again = forget_what_left(world.store, gone.missing_since + 15 * DAY, HELSINKI)
        text_after, known = world.store.text_of(gone.id), world.store.document(gone.id)
        answers = [snapshot for _, snapshot in world.store.snapshots("s1") if snapshot.key == gone.document.key]
        found = [one.id for one in world.store.documents(words="Mallikas")]
        later = told(world, 20)
        problems = world.store.integrity(deep=True)

    assert (before, after, again) == (0, 1, 0)
    assert "Mallikas" in (text_before or "")
    assert (text_after, answers) == (None, [])
    assert known is not None
    assert known.reading is not None
    assert (known.document.title, known.reading.quote) == ("Kuulutus järjestöavustuksista, osa 2", "")
    assert [window.closes for window in known.reading.windows] == [dt.date(2026, 8, 31)]
    assert gone.id not in found
    assert len(found) == 5
    assert later == []
    assert problems == []


def test_what_the_list_still_shows_is_not_forgotten_though_nothing_ever_changes(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6))
        told(world, 3)

        assert forget_what_left(world.store, world.now + 300 * DAY, HELSINKI) == 0


def test_personal_data_that_leaves_old_minutes_is_no_news(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        watch(world, range(6), word="Viranhaltijapäätös")
        world.now += 21 * DAY
        page = world.site.pages["/u/2"]
        assert isinstance(page, Page)
        world.site.pages["/u/2"] = Page(str(page.body).replace(" Lisätietoja: Maija Mallikas.", ""))

        (change,) = told(world, 2)
        text = world.store.text_of(change.document or 0)

    assert (change.kind, change.relevant) == (ChangeKind.DOCUMENT_REVISED, False)
    assert "Mallikas" not in (text or "Mallikas")
