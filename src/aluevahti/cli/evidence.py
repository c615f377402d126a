"""Evidence of what a source sent: a folder that can become a golden case of its adapter as it is.

`DIR/PLATFORM/SOURCE/` holds source.yaml (the source, and which answer is which), the answers with what is
personal taken out, and expected.json (what the adapter makes of them today, for a person to check).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path

from ruamel.yaml import YAML

from aluevahti.errors import ParseError
from aluevahti.fetch import Fetcher
from aluevahti.model import Fetch, Fetched, Json, Listing, Request, Snapshot, Source, Validators
from aluevahti.platforms import PLATFORMS, Fallback
from aluevahti.platforms.meetings import is_pdf

ENDINGS: Mapping[str, str] = {
    "application/atom+xml": ".xml",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/xml": ".xml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/xml": ".xml",
}
OPTIONS = ("organs", "themes", "lang", "select", "ignore", "unclosed", "item", "title", "link", "date")

_PERSONAL: Sequence[tuple[re.Pattern[bytes], bytes]] = (
    (re.compile(rb"[\w.%+-]+(?:@|\(at\)|&#64;|%40|\\u0040)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), b"nimi@example.org"),
    (re.compile(rb"(?:[\w.%+-] ){2,}@(?: [\w.-]){2,}"), b"nimi@example.org"),  # letters spaced out against copying
    (re.compile(rb"(?<!\d)\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?!\w)"), b"010100-0000"),
    (
        re.compile(rb"(?<![\w./=&;-])(?:\+358|0(?:4\d|50|1\d|[2-9]))(?:[ -]\d{2,4}){2,4}(?!\w|[./-]\w)"),
        b"+358 00 000 0000",
    ),
)
"""What tells of a person and can be found by its form: e-mail addresses, identity codes, telephone numbers."""


class KeepingFetcher(Fetcher):
    """A fetcher that keeps every answer by its source's id, whatever the adapter makes of it."""

    answers: dict[str, list[Snapshot]]

    def get(self, source: Source, request: Request, validators: Validators | None = None) -> Fetch:
        """See `Fetcher.get`."""
        fetch = super().get(source, request, validators)
        if isinstance(fetch, Fetched):
            self.answers.setdefault(source.id, []).append(fetch.snapshot)
        return fetch


def redacted(body: bytes) -> bytes:
    """A page without e-mail addresses, telephone numbers and identity codes; names are for a person to find.

    Whatever its encoding: what is looked for is ASCII, and UTF-16 is made narrow for the search.
    """
    wide = next((charset for charset in ("utf-16-le", "utf-16-be") if _is_wide(body, charset)), None)
    if wide is None:
        return _without_persons(body)
    whole = body[: len(body) // 2 * 2]
    try:
        text = whole.decode(wide, "surrogatepass")
    except UnicodeDecodeError:
        return _without_persons(body)
    narrow = _without_persons(text.encode("utf-8", "surrogatepass"))
    return narrow.decode("utf-8", "surrogatepass").encode(wide, "surrogatepass") + body[len(whole) :]


def _without_persons(body: bytes) -> bytes:
    for pattern, instead in _PERSONAL:
        body = pattern.sub(instead, body)
    return body


def _is_wide(body: bytes, charset: str) -> bool:
    """Whether a text is UTF-16: every other byte of its beginning is mostly zero, as its letters are mostly Latin."""
    zeros = body[1:400:2] if charset == "utf-16-le" else body[0:400:2]
    return len(zeros) > 0 and zeros.count(0) * 2 > len(zeros)


def write_bundle(folder: Path, source: Source, answers: Sequence[Snapshot], verdict: str) -> Path:
    """Write the evidence of one source below `folder` and return where.

    PDFs are left out: what is personal in them cannot be taken out. The folder appears whole or not at all.

    Raises:
        OSError: it cannot be written, or is there already.
    """
    place = folder / source.platform / source.id
    if place.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{source.id}.", suffix=".part"))
    try:
        _fill(partial, source, answers, verdict)
        partial.chmod(0o755)
        partial.replace(place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return place


def _fill(place: Path, source: Source, answers: Sequence[Snapshot], verdict: str) -> None:
    kept = [snapshot for snapshot in answers if not _is_pdf(snapshot)]
    pages = [
        (f"page-{number:02}{ENDINGS.get(snapshot.media_type, '.html')}", _clean(snapshot))
        for number, snapshot in enumerate(kept, 1)
    ]
    for file, snapshot in pages:
        (place / file).write_bytes(snapshot.body)
    left_out = len(answers) - len(kept)
    shows = f"{source.id}: {verdict}." + (
        f" {left_out} {'PDF was' if left_out == 1 else 'PDFs were'} left out." if left_out else ""
    )
    (place / "source.yaml").write_text(_source_yaml(source, pages, shows), encoding="utf-8")
    text = json.dumps(outcome(source, pages), ensure_ascii=False, indent=1) + "\n"
    (place / "expected.json").write_text(text, encoding="utf-8")


def _is_pdf(snapshot: Snapshot) -> bool:
    """Whether an answer is a PDF, whatever the server calls it: M-Files sends them without a type of their own."""
    return snapshot.media_type == "application/pdf" or is_pdf(snapshot)


def _clean(snapshot: Snapshot) -> Snapshot:
    body = redacted(snapshot.body)
    return replace(snapshot, body=body, sha256=hashlib.sha256(body).hexdigest())


def _source_yaml(source: Source, pages: Sequence[tuple[str, Snapshot]], shows: str) -> str:
    written: dict[str, Json] = {"region": source.region, "url": source.url}
    written |= {name: plain(getattr(source, name)) for name in OPTIONS if getattr(source, name)}
    document = {"shows": shows, "source": written, "pages": [_page(file, snapshot) for file, snapshot in pages]}
    stream = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.dump(document, stream)
    return stream.getvalue()


def _page(file: str, snapshot: Snapshot) -> dict[str, Json]:
    page = {
        "file": file,
        "purpose": snapshot.purpose,
        "url": snapshot.url,
        "media_type": snapshot.media_type,
        "charset": snapshot.charset,
        "key": snapshot.key,
        "requested_url": snapshot.requested_url,
        "fetched_at": snapshot.fetched_at.isoformat(),  # a feed without dates is read by the day it came on
    }
    return {name: value for name, value in page.items() if value is not None}


def outcome(source: Source, pages: Sequence[tuple[str, Snapshot]]) -> dict[str, Json]:
    """What the adapter makes of the answers, as expected.json of a golden case holds it."""
    platform = PLATFORMS[source.platform]
    start = platform.start(source)
    found: dict[str, Json] = {
        "start": [plain(request) for request in start],
        "pages": [{"file": file, **_parsed(source, snapshot)} for file, snapshot in pages],
    }
    if isinstance(platform, Fallback):
        found["fallback"] = [plain(other) for request in start for other in platform.fallback(source, request)]
    return found


def _parsed(source: Source, snapshot: Snapshot) -> dict[str, Json]:
    try:
        listing = PLATFORMS[source.platform].parse(source, snapshot)
    except ParseError as error:
        return {"error": type(error).__name__, "reason": error.reason}
    return _listing_json(listing)


def _listing_json(listing: Listing) -> dict[str, Json]:
    found: dict[str, Json] = plain(replace(listing, skeleton=None))
    for document in found.get("documents", ()):
        if "text" in document:
            document["text"] = document["text"].split("\n")
    return {"complete": listing.complete, **found}


def plain(value: object) -> Json:
    """A value of the model as JSON, without what is empty."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, plain(getattr(value, each.name))) for each in dataclasses.fields(value))
        return {name: item for name, item in pairs if item not in (None, [], "", False)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
