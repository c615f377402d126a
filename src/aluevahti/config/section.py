"""Taking a mapping of sources.yaml apart, key by key, with a complaint for everything that is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from aluevahti.config.document import Complaints, Items, Table, Text, Value, shown

T = TypeVar("T")


class Section:
    """One mapping. Ask for keys with `one`, `many`, `section` and `sections`; then `close` it.

    A parser is a function from text to a value that raises ValueError with the rest of a sentence
    that starts with the key and its value: "is not a duration; write 90s, 30m, 1h or 14d".
    """

    def __init__(self, value: Value, complaints: Complaints, *, name: str = "", line: int | None = None) -> None:
        self.line = value.line if line is None else line
        self.complaints = complaints
        self._prefix = f"{name}." if name else ""
        self._asked: dict[str, str] = {}
        self._entries: dict[str, tuple[int, Value]] = {}
        self._is_table = isinstance(value, Table)
        if isinstance(value, Table):
            self._entries = value.entries()
        elif not (isinstance(value, Text) and value.value is None):
            what = name or "an entry"
            complaints.add(value.line, f"{what} must be a mapping (key: value)")

    def complain(self, key: str, text: str) -> None:
        """Note that something is wrong with `key`, at its line."""
        self.complaints.add(self.line_of(key), text)

    def line_of(self, key: str) -> int:
        """The line of `key`, or the section's own where the key is not there."""
        entry = self._entries.get(key)
        return self.line if entry is None else entry[0]

    def has(self, key: str) -> bool:
        """Whether `key` is there and says something."""
        entry = self._entries.get(key)
        return entry is not None and not (isinstance(entry[1], Text) and entry[1].value is None)

    def one(self, key: str, parse: Callable[[str], T]) -> T | None:
        """The value of `key`; None where it is missing, says nothing or is wrong."""
        value = self._ask(key)
        if value is None:
            return None
        if not isinstance(value, Text):
            kind = "a list" if isinstance(value, Items) else "a mapping"
            self.complain(key, f"{self._prefix}{key} must be one value, not {kind}")
            return None
        return self._parsed(key, value, parse, self.line_of(key))

    def required(self, key: str, parse: Callable[[str], T]) -> T | None:
        """As `one`, with a complaint where `key` is missing or says nothing."""
        value = self.one(key, parse)
        if self._is_table and not self.has(key):
            self.complain(key, f"{self._prefix}{key} is missing")
        return value

    def many(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """The values of `key`, written as a list or, where there is only one, alone."""
        value = self._ask(key)
        if value is None:
            return ()
        if isinstance(value, Table):
            self.complain(key, f"{self._prefix}{key} must be a list, not a mapping")
            return ()
        members = [value] if isinstance(value, Text) else list(value.members())
        parsed = [self._member(key, member, parse) for member in members]
        return tuple(item for item in parsed if item is not None)

    def section(self, key: str) -> Section | None:
        """The mapping under `key`; None where there is none."""
        value = self._ask(key)
        if value is None:
            return None
        return Section(value, self.complaints, name=f"{self._prefix}{key}", line=self.line_of(key))

    def sections(self, key: str) -> Iterator[Section]:
        """The mappings listed under `key`, each made when its turn comes: there may be thousands."""
        value = self._ask(key)
        if value is None:
            return iter(())
        if not isinstance(value, Items):
            self.complain(key, f"{self._prefix}{key} must be a list of entries, each starting with '- '")
            return iter(())
        return (Section(member, self.complaints) for member in value.members())

    def refuse(self, key: str, advice: str) -> None:
        """Complain where `key` is there, with advice what to do instead."""
        if self._ask(key) is not None:
            self.complain(key, f"key {shown(self._prefix + key)} {advice}")

    def close(self) -> None:
        """Complain of every key that nobody asked for."""
        for key in self._entries:
            if key not in self._asked:
                self.complain(key, f"key {shown(self._prefix + key)} is unknown{suggestion(key, self._asked)}")

    def _ask(self, key: str) -> Value | None:
        self._asked[key] = key
        return self._entries[key][1] if self.has(key) else None

    def _member(self, key: str, member: Value, parse: Callable[[str], T]) -> T | None:
        if isinstance(member, Text) and member.value is not None:
            return self._parsed(key, member, parse, member.line)
        self.complaints.add(member.line, f"each entry of {self._prefix}{key} must be one value")
        return None

    def _parsed(self, key: str, value: Text, parse: Callable[[str], T], line: int) -> T | None:
        text = value.value or ""
        try:
            return parse(text)
        except ValueError as error:
            self.complaints.add(line, f"{self._prefix}{key} {shown(text)} {error}")
            return None


def suggestion(word: str, known: Collection[str]) -> str:
    """The end of a complaint about an unknown word: what was probably meant, else what there is."""
    near = difflib.get_close_matches(word.lower()[:60], sorted(known), n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; known are {', '.join(sorted(known))}" if known else ""
