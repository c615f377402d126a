"""The sentence by which a reader of a digest sees what a document is about."""

from __future__ import annotations

import datetime as dt

import pytest

from aluevahti.model import Form
from aluevahti.reading import read

MATTER = """Aluehallitus, kokous 9.3.2026
§ 2 Osallisuusohjelman 2026–2029 hyväksyminen
XYZDno-2025-4417
Valmistelija
Esko Esimerkki, osallisuuspäällikkö
Perustelut
Ohjelmaa on valmisteltu yhdessä vaikuttamistoimielinten ja 41 järjestön kanssa.
"""
PROPOSED = "Aluehallitus päättää hyväksyä liitteen mukaisen osallisuusohjelman vuosille 2026–2029."


@pytest.mark.parametrize(
    "proposal",
    [
        f"Ehdotus\nEsittelijä - Maija Malli, hyvinvointialuejohtaja\n{PROPOSED}",
        f"Ehdotus\nEsittelijä Maija Malli, hyvinvointialueen johtaja\n{PROPOSED}",
        f"Päätösehdotus\nEsittelijä\nMaija Malli, hyvinvointialuejohtaja\n{PROPOSED}",
        f"Ehdotus\n{PROPOSED}\nEsittelijä - Maija Malli, hyvinvointialuejohtaja",
    ],
)
def test_a_proposal_is_quoted_and_not_who_made_it(proposal: str) -> None:
    reading = read(
        "Osallisuusohjelman 2026–2029 hyväksyminen",
        MATTER + proposal,
        region="pirkanmaa",
        organ="Aluehallitus",
        meeting_on=dt.date(2026, 3, 9),
        section=2,
        form=Form.ITEM,
    )

    assert reading.quote == PROPOSED
