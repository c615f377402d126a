"""The 22 regions: 21 wellbeing services counties and the City of Helsinki. Names only, nothing that matches them.

The official names are those of section 7 of the Act on Organising Regions (616/2021); the brand names
are the ones the regions themselves use on their sites and in their minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region.

    Attributes:
        code: the slug that sources.yaml, the database and the status use.
        name_fi: the official Finnish name in the nominative; likewise `name_sv`, `name_en`.
        place_fi: the name without the kind of authority, for headings and the map; likewise `_sv`, `_en`.
        short_names: brand and everyday names, nominative.
        genitives: how the names stand before another noun ("Oma Hämeen", "VAKEn", "Österbottens").
        languages: the languages that the region publishes its documents in, the main one first.
        row: the tile's row on a grid map of Finland, counted from 0 in the north.
        column: the tile's column, counted from 0 in the west.
    """

    code: str
    name_fi: str
    name_sv: str
    name_en: str
    place_fi: str
    place_sv: str
    place_en: str
    short_names: tuple[str, ...]
    genitives: tuple[str, ...]
    languages: tuple[str, ...]
    row: int
    column: int

    def place(self, lang: str) -> str:
        """The short name in `lang` ("fi", "sv" or "en"); Finnish for any other language."""
        return {"sv": self.place_sv, "en": self.place_en}.get(lang, self.place_fi)

    def name(self, lang: str) -> str:
        """The official name in `lang` ("fi", "sv" or "en"); Finnish for any other language."""
        return {"sv": self.name_sv, "en": self.name_en}.get(lang, self.name_fi)


REGIONS: tuple[Region, ...] = (
    Region(
        code="ita-uusimaa",
        name_fi="Itä-Uudenmaan hyvinvointialue",
        name_sv="Östra Nylands välfärdsområde",
        name_en="Wellbeing services county of East Uusimaa",
        place_fi="Itä-Uusimaa",
        place_sv="Östra Nyland",
        place_en="East Uusimaa",
        short_names=("IUHVA",),
        genitives=("Itä-Uudenmaan", "Östra Nylands"),
        languages=("fi", "sv"),
        row=5,
        column=3,
    ),
    Region(
        code="keski-uusimaa",
        name_fi="Keski-Uudenmaan hyvinvointialue",
        name_sv="Mellersta Nylands välfärdsområde",
        name_en="Wellbeing services county of Central Uusimaa",
        place_fi="Keski-Uusimaa",
        place_sv="Mellersta Nyland",
        place_en="Central Uusimaa",
        short_names=("Keusote", "Keuhva"),
        genitives=("Keski-Uudenmaan", "Keusoten", "Mellersta Nylands"),
        languages=("fi",),
        row=5,
        column=2,
    ),
    Region(
        code="lansi-uusimaa",
        name_fi="Länsi-Uudenmaan hyvinvointialue",
        name_sv="Västra Nylands välfärdsområde",
        name_en="Wellbeing services county of West Uusimaa",
        place_fi="Länsi-Uusimaa",
        place_sv="Västra Nyland",
        place_en="West Uusimaa",
        short_names=("LUVN", "Luvn", "Luhva"),
        genitives=("Länsi-Uudenmaan", "Luvnin", "LUVN:n", "Västra Nylands"),
        languages=("fi", "sv"),
        row=6,
        column=1,
    ),
    Region(
        code="vantaa-kerava",
        name_fi="Vantaan ja Keravan hyvinvointialue",
        name_sv="Vanda och Kervo välfärdsområde",
        name_en="Wellbeing services county of Vantaa and Kerava",
        place_fi="Vantaa ja Kerava",
        place_sv="Vanda och Kervo",
        place_en="Vantaa and Kerava",
        short_names=("VAKE", "Vake", "Vantaa-Kerava", "Vakehyva"),
        genitives=("Vantaan ja Keravan", "VAKEn", "VAKE:n", "Vaken", "Vanda och Kervos"),
        languages=("fi", "sv"),
        row=6,
        column=2,
    ),
    Region(
        code="varsinais-suomi",
        name_fi="Varsinais-Suomen hyvinvointialue",
        name_sv="Egentliga Finlands välfärdsområde",
        name_en="Wellbeing services county of Southwest Finland",
        place_fi="Varsinais-Suomi",
        place_sv="Egentliga Finland",
        place_en="Southwest Finland",
        short_names=("Varha",),
        genitives=("Varsinais-Suomen", "Varhan", "Varhas", "Egentliga Finlands"),
        languages=("fi", "sv"),
        row=5,
        column=0,
    ),
    Region(
        code="satakunta",
        name_fi="Satakunnan hyvinvointialue",
        name_sv="Satakunta välfärdsområde",
        name_en="Wellbeing services county of Satakunta",
        place_fi="Satakunta",
        place_sv="Satakunta",
        place_en="Satakunta",
        short_names=("Sata", "Satahyvä"),
        genitives=("Satakunnan", "Satan"),
        languages=("fi",),
        row=4,
        column=0,
    ),
    Region(
        code="kanta-hame",
        name_fi="Kanta-Hämeen hyvinvointialue",
        name_sv="Egentliga Tavastlands välfärdsområde",
        name_en="Wellbeing services county of Kanta-Häme",
        place_fi="Kanta-Häme",
        place_sv="Egentliga Tavastland",
        place_en="Kanta-Häme",
        short_names=("Oma Häme",),
        genitives=("Kanta-Hämeen", "Oma Hämeen", "Egentliga Tavastlands"),
        languages=("fi",),
        row=5,
        column=1,
    ),
    Region(
        code="pirkanmaa",
        name_fi="Pirkanmaan hyvinvointialue",
        name_sv="Birkalands välfärdsområde",
        name_en="Wellbeing services county of Pirkanmaa",
        place_fi="Pirkanmaa",
        place_sv="Birkaland",
        place_en="Pirkanmaa",
        short_names=("Pirha",),
        genitives=("Pirkanmaan", "Pirhan", "Birkalands"),
        languages=("fi",),
        row=4,
        column=1,
    ),
    Region(
        code="paijat-hame",
        name_fi="Päijät-Hämeen hyvinvointialue",
        name_sv="Päijänne-Tavastlands välfärdsområde",
        name_en="Wellbeing services county of Päijät-Häme",
        place_fi="Päijät-Häme",
        place_sv="Päijänne-Tavastland",
        place_en="Päijät-Häme",
        short_names=("Paijatha", "Päijät-Sote"),
        genitives=("Päijät-Hämeen", "Paijathan", "Päijät-Soten", "Päijänne-Tavastlands"),
        languages=("fi",),
        row=4,
        column=2,
    ),
    Region(
        code="kymenlaakso",
        name_fi="Kymenlaakson hyvinvointialue",
        name_sv="Kymmenedalens välfärdsområde",
        name_en="Wellbeing services county of Kymenlaakso",
        place_fi="Kymenlaakso",
        place_sv="Kymmenedalen",
        place_en="Kymenlaakso",
        short_names=("Kymenhva",),
        genitives=("Kymenlaakson", "Kymenhvan", "Kymmenedalens"),
        languages=("fi", "sv"),
        row=4,
        column=3,
    ),
    Region(
        code="etela-karjala",
        name_fi="Etelä-Karjalan hyvinvointialue",
        name_sv="Södra Karelens välfärdsområde",
        name_en="Wellbeing services county of South Karelia",
        place_fi="Etelä-Karjala",
        place_sv="Södra Karelen",
        place_en="South Karelia",
        short_names=("Ekhva", "EKHVA"),
        genitives=("Etelä-Karjalan", "Ekhvan", "Ekhva:n", "EKHVA:n", "Södra Karelens"),
        languages=("fi",),
        row=3,
        column=4,
    ),
    Region(
        code="etela-savo",
        name_fi="Etelä-Savon hyvinvointialue",
        name_sv="Södra Savolax välfärdsområde",
        name_en="Wellbeing services county of South Savo",
        place_fi="Etelä-Savo",
        place_sv="Södra Savolax",
        place_en="South Savo",
        short_names=("Eloisa",),
        genitives=("Etelä-Savon", "Eloisan"),
        languages=("fi",),
        row=3,
        column=3,
    ),
    Region(
        code="pohjois-savo",
        name_fi="Pohjois-Savon hyvinvointialue",
        name_sv="Norra Savolax välfärdsområde",
        name_en="Wellbeing services county of North Savo",
        place_fi="Pohjois-Savo",
        place_sv="Norra Savolax",
        place_en="North Savo",
        short_names=("PSHVA", "Pshva"),
        genitives=("Pohjois-Savon", "PSHVA:n"),
        languages=("fi",),
        row=2,
        column=3,
    ),
    Region(
        code="pohjois-karjala",
        name_fi="Pohjois-Karjalan hyvinvointialue",
        name_sv="Norra Karelens välfärdsområde",
        name_en="Wellbeing services county of North Karelia",
        place_fi="Pohjois-Karjala",
        place_sv="Norra Karelen",
        place_en="North Karelia",
        short_names=("Siun sote",),
        genitives=("Pohjois-Karjalan", "Siun soten", "Norra Karelens"),
        languages=("fi",),
        row=2,
        column=4,
    ),
    Region(
        code="keski-suomi",
        name_fi="Keski-Suomen hyvinvointialue",
        name_sv="Mellersta Finlands välfärdsområde",
        name_en="Wellbeing services county of Central Finland",
        place_fi="Keski-Suomi",
        place_sv="Mellersta Finland",
        place_en="Central Finland",
        short_names=("Hyvaks",),
        genitives=("Keski-Suomen", "Hyvaksin", "Mellersta Finlands"),
        languages=("fi",),
        row=3,
        column=2,
    ),
    Region(
        code="etela-pohjanmaa",
        name_fi="Etelä-Pohjanmaan hyvinvointialue",
        name_sv="Södra Österbottens välfärdsområde",
        name_en="Wellbeing services county of South Ostrobothnia",
        place_fi="Etelä-Pohjanmaa",
        place_sv="Södra Österbotten",
        place_en="South Ostrobothnia",
        short_names=("Hyvaep",),
        genitives=("Etelä-Pohjanmaan", "Hyvaepin", "Södra Österbottens"),
        languages=("fi",),
        row=3,
        column=1,
    ),
    Region(
        code="pohjanmaa",
        name_fi="Pohjanmaan hyvinvointialue",
        name_sv="Österbottens välfärdsområde",
        name_en="Wellbeing services county of Ostrobothnia",
        place_fi="Pohjanmaa",
        place_sv="Österbotten",
        place_en="Ostrobothnia",
        short_names=("ÖVPH", "OVPH"),
        genitives=("Pohjanmaan", "Österbottens", "ÖVPH:s"),
        languages=("sv", "fi"),
        row=2,
        column=1,
    ),
    Region(
        code="keski-pohjanmaa",
        name_fi="Keski-Pohjanmaan hyvinvointialue",
        name_sv="Mellersta Österbottens välfärdsområde",
        name_en="Wellbeing services county of Central Ostrobothnia",
        place_fi="Keski-Pohjanmaa",
        place_sv="Mellersta Österbotten",
        place_en="Central Ostrobothnia",
        short_names=("Soite",),
        genitives=("Keski-Pohjanmaan", "Soiten", "Soites", "Mellersta Österbottens"),
        languages=("fi", "sv"),
        row=2,
        column=2,
    ),
    Region(
        code="pohjois-pohjanmaa",
        name_fi="Pohjois-Pohjanmaan hyvinvointialue",
        name_sv="Norra Österbottens välfärdsområde",
        name_en="Wellbeing services county of North Ostrobothnia",
        place_fi="Pohjois-Pohjanmaa",
        place_sv="Norra Österbotten",
        place_en="North Ostrobothnia",
        short_names=("Pohde",),
        genitives=("Pohjois-Pohjanmaan", "Pohteen", "Norra Österbottens"),
        languages=("fi",),
        row=1,
        column=2,
    ),
    Region(
        code="kainuu",
        name_fi="Kainuun hyvinvointialue",
        name_sv="Kajanalands välfärdsområde",
        name_en="Wellbeing services county of Kainuu",
        place_fi="Kainuu",
        place_sv="Kajanaland",
        place_en="Kainuu",
        short_names=("Kainuun sote",),
        genitives=("Kainuun", "Kainuun soten", "Kajanalands"),
        languages=("fi",),
        row=1,
        column=3,
    ),
    Region(
        code="lappi",
        name_fi="Lapin hyvinvointialue",
        name_sv="Lapplands välfärdsområde",
        name_en="Wellbeing services county of Lapland",
        place_fi="Lappi",
        place_sv="Lappland",
        place_en="Lapland",
        short_names=("Lapha",),
        genitives=("Lapin", "Laphan", "Lapplands"),
        languages=("fi",),
        row=0,
        column=2,
    ),
    Region(
        code="helsinki",
        name_fi="Helsingin kaupunki",
        name_sv="Helsingfors stad",
        name_en="City of Helsinki",
        place_fi="Helsinki",
        place_sv="Helsingfors",
        place_en="Helsinki",
        short_names=(),
        genitives=("Helsingin", "Helsingfors stads"),
        languages=("fi", "sv"),
        row=7,
        column=2,
    ),
)
"""All regions, in the order in which they are listed to readers (official numbering, Helsinki last)."""

REGION_CODES: tuple[str, ...] = tuple(region.code for region in REGIONS)
"""The slugs, in the same order."""

_BY_CODE: Mapping[str, Region] = MappingProxyType({region.code: region for region in REGIONS})


def by_code(code: str) -> Region:
    """The region with this slug.

    Raises:
        KeyError: `code` is not one of REGION_CODES.
    """
    return _BY_CODE[code]
