"""Answer now beyond passages: what is learned is found at once, a miss becomes a question in one key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.__main__ import main
from desktop.learning import activities, questions, toolkit, tries
from desktop.learning.values import ActivityKind
from desktop.library import lists
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.palette.box import Palette
from desktop.ui.people.answer import AnswerDialog
from desktop.ui.people.questions import QuestionsView
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def writer_of(desk: Desk) -> Writer:
    assert desk.library is not None
    assert desk.library.writer is not None
    return desk.library.writer


def answer_now(window: MainWindow, wait: Wait, text: str) -> Palette:
    """The box with these words, once it has answered."""
    wait(lambda: window.is_idle)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    box = window.overlays.current
    assert isinstance(box, Palette)
    QTest.keyClicks(box.field, text)
    wait(lambda: window.is_idle and box._shown_for == text and not box._pause.isActive())
    return box


def titles(box: Palette) -> list[str]:
    return [answer.title for answer in box.model.items]


def questions_view(window: MainWindow, wait: Wait) -> QuestionsView:
    QTest.keyClick(window, Qt.Key.Key_Q, CTRL | SHIFT)
    view = window.stack.currentWidget()
    assert isinstance(view, QuestionsView)
    wait(lambda: window.is_idle)
    return view


def test_activities_tools_questions_and_tries_are_found_the_moment_they_are_there(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    writer = writer_of(desk)
    activities.make(writer, ActivityKind.COURSE, "Zuwachs in Python")
    toolkit.make(writer, "DuckDB", "joins for zuwachs")
    questions.ask(writer, "Was ist Zuwachs?")
    tries.plan(writer, "Zuwachs laut sagen")
    box = answer_now(window, wait, "zuwachs")

    found = titles(box)
    assert {"Zuwachs in Python", "DuckDB", "Was ist Zuwachs?", "Zuwachs laut sagen"} <= set(found)
    assert {"Learning", "Toolkit", "Questions", "Tries"} <= set(found)
    for _ in range(found.index("Was ist Zuwachs?")):
        if box.model.items[box.list.currentIndex().row()].title == "Was ist Zuwachs?":
            break
        QTest.keyClick(box.field, Qt.Key.Key_Down)
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    view = window.stack.currentWidget()
    assert isinstance(view, QuestionsView)
    wait(lambda: window.is_idle and view.current is not None and view.current.text == "Was ist Zuwachs?")


def test_a_miss_becomes_a_question_by_enter(window: MainWindow, desk: Desk, wait: Wait) -> None:
    box = answer_now(window, wait, "xyzzyqq plugh")
    assert "Nothing found" in titles(box)
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    reader = desk.reader
    assert reader is not None
    wait(lambda: [row.text for row in questions.open_ones(reader)] == ["xyzzyqq plugh"])


def test_what_found_too_little_becomes_a_question_by_shift_enter(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    box = answer_now(window, wait, "archive")
    assert "Keep “archive” as a question" in titles(box)
    QTest.keyClick(box.field, Qt.Key.Key_Return, SHIFT)
    reader = desk.reader
    assert reader is not None
    wait(lambda: [row.text for row in questions.open_ones(reader)] == ["archive"])


def test_a_question_is_answered_in_own_words_by_keyboard(window: MainWindow, desk: Desk, wait: Wait) -> None:
    reader = desk.reader
    assert reader is not None
    questions.ask(writer_of(desk), "How do I say a range?")
    view = questions_view(window, wait)
    wait(lambda: view.list.key != "")
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    dialog = window.overlays.current
    assert isinstance(dialog, AnswerDialog)
    assert dialog.field.hasFocus()
    QTest.keyClicks(dialog.field, "From least to most.")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and not questions.open_ones(reader))

    assert questions.all_of(reader)[0].answer == "From least to most."
    QTest.keyClick(view.list, Qt.Key.Key_R)
    wait(lambda: len(questions.open_ones(reader)) == 1)


def test_a_question_is_answered_by_a_page_which_opens_from_the_list(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    reader = desk.reader
    assert reader is not None
    source_id = window.list.model.ids[0]
    (row,) = lists.page(reader, [source_id])
    questions.ask(writer_of(desk), "Who has written on it?")
    view = questions_view(window, wait)
    wait(lambda: view.list.key != "")
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    dialog = window.overlays.current
    assert isinstance(dialog, AnswerDialog)
    dialog.finder.setText(" ".join(row.title.split()[:4]))
    wait(lambda: window.is_idle and any(one.title == row.title for one in dialog.list.values.items))
    place = next(at for at, one in enumerate(dialog.list.values.items) if one.title == row.title)
    for _ in range(place):
        QTest.keyClick(dialog.finder, Qt.Key.Key_Down)
    QTest.keyClick(dialog.finder, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and not questions.open_ones(reader))
    answered = questions.all_of(reader)[0]
    assert answered.source_id == source_id

    wait(lambda: view.current is not None and view.current.answered_at > 0)
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.reader.wanted == source_id)


def test_a_question_that_does_not_matter_goes_and_comes_back_by_undo(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    reader = desk.reader
    assert reader is not None
    view = questions_view(window, wait)
    assert view.empty.isVisible()
    QTest.keyClick(window, Qt.Key.Key_A, CTRL | SHIFT)
    dialog = window.overlays.current
    assert dialog is not None
    QTest.keyClicks(dialog.field, "What is a quantile?")  # type: ignore[attr-defined]
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    wait(lambda: window.is_idle and view.list.isVisible() and view.list.key != "")
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_E)
    wait(lambda: window.is_idle and not questions.open_ones(reader))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: len(questions.open_ones(reader)) == 1)


def test_a_second_start_shows_answer_now_and_closes_nothing(window: MainWindow, wait: Wait) -> None:
    window.answer_show({"view": "answer"})
    assert isinstance(window.overlays.current, Palette)
    box = window.overlays.current
    window.answer_show({"view": "answer"})

    assert window.overlays.current is box


def test_the_program_started_again_and_its_shortcut_ask_the_open_window_for_answer_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[dict[str, object]] = []

    def open_window(_paths: object, message: dict[str, object], seconds: float = 0) -> dict[str, object]:
        asked.append(message)
        return {"ok": True}

    monkeypatch.setattr("desktop.cli.running.ask", open_window)
    for words in ([], ["--answer"], ["--view", "archive"]):
        assert main(words) == 0

    assert [message["view"] for message in asked] == ["answer", "answer", "archive"]
