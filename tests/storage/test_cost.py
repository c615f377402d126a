"""What the store costs. The figures are printed (`pytest -s`); the limits are many times what is usual."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aluevahti.model import HttpRecord, PollOutcome, Validators
from aluevahti.storage import Store
from outcomes import NOW, change, document, outcome, reading, snapshot_of, update

RECORD = HttpRecord(
    url="https://a.example/list", validators=Validators(etag='"1"'), sha256="5" * 64, core="c" * 64, checked_at=NOW
)


def page(number: int, size: int = 40_000) -> bytes:
    """A page as compressible as real ones, unlike every other."""
    rows = (
        f"<tr><td class='date'>{row}.3.2026</td><td><a href='/kokous/{hashlib.md5(b'%d' % row).hexdigest()}'>"
        f"Hyvinvointialueen päätös {number * 7919 + row} § {row}</a></td></tr>\n"
        for row in range(size // 120)
    )
    return f"<html><body><table>{''.join(rows)}</table></body></html>".encode()


def new_page(number: int) -> PollOutcome:
    """A source's page seen for the first time: snapshot, document, version, reading, change."""
    source = f"s{number}"
    body = snapshot_of(page(number), source=source)
    text = f"Hyvinvointialueen päätös {number}. " * 250
    read = update("k", text, text_sha256="t", reading=reading(), snapshot_sha256=body.sha256, read=True)
    return outcome(source, http=(RECORD,), snapshots=(body,), documents=(read,), changes=(change(document_key="k"),))


def measure(what: str, repeat: int, act: Callable[[], object], per: int = 1) -> float:
    """CPU milliseconds of one piece of work; prints the line."""
    act()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(repeat):
        act()
    wall, cpu = (time.perf_counter() - wall) * 1e3 / repeat / per, (time.process_time() - cpu) * 1e3 / repeat / per
    print(f"{what:<58} {cpu:8.3f} ms CPU {wall:8.3f} ms wall")
    return cpu


@pytest.mark.slow
def test_the_cost_of_polls_and_of_reading(store: Store, path: Path) -> None:
    print()
    unchanged = outcome(http=(RECORD,))
    one = measure("unchanged poll, one transaction each", 300, lambda: store.record_poll(unchanged))
    measure("what HTTP remembers of one source", 300, lambda: store.http_records(["a"]))
    numbers = iter(range(10_000))
    new = measure(
        "new page of 40 KB with text, reading and change", 200, lambda: store.record_poll(new_page(next(numbers)))
    )

    listed = tuple(update(f"k{number}", text_sha256="t", reading=reading(), position=number) for number in range(500))
    store.record_poll(outcome("list", documents=listed))
    known = store.known_documents("list")
    seen = tuple(update(known=one_.document, id=one_.id, position=one_.position) for one_ in known)
    renamed = tuple(update(known=document(one_.document.key, title="x"), id=one_.id) for one_ in known[:1])
    measure("500 known documents of one source", 10, lambda: store.known_documents("list"), per=500)
    measure(
        "500 documents seen again", 10, lambda: store.record_poll(outcome("list", documents=(*seen, *renamed))), per=500
    )

    store._empty_wal()
    before = store.size_bytes()
    for number in range(100):
        body = snapshot_of(page(1).replace(b"\xc2\xa7 1<", b"\xc2\xa7 %d<" % (number + 1000)), source="grows")
        store.record_poll(outcome("grows", snapshots=(body,)))
    store._empty_wal()
    print(
        f"{'100 versions of a page of 40 KB, one row changed':<58} {(store.size_bytes() - before) / 1024:8.0f} KB on disk"
    )

    assert one < 3
    assert new < 30
    assert store.integrity() == []
    assert path.exists()
