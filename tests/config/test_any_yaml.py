"""Whatever stands in the file: a configuration or complaints, never anything else."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aluevahti.config import PLATFORM_NAMES, PLATFORM_OPTIONS, Config, load
from aluevahti.errors import ConfigError
from aluevahti.regions import REGION_CODES

KEYS = ["id", "region", "platform", "url", "every", "cron", "enabled", "timeout", "max_bytes", "robots", "permission"]
KEYS += [*sorted(frozenset().union(*PLATFORM_OPTIONS.values())), "themes", "lang", "note"]
WORDS = [
    "30m",
    "0s",
    "1h",
    "20MiB",
    "no",
    "on",
    "12:30",
    "~",
    "",
    "obey",
    "*/5 * * * *",
    "main > p",
    "/[/",
    "fi",
    "avustukset",
]
WORDS += ["https://example.org/ä", "a@b.fi", "sqlite:///x.db", "١٢", "9" * 5000, *PLATFORM_NAMES, *REGION_CODES[:3]]
SERVICE = ["contact", "operator", "database", "timezone", "public_url", "web", "mail", "digest", "review"]
SERVICE += ["listen", "host", "port", "security", "username", "from", "daily_at", "weekly_on", "first_check_lookback"]

scalars = st.one_of(st.sampled_from(WORDS), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.none())
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(SERVICE + KEYS), inner, max_size=4),
    max_leaves=8,
)
documents = st.fixed_dictionaries(
    {},
    optional={
        "service": st.dictionaries(st.sampled_from(SERVICE), values, max_size=6) | values,
        "defaults": st.dictionaries(st.sampled_from(KEYS), values, max_size=4) | values,
        "sources": st.lists(st.dictionaries(st.sampled_from(KEYS), values, max_size=8), max_size=3) | values,
    },
)


def outcome(body: bytes) -> Config | ConfigError:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sources.yaml"
        path.write_bytes(body)
        try:
            return load(path, {})
        except ConfigError as error:
            return error


def check(body: bytes) -> None:
    result = outcome(body)
    if isinstance(result, ConfigError):
        assert result.complaints
        assert all("\n" not in str(complaint) for complaint in result.complaints)


@given(documents)
@settings(max_examples=150, deadline=None)
def test_every_tree_gives_a_configuration_or_complaints(document: object) -> None:
    check(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
@example(b"\x85: 1")
@example(b"\xff\xfea\x00")
def test_any_bytes_give_a_configuration_or_complaints(body: bytes) -> None:
    check(body)


@given(st.text(alphabet="%&*!|>'\"?:-{}[],#~<@` \t\nabY1.", max_size=60))
@settings(max_examples=400, deadline=None)
@example("%YAML 1.1\n---\na: 12:30")
@example("? [a]\n: &b *b")
@example("a: !!binary x")
@example("%TAG ! tag:x:\n---\n!a b")
def test_any_arrangement_of_yaml_marks_gives_a_configuration_or_complaints(text: str) -> None:
    check(text.encode())
