"""Fourteen days of November 2026 on the sites of `othersites` and `othernews`, and what is to be told of them.

Day 1 is Monday the 2nd; each day's pages stand before the check at 08:00.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from acceptance import othernews as news
from acceptance import othersites as sites
from acceptance.noise import Noise
from acceptance.othernews import News
from acceptance.othersites import Item, Meeting
from acceptance.program import Page
from acceptance.stage import Outage, Stage, Told, window

DAYS = 14
BOARD, COUNCIL = "Aluehallitus", "Aluevaltuusto"
COMMITTEE = "Hyvinvointi- ja järjestölautakunta"


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> dt.datetime:
    """A moment of 2026 by the clocks in Helsinki."""
    return dt.datetime(2026, month, day, hour, minute)


VAKE_ITEM = "Järjestöavustusten myöntäminen vuodelle 2027"
VAKE_LATER = "Järjestöneuvottelukunnan asettaminen toimikaudelle 2027–2029"
SIUN_ITEM = "Järjestöjen kumppanuusavustusten myöntämisperiaatteet / vuosi 2027"
KYMEN_ITEM = "Järjestöavustusten jakaminen vuodelle 2027 – 320 000 €"
HELSINKI_ITEM = "Avustusten myöntäminen sosiaali- ja terveysalan järjestöille vuodelle 2027"
PAIJAT = window("11-16", "12-15", "15:00")
SATA = window("11-09", "12-04", "12:00")
KAINUU = window("11-09", "11-27", "16:00")
SAVO = window("11-10", "11-30", None)
AGENDA, UNREVIEWED, MINUTES = {"phase": "agenda"}, {"phase": "minutes_unreviewed"}, {"phase": "minutes"}

EXPECTED = (
    Told(2, "vantaa-kerava", "document.new", VAKE_ITEM, AGENDA),
    Told(3, "pohjois-karjala", "document.new", SIUN_ITEM, AGENDA),
    Told(3, "kymenlaakso", "document.new", KYMEN_ITEM, AGENDA),
    Told(4, "helsinki", "document.new", HELSINKI_ITEM, AGENDA),
    Told(4, "etela-karjala", "document.new", "Aluehallitus 10.11.2026 Esityslista", AGENDA),
    Told(4, "paijat-hame", "window.opened", "", PAIJAT),
    Told(4, "paijat-hame", "document.new", "avustusten haku avautuu"),
    Told(5, "vantaa-kerava", "document.new", VAKE_LATER, AGENDA),
    Told(5, "satakunta", "window.opened", "", SATA | {"grant_type": "toiminta-avustus"}),
    Told(5, "satakunta", "document.new", "toiminta-avustukset haettavissa"),
    Told(6, "kainuu", "window.opened", "", KAINUU),
    Told(6, "kainuu", "document.revised", ""),
    Told(8, "etela-pohjanmaa", "document.new", "Järjestöavustuksia myönnettiin"),
    Told(9, "pohjois-savo", "window.opened", "", SAVO),  # out while the layout was broken
    Told(9, "pohjois-savo", "document.new", "kohdeavustukset haettavana"),
    Told(10, "pohjois-karjala", "document.revised", SIUN_ITEM, MINUTES),
    Told(10, "kymenlaakso", "document.revised", KYMEN_ITEM, MINUTES),
    Told(10, "helsinki", "document.revised", HELSINKI_ITEM, {"phase": "decision_announcement"}),
    Told(11, "etela-karjala", "document.revised", "Aluehallitus 10.11.2026 Pöytäkirja", MINUTES),
    Told(12, "vantaa-kerava", "document.revised", VAKE_ITEM, UNREVIEWED),
    Told(12, "vantaa-kerava", "document.revised", VAKE_LATER, UNREVIEWED),
    Told(12, "kainuu", "window.closing", "", KAINUU),
    Told(13, "vantaa-kerava", "document.revised", VAKE_ITEM, MINUTES),
    Told(13, "vantaa-kerava", "document.revised", VAKE_LATER, MINUTES),
    Told(13, "helsinki", "document.revised", HELSINKI_ITEM, MINUTES),
    Told(13, "satakunta", "window.changed", "", SATA | {"closes": "2026-12-18"}),
    Told(13, "satakunta", "document.new", "hakuaikaa jatketaan"),
)
"""What a reader who follows all ten regions has to hear."""


class World(Stage):
    """All sites of the story; `turn_to` makes them those of a day."""

    def __enter__(self) -> Self:
        self.vake = sites.Casem(noise=Noise(21), meetings=_past("20261", 9000))
        self.siun = sites.Dynasty(noise=Noise(22), meetings=_past("20269", 0))
        self.kymen = sites.Tweb(noise=Noise(23), meetings=_past("45", 40000))
        self.phhyky = sites.Tweb(noise=Noise(24), meetings=_past("46", 50000), forbids=True)
        self.phhyky_stt = news.Stt(noise=Noise(25), publisher=69820870, name="Päijät-Hämeen hyvinvointialue")
        self.ekhva = sites.MFiles(noise=Noise(26), meetings=_past("580", 0))
        self.helsinki = sites.Helsinki(noise=Noise(27))
        self.sata = news.Wordpress(noise=Noise(28), posts=_old_news())
        self.savo = news.Liferay(noise=Noise(29), posts=_old_news())
        self.hyvaep = news.AtomFeed(noise=Noise(30), posts=_old_news())
        self.kainuu = news.StandingPdf(noise=Noise(31), lines=_rules("Seuraavan haun aika ilmoitetaan myöhemmin."))
        self.helsinki.meetings = [
            Meeting(id="u1202617", organ=self.helsinki.organ, organ_id=17, at=at(20, 16, 15, 10), phase="minutes", items=[
                _item(1, 1, 201, "Ilmoitusasiat", "hel-2026-010001")
            ])
        ]  # fmt: skip
        self.phhyky_stt.posts = _old_news()
        self.open(
            *("vake", "siun", "kymen", "phhyky", "phhyky_stt", "ekhva", "helsinki", "sata", "savo", "hyvaep", "kainuu"),
            outage=Outage("siun", frozenset({6, 7}), Page(b"", content_type="text/html")),  # a success without a body
        )
        self.siun.port = int(self.sites["siun"].origin.rsplit(":", 1)[1])
        return self

    def sources(self) -> list[str]:
        """The entries of sources.yaml."""
        one = self.entry
        return [
            one("vake", "vantaa-kerava", "casem", "/fi-FI/Toimielimet"),
            one("siun", "pohjois-karjala", "dynasty", "/VateJulk/cgi/DREQUEST.PHP?page=meeting_handlers&id="),
            one("kymen", "kymenlaakso", "tweb", "/ktwebscr/pk_tek_tweb.htm"),
            one("phhyky", "paijat-hame", "tweb", "/ktwebscr/pk_tek_tweb.htm"),
            one("phhyky_stt", "paijat-hame", "stt", "/uutishuone/69820870"),
            one("ekhva", "etela-karjala", "mfiles", "/Kokoukset/ekhva"),
            one("helsinki", "helsinki", "helsinki", "/fi"),
            one("sata", "satakunta", "wordpress", "/"),
            one("savo", "pohjois-savo", "listing", "/uutiset"),
            one("hyvaep", "etela-pohjanmaa", "feed", "/atom.xml"),
            one("kainuu", "kainuu", "page", "/avustukset/ohje"),
        ]

    def turn_to(self, day: int) -> str:
        """Make the pages those of a day; the time of its check."""
        self.day = day
        {
            2: self._second, 3: self._third, 4: self._fourth, 5: self._fifth, 6: self._sixth, 7: self._seventh,
            8: self._eighth, 9: self._ninth, 10: self._tenth, 11: self._eleventh, 12: self._twelfth,
            13: self._thirteenth,
        }.get(day, lambda: None)()  # fmt: skip
        return f"2026-11-{day + 1:02d}T08:00:00+02:00"

    def _second(self) -> None:
        items = [
            _item(9101, 1, 301, "Kokouksen avaus", "9101/2026"),
            _grants(9102, 2, 302, VAKE_ITEM, "9102/2026", "850 000"),
            _item(9103, 3, 303, VAKE_LATER, "9103/2026", "järjestöneuvottelukunnan asettamisen", later=True),
        ]
        self.vake.meetings.append(Meeting(id="1", organ=BOARD, organ_id=1, at=at(11), items=items))
        self.sata.posts.append(
            _news(2, "rokotus", "Influenssarokotukset alkavat", at(2, 12), "Rokotuksia saa terveysasemilta.")
        )

    def _third(self) -> None:
        items = [
            _item(1, 1, 140, "Kokouksen laillisuus", "700/00.02.01/2026"),
            _item(
                2,
                2,
                141,
                SIUN_ITEM,
                "701/02.05.01/2026",
                "järjestöjen kumppanuusavustusten myöntämisperiaatteet vuodelle 2027",
            ),
        ]
        self.siun.meetings.append(Meeting(id="2026977", organ=BOARD, organ_id=160, at=at(9), items=items))
        items = [
            _item(41001, 1, 80, "Kokouksen järjestäytyminen", "KYMDno-2026-10"),
            _grants(41002, 2, 81, KYMEN_ITEM, "KYMDno-2026-11", "320 000"),
        ]
        self.kymen.meetings.append(Meeting(id="4600", organ=COMMITTEE, organ_id=8, at=at(10, 16), items=items))

    def _fourth(self) -> None:
        items = [
            _item(1, 1, 220, "Ilmoitusasiat", "hel-2026-010101"),
            _grants(2, 2, 221, HELSINKI_ITEM, "hel-2026-010102", "3 200 000"),
        ]
        self.helsinki.meetings.append(
            Meeting(id="u1202618", organ=self.helsinki.organ, organ_id=18, at=at(10, 16, 15), items=items)
        )
        items = [
            _item(1, 1, 301, "Kokouksen laillisuus", "1/2026"),
            _grants(2, 2, 302, "Järjestöavustusten myöntäminen vuodelle 2027", "2/2026", "120 000"),
        ]
        self.ekhva.meetings.append(Meeting(id="58300", organ=BOARD, organ_id=101, at=at(10), items=items))
        text = "Päijät-Hämeen hyvinvointialueen järjestöavustusten haku on avoinna 16.11.–15.12.2026 kello 15.00 asti."
        self.phhyky_stt.posts.append(
            _news(71500001, "haku", "Hyvinvointialueen järjestöavustusten haku avautuu", at(4, 10), text)
        )

    def _fifth(self) -> None:
        self.vake.meetings[-1].supplemented = True
        text = "Ansökan om Päijänne-Tavastlands välfärdsområdes organisationsunderstöd är öppen 16.11–15.12.2026 kl. 15.00."
        title = "Ansökan om välfärdsområdets organisationsunderstöd öppnar"
        self.phhyky_stt.posts.append(_news(71500044, "ansokan", title, at(5, 11), text, "sv"))
        text = (
            "Satakunnan hyvinvointialueen järjestöjen toiminta-avustukset ovat haettavissa 9.11.–4.12.2026 klo 12 asti."
        )
        self.sata.posts.append(
            _news(3, "toiminta-avustukset", "Järjestöjen toiminta-avustukset haettavissa", at(5, 9), text)
        )

    def _sixth(self) -> None:
        self.kainuu.lines = _rules("Järjestöavustusten haku on avoinna 9.11.–27.11.2026 klo 16.00 asti.")

    def _seventh(self) -> None:
        self.hyvaep.down = self.savo.broken = True

    def _eighth(self) -> None:
        self.hyvaep.down = False
        text = (
            "Etelä-Pohjanmaan hyvinvointialue on myöntänyt järjestöavustuksia 23 järjestölle, yhteensä 410 000 euroa."
        )
        self.hyvaep.posts.append(
            _news(5, "myonnetyt", "Järjestöavustuksia myönnettiin 23 järjestölle", at(8, 15), text)
        )
        text = "Pohjois-Savon hyvinvointialueen järjestöjen kohdeavustukset ovat haettavana 10.–30.11.2026."
        self.savo.posts.append(_news(6, "kohdeavustukset", "Järjestöjen kohdeavustukset haettavana", at(8, 9), text))

    def _ninth(self) -> None:
        self.savo.broken = False

    def _tenth(self) -> None:
        self.siun.meetings[-1].phase = self.kymen.meetings[-1].phase = "minutes"
        self.helsinki.meetings[-1].phase = "unreviewed"

    def _eleventh(self) -> None:
        self.ekhva.meetings[-1].phase = "minutes"

    def _twelfth(self) -> None:
        self.vake.meetings[-1].phase = "unreviewed"

    def _thirteenth(self) -> None:
        self.vake.meetings[-1].phase = self.helsinki.meetings[-1].phase = "minutes"
        self.helsinki.cancelled = True
        text = "Satakunnan hyvinvointialueen järjestöjen toiminta-avustusten hakuaikaa jatketaan 18.12.2026 klo 12 asti. Alkuperäinen hakuaika oli 9.11.–4.12.2026."
        self.sata.posts.append(
            _news(7, "hakuaikaa-jatketaan", "Järjestöjen toiminta-avustusten hakuaikaa jatketaan", at(13, 10), text)
        )


def _item(id_: int, number: int, section: int, title: str, case: str, what: str = "", *, later: bool = False) -> Item:
    given = {"proposal": f"Aluehallitus päättää hyväksyä {what}.", "decision": "Hyväksyttiin."} if what else {}
    return Item(id=id_, number=number, section=section, title=title, case=case, later=later, **given)


def _grants(id_: int, number: int, section: int, title: str, case: str, sum_: str) -> Item:
    proposal = f"Päätetään myöntää järjestöille avustuksia yhteensä {sum_} euroa liitteen mukaisesti."
    decision = f"Päätettiin myöntää järjestöille avustuksia yhteensä {sum_} euroa liitteen mukaisesti."
    return Item(id=id_, number=number, section=section, title=title, case=case, proposal=proposal, decision=decision)


def _past(prefix: str, first: int) -> list[Meeting]:
    """What stood there before: a board and a council of October, both with their minutes."""

    def meeting(id_: str, organ: str, organ_id: int, when: dt.datetime, titles: tuple[str, ...], base: int) -> Meeting:
        items = [
            _item(base + place, place, 100 + base % 50 + place, title, f"{base + place}/00.01.02/2026")
            for place, title in enumerate(titles, 1)
        ]
        return Meeting(id=f"{prefix}{id_}", organ=organ, organ_id=organ_id, at=when, items=items, phase="minutes")

    return [
        meeting("10", COUNCIL, 102, at(12, 17, month=10), ("Kokouksen avaus", "Osavuosikatsaus"), first + 10),
        meeting("20", BOARD, 101, at(26, 9, month=10), ("Kokouksen avaus", "Vuokrasopimuksen jatkaminen"), first + 20),
    ]


def _old_news() -> list[News]:
    titles = (
        "Terveysaseman remontti",
        "Hammashoidon ajanvaraus muuttuu",
        "Uusi hyvinvointikeskus",
        "Näin asioit sähköisesti",
    )
    return [
        _news(100 + n, f"uutinen-{n}", title, at(20 + n, month=10), "Lisätietoja saa puhelimitse arkisin.")
        for n, title in enumerate(titles)
    ]


def _news(id_: int, slug: str, title: str, when: dt.datetime, text: str, lang: str = "fi") -> News:
    return News(id=id_, slug=slug, title=title, at=when, text=text, lang=lang)


def _rules(line: str) -> list[str]:
    lines = ["Kainuun hyvinvointialue", "Järjestöavustusten hakuohje", "", line, ""]
    return lines + [f"{n}. Hakemukseen liitetään toimintasuunnitelma ja talousarvio, kohta {n}." for n in range(1, 9)]
