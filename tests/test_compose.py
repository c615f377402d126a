"""What a command works with is made once."""

from __future__ import annotations

from pathlib import Path

from aluevahti.compose import Composition


def test_the_configuration_is_read_once_whatever_asks_for_it(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text("service: {contact: vahti@example.org}\nsources: []\n")
    with Composition(config_path=file, env={}) as parts:
        assert parts.config is parts.config_if_any
