"""YAML with a memory for lines: a file becomes a tree in which every value knows where it stands.

Every scalar stays the text that the operator wrote; what it means is decided by the key it belongs
to. So `12:30`, `no`, `on` and `1e3` cannot turn into something else on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from aluevahti.errors import Complaint, ConfigError

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_LINE = 2000
"""Characters of a line up to which the fast parser is trusted; each level of a block takes at least one."""
MAX_DEPTH = 500
"""Open brackets up to which the fast parser is trusted."""
_BRACKET = re.compile(r"[\[\]{}]")
_NULLS = ("", "~", "null", "Null", "NULL")
_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")}


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; `value` is None for nothing, `~` and `null`."""

    line: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence; its members are looked at only when somebody asks, so an endless alias harms nobody."""

    line: int
    members: Callable[[], Iterator[Value]]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping: key -> (line of the key, value); of a key that stands twice, the first."""

    line: int
    entries: Callable[[], dict[str, tuple[int, Value]]]


Value: TypeAlias = Text | Items | Table


@dataclass(slots=True)
class Complaints:
    """Everything found wrong so far in one file."""

    file: str
    found: list[Complaint] = field(default_factory=list)

    def add(self, line: int | None, text: str) -> None:
        """Note one thing; `line` counts from 1, None where no line is to blame."""
        complaint = Complaint(self.file, line, text)
        if complaint not in self.found:
            self.found.append(complaint)

    def fail(self, line: int | None, text: str) -> NoReturn:
        """Note one thing after which it makes no sense to look further, and raise ConfigError."""
        self.add(line, text)
        raise ConfigError(tuple(self.found))

    def settle(self) -> None:
        """Raise ConfigError with everything noted, in the file's order; do nothing where all is well."""
        if self.found:
            raise ConfigError(tuple(sorted(self.found, key=lambda complaint: complaint.line or 0)))


def read(path: Path, complaints: Complaints) -> Value | None:
    """Read the YAML file at `path`; None for a file that is empty or holds comments only.

    Raises:
        ConfigError: the file is not there, cannot be read, is not UTF-8 or is not YAML; the line and,
            for YAML, the column are named.
    """
    text = _decode(_read_bytes(path, complaints), complaints)
    try:
        value = _fast(text, complaints)
        node = None if value is not None else YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        complaints.fail(line, f"the character U+{_code(error.character):04X} is not allowed in YAML")
    except MarkedYAMLError as error:
        _complain_of_yaml(error, complaints)
    except RecursionError:
        complaints.fail(None, "is nested too deeply to be a configuration")
    except (YAMLError, ValueError, LookupError, AttributeError, TypeError, AssertionError) as error:
        # the parser itself stumbles over some broken directives and tags
        complaints.fail(None, f"is not readable as YAML ({type(error).__name__})")
    return value if node is None else _value(node, complaints)


def _fast(text: str, complaints: Complaints) -> Value | None:
    """The tree as libyaml gives it, in a tenth of the time; None where the slower parser has to look.

    libyaml refuses some YAML 1.2 and is terse about mistakes, so whatever it does not like is left to the
    other one. It also overflows its stack where nesting goes deeper than any configuration, so such
    texts are never shown to it.
    """
    if _may_be_deep(text):
        return None
    try:
        return _built(YAML(typ="safe", pure=False).parse(text), complaints)
    except (YAMLError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return None


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come yet; of a mapping, keys and values in turn."""

    is_table: bool
    parts: list[Value] = field(default_factory=list)


def _built(events: Iterable[Event], complaints: Complaints) -> Value | None:
    """The tree of one plain document; None where a tag or an alias for a key stands in it, or where there are two.

    ruamel's own nodes keep the beginning and the end of every word, five times as much memory as the words.
    """
    stack = [_Open(is_table=False)]
    anchors: dict[str, Value] = {}
    words: dict[str, str] = {}  # each key once
    for event in events:
        if isinstance(event, (SequenceEndEvent, MappingEndEvent)):
            stack.pop()
        if not isinstance(event, NodeEvent):
            continue
        around = stack[-1]
        is_key = around.is_table and len(around.parts) % 2 == 0
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None or (is_key and isinstance(event, AliasEvent)):
            return None
        if isinstance(event, AliasEvent):
            value = anchors[event.anchor]
        elif isinstance(event, ScalarEvent):
            word = words.setdefault(event.value, event.value) if is_key else event.value
            value = Text(line, None if not is_key and not event.style and word in _NULLS else word)
        else:
            inner = _Open(is_table=isinstance(event, MappingStartEvent))
            stack.append(inner)
            value = _table(line, inner.parts, complaints) if inner.is_table else _items(line, inner.parts)
        if event.anchor is not None:
            anchors[event.anchor] = value
        around.parts.append(value)
    found = stack[0].parts
    return found[0] if len(found) == 1 else None


def _items(line: int, members: list[Value]) -> Items:
    return Items(line, lambda: iter(members))


def _table(line: int, parts: list[Value], complaints: Complaints) -> Table:
    return Table(line, lambda: _entries(zip(parts[::2], parts[1::2], strict=True), complaints))


def _may_be_deep(text: str) -> bool:
    """Whether nesting could go deep: by long lines (indentation, dashes in a row) or by brackets."""
    if max(map(len, text.splitlines()), default=0) > MAX_LINE:
        return True
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH


def _read_bytes(path: Path, complaints: Complaints) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        complaints.fail(None, "there is no such file; `aluevahti init` writes one")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        complaints.fail(None, f"cannot be read: {reason}")
    if len(body) > MAX_FILE_BYTES:
        complaints.fail(None, "is larger than 10 MiB, which no configuration is")
    return body


def _decode(body: bytes, complaints: Complaints) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        complaints.fail(line, f"is not UTF-8 (byte 0x{body[error.start]:02X}); save the file as UTF-8")


def _code(character: object) -> int:
    return ord(character) if isinstance(character, str) else int(str(character))


def _complain_of_yaml(error: MarkedYAMLError, complaints: Complaints) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    problem = " ".join(str(error.problem or error.context or "is not YAML").split())
    if "'\\t'" in problem:
        problem = "a tab cannot indent YAML; use spaces"
    elif problem.startswith("expected <block end>"):
        problem = "is not indented as the lines before it; use equally many spaces"
    elif "undefined alias" in problem:
        problem = "a value that starts with '*' needs quotes"
    elif "mapping values are not allowed" in problem:
        problem = "a colon where no key can be: mend the indentation, or put the value into quotes"
    if mark is None:
        complaints.fail(None, problem)
    complaints.fail(mark.line + 1, f"{problem} (column {mark.column + 1})")


def _value(node: Node, complaints: Complaints) -> Value:
    line = node.start_mark.line + 1
    if isinstance(node, ScalarNode):
        if node.tag not in _SCALAR_TAGS:
            complaints.add(line, f"the tag '{node.tag}' means nothing here; leave it out")
        plain = node.style is None or node.style == ""
        return Text(line, None if plain and node.value in _NULLS else str(node.value))
    if isinstance(node, MappingNode):
        return Table(line, lambda: _entries(_pairs(node, complaints), complaints))
    return Items(line, lambda: (_value(member, complaints) for member in node.value))


def _pairs(node: MappingNode, complaints: Complaints) -> Iterator[tuple[Value, Value]]:
    for key, value in node.value:
        line = key.start_mark.line + 1
        yield (
            Text(line, key.value) if isinstance(key, ScalarNode) else Items(line, lambda: iter(())),
            _value(value, complaints),
        )


def _entries(pairs: Iterable[tuple[Value, Value]], complaints: Complaints) -> dict[str, tuple[int, Value]]:
    entries: dict[str, tuple[int, Value]] = {}
    for key, value in pairs:
        if not isinstance(key, Text):
            complaints.add(key.line, "a key must be a word, not a list or a mapping")
            continue
        word = key.value or ""
        if word in entries:
            complaints.add(key.line, f"key {shown(word)} stands already on line {entries[word][0]}")
        else:
            entries[word] = (key.line, value)
    return entries


def shown(text: str) -> str:
    """`text` in quotes as a complaint shows it: on one line, not longer than 60 characters."""
    return repr(text if len(text) <= 60 else text[:59] + "…")
