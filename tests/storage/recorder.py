"""Records outcome after outcome until it is killed; says each number once it is committed.

python recorder.py URL FIRST_NUMBER
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aluevahti.model import ChangeKind, HttpRecord, PollOutcome, SourceHealth
from aluevahti.storage import Store
from outcomes import NOW, change, known_window, outcome, reading, snapshot_of, status_update, update


def numbered(number: int) -> PollOutcome:
    """An outcome in which every part bears the number."""
    text = f"Päätös {number}. " * 120
    body = snapshot_of(text.encode())
    return outcome(
        health=SourceHealth(usual_items=number),
        http=(HttpRecord(url="u", validators=None, sha256=str(number), core=None, checked_at=NOW),),
        snapshots=(body,),
        documents=(
            update(f"k{number}", text, text_sha256=str(number), reading=reading(), snapshot_sha256=body.sha256),
            update("standing", text, text_sha256=str(number), snapshot_sha256=body.sha256),
        ),
        windows=(known_window(title=str(number)),),
        status=(status_update(value=number),),
        changes=(
            change(title=str(number), document_key=f"k{number}"),
            change(ChangeKind.WINDOW_OPENED, title=str(number)),
        ),
    )


def main(url: str, first: int) -> None:
    with Store.open(url, now=NOW) as store:
        number = first
        while True:
            store.record_poll(numbered(number))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
