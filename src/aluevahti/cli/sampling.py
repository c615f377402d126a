"""The command that draws documents for a person to label, into files that need no program to edit."""

from __future__ import annotations

import io
import json
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aluevahti import shapes
from aluevahti.cli.app import RegionOption, app, known_region, parts
from aluevahti.cli.output import note, say
from aluevahti.errors import Complaint, ConfigError
from aluevahti.model import DocKind, KnownDocument

if TYPE_CHECKING:
    from aluevahti.compose import Composition

FOLDER = "labelled"
HEAD = """\
Tarkista tämä tiedosto: ohjelma on esitäyttänyt sen, ja se voi olla väärässä. Korjaa kohdat, jotka eivät pidä
paikkaansa, ja muuta lopuksi "checked: no" muotoon "checked: yes". Tuntematon on null, tyhjä luettelo on [].
Check this file: a program has filled it in and may be wrong. Correct what is not so, then change "checked: no"
to "checked: yes". Unknown is null, nothing is []. `make accuracy` reads the files that are checked.
"""
ABOUT = {
    "doc_kind": f"{' | '.join(DocKind)}, or distractor for whatever is no news of ours",
    "is_relevant": "would an NGO that follows grants and cooperation structures want it in its digest? true | false",
    "themes": "strategia, osallisuus, hyte, rakenteet, avustukset",
    "windows": "application periods that the document announces as open or coming, not past ones",
    "meeting": "the meeting that the document is about or reports: {organ, date, section}, or null",
    "decision": "{what, by, on, outcome: approved | returned | tabled | rejected | noted | null}, or null",
    "amount_eur": "the main sum on offer, or granted",
    "grant_types": "toiminta-avustus, kumppanuusavustus, ...; jarjestoavustus only where no type is named",
    "change": "new | extended | reopened | cancelled | result | null",
}


class Layout(StrEnum):
    """How the files are written."""

    YAML = "yaml"
    JSON = "json"


@app.command()
def sample(
    context: typer.Context,
    region: RegionOption = None,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="How many documents.")] = 30,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help=f"Where to; standard: {FOLDER} beside sources.yaml."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number draws other documents.")] = 1,
    layout: Annotated[Layout, typer.Option("--format", help="The files' form.")] = Layout.YAML,
) -> None:
    """Draw documents of the last month for a person to label; `make accuracy` reads what was checked.

    Each file is filled in with what is understood today. A file that is there already is left alone.
    """
    from aluevahti.rules.sampling import candidates, draw

    own = parts(context)
    known = own.store.documents(region=known_region(region))
    found = draw(candidates(known, own.clock().astimezone(own.zone).date(), own.zone), count, seed)
    folder = output or own.path.parent / FOLDER
    written = sum(_write(own, folder, one, layout) for one in found)
    say(f"{written} {'document' if written == 1 else 'documents'} to label in {folder}.")
    if len(found) > written:
        note(f"{len(found) - written} were there already and were left alone.")
    if not found:
        note("No document of the last month has been read yet.")


def _write(own: Composition, folder: Path, known: KnownDocument, layout: Layout) -> bool:
    """Write one document, unless its file is there; whether it was written."""
    value = labelled(known, own.store.text_of(known.id) or "")
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n" if layout is Layout.JSON else as_yaml(value)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{value['id']}.{layout}").open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise ConfigError((Complaint(str(folder), None, error.strerror or str(error)),)) from None
    return True


def labelled(known: KnownDocument, text: str) -> dict[str, Any]:
    """A document in the shape in which labelled documents are read, filled in with what is understood of it."""
    assert known.reading is not None
    told = shapes.reading_json(known.reading)
    document = known.document
    fields = ("is_relevant", "themes", "windows", "meeting", "decision", "amount_eur", "grant_types", "change")
    return {
        "checked": "no",
        "id": f"{known.region}-{re.sub(r'[^a-z0-9]+', '-', known.source.lower()).strip('-')}-{known.id}",
        "url": document.url,
        "lang": told["lang"],
        "region": known.region,
        "published": shapes.day(document.published_on),
        "title": document.title,
        "doc_kind": told["doc_kind"],
        "gold": {name: told[name] for name in fields},
        "body": text,
    }


def as_yaml(value: dict[str, Any]) -> str:
    """A labelled document as YAML: with a comment above what is to be checked, the text last, as it stands."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.representer import RoundTripRepresenter
    from ruamel.yaml.scalarstring import LiteralScalarString

    class Representer(RoundTripRepresenter):
        """Writes null where the standard one writes nothing: there is something to fill in."""

    Representer.add_representer(type(None), lambda own, _: own.represent_scalar("tag:yaml.org,2002:null", "null"))
    yaml = YAML()
    yaml.Representer = Representer
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    gold = CommentedMap(value["gold"])
    top = CommentedMap({**value, "gold": gold, "body": LiteralScalarString(_plain(value["body"]))})
    top.yaml_set_start_comment(HEAD)
    for name, about in ABOUT.items():
        place, indent = (gold, 2) if name in gold else (top, 0)
        place.yaml_set_comment_before_after_key(name, before=about, indent=indent)
    stream = io.StringIO()
    yaml.dump(top, stream)
    return stream.getvalue()


def _plain(text: str) -> str:
    """`text` without what a YAML block cannot hold: control characters, spaces at the ends of lines."""
    lines = ("".join(each for each in line if each.isprintable() or each == "\t").rstrip() for line in text.split("\n"))
    return "\n".join(lines).strip()
