"""The process that opens a PDF: limited, alone, told by path. It imports nothing of aluevahti.

Reads the file from stdin, writes its text as UTF-8 to stdout, pages separated by form feeds. Exit code 3: no PDF, or a
broken or encrypted one (the reason is on stderr). Whatever else happens to it happens to nobody else.
"""

from __future__ import annotations

import resource
import sys

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
MAX_PAGES = 2000
MAX_CHARACTERS = 8_000_000


def main() -> int:
    """Limits itself first: PDFium is large, and the file comes from the net."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2  # noqa: PLC0415  (only under the limits)

    body = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        sys.stderr.write(str(error))
        return 3
    written = 0
    for number in range(min(len(document), MAX_PAGES)):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            text = ""  # one broken page does not hide the others
        written += len(text)
        if written > MAX_CHARACTERS:
            break
        sys.stdout.buffer.write((text + "\f").encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
