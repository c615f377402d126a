"""A step in a meeting's life, in words: what an item was and what was decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aluevahti.model import Change, ChangeKind, Decision, Form, KnownDocument, Language, Outcome, Phase
from aluevahti.render.catalogue import catalogue
from aluevahti.render.entries import _where, entry_view
from aluevahti.render.scene import Background, Scene
from aluevahti.render.steps import handling_text, step_text
from aluevahti.rules.digest import select
from factories import a_document, a_reading, known
from readers import change, reader
from render_samples import HELSINKI, NOW

TODAY = dt.date(2026, 3, 24)
FI, SV, EN = Language.FI, Language.SV, Language.EN
KNOWN: dict[str, Any] = {}
UNKNOWN: dict[str, Any] = {"section": None, "meeting_on": None}


def side(phase: Phase | None) -> dict[str, Any]:
    return {"phase": None if phase is None else phase.value, "title": "Avustukset"}


def told(before: Phase | None, after: Phase, number: int = 1, **fields: Any) -> Change:
    """A change of § 12 of a meeting of 9 March; without `before` the document is new."""
    kind = ChangeKind.DOCUMENT_NEW if before is None else ChangeKind.DOCUMENT_REVISED
    given = {"document": 7, "section": 12, "meeting_on": dt.date(2026, 3, 9), "organ": "Aluehallitus"}
    first = None if before is None else side(before)
    return change(number, kind, before=first, after=side(after), **{**given, **fields})


def item(outcome: Outcome | None = None, form: Form = Form.ITEM) -> KnownDocument:
    decision = Decision(what="Avustukset", by="aluehallitus", decided_on=dt.date(2026, 3, 9), outcome=outcome)
    return known(a_document("7", form=form), 7, reading=a_reading(decision=decision))


def said(*history: Change, about: KnownDocument | None = None, lang: Language = FI) -> str:
    return step_text(history, about or item(), catalogue(lang), TODAY)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (FI, "§ 12 oli 9.3. esityslistalla, nyt päätetty: hyväksytty"),
        (SV, "§ 12 stod på föredragningslistan 9.3, nu beslutat: godkänt"),
        (EN, "§ 12 was on the agenda of 9 March, now decided: approved"),
    ],
)
def test_an_item_that_was_decided_says_what_it_was_and_what_was_decided(lang: Language, sentence: str) -> None:
    assert said(told(Phase.AGENDA, Phase.MINUTES), about=item(Outcome.APPROVED), lang=lang) == sentence


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("lang", list(Language))
def test_every_outcome_has_its_word_in_every_language(outcome: Outcome, lang: Language) -> None:
    assert said(told(Phase.AGENDA, Phase.MINUTES), about=item(outcome), lang=lang).endswith(
        catalogue(lang)(f"outcome.{outcome.value}")
    )


@pytest.mark.parametrize("before", [None, *Phase])
@pytest.mark.parametrize("after", list(Phase))
@pytest.mark.parametrize("lang", list(Language))
def test_no_step_has_a_hole(before: Phase | None, after: Phase, lang: Language) -> None:
    for about in (item(), item(Outcome.TABLED), item(form=Form.MEETING)):
        for fields in (KNOWN, UNKNOWN):
            sentence = said(told(before, after, **fields), about=about, lang=lang)

            assert "{" not in sentence
            assert "  " not in sentence
            assert sentence == sentence.strip()


@pytest.mark.parametrize(
    ("before", "after", "outcome", "sentence"),
    [
        (Phase.AGENDA, Phase.MINUTES, None, "§ 12 oli 9.3. esityslistalla, nyt: pöytäkirja"),
        (
            Phase.AGENDA,
            Phase.MINUTES_UNREVIEWED,
            Outcome.RETURNED,
            "§ 12 oli 9.3. esityslistalla, nyt päätetty: palautettu valmisteluun (tarkastamaton pöytäkirja)",
        ),
        (
            Phase.CALLED,
            Phase.DECISION_ANNOUNCEMENT,
            Outcome.APPROVED,
            "§ 12 oli 9.3. esityslistalla, nyt päätetty: hyväksytty (päätöstiedote)",
        ),
        (
            Phase.MINUTES_UNREVIEWED,
            Phase.MINUTES,
            Outcome.APPROVED,
            "Pöytäkirja on nyt tarkastettu. Päätös: hyväksytty.",
        ),
        (Phase.DECISION_ANNOUNCEMENT, Phase.MINUTES, None, "Pöytäkirja on julkaistu."),
        (Phase.MINUTES, Phase.MINUTES, Outcome.REJECTED, "Julkaistua pöytäkirjaa on muutettu. Päätös: hylätty."),
        (Phase.AGENDA, Phase.AGENDA, None, "Esityslistan kohtaa on muutettu."),
        (Phase.AGENDA, Phase.CANCELLED, None, "Asia 12 oli 9.3. esityslistalla, kokous on peruttu"),
        (None, Phase.AGENDA, None, "Asia 12 on esityslistalla 9.3."),
        (None, Phase.MINUTES, Outcome.NOTED, "Päätetty 9.3.: merkitty tiedoksi"),
        (None, Phase.MINUTES, None, ""),
    ],
)
def test_the_steps_of_an_item(before: Phase | None, after: Phase, outcome: Outcome | None, sentence: str) -> None:
    assert said(told(before, after), about=item(outcome)) == sentence


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (Phase.AGENDA, Phase.AGENDA, "Esityslistaa on muutettu tai täydennetty."),
        (Phase.MINUTES, Phase.MINUTES, "Julkaistua pöytäkirjaa on muutettu."),
        (Phase.AGENDA, Phase.CANCELLED, "Kokous 9.3. on peruttu"),
        (Phase.AGENDA, Phase.MINUTES, ""),
        (None, Phase.AGENDA, ""),
    ],
)
def test_the_steps_of_a_meeting(before: Phase | None, after: Phase, sentence: str) -> None:
    assert said(told(before, after, section=None), about=item(form=Form.MEETING)) == sentence


def test_a_proposal_on_an_agenda_is_no_outcome() -> None:
    assert said(told(None, Phase.AGENDA), about=item(Outcome.APPROVED)) == "Asia 12 on esityslistalla 9.3."


def test_two_steps_in_one_digest_are_told_from_the_first_to_the_last() -> None:
    history = (told(Phase.AGENDA, Phase.MINUTES_UNREVIEWED, 1), told(Phase.MINUTES_UNREVIEWED, Phase.MINUTES, 2))

    assert said(*history, about=item(Outcome.APPROVED)) == "§ 12 oli 9.3. esityslistalla, nyt päätetty: hyväksytty"


def test_an_item_of_another_year_is_told_with_its_year() -> None:
    one = told(Phase.AGENDA, Phase.MINUTES, meeting_on=dt.date(2025, 12, 15))

    assert said(one) == "§ 12 oli 15.12.2025 esityslistalla, nyt: pöytäkirja"


def test_a_document_without_phases_has_no_step() -> None:
    assert said(change(1), about=item(form=Form.NEWS)) == ""
    assert said(change(1, ChangeKind.WINDOW_OPENED, after={})) == ""


# --- other handlings of one matter ---------------------------------------------------------------


def handled(phase: Phase | None, outcome: Outcome | None = None, **fields: Any) -> str:
    given = {"organ": "Hyvinvointilautakunta", "meeting_on": dt.date(2026, 2, 12), "section": 4, "phase": phase}
    document = a_document("4", **{"form": Form.ITEM, "title": "Periaatteet", **given, **fields})
    decision = Decision(what=None, by=None, decided_on=None, outcome=outcome)
    return handling_text(known(document, reading=a_reading(decision=decision)), catalogue(FI), TODAY)


def test_another_handling_says_where_when_and_how_it_ended() -> None:
    assert handled(Phase.MINUTES, Outcome.RETURNED) == "Hyvinvointilautakunta 12.2. § 4: palautettu valmisteluun"


def test_a_handling_without_an_outcome_says_only_what_is_known() -> None:
    assert handled(Phase.MINUTES) == "Hyvinvointilautakunta 12.2. § 4"
    assert handled(Phase.AGENDA, Outcome.APPROVED) == "Hyvinvointilautakunta 12.2. asia 4 (esityslista)"
    assert handled(None, organ=None, section=None) == "Periaatteet 12.2."


def test_a_mail_links_the_latest_handlings_of_the_matter() -> None:
    others = [
        known(a_document(str(n), organ="Lautakunta", meeting_on=dt.date(2026, 1, n), section=n, form=Form.ITEM), n)
        for n in range(1, 10)
    ]
    one = told(Phase.AGENDA, Phase.MINUTES)
    (entry,) = select(reader(), [one])
    scene = Scene(catalogue(FI), NOW, HELSINKI, Background(matters={7: others}))

    view = entry_view(entry, scene)

    assert [each.text for each in view.matter] == [f"Lautakunta {n}.1. § {n}" for n in range(4, 10)]
    assert {each.link.url for each in view.matter if each.link} == {f"https://a.fi/{n}" for n in range(4, 10)}


# --- removals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "published", "days", "sentence"),
    [
        (Form.NOTICE, dt.date(2026, 3, 2), 3, "Poistettu ennen kuin nähtävilläoloaika päättyi."),
        (Form.NOTICE, dt.date(2026, 3, 2), 14, "Poistettu nähtävilläoloajan päätyttyä."),
        (Form.NOTICE, None, 14, ""),
        (Form.NEWS, dt.date(2026, 3, 2), 3, ""),
    ],
)
def test_a_removal_says_whether_the_notice_had_its_time(
    form: Form, published: dt.date | None, days: int, sentence: str
) -> None:
    document = a_document("7", form=form, published_on=published)
    gone = known(document, 7, removed_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC) + dt.timedelta(days=days))
    (entry,) = select(reader(), [change(1, ChangeKind.DOCUMENT_REMOVED, document=7, before=side(None), after=None)])

    view = entry_view(entry, Scene(catalogue(FI), NOW, HELSINKI, Background(documents={7: gone})))

    assert view.step == sentence


@pytest.mark.parametrize(
    ("lang", "on_agenda", "decided"),
    [
        (FI, "Aluehallitus · Kokous 9.3.2026 · asia 2", "Aluehallitus · Kokous 9.3.2026 · 141 §"),
        (SV, "Aluehallitus · Möte 9.3.2026 · ärende 2", "Aluehallitus · Möte 9.3.2026 · § 141"),
        (EN, "Aluehallitus · Meeting of 9 March 2026 · item 2", "Aluehallitus · Meeting of 9 March 2026 · § 141"),
    ],
)
def test_an_agendas_number_is_no_section_and_gives_way_to_that_of_the_minutes(
    lang: Language, on_agenda: str, decided: str
) -> None:
    new = told(None, Phase.AGENDA, section=2)
    revised = told(Phase.AGENDA, Phase.MINUTES, section=141)

    assert _where([new], catalogue(lang)) == on_agenda
    assert _where([new, revised], catalogue(lang)) == decided
