"""Where templates come from: the operator's own folder first, then the ones that came with the program.

Templates only lay out: they see plain values, run in a sandbox, and fail on a name that does not exist.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

import aluevahti


def packaged_templates() -> Path:
    """The templates that came with the program: inside an installed wheel, at the top of a checkout."""
    package = Path(aluevahti.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parents[1] / "templates"


@lru_cache(maxsize=8)
def environment(own: Path | None = None) -> ImmutableSandboxedEnvironment:
    """The template engine. `own`: the operator's folder; a template that it lacks is the packaged one."""
    folders = [own, packaged_templates()] if own is not None else [packaged_templates()]
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(("html",), default_for_string=True, default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
