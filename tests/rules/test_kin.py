"""What is found among all documents of a region is found among those that its index gives."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from aluevahti.model import Document, Form, KnownDocument, Language, Phase, Reading
from aluevahti.rules.kin import Kin
from aluevahti.rules.twins import find_twin
from factories import a_document, a_reading, a_window, day, known

TEXTS = ("Avustuksia haetaan 1.3.–31.3.2026, 850 000 euroa.", "Understöd söks 1–31.3.2026, 850 000 euro.")
DAYS = (day("2026-03-01"), day("2026-03-03"), day("2026-03-06"), None, dt.date.min, dt.date.max)

documents = st.builds(
    lambda address, title, form, published_on, meeting_on, organ, phase, text: a_document(
        f"{address}-{title}",
        url=f"https://a.fi/{address}",
        title=title,
        form=form,
        published_on=published_on,
        meeting_on=meeting_on,
        organ=organ,
        phase=phase,
        text=text,
    ),
    st.integers(1, 60),
    st.sampled_from(["Avustukset", "Understöd", "Kokous"]),
    st.sampled_from([Form.NEWS] * 6 + list(Form)),
    st.sampled_from(DAYS),
    st.sampled_from([None, day("2026-03-02")]),
    st.sampled_from([None, "Aluehallitus"]),
    st.sampled_from([None, Phase.AGENDA, Phase.MINUTES]),
    st.sampled_from([*TEXTS, None]),
)
readings = st.builds(
    lambda lang, windows: a_reading(lang=lang, windows=windows),
    st.sampled_from([Language.FI, Language.SV]),
    st.sampled_from([(), (a_window("2026-03-01", "2026-03-31"),)]),
)
sources = st.sampled_from(["a", "b"])


@settings(max_examples=300)
@given(st.lists(st.tuples(documents, readings | st.none(), sources), min_size=3, max_size=12), documents, readings)
def test_the_twin_among_all_is_the_twin_among_the_kin(
    region: list[tuple[Document, Reading | None, str]], document: Document, reading: Reading | None
) -> None:
    everybody = [
        known(one, row, source=source, reading=understood)
        for row, (one, understood, source) in enumerate(region, start=1)
    ]
    kin = Kin()
    for each in everybody:
        kin.add(each)

    def twin(among: list[KnownDocument]) -> KnownDocument | None:
        return find_twin(document, reading, among, lambda row: everybody[row - 1].document.text, source="b")

    assert twin(everybody) == twin([everybody[row - 1] for row in kin.of(document)])


def test_a_family_is_a_document_and_those_that_repeat_it() -> None:
    kin = Kin()
    for row, twin_of in ((1, None), (2, 1), (3, 1), (4, 9)):
        kin.add(known(a_document(str(row)), row, twin_of=twin_of))

    assert kin.family(1) == [1, 2, 3]
    assert kin.family(2) == [2]
    assert kin.family(9) == [4]


def test_an_index_gives_few_of_many() -> None:
    kin = Kin()
    for row in range(1, 1001):
        kin.add(known(a_document(str(row), published_on=day("2026-01-01") + dt.timedelta(days=row)), row))

    assert kin.of(a_document("7", form=Form.PAGE)) == [7]
    assert len(kin.of(a_document("x", published_on=day("2026-05-01"), text="Uutinen."))) == 61
