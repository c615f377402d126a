"""A region's page names where else a matter was handled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import lxml.html

import websample
from aluevahti.model import Form, Phase
from aluevahti.storage import Store
from outcomes import document, outcome, update


def test_a_document_names_the_other_handlings_of_its_matter(serve: Any, tmp_path: Path) -> None:
    handlings = (("Hyvinvointilautakunta", dt.date(2026, 2, 12), 4), ("Aluehallitus", dt.date(2026, 3, 2), 57))
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=websample.NOW) as store:
        for organ, held_on, section in handlings:
            known = document(
                organ,
                organ=organ,
                meeting_on=held_on,
                section=section,
                phase=Phase.MINUTES,
                form=Form.ITEM,
                case_number="LAPHADno-2026-31",
            )
            store.record_poll(outcome(documents=(update(known=known),)))
        with serve(store) as site:
            root = lxml.html.fromstring(site.get("/regions/lappi").text)

    shown = [" ".join(one.text_content().split()) for one in root.cssselect(".documents li p:last-child")]
    assert shown == ["Sama asia: Hyvinvointilautakunta 12.2. § 4", "Sama asia: Aluehallitus 2.3. § 57"]
    assert root.cssselect(".documents li p:last-child a")[0].get("href") == "https://a.example/Hyvinvointilautakunta"
