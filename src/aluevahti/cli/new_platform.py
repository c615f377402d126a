"""`new-platform`: the beginning of an adapter in a source checkout: stub, golden case and a test that fails."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from aluevahti.cli.app import app
from aluevahti.cli.output import say
from aluevahti.errors import Complaint, ConfigError

CASE = "first"
"""The name of the case that a new adapter begins with."""

_NAME = re.compile(r"[a-z][a-z0-9]{1,30}")
_PLATFORMS = Path("src/aluevahti/platforms/__init__.py")
_MARKS = (_PLATFORMS, Path("src/aluevahti/config/options.py"), Path("tests/platforms/cases"))

_ADAPTER = '''\
"""$name: what is published there and for whom; what a check costs; what was seen and what is only inferred."""

from __future__ import annotations

from aluevahti.model import Listing, Request, Snapshot, Source
from aluevahti.platforms import meetings

name = "$name"

_LIST = "list"


def start(source: Source) -> tuple[Request, ...]:
    """The list that the operator named."""
    return (Request(url=source.url, purpose=_LIST),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The list of documents. So far every page is one that this adapter does not know.

    Raises:
        ParseError: half a page; LayoutChanged: no list on it.
    """
    page = meetings.page_of(snapshot, unclosed=source.unclosed)
    if not meetings.is_whole(page):
        raise meetings.half_of(page)
    raise meetings.lacking(page, f"list that could be read for {source.id}")
'''

_TEST = '''\
"""$name: what is particular about its pages."""

from __future__ import annotations

import json

import goldencases
from aluevahti.platforms import $name


def test_the_first_saved_page_gives_what_a_person_has_read_on_it() -> None:
    case = goldencases.load(goldencases.CASES / "$name" / "$case")
    _, snapshot = case.snapshots[0]

    listing = $name.parse(case.source, snapshot)

    written = json.loads(case.expected.read_text())["pages"][0]["documents"]
    assert [document.title for document in listing.documents] == [one["title"] for one in written]
'''

_SOURCE = """\
shows: >
  An invented page, to begin with: put a page as it came in its place, and say here what it shows, where it comes from
  and when it was kept. Names of private persons are replaced.
source:
  url: https://www.example.org/paatokset
pages:
  - {file: page.html, purpose: list, url: "https://www.example.org/paatokset"}
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><title>Päätökset</title></head><body><main><h1>Päätökset</h1>
<ul>
<li><span>2.3.2026</span> <a href="/paatokset/12">Järjestöavustusten myöntäminen vuodelle 2026</a></li>
<li><span>16.2.2026</span> <a href="/paatokset/11">Kumppanuuspöydän nimeäminen</a></li>
</ul></main><footer>Kirjaamo</footer></body></html>
"""

_EXPECTED = """\
{
 "start": [
  {
   "url": "https://www.example.org/paatokset",
   "purpose": "list"
  }
 ],
 "pages": [
  {
   "file": "page.html",
   "complete": true,
   "documents": [
    {
     "key": "https://www.example.org/paatokset/12",
     "url": "https://www.example.org/paatokset/12",
     "title": "Järjestöavustusten myöntäminen vuodelle 2026",
     "form": "decision",
     "published_on": "2026-03-02",
     "detail": {
      "url": "https://www.example.org/paatokset/12",
      "purpose": "document",
      "key": "https://www.example.org/paatokset/12"
     }
    },
    {
     "key": "https://www.example.org/paatokset/11",
     "url": "https://www.example.org/paatokset/11",
     "title": "Kumppanuuspöydän nimeäminen",
     "form": "decision",
     "published_on": "2026-02-16",
     "detail": {
      "url": "https://www.example.org/paatokset/11",
      "purpose": "document",
      "key": "https://www.example.org/paatokset/11"
     }
    }
   ]
  }
 ]
}
"""

_STEPS = """\
What is left to do:
 1. src/aluevahti/platforms/__init__.py: add $name to the import of the adapters, and to PLATFORMS:  "$name": $name,
    pyproject.toml: add it to the adapters that do not know each other:  "aluevahti.platforms.$name",
 2. src/aluevahti/config/options.py: say which keys of sources.yaml mean something on it:  "$name": frozenset(),
 3. tests/platforms/cases/$name/$case: put a page as it came in the place of the invented one, and write into
    expected.json what a person reads on it. For a live source: aluevahti sources test ID --evidence DIR makes a case.
 4. src/aluevahti/platforms/$name.py: write start() and parse() until this passes:
    .venv/bin/pytest tests/platforms -q -k $name
 5. docs/platforms.md: a section "## $name" on what was seen, reported or inferred.
 6. make check test
"""


@app.command(name="new-platform")
def new_platform(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As sources.yaml will call it: small letters, digits.")],
) -> None:
    """Begin an adapter, in a source checkout: its stub, a golden case and a test that fails until it is written."""
    root = _checkout()
    _require_fit(name)
    files = {root / path: Template(text).substitute(name=name, case=CASE) for path, text in _files(name).items()}
    there = [path for path in (*files, root / f"tests/platforms/cases/{name}") if path.exists()]
    if there:
        raise ConfigError(
            tuple(
                Complaint(str(path.relative_to(root)), None, "is there already; new-platform never overwrites")
                for path in there
            )
        )
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            say(f"Wrote {path.relative_to(root)}")
    except OSError as error:
        raise ConfigError((Complaint(str(error.filename), None, f"cannot be written: {error.strerror}"),)) from None
    say()
    say(Template(_STEPS).substitute(name=name, case=CASE).rstrip())


def _files(name: str) -> Mapping[str, str]:
    """What is written, by its path in the checkout; `$name` and `$case` are still to be filled in."""
    case = f"tests/platforms/cases/{name}/{CASE}"
    return {
        f"src/aluevahti/platforms/{name}.py": _ADAPTER,
        f"tests/platforms/test_{name}.py": _TEST,
        f"{case}/source.yaml": _SOURCE,
        f"{case}/page.html": _PAGE,
        f"{case}/expected.json": _EXPECTED,
    }


def _checkout() -> Path:
    """The source checkout that the command runs in, or that the program runs from.

    Raises:
        ConfigError: there is none.
    """
    for root in (Path.cwd(), Path(__file__).parents[3]):
        if all((root / mark).exists() for mark in _MARKS):
            return root
    raise ConfigError(
        (
            Complaint(
                "new-platform",
                None,
                "works in a source checkout of aluevahti, and this is none: an adapter is a part of the program",
            ),
        )
    )


def _require_fit(name: str) -> None:
    """Raises: ConfigError: the name cannot be that of a module and of a platform."""
    if _NAME.fullmatch(name) is None or keyword.iskeyword(name):
        raise ConfigError((Complaint("NAME", None, f"'{name}' does not fit: small letters and digits, 2 to 31"),))
