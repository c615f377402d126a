"""How many requests a check costs, platform by platform, on whole sites over loopback."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from faultserver import Page, Script, Seen
from installs import INSTALLS, STT, Install
from meetingsites import GRANTS, HELSINKI_COMMITTEE, Item, Meeting
from world import World

PLATFORMS = (*INSTALLS.values(), STT)
MOST_UNCHANGED = 2
"""Requests that an ordinary check of a known, unchanged site may cost."""

ITEMS = 10
_LOADS = count(1)


@dataclass(frozen=True)
class Requests:
    """What the checks of one site cost in requests, robots.txt not counted.

    Attributes:
        first: everything is new.
        unchanged: nothing is new since a check of the same day; the most of several.
        next_day: nothing is new, but recent meetings are read again.
        new_meeting: a meeting with `ITEMS` items more.
        heard: what the server counted in all.
        sent: what the program counted in all.
        robots: how often robots.txt was asked for besides, on the two days.
    """

    first: int
    unchanged: int
    next_day: int
    new_meeting: int
    heard: int
    sent: int
    robots: int


def requests_of(install: Install, folder: Path, *, noise: bool) -> Requests:
    """Watch a site with three meetings for two days; `noise`: every page differs a little at every load."""
    organ = HELSINKI_COMMITTEE if install.platform == "helsinki" else "Aluehallitus"
    held = [_meeting(organ, dt.date(2026, 2, day), 90 + day).decided() for day in (9, 23)]
    coming, later = _meeting(organ, dt.date(2026, 3, 9), 118), _meeting(organ, dt.date(2026, 3, 16), 119)
    with World(folder) as world:
        world.add(install.platform, install.path, region="helsinki" if install.platform == "helsinki" else "kainuu")
        publish = _publisher(world, install, noise=noise)
        publish([*held, coming])
        counted = [world.check(dt.timedelta(hours=1)).requests for _ in range(6)]
        next_day = world.check(dt.timedelta(hours=20)).requests
        publish([*held, coming, later])
        new_meeting = world.check(dt.timedelta(hours=1)).requests
        after = world.check(dt.timedelta(hours=1)).requests
        return Requests(
            first=counted[0],
            unchanged=max(*counted[1:], after),
            next_day=next_day,
            new_meeting=new_meeting,
            heard=len(world.site.requests) - world.site.hits("/robots.txt"),
            sent=sum(counted) + next_day + new_meeting + after,
            robots=world.site.hits("/robots.txt"),
        )


def _meeting(organ: str, held_on: dt.date, number: int) -> Meeting:
    """One item of it matters to NGOs; the others are the usual business of a board."""
    usual = [
        Item(
            order,
            f"Talousarvion toteuma, osa {order}",
            number * 100 + order,
            "",
            "Toteuma on liitteenä.",
            "Merkitään tiedoksi.",
        )
        for order in range(1, ITEMS + 1)
    ]
    usual[1] = replace(GRANTS, section=number * 100 + 2)
    return Meeting(organ, held_on, number, usual)


def _publisher(world: World, install: Install, *, noise: bool) -> Callable[[list[Meeting]], None]:
    def publish(meetings: list[Meeting]) -> None:
        pages = install.pages(meetings, world.site.origin)
        world.site.pages.clear()
        world.site.pages.update({path: _noisy(page) if noise else page for path, page in pages.items()})

    return publish


def _noisy(script: Script) -> Script:
    """A page with a clock, a token and a counter, all new at every load; what is no HTML stays as it is."""

    def answer(seen: Seen) -> Page:
        page = script(seen) if callable(script) else script
        assert isinstance(page, Page)
        if not isinstance(page.body, str) or "</body>" not in page.body:
            return page
        load = next(_LOADS)
        extra = (
            f'<form><input type="hidden" name="csrf_token" value="{load:032x}"></form>'
            f"<p>Sivu luotu 2.3.2026 klo 09:{load % 60:02}:{load % 7:02}</p><p>Kävijöitä {1000 + load}</p></body>"
        )
        return replace(page, body=re.sub("</body>", extra, page.body))

    return answer
