"""CSV, for spreadsheets: a row for each source, in UTF-8 with the mark that Excel knows it by.

The surprising fact: a cell that a spreadsheet would take for a formula gets an apostrophe before it, whoever
wrote it; the JSON Lines hold everything unchanged.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.languages import mark, tr
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet may take for a formula; some read the wide signs of Japanese."""
_INSIDE = re.compile(r"""((?:[;\n\r]|(?<=.)\t)["'\s]*)(?=[=+\-@][^;\n\r]{0,999}[(|!])""")
"""A formula in the middle: where lists are parted by semicolons, Excel parts a cell there, and at a line."""
LONGEST_CELL = 32_000
"""Characters; Excel cuts a longer one without a word."""
HEAD = (
    mark("Title"), mark("Address"), mark("Author"), mark("Published"), mark("Saved"), mark("Site"),
    mark("Language"), mark("Kind"), mark("State"), mark("Read"), mark("Minutes"), mark("Words"), mark("Tags"),
    mark("Goals"), mark("Why"), mark("Found through"), mark("People"), mark("Circle"), mark("Highlights"),
    mark("Comments"), mark("Excerpt"), "id",
)  # fmt: skip


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        yield b"\xef\xbb\xbf" + line([tr(name) for name in HEAD])
        for one in items.without_text():
            yield line(cells(one))
            steps.step("csv")

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def cells(one: Exported) -> list[str]:
    """The row of a source, not yet made safe."""
    quotes = [mark.quote for mark in one.annotations if mark.quote]
    comments = [mark.comment for mark in one.annotations if mark.comment]
    return [
        one.title, one.url, one.author, one.published, moment(one.captured_at), one.site, one.lang, one.kind,
        one.state, str(int(one.is_read)), str(one.minutes), str(one.words), "; ".join(one.tags),
        "; ".join(one.goals), one.why, one.found_through, "; ".join(one.people), one.circle,
        "\n\n".join(quotes), "\n\n".join(comments), one.excerpt, one.uuid,
    ]  # fmt: skip


def line(row: Sequence[str]) -> bytes:
    """A row as RFC 4180 has it, every cell safe."""
    made = io.StringIO()
    csv.writer(made).writerow([safe(cell) for cell in row])
    return made.getvalue().encode()


def safe(cell: str) -> str:
    """Text that stays text in a spreadsheet."""
    if len(cell) > LONGEST_CELL:
        cell = cell[: LONGEST_CELL - 1] + "…"
    cell = cell.replace("\x00", "")
    cell = _INSIDE.sub(r"\1'", cell)
    return f"'{cell}" if cell.lstrip(" \ufeff")[:1] in FORMULA and cell.strip(" \ufeff") else cell


def moment(at: int) -> str:
    """Milliseconds since 1970 as a date and time that spreadsheets read; empty for 0."""
    try:
        return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S") if at > 0 else ""
    except (ValueError, OverflowError, OSError):
        return ""
