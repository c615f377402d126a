"""What a source brings may be impossible to store; that is this source's trouble and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

from aluevahti.model import SourceState
from faultserver import Page
from world import World

POST = {
    "id": 1,
    "date_gmt": "2026-03-01T08:00:00",
    "modified_gmt": "2026-03-01T08:00:00\ud800",  # half a character
    "link": "/uutinen",
    "title": {"rendered": "Avustukset haettavana"},
    "content": {"rendered": "<p>Järjestöavustusten hakuaika on 1.3.-31.3.2026.</p>", "protected": False},
}
NEWS = "<html><body><main><h1>Avustukset</h1><p>Avustuksia voi hakea 1.3.-31.3.2026.</p></main></body></html>"


def test_half_a_character_in_an_answer_is_its_own_sources_trouble(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.site.pages["/wp-json/wp/v2/posts"] = Page(json.dumps([POST]), content_type="application/json")
        world.site.pages["/sivu"] = Page(NEWS)
        broken, sound = world.add("wordpress", "/"), world.add("page", "/sivu")

        report = world.check()

        health = world.store.all_health()
    assert [one.source for one in report.failed] == [broken.id]
    assert health[sound.id].state is SourceState.OK
    assert f"what {broken.id} brought cannot be stored" in (health[broken.id].error or "")
