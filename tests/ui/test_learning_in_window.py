"""Learning by real events: an outline, ticks, the timer, sessions, plans, tries, a calendar."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.learning import activities, activity_rows, study
from desktop.learning.calendar import EventIn, take
from desktop.learning.values import ActivityKind, Status
from desktop.ui.activities import acts as learning_acts
from desktop.ui.activities.forms import ActivityForm, OutlineForm
from desktop.ui.desk import Desk
from desktop.ui.learning.view import LearningView
from desktop.ui.shell.toast import SHADE
from desktop.ui.study.forms import LogForm, PlanForm
from desktop.ui.window import MainWindow
from tests.support.learning import PDF
from tests.support.learning_window import CTRL, Wait, of, overlay, rows, view_of

OUTLINE = "\n".join(f"{number}. Lesson {number} (12:30)" for number in range(1, 41))


@pytest.fixture
def view(window: MainWindow, wait: Wait) -> LearningView:
    """Learning, empty, by its key."""
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    found = view_of(window)
    wait(lambda: window.is_idle and found.isVisible())
    return found


@pytest.fixture
def course(view: LearningView, window: MainWindow, desk: Desk, wait: Wait) -> int:
    """A course of two units that is shown."""
    made = activities.make(
        of(desk)[0], ActivityKind.COURSE, "Python", status=Status.DOING, outline="Files 40 min\nLists 30 min"
    )
    desk.announce(made)
    wait(lambda: window.is_idle and view.pane.activity_id == made.made)
    view.list.setFocus()
    return made.made


def test_an_activity_is_added_by_its_title_and_enter(
    view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert view.stack.currentWidget() is view.empty
    QTest.keyClick(view.empty._main, Qt.Key.Key_Space)
    form = overlay(window, wait, ActivityForm)
    assert form.name.hasFocus()
    QTest.keyClicks(form.name, "Webinar: month-end")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None and bool(view.pane.activity_id))

    (row,) = rows(desk)
    assert (row.kind, row.title, row.status) == (ActivityKind.WEBINAR, "Webinar: month-end", Status.PLANNED)
    assert view.tabs.chosen == "planned"
    assert view.model.ids == [row.id]


def test_what_is_no_day_is_said_and_nothing_that_was_typed_is_lost(
    view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    desk.actions.run("new_activity")
    form = overlay(window, wait, ActivityForm)
    QTest.keyClicks(form.name, "Talk")
    QTest.keyClicks(form.begins, "someday")
    QTest.keyClick(form.begins, Qt.Key.Key_Return)
    assert form.fault.words().startswith("That is no day")
    form.begins.clear()
    QTest.keyClicks(form.begins, "+1 16:00")
    QTest.keyClick(form.begins, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None)

    (row,) = rows(desk)
    assert row.begins.endswith("T16:00")


def test_forty_units_are_pasted_looked_at_and_taken_back_in_one_step(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QApplication.clipboard().setText(OUTLINE)
    QTest.keyClick(view.list, Qt.Key.Key_V, CTRL)
    form = overlay(window, wait, OutlineForm)
    assert "40 units, 8 h 40" in form.outline.preview.words()
    QTest.keyClick(form.outline.field, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and len(view.pane.units.units.rows) == 42)
    assert rows(desk)[0].units == 42

    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and len(view.pane.units.units.rows) == 2)


def test_units_are_ticked_by_key_in_the_list_and_in_the_pane(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and rows(desk)[0].units_done == 1 and rows(desk)[0].next_unit == "Lists")
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    wait(view.pane.units.hasFocus)
    units = view.pane.units
    QTest.keyClick(units, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and rows(desk)[0].units_done == 2)
    assert units.hasFocus()
    QTest.keyClick(units, Qt.Key.Key_K)
    QTest.keyClick(units, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and rows(desk)[0].next_unit == "Files")
    QTest.keyClick(units, Qt.Key.Key_Escape)
    assert view.list.hasFocus()


def test_the_timer_is_seen_in_every_view_and_its_minutes_are_kept(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert window.study_bar.isHidden()
    QTest.keyClick(view.list, Qt.Key.Key_T)
    wait(lambda: window.is_idle and window.study_bar.isVisible())
    assert view.pane.timer.is_running
    wait(lambda: window.toast.geometry().bottom() - SHADE < window.study_bar.y())
    window.show_view("inbox")
    wait(lambda: window.is_idle and window.study_bar.isVisible())
    assert window.study_bar.what.text() == "Python"
    QTest.mouseClick(window.study_bar.stop, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.study_bar.isHidden())

    assert rows(desk)[0].spent == 1


def test_a_timer_survives_a_restart_and_can_be_put_back(
    desk: Desk, window_on: Callable[..., MainWindow], wait: Wait
) -> None:
    writer, _ = of(desk)
    made = activities.make(writer, ActivityKind.BOOK, "Plain statistics").made
    study.begin(writer, made)
    window = window_on(desk)
    wait(lambda: window.study_bar.isVisible())
    assert window.study_bar.time.words().count(":") == 1
    QTest.mouseClick(window.study_bar.cancel, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.study_bar.isHidden())

    assert rows(desk)[0].spent == 0
    desk.actions.run("undo")
    wait(lambda: window.is_idle and window.study_bar.isVisible())


def test_a_session_is_logged_afterwards_and_another_is_planned(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(view.list, Qt.Key.Key_M)
    log = overlay(window, wait, LogForm)
    QTest.keyClicks(log.minutes, "1 h 30")
    QTest.keyClick(log.minutes, Qt.Key.Key_Tab)
    QTest.keyClick(log.when, Qt.Key.Key_Tab)
    QTest.keyClicks(log.note, "Lists at last")
    QTest.keyClick(log.note, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and rows(desk)[0].spent == 90 and window.overlays.current is None)
    QTest.keyClick(view.list, Qt.Key.Key_P)
    plan = overlay(window, wait, PlanForm)
    QTest.keyClicks(plan.when, "tomorrow 16:00")
    QTest.keyClick(plan.when, Qt.Key.Key_Return)
    wait(
        lambda: (
            window.is_idle and window.overlays.current is None and rows(desk)[0].next_at.endswith("T16:00")
        )
    )

    whole = activity_rows.read(of(desk)[1], course)
    assert whole is not None
    assert [one.note for one in whole.sessions] == ["Lists at last"]
    wait(lambda: view.pane.whole == whole)


def test_states_change_by_key_and_the_tab_follows_what_is_asked_for(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(view.list, Qt.Key.Key_E)
    wait(lambda: window.is_idle and rows(desk)[0].status is Status.DONE and not view.model.ids)
    assert view.none.title == "Nothing under way"
    desk.ask_view(f"activity:{course}")
    wait(lambda: window.is_idle and view.tabs.chosen == "done" and view.pane.activity_id == course)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and rows(desk)[0].status is Status.DOING)
    desk.ask_view("learning:doing")
    wait(lambda: window.is_idle and view.model.ids == [course])
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_X)
    wait(lambda: window.is_idle and not rows(desk) and view.stack.currentWidget() is view.empty)


def test_the_example_comes_in_one_step_and_goes_in_one(
    view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(view.empty._other, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and len(rows(desk)) == 1 and bool(view.pane.activity_id))
    assert (rows(desk)[0].units, rows(desk)[0].units_done) == (5, 2)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and not rows(desk))


def test_a_calendar_goes_out_and_comes_in_by_dropping_it(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    writer, _ = of(desk)
    study.plan(writer, course, "2999-01-02 16:00", 60)
    place = tmp_path / "plan.ics"
    learning_acts.of(desk).calendar.export(str(place))
    wait(lambda: window.is_idle and place.exists() and b"BEGIN:VEVENT" in place.read_bytes())
    place.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        b"SUMMARY:Workshop on joins\r\n"
        b"DTSTAMP:29980101T000000Z\r\nDTSTART:29990103T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    view.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    wait(lambda: window.is_idle and len(rows(desk)) == 2 and view.pane.activity_id not in (0, course))

    assert view.pane.whole is not None
    assert (view.pane.whole.row.kind, view.tabs.chosen) == (ActivityKind.WORKSHOP, "planned")


def test_a_certificate_is_kept_with_the_activity_and_as_evidence_and_copied_out(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    place, copy = tmp_path / "paper.pdf", tmp_path / "copy.pdf"
    place.write_bytes(PDF)
    view.pane.rest.keep_certificate(str(place))
    wait(
        lambda: (
            window.is_idle and bool(rows(desk)[0].certificate) and view.pane.rest._whole == view.pane.whole
        )
    )
    wait(lambda: view.pane.whole is not None and bool(view.pane.whole.row.certificate))
    view.pane.rest.copy(str(copy))
    wait(lambda: window.is_idle and copy.exists())

    assert copy.read_bytes() == PDF


def test_the_list_is_narrowed_to_a_kind_and_says_so(
    course: int, view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    made = activities.make(of(desk)[0], ActivityKind.BOOK, "Book", status=Status.DOING)
    desk.announce(made)
    wait(lambda: window.is_idle and len(view.model.ids) == 2)
    menu = view.tabs.menu()
    next(action for action in menu.actions() if action.text() == "Book").trigger()
    wait(lambda: window.is_idle and view.model.ids == [made.made])

    assert view.tabs.filter.isChecked()
    assert view.tabs.filter.accessibleName() == "Shown only: Book"


def test_a_thousand_activities_are_read_page_by_page_as_they_are_looked_at(
    view: LearningView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    writer = of(desk)[0]
    take(
        writer,
        [
            EventIn(f"{n}@x", f"Talk {n}", "2999-01-01", "", "", ActivityKind.WEBINAR, "", "", "", "", 0)
            for n in range(300)
        ],
    )
    desk.announce(activities.make(writer, ActivityKind.BOOK, "Last"))
    wait(lambda: window.is_idle and len(view.model.ids) == 301)
    assert view.model.row_at(200) is None
    QTest.keyClick(view.list, Qt.Key.Key_End)
    wait(lambda: window.is_idle and view.model.row_at(300) is not None)
    wait(lambda: view.pane.whole is not None and view.pane.whole.row.title == "Last")
