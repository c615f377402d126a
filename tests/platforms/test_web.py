"""What the adapters of ordinary web sites do in the corners that the saved pages do not show."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from typing import Any

import pytest

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, Form, Language, Listing, Phase, Request, Snapshot, Source
from aluevahti.platforms import PLATFORMS, feeds, pages, rows, stt
from aluevahti.text.stable import normalise_title

SITE = "https://esimerkki.fi"


def source(platform: str, url: str = f"{SITE}/lista", **fields: Any) -> Source:
    return Source(**{"id": "s", "region": "kainuu", "platform": platform, "url": url, **fields})


def snapshot(body: str | bytes, purpose: str, url: str = f"{SITE}/lista", **fields: Any) -> Snapshot:
    raw = body.encode() if isinstance(body, str) else body
    given = {"media_type": "text/html", "charset": "utf-8", "key": None, **fields}
    now = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
    return Snapshot(
        source="s", url=url, purpose=purpose, fetched_at=now, body=raw, sha256=hashlib.sha256(raw).hexdigest(), **given
    )


def whole(body: str) -> str:
    return f'<!doctype html><html lang="fi"><head><title>Lista</title></head><body>{body}</body></html>'


def listed(body: str, **fields: Any) -> Listing:
    return PLATFORMS["listing"].parse(source("listing", **fields), snapshot(whole(body), "listing"))


def only(listing: Listing) -> Document:
    assert len(listing.documents) == 1
    return listing.documents[0]


# --- listing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>2.3.2026 <a href='/a'>Haku avautuu</a><li>1.3.2026 <a href='/b'>Toinen asia</a></ul>",
        "<ul><li><a href='/a'>Haku avautuu</a> (2.3.2026)<li><a href='/b'>Toinen asia</a> 1.3.2026</ul>",
        (
            "<div class='teaser'><h3><a href='/a'>Haku avautuu</a></h3><p>Julkaistu 2.3.2026 klo 9.37</p></div>"
            "<div class='teaser'><h3><a href='/b'>Toinen asia</a></h3><p>Tiedote 01.03.2026</p></div>"
        ),
        "<table><tr><td>2.3.2026<td><a href='/a'>Haku avautuu</a><tr><td>1.3.2026<td><a href='/b'>Toinen asia</a></table>",
        (
            "<a class='card' href='/a'><h3>Haku avautuu</h3><time datetime='2026-03-02'>ma</time></a>"
            "<a class='card' href='/b'><h3>Toinen asia</h3><time datetime='2026-03-01'>su</time></a>"
        ),
        (
            "<a href='/a'><article><h3>Haku avautuu</h3><p>2. maaliskuuta 2026</p></article></a>"
            "<a href='/b'><article><h3>Toinen asia</h3><p>1. maaliskuuta 2026</p></article></a>"
        ),
        "<p>2.3.2026 <a href='/a'>Haku avautuu</a></p><p>1.3.2026 <a href='/b'>Toinen asia</a></p>",
    ],
)  # fmt: skip
def test_entries_are_found_without_being_named(body: str) -> None:
    menu = "<nav><ul><li><a href='/x'>Valikon linkki</a><li><a href='/y'>Toinen linkki</a></ul></nav>"
    found = listed(f"{menu}<main><h1>Uutiset</h1>{body}</main>").documents

    assert [(each.title, each.published_on) for each in found] == [
        ("Haku avautuu", dt.date(2026, 3, 2)),
        ("Toinen asia", dt.date(2026, 3, 1)),
    ]


def test_a_deadline_in_an_entry_is_not_its_day() -> None:
    entry = "<article><h2><a href='/a'>Haku avautuu</a></h2><p>Haku päättyy 30.4.2026 klo 16.00.</p></article>"

    assert only(listed(entry, item="article")).published_on is None


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("<a href='/a'>Lue lisää</a><h3>Haku avautuu</h3>", "Haku avautuu"),
        ("<a href='/a'><img alt='kuva'></a> <a href='/a'>Haku avautuu</a>", "Haku avautuu"),
        ("<a href='/a'><img alt='Haku avautuu'></a>", "Haku avautuu"),
        ("<span>2.3.2026</span><span>Haku avautuu</span><a href='/a'>Lue lisää</a>", "Haku avautuu"),
        ("<a href='/a'>§ 12 Haku avautuu</a>", "Haku avautuu"),
    ],
)
def test_an_entrys_title_is_what_it_is_called(entry: str, title: str) -> None:
    assert only(listed(f"<div class=e>{entry}</div>", item=".e")).title == title


@pytest.mark.parametrize(
    "entry",
    [
        "Pelkkä teksti",
        "<a href='#'>Haku</a>",
        "<a href='mailto:a@e.fi'>Haku</a>",
        "<a href='/a'>P\ufffdyt\ufffd</a>",
        "<a href='/a'>Lue lisää</a>",
    ],
)
def test_an_entry_that_cannot_be_read_is_counted(entry: str) -> None:
    good = f"<div class=e><a href='/ok'>Hyvä rivi</a> <p>{'Käsitellään järjestöjen avustuksia. ' * 6}</p></div>"
    found = listed(f"{good}<div class=e>{entry}</div><div class=e></div>", item=".e")

    assert (len(found.documents), found.unread, found.complete) == (1, 1, False)


def test_a_named_title_that_is_not_there_is_an_unread_entry() -> None:
    assert listed("<p class=e><a href='/a'>Haku</a></p>", item=".e", title=".otsikko").unread == 1


@pytest.mark.parametrize(
    "sign",
    [
        "<a href='/kaikki'>Näytä kaikki uutiset</a>",
        "<button>Lataa lisää</button>",
        "<a href='/arkisto'>Arkisto</a>",
        "<p>Näytetään 1–2 / 134</p>",
        "<p>Sivu 1 / 7</p>",
        "<div class='pagination'><a href='?p=2'>2</a></div>",
        "<a href='?sivu=2' aria-label='Seuraava sivu'>→</a>",
    ],
)
def test_a_list_that_shows_a_part_is_not_complete(sign: str) -> None:
    rows_ = "<ul class=l><li><a href='/a'>Haku avautuu</a><li><a href='/b'>Toinen</a></ul>"

    assert listed(f"<main>{rows_}</main>", item=".l li").complete
    assert not listed(f"<main>{rows_}{sign}</main>", item=".l li").complete


def test_a_list_is_paged_on_its_own_site_and_not_for_ever() -> None:
    entry = "<p class=e><a href='/a'>Haku</a></p>"
    ask = PLATFORMS["listing"].parse

    def follow(purpose: str, link: str) -> tuple[Request, ...]:
        return ask(source("listing", item=".e"), snapshot(whole(entry + link), purpose)).follow

    assert follow("listing", "<a href='?sivu=2'>Seuraava</a>") == (
        Request(url=f"{SITE}/lista?sivu=2", purpose="listing-2"),
    )
    assert follow("listing-2", "<a rel=next href='?sivu=3'>3</a>") == (
        Request(url=f"{SITE}/lista?sivu=3", purpose="listing-3"),
    )
    assert follow("listing-3", "<a rel=next href='?sivu=4'>4</a>") == ()
    assert follow("listing", "<a rel=next href='https://muu.fi/?sivu=2'>2</a>") == ()
    assert follow("listing", "<a rel=next href='/lista'>1</a>") == ()


def test_links_start_where_the_page_says() -> None:
    body = "<html><head><base href='/perus/'></head><body><p class=e><a href='a'>Haku</a></p></body></html>"

    found = PLATFORMS["listing"].parse(source("listing", item=".e"), snapshot(body, "listing"))

    assert only(found).url == f"{SITE}/perus/a"


def test_ids_that_mean_two_things_are_no_keys() -> None:
    body = "<p class=e><a href='/kokous?docid=5'>Kokous</a></p><p class=e><a href='/liite?docid=5'>Liite</a></p><p class=e><a href='/liite?docid=6'>Toinen</a></p>"

    found = listed(body, item=".e").documents

    assert [each.key for each in found] == [f"{SITE}/kokous?docid=5", f"{SITE}/liite?docid=5", "docid:6"]
    assert [each.detail.key for each in found if each.detail] == [each.key for each in found]


def test_an_entry_shown_twice_is_one_document() -> None:
    assert only(
        listed("<p class=e><a href='/a/'>Haku</a></p><p class=e><a href='/a?utm_source=x'>Haku</a></p>", item=".e")
    )


@pytest.mark.parametrize(
    ("title", "form", "phase"),
    [
        ("Aluehallitus 13.1.2026 - pöytäkirja", Form.MEETING, Phase.MINUTES),
        ("Aluevaltuusto, kokous 13.1.2026 Esityslista", Form.MEETING, Phase.AGENDA),
        ("Päätöskooste aluehallituksen kokouksesta 15.5.2024", Form.NEWS, None),
        ("Kuulutus avustusten hakemisesta", Form.NOTICE, None),
        ("Viranhaltijapäätös 12/2026", Form.DECISION, None),
        ("Haku avautuu 1.4.2026", Form.NEWS, None),
    ],
)
def test_a_title_tells_what_a_document_is(title: str, form: Form, phase: Phase | None) -> None:
    document = only(listed(f"<p class=e><a href='/a'>{title}</a></p>", item=".e"))

    assert (document.form, document.phase) == (form, phase)
    assert normalise_title(document.title) == normalise_title(title)


def test_a_meetings_day_in_a_column_is_the_meetings() -> None:
    table = "<table><tr><th>Toimielin<th>Kokouspäivä</tr><tr class=e><td><a href='/a'>Aluehallitus</a><td>13.1.2026</tr></table>"

    document = only(listed(table, item="tr.e"))

    assert (document.meeting_on, document.published_on) == (dt.date(2026, 1, 13), None)


def test_only_the_selected_part_of_a_page_is_searched_for_entries() -> None:
    body = "<div class=a><p>2.3.2026 <a href='/a'>Haku avautuu</a></p><p>1.3.2026 <a href='/c'>Toinen asia</a></p></div><ul><li>2.3.2026 <a href='/b'>Muu uutinen</a></ul>"

    assert {each.title for each in listed(body, select=".a").documents} == {"Haku avautuu", "Toinen asia"}


@pytest.mark.parametrize(
    "body", ["<main><p>" + "Tervetuloa sivuillemme, täällä kerromme palveluista. " * 9 + "</p></main>"]
)
def test_a_page_without_a_list_is_a_changed_layout(body: str) -> None:
    with pytest.raises(LayoutChanged):
        listed(body)


def test_a_feed_or_a_book_is_no_list() -> None:
    parse = PLATFORMS["listing"].parse
    with pytest.raises(LayoutChanged, match="platform 'feed'"):
        parse(source("listing", item="li"), snapshot("<?xml version='1.0'?><rss><channel></channel></rss>", "listing"))
    with pytest.raises(LayoutChanged):
        parse(source("listing", item="li"), snapshot("https://esimerkki.fi/", "listing"))
    with pytest.raises(ParseError, match="larger"):
        parse(source("listing", item="li"), snapshot(whole("<li><a href=/a>x</a>" * 150_000), "listing"))


def test_a_list_cut_in_the_middle_of_a_word_loses_that_entry_only() -> None:
    body = "<html><body><ul><li><a href='/a'>Haku avautuu</a></li><li><a href='/b'>Toinen asi"

    found = PLATFORMS["listing"].parse(source("listing", item="li"), snapshot(body, "listing"))

    assert ([each.title for each in found.documents], found.unread, found.complete) == (["Haku avautuu"], 1, False)


def test_a_skeleton_stays_while_entries_come_and_go() -> None:
    entry = "<li class='row row-{0}'><a href='/{0}'>Asia {0}</a></li>"
    one, two = (
        listed(f"<ul>{''.join(entry.format(number) for number in range(count))}</ul>", item="li").skeleton
        for count in (3, 9)
    )
    other = listed("<ul><li class=uusi><b><a href='/1'>Asia 1</a></b></ul>", item="li").skeleton

    assert one == two != other


def test_an_edit_stamp_on_the_list_is_a_revision() -> None:
    entry = "<p class=e><a href='/a'>Haku</a> <span>5.1.2023 klo 15.56 (Muokattu: 12.1.2023 klo 14.47)</span></p>"

    document = only(listed(entry, item=".e"))

    assert document.published_on == dt.date(2023, 1, 5)
    assert document.revision == "Muokattu: 12.1.2023 klo 14.47"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{SITE}/?p=12", "p:12"),
        (f"{SITE}/node/7/", "node:7"),
        (f"{SITE}/tiedote/71408468/haku?lang=fi", "tiedote:71408468"),
        (f"{SITE}/content/id/99", "content-id:99"),
        (f"{SITE}/haku?q=7", f"{SITE}/haku?q=7"),
    ],
)
def test_a_platforms_own_id_is_the_key(url: str, key: str) -> None:
    assert rows.key_of(url) == key


# --- pages ---------------------------------------------------------------------------------------


def test_a_plain_text_is_a_document_too() -> None:
    read = pages.article(source("page"), snapshot("Avustussääntö\n\n1 § Soveltaminen", "page", media_type="text/plain"))

    assert (read.title, read.text) == ("Avustussääntö", "Avustussääntö\n1 § Soveltaminen")


@pytest.mark.parametrize("body", ["", "  \n", "P\ufffdyt\ufffdkirja"])
def test_an_empty_or_broken_text_is_none(body: str) -> None:
    with pytest.raises(ParseError):
        pages.article(source("page"), snapshot(body, "page", media_type="text/plain"))


@pytest.mark.parametrize(
    "title",
    ["500 000 € järjestöille", "509\N{NO-BREAK SPACE}000 € avustuksia", "410 hakemusta saapui", "404 § Avustukset", "500 järjestöä saa avustusta"],
)  # fmt: skip
def test_a_title_that_begins_with_a_number_is_no_error_page(title: str) -> None:
    body = whole(
        f"<main><h1>{title}</h1><p>Hyvinvointilautakunta myönsi avustukset kokouksessaan 16.9.2026.</p></main>"
    )

    (document,) = PLATFORMS["page"].parse(source("page"), snapshot(body, "page")).documents

    assert document.title == title.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "title",
    ["404", "404 Not Found", "Error 500", "503 Backend fetch failed", "404 – Sivua ei löydy", "403 | Hyvinvointialue", "HTTP 502"],
)  # fmt: skip
def test_a_status_for_a_title_is_an_error_page(title: str) -> None:
    body = whole(f"<main><h1>{title}</h1><p>{'Palaa etusivulle ja yritä uudelleen. ' * 9}</p></main>")

    with pytest.raises(ParseError, match="an error page came"):
        PLATFORMS["page"].parse(source("page"), snapshot(body, "page"))


def test_a_document_about_maintenance_is_a_document() -> None:
    prose = "Apotti-järjestelmässä on huoltokatko lauantaina, ja ajanvaraus on silloin kiinni. " * 6
    body = whole(f"<main><h1>Huoltokatko ajanvarauksessa</h1><p>{prose}</p></main>")
    document = only(PLATFORMS["feed"].parse(source("feed"), snapshot(body, "document", key="k")))

    assert document.title == "Huoltokatko ajanvarauksessa"
    with pytest.raises(ParseError, match="notice"):
        PLATFORMS["page"].parse(source("page"), snapshot(body, "page"))


def test_a_notice_that_lacks_the_selected_part_is_called_a_notice() -> None:
    with pytest.raises(ParseError, match="notice") as caught:
        PLATFORMS["page"].parse(
            source("page", select=".sisalto"), snapshot(whole("<p>Sivustoa päivitetään.</p>"), "page")
        )

    assert not isinstance(caught.value, LayoutChanged)


def test_a_challenge_is_known_by_its_machinery() -> None:
    with pytest.raises(ParseError, match="browser"):
        pages.article(
            source("page"), snapshot(whole("<main>Hetki.</main><script>window._cf_chl_opt={}</script>"), "page")
        )


def test_a_thing_without_a_name_is_called_by_its_address() -> None:
    assert pages.name_of(f"{SITE}/a/J%C3%A4rjest%C3%B6-ohje_2026.pdf") == "Järjestö ohje 2026.pdf"
    assert pages.name_of(f"{SITE}/") == "esimerkki.fi"


# --- feed ----------------------------------------------------------------------------------------


def feed(items: str, **fields: Any) -> Listing:
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    return PLATFORMS["feed"].parse(source("feed", **fields), snapshot(body, "feed", media_type="text/xml"))


def test_an_entry_without_a_title_is_called_by_its_lead() -> None:
    assert (
        only(
            feed(
                "<item><link>https://e.fi/a</link><description>&lt;p&gt;Haku &lt;b&gt;avautuu&lt;/b&gt;.&lt;/p&gt;</description></item>"
            )
        ).title
        == "Haku avautuu."
    )


def test_an_entry_whose_id_is_its_address_needs_no_link() -> None:
    assert only(feed("<item><title>Haku</title><guid>https://e.fi/a</guid></item>")).url == "https://e.fi/a"


def test_one_entry_twice_is_one_document() -> None:
    item = "<item><title>Haku</title><link>https://e.fi/a</link></item>"

    assert only(feed(item * 2)).key == "https://e.fi/a"


def test_an_entry_dated_with_the_first_day_of_all_has_no_day() -> None:
    item = "<item><title>Haku</title><link>/a</link><pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate></item>"

    assert only(feed(item)).published_on is None


def test_a_feed_has_the_sources_language_where_it_names_none() -> None:
    assert only(feed("<item><title>Haku</title><link>/a</link></item>", lang=Language.SV)).lang is Language.SV
    assert only(feed("<language>et</language><item><title>Haku</title><link>/a</link></item>")).lang is None


def test_a_date_that_is_none_is_left_open() -> None:
    assert only(feed("<item><title>Haku</title><link>/a</link><pubDate>eilen</pubDate></item>")).published_on is None
    assert feeds._day({"published_parsed": (2026, 13, 40, 0, 0, 0)}, "published_parsed") is None


def test_papers_that_come_with_an_entry_are_its_files() -> None:
    document = only(
        feed(
            "<item><title>Haku</title><link>/a</link><enclosure url='/ohje.pdf' type='application/pdf' length='1'/></item>"
        )
    )

    assert [file.url for file in document.files] == [f"{SITE}/ohje.pdf"]


def test_a_large_damaged_feed_is_not_mended() -> None:
    with pytest.raises(ParseError, match="too large to be mended"):
        feed("<item><title>a & b</title></item>" * 20_000)
    assert len(feed("<item><title>Haku</title><link>/a</link></item>" + "<!-- x -->" * 60_000).documents) == 1


def test_broken_letters_and_other_xml_are_no_feed() -> None:
    parse = PLATFORMS["feed"].parse
    with pytest.raises(ParseError, match="letters"):
        parse(source("feed"), snapshot("<rss>" + "P\ufffd" * 9, "feed"))
    with pytest.raises(LayoutChanged, match="no feed"):
        parse(source("feed"), snapshot("<?xml version='1.0'?><urlset></urlset>", "feed"))
    with pytest.raises(ParseError, match="half a feed"):
        parse(source("feed"), snapshot("<rss version='2.0'><channel><title>x", "feed"))


# --- WordPress -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "asked", "other"),
    [
        (f"{SITE}/feed/", "/feed/", None),
        (f"{SITE}/tag/avustukset/", "/tag/avustukset/feed/", None),
        (
            f"{SITE}/?s=avustus",
            "/wp-json/wp/v2/posts?per_page=30&orderby=modified&search=avustus",
            "/?s=avustus&feed=rss2",
        ),
        (f"{SITE}/uutiset/", "/wp-json/wp/v2/posts?per_page=30", "/feed/"),
        (f"{SITE}/sv/nyheter/", "/wp-json/wp/v2/posts?per_page=30&orderby=modified&lang=sv", "/sv/feed/"),
        (f"{SITE}/tiedotteet/", "/wp-json/wp/v2/tiedote?per_page=30", "/tiedotteet/feed/"),
        (f"{SITE}/tietoa/avustukset", "/wp-json/wp/v2/pages?slug=avustukset", "/tietoa/avustukset"),
    ],
)
def test_the_address_says_what_is_wanted(url: str, asked: str, other: str | None) -> None:
    watched = source("wordpress", url)
    platform: Any = PLATFORMS["wordpress"]
    (first,) = platform.start(watched)

    assert first.url.startswith(SITE + asked)
    assert [request.url for request in platform.fallback(watched, first)] == ([] if other is None else [SITE + other])


def test_a_post_whose_text_is_kept_back_is_read_from_its_page() -> None:
    post = {
        "id": 5,
        "link": f"{SITE}/a/",
        "title": {"rendered": "Haku"},
        "content": {"rendered": "", "protected": True},
        "date_gmt": "eilen",
    }
    body = json.dumps([post, 7, {"id": "x"}])

    found = PLATFORMS["wordpress"].parse(source("wordpress"), snapshot(body, "rest-1", media_type="application/json"))

    document = only(found)
    assert (document.text, document.published_on, found.unread) == (None, None, 2)
    assert document.detail == Request(url=f"{SITE}/a/", purpose="document", key="p:5")
    page = PLATFORMS["wordpress"].parse(
        source("wordpress"), snapshot(whole("<main><h1>Haku</h1><p>Avautuu.</p></main>"), "document", key="p:5")
    )
    assert only(page).key == "p:5"


def test_rest_in_broken_letters_is_refused() -> None:
    with pytest.raises(ParseError, match="letters"):
        PLATFORMS["wordpress"].parse(source("wordpress"), snapshot('["P\ufffdyt\ufffdkirja"]', "rest-1"))


# --- STT -----------------------------------------------------------------------------------------


def pressroom(releases: list[Any], purpose: str = "pressroom-0", **fields: Any) -> Listing:
    watched = source("stt", f"{SITE}/uutishuone/77/esimerkki", **fields)
    return PLATFORMS["stt"].parse(
        watched, snapshot(json.dumps({"releases": releases}), purpose, media_type="application/json")
    )


def release(number: int, **versions: str) -> dict[str, Any]:
    return {
        "id": number,
        "date": "2026-03-01T22:30:00Z",
        "versions": {lang: {"title": title} for lang, title in versions.items()},
    }


def test_a_release_is_read_in_the_sources_language() -> None:
    both = release(1, fi="Haku avautuu", sv="Ansökan öppnas")

    assert only(pressroom([both])).title == "Haku avautuu"
    assert only(pressroom([both], lang=Language.SV)).title == "Ansökan öppnas"
    assert only(pressroom([release(1, et="Taotlus")])).title == "Taotlus"
    assert only(pressroom([both])).published_on == dt.date(2026, 3, 2)


def test_a_full_page_of_releases_leads_on_once() -> None:
    full = [release(number, fi=f"Tiedote {number}") for number in range(20)]

    assert [request.purpose for request in pressroom(full).follow] == ["pressroom-1"]
    assert pressroom(full, "pressroom-1").follow == ()


def test_a_publisher_is_known_by_either_address() -> None:
    assert stt.publisher_of(f"{SITE}/uutishuone/77/esimerkki") == "77"
    assert stt.publisher_of(f"{SITE}/tiedote/5/x?publisherId=78") == "78"
    assert stt.publisher_of(f"{SITE}/") == ""


def test_only_the_pressroom_has_another_way() -> None:
    assert stt.fallback(source("stt", f"{SITE}/uutishuone/77"), Request(url=f"{SITE}/x", purpose="release")) == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("[1]", "another shape"),
        ('{"versions": {"fi": {"title": "x", "body": {"complete": ""}}}}', "no text"),
        ('{"a": "P\ufffdyt\ufffdkirja"}', "letters"),
        ("x", "no JSON"),
    ],
)
def test_a_release_that_says_nothing_is_refused(body: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        PLATFORMS["stt"].parse(source("stt", f"{SITE}/uutishuone/77"), snapshot(body, "release", key="5"))


def test_a_release_with_markup_in_its_structured_data_is_read_as_text() -> None:
    data = json.dumps(
        {"@type": "NewsArticle", "articleBody": "<p>Haku päättyy <b>30.4.2026</b>.</p><p>Lue lisää julkaisijalta X</p>"}
    )
    body = whole(f'<main><div></div></main><script type="application/ld+json">{data}</script>')

    found = PLATFORMS["stt"].parse(source("stt", f"{SITE}/uutishuone/77"), snapshot(body, "release-page", key="5"))

    assert only(found).text == "Haku päättyy 30.4.2026."


def test_adapters_keep_to_their_case_of_a_registered_name() -> None:
    assert {name: platform.name for name, platform in PLATFORMS.items()} == {name: name for name in PLATFORMS}


def endless(platform: str) -> tuple[str, str]:
    """An address, and an answer of a hundred thousand entries there."""
    count = range(100_000)
    if platform == "wordpress":
        posts = [{"id": n, "link": f"https://esim.fi/{n}", "title": {"rendered": "Uutinen"}} for n in count]
        return "https://esim.fi/", json.dumps(posts)
    if platform == "stt":
        releases = [{"id": n, "versions": {"fi": {"title": "Tiedote", "url": f"/tiedote/{n}"}}} for n in count]
        return "https://www.sttinfo.fi/uutishuone/69810000", json.dumps({"releases": releases})
    items = "".join(f"<item><title>Uutinen</title><link>https://esim.fi/{n}</link></item>" for n in count)
    return "https://esim.fi/feed/", f'<rss version="2.0"><channel>{items}</channel></rss>'


@pytest.mark.timeout(20)
@pytest.mark.parametrize("platform", ["feed", "wordpress", "stt"])
def test_an_endless_list_is_refused_in_one_line_before_it_is_read(platform: str) -> None:
    url, body = endless(platform)
    watched = source(platform, url)
    (request, *_) = PLATFORMS[platform].start(watched)
    began = time.process_time()

    with pytest.raises(LayoutChanged, match=r"^the list has 100,000 entries, and no list that people read has 5,000 "):
        PLATFORMS[platform].parse(watched, snapshot(body, request.purpose, request.url))

    assert time.process_time() - began < 3  # of ten and more that reading it would take
