"""From a meeting's pages to the sentence in a reader's mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aluevahti.model import Rhythm
from aluevahti.notify import queue_digests
from installs import INSTALLS
from meetingsites import GRANTS, HELSINKI_COMMITTEE, OPENING, Meeting
from notifying import parsed, settings_for, subscribe, text_of
from world import World

DAY = dt.timedelta(days=1)


def mails(world: World) -> list[str]:
    """The texts of all mails there are, after what is due was queued."""
    queue_digests(world.store, settings_for(sources=tuple(world.sources)), world.now)
    return [text_of(parsed(one.mime)) for one in world.store.outbox() if one.kind == "digest"]


@pytest.mark.parametrize("platform", ["casem", "dynasty", "tweb", "helsinki"])
def test_a_reader_hears_what_was_on_the_agenda_and_then_what_was_decided(tmp_path: Path, platform: str) -> None:
    install = INSTALLS[platform]
    organ = HELSINKI_COMMITTEE if platform == "helsinki" else "Aluehallitus"
    board = Meeting(organ, dt.date(2026, 3, 9), 118, (OPENING, GRANTS))
    earlier = replace(board, held_on=dt.date(2026, 2, 23), number=97, items=(OPENING,)).decided()
    with World(tmp_path) as world:
        world.add(platform, install.path, region="helsinki")
        subscribe(world.store, "lukija@example.org", rhythm=Rhythm.INSTANT)
        world.site.pages.update(install.pages([earlier], world.site.origin))
        world.check()
        world.site.pages.update(install.pages([earlier, board], world.site.origin))
        world.check(DAY)
        on_agenda = mails(world)
        world.site.pages.update(install.pages([earlier, board.decided()], world.site.origin))
        world.check(8 * DAY)

        told = mails(world)

    assert ["Asia 2 on esityslistalla 9.3." in text for text in on_agenda] == [True]
    assert [text.count("nyt päätetty: hyväksytty") for text in told] == [0, 1]
    assert "§ 32 oli 9.3. esityslistalla, nyt päätetty: hyväksytty\n" in told[1]


def test_a_reader_is_told_where_else_the_same_matter_was_handled(tmp_path: Path) -> None:
    install = INSTALLS["dynasty"]
    committee = Meeting("Hyvinvointilautakunta", dt.date(2026, 2, 23), 97, (replace(GRANTS, section=4),)).decided()
    board = Meeting("Aluehallitus", dt.date(2026, 3, 9), 118, (OPENING, GRANTS))
    with World(tmp_path) as world:
        world.add("dynasty", install.path, region="etela-savo")
        subscribe(world.store, "lukija@example.org", rhythm=Rhythm.INSTANT)
        world.site.pages.update(install.pages([committee], world.site.origin))
        world.check()
        world.site.pages.update(install.pages([committee, board], world.site.origin))
        world.check(DAY)

        (text,) = mails(world)

    assert "Sama asia: Hyvinvointilautakunta 23.2. § 4: hyväksytty\n" in text
