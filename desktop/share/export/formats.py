"""The register of formats: what each is called, how its files end, and what writes it.

The surprising fact: PDF is not here. It is drawn by Qt, which this room does not know; the window adds it to
these (``ui.pdf``), and so does the program for ``kithbook export pdf``.

A new format: write ``share/export/<name>.py`` with a ``write`` as `writing.Write` has it, and name it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.languages import mark
from desktop.share.export.writing import Stop, Tell, Write, Written, in_silence, never

if TYPE_CHECKING:
    from desktop.share.export.selection import Items


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    name: str
    """On the command line."""
    suffix: str
    """The end of the file's name, with its dot; empty: a folder."""
    label: str
    """Shown through ``tr``, as are `kind` and `use`."""
    kind: str
    """What stands in the system's dialog; empty for a folder."""
    use: str
    """What it is good for, one sentence."""
    write: Write

    @property
    def is_folder(self) -> bool:
        """Whether a folder is written."""
        return not self.suffix


def in_module(module: str) -> Write:
    """The ``write`` of a module of this folder, loaded when it is first needed."""

    def write(
        items: "Items", out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
    ) -> Written:
        found: Write = import_module(f"desktop.share.export.{module}").write
        return found(items, out, tell=tell, stop=stop, overwrite=overwrite)

    return write


FORMATS: Final = (
    Format(
        "markdown",
        "",
        mark("Markdown folder"),
        "",
        mark("For Obsidian and other notebooks; exporting again brings it up to date."),
        in_module("markdown_folder"),
    ),
    Format(
        "html",
        ".html",
        mark("Web page"),
        mark("Web page (*.html)"),
        mark("One file with texts and pictures that opens in any browser and loads nothing."),
        in_module("html_file"),
    ),
    Format(
        "html-folder",
        "",
        mark("Web pages in a folder"),
        "",
        mark("A page for each, their list, and the pictures beside them."),
        in_module("html_folder"),
    ),
    Format(
        "epub",
        ".epub",
        mark("EPUB book"),
        mark("EPUB book (*.epub)"),
        mark("For e-readers: a chapter for each page, with your highlights."),
        in_module("epub"),
    ),
    Format(
        "docx",
        ".docx",
        mark("Word"),
        mark("Word (*.docx)"),
        mark("To be worked on further; comments stand at their passages."),
        in_module("word"),
    ),
    Format(
        "csv",
        ".csv",
        mark("CSV table"),
        mark("CSV table (*.csv)"),
        mark("A row for each page, for a spreadsheet."),
        in_module("csv_table"),
    ),
    Format(
        "jsonl",
        ".jsonl",
        mark("JSON Lines"),
        mark("JSON Lines (*.jsonl)"),
        mark("Everything about each page, for programs."),
        in_module("jsonl"),
    ),
    Format(
        "bookmarks",
        ".html",
        mark("Bookmarks"),
        mark("Bookmarks (*.html)"),
        mark("The file that every browser imports."),
        in_module("bookmarks"),
    ),
    Format(
        "bibtex",
        ".bib",
        mark("BibTeX"),
        mark("BibTeX (*.bib)"),
        mark("References for LaTeX and reference managers."),
        in_module("bibtex"),
    ),
    Format(
        "ris",
        ".ris",
        mark("RIS"),
        mark("RIS (*.ris)"),
        mark("References for EndNote, Zotero or Citavi."),
        in_module("ris"),
    ),
    Format(
        "csl-json",
        ".json",
        mark("CSL-JSON"),
        mark("CSL-JSON (*.json)"),
        mark("References for Zotero and Pandoc."),
        in_module("csl_json"),
    ),
    Format(
        "annotations",
        ".jsonld",
        mark("Web annotations"),
        mark("Web annotations (*.jsonld)"),
        mark("Highlights and comments by the W3C model, for Hypothesis and others."),
        in_module("annotations"),
    ),
)
BY_NAME: Final[Mapping[str, Format]] = {one.name: one for one in FORMATS}
