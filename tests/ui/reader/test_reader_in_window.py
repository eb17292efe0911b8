"""The reader in the real window: its keys beside those of the list, and never while something is written."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import lists
from desktop.library.values import State, View
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.settings import view as settings_view
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]


def inbox(desk: Desk) -> list[int]:
    assert desk.reader is not None
    return list(lists.ids(desk.reader, View(State.INBOX)))


def test_leafing_in_the_list_leafs_in_the_reader(window: MainWindow, wait: Wait) -> None:
    second = window.list.model.id_at(1)
    QTest.keyClick(window.list.view, Qt.Key.Key_J)

    wait(lambda: window.reader.detail is not None and window.reader.detail.id == second)


def test_letters_written_in_the_reader_are_no_commands(window: MainWindow, desk: Desk, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None)
    before = inbox(desk)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.reader.find_row.field.hasFocus()
    QTest.keyClicks(window.reader.find_row.field, "exlw#gu?")
    assert window.reader.find_row.field.text() == "exlw#gu?"
    QTest.keyClick(window.reader.find_row.field, Qt.Key.Key_Escape)

    window.reader.acts.edit_why()
    window.reader.head.card.editor.clear()
    QTest.keyClicks(window.reader.head.card.editor, "exlw#gu?")
    assert window.reader.head.card.editor.toPlainText() == "exlw#gu?"
    QTest.keyClick(window.reader.head.card.editor, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle)

    assert inbox(desk) == before


def test_e_in_the_reader_is_done_and_the_next_page_comes(window: MainWindow, desk: Desk, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None)
    first, second = window.list.model.id_at(0), window.list.model.id_at(1)
    window.reader.browser.setFocus()
    QTest.keyClick(window.reader.browser, Qt.Key.Key_E)

    wait(lambda: first not in inbox(desk))
    wait(lambda: window.reader.detail is not None and window.reader.detail.id == second)


def test_the_done_button_of_the_reader_does_the_same(window: MainWindow, desk: Desk, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None)
    first = window.list.model.id_at(0)
    QTest.mouseClick(window.reader.bar.acts["done"], Qt.MouseButton.LeftButton)

    wait(lambda: first not in inbox(desk))


def test_a_tag_in_the_head_opens_its_list(window: MainWindow, desk: Desk, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None and bool(window.reader.detail.tags))
    assert window.reader.detail is not None
    tag = window.reader.detail.tags[0]
    pill = next(one for one in window.reader.head.pills.widgets() if one.accessibleName() == f"Tag: {tag}")
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)

    wait(lambda: window.list.place.name == f"tag:{tag}")


def test_a_goal_in_the_head_opens_its_page(window: MainWindow, desk: Desk, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None and bool(window.reader.detail.goals))
    pill = window.reader.head.pills.widgets()[0]
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)

    wait(lambda: window.view_name == "goal")


def test_a_sentence_that_is_being_written_is_kept_when_another_page_is_shown(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    wait(lambda: window.reader.detail is not None)
    first = window.list.model.id_at(0)
    window.reader.acts.edit_why()
    window.reader.head.card.editor.setPlainText("half a thought")
    window.list.view.setFocus()
    QTest.keyClick(window.list.view, Qt.Key.Key_J)

    def why() -> str:
        assert desk.reader is not None
        found = lists.detail(desk.reader, first)
        assert found is not None
        return found.why

    wait(lambda: why() == "half a thought")
    assert not window.reader.head.card.is_editing


def test_w_right_after_j_writes_on_the_page_that_is_coming(window: MainWindow, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None)
    second = window.list.model.id_at(1)
    QTest.keyClick(window.list.view, Qt.Key.Key_J)
    QTest.keyClick(window.list.view, Qt.Key.Key_W)

    wait(lambda: window.reader.head.card.is_editing)
    assert window.reader.detail is not None
    assert window.reader.detail.id == second


def test_w_in_a_window_of_one_pane_opens_the_page_first(window: MainWindow, wait: Wait) -> None:
    window.resize(700, 600)
    wait(lambda: not window.reader.isVisible())
    QTest.keyClick(window.list.view, Qt.Key.Key_W)

    wait(lambda: window.reader.isVisible() and window.reader.head.card.is_editing)


def test_every_act_has_an_icon_that_is_there(window: MainWindow, desk: Desk) -> None:
    for act in desk.actions:
        assert not act.icon or icons.svg(act.icon)
    for name, icon in settings_view._ICONS.items():
        assert name in settings_view.PAGES
        assert icons.svg(icon)


def test_f_gives_the_reader_the_whole_room_and_back_brings_the_list(window: MainWindow, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None)
    window.reader.browser.setFocus()
    QTest.keyClick(window.reader.browser, Qt.Key.Key_F)
    assert not window.list.isVisible()
    assert window.reader.isVisible()
    QTest.keyClick(window.reader.browser, Qt.Key.Key_F)
    assert window.list.isVisible()


def test_h_in_the_list_begins_to_choose_in_the_reader(window: MainWindow, wait: Wait) -> None:
    wait(lambda: window.reader.detail is not None and bool(window.reader.detail.text))
    QTest.keyClick(window.list.view, Qt.Key.Key_H)
    wait(lambda: window.reader.marks.picking.is_walking)
    assert window.reader.browser.hasFocus()
