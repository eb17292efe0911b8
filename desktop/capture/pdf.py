"""Text of a PDF file as clean paragraphs, by pypdfium2. Runs in the worker only: a PDF is hostile input."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF file says. ``html`` is one ``<p>`` a paragraph; empty when the file is pictures of pages only."""

    title: str = ""
    author: str = ""
    published: str = ""
    """``YYYY-MM-DD`` or empty."""
    html: str = ""
    pages: int = 0
    warnings: tuple[str, ...] = ()
