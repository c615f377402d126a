"""The situation report as a whole: what it says of the baseline, of what was read since, and what it never does."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluevahti.model import STATUS_HEADINGS, Evidence, Json, Language, StatusState, StatusValue
from aluevahti.regions import REGION_CODES
from aluevahti.render.report import Situation, report_json, report_view, to_html, to_json, to_markdown
from aluevahti.render.report.view import ReportView, Statement, WindowLine
from report_samples import NOW, SINCE, baseline_statuses, everything, from_baseline_alone

EVERY_LANGUAGE = pytest.mark.parametrize("lang", Language)
UNCONFIRMED = {
    Language.FI: "tammikuun 2023 tieto, ei vahvistettu sen jälkeen",
    Language.SV: "uppgift från januari 2023, inte bekräftad sedan dess",
    Language.EN: "as of January 2023, not confirmed since",
}


def text_of(html: str) -> str:
    return " ".join(lxml.html.fromstring(html).text_content().split())


def facts(view: ReportView, region: str) -> dict[str, Statement]:
    (part,) = [one for one in view.regions if one.code == region]
    return {one.field: one for section in part.sections for one in section.statements}


def windows(view: ReportView, region: str) -> tuple[WindowLine, ...]:
    (part,) = [one for one in view.regions if one.code == region]
    return part.sections[-1].windows


# --- from the baseline alone ---------------------------------------------------------------------


@EVERY_LANGUAGE
def test_the_baseline_alone_gives_the_figures_of_january_2023(lang: Language) -> None:
    view = report_view(from_baseline_alone(), lang)

    assert [figure.number for figure in view.figures] == ["20/21", "15/21", "2/21", "3/21", "0"]
    assert {count.name: (count.now, count.reported) for count in view.counts} == {
        "strategy_approved": ("20", "20"),
        "participation_programme_under_way": ("17", "21"),
        "participation_programme_finished": ("3", "3"),
        "sitra_phase2": ("7", "9"),
        "hyte_body_in_rules": ("6", "7"),
        "ngo_body_in_rules": ("4", "4"),
        "influencing_bodies_named": ("–", "21"),
        "influencing_bodies_minutes_published": ("–", "6"),
        "grant_model_ready": ("15", "15"),
        "grant_model_postponed": ("2", "2"),
        "grant_model_being_finalised": ("3", "3"),
        "partnership_grant_available": ("15", "15"),
        "monetary_grant_types": ("1–3", "1–3"),
    }


@EVERY_LANGUAGE
def test_where_the_report_contradicts_itself_it_is_marked_and_explained(lang: Language) -> None:
    counts = report_view(from_baseline_alone(), lang).counts

    differing = {count.name for count in counts if count.differs}
    assert differing == {"participation_programme_under_way", "sitra_phase2", "hyte_body_in_rules"}
    assert all(count.note for count in counts if count.differs)
    assert "20" in next(count.note for count in counts if count.name == "grant_model_ready")


@EVERY_LANGUAGE
@pytest.mark.parametrize("layout", [to_html, to_markdown])
def test_every_fact_of_the_baseline_says_that_nothing_has_confirmed_it(lang: Language, layout: Any) -> None:
    situation = from_baseline_alone()
    known = [value for fields in situation.statuses.values() for value in fields.values() if value.value is not None]
    extra = sum(
        len(value.value) - 1 for fields in situation.statuses.values() if (value := fields["grant_windows"]).value
    )
    told = layout(report_view(situation, lang))

    html = layout is to_html
    bars = 1 if html else sum(len(f["grant_windows"].value or []) for f in situation.statuses.values())
    assert told.count(UNCONFIRMED[lang]) == len(known) + extra + bars
    assert str(len(known)) in told


def test_a_baseline_value_names_the_page_of_the_report() -> None:
    view = report_view(from_baseline_alone(), Language.FI)

    assert facts(view, "kainuu")["strategy"].reference == "Kainuun hyvinvointialue: Hyte ja osallisuus"
    assert (
        facts(view, "pohjois-karjala")["ngo_body"].reference == "Pohjois-Karjalan hyvinvointialue: Hyte ja osallisuus"
    )
    assert "Kainuun hyvinvointialue: Järjestöavustukset" in text_of(to_html(view))


@EVERY_LANGUAGE
def test_every_region_has_the_three_headings_and_names_what_is_not_known(lang: Language) -> None:
    situation = from_baseline_alone()
    for region in report_view(situation, lang).regions:
        assert [section.key for section in region.sections] == ["hyte", "structures", "grants"]
        for section in region.sections:
            told = {one.field for one in section.statements} | ({"grant_windows"} if section.windows else set())
            assert len(told) + len(section.unknown) == len(STATUS_HEADINGS[section.key]), (region.code, section.key)


def test_facts_read_as_a_finn_would_say_them() -> None:
    view = report_view(from_baseline_alone(), Language.FI)

    assert facts(view, "lappi")["strategy"].lines == ("Luonnos",)
    assert facts(view, "kainuu")["strategy"].lines == (
        "Hyväksytty 21.11.2022 (aluevaltuusto), sisältää palvelustrategian",
    )
    assert facts(view, "kainuu")["service_strategy"].lines == (
        "Sisältyy hyvinvointialuestrategiaan, joka hyväksyttiin 21.11.2022",
    )
    assert facts(view, "etela-karjala")["wellbeing_plan"].lines == ("Aiempi asiakirja voimassa, kausi 2021–2025",)
    assert facts(view, "kymenlaakso")["grant_model"].lines == (
        "Avustusmalli on hyväksytty",
        "6/2022: järjestöyhteistyömalli (aluehallitus)",
    )
    assert facts(view, "pohjanmaa")["grant_model"].lines == ("Avustusmalli on valmisteilla; päätöksiä ei ole tehty",)
    assert facts(view, "varsinais-suomi")["grant_total_eur"].lines == ("2\xa0300\xa0000\xa0€",)
    assert [f"{one.name}: {one.period}" for one in windows(view, "pirkanmaa")] == [
        "Yleisavustus: vuoden 2023 alku (tarkkaa aikaa ei ole kerrottu)",
        "Kumppanuusavustus: 11/2022 (päiviä ei ole kerrottu)",
    ]


def test_facts_read_as_a_swede_and_an_englishman_would_say_them() -> None:
    swedish, english = (report_view(from_baseline_alone(), lang) for lang in (Language.SV, Language.EN))

    assert facts(swedish, "kainuu")["strategy"].lines == (
        "Godkänd 21.11.2022 (välfärdsområdesfullmäktige), innehåller servicestrategin",
    )
    assert facts(english, "kainuu")["strategy"].lines == (
        "Approved 21 November 2022 (county council), includes the service strategy",
    )
    assert facts(english, "kymenlaakso")["grant_model"].lines[1] == (
        "June 2022: model for cooperation with organisations (county board)"
    )
    assert facts(swedish, "helsinki")["grant_model"].lines[1] == (
        "26.9.2022: kriterierna för bidragen 2023 (stadsstyrelsen)"
    )
    assert [one.period for one in windows(swedish, "etela-pohjanmaa")] == [
        "januari 2023–februari 2023 (dagarna har inte angetts)"
    ]


# --- what was read since -------------------------------------------------------------------------


def test_a_fact_that_was_read_shows_its_sentence_its_link_and_its_day() -> None:
    strategy = facts(report_view(everything(), Language.FI), "lappi")["strategy"]

    assert strategy.lines == ("Hyväksytty 23.2.2026 (aluevaltuusto), sisältää palvelustrategian",)
    assert strategy.quote == "Aluevaltuusto päätti hyväksyä strategian *yksimielisesti*."
    assert strategy.link is not None
    assert strategy.link.url == "https://www.lapha.example/valtuusto/23"
    assert strategy.standing == "luettu asiakirjasta, tilanne 23.2.2026"
    assert strategy.reference == ""


def test_entries_that_still_come_from_the_baseline_are_told_as_such_within_a_fact_that_was_read() -> None:
    old, new = facts(report_view(everything(), Language.FI), "kainuu")["grant_model"].lines[1:]

    assert old.endswith("(tammikuun 2023 tieto)")
    assert new == "26.1.2026: järjestöavustusten periaatteet 2026–2029 (aluehallitus)"


def test_confirmed_and_disputed_facts_say_so() -> None:
    view = report_view(everything(), Language.EN)

    assert facts(view, "satakunta")["participation_programme"].standing == "confirmed by a person, as of 20 May 2024"
    assert facts(view, "kymenlaakso")["grant_total_eur"].standing == "disputed – documents of the same day differ"


def test_a_doubtful_value_stands_apart_and_leaves_the_fact_alone() -> None:
    view = report_view(everything(), Language.FI)

    (region,) = [one for one in view.regions if one.code == "pohjanmaa"]
    (doubtful,) = region.to_check
    assert doubtful.lines[0] == "Avustusmalli on hyväksytty"
    assert facts(view, "pohjanmaa")["grant_model"].lines[0].startswith("Avustusmalli on valmisteilla")
    assert region.model == "in_preparation"


def test_windows_are_open_coming_or_over_on_the_day_of_the_report() -> None:
    view = report_view(everything(), Language.FI)
    states = {
        (region, one.name): (one.state, one.tone)
        for region in REGION_CODES
        for one in windows(view, region)
        if one.tone != "baseline"
    }

    assert states == {
        ("kanta-hame", "Järjestöavustukset"): ("open", "read"),
        ("keski-suomi", "Toiminta-avustus"): ("open", "read"),
        ("pohjois-savo", "Järjestöavustukset"): ("closed", "read"),
        ("pirkanmaa", "Yleisavustus"): ("withdrawn", "read"),
        ("pohjanmaa", "Järjestöavustukset"): ("coming", "proposed"),
        ("helsinki", "Hyte-avustus"): ("continuous", "read"),
        ("kainuu", "Kerta-avustus"): ("coming", "read"),
        ("kainuu", "Toiminta-avustus"): ("closed", "read"),
    }
    assert view.figures[-1].number == "3"


def test_a_window_that_was_read_from_the_status_alone_is_shown_until_a_document_tells_of_one() -> None:
    statuses = baseline_statuses()
    told = [{"grant_type": None, "opens": "2026-03-01", "closes": "2026-03-31", "continuous": False}]
    statuses["lappi"]["grant_windows"] = replace(
        statuses["lappi"]["grant_windows"], value=told, state=StatusState.CONFIRMED
    )
    view = report_view(replace(from_baseline_alone(), statuses=statuses, as_of=NOW), Language.FI)

    assert [(one.period, one.state, one.tone) for one in windows(view, "lappi")] == [
        ("haku 1.–31.3.2026", "open", "read")
    ]


# --- what is to be expected ---------------------------------------------------------------------


def expected(view: ReportView, region: str) -> list[tuple[str, str, str]]:
    (part,) = [one for one in view.regions if one.code == region]
    views = [one.view for one in part.sections[-1].expected]
    return [(f"{one.name}: {one.habit}", one.season_text, one.text) for one in views]


def test_a_call_that_used_to_open_now_is_expected_in_words_that_cannot_be_taken_for_an_announcement() -> None:
    told = {lang: report_view(everything(), lang) for lang in Language}

    assert [expected(view, "kainuu")[0][0] for view in told.values()] == [
        "Toiminta-avustus: haku avautui viikoilla 10–11 vuosina 2024 ja 2025",
        "Verksamhetsbidrag: ansökan öppnade vecka 10–11 åren 2024 och 2025",
        "Operating grant (toiminta-avustus): the call opened in weeks 10–11 of 2024 and 2025",
    ]
    assert [expected(view, "lappi")[0][0] for view in told.values()] == [
        "Järjestöavustukset: haku avautui viikolla 4 vuonna 2025",
        "Organisationsbidrag: ansökan öppnade vecka 4 år 2025",
        "NGO grants: the call opened in week 4 of 2025",
    ]
    assert [expected(view, "kainuu")[0][1] for view in told.values()] == ["odotettavissa", "väntas", "expected"]
    assert [expected(view, "lappi")[0][1] for view in told.values()] == ["myöhässä", "försenad", "late"]


def test_an_expectation_says_whether_a_call_would_have_been_seen() -> None:
    situation = everything()
    others = [one for one in situation.sources if one.region != "kainuu"]
    well = replace(situation.sources[0], id="kainuu-news", region="kainuu")
    health = {**situation.health, well.id: situation.health["kanta-hame-news"]}

    read = report_view(replace(situation, sources=[*others, well], health=health), Language.FI)
    unread = report_view(situation, Language.FI)

    assert expected(read, "kainuu")[0][2] == "Uudesta hausta ei ole vielä tietoa."
    assert expected(unread, "kainuu")[0][2].endswith("joten haku on voinut jäädä huomaamatta.")


def test_what_is_expected_is_on_the_timeline_and_counts_for_no_open_call() -> None:
    view = report_view(everything(), Language.FI)
    bars = [(bar.place, bar.period) for bar in view.timeline.bars if bar.kind == "expected"]

    assert bars == [
        ("Kainuu", "Toiminta-avustus: odotettavissa – haku avautui viikoilla 10–11 vuosina 2024 ja 2025"),
        ("Lappi", "Järjestöavustukset: myöhässä – haku avautui viikolla 4 vuonna 2025"),
    ]
    assert ("expected", "aiempien vuosien perusteella odotettavissa") in view.timeline.kinds
    assert view.figures[-1].number == "3"


# --- what changed --------------------------------------------------------------------------------


def test_what_changed_since_a_day_is_marked_with_what_was_before() -> None:
    view = report_view(everything(), Language.FI)

    marks = {(region.code, one.field): one.mark for region in view.changed for one in region.statements}
    assert marks == {
        ("paijat-hame", "strategy"): "confirmed",
        ("lappi", "strategy"): "changed",
        ("lappi", "organs"): "changed",
        ("lappi", "scoring_used"): "new",
    }
    assert facts(view, "lappi")["strategy"].before == "Luonnos"
    told = {(region.code, one.name): one.mark for region in view.changed for one in region.windows}
    assert told == {
        ("kanta-hame", "Järjestöavustukset"): "new",
        ("keski-suomi", "Toiminta-avustus"): "changed",
        ("pohjois-savo", "Järjestöavustukset"): "closed",
        ("pohjanmaa", "Järjestöavustukset"): "new",
    }
    assert view.since == "1.3.2026"


def test_what_changed_earlier_is_not_marked() -> None:
    view = report_view(everything(), Language.FI)

    assert facts(view, "kainuu")["grant_model"].mark == ""
    assert facts(view, "satakunta")["participation_programme"].mark == ""
    earlier = report_view(everything(dt.datetime(2026, 1, 1, tzinfo=SINCE.tzinfo)), Language.FI)
    assert facts(earlier, "kainuu")["grant_model"].mark == "changed"
    assert facts(earlier, "kainuu")["grant_model"].before.startswith("Avustusmalli on hyväksytty")


def test_without_a_day_nothing_is_marked() -> None:
    view = report_view(everything(since=None), Language.FI)

    assert (view.since, view.changed) == ("", ())
    assert 'class="mark' not in to_html(view)


def test_a_day_since_which_nothing_changed_says_so() -> None:
    view = report_view(replace(everything(), since=NOW, changes=()), Language.EN)

    assert "No changes have been noticed since 9 March 2026." in text_of(to_html(view))
    assert "No changes have been noticed since 9 March 2026." in to_markdown(view)


# --- what it rests on ----------------------------------------------------------------------------


def test_the_report_says_what_was_read_and_what_could_not_be() -> None:
    view = report_view(everything(), Language.FI)

    told = text_of(to_html(view))
    assert any("Lappi" in line and "10.2.2026" in line for line in view.coverage)
    assert all(line in told for line in view.coverage)
    assert "kainuu-minutes: robots.txt kieltää automaattisen lukemisen" in told
    assert "kanta-hame-minutes: luetaan luvalla (hallintojohtaja, 3.2.2026)" in told
    assert "pohjanmaa-news: vastaa, mutta asiakirjat puuttuvat" in told
    rows = {row.place: (row.sources, row.last_read) for row in view.sources}
    assert rows["Kanta-Häme"] == ("2", "9.3.2026")
    assert rows["Pohjanmaa"] == ("1", "3.3.2026")
    assert rows["Satakunta"] == ("1", "ei vielä luettu")


def test_without_sources_it_says_that_nothing_is_followed() -> None:
    assert report_view(from_baseline_alone(), Language.EN).coverage == ("No sources are being followed.",)


# --- the pages -----------------------------------------------------------------------------------


@EVERY_LANGUAGE
def test_the_page_needs_nothing_from_outside_and_every_anchor_leads_somewhere(lang: Language) -> None:
    page = lxml.html.fromstring(to_html(report_view(everything(), lang)))

    assert page.get("lang") == lang.value
    assert not page.xpath("//script | //link | //img | //iframe | //@src")
    assert "@import" not in page.xpath("string(//style)")
    assert "url(" not in page.xpath("string(//style)")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    anchors = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert anchors <= set(ids)
    assert set(REGION_CODES) <= anchors


def test_what_pages_wrote_is_never_markup_and_odd_addresses_are_never_links() -> None:
    hostile = '<script>alert("1")</script> [x](javascript:alert(1)) | *b* `c`\n# otsikko'
    statuses = baseline_statuses()
    for field, url in (("strategy", "javascript:alert(1)"), ("grant_model", "https://a.example/?q=<b>")):
        statuses["lappi"][field] = replace(
            statuses["lappi"][field], state=StatusState.AUTO, evidence=Evidence(quote=hostile, url=url)
        )
    statuses["lappi"]["ngo_body"] = StatusValue(
        value={"name": hostile, "status": "exists"},
        state=StatusState.AUTO,
        since=None,
        evidence=Evidence(quote=None, url=None),
    )
    view = report_view(replace(from_baseline_alone(), statuses=statuses), Language.FI)

    page = lxml.html.fromstring(to_html(view))
    assert not page.xpath("//script")
    assert not [href for href in page.xpath("//a/@href") if not href.startswith(("#", "http"))]
    assert hostile.split("\n", maxsplit=1)[0] in page.text_content()
    told = to_markdown(view)
    assert "<script" not in told.replace("\\<script", "")
    assert not re.search(r"(?<!\\)\]\(javascript", told)
    assert "\n# otsikko" not in told


def test_markdown_tables_have_a_cell_for_every_column() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", to_markdown(report_view(everything(), Language.FI)), re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(cells) == 1, block


@EVERY_LANGUAGE
def test_no_text_is_a_hole(lang: Language) -> None:
    for told in (to_html(report_view(everything(), lang)), to_markdown(report_view(everything(), lang))):
        assert not re.search(
            r"\bNone\b|\{\w*\}|report\.\w|Undefined", re.sub(r"<style>.*?</style>", "", told, flags=re.DOTALL)
        )


def test_json_has_every_fact_as_the_status_has_it() -> None:
    situation = everything()
    told = json.loads(to_json(report_view(situation, Language.EN), situation))

    assert told["as_of"] == "2026-03-09T08:30:00+02:00"
    assert told["since"] == "2026-03-01T00:00:00+02:00"
    assert list(told["regions"]) == list(REGION_CODES)
    for code, region in told["regions"].items():
        fields = {name: one for section in region["sections"].values() for name, one in section["fields"].items()}
        expected = {
            name: value.value
            for name, value in situation.statuses[code].items()
            if value.value is not None and name != "grant_windows"
        }
        assert {name: one["value"] for name, one in fields.items()} == expected
    strategy = told["regions"]["lappi"]["sections"]["hyte"]["fields"]["strategy"]
    assert (strategy["state"], strategy["since"], strategy["mark"]) == ("auto", "2026-02-23", "changed")
    assert strategy["evidence"]["url"] == "https://www.lapha.example/valtuusto/23"
    assert told["national"]["strategy_approved"]["computed"] == 21
    assert told["regions"]["pohjanmaa"]["to_check"]["grant_model"]["state"] == "proposed"
    (season,) = told["regions"]["kainuu"]["sections"]["grants"]["expected"]
    assert (season["grant_type"], season["season"], season["weeks"]) == ("toiminta-avustus", "now", [10, 11])
    assert (season["begins"], season["ends"], season["years"]) == ("2026-03-02", "2026-03-15", [2024, 2025])
    assert season["text"].startswith("Operating grant (toiminta-avustus): the call opened in weeks 10–11")
    (window, *_) = told["regions"]["kanta-hame"]["sections"]["grants"]["windows"]
    assert (window["opens"], window["closes_time"], window["state"]) == ("2026-03-02", "12:00", "open")


# --- the same state, the same bytes --------------------------------------------------------------

LAYOUTS = ("html", "md", "json")


def rendered(situation: Situation, lang: Language) -> list[str]:
    view = report_view(situation, lang)
    return [to_html(view), to_markdown(view), to_json(view, situation)]


@EVERY_LANGUAGE
def test_the_same_state_gives_the_same_bytes(lang: Language) -> None:
    assert rendered(everything(), lang) == rendered(everything(), lang)


def test_the_order_in_which_a_state_comes_does_not_matter() -> None:
    situation = everything()
    turned = replace(
        situation,
        statuses={
            code: dict(reversed(list(fields.items()))) for code, fields in reversed(list(situation.statuses.items()))
        },
        health=dict(reversed(list(situation.health.items()))),
    )
    assert rendered(turned, Language.FI) == rendered(situation, Language.FI)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from report_samples import everything; from aluevahti.model import Language;"
        "from aluevahti.render.report import *; s = everything(); v = report_view(s, Language.SV);"
        "print(hashlib.sha256((to_html(v) + to_markdown(v) + to_json(v, s)).encode()).hexdigest())"
    )
    tests = str(Path(__file__).parents[2])
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    }
    assert len(hashes) == 1


# --- anything may stand in a state ---------------------------------------------------------------

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=8)
    | st.sampled_from(["approved", "2023-13", "2022-06"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["status", "decisions", "on", "by", "what", "name", "roles", "opens", "closes", "precision", "period"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(field=st.sampled_from([field for fields in STATUS_HEADINGS.values() for field in fields]), value=json_values)
def test_a_value_of_any_shape_does_not_stop_the_report(field: str, value: Json) -> None:
    only = {
        "lappi": {
            field: StatusValue(value=value, state=StatusState.AUTO, since=None, evidence=Evidence(quote=None, url=None))
        }
    }
    situation = replace(from_baseline_alone(), statuses=only, as_of=NOW)
    view = report_view(situation, Language.FI)
    assert to_html(view)
    assert to_markdown(view)
    assert report_json(view, situation)["regions"]["lappi"]
