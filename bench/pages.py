"""A loopback site of many pages for measuring: `python bench/pages.py PORT`, on 127.0.0.1 to 127.0.0.4.

    GET /p/N                page N, about 40 KB, with a list of 30 rows in its main part
    GET /short/N            page N, about 1 KB
    GET /_mode/NAME         new, same, noise or changed: how the pages behave from now on

`same` answers 304 to the validators it gave; `noise` sends the same content with another nonce, hidden
field, clock and counter on every response; `changed` adds a row to every hundredth page.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from itertools import count

LATENCY = 0.05
ADDRESSES = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
WORDS = [
    "kokous",
    "aluehallitus",
    "pöytäkirja",
    "esityslista",
    "palvelu",
    "asukas",
    "kunta",
    "lautakunta",
    "valmistelija",
    "suunnitelma",
    "talous",
    "henkilöstö",
    "hoito",
    "terveys",
    "asema",
    "sairaala",
    "vastaanotto",
    "aika",
    "puhelin",
    "neuvonta",
    "perhe",
    "lapsi",
    "nuori",
    "ikäihminen",
    "tuki",
    "kuntoutus",
    "hanke",
    "tavoite",
    "toiminta",
    "yhteistyö",
    "kehittäminen",
    "alue",
    "päätös",
    "liite",
    "asia",
    "selostus",
    "ehdotus",
    "käsittely",
    "tiedoksi",
    "merkittiin",
]

state = {"mode": "new"}
serial = count(1)


def body(number: int, turn: int) -> bytes:
    """Page `number`; `turn` 0 is the page without noise."""
    extra = ["Uusi rivi: lisätty asia"] if state["mode"] == "changed" and number % 100 == 0 else []
    rows = extra + [
        f"Asia {number}/{row}: {' '.join(WORDS[(number + row + step) % len(WORDS)] for step in range(12))}"
        for row in range(30)
    ]
    items = "\n".join(
        f'<li class="row"><a href="/asia/{number}-{place}">{text}</a></li>' for place, text in enumerate(rows)
    )
    filler = "\n".join(
        f"<p>{' '.join(WORDS[(number * 7 + k + j) % len(WORDS)] for j in range(40))}</p>" for k in range(70)
    )
    nonce = hashlib.sha256(f"{number}/{turn}".encode()).hexdigest()
    clock = f"{turn // 60 % 24:02d}.{turn % 60:02d}.{turn * 7 % 60:02d}"
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Sivu {number}</title>
<meta name="csrf-token" content="{nonce}"><script nonce="{nonce}">var t={turn};</script></head><body>
<nav><ul><li><a href="/">Etusivu</a></li><li><a href="/asiat">Asiat</a></li></ul></nav>
<form><input type="hidden" name="form_build_id" value="form-{nonce[:20]}"></form>
<main><h1>Sivu {number}</h1><ul class="docs">{items}</ul>{filler}</main>
<footer>Sivu luotu 2.3.2026 klo {clock}. Sivua katsottu {turn * 13} kertaa.</footer></body></html>""".encode()


def short(number: int) -> bytes:
    """A page that costs next to nothing to read, and is another one for each number."""
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 40))
    return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Sivu {number}</title></head><body>
<main><h1>Sivu {number}</h1><p>Asia {number}: {words}.</p></main></body></html>""".encode()


def answer(target: str, headers: dict[str, str]) -> bytes:
    """The whole response."""
    if target.startswith("/_mode/"):
        state["mode"] = target.rsplit("/", 1)[1]
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
    _, kind, rest = f"{target}/".split("/", 2)
    if kind not in {"p", "short"}:
        return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone"
    number = int(rest.strip("/"))
    noisy = state["mode"] == "noise"
    content = short(number) if kind == "short" else body(number, next(serial) if noisy else 0)
    etag = hashlib.sha256(content).hexdigest()[:16]
    validator = "" if noisy else f'ETag: "{etag}"\r\n'
    if not noisy and headers.get("if-none-match") == f'"{etag}"':
        return f"HTTP/1.1 304 Not Modified\r\n{validator}\r\n".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{validator}Content-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, as many requests as it brings."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *rest = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
            await asyncio.sleep(LATENCY)
            writer.write(answer(first.split(" ")[1], headers))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main(port: int) -> None:
    """Listen until killed."""
    servers = [await asyncio.start_server(serve, address, port) for address in ADDRESSES]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
