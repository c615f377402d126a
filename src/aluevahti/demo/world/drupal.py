"""Drupal: a list of news and the news themselves, with the identifiers that Drupal makes anew on every load."""

from __future__ import annotations

from html import escape

from aluevahti.demo.world.answer import Answer, Ask, moved, not_found, page, paragraphs, short_date
from aluevahti.demo.world.papers import Article, Place

_LIST = "/fi/ajankohtaista"
_LINKS = ("Anna palautetta", "Avoimet työpaikat", "Chat auttaa", "Häiriötiedotteet", "Päivystys")


def answer(place: Place, ask: Ask) -> Answer:
    """The list, or one piece of news; old addresses lead to the new ones once they have moved."""
    shown = place.shown_news(ask.at)
    if ask.path == _LIST:
        is_empty = place.trouble(ask.host, ask.at) == "empty"
        return page(_list([] if is_empty else shown, place, ask))
    for article in shown:
        if ask.path == _path(article, place, ask):
            return page(_page(article, ask))
        if ask.path == _old_path(article):
            return moved(_path(article, place, ask))
    return not_found()


def _has_moved(place: Place, ask: Ask) -> bool:
    return place.moved_at is not None and ask.at >= place.moved_at


def _old_path(article: Article) -> str:
    return f"{_LIST}/{article.slug}"


def _path(article: Article, place: Place, ask: Ask) -> str:
    return f"/fi/uutiset/{article.at:%Y/%m}/{article.slug}" if _has_moved(place, ask) else _old_path(article)


def _frame(title: str, content: str, ask: Ask) -> str:
    links = "".join(
        f'<li><a href="/fi/{number}?itok={ask.token("itok", 8)}">{one}</a></li>'
        for number, one in enumerate(ask.shuffled(_LINKS))
    )
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{escape(title)} | Vakehyva</title>
<link rel="stylesheet" href="/core/a.css?{ask.token("css", 6)}"></head><body>
<header class="site-header"><a class="skip-link" href="#sisalto">Hyppää pääsisältöön</a><nav><ul><li><a href="/fi">Etusivu</a></li></ul></nav>
<p>Esittelyaineisto, keksitty / demo material, invented</p></header>
<main id="sisalto">{content}</main>
<aside class="sidebar"><ul>{links}</ul></aside>
<form><input type="hidden" name="form_build_id" value="form-{ask.token("form", 24)}">
<input type="hidden" name="form_token" value="{ask.token("token", 24)}"></form>
<footer class="site-footer"><p>Kello on nyt {ask.at:%H.%M}</p><p>Sivua katsottu {4000 + ask.load} kertaa</p></footer></body></html>"""


def _list(shown: list[Article], place: Place, ask: Ask) -> str:
    rows = "".join(
        f"""<div class="views-row"><article class="node node--type-news"><span class="node__label">Uutinen</span>
<time datetime="{one.at:%Y-%m-%dT%H:%M:%S}+0200">Julkaistu {short_date(one.at.date())} {one.at.hour}.{one.at:%M}</time>
<h2><a href="{_path(one, place, ask)}">{escape(one.title_at(ask.at))}</a></h2></article></div>"""
        for one in (reversed(shown) if _has_moved(place, ask) else shown)
    )
    content = rows or '<div class="view-empty"><p>Ei tuloksia.</p></div>'
    return _frame(
        "Ajankohtaista",
        f'<h1>Ajankohtaista</h1><div class="views-element-container"><div class="view js-view-dom-id-{ask.token("dom", 32)}">{content}</div></div>',
        ask,
    )


def _page(article: Article, ask: Ask) -> str:
    return _frame(
        article.title_at(ask.at),
        f"""<article class="node node--type-news node--view-mode-full"><h1>{escape(article.title_at(ask.at))}</h1>
<p><span class="node__label">Uutinen</span> <time datetime="{article.at:%Y-%m-%dT%H:%M:%S}+0200">Julkaistu {short_date(article.at.date())} {article.at.hour}.{article.at:%M}</time></p>
{paragraphs(article.text)}</article>""",
        ask,
    )
