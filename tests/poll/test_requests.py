"""What a check may cost the sites that are watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from faultserver import Page, Seen
from installs import Install
from requestcount import ITEMS, MOST_UNCHANGED, PLATFORMS, requests_of
from world import World, kinds


@pytest.mark.parametrize("noise", [False, True], ids=["quiet", "noisy"])
@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_an_unchanged_platform_costs_two_requests_at_most(tmp_path: Path, install: Install, noise: bool) -> None:
    cost = requests_of(install, tmp_path, noise=noise)

    assert 1 <= cost.unchanged <= MOST_UNCHANGED


@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_a_new_day_reads_recent_meetings_and_what_matters_in_them_again_and_nothing_else(
    tmp_path: Path, install: Install
) -> None:
    cost = requests_of(install, tmp_path, noise=True)

    meetings = 2  # the third lies before the first check's look-back
    assert cost.next_day <= MOST_UNCHANGED + meetings * (2 if install.has_items else 1)


@pytest.mark.parametrize("install", PLATFORMS, ids=str)
def test_what_is_new_costs_its_own_pages_and_no_more(tmp_path: Path, install: Install) -> None:
    cost = requests_of(install, tmp_path, noise=False)

    own = 1 + ITEMS if install.has_items else 1
    assert cost.new_meeting <= MOST_UNCHANGED + own
    assert cost.heard == cost.sent
    assert cost.robots == 2


ROWS = """<table class="list"><tr class="data0"><td class="data"><a href="{side}_asil_tweb.htm?bid=9">16.2.2026 09:00</a></td>
<td class="data">Aluehallitus: 3/2026</td></tr></table>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Aluehallitus: 3/2026 16.2.2026 09:00</title>
<link>{side}_asil_tweb.htm?bid=9</link></item></channel></rss>"""


def only_the_form(side: str) -> Page:
    return Page(f"<html><body><h1>Pöytäkirjat</h1>{ROWS.format(side=side)}</body></html>")


def test_what_serves_instead_of_a_refused_request_is_asked_first_from_then_on(tmp_path: Path) -> None:
    """No feeds, and lists for those only who send the form: two requests all the same, once that is known."""
    with World(tmp_path) as world:
        world.add("tweb", "/ktwebscr/pk_tek_tweb.htm")
        for side in ("pk", "epj"):

            def listed(seen: Seen, side: str = side) -> Page:
                return only_the_form(side) if seen.method == "POST" else Page("ei näin", status=405)

            world.site.pages[f"/ktwebscr/{side}_kokl_tweb.htm"] = listed
        spent = [world.check().requests for _ in range(3)]
        for side in ("pk", "epj"):
            world.site.pages[f"/ktwebscr/{side}_kokl_tweb.htm"] = Page("poissa", status=404)
            world.site.pages[f"/ktwebscr/{side}_rssfeed.htm"] = Page(FEED.format(side=side), content_type="text/xml")
        moved = world.check()

    assert spent[1:] == [MOST_UNCHANGED, MOST_UNCHANGED]
    assert (moved.failed, kinds(moved)) == ((), [])
