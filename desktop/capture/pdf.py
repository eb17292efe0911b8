"""Text of a PDF file as paragraphs, by pypdfium2. Runs in the worker only: a PDF is hostile input.

Surprising: a PDF knows lines, not paragraphs. A line clearly shorter than its page's lines ends one, and what
stands at the edge of most pages (running heads, page numbers) is not text.
"""

import html
import re
import statistics
from collections import Counter
from dataclasses import dataclass

import pypdfium2

from desktop.errors import BadInput, Refused
from desktop.languages import tr, writing

MOST_PAGES = 2_000
MOST_TEXT = 4_000_000
"""Characters."""

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_STARTS = re.compile(r"(?:[•▪◦–—*-]|\(?\d{1,3}[.)]|\d+(?:\.\d+)+\.?)\s")
_ENDS = tuple('.!?:;”"’)…')


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF file says. ``html`` is one ``<p>`` a paragraph; empty when its pages are pictures only."""

    title: str = ""
    author: str = ""
    published: str = ""
    """``YYYY-MM-DD`` or empty."""
    html: str = ""
    warnings: tuple[str, ...] = ()


def read_pdf(data: bytes) -> PdfText:
    """Read a PDF file. Raises `BadInput` when it is damaged or locked, `Refused` when it is too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInput(tr("The PDF file is locked with a password.")) from error
        raise BadInput(tr("The PDF file is damaged and cannot be read.")) from error
    try:
        return _read(document)
    except pypdfium2.PdfiumError as error:
        raise BadInput(tr("The PDF file is damaged and cannot be read.")) from error
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> PdfText:
    count = len(document)
    if count > MOST_PAGES:
        raise Refused(
            tr("The PDF file has {count} pages; Kithbook reads at most {most_pages}.").format(
                count=writing.number(count), most_pages=writing.number(MOST_PAGES)
            )
        )
    pages: list[list[str]] = []
    size = 0
    for number in range(count):
        lines = _lines(document, number)
        size += sum(map(len, lines))
        if size > MOST_TEXT:
            raise Refused(tr("The PDF file has more text than Kithbook reads."))
        pages.append(lines)
    known = document.get_metadata_dict()
    found = paragraphs(pages)
    date = _DATE.match(known.get("CreationDate", ""))
    return PdfText(
        title=" ".join(known.get("Title", "").split()),
        author=" ".join(known.get("Author", "").split()),
        published="-".join(date.groups()) if date else "",
        html="".join(f"<p>{html.escape(text, quote=False)}</p>" for text in found),
        warnings=() if found else (tr("The PDF file has no text of its own: its pages are pictures."),),
    )


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            # U+FFFE stands where a word was parted at the line's end; U+0002 in older files.
            whole = text.get_text_range().replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
        finally:
            text.close()
    finally:
        page.close()
    return [" ".join(line.split()) for line in whole.splitlines()]


def paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines of pages as paragraphs; one that runs over a page's end is joined."""
    edges = _edges(pages)
    found: list[str] = []
    open_text = ""
    for page in pages:
        lines = [line for line in page if _edge_key(line) not in edges]
        usual = statistics.median([len(line) for line in lines if len(line) > 20] or [60])
        for line in lines:
            if not line or (open_text and _begins(line, open_text)):
                found.append(open_text)
                open_text = ""
            open_text = _join(open_text, line)
            if len(line) < 0.75 * usual and line.endswith(_ENDS):
                found.append(open_text)
                open_text = ""
    found.append(open_text)
    return [text.replace("\u00ad", "") for text in found if text]


def _begins(line: str, before: str) -> bool:
    """True when ``line`` starts a paragraph of its own: an item, or text after what looks like a heading."""
    if _STARTS.match(line):
        return True
    is_heading = len(before) < 70 and not before.endswith((",", "-", "\u00ad", *_ENDS))
    return is_heading and line[:1].isupper() and before[:1].isupper() and before.count(" ") < 10


def _join(text: str, line: str) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if text.endswith("-") and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}".strip()


def _edges(pages: list[list[str]]) -> frozenset[str]:
    """What stands first or last on at least half of four or more pages, digits aside."""
    if len(pages) < 4:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        seen.update({_edge_key(line) for line in (*lines[:1], *lines[-1:])})
    return frozenset(key for key, times in seen.items() if times * 2 >= len(pages))


def _edge_key(line: str) -> str:
    return re.sub(r"\d+", "#", line)
