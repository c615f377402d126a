"""The tree of a YAML file: two parsers, one result."""

from __future__ import annotations

from pathlib import Path

import pytest

from aluevahti.config import load
from aluevahti.errors import ConfigError


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 3000 + "]" * 3000,
        "- " * 3000 + "x",
        "{a: " * 3000 + "1" + "}" * 3000,
        "\n".join(f"{' ' * depth}a{depth}:" for depth in range(3000)),
    ],
)
def test_what_is_nested_without_end_never_reaches_the_fast_parser(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError):
        load(file, {})


def test_both_parsers_give_one_configuration(tmp_path: Path) -> None:
    entries = "".join(f"  - {{id: s{n}, region: kainuu, platform: page, url: 'https://a.fi/{n}'}}\n" for n in range(5))
    text = f"service: {{contact: a@example.org, digest: {{daily_at: 07:30}}}}\nsources:\n{entries}"
    fast, slow = tmp_path / "fast.yaml", tmp_path / "slow.yaml"
    fast.write_text(text, encoding="utf-8")
    slow.write_text(text + f"# {'x' * 3000}\n", encoding="utf-8")  # a line as long as this is left to the other parser

    assert load(fast, {}).sources == load(slow, {}).sources
    assert load(fast, {}).service.digest == load(slow, {}).service.digest
