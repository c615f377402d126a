"""The YAML files of the world as values. Times without an offset are Helsinki's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from aluevahti.demo.world.papers import (
    Article,
    Item,
    Meeting,
    Note,
    Place,
    StandingPage,
    Told,
    Trouble,
    WatchedSite,
)
from aluevahti.model import ChangeKind, Json
from aluevahti.text.dates import HELSINKI


def read_places() -> tuple[Place, ...]:
    """All regions of the world, in the order of their files' names."""
    folder = files("aluevahti.demo.world")
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    yaml = YAML(typ="safe", pure=True)
    return tuple(_place(yaml.load(one.read_text(encoding="utf-8"))) for one in found)


def _place(data: Mapping[str, Any]) -> Place:
    region = data["region"]
    moves = data.get("moved_at")
    return Place(
        region=region,
        sites=tuple(WatchedSite(**one) for one in data["sources"]),
        meetings=tuple(_meeting(one) for one in data.get("meetings", ())),
        news=tuple(_article(one) for one in data.get("news", ())),
        pages=tuple(_page(one) for one in data.get("pages", ())),
        troubles=tuple(_trouble(one) for one in data.get("troubles", ())),
        moved_at=None if moves is None else _moment(moves),
        happens=tuple(_note(one) for one in data.get("happens", ())),
        silent=tuple(_note(one) for one in data.get("silent", ())),
        told=tuple(_told(region, one) for one in data.get("told", ())),
    )


def _moment(value: object) -> dt.datetime:
    return dt.datetime.fromisoformat(str(value)).replace(tzinfo=HELSINKI)


def _maybe(value: object) -> dt.datetime | None:
    return None if value is None else _moment(value)


def _meeting(data: Mapping[str, Any]) -> Meeting:
    return Meeting(
        key=data["key"],
        organ=data["organ"],
        held_on=data["held_on"],
        agenda_at=_moment(data["agenda_at"]),
        minutes_at=_moment(data["minutes_at"]),
        announced_at=_maybe(data.get("announced_at")),
        items=tuple(Item(**one) for one in data["items"]),
    )


def _article(data: Mapping[str, Any]) -> Article:
    retitled = data.get("retitled") or {}
    plain = {name: data[name] for name in ("id", "title", "text", "lang", "release") if name in data}
    return Article(
        **plain,
        at=_moment(data["at"]),
        until=_maybe(data.get("until")),
        retitled_at=_maybe(retitled.get("at")),
        later_title=retitled.get("title", ""),
    )


def _page(data: Mapping[str, Any]) -> StandingPage:
    versions = tuple((_moment(one["at"]), one["text"]) for one in data["versions"])
    return StandingPage(path=data["path"], title=data["title"], versions=versions)


def _trouble(data: Mapping[str, Any]) -> Trouble:
    return Trouble(host=data["host"], since=_moment(data["since"]), until=_moment(data["until"]), how=data["how"])


def _note(data: Mapping[str, Any]) -> Note:
    return Note(at=_moment(data["at"]), text=data["text"])


def _told(region: str, data: Mapping[str, Any]) -> Told:
    return Told(
        region=region,
        kind=ChangeKind(data["kind"]),
        title=data["title"],
        at=_moment(data["at"]),
        by=_maybe(data.get("by")),
        before=_plain(data.get("before")),
        after=_plain(data.get("after")),
        relevant=data.get("relevant", not data["kind"].startswith("source.")),
        sure=data.get("sure", data["kind"] != ChangeKind.STATUS_PROPOSED.value),
    )


def _plain(value: Any) -> Json:
    """Dates as they stand in changes: as ISO text."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value
