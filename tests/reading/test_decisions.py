"""Decisions: who, what, when, and how it ended; proposals and earlier handlings are none."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import Language, Outcome
from aluevahti.reading import read
from aluevahti.reading.decisions import Told, in_minutes, in_news, matter, meeting_in_title
from aluevahti.reading.endings import ending_of
from aluevahti.reading.meetings import find_head
from aluevahti.reading.page import Page


def _minutes(text: str, title: str = "§ 57 Järjestöavustukset", *, formality: bool = False) -> Told | None:
    page = Page(title, f"Aluehallitus, kokous 2.3.2026\n{text}")
    head = find_head(page)
    assert head is not None
    return in_minutes(page, head, formality=formality)


def _outcome(text: str) -> Outcome | None:
    told = _minutes(text)
    assert told is not None
    return told.decision.outcome


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        ("Hyväksyttiin.", Outcome.APPROVED),
        ("Päätösehdotus hyväksyttiin yksimielisesti.", Outcome.APPROVED),
        ("Esittelijän muutettu ehdotus tuli aluehallituksen päätökseksi.", Outcome.APPROVED),
        ("Äänestyksen jälkeen esittelijän ehdotus voitti äänin 6–5.", Outcome.APPROVED),
        ("I enlighet med förslaget.", Outcome.APPROVED),
        (
            "Jäsenen ehdotus asian pöydällepanosta hylättiin äänin 4–9, minkä jälkeen päätösehdotus hyväksyttiin.",
            Outcome.APPROVED,
        ),
        ("Päätös on ehdotuksen mukainen.", Outcome.APPROVED),
        ("Päätösehdotuksen mukaan.", Outcome.APPROVED),
        ("Lautakunta hylkää oikaisuvaatimuksen.", Outcome.REJECTED),
        ("Nämnden avslår begäran om omprövning.", Outcome.REJECTED),
        ("Aluehallitus päätti palauttaa asian uudelleen valmisteltavaksi.", Outcome.RETURNED),
        ("Asia palautettiin valmisteluun.", Outcome.RETURNED),
        ("Asia jätettiin pöydälle.", Outcome.TABLED),
        ("Aluehallitus pani asian pöydälle.", Outcome.TABLED),
        ("Asia siirrettiin seuraavaan kokoukseen.", Outcome.TABLED),
        ("Asia poistettiin esityslistalta.", Outcome.TABLED),
        ("Esittelijä veti asian pois esityslistalta. Asia vedettiin pois esityslistalta.", Outcome.TABLED),
        ("Ärendet ströks från föredragningslistan.", Outcome.TABLED),
        ("Aluehallitus päätti hylätä oikaisuvaatimuksen.", Outcome.REJECTED),
        ("Lautakunta päätti jättää oikaisuvaatimuksen tutkimatta, koska se tehtiin myöhässä.", Outcome.REJECTED),
        ("Nämnden beslutade lämna begäran om omprövning utan prövning.", Outcome.REJECTED),
        ("Ehdotusta ei hyväksytty.", Outcome.REJECTED),
        ("Merkittiin tiedoksi.", Outcome.NOTED),
        ("Aluehallitus 1. merkitsi katsauksen tiedoksi, 2. päätti perustaa työryhmän.", Outcome.NOTED),
        ("Aluehallitus 1. jakoi määrärahan, 2. merkitsi raportin tiedoksi.", Outcome.APPROVED),
        ("Styrelsen beslöt återremittera ärendet.", Outcome.RETURNED),
        ("Ärendet bordlades.", Outcome.TABLED),
        ("Förslaget förkastades.", Outcome.REJECTED),
        ("Ärendet togs bort från föredragningslistan.", Outcome.TABLED),
        ("Behandlingen av ärendet flyttas till följande sammanträde.", Outcome.TABLED),
        ("Beslutet i ärendet skjuts upp.", Outcome.TABLED),
        ("Styrelsen tog del av redogörelsen.", Outcome.NOTED),
        ("Informationen antecknades.", Outcome.NOTED),
        ("Efter omröstning blev föredragandens förslag nämndens beslut.", Outcome.APPROVED),
        ("Förslaget om återremiss hade förkastats, och beslutsförslaget godkändes.", Outcome.APPROVED),
        ("Antecknades för kännedom.", Outcome.NOTED),
        ("Godkändes enligt förslaget.", Outcome.APPROVED),
        ("(tyhjä)", None),
    ],
)
def test_the_text_under_the_heading_tells_how_it_ended(decision: str, outcome: Outcome | None) -> None:
    assert _outcome(f"Päätösehdotus\nAluehallitus hyväksyy.\nPäätös {decision}") is outcome
    assert _outcome(f"Päätösehdotus\nAluehallitus hyväksyy.\nPäätös\n{decision}") is outcome


@pytest.mark.parametrize(
    "text",
    [
        "Päätösehdotus\nAluehallitus hyväksyy avustukset.",
        "Ehdotus\nAluehallitus päättää palauttaa asian.",
        "Perustelut\nAluevaltuusto hyväksyi määrärahan 9.12.2025. Lautakunta myönsi avustukset vuosi sitten.",
    ],
)
def test_a_proposal_and_an_earlier_handling_are_no_decision(text: str) -> None:
    assert _outcome(text) is None


@pytest.mark.parametrize(
    ("proposal", "outcome"),
    [
        ("Aluehallitus päättää palauttaa asian uuteen valmisteluun.", Outcome.RETURNED),
        ("Aluehallitus päättää jättää asian pöydälle.", Outcome.TABLED),
        ("Aluehallitus päättää hyväksyä periaatteet ja palauttaa liitteen valmisteluun.", Outcome.APPROVED),
        ("Styrelsen beslutar att bordlägga ärendet.", Outcome.TABLED),
    ],
)
def test_a_proposal_to_put_off_that_was_adopted_puts_off(proposal: str, outcome: Outcome) -> None:
    swedish = proposal.startswith("Styrelsen")
    adopted = "Beslut\nFörslaget godkändes." if swedish else "Päätös\nPäätösehdotus hyväksyttiin."

    assert _outcome(f"{'Förslag' if swedish else 'Päätösehdotus'}\n{proposal}\n{adopted}") is outcome


def test_what_a_member_asked_for_in_the_debate_is_not_how_it_ended() -> None:
    text = "Päätös\nJäsen Malli esitti, että asia palautetaan. Esitys raukesi. Hyväksyttiin ehdotus äänin 9–4."

    assert _outcome(text) is Outcome.APPROVED


def test_minutes_without_the_heading_tell_their_decision_in_passing() -> None:
    assert _outcome("Aluehallitus hyväksyi ehdotuksen yksimielisesti.") is Outcome.APPROVED


def test_what_the_body_had_decided_before_is_no_decision_in_passing() -> None:
    assert _outcome("Aluehallitus oli jo aiemmin linjannut, että avustuksia jaetaan.") is None


@pytest.mark.parametrize(
    "decision", ["Kaupunginhallitus päätti panna asian pöydälle.", "Stadsstyrelsen beslutade bordlägga ärendet."]
)
def test_a_page_framed_in_another_language_names_the_body_in_its_decision(decision: str) -> None:
    reading = read("Grants for 2026", f"HEL 2026-000001\nCase 5. / 85 §\nHelsinki City Board\nPäätös\n{decision}")

    assert reading.decision is not None
    assert reading.meeting is not None
    assert reading.decision.by == reading.meeting.organ == decision.split(maxsplit=1)[0].lower()


def test_a_finnish_decision_in_a_swedish_frame_is_of_the_body_as_finnish_names_it() -> None:
    page = Page(
        "Avustukset",
        "Ärende 21. / 135 §\nHelsingfors stadsstyrelse\nPäätös\nKaupunginhallitus päätti myöntää avustukset.",
    )
    head = find_head(page)
    assert head is not None

    told = in_minutes(page, head, formality=False)

    assert told is not None
    assert told.meeting is not None
    assert (told.meeting.organ, told.meeting.section) == ("kaupunginhallitus", 135)


def test_a_decision_of_minutes_is_the_meetings_own() -> None:
    told = _minutes("Päätös\nHyväksyttiin.")

    assert told is not None
    assert (told.decision.by, told.decision.decided_on) == ("aluehallitus", dt.date(2026, 3, 2))
    assert told.decision.what == "järjestöavustukset"
    assert told.meeting is not None
    assert told.meeting.section == 57


@pytest.mark.parametrize(
    ("title", "organ", "day"),
    [
        ("Aluevaltuuston kokous 13.3.2023", "aluevaltuusto", dt.date(2023, 3, 13)),
        (
            "Välfärdsområdesfullmäktige sammanträder tisdagen den 4 oktober",
            "välfärdsområdesfullmäktige",
            dt.date(2022, 10, 4),
        ),
        ("Aluevaltuuston varapuheenjohtaja täytti 60 vuotta 13.3.2023", None, None),
        ("Uuden aseman avajaiset 13.3.2023", None, None),
    ],
)
def test_a_title_that_names_a_meeting_tells_its_day(title: str, organ: str | None, day: dt.date | None) -> None:
    meeting = meeting_in_title(
        Page(title, "Tiedote."), dt.date(2023, 3, 10) if day and day.year == 2023 else dt.date(2022, 9, 28)
    )

    assert (meeting and meeting.organ, meeting and meeting.held_on) == (organ, day)


def test_what_a_claim_is_about_is_no_head_of_minutes() -> None:
    reading = read(
        "Oikaisuvaatimus lautakunnan päätökseen 24.10.2025 § 220",
        "Päätös\nLautakunta päätti hylätä vaatimuksen.\nPerustelut\nEi aihetta.",
    )

    assert reading.meeting is None or reading.meeting.held_on is None


def test_a_formality_without_a_decision_is_no_decision() -> None:
    assert _minutes("Merkittiin, että kokouksessa kuultiin katsaus.", "§ 39 Muut asiat", formality=True) is None


def _news(text: str, published: str = "2025-09-10", title: str = "Uutinen") -> Told | None:
    return in_news(Page(title, text), Language.FI, dt.date.fromisoformat(published))


@pytest.mark.parametrize(
    ("text", "by", "day", "outcome"),
    [
        (
            "Keski-Suomen aluevaltuusto teki 9.9. pitämässään kokouksessa päätöksen strategiasta.",
            "aluevaltuusto", "2025-09-09", Outcome.APPROVED,
        ),
        (
            "Pohteen hyvinvoinnin lautakunta oli koolla 8.9.2025. Lisäksi lautakunta hyväksyi avustusperiaatteet.",
            "hyvinvoinnin lautakunta", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Aluehallitus siirsi maanantaina 8.9.2025 avustuksia koskevan asian seuraavaan kokoukseensa.",
            "aluehallitus", "2025-09-08", Outcome.TABLED,
        ),
        ("Aluehallitus myönsi maanantaina avustuksia 300 000 euroa.", "aluehallitus", "2025-09-08", Outcome.APPROVED),
        ("Aluehallitus tarkensi tiistain kokouksessaan avustusohjetta.", "aluehallitus", "2025-09-09", Outcome.APPROVED),
        ("Lautakunta jakoi tiistaisessa kokouksessaan avustuksia.", "lautakunta", "2025-09-09", Outcome.APPROVED),
        ("Aluehallitus jakoi eilisessä kokouksessaan avustuksia.", "aluehallitus", "2025-09-09", Outcome.APPROVED),
        ("Aluehallitus myönsi keskiviikkona avustuksia 300 000 euroa.", "aluehallitus", "2025-09-10", Outcome.APPROVED),
        (
            "Aluehallitus on vahvistanut avustusperusteet. Perusteet aluehallituksen päätöksen 1.9.2025 mukaisesti ovat nämä.",
            "aluehallitus", "2025-09-01", Outcome.APPROVED,
        ),
        ("Aluehallitus teki päätöksen 8.9.2025 avustuksista.", "aluehallitus", "2025-09-08", Outcome.APPROVED),
        (
            "Lautakunta linjasi avustusperiaatteista. Periaatteet vahvistettiin lautakunnassa 8.9.2025.",
            "lautakunta", "2025-09-08", Outcome.APPROVED,
        ),
        ("Aluehallitus kumosi johtajan päätöksen 24.8.2025 § 220.", "aluehallitus", None, Outcome.REJECTED),
        (
            "Palvelustrategia sai aluevaltuuston hyväksynnän 9.9.2025.",
            "aluevaltuusto", "2025-09-09", Outcome.APPROVED,
        ),
        (
            "Aluehallitus on päättänyt perustaa järjestöneuvottelukunnan. Päätös syntyi 8.9.2025.",
            "aluehallitus", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Lautakunta jakoi järjestöavustukset: haku oli auki 1.8.–31.8.2025.",
            "lautakunta", None, Outcome.APPROVED,
        ),
        (
            "Aluehallitus myönsi avustukset. Selvitys on annettava 8.9.2025 mennessä.",
            "aluehallitus", None, Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesfullmäktige antog vid sitt möte den 9 september 2025 programmet för delaktighet.",
            "välfärdsområdesfullmäktige", "2025-09-09", Outcome.APPROVED,
        ),
        (
            "Framtids- och utvecklingsnämnden slog den 28 augusti 2025 fast vilka principer som gäller.",
            "framtids- och utvecklingsnämnden", "2025-08-28", Outcome.APPROVED,
        ),
        ("Hyvinvoinnin lautakunta myönsi eilen avustukset.", "hyvinvoinnin lautakunta", "2025-09-09", Outcome.APPROVED),
        (
            "Aluehallitus myönsi avustukset. Päätöksen teki aluehallitus, ja se julkaistiin eilen.",
            "aluehallitus", None, Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesstyrelsen beviljade bidragen, och beslutet publicerades i går.",
            "välfärdsområdesstyrelsen", None, Outcome.APPROVED,
        ),
        ("Aluehallitus hyväksyi tänään osallisuusohjelman.", "aluehallitus", "2025-09-10", Outcome.APPROVED),
        (
            "Välfärdsområdesstyrelsen ställde sig den 8 september bakom principerna för bidrag.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesstyrelsen gick den 8 september in för nya principer för bidrag.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesstyrelsen röstade den 8 september ner förslaget till principer för bidrag.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.REJECTED,
        ),
        (
            "Välfärdsområdesstyrelsen sköt den 8 september upp beslutet om principerna för bidrag.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.TABLED,
        ),
        (
            "Välfärdsområdesstyrelsen lämnade den 8 september principerna för bidrag på bordet.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.TABLED,
        ),
        (
            "Välfärdsområdesstyrelsen returnerade den 8 september principerna för bidrag till beredningen.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.RETURNED,
        ),
        (
            "Välfärdsområdesstyrelsen har den 8 september bekräftat principerna för bidrag.",
            "välfärdsområdesstyrelsen", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesfullmäktige samlades på måndagen i Vasa. Fullmäktige godkände välfärdsplanen.",
            "välfärdsområdesfullmäktige", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Sektionen för främjande av hälsa delade 3.9.2025 ut årets bidrag till föreningarna.",
            "sektionen för främjande av hälsa",
            "2025-09-03",
            Outcome.APPROVED,
        ),
        (
            ("Eloisan aluevaltuusto käsitteli hyvinvointisuunnitelmaa 8.9.2025. Suunnitelma sai valtuuston hyväksynnän. "
            "Talousarvion valtuusto oli vahvistanut jo 24.8."),
            "aluevaltuusto", "2025-09-08", Outcome.APPROVED,
        ),
        (
            "Välfärdsområdesfullmäktige samlades den 8 september. Programmet för delaktighet gick igenom utan omröstning.",
            "välfärdsområdesfullmäktige", "2025-09-08", Outcome.APPROVED,
        ),
    ],
)  # fmt: skip
def test_news_tell_who_decided_and_when(text: str, by: str, day: str | None, outcome: Outcome) -> None:
    told = _news(text)

    assert told is not None
    assert told.decision.by == by
    assert told.decision.decided_on == (dt.date.fromisoformat(day) if day else None)
    assert told.decision.outcome is outcome
    assert (told.meeting is None) is (day is None)


@pytest.mark.parametrize(
    "text",
    [
        "Aluehallitus päättää avustuksista lokakuussa.",
        "Aluevaltuusto hyväksyi ensimmäisen strategian 14.6.2022.",
        "Hakemukset käsitellään lautakunnan kokouksessa 20.9.2025.",
        "Jäsen ehdotti, että aluehallitus hylkäisi hakemukset.",
        "Yhdistys päätti hakea avustusta.",
    ],
)
def test_what_is_to_come_or_long_ago_is_no_news(text: str) -> None:
    assert _news(text) is None


def test_an_undated_news_item_places_its_day_by_the_dates_it_tells() -> None:
    page = Page("Haku auki marraskuussa 2022", "Aluehallitus hyväksyi 5.10. kokouksessaan periaatteet.")
    told = in_news(page, Language.FI, None)

    assert told is not None
    assert told.decision.decided_on == dt.date(2022, 10, 5)


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Hallitus päätti ensi vuoden avustuksista",
            "Aluehallitus päätti kokouksessaan 8. joulukuuta ensi vuoden yleisavustuksista. Vuodelle 2024 myönnettiin 90 000 euroa. Kuulutus julkaistiin 2.12.2022.",
            dt.date(2023, 12, 8),
        ),
        (
            "Styrelsen beslutade om nästa års bidrag",
            "Välfärdsområdesstyrelsen beslutade den 8 december om nästa års bidrag. För år 2024 beviljades 90 000 euro. Kungörelsen är daterad 2.12.2022.",
            dt.date(2023, 12, 8),
        ),
        (
            "Hallitus päätti avustuksista",
            "Aluehallitus päätti kokouksessaan 8. joulukuuta avustuksista. Haku päättyi 30.4.2022.",
            None,
        ),
    ],
)  # fmt: skip
def test_an_undated_news_items_day_is_of_the_year_before_the_grants_or_of_none(
    title: str, text: str, day: dt.date | None
) -> None:
    told = in_news(Page(title, text), Language.FI if "päätti" in title else Language.SV, None)

    assert told is not None
    assert told.decision.decided_on == day


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Perusturvalautakunta, päätöstiedote nro 12", "Kokousaika: 8.9.2025 klo 16.15\nPerusturvalautakunta päätti palauttaa asian valmisteluun."),
        ("Beslutsmeddelande nr 12", "Mötestid: 8.9.2025 kl. 16.15\nVälfärdsområdesstyrelsen beslutade att återremittera ärendet."),
    ],
)  # fmt: skip
def test_a_list_of_decisions_takes_its_day_from_the_time_of_its_meeting(title: str, text: str) -> None:
    told = in_news(Page(title, text), Language.FI, None)

    assert told is not None
    assert told.decision.decided_on == dt.date(2025, 9, 8)


def test_a_list_of_decisions_takes_its_day_from_its_title() -> None:
    told = _news("Aluehallitus hyväksyi avustusperiaatteet.", title="Päätöskooste aluehallituksen kokouksesta 8.9.2025")

    assert told is not None
    assert told.decision.decided_on == dt.date(2025, 9, 8)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("§ 252 Pirkanmaan järjestöavustusmalli", "Pirkanmaan järjestöavustusmalli"),
        ("58 Avustukset järjestöille vuodelle 2013 – asia jäi pöydälle", "avustukset järjestöille vuodelle 2013"),
        ("Aluehallitus 21.11.2022 § 290 Myöntämisperusteet", "myöntämisperusteet"),
        ("HYTE-avustukset", "HYTE-avustukset"),
        ("§ 4", None),
    ],
)
def test_a_title_names_its_matter(title: str, name: str | None) -> None:
    assert matter(title) == name


@pytest.mark.parametrize(
    "text",
    [
        "Määrärahaa ei ole vielä lyöty lukkoon, sillä aluevaltuusto käsittelee talousarviota tänään.",
        "Aluehallitus ei ole vielä hyväksynyt periaatteita.",
        "Välfärdsområdesstyrelsen har inte ännu godkänt principerna.",
    ],
)
def test_what_is_not_decided_yet_is_no_decision(text: str) -> None:
    assert _news(text) is None


def test_an_infinitive_outside_a_decision_ends_nothing() -> None:
    (sentence,) = Page("Avustus voidaan palauttaa", "").sentences

    assert ending_of(sentence) is None
    assert ending_of(sentence, deciding=True) is not None


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("Kainuun aluehallituksen kokoustiedote 14.4.2026", "aluehallitus"),
        ("Aluevaltuuston päätöstiedote 14.4.2026 pidetystä kokouksesta", "aluevaltuusto"),
        ("Välfärdsområdesstyrelsens beslutsmeddelande 14.4.2026", "välfärdsområdesstyrelsen"),
    ],
)
def test_a_title_that_announces_a_meetings_decisions_tells_their_day(title: str, organ: str) -> None:
    reading = read(title, "Sairaalan pysäköinti kallistuu. Parkeringen vid sjukhuset blir dyrare.")

    assert reading.decision is not None
    assert reading.meeting is not None
    assert (reading.decision.by, reading.decision.decided_on) == (organ, dt.date(2026, 4, 14))
    assert (reading.meeting.organ, reading.meeting.held_on) == (organ, dt.date(2026, 4, 14))
    assert reading.decision.outcome is None


def test_a_title_that_names_a_meeting_and_no_decisions_tells_none() -> None:
    reading = read("Kainuun aluehallituksen kokous 14.4.2026", "Sairaalan pysäköinti on listalla.")

    assert reading.meeting is not None
    assert reading.decision is None


def test_decisions_that_a_text_rests_on_are_not_its_own() -> None:
    reading = read(
        "Avustuksen käyttötarkoituksen muutos",
        "Hyvinvointilautakunta on 4.4.2022 § 143 hyväksynyt avustusten yleisohjeen. Lautakunta päätti avustuslinjauksista "
        "19.4.2023 § 77. Yhdistys pyytää saada käyttää avustuksen toiseen tarkoitukseen.",
    )

    assert reading.decision is None
    assert reading.meeting is None


def test_one_decision_told_with_its_number_is_the_news() -> None:
    decision = read(
        "Avustushaku avataan", "Aluehallitus päätti avata avustushaun kokouksessaan 19.4.2026 § 77."
    ).decision

    assert decision is not None
    assert decision.decided_on == dt.date(2026, 4, 19)


@pytest.mark.parametrize(
    "text",
    [
        "Hyvinvointilautakunta tulee avustamaan yhdistyksiä. Avustusta saa käyttää vain tarkoitukseen, johon se on myönnetty.",
        "Aluehallitus avustaa yhdistyksiä. Avustus maksetaan, kun aluevaltuusto on hyväksynyt talousarvion.",
        "Hyvinvointilautakunta tukee järjestöjä. Myönnetty avustus on käytettävä saman vuoden aikana.",
        "Kunnanhallitus avustaa yhdistyksiä. Avustuksia haetaan keväällä, siten kuin kuulutuksessa on tarkemmin päätetty.",
        "Välfärdsområdesstyrelsen stöder föreningar. Det beviljade bidraget får användas för hyror.",
        "Fritidsnämnden stöder föreningar. Understödet återkrävs, om det har beviljats på fel grunder.",
        "Tutustu hakuohjeisiin\n(hyväksytty Hyvinvointilautakunta 22.1.2026 § 4)\nAvustushaku päättyy 10.4.2026.",
    ],
)
def test_what_is_so_for_any_grant_is_no_decision(text: str) -> None:
    reading = read("Avustukset yhdistyksille", text)

    assert reading.decision is None
    assert reading.meeting is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hyvinvointilautakunta myönsi avustukset yhdistyksille, kun se kokoontui 22.1.2026.", "2026-01-22"),
        ("Kun aluevaltuusto oli hyväksynyt talousarvion, aluehallitus myönsi avustukset 22.1.2026.", "2026-01-22"),
        (
            "Välfärdsområdesstyrelsen beviljade bidragen den 22 januari 2026, sedan den hade hört föreningarna.",
            "2026-01-22",
        ),
    ],
)
def test_a_decision_beside_such_a_clause_is_one(text: str, day: str) -> None:
    decision = read("Avustukset yhdistyksille", text).decision

    assert decision is not None
    assert str(decision.decided_on) == day


@pytest.mark.parametrize(
    ("title", "text", "by"),
    [
        (
            "Välfärdsområdesstyrelsens beslut den 25 maj",
            "Styrelsen inrättade ett partnerskapsbord.",
            "välfärdsområdesstyrelsen",
        ),
        ("Aluehallituksen päätökset 25. toukokuuta", "Aluehallitus perusti kumppanuuspöydän.", "aluehallitus"),
    ],
)
def test_a_decision_told_without_its_day_has_that_of_the_meeting_in_the_title(title: str, text: str, by: str) -> None:
    reading = read(title, text, region="pohjanmaa", published_on=dt.date(2026, 5, 27))

    assert reading.decision is not None
    assert (reading.decision.by, reading.decision.decided_on) == (by, dt.date(2026, 5, 25))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Päätöskooste aluehallituksen kokouksesta 4.2.2025",
            "Päätöskooste aluehallituksen kokouksesta 4.2.2025\n6.2.2025\nOsallisuusohjelma\nAluehallitus hyväksyi osallisuusohjelman.\nSeuraava kokous on 25.2.2025.",
        ),
        (
            "Aluehallitus: osallisuusohjelma etenee aluevaltuustoon",
            "Kainuun hyvinvointialueen aluehallitus käsitteli tiistaina 4. helmikuuta osallisuusohjelmaa. Aluehallitus päätti esittää ohjelmaa aluevaltuustolle, joka kokoontuu 24. helmikuuta.",
        ),
        (
            "Välfärdsområdesstyrelsen: delaktighetsprogrammet går vidare",
            "Välfärdsområdesstyrelsen behandlade delaktighetsprogrammet tisdagen den 4 februari. Välfärdsområdesstyrelsen beslutade föreslå programmet för fullmäktige, som sammanträder den 24 februari.",
        ),
    ],
)
def test_the_day_of_a_decision_is_that_of_the_meeting_and_not_of_the_page_or_the_next_one(
    title: str, text: str
) -> None:
    lang = Language.SV if "delaktighets" in text else Language.FI
    told = in_news(Page(title, text), lang, dt.date(2025, 2, 6))

    assert told is not None
    assert told.decision.decided_on == dt.date(2025, 2, 4)


def test_an_earlier_handling_by_the_same_body_is_no_day_of_its_decision() -> None:
    text = "Aluehallitus käsitteli osallisuusohjelmaa ensimmäisen kerran 7.1.2025. Aluehallitus päätti nyt hyväksyä ohjelman."
    told = in_news(Page("Osallisuusohjelma hyväksyttiin", text), Language.FI, dt.date(2025, 2, 6))

    assert told is not None
    assert told.decision.decided_on is None


@pytest.mark.parametrize("decided", ["Hyväksyi ehdotuksen.", "Päätösehdotuksen mukaan.", "Ehdotus hyväksyttiin."])
def test_who_adopts_a_proposal_to_refuse_refuses(decided: str) -> None:
    assert _outcome(f"Ehdotus\nAluehallitus hylkää oikaisuvaatimuksen.\nPäätös\n{decided}") is Outcome.REJECTED


def test_who_adopts_a_proposal_to_grant_some_and_refuse_others_grants() -> None:
    proposed = "Aluehallitus myöntää avustukset liitteen mukaisesti. Aluehallitus hylkää muut hakemukset."

    assert _outcome(f"Ehdotus\n{proposed}\nPäätös\nEhdotus hyväksyttiin.") is Outcome.APPROVED


def test_the_list_of_a_meetings_items_tells_of_no_decision() -> None:
    items = "57 § Kokouksen laillisuus\n58 § Järjestöavustukset\n59 § Talouskatsaus\n60 § Muut asiat"

    assert _minutes(f"Käsiteltävät asiat\n{items}", title="Aluehallitus, kokouskutsu 4/2026") is None


def test_a_title_may_tell_where_a_matter_is_handled() -> None:
    meeting = meeting_in_title(Page("Aluevaltuustossa 3.3.2026 palvelustrategia", "Valtuusto kokoontuu."), None)

    assert meeting is not None
    assert (meeting.organ, meeting.held_on) == ("aluevaltuusto", dt.date(2026, 3, 3))
    assert meeting_in_title(Page("Aluevaltuuston strategia 3.3.2026", "Strategia on voimassa."), None) is None
