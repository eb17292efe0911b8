"""``kithbook shot VIEW OUT.png``: a picture of a view on the present library, drawn without a display.

The surprising fact: it shows the real window and waits until nothing is under way in it, so a picture never
shows a half-read list. Qt is imported only when it runs.
"""

import argparse
import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop import languages
from desktop.cli.command import Command
from desktop.errors import BadInput, NoSpace
from desktop.languages import mark, tr
from desktop.paths import Paths, of_this_user

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

VIEWS: Final = (
    "inbox", "later", "archive", "all", "trash", "reader", "reader-highlights", "reader-links",
    "highlights", "notes", "note", "goals", "goal", "learning", "activity", "tries", "toolkit", "portfolio",
    "review", "review:inbox", "review:highlights", "review:goals", "review:tries", "review:tool",
    "review:questions", "review:share", "review:closing", "resurfacing", "questions", "balance",
    "balance:acts", "balance:check", "people", "person", "basket", "received", "outbox", "connect", "guide",
    "settings", "settings:keys", "settings:sharing",
    "safety", "answer", "keys", "export",
)  # fmt: skip
THEMES: Final = ("light", "dark", "contrast")
SMALLEST, LARGEST = 320, 8000
QUIET: Final = 0.15
"""Seconds of quiet after the last work: the timers that follow a selection have run by then."""
PATIENCE: Final = 30.0


def parse_size(text: str) -> tuple[int, int]:
    """``1280x800`` as two numbers. Raises BadInput."""
    width, cross, height = text.lower().replace("×", "x").partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise BadInput(tr("“{text}” is no size.").format(text=text), tr("Write it like 1280x800."))
    size = int(width), int(height)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise BadInput(
            tr("A picture is {smallest} to {largest} pixels on each side.").format(
                smallest=SMALLEST, largest=LARGEST
            )
        )
    return size


async def settled(window: "MainWindow") -> None:
    """Wait until nothing is under way and everything has been painted."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    quiet_since = loop.time()
    while loop.time() < until:
        await asyncio.sleep(0.02)
        if not window.is_idle:
            quiet_since = loop.time()
        elif loop.time() - quiet_since > QUIET:
            return


async def draw(paths: Paths, view: str, out: Path, theme: str, size: tuple[int, int]) -> None:
    """Draw ``view`` into the PNG file ``out``. Raises UserFixable."""
    from desktop.library.opening import open_library
    from desktop.ui.program.first_window import first_window
    from desktop.ui.shell.state import WindowState

    with open_library(paths, write=False) as library:
        state = WindowState(width=size[0], height=size[1], view=view if view in VIEWS[:5] else "inbox")
        window, desk = first_window(paths, state, theme=theme, reader=library.reader)
        try:
            desk.tasks.is_mute = True
            window.show()
            window.activateWindow()
            desk.open_library(library)
            window.begin()
            await settled(window)
            if view == "reader":
                await _show_a_page(window)
            if view == "reader-highlights":
                await _show_a_highlight(window)
            elif view == "reader-links":
                await _show_ties(window)
            elif view == "note":
                await _write_a_note(window)
            elif view == "answer":
                window.overlays.palette(_a_word(window))
            elif view in ("activity", "tries"):
                await _show_learning(window, view)
            elif view == "person":
                await _show_a_doubt(window)
            elif view not in VIEWS[:5]:
                window.show_view(view)
            await settled(window)
            if not window.grab().save(str(out), "PNG"):
                raise NoSpace(
                    tr("The picture could not be written to {out}.").format(out=out),
                    tr("Check the folder and its rights."),
                )
        finally:
            window.hide()  # not close(): a picture leaves no trace in window.json
            await desk.tasks.close()
            window.deleteLater()


async def _show_a_page(window: "MainWindow") -> None:
    """The first page of Inbox, or of the whole library where Inbox is empty."""
    if not window.list.model.ids:
        window.show_view("all")
        await settled(window)
    if window.list.model.ids:
        window.reader.show_source(window.list.current)


async def _show_a_highlight(window: "MainWindow") -> None:
    """The first page of Inbox with the whole room to itself, and its first comment on the card."""
    await _show_a_page(window)
    await settled(window)
    if window.reader.detail is None:
        return
    window.toggle_alone()
    await settled(window)
    marks = window.reader.marks
    spots = marks.spots.all
    commented = next((spot for spot in spots if spot.annotation.comment), spots[0] if spots else None)
    if commented is not None:
        marks.open_card(commented.id)


async def _show_ties(window: "MainWindow") -> None:
    """The first page that has a link, with its links and notes below the text."""
    window.show_view("all")
    await settled(window)
    for source_id in list(window.list.model.ids)[:100]:
        window.show_source(source_id)
        await settled(window)
        if window.reader.ties.links:
            break
    window.reader.ties.toggle()


async def _write_a_note(window: "MainWindow") -> None:
    """The first note while it is written."""
    window.show_view("notes")
    await settled(window)
    window.show_view("note:write")


async def _show_learning(window: "MainWindow", view: str) -> None:
    """What is under way with the focus in its units, or the tries."""
    from desktop.ui.learning.view import LearningView

    window.show_view("learning:tries" if view == "tries" else "learning")
    await settled(window)
    page = window.stack.currentWidget()
    if view == "activity" and isinstance(page, LearningView):
        rows = [page.model.row_at(at) for at in range(len(page.model.ids))]
        row = next((one for one in rows if one is not None and one.units), None)
        if row is not None:
            window.show_view(f"activity:{row.id}")
            await settled(window)
        page.open()


async def _show_a_doubt(window: "MainWindow") -> None:
    """Somebody whose key has changed, or whoever stands first among the people."""
    from desktop.ui.people.view import PeopleView

    window.show_view("people")
    await settled(window)
    page = window.stack.currentWidget()
    if isinstance(page, PeopleView):
        name = next((one.row.name for one in page.people if one.doubt), "")
        if name:
            window.show_view(f"person:{name}")


def _a_word(window: "MainWindow") -> str:
    """A word that finds something, so that the picture shows answers."""
    row = window.list.model.row_at(0) if window.list.model.ids else None
    words = sorted((row.title if row else "").split(), key=len)
    return words[-1].strip(",.:;“”") if words else ""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("view", choices=VIEWS, metavar="VIEW", help=" ".join(VIEWS))
    parser.add_argument("out", metavar="OUT.png", type=Path)
    parser.add_argument("--theme", choices=THEMES, default="light", help=tr("light, dark or contrast"))
    parser.add_argument("--language", default="", metavar="CODE", help=tr("that of the settings if not said"))
    parser.add_argument(
        "--size", default="1280x800", metavar="WxH", help=tr("in pixels, 1280x800 if not said")
    )


def _run(arguments: argparse.Namespace) -> int:
    size = parse_size(arguments.size)
    if arguments.language:
        languages.choose(arguments.language)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.ui.program import looping

    async def main() -> int:
        await draw(of_this_user(), arguments.view, arguments.out, arguments.theme, size)
        return 0

    return looping.run(main)


COMMAND = Command("shot", mark("draw a view of the library into a PNG file"), _add_arguments, _run)
