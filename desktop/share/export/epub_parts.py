"""The parts of a book that are the same for any: package, contents, the frame of a page.

The surprising fact: the pages have a policy too. E-readers run on browsers, and not all of them forbid
scripts.
"""

import struct
import zlib
from dataclasses import dataclass
from html import escape
from typing import Final

from desktop.languages import tr
from desktop.share.export.html_file import MIMES

STAND_IN: Final = "res/picture.png"
"""What readers show that do not know a kind of picture."""
CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
STYLE: Final = """body { line-height: 1.5; margin: 0 4%; }
h1 { font-size: 1.4em; line-height: 1.25; margin: 0 0 .3em; } h2, h3, h4, h5, h6 { font-size: 1.1em; }
.meta, .tags, .by, figcaption, caption { font-family: sans-serif; font-size: .8em; opacity: .8; }
.by { display: block; }
.own { border-left: 3px solid #3f4a63; padding-left: 1em; margin: 1em 0; }
.q { border-left: 4px solid #8f877b; padding-left: 1em; margin: 1em 0; } .q blockquote { margin: 0; }
.q.straw { border-color: #a67c00; } .q.sage { border-color: #4c8a3f; } .q.sky { border-color: #2f7eb2; }
.q.rose { border-color: #c24f57; } .q.lilac { border-color: #8159b8; }
.said { font-size: .9em; margin-top: .4em; } .tags span { margin-right: .8em; }
mark { color: #26231f; } mark.straw { background: #fbe9a0; } mark.sage { background: #cfe8c6; }
mark.sky { background: #c9e2f4; } mark.rose { background: #f9d3d2; } mark.lilac { background: #e2d6f3; }
.body { margin-top: 1.5em; } .body blockquote { border-left: 3px solid #8f877b; margin: 1em 0;
  padding-left: 1em; }
img { max-width: 100%; height: auto; } pre { white-space: pre-wrap; font-size: .85em; }
table { border-collapse: collapse; } td, th { border: 1px solid #8f877b; padding: .2em .4em;
  text-align: left; vertical-align: top; }
"""
_POLICY: Final = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: the name of its file, its title, minutes to read it."""

    name: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says of the whole."""

    uuid: str
    title: str
    lang: str
    modified: str
    """ISO 8601 to the second, UTC."""
    parts: tuple[Part, ...]
    pictures: tuple[str, ...]
    """Their names, ``res/…``."""


def page(title: str, body: str, lang: str, *, head: str = "") -> str:
    """A page of the book; ``body`` is XHTML that is safe already."""
    lang = escape(lang)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  lang="{lang}" xml:lang="{lang}">
<head>
<meta charset="UTF-8"/>
<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=False)}"/>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
{head}</head>
<body>
{body}</body>
</html>
"""


def contents(book: Book) -> str:
    """The page with the links to all chapters, which readers also show as their menu."""
    listed = "".join(
        f'<li><a href="{part.name}.xhtml">{escape(part.title)}</a></li>\n' for part in book.parts
    )
    empty = escape(tr("No pages"))
    listed = f"<ol>\n{listed}</ol>" if listed else f"<ol><li><span>{empty}</span></li></ol>"
    head = f'<h1 dir="auto">{escape(book.title)}</h1>\n'
    named = escape(tr("Contents"))
    return page(book.title, f'{head}<nav epub:type="toc" aria-label="{named}">{listed}</nav>\n', book.lang)


def package(book: Book) -> str:
    """The list of all that is in it."""
    pages = "".join(
        f'<item id="{part.name}" href="{part.name}.xhtml" media-type="application/xhtml+xml"/>\n'
        for part in book.parts
    )
    pictures = "".join(_picture(number, name) for number, name in enumerate(book.pictures, start=1))
    if 'fallback="stand-in"' in pictures:
        pictures += f'<item id="stand-in" href="{STAND_IN}" media-type="image/png"/>\n'
    spine = "".join(f'<itemref idref="{part.name}"/>\n' for part in book.parts)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book"
  xml:lang="{escape(book.lang)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">urn:uuid:{book.uuid}</dc:identifier>
<dc:title>{escape(book.title)}</dc:title>
<dc:language>{escape(book.lang)}</dc:language>
<meta property="dcterms:modified">{book.modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{pages}{pictures}</manifest>
<spine>
<itemref idref="nav"/>
{spine}</spine>
</package>
"""


def stand_in() -> bytes:
    """One grey dot as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dot = zlib.compress(b"\0\x99", 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


def _picture(number: int, name: str) -> str:
    ending = name.rpartition(".")[2]
    fallback = ' fallback="stand-in"' if ending in ("webp", "avif") else ""
    return f'<item id="picture-{number}" href="{name}" media-type="image/{MIMES[ending]}"{fallback}/>\n'
