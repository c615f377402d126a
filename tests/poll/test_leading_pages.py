"""A start page that only leads on says nothing about what it leads to."""

from __future__ import annotations

from pathlib import Path

from aluevahti.model import ChangeKind
from faultserver import Page
from world import World, kinds

ORGANS = """<html><body class="bodyTelimet"><label class="h3"><!-- RSPEAK_START -->Toimielimet<!-- RSPEAK_STOP --></label>
<!--DATA_BEGIN--><table class="tbl"><tr><td class="tcDat"><a href="TELIN-160.HTM">Aluehallitus</a></td></tr></table><!--DATA_END-->
</body></html>"""


def organ(*meetings: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<!--TIETUE:{id_}--><!--{iso}--><!--{id_}.HTM--><!--8--><tr><td class="tcDat">&nbsp;{shown}&nbsp;</td>'
        f'<td class="tcDat"><a href="{id_}.HTM">Esityslista</a></td><!--TIETUE--></tr>'
        for id_, iso, shown in meetings
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"></head>
<body class="bodyTelin"><label class="h3"><!-- RSPEAK_START -->Kokouslistat<br>Aluehallitus<!-- RSPEAK_STOP --></label>
<!--DATA_BEGIN--><table class="tbl"><tr class="trHea"><td class="tcHeaFirst" colspan="2">&nbsp;Vuosi&nbsp;2026</td></tr>
{rows}</table><!--DATA_END--></body></html>"""


def test_a_new_meeting_behind_an_unchanged_page_of_organs_is_told(tmp_path: Path) -> None:
    first = ("2026097", "2026-02-23", "23.02.2026")
    with World(tmp_path) as world:
        world.site.pages["/kokous/TELIMET.HTM"] = Page(ORGANS, etag='"1"')
        world.site.pages["/kokous/TELIN-160.HTM"] = Page(organ(first), charset="windows-1252")
        world.add("dynasty", "/kokous/TELIMET.HTM", region="etela-savo")
        world.check()
        world.check()
        world.site.pages["/kokous/TELIN-160.HTM"] = Page(
            organ(("2026118", "2026-03-09", "09.03.2026"), first), charset="windows-1252"
        )

        told = world.check()

    assert [change.title for change in told.changes if change.kind is ChangeKind.DOCUMENT_NEW] == [
        "Aluehallitus 9.3.2026 Esityslista"
    ]
    assert ChangeKind.DOCUMENT_REVISED not in kinds(told)
