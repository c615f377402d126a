"""What the pages show: the nearest deadline first, every value with what it rests on, nothing of the readers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from structlog.testing import capture_logs

import websample
from aluevahti.model import ChangeKind, KnownWindow, Language, Subscriber, SubscriptionState, Window
from aluevahti.regions import REGION_CODES, REGIONS, by_code
from aluevahti.storage import Store
from outcomes import NOW as EARLIER
from outcomes import change, delivery, outcome

PAGES = ("/", "/changes?all=1", "/subscribe", "/nothing-here", *(f"/regions/{code}" for code in REGION_CODES))
TOKENS = ("/unsubscribe/u7Hq2LwXr0mVb9sKd3PzTg", "/confirm/u7Hq2LwXr0mVb9sKd3PzTg")


def page(site: Any, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(site.get(path).text)


def texts(root: lxml.html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in root.cssselect(selector)]


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("path", [*PAGES, *TOKENS])
def test_every_page_is_whole_in_every_language(site: Any, path: str, lang: Language) -> None:
    answer = site.get(path, **{"Accept-Language": lang.value})

    root = lxml.html.fromstring(answer.text)
    assert answer.status_code == (404 if path == "/nothing-here" else 200)
    assert answer.headers["content-language"] == root.get("lang") == lang.value
    assert len(root.cssselect("h1")) == 1
    assert root.cssselect("title")[0].text_content().endswith("– Aluevahti")
    assert not root.cssselect("script, iframe, img, style, [style], [onclick]")
    assert answer.text.rstrip().endswith("</html>")


def test_links_lead_to_pages_of_the_web_or_our_own_and_ours_exist(site: Any) -> None:
    own = set()
    for path in PAGES:
        root = page(site, path)
        for href in root.xpath("//@href"):
            parts = urlsplit(href)
            assert parts.scheme in {"", "http", "https", "mailto"}, href
            if href.startswith("#"):
                assert root.cssselect(href)
            elif parts.scheme == "" and parts.path != "/nothing-here":
                own.add(href)

    assert len(own) > len(PAGES)
    assert {href: site.get(href).status_code for href in own} == dict.fromkeys(own, 200)


def test_what_can_be_applied_for_stands_first_with_the_nearest_deadline_on_top(site: Any) -> None:
    root = page(site, "/")

    heads = texts(root, ".call h3")
    assert heads == [
        "Lappi · Järjestöavustukset",
        "Kanta-Häme · Toiminta-avustus",
        "Kanta-Häme · Kumppanuusavustus",
        "Satakunta · Kumppanuussopimus",
        "Varsinais-Suomi · Kerta-avustus",
        "Kainuu · Hankeavustus",
    ]
    assert texts(root, ".call .badge") == ["viimeinen päivä", "7 päivää jäljellä", "37 päivää jäljellä"]
    assert texts(root, ".shelf") == ["Tulossa", "Ilman päättymispäivää", "Tarkistettavat"]
    assert "Hankeavustusten haku perutaan" not in " ".join(texts(root, ".calls"))


def test_a_doubtful_reading_is_never_shown_as_a_fact(site: Any) -> None:
    (doubtful,) = [one for one in page(site, "/").cssselect(".call") if "Hankeavustus" in one.text_content()]

    assert "Ehkä: haku 1.–30.4.2026" in doubtful.text_content()
    assert doubtful.cssselect(".pill.check")
    assert not doubtful.cssselect(".badge")


def test_the_map_has_every_region_in_its_own_place_and_says_how_it_is_followed(site: Any) -> None:
    root = page(site, "/")

    tiles = {tile.get("href").rpartition("/")[2]: tile for tile in root.cssselect(".tile")}
    places = [item.get("class") for item in root.cssselect(".map li")]
    said = {code: " ".join(tile.cssselect(".said")[0].text_content().split()) for code, tile in tiles.items()}
    assert set(tiles) == set(REGION_CODES)
    assert len(set(places)) == len(REGIONS)
    assert said["pirkanmaa"] == "luettu"
    assert said[websample.PARTLY] == "osittain luettu"
    assert said[websample.FAILING] == "ei luettu 4.3.2026 jälkeen"
    assert said[websample.NEVER] == "ei vielä luettu"
    assert said[websample.FORBIDDEN] == "lukeminen kielletty"
    assert said[websample.UNWATCHED] == "ei seurannassa"
    assert texts(tiles["kanta-hame"], ".count") == ["2 hakua auki"]


def test_silence_is_never_ambiguous(fresh: Any) -> None:
    root = page(fresh, "/")

    words = " ".join(texts(root, "main"))
    assert "Yhtään avointa tai tulevaa hakua ei ole tiedossa. Kaikkia alueita ei kuitenkaan ole luettu." in words
    assert "0/22 aluetta luettu." in words
    assert "Mitään ei ole vielä muuttunut." in words


def test_a_baseline_value_says_so_and_a_later_one_shows_its_proof_and_what_stood_before(site: Any) -> None:
    root = page(site, f"/regions/{websample.DECIDED}")

    fields = {field.cssselect("dt")[0].text_content(): field for field in root.cssselect(".field")}
    strategy, model = fields["Strategia"], fields["Avustusmalli"]
    assert texts(strategy, ".basis") == ["tammikuun 2023 tieto, ei vahvistettu sen jälkeen"]
    assert "Tammikuun 2023 raportti" in strategy.text_content()
    decision = "16.3.2026: Järjestöavustusten periaatteet (aluevaltuusto)"
    assert texts(model, ".value li") == ["Avustusmalli on hyväksytty", decision]
    assert texts(model, ".basis")[0] == "luettu asiakirjasta · alkaen 16.3.2026"
    assert texts(model, "blockquote")[0] == "”Aluevaltuusto hyväksyi järjestöavustusten periaatteet.”"
    assert model.cssselect("details a")[0].get("href") == f"https://{websample.DECIDED}.example/1"
    (before,) = texts(model, ".history li")
    assert "20.3.2026 asti" in before
    assert "tammikuun 2023 tieto" in before
    assert "valmisteilla" in before


def test_the_baselines_own_words_are_told_in_the_readers_language(site: Any) -> None:
    (model,) = [
        field
        for field in page(site, "/regions/etela-karjala?lang=sv").cssselect(".field")
        if field.cssselect("dt")[0].text_content() == "Bidragsmodell"
    ]

    assert texts(model, ".value li")[1] == "29.11.2022: bidragsmodellen (osallisuus- ja demokratiajohtokunta)"


def test_every_field_of_the_status_is_shown_known_or_not(site: Any) -> None:
    for code in REGION_CODES:
        root = page(site, f"/regions/{code}")

        assert len(root.cssselect(".field")) == 15
        for field in root.cssselect(".field"):
            unknown = "ei tietoa" in field.cssselect(".value")[0].text_content()
            assert unknown or field.cssselect(".basis")


def test_a_proposal_is_shown_as_waiting_beside_the_value_that_stands(site: Any) -> None:
    root = page(site, "/regions/pohjanmaa")

    assert texts(root, ".field .note") == ["Tarkistettavana: hyväksytty"]


def test_a_region_shows_its_documents_and_how_its_sources_do(site: Any) -> None:
    root = page(site, "/regions/kainuu")

    assert texts(root, ".document") == ["Talousarvio 2026: järjestöjen tuki", "Yleisavustukset 2026 haettavana"]
    good, bad = texts(root, ".sources li")
    assert good.endswith("luettu viimeksi 24.3.2026 klo 8.40")
    assert bad.endswith("ei saada luettua; luettu viimeksi 4.3.2026 klo 9.00")
    assert "Luetaan luvalla: hallintojohtaja" in " ".join(texts(page(site, "/regions/pirkanmaa"), ".sources"))


def test_a_region_shows_the_calls_that_are_over_apart(site: Any) -> None:
    root = page(site, "/regions/kymenlaakso")

    assert texts(root, "details .call .period") == ["Ennen: haku 20.3.–20.4.2026. Haku on peruttu"]
    assert texts(page(site, "/regions/kainuu"), "details .call .badge") == ["päättynyt"]


def test_a_region_shows_the_calls_that_used_to_open_now_apart_from_those_that_are_known(fresh: Any) -> None:
    last_year = Window(grant_type="toiminta-avustus", opens=dt.date(2025, 3, 24), closes=dt.date(2025, 4, 17))
    window = KnownWindow(region="lappi", window=last_year, source=None, url=None, title="", closed_told=True)
    fresh.store.record_poll(outcome("lappi-news", region="lappi", windows=(window,)))

    root = page(fresh, "/regions/lappi")

    (told,) = texts(root, ".expected .call")
    assert told.startswith("Toiminta-avustus odotettavissa Haku avautui viikolla 13 vuonna 2025. Uudesta hausta ei")
    assert told.endswith("Alueen kaikkia lähteitä ei ole luettu, joten haku on voinut jäädä huomaamatta.")
    assert texts(page(fresh, "/regions/kainuu"), ".expected") == []


def test_regions_that_do_not_exist_are_not_there(site: Any) -> None:
    assert site.get("/regions/uusimaa").status_code == 404
    assert site.get("/regions/..%2f..%2fetc").status_code == 404


# --- the operator's own templates ----------------------------------------------------------------


def test_an_operator_may_lay_pages_out_anew_and_a_broken_template_stops_no_page(tmp_path: Path, serve: Any) -> None:
    own = tmp_path / "templates" / "page"
    own.mkdir(parents=True)
    (own / "style.css").write_text("body { color: red }")
    (own / "subscribe.html").write_text("<p>{{ view.contact }}, {{ w('nav.changes') }}</p>")
    (own / "overview.html").write_text("{{ view.nothing_like_that }}")
    config = websample.config(path=tmp_path / "sources.yaml")
    with Store.open(f"sqlite:///{tmp_path / 'state.db'}", now=websample.NOW) as store, serve(store, config) as site:
        with capture_logs() as log:
            pages = [site.get("/") for _ in range(2)]

        assert site.get("/subscribe").text == "<p>seuranta@example.org, Muutokset</p>"
        assert site.get("/style.css").text == "body { color: red }"
        assert [one.status_code for one in pages] == [200, 200]
        assert "Järjestöavustusten haut" in pages[0].text
        assert [line["event"] for line in log] == ["template.broken"]


# --- changes -------------------------------------------------------------------------------------


def test_changes_stand_newest_first_with_what_belongs_together_together(site: Any) -> None:
    root = page(site, "/changes")

    assert texts(root, ".happening h3")[:4] == [
        'Järjestöjen <script>alert("x")</script> neuvottelukunta kokoontuu',
        "Hankeavustusten haku perutaan",
        "Delaktighetsprogrammet 2026–2029, utkast",
        "Järjestöavustusten periaatteet ja avustusmalli",
    ]
    assert texts(root, ".day")[:2] == ["23.3.2026", "22.3.2026"]
    decided = root.cssselect(".happening")[3]
    assert "§ 41 oli 16.3. esityslistalla, nyt: pöytäkirja" in texts(decided, ".told")
    assert "Avustusmalli" in decided.text_content()


def test_what_stood_on_the_baseline_before_a_change_says_so(site: Any) -> None:
    decided, proposed = (page(site, "/changes").cssselect(".happening")[place] for place in (3, 2))

    assert "tammikuun 2023 tieto" in texts(decided, ".told")[1]
    assert "valmisteilla" in texts(decided, ".told")[1]
    assert "tammikuun 2023 tieto" not in texts(proposed, ".told")[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=satakunta", ["Kumppanuussopimusten haku avautuu huhtikuussa"]),
        ("theme=osallisuus", ["Delaktighetsprogrammet 2026–2029, utkast"]),
        ("kind=window.changed", ["Hankeavustusten haku perutaan"]),
        ("kind=source.failing", ["lappi-news"]),
        ("region=satakunta&theme=osallisuus", []),
    ],
)
def test_changes_can_be_narrowed(site: Any, query: str, expected: list[str]) -> None:
    root = page(site, f"/changes?{query}")

    assert texts(root, ".happening h3") == expected
    assert expected or "Näillä ehdoilla ei ole muutoksia." in root.text_content()
    chosen = [option.get("value") for option in root.cssselect("option[selected]")]
    assert chosen == [part.partition("=")[2] for part in query.split("&")]


def test_trouble_with_sources_is_shown_only_to_who_asks_for_it(site: Any) -> None:
    assert "lappi-news" not in page(site, "/changes?all=1").text_content()
    assert "lappi-news" not in page(site, "/").text_content()


@pytest.mark.parametrize(
    "query", ["region=x", "theme=", "kind=zzz", "before=abc", "before=-1", "before=9999999999999999999999", "all=7"]
)
def test_nonsense_in_the_address_counts_as_not_asked(site: Any, query: str) -> None:
    expected = texts(page(site, "/changes"), ".happening h3")

    assert texts(page(site, f"/changes?{query}"), ".happening h3") == expected


def test_older_changes_are_a_page_away_and_none_is_passed_over(fresh: Any) -> None:
    told = [change(title=f"Asia {number}") for number in range(95)]
    told.insert(50, change(title="muu", relevant=False))
    fresh.store.record_events(told, now=EARLIER)
    seen: list[str] = []
    address = "/changes?lang=fi"
    for _ in range(3):
        root = page(fresh, address)
        seen += texts(root, ".happening h3")
        following = root.cssselect("a[rel=next]")
        address = following[0].get("href") if following else ""

    assert seen == [f"Asia {number}" for number in range(94, -1, -1)]
    assert address == ""
    assert "muu" in texts(page(fresh, "/changes?all=1&before=60"), ".happening h3")


# --- safety and privacy --------------------------------------------------------------------------


def test_what_a_page_wrote_is_text_here_and_no_link_runs_anything(site: Any) -> None:
    for path in ("/", "/changes", "/regions/keski-suomi"):
        answer = site.get(path).text

        assert "<script" not in answer
        assert "javascript:" not in answer
        assert "\u202e" not in answer
        assert "&lt;script&gt;" in answer


def test_nothing_of_the_readers_is_ever_shown(fresh: Any) -> None:
    address, token_of = "salainen.lukija@example.org", []
    for number, state in enumerate(SubscriptionState):
        wanted = Subscriber(email=f"{state.value}.{address}", state=state, words=("salasana",), regions=("lappi",))
        reader = fresh.store.add_subscriber(wanted, websample.NOW)
        token_of.append(reader.token)
        fresh.store.enqueue([delivery(number, recipient=reader.email, subscriber_id=reader.id)], now=websample.NOW)
    paths = [*PAGES, "/healthz", "/api/status", "/api/changes", *(f"/unsubscribe/{token}" for token in token_of)]

    for path in paths:
        answer = fresh.get(path).text
        assert address not in answer
        assert "salasana" not in answer
        assert path.startswith("/unsubscribe") or not any(token in answer for token in token_of)


def test_the_language_stays_chosen_and_the_question_stays_asked(site: Any) -> None:
    root = page(site, "/changes?region=kainuu&lang=sv")

    switches = {link.get("lang"): link.get("href") for link in root.cssselect(".languages a")}
    assert switches["en"] == "/changes?region=kainuu&lang=en"
    assert root.cssselect("nav a")[0].get("href") == "/?lang=sv"
    assert root.cssselect("input[name=lang]")[0].get("value") == "sv"
    assert page(site, "/changes").cssselect("nav a")[0].get("href") == "/"


def test_names_of_regions_are_those_of_the_language(site: Any) -> None:
    names = texts(page(site, "/?lang=sv"), ".tile .name")

    assert sorted(names) == sorted(by_code(code).place_sv for code in REGION_CODES)


def test_an_old_reminder_does_not_press_for_a_call_that_is_over_or_was_moved(fresh: Any) -> None:
    def known(closes: dt.date) -> KnownWindow:
        window = Window(grant_type=None, opens=dt.date(2026, 2, 1), closes=closes)
        return KnownWindow(region="lappi", window=window, source=None, url=f"https://a.fi/{closes}", title="Haku")

    over, moved = known(dt.date(2026, 3, 20)), known(dt.date(2026, 4, 30))
    fresh.store.record_poll(outcome("lappi-news", region="lappi", windows=(over, moved)))
    for row, closes in ((1, "2026-03-20"), (2, "2026-03-25")):
        window = {"grant_type": None, "opens": "2026-02-01", "closes": closes, "closes_time": None, "continuous": False}
        fresh.store.record_events([change(ChangeKind.WINDOW_CLOSING, after=window, window=row)], now=EARLIER)

    for path in ("/", "/changes"):
        root = page(fresh, path)
        assert texts(root, ".happening .pill") == ["Haku oli päättymässä"] * 2
        assert root.cssselect(".happening .now, .happening .soon, .happening .pill.closing") == []


def test_a_proposal_that_came_to_nothing_is_on_no_shelf(fresh: Any) -> None:
    window = Window(grant_type=None, opens=dt.date(2026, 4, 1), closes=dt.date(2026, 4, 30), sure=False)
    known = KnownWindow(region="lappi", window=window, source=None, url=None, title="Haku", cancelled=True)
    fresh.store.record_poll(outcome("lappi-news", region="lappi", windows=(known,)))

    assert page(fresh, "/regions/lappi").cssselect(".call") == []


def test_every_kind_of_change_can_be_told(fresh: Any) -> None:
    told = [change(kind, title=kind.value, after={"state": "failing", "error": None}) for kind in ChangeKind]
    fresh.store.record_events(told, now=EARLIER)

    for kind in ChangeKind:
        root = page(fresh, f"/changes?kind={kind.value}&lang=en")
        assert texts(root, ".happening h3") == [kind.value]
        assert re.fullmatch(r"[A-Z][a-z' ]+", texts(root, ".pill")[0])
