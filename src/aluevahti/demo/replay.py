"""Plays the world through the service: the same ticks as `aluevahti run`, on a clock that is turned by hand."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from aluevahti import __version__
from aluevahti.compose import Clock, Composition
from aluevahti.demo.calendar import TurnedClock, moments
from aluevahti.demo.loopback import Log, LoopbackNetwork, WorldServer
from aluevahti.demo.mailbox import Mail, Mailbox
from aluevahti.demo.readers import CONTACT, OPERATOR, PUT_OFF, READERS
from aluevahti.demo.world import Place, World
from aluevahti.fetch import Fetcher
from aluevahti.model import Change, Traffic
from aluevahti.service import Service

MARK = "# Written by `aluevahti demo`. Everything in this folder may be deleted."


@dataclass
class DemoParts(Composition):
    """The program's parts, on the demo's clock and without a way out of the machine."""

    turned: TurnedClock = field(default_factory=lambda: TurnedClock(moments()[0]))

    @cached_property
    def clock(self) -> Clock:
        """The demo's clock."""
        return self.turned

    @cached_property
    def fetcher(self) -> Fetcher:
        """A fetcher that only finds the demo's world."""
        fetcher = Fetcher(
            contact=CONTACT,
            clock=self.turned,
            robots=self.store.robots(),
            version=__version__,
            network=LoopbackNetwork(),
        )
        self._open.callback(fetcher.close)
        return fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What came of the replay."""

    places: Sequence[Place]
    changes: Sequence[Change]
    mails: Sequence[Mail]
    refusals: Sequence[tuple[dt.datetime, str]]
    log: Log
    traffic: Traffic
    looks: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The demo while it is up: the parts of the program, and the servers around them."""

    parts: DemoParts
    service: Service
    world: WorldServer
    mailbox: Mailbox


@contextmanager
def stage(folder: Path, places: Sequence[Place], web_port: int) -> Iterator[Stage]:
    """Bring up the world, the mail server and the program's parts, with all its files in `folder`."""
    clock = TurnedClock(moments()[0])
    with WorldServer(World(places), clock) as world, Mailbox(clock, PUT_OFF) as mailbox:
        path = folder / "sources.yaml"
        path.write_text(_configuration(places, world, mailbox, web_port), encoding="utf-8")
        with DemoParts(config_path=path, env={}, turned=clock) as parts:
            yield Stage(parts=parts, service=Service(parts), world=world, mailbox=mailbox)


def play(up: Stage, places: Sequence[Place], progress: Callable[[dt.datetime], None]) -> Record:
    """Let the service look at every moment of the calendar; `progress` hears of each.

    Raises:
        StorageError: the state could not be written.
    """
    began = time.monotonic()
    parts = up.parts
    parts.store.sync_sources(parts.config.sources, parts.clock())
    for reader in READERS:
        parts.store.add_subscriber(reader, parts.clock() - dt.timedelta(hours=1))
    for moment in moments():
        progress(moment)
        parts.turned.turn(moment)
        up.service.poll()
        up.service.mail()
    return Record(
        places=places,
        changes=tuple(parts.store.changes()),
        mails=tuple(up.mailbox.mails),
        refusals=tuple(up.mailbox.refusals),
        log=up.world.log,
        traffic=_traffic(parts),
        looks=len(moments()),
        seconds=time.monotonic() - began,
    )


def _traffic(parts: DemoParts) -> Traffic:
    each = parts.store.traffic().values()
    return Traffic(
        polls=sum(one.polls for one in each),
        requests=sum(one.requests for one in each),
        wire_bytes=sum(one.wire_bytes for one in each),
    )


def _configuration(places: Sequence[Place], world: WorldServer, mailbox: Mailbox, web_port: int) -> str:
    """A sources.yaml as an operator would write it, for the world's addresses."""
    sources = "\n".join(
        f"  - id: {site.id}\n    region: {place.region}\n    platform: {site.platform}\n    url: {world.url(site.host, site.path)}"
        for place in places
        for site in place.sites
    )
    return f"""{MARK}
service:
  database: sqlite:///state.db
  contact: {CONTACT}
  operator: {OPERATOR}
  public_url: http://127.0.0.1:{web_port}
  web: {{listen: "127.0.0.1:{web_port}"}}
  mail: {{host: 127.0.0.1, port: {mailbox.port}, from: "Aluevahti <vahti@example.org>"}}
defaults:
  every: 2h
  timeout: 10s
  min_interval_per_host: 0s
  allow_private_addresses: true      # the whole world of the demo lies on this machine
sources:
{sources}
"""
