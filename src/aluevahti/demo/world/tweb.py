"""TWeb: pages in windows-1252 that call themselves Latin-1, behind a robots.txt that forbids them all."""

from __future__ import annotations

from aluevahti.demo.world.answer import Answer, Ask, not_found, rfc_date, short_date
from aluevahti.demo.world.papers import Place

FOLDER = "/ktwebscr/"


def answer(place: Place, ask: Ask) -> Answer:
    """The two feeds. A polite visitor has read robots.txt and asks for neither."""
    side = ask.path.removeprefix(FOLDER).partition("_")[0]
    if not ask.path.endswith("_rssfeed.htm") or side not in {"pk", "epj"}:
        return not_found()
    entries = "".join(
        f"<item><title>{one.organ}: 4/2026 {short_date(one.held_on)} 09:00</title><link>{side}_asil_tweb.htm?bid={one.key}</link>"
        f"<category>{one.organ}</category><pubDate>{rfc_date(one.agenda_at)}</pubDate></item>\n"
        for one in place.shown_meetings(ask.at)
        if one.is_decided(ask.at) == (side == "pk")
    )
    title = "Pöytäkirjat" if side == "pk" else "Esityslistat"
    feed = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>{title}</title><link>{side}_tek_tweb.htm</link>
{entries}</channel></rss>
"""
    return Answer(body=feed.encode("windows-1252"), content_type="text/xml; charset=iso-8859-1")
