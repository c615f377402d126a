"""Kill -9 at random moments: real commands on a real database, and the truth of what was published beside it.

A `Ordeal` publishes news on a loopback site, runs `aluevahti check` and `aluevahti digest send` as processes,
kills them, and in the end holds what was told against what was published.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email
import email.policy
import json
import os
import random  # noqa: TID251 - moments of death are drawn, from a seed that is printed
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from aluevahti.compose import Composition
from aluevahti.model import ChangeKind, DeliveryState, Rhythm, Subscriber, SubscriptionState
from aluevahti.notify import deliver, queue_digests
from aluevahti.poll import run_pass
from faultserver import Page, Site
from smtpserver import Received, SmtpServer

START = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)
STEP = dt.timedelta(hours=2)
REGIONS = ("kainuu", "lappi", "satakunta")
READERS: dict[str, tuple[Rhythm, tuple[str, ...]]] = {
    "heti@example.org": (Rhythm.INSTANT, ()),
    "kainuu@example.org": (Rhythm.INSTANT, ("kainuu",)),
    "paivittain@example.org": (Rhythm.DAILY, ()),
}
SUBJECTS = [
    "talousarvio",
    "osallisuus",
    "kumppanuus",
    "strategia",
    "lautakunta",
    "hyvinvointi",
    "järjestöilta",
    "kuuleminen",
]


@dataclass(slots=True)
class Tally:
    """What came of it all.

    Attributes:
        kills: processes that were killed while they were at work, by command.
        too_late: processes that had ended before they could be killed.
        unsound: how often the database was found damaged.
        published: documents that appeared after the first check.
        lost: documents that were never told, and pairs of document and reader that never came together.
        doubled: what was told more than once otherwise than by an identical repeat.
        mails: different mails that the mail server took.
        repeats: identical copies of them beyond the first.
        ambiguous: crashes that left a mail of which nobody knows whether it arrived.
        unlike: repeats that are not identical, or that no crash accounts for.
        held: mails that a person had to decide on.
        seconds: how long it took.
    """

    kills: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    unsound: int = 0
    published: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    mails: int = 0
    repeats: int = 0
    ambiguous: int = 0
    unlike: list[str] = field(default_factory=list)
    held: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept, in words."""
        found = [f"lost: {one}" for one in self.lost] + [f"told twice: {one}" for one in self.doubled]
        found += [f"not an identical repeat: {one}" for one in self.unlike]
        return found + ["the database was damaged"] * self.unsound


class Ordeal:
    """One world that is killed again and again; a context manager that lets go of its servers.

    Args:
        folder: an empty folder for sources.yaml and the database.
        seed: decides what is published and when the killer strikes.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self._delays = random.Random(seed)  # drawn in the mail server's threads: must not disturb the rest
        self.site = Site()
        self.smtp = SmtpServer()
        self.now = START
        self.published: dict[str, str] = {}  # title -> region
        self.tally = Tally()
        self.in_doubt: Counter[str] = Counter()  # Message-ID -> crashes while its body was under way
        self._accepted = (folder / "accepted.mbox").open("ab")

    def __enter__(self) -> Self:
        self.site.__enter__()
        self.smtp.__enter__()
        self.smtp.on_message = self._accept
        for region in REGIONS:
            self._publish(f"Vanha asia {region}", region)
        self.published.clear()
        self._configure()
        with self._parts() as parts:
            for address, (rhythm, regions) in READERS.items():
                wanted = Subscriber(
                    email=address,
                    rhythm=rhythm,
                    regions=regions,
                    all_documents=True,
                    state=SubscriptionState.CONFIRMED,
                )
                parts.store.add_subscriber(wanted, self.now)
        self.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.smtp.__exit__(kind, error, trace)
        self.site.__exit__(kind, error, trace)
        self._accepted.close()

    def _accept(self, message: Received) -> None:
        """As a careful mail server does it: on the disk first, and only then `250`."""
        self._accepted.write(message.data)
        self._accepted.flush()
        os.fsync(self._accepted.fileno())
        time.sleep(self._delays.uniform(0, 0.12))

    def _configure(self) -> None:
        sources = [
            {"id": f"{region}-uutiset", "region": region, "platform": "listing", "item": "li.item"}
            | {"url": self.site.url(f"/{region}")}
            for region in REGIONS
        ]
        text = {
            "service": {
                "contact": "seuranta@example.org",
                "mail": {"host": "127.0.0.1", "port": self.smtp.port, "from": "Vahti <vahti@example.org>"},
            },
            "defaults": {
                "every": "1h",
                "timeout": "10s",
                "min_interval_per_host": "0s",
                "allow_private_addresses": True,
            },
            "sources": sources,
        }
        (self.folder / "sources.yaml").write_text(json.dumps(text), encoding="utf-8")

    @contextlib.contextmanager
    def _parts(self) -> Iterator[Composition]:
        with Composition(config_path=self.folder / "sources.yaml", now_text=self.now.isoformat(), env={}) as parts:
            yield parts

    # --- the world -------------------------------------------------------------------------------

    def publish(self) -> None:
        """One or two news items appear, and two hours pass."""
        self.now += STEP
        for _ in range(self.random.choice((1, 1, 2))):
            number = len(self.published) + 1
            subject = SUBJECTS[number % len(SUBJECTS)].capitalize()
            self._publish(f"{subject} ({number:03d}/2026)", self.random.choice(REGIONS))
        self.tally.published = len(self.published)

    def _publish(self, title: str, region: str) -> None:
        self.published[title] = region
        number = len(self.site.pages)
        paragraphs = "".join(f"<p>{title}, kohta {part}: asiaa käsitellään alueella.</p>" for part in range(20))
        self.site.pages[f"/uutinen/{number}"] = self._page(f"<article><h1>{title}</h1>{paragraphs}</article>")
        day = self.now.date()
        item = (
            f'<li class="item"><a href="/uutinen/{number}">{title}</a> '
            f'<time datetime="{day}">{day.day}.{day.month}.{day.year}</time></li>'
        )
        page = self.site.pages.get(f"/{region}")
        before = page.content().decode().partition("<ul>")[2].partition("</ul>")[0] if isinstance(page, Page) else ""
        self.site.pages[f"/{region}"] = self._page(f"<h1>Uutiset</h1><ul>{item}{before}</ul>")

    def _page(self, inner: str) -> Page:
        return Page(f"<html lang='fi'><body><main>{inner}</main></body></html>", delay=self.random.uniform(0, 0.02))

    # --- what is done ----------------------------------------------------------------------------

    def check(self) -> None:
        """`aluevahti check`, undisturbed."""
        with self._parts() as parts:
            parts.store.sync_sources(parts.config.sources, self.now)
            run_pass(
                parts.store, parts.fetcher, parts.config.sources, parts.clock, parts.poll_settings_of(parts.config)
            )

    def send(self) -> None:
        """`aluevahti digest send`, undisturbed."""
        with self._parts() as parts:
            queue_digests(parts.store, parts.notify_settings_of(parts.config), self.now)
            deliver(parts.store, parts.mailer, parts.clock, despite_pause=True)

    def kill(self, *command: str) -> bool:
        """Start a command and kill it at a random moment; whether it was still at work.

        Most moments lie where something happens: between the first word to the site or the mail server
        and the command's end. The others lie anywhere in its life.
        """
        heard = len(self.site.requests) + self.smtp.connections
        began = time.monotonic()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ALUEVAHTI_")}
        with subprocess.Popen(
            [sys.executable, "-m", "aluevahti", "--now", self.now.isoformat(), *command],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            if self.random.random() < 0.75:
                _until(lambda: len(self.site.requests) + self.smtp.connections > heard, process)
                _until(_after(self.random.uniform(0, 0.6 if command[0] == "check" else 0.4)), process)
            else:
                typical = self._lives.get(command[0], 1.5)
                _until(_after(self.random.uniform(0.3, 1.0) * typical), process)
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed = process.returncode == -signal.SIGKILL
        if killed:
            self.tally.kills[" ".join(command)] += 1
        else:
            self.tally.too_late += 1
            self._lives[command[0]] = time.monotonic() - began
        self._look()
        return killed

    _lives: dict[str, float] = {}  # noqa: RUF012 - how long commands take on this machine, for all ordeals

    def _look(self) -> None:
        """Is the database sound, and did the crash leave a mail in doubt?"""
        with self._parts() as parts:
            self.tally.unsound += bool(parts.store.integrity())
            for one in parts.store.outbox(DeliveryState.DATA, bodies=False):
                self.in_doubt[one.message_id] += 1
                self.tally.ambiguous += 1

    def round(self) -> None:
        """Something is published, a check is killed, a digest is killed, and now and then they may end in peace."""
        self.publish()
        self.kill("check")
        if self.random.random() < 0.7:
            self.check()
        self.kill("digest", "send")
        if self.random.random() < 0.6:
            self.send()

    # --- the end ---------------------------------------------------------------------------------

    def settle(self) -> Tally:
        """Let everything end in peace; then hold what was told against what was published."""
        for _ in range(3):
            self.now += dt.timedelta(hours=13)
            self.check()
            self.send()
            with self._parts() as parts:
                for one in parts.store.outbox(DeliveryState.HELD, bodies=False):
                    self.tally.held += 1
                    parts.store.release(one.id, self.now)
            self.send()
        self._judge_changes()
        self._judge_mails()
        return self.tally

    def _judge_changes(self) -> None:
        with self._parts() as parts:
            told = Counter(one.title for one in parts.store.changes() if one.kind is ChangeKind.DOCUMENT_NEW)
            left = [one for one in parts.store.outbox(bodies=False) if one.state is not DeliveryState.SENT]
        self.tally.lost += [title for title in self.published if not told[title]]
        self.tally.doubled += [title for title, times in told.items() if times > 1]
        self.tally.doubled += [title for title in told if title not in self.published]
        self.tally.lost += [f"mail {one.message_id} to {one.recipient} ({one.state})" for one in left]

    def _judge_mails(self) -> None:
        copies: dict[str, list[Received]] = {}
        for message in self.smtp.messages:
            copies.setdefault(str(_parsed(message)["Message-ID"]), []).append(message)
        self.tally.mails = len(copies)
        for name, same in copies.items():
            self.tally.repeats += len(same) - 1
            if len({one.data for one in same}) > 1 or len(same) - 1 > self.in_doubt[name]:
                self.tally.unlike.append(f"{name}: {len(same)} copies, {self.in_doubt[name]} crashes")
        for reader, (_, regions) in READERS.items():
            texts = [_text(same[0]) for same in copies.values() if reader in same[0].recipients]
            for title, region in self.published.items():
                times = sum(title in text for text in texts)
                if not regions or region in regions:
                    self.tally.lost += [f"{title} for {reader}"] * (times == 0)
                    self.tally.doubled += [f"{title} for {reader}"] * (times > 1)
                else:
                    self.tally.doubled += [f"{title} for {reader}, who did not ask"] * (times > 0)


def ordeal(folder: Path, kills: int, seed: int, progress: Callable[[Tally], None] = lambda _tally: None) -> Tally:
    """Kill so often, and say what came of it.

    Args:
        folder: an empty folder.
        kills: processes that are killed while they are at work.
        seed: repeats what is published, and when the killer strikes as far as the machine lets it.
        progress: called after every round.
    """
    began = time.monotonic()
    with Ordeal(folder, seed) as one:
        while sum(one.tally.kills.values()) < kills:
            one.round()
            progress(one.tally)
        tally = one.settle()
    tally.seconds = time.monotonic() - began
    return tally


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something is true, or the process has ended."""
    while not condition() and process.poll() is None:
        time.sleep(0.002)


def _parsed(message: Received) -> EmailMessage:
    return email.message_from_bytes(message.data, policy=email.policy.default)


def _text(message: Received) -> str:
    part = _parsed(message).get_body(("plain",))
    assert part is not None
    return str(part.get_content())
