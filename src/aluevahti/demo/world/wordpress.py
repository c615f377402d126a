"""WordPress: posts over REST by their last edit, with nonces and random related posts in every answer."""

from __future__ import annotations

import datetime as dt
import json
from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs
from aluevahti.demo.world.papers import Article, Place

_RELATED = ("Avoimet työpaikat", "Asioi verkossa", "Palautteesi auttaa", "Näin varaat ajan", "Talven liukkaat")


def answer(place: Place, ask: Ask) -> Answer:
    """The posts, or one post's page for people."""
    shown = place.shown_news(ask.at)
    if ask.path == "/wp-json/wp/v2/posts":
        posts = [_post(one, ask) for one in shown]
        return Answer(
            body=json.dumps(posts).encode(),  # ASCII with \u escapes, as WordPress sends it
            content_type="application/json; charset=UTF-8",
            headers=(("X-WP-Total", str(len(posts))), ("X-WP-TotalPages", "1"), ("X-WP-Nonce", ask.token("nonce", 10))),
        )
    article = next((one for one in shown if ask.path == _path(one)), None)
    return not_found() if article is None else page(_page(article, ask))


def _path(article: Article) -> str:
    return f"{'/sv' if article.lang == 'sv' else ''}/{article.at:%Y/%m/%d}/{article.slug}/"


def _post(article: Article, ask: Ask) -> dict[str, object]:
    moment = f"{article.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}"
    title = escape(article.title).replace("–", "&#8211;")
    return {
        "id": article.id,
        "date_gmt": moment,
        "modified_gmt": moment,
        "link": f"{ask.origin}{_path(article)}",
        "slug": article.slug,
        "title": {"rendered": title},
        "content": {"rendered": _content(article, ask), "protected": False},
        "excerpt": {"rendered": f"<p>{escape(article.text[0][:60])} [&hellip;]</p>\n"},
        "lang": article.lang,
    }


def _content(article: Article, ask: Ask) -> str:
    related = "".join(f'<li><a href="/?p={ask.load}">{one}</a></li>' for one in ask.shuffled(_RELATED, "related")[:3])
    return f"""
<div class="wp-block-group wp-container-{ask.load}">{paragraphs(article.text).replace("–", "&#8211;")}</div>
<div class="jp-relatedposts" data-nonce="{ask.token("nonce", 10)}"><h3>Katso my&ouml;s</h3><ul>{related}</ul></div>"""


def _page(article: Article, ask: Ask) -> str:
    return f"""<!DOCTYPE html><html lang="{article.lang}"><head><meta charset="utf-8"><title>{escape(article.title)}</title></head><body>
<p>Esittelyaineisto, keksitty / demo material, invented</p>
<main><h1>{escape(article.title)}</h1>{_content(article, ask)}</main></body></html>"""
