"""`extract`: what is understood of documents that are given by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, app, known_region, parts
from aluevahti.cli.output import note, say, say_json
from aluevahti.compose import Composition
from aluevahti.errors import Complaint, ConfigError, ParseError
from aluevahti.model import Failed, Fetched, Language, Reading, Request, Snapshot, Source, Window

MEDIA_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/plain",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xhtml": "text/html",
}


@app.command()
def extract(
    context: typer.Context,
    document: Annotated[list[str], typer.Argument(metavar="FILE|URL", help="HTML, PDF or text.")],
    region: Annotated[str | None, typer.Option(metavar="REGION", help="Whose documents these are.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When they were published, 2026-03-01.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="fi|sv", help="Their language.")] = None,
    as_json: JsonOption = False,
) -> None:
    """What is understood of each document, storing nothing. With --json one object a line, in the order given.

    Language, region and date are read from the document where they are not given.
    """
    own = parts(context)
    code = known_region(region)
    published_on = _date(published)
    language = _language(lang)
    _require_files(document)
    failed = False
    for place in document:
        try:
            reading = _read(own, place, code, published_on, language)
        except (_UnreadableError, ParseError) as error:
            failed = True
            note(f"aluevahti: {place}: {error}")
            if as_json:
                say_json({"error": str(error)}, lines=True)
            continue
        if as_json:
            say_json(shapes.reading_json(reading), lines=True)
        else:
            _say(place, reading)
    if failed:
        raise typer.Exit(1)


class _UnreadableError(Exception):
    """A document could not be had."""


def _date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ConfigError((Complaint("--published", None, f"'{text}' is not a date; write 2026-03-01"),)) from None


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    if text not in {"fi", "sv"}:
        raise ConfigError((Complaint("--lang", None, f"'{text}' is unknown; known are fi, sv"),))
    return Language(text)


def _is_url(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def _require_files(places: list[str]) -> None:
    complaints = [
        Complaint(place, None, "is a folder; name the documents in it" if path.is_dir() else "there is no such file")
        for place, path in ((place, Path(place)) for place in places if not _is_url(place))
        if path.is_dir() or not path.exists()
    ]
    if complaints:
        raise ConfigError(tuple(complaints))


def _read(
    own: Composition, place: str, region: str | None, published_on: dt.date | None, lang: Language | None
) -> Reading:
    """Read one document as a poll would read it.

    Raises:
        ParseError: what is there is no document.
        _UnreadableError: it could not be had.
    """
    from aluevahti.platforms.pages import article
    from aluevahti.reading import read

    source = _source(own, place)
    is_file = not _is_url(place)
    snapshot = _of_file(own, source, Path(place)) if is_file else _fetched(own, source)
    found = article(source, snapshot, entire=is_file)
    return read(
        found.title,
        found.text,
        lang=lang or found.lang,
        region=region,
        published_on=published_on or found.published_on,
    )


def _source(own: Composition, place: str) -> Source:
    """The document as if it were a source of its own, with the limits of the configuration."""
    defaults = own.config_if_any.defaults
    return Source(
        id="extract",
        region="",
        platform="page",
        url=place,
        timeout=defaults.timeout,
        max_bytes=defaults.max_bytes,
        min_interval_per_host=defaults.min_interval_per_host,
        allow_private_addresses=defaults.allow_private_addresses,
    )


def _fetched(own: Composition, source: Source) -> Snapshot:
    fetch = own.fetcher_without_state.get(source, Request(url=source.url, purpose="page"))
    match fetch:
        case Fetched(snapshot=snapshot):
            return snapshot
        case Failed(detail=detail):
            raise _UnreadableError(detail)
        case _:
            raise _UnreadableError("the server says that it has not changed, although it was not asked that")


def _of_file(own: Composition, source: Source, path: Path) -> Snapshot:
    try:
        with path.open("rb") as file:
            body = file.read(source.max_bytes + 1)
    except OSError as error:
        raise _UnreadableError(f"cannot be read: {error.strerror}") from None
    if len(body) > source.max_bytes:
        raise _UnreadableError(f"the file is larger than {source.max_bytes} bytes")
    return Snapshot(
        source=source.id,
        url=path.absolute().as_uri(),
        purpose="page",
        fetched_at=own.clock(),
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=_media_type(path, body),
    )


def _media_type(path: Path, body: bytes) -> str:
    """What a file is, by its name or, where that does not tell, by how it begins."""
    known = MEDIA_TYPES.get(path.suffix.lower())
    if known is not None:
        return known
    head = body[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    return "text/html" if head.startswith(b"<") else "text/plain"


def _period(window: Window) -> str:
    bounds = f"{window.opens or ''}–{window.closes or ''}"
    time = "" if window.closes_time is None else f" {window.closes_time:%H:%M}"
    return f"{window.grant_type or 'all types'}: {bounds}{time}" + (", continuous" if window.continuous else "")


def _say(place: str, reading: Reading) -> None:
    say(place)
    shape = shapes.reading_json(reading)
    for key in ("doc_kind", "lang", "region", "change", "amount_eur"):
        say(f"    {key:<12} {'-' if shape[key] is None else shape[key]}")
    say(f"    {'relevant':<12} {'yes' if reading.is_relevant else 'no'}")
    for key in ("themes", "grant_types"):
        say(f"    {key:<12} {', '.join(shape[key]) or '-'}")
    for window in reading.windows:
        say(f"    {'window':<12} {_period(window)}")
        say(f"    {'':<12} “{' '.join(window.quote.split())}”")
    for key in ("meeting", "decision"):
        told = shape[key] or {}
        say(f"    {key:<12} {', '.join(str(value) for value in told.values() if value is not None) or '-'}")
    if reading.region is None and not reading.is_relevant:
        note(f"aluevahti: {place}: it names no region, so it may be nobody's of ours; --region tells whose it is")
    say()
