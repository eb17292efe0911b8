"""The portfolio for Word.

The surprising fact: a Word file is XML, which cannot hold every character a person may type; those it cannot
hold (most control characters) are left out here and nowhere else.
"""

import io
import re
from typing import TYPE_CHECKING

from desktop.languages import tr, writing
from desktop.learning import days, portfolio
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio, Step

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_CANNOT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def draw(whole: Portfolio) -> bytes:
    """The file's bytes."""
    from docx import Document

    document = Document()
    document.core_properties.title = _text(portfolio.title(whole))
    document.core_properties.author = _text(whole.person)
    document.core_properties.comments = ""
    document.add_heading(_text(portfolio.title(whole)), 0)
    document.add_paragraph(_day(whole.made_on))
    for number, one in enumerate(whole.chapters, start=1):
        _chapter(document, one, number)
    document.add_paragraph(
        tr("Made with Kithbook from this person's own records. Nobody else has checked it.")
    )
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _chapter(document: "Document", one: Chapter, number: int) -> None:
    document.add_heading(_text(one.skill), 1)
    for text in (portfolio.level_words(one), one.why, portfolio.framework_words(one)):
        if text:
            document.add_paragraph(_text(text))
    if one.steps:
        document.add_heading(tr("How it grew"), 2)
        for step in one.steps:
            _step(document, step, number)
    if one.claims:
        document.add_heading(tr("Evidence"), 2)
        for claim in one.claims:
            _claim(document, claim, number)
    back = portfolio.kept_back_words(one.kept_back)
    next_step = tr("Next step: {step}").format(step=one.next_step) if one.next_step else ""
    for text in (back, one.closing, next_step):
        if text:
            document.add_paragraph(_text(text))


def _step(document: "Document", one: Step, chapter: int) -> None:
    moved = tr("{day}: from “{before}” to “{after}”").format(
        day=_day(one.on), before=one.before, after=one.after
    )
    paragraph = document.add_paragraph(_text(moved), style="List Bullet")
    for number in one.claims:
        paragraph.add_run(" ")
        _link(paragraph, f"[{number}]", anchor=f"g{chapter}e{number}")
    paragraph.add_run(_text(f": {one.sentence}"))


def _claim(document: "Document", one: Claim, chapter: int) -> None:
    head = " · ".join(part for part in (one.kind_name, _day(one.on), one.source) if part)
    paragraph = document.add_paragraph()
    _bookmark(paragraph, f"g{chapter}e{one.number}", chapter * 100_000 + one.number)
    paragraph.add_run(_text(f"{one.number}. {head}")).italic = True
    if one.title or one.url:
        paragraph.add_run(": ")
        if one.url:
            _link(paragraph, one.title or one.url, url=one.url)
        else:
            paragraph.add_run(_text(one.title))
    if one.quote:
        document.add_paragraph(_text(one.quote), style="Quote")
    if one.sentence:
        document.add_paragraph(_text(one.sentence))


def _link(paragraph: "Paragraph", words: str, *, url: str = "", anchor: str = "") -> None:
    """A link to an address, or to a bookmark of this file."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    if url:
        link.set(qn("r:id"), paragraph.part.relate_to(_text(url), _LINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(_text(words))
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _day(text: str) -> str:
    found = days.parse(text)
    return writing.long_day(found) if found else text


def _text(text: str) -> str:
    return _CANNOT.sub("", text)
