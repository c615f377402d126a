"""A day on which everything happens: what the golden digests and the screenshots show."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from aluevahti.model import (
    Change,
    ChangeKind,
    Coverage,
    Decision,
    Document,
    Evidence,
    Form,
    Language,
    Outcome,
    Phase,
    Rhythm,
    Subscriber,
    Theme,
)
from aluevahti.regions import REGION_CODES
from aluevahti.render.digest import digest_view
from aluevahti.render.links import Links
from aluevahti.render.scene import Background
from aluevahti.render.view import DigestView
from aluevahti.rules.digest import select
from factories import a_reading, known
from readers import change, reader, window

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = dt.datetime(2026, 3, 24, 5, 30, tzinfo=dt.UTC)  # a Tuesday, 7:30 in Helsinki
LINKS = Links("https://seuranta.example.org")
CONTACT = "seuranta@example.org"


def told(number: int, kind: ChangeKind, region: str, title: str, url: str, quote: str | None, **given: Any) -> Change:
    """A change with its quote, noticed in the morning."""
    document = given.pop("document", number)
    values: dict[str, Any] = {
        "region": region,
        "title": title,
        "url": url,
        "document": document,
        "detected_at": NOW - dt.timedelta(minutes=10 * (60 - number)),
        "evidence": Evidence(quote=quote, url=url, document=document),
    }
    return change(number, kind, **(values | given))


def status(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "value": value}


CALL = "https://omahame.fi/uutiset/jarjestoavustusten-haku-2026"
EXTENDED = "https://www.pirha.fi/w/jarjestoavustusten-hakuaikaa-jatketaan"
MINUTES = "https://ephyva.cloudnc.fi/fi-FI/Toimielimet/Aluehallitus/Kokous_1632026/Jarjestoavustusten_periaatteet"
KIND = ChangeKind

CHANGES: tuple[Change, ...] = (
    told(
        1,
        KIND.DOCUMENT_NEW,
        "kanta-hame",
        "Järjestöavustusten haku vuodelle 2026 on auki",
        CALL,
        None,
    ),
    told(
        2,
        KIND.WINDOW_OPENED,
        "kanta-hame",
        "Järjestöavustusten haku vuodelle 2026 on auki",
        CALL,
        "Toiminta-avustuksia voi hakea 2.–31.3.2026 klo 12.00 saakka sähköisessä asioinnissa.",
        document=1,
        window=11,
        after=window("2026-03-31", time="12:00"),
    ),
    told(
        3,
        KIND.WINDOW_OPENED,
        "kanta-hame",
        "Järjestöavustusten haku vuodelle 2026 on auki",
        CALL,
        "Kumppanuusavustusten haku on auki 30.4.2026 asti.",
        document=1,
        window=12,
        after=window("2026-04-30", opens="2026-03-02", grant_type="kumppanuusavustus"),
    ),
    told(
        4,
        KIND.WINDOW_CLOSING,
        "lappi",
        "Lapin hyvinvointialueen järjestöavustukset",
        "https://lapha.fi/jarjestoavustukset",
        "Hakemukset on jätettävä viimeistään 24.3.2026 klo 16.00.",
        window=13,
        after=window("2026-03-24", opens="2026-02-16", time="16:00", grant_type=None),
    ),
    told(
        5,
        KIND.WINDOW_CHANGED,
        "pirkanmaa",
        "Järjestöavustusten hakuaikaa jatketaan",
        EXTENDED,
        "Hakuaikaa jatketaan kahdella viikolla 14.4.2026 klo 15.45 saakka.",
        window=14,
        before=window("2026-03-31", time="15:45"),
        after=window("2026-04-14", time="15:45"),
    ),
    told(
        6,
        KIND.DOCUMENT_REVISED,
        "etela-pohjanmaa",
        "Järjestöavustusten periaatteet ja avustusmalli",
        MINUTES,
        None,
        organ="Aluehallitus",
        meeting_on=dt.date(2026, 3, 16),
        section=41,
        before={"phase": "agenda", "title": "Järjestöavustusten periaatteet"},
        after={"phase": "minutes", "title": "Järjestöavustusten periaatteet ja avustusmalli"},
    ),
    told(
        7,
        KIND.STATUS_CHANGED,
        "etela-pohjanmaa",
        "Järjestöavustusten periaatteet ja avustusmalli",
        MINUTES,
        "Aluehallitus päätti hyväksyä järjestöavustusten periaatteet liitteen mukaisesti.",
        document=6,
        organ="Aluehallitus",
        meeting_on=dt.date(2026, 3, 16),
        section=41,
        before=status("grant_model", {"status": "in_preparation"}),
        after=status(
            "grant_model",
            {
                "status": "approved",
                "decisions": [{"what": "Järjestöavustusten periaatteet", "by": "aluehallitus", "on": "2026-03-16"}],
            },
        ),
    ),
    told(
        8,
        KIND.STATUS_PROPOSED,
        "pohjanmaa",
        "Delaktighetsprogrammet 2026–2029, utkast",
        "https://osterbottensvalfard.fi/beslut/delaktighetsprogram",
        "Välfärdsområdesstyrelsen föreslår att programmet godkänns.",
        organ="Välfärdsområdesstyrelsen",
        meeting_on=dt.date(2026, 3, 23),
        section=12,
        themes=(Theme.PARTICIPATION,),
        before=status("participation_programme", {"status": "in_preparation", "target": "2023-spring"}),
        after=status("participation_programme", {"status": "approved", "approved_on": "2026-03-23"}),
        sure=False,
    ),
    told(
        9,
        KIND.WINDOW_OPENED,
        "kainuu",
        "Talousarvio 2026: järjestöjen tuki",
        "https://kainuu.example/talousarvio",
        "Haku järjestettäneen 1.–30.4.2026, mikäli määräraha hyväksytään.",
        window=15,
        after=window("2026-04-30", opens="2026-04-01", grant_type="hankeavustus"),
        sure=False,
    ),
    told(
        10,
        KIND.DOCUMENT_REVISED,
        "helsinki",
        "Avustukset sosiaali-, terveys- ja pelastustoimialalla",
        "https://www.hel.fi/fi/avustukset",
        None,
        themes=(Theme.GRANTS, Theme.PARTICIPATION),
    ),
    told(
        11,
        KIND.WINDOW_OPENED,
        "varsinais-suomi",
        "Kohtaamispaikkojen kerta-avustukset",
        "https://varha.fi/kerta-avustukset",
        "Kerta-avustuksia voi hakea ympäri vuoden.",
        window=16,
        after=window(None, opens=None, grant_type="kerta-avustus", continuous=True),
    ),
    told(
        12,
        KIND.WINDOW_OPENED,
        "satakunta",
        "Kumppanuussopimusten haku avautuu huhtikuussa",
        "https://satakunnanhyvinvointialue.fi/kumppanuus",
        "Haku on auki 7.4.–8.5.2026.",
        window=17,
        after=window("2026-05-08", opens="2026-04-07", grant_type="kumppanuussopimus"),
    ),
    told(
        13,
        KIND.WINDOW_CHANGED,
        "kymenlaakso",
        "Hankeavustusten haku perutaan",
        "https://kymenhva.fi/peruttu",
        "Hankeavustusten haku perutaan määrärahojen puuttuessa.",
        window=18,
        before=window("2026-04-30", grant_type="hankeavustus"),
        after=None,
    ),
    told(
        14,
        KIND.WINDOW_CLOSED,
        "kainuu",
        "Yleisavustukset 2026",
        "https://kainuu.example/yleisavustukset",
        None,
        window=19,
        before=window("2026-03-23", opens="2026-03-01", grant_type="yleisavustus"),
        after=None,
    ),
    told(
        15,
        KIND.DOCUMENT_NEW,
        "keski-suomi",
        'Järjestöjen <script>alert("x")</script> neuvottelukunta \u202ekokoontuu\u202c\x07',
        "javascript:alert(1)",
        'Kokouksessa käsitellään "yhteistyön muotoja" & muuta <b>tärkeää</b>.',
        themes=(Theme.STRUCTURES,),
    ),
    told(16, KIND.DOCUMENT_REMOVED, "pohjois-savo", "Kuulutus 12/2026", "https://pshyvinvointialue.fi/kuulutus", None),
)

BACKGROUND = Background(
    revisions={
        10: (
            "Avustukset\nAvustuksia voi hakea helmikuussa. Liitteeksi tarvitaan toimintasuunnitelma.\nKysy neuvonnasta.",
            "Avustukset\nAvustuksia voi hakea huhtikuussa. Liitteeksi tarvitaan toimintasuunnitelma ja budjetti.\nKysy neuvonnasta.\nArkisin 9–15.",
        )
    },
    proofs={14: (EXTENDED, "https://pirha.cloudnc.fi/fi-FI/Toimielimet/Aluehallitus/Kokous_1632026/Haku", CALL)},
    baseline=frozenset({7}),
    documents={
        6: known(
            Document(
                key="6",
                url=MINUTES,
                title="Järjestöavustusten periaatteet ja avustusmalli",
                form=Form.ITEM,
                phase=Phase.MINUTES,
            ),
            6,
            reading=a_reading(
                decision=Decision(
                    what="Järjestöavustusten periaatteet",
                    by="aluehallitus",
                    decided_on=dt.date(2026, 3, 16),
                    outcome=Outcome.APPROVED,
                )
            ),
        )
    },
    matters={
        6: (
            known(
                Document(
                    key="5",
                    url="https://ephyva.cloudnc.fi/fi-FI/Toimielimet/Hyvinvointilautakunta/Kokous_1222026/Periaatteet",
                    title="Järjestöavustusten periaatteet",
                    form=Form.ITEM,
                    phase=Phase.MINUTES,
                    organ="Hyvinvointilautakunta",
                    meeting_on=dt.date(2026, 2, 12),
                    section=4,
                ),
                5,
                reading=a_reading(
                    decision=Decision(what=None, by=None, decided_on=None, outcome=Outcome.RETURNED),
                ),
            ),
        )
    },
)

COVERAGE = Coverage(
    read=tuple(code for code in REGION_CODES if code not in {"lappi", "kainuu", "pohjois-savo", "etela-savo"}),
    partly=("kainuu",),
    unread_since={
        "kainuu": dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC),
        "lappi": dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC),
    },
    forbidden=("pohjois-savo",),
    unwatched=("etela-savo",),
)


def subscriber(lang: Language, **wishes: Any) -> Subscriber:
    """A daily reader in one language."""
    return reader(lang=lang, token="u7Hq2LwXr0mVb9sKd3PzTg", **wishes)


def everything(lang: Language, **given: Any) -> DigestView:
    """The whole day for a reader of everything."""
    one = subscriber(lang)
    return digest_view(
        one,
        select(one, CHANGES),
        now=NOW,
        zone=HELSINKI,
        coverage=COVERAGE,
        links=LINKS,
        contact=CONTACT,
        background=BACKGROUND,
        **given,
    )


def grants_only(lang: Language) -> DigestView:
    """A weekly reader of grants in three regions, whose last digest was left out."""
    one = subscriber(
        lang,
        rhythm=Rhythm.WEEKLY,
        regions=("kanta-hame", "pirkanmaa", "lappi"),
        themes=(Theme.GRANTS,),
        words=("avustus", "järjestö"),
    )
    return digest_view(
        one,
        select(one, CHANGES),
        now=NOW,
        zone=HELSINKI,
        coverage=COVERAGE,
        links=LINKS,
        contact=CONTACT,
        background=BACKGROUND,
        late_since=dt.date(2026, 3, 9),
        most=2,
    )
