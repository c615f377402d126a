"""A region's site for whole-program tests: a list of news with their pages, and one meeting as CaseM shows it."""

from __future__ import annotations

from collections.abc import Sequence

from faultserver import Page
from meetingsites import Meeting, casem_front, casem_item, casem_item_slug, casem_meeting, casem_slug
from world import World


def publish(world: World, news: Sequence[tuple[str, str, str]], path: str = "/uutiset") -> None:
    """Show these news, each with its day, its title and its text, on the list at `path` and on a page of its own."""
    rows = []
    for number, (day, title, text) in enumerate(news):
        rows.append(f'<li class="n"><a href="{path}/{number}">{title}</a> <span class="d">{day}</span></li>')
        world.site.pages[f"{path}/{number}"] = Page(
            f"<html lang='fi'><body><main><h1>{title}</h1><p>Kainuun hyvinvointialue tiedottaa. {text}</p></main></body></html>"
        )
    world.site.pages[path] = Page(f"<html lang='fi'><body><main><ul>{''.join(rows)}</ul></main></body></html>")


def show(world: World, meeting: Meeting) -> None:
    """Show a meeting and its items, and no other."""
    own = f"/fi-FI/Toimielimet/{casem_slug(meeting)}"
    world.site.pages["/fi-FI"] = Page(casem_front([meeting]))
    world.site.pages[own] = Page(casem_meeting(meeting))
    for item in meeting.items:
        world.site.pages[f"{own}/{casem_item_slug(meeting, item)}"] = Page(casem_item(meeting, item))
