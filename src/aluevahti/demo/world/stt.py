"""The press release service: pressrooms and releases as JSON; the tail of other releases moves."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs
from aluevahti.demo.world.papers import Article, Place
from aluevahti.model import Json

HOST = "sttinfo"
_ROOM = re.compile(r"/public-website-api/pressroom/(\d+)/releases/\d+/(\d+)")
_RELEASE = re.compile(r"/(?:public-website-api/release|tiedote)/(\d+)(?:/.*)?")
_OTHERS = (
    "Kuukauden vapaaehtoinen palkittiin",
    "Rokotukset alkavat",
    "Uusi pelastusasema vihittiin",
    "Kysely asiakkaille",
)


def answer(places: Sequence[Place], ask: Ask) -> Answer:
    """A pressroom's list, a release as JSON, or a release's page for people."""
    room = _ROOM.fullmatch(ask.path)
    if room is not None:
        place = next((one for one in places if _publisher(one) == room[1]), None)
        return not_found() if place is None else _json(_list(place, ask, int(room[2])))
    found = _RELEASE.fullmatch(ask.path)
    if found is None:
        return not_found()
    for place in places:
        for article in place.shown_news(ask.at):
            if article.release is not None and str(article.release) == found[1]:
                is_data = ask.path.startswith("/public-website-api/")
                return _json(_release(place, article, ask)) if is_data else page(_page(article, ask))
    return not_found()


def _publisher(place: Place) -> str:
    paths = [site.path for site in place.sites if site.platform == "stt"]
    return paths[0].rpartition("/")[2] if paths else ""


def _json(value: Json) -> Answer:
    return Answer(body=json.dumps(value, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8")


def _address(place: Place, article: Article) -> str:
    return f"/tiedote/{article.release}/{article.slug}?publisherId={_publisher(place)}&lang={article.lang}"


def _moment(article: Article) -> str:
    return f"{article.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _list(place: Place, ask: Ask, number: int) -> Json:
    releases = [one for one in place.shown_news(ask.at) if one.release is not None] if number == 0 else []
    return {
        "publisher": {"id": int(_publisher(place)), "name": place.region},
        "paging": {"count": len(releases), "itemsPerPage": 20, "requestId": ask.token("request")},
        "releases": [
            {
                "id": one.release,
                "date": _moment(one),
                "versions": {
                    one.lang: {"title": one.title, "metadescription": one.text[0][:120], "url": _address(place, one)}
                },
            }
            for one in releases
        ],
    }


def _release(place: Place, article: Article, ask: Ask) -> Json:
    others = "".join(f"<p>{other}</p>" for other in ask.shuffled(_OTHERS, "other")[:2])
    tail = f"<h2>Lue lisää julkaisijalta {place.region}</h2>{others}"
    version = {
        "title": article.title,
        "leadtext": article.text[0],
        "body": {"complete": paragraphs(article.text[1:]) + tail},
        "url": _address(place, article),
    }
    return {"id": article.release, "date": _moment(article), "versions": {article.lang: version}}


def _page(article: Article, ask: Ask) -> str:
    others = "".join(f"<li>{other}</li>" for other in ask.shuffled(_OTHERS, "other")[:2])
    return f"""<!DOCTYPE html><html lang="{article.lang}"><head><meta charset="utf-8"><title>{escape(article.title)}</title></head><body>
<p>Esittelyaineisto, keksitty / demo material, invented</p>
<main><article><h1>{escape(article.title)}</h1>{paragraphs(article.text)}</article></main>
<section><h2>Lue lisää julkaisijalta</h2><ul>{others}</ul></section></body></html>"""
