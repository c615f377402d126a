"""The text of a tree as lines: a paragraph, a heading, a list entry or a table row each."""

from __future__ import annotations

from collections.abc import Container

from aluevahti.text.dom import Element, text_length
from aluevahti.text.tidy import tidy

CELL = " | "
"""What stands between the cells of a table row."""

_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "legend",
            "li",
        ),
        *(
            "main",
            "menu",
            "nav",
            "ol",
            "option",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
        ),
        *("tr", "ul", "html"),
    ]
)
_INLINE = frozenset({"a", "span", "time", "strong", "b", "em", "label", "button", "small", "i"})
_NEVER_IN_A_ROW = ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "form")


def lines(root: Element, leave_out: Container[Element] = ()) -> list[str]:
    """The visible text below `root`, tidied, without empty lines; elements in `leave_out` are passed over whole.

    Cells of a data row are joined by `CELL`, a term and its description by a colon. Whitespace is folded
    as a browser folds it. A line break inside a paragraph starts a line, except where it only wraps:
    after a label's colon and before a small letter.
    """
    page = _Page(leave_out)
    page.write(root)
    page.end_line()
    return tidy("\n".join(page.lines)).splitlines()


class _Page:
    """The lines so far and the one that is being written."""

    def __init__(self, leave_out: Container[Element]) -> None:
        self.lines: list[str] = []
        self._leave_out = leave_out
        self._line: list[str] = []
        self._seam = False  # an inline element began or ended here: two words may touch that a style keeps apart
        self._broken = False  # a line break came: what follows decides whether it counts

    def write(self, element: Element) -> None:
        """Writes `element` and all below it; recursion is bounded by the tree's depth, which the parser bounds."""
        tag = element.tag
        if tag == "br":
            self._broken = bool(self._line)
        elif tag == "tr" and _is_data_row(element):
            self._write_row(element)
        elif tag == "pre":
            self._write_preformatted(element)
        elif tag in _BLOCKS:
            if tag != "dd" or not self._is_after_term(element):
                self.end_line()
            self._write_inside(element)
            if tag == "dt" and self._line and _next_tag(element) == "dd":
                self._line.append(" " if self._line[-1].rstrip().endswith(":") else ": ")
            else:
                self.end_line()
        else:
            self._seam = self._seam or tag in _INLINE
            self._write_inside(element)
            self._seam = self._seam or tag in _INLINE

    def end_line(self) -> None:
        """Closes the line; an empty one leaves no trace."""
        if self._line:
            text = " ".join("".join(self._line).split())
            if text:
                self.lines.append(text)
            self._line.clear()
        self._seam = self._broken = False

    def _write_inside(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            if child not in self._leave_out:
                self.write(child)
            elif child.tag in _BLOCKS:
                self.end_line()
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._broken and text.strip():
            self._break_before(text.lstrip()[0])
        if self._seam and self._line and _would_touch(self._line[-1][-1], text[0]):
            self._line.append(" ")
        self._seam = False
        self._line.append(text)

    def _break_before(self, first: str) -> None:
        self._broken = False
        if first.islower() or "".join(self._line).rstrip().endswith(":"):
            self._line.append(" ")
        else:
            self.end_line()

    def _write_row(self, row: Element) -> None:
        self.end_line()
        cells = (" ".join(lines(cell, self._leave_out)) for cell in row if cell not in self._leave_out)
        self._line.append(CELL.join(cell for cell in cells if cell))
        self.end_line()

    def _write_preformatted(self, element: Element) -> None:
        self.end_line()
        self.lines.extend("".join(element.itertext()).splitlines())

    def _is_after_term(self, element: Element) -> bool:
        before = element.getprevious()
        return bool(self._line) and before is not None and before.tag == "dt"


def _is_data_row(row: Element) -> bool:
    """Whether the cells of a row belong together; in a table that only lays out the page they do not."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or next(row.iter(*_NEVER_IN_A_ROW), None) is not None or text_length(row) > 2000:
        return False
    return sum(1 for _ in row.iter("p")) <= 3 * len(cells)


def _next_tag(element: Element) -> str | None:
    after = element.getnext()
    return None if after is None else str(after.tag)


def _would_touch(before: str, after: str) -> bool:
    """Whether two pieces of inline text run together: `02.03.2026` and `Haku`, or `avautuu` and `Lue`."""
    if not (before.isalnum() and after.isalnum()):
        return False
    return before.isdigit() != after.isdigit() or (before.islower() and after.isupper())
