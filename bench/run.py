"""`make bench`: what a check costs, beside urlwatch on the same pages in the same run.

Starts the loopback site in a process of its own, runs whole programs against it and reads the
operating system's account of each finished process. Prints CPU seconds, wall seconds and peak memory.
Times differ from machine to machine; the ratios are what counts.

    python bench/run.py [--pages 1000] [--many 5000] [--urlwatch PROGRAM]
"""

from __future__ import annotations

import argparse
import compileall
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import aluevahti
from aluevahti.regions import REGION_CODES

HERE = Path(__file__).parent
ADDRESSES = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
REGIONS = sorted(REGION_CODES)
OURS = [sys.executable, "-m", "aluevahti", "check"]
PASSES = (
    ("all new", "new"),
    ("unchanged, 304", "same"),
    ("unchanged, noise on every response", "noise"),
    ("1 % changed", "changed"),
)


@dataclass(frozen=True)
class Cost:
    """What one process used."""

    cpu: float
    wall: float
    memory: float  # MB, peak
    code: int


def measured(command: list[str], folder: Path, log: Path) -> Cost:
    """Run a program to its end and read what it used."""
    start = time.monotonic()
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.monotonic() - start,
        memory=usage.ru_maxrss / 1024,
        code=process.returncode,
    )


def our_config(folder: Path, pages: int, port: int, kind: str = "p") -> None:
    """A sources.yaml that watches every page, in all regions."""
    entries = "\n".join(
        f"  - {{id: p{n}, region: {REGIONS[n % len(REGIONS)]}, platform: page, url: 'http://{ADDRESSES[n % 4]}:{port}/{kind}/{n}', select: main}}"
        for n in range(pages)
    )
    (folder / "sources.yaml").write_text(
        "service: {contact: bench@example.org}\n"
        "defaults: {min_interval_per_host: 0s, allow_private_addresses: true}\n"
        f"sources:\n{entries}\n"
    )


def their_config(folder: Path, pages: int, port: int) -> None:
    """The same for urlwatch: the main part as text, one report to standard output."""
    jobs = "\n---\n".join(
        f"url: http://{ADDRESSES[n % 4]}:{port}/p/{n}\nfilter:\n  - css: main\n  - html2text: re" for n in range(pages)
    )
    (folder / "urls.yaml").write_text(jobs + "\n")
    (folder / "urlwatch.yaml").write_text(
        "display: {error: true, new: false, unchanged: false}\nreport: {stdout: {enabled: true, color: false}}\n"
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def mode(port: int, name: str) -> None:
    """Tell the site how to behave."""
    for _ in range(100):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_mode/{name}", timeout=5) as reply:
                reply.read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the loopback site does not answer")


def main() -> int:
    """Run all passes and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--many", type=int, default=5000, help="sources whose memory is measured; 0: none")
    parser.add_argument("--urlwatch", type=Path, help="the urlwatch program to run beside; none: only aluevahti")
    options = parser.parse_args()
    compileall.compile_dir(str(Path(aluevahti.__file__).parent), quiet=1)  # as an installation leaves both programs
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        site = subprocess.Popen([sys.executable, str(HERE / "pages.py"), str(port)])
        try:
            failed = compare(folder, port, options.pages, options.urlwatch)
            return failed or (many(folder / "many", port, options.many) if options.many else 0)
        finally:
            site.terminate()
            site.wait()


def compare(folder: Path, port: int, pages: int, urlwatch: Path | None) -> int:
    """Both programs through the four passes."""
    our_config(folder, pages, port)
    their_config(folder, pages, port)
    theirs = []
    if urlwatch:  # it is run in another folder than the one its path may be relative to
        theirs = [str(urlwatch.absolute()), "--urls", "urls.yaml", "--config", "urlwatch.yaml", "--cache", "cache.db"]
    print(f"{pages} pages of about 40 KB, 50 ms latency, one run each\n")
    print(
        f"{'pass':36} {'aluevahti CPU s':>16} {'wall s':>8} {'MB':>6}"
        + (f" {'urlwatch CPU s':>16} {'wall s':>8} {'MB':>6} {'CPU ratio':>10}" if theirs else "")
    )
    failures = 0
    for title, behaviour in PASSES:
        mode(port, behaviour)
        print(f"{title} ...", file=sys.stderr, flush=True)
        mine = measured(OURS, folder, folder / "ours.log")
        line = f"{title:36} {mine.cpu:16.2f} {mine.wall:8.1f} {mine.memory:6.0f}"
        failures += mine.code != 0
        if theirs:
            their = measured(theirs, folder, folder / "theirs.log")
            line += f" {their.cpu:16.2f} {their.wall:8.1f} {their.memory:6.0f} {mine.cpu / their.cpu:10.2f}"
        print(line, flush=True)
    if failures:
        print((folder / "ours.log").read_text()[-2000:])
    return 1 if failures else 0


def many(folder: Path, port: int, sources: int) -> int:
    """What memory many sources take: a first pass over short pages, and one in which nothing changed."""
    folder.mkdir()
    our_config(folder, sources, port, "short")
    print(f"\n{sources} sources, pages of about 1 KB\n")
    failures = 0
    for title, behaviour in PASSES[:2]:
        mode(port, behaviour)
        print(f"{title}, {sources} sources ...", file=sys.stderr, flush=True)
        mine = measured(OURS, folder, folder / "ours.log")
        print(f"{title:36} {mine.cpu:16.2f} {mine.wall:8.1f} {mine.memory:6.0f}", flush=True)
        failures += mine.code != 0
    if failures:
        print((folder / "ours.log").read_text()[-2000:])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
