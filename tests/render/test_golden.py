"""Whole mails as readers get them, held against files that a person has read.

    REWRITE_GOLDEN=1 pytest tests/render/test_golden.py

writes them anew; the difference is then read before it is committed.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aluevahti.model import Change, ChangeKind, Language
from aluevahti.render.messages import Renderer, confirmation_view
from aluevahti.render.operator import operator_view
from aluevahti.render.view import ConfirmationView, DigestView, OperatorView
from readers import change, delivery
from render_samples import CONTACT, HELSINKI, LINKS, NOW, everything, grants_only, subscriber

GOLDEN = Path(__file__).parent / "golden"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"


def confirmation(lang: Language) -> ConfirmationView:
    return confirmation_view(
        subscriber(lang, regions=("lappi",)),
        "Jm2uQ0cWb1sT9yXv4aLr7g",
        links=LINKS,
        contact=CONTACT,
        valid_until=NOW + dt.timedelta(hours=48),
        zone=HELSINKI,
    )


def operator(lang: Language) -> OperatorView:
    def source(number: int, kind: ChangeKind, name: str, state: str, error: str | None) -> Change:
        return change(
            number,
            kind,
            source=name,
            title=name,
            url=f"https://{name}.example/paatokset",
            document=None,
            relevant=False,
            themes=(),
            region="lappi",
            before={"state": "ok", "error": None},
            after={"state": state, "error": error},
            detected_at=NOW,
        )

    changes = [
        source(1, ChangeKind.SOURCE_FAILING, "lappi-poytakirjat", "failing", "HTTP 503 kolmannen kerran peräkkäin"),
        source(2, ChangeKind.SOURCE_SILENT, "lappi-uutiset", "silent", "0 documents where there used to be 34"),
        source(3, ChangeKind.SOURCE_FAILING, "lappi-tweb", "forbidden", "robots.txt forbids /ktwebscr/"),
        source(4, ChangeKind.SOURCE_RECOVERED, "lappi-stt", "ok", None),
    ]
    return operator_view(
        changes,
        now=NOW,
        zone=HELSINKI,
        lang=lang,
        failed=[delivery(last_error="recipient: 550 5.1.1 no such user")],
        held=[delivery(id=8, last_error="no answer to the message: timed out")],
        paused="login: 535 5.7.8 authentication failed",
    )


VIEWS: dict[str, tuple[Callable[[Language], DigestView | ConfirmationView | OperatorView], str]] = {
    "everything": (everything, "digest"),
    "grants": (grants_only, "digest"),
    "confirmation": (confirmation, "confirmation"),
    "operator": (operator, "operator"),
}


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_a_mail_looks_as_it_was_approved(name: str, lang: Language, ending: str) -> None:
    make, template = VIEWS[name]
    view = make(lang)
    rendered = f"{view.subject}\n\n" if ending == "txt" else ""
    rendered += Renderer().render(f"email/{template}.{ending}", view, lang)
    file = GOLDEN / f"{name}.{lang.value}.{ending}"
    if REWRITE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(rendered, "utf-8")

    assert file.read_text("utf-8") == rendered
