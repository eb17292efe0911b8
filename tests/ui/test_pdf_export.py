"""PDF exports: text and bookmarks as other programs read them, marks, pictures, the same bytes again."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QColor, QImage

from desktop.library import assets, captures
from desktop.library.opening import Library, open_library
from desktop.library.values import NewCapture
from desktop.paths import Paths
from desktop.share.export import pdf_outline
from desktop.share.export.selection import Items, everything
from desktop.share.export.writing import Stopped
from desktop.text.markdown import text_from_html
from desktop.ui import export_command
from tests.support.sensing import annotate


@pytest.fixture
def library(tmp_path: Path, qapp: object) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "kithbook"), write=True) as opened:
        assert opened.writer is not None
        red = tmp_path / "red.png"
        square = QImage(2000, 900, QImage.Format.Format_RGB32)
        square.fill(QColor("red"))
        square.save(str(red))
        kept = assets.keep(opened.paths, red.read_bytes(), "png")
        for number, title in enumerate(("Zuerst: Größe", "日本 & more")):
            html = (
                f"<p>Practice needs feedback {number}.</p><p><img src='res/{kept.sha256}.png' alt='red'></p>"
            )
            new = NewCapture(
                uuid=f"{number:08d}-0000-4000-8000-000000000000",
                url=f"https://example.com/{number}",
                title=title,
                captured_at=1_700_000_000_000,
                html=html,
                text=text_from_html(html),
                pictures=(kept,),
            )
            captures.add(opened.writer, new)
        annotate(opened.writer, 1, "needs feedback", start=9, comment="Mine")
        yield opened


def export(library: Library, out: Path, **wishes: object) -> Path:
    items = Items(library.reader, library.paths, sorted(everything(library.reader)))
    return export_command.PDF.write(items, out, **wishes).path  # type: ignore[arg-type]


def test_text_and_bookmarks_are_read_by_another_program(library: Library, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(export(library, tmp_path / "Pages.pdf"))

    marks = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    assert marks == [("Zuerst: Größe", 0), ("日本 & more", 1)]
    page = document[0]
    text = page.get_textpage()
    words = text.get_text_range()
    assert "Practice needs feedback 0." in words
    assert "Mine" in words
    shown = bytes(page.render().buffer)
    assert any(bytes([0, 0, red]) * 20 in shown for red in (253, 254, 255)), "the picture is not there"
    text.close()
    page.close()
    document.close()


def test_the_same_library_makes_the_same_pdf(library: Library, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()

    first, second = export(library, tmp_path / "Pages.pdf"), export(library, tmp_path / "again" / "Pages.pdf")

    assert first.read_bytes() == second.read_bytes()


def test_a_pdf_that_is_stopped_leaves_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    with pytest.raises(Stopped):
        export(library, tmp_path / "out" / "Pages.pdf", stop=lambda: True)

    assert list((tmp_path / "out").iterdir()) == []


def test_without_bookmarks_only_the_moment_goes() -> None:
    drawn = b"%PDF /CreationDate (D:20261130234510Z) x"

    assert pdf_outline.finished(drawn, []) == b"%PDF /CreationDate (D:20000101000000Z) x"
