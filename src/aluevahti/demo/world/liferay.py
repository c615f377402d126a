"""Liferay: a standing page with an authentication token, a clock and a counter on every load."""

from __future__ import annotations

from html import escape

from aluevahti.demo.world.answer import Answer, Ask, not_found, page, paragraphs, short_date
from aluevahti.demo.world.papers import Place, StandingPage

_GUEST = "/web/guest"
_RELATED = ("Hae töihin", "Omaolo palvelee", "Päivystysapu 116117", "Saavutettavuus", "Tilaa uutiskirje")


def answer(place: Place, ask: Ask) -> Answer:
    """The page, with or without Liferay's `/web/guest`."""
    path = ask.path.removeprefix(_GUEST)
    found = next((one for one in place.pages if one.path == path), None)
    return not_found() if found is None else page(_page(found, ask))


def _page(standing: StandingPage, ask: Ask) -> str:
    links = "".join(
        f'<li><a href="/web/guest/w/{number}?p_auth={ask.token("auth", 8)}&amp;p_p_id=x">{one}</a></li>'
        for number, one in enumerate(ask.shuffled(_RELATED)[:3])
    )
    edited = max(since for since, _ in standing.versions if since <= ask.at)
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{escape(standing.title)} - Lapin hyvinvointialue</title>
<script>var Liferay={{authToken:'{ask.token("auth", 8)}'}};</script></head><body>
<header class="site-header"><nav><ul><li><a href="/web/guest">Etusivu</a></li></ul></nav>
<p>Esittelyaineisto, keksitty / demo material, invented</p></header>
<div class="bulletin-bar"><p>Puhelinpalvelussa on {3 + ask.load % 20} soittajaa jonossa. <a href="/tiedote/{ask.load}">Lue lisää</a></p></div>
<main id="main-content"><h1>{escape(standing.title)}</h1>
<p class="updated">Päivitetty {short_date(edited.date())} klo {edited.hour}.{edited:%M}</p>
<div class="journal-content-article">{paragraphs(standing.text(ask.at))}</div>
<section class="related-content"><h2>Katso myös</h2><ul>{links}</ul></section></main>
<footer class="site-footer"><p>Kello on nyt {ask.at:%H.%M}</p><p>Kävijöitä tänään: {200 + ask.load}</p></footer></body></html>"""
