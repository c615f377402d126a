"""All hosts of the world behind one door: which platform answers for which host, and who misbehaves when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aluevahti.demo.world import casem, drupal, dynasty, helsinki, liferay, mfiles, rss, stt, tweb, wordpress
from aluevahti.demo.world.answer import Answer, Ask, not_found, page
from aluevahti.demo.world.papers import Place

_BUILDERS: Mapping[str, Callable[[Place, Ask], Answer]] = {
    "casem": casem.answer,
    "dynasty": dynasty.answer,
    "tweb": tweb.answer,
    "wordpress": wordpress.answer,
    "listing": drupal.answer,
    "page": liferay.answer,
    "feed": rss.answer,
    "helsinki": helsinki.answer,
    "mfiles": mfiles.answer,
}

_DOWN = (503, 502, 500)
"""What a host that is down answers, in turn."""


@dataclass(frozen=True, slots=True)
class World:
    """The sites of all places."""

    places: Sequence[Place]

    def answer(self, ask: Ask) -> Answer:
        """What the site that is asked for answers at that moment."""
        if ask.host == stt.HOST:
            return stt.answer(self.places, ask)
        for place in self.places:
            for site in place.sites:
                if site.host == ask.host:
                    return self._at(place, site.platform, ask)
        return not_found()

    def _at(self, place: Place, platform: str, ask: Ask) -> Answer:
        how = place.trouble(ask.host, ask.at)
        if how == "down":
            status = _DOWN[ask.turn % len(_DOWN)]
            return page(f"<html><body><h1>{status} Service Unavailable</h1></body></html>", status=status)
        if how == "maintenance":
            return page(_MAINTENANCE)
        if ask.path == "/robots.txt":
            return _robots(platform)
        return _BUILDERS[platform](place, ask)


_MAINTENANCE = """<!DOCTYPE html><html lang="fi"><head><title>Huoltokatko</title></head><body><main>
<h1>Huoltokatko</h1><p>Sivustoa päivitetään. Palvelu on taas käytettävissä hetken kuluttua.</p></main></body></html>"""


def _robots(platform: str) -> Answer:
    """The vendor's usual file on TWeb, none anywhere else."""
    if platform != "tweb":
        return not_found()
    return Answer(body=b"User-Agent: *\r\nDisallow: /\r\n", content_type="text/plain")
