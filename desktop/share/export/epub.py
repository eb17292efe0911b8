"""An EPUB 3 for e-readers: a chapter for each source, with pictures, highlights and comments.

The surprising fact: the format wants a moment of change. It is that of the newest capture, so that the same
library makes the same bytes.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop.languages import chosen
from desktop.share.export import chapters, epub_parts, html_file, regular
from desktop.share.export.selection import PICTURE, Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.share.export.zipped import Zip, filling
from desktop.share.file_names import one_line

_OURS: Final = uuid.UUID("6f0c7f9e-1c0e-5d5e-9f0c-2b1f6c1f6a11")
"""Under which the identifiers of these books are made."""
_FOREIGN: Final = ("webp", "avif")
"""Pictures that not every reader shows: the format wants a stand-in for them."""


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`. The title is the file's name."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        title = regular.xml_text(one_line(out.stem)) or "Kithbook"
        with filling(out) as book:
            book.add("mimetype", b"application/epub+zip", is_stored=True)
            book.add("META-INF/container.xml", epub_parts.CONTAINER.encode())
            book.add("EPUB/style.css", epub_parts.STYLE.encode())
            pictures = _Pictures(items, book)
            known: list[epub_parts.Part] = []
            newest = 0
            for one in items:
                book.add(f"EPUB/{html_file.anchor(one)}.xhtml", _page(one, pictures).encode())
                known.append(epub_parts.Part(html_file.anchor(one), chapters.name_of(one), one.minutes))
                newest = max(newest, one.captured_at)
                steps.step("EPUB")
            moment = datetime.fromtimestamp(newest / 1000, UTC)
            whole = epub_parts.Book(
                str(uuid.uuid5(_OURS, " ".join([title, *(part.name for part in known)]))),
                title,
                chosen(),
                f"{moment:%Y-%m-%dT%H:%M:%SZ}",
                tuple(known),
                tuple(sorted(pictures.known)),
            )
            book.add("EPUB/nav.xhtml", epub_parts.contents(whole).encode())
            if any(name.endswith(_FOREIGN) for name in whole.pictures):
                book.add(f"EPUB/{epub_parts.STAND_IN}", epub_parts.stand_in())
            book.add("EPUB/package.opf", epub_parts.package(whole).encode())
            yield from book.pieces()

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def _page(one: Exported, pictures: "_Pictures") -> str:
    lang = chapters.language_of(one)
    made = chapters.chapter(one, picture=pictures.name, level=1, is_xml=True)
    return epub_parts.page(chapters.name_of(one), f"<article>\n{made}</article>\n", lang)


class _Pictures:
    """Puts each picture into the book once, when the first page shows it."""

    def __init__(self, items: Items, book: Zip) -> None:
        self._items, self._book = items, book
        self._tried: dict[str, bool] = {}

    @property
    def known(self) -> list[str]:
        """The names of those that are in it."""
        return [name for name, is_in in self._tried.items() if is_in]

    def name(self, name: str) -> str | None:
        """The address inside the book; None when the picture is gone."""
        if name not in self._tried:
            self._tried[name] = PICTURE.fullmatch(name) is not None and self._add(name)
        return name if self._tried[name] else None

    def _add(self, name: str) -> bool:
        found = self._items.picture(name)
        try:
            data = found.read_bytes() if found is not None else b""
        except OSError:
            return False
        if data:
            self._book.add(f"EPUB/{name}", data)
        return bool(data)
