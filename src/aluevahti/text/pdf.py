"""The text of a PDF as a reader reads it: paragraphs whole, page numbers and running heads left out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from aluevahti.errors import ParseError
from aluevahti.text.tidy import tidy

_CHILD = Path(__file__).with_name("pdf_child.py")
_TIMEOUT_SECONDS = 40
_MARGIN = 3
"""Running heads and feet are looked for among this many lines at either end of a page, fewer on a short page."""

_FULL, _QUITE_FULL = 0.7, 0.9
"""A line that has so much of the width of most is full: it may have been broken by the layout."""

_RUNNING = 60
"""Letters: shorter lines are those of a list or a table, not of running text."""

_TITLE_LINES = 3
"""A title is looked for among this many lines."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HYPHEN_AT_THE_END = re.compile(
    "[\x02\ufffe\xad](?:\\r?\\n)?"
)  # PDFium has a sign of its own for it, and joins the lines
_PAGE_NUMBER = re.compile(
    r"(?:sivu|sida|page|s\.)?\s*[-–]?\s*\d{1,4}\s*(?:[/(]\s*\d{1,4}\s*\)?)?\s*[-–]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NEW_PARAGRAPH = re.compile(r"[•◦▪●○·*]|[-–—]\s|§|\d{1,3}\s*[.)§]\s(?!päivä|[a-zåäö]{3,6}kuu)|\d{1,3}\s*§|[a-zåäö]\)\s")
_REST_OF_A_PERIOD = re.compile(r"[-–—]\s?\d{1,2}\.")
_AWAITS_A_FIGURE = re.compile(r"\b(?:kl|klo|nro|nr|n|s|p|puh|tfn|tel)\.\Z")
_CONJUNCTION = re.compile(r"(?:ja|tai|sekä|eli|och|eller|samt)\b")
_COMPOUND, _LAST_WORD, _FIRST_WORD = re.compile(r"\w+-\w+"), re.compile(r"\w+\Z"), re.compile(r"\w+")
_VOWELS = frozenset("aeiouyåäö")


def text_of(body: bytes, url: str = "") -> str:
    """The text of the PDF `body`: a paragraph a line, hyphenation undone, what repeats on every page left out.

    A PDF that was generated anew from the same document gives the same text. The file is opened in a process of
    its own with 20 s of processor time and 1 GiB of memory; any number of threads may call this at once.

    Raises:
        ParseError: the file is broken, encrypted, too heavy, or holds no text (it was scanned); it names `url`.
    """
    if b"%PDF-" not in body[:1024]:
        raise ParseError(url, "the file is no PDF")
    pages = [page.splitlines() for page in _read(body, url).split("\f")]
    if not any(line.strip() for page in pages for line in page):
        raise ParseError(url, "the PDF has no text: it holds only pictures, as a scanned paper does")
    kept = [line for page in _without_running_lines(pages) for line in page]
    return tidy("\n".join(_paragraphs(kept)))


def _read(body: bytes, url: str) -> str:
    """The raw text, pages separated by form feeds."""
    try:
        done = subprocess.run(  # noqa: S603  (our own file, our own interpreter)
            [sys.executable, "-I", str(_CHILD), *_library()],
            input=body,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise ParseError(url, f"the PDF could not be read within {_TIMEOUT_SECONDS} seconds") from error
    if done.returncode == 3:
        raise ParseError(url, f"the PDF cannot be opened: {done.stderr.decode('utf-8', 'replace').strip()[:200]}")
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if lines and lines[-1].startswith(("ImportError", "ModuleNotFoundError")):
            raise ParseError(url, f"the PDF library is not there: {lines[-1]}")
        raise ParseError(url, "the PDF asks for more time or memory than a document should")
    text = done.stdout.decode("utf-8", "replace")
    return _HYPHEN_AT_THE_END.sub("-\n", text).translate(_LIGATURES)


@cache
def _library() -> tuple[str, ...]:
    """The folder that the PDF library lies in: the isolated child knows nothing of PYTHONPATH."""
    found = find_spec("pypdfium2")
    return () if found is None or found.origin is None else (str(Path(found.origin).parents[1]),)


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without lines that stand at the edge of most pages."""
    pages = [[line.strip() for line in page if line.strip()] for page in pages]
    filled = [page for page in pages if page]
    seen = Counter(shape for page in filled for shape in {_shape(line) for line in _edges(page)})
    repeated = {shape for shape, count in seen.items() if len(filled) >= 3 and count >= 0.6 * len(filled)}
    return [_trimmed(page, repeated) for page in filled]


def _edges(page: list[str]) -> list[str]:
    margin = _margin(page)
    return page[:margin] + page[len(page) - margin :]


def _margin(page: list[str]) -> int:
    return min(_MARGIN, (len(page) + 1) // 4)


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)


def _trimmed(page: list[str], repeated: set[str]) -> list[str]:
    first, last, margin = 0, len(page), _margin(page)
    while first < margin and _is_running(page[first], repeated):
        first += 1
    while last > max(first, len(page) - margin) and _is_running(page[last - 1], repeated):
        last -= 1
    return page[first:last]


def _is_running(line: str, repeated: set[str]) -> bool:
    return _shape(line) in repeated or _PAGE_NUMBER.fullmatch(line) is not None


def _paragraphs(found: list[str]) -> list[str]:
    """The lines of a page joined to paragraphs, where the layout broke them and not the writer."""
    if not found:
        return []
    compounds = {word.lower() for line in found for word in _COMPOUND.findall(line)}
    widths = sorted(len(line) for line in found)
    width = widths[int(0.9 * (len(widths) - 1))]
    paragraphs = [found[0]]
    for number, (before, line) in enumerate(pairwise(found)):
        if _is_hyphenated(before, line):
            paragraphs[-1] = _joined(paragraphs[-1], line, compounds)
        elif _goes_on(before, line, width) or (number < _TITLE_LINES and _is_a_title_that_goes_on(before, line)):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
    return paragraphs


def _is_hyphenated(before: str, line: str) -> bool:
    return len(before) > 2 and before[-1] in "-‐" and before[-2].isalnum() and line[:1].isalnum()


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether `line` goes on with the sentence that `before` ran out of room for; a running line has `width` letters."""
    if _is_cut_in_two(before, line):
        return True
    if _NEW_PARAGRAPH.match(line):
        return False
    last, first = before[-1], line[0]
    if last in "–−," and first.isalnum():
        return True
    if len(before) < _FULL * width or last in ":;!?":
        return False
    if last == ".":
        return first.islower()  # `mukaan ehtii 14.` / `joulukuuta asti`
    if first.isupper():  # a name, unless a heading or a row of a table ends here
        return last.islower() and width >= _RUNNING and len(before) >= _QUITE_FULL * width
    return first.islower() or first.isdigit() or first in "(–"


def _is_cut_in_two(before: str, line: str) -> bool:
    """Whether what belongs together stands on two lines: `under tiden 16.2` / `– 15.3.2026`, `senast kl.` / `15`."""
    of_a_period = before[-2:].strip(".").isdigit() and _REST_OF_A_PERIOD.match(line)
    return bool(of_a_period or (line[0].isdigit() and _AWAITS_A_FIGURE.search(before)))


def _is_a_title_that_goes_on(before: str, line: str) -> bool:
    """Whether the first lines are one title, set so large that it broke before a small letter."""
    return line[0].islower() and before.count(" ") >= 2 and before[-1] not in ".:;!?" and not _NEW_PARAGRAPH.match(line)


def _joined(before: str, line: str, compounds: set[str]) -> str:
    """A word joined over the end of a line: without the hyphen, unless it belongs to the word."""
    if _CONJUNCTION.match(line):
        return f"{before} {line}"
    last, first = before[-2], line[0]
    head, tail = _LAST_WORD.search(before[:-1]), _FIRST_WORD.match(line)
    compound = f"{head.group()}-{tail.group()}".lower() if head and tail else ""
    keeps = not first.islower() or not last.islower() or (last == first and last in _VOWELS) or compound in compounds
    return before + line if keeps else before[:-1] + line
