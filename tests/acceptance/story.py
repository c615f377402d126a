"""Fourteen days of March 2026 in ten regions on ten platforms, and what is to be told of them.

Day 1 is Monday the 2nd; each day's pages stand before the check at 08:00. What happens is told in
`World.turn_to`; `EXPECTED` says what a reader has to hear, and on which day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Self

from acceptance import casemsite as casem
from acceptance import dynastysite as dynasty
from acceptance import helsinkisite as helsinki
from acceptance import mfilessite as mfiles
from acceptance import twebsite as tweb
from acceptance.newssites import DrupalSite, Post, StandingPage, WordpressSite
from acceptance.noise import Noise
from acceptance.program import Page
from acceptance.stage import Outage, Stage, Told, window
from acceptance.sttsite import Release, SttSite

DAYS = 14
LAPPI_TITLE = "Järjestöavustusten myöntäminen vuodelle 2026 – 250 000 €"


def on(day: int, month: int = 3) -> dt.date:
    """A day of 2026."""
    return dt.date(2026, month, day)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> dt.datetime:
    """A moment of 2026 by the clocks in Helsinki."""
    return dt.datetime(2026, month, day, hour, minute)


POHJANMAA = window("03-05", "03-20", "15:00")
OMA_HAME = window("03-09", "03-31", "12:00")
VARHA = window("03-16", "04-15", "15:00")
PIRKANMAA = window("03-16", "04-17", "15:00")
KAINUU = window("03-09", "03-27", "12:00")
AGENDA, MINUTES = {"phase": "agenda"}, {"phase": "minutes"}
PRINCIPLES = "Järjestöavustusten myöntämisperiaatteet 2027 / kumppanuusavustukset"
PIRKANMAA_ITEM = "Järjestöjen toiminta-avustusten myöntäminen vuodelle 2026"
HELSINKI_ITEM = "Avustusten myöntäminen sosiaali- ja terveysalan järjestöille vuodelle 2026"

EXPECTED = (
    Told(2, "lappi", "document.new", LAPPI_TITLE, AGENDA),
    Told(2, "keski-suomi", "document.new", PRINCIPLES, AGENDA),
    Told(3, "pohjanmaa", "window.opened", "", POHJANMAA),
    Told(3, "pohjanmaa", "document.new", "Organisationsbidrag kan sökas"),
    Told(3, "pirkanmaa", "document.new", PIRKANMAA_ITEM, AGENDA),
    Told(3, "helsinki", "document.new", HELSINKI_ITEM, AGENDA),
    Told(4, "kanta-hame", "window.opened", "", OMA_HAME | {"grant_type": "toiminta-avustus"}),
    Told(4, "kanta-hame", "document.new", "Järjestöjen toiminta-avustusten haku avautuu"),
    Told(4, "varsinais-suomi", "window.opened", "", VARHA),
    Told(4, "varsinais-suomi", "document.new", "Varhan järjestöavustusten haku avautuu"),
    Told(5, "pirkanmaa", "window.opened", "", PIRKANMAA | {"grant_type": "kumppanuusavustus"}),
    Told(5, "pirkanmaa", "document.new", "Kumppanuusavustusten haun avaaminen", MINUTES),
    Told(5, "etela-karjala", "document.new", "Aluehallitus 11.3.2026 Esityslista", AGENDA),
    Told(5, "pohjanmaa", "window.closing", "", POHJANMAA),
    Told(6, "kainuu", "window.opened", "", KAINUU),
    Told(6, "kainuu", "document.revised", "Avustukset järjestöille"),
    Told(6, "pirkanmaa", "document.new", "umppanuusavustusten haku avautuu"),  # the news and the release are one
    Told(8, "keski-suomi", "document.new", "Osallisuusohjelman hyväksyminen", AGENDA),  # out while the site was down
    Told(8, "kanta-hame", "window.changed", "", OMA_HAME | {"closes": "2026-04-10"}),
    Told(8, "kanta-hame", "document.new", "hakuaikaa jatketaan"),
    Told(9, "vantaa-kerava", "document.new", "Järjestöavustuksiin 850 000 euroa"),  # out while the layout was broken
    Told(9, "lappi", "document.revised", LAPPI_TITLE, MINUTES),
    Told(10, "keski-suomi", "document.revised", PRINCIPLES, MINUTES),
    Told(10, "helsinki", "document.revised", HELSINKI_ITEM, {"phase": "decision_announcement"}),
    Told(11, "pirkanmaa", "document.revised", PIRKANMAA_ITEM, MINUTES),
    Told(12, "etela-karjala", "document.revised", "Aluehallitus 11.3.2026 Pöytäkirja", MINUTES),
    Told(12, "pohjanmaa", "document.new", "Hyte-avustuksia myönnettiin 14 järjestölle"),
    Told(12, "pohjanmaa", "window.closing", "", POHJANMAA),
    Told(12, "kainuu", "window.closing", "", KAINUU),
    Told(13, "helsinki", "document.revised", HELSINKI_ITEM, MINUTES),
)
"""What a reader who follows all ten regions has to hear."""


class World(Stage):
    """Ten regions' sites; `turn_to` makes them those of a day."""

    def __enter__(self) -> Self:
        self.pirkanmaa = casem.CasemSite(noise=Noise(1))
        self.pirkanmaa_news = WordpressSite(noise=Noise(2))
        self.pirkanmaa_stt = SttSite(noise=Noise(3), publisher=69818823, name="Pirkanmaan hyvinvointialue")
        self.keski_suomi = dynasty.DynastySite(noise=Noise(4), mixed_up=3)
        self.lappi = tweb.TwebSite(noise=Noise(5))
        self.varha = tweb.TwebSite(noise=Noise(6), robots=tweb.VENDOR_ROBOTS)
        self.varha_stt = SttSite(noise=Noise(7), publisher=69810101, name="Varsinais-Suomen hyvinvointialue")
        self.ekhva = mfiles.MfilesSite(noise=Noise(8), org="ekhva")
        self.helsinki = helsinki.HelsinkiSite(noise=Noise(9))
        self.oma_hame = WordpressSite(noise=Noise(10))
        self.pohjanmaa = WordpressSite(noise=Noise(11))
        self.vakehyva = DrupalSite(noise=Noise(12))
        self.kainuu = StandingPage(noise=Noise(13), title="Avustukset järjestöille", paragraphs=[])
        self.open(
            *("pirkanmaa", "pirkanmaa_news", "pirkanmaa_stt", "keski_suomi", "lappi", "varha", "varha_stt", "ekhva"),
            *("helsinki", "oma_hame", "pohjanmaa", "vakehyva", "kainuu"),
            outage=Outage("keski_suomi", frozenset({6, 7}), Page("<h1>Service Unavailable</h1>", status=503)),
        )
        self._begin()
        return self

    def sources(self) -> list[str]:
        """The entries of sources.yaml."""
        one = self.entry
        return [
            one("pirkanmaa", "pirkanmaa", "casem", "/fi-FI/Toimielimet"),
            one("pirkanmaa_news", "pirkanmaa", "feed", "/feed/"),
            one("pirkanmaa_stt", "pirkanmaa", "stt", "/uutishuone/69818823"),
            one("keski_suomi", "keski-suomi", "dynasty", "/cgi/DREQUEST.PHP?page=meeting_handlers&id="),
            one("lappi", "lappi", "tweb", "/ktwebscr/pk_tek_tweb.htm"),
            one("varha", "varsinais-suomi", "tweb", "/ktwebscr/pk_tek_tweb.htm"),
            one("varha_stt", "varsinais-suomi", "stt", "/uutishuone/69810101"),
            one("ekhva", "etela-karjala", "mfiles", "/Kokoukset/ekhva"),
            one("helsinki", "helsinki", "helsinki", "/fi", organs=["Sosiaali-, terveys- ja pelastuslautakunta"]),
            one("oma_hame", "kanta-hame", "feed", "/feed/"),
            one("pohjanmaa", "pohjanmaa", "wordpress", "/"),
            one(
                "vakehyva",
                "vantaa-kerava",
                "listing",
                "/fi/ajankohtaista",
                item="article.node--type-news",
                title="h2 a",
                link="h2 a",
                date="time",
            ),
            one("kainuu", "kainuu", "page", "/jarjestoavustukset", select="main article"),
        ]

    def turn_to(self, day: int) -> str:
        """Make the pages those of a day; the time of its check."""
        self.day = day
        for later in sorted(self._script()):
            if later == day:
                for event in self._script()[later]:
                    event()
        return f"2026-03-{day + 1:02d}T08:00:00+02:00"

    # --- before the first day ----------------------------------------------------------------------

    def _begin(self) -> None:
        self._begin_casem_and_dynasty()
        self._begin_other_meetings()
        self._begin_news()

    def _begin_casem_and_dynasty(self) -> None:
        self.pirkanmaa.meetings = [
            casem.Meeting(
                organ="Aluehallitus",
                on=on(16, 2),
                minutes=True,
                items=[
                    _casem(9001, 21, "Kokouksen avaus", "Todettiin kokous avatuksi."),
                    _casem(9002, 22, "Hankintaoikaisu", "Hyväksyttiin."),
                ],
            ),
            casem.Meeting(
                organ="Osallisuus- ja yhteistyölautakunta",
                on=on(10, 2),
                minutes=True,
                items=[_casem(9011, 5, "Lautakunnan kokousajat keväällä 2026", "Hyväksyttiin.")],
            ),
        ]
        self.keski_suomi.meetings = [
            dynasty.Meeting(
                id="202697",
                organ="Aluevaltuusto",
                organ_id=161,
                on=on(17, 2),
                published=on(23, 2),
                minutes=True,
                items=[
                    _dynasty(9, "Kokouksen avaus", "Avattiin."),
                    _dynasty(10, "Talousarvion muutos", "Hyväksyttiin."),
                ],
            ),
            dynasty.Meeting(
                id="2026105",
                organ="Aluehallitus",
                organ_id=160,
                on=on(24, 2),
                published=on(2),
                minutes=True,
                items=[_dynasty(40, "Kokouksen avaus", "Avattiin."), _dynasty(41, "Vuokrasopimus", "Hyväksyttiin.")],
            ),
        ]

    def _begin_other_meetings(self) -> None:
        old = [
            tweb.Item(docid=69001, title="Pöytäkirjan kansilehti", section=None, text="Kansilehti"),
            tweb.Item(docid=69002, title="Kokouksen avaus", section=1, text="Puheenjohtaja avasi kokouksen."),
        ]
        for site in (self.lappi, self.varha):
            site.meetings = [
                tweb.Meeting(
                    bid=4540, organ="Aluehallitus", number="3/2026", at=at(16, month=2), agenda=old, minutes=old
                )
            ]
        self.ekhva.meetings = [
            mfiles.Meeting(
                body=101,
                organ="Aluehallitus",
                on=on(17, 2),
                paper=mfiles.Paper(
                    doc=58001, word="pöytäkirja (allekirjoitettu)", lines=["Aluehallitus 17.2.2026", "Pöytäkirja"]
                ),
            ),
            mfiles.Meeting(
                body=102,
                organ="Aluevaltuusto",
                on=on(23, 2),
                paper=mfiles.Paper(
                    doc=58102, word="pöytäkirja (allekirjoitettu)", lines=["Aluevaltuusto 23.2.2026", "Pöytäkirja"]
                ),
            ),
        ]
        self.helsinki.meetings = [
            helsinki.Meeting(
                id="u420300202603",
                policymaker="u420300",
                organ="Sosiaali-, terveys- ja pelastuslautakunta",
                slug="sosiaali-terveys-ja-pelastuslautakunta",
                number="3/2026",
                at=at(17, 16, 15, 2),
                published=on(24, 2),
                phase="minutes",
                items=[
                    helsinki.Item(
                        number=1,
                        title="Ilmoitusasiat",
                        case="hel-2026-000101",
                        proposal="Merkitään tiedoksi.",
                        decision="Merkittiin tiedoksi.",
                    )
                ],
            )
        ]

    def _begin_news(self) -> None:
        self.pirkanmaa_news.posts = [
            _post(700, "hiihtoloma", "Hiihtoloman aukioloajat", at(20, month=2), "Aukioloajat muuttuvat.")
        ]
        self.pirkanmaa_stt.releases = [
            _release(
                79000001, "fi", at(18, 8, month=2), "Uusi hyvinvointikeskus avautuu", "Keskus avautuu.", "Tervetuloa."
            )
        ]
        self.varha_stt.releases = [
            _release(
                79100001,
                "fi",
                at(25, 8, month=2),
                "Kotihoidon asiakkaille uusi palvelu",
                "Palvelu laajenee.",
                "Palvelu laajenee.",
            )
        ]
        self.oma_hame.posts = [
            _post(810 + n, f"uutinen-{n}", title, at(10 + n, month=2), "Lisätietoja saa puhelimitse.")
            for n, title in enumerate(("Terveysaseman remontti", "Flunssakausi jatkuu", "Hammashoidon ajanvaraus"))
        ]
        self.pohjanmaa.posts = [
            _post(910 + n, f"nyhet-{n}", title, at(12 + n, month=2), "Mer information per telefon.", lang="sv")
            for n, title in enumerate(("Nya öppettider", "Influensavaccinering"))
        ]
        self.vakehyva.posts = [
            _post(600 + n, f"uutinen-{n}", title, at(15 + n, month=2), "Tervetuloa tutustumaan.")
            for n, title in enumerate(
                ("Uusi neuvola", "Avoimet ovet", "Kesätyöntekijän haku käynnissä", "Remontti valmistui")
            )
        ]
        self.kainuu.paragraphs = [
            "Kainuun hyvinvointialue myöntää avustuksia hyvinvointia ja terveyttä edistäville järjestöille.",
            "Haku ei ole tällä hetkellä auki. Seuraavasta hausta tiedotetaan tällä sivulla.",
        ]

    # --- what happens ------------------------------------------------------------------------------

    def _script(self) -> dict[int, list[Callable[[], None]]]:
        return {
            2: [self._lappi_agenda, self._keski_suomi_agenda],
            3: [self._pirkanmaa_agenda, self._helsinki_agenda, self._pohjanmaa_sv],
            4: [self._oma_hame_call, self._pohjanmaa_fi, self._varha_call],
            5: [self._ekhva_agenda, self._varha_twin, self._pirkanmaa_committee],
            6: [self._kainuu_opens, self._varha_unrelated, self._pirkanmaa_call_again, self._vakehyva_breaks],
            7: [self._vakehyva_news, self._casem_other_addresses, self._keski_suomi_council],
            8: [self._oma_hame_extended, self._casem_own_addresses, self._pohjanmaa_without_rest],
            9: [self._vakehyva_recovers, self._lappi_minutes, self._oma_hame_again],
            10: [
                self._keski_suomi_minutes,
                self._helsinki_decided,
                self._vakehyva_withdraws,
                self._pohjanmaa_with_rest,
            ],
            11: [self._pirkanmaa_minutes, self._vakehyva_is_back],
            12: [self._ekhva_minutes, self._pohjanmaa_result],
            13: [self._helsinki_minutes],
            14: [],
        }

    def _lappi_agenda(self) -> None:
        self.lappi.meetings.append(
            tweb.Meeting(
                bid=4557,
                organ="Aluehallitus",
                number="4/2026",
                at=at(9),
                agenda=[
                    tweb.Item(docid=70000, title="Kokouskutsu", section=None, text="Kokouskutsu"),
                    tweb.Item(docid=70001, title="Kokouksen avaus", section=1, text="Puheenjohtaja avaa kokouksen."),
                    tweb.Item(
                        docid=70005,
                        title=LAPPI_TITLE,
                        section=2,
                        text="LapHA/412/02.05.01/2026\nAsiaselostus\nHakemuksia saapui määräaikaan mennessä 34.\nPäätösehdotus\n"
                        "Aluehallitus päättää myöntää järjestöavustuksina yhteensä 250 000 euroa – liitteen mukaisesti.",
                    ),
                    tweb.Item(
                        docid=70006,
                        title="Ajoneuvohankinta",
                        section=3,
                        text="Päätösehdotus\nHankitaan kaksi ambulanssia.",
                    ),
                ],
            )
        )

    def _lappi_minutes(self) -> None:
        self.lappi.meetings[-1].minutes = [
            tweb.Item(docid=71000, title="Pöytäkirjan kansilehti", section=None, text="Kansilehti"),
            tweb.Item(docid=71001, title="Kokouksen avaus", section=56, text="Puheenjohtaja avasi kokouksen."),
            tweb.Item(
                docid=71005,
                title=LAPPI_TITLE,
                section=57,
                text="LapHA/412/02.05.01/2026\nAsiaselostus\nHakemuksia saapui määräaikaan mennessä 34.\nPäätösehdotus\n"
                "Aluehallitus päättää myöntää järjestöavustuksina yhteensä 250 000 euroa – liitteen mukaisesti.\n"
                "Päätös\nHyväksyttiin.",
            ),
            tweb.Item(docid=71006, title="Ajoneuvohankinta", section=58, text="Päätös\nHyväksyttiin."),
            tweb.Item(docid=71009, title="Muutoksenhakuohjeet", section=None, text="Oikaisuvaatimus"),
        ]

    def _keski_suomi_agenda(self) -> None:
        self.keski_suomi.meetings.append(
            dynasty.Meeting(
                id="2026118",
                organ="Aluehallitus",
                organ_id=160,
                on=on(10),
                published=on(3),
                items=[
                    _dynasty(0, "Kokouksen avaus", ""),
                    _dynasty(
                        0,
                        "Järjestöavustusten myöntämisperiaatteet 2027 / kumppanuusavustukset",
                        "",
                        "Avustusten myöntämisperiaatteet ovat olleet lausunnolla. Päätösehdotus: Aluehallitus hyväksyy "
                        "järjestöavustusten myöntämisperiaatteet vuodelle 2027.",
                    ),
                    _dynasty(0, "Toimitilojen irtisanominen", ""),
                ],
            )
        )

    def _keski_suomi_council(self) -> None:
        self.keski_suomi.meetings.append(
            dynasty.Meeting(
                id="2026121",
                organ="Aluevaltuusto",
                organ_id=161,
                on=on(24),
                published=on(8),
                items=[
                    _dynasty(0, "Kokouksen avaus", ""),
                    _dynasty(
                        0, "Osallisuusohjelman hyväksyminen", "", "Aluevaltuusto hyväksyy osallisuusohjelman 2026–2029."
                    ),
                ],
            )
        )

    def _keski_suomi_minutes(self) -> None:
        meeting = next(one for one in self.keski_suomi.meetings if one.id == "2026118")
        meeting.minutes, meeting.published = True, on(11)
        for number, item in enumerate(meeting.items):
            item.section = 57 + number
            item.parts = [(part, text) for part, text in item.parts if part != "Päätös"] + [("Päätös", "Hyväksyttiin.")]

    def _pirkanmaa_agenda(self) -> None:
        self.pirkanmaa.meetings.append(
            casem.Meeting(
                organ="Aluehallitus",
                on=on(9),
                guid=2,
                items=[
                    _casem(9101, 0, "Kokouksen avaus", ""),
                    _casem(
                        9102,
                        0,
                        "Järjestöjen toiminta-avustusten myöntäminen vuodelle 2026",
                        "",
                        "Hakemuksia saapui 61.",
                        "Aluehallitus myöntää toiminta-avustuksia yhteensä 400 000 euroa liitteen mukaisesti.",
                    ),
                    _casem(9103, 0, "Kiinteistön myynti", "", "Kiinteistö on tyhjillään.", "Kiinteistö myydään."),
                ],
            )
        )

    def _pirkanmaa_minutes(self) -> None:
        meeting = self.pirkanmaa.meetings[2]
        assert meeting.on == on(9)
        meeting.minutes, meeting.guid = True, 3
        for number, item in enumerate(meeting.items):
            item.section = 31 + number
            item.parts.append(("Päätös", "Hyväksyttiin."))

    def _casem_other_addresses(self) -> None:
        self.pirkanmaa.by_content = True

    def _casem_own_addresses(self) -> None:
        self.pirkanmaa.by_content = False

    def _pirkanmaa_committee(self) -> None:
        self.pirkanmaa.meetings.append(
            casem.Meeting(
                organ="Osallisuus- ja yhteistyölautakunta",
                on=on(3),
                minutes=True,
                guid=4,
                items=[
                    _casem(9201, 11, "Kokouksen avaus", "Todettiin kokous avatuksi."),
                    _casem(
                        9202,
                        12,
                        "Kumppanuusavustusten haun avaaminen",
                        "Hyväksyttiin.",
                        "Kumppanuusavustuksia myönnetään monivuotiseen yhteistyöhön.",
                        "Lautakunta päättää avata kumppanuusavustusten haun ajalle 16.3.–17.4.2026 klo 15.00.",
                    ),
                ],
            )
        )

    def _pirkanmaa_call_again(self) -> None:
        text = (
            "Pirkanmaan hyvinvointialueen kumppanuusavustukset ovat haettavissa 16.3.–17.4.2026. "
            "Haku päättyy 17.4.2026 klo 15.00."
        )
        self.pirkanmaa_news.posts.append(
            _post(701, "kumppanuusavustukset", "Kumppanuusavustusten haku avautuu 16.3.", at(6, 14), text)
        )
        self.pirkanmaa_stt.releases.append(
            _release(
                79000002,
                "fi",
                at(6, 14, 5),
                "Pirkanmaan hyvinvointialueen kumppanuusavustusten haku avautuu 16. maaliskuuta",
                text,
                text,
            )
        )

    def _helsinki_agenda(self) -> None:
        self.helsinki.meetings.append(
            helsinki.Meeting(
                id="u420300202604",
                policymaker="u420300",
                organ="Sosiaali-, terveys- ja pelastuslautakunta",
                slug="sosiaali-terveys-ja-pelastuslautakunta",
                number="4/2026",
                at=at(10, 16, 15),
                published=on(4),
                items=[
                    helsinki.Item(
                        number=1,
                        title="Ilmoitusasiat",
                        case="hel-2026-000401",
                        proposal="Merkitään tiedoksi.",
                        decision="Merkittiin tiedoksi.",
                    ),
                    helsinki.Item(
                        number=2,
                        title="Avustusten myöntäminen sosiaali- ja terveysalan järjestöille vuodelle 2026",
                        case="hel-2026-000412",
                        proposal="Sosiaali-, terveys- ja pelastuslautakunta päättää myöntää järjestöille yleisavustuksia yhteensä 3 200 000 euroa.",
                        decision="Sosiaali-, terveys- ja pelastuslautakunta päätti myöntää järjestöille yleisavustuksia yhteensä 3 200 000 euroa ehdotuksen mukaisesti.",
                    ),
                ],
            )
        )

    def _helsinki_decided(self) -> None:
        meeting = self.helsinki.meetings[-1]
        meeting.phase, meeting.published = "decision", on(11)
        meeting.announcement = "Lautakunta hyväksyi avustusten myöntämisen järjestöille ehdotuksen mukaisesti."

    def _helsinki_minutes(self) -> None:
        meeting = self.helsinki.meetings[-1]
        meeting.phase, meeting.published = "minutes", on(13)

    def _pohjanmaa_sv(self) -> None:
        self.pohjanmaa.posts.append(
            _post(
                921,
                "organisationsbidrag-kan-sokas",
                "Organisationsbidrag kan sökas 5.3–20.3.2026",
                at(3, 15),
                "Österbottens välfärdsområde beviljar organisationsbidrag till föreningar. Ansökningstiden är 5–20.3.2026 och ansökan stänger kl. 15.00.",
                lang="sv",
            )
        )

    def _pohjanmaa_fi(self) -> None:
        self.pohjanmaa.posts.append(
            _post(
                922,
                "jarjestoavustukset-haettavissa",
                "Järjestöavustukset haettavissa 5.3.–20.3.2026",
                at(4, 16),
                "Pohjanmaan hyvinvointialue myöntää järjestöavustuksia yhdistyksille. Hakuaika on 5.–20.3.2026 ja haku päättyy klo 15.00.",
            )
        )

    def _pohjanmaa_without_rest(self) -> None:
        self.pohjanmaa.rest = False

    def _pohjanmaa_with_rest(self) -> None:
        self.pohjanmaa.rest = True

    def _oma_hame_again(self) -> None:
        self.oma_hame.posts[1].at = at(10, 6)

    def _pohjanmaa_result(self) -> None:
        self.pohjanmaa.posts.append(
            _post(
                930,
                "hyte-avustukset-myonnetty",
                "Hyte-avustuksia myönnettiin 14 järjestölle",
                at(12, 16),
                "Pohjanmaan hyvinvointialue on myöntänyt hyte-avustuksia 14 järjestölle. Avustuksia jaettiin yhteensä 180 000 euroa.",
            )
        )

    def _oma_hame_call(self) -> None:
        self.oma_hame.posts.append(
            _post(
                820,
                "jarjestoavustusten-haku-avautuu",
                "Järjestöjen toiminta-avustusten haku avautuu 9.3.2026",
                at(4, 12),
                "Oma Hämeen toiminta-avustukset ovat järjestöjen haettavissa 9.3.–31.3.2026 klo 12.00 asti.",
            )
        )

    def _oma_hame_extended(self) -> None:
        self.oma_hame.posts.append(
            _post(
                821,
                "hakuaikaa-jatketaan",
                "Järjestöjen toiminta-avustusten hakuaikaa jatketaan",
                at(8, 18),
                "Oma Hämeen järjestöjen toiminta-avustusten hakuaikaa jatketaan 10.4.2026 klo 12.00 asti. Alkuperäinen hakuaika oli 9.3.–31.3.2026.",
            )
        )
        self.oma_hame.posts.append(_post(822, "liukkaus", "Varo liukkautta", at(8, 19), "Pihat ovat liukkaita."))

    def _varha_call(self) -> None:
        text = "Varsinais-Suomen hyvinvointialueen järjestöavustusten haku on avoinna 16.3.–15.4.2026 kello 15.00 asti."
        self.varha_stt.releases.append(
            _release(79100002, "fi", at(4, 10), "Varhan järjestöavustusten haku avautuu maaliskuussa", text, text)
        )

    def _varha_twin(self) -> None:
        text = "Ansökan om Egentliga Finlands välfärdsområdes organisationsunderstöd är öppen 16.3–15.4.2026 kl. 15.00."
        self.varha_stt.releases.append(
            _release(79100041, "sv", at(5, 10), "Ansökan om Varhas organisationsunderstöd öppnar i mars", text, text)
        )

    def _varha_unrelated(self) -> None:
        self.varha_stt.releases.append(
            _release(
                79100060,
                "fi",
                at(6, 9),
                "Kotihoidon palveluseteli uudistuu",
                "Palvelusetelin arvo nousee.",
                "Palvelusetelin arvo nousee huhtikuussa.",
            )
        )

    def _ekhva_agenda(self) -> None:
        self.ekhva.meetings.append(
            mfiles.Meeting(
                body=101,
                organ="Aluehallitus",
                on=on(11),
                paper=mfiles.Paper(
                    doc=58231,
                    word="Esityslista",
                    lines=[
                        "Etelä-Karjalan hyvinvointialue",
                        "Aluehallitus 11.3.2026 klo 9.00",
                        "Esityslista",
                        "",
                        "1 Kokouksen laillisuus ja päätösvaltaisuus",
                        "",
                        "2 Järjestöavustusten myöntäminen vuodelle 2026",
                        "Hakemuksia saapui määräaikaan mennessä 28 kappaletta.",
                        "Päätösehdotus",
                        "Aluehallitus päättää myöntää järjestöavustuksia yhteensä 120 000 euroa.",
                    ],
                ),
            )
        )

    def _ekhva_minutes(self) -> None:
        self.ekhva.meetings[-1].paper = mfiles.Paper(
            doc=58260,
            word="pöytäkirja (allekirjoitettu)",
            lines=[
                "Etelä-Karjalan hyvinvointialue",
                "Aluehallitus 11.3.2026 klo 9.00",
                "Pöytäkirja",
                "",
                "§ 44 Kokouksen laillisuus ja päätösvaltaisuus",
                "Todettiin.",
                "§ 45 Järjestöavustusten myöntäminen vuodelle 2026",
                "Hakemuksia saapui määräaikaan mennessä 28 kappaletta.",
                "Päätösehdotus",
                "Aluehallitus päättää myöntää järjestöavustuksia yhteensä 120 000 euroa.",
                "Päätös",
                "Aluehallitus hyväksyi päätösehdotuksen.",
            ],
        )

    def _vakehyva_breaks(self) -> None:
        self.vakehyva.broken = True

    def _vakehyva_news(self) -> None:
        self.vakehyva.posts.append(
            _post(
                640,
                "jarjestoyhteistyon-neuvottelukunta",
                "Järjestöavustuksiin 850 000 euroa vuonna 2026",
                at(8, 7),
                "Vantaan ja Keravan hyvinvointialueen järjestöavustuksiin on varattu 850 000 euroa. Aluehallitus päätti 3.3.2026 avustusten jakamisesta 41 järjestölle.",
            )
        )

    def _vakehyva_recovers(self) -> None:
        self.vakehyva.broken = False

    def _vakehyva_withdraws(self) -> None:
        self.gone = self.vakehyva.posts.pop(1)

    def _vakehyva_is_back(self) -> None:
        self.vakehyva.posts.insert(1, self.gone)

    def _kainuu_opens(self) -> None:
        self.kainuu.paragraphs[1] = (
            "Järjestöavustusten haku on avoinna 9.3.–27.3.2026 klo 12.00 asti. Avustuksiin on varattu 90 000 euroa."
        )


def _casem(number: int, section: int, title: str, decision: str, reasons: str = "", proposal: str = "") -> casem.Item:
    parts = [("Valmistelija", "Esko Esimerkki, järjestökoordinaattori")]
    parts += [("Perustelut", reasons or "Asia selostetaan kokouksessa.")]
    parts += [("Ehdotus", proposal or "Esittelijä ehdottaa, että asia hyväksytään.")]
    parts += [("Päätös", decision)] if decision else []
    return casem.Item(id=number, title=title, section=section, case=f"{number}/2026", parts=parts)


def _dynasty(section: int, title: str, decision: str, account: str = "Asia selostetaan kokouksessa.") -> dynasty.Item:
    parts = [("Valmistelija", "Maija Malli"), ("Selostus", account)]
    parts += [("Päätös", decision)] if decision else []
    return dynasty.Item(title=title, section=section, case=f"{section + 400 + len(title)}/02.05.01/2026", parts=parts)


def _post(number: int, slug: str, title: str, when: dt.datetime, text: str, lang: str = "fi") -> Post:
    return Post(id=number, slug=slug, title=title, at=when, paragraphs=[text], lang=lang)


def _release(number: int, lang: str, when: dt.datetime, title: str, lead: str, body: str) -> Release:
    return Release(id=number, lang=lang, at=when, title=title, lead=lead, body=[body, "Lisätiedot: viestintä"])
