"""Golden cases of the adapters: a folder with source.yaml, saved answers and expected.json.

source.yaml names the source as sources.yaml would (`source:`), what the case shows (`shows:`) and the answers (`pages:`: file,
purpose, and, where they matter, url, key, media_type, charset, requested_url, fetched_at). expected.json holds the start requests and, for each
answer, the listing or the error. With REWRITE_GOLDEN=1 in the environment the tests write it anew, for the diff to be
read by a person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from aluevahti.cli import evidence
from aluevahti.model import Language, Snapshot, Source, Theme

CASES = Path(__file__).parent / "platforms" / "cases"
FETCHED_AT = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
_MEDIA = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/rss+xml",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}
_LISTS = ("organs", "ignore")


@dataclass(frozen=True, slots=True)
class Case:
    """One folder: `platform/name`, the source and the answers in their order."""

    name: str
    folder: Path
    source: Source
    snapshots: tuple[tuple[str, Snapshot], ...]

    @property
    def expected(self) -> Path:
        return self.folder / "expected.json"


def folders() -> list[Path]:
    """Every case there is, in a fixed order."""
    return sorted(path.parent for path in CASES.glob("*/*/source.yaml"))


def load(folder: Path) -> Case:
    """The case in `folder`."""
    written = YAML(typ="safe", pure=True).load((folder / "source.yaml").read_text())
    source = _source({"id": folder.name, "region": "kainuu", "platform": folder.parent.name, **written["source"]})
    pages = tuple((page["file"], _snapshot(folder, source, page)) for page in written["pages"])
    return Case(f"{folder.parent.name}/{folder.name}", folder, source, pages)


def all_snapshots() -> Iterator[tuple[Case, Snapshot]]:
    """Every saved answer of every case."""
    for folder in folders():
        case = load(folder)
        for _, snapshot in case.snapshots:
            yield case, snapshot


def outcome(case: Case) -> dict[str, Any]:
    """What the adapter makes of the case, in the shape of expected.json, which is that of evidence from a live source."""
    return evidence.outcome(case.source, case.snapshots)


def _source(written: dict[str, Any]) -> Source:
    for name in _LISTS:
        if name in written:
            written[name] = tuple(written[name])
    if "themes" in written:
        written["themes"] = tuple(Theme(theme) for theme in written["themes"])
    if "lang" in written:
        written["lang"] = Language(written["lang"])
    return Source(**written)


def _snapshot(folder: Path, source: Source, page: dict[str, Any]) -> Snapshot:
    body = (folder / page["file"]).read_bytes()
    return Snapshot(
        source=source.id,
        url=page.get("url", source.url),
        purpose=page["purpose"],
        fetched_at=dt.datetime.fromisoformat(page["fetched_at"]) if "fetched_at" in page else FETCHED_AT,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=page.get("media_type", _MEDIA.get(Path(page["file"]).suffix, "")),
        charset=page.get("charset"),
        key=page.get("key"),
        requested_url=page.get("requested_url"),
    )


def written(value: dict[str, Any]) -> str:
    """`value` as expected.json holds it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
