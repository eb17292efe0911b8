"""From a page to learning by real events: an activity by key, a try and how it went, comments on moments."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.learning import activity_rows, evidence, goals, tries
from desktop.library import lists, undo
from desktop.library.marks import timed_comments
from desktop.ui.activities.page_form import PageForm
from desktop.ui.activities.try_forms import TryForm, WentForm
from desktop.ui.desk import Desk
from desktop.ui.learning.view import LearningView
from desktop.ui.reader.ties import TieRow
from desktop.ui.window import MainWindow
from tests.support.learning import learn_some
from tests.support.learning_window import Wait, of, overlay, rows, view_of


def make_activity(
    window: MainWindow, wait: Wait, change: Callable[[PageForm], object] = lambda _form: None
) -> None:
    """M shows what the page would become; Enter makes it."""
    QTest.keyClick(window.list.view, Qt.Key.Key_M)
    form = overlay(window, wait, PageForm)
    assert form.agree.isEnabled()
    change(form)
    QTest.keyClick(form.name, Qt.Key.Key_Return)


def test_a_page_becomes_an_activity_by_two_keys_and_then_shows_it(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    source_id = window.list.current
    title = window.list.model.row_at(0).title
    make_activity(window, wait, lambda form: form.name.text() == title and form.cost.setText("9 €"))
    wait(lambda: window.is_idle and window.overlays.current is None and len(rows(desk)) == 1)
    assert (rows(desk)[0].source_id, rows(desk)[0].title, rows(desk)[0].cost) == (source_id, title, "9 €")
    QTest.keyClick(window.list.view, Qt.Key.Key_M)
    wait(lambda: window.is_idle and isinstance(window.stack.currentWidget(), LearningView))
    view = view_of(window)
    wait(lambda: view.pane.activity_id == rows(desk)[0].id)
    assert view.pane.page.isVisible()


def test_a_page_is_tried_at_work_and_how_it_went_is_evidence_without_retyping(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    writer, reader = of(desk)
    goal = goals.make(writer, "Fair talks").made
    source_id = window.list.current
    detail = lists.detail(reader, source_id)
    assert detail is not None
    goals.set_goals(writer, [source_id], ["Fair talks"], detail.goals)
    QTest.keyClick(window.list.view, Qt.Key.Key_P)
    form = overlay(window, wait, TryForm)
    assert form.goal.currentData() == goal
    QTest.keyClicks(form.what, "Ask all of them the same")
    QTest.keyClick(form.what, Qt.Key.Key_Tab)
    QTest.keyClicks(form.by, "today")
    QTest.keyClick(form.by, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None and len(tries.due(reader)) == 1)
    desk.actions.run("show_tries")
    view = view_of(window)
    wait(lambda: window.is_idle and view.tries_model.rowCount() == 1)
    view.tries.setFocus()
    QTest.keyClick(view.tries, Qt.Key.Key_J)
    QTest.keyClick(view.tries, Qt.Key.Key_E)
    went = overlay(window, wait, WentForm)
    assert went.result.hasFocus()
    QTest.keyClicks(went.result, "Twenty minutes shorter")
    QTest.keyClick(went.result, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None and not tries.due(reader))

    shown = [one.sentence for one in evidence.of_goal(reader, goal) if one.try_id]
    assert shown == ["Twenty minutes shorter"]
    undo.undo(writer)
    assert [one.try_id for one in evidence.of_goal(reader, goal) if one.try_id] == []
    assert len(tries.due(reader)) == 1


def test_comments_of_a_video_stand_in_its_activity_and_lead_to_their_second(
    window: MainWindow, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = of(desk)
    detail = lists.detail(reader, window.list.current)
    assert detail is not None
    timed_comments.comment(writer, detail.capture_id, 75.0, "This is my mistake")
    opened: list[str] = []
    monkeypatch.setattr("desktop.ui.open_url.open_url", opened.append)
    make_activity(window, wait)
    wait(lambda: window.is_idle and window.overlays.current is None and len(rows(desk)) == 1)
    desk.ask_view(f"activity:{rows(desk)[0].id}")
    view = view_of(window)
    wait(lambda: view.pane.whole is not None and len(view.pane.whole.comments) == 1)
    from desktop.ui.activities.parts import CommentLine

    (line,) = view.pane.rest.findChildren(CommentLine)
    assert line.time.text() == "1:15"
    QTest.mouseClick(line.time, Qt.MouseButton.LeftButton)
    assert len(opened) == 1
    assert "75" in opened[0]


def test_what_is_learned_from_a_page_stands_in_the_drawer_of_its_ties(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert desk.library is not None
    made = learn_some(desk.library)
    whole = activity_rows.read(of(desk)[1], made)
    assert whole is not None
    window.show_source(whole.row.source_id)
    wait(lambda: window.is_idle and "1 activity, 1 moment, 2 tries" in window.reader.foot.ties.text())
    QTest.keyClick(window.reader, Qt.Key.Key_B)
    titles = [row.title for row in window.reader.findChildren(TieRow)]
    assert titles[0].accessibleName() == "Course: Now Course"
    QTest.mouseClick(titles[0], Qt.MouseButton.LeftButton)
    view = view_of(window)
    wait(lambda: window.is_idle and view.pane.activity_id == made)
