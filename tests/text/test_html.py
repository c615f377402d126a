"""A page gives the text a reader sees in it, and two copies that differ in noise alone are one."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.text.charset import decode
from aluevahti.text.html import check_ignore, check_selector, core_fingerprint, main_text, page_mark, same_page
from aluevahti.text.metadata import metadata
from aluevahti.text.stable import stable

FRAME = """<!doctype html><html lang="fi"><head><title>Sivu</title><style>p{{}}</style></head><body class="has-sidebar">
<a class="skip-link" href="#sisalto">Hyppää pääsisältöön</a>
<div class="cookie-banner"><p>Käytämme evästeitä</p><button>Hyväksy</button></div>
<header><p>Esimerkin hyvinvointialue</p></header>
<nav><ul><li><a href="/">Etusivu</a></li><li><a href="/avustukset">Avustukset</a></li></ul></nav>
<aside><p>Sää −3 °C</p></aside>
{}
<footer><p>© 2026</p></footer><script>var a = "skripti";</script></body></html>"""


@pytest.mark.parametrize(
    "container",
    ["<main>{}</main>", '<div role="main">{}</div>', "<div><article>{}</article></div>", "<div><div>{}</div></div>"],
)
def test_only_the_content_is_read_whatever_holds_it(container: str) -> None:
    prose = (
        "<h1>Järjestöavustukset</h1><p>"
        + "Avustusta haetaan sähköisellä lomakkeella. " * 8
        + "</p><p>Haku päättyy.</p>"
    )

    text = main_text(FRAME.format(container.format(prose)))

    assert text.splitlines()[0] == "Järjestöavustukset"
    assert text.splitlines()[-1] == "Haku päättyy."
    assert len(text.splitlines()) == 3


def test_a_paragraph_a_list_entry_and_a_row_are_a_line_each() -> None:
    markup = """<main><h1>Avustukset<br>2026</h1><p>Haku&nbsp;on auki <b>1.4.&ndash;30.4.2026</b>
      klo 16.00 asti.</p><p>Järjestö&shy;avustus, <i>hyvinvointi&#8203;alue</i></p>
      <ul><li>yksi<li>kaksi<ul><li>kolme</ul></ul>
      <table><tr><th>Avustus<th>Summa</tr><tr><td><p>Toiminta-avustus</p><td>10&nbsp;000 €</tr><tr><td><td></tr></table>
      <dl><dt>Hakuaika<dd>1.4.–30.4.<dt>Lisätietoja:<dd>Maija<dd>Matti</dl><pre>a  b
      c</pre></main>"""

    assert main_text(markup).splitlines() == [
        *("Avustukset", "2026", "Haku on auki 1.4.–30.4.2026 klo 16.00 asti.", "Järjestöavustus, hyvinvointialue"),
        *("yksi", "kaksi", "kolme", "Avustus | Summa", "Toiminta-avustus | 10 000 €"),
        *("Hakuaika: 1.4.–30.4.", "Lisätietoja: Maija", "Matti", "a b", "c"),
    ]


def test_a_line_break_starts_a_line_unless_it_only_wraps() -> None:
    markup = "<main><p>Hakuaika:<br>1.4.–30.4.2026<br>Lisätietoja antaa<br>kirjaamo<br><br>Toinen</p></main>"

    assert main_text(markup).splitlines() == ["Hakuaika: 1.4.–30.4.2026", "Lisätietoja antaa kirjaamo", "Toinen"]


def test_words_that_only_a_style_keeps_apart_do_not_run_together() -> None:
    markup = '<main><div><span>UUTINEN / 02.03.2026</span><a href="/w/x">Haku avautuu</a><span>Lue</span></div><p><b>H</b>aku</p></main>'

    assert main_text(markup).splitlines() == ["UUTINEN / 02.03.2026 Haku avautuu Lue", "Haku"]


def test_a_table_that_only_lays_out_the_page_is_no_row() -> None:
    markup = "<table><tr><td><ul><li>valikko</ul><td><h1>Asia</h1><p>Teksti</p></tr></table>"

    assert main_text(markup).splitlines() == ["valikko", "Asia", "Teksti"]


@pytest.mark.parametrize(
    "clutter",
    [
        '<nav class="x"><a href="/">Etusivu</a></nav>',
        '<div class="breadcrumb">Etusivu &gt; Avustukset</div>',
        '<ol id="murupolku"><li>Etusivu</ol>',
        '<div class="share-buttons"><a href="#">Jaa Facebookissa</a></div>',
        '<div class="site-alert">Häiriö puheluissa</div>',
        '<div class="bulletin-bar">Häiriö puheluissa</div>',
        "<div hidden>piilossa</div>",
        '<div style="color:red; DISPLAY : none">piilossa</div>',
        '<i aria-hidden="true" class="material-icons">expand_more</i>',
        '<span class="visually-hidden">Avautuu uuteen välilehteen</span>',
        "<button>Jaa</button><select><option>Valitse</select><textarea>x</textarea>",
        '<form role="search"><label>Hae</label><input name="q"></form>',
        '<div role="navigation"><a href="/">Etusivu</a></div>',
        '<div class="sidebar"><a href="/a">Valikko a</a><a href="/b">Valikko b</a></div>',
        '<h2>Katso myös</h2><ul><li><a href="/a">Toinen</a></li></ul>',
        '<h3>Lue myös:</h3><p><a href="/a">Toinen</a></p><p><a href="/b">Kolmas</a></p>',
        '<div><div class="otsikko"><h2>Aiheeseen liittyvää</h2></div><ul><li><a href="/a">Toinen</a> 2.3.2026</li></ul></div>',
        '<section><h2><span>Uusimmat uutiset</span></h2><div><a href="/a">Toinen</a></div></section>',
        '<h2>Läs också</h2><ul><li><a href="/a">Annan</a></li></ul>',
        '<h2>Uusimmat</h2><div><article><a href="/a">Toinen</a><p>Pitkä ingressi jossa järjestöavustushaku.</p></article></div>',
        "<noscript>Salli JavaScript</noscript><template><p>x</p></template><svg><text>x</text></svg><!-- x -->",
    ],
)  # fmt: skip
def test_clutter_is_left_out(clutter: str) -> None:
    assert main_text(f"<main><h1>Asia</h1><p>Ennen</p>{clutter}</main>") == "Asia\nEnnen"


@pytest.mark.parametrize(
    "content",
    [
        "<aside>Hakuaika 1.4.–30.4.</aside>",
        "<header>Hakuaika 1.4.–30.4.</header>",
        '<div class="alert alert-info">Hakuaika 1.4.–30.4.</div>',
        '<div class="social-services">Hakuaika 1.4.–30.4.</div>',
        '<div class="related-documents">Hakuaika 1.4.–30.4.</div>',
        '<div class="sidebar"><p>Hakuaika 1.4.–30.4.</p></div>',
        '<span aria-hidden="true">Hakuaika 1.4.–30.4.</span>',
        '<div class="accordion-body" style="display:none">Hakuaika 1.4.–30.4.</div>',
        '<div id="osa" hidden>Hakuaika 1.4.–30.4.</div><a href="#osa"></a>',
        '<div role="tabpanel" hidden>Hakuaika 1.4.–30.4.</div>',
        "<h3><button>Hakuaika 1.4.–30.4.</button></h3>",
        "<form><p>Hakuaika 1.4.–30.4.</p><input type=hidden name=__VIEWSTATE value=x></form>",
        "<details><summary>Hakuaika 1.4.–30.4.</summary></details>",
    ],
)  # fmt: skip
def test_what_may_be_content_is_kept(content: str) -> None:
    assert main_text(f"<main><h1>Asia</h1>{content}</main>") == "Asia\nHakuaika 1.4.–30.4."


def test_text_after_a_block_of_related_links_is_kept() -> None:
    markup = '<main><h2>Katso myös</h2><ul><li><a href="/a">Toinen</a></ul><p>Hakuaika on huhtikuu, ei toukokuu.</p><h2>Lopuksi</h2></main>'

    assert main_text(markup) == "Hakuaika on huhtikuu, ei toukokuu.\nLopuksi"


def test_news_under_a_heading_of_that_name_are_content_where_they_are_told() -> None:
    markup = "<main><h2>Uusimmat</h2><ul><li>Haku on auki 1.4.–30.4.2026.</ul></main>"

    assert main_text(markup) == "Uusimmat\nHaku on auki 1.4.–30.4.2026."


def test_the_operators_selection_and_exceptions_are_followed() -> None:
    markup = '<div class="a"><p>yksi</p><p class="x">kaksi</p><p>Arvonta 77 tänään</p><p>poistuu 5</p></div><div class="a">neljä</div>'

    text = main_text(markup, select=".a", ignore=[".x", r"/\d+/", "/^poistuu.*/"])

    assert text == "yksi\nArvonta tänään\nneljä"


def test_what_stands_behind_an_exception_stays() -> None:
    markup = "<main>ennen<b class=x>pois<i class=x>pois</i></b>\x01jälkeen <i class=x>pois</i>loppu</main>"

    assert main_text(markup, ignore=[".x", "b"]) == "ennenjälkeen loppu"


def test_a_selection_that_matches_nothing_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged, match=r"nothing on the page matches '\.b' \(https://e\.fi/\)"):
        main_text("<p>x</p>", select=".b", url="https://e.fi/")


@pytest.mark.parametrize(
    "css", ["main article", "div > p:nth-child(2)", "[data-x='1'], #a", "li:has(a)", "div.news_list #a-1"]
)
def test_a_selector_is_accepted(css: str) -> None:
    check_selector(css)


@pytest.mark.parametrize("css", ["main >", "p::", "[", "", "a:frobnicate", ".1", "main .", "#"])
def test_a_bad_selector_is_refused_with_its_text(css: str) -> None:
    with pytest.raises(ValueError, match="is no CSS selector"):
        check_selector(css)


def test_exceptions_are_selectors_or_expressions() -> None:
    check_ignore("/[a-z]+/")
    check_ignore(".clock")
    with pytest.raises(ValueError, match="no regular expression"):
        check_ignore("/[/")
    with pytest.raises(ValueError, match="no CSS selector"):
        check_ignore("[")


def test_formatting_that_is_never_closed_hides_nothing() -> None:
    markup = "<main>" + "".join(f"<p><font>rivi {number}" for number in range(600)) + "</main>"

    assert main_text(markup).splitlines() == [f"rivi {number}" for number in range(600)]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "syvällä",
        "<main><p>a" + "<ul><li>" * 100_000,
        "<p>" + "x" * 20_000_000,
        "<script" * 1_000_000,
        "<style>a</script>data:" * 300_000,
    ],
    ids=["divs", "lists", "one word of 20 MB", "unclosed scripts", "unclosed styles"],
)
def test_a_page_nobody_wrote_is_refused_at_once(markup: str) -> None:
    began = time.process_time()

    with pytest.raises(ParseError, match=r"nested too deep|larger than any page"):
        main_text(markup)

    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "markup",
    [
        "<table>" + "<tr><td>a<td>b" * 60_000,
        "<p hidden id=a>x</p>" * 20_000,
        "<h2>Katso myös</h2><p><a href=x>y</a></p>" * 5_000,
        "<div class=sidebar><a href=x>y</a></div>" * 10_000,
        "<p>" + "rivi<br>" * 100_000,
        "<a>" * 3000 + "x",
        "<div><span>x</span></div>" * 30_000,
    ],
    ids=["table", "hidden", "related", "sidebars", "breaks", "links", "spans"],
)
def test_a_huge_page_takes_time_in_proportion(markup: str) -> None:
    spent = []
    for times in (1, 2):
        began = time.process_time()
        main_text(f"<body>{markup * times}</body>")
        spent.append(time.process_time() - began)

    print([f"{each * 1000:.0f} ms" for each in spent])
    assert spent[1] < 4 * spent[0] + 0.5


@given(st.text(max_size=200) | st.binary(max_size=300).map(decode))
def test_any_markup_gives_text(markup: str) -> None:
    text = main_text(markup)

    assert all(line.strip() for line in text.splitlines())
    assert core_fingerprint(markup.encode("utf-8", "replace"), "utf-8")


# --- the fingerprint -----------------------------------------------------------------------------

PAGE = """<html><head><title>Avustukset</title><meta name="csrf-token" content="{n}"><script nonce="{n}">var a={n}</script></head>
<body id="b{n}"><!-- {n} --><header><p>Kello on nyt {h}.31</p></header><main class="c-{n}"><h1>Avustukset</h1>
<p id="wp-container-{n}">Haku on auki 1.4.–30.4.2026 klo 16.00 asti.</p><form action="/x?{n}"><input type="hidden" value="{n}"></form>
<a href="/haku/ohje.pdf;jsessionid={n}?t={n}">Ohje</a> <a href="https://e.fi/w/haku?p_auth={n}&amp;a=1">Haku</a>
<p>Sivua katsottu {h} kertaa</p><p>Sivu päivitetty <b>{h}.3.2026 12:{h}:05</b></p></main><footer>© 20{h}</footer></body></html>"""


def page(number: int, clock: int) -> bytes:
    return PAGE.format(n=number, h=clock).encode()


def test_noise_leaves_the_fingerprint_alone() -> None:
    assert core_fingerprint(page(1234567, 11), None) == core_fingerprint(page(9876543, 22), "utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("16.00", "15.00"),
        ("30.4.2026", "15.5.2026"),
        ("ohje.pdf", "ohje-1.pdf"),
        ("a=1", "a=2"),
        ("Ohje", "Ohjeet"),
        ("<p>Sivua katsottu", "<p hidden>Sivua katsottu"),
        ("<main", '<div role="main"'),
        ("Avustukset</title>", "Tuet</title>"),
    ],
)
def test_whatever_a_reader_could_notice_changes_the_fingerprint(before: str, after: str) -> None:
    changed = page(4711, 11).replace(before.encode(), after.encode(), 1)

    assert core_fingerprint(page(4711, 11), None) != core_fingerprint(changed, None)


def test_the_fingerprint_looks_only_at_what_was_selected() -> None:
    one, two = (f"<div class=a>yksi</div><div class=b>{text}</div>".encode() for text in ("x", "y"))

    assert core_fingerprint(one, None) != core_fingerprint(two, None)
    assert core_fingerprint(one, None, select=".a") == core_fingerprint(two, None, select=".a")
    assert core_fingerprint(one, None, ignore=[".b"]) == core_fingerprint(two, None, ignore=[".b"])
    assert core_fingerprint(one, None, ignore=["/^[xy]$/"]) == core_fingerprint(two, None, ignore=["/^[xy]$/"])
    assert core_fingerprint(one, None, select=".b") != core_fingerprint(two, None, select=".b")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (b"<p>x</p>", b"<p>y</p>"),
        (b'{"a": "<p>1</p>"}', b'{"a": "<p>2</p>"}'),
        (b"%PDF-1.4 a", b"%PDF-1.4 b"),
        (b"", b"\0"),
        (b"<div>" * 2000 + b"a", b"<div>" * 2000 + b"b"),
    ],
)
def test_where_a_selection_fails_or_there_is_no_page_the_bytes_decide(one: bytes, two: bytes) -> None:
    assert core_fingerprint(one, None, select=".none") != core_fingerprint(two, None, select=".none")
    assert core_fingerprint(one, None, select=".none") == core_fingerprint(one, None, select=".none")


def test_one_text_in_two_encodings_is_one_page() -> None:
    markup = "<p>Järjestöt Åbossa</p>"

    assert core_fingerprint(markup.encode(), "utf-8") == core_fingerprint(markup.encode("cp1252"), None)


FEED = '<?xml version="1.0"?><rss><channel><title>x</title><lastBuildDate>{}</lastBuildDate><item><title>{}</title><pubDate>{}</pubDate></item></channel></rss>'


def test_a_feed_built_anew_with_the_same_entries_is_the_same() -> None:
    one = core_fingerprint(FEED.format("Mon, 02 Mar 2026", "a", "1").encode(), None)

    assert one == core_fingerprint(FEED.format("Tue, 03 Mar 2026", "a", "1").encode(), None)
    assert one != core_fingerprint(FEED.format("Mon, 02 Mar 2026", "b", "1").encode(), None)
    assert one != core_fingerprint(FEED.format("Mon, 02 Mar 2026", "a", "2").encode(), None)


WORDS = st.sampled_from(
    ["Haku on auki", "1.4.–30.4.2026", "klo 16.00", "Kello on nyt 12.31", "Kello on nyt 12.32", "Sivua katsottu 5 kertaa", "Sivua katsottu 6 kertaa", "Päivitetty 2.3.2026 klo 9.37", "Päivitetty 3.3.2026 klo 9.37", "Katso myös", "§ 12", "", " "]
)  # fmt: skip
TAGS = st.sampled_from(
    ["p", "div", "ul", "li", "h2", "span", "b", "table", "tr", "td", "section", "main", "article", "nav", "aside", "dl"]
)
ATTRIBUTES = st.sampled_from(["", " hidden", ' style="display:none"', ' style="color:red"', ' aria-hidden="true"'])
NODES = st.recursive(
    WORDS,
    lambda inner: (
        st.builds(
            lambda tag, attribute, children: f"<{tag}{attribute}>{' '.join(children)}</{tag}>",
            TAGS,
            ATTRIBUTES,
            st.lists(inner, max_size=4),
        )
        | st.builds(lambda text: f'<a href="/x">{text}</a>', WORDS)
    ),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("<main><p>A</p></main> B <p>C</p>", "<main><p>A</p> B <p>C</p></main>"),
        ("<main><p>A</p></main> B", "<main><p>A</p> B</main>"),
    ],
)
def test_the_same_words_in_another_part_of_the_page_are_another_page(one: str, two: str) -> None:
    pages = [f"<html><body>{body}</body></html>".encode() for body in (one, two)]

    assert len({core_fingerprint(page, None) for page in pages}) == 2
    assert len({page_mark(page, None).partition("/")[0] for page in pages}) == 2


@given(st.lists(st.lists(NODES, max_size=3).map(" ".join), min_size=2, max_size=5), st.integers(0, 10**9))
def test_pages_with_one_fingerprint_have_one_text(bodies: list[str], number: int) -> None:
    pages = [f"<html><body data-n='{number}'>{body}</body></html>" for body in bodies]
    noisy = [body.replace("12.31", "9.05").replace("5 kertaa", "77 kertaa").replace("9.37", "10.00") for body in pages]

    for one, two in [*pairwise(pages), *zip(pages, noisy, strict=True)]:
        if core_fingerprint(one.encode(), None) == core_fingerprint(two.encode(), None):
            assert stable(main_text(one)) == stable(main_text(two))


@given(st.lists(NODES, max_size=4).map(" ".join))
def test_noise_alone_never_changes_the_stable_text(body: str) -> None:
    noisy = body.replace("12.31", "9.05").replace("5 kertaa", "77 kertaa")

    assert stable(main_text(f"<body>{body}</body>")) == stable(main_text(f"<body>{noisy}</body>"))


@given(st.lists(st.lists(NODES, max_size=3).map(" ".join), min_size=2, max_size=5), st.integers(0, 10**9))
def test_a_kept_mark_says_the_same_page_exactly_where_the_fingerprints_agree(bodies: list[str], number: int) -> None:
    pages = [f"<html><body data-n='{number}'>{body}</body></html>".encode() for body in bodies]
    noisy = [body.replace(b"12.31", b"9.05").replace(b"5 kertaa", b"77 kertaa") for body in pages]

    for one, two in [*pairwise(pages), *zip(pages, noisy, strict=True)]:
        kept = page_mark(one, None)
        alike = core_fingerprint(one, None) == core_fingerprint(two, None)
        assert same_page(kept, page_mark(two, None, known=kept)) == alike
        assert same_page(kept, page_mark(two, None)) == alike


def test_where_nothing_moved_the_kept_mark_itself_comes_back() -> None:
    kept = page_mark(page(4711, 11), None)

    assert page_mark(page(4711, 11), "utf-8", known=kept) == kept
    assert same_page(kept, page_mark(page(4711, 22), None, known=kept))


def test_a_page_larger_than_anybody_reads_is_refused_before_it_takes_memory() -> None:
    markup = f"<html><body><main>{'<p>Järjestöavustus.</p>' * 200_000}</main></body></html>"

    with pytest.raises(ParseError, match="larger than any page"):
        main_text(markup)
    assert core_fingerprint(markup.encode(), None) != core_fingerprint(f"{markup} ".encode(), None)


def test_pictures_and_scripts_within_a_page_do_not_make_it_too_large() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 400_000}">'
    script = f"<script>var a='{'x' * 1_000_000}';</script><style>.a {{color: red}}</style>"
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-02"}</script>'

    page = f"<html><head>{data}</head><body><main>{picture}{script}<p>Haku on auki.</p></main></body></html>"

    assert main_text(page) == "Haku on auki."
    assert metadata(page).published_on == dt.date(2026, 3, 2)
