"""The toolkit as a table in a file: for a spreadsheet, as Markdown, or as a page for the browser."""

from functools import partial
from pathlib import Path

from desktop.cli.toolkit import as_csv, as_html, as_markdown
from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.learning import toolkit
from desktop.store.reader import Reader
from desktop.ui import file_saving
from desktop.ui.desk import Desk

FORMS = {".csv": as_csv, ".md": as_markdown, ".html": as_html, ".htm": as_html}


def ask(desk: Desk) -> None:
    """Ask where to, then write it there; the end of the name says which form."""
    kinds = ";;".join(
        (
            tr("Table for a spreadsheet (*.csv)"),
            tr("Markdown (*.md)"),
            tr("Page for the browser (*.html)"),
        )
    )
    name = tr("My toolkit") + ".csv"
    file_saving.ask_place(tr("Export the toolkit"), name, kinds, "csv", partial(_start, desk))


def _start(desk: Desk, place: str) -> None:
    if place:
        desk.tasks.start(save(desk, Path(place)))


async def save(desk: Desk, place: Path) -> None:
    """Write all cards to ``place`` and say so."""
    try:
        await desk.tasks.attempt(_write, desk.reader, place)
    except UserFixable as error:
        desk.tasks.report(error)
        return
    desk.say(tr("The toolkit is in {name}").format(name=place.name))


def _write(reader: Reader, place: Path) -> None:
    draw = FORMS.get(place.suffix.lower(), as_csv)
    text = draw(toolkit.table(reader))
    # A spreadsheet takes a CSV file for UTF-8 only when it begins with the mark for it.
    file_saving.write(place, text.encode("utf-8-sig" if draw is as_csv else "utf-8"))
