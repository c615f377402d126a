"""The process that opens a PDF: limited, alone, started by path. It imports nothing of aluevahti.

Its argument is the folder that the PDF library lies in. Reads the file from stdin, writes its text as UTF-8 to stdout,
a form feed behind each page. Exit code 3: no PDF, or a broken or encrypted one (the reason is on stderr). Whatever else
happens to it happens to nobody else.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
MAX_PAGES = 2000
MAX_CHARACTERS = 8_000_000
"""What a PDF may cost, and how much of it is read: no paper of a meeting comes near to any of these."""


def limit() -> None:
    """Takes from this process the right to more than a document needs; PDFium is loaded only after that."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def texts(body: bytes) -> Iterator[str]:
    """The text of each page. Raises ValueError where the file cannot be opened; a broken page is an empty one."""
    import pypdfium2  # noqa: PLC0415  (large, and only under the limits)

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    left = MAX_CHARACTERS
    for number in range(min(len(document), MAX_PAGES)):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            text = ""
        left -= len(text)
        if left < 0:
            return
        yield text


def main() -> int:
    """Reads stdin, writes stdout; the exit code says how it went."""
    limit()
    sys.path += sys.argv[1:]
    try:
        for text in texts(sys.stdin.buffer.read()):
            sys.stdout.buffer.write((text + "\f").encode("utf-8", "replace"))
    except ValueError as error:
        sys.stderr.write(str(error))
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
