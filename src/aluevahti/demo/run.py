"""Runs the demo in a folder: prepare it, play the world, compare, write what there is to look at."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from aluevahti.demo import words
from aluevahti.demo.page import MAIL_FOLDER, write_index, write_mails
from aluevahti.demo.replay import MARK, Record, Stage, play
from aluevahti.demo.timeline import days_of
from aluevahti.demo.truth import Verdict, compare
from aluevahti.demo.world import Place
from aluevahti.errors import Complaint, ConfigError

CONFIGURATION = "sources.yaml"
FORBIDDEN_HOSTS = ("varsinais-suomi-julkaisu",)
"""Hosts of the world whose robots.txt says no; one request to them is one too many."""

Say = Callable[[str], None]


def prepare(folder: Path) -> Path:
    """Make `folder` ready: new, empty, or left by an earlier demo, whose files go. Its absolute path.

    Raises:
        ConfigError: something else lies there, or it cannot be written.
    """
    place = folder.absolute()
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            _clear(place)
    except OSError as error:
        raise ConfigError((Complaint(str(folder), None, f"cannot be used: {error.strerror}"),)) from None
    return place


def _clear(place: Path) -> None:
    """Remove what an earlier demo left, and nothing else."""
    configuration = place / CONFIGURATION
    if not configuration.is_file() or not configuration.read_text("utf-8", "replace").startswith(MARK):
        raise ConfigError(
            (Complaint(str(place), None, "is not empty, and no earlier demo left it; name another folder"),)
        )
    shutil.rmtree(place / MAIL_FOLDER, ignore_errors=True)
    for file in (place / "index.html", *place.glob("state.db*"), configuration):
        file.unlink(missing_ok=True)


def run_demo(
    folder: Path, up: Stage, places: tuple[Place, ...], say: Say, progress: Callable[[dt.datetime], None]
) -> bool:
    """Play the world that is up, and leave mails and index.html in `folder`.

    Args:
        folder: prepared by `prepare`.
        up: the demo's servers and parts.
        places: the world.
        say: is handed every line for people.
        progress: hears of each moment that is played.

    Returns:
        Whether everything was told, once, in time, and nothing else.

    Raises:
        StorageError: the state could not be written.
    """
    _say_all(say, words.opening(places))
    record = play(up, places, progress)
    verdict = compare(places, record.changes, record.mails, _otherwise_wrong(record))
    days = days_of(record, up.parts.store)
    figures, differences = words.figures(record, verdict), tuple(words.differences(verdict))
    lines = [line for day in days for line in day.mails]
    write_mails(folder, record.mails, lines)
    write_index(folder, days, figures, is_right=verdict.is_right, differences=differences)
    _say_all(say, words.story(days))
    _say_all(say, ("", *words.table(figures), "", *differences, *words.closing(folder, lines, verdict)))
    return verdict.is_right


def _otherwise_wrong(record: Record) -> Iterable[str]:
    """What neither a change nor a mail shows."""
    for host in FORBIDDEN_HOSTS:
        asked = record.log.by_host.get(host, 0)
        if asked:
            yield f"{host} was asked {asked} times, though its robots.txt forbids it"
    if len(record.refusals) != 1:
        yield f"the mail server answered 451 {len(record.refusals)} times, not once"
    if not record.log.wrong:
        yield "no page of another item was served, so that nothing was shown about them"


def _say_all(say: Say, lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


__all__ = ["Verdict", "prepare", "run_demo"]
