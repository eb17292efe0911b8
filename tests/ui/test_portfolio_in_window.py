"""The portfolio by real events: chosen, seen, written in five forms, read back; what is private stays.

The PDF is read by pypdfium2, a dependency of the program itself.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from lxml import html as lxml_html
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.__main__ import main
from desktop.learning import activities, balance, evidence, goals, levels, portfolio, tries
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio
from desktop.learning.values import ActivityKind, EvidenceKind, Thing
from desktop.library import lists
from desktop.library.values import View
from desktop.ui import pdf
from desktop.ui.desk import Desk
from desktop.ui.portfolio import pages as portfolio_pages
from desktop.ui.portfolio.forms import DRAWN
from desktop.ui.portfolio.view import PortfolioView, file_name
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
SENTENCES = (
    "The checklist I now use",
    "It halved the run, twice",
    "She asked for my query",
    "Passed in June",
)
SECRET = "Only for me"
SKILL = "Analyse our own data alone"


def filled(desk: Desk) -> int:
    """A goal with evidence of four kinds, one piece of it private, and a level change."""
    assert desk.library is not None
    writer = desk.library.writer
    assert writer is not None
    goal = goals.make(writer, SKILL, level_to=3).made
    sources = list(lists.ids(desk.library.reader, View())[:2])
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, sources[0])], SENTENCES[0], "2026-10-01")
    secret = evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, sources[1])], SECRET, "2026-10-01")
    one = tries.plan(writer, "A hash join", goal_id=goal).made
    tries.resolve(writer, one, SENTENCES[1], on="2026-10-03")
    told = evidence.feedback(writer, goal, "Ada", SENTENCES[2], "2026-10-04").made
    course = activities.make(writer, ActivityKind.COURSE, "SQL course", goal_id=goal).made
    evidence.attach(writer, goal, [Thing(EvidenceKind.ACTIVITY, course)], SENTENCES[3], "2026-10-05")
    evidence.set_private(writer, [secret.made], True)
    levels.move(writer, goal, 2, "Now with help", [told])
    desk.announce(secret)
    return goal


def text_of(data: bytes) -> str:
    """The text of a PDF, its lines joined."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


READ: dict[str, Callable[[bytes], str]] = {
    "html": lambda data: lxml_html.fromstring(data).text_content(),
    "pdf": text_of,
    "docx": lambda data: "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs),
    "md": lambda data: data.decode().replace("\\", ""),
    "json": lambda data: json.dumps(json.loads(data), ensure_ascii=False),
}


@pytest.fixture
def goal(desk: Desk) -> int:
    """A goal with evidence."""
    return filled(desk)


@pytest.fixture
def view(goal: int, window: MainWindow, wait: Wait) -> PortfolioView:
    """The page with that goal chosen."""
    window.show_view(f"portfolio:{goal}")
    page = window.stack.currentWidget()
    assert isinstance(page, PortfolioView)
    wait(lambda: window.is_idle and page.whole is not None)
    return page


def pick(view: PortfolioView, form: str) -> None:
    segment = next(one for one in view.choices.forms.segments() if one.choice.value == form)
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)


def asking(window: MainWindow) -> list[QFileDialog]:
    """The system's dialogs that are open."""
    return [one for one in window.findChildren(QFileDialog, "save") if one.isVisible()]


def test_every_form_is_saved_and_says_every_sentence(
    window: MainWindow, view: PortfolioView, wait: Wait, tmp_path: Path
) -> None:
    QTest.keyClicks(view.choices.name, "Mira")
    for form, read in READ.items():
        pick(view, form)
        wait(lambda: window.is_idle and view.whole is not None and view.whole.person == "Mira")
        QTest.keyClick(view.choices.name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        wait(lambda: bool(asking(window)))
        dialog = asking(window)[0]
        place = tmp_path / f"mine.{form}"
        dialog.selectFile(str(place))
        dialog.accept()
        wait(lambda place=place: window.is_idle and place.exists())  # type: ignore[misc]
        said = read(place.read_bytes())

        assert [one for one in (*SENTENCES, "Now with help", SKILL) if one not in said] == [], form
        assert SECRET not in said, form
        assert "Mira" in said, form
    assert view._desk.settings.text("my_name") == "Mira"
    assert view._desk.reader is not None
    reader = view._desk.reader
    wait(lambda: len(balance.acts(reader, "share")) == len(READ))


def test_what_is_seen_is_what_leaves(window: MainWindow, view: PortfolioView, wait: Wait) -> None:
    def seen() -> str:
        return view.preview.toPlainText()

    wait(lambda: SENTENCES[0] in seen())
    assert SECRET not in seen()
    assert "1 private" in view.choices.summary.words()
    assert set(view.choices.kinds) == {
        EvidenceKind.CAPTURE, EvidenceKind.TRY, EvidenceKind.FEEDBACK, EvidenceKind.ACTIVITY,
    }  # fmt: skip
    QTest.keyClick(view.choices.kinds[EvidenceKind.TRY], Qt.Key.Key_Space)
    wait(lambda: window.is_idle and SENTENCES[1] not in seen())
    assert view.whole is not None
    assert SENTENCES[1] not in [claim.sentence for claim in view.whole.chapters[0].claims]
    assert "1 without a tick" in view.choices.summary.words()

    QTest.keyClick(view.choices.private, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and SECRET in seen())
    pick(view, "json")
    wait(lambda: window.is_idle and seen().startswith("{"))
    assert SECRET in seen()


def test_without_a_chosen_goal_nothing_can_be_saved(
    window: MainWindow, view: PortfolioView, goal: int, wait: Wait
) -> None:
    assert [one for one, tick in view.choices.goals.items() if tick.isChecked()] == [goal]
    QTest.keyClick(view.choices.goals[goal], Qt.Key.Key_Space)
    wait(lambda: window.is_idle and not view.save.isEnabled())
    assert view.choices.summary.words() == "Choose a goal first."
    assert view.preview.toPlainText() == ""
    QTest.mouseClick(next(iter(view.choices.goals.values())), Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and view.save.isEnabled())


def test_without_a_goal_the_page_says_the_next_step(
    window_on: Callable[..., MainWindow], empty_desk: Desk, wait: Wait
) -> None:
    window = window_on(empty_desk)
    empty_desk.actions.run("portfolio")
    page = window.stack.currentWidget()
    assert isinstance(page, PortfolioView)
    wait(lambda: window.is_idle and page.empty.title == "No goal to show yet")
    assert not page.save.isVisible()


def test_the_command_writes_a_pdf_too(goal: int, desk: Desk, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "portfolio.pdf"

    assert main(["portfolio", SKILL, str(out), "--name", "Mira"]) == 0
    assert main(["portfolio", SKILL, str(tmp_path / "other"), "--format", "pdf"]) == 0
    assert main(["portfolio", SKILL, str(out)]) == 1  # nothing is written over
    said = text_of(out.read_bytes())
    assert [one for one in SENTENCES if one not in said] == []
    assert "Page 1 of 1" in said
    assert "is there already" in capsys.readouterr().err


def many(count: int) -> Portfolio:
    """A portfolio with so many claims, every third of them long."""
    claims = tuple(
        Claim(
            number, EvidenceKind.CAPTURE, "Read", "2026-10-01", f"Sentence {number} " * (1 + number % 3 * 12),
            f"Title {number}", "", "site", f"https://example.invalid/{number}",
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    chapter = Chapter(1, SKILL, "", "", "", "", 0, 2, 3, "", "open", "", "", 0, (), claims, 0)
    return Portfolio("Mira", "2026-11-30", (chapter,))


def test_a_long_portfolio_has_numbered_pages_and_no_line_is_left_alone(qapp: Any) -> None:
    data = DRAWN["pdf"](many(60))
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    size = document[0].get_size()
    document.close()

    assert len(texts) > 3
    assert [round(side) for side in size] == [595, 842]
    for number, text in enumerate(texts, start=1):
        lines = [line for line in text.split("\r\n") if line.strip()]
        assert f"Page {number} of {len(texts)}" in text
        body = [line for line in lines if "Page " not in line and "Portfolio of Mira" not in line]
        assert body[-1].startswith(("Sentence", "Made with")) or "Sentence" in body[-1], body[-1]
    assert data.count(b"/URI (https://example.invalid/") >= 60


def test_a_pdf_fetches_and_reads_nothing(qapp: Any, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    assert image.save(str(picture))
    html = f"<p>Words</p><img src='file://{picture}'><img src='{picture}'>"
    document = pypdfium2.PdfDocument(pdf.draw(html, "", "Title", "Foot"))
    seen = bytes(document[0].render(rev_byteorder=True).buffer)
    text = document[0].get_textpage().get_text_range()
    document.close()

    assert "Words" in text
    assert bytes((255, 0, 0)) not in seen


def test_the_pages_are_closed_html_whatever_was_written(desk: Desk, goal: int) -> None:
    assert desk.library is not None
    assert desk.library.writer is not None
    evil = "</p><img src='file:///etc/passwd'><script>x</script>"
    evidence.feedback(desk.library.writer, goal, evil, evil, "2026-10-04")
    whole = portfolio.of(desk.library.reader, [goal], evil)
    html = portfolio_pages.html(whole, portfolio_pages.Paper())

    assert "<img" not in html
    assert "<script" not in html
    assert "/" not in file_name(whole)
