"""``kithbook export`` with all formats, PDF too, which is drawn by Qt.

The surprising fact: nothing here loads Qt until a PDF is asked for.
"""

from pathlib import Path
from typing import Final

from desktop.cli import export as command
from desktop.languages import mark
from desktop.share.export.formats import FORMATS, Format
from desktop.share.export.selection import Items
from desktop.share.export.writing import Stop, Tell, Written, in_silence, never


def _write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    from desktop.ui import pdf_export

    return pdf_export.write_anywhere(items, out, tell=tell, stop=stop, overwrite=overwrite)


PDF: Final = Format(
    "pdf",
    ".pdf",
    mark("PDF"),
    mark("PDF (*.pdf)"),
    mark("A4, to be printed or read; with bookmarks, and its text can be searched."),
    _write,
)
ALL: Final = (*FORMATS, PDF)
"""Every format, for the window too: a Qt that is there already is used."""
COMMAND: Final = command.command(ALL)
