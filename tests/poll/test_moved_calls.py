"""A call that was announced gets other days: one change of the window that readers know, and no second call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from aluevahti.model import ChangeKind
from faultserver import Page
from world import World

DAY = dt.timedelta(days=1)
OPEN = ("20.2.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustukset ovat haettavissa 23.2.–31.3.2026.")
COMING = ("20.2.2026", "Toiminta-avustusten haku avautuu", "Toiminta-avustukset ovat haettavissa 9.3.–20.3.2026.")


def publish(world: World, news: Sequence[tuple[str, str, str]]) -> None:
    rows = []
    for number, (day, title, text) in enumerate(news):
        rows.append(f'<li class="n"><a href="/uutiset/{number}">{title}</a> <span class="d">{day}</span></li>')
        world.site.pages[f"/uutiset/{number}"] = Page(
            f"<html lang='fi'><body><main><h1>{title}</h1><p>Kainuun hyvinvointialue tiedottaa. {text}</p></main></body></html>"
        )
    world.site.pages["/uutiset"] = Page(f"<html lang='fi'><body><main><ul>{''.join(rows)}</ul></main></body></html>")


@pytest.mark.parametrize(
    ("known", "title", "text", "opens", "closes"),
    [
        (
            OPEN,
            "Toiminta-avustusten haku suljetaan etuajassa",
            "Toiminta-avustusten haku suljetaan etuajassa 20.3.2026.",
            "2026-02-23",
            "2026-03-20",
        ),
        (
            OPEN,
            "Toiminta-avustusten hakuaika lyhenee",
            "Toiminta-avustusten haku päättyykin 20.3.2026 eikä 31.3.2026.",
            "2026-02-23",
            "2026-03-20",
        ),
        (
            OPEN,
            "Oikaisu toiminta-avustusten hakuaikaan",
            "Toiminta-avustusten hakuaika päättyy 10.4.2026, ei 31.3.2026.",
            "2026-02-23",
            "2026-04-10",
        ),
        (
            OPEN,
            "Toiminta-avustusten hakuaika muuttuu",
            "Toiminta-avustusten haun päättymispäivä on muuttunut 31.3.2026:sta 10.4.2026:een.",
            "2026-02-23",
            "2026-04-10",
        ),
        (
            COMING,
            "Toiminta-avustusten haku siirtyy",
            "Toiminta-avustusten haku siirtyy. Uusi hakuaika on 6.4.–24.4.2026.",
            "2026-04-06",
            "2026-04-24",
        ),
    ],
    ids=["closed early", "shortened", "corrected", "moved", "postponed"],
)
def test_new_days_for_a_known_call_are_one_change_of_it(
    tmp_path: Path, known: tuple[str, str, str], title: str, text: str, opens: str, closes: str
) -> None:
    with World(tmp_path) as world:
        world.add("listing", "/uutiset", item="li.n", date=".d")
        publish(world, [known])
        world.check()
        publish(world, [known, ("2.3.2026", title, text)])

        told = [one for one in world.check(DAY).changes if one.kind is not ChangeKind.DOCUMENT_NEW]
        stand = [one.window for one in world.store.windows("kainuu") if not one.baseline]

    assert [one.kind for one in told] == [ChangeKind.WINDOW_CHANGED]
    assert [(str(one.opens), str(one.closes)) for one in stand] == [(opens, closes)]
