"""The forms of a portfolio, the PDF among them, and ``kithbook portfolio`` with all five.

The surprising fact: without a window the PDF is drawn by a Qt that has no screen, started when it is first
asked for.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.cli import portfolio as command
from desktop.languages import mark
from desktop.learning import portfolio
from desktop.learning.portfolio_values import Portfolio


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called, and what stands in the system's dialog."""

    name: str
    """Also the end of the file's name."""
    label: str
    kind: str
    use: str
    """What it is good for."""


FORMS: Final = (
    Form(
        "html",
        mark("Web page"),
        mark("Web page (*.html)"),
        mark("One file that opens in any browser and loads nothing."),
    ),
    Form(
        "pdf", mark("PDF"), mark("PDF (*.pdf)"), mark("A4, to be printed or sent; its text can be searched.")
    ),
    Form("docx", mark("Word"), mark("Word (*.docx)"), mark("To be worked on further.")),
    Form("md", mark("Markdown"), mark("Markdown (*.md)"), mark("Plain text, for a wiki or a notebook.")),
    Form(
        "json",
        mark("JSON"),
        mark("Open Badge (*.json)"),
        mark("In the shape of Open Badges 3.0, unsigned; it says so itself."),
    ),
)
BY_NAME: Final = {form.name: form for form in FORMS}


def pdf(whole: Portfolio) -> bytes:
    """The PDF. Needs a QGuiApplication."""
    from desktop.ui import pdf as drawing
    from desktop.ui.portfolio import pages

    paper = pages.Paper()
    title = portfolio.title(whole)
    return drawing.draw(pages.html(whole, paper), pages.sheet(paper), title, title)


def _pdf_without_window(whole: Portfolio) -> bytes:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    try:
        return pdf(whole)
    finally:
        del application


DRAWN: Final[Mapping[str, command.Draw]] = {
    "html": command.FORMS["html"],
    "pdf": pdf,
    "docx": command.FORMS["docx"],
    "md": command.FORMS["md"],
    "json": command.FORMS["json"],
}
COMMAND: Final = command.command({**DRAWN, "pdf": _pdf_without_window})
