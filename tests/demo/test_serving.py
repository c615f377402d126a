"""What `--serve` shows: the page, the mails, the web site; and nothing else of the folder."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.demo import FOLDER, free_port, read_places, serving, stage


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "index.html").write_text("<h1>Ten days</h1>")
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "01.html").write_text("<h1>Uutta alueilta</h1>")
    port = free_port()
    with stage(tmp_path, read_places(), port) as up:
        up.parts.store.sync_sources(up.parts.config.sources, up.parts.clock())
        with serving(tmp_path, up, port):
            yield f"http://127.0.0.1:{port}"


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def test_the_page_the_mails_and_the_web_site_stand_at_one_address(address: str) -> None:
    assert read(f"{address}{FOLDER}/") == "<h1>Ten days</h1>"
    assert read(f"{address}{FOLDER}") == "<h1>Ten days</h1>"
    assert read(f"{address}{FOLDER}/mail/01.html") == "<h1>Uutta alueilta</h1>"
    assert "Kainuu" in read(f"{address}/?lang=fi")


@pytest.mark.parametrize("path", ["/sources.yaml", "/state.db", "/mail/../sources.yaml", "/mail/%2e%2e/state.db"])
def test_nothing_else_of_the_folder_is_shown(path: str, address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(f"{address}{FOLDER}{path}")
