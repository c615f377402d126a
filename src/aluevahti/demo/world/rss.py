"""A feed of news whose entries only lead to their pages; its build date and its entity tag move on every load."""

from __future__ import annotations

from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs, rfc_date
from aluevahti.demo.world.papers import Article, Place


def answer(place: Place, ask: Ask) -> Answer:
    """The feed, or one entry's page."""
    shown = place.shown_news(ask.at)
    if ask.path == "/feed/":
        return Answer(
            body=_feed(shown, ask).encode(),
            content_type="application/rss+xml; charset=UTF-8",
            headers=(("ETag", f'"{ask.token("etag")}"'),),
        )
    article = next((one for one in shown if ask.path == _path(one)), None)
    return not_found() if article is None else page(_page(article, ask))


def _path(article: Article) -> str:
    return f"/uutinen/{article.slug}/"


def _feed(shown: list[Article], ask: Ask) -> str:
    entries = "\n".join(
        f"""<item><title>{escape(one.title)}</title><link>{ask.origin}{_path(one)}?utm_source=rss</link>
<dc:creator><![CDATA[viestinta]]></dc:creator><pubDate>{rfc_date(one.at)}</pubDate>
<guid isPermaLink="false">{ask.origin}/?p={one.id}</guid><description><![CDATA[{one.text[0][:70]} [&#8230;]]]></description></item>"""
        for one in shown
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Kainuun hyvinvointialue</title><link>{ask.origin}</link><lastBuildDate>{rfc_date(ask.at)}</lastBuildDate>
<generator>feed/{ask.load}</generator><language>fi</language>
{entries}
</channel></rss>
"""


def _page(article: Article, ask: Ask) -> str:
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{escape(article.title)}</title>
<meta property="article:published_time" content="{article.at:%Y-%m-%dT%H:%M:%S}+02:00"></head><body>
<header class="site-header"><p>Esittelyaineisto, keksitty / demo material, invented</p></header>
<main><article><h1>{escape(article.title)}</h1>{paragraphs(article.text)}</article></main>
<footer class="site-footer"><p>Sivua katsottu {900 + ask.load} kertaa</p></footer></body></html>"""
