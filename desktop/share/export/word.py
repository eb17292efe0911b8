"""A Word file: a heading for each source, its text, and real comments at the passages that have one.

The surprising fact: the library that writes it puts the present moment into every comment and into the zip;
both are written over, so that the same library makes the same bytes.
"""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.languages import chosen, tr
from desktop.library.sense_values import Annotation
from desktop.share.export import chapters, marked, regular, word_text
from desktop.share.export.selection import PICTURE, Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.share.export.zipped import filling
from desktop.share.file_names import one_line
from desktop.text.colours import GROUNDS
from desktop.text.sanitize import clean

if TYPE_CHECKING:
    from docx.document import Document

_INK: Final = "26231F"


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`. The title is the file's name."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        document = _document(regular.xml_text(one_line(out.stem)))
        writer = word_text.Writer(document, lambda name: _picture(items, name))
        for one in items.without_text():
            paragraph = writer.paragraph()
            paragraph.paragraph_format.space_after = 0
            word_text.link_inside(paragraph, chapters.name_of(one), _bookmark(one))
        for one in items:
            _Chapter(writer, one).write()
            steps.step("Word")
        made = BytesIO()
        document.save(made)
        with filling(out) as packed, zipfile.ZipFile(made) as parts:
            for name in parts.namelist():
                packed.add(name, parts.read(name))
            yield from packed.pieces()

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def _document(title: str) -> "Document":
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(3)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "", "", chosen()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Georgia")
    normal.paragraph_format.line_spacing = 1.25
    for name in ("Title", "Caption", *(f"Heading {level}" for level in range(1, 7))):
        document.styles[name].font.color.rgb = RGBColor.from_string(_INK)
    document.add_heading(title, 0)
    return document


def _bookmark(one: Exported) -> str:
    """The name of the place of its heading; Word wants a letter first and 40 signs at most."""
    return f"p{one.uuid}".replace("-", "")[:40]


def _picture(items: Items, name: str) -> bytes | None:
    found = items.picture(name) if PICTURE.fullmatch(name) else None
    try:
        return found.read_bytes() if found is not None else None
    except OSError:
        return None


class _Chapter:
    def __init__(self, writer: word_text.Writer, one: Exported) -> None:
        self._writer, self._one = writer, one

    def write(self) -> None:
        """All about one source, on a page of its own."""
        one, writer = self._one, self._writer
        heading = writer.paragraph("Heading1")
        heading.add_run(chapters.name_of(one))
        heading.paragraph_format.page_break_before = True
        word_text.bookmark(heading, _bookmark(one), one.id)
        self._meta()
        if one.why.strip():
            self._own(tr("Why I saved this"), one.why)
        for answer in one.answers:
            self._own(chapters.who(answer.creator), answer.body)
        tree = regular.regular(clean(one.html), picture=lambda name: name, top=2)
        passages = [marked.Passage(each.quote, each.start, each.colour) for each in one.annotations]
        writer.runs_of.clear()
        found = marked.paint(tree, passages, is_numbered=True)
        for number, each in enumerate(one.annotations):
            if number not in found:
                self._quotation(each)
        writer.blocks(tree)
        if not len(tree) and one.excerpt.strip():
            writer.paragraph().add_run(regular.xml_text(one.excerpt)).italic = True
        for number in sorted(found):
            self._comment(one.annotations[number], number)

    def _meta(self) -> None:
        from docx.shared import Pt

        paragraph = self._writer.paragraph()
        words = " · ".join(chapters.meta_words(self._one))
        paragraph.add_run(f"{words} · " if words else "")
        there = regular.address(self._one.url)
        if there:
            self._writer.link(paragraph, there, there, points=9)
        else:
            paragraph.add_run(regular.xml_text(one_line(self._one.url)))
        names = [*self._one.goals, *self._one.tags]
        if names:
            paragraph.add_run().add_break()
            paragraph.add_run(regular.xml_text(" · ".join(one_line(name) for name in names)))
        for run in paragraph.runs:
            run.font.size = Pt(9)

    def _own(self, by: str, markdown: str) -> None:
        label = self._writer.paragraph()
        label.add_run(by).bold = True
        label.paragraph_format.space_after = 0
        word_text.rule(label)
        for block in chapters.said(markdown):
            paragraph = self._writer.paragraph()
            word_text.rule(paragraph)
            self._writer.words(paragraph, block)

    def _quotation(self, one: Annotation) -> None:
        """A passage that is not in the text below, or has none below it."""
        for line in word_text.lines_of(one.quote):
            run = self._writer.paragraph("Quote").add_run(regular.xml_text(line))
            word_text.ground(run, GROUNDS.get(one.colour, GROUNDS["straw"]))
        if one.comment.strip():
            self._writer.paragraph().add_run(chapters.who(one.creator)).bold = True
            self._writer.blocks(chapters.said(one.comment), indent=1)

    def _comment(self, one: Annotation, number: int) -> None:
        runs = self._writer.runs_of.get(number)
        if not runs or not (one.comment.strip() or one.tags):
            return
        by = chapters.who(one.creator)
        tags = regular.xml_text(" ".join(f"#{one_line(name)}" for name in one.tags))
        text = "\n".join(part for part in (_plain(one.comment), tags) if part)
        comment = self._writer.document.add_comment(runs, text, by, by[:1])
        comment._comment_elm.date = datetime.fromtimestamp(one.made_at / 1000, UTC)


def _plain(markdown: str) -> str:
    return "\n".join("".join(block.itertext()).strip() for block in chapters.said(markdown))
