"""The tree of a YAML file: two parsers, one result."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from aluevahti.config import load
from aluevahti.config.document import MAX_LINE, Complaints, Items, Table, Text, Value, read
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


def plain(value: Value | None, depth: int = 6) -> Any:
    """A tree with its lines, down to a depth: an alias may lead back to what holds it."""
    if value is None or isinstance(value, Text):
        return value
    if depth == 0:
        return value.line
    if isinstance(value, Items):
        return value.line, [plain(member, depth - 1) for member in islice(value.members(), 9)]
    assert isinstance(value, Table)
    return value.line, {key: (line, plain(inner, depth - 1)) for key, (line, inner) in value.entries().items()}


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: '~'\nc: ~\ne: ''\nf: null\n~: x\n'': y\nno: off\n",
        "a: &x {b: [1, 2, {c: d}]}\ne: *x\nf: [*x, &y z, *y]\n",
        "a: &x\n  b: *x\n",
        "- &k key\n- {*k : 1}\n- &n ~\n- {*n : 1}\n",
        "a: |\n  one\n  two\nb: >-\n  three\n  four\n",
        "a: 1\na: 2\n? [x, y]\n: 3\n? {z: 1}\n: 4\n",
        "<<: {a: 1}\nb: 2\n",
        "a: !!str 1\nb: !thing x\nc: ! 2\n",
        "--- a\n--- b\n",
        "a: *nobody\n",
        "just a word\n",
        "# nothing\n",
        "",
    ],
)
def test_both_parsers_give_one_tree_and_the_same_complaints(tmp_path: Path, text: str) -> None:
    def understood(body: str) -> tuple[Any, list[str]]:
        file = tmp_path / "sources.yaml"
        file.write_text(body, encoding="utf-8")
        complaints = Complaints("sources.yaml")
        try:
            tree = plain(read(file, complaints))
        except ConfigError as error:
            return str(error), []
        return tree, [str(one) for one in complaints.found]

    assert understood(text) == understood(f"{text}# {'x' * MAX_LINE}\n")
