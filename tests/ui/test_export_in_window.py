"""Export … and Copy citation by real events: what is chosen leaves, nothing of the person is written over."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.library import tags, triage
from desktop.share.export import writing
from desktop.ui.desk import Desk
from desktop.ui.exporting import acts, scopes
from desktop.ui.exporting.dialog import ExportDialog
from desktop.ui.exporting.question import EditedQuestion
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
Ask = Callable[..., ExportDialog]


@pytest.fixture
def ask(window: MainWindow, wait: Wait, tmp_path: Path) -> Ask:
    """Opens the dialog by its key, chooses a format and a place by keys."""

    def open_it(form: str = "csv", place: Path | None = None, scope: str = "") -> ExportDialog:
        QTest.keyClick(
            QApplication.focusWidget() or window,
            Qt.Key.Key_E,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        wait(lambda: isinstance(window.overlays.current, ExportDialog))
        dialog = window.overlays.current
        assert isinstance(dialog, ExportDialog)
        if scope:
            dialog.what.setCurrentIndex(dialog.what.findData(scope))
        dialog.formats.setFocus()
        QTest.keyClick(dialog.formats, Qt.Key.Key_Home)
        while dialog.form.name != form:
            before = dialog.form
            QTest.keyClick(dialog.formats, Qt.Key.Key_Down)
            assert dialog.form is not before
        dialog.line.selectAll()
        QTest.keyClicks(dialog.line, str(place or tmp_path / "out.csv"))
        return dialog

    return open_it


def export(window: MainWindow, dialog: ExportDialog, wait: Wait) -> None:
    """Enter, and wait until it is written."""
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and " exported: " in window.toast.text)


def test_the_list_is_written_and_the_toast_shows_its_folder(
    window: MainWindow, desk: Desk, ask: Ask, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ask()
    count = len(window.list.model.ids)
    assert dialog.what.currentText() == f"Inbox ({count} pages)"
    export(window, dialog, wait)

    assert len((tmp_path / "out.csv").read_bytes().splitlines()) > count
    assert window.toast.text == f"{count} pages exported: out.csv"
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(QUrl(url).toLocalFile()) or True
    )
    QTest.mouseClick(window.toast._undo, Qt.MouseButton.LeftButton)
    assert shown == [str(tmp_path)]
    assert (desk.settings.text("export_format"), desk.settings.text("export_folder")) == (
        "csv",
        str(tmp_path),
    )


def test_a_selection_of_several_is_offered_first(window: MainWindow, ask: Ask, wait: Wait) -> None:
    for _ in range(2):
        QTest.keyClick(window.list.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog = ask("jsonl")

    assert dialog.what.currentText() == "What is selected (3 pages)"
    assert dialog.scope.ids == window._desk.selected
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.overlays.current is None


def test_a_file_that_is_there_is_named_before_it_is_replaced(
    window: MainWindow, ask: Ask, wait: Wait, tmp_path: Path
) -> None:
    (tmp_path / "out.csv").write_text("mine")
    dialog = ask()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: "is there already" in dialog.fault.words())
    assert (tmp_path / "out.csv").read_text() == "mine"

    QTest.keyClicks(dialog.line, "x")
    assert dialog.agree.text() == "Export"
    QTest.keyClick(dialog.line, Qt.Key.Key_Backspace)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: dialog.agree.text() == "Replace")
    export(window, dialog, wait)
    assert (tmp_path / "out.csv").read_text() != "mine"


def test_a_folder_that_is_not_there_and_one_of_other_files_are_said_in_the_dialog(
    window: MainWindow, ask: Ask, wait: Wait, tmp_path: Path
) -> None:
    dialog = ask(place=tmp_path / "no" / "out.csv")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: "is not there" in dialog.fault.words())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    for form, said in (("markdown", "holds other files"), ("html-folder", "is there already")):
        dialog = ask(form, tmp_path / "mine")
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
        wait(lambda said=said, dialog=dialog: said in dialog.fault.words())  # type: ignore[misc]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_full_disk_is_told_in_a_sentence(
    window: MainWindow, ask: Ask, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    dialog = ask()
    monkeypatch.setattr(writing.Draft, "write", full)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: "The disk is full, so nothing was exported." in window.banners.sentences)
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize("answer", ["keep", "overwrite"])
def test_files_that_the_person_edited_are_named_and_asked_about(
    window: MainWindow, desk: Desk, ask: Ask, wait: Wait, tmp_path: Path, answer: str
) -> None:
    vault = tmp_path / "vault"
    export(window, ask("markdown", vault), wait)
    edited = sorted(vault.glob("*.md"))[0]
    edited.write_text("my own words")
    dialog = ask("markdown", vault)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: isinstance(window.overlays.current, EditedQuestion))
    question = window.overlays.current
    assert isinstance(question, EditedQuestion)
    assert edited.name in question.words.text()
    assert QApplication.focusWidget() is question.keep
    window.toast.dismiss()
    QTest.mouseClick(getattr(question, answer), Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and " exported: " in window.toast.text)

    assert (edited.read_text() == "my own words") is (answer == "keep")


def test_what_is_private_stays_when_it_is_unticked(
    window: MainWindow, desk: Desk, ask: Ask, wait: Wait, tmp_path: Path
) -> None:
    source = window.list.current
    told = desk.tasks.run("why", triage.set_why, source, "My canary reason")
    wait(told.done)
    told = desk.tasks.run("through", triage.set_found_through, source, "Canary Person")
    wait(told.done)
    for is_private in (True, False):
        place = tmp_path / f"{is_private}.jsonl"
        dialog = ask("jsonl", place)
        if not is_private:
            QTest.keyClick(dialog.private, Qt.Key.Key_Space)
        window.toast.dismiss()
        export(window, dialog, wait)
        assert ("My canary reason" in place.read_text()) is is_private
        assert ("Canary Person" in place.read_text()) is is_private


def test_an_export_under_way_is_stopped_and_leaves_nothing(
    window: MainWindow, desk: Desk, ask: Ask, wait: Wait, tmp_path: Path
) -> None:
    desk.works.begun.connect(lambda work: work.stop())
    dialog = ask("html", tmp_path / "out.html")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    wait(lambda: window.overlays.current is None and window.is_idle)

    assert list(tmp_path.glob("*out*")) == []
    assert window.banners.sentences == []


def test_a_tag_and_a_goal_can_be_asked_for_from_anywhere(window: MainWindow, desk: Desk, wait: Wait) -> None:
    told = desk.tasks.run("tag", tags.tag, (window.list.current,), ("canary",))
    wait(told.done)
    found = acts.of(desk)
    assert found is not None
    found.ask("tag:canary")
    wait(lambda: isinstance(window.overlays.current, ExportDialog))
    dialog = window.overlays.current
    assert isinstance(dialog, ExportDialog)
    assert dialog.what.currentText() == "Tag canary (1 page)"
    assert dialog.line.text().endswith("Kithbook canary")
    assert [one.name for one in scopes.of(desk.library.reader, window.here(), "goal:999999")][-1] == "all"  # type: ignore[union-attr]


def test_a_citation_is_copied_as_text_and_html_in_the_style_that_is_kept(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(
        window.list.view,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    wait(lambda: window.toast.text == "Citation copied (APA 7)")
    apa = QGuiApplication.clipboard().mimeData()
    assert apa.hasHtml()
    first = apa.text()
    found = acts.of(desk)
    assert found is not None
    menu = found.style_menu(window)
    ieee = next(one for one in menu.actions() if one.text() == "IEEE")
    ieee.trigger()
    wait(lambda: window.toast.text == "Citation copied (IEEE)")

    assert QGuiApplication.clipboard().text() not in ("", first)
    assert desk.settings.text("cite_style") == "ieee"
    assert [one.text() for one in found.style_menu(window).actions() if one.isChecked()] == ["IEEE"]


def test_a_pdf_is_drawn_beside_the_window(window: MainWindow, ask: Ask, wait: Wait, tmp_path: Path) -> None:
    export(window, ask("pdf", tmp_path / "out.pdf", "all"), wait)

    document = pypdfium2.PdfDocument((tmp_path / "out.pdf").read_bytes())
    assert len(document) >= len(window.list.model.ids)
    document.close()
