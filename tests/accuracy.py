"""How well documents are understood: measured on the labelled ones, every miss listed with its quote.

Run as `python tests/accuracy.py [--own FOLDER] [FOLDER…]`: prints precision, recall and F1 of every field for
the documents that the rules were written on and for those held out, and exits with 1 under a floor.
Without folders it reads tests/labelled and the folders in it. `--own` adds documents of the operator's own, as
`aluevahti sample` writes them; without it those in ./labelled are added, where there are any. No floor is
held against them, and those that nobody has checked yet are left out.

A labelled document is a JSON or YAML file: `title`, `body`, `lang`, `region`, `published`, `doc_kind`
(`distractor` stands for whatever is no news of ours) and `gold`, in the shape of `extract --json`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from aluevahti.model import Reading, Window
from aluevahti.reading import read

LABELLED = Path(__file__).parent / "labelled"
HELD_OUT = LABELLED / "held-out"
ASIDE = (HELD_OUT, *(LABELLED / name for name in ("blind", "blind-2", "blind-3", "blind-4", "blind-5")))
"""Labelled before the rules were asked; what they got wrong then was mended since, by general rules."""
OWN = Path("labelled")
YES = frozenset({"yes", "true", "kyllä", "joo"})
DISTRACTOR = frozenset({"other", "minutes_item", "decision_news"})

FLOORS = {
    "windows": 0.95,
    "relevance": 0.95,
    "doc_kind": 0.85,
    "decision date": 0.9,
    "meeting date": 0.9,
    "region": 0.95,
    "grant types": 0.8,
}
"""The least F1 (for relevance, kind and region: the part that is right) that is let through."""
MOST_WRONG_CLOSING_DATES = 1
MOST_FALSE_ALARMS = 0.02  # of all documents


@dataclass(slots=True)
class Score:
    """One field over many documents: what was right, what was invented, what was missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    same: int = 0  # documents in which the field is wholly as it should be, "nothing" included
    documents: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, got: set[Any], want: set[Any], quote: str) -> None:
        self.right += len(got & want)
        self.invented += len(got - want)
        self.missed += len(want - got)
        self.documents += 1
        self.same += got == want
        if got != want:
            self.misses.append(f"{name}: {_shown(got)} instead of {_shown(want)} | {quote}")

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.invented) if self.right + self.invented else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def accuracy(self) -> float:
        return self.same / self.documents if self.documents else 1.0


@dataclass(slots=True)
class Report:
    """All fields, and the two counts that have a limit of their own."""

    scores: dict[str, Score] = field(default_factory=dict)
    wrong_closing_dates: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    documents: int = 0

    def value(self, name: str) -> float:
        """What a floor is held against."""
        score = self.scores[name]
        return score.accuracy if name in {"relevance", "doc_kind", "region"} else score.f1

    def under_floors(self) -> list[str]:
        """What is not good enough, one line each."""
        low = [f"{n}: {self.value(n):.3f} is under {floor}" for n, floor in FLOORS.items() if self.value(n) < floor]
        if len(self.wrong_closing_dates) > MOST_WRONG_CLOSING_DATES:
            low.append(f"wrong closing dates: {len(self.wrong_closing_dates)}")
        if len(self.false_alarms) > max(1, MOST_FALSE_ALARMS * self.documents):
            low.append(f"false alarms: {len(self.false_alarms)}")
        return low


def load(folder: Path) -> list[dict[str, Any]]:
    """The labelled documents of one folder that a person has checked, by name.

    Raises:
        SystemExit: a file cannot be read; it is named, with what is wrong.
    """
    return [document for document in _all(folder) if _is_checked(document)]


def _all(folder: Path) -> list[dict[str, Any]]:
    return [_read(path) for path in sorted(folder.iterdir()) if path.suffix in {".json", ".yaml", ".yml"}]


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    try:
        value = json.loads(text) if path.suffix == ".json" else _plain(YAML(typ="safe", pure=True).load(text))
    except (ValueError, YAMLError) as error:
        raise SystemExit(f"{path}: {error}") from None
    wanted = {"id", "title", "body", "lang", "region", "published", "doc_kind", "gold"}
    if not isinstance(value, dict) or wanted - value.keys():
        lacking = sorted(wanted - value.keys()) if isinstance(value, dict) else sorted(wanted)
        raise SystemExit(f"{path}: {', '.join(lacking)} is missing")
    return value


def _plain(value: Any) -> Any:
    """What YAML has made a day of is told as in JSON."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _is_checked(document: dict[str, Any]) -> bool:
    """Whether a person has looked at a drawn document; those without a word about it were labelled by hand."""
    return str(document.get("checked", "yes")).lower() in YES


def understand(document: dict[str, Any]) -> Reading:
    """The document as the program reads it: language and region are found, never given."""
    published = document["published"] and dt.date.fromisoformat(document["published"])
    return read(document["title"], document["body"], published_on=published)


def evaluate(documents: Iterable[dict[str, Any]], reader: Callable[[dict[str, Any]], Reading] = understand) -> Report:
    """Read every document and compare it with its labels."""
    report = Report()
    for document in documents:
        _compare(report, document, reader(document))
        report.documents += 1
    return report


def _compare(report: Report, document: dict[str, Any], reading: Reading) -> None:
    gold = document["gold"]
    name, quote = document["id"], reading.quote or document["title"]
    want_windows = {_gold_window(w) for w in gold["windows"]}
    got_windows = {_window(w) for w in reading.windows}
    meeting, decision = gold["meeting"] or {}, gold["decision"] or {}
    kind = "distractor" if document["doc_kind"] == "distractor" else reading.doc_kind.value
    if document["doc_kind"] == "distractor" and reading.doc_kind.value not in DISTRACTOR:
        kind = reading.doc_kind.value
    themes, wanted = {t.value for t in reading.themes}, set(gold["themes"])
    fields: dict[str, tuple[set[Any], set[Any]]] = {
        "windows": (got_windows, want_windows),
        "relevance": ({reading.is_relevant}, {gold["is_relevant"]}),
        "doc_kind": ({kind}, {document["doc_kind"]}),
        "lang": ({reading.lang.value}, {document["lang"]}),
        "region": ({reading.region}, {document["region"]}),
        "decision date": (_one(reading.decision and reading.decision.decided_on), _one(decision.get("on"))),
        "decided by": (_one(reading.decision and reading.decision.by), _one(decision.get("by"))),
        "outcome": (_one(reading.decision and reading.decision.outcome), _one(decision.get("outcome"))),
        "meeting date": (_one(reading.meeting and reading.meeting.held_on), _one(meeting.get("date"))),
        "organ": (_one(reading.meeting and reading.meeting.organ), _one(meeting.get("organ"))),
        "section": (_one(reading.meeting and reading.meeting.section), _one(meeting.get("section"))),
        "grant types": (set(reading.grant_types), set(gold["grant_types"])),
        "amount": (_one(reading.amount_eur), _one(gold["amount_eur"])),
        "change": (_one(reading.change), _one(gold["change"])),
        "theme avustukset": (themes & {"avustukset"}, wanted & {"avustukset"}),
        "other themes": (themes - {"avustukset"}, wanted - {"avustukset"}),
    }
    for label, (got, want) in fields.items():
        report.scores.setdefault(label, Score()).add(name, got, want, quote)
    closings = {w[1] for w in want_windows}
    report.wrong_closing_dates += [
        f"{name}: {w.closes} | {w.quote}" for w in reading.windows if w.closes and str(w.closes) not in closings
    ]
    if reading.is_relevant and not gold["is_relevant"]:
        report.false_alarms.append(f"{name}: {document['title']}")


def _window(w: Window) -> tuple[str | None, str | None, str | None, bool]:
    time = w.closes_time.strftime("%H:%M") if w.closes_time else None
    return _text(w.opens), _text(w.closes), time, w.continuous


def _gold_window(w: dict[str, Any]) -> tuple[str | None, str | None, str | None, bool]:
    return w["opens"], w["closes"], w["closes_time"], w["continuous"]


def _one(value: object) -> set[Any]:
    if value is None:
        return set()
    return {value if isinstance(value, int | float) else str(value).lower()}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shown(values: set[Any]) -> str:
    return ", ".join(sorted(map(str, values))) or "nothing"


def table(reports: dict[str, Report]) -> str:
    """The figures as text, a column group for each set of documents."""
    lines = [f"{'':18}" + "".join(f"{f'{name} ({r.documents})':>38}" for name, r in reports.items())]
    lines.append(f"{'field':18}" + f"{'precision':>11}{'recall':>9}{'F1':>9}{'right':>9}" * len(reports))
    for label in next(iter(reports.values())).scores:
        scores = (r.scores[label] for r in reports.values())
        lines.append(
            f"{label:18}"
            + "".join(f"{s.precision:>11.3f}{s.recall:>9.3f}{s.f1:>9.3f}{s.accuracy:>9.3f}" for s in scores)
        )
    counts = ("wrong closing dates", "wrong_closing_dates"), ("false alarms", "false_alarms")
    lines += [
        f"{label:20}" + "".join(f"{len(getattr(r, name)):>36}" for r in reports.values()) for label, name in counts
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print figures and misses; 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--own", type=Path, default=OWN, metavar="FOLDER")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    folders = options.folders or [LABELLED, *ASIDE]
    reports = {folder.name: evaluate(load(folder)) for folder in folders}
    reports["all"] = evaluate(document for folder in folders for document in load(folder))
    own = load(options.own) if options.own.is_dir() else []
    shown = reports | ({f"own: {options.own.name}": evaluate(own)} if own else {})
    print(table(shown))
    for name, report in shown.items():
        if name != "all":
            _print_misses(name, report)
    waiting = len(_all(options.own)) - len(own) if options.own.is_dir() else 0
    if waiting:
        print(f"\n{waiting} of the documents in {options.own} are not checked yet and were left out.")
    low = [
        f"{name}: {line}" for name in ("held-out", "all") if name in reports for line in reports[name].under_floors()
    ]
    print("\n".join(["\nUnder the floors:", *low]) if low else "\nEvery floor is reached.")
    return 1 if low else 0


def _print_misses(name: str, report: Report) -> None:
    print(f"\nMisses in {name}:")
    for label, score in report.scores.items():
        for miss in score.misses:
            print(f"  {label}: {miss}")
    for text in report.wrong_closing_dates:
        print(f"  wrong closing date: {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
