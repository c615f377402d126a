"""Mail into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from aluevahti.errors import DeliveryError
from aluevahti.mail import FolderMailer
from readers import delivery


def test_a_mail_is_one_file_with_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "posti"
    marks: list[str] = []
    FolderMailer(folder).send(delivery(), on_data=lambda: marks.append("data"))

    (file,) = folder.iterdir()
    assert file.read_bytes() == delivery().mime
    assert file.name.startswith("20260302T060000Z-digest-lukija@example.org-")
    assert file.suffix == ".eml"
    assert marks == ["data"]


def test_a_mail_sent_twice_is_there_once(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path)
    for _ in range(2):
        mailer.send(delivery(), on_data=lambda: None)
    mailer.close()

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("recipient", ["../../etc/passwd@x.fi", "a/b@x.fi", ".@x.fi", "ä@x.fi", "a" * 300 + "@x.fi"])
def test_an_address_cannot_lead_out_of_the_folder(tmp_path: Path, recipient: str) -> None:
    folder = tmp_path / "posti"
    FolderMailer(folder).send(delivery(recipient=recipient), on_data=lambda: None)

    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]


def test_a_folder_that_takes_nothing_is_a_server_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "posti").write_text("a file in the way")

    with pytest.raises(DeliveryError, match="takes no mail") as caught:
        FolderMailer(tmp_path / "posti").send(delivery(), on_data=lambda: None)
    assert caught.value.unreachable
