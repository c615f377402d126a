"""One listing through the events that make page monitors cry wolf, lose a change or fall silent; mail included.

Each event is a check of its own. A reader who wants everything at once and an operator get mail from a
server that refuses once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Program, Seen, Site, entry, letters, of_kind, serve, words_of
from smtpserver import SmtpServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("twenty-events")]

READER = "lukija@jarjesto.example"
OPERATOR = "yllapito@aluevahti.example"
START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))

FIRST = [
    ("aluehallitus-2026-01-13", "Aluehallitus 13.1.2026 - pöytäkirja"),
    ("aluehallitus-2026-01-27", "Aluehallitus 27.1.2026 - pöytäkirja"),
    ("aluevaltuusto-2026-02-03", "Aluevaltuusto 3.2.2026 - pöytäkirja"),
    ("lautakunta-2026-02-05", "Hyvinvoinnin edistämisen lautakunta 5.2.2026 - pöytäkirja"),
    ("aluehallitus-2026-02-10", "Aluehallitus 10.2.2026 - pöytäkirja"),
    ("avustukset-2026-02-19", "Järjestöavustusten jakaminen 19.2.2026 - pöytäkirja"),
    ("aluehallitus-2026-02-24", "Aluehallitus 24.2.2026 - pöytäkirja"),
]
GRANTS = FIRST[5]
ONE_MORE = ("aluehallitus-2026-03-03", "Aluehallitus 3.3.2026 - esityslista")
ANOTHER = ("aluevaltuusto-2026-03-09", "Aluevaltuusto 9.3.2026 - esityslista")
RESPELT = "Hyvinvoinnin ja terveyden edistämisen lautakunta 5.2.2026 - pöytäkirja"


@dataclass
class Archive:
    """A page of documents, and what ails it at the moment."""

    noise: Noise = field(default_factory=lambda: Noise(20))
    rows: list[tuple[str, str]] = field(default_factory=lambda: list(FIRST))
    folder: str = "/asiakirjat"
    ailment: str = ""
    charset: str | None = "utf-8"

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        if seen.path == "/robots.txt":
            return NOT_FOUND
        if self.ailment == "500":
            return Page("Internal Server Error", status=500)
        if self.ailment == "maintenance":
            return Page("<html><body><h1>Huoltokatko</h1><p>Palvelu on hetken poissa käytöstä.</p></body></html>")
        if seen.path == "/paatoksenteko":
            return self._page("Asiakirjat", self._list())
        for slug, title in self.rows:
            if seen.path in {f"/asiakirjat/{slug}", f"/arkisto/2026/{slug}"}:
                return self._page(title, f"<p>{title}. Läsnäolijat todettiin. Pöytäkirjan tarkastus.</p>")
        return NOT_FOUND

    def _list(self) -> str:
        rows = [] if self.ailment == "empty" else self.rows
        return f'<ul class="docs">{"".join(f"<li><a href={chr(34)}{self.folder}/{slug}{chr(34)}>{title}</a></li>" for slug, title in rows)}</ul>'

    def _page(self, title: str, content: str) -> Page:
        noise = self.noise
        markup = f"""<!DOCTYPE html><html lang="fi"><head><title>{title}</title></head><body><nav><ul>{noise.menu()}</ul></nav>
<main><h1>{title}</h1>{content}</main><aside><ul>{noise.related()}</ul></aside>
<form><input type="hidden" name="__VIEWSTATE" value="{noise.token(60)}"></form>
<footer>Sivu luotu 2.3.2026 klo {noise.clock()}. Kävijöitä {noise.hits()}.</footer></body></html>"""
        if self.charset is None:
            return Page(markup.encode("iso-8859-1"), content_type="text/html")
        return Page(markup)


@dataclass
class Story:
    """The events so far: what each told, and the mail that came of it."""

    program: Program
    archive: Archive
    mail: SmtpServer
    now: dt.datetime = START
    codes: dict[str, list[int]] = field(default_factory=dict)
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    mails: dict[str, tuple[int, int]] = field(default_factory=dict)  # to the reader, to the operator
    errors: list[str] = field(default_factory=list)

    def check(self, event: str, *, hours: float = 1, send: bool = True) -> None:
        """An hour later: a check, and the mail."""
        self.now += dt.timedelta(hours=hours)
        now = self.now.isoformat()
        seen = max((one["id"] for told in self.told.values() for one in told), default=0)
        before = [len(self.mail.bodies_for(address)) for address in (READER, OPERATOR)]
        check = self.program("check", "--json", now=now)
        self.codes.setdefault(event, []).append(check.code)
        self.errors.append(check.err)
        told = [one for one in check.json["changes"] if one["id"] > seen]
        self.told[event] = self.told.get(event, []) + told
        if send and (told or event == "refused"):
            self.errors.append(self.program("digest", "send", now=now).err)
        after = [len(self.mail.bodies_for(address)) for address in (READER, OPERATOR)]
        old = self.mails.get(event, (0, 0))
        self.mails[event] = (old[0] + after[0] - before[0], old[1] + after[1] - before[1])

    def kinds(self, event: str) -> list[str]:
        """What an event told."""
        return [one["kind"] for one in self.told[event]]

    def about_documents(self) -> list[Mapping[str, Any]]:
        """All that was told of documents."""
        return of_kind([one for told in self.told.values() for one in told], "document.")


def _play(story: Story) -> None:
    archive = story.archive
    story.check("first check")
    story.check("footer clock")
    archive.rows.reverse()
    story.check("new order")
    archive.rows.sort(key=FIRST.index)
    story.check("new order again")
    archive.rows.insert(0, ONE_MORE)
    story.check("one new document")
    archive.rows = [(slug, RESPELT if slug == "lautakunta-2026-02-05" else title) for slug, title in archive.rows]
    story.check("respelt title")
    archive.folder = "/arkisto/2026"
    story.check("all links move")
    archive.ailment = "500"
    story.check("three errors")
    story.check("three errors")
    story.check("three errors")
    archive.ailment = ""
    story.check("over the errors")
    archive.ailment = "maintenance"
    for _ in range(3):
        story.check("maintenance")
    archive.ailment = ""
    story.check("after maintenance")
    archive.ailment = "empty"
    for _ in range(3):
        story.check("empty list")
    archive.ailment = ""
    story.check("after the empty list")
    archive.charset = None
    story.check("undeclared Latin-1")
    archive.charset = "utf-8"
    gone = next(row for row in archive.rows if row[0] == GRANTS[0])
    place = archive.rows.index(gone)
    archive.rows.remove(gone)
    for _ in range(4):
        story.check("withdrawn", hours=7)
    archive.rows.insert(place, gone)
    story.check("back again", hours=7)
    archive.rows.insert(0, ANOTHER)
    story.mail.script("rcpt", "451 4.3.0 try again later")
    story.check("refused")
    story.now += dt.timedelta(hours=1)
    story.program("digest", "send", now=story.now.isoformat())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    program = Program(tmp_path_factory.mktemp("events"))
    archive = Archive()
    with serve(archive) as site, SmtpServer() as mail:
        _configure(program, site, mail)
        program(
            "subscribers", "add", READER, "--all-documents", "--every", "instant", "--confirmed", now=START.isoformat()
        )
        told = Story(program, archive, mail)
        _play(told)
        yield told


def _configure(program: Program, site: Site, mail: SmtpServer) -> None:
    source = entry(
        id="pohjois-savo-documents",
        region="pohjois-savo",
        platform="listing",
        url=site.url("/paatoksenteko"),
        item="ul.docs li",
    )
    program.configure(source, smtp=mail.port)


@pytest.mark.parametrize(
    "event",
    [
        "first check",
        "footer clock",
        "new order",
        "new order again",
        "all links move",
        "undeclared Latin-1",
    ],
)
def test_what_means_nothing_tells_nothing(story: Story, event: str) -> None:
    assert (story.codes[event], story.kinds(event), story.mails[event]) == ([0], [], (0, 0))


def test_a_new_document_is_one_mail(story: Story) -> None:
    assert story.kinds("one new document") == ["document.new"]
    assert story.told["one new document"][0]["title"] == ONE_MORE[1]
    assert story.mails["one new document"] == (1, 0)


def test_a_respelt_title_is_one_revision_with_before_and_after(story: Story) -> None:
    (told,) = story.told["respelt title"]

    assert told["kind"] == "document.revised"
    assert (told["before"]["title"], told["after"]["title"]) == (FIRST[3][1], RESPELT)
    assert story.mails["respelt title"] == (1, 0)


def test_three_errors_in_a_row_are_for_the_operator_once(story: Story) -> None:
    assert story.codes["three errors"] == [1, 1, 1]
    assert story.kinds("three errors") == ["source.failing"]
    assert story.mails["three errors"] == (0, 1)
    assert story.kinds("over the errors") == ["source.recovered"]
    assert story.mails["over the errors"][0] == 0


@pytest.mark.parametrize(
    ("event", "after"), [("maintenance", "after maintenance"), ("empty list", "after the empty list")]
)
def test_a_page_that_answers_without_its_list_is_for_the_operator_once(story: Story, event: str, after: str) -> None:
    assert set(story.codes[event]) == {1}
    assert story.kinds(event) in (["source.silent"], ["source.failing"])
    assert story.mails[event] == (0, 1)
    assert story.kinds(after) == ["source.recovered"]
    assert story.mails[after][0] == 0


def test_a_withdrawn_document_is_told_once_and_so_is_its_return(story: Story) -> None:
    assert story.kinds("withdrawn") == ["document.removed"]
    assert story.told["withdrawn"][0]["title"] == GRANTS[1]
    assert story.mails["withdrawn"] == (1, 0)
    assert story.kinds("back again") == ["document.new"]
    assert story.mails["back again"] == (1, 0)


def test_a_change_that_the_mail_server_refused_comes_later_and_once(story: Story) -> None:
    assert story.kinds("refused") == ["document.new"]
    assert story.mails["refused"] == (0, 0)
    late = [letter for letter in letters(story.mail, READER) if ANOTHER[1] in words_of(letter)]
    assert len(late) == 1


def test_no_change_is_lost(story: Story) -> None:
    whole = "\n".join(words_of(letter) for letter in letters(story.mail, READER))

    for one in story.about_documents():
        assert one["title"] in whole


def test_no_mail_is_a_repeat(story: Story) -> None:
    sent = [letter["Message-ID"] for letter in letters(story.mail, READER)]

    assert len(set(sent)) == len(sent) == len(story.about_documents())


def test_no_letter_is_lost(story: Story) -> None:
    whole = [words_of(letter, kind) for letter in letters(story.mail, READER) for kind in ("plain", "html")]

    assert "\ufffd" not in "".join([*whole, *story.errors, str(story.told)])
    assert all("ytäkirja" in text or "sityslista" in text for text in whole)


def test_nothing_crashes(story: Story) -> None:
    assert "Traceback" not in "".join(story.errors)
