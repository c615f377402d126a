"""A poll that has used up its requests comes back for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from aluevahti.poll import asking
from faultserver import Page
from world import World, kinds


def page_of_list(number: int, last: int) -> Page:
    rows = "".join(f'<li><a href="/uutinen/{number}-{n}">Uutinen {number}-{n} kunnista</a></li>' for n in range(5))
    following = f'<a rel="next" href="/lista?sivu={number + 1}">Seuraava</a>' if number < last else ""
    return Page(f"<html><body><main><ul class='l'>{rows}</ul>{following}</main></body></html>")


def test_list_pages_that_were_not_reached_keep_the_first_check_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with World(tmp_path) as world:
        for number in (1, 2, 3):
            world.site.pages["/lista" if number == 1 else f"/lista?sivu={number}"] = page_of_list(number, 3)
        for number in (1, 2, 3):
            for n in range(5):
                world.site.pages[f"/uutinen/{number}-{n}"] = Page(
                    "<html><body><main><p>Uutinen.</p></main></body></html>"
                )
        world.add("listing", "/lista", item="ul.l li")
        monkeypatch.setattr(asking, "MOST_REQUESTS_FIRST", 1)
        first = kinds(world.check())
        still_open = world.store.health("s1").first_read_at is None
        monkeypatch.setattr(asking, "MOST_REQUESTS_FIRST", 100)
        later = [kinds(world.check()) for _ in range(2)]

    assert (first, later) == ([], [[], []])
    assert still_open
