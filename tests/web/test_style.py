"""The style sheet: every colour of text stands out from what it stands on (WCAG AA), in light and in dark."""

from __future__ import annotations

import re

import pytest

from aluevahti.render.environment import packaged_templates

CSS = (packaged_templates() / "page" / "style.css").read_text()
PAIRS = [
    ("ink", "ground"),
    ("ink", "sheet"),
    ("ink", "box"),
    ("ink", "good-ground"),
    ("soft", "ground"),
    ("soft", "sheet"),
    ("soft", "box"),
    ("link", "ground"),
    ("link", "sheet"),
    ("link", "good-ground"),
    ("on-strong", "strong"),
    ("sheet", "link"),
    ("good", "sheet"),
    ("bad", "sheet"),
    ("warn", "sheet"),
    ("calm", "calm-ground"),
    ("good", "good-ground"),
    ("bad", "bad-ground"),
    ("warn", "warn-ground"),
    ("quiet", "quiet-ground"),
    ("now", "now-ground"),
    ("soon", "soon-ground"),
]


def palettes() -> list[dict[str, str]]:
    """The colours by name, light and dark."""
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in CSS.split(":root {")[1:3])
    return [light, light | dark]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    colours = palettes()[scheme]

    assert contrast(colours[text], colours[ground]) >= 4.5


def test_both_schemes_name_the_same_colours() -> None:
    light, both = palettes()

    assert set(light) == set(both)
    assert {name for pair in PAIRS for name in pair} <= set(light)


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
