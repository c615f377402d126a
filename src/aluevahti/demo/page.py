"""The demo's folder: every mail as files, and one page that tells the story and leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from aluevahti.demo.mailbox import Mail
from aluevahti.demo.readers import OPERATOR, READERS
from aluevahti.demo.timeline import Day, MailLine, name_of
from aluevahti.text.dates import HELSINKI

MAIL_FOLDER = "mail"


def write_mails(folder: Path, mails: Sequence[Mail], lines: Sequence[MailLine]) -> None:
    """Write each mail as it arrived (.eml) and its two parts (.html, .txt) into `folder`/mail."""
    place = folder / MAIL_FOLDER
    place.mkdir()
    for mail, line in zip(mails, lines, strict=True):
        (place / f"{line.name}.eml").write_bytes(mail.data)
        (place / f"{line.name}.html").write_text(mail.part("html"), encoding="utf-8")
        (place / f"{line.name}.txt").write_text(mail.part("plain"), encoding="utf-8")


def write_index(
    folder: Path,
    days: Sequence[Day],
    figures: Sequence[tuple[str, str]],
    *,
    is_right: bool,
    differences: Sequence[str],
) -> Path:
    """Write `folder`/index.html; where it is."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("aluevahti.demo").joinpath("index.html").read_text(encoding="utf-8"))
    mails = [line for day in days for line in day.mails]
    readers = [
        {
            "name": name_of(reader.email).capitalize(),
            "lang": reader.lang.value,
            "every": reader.rhythm.value,
            "regions": len(reader.regions),
            "email": reader.email,
            "mails": [line for line in mails if line.recipient == reader.email],
        }
        for reader in READERS
    ]
    operator = {"email": OPERATOR, "mails": [line for line in mails if line.recipient == OPERATOR]}
    path = folder / "index.html"
    path.write_text(
        template.render(
            days=days,
            figures=[(name.strip(), value, name.startswith(" ")) for name, value in figures],
            readers=readers,
            operator=operator,
            names={line.recipient: name_of(line.recipient).capitalize() for line in mails},
            is_right=is_right,
            differences=differences,
            folder=MAIL_FOLDER,
            zone=HELSINKI,
        ),
        encoding="utf-8",
    )
    return path
