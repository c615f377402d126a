"""What the machine may do to a store: other writers, a full disk, kill -9."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from aluevahti.errors import Locked, StorageError, Unstorable
from aluevahti.model import SourceHealth
from aluevahti.storage import Store
from outcomes import NOW, change, outcome, snapshot_of, update

RECORDER = Path(__file__).with_name("recorder.py")
KILLS = 15
SHORT = dt.timedelta(milliseconds=60)


@pytest.fixture
def impatient(url: str) -> Iterator[Store]:
    with Store.open(url, now=NOW, wait=SHORT) as opened:
        yield opened


@contextmanager
def another_process(code: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has said `ready` and goes on until it is told a line, or killed."""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            yield child
        finally:
            child.kill()


def raw_writer(path: Path) -> str:
    return (
        "import sqlite3\n"
        f"connection = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "connection.execute(\"INSERT INTO meta VALUES ('theirs', '1')\")\n"
        "print('ready', flush=True)\n"
        "input()\n"
        "connection.execute('COMMIT')\n"
        "print('done', flush=True)\n"
    )


def holder(path: Path) -> str:
    return (
        "import fcntl, os\n"
        f"descriptor = os.open({str(path)!r}, os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(descriptor, fcntl.LOCK_EX)\n"
        "print('ready', flush=True)\n"
        "input()\n"
    )


def test_a_write_waits_for_another_programs_transaction(path: Path, store: Store) -> None:
    with another_process(raw_writer(path)) as child:
        assert child.stdin is not None
        timer = threading.Timer(0.3, lambda: os.write(child.stdin.fileno(), b"\n"))  # type: ignore[union-attr]
        timer.start()
        started = time.monotonic()
        store.record_poll(outcome(changes=(change(),)))
        waited = time.monotonic() - started
        timer.join()

    assert waited > 0.2
    assert store.meta("theirs") == "1"
    assert store.last_change_id() == 1


def test_a_write_gives_up_cleanly_when_another_program_does_not_let_go(path: Path, impatient: Store) -> None:
    with another_process(raw_writer(path)):
        with pytest.raises(Locked, match="another program is writing"):
            impatient.record_poll(outcome(changes=(change(),)))
        assert list(impatient.changes()) == []  # reading is not in anybody's way

    impatient.record_poll(outcome(changes=(change(),)))  # the killed writer's transaction is gone
    assert impatient.last_change_id() == 1
    assert impatient.meta("theirs") is None


def test_a_write_takes_its_turn_among_processes(path: Path, impatient: Store) -> None:
    with another_process(holder(path.with_name("state.db.lock"))), pytest.raises(Locked, match="writing"):
        impatient.record_poll(outcome())

    impatient.record_poll(outcome())
    assert list(impatient.all_health()) == ["a"]


def test_a_thread_that_waits_too_long_for_another_says_so(impatient: Store) -> None:
    with impatient._writing(), pytest.raises(Locked, match="another thread"):
        impatient.record_poll(outcome())


def test_only_one_at_a_time_does_what_is_exclusive(url: str, path: Path, store: Store) -> None:
    with Store.open(url, now=NOW) as other, store.exclusive("run"):
        with pytest.raises(Locked, match=r"state\.db\.run\.lock"), other.exclusive("run"):
            pytest.fail("two at once")
        with other.exclusive("pass"):
            pass
    with store.exclusive("run"):
        pass
    with another_process(holder(path.with_name("state.db.run.lock"))):
        taken = pytest.raises(Locked)
        with taken, store.exclusive("run", SHORT):
            pytest.fail("two at once")
    with store.exclusive("run", dt.timedelta(seconds=10)):  # the kernel let go for the killed one
        pass


def test_what_is_raised_inside_an_exclusive_block_comes_out_as_it_is(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.exclusive("pass"):
        raise ZeroDivisionError
    with store.exclusive("pass"):
        pass


def test_threads_write_one_after_the_other_and_read_all_the_while(store: Store) -> None:
    stop = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not stop.is_set():
                seen.append(len(list(store.changes())))
                time.sleep(0.001)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    def write(name: str) -> None:
        try:
            for _ in range(20):
                store.record_poll(outcome(name, changes=(change(), change())))
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=write, args=(f"s{number}",)) for number in range(4)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()

    assert failures == []
    assert {count % 2 for count in seen} <= {0}  # never half an outcome
    assert store.last_change_id() == 160


def test_a_full_disk_writes_nothing_by_halves(store: Store) -> None:
    store.record_poll(outcome(changes=(change(),)))
    with closing(store._writer.raw_connection()) as pooled:
        pages = pooled.cursor().execute("PRAGMA page_count").fetchone()[0]
        pooled.cursor().execute(f"PRAGMA max_page_count = {pages + 3}")
    before = (store.health("a"), list(store.changes()), list(store.documents()))
    bodies = tuple(snapshot_of(hashlib.shake_256(bytes([number])).digest(20_000)) for number in range(8))
    large = outcome(
        health=SourceHealth(bad_checks=9), snapshots=bodies, documents=(update(text="x"),), changes=(change(),)
    )

    with pytest.raises(StorageError, match="full") as caught:
        store.record_poll(large)
    assert not isinstance(caught.value, Unstorable)

    assert (store.health("a"), list(store.changes()), list(store.documents())) == before
    assert list(store.all_health()) == ["a"]
    assert store.integrity(deep=True) == []

    with closing(store._writer.raw_connection()) as pooled:
        pooled.cursor().execute("PRAGMA max_page_count = 1000000")
    store.record_poll(large)
    assert store.health("a").bad_checks == 9


@pytest.mark.slow
def test_no_kill_loses_what_was_committed_or_leaves_half_an_outcome(url: str, path: Path) -> None:
    said: list[int] = []
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, str(RECORDER), url, str(next_number(url))], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            said.append(int(child.stdout.readline()))
            time.sleep(0.003 + (kill * 37 % 100) / 700)
            child.send_signal(signal.SIGKILL)
            said += [int(line) for line in child.stdout.read().split()]
        whole(url, said)

    print(f"\n{KILLS} kills, {len(said)} outcomes said to be committed, 0 lost, 0 halves")
    assert len(said) > 2 * KILLS
    assert sorted(file.name for file in path.parent.glob("*.partial")) == []


def next_number(url: str) -> int:
    with Store.open(url, now=NOW) as store:
        return store.health("a").usual_items + 1


def whole(url: str, said: list[int]) -> None:
    """Everything said is there, and everything that is there is whole."""
    with Store.open(url, now=NOW) as store:
        assert store.integrity(deep=True) == []
        last = store.health("a").usual_items
        assert set(said) <= set(range(1, last + 1))
        numbers = [str(number) for number in range(1, last + 1)]
        assert store.http_records(["a"])["a"]["u"].sha256 == str(last)
        assert store.status("lappi")["strategy"].value == last
        assert len(store.status_history("lappi")["strategy"]) == last - 1 if last > 1 else True
        assert [known.title for known in store.windows()] == numbers
        changes = list(store.changes())
        assert [one.title for one in changes] == [number for number in numbers for _ in range(2)]
        assert [body.body.decode().split()[1] for _, body in store.snapshots("a")] == [f"{n}." for n in numbers]
        documents = {known.document.key: known for known in store.known_documents("a")}
        assert set(documents) == {"standing", *(f"k{number}" for number in numbers)}
        for number, told in zip(numbers, changes[::2], strict=True):
            assert told.document == documents[f"k{number}"].id
            assert (store.text_of(told.document) or "").startswith(f"Päätös {number}. ")
        assert len(store.versions(documents["standing"].id)) == last


def test_the_write_ahead_log_of_a_killed_process_is_taken_over(url: str, path: Path, tmp_path: Path) -> None:
    with Store.open(url, now=NOW) as store:
        store.record_poll(outcome(changes=(change(),)))
        copies = {name: path.with_name(name).read_bytes() for name in ("state.db", "state.db-wal")}
    other = tmp_path / "other"
    other.mkdir()
    for name, content in copies.items():
        (other / name).write_bytes(content)

    with Store.open(f"sqlite:///{other / 'state.db'}", now=NOW) as store:
        assert store.last_change_id() == 1
    with closing(sqlite3.connect(other / "state.db")) as connection:
        assert connection.execute("SELECT count(*) FROM changes").fetchone() == (1,)
