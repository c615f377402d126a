"""A small report of three regions, held against files that a person has read.

    REWRITE_GOLDEN=1 pytest tests/render/report/test_golden.py

writes them anew; the difference is then read before it is committed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from aluevahti.model import Language
from aluevahti.render.report import Situation, report_view, to_html, to_markdown
from report_samples import everything

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"


def three_regions() -> Situation:
    situation = everything()
    kept = ("kanta-hame", "kainuu", "lappi")
    return replace(
        situation,
        statuses={code: situation.statuses[code] for code in kept},
        windows=[window for window in situation.windows if window.region in kept],
        proposals=(),
        sources=(),
    )


@pytest.mark.parametrize("name", ["small.fi.html", "small.fi.md", "small.sv.md", "small.en.md"])
def test_the_report_looks_as_it_was_approved(name: str) -> None:
    _, lang, ending = name.split(".")
    view = report_view(three_regions(), Language(lang))
    rendered = to_html(view) if ending == "html" else to_markdown(view)
    file = GOLDEN / name
    if REWRITE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(rendered, "utf-8")

    assert file.read_text("utf-8") == rendered
